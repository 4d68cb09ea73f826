"""The journal as French sentences for a terminal."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.journal import BilanJournal, BilanReponse, BilanSuites
from segxl.domain.tableau import records_of

CLOSING = "Quand c’est fait, tapez la date dans « Clos le » de la feuille Journal."
CALLING = "Un rappel après une réclamation quitte la liste dès que l’échange est noté au Journal."


def announce_echange(console: Console, bilan: BilanJournal) -> None:
    """Tell what was put on record, for whom, and what follows."""
    ligne = bilan.ligne
    client = f"{ligne['Dossier']} {bilan.raison_sociale}".strip()
    how = ", ".join(str(ligne[h]) for h in ("Type", "Canal", "Qui") if ligne[h])
    console.print(
        f"[bold]Noté dans le Journal[/bold] : {escape(client)}, {_french(ligne['Date'])} ({escape(how)}). {escape(str(ligne['Objet']))}"
    )
    told = " ".join(
        filter(None, (str(ligne["Suite"]), f"le {_french(due)}" if (due := ligne["Suite le"]) else ""))
    )  # fmt: skip
    if told:
        console.print(f"Suite : {escape(told)}.")


def announce_reponse(console: Console, bilan: BilanReponse) -> None:
    """Tell which request was answered, and how long it took."""
    client = f"{bilan.dossier} {bilan.raison_sociale}".strip()
    plural = "s" if bilan.jours and bilan.jours > 1 else ""
    took = "" if bilan.jours is None else f", {bilan.jours} jour{plural} après la demande"
    console.print(
        f"[bold]Réponse notée dans le Journal[/bold] : {escape(client)}, {_french(bilan.le)}{took}. {escape(bilan.objet)}"
    )


def announce_suites(console: Console, bilan: BilanSuites) -> None:
    """List what is to follow up, the oldest first."""
    count, day = len(bilan.suites), _french(bilan.au)
    if not count:
        console.print(f"Aucune suite à donner au {day} dans {escape(bilan.classeur)}.")
        return
    plural = "s" if count > 1 else ""
    title = f"{count} suite{plural} à donner au {day}"
    console.print(f"[bold]{title}[/bold] dans {escape(bilan.classeur)}.")
    table = Table("Le", "Dossier", "Client", "Suite", "Qui", "Objet", box=None, pad_edge=False)
    for _, line in records_of(bilan.suites):
        cells = (line[h] for h in ("Dossier", "Raison sociale", "Suite", "Qui", "Objet"))
        words = (escape("" if cell is None else str(cell)) for cell in cells)
        table.add_row(_french(line["Suite le"]), *words)
    console.print(table)
    console.print(closing(bilan))


def closing(bilan: BilanSuites) -> str:
    """Say how a line leaves the list."""
    closed = len(bilan.suites) > bilan.rappels
    return " ".join(filter(None, (CLOSING if closed else "", CALLING if bilan.rappels else "")))


def _french(day: object) -> str:
    return f"{day:%d/%m/%Y}" if isinstance(day, date) else ""
