"""The portfolio before anything changes: what it is worth, its classes, its notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segxl.domain.explication import next_echelon
from segxl.domain.grille import Critere
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats, rate_dossiers
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.domain.valeur.axes import Axes
from segxl.domain.valeur.concentration import classes_abc
from segxl.domain.valeur.politique import Politique
from segxl.domain.valeur.rangs import break_ties
from segxl.domain.valeur.releve import classify_abcd
from segxl.domain.valeur.rfm import F, M, R, score_rfm
from segxl.domain.valeur.ventilation import HONORAIRES

NOM = "Raison sociale"
NOTE, COULEUR, SEGMENT = "Note FE", "Couleur", "Segment"
NOTES = (NOTE, COULEUR, SEGMENT)
CLASSE, ABC, RFM = "classe", "abc", "rfm"
"""What three methods say of a client: A to D, A to C, and three scores in words; "" where unknown."""
POINTS = "points"
"""The sum of the three scores, 0 where one is unknown."""
METHODES = (CLASSE, ABC, RFM)
_DUST = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Depart:
    """A portfolio, and all that is needed to measure it again once some of it has changed.

    ``mesures`` is what ``domain.valeur.releve.measure_valeur`` takes, in the order of
    ``dossiers``, which are the rows of ``clients`` that have a key. ``presents`` tells who is a
    client on that day: the others keep their place among those that classes are drawn from, as on
    the sheet Valeur, and no scenario counts them.
    """

    dossiers: Sequence[str]
    mesures: pd.DataFrame
    axes: Axes
    politique: Politique
    clients: Tableau
    reglages: Reglages
    reponses: Tableau | None
    au: date
    presents: NDArray[np.bool_]

    @cached_property
    def resultats(self) -> Resultats:
        """What the answers of each client give."""
        return rate_dossiers(self.clients, self.reglages, self.reponses, self.au)

    @cached_property
    def notes(self) -> pd.DataFrame:
        """The note, colour and segment of each client."""
        return _notes_of(self.resultats)

    @cached_property
    def methodes(self) -> pd.DataFrame:
        """What the three methods say of each client, see :meth:`classify`."""
        return self.classify(self.mesures, np.zeros(len(self.mesures), dtype=bool))

    @cached_property
    def classes(self) -> NDArray[np.object_]:
        """The class of each client, from A to D; "" where unknown."""
        found: NDArray[np.object_] = self.methodes[CLASSE].to_numpy(dtype=object)
        return found

    @cached_property
    def reperes(self) -> Sequence[NDArray[np.object_]]:
        """What a line chooses clients by, folded: keys, classes and segments."""
        words = (self.dossiers, self.classes, self.notes[SEGMENT])
        return [np.array([fold(word) for word in told], dtype=object) for told in words]

    @cached_property
    def noms(self) -> Sequence[str]:
        """The name of each client; "" where blank."""
        lignes = self.resultats.dossiers
        told = lignes[NOM] if NOM in lignes else [None] * len(lignes)
        return ["" if pd.isna(name) else str(name) for name in told]

    def classify(self, mesures: pd.DataFrame, leaves: NDArray[np.bool_]) -> pd.DataFrame:
        """Return what three methods say of changed clients.

        Parameters
        ----------
        mesures : DataFrame, shape (n, ≥ 6)
            The portfolio after.
        leaves : array of bool, shape (n,)
            Who is no longer in it.

        Returns
        -------
        DataFrame, shape (n, 4)
            The classes A to D and the scores are drawn from the quantiles of the portfolio before,
            so that a departure moves nobody else. A class of ABC is a share of what is left to
            share: it is drawn again from those who stay.
        """
        fees = mesures[HONORAIRES].to_numpy(dtype=np.float64)
        shared = np.where(leaves, np.nan, fees)
        p = self.politique
        scores = score_rfm(mesures, p.bornes, self.mesures)
        known = (scores > 0).all(axis="columns")
        words = [f"R{r} F{f} M{m}" for r, f, m in scores[[R, F, M]].to_numpy().tolist()]
        return pd.DataFrame(
            {
                CLASSE: classify_abcd(mesures, self.axes, p, self.mesures),
                ABC: classes_abc(shared, break_ties(shared, self.dossiers), p.part_a, p.part_b),
                RFM: pd.Series(words, dtype=object).where(known, ""),
                POINTS: scores.sum(axis="columns").where(known, 0),
            }
        )

    def raise_levels(
        self, moves: Mapping[str, NDArray[np.bool_]]
    ) -> tuple[pd.DataFrame, dict[str, NDArray[np.bool_]]]:
        """Rate the clients again once some answers are one level higher.

        Parameters
        ----------
        moves : mapping
            Libellé of a critère → whose answer rises.

        Returns
        -------
        DataFrame, shape (n, 3)
            Note, colour and segment.
        dict
            Libellé → whose answer did rise: not who has given none, is at the top, or is
            outside the reform.
        """
        lignes = self.clients.lignes.copy()
        rose: dict[str, NDArray[np.bool_]] = {}
        concerned = self.resultats.in_scope.to_numpy(dtype=bool)
        for critere in self.reglages.fe.criteres:
            if critere.libelle not in moves:
                continue
            niveaux = self.resultats.mesure.niveaux[critere.code].to_numpy(dtype=np.float64)
            above = next_echelon(niveaux, critere)
            rose[critere.libelle] = moves[critere.libelle] & ~np.isnan(above) & concerned
            rows = self.resultats.lignes.index[rose[critere.libelle]]
            answers = dict(
                zip(rows, _answers_at(above[rose[critere.libelle]], critere), strict=True)
            )
            typed = lignes[critere.libelle]
            lignes[critere.libelle] = [answers.get(row, told) for row, told in typed.items()]
        clients = replace(self.clients, lignes=lignes)
        after = rate_dossiers(clients, self.reglages, self.reponses, self.au)
        return _notes_of(after), rose


def _notes_of(resultats: Resultats) -> pd.DataFrame:
    return resultats.lignes[[*NOTES]].reset_index(drop=True)


def _answers_at(niveaux: NDArray[np.float64], critere: Critere) -> list[object]:
    """Return the first answer of each level: a word, or the number where it starts."""
    words: list[object] = [n.reponse or n.seuil for n in critere.niveaux]
    shares = np.array([n.points / critere.points_max for n in critere.niveaux])
    places = np.argmax(np.abs(shares - niveaux[:, None]) < _DUST, axis=1)
    return [words[place] for place in places]
