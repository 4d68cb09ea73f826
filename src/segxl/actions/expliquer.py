"""« Expliquer » : why one client has this note, this colour and this segment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from segxl.domain.justification import Justification, justify_note
from segxl.domain.recherche import find_row
from segxl.domain.resultats import rate_dossiers
from segxl.domain.tableau import record_of
from segxl.excel.explication import TABLE, write_explication
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.reglages import read_portefeuille
from segxl.lettres.choix import PERSONNELS, called, choose_message

__all__ = ["TABLE", "run", "show"]


def run(workbook: Workbook, dossier: str, au: date = date.min) -> Justification:
    """Explain the note of one dossier, found by its number or by its raison sociale.

    ``au`` is the day on which answers are too old or not; none is where no day is given.

    Raises
    ------
    SaisieError
        The workbook cannot be scored, or no dossier answers to that name.
    """
    clients, reglages, _ = read_portefeuille(workbook)
    clients = clients.canonical(PERSONNELS)
    resultats = rate_dossiers(clients, reglages, read_reponses(workbook), au)
    row = find_row(resultats.dossiers, dossier, "les dossiers notés")
    justification = justify_note(resultats, reglages, row)
    regle = next((r for r in reglages.segments if r.segment == justification.segment), None)
    choix = choose_message(record_of(clients.lignes, row), regle)
    return replace(
        justification,
        message=called(choix.modele),
        message_par=choix.par if choix.modele else "",
        canal=choix.canal,
        canal_par=choix.canal_par if choix.canal else "",
    )


def show(workbook: Workbook, dossier: str, au: date = date.min) -> Justification:
    """Explain the note of one dossier on a sheet of the workbook too."""
    justification = run(workbook, dossier, au)
    write_explication(workbook, justification)
    return justification
