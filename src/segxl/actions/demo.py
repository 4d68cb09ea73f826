"""`segxl demo` : a fictitious firm, scored, with the letters of one segment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from segxl.actions import courriers, noter, nouveau
from segxl.actions.courriers import BilanCourriers, Commande, Progress
from segxl.actions.noter import BilanNotation
from segxl.excel.cabinet import fill_cabinet
from segxl.excel.file import FileWorkbook
from segxl.excel.reglages import read_portefeuille
from segxl.sources.demonstration import invent_cabinet, invent_clients

CLASSEUR = "portefeuille.xlsx"
COURRIERS = "courriers"
SEGMENT = "Prioritaire"


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanDemo:
    """Where everything stands, and what the two runs did."""

    classeur: Path
    courriers: Path
    notation: BilanNotation
    lettres: BilanCourriers


def run(
    folder: Path, clients: int, graine: int, today: date, progress: Progress | None = None
) -> BilanDemo:
    """Make the workbook, score it, write the letters of the first segment to meet.

    Raises
    ------
    SaisieError
        The folder already holds a workbook of that name, or refuses.
    """
    path = nouveau.run(folder / CLASSEUR)
    _fill(path, clients, graine)
    workbook = FileWorkbook(path)
    notation = noter.run(workbook, today)
    commande = Commande(vers=folder / COURRIERS, beside=folder, today=today, segments=(SEGMENT,))
    lettres = courriers.run(workbook, commande, progress)
    workbook.save()
    return BilanDemo(classeur=path, courriers=commande.vers, notation=notation, lettres=lettres)


def _fill(path: Path, clients: int, graine: int) -> None:
    """Put the fictitious clients and their firm in a new workbook."""
    workbook = FileWorkbook(path)
    _, reglages, _ = read_portefeuille(workbook)
    workbook.append_rows("Clients", invent_clients(clients, graine, reglages.criteres))
    fill_cabinet(workbook, invent_cabinet())
    workbook.save()
