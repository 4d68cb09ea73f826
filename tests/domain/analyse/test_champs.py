"""One field of the clients: a word for each, whatever was typed."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.analyse.champs import (
    ILLISIBLE,
    NON_RENSEIGNE,
    Usages,
    find_champ,
    read_champ,
    suggest_champs,
)
from segxl.domain.analyse.tranches import band_of, name_bands, quarters_of

NOTHING = Usages()


@pytest.mark.parametrize("blank", [None, float("nan"), "", "   ", "#N/A"])
def test_a_blank_is_said_to_be_missing(blank: object) -> None:
    assert read_champ("Ville", ["Lyon", blank], NOTHING).mots == ("Lyon", NON_RENSEIGNE)


def test_two_spellings_are_one_word_in_the_most_frequent_of_them() -> None:
    champ = read_champ("Ville", ["LYON", "Lyon", "lyon ", "Lyon", "Brest"], NOTHING)

    assert champ.mots == ("Lyon", "Lyon", "Lyon", "Lyon", "Brest")


def test_a_word_that_the_workbook_knows_is_spelt_and_ordered_as_there() -> None:
    usages = Usages(ordres={"couleur": ("Rouge", "Vert")})

    champ = read_champ("Couleur", ["VERT", "Mauve", "rouge"], usages)

    assert champ.mots == ("Vert", "Mauve", "Rouge")
    assert champ.ordre == ("Rouge", "Vert")


def test_many_figures_are_cut_in_four_quarters_said_in_words() -> None:
    champ = read_champ("CA HT", [*range(1, 13), None], NOTHING)

    assert champ.ordre == ("moins de 4", "4 à 7", "7 à 10", "10 et plus")
    assert champ.mots[:4] == ("moins de 4",) * 3 + ("4 à 7",)
    assert champ.mots[-1] == NON_RENSEIGNE
    assert champ.coupe == "en quarts des clients, arrondis"


def test_figures_are_cut_at_the_thresholds_that_the_workbook_knows() -> None:
    usages = Usages(seuils={"Note FE": (8.0, 5.0)})

    champ = read_champ("note fe", [float(n) for n in range(12)], usages)

    assert champ.ordre == ("moins de 5", "5 à 8", "8 et plus")
    assert champ.mots[5] == "5 à 8"
    assert champ.coupe == "aux seuils de vos réglages"


def test_shares_are_told_in_percent() -> None:
    usages = Usages(parts=frozenset({"Part B2B"}), seuils={"Part B2B": (0.5,)})

    champ = read_champ("Part B2B", [n / 10 for n in range(11)], usages)

    assert champ.ordre == ("moins de 50\u00a0%", "50\u00a0% et plus")


def test_percentages_typed_over_a_hundred_are_plain_figures() -> None:
    usages = Usages(parts=frozenset({"Part B2B"}), seuils={"Part B2B": (50,)})

    assert read_champ("Part B2B", [*range(0, 100, 10)], usages).ordre[0] == "moins de 50"


def test_a_word_among_figures_is_told_apart() -> None:
    champ = read_champ("CA HT", [*range(20), "nc"], NOTHING)

    assert champ.mots[-1] == ILLISIBLE


def test_a_column_of_words_keeps_its_few_figures() -> None:
    assert read_champ("Lettre", ["a", "b", 3, True, 2.5], NOTHING).mots == (
        "a",
        "b",
        "3",
        "Oui",
        "2,5",
    )


def test_figures_that_are_all_about_one_have_no_threshold() -> None:
    assert quarters_of(np.array([])) == ()
    assert quarters_of(np.array([7.0, 7.0])) == ()
    assert name_bands([]) == ("tous",)


def test_few_figures_are_told_one_by_one() -> None:
    champ = read_champ("Missions", [10, 2, 2, 3.0, None], NOTHING)

    assert champ.mots == ("10", "2", "2", "3", NON_RENSEIGNE)
    assert champ.ordre == ("2", "3", "10")


@pytest.mark.parametrize("header", ["SIREN", "code postal", "Code NAF"])
def test_a_code_is_never_cut(header: str) -> None:
    codes = [str(69_000 + n) for n in range(12)]

    assert read_champ(header, codes, NOTHING).mots == tuple(codes)


def test_days_are_told_by_their_year() -> None:
    champ = read_champ("Entrée le", [date(2024, 5, 1), datetime(2019, 1, 2), None], NOTHING)  # noqa: DTZ001  as Excel hands it over

    assert champ.mots == ("2024", "2019", NON_RENSEIGNE)
    assert champ.ordre == ("2019", "2024")


def test_a_day_among_words_is_written_as_the_french_do() -> None:
    assert read_champ("Suite", [date(2024, 5, 1), "à voir"], NOTHING).mots[0] == "01/05/2024"


def test_a_field_that_nobody_filled_is_one_word() -> None:
    assert read_champ("Ville", [None, None], NOTHING).mots == (NON_RENSEIGNE, NON_RENSEIGNE)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("couleur", "Couleur"), ("APE", "Code NAF"), ("abcd", "A→D"), ("Couleurs", None), ("", None)],
)
def test_a_field_is_found_under_what_people_call_it(typed: str, found: str | None) -> None:
    assert find_champ(typed, ["Couleur", "Code NAF", "A→D"]) == found


@pytest.mark.parametrize(
    ("typed", "near"), [("Couleurs", ["Couleur"]), ("segmant", ["Segment"]), ("", []), ("zzz", [])]
)
def test_near_names_are_suggested(typed: str, near: list[str]) -> None:
    assert suggest_champs(typed, ["Couleur", "Segment"]) == near


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60))
def test_every_figure_has_its_band(figures: list[float]) -> None:
    seuils = quarters_of(np.array(figures))

    bands = name_bands(seuils)

    assert len(bands) == len(seuils) + 1
    assert all(0 <= band_of(figure, seuils) < len(bands) for figure in figures)
    assert [*seuils] == sorted({*seuils})


@given(st.lists(st.one_of(st.none(), st.integers(), st.text(), st.booleans(), st.dates()), max_size=40))  # fmt: skip
def test_the_order_of_the_clients_changes_no_word(cells: list[object]) -> None:
    champ = read_champ("Libre", cells, NOTHING)

    turned = read_champ("Libre", cells[::-1], NOTHING)

    assert turned.mots[::-1] == champ.mots
    assert turned.ordre == champ.ordre
