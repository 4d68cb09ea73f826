"""Whose entries a file holds: the dossiers that bear its SIREN, or the firm itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segxl.domain.dossiers import CLE
from segxl.domain.envoi import choose_dossiers
from segxl.domain.identifiants import key_of, siren_of
from segxl.domain.saisie import is_error
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold

CABINET = "Cabinet"
"""The number that the firm itself goes by, where no client has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entreprise:
    """One company whose map can be made, and its cells of Clients."""

    dossier: str
    cells: Mapping[str, object]


def entreprises_of(
    clients: Tableau, cabinet: Mapping[str, str], siren_cabinet: str, asked: Sequence[str]
) -> dict[str, tuple[Entreprise, ...]]:
    """Return the companies asked for, by SIREN; all of them when none is named.

    Several dossiers of one SIREN each have their map. The firm is one more company, unless a
    client bears its SIREN.

    Raises
    ------
    SaisieError
        A dossier asked for does not exist.
    """
    usable = clients.lignes[clients.lignes[CLE].notna()]
    usable = usable[~usable[CLE].map(is_error).astype(bool)]
    usable = usable.assign(**{CLE: usable[CLE].map(key_of)})
    wants_firm = not asked or fold(CABINET) in map(fold, asked)
    named = [d for d in asked if fold(d) != fold(CABINET) or fold(d) in map(fold, usable[CLE])]
    chosen = choose_dossiers(usable, named) if named or not asked else usable[CLE].isna()
    found: dict[str, list[Entreprise]] = defaultdict(list)
    for _, cells in records_of(usable[chosen]):
        siren = cells.get("SIREN")
        if siren is not None and not is_error(siren):
            found[siren_of(siren)].append(Entreprise(dossier=str(cells[CLE]), cells=cells))
    if wants_firm and siren_cabinet and siren_cabinet not in found:
        cells = {CLE: CABINET, "Raison sociale": cabinet.get("Nom", ""), "SIREN": siren_cabinet}
        found[siren_cabinet] = [Entreprise(dossier=CABINET, cells=cells)]
    return {siren: tuple(held) for siren, held in found.items()}
