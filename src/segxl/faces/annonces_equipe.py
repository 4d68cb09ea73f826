"""What the team did, as French sentences and as plain records; in the order of names, always."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.equipe import BilanEquipe
from segxl.domain.equipe import (
    ANNEE,
    COURRIERS,
    ECHANGES,
    ETAPES,
    FAITS,
    HEURES,
    MESUREES,
    MESURES,
    MOIS,
    QUI,
    RENCONTRES,
    SUIVIS,
)
from segxl.faces.annonces import announce_anomalies
from segxl.lettres.francais import MOIS as NOMS
from segxl.lettres.francais import nombre

NOTHING: dict[str, Any] = {"mois": None, "equipe": []}
"""What stands around the anomalies of a refused workbook."""
KEYS = {
    SUIVIS: ("clients", "Clients", ("client suivi", "clients suivis")),
    ECHANGES: ("echanges", "Échanges", ("échange noté", "échanges notés")),
    RENCONTRES: ("rendez_vous", "Rendez-vous", ("rendez-vous", "rendez-vous")),
    ETAPES: ("etapes", "Étapes", ("étape du plan faite", "étapes du plan faites")),
    COURRIERS: ("courriers", "Courriers", ("courrier préparé", "courriers préparés")),
    MESUREES: ("reponses_mesurees", "Mesures", ("réponse mesurée", "réponses mesurées")),
    HEURES: ("formation_heures", "Formation", ("heure de formation", "heures de formation")),
    ANNEE: ("formation_douze_mois", "12 mois", ("", "")),
}
"""Each count → its key in JSON, its title in a terminal, its words for one and for several."""
SEVERAL = 2
LEGEND = "Ni classement ni évaluation : des faits, dans l’ordre alphabétique."


def announce_equipe(console: Console, bilan: BilanEquipe) -> None:
    """Tell the month asked for, one line a person."""
    for line in list_sentences(bilan):
        console.print(escape(line))
    rows = _of_month(bilan)
    if rows:
        titles = (KEYS[h][1] for h in MESURES)
        table = Table(QUI, *titles, box=None, pad_edge=False)
        for row in rows:
            table.add_row(escape(str(row[QUI])), *(nombre(row[h]) for h in MESURES))
        console.print(table)
    announce_anomalies(console, bilan.anomalies)


def list_sentences(bilan: BilanEquipe) -> Iterator[str]:
    """Yield what the whole team did in the month, for a terminal or a message box."""
    rows = _of_month(bilan)
    when = f"{NOMS[bilan.mois.month - 1]} {bilan.mois.year}"
    if not rows:
        yield f"Équipe, {when} : rien n’est inscrit dans les feuilles."
    else:
        sums = {h: sum(row[h] for row in rows) for h in (SUIVIS, *FAITS)}
        told = (f"{nombre(n)} {KEYS[h][2][n >= SEVERAL]}" for h, n in sums.items() if n)
        yield f"Équipe, {when} : {', '.join(told)}."
        yield LEGEND
    yield "Les douze mois sont dans la feuille Équipe ; notez les formations dans la feuille Formations."


def json_of_equipe(bilan: BilanEquipe) -> dict[str, Any]:
    """Return the counts of every month as plain records, the last month first, then by name."""
    records = bilan.compteurs.to_dict("records")
    return {
        "mois": f"{bilan.mois:%Y-%m}",
        "equipe": [
            {"mois": f"{row[MOIS]:%Y-%m}", "collaborateur": row[QUI]}
            | {key: row[h] for h, (key, *_) in KEYS.items()}
            for row in records
        ],
    }


def _of_month(bilan: BilanEquipe) -> list[dict[Any, Any]]:
    return [row for row in bilan.compteurs.to_dict("records") if row[MOIS] == bilan.mois]
