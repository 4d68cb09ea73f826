"""What clients think of the firm, and what a survey changes, for a terminal.

A comment is never printed: what a client wrote stays in the sheet Enquête.
"""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.enquete import BilanEnquete
from segxl.domain.satisfaction import PORTEFEUILLE, SCORES
from segxl.faces.annonces import SHOWN_ANOMALIES, SHOWN_CHANGES, SIMULATED
from segxl.sources.comptes_rendus import counted
from segxl.sources.comptes_rendus_enquete import (
    explain_mesures,
    render_importances,
    render_mesure,
    render_part,
)


def announce_enquete(console: Console, bilan: BilanEnquete) -> None:
    """Tell what the exports bring, what needs a hand, then what clients think."""
    for sentence in bilan.phrases:
        console.print(escape(sentence))
    _list(console, bilan.detail, SHOWN_CHANGES)
    for kind, anomalies in bilan.constats.items():
        console.print(f"[bold]{escape(kind)}[/bold] ({len(anomalies)}) :")
        _list(console, [str(a) for a in anomalies[:SHOWN_ANOMALIES]], SHOWN_ANOMALIES)
        if len(anomalies) > SHOWN_ANOMALIES:
            console.print(f"  … et {len(anomalies) - SHOWN_ANOMALIES} autres.")
    if bilan.simulation and bilan.exports:
        console.print(SIMULATED)
    _announce_mesures(console, bilan)


def _announce_mesures(console: Console, bilan: BilanEnquete) -> None:
    """Print CSAT and NPS of the portfolio and of each segment, with the number of answers."""
    day = f"{bilan.au:%d/%m/%Y}"
    if bilan.mesures.empty:
        console.print(f"Aucune réponse sur les douze mois avant le {day}.")
    else:
        title = f"Ce que pensent les clients, sur les douze mois avant le {day}"
        console.print(f"[bold]{title}[/bold] dans {escape(bilan.classeur)} :")
        table = Table("", *SCORES, box=None, pad_edge=False)
        for name, line in zip(bilan.mesures.index, bilan.mesures.to_dict("records"), strict=True):
            cells = {str(h): v for h, v in line.items()}
            table.add_row(escape(str(name)), *(render_mesure(cells, s) for s in SCORES))
        console.print(table)
        console.print(explain_mesures(), style="dim")
    _announce_importances(console, bilan)
    if bilan.anciennes:
        older = counted(bilan.anciennes, "réponse plus ancienne", "réponses plus anciennes")
        console.print(f"{older} : sans effet sur ces chiffres.")


def _announce_importances(console: Console, bilan: BilanEnquete) -> None:
    """Print what the portfolio calls important beside what it thinks of it, then each segment."""
    whole = bilan.importances.get(PORTEFEUILLE, ())
    if not whole:
        return
    table = Table(
        "", "Important", "CSAT de ces clients", "Satisfaits du sujet", box=None, pad_edge=False
    )
    for told in whole[:SHOWN_CHANGES]:
        shares = [
            (told.part, told.n),
            (told.csat, told.n_csat),
            (told.satisfaits, told.n_satisfaits),
        ]
        table.add_row(escape(told.sujet), *(render_part(*share) for share in shares))
    console.print(
        "[bold]Ce qui compte pour les clients[/bold] (part des 4, 5, oui et sujets choisis) :"
    )
    console.print(table)
    if len(whole) > SHOWN_CHANGES:
        console.print(f"  … et {len(whole) - SHOWN_CHANGES} autres sujets.")
    segments = {name: told for name, told in bilan.importances.items() if name != PORTEFEUILLE}
    for line in render_importances(segments):
        console.print(escape(line))


def _list(console: Console, lines: tuple[str, ...] | list[str], most: int) -> None:
    for line in lines[:most]:
        console.print(f"  • {escape(line)}")
