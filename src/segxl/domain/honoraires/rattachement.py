"""Which dossier a customer account of the firm is: only when nothing it tells says otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from segxl.domain.dossiers import CLE
from segxl.domain.faits.tiers import spelling_of
from segxl.domain.faits.ventes import Compte
from segxl.domain.identifiants import SIREN_LENGTH, is_siren, key_of, siren_of
from segxl.domain.saisie import is_error
from segxl.domain.textes import fold

RAISON, SIREN, AUXILIAIRE = "Raison sociale", "SIREN", "Compte auxiliaire"
"""« Compte auxiliaire » is a column that a firm may add to Clients, to say itself who is who."""
ABSENT, AMBIGU, CONTREDIT, COLLECTIF = "absent", "ambigu", "contredit", "collectif"
"""Why an account has no dossier."""
_NUMBERS = re.compile(r"(?<!\d)\d{3}[ .\u00a0\u202f]?\d{3}[ .\u00a0\u202f]?\d{3}(?:[ .\u00a0\u202f]?\d{5})?(?!\d)")  # fmt: skip
_SEPARATORS = re.compile(r"[;,\n]")
_NOISE = re.compile(r"\b(siren|siret|rcs)\b", re.IGNORECASE)
_ROOT = "411"
_CLOSE, _TELLING = 0.7, 4
"""How near two names are, and how many letters of one say something."""

Rows = frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rattachement:
    """The dossier of an account, as Clients spells it; else why there is none, and who it could be."""

    dossier: str = ""
    motif: str = ""
    candidats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Repertoire:
    """The clients by what the firm's accounts may call them, each index folded text → rows."""

    dossiers: Mapping[int, str]
    comptes: Mapping[str, Rows]
    """What the firm says itself, in « Compte auxiliaire »."""
    codes: Mapping[str, Rows]
    sirens: Mapping[str, Rows]
    noms: Mapping[str, Rows]
    raisons: Mapping[str, str]
    """Raison sociale by the form two spellings share."""

    def find(self, tiers: Compte) -> Rattachement:
        """Return the dossier of one account: by its code, else its SIREN, else its exact name.

        Each says one client or nothing; two that disagree leave the account to a person, whose
        word, in « Compte auxiliaire », settles it.
        """
        said = frozenset(self.comptes.get(fold(tiers.code), ()))
        found = [said] if said else [*filter(None, map(frozenset, self._clues(tiers)))]
        if not found:
            return Rattachement(motif=COLLECTIF if tiers.collectif else ABSENT)
        common = frozenset.intersection(*found)
        if len(common) == 1:
            return Rattachement(dossier=self.dossiers[next(iter(common))])
        rows = sorted(common or frozenset().union(*found))
        named = tuple(self.dossiers[row] for row in rows)
        return Rattachement(motif=AMBIGU if common else CONTREDIT, candidats=named)

    def _clues(self, tiers: Compte) -> Iterator[Iterable[int]]:
        yield (row for code in _codes_of(tiers.code) for row in self.codes.get(code, ()))
        if tiers.collectif:
            return
        numbers = _sirens_in((tiers.code, *tiers.libelles))
        yield (row for number in numbers for row in self.sirens.get(number, ()))
        yield (row for nom in tiers.libelles for row in self.noms.get(fold(nom), ()))

    def closest(self, tiers: Compte) -> str:
        """Return the raison sociale nearest to the labels of an account, nothing where none is near."""
        for nom in sorted(tiers.libelles):
            told = spelling_of(fold(_NOISE.sub(" ", _NUMBERS.sub(" ", nom))))
            parts = [known for known in self.raisons if _is_part(told, known)]
            near = parts or get_close_matches(told, self.raisons, n=1, cutoff=_CLOSE)
            if near:
                return self.raisons[near[0]]
        return ""


def repertoire_of(clients: pd.DataFrame) -> Repertoire:
    """Index the clients that have a number.

    Parameters
    ----------
    clients : DataFrame of object
        ``Dossier`` and, where there are, ``Raison sociale``, ``SIREN`` and ``Compte auxiliaire``.

    Examples
    --------
    >>> repertoire = repertoire_of(pd.DataFrame({"Dossier": ["D1"], "Raison sociale": ["Lumo"]}))
    >>> repertoire.find(Compte(code="CLUMO", libelles=frozenset({"LUMO"}), collectif=False)).dossier
    'D1'
    """
    dossiers = {row: key_of(v) for row, v in _cells(clients, CLE)}
    comptes: defaultdict[str, set[int]] = defaultdict(set)
    codes: defaultdict[str, set[int]] = defaultdict(set)
    sirens: defaultdict[str, set[int]] = defaultdict(set)
    noms: defaultdict[str, set[int]] = defaultdict(set)
    raisons: dict[str, str] = {}
    for row, key in dossiers.items():
        codes[fold(key)].add(row)
    for row, typed in _cells(clients, AUXILIAIRE):
        for code in filter(str.strip, _SEPARATORS.split(key_of(typed))):
            comptes[fold(code)].add(row)
    for row, typed in _cells(clients, SIREN):
        if is_siren(typed):
            sirens[siren_of(typed)].add(row)
    for row, typed in _cells(clients, RAISON):
        noms[fold(typed)].add(row)
        raisons.setdefault(spelling_of(fold(typed)), str(typed))
    return Repertoire(
        dossiers=dossiers,
        comptes=_frozen(comptes, dossiers),
        codes=_frozen(codes, dossiers),
        sirens=_frozen(sirens, dossiers),
        noms=_frozen(noms, dossiers),
        raisons=raisons,
    )


def _cells(clients: pd.DataFrame, header: str) -> Iterator[tuple[int, object]]:
    """Yield the rows of a column that hold something that can be read.

    >>> [*_cells(pd.DataFrame({"SIREN": ["000000018", "  ", None, "#N/A"]}), "SIREN")]
    [(0, '000000018')]
    """
    if header in clients:
        for row, value in clients[header].dropna().items():
            if str(value).strip() and not is_error(value):
                yield int(str(row)), value


def _frozen(index: Mapping[str, set[int]], dossiers: Mapping[int, str]) -> dict[str, Rows]:
    return {key: frozenset(row for row in rows if row in dossiers) for key, rows in index.items()}


def _codes_of(code: str) -> Iterator[str]:
    """Yield what an account may be called: one without auxiliary keeps its root in front.

    Figures alone after the root are an account of the chart, 4111, not the dossier 1.

    >>> [*_codes_of("411BEJO00")], [*_codes_of("4111")]
    (['411bejo00', 'bejo00'], ['4111'])
    """
    folded = fold(code)
    yield folded
    bare = folded.removeprefix(_ROOT)
    if bare != folded and any(map(str.isalpha, bare)):
        yield bare


def _sirens_in(texts: Iterable[str]) -> Iterator[str]:
    """Yield the SIREN that stand in texts; nine digits that are none are left out.

    >>> [*_sirens_in(["Lumo 000 000 018", "dossier 123456789"])]
    ['000000018']
    """
    for text in texts:
        for found in _NUMBERS.findall(text):
            number = "".join(filter(str.isdigit, found))[:SIREN_LENGTH]
            if is_siren(number):
                yield number


def _is_part(first: str, second: str) -> bool:
    """Tell whether one name is the other with words less.

    >>> _is_part("ostra", "ostra conseil"), _is_part("sa", "sa ostra"), _is_part("ostra", "nostra")
    (True, False, False)
    """
    least, most = sorted(({*first.split()}, {*second.split()}), key=len)
    return len("".join(least)) >= _TELLING and least <= most
