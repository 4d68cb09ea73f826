from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.habits_fec import (
    ZONES,
    Habit,
    Row,
    day_first,
    exponent,
    iso,
    padded,
    plain,
    rows_of,
    sign_last,
    whole,
    xml_of,
    zeros,
)

from segxl.sources.fec import read_fec

DATA = Path(__file__).parent / "data" / "fec"
NAME = "000000034FEC20251231.txt"
ROWS = rows_of(DATA / NAME)
BNC = (*ZONES, "DateRglt", "ModeRglt", "NatOp", "IdClient")
PIPE = Habit(separateur="|", fin="\n")

HABITS = {
    "barre verticale": PIPE,
    "ISO 8859-15": replace(PIPE, encodage="iso8859_15"),
    "Windows-1252": Habit(encodage="cp1252"),
    "DOS": Habit(encodage="cp850"),
    "UTF-8 avec marque": Habit(encodage="utf-8-sig"),
    "UTF-16": Habit(encodage="utf-16"),
    "CR seul": Habit(fin="\r"),
    "CR CR LF": Habit(fin="\r\r\n"),
    "LF CR": Habit(fin="\n\r"),
    "lignes vides": Habit(fin="\r\n\r\n"),
    "lignes de blancs": Habit(fin="\n  \t\n"),
    "sans fin de ligne": Habit(is_ended=False),
    "séparateur en fin de ligne": replace(PIPE, queue="|"),
    "colonnes vides à la fin": Habit(queue="\t\t "),
    "Montant et Sens D C": Habit(sens=("D", "C")),
    "Montant et Sens d c": Habit(sens=("d", "c ")),
    "Montant et Sens +1 -1": Habit(sens=("+1", "-1")),
    "Montant et Sens 1 -1": Habit(sens=("1", "-1")),
    "point décimal": Habit(montant=lambda a: a.replace(",", ".")),
    "entiers": Habit(montant=whole),
    "une décimale": Habit(montant=lambda a: a.removesuffix("0")),
    "quatre décimales": Habit(montant=lambda a: a + "00"),
    "zéros et signe": Habit(montant=padded),
    "signe à la fin": Habit(montant=sign_last),
    "exposant": Habit(montant=exponent),
    "zéro à blanc": Habit(montant=lambda a: "" if a == "0,00" else a),
    "dates à tirets": Habit(jour=iso),
    "dates à barres, jour d’abord": Habit(jour=day_first),
    "dates à points": Habit(jour=lambda d: day_first(d).replace("/", ".")),
    "jour d’abord sans rien": Habit(jour=lambda d: day_first(d).replace("/", "")),
    "dates et heures": Habit(jour=lambda d: f"{iso(d)}T00:00:00"),
    "dates à zéro": Habit(jour=zeros),
    "en-tête en capitales": Habit(titre=str.upper),
    "en-tête à blancs": Habit(titre=lambda t: f"{t:<20}"),
    "en-tête à accents": Habit(titre=lambda t: t.replace("Debit", "Débit").replace("Cre", "Cré")),
    "en-tête CompteAux": Habit(titre=lambda t: t.replace("CompAux", "CompteAux")),
    "zones à blancs": Habit(texte=lambda t: f" {t}\u00a0", montant=lambda a: f"  {a} "),
    "zones à zéro binaire": Habit(texte=lambda t: f"{t}\0"),
    "22 zones": Habit(zones=BNC),
    "21 zones": Habit(zones=BNC[:-1]),
    "ordre inverse": Habit(zones=ZONES[::-1]),
    "point-virgule": Habit(separateur=";"),
}


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return plain(read_fec(DATA / NAME).ecritures)


def write(folder: Path, raw: bytes, name: str = NAME) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS.keys())
def test_the_same_entries_in_another_dress_are_the_same_entries(
    tmp_path: Path, reference: pd.DataFrame, habit: Habit
) -> None:
    path = write(tmp_path, habit.write(ROWS))

    read = read_fec(path)

    pd.testing.assert_frame_equal(plain(read.ecritures), reference)
    assert (read.total_debit, read.total_credit) == (19_313_200, 19_313_200)


@pytest.mark.parametrize(("one", "other"), [*itertools.pairwise(HABITS)])
def test_two_oddities_at_once_change_nothing(
    tmp_path: Path, reference: pd.DataFrame, one: str, other: str
) -> None:
    default = Habit()
    odd = {
        field: getattr(HABITS[name], field)
        for name in (other, one)
        for field in vars(default)
        if getattr(HABITS[name], field) != getattr(default, field)
    }
    # A separator at the end, and a line of blanks, are written with the separator of their dress.
    queue = str(odd.get("queue", "")).replace("|", str(odd.get("separateur", "\t")))
    path = write(tmp_path, replace(default, **{**odd, "queue": queue}).write(ROWS))

    assert plain(read_fec(path).ecritures).equals(reference)


@pytest.mark.parametrize(
    "name", ["v01_pipe_latin15_lf", "v04_montant_sens_DC", "v12_bnc_22_columns"]
)
def test_the_files_of_other_programs_hold_the_same_entries(
    name: str, reference: pd.DataFrame
) -> None:
    read = read_fec(DATA / f"{name}.txt")

    pd.testing.assert_frame_equal(plain(read.ecritures), reference)


def test_zones_that_may_be_missing_are_blank_and_said_to_be(reference: pd.DataFrame) -> None:
    read = read_fec(DATA / "v22_missing_optional_columns.txt")

    absent = ["journal_lib", "aux_lib", "lettre", "date_lettre", "valid_date"]
    assert plain(read.ecritures).drop(columns=absent).equals(reference.drop(columns=absent))
    assert read.ecritures["lettre"].eq("").all()
    assert read.ecritures["date_lettre"].isna().all()
    assert read.avertissements[0] == (
        "Ces zones manquent dans l’en-tête : JournalLib, CompAuxLib, EcritureLet, DateLet et ValidDate."
    )


@pytest.mark.parametrize("iso_dates", [True, False])
def test_the_xml_form_holds_the_same_entries(
    tmp_path: Path, reference: pd.DataFrame, *, iso_dates: bool
) -> None:
    path = write(tmp_path, xml_of(ROWS, iso_dates=iso_dates), "000000034FEC20251231.xml")

    read = read_fec(path)

    pd.testing.assert_frame_equal(plain(read.ecritures), reference)
    assert read.avertissements == ()


LETTERS = st.text("abcXYZ 0189=+-@\"';,.éèàç€°’", max_size=10).map(str.strip)
CENTS = st.integers(-(10**9), 10**12)


def euros(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"


@st.composite
def entries(draw: st.DrawFn) -> list[Row]:
    """Any lines that are not blank, each with one side."""
    rows: list[Row] = []
    for number in range(1, draw(st.integers(2, 12)) + 1):
        cents, is_debit = draw(CENTS), draw(st.booleans())
        row = {zone: draw(LETTERS) for zone in ZONES}
        row |= {
            zone: f"2025{draw(st.integers(1, 12)):02d}15" for zone in ("EcritureDate", "PieceDate")
        }
        row |= {"DateLet": "", "ValidDate": "20260331", "CompteNum": "411000"}
        row |= {"EcritureNum": str(number), "Montantdevise": "", "Idevise": ""}
        row |= {"Debit": euros(cents if is_debit else 0), "Credit": euros(0 if is_debit else cents)}
        rows.append(row)
    return rows


ANY_HABIT = st.builds(
    Habit,
    separateur=st.sampled_from(["\t", "|"]),
    fin=st.sampled_from(["\n", "\r\n", "\r", "\r\r\n"]),
    encodage=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "iso8859_15"]),
    titre=st.sampled_from([str.lower, str.upper, lambda t: f" {t} "]),
    montant=st.sampled_from([str, padded, sign_last, lambda a: a.replace(",", ".")]),
    jour=st.sampled_from([str, iso, day_first, zeros]),
    sens=st.sampled_from([None, ("D", "C"), ("+1", "-1")]),
    is_ended=st.booleans(),
)
HERE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(rows=entries(), habit=ANY_HABIT)
@HERE
def test_any_dress_of_any_entries_gives_what_was_written(
    tmp_path: Path, rows: list[Row], habit: Habit
) -> None:
    # ISO 8859-15 has no typographic apostrophe.
    kept = [{z: t.replace("’", "'") for z, t in row.items()} for row in rows]

    read = read_fec(write(tmp_path, habit.write(kept))).ecritures

    columns: dict[str, Callable[[Row], object]] = {
        "libelle": lambda row: row["EcritureLib"],
        "aux": lambda row: row["CompAuxNum"],
        "piece": lambda row: row["PieceRef"],
        "lettre": lambda row: row["EcritureLet"],
        "debit": lambda row: int(row["Debit"].replace(",", "")),
        "credit": lambda row: int(row["Credit"].replace(",", "")),
        "date": lambda row: pd.Timestamp(row["EcritureDate"]),
    }
    for column, expected in columns.items():
        assert read[column].tolist() == [expected(row) for row in kept], column


@given(rows=entries(), data=st.data())
@HERE
def test_splitting_a_file_in_parts_changes_nothing(
    tmp_path: Path, rows: list[Row], data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(rows) - 1))
    whole_one = read_fec(write(tmp_path, Habit().write(rows)))
    parts = [
        write(tmp_path, habit.write(part), f"000000034FEC20251231_{number}.txt")
        for number, part, habit in ((2, rows[at:], PIPE), (1, rows[:at], Habit()))
    ]

    read = read_fec(parts)

    pd.testing.assert_frame_equal(plain(read.ecritures), plain(whole_one.ecritures))
    assert (read.debut, read.fin) == (whole_one.debut, whole_one.fin)
    assert (read.total_debit, read.total_credit) == (
        whole_one.total_debit,
        whole_one.total_credit,
    )
    assert len(read.avertissements) == len(whole_one.avertissements)


def test_the_totals_are_those_of_the_text() -> None:
    read = read_fec(DATA / NAME)

    def total(zone: str) -> int:
        return sum(int(row[zone].replace(",", "")) for row in ROWS)

    assert (read.total_debit, read.total_credit) == (total("Debit"), total("Credit"))


def test_a_file_longer_than_one_block_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: pd.DataFrame
) -> None:
    monkeypatch.setattr("segxl.sources.fec_lignes._BLOCK", 1000)
    monkeypatch.setattr("segxl.sources.fec_texte._BLOCK", 1000)

    for habit in (Habit(), replace(PIPE, is_ended=False), Habit(encodage="iso8859_15")):
        read = read_fec(write(tmp_path, habit.write(ROWS)))
        pd.testing.assert_frame_equal(plain(read.ecritures), reference)
