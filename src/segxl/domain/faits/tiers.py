"""Who the counterparties are: one per auxiliary account, and accounts that are nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from segxl.domain.faits.lignes import Lignes, Textes, codes_of, number_rows
from segxl.domain.faits.mots import (
    DIVERS,
    ETRANGERES,
    FRANCAISES,
    GENERIQUES,
    fold_all,
    words_of,
)
from segxl.domain.ternary import Codes, Masque

CLIENTS, FOURNISSEURS = "411", "401"


@dataclass(frozen=True, kw_only=True, eq=False)
class Tiers:
    """The counterparties under one root of accounts: ``numeros``, on ``rows``, numbers ``codes``.

    ``paires`` holds each (number, label that the counterparty goes by) once, labels folded;
    ``ecrits`` has the same labels as the file spells them.
    """

    racine: str
    rows: Codes
    numeros: Codes
    codes: tuple[str, ...]
    paires: tuple[Codes, tuple[str, ...]]
    ecrits: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.codes)

    @cached_property
    def collectifs(self) -> Masque:
        """Those that gather many instead of naming one."""
        zeros = [is_zeros(code, self.racine) for code in self.codes]
        # Letters in a code may name someone where the label does not: « 411CALPHA Clients ».
        told = {
            numero
            for numero, label in self._of_labels(generic=True)
            if label and (self.codes[numero].isdecimal() or is_many(label))
        }
        marked = np.array(zeros, dtype=bool)
        marked[[*told]] = True
        return marked

    @cached_property
    def libelles(self) -> tuple[frozenset[str], ...]:
        """The folded labels of each, those that name no one left out."""
        named: list[frozenset[str]] = [frozenset()] * len(self)
        for numero, label in self._of_labels(generic=False):
            named[numero] = named[numero] | {label}
        return tuple(named)

    @cached_property
    def noms(self) -> tuple[str, ...]:
        """The longest label of each as it was read; blank where none names anyone."""
        longest = [""] * len(self)
        for rank in np.flatnonzero(~self._generiques).tolist():
            numero, label = int(self.paires[0][rank]), self.ecrits[rank]
            longest[numero] = min(longest[numero], label, key=lambda text: (-len(text), text))
        return tuple(longest)

    def _of_labels(self, *, generic: bool) -> Iterator[tuple[int, str]]:
        """Yield the pairs whose label names no one, or those whose label does."""
        numeros, libelles = self.paires
        mask = self._generiques if generic else ~self._generiques
        for rank in np.flatnonzero(mask).tolist():
            yield int(numeros[rank]), libelles[rank]

    @cached_property
    def _generiques(self) -> Masque:
        return np.array([is_generic(label) for label in self.paires[1]], dtype=bool)


def read_tiers(lignes: Lignes, racine: str) -> Tiers:
    """Find the counterparty of each line of the year under one root of accounts.

    The auxiliary account says who; where it is blank the general account does: one software keeps
    one general account per client. A label without its code (CompAuxLib alone) names nobody.
    """
    rows = np.flatnonzero(lignes.under(racine))
    lines = lignes.ecritures.take(rows)
    auxiliaires, aux_codes = codes_of(lines["aux"])
    blank = np.asarray(aux_codes == "", dtype=bool)[auxiliaires]
    generaux = lignes.comptes[rows]
    seen, uniques = pd.factorize(np.where(blank, len(aux_codes) + generaux, auxiliaires))
    names = np.concatenate([aux_codes, lignes.noms])[uniques]
    merged, codes = pd.factorize(names)
    numeros = merged[seen].astype(np.int64)
    owners, labels = _pairs_of(numeros, *_labels_of(lines, blank))
    return Tiers(
        racine=racine,
        rows=rows,
        numeros=numeros,
        codes=tuple(codes),
        paires=(owners, tuple(fold_all(labels))),
        ecrits=tuple(labels),
    )


def _labels_of(lines: pd.DataFrame, blank: Masque) -> tuple[Codes, Textes]:
    """Give a number to the label of each line: the auxiliary's where it has a code, else the account's."""
    auxiliaires, aux_words = codes_of(lines["aux_lib"])
    generaux, words = codes_of(lines["compte_lib"])
    codes = np.where(blank, len(aux_words) + generaux, auxiliaires)
    return codes, np.concatenate([aux_words, words])


def _pairs_of(numeros: Codes, codes: Codes, words: Textes) -> tuple[Codes, list[str]]:
    pairs, count = number_rows(numeros, codes)
    firsts = np.zeros(count, dtype=np.int64)
    firsts[pairs] = np.arange(len(pairs))
    return numeros[firsts], words[codes[firsts]].tolist()


def is_zeros(code: str, racine: str) -> bool:
    """Tell whether a code is a root of accounts and zeros.

    >>> is_zeros("411000000", "411"), is_zeros("411", "411"), is_zeros("4110012", "411")
    (True, True, False)
    """
    return not code.removeprefix(racine).strip("0")


def is_generic(libelle: str) -> bool:
    """Tell whether a folded label is blank or made of words that name no one.

    >>> is_generic("clients au 31/03"), is_generic("clients dupont"), is_generic("")
    (True, False, True)
    """
    return all(word in GENERIQUES or word.isdecimal() for word in words_of(libelle))


def is_many(libelle: str) -> bool:
    """Tell whether a generic label says that many hide behind it.

    >>> is_many("clients divers"), is_many("clients")
    (True, False)
    """
    return not DIVERS.isdisjoint(words_of(libelle))


def spelling_of(libelle: str) -> str:
    """Return the form under which two folded labels name one counterparty.

    >>> spelling_of("alpha-distribution, s.a.s.") == spelling_of("alpha distribution")
    True
    """
    words = words_of(libelle)
    kept = [w for w in words if w not in FRANCAISES and w not in ETRANGERES]
    return " ".join(kept or words)
