"""What holds of any scenario, whatever the portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.excel.fake import FakeWorkbook
from tests.simulations import AU, portefeuille_of

from segxl.domain.simulation import gestes as g
from segxl.domain.simulation.depart import Depart
from segxl.domain.simulation.essai import Essai, try_scenario
from segxl.domain.simulation.gestes import Geste
from segxl.excel.lecture_valeur import read_valeur

KEYS = [f"K{i:02}" for i in range(8)]
FIGURES = st.one_of(st.none(), st.floats(0, 20_000).map(round))
PORTEFEUILLES = st.fixed_dictionaries(
    {key: st.tuples(FIGURES, st.one_of(st.none(), st.integers(0, 300))) for key in KEYS}
)
GESTES = st.builds(
    Geste,
    scenario=st.just("S"),
    action=st.sampled_from([a for a in g.ACTIONS if a != g.MONTER]),
    dossier=st.sampled_from(["", *KEYS]),
    classe=st.sampled_from(["", "A", "B", "C", "D"]),
    montant=st.floats(-0.5, 0.5).map(lambda x: round(x, 2)),
    heures=st.integers(0, 20).map(float),
)
FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def vide() -> Depart:
    return depart_of(portefeuille_of(dict.fromkeys(KEYS, (0.0, 0.0))))


def depart_of(workbook: FakeWorkbook) -> Depart:
    lu = read_valeur(workbook)
    return Depart(
        dossiers=lu.dossiers,
        mesures=lu.measure(lu.temps, AU).clients,
        axes=lu.axes,
        politique=lu.politique,
        clients=lu.clients,
        reglages=lu.reglages,
        reponses=None,
        au=AU,
        presents=np.ones(len(lu.dossiers), dtype=bool),
    )


def with_figures(depart: Depart, clients: dict[str, Any]) -> Depart:
    """Return the same clients with other figures: reading a workbook anew would take too long."""
    fees, hours = (np.array([pair[i] for pair in clients.values()], dtype=float) for i in (0, 1))
    mesures = depart.mesures.assign(honoraires=fees * 100, heures=hours, cout=hours * 5000)
    named = ("dossiers", "axes", "politique", "clients", "reglages", "reponses", "au", "presents")
    return Depart(mesures=mesures, **{name: getattr(depart, name) for name in named})


def attempt(depart: Depart, gestes: Sequence[Geste]) -> Essai:
    return try_scenario(depart, "S", gestes)


@FEW
@given(clients=PORTEFEUILLES)
def test_a_scenario_without_a_line_changes_nothing(vide: Depart, clients: dict[str, Any]) -> None:
    essai = attempt(with_figures(vide, clients), [])

    assert essai.apres == essai.avant
    assert essai.clients.empty


@FEW
@given(clients=PORTEFEUILLES, gestes=st.lists(GESTES, max_size=6), data=st.data())
def test_the_order_of_the_lines_never_matters(
    vide: Depart, clients: dict[str, Any], gestes: list[Geste], data: st.DataObject
) -> None:
    depart = with_figures(vide, clients)

    shuffled = attempt(depart, data.draw(st.permutations(gestes)))

    assert shuffled.apres == attempt(depart, gestes).apres


@FEW
@given(clients=PORTEFEUILLES, gestes=st.lists(GESTES, max_size=4))
def test_a_line_written_twice_counts_once(
    vide: Depart, clients: dict[str, Any], gestes: list[Geste]
) -> None:
    depart = with_figures(vide, clients)

    assert attempt(depart, [*gestes, *gestes]).apres == attempt(depart, gestes).apres


@FEW
@given(clients=PORTEFEUILLES)
def test_clients_at_a_loss_that_leave_never_lower_the_margin(
    vide: Depart, clients: dict[str, Any]
) -> None:
    depart = with_figures(vide, clients)
    margins = (depart.mesures["honoraires"] - depart.mesures["cout"]).to_numpy()
    losses = [key for key, margin in zip(KEYS, margins, strict=True) if margin < 0]

    essai = attempt(depart, [Geste(scenario="S", action=g.TRANSMETTRE, dossier=k) for k in losses])

    assert {depart.classes[KEYS.index(key)] for key in losses} <= {"D"}
    if essai.apres.marge is not None:
        assert essai.avant.marge is not None
        assert essai.apres.marge >= essai.avant.marge


@FEW
@given(clients=PORTEFEUILLES, leaving=st.sets(st.sampled_from(KEYS)))
def test_who_stays_as_it_is_keeps_its_class_when_others_leave(
    vide: Depart, clients: dict[str, Any], leaving: set[str]
) -> None:
    depart = with_figures(vide, clients)
    gestes = [Geste(scenario="S", action=g.TRANSMETTRE, dossier=key) for key in sorted(leaving)]

    essai = attempt(depart, gestes)

    kept = [c for k, c in zip(KEYS, depart.classes, strict=True) if k not in leaving]
    assert essai.apres.classes == {name: kept.count(name) for name in ("A", "B", "C", "D", "")}


@FEW
@given(clients=PORTEFEUILLES, gestes=st.lists(GESTES, max_size=6))
def test_the_portfolio_before_is_left_as_it_was(
    vide: Depart, clients: dict[str, Any], gestes: list[Geste]
) -> None:
    depart = with_figures(vide, clients)
    mesures, lignes = depart.mesures.copy(), depart.clients.lignes.copy()

    attempt(depart, gestes)

    assert depart.mesures.equals(mesures)
    assert depart.clients.lignes.equals(lignes)


def test_a_workbook_without_names_says_none(vide: Depart) -> None:
    clients = vide.clients.lignes.drop(columns=["Raison sociale"])
    vide = with_figures(vide, dict.fromkeys(KEYS, (1.0, 1.0)))
    object.__setattr__(vide.clients, "lignes", clients)

    assert attempt(vide, [Geste(scenario="S", action=g.TRANSMETTRE, dossier="K01")]).clients[
        "nom"
    ].tolist() == [""]


def billed(depart: Depart, fees: dict[str, float]) -> Depart:
    """Return clients billed once a month, so that RFM knows them."""
    depart = with_figures(depart, {key: (fees.get(key, 100.0), 1.0) for key in KEYS})
    mesures = depart.mesures.assign(frequence=12.0, recence=10.0)
    object.__setattr__(depart, "mesures", mesures)
    return depart


def test_a_departure_shares_abc_again_and_leaves_every_other_method_alone(vide: Depart) -> None:
    depart = billed(vide, {"K00": 10_000.0})

    essai = attempt(depart, [Geste(scenario="S", action=g.TRANSMETTRE, dossier="K00")])

    assert essai.avant.abc == {"A": 1, "B": 2, "C": 5}
    assert essai.apres.abc == {"A": 6, "B": 1, "C": 0}
    assert essai.avant.rfm == {"12 à 15": 0, "7 à 11": 8, "3 à 6": 0}
    assert essai.apres.rfm == {"12 à 15": 0, "7 à 11": 7, "3 à 6": 0}


def test_fees_that_rise_move_the_third_score_alone(vide: Depart) -> None:
    depart = billed(vide, {key: 1_000.0 * (i + 1) for i, key in enumerate(KEYS)})

    essai = attempt(depart, [Geste(scenario="S", action=g.EUROS_HONORAIRES, dossier="K00", montant=900_000.0)])  # fmt: skip

    (client,) = essai.clients.to_dict("records")
    assert (client["rfm avant"], client["rfm apres"]) == ("R3 F3 M1", "R3 F3 M5")
    assert (client["abc avant"], client["abc apres"]) == ("C", "A")


def test_who_is_gone_counts_nowhere_and_moves_no_class(vide: Depart) -> None:
    depart = billed(vide, {key: 1_000.0 * (i + 1) for i, key in enumerate(KEYS)})
    with_all = depart.classes
    gone = np.array([key == "K07" for key in KEYS])
    object.__setattr__(depart, "presents", ~gone)

    essai = attempt(depart, [Geste(scenario="S", action=g.PART_HONORAIRES, montant=0.1)])
    told = attempt(depart, [Geste(scenario="S", action=g.TRANSMETTRE, dossier="K07")])

    assert (essai.absents, essai.avant.clients, essai.avant.honoraires) == (1, 7, 2_800_000)
    assert "K07" not in essai.clients["dossier"].tolist()
    assert sum(essai.avant.classes.values()) == 7
    assert essai.avant.classes["A"] == [*with_all[~gone]].count("A")
    assert [r.problem for r in told.remarques] == ["aucun client ne correspond (dossier K07) : parti, ou pas encore là"]  # fmt: skip


def test_an_hour_costs_the_average_of_those_who_are_still_there(vide: Depart) -> None:
    depart = with_figures(vide, {key: (1_000.0, 0.0 if key == "K00" else 10.0) for key in KEYS})
    gone = np.array([key == "K07" for key in KEYS])
    cout = depart.mesures["cout"].where(~gone, 900_000.0)
    object.__setattr__(depart, "mesures", depart.mesures.assign(cout=cout))
    object.__setattr__(depart, "presents", ~gone)

    essai = attempt(depart, [Geste(scenario="S", action=g.OFFRE, dossier="K00", heures=2.0)])

    (client,) = essai.clients.to_dict("records")
    assert client["cout apres"] == 2 * 5_000


def test_points_are_told_from_the_highest_and_who_was_never_billed_has_none(vide: Depart) -> None:
    depart = billed(vide, {key: 1_000.0 * (8 - i) for i, key in enumerate(KEYS)})
    days = [1.0, 2.0, 3.0, 4.0, 50.0, 60.0, 70.0, np.nan]
    mesures = depart.mesures.assign(recence=days, frequence=[9.0, 8, 7, 6, 3, 2, 1, 0])
    object.__setattr__(depart, "mesures", mesures)

    counts = attempt(depart, []).avant.rfm

    assert counts == {"12 à 15": 3, "7 à 11": 2, "3 à 6": 2}
