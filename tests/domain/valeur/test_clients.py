from __future__ import annotations

from dataclasses import replace

from tests.relations import classeur_of
from tests.simulations import AU

from segxl.excel.lecture_valeur import read_valeur


def test_a_firm_without_annual_fees_has_none_known() -> None:
    lu = read_valeur(classeur_of({"Dossier": "D1"}))
    lignes = lu.clients.lignes.drop(columns=["Honoraires annuels"])

    mesures = replace(lu, clients=replace(lu.clients, lignes=lignes)).measure(lu.temps, AU)

    assert mesures.clients["honoraires"].isna().all()
    assert mesures.anomalies == ()
