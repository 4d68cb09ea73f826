"""« FEC » : what the entries of clients measure, beside what Clients says."""

from __future__ import annotations

import gc
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.domain.faits.ecritures import DATA
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of, value_of

from segxl.actions import faits, fec
from segxl.actions.fec import FILLED, GAP, SAME, BilanFec
from segxl.domain.anomalies import SaisieError
from segxl.excel.faits import write_faits
from segxl.excel.file import FileWorkbook
from segxl.sources.demonstration import siren_number

FIRST, SECOND = (DATA / f"000000034FEC{year}1231.txt" for year in (2024, 2025))
TODAY = date(2026, 11, 22)
EMISES, RECUES = "Factures émises par mois", "Factures reçues par mois"


@pytest.fixture
def classeur(classeur: Path) -> Path:
    """Return the workbook of three clients, the first one being the company of the files."""
    return fill(classeur, 5, SIREN="000 000 034")


def fill(path: Path, row: int, **cells: object) -> Path:
    workbook = FileWorkbook(path)
    named = {h.replace("_", " "): v for h, v in cells.items()}
    workbook.write_cells("Clients", {row: named}, keep_formulas=False)
    workbook.save()
    return path


def read(path: Path, *files: Path, dossier: str = "", simulation: bool = False) -> BilanFec:
    workbook = FileWorkbook(path)
    bilan = fec.run(workbook, files, TODAY, dossier=dossier, simulation=simulation)
    if not simulation:
        workbook.save()
    return bilan


def reading_of(path: Path, fait: str) -> object:
    shown = rows_of(path, "Faits")
    latest = shown[shown["Date de fin"] == shown["Date de fin"].max()]
    return latest.set_index("Fait").loc[fait, "Lecture"]


def test_blank_answers_take_what_the_latest_year_measures(classeur: Path) -> None:
    bilan = read(classeur, FIRST, SECOND)

    assert set(bilan.repris) == {
        ("D1", EMISES, 2.0),
        ("D1", RECUES, 2.0),
        ("D1", "CA HT", 69_900.0),
    }
    assert value_of(classeur, 5, EMISES) == 2
    assert value_of(classeur, 5, "CA HT") == 69_900
    assert reading_of(classeur, EMISES) == FILLED


def test_a_typed_answer_is_never_replaced_and_a_gap_is_told(classeur: Path) -> None:
    fill(classeur, 5, **{EMISES: 40, "CA_HT": "70 000 €"})

    bilan = read(classeur, SECOND)

    ((dossier, gap),) = bilan.ecarts
    assert (dossier, gap.header, gap.saisi, gap.mesure) == ("D1", EMISES, 40, 2)
    assert value_of(classeur, 5, EMISES) == 40
    assert value_of(classeur, 5, "CA HT") == "70 000 €"
    assert reading_of(classeur, EMISES) == GAP
    assert reading_of(classeur, "Chiffre d’affaires") == SAME


def test_every_fact_is_on_the_sheet_with_its_state_and_its_reason(classeur: Path) -> None:
    read(classeur, FIRST, SECOND)

    shown = rows_of(classeur, "Faits")
    assert shown[["Dossier", "Fait", "État", "D’après", "Fichier"]].notna().all(axis=None)
    assert set(shown["État"]) <= {"calculé", "peu fiable", "non dérivable"}
    assert shown["Fichier"].nunique() == 2
    turnover = shown[shown["Fait"] == "Chiffre d’affaires"]
    assert sorted(turnover["Valeur"]) == [44_900, 69_900]
    assert find_flaws(classeur) == []


def test_how_late_the_books_are_kept_answers_the_question_that_the_grid_names(
    classeur: Path, tmp_path: Path
) -> None:
    """Given entries validated twelve days after their date, and a question measured by that lag."""
    codes = rows_of(classeur, "Criteres")["Code"]
    workbook = FileWorkbook(classeur)
    asked = {int(codes.index[codes == "VOLR"][0]): {"Mesuré par": "Retard de saisie"}}
    workbook.write_cells("Criteres", asked, keep_formulas=False)
    workbook.save()
    late = tmp_path / "late" / SECOND.name
    late.parent.mkdir()
    late.write_text(_validated_after(SECOND.read_text(encoding="utf-8"), 12), encoding="utf-8")

    read(classeur, late)

    facts = rows_of(classeur, "Faits").set_index("Fait").loc["Retard de saisie"]
    assert (facts["Valeur"], facts["Unité"], facts["État"]) == (12, "jours", "calculé")
    assert "pièces tardives" in facts["D’après"]
    assert value_of(classeur, 5, RECUES) == 12


def _validated_after(text: str, days: int) -> str:
    header, *lines = text.splitlines()
    names = header.split("\t")
    entry, valid = names.index("EcritureDate"), names.index("ValidDate")
    rows = [line.split("\t") for line in lines]
    for row in rows:
        day = datetime.strptime(row[entry], "%Y%m%d").replace(tzinfo=UTC) + timedelta(days=days)
        row[valid] = f"{day:%Y%m%d}"
    return "\n".join([header, *("\t".join(row) for row in rows), ""])


def test_a_second_run_writes_the_same_rows_once(classeur: Path) -> None:
    read(classeur, FIRST, SECOND)
    before = rows_of(classeur, "Faits").drop(columns="Lecture")

    bilan = read(classeur, FIRST, SECOND)

    assert (
        rows_of(classeur, "Faits").drop(columns="Lecture")["Fait"].tolist()
        == before["Fait"].tolist()
    )
    assert not bilan.repris
    assert not bilan.ecarts
    assert reading_of(classeur, EMISES) == SAME


def test_a_file_of_another_company_is_given_to_nobody(classeur: Path, tmp_path: Path) -> None:
    stranger = Path(shutil.copy(SECOND, tmp_path / "000000042FEC20251231.txt"))

    bilan = read(classeur, stranger)

    assert [f.fichier for f in bilan.inconnus] == [stranger.name]
    assert not bilan.rattaches
    assert not bilan.repris
    assert not FileWorkbook(classeur).has_table("Faits")


def test_a_siren_that_no_client_has_is_asked_for(classeur: Path, tmp_path: Path) -> None:
    stranger = Path(shutil.copy(SECOND, tmp_path / "000000042FEC20251231.txt"))

    told = [str(anomalie) for anomalie in read(classeur, stranger, FIRST).anomalies]

    asked = "aucun client n’a le SIREN que donne le nom de ce FEC : il n’est rattaché à personne (lu : « 000000042 »)"
    remedy = "Saisissez ce SIREN dans Clients s’il est juste, ou dites de quel dossier il est."
    assert told == [f"{stranger.name} : {asked}. {remedy}"]


def test_a_name_without_siren_is_asked_about_though_the_entries_are_a_known_clients(
    classeur: Path, tmp_path: Path
) -> None:
    nameless = Path(shutil.copy(SECOND, tmp_path / "export compta.txt"))

    bilan = read(classeur, nameless)

    (asked,) = bilan.anomalies
    assert "ne donne pas de SIREN : il n’est rattaché à personne" in asked.problem
    assert "renommez-le SIRENFECAAAAMMJJ.txt, ou dites de quel dossier il est" in asked.remedy
    assert not bilan.rattaches


@pytest.mark.parametrize(
    ("name", "dossier"),
    [("export compta.txt", "D1"), ("export compta.txt", "ostra conseil"), ("000000042FEC20251231.txt", "D3")],
)  # fmt: skip
def test_the_client_that_the_user_says_has_the_facts(
    classeur: Path, tmp_path: Path, name: str, dossier: str
) -> None:
    given = Path(shutil.copy(SECOND, tmp_path / name))

    bilan = read(classeur, given, dossier=dossier)

    whose = {"ostra conseil": "D3"}.get(dossier, dossier)
    assert set(rows_of(classeur, "Faits")["Dossier"]) == {whose}
    assert not bilan.anomalies


@pytest.mark.parametrize(
    ("names", "dossier", "problem"),
    [
        (["000000042FEC20251231.txt"], "D1", "n’est pas celui de D1 (000000034)"),
        (["000000034FEC20251231.txt"], "D2", "celui du dossier D1"),
        (["000000034FEC20251231.txt"], "D3", "celui du dossier D1"),
        (["000000042FEC20251231.txt", "000000059FEC20251231.txt"], "D3", "plusieurs SIREN"),
        (["export.txt"], "D9", "ce dossier n’a pas été trouvé"),
    ],
)  # fmt: skip
def test_a_client_said_against_the_name_of_the_file_is_refused(
    classeur: Path, tmp_path: Path, names: list[str], dossier: str, problem: str
) -> None:
    fill(classeur, 6, SIREN="000000026")
    files = [Path(shutil.copy(SECOND, tmp_path / name)) for name in names]

    with pytest.raises(SaisieError) as caught:
        read(classeur, *files, dossier=dossier)

    assert problem in str(caught.value)
    assert not FileWorkbook(classeur).has_table("Faits")


@pytest.mark.parametrize("siren", [42, "000 000 042", "à demander", "#N/A", None])
def test_a_siren_typed_otherwise_is_the_same_and_one_that_is_no_number_says_nothing(
    classeur: Path, tmp_path: Path, siren: object
) -> None:
    fill(classeur, 7, SIREN=siren)
    given = Path(shutil.copy(SECOND, tmp_path / "000000042FEC20251231.txt"))

    read(classeur, given, dossier="D3")

    assert set(rows_of(classeur, "Faits")["Dossier"]) == {"D3"}


def test_one_bad_file_never_stops_the_rest(classeur: Path, tmp_path: Path) -> None:
    empty = tmp_path / "000000034FEC20231231.txt"
    empty.write_bytes(b"")

    bilan = read(classeur, empty, SECOND)

    assert [r.fichier.fichier for r in bilan.rattaches] == [SECOND.name]
    assert bilan.anomalies


def test_a_simulation_writes_nothing(classeur: Path) -> None:
    before = classeur.read_bytes()

    bilan = read(classeur, SECOND, simulation=True)

    assert bilan.repris
    assert classeur.read_bytes() == before


def test_dossiers_that_share_a_siren_each_have_the_facts(classeur: Path) -> None:
    fill(classeur, 6, SIREN="000000034")

    read(classeur, SECOND)

    assert set(rows_of(classeur, "Faits")["Dossier"]) == {"D1", "D2"}


def test_a_table_of_the_firms_that_bears_this_name_is_refused(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Faits", "Faits", {"Marquants": 20})
    workbook.save()

    with pytest.raises(SaisieError, match="le tableau Faits n’a pas la colonne"):
        read(classeur, SECOND)


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://x","Cliquez")', "+cmd|' /C calc'!A0", "@SUM(A1)"])  # fmt: skip
def test_a_formula_in_a_label_or_a_name_stays_text(
    classeur: Path, tmp_path: Path, formula: str
) -> None:
    given = tmp_path / f"{formula.replace('/', '')}.txt"
    labels = ("DELTA CONSEIL", "Ventes", "Clients", "CDELTA", "VE2025")
    text = SECOND.read_text("utf-8")
    for label in labels:
        text = text.replace(label, formula)
    given.write_text(text, "utf-8")

    read(classeur, given, dossier="D1")

    assert set(rows_of(classeur, "Faits")["Fichier"]) == {given.name}
    assert not FileWorkbook(classeur).read_formulas("Faits")
    assert find_flaws(classeur) == []


def test_no_name_of_a_counterparty_reaches_the_workbook(classeur: Path) -> None:
    read(classeur, FIRST, SECOND)

    shown = " ".join(map(str, rows_of(classeur, "Faits").to_numpy().ravel()))
    assert not any(name in shown for name in ("ALPHA", "BETA", "GAMMA", "VILLE", "TELECOM"))


def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    for rank in range(1, 14):
        shutil.copy(SECOND, tmp_path / f"{siren_number(rank)}FEC20251231.txt")
    (tmp_path / "000000000FEC20251231.txt").write_bytes(b"")

    gc.collect()  # the workbooks of other tests may only be forgotten by the thread that read them
    alone, together = faits.run([tmp_path]), faits.run([tmp_path], workers=2)

    assert together == alone
    assert len(alone.fichiers) == 13
    assert alone.anomalies


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_figures_read_as_figures(classeur: Path) -> None:
    read(classeur, SECOND)

    shown = rows_of(classeur, "Faits").set_index("Fait")
    row = [*shown.index].index("Chiffre d’affaires") + 6
    cell = load_workbook(classeur)["Faits"].cell(row, 5)
    assert cell.value == 69_900
    assert cell.number_format.startswith("[>=1000]#,##0")
    assert cell.alignment.horizontal != "left"


def test_a_fact_without_value_has_no_unit(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    rows = [{"Fait": "Part", "Valeur": v, "Unité": "%"} for v in (None, 12.5)]

    write_faits(workbook, rows)
    workbook.save()

    assert [*rows_of(classeur, "Faits")["Unité"]] == [None, "%"]


def test_a_closing_day_that_somebody_spoiled_stays_and_stops_nothing(classeur: Path) -> None:
    read(classeur, FIRST)
    workbook = FileWorkbook(classeur)
    row = int(workbook.read_table("Faits").lignes.index[0])
    workbook.write_cells("Faits", {row: {"Date de fin": "bientôt"}})
    workbook.save()

    read(classeur, FIRST)

    assert "bientôt" in rows_of(classeur, "Faits")["Date de fin"].tolist()
