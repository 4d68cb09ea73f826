"""What clients think of the firm, and what a survey changes, for a terminal.

A comment is never printed: what a client wrote stays in the sheet Enquête.
"""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.enquete import BilanEnquete, BilanQuestionnaire
from segxl.domain.satisfaction import SCORES
from segxl.faces.annonces import SHOWN_ANOMALIES, SHOWN_CHANGES, SIMULATED
from segxl.sources.comptes_rendus import counted
from segxl.sources.comptes_rendus_enquete import explain_mesures, render_mesure


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


def announce_questionnaire(console: Console, bilan: BilanQuestionnaire) -> None:
    """Tell where the questionnaire is, for how many clients, and who was left out."""
    clients = counted(bilan.clients, "client", "clients")
    asked = counted(bilan.questions, "question", "questions")
    made = "Questionnaire à créer" if bilan.simulation else "Questionnaire créé"
    console.print(f"{made} : {escape(str(bilan.fichier))} ({clients}, {asked} de la grille).")
    if bilan.clients > 1:
        console.print(
            "Il nomme plusieurs clients : gardez-le au cabinet. Pour l’envoyer à un client, créez le sien avec --dossier."
        )
    if bilan.ecartes:
        left = len(bilan.ecartes)
        told = counted(left, "client laissé de côté", "clients laissés de côté")
        console.print(f"{told} : une réponse de moins de 60 jours, à la date dite.")
        _list(console, bilan.ecartes[:SHOWN_CHANGES], SHOWN_CHANGES)
        if left > SHOWN_CHANGES:
            console.print(f"  … et {left - SHOWN_CHANGES} autres.")
    if bilan.partis:
        gone = counted(bilan.partis, "client parti", "clients partis")
        console.print(f"{gone} (« Sortie le ») : laissé{'s' if bilan.partis > 1 else ''} de côté.")
    if bilan.simulation:
        console.print(SIMULATED)
        return
    console.print("Au retour : « segxl enquete CLASSEUR FICHIER ».")


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
    if bilan.anciennes:
        older = counted(bilan.anciennes, "réponse plus ancienne", "réponses plus anciennes")
        console.print(f"{older} : sans effet sur ces chiffres.")


def _list(console: Console, lines: tuple[str, ...] | list[str], most: int) -> None:
    for line in lines[:most]:
        console.print(f"  • {escape(line)}")
