"""What is at risk, with the firm's own figures, and what to do about it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segxl.domain.reglages import Reglages
from segxl.domain.relation.indicateurs import Indicateur
from segxl.domain.segments import clientele as c
from segxl.domain.segments import diagnostic as d
from segxl.domain.segments import rendement as r
from segxl.domain.segments import vigilance as w
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.concentration import Concentration
from segxl.shipped import read_toml

TEXTES = read_toml("diagnostic.toml")
LIMITES = d.Limites(part_top20=0.8)
CLIENTS = [
    # dossier, honoraires, marge, faux bon client, présent
    ("C1", 500_000.0, 100_000.0, True, True),
    ("C2", 300_000.0, -50_000.0, False, True),
    ("C3", 100_000.0, np.nan, False, True),
    ("C4", 900_000.0, -80_000.0, True, False),
]


def lignes_of(rows: list[tuple[str, float, float, bool, bool]]) -> pd.DataFrame:
    columns = ["dossier", v.HONORAIRES, v.MARGE_EUROS, v.FAUX_BON, c.PRESENT]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({v.MARGE_EUROS: float, v.FAUX_BON: bool, c.PRESENT: bool})


def classe(nom: str, heures: float | None, marge: float | None) -> r.Rendement:
    told = {r.PART_HEURES: Indicateur(valeur=heures), r.PART_MARGE: Indicateur(valeur=marge)}
    return r.Rendement(axe=r.PAR_CLASSE, nom=nom, clients=1, partis=0, chiffres=told)


def risks(
    rows: list[tuple[str, float, float, bool, bool]],
    classes: list[r.Rendement] | None = None,
    limites: d.Limites = LIMITES,
) -> dict[str, str]:
    lignes = lignes_of(rows)
    told = Concentration.of(lignes[v.HONORAIRES].to_numpy(dtype=float))
    return dict(d.find_risks(lignes, told, classes or [], limites))


def test_each_risk_tells_the_figures_of_the_clients_that_are_still_there() -> None:
    told = risks(CLIENTS)

    assert told == {
        "un_client_pese": "C4 fait 50\u00a0% des honoraires, 10\u00a0% au plus voulus",
        "faux_bons": "1 faux bon client : 5\u202f000\u00a0€ d’honoraires, 1\u202f000\u00a0€ de marge (C1)",
        "perte": "1 client à perte : 3\u202f000\u00a0€ d’honoraires, -500\u00a0€ de marge (C2)",
        "marge_inconnue": "marge inconnue pour 1 client sur 3",
    }


def test_many_clients_are_counted_and_the_largest_named() -> None:
    rows = [(f"C{i}", 10_000.0 * i, -100.0, False, True) for i in range(1, 6)]

    assert risks(rows)["perte"].endswith("(C5, C4, C3 et 2 autres)")
    assert risks(rows)["perte"].startswith("5 clients à perte")


def test_a_portfolio_that_hangs_on_few_says_so_by_the_threshold_of_class_a() -> None:
    rows = [("A", 1_000_000.0, 1.0, False, True)]
    rows += [(f"C{i}", 10_000.0, 1.0, False, True) for i in range(9)]

    assert risks(rows)["tete_lourde"] == "20\u00a0% des clients font 92,7\u00a0% des honoraires"
    assert "tete_lourde" not in risks(rows, limites=d.Limites(part_top20=0.95))


def test_a_last_class_that_takes_more_hours_than_it_leaves_margin_is_told() -> None:
    assert risks([], [classe("A", 0.1, 0.9), classe("D", 0.4, 0.05)]) == {
        "heures_sans_marge": "classe D : 40\u00a0% des heures, 5\u00a0% de la marge"
    }
    assert risks([], [classe("D", 0.1, 0.2)]) == risks([], [classe("D", None, 0.2)]) == {}


def test_an_empty_portfolio_risks_nothing() -> None:
    assert risks([]) == {}


def test_a_share_may_be_typed_as_a_percentage(reglages: Reglages) -> None:
    typed = replace(reglages, parametres={d.PART_CLIENT: 15, d.PART_SANS_MARGE: "0,5"})

    assert d.Limites.of(typed, 0.8) == d.Limites(part_client=0.15, part_top20=0.8, inconnus=0.5)


def test_findings_of_one_kind_make_one_line_in_the_order_of_the_texts() -> None:
    alertes = [
        *w.tell_decoupage(("segment_trop_petit", f"« {n} » : 2 clients", "…") for n in "ABCDE"),
        *w.find_without_offre(["Prêt"], []),
    ]  # fmt: skip

    lines = d.diagnose(alertes, [("faux_bons", "1 faux bon client")], TEXTES)

    assert [(x.code, x.constat) for x in lines] == [
        ("faux_bons", "1 faux bon client"),
        ("sans_offre", "« Prêt » sans offre"),
        ("segment_trop_petit", "« A » : 2 clients ; « B » : 2 clients ; « C » : 2 clients et 2 autres"),
    ]  # fmt: skip


@pytest.mark.parametrize("code", TEXTES)
def test_every_risk_has_its_words_and_no_figure_of_its_own(code: str) -> None:
    told = TEXTES[code]

    assert {*told} == {"risque", "consequence", "solution"}
    assert not any(char.isdigit() for text in told.values() for char in text)
