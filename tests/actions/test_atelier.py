"""From a workbook and what people typed in the sheet Atelier to the weights they come to."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws

from segxl.actions import atelier, noter
from segxl.actions.atelier import BilanAtelier
from segxl.domain.anomalies import SaisieError
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
FE = 11
"""Questions of the grid FE that ships; five more make the grid Enjeu."""
TABLES = ("Clients", "Criteres", "Baremes", "Couleurs", "Segments", "Parametres", "Cabinet")


def run(path: Path, grille: str = "", *, retenir: bool = False) -> BilanAtelier:
    workbook = FileWorkbook(path)
    bilan = atelier.run(workbook, grille, retenir=retenir)
    workbook.save()
    return bilan


def type_votes(path: Path, **votes: list[object]) -> None:
    """Type the weights of participants 1, 2… row by row."""
    workbook = FileWorkbook(path)
    if not workbook.has_table("Atelier"):
        run(path)
        workbook = FileWorkbook(path)
    index = workbook.read_table("Atelier").lignes.index
    for name, column in votes.items():
        typed = pd.DataFrame({name.replace("_", " "): column}, index=index[: len(column)])
        workbook.write_columns("Atelier", typed.astype(object))
    workbook.save()


def rename(path: Path, **names: str) -> None:
    """Change titles of the sheet, as a person does in Excel."""
    book = openpyxl.load_workbook(path)
    table = book["Atelier"].tables["Atelier"]
    row = book["Atelier"][table.ref][0]
    for cell, column in zip(row, table.tableColumns, strict=True):
        if new := names.get(str(cell.value).replace(" ", "_")):
            cell.value = column.name = new
    book.save(path)


def sheet_of(path: Path) -> pd.DataFrame:
    return FileWorkbook(path).read_table("Atelier").lignes.set_index("Critère")


def poids_of(path: Path, grille: str = "FE") -> list[object]:
    criteres = FileWorkbook(path).read_table("Criteres").lignes
    return [*criteres["Poids"][criteres["Grille"] == grille]]


def above(path: Path) -> list[str]:
    """Return the two sentences over the table."""
    sheet = openpyxl.load_workbook(path)["Atelier"]
    texts = [str(sheet.cell(row, 1).value) for row in range(1, 12)]
    return [t for t in texts if t.startswith(("Comptés", "Ce qui divise"))]


@pytest.fixture
def worked(classeur: Path) -> Path:
    """Return a workbook where two people gave weights to the grid FE."""
    type_votes(
        classeur,
        Participant_1=[1] * FE,
        Participant_2=[0, 30, 20, 10, 10, 5, 5, 5, 5, 5, 5],
    )
    return classeur


# — the sheet —


def test_the_first_time_the_sheet_lists_the_criteres_of_every_grid(classeur: Path) -> None:
    before = {name: FileWorkbook(classeur).read_table(name).lignes for name in TABLES}

    bilan = run(classeur)

    lignes = sheet_of(classeur)
    assert bilan.is_new
    assert lignes["Grille"].tolist() == ["FE"] * FE + ["Enjeu"] * 5
    assert lignes["Poids actuel"].tolist()[:4] == [8, 8, 16, 12]
    assert lignes["Poids proposé"].isna().all()
    assert above(classeur) == [
        "Comptés : personne pour FE ; personne pour Enjeu.",
        "Ce qui divise le plus : pour FE, il faut deux avis ; pour Enjeu, il faut deux avis.",
    ]
    for name, known in before.items():
        pd.testing.assert_frame_equal(FileWorkbook(classeur).read_table(name).lignes, known)
    assert find_flaws(classeur) == []


def test_one_grid_alone_can_start_the_sheet_and_another_join_it(classeur: Path) -> None:
    run(classeur, "enjeu")
    first = sheet_of(classeur)["Grille"].tolist()

    run(classeur)

    assert first == ["Enjeu"] * 5
    assert sheet_of(classeur)["Grille"].tolist() == ["Enjeu"] * 5 + ["FE"] * FE


def test_the_votes_become_means_gaps_and_a_proposal(worked: Path) -> None:
    bilan = run(worked)

    lignes = sheet_of(worked)
    assert lignes.loc["Processus adaptés", "Poids moyen"] == 19.5
    assert lignes.loc["Processus adaptés", "Écart"] == 20.9
    assert sum(lignes["Poids proposé"][:FE]) == 100
    assert lignes["Poids proposé"][FE:].isna().all()
    assert above(worked) == [
        "Comptés : 2 pour FE (Participant 1 et Participant 2), sans Participant 3 (aucun poids), Participant 4 (aucun poids) ; personne pour Enjeu.",
        "Ce qui divise le plus : pour FE, Processus adaptés (écart 20,9), Plateforme agréée (écart 10,9) et Sensibilisation (écart 9,1) ; pour Enjeu, il faut deux avis.",
    ]
    assert not bilan.anomalies
    assert poids_of(worked) == [2, 2, 4, 3, 2, 2, 2, 1, 3, 3, 1]
    assert find_flaws(worked) == []


def test_a_second_run_changes_nothing(worked: Path) -> None:
    run(worked)
    before = worked.read_bytes()

    run(worked)

    assert worked.read_bytes() == before


def test_what_people_wrote_stays(worked: Path) -> None:
    type_votes(worked, Objections=["Zoé n’est pas d’accord <du tout>"])

    run(worked)

    lignes = sheet_of(worked)
    assert lignes["Objections"].tolist()[0] == "Zoé n’est pas d’accord <du tout>"
    assert lignes["Participant 2"].tolist()[:3] == [0, 30, 20]


def test_a_participant_under_another_name_still_counts(worked: Path) -> None:
    rename(worked, Participant_1="Anne & Cie", Participant_2="2026", Participant_3="<Zoé>")

    bilan = run(worked)

    assert [v.participant for v in bilan.accords[0].avis] == ["Anne & Cie", "2026"]
    assert "2 pour FE (Anne & Cie et 2026), sans <Zoé> (aucun poids)" in above(worked)[0]
    assert "Participant 1" not in FileWorkbook(worked).read_table("Atelier").letters


def test_a_sheet_sorted_by_hand_keeps_its_order(worked: Path) -> None:
    workbook = FileWorkbook(worked)
    lignes = workbook.read_table("Atelier").lignes
    workbook.replace_rows("Atelier", lignes.iloc[::-1])
    workbook.save()
    names = [*sheet_of(worked).index]

    run(worked)

    lignes = sheet_of(worked)
    assert [*lignes.index] == names
    assert lignes.loc["Processus adaptés", "Poids moyen"] == 19.5


def test_a_row_that_was_deleted_comes_back_below(worked: Path) -> None:
    workbook = FileWorkbook(worked)
    workbook.replace_rows("Atelier", workbook.read_table("Atelier").lignes.iloc[1:])
    workbook.save()

    run(worked)

    lignes = sheet_of(worked)
    assert lignes.index[-1] == "Sensibilisation"
    assert lignes.loc["Sensibilisation", "Poids proposé"] == 8


def test_a_column_that_was_deleted_comes_back_on_the_right(worked: Path) -> None:
    rename(worked, Objections="Remarques", Écart="Dispersion")

    run(worked)

    headers = [*FileWorkbook(worked).read_table("Atelier").letters]
    assert headers[-4:] == ["Poids proposé", "Remarques", "Écart", "Objections"]
    assert sheet_of(worked).loc["Processus adaptés", "Écart"] == 20.9


def test_a_sheet_without_its_bounds_is_refused(worked: Path) -> None:
    rename(worked, Poids_moyen="Moyenne")

    with pytest.raises(SaisieError, match="n’a pas la colonne « Poids moyen »"):
        run(worked)


def test_weights_that_cannot_be_read_stop_everything_at_once(worked: Path) -> None:
    type_votes(worked, Participant_3=["beaucoup", -1])
    before = worked.read_bytes()

    with pytest.raises(SaisieError) as refused:
        run(worked)

    assert [a.problem for a in refused.value.anomalies] == [
        "un poids doit être un nombre", "un poids ne peut pas être négatif",
    ]  # fmt: skip
    assert worked.read_bytes() == before


def test_an_unknown_grid_is_told(classeur: Path) -> None:
    with pytest.raises(SaisieError, match=r"aucune grille ne porte ce nom .*RSE.*FE · Enjeu"):
        run(classeur, "RSE")


# — keeping the weights —


def test_nothing_changes_in_the_grid_until_the_weights_are_kept(worked: Path) -> None:
    bilan = run(worked, retenir=True)

    assert [a.grille.nom for a in bilan.retenus] == ["FE"]
    assert poids_of(worked) == [*sheet_of(worked)["Poids proposé"][:FE]] == [*sheet_of(worked)["Poids actuel"][:FE]]  # fmt: skip
    assert sum(p for p in poids_of(worked) if isinstance(p, int)) == 100
    assert poids_of(worked, "Enjeu") == [3, 2, 2, 3, 2]
    assert find_flaws(worked) == []


def test_weights_once_kept_are_proposed_again_as_they_are(worked: Path) -> None:
    type_votes(worked, Participant_3=[5, None, None, 1])
    run(worked, retenir=True)
    kept = poids_of(worked)

    run(worked)

    assert [*sheet_of(worked)["Poids proposé"][:FE]] == kept


def test_the_weights_that_were_kept_make_the_notes(worked: Path) -> None:
    def notes() -> list[object]:
        workbook = FileWorkbook(worked)
        bilan = noter.run(workbook, pd.Timestamp("2026-11-22").date())
        return [*bilan.resultats.lignes["Note FE"]]

    before = notes()
    run(worked, retenir=True)

    assert notes() != before


def test_only_the_grid_asked_for_is_kept(worked: Path) -> None:
    type_votes(worked, Participant_1=[1] * 16)

    run(worked, "FE", retenir=True)

    assert poids_of(worked, "Enjeu") == [3, 2, 2, 3, 2]


def test_an_empty_workshop_cannot_be_kept(classeur: Path) -> None:
    run(classeur)
    before = classeur.read_bytes()

    with pytest.raises(SaisieError, match="personne n’a encore donné de poids"):
        run(classeur, retenir=True)

    assert classeur.read_bytes() == before


def test_a_weight_of_zero_is_told_then_refused(classeur: Path) -> None:
    type_votes(classeur, Participant_1=[0, *[1] * 10])

    bilan = run(classeur)

    assert ["« Sensibilisation » (FE) est 0" in a.problem for a in bilan.anomalies] == [True]
    with pytest.raises(SaisieError, match="la Grille n’en accepte pas"):
        run(classeur, retenir=True)
    assert poids_of(classeur)[0] == 2


def test_looking_writes_nothing_at_all(worked: Path) -> None:
    before = worked.read_bytes()

    bilan = atelier.run(FileWorkbook(worked, to_write=False), retenir=True, simulation=True)

    assert [a.grille.nom for a in bilan.retenus] == ["FE"]
    assert worked.read_bytes() == before


# — in Excel —


def test_in_excel_the_same_cells_are_written(worked: Path, excel: TestExcel, tmp_path: Path) -> None:  # fmt: skip
    book = excel.open(worked)
    workbook = LiveWorkbook(book)
    atelier.run(workbook, retenir=True)
    workbook.save()
    live = excel.save(book, tmp_path / "excel.xlsx")

    run(worked, retenir=True)

    for name in ("Atelier", "Criteres"):
        there, here = (FileWorkbook(p).read_table(name).lignes for p in (live, worked))
        pd.testing.assert_frame_equal(there, here, check_dtype=False)
    assert [str(v) for v in book.sheets["Atelier"]["A7:A8"].value] == above(worked)
    assert "sans Participant 3" in above(worked)[0]


def test_in_excel_the_sheet_appears_as_in_a_file(classeur: Path, excel: TestExcel, tmp_path: Path) -> None:  # fmt: skip
    book = excel.open(classeur)
    workbook = LiveWorkbook(book)
    atelier.run(workbook)
    workbook.save()
    live = excel.save(book, tmp_path / "excel.xlsx")

    run(classeur)

    there, here = (FileWorkbook(p).read_table("Atelier") for p in (live, classeur))
    assert there.letters == here.letters
    pd.testing.assert_frame_equal(there.lignes, here.lignes, check_dtype=False)
