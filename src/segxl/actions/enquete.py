"""« Enquête » : bring what clients answered, and say what they think."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.ecoute.annee import PERIODE, measure_what_matters, measure_year
from segxl.domain.ecoute.importance import Importance
from segxl.domain.enquete import JOUR, merge_reponses, pair_reponses
from segxl.domain.reglages import Reglages
from segxl.domain.tableau import Tableau
from segxl.excel.enquete import find_changes, read_enquete, rows_to_add, write_reponses
from segxl.excel.following_formulas import read_following
from segxl.excel.port import Workbook
from segxl.excel.provenance import News, find_news, record_news
from segxl.excel.reglages import read_portefeuille
from segxl.sources import constats_enquete as constats
from segxl.sources.comptes_rendus_enquete import render_detail, render_grille, render_lot
from segxl.sources.constats import Constats, all_of, only_filled
from segxl.sources.enquete import read_reponses
from segxl.sources.fusion_clients import Changement, apply_changements
from segxl.sources.lot_enquete import Lot
from segxl.sources.mots_enquete import read_mots_enquete
from segxl.sources.reponses_grille import Propositions, propose_reponses

Cells = dict[int, dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanEnquete:
    """What the exports bring, and what clients think; ``simulation`` when nothing was written.

    ``phrases`` tell the exports in sentences, ``detail`` the answers of the grid, ``constats``
    what needs a hand, by kind. ``mesures`` is the portfolio, then each segment, over the year that
    ends on ``au``: see ``domain.satisfaction.measure_satisfaction``; ``importances`` is what they
    call important; ``anciennes`` counts the older answers, which are left out of both.
    """

    classeur: str
    au: date
    exports: int
    phrases: tuple[str, ...]
    detail: tuple[str, ...]
    constats: Constats
    mesures: pd.DataFrame
    importances: Mapping[str, tuple[Importance, ...]]
    anciennes: int
    simulation: bool
    is_empty: bool
    """Whether the workbook says all of it already."""

    @property
    def anomalies(self) -> tuple[Anomalie, ...]:
        """Everything that needs a hand."""
        return all_of(self.constats)


def run(
    workbook: Workbook, exports: Sequence[Path], au: date, *, simulation: bool = False
) -> BilanEnquete:
    """Put the answers of surveys on record, fill the grid, and measure; without export, measure.

    Parameters
    ----------
    workbook : Workbook
        The clients.
    exports : sequence of Path
        Exports of form tools, or questionnaires that came back.
    au : date
        The day of the figures, and of the answers without a date; later answers are set aside.
    simulation : bool, optional
        Write nothing.

    Raises
    ------
    SaisieError
        The workbook or an export cannot be used; nothing was written.
    MotsError
        The shipped words are written wrong.
    """
    clients, reglages, _ = read_portefeuille(workbook)
    known, unread = read_enquete(workbook)
    mots, criteres = read_mots_enquete(), [c.libelle for c in reglages.criteres]
    lot = Lot.of(clients, known, [read_reponses(path, mots, au, criteres) for path in exports])
    paired = pair_reponses(known, lot.told)
    whole = merge_reponses(known, lot.told, paired)
    propositions = _propose(workbook, clients, reglages, lot)
    filled = [c for p in propositions for c in p.remplies.updates]
    changes, added = find_changes(known, whole), rows_to_add(lot.told, whole)
    news = find_news(workbook, lot.declare(propositions))
    segments = [r.segment for r in reglages.segments]
    is_empty = not (changes or len(added) or filled or news)
    if not (simulation or is_empty):
        _write(workbook, changes, added, filled, news)
    soon = whole.dropna(subset="label").set_index("label")["avant"]
    return BilanEnquete(
        classeur=workbook.name,
        au=au,
        exports=len(exports),
        phrases=(*render_lot(lot.reponses, paired, soon), *render_grille(filled)),
        detail=tuple(render_detail(filled)),
        constats=_constats_of(lot, paired, soon, propositions, unread),
        mesures=measure_year(clients.lignes, segments, whole, au),
        importances=measure_what_matters(clients.lignes, segments, whole, au),
        anciennes=sum(1 for jour in whole[JOUR] if jour <= au - PERIODE),
        simulation=simulation,
        is_empty=is_empty,
    )


def _propose(
    workbook: Workbook, clients: Tableau, reglages: Reglages, lot: Lot
) -> list[Propositions]:
    """Compare the answers of the grid of each export with Clients, as the ones before leave it."""
    grille = {c.libelle: [n.reponse for n in c.niveaux if n.reponse] for c in reglages.criteres}
    formulas = workbook.read_formulas("Clients")
    renvois = {h: {r: read_following(f) for r, f in c.items()} for h, c in formulas.items()}
    frame = clients.lignes
    propositions = []
    for number, reponses in enumerate(lot.reponses):
        if reponses.titres.criteres:
            found = propose_reponses(frame, reponses, lot.rows(number), grille, renvois)
            frame = apply_changements(frame, found.remplies)
            propositions.append(found)
    return propositions


def _constats_of(
    lot: Lot,
    paired: pd.DataFrame,
    soon: pd.Series,
    propositions: Sequence[Propositions],
    unread: Sequence[Anomalie],
) -> Mapping[str, tuple[Anomalie, ...]]:
    """Return what needs a hand, by kind."""
    return only_filled(
        [
            *lot.find_anomalies(),
            (constats.DOUBLONS, [*constats.find_repeats(lot.told, paired)]),
            (constats.TROP_TOT, [*constats.find_soon(lot.told, soon)]),
            (constats.DIFFERENCES, [a for p in propositions for a in p.differences]),
            (constats.FORMULES, [a for p in propositions for a in p.formules]),
            (constats.REPONSES, [a for p in propositions for a in p.illisibles]),
            (constats.ILLISIBLES, unread),
        ]
    )


def _write(
    workbook: Workbook,
    changes: Cells,
    added: pd.DataFrame,
    filled: Sequence[Changement],
    news: News,
) -> None:
    if changes or len(added):
        write_reponses(workbook, changes, added)
    cells: Cells = {}
    for change in filled:
        cells.setdefault(change.row, {})[change.header] = change.new
    if cells:
        workbook.write_cells("Clients", cells)
    record_news(workbook, news)
