"""What the files of one company say, in every dress and in parts."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.actions.robes_fec import ROBES, parse, write
from tests.domain.faits.ecritures import DATA

from segxl.actions import faits
from segxl.domain.anomalies import SaisieError
from segxl.domain.faits.etats import UNITES, Etat
from segxl.domain.faits.releve import Releve

NAME = "000000034FEC20251231.txt"
MAY_MISS = {
    "no lettering": {"delai_client_pondere"},
    "no validation date": {"decalage_saisie"},
    "optional columns left out": {"delai_client_pondere", "part_inconnue", "decalage_saisie"},
}
"""What a dress may leave unknown, and says so."""


@cache
def clean() -> faits.FaitsFichier:
    """Return what the clean file says."""
    return faits.run([DATA / NAME]).fichiers[0]


def measure(path: Path) -> Releve:
    return faits.run([path]).fichiers[0].releve


@pytest.mark.parametrize("robe", ROBES)
def test_a_dress_gives_the_same_facts_or_says_they_are_not_derivable(
    robe: str, tmp_path: Path
) -> None:
    path = tmp_path / NAME
    path.write_bytes(ROBES[robe](parse((DATA / NAME).read_bytes())))

    found = measure(path).faits

    expected = clean().releve.faits
    other = {code for code in UNITES if found[code].valeur != expected[code].valeur}
    assert other == MAY_MISS.get(robe, set())
    assert all(found[code].etat is Etat.NON_DERIVABLE for code in other)


@given(cuts=st.lists(st.integers(2, 245), min_size=1, max_size=3, unique=True))
@settings(deadline=None, max_examples=10)
def test_a_file_split_anywhere_says_what_the_whole_says(
    cuts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("parties")
    rows = parse((DATA / NAME).read_bytes())
    bounds = [1, *sorted(cuts), len(rows)]
    for part, (start, stop) in enumerate(pairwise(bounds), 1):
        name = NAME.replace(".txt", f"_{part}.txt")
        (folder / name).write_bytes(write([rows[0], *rows[start:stop]]))

    (found,) = faits.run([folder]).fichiers

    assert found.releve == clean().releve
    assert (found.lignes, found.total_debit) == (clean().lignes, clean().total_debit)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "000000034FEC20241231.txt"
    bad.write_bytes(b"ceci n'est pas un FEC\n")

    bilan = faits.run([bad, DATA / NAME])

    assert [f.fichier for f in bilan.fichiers] == [NAME]
    assert {a.sheet for a in bilan.anomalies} == {bad.name}


def test_files_whose_name_says_no_siren_are_never_compared(tmp_path: Path) -> None:
    for year in (2024, 2025):
        raw = (DATA / f"000000034FEC{year}1231.txt").read_bytes()
        (tmp_path / f"export {year}.txt").write_bytes(raw)

    assert faits.run(sorted(tmp_path.iterdir())).comparaisons == ()


def test_two_companies_are_never_compared(tmp_path: Path) -> None:
    other = tmp_path / "000000042FEC20241231.txt"
    other.write_bytes((DATA / "000000034FEC20241231.txt").read_bytes())

    assert faits.run([other, DATA / NAME]).comparaisons == ()


def test_progress_counts_the_files() -> None:
    seen: list[tuple[int, int]] = []

    faits.run([DATA], lambda done, total: seen.append((done, total)))

    assert seen == [(1, 2), (2, 2)]


def test_a_folder_without_fec_is_refused(tmp_path: Path) -> None:
    (tmp_path / "balance.csv").write_text("Compte;Solde\n", "utf-8")

    with pytest.raises(SaisieError, match="aucun FEC"):
        faits.run([tmp_path])


def test_a_formula_in_a_label_stays_a_label(tmp_path: Path) -> None:
    path = tmp_path / NAME
    raw = (DATA / NAME).read_text("utf-8")
    path.write_text(raw.replace("DELTA CONSEIL", '=HYPERLINK("http://x")'), "utf-8")

    assert measure(path).faits["clients"].valeur == 5


def test_processes_never_hold_more_together_than_one_large_fec(tmp_path: Path) -> None:
    small, large = tmp_path / "petit.txt", tmp_path / "grand.txt"
    for path, size in ((small, 1_000_000), (large, 400_000_000)):
        with path.open("wb") as file:
            file.truncate(size)

    assert faits._fitting(8, [[small]] * 20) == 8
    assert faits._fitting(8, [[small], [large]]) == 2
    assert faits._fitting(8, [[large, large, large]]) == 1
    assert faits._fitting(8, [[tmp_path / "absent.txt"]]) == 8
