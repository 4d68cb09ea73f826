"""A workbook made by an earlier version: what it takes, and what stays as it was."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from tests.excel.opc import find_flaws
from tests.excel.parts import TODAY, place_of, rows_of, value_of
from typer.testing import CliRunner

from segxl.actions import actualiser, adopter, noter
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import LATER, MESSAGES, OBLIGATIONS, RELATION
from segxl.faces.cli import app

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
OLD = Path(__file__).parent / "data" / "version_0.xlsx"
NEW = [h for h in (*LATER, *RELATION) if h != "Prochaine étape"]


@pytest.fixture
def ancien(tmp_path: Path) -> Path:
    """A workbook that the first version made and scored, of twelve fictitious clients."""
    return Path(shutil.copy(OLD, tmp_path / "cabinet.xlsx"))


def take_away(path: Path, headers: Collection[str]) -> None:
    """Delete the last columns of Clients, as somebody does in Excel."""
    book = openpyxl.load_workbook(path)
    sheet = book["Clients"]
    table = sheet.tables["Clients"]
    kept = [c for c in table.tableColumns if c.name not in headers]
    last = get_column_letter(len(kept))
    sheet.delete_cols(len(kept) + 1, len(table.tableColumns) - len(kept))
    table.tableColumns = kept
    table.ref = f"A4:{last}{sheet.max_row}"
    table.autoFilter.ref = table.ref
    book.save(path)


def noter_in_terminal(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["noter", *map(str, arguments), "--au", "2026-11-22"])
    assert result.exit_code == 0, result.output
    return result.output


def test_it_takes_the_columns_of_the_law_on_the_right_and_they_are_filled(ancien: Path) -> None:
    before = [*place_of(ancien, "Clients").headers]

    noter_in_terminal(ancien)

    headers = [*place_of(ancien, "Clients").headers]
    assert headers[: len(before)] == before
    assert headers[len(before) :] == NEW
    assert rows_of(ancien)[["Réception", "Taille légale", "Urgence"]].notna().all(axis=None)
    assert find_flaws(ancien) == []


def test_what_it_held_stays_as_it_was(ancien: Path) -> None:
    before = rows_of(ancien).drop(columns="Calculé le")

    noter_in_terminal(ancien)

    assert rows_of(ancien)[before.columns].equals(before)


def test_the_file_of_before_is_kept_beside_byte_for_byte(ancien: Path) -> None:
    told = noter_in_terminal(ancien)

    kept = ancien.with_name("cabinet (avant mise à jour).xlsx")
    assert kept.read_bytes() == OLD.read_bytes()
    assert kept.name in told
    assert f"{len(NEW)} colonnes ajoutées" in told


def test_a_second_run_adds_nothing_and_keeps_no_other_copy(ancien: Path) -> None:
    noter_in_terminal(ancien)
    once = ancien.read_bytes()

    told = noter_in_terminal(ancien)

    assert ancien.read_bytes() == once
    assert "ajoutées" not in told
    assert len([*ancien.parent.glob("*.xlsx")]) == 2


def test_a_result_written_elsewhere_leaves_the_workbook_and_its_folder_alone(
    ancien: Path, tmp_path: Path
) -> None:
    noter_in_terminal(ancien, "--sortie", tmp_path / "noté.xlsx")

    assert ancien.read_bytes() == OLD.read_bytes()
    assert {f.name for f in tmp_path.glob("*.xlsx")} == {"cabinet.xlsx", "noté.xlsx"}
    assert value_of(tmp_path / "noté.xlsx", 5, "Taille légale") == "Micro"


def test_the_new_columns_have_their_lists_and_the_settings_come_too(ancien: Path) -> None:
    noter_in_terminal(ancien)

    book = openpyxl.load_workbook(ancien)
    lists = " ".join(str(v.formula1) for v in book["Clients"].data_validations.dataValidation)
    assert "Mandat à signer" in lists
    assert "Poids de l’urgence" in set(rows_of(ancien, "Parametres")["Paramètre"])


def test_a_column_that_the_firm_took_away_does_not_come_back(ancien: Path) -> None:
    workbook = FileWorkbook(ancien)
    workbook.add_columns("Clients", ["Réception", "Émission", "Rythme"])
    workbook.save()

    assert actualiser.run(FileWorkbook(ancien)).colonnes == RELATION


def test_relation_and_value_come_once_whatever_the_firm_then_takes_away(ancien: Path) -> None:
    noter_in_terminal(ancien)
    take_away(ancien, RELATION)

    told = noter_in_terminal(ancien)

    assert "ajoutées" not in told
    assert not {*RELATION} & {*place_of(ancien, "Clients").headers}
    assert actualiser.VERSION in set(rows_of(ancien, "Parametres")["Paramètre"])


def test_the_columns_that_a_firm_added_itself_are_completed_not_doubled(ancien: Path) -> None:
    workbook = FileWorkbook(ancien)
    workbook.add_columns("Clients", ["entree le", "Date de sortie", "Canal préféré"])
    workbook.write_cells("Clients", {5: {"Date de sortie": "30/06/2026"}})
    workbook.save()

    noter_in_terminal(ancien)

    headers = [*place_of(ancien, "Clients").headers]
    assert not {"Entrée le", "Sortie le", "Canal"} & {*headers}
    assert {"Potentiel", "Motif de départ", "Missions"} <= {*headers}
    assert value_of(ancien, 5, "Date de sortie") == "30/06/2026"


def test_the_new_columns_are_folded_with_their_lists_and_their_days(ancien: Path) -> None:
    noter_in_terminal(ancien)

    sheet = openpyxl.load_workbook(ancien)["Clients"]
    at = {h: get_column_letter(n) for n, h in enumerate(place_of(ancien, "Clients").headers, 1)}
    folded = {at[h] for h in RELATION if sheet.column_dimensions[at[h]].hidden}
    assert at["Potentiel"] not in folded
    assert sheet.column_dimensions[at["Entrée le"]].outlineLevel == 1
    rules = {r: v for v in sheet.data_validations.dataValidation for r in str(v.sqref).split()}
    assert rules[f"{at['Potentiel']}5:{at['Potentiel']}16"].formula1 == '"Nul,À développer,Fort"'
    assert rules[f"{at['Sortie le']}5:{at['Sortie le']}16"].type == "date"


def test_its_segments_say_in_plain_words_who_their_clients_are(ancien: Path) -> None:
    told = noter_in_terminal(ancien)

    rows = rows_of(ancien, "Segments")
    words = rows.dropna(subset=["Définition"]).set_index("Segment")["Définition"]
    assert "La feuille Segments a reçu la colonne « Définition »" in told
    assert words["Prêt"].startswith("Clients dont tout est en place")
    assert words.index.is_unique
    assert {*words.index} == {*rows["Segment"]}
    assert find_flaws(ancien) == []


def test_the_sentences_of_its_letters_can_be_read_and_changed(ancien: Path) -> None:
    noter_in_terminal(ancien)

    lines = rows_of(ancien, "Cabinet").set_index("Champ")["Valeur"]
    assert lines["Phrase, étape Devis"].startswith("Nous pourrons aussi relire ensemble")
    assert lines.index.is_unique


def test_a_segment_of_the_firms_own_is_left_to_be_defined(ancien: Path) -> None:
    workbook = FileWorkbook(ancien)
    row = int(workbook.read_table("Segments").lignes.index[-1])
    workbook.write_cells("Segments", {row: {"Segment": "À choyer"}})
    workbook.save()

    noter_in_terminal(ancien)

    rows = rows_of(ancien, "Segments").set_index("Segment")
    assert rows["Définition"].isna()["À choyer"]


def test_a_workbook_of_the_version_before_takes_what_makes_a_message_its_own(ancien: Path) -> None:
    noter_in_terminal(ancien)
    take_away(ancien, MESSAGES)
    workbook = FileWorkbook(ancien)
    settings = workbook.read_table("Parametres").lignes
    row = int(settings.index[settings["Paramètre"] == actualiser.VERSION][0])
    workbook.write_cells("Parametres", {row: {"Valeur": 2}})
    workbook.save()

    told = noter_in_terminal(ancien)

    assert f"{len(MESSAGES)} colonnes ajoutées" in told
    assert [*place_of(ancien, "Clients").headers][-len(MESSAGES) :] == [*MESSAGES]
    assert value_of(ancien, row, "Valeur", "Parametres") == 3
    assert "ajoutées" not in noter_in_terminal(ancien)


def test_something_beside_the_segments_leaves_them_as_they_are(ancien: Path) -> None:
    book = openpyxl.load_workbook(ancien)
    sheet = book["Segments"]
    last = sheet.tables["Segments"].ref.split(":")[1]
    sheet.cell(sheet[last].row, sheet[last].column + 1, "à revoir en comité")
    book.save(ancien)

    told = noter_in_terminal(ancien)

    assert f"{len(NEW)} colonnes ajoutées" in told
    assert "Définition" not in told


def test_a_firms_own_list_takes_none_of_them(tmp_path: Path) -> None:
    liste, copie = tmp_path / "liste.xlsx", tmp_path / "portefeuille.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Code dossier", "Nom", "SIREN", "E-mail", "Date d’entrée"])
    book.worksheets[0].append(["D1", "Lumo", "000000018", "d1@lumo.example", date(2019, 3, 1)])
    book.save(liste)
    adopter.run(copie, adopter.Demande(liste=liste))

    told = noter_in_terminal(copie)

    assert "ajoutées" not in told
    assert not {*RELATION} & {*place_of(copie, "Clients").headers}


def test_a_firms_own_list_of_an_earlier_version_takes_none_either(ancien: Path) -> None:
    book = openpyxl.load_workbook(ancien)
    table = book["Clients"].tables["Clients"]
    # A list that became segxl's keeps its own columns on the left of the results.
    table.tableColumns[1].name = book["Clients"]["B4"].value = "Interlocuteur du cabinet"
    book.save(ancien)

    noter_in_terminal(ancien)

    assert not {*RELATION} & {*place_of(ancien, "Clients").headers}


def test_a_column_of_the_firms_that_bears_the_name_of_a_result_is_never_written(
    ancien: Path,
) -> None:
    workbook = FileWorkbook(ancien)
    workbook.add_columns("Clients", ["Priorité"])
    workbook.write_cells("Clients", {5: {"Priorité": "à voir vite"}})
    workbook.save()

    told = noter_in_terminal(ancien)

    assert "a déjà une colonne « Priorité »" in told
    assert value_of(ancien, 5, "Priorité") == "à voir vite"
    assert place_of(ancien, "Clients").headers[-1] == "Priorité"


def test_a_workbook_of_another_make_is_scored_and_takes_no_column(ancien: Path) -> None:
    book = openpyxl.load_workbook(ancien)
    del book["Accueil"]
    book.save(ancien)
    before = place_of(ancien, "Clients").headers

    noter_in_terminal(ancien)

    assert place_of(ancien, "Clients").headers == before


def test_a_cell_in_the_way_is_named_and_the_notes_come_all_the_same(ancien: Path) -> None:
    book = openpyxl.load_workbook(ancien)
    book["Clients"]["BF7"] = "à rappeler"
    book.save(ancien)

    told = noter_in_terminal(ancien)

    assert "BF7" in told
    assert "12 dossiers notés" in told
    assert not [h for h in OBLIGATIONS if h in place_of(ancien, "Clients").headers]


def test_the_action_alone_scores_an_old_workbook_as_it_is(ancien: Path) -> None:
    workbook = FileWorkbook(ancien)

    noter.run(workbook, TODAY)

    assert "Priorité" not in workbook.read_table("Clients").letters
