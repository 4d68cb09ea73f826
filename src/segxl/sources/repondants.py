"""Who answered: an answer is given to a client only when everything it tells points to that one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from segxl.domain.saisie import is_error
from segxl.domain.textes import fold
from segxl.sources.cellules_plateformes import parse_siren_client
from segxl.sources.mots_enquete import CLIENT
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import parse_dossier

ANONYME, INCONNU, AMBIGU, CONTREDIT = "anonyme", "inconnu", "ambigu", "contredit"
"""Why an answer has no client."""
_ANONYMOUS = frozenset({"anonymous", "anonyme", "anonymat"})
_ADDRESS = re.compile(r"[^\s;,<>]+@[^\s;,<>]+")
_DOSSIER, _SIREN, _SIRET, _EITHER, _MAIL, _NAME = CLIENT
Rows = frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repondant:
    """Who answered: the row of Clients, or why there is none and which rows it could be."""

    row: int | None = None
    motif: str = ""
    candidats: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annuaire:
    """The clients by what they may be called: role → folded text → rows of Clients."""

    known: Mapping[str, Mapping[str, Rows]]

    def find(self, told: Mapping[str, object]) -> Repondant:
        """Return the client that a row of a survey tells of.

        Parameters
        ----------
        told : mapping
            The cell of each role that the survey has a column for.

        Examples
        --------
        >>> clients = pd.DataFrame({"Dossier": ["D1", "D2", "D3"], "SIREN": ["000000018", None, None],
        ...     "Raison sociale": ["Lumo", "Père", "Père"]}, index=[5, 6, 7])
        >>> annuaire = annuaire_of(clients)
        >>> annuaire.find({"Client": "lumo"}).row, annuaire.find({"SIREN": 18.0}).row
        (5, 5)
        >>> annuaire.find({"Client": "Père"})
        Repondant(row=None, motif='ambigu', candidats=(6, 7))
        """
        cells = {role: cell for role, cell in told.items() if not _is_silent(cell)}
        if not cells:
            return Repondant(motif=ANONYME)
        found = [rows for role, cell in cells.items() if (rows := self._rows(role, cell))]
        if not found:
            return Repondant(motif=INCONNU)
        common = frozenset.intersection(*found)
        if len(common) == 1:
            return Repondant(row=next(iter(common)))
        motif = AMBIGU if common else CONTREDIT
        return Repondant(motif=motif, candidats=tuple(sorted(common or frozenset().union(*found))))

    def _rows(self, role: str, cell: object) -> Rows:
        roles = (_DOSSIER, _SIREN, _MAIL, _NAME) if role == _EITHER else (role,)
        found = (self._of(one, key) for one in roles for key in _KEYS[one](cell))
        return frozenset().union(*found)

    def _of(self, role: str, key: str) -> Rows:
        return self.known[_SIREN if role == _SIRET else role].get(key, frozenset())


def annuaire_of(clients: pd.DataFrame) -> Annuaire:
    """Index the rows of Clients by number, SIREN, address and name.

    Parameters
    ----------
    clients : DataFrame of object
        ``Dossier`` and, where there are, ``SIREN``, ``E-mail`` and ``Raison sociale``; a client
        without a number is nobody's.
    """
    numbered = clients[~clients[_DOSSIER].map(_is_silent).astype(bool)]
    known: dict[str, dict[str, Rows]] = {}
    for role in (_DOSSIER, _SIREN, _MAIL, _NAME):
        index: dict[str, set[int]] = {}
        for row, cell in numbered[role].items() if role in numbered else ():
            for key in () if _is_silent(cell) else _KEYS[role](cell):
                index.setdefault(key, set()).add(int(str(row)))
        known[role] = {key: frozenset(rows) for key, rows in index.items()}
    return Annuaire(known=known)


def find_repondants(annuaire: Annuaire, lignes: pd.DataFrame) -> dict[int, Repondant]:
    """Return the client of each row of a survey, by its row; ``lignes`` has columns named by role."""
    roles = [role for role in CLIENT if role in lignes]
    rows = lignes[roles].to_dict("records")
    told = ({str(role): cell for role, cell in line.items()} for line in rows)
    return {int(row): annuaire.find(line) for row, line in zip(lignes.index, told, strict=True)}


def _is_silent(cell: object) -> bool:
    return is_blank(cell) or is_error(cell) or fold(text_of(cell)) in _ANONYMOUS


def _dossier_keys(cell: object) -> Iterable[str]:
    key = parse_dossier(cell).value
    return (fold(key),) if key else ()


def _siren_keys(cell: object, *, is_siret: bool = False) -> Iterable[str]:
    read = parse_siren_client(cell, is_siret=is_siret)
    return (str(read.value),) if read.value and not read.problem else ()


def _mail_keys(cell: object) -> Iterable[str]:
    return (address.casefold() for address in _ADDRESS.findall(text_of(cell)))


def _name_keys(cell: object) -> Iterable[str]:
    return (fold(text_of(cell)),)


_KEYS: Mapping[str, Callable[[object], Iterable[str]]] = {
    _DOSSIER: _dossier_keys,
    _SIREN: _siren_keys,
    _SIRET: lambda cell: _siren_keys(cell, is_siret=True),
    _MAIL: _mail_keys,
    _NAME: _name_keys,
}
