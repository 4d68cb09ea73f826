"""What a client risks over twelve months: each fine, its cap, and what is too unsure to count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.exposition import estimate_exposition, estimate_remise
from segxl.sources.loi import read_loi

TODAY = date(2026, 11, 22)
RECEPTION, GE, PME = date(2026, 9, 1), date(2026, 9, 1), date(2027, 9, 1)
NOTHING = {
    "reception": "non",
    "emission": "non",
    "ereporting_transactions": "non",
    "ereporting_paiements": "non",
}
WITHOUT_A_PLATFORM = 500 + 3 * 1000
"""Four formal notices in a year: 500 euros after the first, 1,000 after each other."""


def exposition(
    law: dict[str, Any],
    *,
    recoit: bool = False,
    emet: bool = False,
    au: date = TODAY,
    **client: object,
) -> float:
    dossiers = pd.DataFrame([{h.replace("_", " "): v for h, v in client.items()}], dtype=object)
    dossiers = dossiers if len(dossiers.columns) else pd.DataFrame(index=[0])
    obligations = pd.DataFrame([NOTHING | law], dtype=object)
    prets = pd.DataFrame({"recoit": [recoit], "emet": [emet]})
    return float(estimate_exposition(dossiers, obligations, prets, read_loi(), au).item())


def test_without_a_platform_a_year_holds_four_notices() -> None:
    assert exposition({"reception": RECEPTION}) == WITHOUT_A_PLATFORM


def test_who_receives_risks_nothing_for_reception() -> None:
    assert exposition({"reception": RECEPTION}, recoit=True) == 0


def test_who_is_out_of_scope_risks_nothing() -> None:
    assert exposition({}) == 0


def test_an_unsure_reception_gives_no_figure() -> None:
    assert pd.isna(exposition({"reception": "à confirmer"}))


def test_an_obligation_that_begins_after_the_year_costs_nothing_yet() -> None:
    assert exposition({"reception": date(2028, 1, 1)}) == 0


def test_invoices_cost_fifty_euros_each_from_the_day_they_must_be_electronic() -> None:
    # From 1 September to 21 November 2027: 82 days of 20 invoices a month, that is 53.
    assert exposition({"emission": PME}, Factures_émises_par_mois=20) == 53 * 50


def test_only_the_share_of_businesses_counts() -> None:
    told = exposition({"emission": PME}, Factures_émises_par_mois=20, Part_B2B=0.5)

    assert told == 26 * 50


def test_the_fines_of_a_civil_year_are_capped() -> None:
    # 2026 and 2027 each reach their cap.
    assert exposition({"emission": GE}, Factures_émises_par_mois=5_000) == 2 * 15_000


def test_an_unknown_number_of_invoices_counts_none() -> None:
    assert exposition({"emission": GE}) == 0


def test_who_issues_risks_nothing_for_invoices_nor_figures() -> None:
    law = {"emission": GE, "ereporting_transactions": GE}

    told = exposition(law, emet=True, Factures_émises_par_mois=99, Régime_TVA="Réel normal mensuel")

    assert told == 0


def test_figures_not_sent_cost_five_hundred_euros_each_as_long_as_the_law_is_sure() -> None:
    # From 22 November to 31 December 2026, three a month: 3. The fine of 2027 is to be confirmed.
    law = {"ereporting_transactions": GE}

    assert exposition(law, Régime_TVA="Réel normal mensuel") == 3 * 500


def test_figures_of_a_regime_nobody_knows_count_none() -> None:
    assert exposition({"ereporting_transactions": GE}, Régime_TVA="À vérifier") == 0
    assert exposition({"ereporting_transactions": GE}) == 0


@pytest.mark.parametrize("au", [date(2026, 2, 28), date(2028, 2, 29), date(2026, 12, 31)])
def test_a_year_holds_four_notices_whatever_the_day(au: date) -> None:
    assert exposition({"reception": date(2020, 1, 1)}, au=au) == WITHOUT_A_PLATFORM


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_invoices_never_cost_less(one: int, other: int) -> None:
    few, many = sorted((one, other))

    told = [exposition({"emission": PME}, Factures_émises_par_mois=n) for n in (few, many)]

    assert told[0] <= told[1]


def remise(law: dict[str, Any], *, au: date = TODAY, emet: bool = False, **client: object) -> float:
    dossiers = pd.DataFrame([{h.replace("_", " "): v for h, v in client.items()}], dtype=object)
    dossiers = dossiers if len(dossiers.columns) else pd.DataFrame(index=[0])
    obligations = pd.DataFrame([NOTHING | law], dtype=object)
    prets = pd.DataFrame({"recoit": [False], "emet": [emet]})
    return float(estimate_remise(dossiers, obligations, prets, read_loi(), au).item())


def test_a_first_offence_repaired_in_time_takes_one_fine_off() -> None:
    assert remise({"emission": PME}, Factures_émises_par_mois=20) == 50


def test_the_first_offence_of_each_kind_is_waived() -> None:
    law = {"emission": GE, "ereporting_transactions": GE, "ereporting_paiements": GE}

    told = remise(law, Factures_émises_par_mois=20, Régime_TVA="Réel normal mensuel")

    assert told == 50 + 500 + 500


@pytest.mark.parametrize(
    "law",
    [{}, {"reception": RECEPTION}, {"emission": date(2028, 1, 1)}, {"emission": "à confirmer"}],
)
def test_without_such_an_offence_to_fear_nothing_is_waived(law: dict[str, Any]) -> None:
    assert remise(law, Factures_émises_par_mois=20) == 0


def test_who_issues_already_has_nothing_to_be_waived() -> None:
    assert remise({"emission": GE}, emet=True, Factures_émises_par_mois=20) == 0


@given(st.integers(0, 10_000), st.sampled_from([GE, PME, date(2028, 1, 1)]))
def test_the_waiver_is_never_more_than_the_fines(invoices: int, emission: date) -> None:
    law = {"emission": emission}

    waived = remise(law, Factures_émises_par_mois=invoices)

    assert waived <= exposition(law, Factures_émises_par_mois=invoices)
