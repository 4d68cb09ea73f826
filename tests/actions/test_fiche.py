from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.excel.parts import score
from tests.relations import add_columns

from segxl.actions import expliquer, fiche
from segxl.actions.fiche import BilanFiche, Commande
from segxl.domain.anomalies import SaisieError
from segxl.domain.lecture_plan import PLAN
from segxl.excel.cabinet import fill_cabinet
from segxl.excel.faits import WIDTHS as FAITS
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.sources.demonstration import invent_cabinet

AU = date(2026, 11, 22)
OLD = Path(__file__).parent / "data" / "version_0.xlsx"
Row = Mapping[str, object]
Order = Callable[..., Commande]


@pytest.fixture
def commande(tmp_path: Path) -> Order:
    def order(*dossiers: str, au: date = AU) -> Commande:
        return Commande(vers=tmp_path / "fiches", au=au, dossiers=dossiers)

    return order


def run(classeur: Path, commande: Commande) -> BilanFiche:
    return fiche.run(FileWorkbook(classeur, to_write=False), commande)


def add_rows(classeur: Path, table: str, headers: Mapping[str, object], *rows: Row) -> None:
    workbook = FileWorkbook(classeur)
    if not workbook.has_table(table):
        workbook.add_table(table, table, dict.fromkeys(headers, 14))
    workbook.append_rows(table, pd.DataFrame([*rows], columns=[*headers], dtype=object))
    workbook.save()


def note(classeur: Path, **cells: object) -> None:
    """Write a line of the Journal, of D1 on 5 October unless it says otherwise."""
    usual = {"Dossier": "D1", "Date": date(2026, 10, 5), "Objet": "Appel"}
    add_rows(classeur, "Journal", JOURNAL_WIDTHS, usual | cells)


def write_cells(classeur: Path, cells: Mapping[int, Row]) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", cells)
    workbook.save()


def text_of(path: Path) -> str:
    texts = Document(str(path)).element.iter(qn("w:t"))
    return "".join(t.text or "" for t in texts).replace("\u00a0", " ")


def test_everybody_has_a_card_in_the_order_of_the_sheet(classeur: Path, commande: Order) -> None:
    before = classeur.read_bytes()

    bilan = run(classeur, commande())

    assert [p.name for p in bilan.fichiers] == [
        "D1 - Lumo Énergie - fiche client du 22-11-2026.docx",
        "D2 - Père & Fils SARL À l’Été =1+1 - fiche client du 22-11-2026.docx",
        "D3 - Ostra Conseil - fiche client du 22-11-2026.docx",
    ]
    assert classeur.read_bytes() == before
    assert (bilan.tus, bilan.anomalies, bilan.loi_ancienne) == ((), (), None)


def test_a_card_says_what_the_note_s_explanation_says(classeur: Path, commande: Order) -> None:
    (path,) = run(classeur, commande("D1")).fichiers

    justification = expliquer.run(FileWorkbook(classeur, to_write=False), "D1", AU)
    text = text_of(path)
    assert f"{justification.note:.1f} / 20".replace(".", ",") in text
    assert f"Segment : {justification.segment}Pourquoi : {justification.regle}" in text
    assert justification.etape_conseil in text
    assert "Plateforme agréée : Réception et émission" in text


def test_a_card_gathers_the_other_sheets(classeur: Path, commande: Order) -> None:
    note(classeur, Objet="Choix de l’outil", Suite="rappeler", **{"Suite le": date(2026, 11, 3)})
    add_rows(classeur, "Plan", dict.fromkeys(PLAN), {"Dossier": "d1", "Étape": "Choisir", "Date prévue": date(2026, 12, 3)})  # fmt: skip
    add_rows(classeur, "Faits", FAITS, {"Dossier": "D1", "Date de fin": date(2025, 12, 31), "Fait": "Chiffre d’affaires", "Valeur": 69592.24, "État": "calculé"})  # fmt: skip

    (path,) = run(classeur, commande("Lumo Énergie")).fichiers

    text = text_of(path)
    for told in (
        "05/10/2026 – Choix de l’outil", "pour le 03/11/2026, en retard – rappeler",
        "le 03/12/2026 – Choisir", "exercice clos le 31/12/2025", "69\u202f592 €",
    ):  # fmt: skip
        assert told in text


def test_a_text_that_names_another_client_is_left_out_and_told(
    classeur: Path, commande: Order
) -> None:
    note(classeur, Objet="Comme chez Ostra Conseil", Qui="AB")
    write_cells(classeur, {5: {"Motif": "voir Ostra Conseil", "Segment imposé": "Prioritaire", "Plateforme": "Ostra Conseil"}})  # fmt: skip

    bilan = run(classeur, commande("D1"))

    text = text_of(bilan.fichiers[0])
    assert "Ostra" not in text
    assert "(texte tu, il nomme un autre client : Journal, ligne 4)" in text
    assert bilan.tus == (
        "Clients, ligne 5, Motif", "Clients, ligne 5, Plateforme", "Journal, ligne 4, Objet",
    )  # fmt: skip


def test_a_reason_that_the_rule_makes_useless_is_not_told(classeur: Path, commande: Order) -> None:
    write_cells(classeur, {5: {"Motif": "voir Ostra Conseil"}})

    assert run(classeur, commande("D1")).tus == ()


def test_a_colleague_may_be_named_even_where_a_client_bears_that_name(
    classeur: Path, commande: Order
) -> None:
    write_cells(classeur, {6: {"Collaborateur": "Ostra Conseil"}})
    note(classeur, Qui="Ostra Conseil")

    bilan = run(classeur, commande("D1"))

    assert "05/10/2026, Ostra Conseil – Appel" in text_of(bilan.fichiers[0])


def test_a_comment_and_a_remark_are_never_on_a_card(classeur: Path, commande: Order) -> None:
    write_cells(classeur, {5: {"Commentaire": "toujours en retard"}})
    add_rows(classeur, "Plan", dict.fromkeys(PLAN), {"Dossier": "D1", "Remarque": "mauvais payeur"})

    text = text_of(run(classeur, commande("D1")).fichiers[0])

    assert "toujours en retard" not in text
    assert "mauvais payeur" not in text


def test_a_client_out_of_scope_has_a_card_that_says_so(classeur: Path, commande: Order) -> None:
    text = text_of(run(classeur, commande("D3")).fichiers[0])

    assert "Gris (hors champ)" in text
    assert "non concerné" in text


def test_the_same_day_gives_the_same_bytes_and_one_file(classeur: Path, commande: Order) -> None:
    (path,) = run(classeur, commande("D1")).fichiers
    before = path.read_bytes()

    (again,) = run(classeur, commande("D1")).fichiers

    assert again == path
    assert again.read_bytes() == before


def test_a_card_is_renewed_when_the_workbook_says_more(classeur: Path, commande: Order) -> None:
    run(classeur, commande("D1"))
    note(classeur, Objet="Un appel de plus")

    (path,) = run(classeur, commande("D1")).fichiers

    assert "(2)" not in path.name
    assert "Un appel de plus" in text_of(path)


def test_a_card_that_somebody_edited_is_kept(classeur: Path, commande: Order) -> None:
    (path,) = run(classeur, commande("D1")).fichiers
    document = Document(str(path))
    document.add_paragraph("Vu avec Anne")
    document.save(str(path))

    (second,) = run(classeur, commande("D1")).fichiers

    assert second.name == f"{path.stem} (2).docx"
    assert "Vu avec Anne" in text_of(path)


def test_no_letterhead_is_asked_for_a_document_that_stays_in_the_firm(
    classeur: Path, commande: Order
) -> None:
    workbook = FileWorkbook(classeur)
    fill_cabinet(workbook, dict.fromkeys(invent_cabinet(), ""))
    workbook.save()

    (path,) = run(classeur, commande("D1")).fichiers

    assert Document(str(path)).sections[0].header.paragraphs[0].text.startswith("Cabinet\t")


def test_a_workbook_without_the_columns_of_the_law_has_cards(commande: Order) -> None:
    bilan = run(OLD, commande())

    text = text_of(bilan.fichiers[0])
    assert "Ce que la loi demande" in text
    assert "à confirmer" in text


def test_a_law_checked_too_long_ago_is_told(classeur: Path, commande: Order) -> None:
    bilan = run(classeur, commande("D1", au=date(2029, 1, 1)))

    assert bilan.loi_ancienne is not None
    assert "ancien, à vérifier" in text_of(bilan.fichiers[0])


def test_only_the_anomalies_of_the_clients_asked_for_are_told(
    classeur: Path, commande: Order
) -> None:
    write_cells(classeur, {5: {"Autonomie": "bof"}, 6: {"Autonomie": "bof"}})

    anomalies = run(classeur, commande("D1")).anomalies

    assert [a.cell[-1] for a in anomalies] == ["5"]


def test_errors_and_words_in_cells_of_numbers_and_days_are_no_obstacle(
    classeur: Path, commande: Order
) -> None:
    score(classeur)
    write_cells(classeur, {5: {"SIREN": "#N/A", "Date statut": "hier", "CA HT": "beaucoup"}})
    note(classeur, Date="un jour", Suite="voir", **{"Suite le": "bientôt"})

    text = text_of(run(classeur, commande("D1")).fichiers[0])

    assert "SIRENà compléter" in text
    assert "Dernier contact : aucun dans le Journal" in text
    assert "Suite ouverte : sans date – voir" in text


def test_an_unknown_dossier_writes_nothing(classeur: Path, commande: Order) -> None:
    with pytest.raises(SaisieError, match="n’existe pas"):
        run(classeur, commande("D99"))

    assert not commande().vers.exists()


def test_the_progress_is_told(classeur: Path, commande: Order) -> None:
    seen: list[tuple[int, int]] = []

    fiche.run(FileWorkbook(classeur, to_write=False), commande(), lambda *n: seen.append(n))

    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_card_tells_what_the_client_brings_and_how_the_relation_stands(
    classeur: Path, commande: Order
) -> None:
    write_cells(classeur, {5: {"Honoraires annuels": 4200}, 6: {"Honoraires annuels": 98765}})
    note(classeur, Type="Réclamation", Date=date(2026, 11, 2))
    before = classeur.read_bytes()

    (path,) = run(classeur, commande("D1")).fichiers

    text = text_of(path).replace("\u202f", " ")
    assert "4 200 €Honoraires, 12 mois" in text
    assert "À risqueRelation : 1 raison" in text
    assert "Réclamation ouverte depuis le 02/11/2026" in text
    assert "98 765" not in text
    assert classeur.read_bytes() == before


def test_who_has_left_has_no_next_step(classeur: Path, commande: Order) -> None:
    (before,) = run(classeur, commande("D1")).fichiers
    here = text_of(before)
    add_columns(classeur, **{"Sortie le": [date(2026, 1, 5), None, None]})

    gone, other = run(classeur, commande("D1", "D2")).fichiers

    assert "Aucune : client parti le 05/01/2026." in text_of(gone)
    assert "Aucune : client parti le 05/01/2026." not in here
    assert "Aucune : client parti le 05/01/2026." not in text_of(other)


def test_a_wrong_setting_of_value_or_relation_leaves_its_part_out_and_is_told(
    classeur: Path, commande: Order
) -> None:
    write_cells(classeur, {5: {"Honoraires annuels": 4200}})
    workbook = FileWorkbook(classeur)
    rows = [["Séparation B/C", "au hasard"], ["Sans contact depuis (mois)", "six"]]
    workbook.append_rows("Parametres", pd.DataFrame(rows, columns=["Paramètre", "Valeur"], dtype=object))  # fmt: skip
    workbook.save()

    bilan = run(classeur, commande("D1"))

    assert "Honoraires, 12 mois" not in text_of(bilan.fichiers[0])
    assert [str(a.value) for a in bilan.anomalies] == ["au hasard", "six"]
