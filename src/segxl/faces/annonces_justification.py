"""One note explained, as French sentences and a table for a terminal, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.domain.justification import Justification, most_first
from segxl.faces.annonces import french


def json_of_justification(justification: Justification) -> dict[str, Any]:
    """Return what ``segxl expliquer --json`` prints."""
    j = justification
    return {
        "dossier": j.dossier,
        "raison_sociale": j.raison_sociale,
        "note": j.note,
        "couleur": j.couleur,
        "segment": j.segment,
        "completude": None if j.completude is None else round(j.completude, 4),
        "fiabilite": j.fiabilite,
        "note_min": j.note_min,
        "note_max": j.note_max,
        "enjeu": j.enjeu,
        "contributions": [
            {
                "code": c.code,
                "critere": c.critere,
                "poids": c.poids,
                "reponse": c.dite,
                "niveau": c.niveau,
                "contribution": c.contribution,
                "restant": c.restant,
                "origine": c.origine,
            }
            for c in j.contributions
        ],
        "sans_reponse": list(j.sans_reponse),
        "non_applicables": list(j.non_applicables),
        "regle": j.regle,
        "definition": j.definition,
        "message": {"modele": j.message, "par": j.message_par},
        "canal": {"canal": j.canal, "par": j.canal_par},
        "prochaine_etape": {
            "critere": j.etape_critere,
            "conseil": j.etape_conseil,
            "gain": j.etape_gain,
        },
    }


def _ways_of(j: Justification) -> Iterator[str]:
    """Yield who the clients of its segment are, and how the firm speaks to this one."""
    if j.definition:
        yield f"Qui sont ces clients : {j.definition}"
    if j.message:
        yield f"Message : {j.message} ({j.message_par})."
    if j.canal:
        yield f"Canal : {j.canal} ({j.canal_par})."


def announce_justification(console: Console, justification: Justification) -> None:
    """Print one note and everything that explains it."""
    j = justification
    if j.note is None:
        console.print(
            f"[bold]{escape(j.dossier)} {escape(j.raison_sociale)}[/bold] : pas encore de note, aucune réponse connue."
        )
    else:
        console.print(
            f"[bold]{escape(j.dossier)} {escape(j.raison_sociale)} : {french(j.note)} / 20[/bold] ({j.couleur}), segment « {escape(j.segment)} »."
        )
        if j.sans_reponse:
            bounds = f"de {french(j.note_min)} à {french(j.note_max)}"
            console.print(f"Avec les réponses qui manquent, la note irait {bounds}.")
    console.print(f"Pourquoi ce segment : {escape(j.regle)}.")
    for sentence in _ways_of(j):
        console.print(escape(sentence))
    table = Table(
        "Critère", "Réponse", "Poids", "Points", "Reste à gagner", box=None, pad_edge=False
    )
    for c in most_first(j.contributions):
        table.add_row(
            escape(c.critere),
            escape(str(c.dite)),
            f"{c.poids:g}",
            french(c.contribution),
            french(c.restant),
        )
    if j.note is not None:
        left = sum(c.restant for c in j.contributions)
        table.add_row("Total", "", "", french(j.note), french(left), style="bold")
    console.print(table)
    if j.sans_reponse:
        console.print(f"À demander au client : {escape(', '.join(j.sans_reponse))}.")
    if j.non_applicables:
        console.print(f"Sans objet pour ce client : {escape(', '.join(j.non_applicables))}.")
    if j.etape_gain:
        console.print(
            f"[bold]Prochaine étape[/bold] (+{french(j.etape_gain)} sur 20) : {escape(j.etape_conseil)}"
        )
