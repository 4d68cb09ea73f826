"""From measured facts to answers."""

from __future__ import annotations

import pytest

from segxl.domain.faits.etats import Etat, FaitMesure
from segxl.domain.faits.reprises import Feed, Proposal, propose_answers, shown_value
from segxl.domain.reglages import Reglages
from segxl.sources.reprises import FeedError, read_reprises

CA = Feed(fait="ca", colonne="CA HT")
VOLE = Feed(fait="factures_emises_par_mois", critere="VOLE")


def fait(valeur: float | str | None, etat: Etat = Etat.CALCULE) -> FaitMesure:
    return FaitMesure(valeur=valeur, etat=etat, motif="…")


def test_a_figure_that_is_sure_is_set_beside_the_cell(reglages: Reglages) -> None:
    found = propose_answers([CA], {"ca": fait(4_490_049)}, {"CA HT": None}, reglages)

    assert found == {"ca": Proposal(header="CA HT", mesure=44_900.0, saisi=None)}


def test_a_question_is_found_by_its_code_whatever_the_firm_calls_it(reglages: Reglages) -> None:
    facts = {"factures_emises_par_mois": fait(12.4)}

    found = propose_answers([VOLE], facts, {"Factures émises par mois": 10}, reglages)

    assert found["factures_emises_par_mois"].header == "Factures émises par mois"
    assert not found["factures_emises_par_mois"].is_gap


@pytest.mark.parametrize("etat", [Etat.PEU_FIABLE])
def test_a_hint_proposes_nothing(reglages: Reglages, etat: Etat) -> None:
    assert propose_answers([CA], {"ca": fait(100, etat)}, {"CA HT": None}, reglages) == {}


def test_a_fact_that_is_not_derivable_proposes_nothing(reglages: Reglages) -> None:
    facts = {"ca": fait(None, Etat.NON_DERIVABLE)}

    assert propose_answers([CA], facts, {"CA HT": None}, reglages) == {}


def test_a_column_that_the_workbook_lacks_gets_nothing(reglages: Reglages) -> None:
    assert propose_answers([CA], {"ca": fait(100)}, {}, reglages) == {}


def test_a_question_that_the_firm_does_not_ask_gets_nothing(reglages: Reglages) -> None:
    other = Feed(fait="ca", critere="ABSENT")

    assert propose_answers([other], {"ca": fait(100)}, {"CA HT": None}, reglages) == {}


@pytest.mark.parametrize(
    ("saisi", "gap"),
    [(None, False), ("  ", False), (100, False), (121, True), (79, True), ("beaucoup", True)],
)
def test_a_gap_is_a_typed_value_far_from_the_measure(saisi: object, gap: object) -> None:
    assert Proposal(header="CA HT", mesure=100, saisi=saisi).is_gap is gap


@pytest.mark.parametrize(
    ("code", "valeur", "shown"),
    [("ca", 4_490_050, 44_900.5), ("hhi", 0.3, 0.3), ("rythme_tva", "mensuel", "mensuel"), ("clients", 4, 4), ("part_premier_client", 0.8614, 86.1), ("delai_client_pondere", 42.6641, 42.7)],
)  # fmt: skip
def test_values_are_shown_in_the_units_of_readers(
    code: str, valeur: float | str, shown: object
) -> None:
    assert shown_value(code, fait(valeur)) == shown


def test_a_fact_that_is_not_derivable_shows_nothing() -> None:
    assert shown_value("ca", fait(None, Etat.NON_DERIVABLE)) is None


def test_the_shipped_table_names_facts_that_exist() -> None:
    assert {r.fait for r in read_reprises()} == {
        "factures_emises_par_mois", "factures_recues_par_mois", "ca",
        "part_privee", "part_publique", "part_etrangere",
    }  # fmt: skip
    assert FeedError.__doc__
