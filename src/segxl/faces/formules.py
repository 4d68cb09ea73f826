"""What a formula needs before it can score: the policy of its ranges, and where the answers stand.

Three hundred cells of one workbook give the same grid: it is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import TypeVar, cast

import pandas as pd

from segxl.domain.anomalies import SaisieError, file_error, require
from segxl.domain.conditions import Condition
from segxl.domain.couleurs import Couleur
from segxl.domain.dossiers import CLE, read_dossiers
from segxl.domain.lecture_grille import parse_grilles
from segxl.domain.lecture_segments import FIXED_HEADERS, parse_couleurs
from segxl.domain.normalisation import PARTS
from segxl.domain.reglages import POLICY_HEADERS, Reglages, find_unknown_clauses
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold, join_words
from segxl.excel.com.cells import read_columns
from segxl.excel.layout import RESULTATS
from segxl.excel.reglages import parse_portefeuille, spell_headers
from segxl.faces.plages import Plage, Rows, headers_of, table_of

READ_WITH_ANSWERS = (CLE, "Assujetti TVA", "Segment imposé", "Motif")
"""What decides of a segment besides the answers and the rules."""
PARTS_FOLDED = frozenset(map(fold, PARTS))
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """How formulas read a range of Clients: the policy, and the place of each header it needs."""

    reglages: Reglages
    places: Mapping[str, int]

    def read(self, rows: Rows) -> pd.DataFrame:
        """Return the dossiers that the ribbon would score, numbered from 0, as the scorers read them.

        Where the range has no column Dossier, every row is one.
        """
        # The first place stands twice: one place alone would give bare values.
        chosen = itemgetter(*self.places.values(), *islice(self.places.values(), 1))
        columns = read_columns(map(chosen, rows))
        cells = {CLE: range(len(rows)), **dict(zip(self.places, columns, strict=False))}
        lignes = pd.DataFrame(cells, index=pd.RangeIndex(len(rows)), dtype=object)
        clients = Tableau(name="Clients", sheet="Clients", lignes=lignes, letters={})
        return read_dossiers(clients, self.reglages)


def once(read: Callable[..., T], *plages: object) -> T:
    """Return what ``read`` makes of some ranges; the same ranges are read once, wrong ones too.

    Raises
    ------
    SaisieError
        What ``read`` raised.
    """
    found = _attempt(read, *map(Plage.of, plages))
    if isinstance(found, tuple):
        raise SaisieError(found)
    return cast("T", found)


@lru_cache(maxsize=16)
def _attempt(read: Callable[..., object], *plages: Plage) -> object:
    """Return what was read, or the anomalies that prevent it."""
    try:
        return read(*plages)
    except SaisieError as error:
        return error.anomalies


def notation_of(intitules: Plage, criteres: Plage, baremes: Plage) -> Lecture:
    """Read what the note FE asks for.

    Raises
    ------
    SaisieError
        The grid is wrong, or a column that it reads is not in the range.
    """
    headers = headers_of(intitules)
    every = _grilles_of(criteres, baremes, headers)
    reglages = replace(every, grilles=(every.fe,))
    clients = spell_headers(Tableau.of("Clients", headers, [])).canonical(_libelles(reglages))
    return _lecture_of(reglages, clients, _answers(reglages))


def segmentation_of(
    intitules: Plage, criteres: Plage, baremes: Plage, couleurs: Plage, segments: Plage
) -> Lecture:
    """Read what the segment asks for: every grid, the colours and the rules.

    Raises
    ------
    SaisieError
        A table is wrong, or a column that it reads is not in the range.
    """
    headers = headers_of(intitules)
    grid = _grilles_of(criteres, baremes, headers)
    plages = {"Criteres": criteres, "Baremes": baremes, "Couleurs": couleurs, "Segments": segments}
    tables = {name: table_of(p, name, POLICY_HEADERS[name]) for name, p in plages.items()}
    tables["Parametres"] = Tableau.of("Parametres", POLICY_HEADERS["Parametres"], [])
    results = [*RESULTATS, *(g.note_header for g in grid.grilles)]
    rules = [h for h in tables["Segments"].letters if h not in FIXED_HEADERS]
    wanted = [*READ_WITH_ANSWERS, *results, *_answers(grid), *rules]
    clients, reglages, _ = parse_portefeuille(_with_headers(headers, wanted), tables)
    conditions = [pair for r in reglages.regles for pair in r.conditions.items()]
    given = Tableau.of("Clients", [*clients.letters][: len(headers)], [])
    computed = set(map(fold, results))
    ruling = [h for h in _headers_read(conditions) if fold(h) not in computed]
    return _lecture_of(reglages, given, [*READ_WITH_ANSWERS, *_answers(reglages), *ruling])


def couleurs_of(couleurs: Plage) -> list[Couleur]:
    """Read the colour scale.

    Raises
    ------
    SaisieError
        A threshold is wrong.
    """
    found, anomalies = parse_couleurs(table_of(couleurs, "Couleurs", POLICY_HEADERS["Couleurs"]))
    require(anomalies)
    return list(found)


def sentence_of(error: SaisieError) -> str:
    """Write in one cell what prevents a formula: the first blocking anomaly, and how many others.

    >>> from segxl.domain.anomalies import file_error
    >>> sentence_of(file_error("Réponses", None, "la plage compte 2 lignes", "donnez-en une"))
    'Réponses : la plage compte 2 lignes. Donnez-en une.'
    """
    first, *others = [a for a in error.anomalies if a.is_blocking]
    text = str(first).replace("!", ", ", 1) if first.cell else str(first)
    count = len(others)
    return f"{text} (et {count} autre{'s' if count > 1 else ''})" if others else text


def _grilles_of(criteres: Plage, baremes: Plage, headers: Iterable[str]) -> Reglages:
    """Read the firm's grids alone; a column that they read and that is not given is told later."""
    table = table_of(criteres, "Criteres", POLICY_HEADERS["Criteres"])
    grilles, wrong = parse_grilles(table, table_of(baremes, "Baremes", POLICY_HEADERS["Baremes"]))
    reglages = Reglages(grilles=grilles, couleurs=(), regles=(), parametres={})
    require([*wrong, *find_unknown_clauses(table, grilles, [*headers, *_answers(reglages)])])
    return reglages


def _lecture_of(reglages: Reglages, clients: Tableau, needed: Iterable[str]) -> Lecture:
    """Find the columns a formula needs, or say which are missing."""
    places = {header: i for i, header in enumerate(clients.letters)}
    known = {fold(header): header for header in places}
    wanted = dict.fromkeys(needed)
    missing = [h for h in wanted if fold(h) not in known]
    if missing:
        raise _missing(missing)
    found = [h if h in places else known[fold(h)] for h in wanted]
    kept = [CLE] if CLE in places else []
    return Lecture(reglages=reglages, places={h: places[h] for h in (*kept, *found)})


def _missing(headers: list[str]) -> SaisieError:
    many = len(headers) > 1
    told = join_words(f"« {h} »" for h in headers)
    return file_error(
        "Clients",
        None,
        f"les intitulés {told} manquent" if many else f"l’intitulé {told} manque",
        "donnez toute la ligne, Clients[@], avec tous les intitulés, Clients[#En-têtes]",
    )


def _with_headers(headers: Iterable[str], wanted: Iterable[str]) -> Tableau:
    """Return a table Clients with these headers, and those it lacks to their right."""
    given = Tableau.of("Clients", [*headers], [])
    absent = {fold(h): h for h in wanted if not given.header(h)}
    return Tableau.of("Clients", [*given.letters, *absent.values()], [])


def _libelles(reglages: Reglages) -> list[str]:
    return [c.libelle for c in reglages.criteres]


def _answers(reglages: Reglages) -> list[str]:
    """Return the headers that the critères read: their answers and their « Applicable si »."""
    clauses = [c.applicable_si for c in reglages.criteres if c.applicable_si]
    scored = _libelles(reglages)
    shares = PARTS if PARTS_FOLDED & set(map(fold, scored)) else ()
    return [*scored, *shares, *_headers_read((c.header, c.condition) for c in clauses)]


def _headers_read(conditions: Iterable[tuple[str, Condition]]) -> Iterator[str]:
    """Yield the headers that conditions read.

    Whether a share of 1 is the whole or one percent shows in the other shares of its row; a
    condition on its sign alone does not ask.
    """
    for header, condition in conditions:
        yield header
        if fold(header) in PARTS_FOLDED and condition.mot and condition.nombre != 0:
            yield from PARTS
