"""The exports of one run together: who answered each row, what is to put on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.ecoute.importance import IMPORTANT
from segxl.domain.enquete import DOSSIER, FICHIER, JOUR, SANS_DATE
from segxl.domain.identifiants import key_of
from segxl.domain.provenance.origines import AUTEUR, DECLARE, NATURE, ORIGINE, QUESTION, REPONSE
from segxl.domain.reponses_sans_dossier import name_unnamed, recognise_named
from segxl.domain.satisfaction import SCORES
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.sources.constats_enquete import find_strangers
from segxl.sources.enquete import LIEU, NOTEE, QUI, Reponses
from segxl.sources.mots_enquete import COMMENTAIRE
from segxl.sources.repondants import AMBIGU, ANONYME, Repondant, annuaire_of, find_repondants
from segxl.sources.reponses_grille import Propositions

AUTHOR = "Client"
UNNAMED = frozenset({AMBIGU, ANONYME})
"""Why an answer that counts for the portfolio is nobody's."""
TOLD = (DOSSIER, JOUR, *SCORES, IMPORTANT, COMMENTAIRE, FICHIER, LIEU, SANS_DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """The exports of one run, and the client of each of their rows.

    ``told`` holds the answers to put on record, of all the exports, each with its « Dossier ».
    """

    clients: Tableau
    reponses: tuple[Reponses, ...]
    repondants: tuple[dict[int, Repondant], ...]
    told: pd.DataFrame

    @classmethod
    def of(cls, clients: Tableau, known: pd.DataFrame, reponses: Sequence[Reponses]) -> Lot:
        """Find the clients of some exports; ``known`` are the answers on record."""
        annuaire = annuaire_of(clients.lignes)
        found = tuple(find_repondants(annuaire, r.lignes) for r in reponses)
        numbers = {row: key_of(d) for row, d in clients.lignes[DOSSIER].items() if d is not None}
        lots = [pd.DataFrame(columns=[*TOLD], dtype=object)]
        candidats: list[frozenset[str] | None] = []
        for one, theirs in zip(reponses, found, strict=True):
            counted = [row for row, r in theirs.items() if r.row is not None or r.motif in UNNAMED]
            mine = one.lignes[one.lignes[NOTEE] & one.lignes.index.isin(counted)]
            lots.append(mine.assign(**{DOSSIER: _dossiers_of(mine, theirs, numbers)})[[*TOLD]])
            answered = (theirs[int(row)] for row in mine.index)
            candidats += [None if r.row is not None else frozenset(fold(numbers[c]) for c in r.candidats) for r in answered]  # fmt: skip
        told = pd.concat(lots, ignore_index=True).astype(object)
        told = told.where(told.notna(), None)
        unnamed = {
            label: c for label, c in zip(told.index, candidats, strict=True) if c is not None
        }
        return cls(
            clients=clients,
            reponses=tuple(reponses),
            repondants=found,
            told=told.assign(**{DOSSIER: recognise_named(known, told, unnamed)}),
        )

    def rows(self, number: int) -> dict[int, int]:
        """Return the row of Clients of each row of one export whose client is known."""
        found = self.repondants[number].items()
        return {row: r.row for row, r in found if r.row is not None}

    def find_anomalies(self) -> list[tuple[str, list[Anomalie]]]:
        """Return what needs a hand in the exports themselves, by kind."""
        kinds: dict[str, list[Anomalie]] = {}
        for one, theirs in zip(self.reponses, self.repondants, strict=True):
            strangers = find_strangers(self.clients.lignes, one.parlantes, theirs)
            for kind, anomalie in strangers:
                kinds.setdefault(kind, []).append(anomalie)
            for kind, anomalies in one.anomalies.items():
                kinds.setdefault(kind, []).extend(anomalies)
        return [*kinds.items()]

    def declare(self, propositions: Sequence[Propositions]) -> Iterator[dict[str, object]]:
        """Yield what clients answer to the grid as answers on record; one proposition a questionnaire."""
        exports = [r.export.name for r in self.reponses if r.titres.criteres]
        for name, found in zip(exports, propositions, strict=True):
            for told in found.declarees:
                yield {
                    DOSSIER: told.dossier,
                    QUESTION: told.critere,
                    REPONSE: told.reponse,
                    NATURE: DECLARE,
                    JOUR: told.jour,
                    AUTEUR: AUTHOR,
                    ORIGINE: name,
                }


def _dossiers_of(
    lignes: pd.DataFrame, theirs: Mapping[int, Repondant], numbers: Mapping[Any, str]
) -> pd.Series:
    """Return the dossier of each answer, a name of its own where its client is not known."""
    rows = [theirs[int(row)].row for row in lignes.index]
    unnamed = lignes[pd.Series([row is None for row in rows], lignes.index, dtype=bool)]
    names = name_unnamed(unnamed, [str(who or "") for who in unnamed[QUI]])
    known = {row: numbers[n] for row, n in zip(lignes.index, rows, strict=True) if n is not None}
    return pd.Series({**known, **names.to_dict()}, lignes.index, dtype=object)
