"""`segxl demo` : a fictitious firm, its clients measured and scored, the letters of one segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from segxl.actions import courriers, fec, noter, nouveau
from segxl.actions.courriers import BilanCourriers, Commande, Progress
from segxl.actions.fec import BilanFec
from segxl.actions.noter import BilanNotation
from segxl.domain.anomalies import SaisieError, file_error
from segxl.excel.cabinet import fill_cabinet
from segxl.excel.file import FileWorkbook
from segxl.excel.reglages import read_portefeuille
from segxl.sources.demonstration import invent_cabinet, invent_clients, invent_fec

CLASSEUR = "portefeuille.xlsx"
COURRIERS = "courriers"
FEC = "fec"
SEGMENT = "Prioritaire"


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanDemo:
    """Where everything stands, and what the three runs did."""

    classeur: Path
    courriers: Path
    fec: Path
    mesures: BilanFec
    notation: BilanNotation
    lettres: BilanCourriers


def run(
    folder: Path, clients: int, graine: int, today: date, progress: Progress | None = None
) -> BilanDemo:
    """Make the workbook and some FECs, measure and score, write the letters of the first segment.

    Raises
    ------
    SaisieError
        The folder already holds a workbook of that name or other FECs, or refuses.
    """
    path = nouveau.run(folder / CLASSEUR)
    fichiers = _fill(path, clients, graine)
    try:
        paths = _write(folder / FEC, fichiers)
    except SaisieError:
        path.unlink()
        raise
    measured = FileWorkbook(path)
    mesures = fec.run(measured, paths, today)
    measured.save()
    # A workbook shows what it held when it was opened: the notes need what was just measured.
    workbook = FileWorkbook(path)
    notation = noter.run(workbook, today)
    commande = Commande(vers=folder / COURRIERS, beside=folder, today=today, segments=(SEGMENT,))
    lettres = courriers.run(workbook, commande, progress)
    workbook.save()
    return BilanDemo(
        classeur=path,
        courriers=commande.vers,
        fec=folder / FEC,
        mesures=mesures,
        notation=notation,
        lettres=lettres,
    )


def _fill(path: Path, clients: int, graine: int) -> Mapping[str, bytes]:
    """Put the fictitious clients and their firm in a new workbook; return their FECs by name."""
    workbook = FileWorkbook(path)
    _, reglages, _ = read_portefeuille(workbook)
    invented = invent_clients(clients, graine, reglages.criteres)
    fictifs = invent_fec(invented, graine, reglages.criteres)
    workbook.append_rows("Clients", fictifs.clients)
    fill_cabinet(workbook, invent_cabinet())
    workbook.save()
    return fictifs.fichiers


def _write(folder: Path, fichiers: Mapping[str, bytes]) -> list[Path]:
    """Write the FECs, never over other ones."""
    paths = {folder / name: content for name, content in fichiers.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in paths.items():
            if path.exists() and path.read_bytes() != content:
                problem = "un autre fichier porte déjà ce nom"
                raise file_error(path.name, "", problem, "choisissez un autre dossier")
        for path, content in paths.items():
            path.write_bytes(content)
    except OSError as error:
        problem, remedy = "les FEC ne peuvent pas être écrits ici", f"vérifiez vos droits sur le dossier {folder}"  # fmt: skip
        raise file_error(folder.name, "", problem, remedy) from error
    return sorted(paths)
