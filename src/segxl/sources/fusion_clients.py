"""What an import changes in the table Clients: said first, written after."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from segxl.domain.textes import fold
from segxl.sources.egalite import is_same
from segxl.sources.fiches import Fiche, fiches_of, frame_of
from segxl.sources.textes_bruts import is_blank, text_of

DOSSIER, SIREN = "Dossier", "SIREN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changement:
    """One cell of Clients that takes another value."""

    row: int
    dossier: str
    header: str
    old: object
    new: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Changements:
    """What one import does to Clients.

    ``nouveaux`` holds the rows to add, indexed by row of the file, every one with a Dossier;
    ``columns`` the headers to add; ``renumbered`` the clients known by their SIREN only, as
    (code of Clients, code of the file): the code of Clients stays. ``suivies`` are the cells that
    will show another value because they follow an updated one; ``retenues`` those that compute
    otherwise and stay, each with the column it follows, if any.
    """

    updates: tuple[Changement, ...] = ()
    suivies: tuple[Changement, ...] = ()
    retenues: tuple[tuple[Changement, str], ...] = ()
    nouveaux: pd.DataFrame
    unchanged: int = 0
    columns: tuple[str, ...] = ()
    renumbered: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the import changes nothing."""
        return not self.updates and self.nouveaux.empty and not self.columns


def merge_clients(
    existing: pd.DataFrame, incoming: pd.DataFrame, *, protected: Collection[str] = ()
) -> Changements:
    """Compare an export with Clients: matched by Dossier, else by a SIREN that is unique.

    Nothing is ever blanked, and the Dossier of a client never changes.

    Parameters
    ----------
    existing : DataFrame
        Rows of Clients, index = Excel rows.
    incoming : DataFrame
        Rows of the export, one per client, index = rows of the file.
    protected : collection of str, optional
        Headers that an import never writes: the results.
    """
    shut = {fold(header) for header in protected}
    here = {fold(header): header for header in existing.columns}
    headers = {h: here.get(fold(h), h) for h in incoming.columns if fold(h) not in shut}
    rows = match_rows(existing, incoming)
    known, fresh = fiches_of(existing), fiches_of(incoming)
    updates = sorted(
        (
            change
            for source, row in rows.items()
            for change in _find_changes(row, known[row], fresh[source], headers)
        ),
        key=lambda change: change.row,
    )
    added = sorted(source for source in incoming.index if source not in rows)
    return Changements(
        updates=tuple(updates),
        nouveaux=_with_key(incoming.loc[added, [*headers]].rename(columns=headers)),
        unchanged=len(rows) - len({change.row for change in updates}),
        columns=tuple(h for h in headers if fold(h) not in here and _is_filled(incoming[h])),
        renumbered=tuple(_find_renumbered(rows, known, fresh)),
    )


def match_rows(existing: pd.DataFrame, incoming: pd.DataFrame) -> dict[int, int]:
    """Return the Excel row of each row of the file that is a known client.

    A client without a code may have its SIREN as code.
    """
    codes = {code: row for row, code in reversed([*_keys(existing, DOSSIER)]) if code}
    sirens = dict(_keys(incoming, SIREN))
    wanted = {source: code or sirens[source] for source, code in _keys(incoming, DOSSIER)}
    rows: dict[int, int] = {}
    for source, code in wanted.items():
        if code in codes:
            rows[source] = codes.pop(code)
    return rows | _match_sirens(existing, incoming, rows)


def _match_sirens(
    existing: pd.DataFrame, incoming: pd.DataFrame, rows: Mapping[int, int]
) -> dict[int, int]:
    taken = {*rows.values()}
    here = _unique((row, siren) for row, siren in _keys(existing, SIREN) if row not in taken)
    there = _unique((row, siren) for row, siren in _keys(incoming, SIREN) if row not in rows)
    return {source: here[siren] for siren, source in there.items() if siren in here}


def _keys(frame: pd.DataFrame, header: str) -> Iterator[tuple[int, str]]:
    values = frame[header] if header in frame else [None] * len(frame)
    for row, value in zip(frame.index, values, strict=True):
        text = "" if is_blank(value) else text_of(value)
        yield row, fold(text.replace(" ", "").zfill(9) if text and header == SIREN else text)


def _unique(pairs: Iterator[tuple[int, str]]) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for row, siren in pairs:
        found.setdefault(siren, []).append(row)
    return {siren: rows[0] for siren, rows in found.items() if siren and len(rows) == 1}


def _find_changes(
    row: int, old: Fiche, new: Fiche, headers: Mapping[str, str]
) -> Iterator[Changement]:
    for source, header in headers.items():
        before, after = old.get(header), new[source]
        if is_blank(after) or (header == DOSSIER and not is_blank(before)):
            continue
        if is_blank(before) or not is_same(before, after):
            dossier = text_of(old.get(DOSSIER)) or text_of(new.get(DOSSIER))
            yield Changement(
                row=row,
                dossier=dossier,
                header=header,
                old=None if is_blank(before) else before,
                new=after,
            )


def _with_key(added: pd.DataFrame) -> pd.DataFrame:
    """Give a client that has no code its SIREN as code."""
    if SIREN not in added:
        return added
    codes = added[DOSSIER] if DOSSIER in added else pd.Series(None, added.index, dtype=object)
    return added.assign(**{DOSSIER: codes.where(codes.notna(), added[SIREN]).astype(object)})


def _is_filled(values: pd.Series) -> bool:
    return any(not is_blank(value) for value in values)


def _find_renumbered(
    rows: Mapping[int, int],
    known: Mapping[int, Fiche],
    fresh: Mapping[int, Fiche],
) -> Iterator[tuple[str, str]]:
    for source, row in rows.items():
        here, there = text_of(known[row].get(DOSSIER)), text_of(fresh[source].get(DOSSIER))
        if here and there and fold(here) != fold(there):
            yield here, there


def apply_changements(existing: pd.DataFrame, changements: Changements) -> pd.DataFrame:
    """Return Clients as it will be, the new rows under the others."""
    fiches = fiches_of(existing)
    for change in (*changements.updates, *changements.suivies):
        fiches[change.row][change.header] = change.new
    first = max(fiches, default=1) + 1
    fiches |= dict(enumerate(fiches_of(changements.nouveaux).values(), start=first))
    return frame_of(fiches, [*existing.columns, *changements.columns])
