"""What a workshop comes to, as French sentences and as one object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.atelier import BilanAtelier
from segxl.domain.atelier.accord import Accord
from segxl.domain.atelier.phrases import COUNTED, DIVIDED, points, tell_counted, tell_divided
from segxl.excel.atelier import number_of
from segxl.faces.annonces import print_list
from segxl.faces.terminal import json_of_anomalies
from segxl.lettres.francais import nombre

NEW = "La feuille Atelier vient d’apparaître : renommez les colonnes des participants, faites saisir les poids, puis recommencez."
UNCHANGED = "Rien n’a changé dans la Grille. Le détail est dans la feuille Atelier."
KEPT = "Les poids sont écrits dans la Grille. Lancez maintenant Noter : les notes affichées datent des anciens poids."
_DASH = "–"


def json_of_atelier(bilan: BilanAtelier) -> dict[str, Any]:
    """Return what ``segxl atelier --json`` prints; what is not known is null."""
    return {
        "grilles": [_json_of_accord(accord) for accord in bilan.accords],
        "retenues": [accord.grille.nom for accord in bilan.retenus],
        "anomalies": json_of_anomalies(bilan.anomalies),
    }


def _json_of_accord(accord: Accord) -> dict[str, Any]:
    return {
        "grille": accord.grille.nom,
        "participants": [v.participant for v in accord.avis],
        "laisses_de_cote": [{"participant": p, "raison": r} for p, r in accord.ecartes],
        "criteres": [
            {
                "code": c.code,
                "critere": c.libelle,
                "poids_grille": c.poids,
                "poids_actuel": number_of(accord.actuels[place]),
                "avis": {v.participant: number_of(v.poids[place]) for v in accord.avis},
                "poids_moyen": number_of(accord.moyens[place]),
                "ecart": number_of(accord.ecarts[place]),
                "poids_propose": number_of(accord.proposes[place]),
            }
            for place, c in enumerate(accord.grille.criteres)
        ],
        "plus_divises": [{"critere": c, "ecart": number_of(e)} for c, e in accord.most_divisive],
    }


def announce_atelier(console: Console, bilan: BilanAtelier) -> None:
    """Print each grid, then what was written and what needs a hand."""
    for accord in (a for a in bilan.accords if a.is_counted):
        _announce_accord(console, accord)
    for sentence in list_sentences(bilan):
        console.print(escape(sentence))
    if bilan.anomalies:
        console.print(f"[bold]À vérifier[/bold] ({len(bilan.anomalies)}) :")
        print_list(console, bilan.anomalies)


def list_sentences(bilan: BilanAtelier) -> Iterator[str]:
    """Yield who was counted, what divides people, and what was written."""
    if bilan.is_new:
        yield NEW
        return
    yield f"{COUNTED}{tell_counted(bilan.accords)}"
    if any(a.is_counted for a in bilan.accords):
        yield f"{DIVIDED}{tell_divided(bilan.accords)}"
    yield KEPT if bilan.retenus else UNCHANGED


def list_changes(bilan: BilanAtelier) -> Iterator[str]:
    """Yield what keeping the weights writes, grid by grid."""
    for accord in bilan.retenus:
        told = (
            f"{c.libelle} {nombre(c.poids)} → {points(new)}"
            for c, new in zip(accord.grille.criteres, accord.proposes, strict=True)
            if new is not None
        )
        yield f"{accord.grille.nom} : {', '.join(told)}."


def _announce_accord(console: Console, accord: Accord) -> None:
    """Print one grid as a table."""
    title = escape(f"Grille {accord.grille.nom}, en points sur 100")
    table = Table(box=None, pad_edge=False, title_justify="left", title=title)
    table.add_column("Critère")
    for header in ("Actuel", "Moyen", "Écart", "Proposé"):
        table.add_column(header, justify="right", no_wrap=True)
    for place, critere in enumerate(accord.grille.criteres):
        row = (accord.actuels, accord.moyens, accord.ecarts, accord.proposes)
        figures = (column[place] for column in row)
        told = (_DASH if value is None else points(value) for value in figures)
        table.add_row(escape(critere.libelle), *told)
    console.print(table)
    console.print()
