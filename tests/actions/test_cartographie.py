"""« Cartographie » : the map of each company whose entries are given."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from tests.domain.faits.ecritures import DATA
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of

from segxl.actions import cartographie
from segxl.actions.cartographie import BilanCartographie, Commande
from segxl.domain.anomalies import SaisieError
from segxl.excel.cabinet import fill_cabinet
from segxl.excel.file import FileWorkbook
from segxl.sources.demonstration import invent_cabinet, siren_number

FIRST, SECOND = (DATA / f"000000034FEC{year}1231.txt" for year in (2024, 2025))
TODAY = date(2026, 11, 22)
STEM = "D1 - Lumo Énergie - cartographie 2025"


@pytest.fixture
def classeur(classeur: Path) -> Path:
    """Return the workbook of three clients, the first one being the company of the files."""
    return fill(classeur, "Clients", 5, SIREN="000 000 034")


def fill(path: Path, table: str, row: int, **cells: object) -> Path:
    workbook = FileWorkbook(path)
    workbook.write_cells(table, {row: cells}, keep_formulas=False)
    workbook.save()
    return path


def tag(path: Path, *rows: tuple[object, object, object]) -> None:
    workbook = FileWorkbook(path)
    headers = ["Dossier", "Tiers", "Groupe"]
    if not workbook.has_table("Groupes"):
        workbook.add_table("Groupes", "Groupes", dict.fromkeys(headers, 20))
    workbook.append_rows("Groupes", pd.DataFrame(rows, columns=headers, dtype=object))
    workbook.save()


def carto(path: Path, *files: Path, dossiers: tuple[str, ...] = ()) -> BilanCartographie:
    workbook = FileWorkbook(path)
    commande = Commande(chemins=files, vers=path.parent / "cartes", au=TODAY, dossiers=dossiers)
    bilan = cartographie.run(workbook, commande)
    workbook.save()
    return bilan


def edited(source: Path, target: Path, *changes: tuple[bytes, bytes]) -> Path:
    content = source.read_bytes()
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    target.write_bytes(content)
    return target


def test_a_company_gets_a_report_a_workbook_of_charts_and_its_rows(classeur: Path) -> None:
    bilan = carto(classeur, FIRST, SECOND)

    assert [p.name for p in bilan.fichiers] == [f"{STEM}.docx", f"{STEM}.xlsx"]
    shown = rows_of(classeur, "Cartographie")
    latest = shown[shown["Écritures au"] == shown["Écritures au"].max()].set_index("Groupe")
    assert latest.at["Clients fidèles", "Ventes HT"] == 66_400
    assert latest["Part"].dropna().sum() == pytest.approx(1)
    assert latest.at["Nouveaux clients", "Lecture"] == "nouveau"
    assert rows_of(classeur, "Groupes").dropna(how="all").empty
    assert find_flaws(classeur) == []


def test_the_charts_are_excel_s_own(classeur: Path) -> None:
    _, path = carto(classeur, FIRST, SECOND).fichiers

    assert find_flaws(path) == []
    with zipfile.ZipFile(path) as archive:
        charts = [
            archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/charts/")
        ]
    assert ["doughnutChart" in c for c in charts].count(True) == 1
    assert ["barChart" in c for c in charts].count(True) == 1
    sheet = load_workbook(path)["Cartographie"]
    assert [cell.value for cell in sheet[6]][:4] == ["Clients fidèles", 3, 66_400, 0.95]


def test_a_second_run_changes_nothing(classeur: Path) -> None:
    first = {p: p.read_bytes() for p in carto(classeur, FIRST, SECOND).fichiers}
    rows = rows_of(classeur, "Cartographie")

    second = carto(classeur, FIRST, SECOND)

    assert {p: p.read_bytes() for p in second.fichiers} == first
    pd.testing.assert_frame_equal(rows_of(classeur, "Cartographie"), rows)
    assert len([*(classeur.parent / "cartes").iterdir()]) == 2


def test_what_somebody_edited_is_kept_and_what_nobody_did_is_replaced(classeur: Path) -> None:
    report, book = carto(classeur, FIRST, SECOND).fichiers
    workbook = load_workbook(book)
    workbook["Cartographie"]["A2"] = "relu par Anne"
    workbook.save(book)
    tag(classeur, ("D1", "CALPHA", "Sous-traitance"))

    bilan = carto(classeur, FIRST, SECOND)

    assert [p.name for p in bilan.fichiers] == [report.name, f"{STEM} (2).xlsx"]
    assert load_workbook(book)["Cartographie"]["A2"].value == "relu par Anne"


def test_the_groups_that_people_type_are_read_by_the_next_run(classeur: Path) -> None:
    carto(classeur, FIRST, SECOND)
    tag(classeur, ("D1", "calpha", "Sous traitance"), (None, "CB*", "Écoles"))

    bilan = carto(classeur, FIRST, SECOND)

    lignes = {x.groupe: x.clients for x in bilan.cartes["D1"].dernier.lignes}
    assert (lignes["Sous-traitance"], lignes["Écoles"], lignes["Clients fidèles"]) == (1, 1, 1)
    assert not bilan.a_corriger
    assert rows_of(classeur, "Groupes")["Groupe"].dropna().tolist() == ["Sous traitance", "Écoles"]


def test_rows_of_groups_that_cannot_serve_are_told_with_their_cell(classeur: Path) -> None:
    tag(classeur, ("D1", "CZZZ", "Écoles"), ("D1", "CALPHA", "Alpha distribution"), ("D1", None, "X"))  # fmt: skip

    bilan = carto(classeur, SECOND)

    assert [a.cell[0] for a in bilan.a_corriger] == ["B", "C", "B"]
    assert bilan.cartes["D1"].etiquettes == ("Apporteurs d’affaires", "Sous-traitance", "Autres revenus", "Écoles")  # fmt: skip


def test_a_formula_in_a_label_stays_in_the_entries(classeur: Path, tmp_path: Path) -> None:
    hostile = edited(
        SECOND, tmp_path / "000000034FEC20251231.txt",
        (b"\tALPHA", b'\t=HYPERLINK("http://x.example")ALPHA'),
    )  # fmt: skip

    for path in carto(classeur, hostile).fichiers:
        with zipfile.ZipFile(path) as archive:
            assert not any(b"HYPERLINK" in archive.read(n) for n in archive.namelist())
    assert "HYPERLINK" not in rows_of(classeur, "Cartographie").to_string()


def test_no_name_of_a_counterparty_reaches_the_workbooks(classeur: Path) -> None:
    report, book = carto(classeur, FIRST, SECOND).fichiers

    shown = " ".join(map(str, rows_of(classeur, "Cartographie").to_numpy().ravel()))
    for path in (report, book):
        with zipfile.ZipFile(path) as archive:
            shown += "".join(archive.read(n).decode("utf-8", "ignore") for n in archive.namelist())
    assert not any(name in shown for name in ("ALPHA", "BETA", "GAMMA", "DELTA", "Alpha", "Gamma"))


def test_the_firm_itself_has_its_map(classeur: Path, tmp_path: Path) -> None:
    workbook = FileWorkbook(classeur)
    fill_cabinet(workbook, {**invent_cabinet(), "RCS": f"Lyon {siren_number(7)}"})
    workbook.save()
    own = Path(shutil.copy(SECOND, tmp_path / f"{siren_number(7)}FEC20251231.txt"))

    bilan = carto(classeur, own)

    assert list(bilan.cartes) == ["Cabinet"]
    assert bilan.fichiers[0].name.startswith("Cabinet - ")


def test_a_file_of_nobody_is_asked_for_and_never_given(classeur: Path, tmp_path: Path) -> None:
    stranger = Path(shutil.copy(SECOND, tmp_path / "000000042FEC20251231.txt"))

    bilan = carto(classeur, stranger, FIRST)

    assert [lu.fichier for lu in bilan.inconnus] == [stranger.name]
    assert [e.nom for e in bilan.cartes["D1"].exercices] == ["2024"]
    with pytest.raises(SaisieError, match="Dites à qui il est"):
        carto(classeur, stranger)


def test_two_companies_each_have_their_map(classeur: Path, tmp_path: Path) -> None:
    fill(classeur, "Clients", 6, SIREN=siren_number(5))
    other = Path(shutil.copy(SECOND, tmp_path / f"{siren_number(5)}FEC20251231.txt"))

    bilan = carto(classeur, FIRST, SECOND, other)

    assert list(bilan.cartes) == ["D1", "D2"]
    assert len(bilan.fichiers) == 4
    assert set(rows_of(classeur, "Cartographie")["Dossier"]) == {"D1", "D2"}


def test_only_the_dossier_asked_for_has_its_map(classeur: Path, tmp_path: Path) -> None:
    fill(classeur, "Clients", 6, SIREN=siren_number(5))
    other = Path(shutil.copy(SECOND, tmp_path / f"{siren_number(5)}FEC20251231.txt"))

    bilan = carto(classeur, FIRST, SECOND, other, dossiers=("D2",))

    assert list(bilan.cartes) == ["D2"]
    assert len(bilan.inconnus) == 2


def test_the_same_file_twice_counts_once(classeur: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(SECOND, tmp_path / SECOND.name))

    bilan = carto(classeur, FIRST, SECOND, SECOND, copy)

    assert [e.nom for e in bilan.cartes["D1"].exercices] == ["2024", "2025"]


def test_two_files_of_the_same_days_are_told_and_make_no_map(
    classeur: Path, tmp_path: Path
) -> None:
    changed = edited(SECOND, tmp_path / SECOND.name, (b"6000,00", b"6600,00"))

    with pytest.raises(SaisieError, match="couvrent les mêmes jours"):
        carto(classeur, SECOND, changed)
    assert not (classeur.parent / "cartes").exists()


@pytest.mark.parametrize("lines", [0, 1])
def test_an_empty_year_is_told_and_never_stops_the_rest(
    classeur: Path, tmp_path: Path, lines: int
) -> None:
    empty = tmp_path / "000000034FEC20231231.txt"
    empty.write_bytes(b"".join(FIRST.read_bytes().splitlines(keepends=True)[:lines]))

    bilan = carto(classeur, empty, SECOND)

    assert [a.sheet for a in bilan.anomalies] == [empty.name]
    assert list(bilan.cartes) == ["D1"]


def test_rows_of_other_dossiers_and_years_stay(classeur: Path, tmp_path: Path) -> None:
    carto(classeur, FIRST)
    fill(classeur, "Clients", 6, SIREN=siren_number(5))
    carto(classeur, Path(shutil.copy(SECOND, tmp_path / f"{siren_number(5)}FEC20251231.txt")))

    carto(classeur, SECOND)

    shown = rows_of(classeur, "Cartographie")
    assert {*zip(shown["Dossier"], pd.to_datetime(shown["Écritures au"]).dt.year, strict=True)} == {("D1", 2024), ("D1", 2025), ("D2", 2025)}  # fmt: skip


def test_without_a_letterhead_nothing_is_written(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    fill_cabinet(workbook, dict.fromkeys(invent_cabinet(), ""))
    workbook.save()

    with pytest.raises(SaisieError, match="en-tête du cabinet est incomplet"):
        carto(classeur, SECOND)
    assert not (classeur.parent / "cartes").exists()


@pytest.mark.parametrize("table", ["Cartographie", "Groupes"])
def test_a_table_of_the_firm_s_that_bears_this_name_is_refused(classeur: Path, table: str) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table(table, table, {"Marquants": 20})
    workbook.save()

    with pytest.raises(SaisieError, match=f"le tableau {table} n’a pas la colonne"):
        carto(classeur, SECOND)


def test_a_threshold_typed_wrong_is_told(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    row = pd.DataFrame({"Paramètre": ["Dépendance à un client au-delà de"], "Valeur": ["beaucoup"]})
    workbook.append_rows("Parametres", row)
    workbook.save()

    with pytest.raises(SaisieError, match="Dépendance à un client au-delà de"):
        carto(classeur, SECOND)


def test_progress_is_told_file_by_file(classeur: Path) -> None:
    seen: list[tuple[int, int]] = []
    commande = Commande(chemins=(FIRST, SECOND), vers=classeur.parent / "c", au=TODAY)

    cartographie.run(FileWorkbook(classeur), commande, lambda *done: seen.append(done))

    assert seen == [(1, 2), (2, 2)]
