"""Worksheet functions: a whole column in one formula, conversion by xlwings included."""

from __future__ import annotations

import sys

import pandas as pd

from mesure import Mesure, Mesures, best_of
from segxl.actions import nouveau
from segxl.domain.reglages import parse_reglages
from segxl.domain.resultats import rate_dossiers
from segxl.domain.tableau import Tableau
from segxl.excel.file import FileWorkbook
from segxl.excel.reglages import read_portefeuille
from segxl.faces import udfs
from segxl.shipped import CHECKOUT, shipped_path
from sujets import invent_dossiers, shipped_reglages

CLIENTS, ALONE = 5_000, 50
MOST_SECONDS = 0.05
POLICY = ("Criteres", "Baremes", "Couleurs", "Segments", "Parametres")
Rows = tuple[tuple[object, ...], ...]


def run() -> Mesures:
    """Measure SEG_NOTES, after checking that it finds what the ribbon writes."""
    sys.path.insert(0, str(CHECKOUT))
    from tests.engine.excel import start  # noqa: PLC0415  the engine of the tests is no package of ours
    from tests.engine.serveur import serving  # noqa: PLC0415

    workbook = FileWorkbook(shipped_path(nouveau.TEMPLATE), to_write=False)
    tables = {name: workbook.read_table(name) for name in POLICY}
    tables["Criteres"].lignes["Grille"] = "FE"  # the sixteen critères in one note
    clients = _clients([*read_portefeuille(workbook)[0].letters])
    answers, intitules = _range(clients.lignes), (tuple(clients.letters),)
    grid = [(tuple(t.letters), *_range(t.lignes)) for t in (tables["Criteres"], tables["Baremes"])]
    excel = start()
    with serving(udfs.__file__) as server:

        def column() -> object:
            return server.call("SEG_NOTES", answers, intitules, *grid)

        def cells() -> list[object]:
            return [server.call("SEG_NOTE", (r,), intitules, *grid) for r in answers[:ALONE]]

        _require_same(column(), clients, tables)
        ours, theirs = best_of(9, column, cells)
    excel.quit()
    subject = "SEG_NOTES, 5 000 clients × 16 critères"
    yield Mesure(subject=subject, ours=ours, sign="<=", bound=MOST_SECONDS)
    theirs *= CLIENTS / ALONE
    against = "une SEG_NOTE par client"
    yield Mesure(subject=f"  la même, {ALONE} × 100", ours=ours, theirs=theirs, against=against)


def _clients(headers: list[str]) -> Tableau:
    """Return invented clients under every header of the template."""
    invented = invent_dossiers(CLIENTS, *shipped_reglages().grilles).reindex(columns=headers)
    rows = invented.astype(object).where(invented.notna(), None)
    return Tableau.of("Clients", headers, rows.to_numpy().tolist())


def _range(lignes: pd.DataFrame) -> Rows:
    """Return rows as COM hands them over: every number a float."""
    floats = (
        [float(v) if isinstance(v, int | float) else v for v in column]
        for column in (lignes[h].where(lignes[h].notna(), None) for h in lignes)
    )
    return tuple(zip(*floats, strict=True))


def _require_same(found: object, clients: Tableau, tables: dict[str, Tableau]) -> None:
    reglages, _ = parse_reglages(tables, clients)
    if reglages is None:
        raise AssertionError
    notes = rate_dossiers(clients, reglages).lignes["Note FE"]
    if found != [["" if pd.isna(note) else note] for note in notes]:
        msg = "the formula and the ribbon give other notes"
        raise AssertionError(msg)
