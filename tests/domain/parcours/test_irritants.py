"""What rubs along the journey: its cost, its rank, what is settled and what cannot be read."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of
from tests.relations import AU, classeur_of, relation_of

from segxl.actions import relation
from segxl.actions.relation import BilanRelation
from segxl.domain.anomalies import SaisieError
from segxl.domain.parcours.irritants import (
    ETAPES,
    SANS_ACTION,
    SANS_MESURE,
    SANS_TAUX,
    VALEUR,
    Irritant,
    rank_irritants,
)
from segxl.domain.relation.lecture import list_lignes
from segxl.excel.file import FileWorkbook
from segxl.excel.irritants import WIDTHS

HOURS = [{"le": "2026-10-05", "qui": "AB", "heures": 3, "taux": 40}, {"le": "2026-10-06", "qui": "CD", "heures": 1, "taux": 80}, {"le": "2026-10-06", "qui": "EF", "heures": 9}]  # fmt: skip
"""50 € an hour on average, of those that have a rate."""


def rub(what: str, minutes: object = None, times: object = None, **others: object) -> dict[str, Any]:  # fmt: skip
    cells = {"Irritant": what, "Minutes perdues": minutes, "Fois par mois": times}
    return cells | {key.replace("_", " "): value for key, value in others.items()}


def told(*rows: dict[str, Any], **others: Any) -> tuple[BilanRelation, list[tuple[Any, ...]]]:  # noqa: ANN401  rows of any sheet
    workbook = classeur_of(irritants=rows, **others)
    bilan = relation_of(workbook)
    lignes = workbook.read_table("Irritants").lignes
    shown = lignes[["Coût mensuel (€)", "Rang", "Lecture"]]
    return bilan, [tuple(row) for row in shown.to_numpy().tolist()]


def test_what_takes_the_most_time_comes_first_at_the_mean_price_of_an_hour() -> None:
    bilan, rows = told(rub("Pièces par mail", 10, 12), rub("Factures peu claires", "1h30", 4), rub("Devis", 5, 2), temps=HOURS)  # fmt: skip

    assert rows == [(100.0, 2, None), (300.0, 1, None), (8.33, 3, None)]
    assert bilan.ensemble.premier_irritant is not None
    assert bilan.ensemble.premier_irritant.geste == SANS_ACTION


def test_what_rubs_at_a_stage_of_high_value_comes_first() -> None:
    rows = [
        rub("long", 60, 10, Étape_du_parcours="Production"),
        rub("court", 5, 1, Étape_du_parcours="Devis", **{VALEUR: "forte"}),
        rub("même étape", 5, 2, Étape_du_parcours="Devis"),
        rub("peu", 60, 20, Étape_du_parcours="Départ", **{VALEUR: "FAIBLE"}),
    ]

    bilan, shown = told(*rows)

    assert [rang for _, rang, _ in shown] == [3, 2, 1, 4]
    assert bilan.anomalies == ()
    lignes = {x.mesure: x.lecture for x in list_lignes(bilan.ensemble)}
    assert lignes["Premier irritant : même étape"].startswith(f"prochain geste : {SANS_ACTION} ; étape de forte valeur")  # fmt: skip
    assert lignes["Temps perdu, Devis"] == "2 irritants à régler ; étape de forte valeur"
    assert lignes["Temps perdu, Production"] == "1 irritant à régler"


def test_a_value_that_is_no_word_or_that_two_rows_tell_otherwise_is_told() -> None:
    rows = [
        rub("a", 5, 1, Étape_du_parcours="Devis", **{VALEUR: "forte"}),
        rub("b", 5, 1, Étape_du_parcours="Devis", **{VALEUR: "faible"}),
        rub("c", 5, 1, **{VALEUR: "énorme"}),
    ]

    bilan, _ = told(*rows)

    assert [a.problem for a in bilan.anomalies] == [
        "cette valeur n’existe pas",
        "une autre ligne dit de l’étape « Devis » : Forte",
    ]


def test_a_sheet_of_an_earlier_version_gets_the_column_and_keeps_its_ranks(
    classeur: Path,
) -> None:
    workbook = FileWorkbook(classeur)
    old = {h: w for h, w in WIDTHS.items() if h != VALEUR}
    workbook.add_table("Irritants", "Irritants", old)
    rows = pd.DataFrame([[None, "a", 5, 1, *[None] * 7], [None, "b", 9, 1, *[None] * 7]], columns=[*old], dtype=object)  # fmt: skip
    workbook.append_rows("Irritants", rows)
    workbook.save()
    workbook = FileWorkbook(classeur)
    relation.run(workbook, AU)
    workbook.save()

    told = rows_of(classeur, "Irritants")
    assert told["Rang"].tolist() == [2, 1]
    assert [*told][-1] == VALEUR
    assert find_flaws(classeur) == []


def test_the_rates_of_the_firm_price_an_hour_when_nobody_typed_one() -> None:
    settings = {"Taux horaire AB": 40, "Taux horaire CD": 60}

    assert told(rub("x", 60, 1), parametres=settings)[1] == [(50.0, 1, None)]


def test_without_a_price_there_is_a_rank_and_a_reason() -> None:
    assert told(rub("x", 60, 1))[1] == [(None, 1, SANS_TAUX)]


@pytest.mark.parametrize(("minutes", "times"), [(None, 3), (5, None), ("un peu", 2), (-5, 3), (5, "#N/A")])  # fmt: skip
def test_what_is_not_measured_is_neither_priced_nor_ranked(minutes: object, times: object) -> None:
    bilan, rows = told(rub("x", minutes, times), temps=HOURS)

    assert rows == [(None, None, SANS_MESURE)]
    assert bilan.ensemble.premier_irritant is None


def test_what_is_settled_leaves_the_ranks_and_keeps_its_cost() -> None:
    _, rows = told(
        rub("a", 60, 9, Fait_le="22/11/2026"), rub("b", 60, 2, Fait_le="23/11/2026"), rub("c", 60, 1), temps=HOURS
    )  # fmt: skip

    assert rows == [(450.0, None, None), (100.0, 1, None), (50.0, 2, None)]


def test_what_cannot_be_read_is_told_with_its_cell() -> None:
    row = rub("x", "beaucoup", "souvent", Étape_du_parcours="Ailleurs", Fait_le="bientôt")

    bilan, _ = told(row, {"Responsable": "AB"}, rub("y", 1, 1, Étape_du_parcours="devis"))

    assert [(a.cell, a.value) for a in bilan.anomalies] == [
        ("A2", "Ailleurs"),
        ("D2", "beaucoup"),
        ("E2", "souvent"),
        ("I2", "bientôt"),
        ("C3", None),
    ]


@pytest.mark.parametrize(
    ("minutes", "times", "cell"),
    [(-5, 2, "D2"), ("-1h30", 2, "D2"), (10_001, 2, "D2"), ("1e9", 2, "D2"), (5, -1, "E2"), (5, 10_001, "E2")],
)  # fmt: skip
def test_a_figure_out_of_reason_is_told_and_neither_priced_nor_ranked(
    minutes: object, times: object, cell: str
) -> None:
    bilan, rows = told(rub("x", minutes, times), temps=HOURS)

    assert [(a.cell, "10000" in a.remedy) for a in bilan.anomalies] == [(cell, True)]
    assert rows[0][:2] == (None, None)


def test_the_balance_names_the_first_gesture_and_each_stage_of_the_journey() -> None:
    rows = [
        rub("Relances de pièces", 20, 30, Étape_du_parcours="Collecte des pièces", Action="Ouvrir un dépôt en ligne", Responsable="AB"),
        rub("Mail sans réponse", None, None, Étape_du_parcours="Collecte des pièces"),
        rub("Devis long", 30, 2, Étape_du_parcours="devis"),
        rub("Appel perdu", None, 9, Étape_du_parcours="Question"),
    ]  # fmt: skip

    bilan, _ = told(*rows, temps=HOURS)

    block = [x for x in list_lignes(bilan.ensemble) if x.bloc == "Parcours client"]
    assert [(x.mesure, x.valeur, x.lecture) for x in block] == [
        ("Premier irritant : Relances de pièces", 500.0, "prochain geste : Ouvrir un dépôt en ligne (AB)"),
        ("Temps perdu, Devis", 1.0, "1 irritant à régler, à 50,00 € l’heure"),
        ("Temps perdu, Collecte des pièces", 10.0, "2 irritants à régler, à 50,00 € l’heure"),
        ("Temps perdu, Question", None, "1 irritant à régler, à mesurer"),
    ]  # fmt: skip


def test_without_a_price_the_balance_says_why_there_is_no_cost() -> None:
    bilan, _ = told(rub("x", 60, 1, Étape_du_parcours="Question"))

    first, stage = [x for x in list_lignes(bilan.ensemble) if x.bloc == "Parcours client"]
    assert (first.valeur, stage.lecture) == (None, "1 irritant à régler")
    assert SANS_TAUX in first.lecture


def test_the_sheet_appears_empty_and_results_of_an_emptied_row_go() -> None:
    workbook = classeur_of()
    relation_of(workbook)
    assert [*workbook.read_table("Irritants").letters] == [*WIDTHS]
    workbook.replace_rows("Irritants", workbook.read_table("Irritants").lignes.assign(Irritant="x", **{"Minutes perdues": 6, "Fois par mois": 10}))  # fmt: skip
    workbook.save()
    relation_of(workbook)
    assert workbook.read_table("Irritants").lignes["Rang"].tolist() == [1]
    workbook.write_cells("Irritants", {2: {"Irritant": None, "Minutes perdues": None, "Fois par mois": None}})  # fmt: skip
    workbook.save()

    relation_of(workbook)

    assert workbook.read_table("Irritants").lignes.isna().all(axis=None)


def test_a_table_irritants_of_somebody_else_is_refused() -> None:
    workbook = classeur_of()
    workbook.add_table("Irritants", "Irritants", {"Nom": 9})
    workbook.save()

    with pytest.raises(SaisieError, match="« Irritant »"):
        relation_of(workbook)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(0, 3)), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_rows_changes_no_rank(rows: list[tuple[str, int | None]], chance: Random) -> None:  # fmt: skip
    irritants = [
        Irritant(ligne=i, etape=ETAPES[0], irritant=f"{word}{i}", minutes=m, fois=2, responsable="", action="", fait_le=None)
        for i, (word, m) in enumerate(rows)
    ]  # fmt: skip
    shuffled = [*irritants]
    chance.shuffle(shuffled)

    ranks = {x.ligne: x.rang for x in rank_irritants(irritants, 50.0, AU)}

    assert {x.ligne: x.rang for x in rank_irritants(shuffled, 50.0, AU)} == ranks
