"""From the rows of Clients to every result column, in one pass without any I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.couleurs import HORS_CHAMP, assign_couleurs
from segxl.domain.dossiers import parse_dossiers
from segxl.domain.explication import next_steps_of, strengths_of, weaknesses_of
from segxl.domain.grille import ENJEU, FE
from segxl.domain.normalisation import find_coming
from segxl.domain.notation import Mesure, measure_dossiers, score_dossiers
from segxl.domain.provenance.answers import Answers
from segxl.domain.reglages import Reglages
from segxl.domain.segmentation import assign_segments, impose_segments
from segxl.domain.tableau import Tableau

SHOWN_POINTS = 3
NOTHING_LEFT = "Tout est en place : vérifier une fois par an."
FIRST_QUESTIONS = "Poser les premières questions au client."
FIABILITE = "Fiabilité"
OUT_OF_SCOPE = "Hors champ : rien à préparer."


@dataclass(frozen=True, slots=True, kw_only=True)
class Resultats:
    """What segxl found for the dossiers that have a key.

    ``lignes`` has one row per dossier, indexed by Excel row, one column per result header;
    ``dossiers`` holds the answers behind it and ``etapes`` the code and gain of the next step,
    same index; ``answers`` tells where they come from.
    """

    dossiers: pd.DataFrame
    mesure: Mesure
    lignes: pd.DataFrame
    etapes: pd.DataFrame
    answers: Answers
    anomalies: tuple[Anomalie, ...]

    @property
    def in_scope(self) -> pd.Series:
        """Which dossiers count in the averages: those the reform concerns."""
        return self.lignes["Couleur"] != HORS_CHAMP

    def without(self, rows: pd.Index) -> Resultats:
        """Return the same without the dossiers of some Excel rows; what was found of the others stays."""
        kept = ~self.lignes.index.isin(rows)
        niveaux, applicables = self.mesure.niveaux, self.mesure.applicables
        return replace(
            self,
            dossiers=self.dossiers[kept],
            lignes=self.lignes[kept],
            etapes=self.etapes[kept],
            mesure=replace(self.mesure, niveaux=niveaux[kept], applicables=applicables[kept]),
        )

    def mesure_of(self, row: int) -> Mesure:
        """Return the measure of one dossier alone."""
        niveaux, applicables = self.mesure.niveaux, self.mesure.applicables
        return replace(self.mesure, niveaux=niveaux.loc[[row]], applicables=applicables.loc[[row]])


def rate_dossiers(
    clients: Tableau,
    reglages: Reglages,
    reponses: Tableau | None = None,
    au: date = date.min,
) -> Resultats:
    """Score, colour and segment every dossier that has a key.

    Parameters
    ----------
    clients : Tableau
        The table Clients, with every header the policy names.
    reglages : Reglages
        The firm's policy.
    reponses : Tableau, optional
        The answers on record: they fill what is blank, and tell how far a note can be trusted.
    au : date, optional
        The day on which answers are too old or not; none is where no day is given.

    Returns
    -------
    Resultats
        Note FE, Note min and Note max out of 20, NaN without an answer; Complétude and Fiabilité
        from 0 to 1.
    """
    typed, anomalies = parse_dossiers(clients, reglages)
    answers = Answers.of(reponses, typed, reglages, au)
    dossiers = answers.fill(typed)
    measured = {g.nom: measure_dossiers(dossiers, g) for g in reglages.grilles}
    mesures = {nom: answers.complete(mesure) for nom, mesure in measured.items()}
    mesure = mesures[FE]
    lignes = segment_dossiers(dossiers, mesures, reglages)
    lignes[FIABILITE] = answers.rate(measured[FE], mesure, reglages)
    etapes = next_steps_of(mesure).where(lignes["Couleur"] != HORS_CHAMP)
    lignes["Prochaine étape"] = _next_step_texts(etapes, lignes, reglages)
    count = int(reglages.parametre("Nombre de points forts", SHOWN_POINTS))
    lignes["Points forts"] = strengths_of(mesure, count).map(" · ".join)
    count = int(reglages.parametre("Nombre de points faibles", SHOWN_POINTS))
    lignes["Points faibles"] = weaknesses_of(mesure, count).map(" · ".join)
    return Resultats(
        dossiers=dossiers,
        mesure=mesure,
        lignes=lignes,
        etapes=etapes,
        answers=answers,
        anomalies=(
            *anomalies,
            *find_coming(clients, typed, au),
            *answers.find_anomalies(clients, typed, reglages),
        ),
    )


def segment_dossiers(
    dossiers: pd.DataFrame, mesures: Mapping[str, Mesure], reglages: Reglages
) -> pd.DataFrame:
    """Score, colour and segment dossiers that were read.

    Parameters
    ----------
    dossiers : DataFrame, shape (n, m)
        In the form the scorers read.
    mesures : mapping of str to Mesure
        What each grid reads of them.
    reglages : Reglages
        The firm's policy.

    Returns
    -------
    DataFrame, shape (n, ≥ 7)
        Same index; every result that a rule may read, and the segment.
    """
    notes = {
        g.note_header: score_dossiers(mesures[g.nom])["note"]
        for g in reglages.grilles
        if g.nom != FE
    }
    scores = score_dossiers(mesures[FE]).rename(
        columns={
            "note": "Note FE",
            "completude": "Complétude",
            "note_min": "Note min",
            "note_max": "Note max",
        }
    )
    lignes = scores.assign(**{ENJEU: float("nan")} | notes)
    lignes["Couleur"] = assign_couleurs(
        lignes["Note FE"], dossiers["Assujetti TVA"] == "Non", reglages.couleurs
    )
    lignes["Segment"] = _segments_of(dossiers, lignes, reglages)
    return lignes


def _segments_of(dossiers: pd.DataFrame, lignes: pd.DataFrame, reglages: Reglages) -> pd.Series:
    """Name each segment: by rule, unless the hand imposed one and said why."""
    seen = dossiers.drop(columns=dossiers.columns.intersection(lignes.columns)).join(lignes)
    by_rule = assign_segments(seen, reglages.regles)
    imposes = dossiers["Segment imposé"].where(dossiers["Motif"].notna(), None)
    return impose_segments(by_rule, imposes, reglages.regles)


def _next_step_texts(etapes: pd.DataFrame, lignes: pd.DataFrame, reglages: Reglages) -> pd.Series:
    """Write the next step of each dossier: what to do and what it brings."""
    conseils = {
        c.code: c.conseil.rstrip(".") or f"Progresser sur « {c.libelle} »"
        for c in reglages.fe.criteres
    }
    gains = etapes["gain"].map(gain_text, na_action="ignore")
    texts = etapes["code"].map(conseils) + " (" + gains + ")."
    steps = texts.where(etapes["code"].notna(), NOTHING_LEFT)
    asked = steps.where(lignes["Note FE"].notna(), FIRST_QUESTIONS)
    return asked.where(lignes["Couleur"] != HORS_CHAMP, OUT_OF_SCOPE)


def gain_text(gain: float) -> str:
    """Write a gain as a reader says it.

    >>> gain_text(0.5), gain_text(2.0)
    ('+0,5 point', '+2,0 points')
    """
    plural = 2
    return f"+{gain:.1f} point".replace(".", ",") + ("s" if gain >= plural else "")
