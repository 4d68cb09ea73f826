"""The suggested groups, as French sentences and as one object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.markup import escape

from segxl.actions.groupes import BilanGroupes
from segxl.domain.suggestion import mots as m
from segxl.domain.suggestion.groupes import Groupe
from segxl.domain.suggestion.phrases import CLEAR, GROUPED, tell_clarity, tell_grouped
from segxl.excel.groupes_suggeres import counted_words
from segxl.faces.annonces import print_list
from segxl.faces.terminal import json_of_anomalies
from segxl.sources.comptes_rendus import counted

ONLY_SUGGESTED = "C’est une suggestion, détaillée dans la feuille Groupes suggérés : rien n’a changé dans Clients ni dans Segments."
_KEYS = {m.NOTE: "note_fe", m.ENJEU: "enjeu", m.HONORAIRES: "honoraires", m.TAUX: "taux_marge", m.HEURES: "heures"}  # fmt: skip
_DIGITS = 6


def json_of_groupes(bilan: BilanGroupes) -> dict[str, Any]:
    """Return what ``segxl groupes --json`` prints; a median that is not known is null."""
    told = bilan.suggestion
    return {
        "groupes": [_json_of_groupe(groupe) for groupe in told.groupes],
        "chiffres": [_KEYS[x] for x in told.chiffres],
        "chiffres_trop_peu_connus": [_KEYS[x] for x in told.sans],
        "sans_groupe": [*told.laisses],
        "nettete": None if told.nettete is None else round(told.nettete, _DIGITS),
        "anomalies": json_of_anomalies(bilan.anomalies),
    }


def _json_of_groupe(groupe: Groupe) -> dict[str, Any]:
    return {
        "nom": groupe.nom,
        "description": groupe.description,
        "clients": len(groupe.dossiers),
        "medianes": {
            _KEYS[x]: None if value is None else round(value, _DIGITS)
            for x, value in groupe.medianes.items()
        },
        "segments": dict(groupe.segments),
        "classes": dict(groupe.classes),
        "piste": groupe.piste,
        "conditions": dict(groupe.conditions),
        "dossiers": [*groupe.dossiers],
    }


def announce_groupes(console: Console, bilan: BilanGroupes) -> None:
    """Print the groups, then what needs a hand."""
    for sentence in list_groups(bilan):
        console.print(escape(sentence))
    if bilan.anomalies:
        console.print(f"[bold]À corriger[/bold] ({len(bilan.anomalies)}) :")
        print_list(console, bilan.anomalies)


def list_groups(bilan: BilanGroupes) -> Iterator[str]:
    """Yield one sentence a group, then from what they are made and how clearly."""
    for groupe in bilan.suggestion.groupes:
        size = counted(len(groupe.dossiers), "client", "clients")
        where = f" ({counted_words(groupe.segments)})" if groupe.segments else ""
        yield f"{groupe.nom} : {size}{where}. {groupe.piste}"
    yield f"{GROUPED}{tell_grouped(bilan.suggestion, bilan.au)}"
    if bilan.suggestion.groupes:
        yield f"{CLEAR}{tell_clarity(bilan.suggestion)}"
    yield ONLY_SUGGESTED
