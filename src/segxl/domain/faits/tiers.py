"""Who the counterparties are: one per auxiliary account, and accounts that are nobody's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from segxl.domain.faits.lignes import Lignes, codes_of, number_rows
from segxl.domain.faits.mots import DIVERS, ETRANGERES, FRANCAISES, GENERIQUES, words_of
from segxl.domain.ternary import Codes
from segxl.domain.textes import fold

CLIENTS, FOURNISSEURS = "411", "401"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """One counterparty: the code that the entries know it by, and how its labels spell it."""

    code: str
    libelles: frozenset[str]
    collectif: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LignesTiers:
    """The lines of the year on third-party accounts; ``numeros`` numbers ``codes``."""

    rows: Codes
    numeros: Codes
    codes: tuple[str, ...]
    paires: tuple[Codes, tuple[str, ...]]
    """Number of a counterparty and a label it goes by, each pair once."""


def read_tiers(lignes: Lignes, racine: str) -> LignesTiers:
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
    labels = _labels_of(lines, blank)
    return LignesTiers(
        rows=rows, numeros=numeros, codes=tuple(codes), paires=_pairs_of(numeros, labels)
    )


def _labels_of(lines: pd.DataFrame, blank: np.ndarray) -> tuple[Codes, np.ndarray]:
    """Give a number to the label of each line: the auxiliary's where it has a code, else the account's."""
    auxiliaires, aux_words = codes_of(lines["aux_lib"])
    generaux, words = codes_of(lines["compte_lib"])
    codes = np.where(blank, len(aux_words) + generaux, auxiliaires)
    return codes, np.concatenate([aux_words, words])


def _pairs_of(numeros: Codes, labels: tuple[Codes, np.ndarray]) -> tuple[Codes, tuple[str, ...]]:
    codes, words = labels
    pairs, count = number_rows(numeros, codes)
    firsts = np.zeros(count, dtype=np.int64)
    firsts[pairs] = np.arange(len(pairs))
    return numeros[firsts], tuple(words[codes[firsts]])


def identify(lignes: LignesTiers, racine: str) -> tuple[Tiers, ...]:
    """Return the counterparties, in the order of their numbers; their labels name someone."""
    labels: list[set[str]] = [set() for _ in lignes.codes]
    for numero, label in zip(lignes.paires[0].tolist(), lignes.paires[1], strict=True):
        labels[numero].add(label)
    return tuple(
        Tiers(
            code=code,
            libelles=frozenset(name for name in names if not is_generic(name)),
            collectif=is_collective(code, racine, names),
        )
        for code, names in zip(lignes.codes, labels, strict=True)
    )


def is_collective(code: str, racine: str, libelles: set[str]) -> bool:
    """Tell whether an account gathers many counterparties instead of naming one.

    >>> is_collective("411000000", "411", {"Clients"}), is_collective("CDIV", "411", {"CLIENTS DIVERS"})
    (True, True)
    >>> is_collective("41110", "411", {"CLIENTS AU 31/03"})
    True
    >>> is_collective("411CALPHA", "411", {"Clients"}), is_collective("C01", "411", {"Travaux Divers SARL"})
    (False, False)
    """
    if not code.removeprefix(racine).strip("0"):
        return True
    told = [label for label in libelles if label and is_generic(label)]
    if code.isdecimal():
        return bool(told)
    # Letters in a code may name someone where the label does not.
    return any(not DIVERS.isdisjoint(words_of(fold(label))) for label in told)


def is_generic(libelle: str) -> bool:
    """Tell whether a label is blank or made of words that name no one.

    >>> is_generic("Clients au 31/03"), is_generic("Clients Dupont"), is_generic("")
    (True, False, True)
    """
    return all(word in GENERIQUES or word.isdecimal() for word in words_of(fold(libelle)))


def spelling_of(libelle: str) -> str:
    """Return the form under which two labels name one counterparty.

    >>> spelling_of("Alpha-Distribution, S.A.S.") == spelling_of("ALPHA DISTRIBUTION")
    True
    """
    words = words_of(fold(libelle.replace(".", "")))
    kept = [w for w in words if w not in FRANCAISES and w not in ETRANGERES]
    return " ".join(kept or words)
