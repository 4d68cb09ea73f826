"""Two fields crossed: one row a word of the first, one column a word of the second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segxl.domain.analyse.champs import ILLISIBLE, NON_RENSEIGNE, Champ
from segxl.domain.analyse.tranches import Nombres
from segxl.domain.textes import fold

CLIENTS, HONORAIRES, MARGE, NOTE = MESURES = ("Clients", "Honoraires", "Marge", "Note moyenne")
"""What a cell tells: how many clients, the euros that they bring, or the mean of their notes."""
MOST_ROWS, MOST_COLUMNS = 30, 12
AUTRES = "Autres"
EN_LIGNE, EN_COLONNE, MESURE = TYPED = ("En ligne", "En colonne", "Mesure")
"""What people type: two fields, and what to tell of the clients where they meet."""
GROUPE, TOTAL, PART = FIXED = ("Groupe", "Total", "Part du total")
SPARE = tuple(f"Colonne {n}" for n in range(1, MOST_COLUMNS + 3))
"""As many columns as a crossing may have: with « Autres », what is unreadable and what is missing."""
_LAST = (ILLISIBLE, NON_RENSEIGNE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Croisee:
    """The table: ``valeurs`` by row and column, NaN where nobody has a figure, then its totals.

    The shares are those of the whole, NaN where the whole is not above zero and for a mean.
    ``groupes`` counts the words told together as « Autres », of the rows then of the columns.
    """

    ligne: str
    colonne: str
    mesure: str
    lignes: tuple[str, ...]
    colonnes: tuple[str, ...]
    valeurs: Nombres
    total_lignes: Nombres
    total_colonnes: Nombres
    total: float
    groupes: tuple[int, int]

    @property
    def parts_lignes(self) -> Nombres:
        """The share of each row."""
        return self._shares(self.total_lignes)

    @property
    def parts_colonnes(self) -> Nombres:
        """The share of each column."""
        return self._shares(self.total_colonnes)

    def _shares(self, totals: Nombres) -> Nombres:
        if self.mesure == NOTE or not self.total > 0:
            return np.full(len(totals), np.nan)
        return totals / self.total


def find_mesure(nom: str) -> str | None:
    """Return the measure that somebody means; None where there is none.

    >>> find_mesure("honoraire"), find_mesure("NOTE"), find_mesure(""), find_mesure("heures")
    ('Honoraires', 'Note moyenne', 'Clients', None)
    """
    word = fold(nom)
    return next((m for m in MESURES if not word or fold(m).startswith(word)), None)


def cross_champs(
    ligne: Champ, colonne: Champ, mesure: str = CLIENTS, figures: Sequence[float] = ()
) -> Croisee:
    """Cross two fields of the same clients.

    Parameters
    ----------
    ligne, colonne : Champ
        A word for each client; the first goes down the rows.
    mesure : str
        One of ``MESURES``.
    figures : sequence of float
        That of each client, NaN where unknown; of no use when clients are counted.

    Notes
    -----
    Words without an order of their own go from the most frequent. Past thirty rows or twelve
    columns, the least frequent are told together.
    """
    rows, row_of, more_rows = _ranked(ligne, MOST_ROWS)
    columns, column_of, more_columns = _ranked(colonne, MOST_COLUMNS)
    known = np.ones(len(ligne.mots)) if mesure == CLIENTS else np.asarray(figures, dtype=np.float64)
    sums, counts = (np.zeros((len(rows), len(columns))) for _ in range(2))
    told = ~np.isnan(known)
    np.add.at(sums, (row_of[told], column_of[told]), known[told])
    np.add.at(counts, (row_of[told], column_of[told]), 1)
    return Croisee(
        ligne=ligne.nom,
        colonne=colonne.nom,
        mesure=mesure,
        lignes=rows,
        colonnes=columns,
        valeurs=_measured(sums, counts, mesure),
        total_lignes=_measured(sums.sum(axis=1), counts.sum(axis=1), mesure),
        total_colonnes=_measured(sums.sum(axis=0), counts.sum(axis=0), mesure),
        total=float(_measured(sums.sum(), counts.sum(), mesure)),
        groupes=(more_rows, more_columns),
    )


def _measured(sums: Nombres | float, counts: Nombres | float, mesure: str) -> Nombres:
    """Return sums or means, NaN where no client has a figure; a count is then 0."""
    sums, counts = np.asarray(sums), np.asarray(counts)
    if mesure == CLIENTS:
        return sums
    divisor = np.where(counts > 0, counts if mesure == NOTE else 1.0, np.nan)
    return np.asarray(sums / divisor)


def _ranked(champ: Champ, most: int) -> tuple[tuple[str, ...], NDArray[np.int64], int]:
    """Return the words to tell, the place of that of each client, and how many are « Autres »."""
    counts = Counter(champ.mots)
    frequent = sorted(counts, key=lambda word: (word in _LAST, -counts[word], fold(word), word))
    grouped = frequent[most - 1 :] if len(frequent) > most else []
    grouped = [word for word in grouped if word not in _LAST]
    places = {word: place for place, word in enumerate(champ.ordre)}
    kept = [word for word in frequent if word not in grouped]
    told = sorted(kept, key=lambda w: (w in _LAST, places.get(w, len(places)), kept.index(w)))
    others = next(name for name in _names(AUTRES) if name not in told)
    first_last = next((i for i, word in enumerate(told) if word in _LAST), len(told))
    words = (*told[:first_last], *([others] if grouped else []), *told[first_last:])
    place_of = {word: words.index(others if word in grouped else word) for word in counts}
    return words, np.array([place_of[w] for w in champ.mots], dtype=np.int64), len(grouped)


def _names(word: str) -> list[str]:
    """Return the word, then one that no field has by chance."""
    return [word, f"{word} (regroupés)"]
