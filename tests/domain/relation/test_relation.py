"""Departures, worth, unpaid fees and complaints: what no scenario of a single client can say."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.relations import AU, classeur_of, relation_of

from segxl.domain.honoraires.factures import DOSSIER, JOUR, MONTANT, Periode
from segxl.domain.relation import valeur_client
from segxl.domain.relation.attrition import (
    ENTREE,
    MOTIF,
    SANS_CLIENT,
    SANS_COLONNE,
    SORTIE,
    Attrition,
    fill_entrees,
    find_arrivals,
    measure_attrition,
    months_before,
)
from segxl.domain.relation.indicateurs import Indicateur
from segxl.domain.relation.lecture import list_lignes
from segxl.domain.relation.paliers import CONSOMMATEUR, Delais, Reclamation, next_echeance
from segxl.domain.relation.registre import find_open, pair_journal, qualite_of
from segxl.domain.relation.valeur_client import (
    measure_cac,
    measure_ltv,
    measure_rachat,
    measure_ratio,
)

YEAR = Periode(du=date(2026, 1, 1), au=date(2026, 12, 31), est_entiere=True)
JOURNAL = ("Dossier", "Date", "Type", "Canal", "Objet", "Clos le")


def clients_of(*stays: tuple[date | None, date | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(stays, columns=[ENTREE, SORTIE, MOTIF], dtype=object)
    return frame.assign(cle=[f"d{i}" for i in range(len(stays))])


def attrition_of(*stays: tuple[date | None, date | None, str | None]) -> Attrition:
    return measure_attrition(clients_of(*stays), AU, is_suivie=True)


def factures_of(*rows: tuple[str, date, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[DOSSIER, JOUR, MONTANT], dtype=object)


def journal_of(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*JOURNAL], dtype=object, index=range(5, 5 + len(rows)))


# — departures —


def test_twelve_months_follow_each_other_up_to_the_day() -> None:
    months = [*months_before(date(2026, 3, 31))]

    assert len(months) == 12
    assert months[-1][1] == date(2026, 3, 31)
    assert all((b[0] - a[1]).days == 1 for a, b in pairwise(months))


def test_a_departure_is_counted_over_the_clients_there_as_each_month_begins() -> None:
    stays = [(None, None, None)] * 9 + [(None, date(2026, 11, 22), "Prix")]

    attrition = attrition_of(*stays)

    assert attrition.taux.valeur == pytest.approx(1 / 120)
    assert (attrition.partis, attrition.motifs) == (1, {"Prix": 1})


@pytest.mark.parametrize("sortie", [date(2026, 11, 23), date(2025, 11, 22)])
def test_a_departure_to_come_or_of_another_year_is_none(sortie: date) -> None:
    assert attrition_of((None, None, None), (None, sortie, None)).taux.valeur == 0.0


def test_who_came_during_a_month_is_not_there_as_it_begins() -> None:
    came_and_left = (date(2026, 11, 1), date(2026, 11, 10), None)

    attrition = attrition_of(came_and_left)

    assert attrition.taux.motif == SANS_CLIENT
    assert attrition.partis == 1


def test_without_a_column_of_departures_nothing_is_told() -> None:
    measured = measure_attrition(clients_of((None, None, None)), AU, is_suivie=False)

    assert (measured.taux.valeur, measured.taux.motif) == (None, SANS_COLONNE)


def test_a_first_invoice_tells_an_arrival_a_year_after_the_first_of_all() -> None:
    clients = clients_of((None, None, None), (date(2020, 1, 1), None, None), (None, None, None))
    firsts = {"d0": date(2026, 5, 2), "d1": date(2026, 5, 2), "d2": date(2025, 5, 2)}

    filled = fill_entrees(clients, firsts, date(2025, 1, 1))

    assert filled.tolist() == [date(2026, 5, 2), date(2020, 1, 1), None]
    assert fill_entrees(clients, firsts, None).tolist() == [None, date(2020, 1, 1), None]


def test_arrivals_to_come_are_none_yet_and_nobody_may_know() -> None:
    assert find_arrivals(clients_of((date(2026, 11, 22), None, None), (date(2026, 11, 23), None, None)), AU) == 1  # fmt: skip
    assert find_arrivals(clients_of((None, None, None)), AU) is None


# — worth —


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (measure_cac(None, 3), valeur_client.SANS_DEPENSE),
        (measure_cac(100, None), valeur_client.SANS_ENTREE),
        (measure_cac(100, 0), valeur_client.SANS_NOUVEAU),
        (measure_ltv({}, Indicateur(valeur=0.1)), valeur_client.SANS_VALEUR),
        (measure_ltv({"d": 1.0}, Indicateur(valeur=0.0)), valeur_client.SANS_DEPART),
        (measure_ltv({"d": 1.0}, Indicateur(motif=SANS_COLONNE)), SANS_COLONNE),
        (measure_ratio(Indicateur(motif="x"), Indicateur(valeur=1.0)), "x"),
        (measure_ratio(Indicateur(valeur=1.0), Indicateur(motif="y")), "y"),
        (measure_ratio(Indicateur(valeur=1.0), Indicateur(valeur=0.0)), valeur_client.SANS_COUT),
    ],
)
def test_a_figure_without_its_parts_is_not_told_but_its_reason_is(
    told: Indicateur, reason: str
) -> None:
    assert (told.valeur, told.motif) == (None, reason)


def test_a_ratio_above_three_is_that_of_a_stay_long_enough() -> None:
    ltv = measure_ltv({"d1": 900.0, "d2": 1500.0}, Indicateur(valeur=1 / 48))

    assert ltv.valeur == pytest.approx(4800)
    ratio = measure_ratio(ltv, measure_cac(6000, 4))
    assert ratio.valeur == pytest.approx(3.2)
    assert ratio.n == 0, "euros over euros are of no client in particular"


def test_a_client_comes_back_when_two_months_bill_it_for_want_of_missions() -> None:
    rows = factures_of(
        ("D1", date(2026, 1, 5), 100), ("d1", date(2026, 2, 5), 100), ("D2", date(2026, 1, 5), 100),
        ("D2", date(2026, 1, 25), 100), ("D2", date(2026, 3, 1), -50), ("D3", date(2025, 1, 1), 10),
    )  # fmt: skip
    kinds = pd.Series(None, rows.index, dtype=object)

    taux, d_apres = measure_rachat(rows, kinds, YEAR)

    assert (taux.valeur, taux.n, d_apres) == (0.5, 2, "mois facturés")


def test_a_client_comes_back_when_it_buys_two_missions_where_they_are_told() -> None:
    rows = factures_of(("D1", date(2026, 1, 5), 1), ("D1", date(2026, 2, 5), 1), ("D2", date(2026, 1, 5), 1), ("D2", date(2026, 1, 5), 1))  # fmt: skip
    kinds = pd.Series(["Bilan", "bilan", "Bilan", "Paie"], rows.index, dtype=object)

    taux, d_apres = measure_rachat(rows, kinds, YEAR)

    assert (taux.valeur, d_apres) == (0.5, "missions différentes")
    assert measure_rachat(rows.head(0), kinds.head(0), YEAR)[0].valeur is None


# — complaints —


def test_a_complaint_of_the_journal_is_found_again_though_its_subject_or_its_day_was_corrected() -> None:  # fmt: skip
    line = ("D1", date(2026, 5, 2), "Réclamation", "E-mail", "Retard", None)
    journal = journal_of(line)
    _, added = pair_journal(journal, {}, {})
    opened = added[5]

    for kept in (
        opened,
        replace(opened, objet="Retard de la liasse"),
        replace(opened, recue_le=date(2026, 5, 3)),
    ):
        assert pair_journal(journal, {9: kept}, {}) == ({5: 9}, {})


def test_only_a_complaint_in_writing_starts_its_clock() -> None:
    spoken, written = (
        pair_journal(journal_of(("D1", date(2026, 5, 2), "Réclamation", canal, "x", None)), {}, {"d1": "SARL"})[1][5]
        for canal in ("Téléphone", "e-mail")
    )  # fmt: skip

    assert (spoken.ecrite_le, written.ecrite_le) == (None, date(2026, 5, 2))
    assert spoken.qualite == "Professionnel"


@pytest.mark.parametrize("forme", ["EI", "", "Association"])
def test_a_form_that_is_no_company_leaves_the_quality_to_be_told(forme: str) -> None:
    assert qualite_of(forme) == ""


def test_a_complaint_closed_in_either_sheet_is_closed() -> None:
    journal = journal_of(("D1", date(2026, 5, 2), "Réclamation", None, "x", date(2026, 6, 1)), ("D2", date(2026, 5, 3), "Réclamation", None, "y", None))  # fmt: skip
    registre = {
        3: Reclamation(dossier="D1", recue_le=date(2026, 5, 2), objet="x"),
        4: Reclamation(dossier="D2", recue_le=date(2026, 5, 3), objet="y", clos_le=AU),
        5: Reclamation(dossier="D3", ecrite_le=date(2026, 4, 1)),
        6: Reclamation(dossier="D3"),
        7: Reclamation(dossier="D4"),
    }

    assert find_open(journal, registre, AU) == {"d3": date(2026, 4, 1), "d4": None}


def test_a_delay_that_nobody_confirmed_gives_no_day() -> None:
    unknown = Delais(
        reponse_consommateur=None, saisine_mediateur=None, mediation=None,
        reponse_professionnel=None, conseil_regional=None,
    )  # fmt: skip
    written = Reclamation(dossier="D1", ecrite_le=date(2026, 5, 2), qualite=CONSOMMATEUR)

    jour, lecture = next_echeance(written, unknown, AU)

    assert jour is None
    assert "délai à confirmer" in lecture
    assert written.is_open(AU)


# — the whole —


@settings(deadline=None, max_examples=15)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(chance: random.Random) -> None:
    sheets: Any = {
        "journal": [{"dossier": f"D{i}", "le": f"2026-0{i}-10", "type": t, "objet": "x", "clos": c} for i, (t, c) in enumerate([("Réclamation", None), ("Échange", None), ("Réclamation", "2026-05-05")], 1)],
        "enquete": [{"dossier": "D1", "le": "2026-10-01", "csat": 2}, {"dossier": "D1", "le": "2026-10-01", "csat": 5}, {"dossier": "D2", "le": "2026-09-01", "nps": 9}],
        "honoraires": [{"dossier": f"D{1 + i % 3}", "le": f"2026-{1 + i % 9:02}-05", "montant": 100 + i, "payee": None if i % 4 else "2026-10-01"} for i in range(20)],
    }  # fmt: skip
    clients = [{"Dossier": f"D{i}", "Segment": "Prêt", "Sortie le": d} for i, d in enumerate([None, None, "01/09/2026"], 1)]  # fmt: skip
    expected = relation_of(classeur_of(*clients, **sheets))
    for rows in (*sheets.values(), clients):
        chance.shuffle(rows)

    shuffled = relation_of(classeur_of(*clients, **sheets))

    assert shuffled.relations == expected.relations
    assert shuffled.ensemble == expected.ensemble


# — quarters —


def test_each_quarter_with_answers_stands_beside_the_same_one_a_year_before() -> None:
    answers = [{"dossier": f"D{i}", "le": f"{year}-{month}-05", "csat": c, "nps": 10} for year, month, c in [(2025, "08", 5), (2026, "08", 3), (2026, "10", 5), (2024, "12", 5)] for i in range(6)]  # fmt: skip
    late = [{"dossier": "D9", "le": "2026-11-23", "csat": 1}]

    ensemble = relation_of(classeur_of(enquete=[*answers, *late])).ensemble

    lines = [x for x in list_lignes(ensemble) if x.bloc == "Par trimestre"]
    assert [(x.mesure, x.valeur, x.avant) for x in lines] == [
        ("CSAT, clients satisfaits, 2026 T3", 0.0, 100.0),
        ("NPS, recommandation, 2026 T3", 100.0, 100.0),
        ("CSAT, clients satisfaits, 2026 T4", 100.0, None),
        ("NPS, recommandation, 2026 T4", 100.0, None),
    ]


def test_a_quarter_of_too_few_answers_says_so() -> None:
    answers = [{"dossier": f"D{i}", "le": "2026-10-05", "csat": 5} for i in range(4)]

    ensemble = relation_of(classeur_of(enquete=answers)).ensemble

    line = next(x for x in list_lignes(ensemble) if x.bloc == "Par trimestre")
    assert (line.valeur, line.lecture) == (None, "non calculé : trop peu de réponses ; n = 4")
