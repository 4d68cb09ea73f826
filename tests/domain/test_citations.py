from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from segxl.domain.citations import find_citations, find_day, is_stale
from segxl.sources.loi import read_loi

AU = date(2026, 11, 22)


def law_of(**client: object) -> dict[str, object]:
    known: dict[str, object] = {"Assujetti TVA": "Oui", "Redevable TVA": "Oui", "Régime TVA": "Réel normal mensuel", "Part B2B": 1, "Part B2C": 0, "Part secteur public": 0, "Part international": 0}  # fmt: skip
    frame = pd.DataFrame([known | client], index=[5])
    return {fait.code: words for words, fait in find_citations(frame, read_loi(), AU).loc[5]}


def test_a_client_is_quoted_the_texts_that_its_answers_rest_on() -> None:
    quoted = law_of(Effectif=3, **{"CA HT": 1e5, "Total bilan": 1e5})

    assert quoted["reception"] == read_loi()["reception"].libelle
    assert str(quoted["emission_pme"]).endswith("dès le 01/09/2027")


def test_a_text_to_be_confirmed_is_never_quoted() -> None:
    loi = read_loi()
    clients: list[dict[str, object]] = [
        {},
        {"Régime TVA": "Franchise en base"},
        {"Régime TVA": "Réel simplifié"},
        {"Régime TVA": "Exonéré", "Redevable TVA": "Non", "Forme juridique": "SCI"},
        {"Code postal": "97600"},
        {"Assujetti TVA": "Non", "Part secteur public": 0.5, "Part B2B": 0.5},
    ]

    quoted = {code for client in clients for code in law_of(**client)}

    assert quoted
    assert not [code for code in quoted if loi[code].a_confirmer]


def test_a_portfolio_without_clients_quotes_nothing() -> None:
    assert find_citations(pd.DataFrame(), read_loi(), AU).empty


@pytest.mark.parametrize(
    ("checked", "au", "months", "stale"),
    [
        (date(2026, 11, 22), date(2027, 5, 22), 6, False),
        (date(2026, 11, 22), date(2027, 5, 23), 6, True),
        (date(2026, 8, 31), date(2027, 2, 28), 6, False),
        (date(2026, 8, 31), date(2027, 3, 1), 6, True),
        (date(2026, 11, 22), date(2026, 1, 1), 6, False),
        (date(2026, 11, 22), date(2026, 11, 23), -3, True),
        (date(2026, 11, 22), date(2099, 1, 1), 1e12, False),
    ],
)
def test_the_law_may_be_quoted_for_so_many_months_after_it_was_checked(
    checked: date, au: date, months: float, *, stale: bool
) -> None:
    assert is_stale(checked, au, months) is stale


def test_the_day_of_some_citations_is_that_of_their_oldest_source() -> None:
    loi = read_loi()
    recent, old = (replace(loi["reception"], verifie_le=date(2026, m, 1)) for m in (11, 3))

    assert find_day(pd.Series([(("a", recent),), (("b", old),), ()]), loi) == date(2026, 3, 1)
    assert find_day(pd.Series([(), ()]), loi) == loi.version
