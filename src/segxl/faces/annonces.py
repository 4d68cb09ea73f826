"""What an action did, as French sentences and tables for a terminal, or as JSON."""

from __future__ import annotations

from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.adopter import BilanAdoption
from segxl.actions.importer import BilanImport
from segxl.actions.noter import BilanNotation
from segxl.domain.anomalies import Anomalie
from segxl.domain.mouvements.dits import count_moves, tell_counts
from segxl.domain.tableau import records_of
from segxl.faces.terminal import json_of_anomalies, with_options

SHOWN_ANOMALIES = 10
SHOWN_CHANGES = 20
SIMULATED = "[bold]Simulation : rien n’a été écrit.[/bold]"
NEXT = "Étape suivante : complétez les réponses, puis « segxl noter »."
TERMINAL_COLOURS = {
    "Rouge": "red", "Orange": "dark_orange", "Jaune": "yellow", "Vert clair": "green_yellow",
    "Vert": "green", "Gris": "grey62", "Gris-bleu": "light_steel_blue",
}  # fmt: skip


def json_of_notation(bilan: BilanNotation) -> dict[str, Any]:
    """Return what ``segxl noter --json`` prints."""
    lignes = bilan.resultats.lignes
    keys = bilan.resultats.dossiers["Dossier"]
    return {
        "classeur": bilan.classeur,
        "dossiers": len(lignes),
        "notes": [
            {
                "dossier": str(keys[row]),
                "note": number_of(line["Note FE"]),
                "couleur": line["Couleur"],
                "segment": line["Segment"],
                "completude": number_of(line["Complétude"], 4),
                "fiabilite": number_of(line["Fiabilité"], 2),
                "note_min": number_of(line["Note min"]),
                "note_max": number_of(line["Note max"]),
                "enjeu": number_of(line["Enjeu"]),
            }
            for row, line in records_of(lignes)
        ],
        "anomalies": json_of_anomalies(bilan.anomalies),
    }


def tell_partis(bilan: BilanNotation) -> str:
    """Say how many clients who left are noted and counted nowhere else; nothing where there is none."""
    partis = len(bilan.resultats.lignes) - len(bilan.presents.lignes)
    s = "s" if partis > 1 else ""
    return f" Moyenne et comptes hors {partis} client{s} parti{s}." if partis else ""


def tell_mouvements(bilan: BilanNotation) -> str:
    """Say who moved since the calculation before; nothing where nobody did."""
    moves = bilan.suivi.mouvements
    if not moves:
        return ""
    days = [move.depuis for move in moves if move.depuis]
    since = f"Depuis le {max(days):%d/%m/%Y} : " if days else ""
    told = f"{since}{tell_counts(count_moves(moves, bilan.suivi.couleurs))} (feuille Mouvements)."
    return told[0].upper() + told[1:]


def announce_notation(console: Console, bilan: BilanNotation) -> None:
    """Tell how many dossiers were scored, their colours, segments, warnings and anomalies."""
    dossiers, resultats = len(bilan.resultats.lignes), bilan.presents
    if not dossiers:
        console.print(
            "Aucun dossier à noter : importez votre liste (« segxl importer ») ou saisissez un premier client."
        )
        announce_anomalies(console, bilan.anomalies, "listées dans la feuille Anomalies")
        return
    notes = resultats.lignes["Note FE"][resultats.in_scope].dropna()
    mean = f" Note moyenne : {french(notes.mean())} / 20." if len(notes) else ""
    console.print(
        f"[bold]{dossiers} dossiers notés[/bold] dans {escape(bilan.classeur)}.{mean}{tell_partis(bilan)}"
    )
    couleurs = resultats.lignes["Couleur"].value_counts()
    words = [c.nom for c in bilan.reglages.couleurs if c.nom in couleurs.index]
    console.print(
        "  "
        + "   ".join(f"[{TERMINAL_COLOURS.get(w, 'default')}]■[/] {w} {couleurs[w]}" for w in words)
    )
    table = Table("Segment", "Clients", "Note moyenne", box=None, pad_edge=False)
    for segment in (r.segment for r in bilan.reglages.segments):
        inside = resultats.lignes["Segment"] == segment
        notes = resultats.lignes["Note FE"][inside & resultats.in_scope]
        table.add_row(escape(segment), str(inside.sum()), french(notes.mean()))
    console.print(table)
    if moved := tell_mouvements(bilan):
        console.print(moved)
    for sentence in bilan.avertissements:
        console.print(f"[dim]À savoir[/] {escape(sentence)}")
    announce_anomalies(console, bilan.anomalies, "listées dans la feuille Anomalies")


def announce_anomalies(
    console: Console,
    anomalies: tuple[Anomalie, ...],
    where: str = "",
    most: int = SHOWN_ANOMALIES,
) -> None:
    """Print the first anomalies and how many there are."""
    if anomalies:
        plural = "s" if len(anomalies) > 1 else ""
        title = f"{len(anomalies)} anomalie{plural}"
        console.print(f"[bold]{title}[/bold]" + (f" {where}" if where else "") + " :")
        print_list(console, anomalies, most)


def print_list(
    console: Console, anomalies: tuple[Anomalie, ...], most: int = SHOWN_ANOMALIES
) -> None:
    """Print the first of some anomalies, and how many are left."""
    for anomalie in anomalies[:most]:
        console.print(f"  • {escape(str(anomalie))}")
    if len(anomalies) > most:
        console.print(f"  … et {len(anomalies) - most} autres.")


def french(value: object) -> str:
    """Write a note with a comma; a dash where there is none.

    >>> french(12.34), french(None)
    ('12,3', '–')
    """
    return "–" if pd.isna(value) else f"{value:.1f}".replace(".", ",")  # type: ignore[call-overload]


def number_of(value: object, digits: int = 1) -> float | None:
    """Return a number for JSON; null where it is missing."""
    return None if pd.isna(value) else round(float(value), digits)  # type: ignore[call-overload, arg-type]


def announce_import(console: Console, bilan: BilanImport) -> None:
    """Tell what was read, how the columns were matched, what changed."""
    for sentence in bilan.phrases:
        console.print(escape(sentence))
    for line in bilan.detail[:SHOWN_CHANGES]:
        console.print(f"  • {escape(line)}")
    if len(bilan.detail) > SHOWN_CHANGES:
        console.print(f"  … et {len(bilan.detail) - SHOWN_CHANGES} autres cellules.")
    announce_anomalies(console, bilan.anomalies, "dans l’export")
    console.print(SIMULATED if bilan.simulation else NEXT)


def announce_adoption(console: Console, bilan: BilanAdoption) -> None:
    """Tell how the list was understood, what is added to its copy, what to correct in it."""
    for sentence in bilan.phrases:
        console.print(escape(with_options(sentence)))
    announce_anomalies(console, bilan.anomalies, "dans la liste")
    if not bilan.simulation:
        console.print(f"Classeur créé : {escape(str(bilan.classeur))}. Votre liste n’a pas changé.")
    console.print(SIMULATED if bilan.simulation else NEXT)
