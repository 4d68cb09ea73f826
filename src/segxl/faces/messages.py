"""What an action did, as the few lines of a message box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from segxl.actions.adopter import BilanAdoption
from segxl.actions.courriers import BilanCourriers
from segxl.actions.diagnostic import Constat
from segxl.actions.enquete import BilanEnquete
from segxl.actions.importer import BilanImport
from segxl.actions.noter import BilanNotation
from segxl.domain.anomalies import Anomalie, SaisieError, SegxlError
from segxl.domain.justification import Justification
from segxl.faces.annonces import french, tell_mouvements, tell_partis
from segxl.sources.comptes_rendus_enquete import render_importances

SHOWN = 8
"""Lines of a list in a box; a sheet has them all."""
LONGEST_LINE, MOST_LINES, MOST_CHARACTERS = 400, 30, 2_000
"""What fits in a box on a small screen: Windows shows no way to scroll."""


def of_notation(bilan: BilanNotation, listed: str) -> str:
    """Say how many dossiers were scored, in which colours and segments, and what needs a hand.

    ``listed`` is the sheet that lists the anomalies.
    """
    lignes, present = bilan.resultats.lignes, bilan.presents
    if lignes.empty:
        return "Aucun dossier à noter : saisissez un premier client, ou cliquez sur « Importer »."
    notes = present.lignes["Note FE"][present.in_scope].dropna()
    mean = f", note moyenne {french(notes.mean())} sur 20" if len(notes) else ""
    return paragraphs(
        f"{_count(len(lignes), 'dossier noté', 'dossiers notés')}{mean}.{tell_partis(bilan)}",
        _tally(present.lignes["Couleur"], [c.nom for c in bilan.reglages.couleurs]),
        _tally(present.lignes["Segment"], [r.segment for r in bilan.reglages.segments]),
        tell_mouvements(bilan),
        of_anomalies(bilan.anomalies, f"La feuille {listed} les donne toutes."),
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


def of_justification(justification: Justification, sheet: str) -> str:
    """Say a note, its reason, the next step, and the sheet that has the detail."""
    j = justification
    if j.note is None:
        said = f"{j.dossier} {j.raison_sociale} : pas encore de note, aucune réponse connue."
    else:
        said = f"{j.dossier} {j.raison_sociale} : {french(j.note)} sur 20 ({j.couleur}), segment « {j.segment} »."
    step = f"Prochaine étape (+{french(j.etape_gain)}) : {j.etape_conseil}" if j.etape_gain else ""
    return paragraphs(said, step, f"Le détail est dans la feuille {sheet}.")


def of_courriers(bilan: BilanCourriers, folder: Path) -> str:
    """Say how many drafts were written, where, and which were held."""
    clients = sum(bilan.par_segment.values())
    held = ""
    if bilan.retenues:
        title = _count(len(bilan.retenues), "courrier retenu", "courriers retenus") + " :"
        held = "\n".join([title, *_listed(bilan.retenues)])
    return paragraphs(
        f"{_count(clients, 'courrier', 'courriers')} à valider. Rien n’est envoyé."
        if clients or not bilan.fiches
        else "",
        f"{_count(bilan.fiches, 'fiche d’appel', 'fiches d’appel')} à usage interne, à garder au cabinet."
        if bilan.fiches
        else "",
        f"Dossier : {folder}" if clients or bilan.fiches else "",
        "\n".join(f"• {segment} : {n}" for segment, n in bilan.par_segment.items()),
        f"{_count(bilan.non_concernes, 'client n’est pas concerné', 'clients ne sont pas concernés')}."
        if bilan.non_concernes
        else "",
        held,
    )


def of_import(bilan: BilanImport) -> str:
    """Say what an export changes, or changed."""
    return of_phrases(bilan.phrases, bilan.anomalies)


def of_enquete(bilan: BilanEnquete) -> str:
    """Say what a survey brings, what clients think, and what needs a hand."""
    told = [f"Ce qui compte. {line}" for line in render_importances(bilan.importances)[:1]]
    return of_phrases((*bilan.phrases, *told, *bilan.detail), bilan.anomalies)


def of_adoption(bilan: BilanAdoption) -> str:
    """Say how a firm's own list is understood, and what its copy will have more."""
    return of_phrases(bilan.phrases, bilan.anomalies)


def of_refusal(error: SegxlError) -> str:
    """Say why nothing was done; the first reasons where there are many."""
    if isinstance(error, SaisieError) and len(error.anomalies) > SHOWN:
        return of_anomalies(error.anomalies)
    return str(error)


def of_constats(constats: Iterable[Constat]) -> str:
    """Say what was found on the machine, what needs a hand first."""
    ordered = sorted(constats, key=lambda c: c.is_right)
    return "\n".join(
        f"{'OK' if c.is_right else 'À VOIR'} · {c.sujet} : {c.trouve}"
        + (f"\n      → {c.remede}" if c.remede else "")
        for c in ordered
    )


def _listed(anomalies: Sequence[Anomalie]) -> list[str]:
    lines = [f"• {_clipped(str(anomalie))}" for anomalie in anomalies[:SHOWN]]
    left = len(anomalies) - SHOWN
    return lines + ([f"… et {left} de plus."] if left > 0 else [])


def of_phrases(phrases: Sequence[str], anomalies: Sequence[Anomalie]) -> str:
    """Tell both, so that the question that follows still fits on a screen."""
    told = of_anomalies(anomalies)
    room = MOST_LINES - told.count("\n") - 2
    return fitting(paragraphs(fitting("\n".join(phrases), room), told))


def fitting(text: str, most: int = MOST_LINES) -> str:
    r"""Return as much of a text as fits on a screen.

    >>> fitting("a\n" * 50).count("a"), fitting("Fait.")
    (29, 'Fait.')
    """
    lines = [_clipped(line) for line in text.split("\n")]
    while len(lines) > most or len("\n".join(lines)) > MOST_CHARACTERS:
        lines = [*lines[: -1 if lines[-1] != "…" else -2], "…"]
    return "\n".join(lines)


def _clipped(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1].rstrip()}…"


def _tally(words: pd.Series, order: Sequence[str]) -> str:
    counts = words.value_counts()
    return " · ".join(f"{word} {counts[word]}" for word in order if word in counts.index)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {many if number > 1 else one}"


def paragraphs(*parts: str) -> str:
    """Put parts under each other; an empty one leaves no gap."""
    return "\n\n".join(filter(None, parts))
