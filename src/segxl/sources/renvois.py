"""What an import writes where a cell follows another of its row: there, not over the formula."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Protocol

import pandas as pd

from segxl.domain.textes import fold
from segxl.sources.colonnes import is_typed
from segxl.sources.correspondance import SIREN, Correspondance
from segxl.sources.egalite import is_same
from segxl.sources.export import Export
from segxl.sources.fiches import fiches_of, frame_of
from segxl.sources.fusion_clients import DOSSIER, Changement, Changements
from segxl.sources.textes_bruts import is_blank


class Renvoi(Protocol):
    """How a cell follows that of another column, on its row."""

    @property
    def source(self) -> str:
        """The column followed."""
        ...

    @property
    def is_plain(self) -> bool:
        """Whether a text is shown as it stands there."""
        ...

    @property
    def is_siret(self) -> bool:
        """Whether a SIREN is taken from a SIRET."""
        ...

    def value(self, raw: object) -> object:
        """Return what the cell shows for a content of the column followed."""
        ...

    def source_for(self, value: object) -> object:
        """Return what to type there for the cell to show a value; None where nothing does."""
        ...


Renvois = Mapping[str, Mapping[int, Renvoi | None]]
"""Header → Excel row → how the cell follows another; None where it computes something else."""


def followed_titles(renvois: Renvois, titles: Collection[str]) -> dict[str, str]:
    """Return the header of Clients that each column followed stands for, as a mapping does.

    An export that bears the titles of the firm's own list is read as that list was; one of its
    ``titles`` that is ours goes to our column.
    """
    found = {}
    own = {*map(fold, titles)}
    for header in sorted(renvois, key=lambda h: h != DOSSIER):  # a SIREN used as number is a SIREN
        renvoi = next(iter(renvois[header].values()))
        if renvoi and not (renvoi.is_siret or is_typed(renvoi.source) or fold(header) in own):
            found[renvoi.source] = header
    return found


def with_siren(
    export: Export, matched: Correspondance, renvois: Renvois
) -> tuple[Export, Correspondance]:
    """Give an export the SIREN that our column takes from a SIRET, which goes to the firm's own."""
    renvoi = next(iter(renvois.get(SIREN, {}).values()), None)
    source = matched.source_of(renvoi.source) if renvoi and renvoi.is_siret else None
    if renvoi is None or source is None or matched.source_of(SIREN) or SIREN in export.letters:
        return export, matched
    sirens = export.lignes[source].map(renvoi.value).astype(object)
    return (
        replace(
            export,
            lignes=export.lignes.assign(**{SIREN: sirens.where(sirens != "", None)}),
            letters={**export.letters, SIREN: export.letters[source]},
        ),
        replace(matched, colonnes={**matched.colonnes, SIREN: SIREN}),
    )


def redirect(
    changements: Changements, existing: pd.DataFrame, renvois: Renvois, matched: Correspondance
) -> Changements:
    """Send each change of a cell that follows another to that one, and say what stays.

    The firm's own column takes a value that is shown as it stands there, or one that the export
    gives under that column's title. Elsewhere the formula stays, and so does what it reads.
    """
    computing = {(row, header) for header, cells in renvois.items() for row in cells}
    written = {
        (c.row, c.header): c for c in changements.updates if (c.row, c.header) not in computing
    }
    updates, suivies, retenues = [], [], []
    for change in changements.updates:
        if (change.row, change.header) not in computing:
            updates.append(change)
            continue
        renvoi = renvois[change.header][change.row]
        place = change.row, renvoi.source if renvoi else ""
        if renvoi and place not in written and place not in computing:
            title = matched.source_of(change.header) or ""
            takes = renvoi.is_plain or fold(title) == fold(renvoi.source)
            if takes and (sent := _sent(change, renvoi, existing)):
                written[place] = sent
                updates.append(sent)
        if renvoi and place in written and is_same(renvoi.value(written[place].new), change.new):
            suivies.append(change)
        else:
            retenues.append((change, renvoi.source if renvoi else ""))
    touched = {change.row for change in changements.updates} - {c.row for c in updates}
    return replace(
        changements,
        updates=tuple(updates),
        suivies=tuple(suivies),
        retenues=tuple(retenues),
        unchanged=changements.unchanged + len(touched),
        nouveaux=_filled(changements.nouveaux, existing, renvois),
    )


def _sent(change: Changement, renvoi: Renvoi, existing: pd.DataFrame) -> Changement | None:
    """Return the change of the column followed that makes a change; None where none does."""
    raw = renvoi.source_for(change.new)
    if raw is None or renvoi.source not in existing:
        return None
    before = existing.at[change.row, renvoi.source]
    old = None if is_blank(before) else before
    return replace(change, header=renvoi.source, old=old, new=raw)


def _filled(nouveaux: pd.DataFrame, existing: pd.DataFrame, renvois: Renvois) -> pd.DataFrame:
    """Return new rows with the columns that ours follow filled, where they do not compute."""
    fiches = fiches_of(nouveaux)
    headers = dict.fromkeys(nouveaux.columns)
    for header, cells in renvois.items():
        renvoi = cells[max(cells)]  # a new row takes the formula of the last one
        if renvoi is None or renvoi.source in renvois or renvoi.source not in existing:
            continue
        for fiche in fiches.values():
            value = fiche.get(header)
            if not is_blank(value) and is_blank(fiche.get(renvoi.source)):
                headers[renvoi.source] = None
                fiche[renvoi.source] = renvoi.source_for(value)
    return frame_of(fiches, [*headers])
