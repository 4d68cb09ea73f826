from __future__ import annotations

from datetime import date

import pandas as pd

from segxl.domain import historique as h
from segxl.domain.couleurs import Couleur


def test_only_measures_known_on_both_days_are_compared() -> None:
    # Given a portfolio cut by thirty clients, whose retention nobody knew before
    before = {h.CLIENTS: 300.0, h.MARGE: 90_000.0, h.TAUX: 0.41, h.RETENTION: None}
    after = {h.CLIENTS: 270.0, h.MARGE: 99_000.0, h.TAUX: 0.53, h.RETENTION: 0.92}

    effects = h.find_effects(before, after)

    assert effects == {
        h.CLIENTS: (300.0, 270.0),
        h.MARGE: (90_000.0, 99_000.0),
        h.TAUX: (0.41, 0.53),
    }


def scale(*names: str) -> list[Couleur]:
    return [Couleur(nom=n, seuil=4.0 * i, fond="", texte="") for i, n in enumerate(names)]


def test_readiness_leaves_out_the_clients_that_the_reform_does_not_concern() -> None:
    lignes = pd.DataFrame(
        {"Note FE": [10.0, 20.0, 3.0], "Couleur": ["Rouge", "Vert", "Gris"]}, index=[5, 6, 9]
    )
    statuts = pd.Series(["Mandat signé", "Expiré", "Aucune"], index=[5, 6, 9])

    told = h.readiness_of(lignes, statuts, scale("Rouge", "Vert"))

    assert told == {h.NOTE: 15.0, h.EN_VERT: 0.5, h.SANS_PLATEFORME: 1.0}


def test_a_firm_without_any_green_counts_its_highest_colour() -> None:
    lignes = pd.DataFrame({"Note FE": [10.0, 20.0], "Couleur": ["Bas", "Haut"]})

    told = h.readiness_of(lignes, pd.Series([None, None]), scale("Bas", "Haut"))

    assert (told[h.EN_VERT], told[h.SANS_PLATEFORME]) == (0.5, 2.0)


def test_nobody_in_scope_or_nobody_rated_leaves_the_figures_blank() -> None:
    nobody = pd.DataFrame({"Note FE": [None], "Couleur": ["Gris"]})
    unrated = pd.DataFrame({"Note FE": [float("nan")], "Couleur": ["Gris-bleu"]})

    assert set(h.readiness_of(nobody, pd.Series([None]), scale("Vert")).values()) == {None}
    assert h.readiness_of(unrated, pd.Series([None]), scale("Vert"))[h.NOTE] is None


def test_the_first_day_is_compared_with_nothing_and_a_later_one_with_a_year_before() -> None:
    days = [date(2025, 11, 1), date(2025, 3, 1), date(2026, 10, 1)]

    assert h.find_before(days, date(2026, 11, 22)) == date(2025, 11, 1)
    assert h.find_before(days, date(2025, 3, 1)) is None


def test_noter_replaces_its_own_day_of_the_month_and_never_the_first_nor_one_of_segments() -> None:
    first, own, whole, today = (date(2026, 11, day) for day in (1, 5, 12, 22))
    past: dict[date, h.Figures] = {
        first: {h.NOTE: 8.0},
        own: {h.NOTE: 9.0, h.CLIENTS: None},
        whole: {h.NOTE: 9.5, h.CLIENTS: 3.0},
    }

    figures, instead = h.merge_readiness(past, today, {h.NOTE: 10.0})

    assert (figures, instead) == ({h.NOTE: 10.0}, [own])
    assert h.find_compared(past) == [whole]


def test_noter_adds_to_the_day_that_segments_wrote_and_leaves_a_later_one_alone() -> None:
    today, later = date(2026, 11, 22), date(2026, 11, 25)
    past: dict[date, h.Figures] = {today: {h.NOTE: 9.0, h.CLIENTS: 3.0}, later: {h.NOTE: 9.9}}

    figures, instead = h.merge_readiness(past, today, {h.NOTE: 10.0})

    assert figures == {h.NOTE: 10.0, h.CLIENTS: 3.0}
    assert instead == []
