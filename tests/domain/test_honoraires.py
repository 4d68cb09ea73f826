"""Whose account it is, over which twelve months fees are counted."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from segxl.domain.faits.ventes import Compte
from segxl.domain.honoraires.factures import compare_annuels, period_of
from segxl.domain.honoraires.rattachement import (
    ABSENT,
    AMBIGU,
    CONTREDIT,
    Repertoire,
    repertoire_of,
)


@pytest.fixture
def repertoire() -> Repertoire:
    """Return three clients, two of which bear one name."""
    return repertoire_of(
        pd.DataFrame(
            {
                "Dossier": ["D1", 12.0, "D3", None],
                "Raison sociale": ["Lumo Énergie", "Père", "père", "Sans numéro"],
                "SIREN": ["000 000 026", 42.0, "123", None],
            },
            index=[6, 7, 8, 9],
            dtype=object,
        )
    )


def tiers(code: str, *libelles: str) -> Compte:
    return Compte(code=code, libelles=frozenset(libelles), collectif=False)


@pytest.mark.parametrize(
    ("compte", "dossier"),
    [
        (tiers("d1"), "D1"),
        (tiers("12"), "12"),
        (tiers("411D1"), "D1"),
        (tiers("X", "LUMO ENERGIE"), "D1"),
        (tiers("X", "Nouveau nom 000000026"), "D1"),
        (tiers("C000000042"), "12"),
        (tiers("X", "SIRET 000 000 042 00017"), "12"),
    ],
)
def test_an_account_is_known_by_its_code_its_siren_or_its_exact_name(
    repertoire: Repertoire, compte: Compte, dossier: str
) -> None:
    assert repertoire.find(compte).dossier == dossier


@pytest.mark.parametrize(
    ("compte", "motif"),
    [
        (tiers("X", "Lumo"), ABSENT),
        (tiers("0012"), ABSENT),
        (tiers("X", "Sans numéro"), ABSENT),
        (tiers("X", "PERE"), AMBIGU),
        (tiers("D1", "000000042"), CONTREDIT),
    ],
)
def test_an_account_that_is_not_surely_somebody_is_nobody(
    repertoire: Repertoire, compte: Compte, motif: str
) -> None:
    assert (repertoire.find(compte).dossier, repertoire.find(compte).motif) == ("", motif)


def test_two_clients_of_one_name_are_told_apart_by_the_siren(repertoire: Repertoire) -> None:
    assert repertoire.find(tiers("X", "Père", "000000042")).dossier == "12"


def test_two_files_that_follow_each_other_cover_twelve_months() -> None:
    halves = [(date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 12, 30))]

    assert period_of(halves, date(2026, 1, 15)).est_entiere
    assert not period_of(halves[1:], date(2026, 1, 15)).est_entiere


def test_a_day_in_the_middle_of_a_month_ends_the_period() -> None:
    found = period_of([(date(2024, 1, 1), date(2025, 12, 31))], date(2025, 6, 15))

    assert (found.du, found.au, found.est_entiere) == (date(2024, 6, 16), date(2025, 6, 15), True)


def test_a_gap_of_exactly_five_percent_is_none() -> None:
    typed: dict[int, tuple[str, float | None]] = {5: ("d1", 1050.0), 6: ("d1", 1050.01)}

    assert compare_annuels(typed, {"d1": 100_000}, set()) == ({}, {6: 1000.0})
