from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn

from segxl.actions import courriers, trajectoire
from segxl.actions.trajectoire import BilanTrajectoire, Commande
from segxl.domain.anomalies import SaisieError
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.excel.traces import HEADERS, PLAN

AU = date(2026, 11, 22)
Row = dict[str, object]
Order = Callable[..., Commande]


@pytest.fixture
def commande(tmp_path: Path) -> Order:
    def order(*dossiers: str, au: date = AU) -> Commande:
        return Commande(vers=tmp_path / "dossiers", au=au, dossiers=dossiers)

    return order


def run(classeur: Path, commande: Commande) -> BilanTrajectoire:
    return trajectoire.run(FileWorkbook(classeur, to_write=False), commande)


def add_rows(classeur: Path, table: str, *rows: Row) -> None:
    workbook = FileWorkbook(classeur)
    if not workbook.has_table(table):
        workbook.add_table(table, table, dict.fromkeys(HEADERS[table], 14))
    workbook.append_rows(table, pd.DataFrame([*rows], columns=[*HEADERS[table]], dtype=object))
    workbook.save()


def note(classeur: Path, *rows: Row) -> None:
    """Write lines of the Journal, of D1 on 5 October unless they say otherwise."""
    add_rows(classeur, "Journal", *({"Dossier": "D1", "Date": date(2026, 10, 5)} | r for r in rows))


def fill_columns(classeur: Path, columns: Mapping[str, Sequence[object]]) -> None:
    workbook = FileWorkbook(classeur)
    index = workbook.read_table("Clients").lignes.index
    workbook.write_columns("Clients", pd.DataFrame(columns, index=index, dtype=object))
    workbook.save()


def text_of(path: Path) -> str:
    texts = Document(str(path)).element.iter(qn("w:t"))
    return "\n".join(str(t.text) for t in texts)


def test_every_client_in_scope_gets_a_file_and_the_others_none(
    classeur: Path, commande: Order
) -> None:
    bilan = run(classeur, commande())

    assert [p.name for p in bilan.fichiers] == [
        "D1 - Lumo Énergie - dossier de trajectoire du 22-11-2026.docx",
        "D2 - Père & Fils SARL À l’Été =1+1 - dossier de trajectoire du 22-11-2026.docx",
    ]
    assert all(p.exists() for p in bilan.fichiers)


def test_a_client_out_of_scope_gets_its_file_when_it_is_named(
    classeur: Path, commande: Order
) -> None:
    bilan = run(classeur, commande("d3", "Lumo Énergie"))

    assert [p.name[:2] for p in bilan.fichiers] == ["D1", "D3"]
    assert "non concerné" in text_of(bilan.fichiers[1])


def test_a_workbook_without_journal_plan_nor_letters_gives_files_that_say_so(
    classeur: Path, commande: Order
) -> None:
    bilan = run(classeur, commande("D1"))

    text = text_of(bilan.fichiers[0])
    assert text.count("Aucun élément daté n’est inscrit à ce jour.") == 8
    assert bilan.minces == (("D1", "Lumo Énergie", "aucun élément daté"),)
    assert bilan.anomalies == ()


def test_a_file_gathers_the_four_sheets(classeur: Path, commande: Order) -> None:
    note(classeur, {"Type": "Test", "Objet": "Facture d’essai reçue"})
    add_rows(classeur, "Plan", {"Dossier": "D1", "Étape": "Choisir", "Fait le": date(2026, 9, 9)})
    fill_columns(classeur, {"Plateforme": ["Alpha", None, None], "Statut plateforme": ["Mandat signé", None, None], "Date statut": [date(2026, 9, 12), None, None]})  # fmt: skip
    workbook = FileWorkbook(classeur)
    order = courriers.Commande(vers=classeur.parent / "c", beside=classeur.parent, today=date(2026, 11, 2), dossiers=("D1",))  # fmt: skip
    courriers.run(workbook, order)
    workbook.save()

    bilan = run(classeur, commande("D1"))

    text = text_of(bilan.fichiers[0])
    for told in (
        "Facture d’essai reçue.", "Journal, ligne ", "Fait\u00a0: Choisir.", "Plan, ligne ",
        "Statut «\u00a0Mandat signé\u00a0», plateforme «\u00a0Alpha\u00a0».", "Clients, ligne 5",
        "Projet de courrier préparé par le cabinet", "Courriers, ligne ",
    ):  # fmt: skip
        assert told in text
    assert "envoyé" not in text
    assert bilan.minces == ()


def test_a_file_holds_its_own_client_alone(classeur: Path, commande: Order) -> None:
    note(classeur, {"Objet": "Appel de Lumo"}, {"Dossier": "D2", "Objet": "Rendez-vous du père"})

    bilan = run(classeur, commande())

    first, second = map(text_of, bilan.fichiers)
    assert "Appel de Lumo" in first
    assert "Appel de Lumo" not in second
    assert "Rendez-vous du père" not in first


def test_the_name_of_another_client_holds_that_file_and_says_in_which_cell(
    classeur: Path, commande: Order
) -> None:
    note(
        classeur,
        {"Objet": "Appel"},
        {"Objet": "Appel", "Suite": "faire comme chez Ostra Conseil"},
        {"Dossier": "D2", "Objet": "Appel"},
    )

    bilan = run(classeur, commande())

    assert [p.name[:2] for p in bilan.fichiers] == ["D2"]
    assert [str(a) for a in bilan.retenues] == [
        "Journal!G5 : dossier retenu : le nom d’un autre client, « Ostra Conseil », figure dans son dossier de trajectoire (lu : « faire comme chez Ostra Conseil »). Retirez ce nom, puis relancez."
    ]
    assert not list(bilan.fichiers[0].parent.glob("D1*"))


@pytest.mark.parametrize(
    ("table", "row", "cell"),
    [
        ("Journal", {"Objet": "Vu avec", "Qui": "Ostra Conseil", "Date": AU}, "Journal!C4"),
        ("Plan", {"Étape": "Visiter Ostra Conseil", "Date prévue": AU}, "Plan!B4"),
        ("Courriers", {"Fichier": "D3 - Ostra Conseil.docx", "Date": AU}, "Courriers!D4"),
    ],
)
def test_no_sheet_lets_another_name_through(
    table: str, row: Row, cell: str, classeur: Path, commande: Order
) -> None:
    add_rows(classeur, table, {"Dossier": "D1"} | row)

    bilan = run(classeur, commande("D1"))

    assert [f"{a.sheet}!{a.cell}" for a in bilan.retenues] == [cell]


def test_a_platform_that_bears_the_name_of_a_client_is_held_in_clients(
    classeur: Path, commande: Order
) -> None:
    fill_columns(classeur, {"Plateforme": ["Ostra Conseil", None, None]})

    [held] = run(classeur, commande("D1")).retenues

    assert held.sheet == "Clients"
    assert held.value == "Ostra Conseil"


def test_a_name_that_stands_in_no_single_cell_is_named_at_the_first_one(
    classeur: Path, commande: Order
) -> None:
    note(classeur, {"Objet": "Appel de l’Ostra", "Canal": "Conseil"})

    [held] = run(classeur, commande("D1")).retenues

    assert held.cell == "F4"


def test_a_comment_and_a_remark_never_reach_a_file(classeur: Path, commande: Order) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"Commentaire": "mauvais payeur"}})
    workbook.save()
    add_rows(classeur, "Plan", {"Dossier": "D1", "Étape": "Choisir", "Remarque": "mauvais payeur"})
    note(classeur, {"Type": "Réclamation", "Objet": "mauvais payeur"})

    bilan = run(classeur, commande("D1"))

    assert "payeur" not in text_of(bilan.fichiers[0])


def test_the_workbook_is_only_read(classeur: Path, commande: Order) -> None:
    note(classeur, {"Objet": "Appel"})
    before = classeur.read_bytes()

    run(classeur, commande())

    assert classeur.read_bytes() == before


def test_a_second_run_gives_the_same_files(classeur: Path, commande: Order) -> None:
    note(classeur, {"Objet": "Appel"})
    before = {p: p.read_bytes() for p in run(classeur, commande()).fichiers}

    after = {p: p.read_bytes() for p in run(classeur, commande()).fichiers}

    assert after == before


def test_a_file_made_again_after_one_more_line_takes_the_place_of_the_first(
    classeur: Path, commande: Order
) -> None:
    [first] = run(classeur, commande("D1")).fichiers
    note(classeur, {"Objet": "Appel du jour"})

    [again] = run(classeur, commande("D1")).fichiers

    assert again == first
    assert "Appel du jour" in text_of(again)


def test_a_file_that_somebody_edited_in_word_is_kept(classeur: Path, commande: Order) -> None:
    [first] = run(classeur, commande("D1")).fichiers
    document = Document(str(first))
    document.add_paragraph("Relu par Hélène.")
    document.save(str(first))
    edited = first.read_bytes()
    note(classeur, {"Objet": "Appel du jour"})

    names = [run(classeur, commande("D1")).fichiers[0].name for _ in range(2)]

    assert first.read_bytes() == edited
    assert names == ["D1 - Lumo Énergie - dossier de trajectoire du 22-11-2026 (2).docx"] * 2


def test_two_clients_whose_names_a_disk_takes_for_one_get_a_file_each(
    classeur: Path, commande: Order
) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"Dossier": "D:2", "Raison sociale": "Lumo"}, 6: {"Dossier": "D/2", "Raison sociale": "LUMO"}})  # fmt: skip
    workbook.save()

    both = run(classeur, commande()).fichiers
    [alone] = run(classeur, commande("D/2")).fichiers

    assert len({p.name.casefold() for p in both}) == 2
    assert "D:2" in text_of(both[0])
    assert "D/2" in text_of(alone)
    assert alone != both[0]


def test_what_is_dated_after_the_day_is_left_out_and_counted(
    classeur: Path, commande: Order
) -> None:
    note(classeur, {"Objet": "Le lendemain", "Date": date(2026, 11, 23)})

    bilan = run(classeur, commande("D1"))

    assert bilan.ulterieures == 1
    assert "Le lendemain" not in text_of(bilan.fichiers[0])


def test_the_lines_that_cannot_be_used_are_named_and_stop_nothing(
    classeur: Path, commande: Order
) -> None:
    note(
        classeur,
        {"Objet": "Jour illisible", "Date": "vers Noël"},
        {"Objet": "Sans client", "Dossier": None, "Date": "vers Noël"},
        {"Objet": "Client parti", "Dossier": "D99"},
        {"Objet": "Type inconnu", "Type": "Appel"},
        {"Objet": "Erreur", "Dossier": "#N/A"},
    )
    add_rows(classeur, "Plan", {"Dossier": "D1", "Étape": "Choisir", "Fait le": "oui"})

    bilan = run(classeur, commande("D1"))

    assert [f"{a.sheet}!{a.cell} {a.value}" for a in bilan.anomalies] == [
        "Journal!A4 vers Noël",
        "Plan!F4 oui",
        "Journal!B5 None",
        "Journal!B6 D99",
        "Journal!B8 #N/A",
        "Journal!E7 Appel",
    ]
    text = text_of(bilan.fichiers[0])
    assert "Jour illisible." in text[text.index("À dater") :]
    assert "Type inconnu." in text


def test_a_dossier_typed_twice_is_told_and_gets_no_file(classeur: Path, commande: Order) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {6: {"Dossier": "d1"}})
    workbook.save()

    bilan = run(classeur, commande())

    assert bilan.fichiers == ()
    assert [a.cell for a in bilan.anomalies if "ligne" in a.problem] == ["A5", "A6"]


def test_a_law_checked_too_long_ago_leaves_the_evidence_and_quotes_nothing(
    classeur: Path, commande: Order
) -> None:
    note(classeur, {"Objet": "Appel"})

    bilan = run(classeur, commande("D1", au=date(2027, 6, 1)))

    text = text_of(bilan.fichiers[0])
    assert bilan.loi_ancienne
    assert "Appel." in text
    assert "Loi 2022-1157" not in text
    assert "1er\u00a0septembre 2027" not in text


def test_an_incomplete_letterhead_stops_everything(
    classeur: Path, commande: Order, tmp_path: Path
) -> None:
    workbook = FileWorkbook(classeur)
    place = workbook.read_table("Cabinet").lignes
    workbook.write_cells(
        "Cabinet", {int(place.index[place["Champ"] == "RCS"][0]): {"Valeur": None}}
    )
    workbook.save()

    with pytest.raises(SaisieError, match="RCS"):
        run(classeur, commande())
    assert not (tmp_path / "dossiers").exists()


def test_a_dossier_that_does_not_exist_is_told(classeur: Path, commande: Order) -> None:
    with pytest.raises(SaisieError, match="ce dossier n’existe pas"):
        run(classeur, commande("D99"))


def test_a_table_journal_of_somebody_else_is_refused(classeur: Path, commande: Order) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Journal", "Journal", {"Compte": 10, "Débit": 10})
    workbook.save()

    with pytest.raises(SaisieError, match="« Date »"):
        run(classeur, commande())


def test_a_journal_that_was_just_made_is_no_anomaly(classeur: Path, commande: Order) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Journal", "Journal", JOURNAL_WIDTHS)
    workbook.add_table("Plan", "Plan", dict.fromkeys(PLAN, 14))
    workbook.save()

    assert run(classeur, commande()).anomalies == ()


def test_a_folder_that_cannot_be_made_is_told(classeur: Path, tmp_path: Path) -> None:
    (tmp_path / "pris").write_text("un fichier")

    with pytest.raises(SaisieError, match="ne peut pas être écrit"):
        run(classeur, Commande(vers=tmp_path / "pris", au=AU))


def test_progress_counts_the_files_that_are_held_too(classeur: Path, commande: Order) -> None:
    note(classeur, {"Objet": "Comme Ostra Conseil"})
    steps: list[tuple[int, int]] = []

    trajectoire.run(
        FileWorkbook(classeur, to_write=False), commande(), lambda *step: steps.append(step)
    )

    assert steps == [(1, 2), (2, 2)]
