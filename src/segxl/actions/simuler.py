"""« Simuler » : what the portfolio would become, without changing anything in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie, SaisieError, file_error
from segxl.domain.segments.clientele import PRESENT, follow_stays
from segxl.domain.simulation.depart import SEGMENT, Depart
from segxl.domain.simulation.essai import Essai, try_all
from segxl.domain.simulation.gestes import SCENARIO, Geste
from segxl.domain.simulation.lecture import Vocabulaire, parse_gestes
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.decisions import Decisions, decide, write_decisions
from segxl.excel.lecture_valeur import Lecture, read_valeur
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.relation import read_clients
from segxl.excel.simulation import find_rows, read_scenarios, tell_lines, write_simulation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BilanSimulation:
    """The scenarios tried; ``exemples`` when the sheet has just got its first lines.

    ``decisions`` tells of the scenario that was kept, None where none was; ``simulation`` when
    nothing was written at all.
    """

    classeur: str
    au: date
    essais: tuple[Essai, ...]
    exemples: bool
    decisions: Decisions | None
    anomalies: tuple[Anomalie, ...]
    simulation: bool


def run(
    workbook: Workbook, au: date, retenir: str = "", *, simulation: bool = False
) -> BilanSimulation:
    """Try every scenario of the sheet Scénarios, and write what each would change.

    Parameters
    ----------
    workbook : Workbook
        The clients; nothing in them changes, unless a scenario is kept.
    au : date
        Invoices and hours of a later day are left out.
    retenir : str, optional
        The scenario to keep: what it decides is written beside its clients.
    simulation : bool, optional
        Write nothing.

    Raises
    ------
    SaisieError
        The workbook cannot be used, or the scenario to keep is unknown, or cannot be followed to
        the letter; nothing was written.
    """
    lu = read_valeur(workbook)
    suivis, _, wrong_days = read_clients(lu.clients, lu.reglages)
    stays = follow_stays(suivis.loc[lu.usable.index], au)
    depart = _depart_of(workbook, lu, au, stays)
    table, is_new = read_scenarios(workbook, lu.reglages.fe)
    gestes, unread = parse_gestes(table, _words_of(lu, depart))
    essais = try_all(depart, gestes)
    wrong = (*unread, *_find_wrong(table, essais))
    decisions = None
    if retenir:
        essai = _kept(table, gestes, essais, unread, retenir)
        rows = pd.Series(lu.usable.index, index=lu.dossiers)
        decisions = decide(lu.clients, rows, essai, au)
    if not simulation:
        write_simulation(workbook, table, tell_lines(essais, gestes, wrong, table.sheet), essais)
        if decisions:
            write_decisions(workbook, lu.clients, decisions)
    return BilanSimulation(
        classeur=workbook.name,
        au=au,
        essais=essais,
        exemples=is_new,
        decisions=decisions,
        anomalies=(*wrong, *lu.anomalies, *wrong_days),
        simulation=simulation,
    )


def _depart_of(workbook: Workbook, lu: Lecture, au: date, stays: pd.DataFrame) -> Depart:
    return Depart(
        dossiers=lu.dossiers,
        mesures=lu.measure(lu.temps, au).clients,
        axes=lu.axes,
        politique=lu.politique,
        clients=lu.clients,
        reglages=lu.reglages,
        reponses=read_reponses(workbook),
        au=au,
        presents=stays[PRESENT].to_numpy(dtype=bool),
    )


def _words_of(lu: Lecture, depart: Depart) -> Vocabulaire:
    """Return the words that a line may use: the segments of the rules, and those in use."""
    segments = [*(r.segment for r in lu.reglages.segments), *depart.notes[SEGMENT]]
    return Vocabulaire(
        dossiers=depart.dossiers, segments=[*dict.fromkeys(segments)], grille=lu.reglages.fe
    )


def _find_wrong(table: Tableau, essais: Sequence[Essai]) -> Iterator[Anomalie]:
    for essai in essais:
        for x in (r for r in essai.remarques if not r.is_news):
            yield table.anomalie(x.header, x.row, x.problem, x.remedy)


def _kept(
    table: Tableau,
    gestes: Sequence[Geste],
    essais: Sequence[Essai],
    unread: Sequence[Anomalie],
    wanted: str,
) -> Essai:
    """Return the scenario to keep, once sure that every line of it is followed."""
    followed = {x.row for x in gestes}
    ignored = [row for row in find_rows(table, wanted) if row not in followed]
    cells = {table.cell(header, row) for header in table.letters for row in ignored}
    essai = next((e for e in essais if fold(e.scenario) == fold(wanted)), None)
    against = [x for x in essai.remarques if x.is_contradiction] if essai else []
    if ignored or against:
        told = [a for a in unread if a.cell in cells]
        told += [table.anomalie(x.header, x.row, x.problem, x.remedy) for x in against]
        raise SaisieError(told)
    if essai is None:
        names = " · ".join(e.scenario for e in essais)
        remedy = f"choisissez parmi : {names}" if names else f"remplissez d’abord la colonne « {SCENARIO} »"  # fmt: skip
        raise file_error(table.sheet, wanted, "aucun scénario ne porte ce nom", remedy)
    return essai
