"""Where a client stands on its journey with the firm, as the facts tell it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from segxl.domain.parcours.irritants import ETAPES
from segxl.domain.parcours.phase import (
    DECOUVERTE,
    DEVIS,
    FACTURATION,
    NOUVEAU,
    RECENTE,
    deduce_phase,
    near_phase,
    parse_phase,
)
from segxl.domain.relation.contrat import Piece

AU = date(2026, 11, 22)


def deduce(
    lettre: Piece | None = None,
    facture: int | None = None,
    entree: int | None = None,
    *,
    is_met: bool = False,
) -> str:
    """Deduce a stage; days are told as how long ago they were."""
    return deduce_phase(lettre, before(facture), before(entree), AU, is_met=is_met)


def before(days: int | None) -> date | None:
    return None if days is None else AU - timedelta(days=days)


def test_every_stage_is_read_as_the_list_writes_it() -> None:
    assert [parse_phase(etape) for etape in ETAPES] == [*ETAPES]
    assert (parse_phase("LETTRE DE MISSION"), parse_phase("zzz")) == (DEVIS, None)
    assert near_phase("decouvrte") == DECOUVERTE


@pytest.mark.parametrize("lettre", [False, AU + timedelta(days=1)])
def test_a_letter_of_mission_to_sign_comes_before_the_rest(lettre: Piece) -> None:
    assert deduce(lettre, facture=10, entree=5) == DEVIS


@pytest.mark.parametrize("lettre", [True, AU, "bientôt", None])
def test_a_letter_that_is_signed_or_of_which_nobody_knows_says_nothing(
    lettre: Piece | None,
) -> None:
    assert deduce(lettre) == ""


def test_a_large_invoice_counts_while_it_is_recent_and_never_before_its_day() -> None:
    assert deduce(facture=RECENTE) == deduce(facture=0) == FACTURATION
    assert deduce(facture=RECENTE + 1) == deduce(facture=-1) == ""


def test_a_new_client_is_discovered_until_somebody_has_spoken_with_it() -> None:
    assert deduce(entree=NOUVEAU) == DECOUVERTE
    assert deduce(entree=NOUVEAU, is_met=True) == ""
    assert deduce(entree=NOUVEAU + 1) == deduce(entree=-1) == ""
