"""What an action did, as the few lines of a message box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from segxl.actions.adopter import BilanAdoption
from segxl.actions.courriers import BilanCourriers
from segxl.actions.diagnostic import Constat
from segxl.actions.importer import BilanImport
from segxl.actions.noter import BilanNotation
from segxl.domain.anomalies import Anomalie
from segxl.domain.justification import Justification
from segxl.faces.annonces import french

SHOWN = 8
"""Lines of a list in a box; the sheet Anomalies has them all."""


def of_notation(bilan: BilanNotation) -> str:
    """Say how many dossiers were scored, in which colours and segments, and what needs a hand."""
    lignes = bilan.resultats.lignes
    if lignes.empty:
        return "Aucun dossier à noter : saisissez un premier client, ou cliquez sur « Importer »."
    notes = lignes["Note FE"][bilan.resultats.in_scope].dropna()
    mean = f", note moyenne {french(notes.mean())} sur 20" if len(notes) else ""
    return paragraphs(
        f"{_count(len(lignes), 'dossier noté', 'dossiers notés')}{mean}.",
        _tally(lignes["Couleur"], [c.nom for c in bilan.reglages.couleurs]),
        _tally(lignes["Segment"], [r.segment for r in bilan.reglages.segments]),
        of_anomalies(bilan.anomalies, "La feuille Anomalies les donne toutes."),
    )


def of_controle(anomalies: Sequence[Anomalie]) -> str:
    """Say what cannot be read."""
    return of_anomalies(anomalies) or "Aucune anomalie : tout se lit."


def of_anomalies(anomalies: Sequence[Anomalie], where: str = "") -> str:
    """List the first anomalies and how many there are; nothing when there is none."""
    if not anomalies:
        return ""
    title = f"{_count(len(anomalies), 'anomalie', 'anomalies')}. {where}".rstrip()
    return "\n".join([title, *_listed(anomalies)])


def of_justification(justification: Justification) -> str:
    """Say a note, its reason and the next step."""
    j = justification
    if j.note is None:
        said = f"{j.dossier} {j.raison_sociale} : pas encore de note, aucune réponse connue."
    else:
        said = f"{j.dossier} {j.raison_sociale} : {french(j.note)} sur 20 ({j.couleur}), segment « {j.segment} »."
    step = f"Prochaine étape (+{french(j.etape_gain)}) : {j.etape_conseil}" if j.etape_gain else ""
    return paragraphs(said, step, "Le détail est dans la feuille Explication.")


def of_courriers(bilan: BilanCourriers, folder: Path) -> str:
    """Say how many drafts were written, where, and which were held."""
    clients = sum(bilan.par_segment.values())
    held = ""
    if bilan.retenues:
        title = _count(len(bilan.retenues), "courrier retenu", "courriers retenus") + " :"
        held = "\n".join([title, *_listed(bilan.retenues)])
    return paragraphs(
        f"{_count(clients, 'courrier', 'courriers')} à valider. Rien n’est envoyé.",
        f"Dossier : {folder}" if clients else "",
        "\n".join(f"• {segment} : {n}" for segment, n in bilan.par_segment.items()),
        held,
    )


def of_import(bilan: BilanImport) -> str:
    """Say what an export changes, or changed."""
    return paragraphs("\n".join(_shortened(bilan.phrases)), of_anomalies(bilan.anomalies))


def of_adoption(bilan: BilanAdoption) -> str:
    """Say how a firm's own list is understood, and what its copy will have more."""
    return paragraphs("\n".join(_shortened(bilan.phrases)), of_anomalies(bilan.anomalies))


def of_constats(constats: Iterable[Constat]) -> str:
    """Say what was found on the machine, what needs a hand first."""
    ordered = sorted(constats, key=lambda c: c.is_right)
    return "\n".join(
        f"{'OK' if c.is_right else 'À VOIR'} · {c.sujet} : {c.trouve}"
        + (f"\n      → {c.remede}" if c.remede else "")
        for c in ordered
    )


def _listed(anomalies: Sequence[Anomalie]) -> list[str]:
    lines = [f"• {anomalie}" for anomalie in anomalies[:SHOWN]]
    left = len(anomalies) - SHOWN
    return lines + ([f"… et {left} de plus."] if left > 0 else [])


def _shortened(lines: Sequence[str]) -> list[str]:
    most = 3 * SHOWN
    return [*lines[:most], *(["…"] if len(lines) > most else [])]


def _tally(words: pd.Series, order: Sequence[str]) -> str:
    counts = words.value_counts()
    return " · ".join(f"{word} {counts[word]}" for word in order if word in counts.index)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {many if number > 1 else one}"


def paragraphs(*parts: str) -> str:
    """Put parts under each other; an empty one leaves no gap."""
    return "\n\n".join(filter(None, parts))
