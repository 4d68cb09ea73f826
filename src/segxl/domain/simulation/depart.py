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
from segxl.domain.valeur.politique import Politique
from segxl.domain.valeur.releve import classify_abcd

NOM = "Raison sociale"
NOTE, COULEUR, SEGMENT = "Note FE", "Couleur", "Segment"
NOTES = (NOTE, COULEUR, SEGMENT)
_DUST = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Depart:
    """A portfolio, and all that is needed to measure it again once some of it has changed.

    ``mesures`` is what ``domain.valeur.releve.measure_valeur`` takes, in the order of
    ``dossiers``, which are the rows of ``clients`` that have a key.
    """

    dossiers: Sequence[str]
    mesures: pd.DataFrame
    axes: Axes
    politique: Politique
    clients: Tableau
    reglages: Reglages
    reponses: Tableau | None
    au: date

    @cached_property
    def resultats(self) -> Resultats:
        """What the answers of each client give."""
        return rate_dossiers(self.clients, self.reglages, self.reponses, self.au)

    @cached_property
    def notes(self) -> pd.DataFrame:
        """The note, colour and segment of each client."""
        return _notes_of(self.resultats)

    @cached_property
    def classes(self) -> NDArray[np.object_]:
        """The class of each client, from A to D; "" where unknown."""
        return classify_abcd(self.mesures, self.axes, self.politique)

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

    def classify(self, mesures: pd.DataFrame) -> NDArray[np.object_]:
        """Return the classes of changed clients, among the quantiles of the portfolio before."""
        return classify_abcd(mesures, self.axes, self.politique, self.mesures)

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
