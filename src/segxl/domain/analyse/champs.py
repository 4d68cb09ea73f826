"""One field of the clients as a word for each: its words, its bands, or the year of its days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

import numpy as np

from segxl.domain.analyse.tranches import band_of, name_bands, quarters_of
from segxl.domain.saisie import is_error, parse_number
from segxl.domain.textes import fold

NON_RENSEIGNE, ILLISIBLE = "Non renseigné", "Illisible"
AUTRES_NOMS: Mapping[str, str] = {
    "ape": "Code NAF",
    "code ape": "Code NAF",
    "naf": "Code NAF",
    "abcd": "A→D",
    "a-d": "A→D",
    "a → d": "A→D",
    "classe": "A→D",
    "note": "Note FE",
}
"""What people call some fields, folded."""
CODES = frozenset(map(fold, ("Dossier", "SIREN", "Code postal", "Code NAF", "Département", "R", "F", "M")))  # fmt: skip
"""Figures that count nothing: nobody cuts them into bands."""
SUGGESTED = 3
_FEW = 8
"""As many figures as this are told one by one."""
_MOST_UNREAD = 0.2
"""A column of figures may hold some words; with more of them, it is one of words."""
_PERCENT = 1.0
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Champ:
    """A field: the word of each client, and the order in which the words are told.

    ``ordre`` has every word in its natural order, none where the most frequent goes first.
    ``coupe`` says how figures were cut, "" where they were not.
    """

    nom: str
    mots: tuple[str, ...]
    ordre: tuple[str, ...] = ()
    coupe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usages:
    """What the workbook knows of some fields: the order of words, thresholds of figures, shares from 0 to 1."""

    ordres: Mapping[str, Sequence[str]] = field(default_factory=dict)
    seuils: Mapping[str, Sequence[float]] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()


def find_champ(nom: str, champs: Iterable[str]) -> str | None:
    """Return the field that somebody means; None where there is none.

    >>> find_champ("DEPARTEMENT", ["Département"]), find_champ("ape", ["Code NAF"]), find_champ("x", [])
    ('Département', 'Code NAF', None)
    """
    known = {fold(champ): champ for champ in champs}
    return known.get(fold(nom)) or known.get(fold(AUTRES_NOMS.get(fold(nom), "")))


def suggest_champs(nom: str, champs: Iterable[str]) -> list[str]:
    """Return the fields whose names are the nearest.

    >>> suggest_champs("couleurs", ["Note FE", "Couleur"]), suggest_champs("zzz", ["Couleur"])
    (['Couleur'], [])
    """
    known = {fold(champ): champ for champ in champs}
    word = fold(nom)
    partial = [key for key in known if word and (word in key or key in word)]
    return [known[key] for key in (partial or get_close_matches(word, known))[:SUGGESTED]]


def read_champ(nom: str, values: Sequence[object], usages: Usages) -> Champ:
    """Return one field, a word for each client.

    Parameters
    ----------
    nom : str
        Its header.
    values : sequence
        What each client has there: None where nothing was typed.
    usages : Usages
        Names are compared as a reader does.

    Notes
    -----
    More than eight different figures are cut: at the thresholds that the workbook knows, else in
    four quarters. Two spellings of a word are one, told as most people typed it.
    """
    cells = [None if _is_blank(value) else value for value in values]
    if all(isinstance(c, date) for c in cells if c is not None) and any(cells):
        years = [NON_RENSEIGNE if c is None else str(c.year) for c in cells if c is None or isinstance(c, date)]  # fmt: skip
        return Champ(nom=nom, mots=tuple(years), ordre=tuple(sorted({*years} - {NON_RENSEIGNE})))
    ordre = _of(usages.ordres, nom)
    figures = {} if ordre or fold(nom) in CODES else _figures_of(cells)
    if len({*figures.values()}) > _FEW:
        return _cut(nom, cells, figures, usages)
    rising = sorted((figure, _text_of(cells[place])) for place, figure in figures.items())
    return _spelt(nom, cells, ordre or [*dict.fromkeys(text for _, text in rising)])


def _is_blank(value: object) -> bool:
    return value is None or value != value or is_error(value) or not str(value).strip()  # noqa: PLR0124  NaN is the only value unlike itself


def _of(told: Mapping[str, _T], nom: str) -> _T | None:
    return {fold(name): one for name, one in told.items()}.get(fold(nom))


def _figures_of(cells: Sequence[object]) -> dict[int, float]:
    """Return the figures by the place of their client, none where the field is one of words."""
    typed = {p: c for p, c in enumerate(cells) if c is not None}
    read = {p: parse_number(c) for p, c in typed.items()}
    figures = {p: f for p, f in read.items() if f is not None and np.isfinite(f)}
    is_read = len(typed) - len(figures) <= _MOST_UNREAD * len(typed)
    return figures if is_read else {}


def _cut(nom: str, cells: Sequence[object], figures: Mapping[int, float], usages: Usages) -> Champ:
    known = np.array([*figures.values()], dtype=np.float64)
    is_share = fold(nom) in map(fold, usages.parts) and bool((abs(known) <= _PERCENT).all())
    given = _of(usages.seuils, nom)
    seuils = sorted({*given}) if given else quarters_of(known)
    bands = name_bands(seuils, is_share=is_share)
    words = [
        bands[band_of(figures[place], seuils)]
        if place in figures
        else NON_RENSEIGNE
        if cell is None
        else ILLISIBLE
        for place, cell in enumerate(cells)
    ]
    how = "aux seuils de vos réglages" if given else "en quarts des clients, arrondis"
    return Champ(nom=nom, mots=tuple(words), ordre=bands, coupe=how)


def _spelt(nom: str, cells: Sequence[object], ordre: Sequence[str]) -> Champ:
    """Return words, each in the spelling of the workbook, else in the most frequent one."""
    texts = [None if c is None else _text_of(c) for c in cells]
    counts = Counter(text for text in texts if text is not None)
    spelling = {fold(text): text for text in sorted(counts, key=lambda t: (counts[t], t))}
    spelling |= {fold(word): word for word in ordre}
    words = tuple(NON_RENSEIGNE if t is None else spelling[fold(t)] for t in texts)
    return Champ(nom=nom, mots=words, ordre=tuple(ordre))


def _text_of(value: object) -> str:
    """Write what a cell holds in one line.

    >>> _text_of(True), _text_of(3.0), _text_of(" Deux  lignes "), _text_of(2.5)
    ('Oui', '3', 'Deux lignes', '2,5')
    """
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else " ".join(str(value).split())
