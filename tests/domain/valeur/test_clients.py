from __future__ import annotations

from dataclasses import replace

from tests.relations import classeur_of
from tests.simulations import AU

from segxl.excel.lecture_valeur import read_valeur
from segxl.excel.port import Workbook


def test_a_firm_without_annual_fees_has_none_known() -> None:
    workbook: Workbook = classeur_of({"Dossier": "D1"})
    read = read_valeur(workbook)
    without = read.clients.lignes.drop(columns=["Honoraires annuels"])
    lu = replace(read, clients=replace(read.clients, lignes=without))

    mesures = lu.measure(lu.temps, AU)

    assert mesures.clients["honoraires"].isna().all()
    assert mesures.anomalies == ()
