"""The same value in formulas: a workbook that LibreOffice recalculates, beside our function."""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

from mesure import Mesure, Mesures, best_of
from segxl.domain.honoraires.factures import Periode
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.axes import default_axes
from segxl.domain.valeur.concentration import curve_of
from segxl.domain.valeur.politique import Politique
from segxl.domain.valeur.ventilation import gather_factures, places_of

CLIENTS, LINES = 3_000, 30_000
YEAR = Periode(du=date(2026, 1, 1), au=date(2026, 12, 31), est_entiere=True)
AXES, POLITIQUE = default_axes(), Politique()
SHEET, LINES_SHEET = "Valeur", "Lignes"
LAST, LAST_LINE = CLIENTS + 1, LINES + 1
WHO, DAYS, FEES = (f"{LINES_SHEET}!${c}$2:${c}${LAST_LINE}" for c in "ABC")
FORMULAS = (
    f"=SUMIF({WHO},A{{0}},{FEES})",
    f"=COUNTIF({WHO},A{{0}})",
    f"=46387-_xlfn.MAXIFS({DAYS},{WHO},A{{0}})",
    f"=PERCENTRANK(B$2:B${LAST},B{{0}})",
    f"=PERCENTRANK(C$2:C${LAST},C{{0}})",
    f"=1-PERCENTRANK(D$2:D${LAST},D{{0}})",
    f'=SUMIF(B$2:B${LAST},">"&B{{0}})/SUM(B$2:B${LAST})',
    '=IF(H{0}<0.8,"A",IF(H{0}<0.95,"B","C"))',
)
"""Fees, frequency, recency (31 December 2026 is day 46387), three ranks, share before, class."""


def run() -> Mesures:
    """Compare, after checking that both sides find the same fees and the same classes."""
    if shutil.which("soffice") is None:
        return
    lines = _lines()
    names = [f"D{i:04}" for i in range(CLIENTS)]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        formulas = _write(root / "formules.xlsx", names, lines)
        found = _convert(formulas, root)
        values = _write(root / "valeurs.xlsx", names, lines, found)
        _check(names, lines, found)
        with_formulas, plain = best_of(
            2, lambda: _convert(formulas, root), lambda: _convert(values, root)
        )
    (ours,) = best_of(100, lambda: _measure(names, lines))
    yield Mesure(
        subject="Pareto, RFM et A→D, 3 000 clients, 30 000 lignes",
        ours=ours,
        theirs=with_formulas - plain,
        against="SOMME.SI, LibreOffice",
        sign=">=",
        bound=1000,
    )


def _lines() -> pd.DataFrame:
    """Make up invoices; each client has some, and no two have the same fees."""
    rng = np.random.default_rng(3)
    who = np.concatenate([np.arange(CLIENTS), rng.integers(0, CLIENTS, LINES - CLIENTS)])
    names = pd.Series([f"D{i:04}" for i in range(CLIENTS)])
    return pd.DataFrame(
        {
            "Dossier": names[who].to_numpy(),
            "Date": np.datetime64("2026-01-01") + rng.integers(0, 365, LINES),
            "cents": rng.integers(1_000, 200_000, LINES),
        }
    )


def _measure(names: list[str], lines: pd.DataFrame) -> v.ReleveValeur:
    places = places_of(lines["Dossier"], names)
    billed = gather_factures(places, lines["Date"], lines["cents"], CLIENTS, YEAR)
    cost = billed["honoraires"] / 2
    mesures = billed.assign(heures=1.0, cout=cost, potentiel=-1)
    releve = v.measure_valeur(names, mesures, AXES, POLITIQUE)
    curve_of(releve.lignes[v.HONORAIRES].to_numpy())
    return releve


def _write(
    path: Path, names: list[str], lines: pd.DataFrame, values: list[list[str]] | None = None
) -> Path:
    """Write the clients, in formulas or in values, then their invoices."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append(["Dossier", "Honoraires", "F", "R", "M", "F", "R", "Avant", "Classe"])
    for place, name in enumerate(names):
        told = [f.format(place + 2) for f in FORMULAS] if values is None else _typed(values[place])
        sheet.append([name, *told])
    other = book.create_sheet(LINES_SHEET)
    other.append(["Dossier", "Date", "Montant"])
    for who, day, cents in lines.itertuples(index=False):
        other.append([who, day.to_pydatetime(), cents / 100])
    book.save(path)
    return path


def _typed(cells: list[str]) -> list[object]:
    return [*map(float, cells[1:8]), cells[8]]


def _convert(path: Path, root: Path) -> list[list[str]]:
    """Open a workbook in LibreOffice, which computes what has no value, and return its first sheet."""
    profile = (root / "profil").as_uri()
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false"
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", options]
    subprocess.run(  # noqa: S603  no shell, our own arguments
        [*command, "--outdir", root, path], check=True, capture_output=True
    )
    with (root / f"{path.stem}.csv").open(encoding="utf-8") as file:
        return [*csv.reader(file)][1:]


def _check(names: list[str], lines: pd.DataFrame, found: list[list[str]]) -> None:
    """Refuse two sides that do not find the same fees, days and classes."""
    ours = _measure(names, lines).lignes
    billed = gather_factures(places_of(lines["Dossier"], names), lines["Date"], lines["cents"], CLIENTS, YEAR)  # fmt: skip
    fees = np.array([float(row[1]) for row in found])
    days = np.array([float(row[3]) for row in found])
    classes = [row[8] for row in found]
    if (
        not np.allclose(fees, ours[v.HONORAIRES] / 100, atol=0.005)
        or not np.array_equal(days, billed["recence"])
        or classes != ours[v.ABC].tolist()
    ):
        msg = "the two sides find different fees, days or classes"
        raise AssertionError(msg)
