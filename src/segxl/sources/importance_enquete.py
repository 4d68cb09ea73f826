"""What each answer of a survey says of what matters: subjects rated, and subjects picked in a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from segxl.domain.anomalies import Anomalie
from segxl.domain.ecoute.importance import CHOISI, NON, OUI, Propos, write_propos
from segxl.domain.satisfaction import CSAT
from segxl.domain.textes import fold
from segxl.sources.cellules_enquete import SILENT, parse_score
from segxl.sources.colonnes import Colonne, parse_colonne
from segxl.sources.echelles_enquete import suspect_of, tops_of
from segxl.sources.export import Export
from segxl.sources.mots_enquete import MotsEnquete
from segxl.sources.sujets_enquete import Sujets
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import Valeur

ECHELLE = "de 1 (pas important) à 5 (très important), ou par oui et non"
_WORDS = {
    **dict.fromkeys(("oui", "o", "yes", "vrai", "true", "x"), OUI),
    **dict.fromkeys(("non", "n", "no", "faux", "false"), NON),
    **dict.fromkeys(("tres important", "tres importante", "essentiel", "essentielle", "indispensable"), "5"),
    **dict.fromkeys(("important", "importante", "plutot important", "plutot importante"), "4"),
    **dict.fromkeys(("moyennement important", "moyennement importante", "neutre"), "3"),
    **dict.fromkeys(("peu important", "peu importante"), "2"),
    **dict.fromkeys(("pas important", "pas importante", "pas du tout important", "pas du tout importante", "sans importance"), "1"),
}  # fmt: skip
_MOST = 5
_UPSIDE_DOWN = re.compile(r"\b1 ?(?:=|:|-|–|\() ?(?:tres|le plus|plus|tout a fait)")
_SPLIT = re.compile(r"\s*[;|\n]\s*")
_LONGEST = 60
_NOTHING = ("aucun", "aucune", "rien", "autre", "autres")
_LEAST = 2
"""Clients who pick the same words: a list was offered. What one alone writes is a comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Importances:
    """By row of the file: the cell to put on record, and the free words among the picks.

    ``anomalies`` are the cells that cannot be read.
    """

    cells: dict[int, str]
    libres: dict[int, str]
    anomalies: tuple[Anomalie, ...]


def read_importances(export: Export, sujets: Sujets, mots: MotsEnquete) -> Importances:
    """Read what matters to each respondent; nothing of a column whose scale is another one.

    Parameters
    ----------
    export : Export
        The rows that are answers.
    sujets : Sujets
        Its columns.
    mots : MotsEnquete
        The words of the scale of satisfaction.
    """
    rows = [int(row) for row in export.lignes.index]
    said: dict[int, dict[str, Propos]] = {row: {} for row in rows}
    anomalies: list[Anomalie] = []
    libres: dict[int, str] = {}
    for title in sujets.listes:
        picked, free = _read_list(export, title, {*sujets.importances.values()})
        libres |= {
            row: f"{libres[row]} / {text}" if row in libres else text for row, text in free.items()
        }
        for row, names in picked.items():
            said[row] |= {fold(name): Propos(name, CHOISI) for name in names}
    for title, sujet in (*sujets.importances.items(), *sujets.satisfactions.items()):
        is_rated = title in sujets.satisfactions
        colonne = _read_column(export, title, mots, is_rated=is_rated)
        anomalies += colonne.anomalies
        for row, value in zip(rows, colonne.cells, strict=True):
            if value is not None and value == value:  # noqa: PLR0124  NaN is the only value unlike itself
                mine = said[row].get(fold(sujet), Propos(sujet, ""))
                told = (
                    mine._replace(satisfaction=int(value))
                    if is_rated
                    else mine._replace(dit=str(value))
                )
                said[row][fold(sujet)] = told
    cells = {row: text for row, theirs in said.items() if (text := write_propos(theirs.values()))}
    return Importances(cells=cells, libres=libres, anomalies=tuple(anomalies))


def _read_column(export: Export, title: str, mots: MotsEnquete, *, is_rated: bool) -> Colonne:
    values = export.lignes[title]
    told = _wrong_scale(title, values.tolist())
    if told:
        blank = values.map(lambda _: None).astype(object)
        problem = (
            f"{told} ; elle se donne {'de 1 à 5' if is_rated else ECHELLE} : rien n’en est repris"
        )
        anomalie = Anomalie(
            sheet=export.name,
            cell=export.cell(title, export.header_row),
            value=text_of(title),
            problem=problem,
            remedy="posez la question de 1 à 5, 5 étant le plus ; ne convertissez pas les réponses",
        )
        return Colonne(cells=blank, anomalies=(anomalie,))
    reader = (
        partial(parse_score, score=CSAT, mots=mots)
        if is_rated
        else partial(parse_importance, mots=mots)
    )
    return parse_colonne(
        values, text_of(title), reader, name=export.name, cell=partial(export.cell, title)
    )


def _wrong_scale(title: str, raws: list[object]) -> str:
    """Say why a whole column is not from 1 to 5; blank where nothing says so."""
    tops = tops_of(title)
    if tops and _MOST not in tops:
        return f"cette question est notée jusqu’à {max(tops)}"
    if _UPSIDE_DOWN.search(fold(title)):
        return "cette échelle est à l’envers, 1 y est le plus important"
    return suspect_of(raws, CSAT)


def parse_importance(raw: object, mots: MotsEnquete) -> Valeur:
    """Read how important a client says that something is.

    >>> from segxl.sources.mots_enquete import read_mots_enquete
    >>> told = (5, "4/5", "Oui", True, "Très important", "3 - moyen", "NSP")
    >>> [parse_importance(raw, read_mots_enquete()).value for raw in told]
    ['5', '4', 'oui', 'oui', '5', '3', None]
    >>> parse_importance("beaucoup", read_mots_enquete()).problem
    'cette importance ne se lit pas'
    """
    if isinstance(raw, bool):
        return Valeur(value=OUI if raw else NON)
    word = _WORDS.get(fold(text_of(raw)).strip(" .!")) if not is_blank(raw) else None
    if word:
        return Valeur(value=word)
    read = parse_score(raw, score=CSAT, mots=mots)
    if not read.problem:
        return read if read.value is None else replace(read, value=str(read.value))
    is_word = not re.search(r"\d", text_of(raw))
    problem = "cette importance ne se lit pas" if is_word else read.problem.replace(f"« {CSAT} »", "l’importance")  # fmt: skip
    return replace(
        read, value=None, problem=problem, remedy=f"répondez {ECHELLE}, ou videz la cellule"
    )


def _read_list(
    export: Export, title: str, known: Iterable[str]
) -> tuple[dict[int, list[str]], dict[int, str]]:
    """Return what each row picks among what several do, and what it writes of its own."""
    spelling = {fold(name): name for name in known}
    told = {int(str(row)): [*_picks(raw, spelling)] for row, raw in export.lignes[title].items()}
    counts = Counter(fold(pick) for picks in told.values() for pick in {*map(fold, picks)})
    names: dict[str, str] = dict(spelling)
    for picks in told.values():
        for pick in picks:
            names.setdefault(fold(pick), pick)
    shared = {
        k for k in names if k in spelling or (counts[k] >= _LEAST and len(names[k]) <= _LONGEST)
    }
    picked = {
        row: [names[fold(p)] for p in picks if fold(p) in shared] for row, picks in told.items()
    }
    free = {
        row: _own_words(export.lignes.at[row, title], picks, shared) for row, picks in told.items()
    }
    return {r: p for r, p in picked.items() if p}, {r: text for r, text in free.items() if text}


def _own_words(raw: object, picks: Sequence[str], shared: Collection[str]) -> str:
    """Return what a cell says that nobody else does, as it was written."""
    own = [pick for pick in picks if fold(pick) not in shared]
    return text_of(raw) if len(own) == len(picks) and own else " / ".join(own)


def _picks(raw: object, known: Iterable[str]) -> Iterator[str]:
    """Yield what a cell picks; forms put several in one cell, apart by semicolons or commas."""
    if is_blank(raw) or not re.search(r"[^\W\d_]", text_of(raw)):
        return
    for part in _SPLIT.split(text_of(raw)):
        pieces = [part] if fold(part) in {*known} else re.split(r", (?=[A-ZÀ-Ý0-9])", part)
        yield from (p.strip() for p in pieces if fold(p) not in {"", *_NOTHING, *SILENT})
