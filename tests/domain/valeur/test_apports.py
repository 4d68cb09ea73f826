"""What a client leaves in a year: its margin where one is known, its fees otherwise, said in words."""

from __future__ import annotations

from typing import Any

import pytest
from tests.relations import classeur_of, relation_of

from segxl.actions.relation import BilanRelation
from segxl.domain.anomalies import SaisieError
from segxl.domain.relation.lecture import Ligne, list_lignes
from segxl.domain.valeur.apports import SANS_HONORAIRES, SANS_MARGE

TEN: list[dict[str, Any]] = [{"Dossier": f"D{i}", "Honoraires annuels": 1200, "Sortie le": "01/10/2026" if i == 9 else None} for i in range(10)]  # fmt: skip
TWELVE = [{"le": f"2026-{m:02}-05", "dossier": d, "qui": "AB", "heures": 1, "taux": 50} for m in range(1, 12) for d in ("D1", "D2")] + [{"le": "2025-12-05", "dossier": "D1", "qui": "AB", "heures": 1, "taux": 50}]  # fmt: skip
STAY = (9 * 1 + 10 * 11) / 12
"""Years, of one departure over ten clients for eleven months and nine for one."""


def line(bilan: BilanRelation, mesure: str) -> Ligne:
    return next(x for x in list_lignes(bilan.ensemble) if x.mesure == mesure)


def test_a_client_is_worth_its_margin_over_its_stay() -> None:
    bilan = relation_of(classeur_of(*TEN, temps=TWELVE))

    valeur = bilan.ensemble.valeur
    ltv = {r.dossier: r.ltv for r in bilan.relations}
    assert (valeur.annee.valeur, valeur.annee.n) == ((600 + 650) / 2, 2)
    assert valeur.ltv.valeur == pytest.approx(625 * STAY)
    assert ltv["D1"].valeur == pytest.approx(600 * STAY)
    assert (ltv["D3"].valeur, ltv["D3"].motif) == (None, SANS_MARGE)
    assert "connue pour 2 dossiers sur 10" in line(bilan, "Valeur d’un client (LTV)").lecture
    assert "mois sur 12" not in line(bilan, "Valeur d’un client (LTV)").lecture


def test_the_firm_may_count_on_fees_and_the_sheet_says_so() -> None:
    bilan = relation_of(
        classeur_of(*TEN, temps=TWELVE, parametres={"LTV calculée sur": "honoraires"})
    )

    assert bilan.ensemble.valeur.annee.valeur == 1200
    assert "choisi dans Paramètres" in line(bilan, "Valeur d’un client (LTV)").lecture


def test_without_any_known_cost_fees_stand_in_and_the_sheet_says_so() -> None:
    no_rate = [{"le": "2026-10-05", "dossier": "D1", "qui": "AB", "heures": 9}]

    bilan = relation_of(classeur_of(*TEN, {"Dossier": "X"}, temps=no_rate))

    assert bilan.ensemble.valeur.annee.valeur == 1200
    assert "faute de coûts connus" in line(bilan, "Garder un client un an de plus").lecture
    assert {r.dossier: r.ltv.motif for r in bilan.relations}["X"] == SANS_HONORAIRES


def test_hours_of_a_few_months_are_told_beside_a_margin() -> None:
    hours = [{"le": "2026-10-05", "dossier": "D1", "qui": "AB", "heures": 30, "taux": 50}]

    bilan = relation_of(classeur_of(*TEN, temps=hours))

    told = line(bilan, "Valeur d’un client (LTV)")
    assert told.valeur == pytest.approx(-300 * STAY, abs=0.01)
    assert "les temps ne couvrent que 1 mois sur 12" in told.lecture


def test_the_value_of_the_portfolio_stays_counted_on_fees() -> None:
    clients = [*TEN, {"Dossier": "Z", "Honoraires annuels": 99, "Sortie le": "01/01/2026"}]

    bilan = relation_of(classeur_of(*clients, temps=TWELVE))

    assert bilan.ensemble.valeur.honoraires == 9 * 1200
    assert line(bilan, "Valeur du portefeuille, à 1,2 fois les honoraires").valeur == 12_960


def test_a_base_that_is_neither_is_refused() -> None:
    with pytest.raises(SaisieError, match="Marge ou Honoraires"):
        relation_of(classeur_of(parametres={"LTV calculée sur": "chiffre d’affaires"}))
