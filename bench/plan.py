"""Obligations, priority and plan for a whole portfolio: drawn once, then drawn again."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from mesure import Mesure, Mesures, best_of
from segxl.domain.capacite import Capacity
from segxl.domain.demarches import choose_demarches
from segxl.domain.feuille_plan import list_added, list_changes, retell_lignes
from segxl.domain.lecture_plan import PLAN, parse_plan
from segxl.domain.normalisation import normalise
from segxl.domain.obligations import find_obligations
from segxl.domain.planning import draw_plan
from segxl.domain.priorite import poids_of, rank_priorites
from segxl.domain.tableau import Tableau
from segxl.domain.urgence import measure_urgence
from segxl.excel.file import FileWorkbook
from segxl.sources.loi import read_loi
from sujets import SEED, invent_dossiers, make_workbook, shipped_reglages

CLIENTS, READ = 100_000, 10_000
PEOPLE, CAPACITE = 400, 40
MOST_SECONDS, MOST_OF_READING = 3, 0.3
AU = date(2026, 11, 22)
BLANK = Tableau.of("Plan", PLAN, [])


def run() -> Mesures:
    """Time a first plan, then the same sheet a week later."""
    clients = _invent(CLIENTS)
    sheet = _sheet_after(_plan(clients, BLANK))
    first, again = best_of(3, lambda: _plan(clients, BLANK), lambda: _plan(clients, sheet))
    yield Mesure(
        subject="Obligations, priorité et plan, 100 000 clients",
        ours=first,
        sign="<=",
        bound=MOST_SECONDS,
    )
    yield Mesure(subject="  la feuille déjà remplie", ours=again, sign="<=", bound=MOST_SECONDS)
    yield _beside_reading()


def _invent(count: int) -> pd.DataFrame:
    """Make up clients, their marks drawn at random, followed by a firm of that size."""
    rng = np.random.default_rng(SEED)
    dossiers = normalise(invent_dossiers(count, *shipped_reglages().grilles))
    people = [f"Collaborateur {i}" for i in range(PEOPLE)]
    return dossiers.assign(
        Collaborateur=rng.choice(people, count).astype(object),
        FE=rng.integers(0, 201, count) / 10,
        Enjeu=rng.integers(0, 201, count) / 10,
    )


def _plan(clients: pd.DataFrame, sheet: Tableau) -> tuple[list[pd.DataFrame], pd.DataFrame]:
    """Do what « segxl plan » does between reading and writing; return the cells to write."""
    loi = read_loi()
    obligations = find_obligations(clients, loi, AU)
    urgence = measure_urgence(clients, obligations, AU)
    poids = poids_of(shipped_reglages())
    ranks = rank_priorites(clients["Dossier"], clients["FE"], urgence, clients["Enjeu"], poids)
    reasons = ranks["Raison de la priorité"]
    end = loi.value("fin_regime_simplifie", "date")
    steps = choose_demarches(clients, obligations, urgence, reasons, end)
    known = clients[["Dossier", "Raison sociale", "Collaborateur"]]
    wanted = known.rename(columns={"Collaborateur": "Responsable"}).join(steps)
    lignes = parse_plan(sheet, {})
    plan = draw_plan(
        wanted.assign(Priorité=ranks["Priorité"]), lignes, Capacity(commune=CAPACITE), AU
    )
    changed = [retell_lignes(plan, lignes, frozenset()), *list_changes(plan, lignes)]
    return changed, list_added(plan)


def _sheet_after(written: tuple[list[pd.DataFrame], pd.DataFrame]) -> Tableau:
    """Return the table as the next run reads it."""
    _, added = written
    lignes = added.astype(object).where(added.notna(), None)
    return replace(BLANK, lignes=lignes.set_axis(range(2, len(lignes) + 2)))


def _beside_reading() -> Mesure:
    """Compare with reading a workbook of as many clients."""
    clients = _invent(READ)
    with tempfile.TemporaryDirectory() as name:
        path = make_workbook(Path(name) / "clients.xlsx", READ)
        ours, theirs = best_of(
            3,
            lambda: _plan(clients, BLANK),
            lambda: FileWorkbook(path, to_write=False).read_table("Clients"),
        )
    return Mesure(
        subject="Obligations, priorité et plan, 10 000 clients",
        ours=ours,
        theirs=theirs,
        against="lire leur classeur",
        sign="<=",
        bound=MOST_OF_READING,
    )
