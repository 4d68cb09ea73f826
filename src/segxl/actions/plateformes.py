"""« Plateformes » : bring what the vendors say of each client, and list whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie, file_error
from segxl.domain.dossiers import read_dossiers
from segxl.domain.fusion_suivis import merge_suivis
from segxl.domain.obligations import find_obligations
from segxl.domain.reglages import Reglages
from segxl.domain.relances import find_relances
from segxl.domain.situation import ENTREES
from segxl.domain.statuts import STATUT, SUIVI
from segxl.domain.suivi_plateformes import (
    apply_changements,
    judge_lignes,
    pair_lignes,
    parse_suivis,
)
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.departs import find_departs
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille
from segxl.sources import constats_plateformes as constats
from segxl.sources.cellules_plateformes import parse_nom
from segxl.sources.comptes_rendus_plateformes import (
    render_added,
    render_clients,
    render_fusion,
    render_releve,
)
from segxl.sources.constats import Constats, all_of, only_filled
from segxl.sources.loi import read_loi
from segxl.sources.mots_plateformes import read_mots
from segxl.sources.plateformes import Releve, read_releve

Changements = dict[int, dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanPlateformes:
    """What the exports say and change, and whom to call; ``simulation`` when nothing was written.

    ``phrases`` and ``detail`` tell the exports and the clients that change, in sentences;
    ``constats`` what needs a hand, by kind. ``relances`` is the call list, see
    ``domain.relances.find_relances``, as the clients are once the exports are in.
    """

    classeur: str
    au: date
    exports: int
    phrases: tuple[str, ...]
    detail: tuple[str, ...]
    constats: Constats
    relances: pd.DataFrame
    simulation: bool

    @property
    def anomalies(self) -> tuple[Anomalie, ...]:
        """Everything that needs a hand."""
        return all_of(self.constats)

    @property
    def is_empty(self) -> bool:
        """Whether Clients says all of it already."""
        return not self.detail


def run(
    workbook: Workbook,
    exports: Sequence[Path],
    au: date,
    *,
    plateforme: str = "",
    simulation: bool = False,
) -> BilanPlateformes:
    """Fill the platform of each client from the exports of vendors; without any, list the calls.

    Parameters
    ----------
    workbook : Workbook
        The clients.
    exports : sequence of Path
        Status exports, in any order.
    au : date
        The day of the list; statuses of a later day are set aside.
    plateforme : str, optional
        The platform of the exports that have no column for it.
    simulation : bool, optional
        Write nothing.

    Raises
    ------
    SaisieError
        The workbook or an export cannot be used; nothing was written.
    LoiError, MotsError
        The shipped law or words are written wrong.
    """
    mots = read_mots()
    if parse_nom(plateforme).problem:
        problem = "ce n’est pas le nom d’une plateforme"
        raise file_error("Plateforme", plateforme, problem, "donnez le nom que Clients montrera")
    clients, reglages, _ = read_portefeuille(workbook)
    clients = clients.canonical([*ENTREES, *SUIVI])
    suivis = parse_suivis(clients)
    releves = [read_releve(path, mots, au, plateforme) for path in exports]
    fusion = _merge(workbook, clients, suivis, releves)
    if fusion.changements and not simulation:
        workbook.add_columns("Clients", fusion.added)
        workbook.write_cells("Clients", fusion.changements)
    return BilanPlateformes(
        classeur=workbook.name,
        au=au,
        exports=len(exports),
        phrases=fusion.phrases,
        detail=tuple(render_clients(clients.lignes, suivis, fusion.changements)),
        constats=fusion.constats,
        relances=_relances(clients, reglages, _settled(suivis, fusion), au),
        simulation=simulation,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fusion:
    """What the exports change in Clients."""

    changements: Changements = field(default_factory=dict)
    added: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    doutes: pd.Series = field(default_factory=lambda: pd.Series(dtype=object))
    """Why the status of a client is to be settled first, by row."""
    constats: Constats = field(default_factory=dict)


def _merge(
    workbook: Workbook, clients: Tableau, suivis: pd.DataFrame, releves: Sequence[Releve]
) -> _Fusion:
    """Compare what the exports tell with what Clients holds."""
    if not releves:
        return _Fusion()
    told = pd.concat([r.lignes for r in releves], ignore_index=True)
    lignes = pair_lignes(suivis, told)
    fates = judge_lignes(lignes)
    settled, merged = merge_suivis(suivis, told)
    formulas = {fold(h): {*cells} for h, cells in workbook.read_formulas("Clients").items()}
    changements, kept = constats.keep_formulas(
        clients,
        merged,
        {h: formulas.get(fold(h), set()) for h in SUIVI},
    )
    written = {h for cells in changements.values() for h in cells}
    added = tuple(h for h in SUIVI if h in written and h not in clients.letters)
    sirens = {*told["SIREN"]}
    return _Fusion(
        changements=changements,
        added=added,
        phrases=(
            *chain.from_iterable(map(render_releve, releves)),
            *render_fusion(lignes, fates, changements, settled),
            *render_added(added),
        ),
        doutes=constats.find_doutes(suivis, lignes, fates, {s for r in releves for s in r.obscurs}),
        constats=only_filled(
            [
                (constats.CONTRADICTIONS, [*constats.find_contradictions(clients, lignes, fates)]),
                *chain.from_iterable(r.anomalies.items() for r in releves),
                (constats.ILLISIBLES, [*constats.find_unread(clients, suivis, sirens)]),
                (constats.FORMULES, kept),
                (constats.ABSENTS, [*constats.find_absents(told, suivis)]),
                (constats.PARTAGES, [*constats.find_shared(clients, suivis, sirens)]),
            ]
        ),
    )


def _settled(suivis: pd.DataFrame, fusion: _Fusion) -> pd.DataFrame:
    """Return what Clients says of platforms once the exports are in, and what stays in doubt."""
    applied = apply_changements(suivis, fusion.changements)
    unread = pd.Series("« Statut plateforme » ne se lit pas dans Clients", index=suivis.index)
    doutes = fusion.doutes.reindex(suivis.index)
    return applied.assign(doute=doutes.mask(applied["illisible"] == STATUT, unread))


def _relances(clients: Tableau, reglages: Reglages, suivis: pd.DataFrame, au: date) -> pd.DataFrame:
    """Return whom to call; nobody calls a client who is gone."""
    dossiers = read_dossiers(clients, reglages)
    dossiers = dossiers[~dossiers.index.isin(find_departs(clients, au).index)]
    obligations = find_obligations(dossiers, read_loi(), au)
    known = suivis.loc[dossiers.index, [*SUIVI, "doute"]]
    told = dossiers[[h for h in dossiers.columns if h not in SUIVI]]
    return find_relances(told.join(known).assign(reception=obligations["reception"]), au)
