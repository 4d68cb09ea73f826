"""What people really type about fees, hours and opinions: told, never summed in silence."""

from __future__ import annotations

from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.excel.fake import FakeWorkbook
from tests.relations import AU, classeur_of, relation_of

from segxl.actions import valeur
from segxl.actions.valeur import BilanValeur
from segxl.domain.anomalies import SaisieError
from segxl.domain.valeur import releve as v

DAY = "2026-11-02"


def measure(*clients: dict[str, Any], **sheets: Any) -> tuple[BilanValeur, list[dict[Any, Any]]]:  # noqa: ANN401  rows of any sheet
    workbook: FakeWorkbook = classeur_of(*clients, **sheets)
    bilan = valeur.run(workbook, AU)
    workbook.save()
    lignes = bilan.releve.lignes.astype(object)
    return bilan, lignes.where(lignes.notna(), None).to_dict("records")


def bill(euros: object, **others: object) -> dict[str, Any]:
    return {"le": DAY, "montant": euros, **others}


def worked(hours: object, rate: object = 50, **others: object) -> dict[str, Any]:
    return {"le": DAY, "qui": "AB", "heures": hours, "taux": rate, **others}


# — value —


@pytest.mark.parametrize("typed", ["100 $", "100 USD", "£100", "100 CHF"])
def test_an_amount_of_another_currency_is_told_and_not_summed(typed: str) -> None:
    bilan, (client,) = measure(honoraires=[bill(typed), bill(50)])

    assert client[v.HONORAIRES] == 5_000
    assert [(a.value, a.is_blocking) for a in bilan.anomalies] == [(typed, False)]


def test_annual_fees_typed_as_a_share_are_told_and_not_read_as_cents() -> None:
    bilan, (client,) = measure({"Dossier": "D1", "Honoraires annuels": "80 %"})

    assert client[v.HONORAIRES] is None
    assert [a.value for a in bilan.anomalies] == ["80 %"]


def test_a_column_of_currencies_leaves_out_what_is_not_in_euros() -> None:
    rows = [bill(100, Devise="EUR"), bill(900, Devise="USD"), bill(10, Devise="€"), bill(1)]

    bilan, (client,) = measure(honoraires=rows)

    assert client[v.HONORAIRES] == 11_100
    assert [a.problem for a in bilan.anomalies] == [
        "cette facture n’est pas en euros : elle ne compte pas"
    ]


def test_a_rate_of_another_currency_leaves_the_cost_unknown() -> None:
    bilan, (client,) = measure(honoraires=[bill(100)], temps=[worked(1, "50 $/h")])

    assert (client[v.HEURES], client[v.COUT_SERVICE]) == (1.0, None)
    assert bilan.sans_taux == ("AB",)
    assert [a.value for a in bilan.anomalies] == ["50 $/h"]


def test_invoices_and_hours_of_tomorrow_are_counted_apart() -> None:
    late = {"le": "2026-11-23"}

    bilan, (client,) = measure(honoraires=[bill(100), bill(9) | late], temps=[worked(1) | late])

    assert (client[v.HONORAIRES], client[v.HEURES], bilan.tardives) == (10_000, None, 2)


def test_zero_hours_cost_nothing_and_are_not_a_missing_cost() -> None:
    _, (client,) = measure(honoraires=[bill(100)], temps=[worked(0)])

    assert (client[v.COUT_SERVICE], client[v.MARGE_EUROS], client[v.TAUX]) == (0, 10_000, 1.0)


def test_fees_below_zero_are_a_loss_with_no_margin_rate() -> None:
    _, (client,) = measure(honoraires=[bill(-100)], temps=[worked(1)])

    assert (client[v.ABC], client[v.ABCD], client[v.TAUX]) == ("C", "D", None)


def test_fees_of_nobody_of_clients_are_told_and_left_out() -> None:
    bilan, (client,) = measure(honoraires=[bill(100, dossier="Z9"), bill(5)])

    assert (client[v.HONORAIRES], bilan.hors_clients) == (500, {"Z9": 10_000})


def test_equal_clients_are_measured_alike_on_every_method() -> None:
    five = [{"Dossier": f"D{i}", "Honoraires annuels": 100} for i in range(5)]

    bilan, clients = measure(*five, temps=[worked(1, dossier=f"D{i}") for i in range(5)])

    for header in (v.ABCD, v.PMG, "r", "f", "m", v.FAUX_BON, v.MATRICE, v.PART_MARGE):
        assert len({client[header] for client in clients}) == 1, header
    assert bilan.releve.concentration.gini == 0


@pytest.mark.parametrize("share", [80, "80", "80 %", 0.8, "0,8"])
def test_a_share_of_clients_is_the_same_however_typed(share: object) -> None:
    four = [{"Dossier": f"D{i}", "Honoraires annuels": 25} for i in range(4)]

    _, clients = measure(*four, parametres={"Part cumulée des clients A": share})

    assert [client[v.ABC] for client in clients] == ["A", "A", "A", "A"]


def test_a_workbook_without_fees_or_clients_is_measured_too() -> None:
    _, (alone,) = measure()
    bilan, nobody = measure({"Dossier": None})

    assert (alone[v.ABC], alone[v.PMG]) == ("", "")
    assert nobody == []
    assert bilan.releve.concentration.honoraires is None


def test_names_that_are_formulas_or_markup_stay_words() -> None:
    client = {
        "Dossier": "=cmd|x",
        "Raison sociale": "<b>& =1+1",
        "Honoraires annuels": 10,
        "Groupe": "=A1",
    }

    _, (told,) = measure(client, temps=[worked(1, dossier="=cmd|x")])

    assert (told["dossier"], told[v.MARGE_EUROS]) == ("=cmd|x", -4_000)


@settings(deadline=None, max_examples=20)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("ABC"), st.integers(-500, 500), st.integers(0, 5)), max_size=10
    ),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_the_rows_changes_nothing(
    rows: list[tuple[str, int, int]], order: Random
) -> None:
    def told(kept: list[tuple[str, int, int]]) -> pd.DataFrame:
        clients = [{"Dossier": who, "Note FE": 3} for who in sorted("ABC")]
        bills = [bill(euros, dossier=who) for who, euros, _ in kept]
        hours = [worked(count, dossier=who) for who, _, count in kept]
        bilan, _ = measure(*clients, honoraires=bills, temps=hours)
        return bilan.releve.lignes.assign(rang=bilan.croisement.rangs)

    shuffled = [*rows]
    order.shuffle(shuffled)

    pd.testing.assert_frame_equal(told(rows), told(shuffled))


# — relation —


@pytest.mark.parametrize(("share", "etat"), [(20, "À surveiller"), (0.2, "À surveiller"), ("20 %", "À surveiller"), ("0,3", "Sereine"), (30, "Sereine")])  # fmt: skip
def test_a_fall_of_fees_is_the_same_share_however_typed(share: object, etat: str) -> None:
    months = [f"{year}-{m:02}-05" for year, m in [(2024, 11), (2024, 12), *((2025, m) for m in range(1, 13)), *((2026, m) for m in range(1, 12))]]  # fmt: skip
    rows = [{"le": day, "montant": 100 if day < "2025-12" else 80, "payee": day} for day in months]

    bilan = relation_of(
        classeur_of(honoraires=rows, parametres={"Baisse d’honoraires à signaler": share})
    )

    assert [r.etat for r in bilan.relations] == [etat]


@pytest.mark.parametrize("share", [0, -5, 120, "beaucoup"])
def test_a_share_that_cannot_be_is_refused(share: object) -> None:
    with pytest.raises(SaisieError, match="Baisse d’honoraires"):
        relation_of(classeur_of(parametres={"Baisse d’honoraires à signaler": share}))


def test_an_nps_of_11_and_an_answer_of_tomorrow_count_for_nothing() -> None:
    answers = [{"dossier": f"D{i}", "le": DAY, "nps": n} for i, n in enumerate([10, 9, 10, 4, 10, 11])]  # fmt: skip

    bilan = relation_of(classeur_of(enquete=[*answers, {"dossier": "D9", "le": "2026-11-23", "nps": 0}]))  # fmt: skip

    nps = bilan.ensemble.portefeuille.nps
    assert nps.valeur == pytest.approx(60)
    assert nps.n == 5
    assert [str(a.value) for a in bilan.anomalies] == ["11"]


def test_credit_notes_make_a_worth_below_zero_and_no_client_comes_back_for_one() -> None:
    clients: list[dict[str, Any]] = [
        {"Dossier": "D1", "Honoraires annuels": -50},
        {"Dossier": "D2", "Sortie le": "01/10/2026"},
    ]

    bilan = relation_of(classeur_of(*clients, honoraires=[bill(-50), bill(-5, le="2026-10-02")]))

    valeur_client = bilan.ensemble.valeur
    assert valeur_client.annee.valeur == -50
    assert valeur_client.ltv.valeur == pytest.approx(-50 * 23 / 12)
    assert bilan.ensemble.rachat.motif == "aucune facture sur la période"


def test_fees_in_dollars_leave_the_worth_of_a_client_out() -> None:
    client = {"Dossier": "D1", "Honoraires annuels": "900 $"}

    valeur_client = relation_of(classeur_of(client)).ensemble.valeur

    assert (valeur_client.annee.valeur, valeur_client.annee.motif) == (None, "honoraires inconnus")


def test_an_invoice_of_a_stranger_reaches_no_client() -> None:
    bilan = relation_of(classeur_of(honoraires=[bill(100, dossier="Z9", le="2026-01-02")]))

    assert [(r.dossier, r.annuels, r.impaye) for r in bilan.relations] == [("D1", None, None)]
