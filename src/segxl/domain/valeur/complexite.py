"""How intricate a client is to serve, from 0 to 100: missions, group, staff and particular cases."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from segxl.domain.saisie import is_error, parse_number, parse_yes_no
from segxl.domain.textes import fold

INDICE, RAISON = "Complexité", "Pourquoi cette complexité"
MISSIONS, GROUPE, ETABLISSEMENTS = "Missions", "Groupe", "Établissements"
FULL = 5
"""How many missions, dossiers or people make the most of one element; particular cases, one less."""
ELEMENTS = 4
_BETWEEN = re.compile(r"[,;/+\n]")
_Count = tuple[int, str]


def _above(least: float) -> Callable[[object], bool | None]:
    def tell(value: object) -> bool | None:
        number = None if _is_blank(value) else parse_number(value)
        return None if number is None else number > least

    return tell


def _says(word: str) -> Callable[[object], bool | None]:
    return lambda value: None if _is_blank(value) else fold(value) == fold(word)


def _is_yes(value: object) -> bool | None:
    told = None if _is_blank(value) else parse_yes_no(value)
    return None if told is None else told == "Oui"


PARTICULARITES: Mapping[str, Mapping[str, Callable[[object], bool | None]]] = {
    "plusieurs établissements": {ETABLISSEMENTS: _above(1)},
    "clients publics": {"Part secteur public": _above(0)},
    "clients à l’étranger": {"Part international": _above(0)},
    "entreprises et particuliers": {"Part B2B": _above(0), "Part B2C": _above(0)},
    "exonération partielle de TVA": {"Activité exonérée": _says("Partielle")},
    "TVA sur les débits": {"Option débits": _is_yes},
    "assujetti unique": {"Assujetti unique": _is_yes},
}
"""What makes a client a particular case: columns of Clients, that must all say so."""


def measure_complexite(
    clients: pd.DataFrame, missions: Mapping[str, int], equipes: Mapping[str, int]
) -> pd.DataFrame:
    """Return the index of each client and why: the mean of what is known of four elements.

    Parameters
    ----------
    clients : DataFrame, shape (n, m)
        « Dossier », and what Clients has of « Groupe », « Missions », « Établissements » and the
        columns of ``PARTICULARITES``.
    missions : mapping
        Folded number → its distinct missions, where invoices or hours tell them; they come before
        « Missions », a number or a list.
    equipes : mapping
        Folded number → how many people worked for it.

    Returns
    -------
    DataFrame of object, shape (n, 2)
        « Complexité », from 0 to 100, and « Pourquoi cette complexité », same index; None where
        nothing is known. One alone is 0, ``FULL`` or more 100; no particular case is 0.
    """
    groups = [fold(name) if not _is_blank(name) else "" for name in _cells(clients, GROUPE)]
    sizes = Counter(groups)
    columns = {h: _cells(clients, h) for told in PARTICULARITES.values() for h in told}
    typed = _cells(clients, MISSIONS)
    rows = []
    for place, dossier in enumerate(clients["Dossier"]):
        cle = fold(dossier)
        found = missions.get(cle) or _count_missions(typed[place])
        counts: dict[str, _Count] = {}
        if found:
            counts["missions"] = (found - 1, _told(found, "mission"))
        if groups[place]:
            size = sizes[groups[place]]
            counts["groupe"] = (size - 1, f"groupe de {_told(size, 'dossier')}")
        if equipes.get(cle):
            counts["équipe"] = (equipes[cle] - 1, _told(equipes[cle], "collaborateur"))
        if special := _particular({h: cells[place] for h, cells in columns.items()}):
            counts["particularités"] = special
        rows.append(_row(counts))
    return pd.DataFrame(rows, columns=[INDICE, RAISON], index=clients.index, dtype=object)


def _row(counts: Mapping[str, _Count]) -> tuple[int | None, str | None]:
    if not counts:
        return None, None
    levels = [min(extra, FULL - 1) / (FULL - 1) for extra, _ in counts.values()]
    # Halves go up, on any machine: whole numbers of steps, never a rounded mean.
    index = math.floor(100 * sum(levels) / len(levels) + 0.5)
    words = ", ".join(told for _, told in counts.values())
    known = (
        ""
        if len(counts) == ELEMENTS
        else f" ({len(counts)}/{ELEMENTS} connu{'s' if len(counts) > 1 else ''})"
    )
    return index, f"{words}{known}"


def _particular(cells: Mapping[str, object]) -> _Count | None:
    """Count the particular cases of a client, and name them; None where no column tells."""
    told = {name: _verdict(tests, cells) for name, tests in PARTICULARITES.items()}
    if all(verdict is None for verdict in told.values()):
        return None
    names = [name for name, verdict in told.items() if verdict]
    if not names:
        return 0, "aucune particularité"
    return len(names), ", ".join(names)


def _verdict(
    tests: Mapping[str, Callable[[object], bool | None]], cells: Mapping[str, object]
) -> bool | None:
    verdicts = [tell(cells[header]) for header, tell in tests.items()]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _count_missions(value: object) -> int:
    """Read a number of missions, or a list of them.

    >>> _count_missions("3"), _count_missions("Bilan, Paie ; paie"), _count_missions(None)
    (3, 2, 0)
    """
    if _is_blank(value):
        return 0
    number = parse_number(value)
    if number is not None:
        return max(0, int(number))
    return len({*_names(str(value))})


def _names(text: str) -> Iterator[str]:
    yield from filter(None, (fold(part) for part in _BETWEEN.split(text)))


def _cells(clients: pd.DataFrame, header: str) -> list[object]:
    known = {fold(h): h for h in clients.columns}.get(fold(header))
    return clients[known].tolist() if known is not None else [None] * len(clients)


def _is_blank(value: object) -> bool:
    return value is None or bool(pd.isna(value)) or is_error(value) or not str(value).strip()  # type: ignore[call-overload]


def _told(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"
