"""Scenarios before and after, as French sentences and as one object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.simuler import BilanSimulation
from segxl.domain.simulation.depart import ABC, CLASSE, COULEUR, NOTE, RFM, SEGMENT
from segxl.domain.simulation.essai import APRES, AVANT, Essai
from segxl.domain.simulation.lignes import DECIMALES, EURO, ND, Ligne, list_lignes, tell_absents
from segxl.domain.simulation.portrait import SANS_CLASSE, Portrait
from segxl.faces.annonces import print_list
from segxl.faces.terminal import json_of_anomalies
from segxl.lettres.francais import nombre
from segxl.sources.comptes_rendus import counted

TOLD_IN_A_SENTENCE = ("Clients", "Honoraires", "Marge", "Taux de marge", "Heures")
"""What a message box has room for."""
EXEMPLES = "La feuille Scénarios vient d’apparaître avec des exemples : remplacez-les par vos questions, puis simulez à nouveau."
AUCUN = "Aucun scénario à simuler : écrivez une ligne dans la feuille Scénarios (un nom, qui, une action), puis simulez."
_SHARES = 6
"""Decimals of a share in an object."""


def json_of_simulation(bilan: BilanSimulation) -> dict[str, Any]:
    """Return what ``segxl simuler --json`` prints; a figure that is not known is null."""
    told: dict[str, Any] = {
        "simulations": [_json_of_essai(essai) for essai in bilan.essais],
        "absents": _absents_of(bilan),
        "anomalies": json_of_anomalies(bilan.anomalies),
    }
    if bilan.decisions:
        d = bilan.decisions
        told["decisions"] = {"scenario": d.scenario, "ecrites": len(d.ecrites), "remplacees": d.remplacees, "retirees": len(d.retirees)}  # fmt: skip
    return told


def _json_of_essai(essai: Essai) -> dict[str, Any]:
    return {
        "scenario": essai.scenario,
        "avant": _json_of_portrait(essai.avant),
        "apres": _json_of_portrait(essai.apres),
        "clients": [
            {
                "dossier": client["dossier"],
                "transmis": bool(client["part"]),
                "gestes": client["gestes"] or None,
                **{side: _json_of_side(client, side) for side in (AVANT, APRES)},
            }
            for client in essai.clients.to_dict("records")
        ],
    }


def _json_of_portrait(portrait: Portrait) -> dict[str, Any]:
    p = portrait
    cents = {"honoraires": p.honoraires, "cout": p.cout, "marge": p.marge}
    return {
        "clients": p.clients,
        **{name: None if value is None else value / EURO for name, value in cents.items()},
        "taux_marge": None if p.taux is None else round(p.taux, _SHARES),
        "heures": None if p.heures is None else round(p.heures, 2),
        "classes": {name or "sans": n for name, n in p.classes.items() if name != SANS_CLASSE or n},
        "abc": dict(p.abc),
        "rfm": dict(p.rfm),
        "note_fe": None if p.note is None else round(p.note, 2),
        "couleurs": dict(p.couleurs),
        "segments": dict(p.segments),
    }


def _json_of_side(client: dict[Any, Any], side: str) -> dict[str, Any] | None:
    """Return one client before or after; nothing after where it left."""
    if side == APRES and client["part"]:
        return None
    names = ("honoraires", "marge", "heures", CLASSE, ABC, RFM, NOTE, COULEUR, SEGMENT)
    read = {name: client[f"{name} {side}"] for name in names}
    fees, margin, hours, classe, abc, rfm, note, couleur, segment = (
        None if pd.isna(value) else value for value in read.values()
    )
    return {
        "honoraires": None if fees is None else fees / EURO,
        "marge": None if margin is None else margin / EURO,
        "heures": None if hours is None else round(hours, 2),
        "classe": classe or None,
        "abc": abc or None,
        "rfm": [*map(int, rfm[1::3])] if rfm else None,
        "note_fe": note,
        "couleur": couleur,
        "segment": segment,
    }


def announce_simulation(console: Console, bilan: BilanSimulation) -> None:
    """Print each scenario before and after, then what needs a hand."""
    for essai in bilan.essais:
        _announce_essai(console, essai)
    for sentence in list_outcomes(bilan):
        console.print(escape(sentence))
    if bilan.anomalies:
        console.print(f"[bold]À corriger[/bold] ({len(bilan.anomalies)}) :")
        print_list(console, bilan.anomalies)


def list_sentences(bilan: BilanSimulation) -> Iterator[str]:
    """Yield one sentence a scenario, then what was written, for a message box."""
    for essai in bilan.essais:
        lignes = {x.mesure: x for x in list_lignes(essai)}
        told = [f"{name.lower()} {_told(lignes[name])}" for name in TOLD_IN_A_SENTENCE]
        yield f"« {essai.scenario} » : {', '.join(told)}."
    yield from list_outcomes(bilan)


def list_outcomes(bilan: BilanSimulation) -> Iterator[str]:
    """Yield what was written and what was not."""
    if not bilan.essais:
        yield AUCUN
    if absents := _absents_of(bilan):
        told = tell_absents(absents)
        yield f"{told[0].upper()}{told[1:]} (« Entrée le », « Sortie le » de Clients), ni leurs honoraires."
    if bilan.exemples:
        yield EXEMPLES
    if bilan.decisions:
        yield from list_decisions(bilan)
    elif bilan.essais:
        yield "Le détail est dans les feuilles Simulation et Simulation par client. Rien n’a changé dans vos clients."


def list_decisions(bilan: BilanSimulation) -> Iterator[str]:
    """Yield what keeping a scenario writes; nothing where none is kept."""
    d = bilan.decisions
    if not d:
        return
    written = counted(len(d.ecrites), "décision", "décisions")
    yield f"Scénario « {d.scenario} » retenu : {written} dans Clients (colonnes Décision, Honoraires visés, Décidé le). Réponses, honoraires et temps n’ont pas changé."
    if d.remplacees:
        yield f"{counted(d.remplacees, 'autre décision est remplacée', 'autres décisions sont remplacées')}."
    if d.retirees:
        yield f"{counted(len(d.retirees), 'décision de ce scénario est retirée', 'décisions de ce scénario sont retirées')} : il ne concerne plus ces clients."


def _absents_of(bilan: BilanSimulation) -> int:
    """Count who is no client on that day; no scenario, nobody counted."""
    return max((essai.absents for essai in bilan.essais), default=0)


def _told(ligne: Ligne) -> str:
    """Write a figure before, after, and its gap."""
    if not ligne.ecart:
        value = _figure(ligne.apres, ligne.unite)
        return f"{value} ({ligne.lecture})" if ligne.apres is None else f"{value} (inchangé)"
    before, after = _figure(ligne.avant, ligne.unite), _figure(ligne.apres, ligne.unite)
    return f"{before} → {after} ({ligne.change})"


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ND
    text = nombre(round(value, _digits(unit)))
    return f"{text}\u00a0{unit}" if unit else text


def _digits(unit: str) -> int:
    """Return the decimals that a page shows: no cents."""
    return 0 if unit == "€" else DECIMALES.get(unit, 0)


def _announce_essai(console: Console, essai: Essai) -> None:
    """Print one scenario as a table."""
    table = Table(box=None, pad_edge=False, title_justify="left", title=escape(essai.scenario))
    table.add_column("Mesure", no_wrap=True)
    for header in ("Avant", "Après", "Écart"):
        table.add_column(header, justify="right", no_wrap=True)
    for x in list_lignes(essai):
        table.add_row(
            escape(x.mesure), _figure(x.avant, x.unite), _figure(x.apres, x.unite), x.change
        )
    console.print(table)
    console.print()
