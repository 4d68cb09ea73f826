"""« Noter »: what a run leaves in the workbook."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.excel.fake import FakeWorkbook
from tests.excel.opc import find_flaws
from tests.excel.parts import TODAY, place_of, read_parts, rows_of, score

from segxl.actions import courriers, noter
from segxl.actions.courriers import Commande
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import RESULTATS
from segxl.shipped import shipped_path

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
TABLES = (
    "Clients", "Criteres", "Baremes", "Couleurs", "Segments", "Parametres", "Cabinet",
    "Etapes", "Indicateurs", "SyntheseCouleurs", "SyntheseSegments",
)  # fmt: skip


def write(path: Path, row: int, **values: object) -> None:
    workbook = FileWorkbook(path)
    named = {h.replace("_", " "): v for h, v in values.items()}
    workbook.write_cells("Clients", {row: named}, keep_formulas=False)
    workbook.save()


def as_a_cell(value: object) -> object:
    """Return a day as a cell gives it back: with a time, midnight."""
    return datetime.combine(value, time()) if type(value) is date else value


def links_of(path: Path) -> list[str]:
    sheet = read_parts(path)[place_of(path, "Anomalies").sheet_part].decode()
    return re.findall(r'<hyperlink ref="\w+" location="([^"]*)"', sheet)


def test_every_client_gets_a_note_a_colour_a_segment_and_a_next_step(classeur: Path) -> None:
    found = score(classeur).resultats.lignes

    rows = rows_of(classeur)
    assert rows["Note FE"].tolist() == found["Note FE"].tolist()
    assert rows["Couleur"].tolist() == ["Vert clair", "Rouge", "Gris"]
    assert rows["Segment"].tolist() == ["Prêt", "Prioritaire", "Hors champ"]
    assert rows["Prochaine étape"].notna().all()
    assert {d.date() for d in rows["Calculé le"]} == {TODAY}


def test_a_file_and_a_workbook_in_memory_give_the_same_results(classeur: Path) -> None:
    opened = FileWorkbook(classeur)
    frames = {t: opened.read_table(t).lignes for t in TABLES}
    fake = FakeWorkbook({t: f.reset_index(drop=True) for t, f in frames.items()})

    noter.run(fake, TODAY)
    fake.save()
    score(classeur)

    wanted = rows_of(classeur, headers=[h for h in RESULTATS if h != "Calculé le"])
    found = fake.read_table("Clients").lignes[[*wanted.columns]]
    days = ["Réception", "Émission", "E-reporting"]
    found = found.assign(**{h: found[h].map(as_a_cell).astype(wanted[h].dtype) for h in days})
    pd.testing.assert_frame_equal(found.reset_index(drop=True), wanted.reset_index(drop=True))


def test_inputs_are_never_written(classeur: Path) -> None:
    inputs = [h for h in place_of(classeur, "Clients").headers if h not in RESULTATS]
    before = rows_of(classeur, headers=inputs)

    score(classeur)

    assert rows_of(classeur, headers=inputs).equals(before)


def test_a_name_with_every_dangerous_sign_is_shown_as_it_is(classeur: Path) -> None:
    score(classeur)

    sheet = openpyxl.load_workbook(classeur)["Clients"]
    assert sheet["B6"].value == 'Père & Fils <SARL> "À l’Été" =1+1'
    assert sheet["B6"].data_type != "f"


def test_the_blank_template_is_scored_without_a_client() -> None:
    workbook = FileWorkbook(shipped_path("workbook/portefeuille.xlsx"), to_write=False)

    bilan = noter.run(workbook, TODAY)

    assert len(bilan.resultats.lignes) == 0
    assert bilan.anomalies == ()


def test_no_sheet_of_anomalies_appears_while_there_is_none(scored: Path) -> None:
    assert not FileWorkbook(scored).has_table("Anomalies")


def test_the_first_anomaly_brings_a_sheet_with_a_link_to_its_cell(scored: Path) -> None:
    write(scored, 6, Digitalisation="Je ne sais pas")

    score(scored)

    place = place_of(scored, "Clients")
    cell = f"{FileWorkbook(scored).read_table('Clients').letters['Digitalisation']}6"
    listed = rows_of(scored, "Anomalies")
    assert listed[["Feuille", "Cellule", "Valeur lue"]].to_numpy().tolist() == [
        [place.sheet, cell, "Je ne sais pas"]
    ]
    assert links_of(scored) == [f"'Clients'!{cell}"]
    assert find_flaws(scored) == []


def test_the_sheet_of_anomalies_grows_and_shrinks_with_them(scored: Path) -> None:
    counts = []
    for wrong in (1, 3, 2):
        for row in (5, 6, 7):
            write(scored, row, Digitalisation="?" if row < 5 + wrong else None)
        score(scored)
        counts.append((len(rows_of(scored, "Anomalies")), len(links_of(scored))))

    assert counts == [(1, 1), (3, 3), (2, 2)]
    assert find_flaws(scored) == []


def test_the_sheet_of_anomalies_says_when_none_is_left(scored: Path) -> None:
    write(scored, 6, Digitalisation="?")
    score(scored)
    write(scored, 6, Digitalisation=None)

    score(scored)

    assert rows_of(scored, "Anomalies")["Problème"].tolist() == ["Aucune anomalie : tout se lit."]
    assert links_of(scored) == []


def test_a_user_sheet_of_the_same_name_is_left_alone(scored: Path) -> None:
    book = openpyxl.load_workbook(scored)
    book.create_sheet("anomalies")["A1"] = "mes notes"
    book.save(scored)
    write(scored, 6, Digitalisation="?")

    score(scored)

    after = openpyxl.load_workbook(scored)
    assert after["anomalies"]["A1"].value == "mes notes"
    assert "Anomalies" in after["Anomalies 2"].tables


def test_a_deleted_dashboard_is_not_missed(classeur: Path) -> None:
    book = openpyxl.load_workbook(classeur)
    del book["Tableau de bord"]
    book.save(classeur)

    score(classeur)

    assert rows_of(classeur)["Segment"].notna().all()


def test_the_dashboard_gains_and_loses_the_row_of_a_segment(scored: Path) -> None:
    before = rows_of(scored, "SyntheseSegments")
    rules = rows_of(scored, "Segments")
    workbook = FileWorkbook(scored)
    workbook.append_rows(
        "Segments", rules.tail(1).assign(Segment="Géants", Ordre=1, **{"Note FE": ">19"})
    )
    workbook.save()
    score(scored)
    longer = rows_of(scored, "SyntheseSegments")

    workbook = FileWorkbook(scored)
    workbook.replace_rows("Segments", rules)
    workbook.save()
    score(scored)

    assert [*longer["Segment"]] != [*before["Segment"]]
    assert len(longer) == len(before) + 1
    assert rows_of(scored, "SyntheseSegments").equals(before)
    assert find_flaws(scored) == []


def test_letters_are_on_record_and_the_next_run_counts_them(scored: Path, tmp_path: Path) -> None:
    workbook = FileWorkbook(scored)
    courriers.run(workbook, Commande(vers=tmp_path / "lettres", beside=tmp_path, today=TODAY))
    workbook.save()

    score(scored)

    assert rows_of(scored, "Courriers")["Dossier"].nunique() == 3
    assert find_flaws(scored) == []


DAILY = [
    "Calculé le",
    "Jours restants",
    "Urgence",
    "Priorité",
    "Raison de la priorité",
    "Exposition (€)",
]


def test_a_later_run_changes_the_day_and_what_hangs_on_it_alone(scored: Path) -> None:
    before = rows_of(scored)

    score(scored, date(2026, 6, 30))

    after = rows_of(scored)
    assert {d.date() for d in after["Calculé le"]} == {date(2026, 6, 30)}
    assert after.drop(columns=DAILY).equals(before.drop(columns=DAILY))
