"""« Équipe » : what each person of the firm did, month by month, and what they learnt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie, Gravite
from segxl.domain.equipe import (
    COURRIERS,
    ECHANGES,
    ETAPES,
    MESUREES,
    QUI,
    RENCONTRES,
    Fact,
    count_equipe,
    parse_mois,
)
from segxl.domain.identifiants import key_of
from segxl.domain.journal import exchanges_of, require_day
from segxl.domain.lecture_plan import parse_plan
from segxl.domain.provenance.origines import JOUR, MESURE, NATURE
from segxl.domain.rencontres import FACE_TO_FACE
from segxl.domain.saisie import is_error, parse_column, parse_date
from segxl.domain.textes import fold
from segxl.excel.courriers import read_drafts
from segxl.excel.equipe import read_formations, write_equipe
from segxl.excel.journal import read_journal
from segxl.excel.plan import read_plan
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.reglages import read_portefeuille
from segxl.excel.relation import read_clients


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BilanEquipe:
    """What was counted; ``mois`` is the first day of the month asked for."""

    classeur: str
    au: date
    mois: date
    compteurs: pd.DataFrame
    """See ``domain.equipe.count_equipe``."""
    anomalies: tuple[Anomalie, ...]


def run(workbook: Workbook, au: date, mois: str = "") -> BilanEquipe:
    """Count what each person did, and write the sheets Équipe, Formations and Lire A-D.

    Parameters
    ----------
    workbook : Workbook
        The clients.
    au : date
        What is dated later has not happened.
    mois : str, optional
        The last month to count, « 2026-11 »; that of ``au`` by default.

    Raises
    ------
    SaisieError
        The workbook cannot be used, or that is no month; nothing was written.
    """
    first = parse_mois(mois, require_day(au))
    suivis, unnamed = _read_suivis(workbook)
    trainings, wrong = read_formations(workbook)
    who = {str(cle): _name(qui) for cle, qui in zip(suivis["cle"], suivis[QUI], strict=True)}
    facts = [*_exchanges(workbook, who), *_done(workbook, who), *trainings]
    compteurs = count_equipe(suivis, facts, first, au)
    write_equipe(workbook, compteurs, au)
    return BilanEquipe(
        classeur=workbook.name,
        au=au,
        mois=first,
        compteurs=compteurs,
        anomalies=(*unnamed, *wrong),
    )


def _read_suivis(workbook: Workbook) -> tuple[pd.DataFrame, list[Anomalie]]:
    """Return each client with its days and whoever follows it, and whether no column says who does."""
    tableau, reglages, _ = read_portefeuille(workbook)
    clients, _, _ = read_clients(tableau, reglages)
    named = tableau.canonical([QUI])
    names = named.lignes.reindex(columns=[QUI])[QUI].loc[clients.index]
    missing = [replace(a, gravite=Gravite.A_CORRIGER) for a in named.find_missing([QUI])]
    return clients.assign(**{QUI: [_name(x) for x in names]}), missing


def _exchanges(workbook: Workbook, who: dict[str, str]) -> Iterator[Fact]:
    """Yield the exchanges of the Journal and, among them, the meetings."""
    journal = exchanges_of(read_journal(workbook))
    cells = (journal[h] for h in ("Dossier", "Qui", "Canal", "Date"))
    for dossier, qui, canal, jour in zip(*cells, strict=True):
        name = _name(qui) or who.get(fold(dossier), "")
        yield ECHANGES, name, jour, 1.0
        if fold(canal or "") in FACE_TO_FACE:
            yield RENCONTRES, name, jour, 1.0


def _done(workbook: Workbook, who: dict[str, str]) -> Iterator[Fact]:
    """Yield the steps of the plan that were taken, the letters and the measured answers."""
    plan = parse_plan(*read_plan(workbook))
    for cle, qui, day in zip(plan["clé"], plan["Responsable"], plan["fait"], strict=True):
        if not pd.isna(day):
            yield ETAPES, _name(qui) or who.get(cle, ""), day.date(), 1.0
    for dossier, _, jour in read_drafts(workbook):
        yield COURRIERS, who.get(fold(dossier), ""), jour, 1.0
    table = read_reponses(workbook)
    if table is None:
        return
    answers = table.lignes.reindex(columns=["Dossier", NATURE, JOUR])
    measured = answers[[fold(n or "") == fold(MESURE) for n in answers[NATURE]]]
    days = parse_column(measured[JOUR], parse_date)
    for dossier, jour in zip(measured["Dossier"], days, strict=True):
        yield MESUREES, who.get(fold(key_of(dossier or "")), ""), jour, 1.0


def _name(cell: object) -> str:
    """Return a name as one line; none for a blank cell, or one that shows an error."""
    is_blank = cell is None or is_error(cell) or bool(pd.isna(cell))  # type: ignore[call-overload]
    return "" if is_blank else " ".join(str(cell).split())
