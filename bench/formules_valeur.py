"""The same value in formulas: a workbook that LibreOffice recalculates, beside our function."""

from __future__ import annotations

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
from segxl.domain.valeur.rangs import INCONNU
from segxl.domain.valeur.ventilation import gather_factures, places_of

CLIENTS, LINES = 3_000, 30_000
YEAR = Periode(du=date(2026, 1, 1), au=date(2026, 12, 31), est_entiere=True)
AXES, POLITIQUE = default_axes(), Politique()
SHEET, LINES_SHEET = "Valeur", "Lignes"
LAST, LAST_LINE = CLIENTS + 1, LINES + 1
END = 46_387
"""31 December 2026, as a workbook counts days."""
WHO, DAYS, FEES = (f"{LINES_SHEET}!${c}$2:${c}${LAST_LINE}" for c in "ABC")
_THIRD = f"INT((2*ROUND({{rank}}*{CLIENTS - 1},0)+1)*3/{2 * CLIENTS})"
"""The third that a rank from 0 to 1 stands in: 0, 1 or 2."""
FORMULAS = {
    "Honoraires": f"=SUMIF({WHO},A{{0}},{FEES})",
    "Factures": f"=COUNTIF({WHO},A{{0}})",
    "Récence": f"={END}-_xlfn.MAXIFS({DAYS},{WHO},A{{0}})",
    "Marge": "=C{0}-B{0}",
    "Part du coût": "=B{0}/C{0}",
    "M": f"=PERCENTRANK(C$2:C${LAST},C{{0}},9)",
    "F": f"=PERCENTRANK(D$2:D${LAST},D{{0}},9)",
    "R": f"=1-PERCENTRANK(E$2:E${LAST},E{{0}},9)",
    "Rang de marge": f"=PERCENTRANK(F$2:F${LAST},F{{0}},9)",
    "Rang du coût": f"=1-PERCENTRANK(G$2:G${LAST},G{{0}},9)",
    "RFM": "=1+INT(J{0}*4.999)&1+INT(I{0}*4.999)&1+INT(H{0}*4.999)",
    "Part avant": f'=SUMIF(C$2:C${LAST},">"&C{{0}})/SUM(C$2:C${LAST})',
    "ABC": '=IF(N{0}<0.8,"A",IF(N{0}<0.95,"B","C"))',
    "V": f"={_THIRD.format(rank='H{0}')}",
    "G": f"={_THIRD.format(rank='K{0}')}",
    "S": f"={_THIRD.format(rank='L{0}')}",
    "A→D": '=IF(F{0}<0,"D",IF(AND(P{0}=2,Q{0}=2,R{0}>0),"A",'
    'IF(AND(P{0}=0,Q{0}=0,R{0}=0),"D",IF(Q{0}>0,"B","C"))))',
}
"""From column C on, beside the client (A) and what it costs (B). The table from A to D is the shipped
one, for clients whose potential nobody rated."""


def run() -> Mesures:
    """Compare, after checking that both sides find the same fees and the same classes."""
    if shutil.which("soffice") is None:
        return
    lines, clients = _lines(), _clients()
    # First, as in a run of its own: the workbooks of the other side fill the memory.
    (ours,) = best_of(200, lambda: _measure(clients, lines))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        formulas = _write(root / "formules.xlsx", clients, lines)
        found = _convert(formulas, root)
        values = _write(root / "valeurs.xlsx", clients, lines, found)
        _check(clients, lines, found)
        with_formulas, plain = best_of(
            2, lambda: _convert(formulas, root), lambda: _convert(values, root)
        )
    yield Mesure(
        subject="Pareto, RFM et A→D, 3 000 clients, 30 000 lignes",
        ours=ours,
        theirs=with_formulas - plain,
        against="SOMME.SI, LibreOffice",
        sign=">=",
        bound=1000,
    )


def _clients() -> pd.DataFrame:
    """Make up clients and what each of them costs, in cents, no two alike."""
    rng = np.random.default_rng(5)
    names = [f"D{i:04}" for i in range(CLIENTS)]
    return pd.DataFrame({"Dossier": names, "cout": rng.permutation(CLIENTS) * 200 + 50_000})


def _lines() -> pd.DataFrame:
    """Make up invoices; each client has some, and no two have the same fees."""
    rng = np.random.default_rng(14)
    who = np.concatenate([np.arange(CLIENTS), rng.integers(0, CLIENTS, LINES - CLIENTS)])
    names = pd.Series([f"D{i:04}" for i in range(CLIENTS)])
    return pd.DataFrame(
        {
            "Dossier": names[who].to_numpy(),
            "Date": np.datetime64("2026-01-01") + rng.integers(0, 365, LINES),
            "cents": rng.integers(1_000, 200_000, LINES),
        }
    )


def _measure(clients: pd.DataFrame, lines: pd.DataFrame) -> v.ReleveValeur:
    names = clients["Dossier"].tolist()
    places = places_of(lines["Dossier"], names)
    billed = gather_factures(places, lines["Date"], lines["cents"], CLIENTS, YEAR)
    mesures = billed.assign(heures=1.0, cout=clients["cout"].to_numpy(), potentiel=INCONNU)
    releve = v.measure_valeur(names, mesures, AXES, POLITIQUE)
    curve_of(releve.lignes[v.HONORAIRES].to_numpy())
    return releve


def _write(
    path: Path, clients: pd.DataFrame, lines: pd.DataFrame, values: pd.DataFrame | None = None
) -> Path:
    """Write the clients, in formulas or in values, then their invoices."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append(["Dossier", "Coût", *FORMULAS])
    for place, (name, cost) in enumerate(clients.itertuples(index=False)):
        its = [f.format(place + 2) for f in FORMULAS.values()] if values is None else values.iloc[place]  # fmt: skip
        sheet.append([name, cost / 100, *its])
    other = book.create_sheet(LINES_SHEET)
    other.append(["Dossier", "Date", "Montant"])
    for who, day, cents in lines.itertuples(index=False):
        other.append([who, day.to_pydatetime(), cents / 100])
    book.save(path)
    return path


def _convert(path: Path, root: Path) -> pd.DataFrame:
    """Open a workbook in LibreOffice, which computes what has no value, and return its formulas."""
    profile = (root / "profil").as_uri()
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false"
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", options]
    subprocess.run(  # noqa: S603  no shell, our own arguments
        [*command, "--outdir", root, path], check=True, capture_output=True
    )
    return pd.read_csv(root / f"{path.stem}.csv")[[*FORMULAS]].astype(object)


def _check(clients: pd.DataFrame, lines: pd.DataFrame, found: pd.DataFrame) -> None:
    """Refuse two sides that do not find the same fees and classes."""
    ours = _measure(clients, lines).lignes
    fees = found["Honoraires"].astype(float)
    if (
        not np.allclose(fees, ours[v.HONORAIRES] / 100, atol=0.005)
        or found["ABC"].tolist() != ours[v.ABC].tolist()
        or found["A→D"].tolist() != ours[v.ABCD].tolist()
    ):
        msg = "the two sides find different fees or classes"
        raise AssertionError(msg)
