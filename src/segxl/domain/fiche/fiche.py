"""One client on one day: its note, what the law asks of it, what was said, what to ask next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

import pandas as pd

from segxl.domain.couleurs import HORS_CHAMP
from segxl.domain.explication import strengths_of, weaknesses_of
from segxl.domain.fiche.apport import Apport
from segxl.domain.fiche.chiffres import Exercice
from segxl.domain.fiche.familles import NoteFamille, find_unanswered, rate_familles
from segxl.domain.fiche.suivi import RendezVous, Suivi
from segxl.domain.grille import FE
from segxl.domain.justification import explain_segments
from segxl.domain.loi import Loi
from segxl.domain.notation import Mesure, measure_dossiers
from segxl.domain.obligations import find_obligations
from segxl.domain.presence import tell_depart
from segxl.domain.reglages import Reglages
from segxl.domain.relation.portefeuille import Relation
from segxl.domain.resultats import FIABILITE, Resultats, gain_text
from segxl.domain.tableau import records_of
from segxl.domain.textes import fold
from segxl.domain.urgence import measure_urgence

SHOWN = 3
"""Strengths, and weaknesses, that a card tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiche:
    """Everything a card tells of one client; a number is None where nobody knows it."""

    row: int
    client: Mapping[str, object]
    """The client's row of Clients, by header."""
    note: float | None
    note_min: float | None
    note_max: float | None
    completude: float | None
    fiabilite: float | None
    enjeu: float | None
    couleur: str
    segment: str
    regle: str
    """Why this segment."""
    familles: tuple[NoteFamille, ...]
    """Those of the note FE first."""
    forces: tuple[tuple[str, object], ...]
    """The question, and the answer of the client."""
    faiblesses: tuple[tuple[str, object], ...]
    etape: str
    gain: str
    """What the next step brings, blank where it brings nothing."""
    manques: tuple[str, ...]
    """The questions that nobody has answered yet; none outside the reform, nor of who is gone."""
    obligations: Mapping[str, object]
    """One row of ``obligations.find_obligations``."""
    urgence: Mapping[str, object]
    """One row of ``urgence.measure_urgence``."""
    suivi: Suivi
    rendez_vous: RendezVous | None
    exercice: Exercice | None
    apport: Apport | None = None
    relation: Relation | None = None
    sortie: date | None = None
    """When the client left, where it is gone: nothing is left to do, nor to ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memoire:
    """What the other sheets tell of the clients, by folded number."""

    suivis: Mapping[str, Suivi] = field(default_factory=dict)
    rendez_vous: Mapping[str, RendezVous] = field(default_factory=dict)
    exercices: Mapping[str, Exercice] = field(default_factory=dict)
    apports: Mapping[str, Apport] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    sorties: Mapping[int, date] = field(default_factory=dict)
    """When the clients who are gone left, by Excel row of Clients."""

    def recall(self, row: int, key: str) -> dict[str, Any]:
        """Return what they tell of one client, by attribute of its card."""
        sortie = self.sorties.get(row)
        return {
            "suivi": self.suivis.get(key, Suivi()),
            "sortie": sortie,
            "rendez_vous": None if sortie else self.rendez_vous.get(key),
            "exercice": self.exercices.get(key),
            "apport": self.apports.get(key),
            "relation": self.relations.get(key),
        }


def build_fiches(
    resultats: Resultats, reglages: Reglages, memoire: Memoire, loi: Loi, au: date
) -> Iterator[Fiche]:
    """Yield the card of every dossier of ``resultats``, in the order of the sheet.

    Parameters
    ----------
    resultats : Resultats
        The dossiers asked for, see :func:`keep_rows`.
    reglages : Reglages
        The firm's policy.
    memoire : Memoire
        What the sheets Journal, Plan and Faits tell.
    loi : Loi
        The facts of law.
    au : date
        The day of the cards.
    """
    dossiers, mesure = resultats.dossiers, resultats.mesure
    mesures = _measures_of(resultats, reglages)
    obligations = find_obligations(dossiers, loi, au)
    urgence = measure_urgence(dossiers, obligations, au)
    columns = zip(
        records_of(dossiers),
        records_of(resultats.lignes),
        records_of(resultats.etapes),
        explain_segments(resultats, reglages, [int(row) for row in dossiers.index]),
        zip(*map(rate_familles, mesures), strict=True),
        strengths_of(mesure, SHOWN),
        weaknesses_of(mesure, SHOWN),
        zip(*map(find_unanswered, mesures), strict=True),
        records_of(obligations),
        records_of(urgence),
        strict=True,
    )
    for (row, client), (_, line), (_, step), regle, familles, *points, manques, law, due in columns:
        forces, faiblesses = (tuple((c, client.get(c)) for c in told) for told in points)
        told = memoire.recall(row, fold(client["Dossier"]))
        is_asked = line["Couleur"] != HORS_CHAMP and told["sortie"] is None
        yield Fiche(
            row=row,
            client=client,
            **_result_of(line),
            regle=regle,
            familles=tuple(chain(*familles)),
            forces=forces,
            faiblesses=faiblesses,
            **_step_of(line, step, told["sortie"]),
            manques=tuple(dict.fromkeys(chain(*manques) if is_asked else ())),
            obligations=law[1],
            urgence=due[1],
            **told,
        )


def keep_rows(resultats: Resultats, rows: Sequence[int]) -> Resultats:
    """Return the results of some Excel rows alone, in this order."""
    mesure, kept = resultats.mesure, [*rows]
    return replace(
        resultats,
        dossiers=resultats.dossiers.loc[kept],
        lignes=resultats.lignes.loc[kept],
        etapes=resultats.etapes.loc[kept],
        mesure=replace(
            mesure, niveaux=mesure.niveaux.loc[kept], applicables=mesure.applicables.loc[kept]
        ),
    )


def _measures_of(resultats: Resultats, reglages: Reglages) -> list[Mesure]:
    """Return what each grid reads of the dossiers, that of the note FE first."""
    others = [
        resultats.answers.complete(measure_dossiers(resultats.dossiers, g))
        for g in reglages.grilles
        if g.nom != FE
    ]
    return [resultats.mesure, *others]


def _result_of(line: Mapping[str, object]) -> dict[str, Any]:
    """Return the results that a card shows as they are."""
    return {
        "note": _optional(line["Note FE"]),
        "note_min": _optional(line["Note min"]),
        "note_max": _optional(line["Note max"]),
        "completude": _optional(line["Complétude"]),
        "fiabilite": _optional(line[FIABILITE]),
        "enjeu": _optional(line["Enjeu"]),
        "couleur": str(line["Couleur"]),
        "segment": str(line["Segment"]),
    }


def _step_of(
    line: Mapping[str, object], step: Mapping[str, object], sortie: date | None
) -> dict[str, Any]:
    """Part the next step from what it brings; nobody has one with a client who is gone."""
    if sortie:
        return {"etape": f"Aucune : {tell_depart(sortie)}.", "gain": ""}
    text, gain = str(line["Prochaine étape"]), _optional(step["gain"])
    if gain is None or pd.isna(step["code"]):  # type: ignore[call-overload]
        return {"etape": text, "gain": ""}
    told = gain_text(gain)
    return {"etape": text.removesuffix(f" ({told})."), "gain": told}


def _optional(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]
