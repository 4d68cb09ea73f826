"""The client map: one Word report of two pages a company, its two charts drawn by Word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from segxl.domain.cartographie.carte import Carte, Niveau
from segxl.domain.cartographie.groupes import (
    teintes_of,
)
from segxl.lettres import cartographie_conseils as conseils
from segxl.lettres import cartographie_mots as mots
from segxl.lettres.cartographie_tables import (
    MOST_YEARS,
    rows_of,
    series_of,
    short,
    slices_of,
    tiles_of,
    year_of,
)
from segxl.lettres.champs import Champs
from segxl.lettres.dossier import text_of
from segxl.lettres.francais import typographie
from segxl.lettres.graphiques import columns_xml, ring_xml
from segxl.lettres.scelle import ModeleScelle

MODELE = "templates/cartographie/cartographie.docx"
RING, COLUMNS = "word/charts/chart1.xml", "word/charts/chart2.xml"
MOST_LIMITS = 4
"""Reserves that fit on the page."""
NIVEAUX = {
    Niveau.ROUGE: "F8D3D0", Niveau.ORANGE: "FCE5C8", Niveau.VERT: "D6EDDD", Niveau.INCONNU: "E5E9EF",
}  # fmt: skip


class ModeleCartographie(ModeleScelle):
    """The shipped model, compiled once for all the reports of a run."""

    __slots__ = ()

    @classmethod
    def read(cls, modele: str = MODELE) -> Self:
        """Read and compile the shipped model."""
        return super().read(modele)

    @property
    def sealed(self) -> frozenset[str]:
        """The parts that change from one client to the next, which the seal covers."""
        return frozenset({*self.templates, RING, COLUMNS})

    def report(self, champs: Champs, carte: Carte) -> bytes:
        """Return one report; equal maps give equal bytes."""
        return self.render(context_of(champs, carte), charts_of(carte))


def context_of(champs: Champs, carte: Carte) -> dict[str, Any]:
    """Return everything that one report prints; no customer is ever named."""
    last = carte.dernier
    limits = [*mots.limits(carte)]
    told = [*limits[:MOST_LIMITS]]
    if len(limits) > MOST_LIMITS:
        told.append("D’autres réserves figurent dans les faits relevés par le cabinet.")
    return champs.as_context() | {
        "exercice": last.nom,
        "periode": mots.periode(carte.exercices[0].annee.debut, last.annee.fin),
        "essentiel": _typeset(mots.lead(carte)),
        "tuiles": [(typographie(value), label) for value, label in tiles_of(carte)],
        "groupes": [*rows_of(last)],
        "avant": carte.precedent.nom if carte.precedent and last.is_compare else "",
        "graphiques": bool(slices_of(last)),
        "annees": [year_of(e) for e in carte.exercices[-MOST_YEARS:]],
        "questions": [_typeset(pair) for pair in mots.questions(carte)],
        "points": [
            (titre, typographie(told), niveau.value, NIVEAUX[niveau])
            for titre, told, niveau in conseils.points(carte)
        ],
        "plan": [_typeset(line) for line in conseils.plan(carte)],
        "limites": _typeset(told),
        "insee": typographie(mots.INSEE),
    }


def charts_of(carte: Carte) -> dict[str, str]:
    """Return the two chart parts; empty charts where nothing can be shared."""
    last = carte.dernier
    slices = slices_of(last)
    teintes = teintes_of(g for g, _ in slices)
    words = [f"{short(g)} : {mots.pourcent(part, 1)}" for g, part in slices]
    ring = ring_xml([typographie(w) for w in words], [*teintes.values()], [p / 1000 for _, p in slices])  # fmt: skip
    names, series = series_of(carte)
    return {RING: ring, COLUMNS: columns_xml([short(n) for n in names], series)}


def _typeset(texts: Iterable[str]) -> list[str]:
    return [typographie(text_of(text)) for text in texts]
