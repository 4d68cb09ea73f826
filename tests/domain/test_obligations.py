from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segxl.domain.echeances import BIMESTRIEL, DECADE, MENSUEL, next_periode
from segxl.domain.loi import Loi, parse_loi
from segxl.domain.normalisation import normalise
from segxl.domain.obligations import find_obligations
from segxl.domain.situation import ENTREES
from segxl.domain.tailles import TAILLES
from segxl.shipped import read_tables

TODAY = date(2026, 11, 22)
LOI = parse_loi(read_tables("loi"))
RECEPTION, PME = date(2026, 9, 1), date(2027, 9, 1)
SHOP: dict[str, object] = {
    "Assujetti TVA": "Oui", "Redevable TVA": "Oui", "Régime TVA": "Réel normal mensuel",
    "Effectif": 3, "CA HT": 300_000, "Total bilan": 90_000, "Part B2B": 0.4, "Part B2C": 0.6,
    "Part secteur public": 0, "Part international": 0, "Nature": "Biens",
}  # fmt: skip
Row = Mapping[str, object]
Answer = dict[str, Any]
checked = settings(max_examples=40, deadline=None)


def answers(*rows: Row, loi: Loi = LOI, au: date = TODAY) -> list[Answer]:
    found = find_obligations(normalise(pd.DataFrame(rows, dtype=object)), loi, au)
    return [{str(k): v for k, v in row.items()} for row in found.to_dict("records")]


def answer(changes: Row | None = None, *, loi: Loi = LOI, au: date = TODAY) -> Answer:
    return answers({**SHOP, **(changes or {})}, loi=loi, au=au)[0]


def without(*headers: str) -> dict[str, object]:
    return {h: v for h, v in SHOP.items() if h not in headers}


def law_with(file: str, code: str, **changes: object) -> Loi:
    tables: dict[str, Any] = deepcopy(read_tables("loi"))
    tables[file][code].update(changes)
    return parse_loi(tables)


def doubts(found: Answer) -> str:
    return " · ".join(found["a_confirmer"])


# --- What is missing


def test_a_client_of_whom_nothing_is_known_is_to_be_confirmed_throughout() -> None:
    [found] = answers({"Raison sociale": "Lumo"})

    asked = ["taille", "reception", "emission", "ereporting_transactions", "ereporting_paiements"]
    assert [found[key] for key in asked] == ["à confirmer"] * 5
    assert found["rythme"] == "à confirmer"
    for header in ("Assujetti TVA", "Régime TVA", "Effectif", "CA HT", "Part B2B", "Nature"):
        assert f"« {header} » n’est pas connu" in doubts(found)


@pytest.mark.parametrize("staff", [None, "douze", "", -3])
def test_a_blank_negative_or_unread_head_count_leaves_the_size_open(staff: object) -> None:
    found = answer({"Effectif": staff})

    assert found["taille"] == "à confirmer"
    assert found["emission"] == "à confirmer"
    assert "« Effectif » n’est pas connu" in doubts(found)
    assert "« CA HT »" not in doubts(found)
    assert "au plus tôt le 01/09/2026" in doubts(found)


def test_a_missing_figure_that_changes_nothing_is_not_asked_for() -> None:
    no_balance, giant = answers(without("Total bilan"), without("CA HT") | {"Effectif": 9_000})

    assert (no_balance["taille"], no_balance["emission"]) == ("Micro", PME)
    assert (giant["taille"], giant["emission"]) == ("GE", RECEPTION)
    assert doubts(no_balance) == doubts(giant) == ""


def test_the_last_blank_share_is_what_the_others_leave() -> None:
    whole, rest = answers(without("Part international"), without("Part B2C"))

    assert whole["ereporting_transactions"] == rest["ereporting_transactions"] == PME
    assert doubts(whole) == doubts(rest) == ""


def test_a_missing_share_that_changes_nothing_is_not_asked_for() -> None:
    row = without("Part B2C", "Part secteur public") | {"Part international": 0.1}

    [found] = answers(row)

    assert (found["emission"], found["ereporting_transactions"]) == (PME, PME)
    assert doubts(found) == ""


def test_a_missing_regime_leaves_the_rhythm_open_and_no_more_where_vat_is_charged() -> None:
    [found] = answers(without("Régime TVA"))

    assert (found["emission"], found["rythme"]) == (PME, "à confirmer")
    assert found["a_confirmer"] == ("Rythme : « Régime TVA » n’est pas connu",)


def test_who_charges_no_vat_under_no_known_regime_may_be_exempt() -> None:
    [found] = answers(without("Régime TVA") | {"Redevable TVA": "Non"})

    assert found["emission"] == "à confirmer"
    assert "Émission, E-reporting des ventes, Rythme : « Régime TVA »" in doubts(found)


def test_an_exempt_activity_with_taxed_income_of_an_unknown_regime_has_no_rhythm() -> None:
    found = answer({"Régime TVA": "Exonéré", "Redevable TVA": "Non", "Activité exonérée": "Partielle"})  # fmt: skip

    assert (found["emission"], found["rythme"]) == (PME, "à confirmer")
    assert "Rythme : le régime de la part taxée n’est pas connu" in doubts(found)


def test_services_without_a_word_on_the_debits_option_leave_payments_open() -> None:
    found = answer({"Nature": "Services"})

    assert found["ereporting_paiements"] == "à confirmer"
    assert "E-reporting des paiements : « Option débits » n’est pas connu" in doubts(found)


def test_payments_of_unknown_sales_have_a_rhythm_where_both_kinds_share_it() -> None:
    row = without("Part B2C", "Part international") | {
        "Part B2B": 0.4, "Régime TVA": "Réel normal trimestriel", "Nature": "Services", "Option débits": "Non",
    }  # fmt: skip

    monthly, every_ten_days = answers(row, row | {"Régime TVA": "Réel normal mensuel"})

    assert monthly["ereporting_transactions"] == "à confirmer"
    assert (monthly["rythme"], every_ten_days["rythme"]) == ("mensuel", "à confirmer")


# --- Contradictions are told, and decide nothing


@pytest.mark.parametrize(
    ("changes", "sentence", "open_answers"),
    [
        ({"Assujetti TVA": "Non"}, "« Assujetti TVA » dit Non, mais « Part B2B »", ["reception", "emission"]),
        ({"Assujetti TVA": "Non", "Part B2B": 0, "Part B2C": 1}, "« Assujetti TVA » dit Non, mais « Régime TVA »", ["reception"]),
        ({"Redevable TVA": "Non"}, "« Redevable TVA » et « Régime TVA » se contredisent", ["emission", "rythme"]),
        ({"Régime TVA": "Franchise en base"}, "« Redevable TVA » et « Régime TVA »", ["rythme"]),
        ({"Régime TVA": "Exonéré"}, "« Redevable TVA » et « Régime TVA »", ["emission"]),
        ({"Activité exonérée": "Totale"}, "« Activité exonérée » contredit", ["emission", "ereporting_transactions"]),
        ({"Part B2B": 0.7}, "les parts de la clientèle ne font pas 100 %", ["emission", "ereporting_transactions"]),
        ({"Part B2B": -0.2}, "les parts de la clientèle ne font pas 100 %", ["emission"]),
        ({"Part B2C": 0.1}, "les parts de la clientèle ne font pas 100 %", ["emission"]),
    ],
)  # fmt: skip
def test_a_contradiction_is_shown_and_leaves_its_answers_open(
    changes: dict[str, object], sentence: str, open_answers: list[str]
) -> None:
    [found] = answers(SHOP | changes)

    assert sentence in doubts(found)
    assert [found[key] for key in open_answers] == ["à confirmer"] * len(open_answers)


def test_a_contradiction_that_changes_no_answer_is_shown_all_the_same() -> None:
    exempt = {"Régime TVA": "Exonéré", "Redevable TVA": "Non", "Part B2C": 0.9}

    [found] = answers(SHOP | exempt)

    assert (found["reception"], found["emission"]) == (RECEPTION, "non")
    assert found["a_confirmer"] == ("les parts de la clientèle ne font pas 100 %",)


def test_a_naf_code_decides_nothing() -> None:
    [plain], [nurse] = answers(SHOP), answers(SHOP | {"Code NAF": "8690D"})

    assert plain == nurse


# --- Places


@pytest.mark.parametrize(
    "code", ["69003", "01000", 1000, "97400", "97110", "20200", None, "D-10115"]
)
def test_the_mainland_and_what_follows_it_is_answered(code: object) -> None:
    assert answer({"Code postal": code})["emission"] == PME


@pytest.mark.parametrize("code", ["97300", "97600", 97600.0, "97133", "97150", "97500", "98000", "98800", "986 00"])  # fmt: skip
def test_a_place_where_the_law_is_unsure_is_asked_about(code: object) -> None:
    found = answer({"Code postal": code})

    assert (found["reception"], found["emission"]) == ("à confirmer", "à confirmer")
    assert "un client qui y est établi, à confirmer" in doubts(found)


def test_a_departement_tells_the_place_too() -> None:
    assert answer({"Département": "976"})["reception"] == "à confirmer"
    assert answer({"Département": "2A"})["reception"] == RECEPTION


def test_who_is_no_taxable_person_is_out_of_the_reform_wherever_it_is() -> None:
    [found] = answers({"Assujetti TVA": "Non", "Code postal": "97600"})

    assert found["reception"] == found["emission"] == found["rythme"] == "non"


# --- Days


@pytest.mark.parametrize(
    ("au", "periode"),
    [
        (date(1900, 1, 1), (date(2027, 9, 1), date(2027, 9, 10), date(2027, 9, 20))),
        (date(2026, 8, 31), (date(2027, 9, 1), date(2027, 9, 10), date(2027, 9, 20))),
        (date(2027, 8, 31), (date(2027, 9, 1), date(2027, 9, 10), date(2027, 9, 20))),
        (date(2027, 9, 20), (date(2027, 9, 1), date(2027, 9, 10), date(2027, 9, 20))),
        (date(2027, 9, 21), (date(2027, 9, 11), date(2027, 9, 20), date(2027, 9, 30))),
        (date(2028, 3, 10), (date(2028, 2, 21), date(2028, 2, 29), date(2028, 3, 10))),
    ],
)
def test_the_next_period_is_the_first_that_can_still_be_sent(
    au: date, periode: tuple[date, ...]
) -> None:
    found = answer(au=au)

    assert (found["periode_du"], found["periode_au"], found["a_transmettre_avant"]) == periode


@pytest.mark.parametrize("au", [date(2026, 8, 31), RECEPTION, date(2027, 8, 31), PME, date(1900, 1, 1), date.max])  # fmt: skip
def test_the_dates_do_not_depend_on_the_day_of_the_question(au: date) -> None:
    found = answer(au=au)

    assert (found["reception"], found["emission"], found["mentions"]) == (RECEPTION, PME, PME)


def test_the_simplified_regime_has_a_rhythm_to_its_last_day() -> None:
    early = {"Régime TVA": "Réel simplifié", "Assujetti unique": "Oui"}

    found = [answer(early, au=day) for day in (date(2026, 12, 31), date(2027, 1, 1))]

    assert [f["rythme"] for f in found] == ["mensuel", "à confirmer"]
    assert [f["regime_a_redemander"] for f in found] == [True, True]
    assert "le régime simplifié finit le 31/12/2026" in doubts(found[1])


def test_no_last_day_is_printed_where_the_law_is_unsure_of_it() -> None:
    found = answer({"Régime TVA": "Franchise en base", "Redevable TVA": "Non"})

    assert (found["periode_du"], found["periode_au"]) == (PME, date(2027, 10, 31))
    assert found["a_transmettre_avant"] is None
    assert "Délai de transmission" in doubts(found)


@checked
@given(
    rythme=st.sampled_from([DECADE, MENSUEL, BIMESTRIEL]),
    start=st.dates(date(2026, 9, 1), date(2028, 12, 31)),
    au=st.dates(date(2020, 1, 1), date(2032, 12, 31)),
)
def test_a_period_is_never_late_and_never_before_the_obligation(
    rythme: int, start: date, au: date
) -> None:
    first, last, limit = next_periode(rythme, start, au, LOI["delai_reel_mensuel"])

    assert start <= first <= last
    assert limit is not None
    assert limit >= au
    assert (limit - last).days == 10


# --- The law is data


def test_a_size_limit_of_another_law_moves_the_clients_on_it() -> None:
    loi = law_with("tailles", "micro_effectif", valeur=3)

    assert (answer()["taille"], answer(loi=loi)["taille"]) == ("Micro", "PME")


def test_a_date_that_becomes_unsure_is_told() -> None:
    loi = law_with("calendrier", "emission_pme", a_confirmer=True)

    assert "hors assujetti unique), à confirmer" in doubts(answer(loi=loi))


@pytest.mark.parametrize("code", ["emission_pme", "emission_ge_eti", "emission_assujetti_unique", "reception"])  # fmt: skip
def test_moving_one_date_moves_exactly_the_clients_that_depend_on_it(code: str) -> None:
    book: dict[str, Row] = {
        "emission_pme": SHOP,
        "emission_ge_eti": SHOP | {"Effectif": 300},
        "emission_assujetti_unique": SHOP | {"Assujetti unique": "Oui"},
        "reception": {"Assujetti TVA": "Oui", "Redevable TVA": "Non", "Régime TVA": "Exonéré"},
        "nobody": {"Assujetti TVA": "Non"},
    }
    moved_day = date(2028, 3, 1)

    before = answers(*book.values())
    after = answers(*book.values(), loi=law_with("calendrier", code, valeur=moved_day))

    dated = ["reception"] if code == "reception" else ["emission", "ereporting_transactions"]
    moved = {name for name, b, a in zip(book, before, after, strict=True) if a != b}
    receives = {name for name in book if name != "nobody"}
    assert moved == (receives if code == "reception" else {code})
    assert {after[[*book].index(name)][key] for name in moved for key in dated} == {moved_day}


def test_two_dates_made_equal_no_longer_wait_for_the_size() -> None:
    loi = law_with("calendrier", "emission_pme", valeur=date(2026, 9, 1))

    [found] = answers(without("Effectif", "CA HT", "Total bilan"), loi=loi)

    assert (found["taille"], found["emission"]) == ("à confirmer", RECEPTION)


def test_a_date_of_the_small_before_the_large_gives_the_earliest_first() -> None:
    loi = law_with("calendrier", "emission_ge_eti", valeur=date(2029, 1, 1))

    [found] = answers(without("Effectif"), loi=loi)

    assert "Émission, E-reporting des ventes : au plus tôt le 01/09/2027" in doubts(found)


# --- Properties

people = st.one_of(st.none(), st.integers(0, 6_000))
euros = st.one_of(
    st.none(), st.sampled_from([0, 2e6, 2e6 + 1, 43e6, 5e7, 5e7 + 1, 1.5e9, 2e9, 3e9])
)
clients = st.fixed_dictionaries(
    {
        "Assujetti TVA": st.sampled_from(["Oui", "Non", "À vérifier", None]),
        "Redevable TVA": st.sampled_from(["Oui", "Non", None]),
        "Régime TVA": st.sampled_from(
            ["Réel normal mensuel", "Réel normal trimestriel", "Réel simplifié", "Franchise en base", "Exonéré", None]
        ),
        "Effectif": people,
        "CA HT": euros,
        "Total bilan": euros,
        "Part B2B": st.sampled_from([None, 0, 0.5, 1, 1.3]),
        "Part B2C": st.sampled_from([None, 0, 0.5]),
        "Part secteur public": st.sampled_from([None, 0, 0.2]),
        "Part international": st.sampled_from([None, 0, 0.2]),
        "Nature": st.sampled_from(["Biens", "Services", "Mixte", None]),
        "Option débits": st.sampled_from(["Oui", "Non", None]),
        "Activité exonérée": st.sampled_from(["Totale", "Partielle", "Non", None]),
        "Assujetti unique": st.sampled_from(["Oui", "Non", None]),
        "Code postal": st.sampled_from(["69003", "97600", None]),
    }
)  # fmt: skip


@checked
@given(client=clients, header=st.sampled_from(["Effectif", "CA HT", "Total bilan"]), more=st.integers(1, 10**9))  # fmt: skip
def test_more_people_or_money_never_makes_a_smaller_category(
    client: dict[str, Any], header: str, more: int
) -> None:
    whole = client | {h: client[h] or 0 for h in ("Effectif", "CA HT", "Total bilan")}

    before, after = answers(whole, whole | {header: whole[header] + more})

    assert TAILLES.index(before["taille"]) <= TAILLES.index(after["taille"])


@checked
@given(client=clients)
def test_an_answer_to_be_confirmed_says_why_and_a_known_one_stays_when_more_is_known(
    client: dict[str, Any],
) -> None:
    [found] = answers(client)

    asked = ["taille", "reception", "emission", "ereporting_transactions", "ereporting_paiements", "rythme"]  # fmt: skip
    assert found["a_confirmer"] or "à confirmer" not in [found[key] for key in asked]
    assert (found["periode_du"] is None) or (found["rythme"] not in {"non", "à confirmer"})


@checked
@given(book=st.lists(clients, min_size=1, max_size=12), seed=st.integers(0, 99))
def test_the_order_of_the_rows_and_the_company_of_others_are_irrelevant(
    book: list[dict[str, Any]], seed: int
) -> None:
    order = np.random.default_rng(seed).permutation(len(book))

    together = answers(*book)
    shuffled = answers(*[book[i] for i in order])

    assert [together[i] for i in order] == shuffled
    assert answers(book[0])[0] == together[0]


@checked
@given(client=clients, header=st.sampled_from([h for h in ENTREES if h != "Forme juridique"]))
def test_a_blank_cell_never_turns_an_obligation_into_another_answer(
    client: dict[str, Any], header: str
) -> None:
    presumed = {"Assujetti unique", "Code postal", "Département"}
    told = {k: v for k, v in client.items() if k not in presumed}
    known, blank = answers(told, {**told, header: None})
    if any("contredi" in d or "dit Non" in d or "100 %" in d for d in known["a_confirmer"]):
        return

    for key in ("taille", "reception", "emission", "ereporting_transactions"):
        assert blank[key] in {"à confirmer", known[key]} or known[key] == "à confirmer"


def test_no_dossier_gives_no_answer() -> None:
    empty = pd.DataFrame({"Assujetti TVA": []}, dtype=object)

    assert find_obligations(empty, LOI, TODAY).empty
