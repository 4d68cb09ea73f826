"""What stands between the answers of a survey and the clients, each with its place and its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.enquete import DOUBLON, FICHIER, JOUR, JOURS_ENTRE
from segxl.domain.satisfaction import SCORES
from segxl.domain.textes import fold, join_words
from segxl.sources.comptes_rendus_plateformes import name_of
from segxl.sources.enquete import LIEU, QUI
from segxl.sources.repondants import AMBIGU, ANONYME, CONTREDIT, INCONNU, Repondant

INCONNUS, AMBIGUS, CONTREDITS, ANONYMES, DOUBLONS, TROP_TOT, ILLISIBLES = (
    "Réponses dont le client n’est pas reconnu : elles ne sont pas reprises",
    "Réponses que plusieurs clients ont pu donner : elles comptent pour le portefeuille, et pour aucun d’eux",
    "Réponses qui désignent plusieurs clients à la fois : elles ne sont pas reprises",
    "Réponses anonymes : elles comptent pour le portefeuille seul",
    "Réponses données deux fois : une seule est reprise",
    f"Clients interrogés deux fois en moins de {JOURS_ENTRE} jours : la réponse est gardée, sans compter",
    "Cellules de la feuille Enquête qui ne se lisent pas : elles ne comptent pas",
)
DIFFERENCES, FORMULES, REPONSES = (
    "Réponses de la grille qui diffèrent de Clients : rien n’est changé",
    "Réponses de la grille sur une formule de Clients : elle est gardée",
    "Réponses de la grille qui ne sont pas reprises",
)
"""The kinds of anomalies beside those of the exports."""
KIND_OF = {INCONNU: INCONNUS, AMBIGU: AMBIGUS, CONTREDIT: CONTREDITS, ANONYME: ANONYMES}
_SUGGESTED, _SHOWN, _CLOSE = 3, 5, 0.75
_SOUGHT = 60
"""Unknown names for which close ones are looked up: nobody reads more, and each costs a while."""


def find_strangers(
    clients: pd.DataFrame, lignes: pd.DataFrame, repondants: Mapping[int, Repondant]
) -> Iterator[tuple[str, Anomalie]]:
    """Yield the answers without a client, each with its kind.

    Parameters
    ----------
    clients : DataFrame of object
        Rows of Clients, for the names to suggest.
    lignes : DataFrame of object
        Answers of exports, see ``sources.enquete.Reponses``.
    repondants : mapping
        The client of each answer, or why it has none.
    """
    names = _Names(clients)
    for label, line in zip(lignes.index, lignes.to_dict("records"), strict=True):
        repondant = repondants[int(label)]
        if repondant.row is not None:
            continue
        shown = [name_of(clients, row) for row in islice(repondant.candidats, _SHOWN)]
        more = len(repondant.candidats) - len(shown)
        among = join_words([*shown, *([f"{more} autres"] if more > 0 else [])])
        problem, remedy = {
            INCONNU: ("aucun client ne répond à ce nom", names.suggest(line[QUI])),
            AMBIGU: (
                f"plusieurs clients y répondent : {among}",
                "écrivez le numéro du dossier sur cette ligne de la feuille Enquête",
            ),
            CONTREDIT: (
                f"cette ligne désigne à la fois {among}",
                "corrigez dans l’export ce qui est faux, puis recommencez",
            ),
            ANONYME: (
                "cette réponse ne dit pas de qui elle vient",
                "si vous savez de qui, écrivez le numéro du dossier dans la feuille Enquête",
            ),
        }[repondant.motif]
        yield (
            KIND_OF[repondant.motif],
            Anomalie(
                sheet=line[FICHIER],
                cell=line[LIEU],
                value=line[QUI],
                problem=problem,
                remedy=remedy,
            ),
        )


class _Names:
    """What clients are called, for the answers that nearly bear a name."""

    def __init__(self, clients: pd.DataFrame) -> None:
        named = clients.reindex(columns=["Raison sociale"])["Raison sociale"].dropna()
        self._shown = {fold(name): name_of(clients, int(str(row))) for row, name in named.items()}
        self._known: dict[str, str] = {}

    def suggest(self, who: str) -> str:
        """Return the remedy for an unknown name, with the closest ones where there are any."""
        if who not in self._known and len(self._known) < _SOUGHT:
            self._known[who] = self._look_up(fold(who))
        return self._known.get(who) or "donnez le numéro du dossier dans l’export"

    def _look_up(self, word: str) -> str:
        inside = [n for n in self._shown if n and (n in word or (word and word in n))]
        close = inside or get_close_matches(word, self._shown, n=_SUGGESTED, cutoff=_CLOSE)
        shown = [self._shown[n] for n in close[:_SUGGESTED]]
        return f"est-ce {' ou '.join(shown)} ? Donnez son numéro dans l’export" if shown else ""


def find_repeats(told: pd.DataFrame, paired: pd.DataFrame) -> Iterator[Anomalie]:
    """Yield the answers that another row of the exports gives already."""
    lines = _lines_of(told)
    for label, avec in paired["avec"][paired["sort"] == DOUBLON].items():
        line, first = lines[label], lines[avec]
        same_file = line[FICHIER] == first[FICHIER]
        where = first[LIEU] if same_file else f"{first[FICHIER]}!{first[LIEU]}"
        yield Anomalie(
            sheet=line[FICHIER],
            cell=line[LIEU],
            value=_said(line),
            problem=f"même client, même jour, mêmes notes que {where}",
            remedy="retirez-la de l’export, ou laissez-la : elle ne compte qu’une fois",
        )


def find_soon(told: pd.DataFrame, early: pd.Series) -> Iterator[Anomalie]:
    """Yield the new answers of clients that had answered less than sixty days before."""
    lines = _lines_of(told)
    for label, last in early.dropna().items():
        line = lines[label]
        days = (line[JOUR] - last).days
        when = f"le {last:%d/%m/%Y}, {days} jour{'s' if days > 1 else ''} avant"
        yield Anomalie(
            sheet=line[FICHIER],
            cell=line[LIEU],
            value=_said(line),
            problem=f"ce client avait déjà répondu {when if days else 'le même jour'}",
            remedy=f"laissez {JOURS_ENTRE} jours entre deux enquêtes à un même client",
        )


def _lines_of(told: pd.DataFrame) -> dict[object, dict[str, Any]]:
    records = told.to_dict("records")
    return {
        label: {str(h): v for h, v in line.items()}
        for label, line in zip(told.index, records, strict=True)
    }


def _said(line: Mapping[str, object]) -> str:
    """Return the scores of an answer; its comment is nobody else's to read."""
    told = [f"{score} {line[score]}" for score in SCORES if line[score] is not None]
    return ", ".join([str(line["Dossier"]), *told])
