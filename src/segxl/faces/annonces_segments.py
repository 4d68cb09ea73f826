"""What the segments yield, as French sentences and as one object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.segments import BilanSegments
from segxl.domain.evolution import Move, shown
from segxl.domain.segments import rendement as r
from segxl.domain.segments.effort import place_of
from segxl.domain.segments.page import Eligible, Page
from segxl.faces.annonces import announce_anomalies
from segxl.faces.terminal import json_of_anomalies
from segxl.lettres.francais import euros, nombre
from segxl.sources.comptes_rendus import counted

ND = "n.d."
NOTHING: dict[str, Any] = {"segments": [], "classes": [], "avertissements": [], "diagnostic": []}
SHOWN = {
    r.HONORAIRES: "Honoraires",
    r.TAUX: "Taux",
    r.PART_HEURES: "Part heures",
    r.PART_MARGE: "Part marge",
    r.CONVERSION: "Conv.",
    r.RETENTION: "Rétention",
    r.TENDANCE: "Évol.",
}
"""The figures that a terminal has room for; the sheet has them all."""
_MONEY = (r.HONORAIRES, r.PANIER)
SHOWN_RISKS = 4
BUSY = place_of(1, 0, 1)
"""Where hours go and nothing is proposed."""
_SHARES = 6
"""Decimals of a share in an object."""


def json_of_segments(bilan: BilanSegments) -> dict[str, Any]:
    """Return what ``segxl segments --json`` prints; ``motifs`` says why a figure is null."""
    return {
        "segments": [{"segment": x.nom, **_figures(x)} for x in bilan.segments],
        "classes": [{"classe": x.nom, **_figures(x)} for x in bilan.classes],
        "total": _figures(bilan.total),
        "avertissements": [
            {"sujet": a.sujet, "niveau": a.niveau, "segment": a.segment or None, "message": a.message}
            for a in bilan.alertes
        ],
        "diagnostic": [
            {"code": x.code, "risque": x.risque, "constat": x.constat, "consequence": x.consequence, "solution": x.solution}
            for x in bilan.diagnostic
        ],
        "depuis": bilan.depuis.isoformat() if bilan.depuis else None,
        "effets": {mesure: [*moved] for mesure, moved in bilan.effets.items()},
        "evolutions": [_json_of_evolution(x) for x in bilan.evolutions],
        "offres": [line for page in bilan.pages for line in _offres(page)],
        "anomalies": json_of_anomalies(bilan.anomalies),
    }  # fmt: skip


def _json_of_evolution(x: Move) -> dict[str, Any]:
    since = {"premier": x.premier, "precedent": x.precedent}
    return {
        "mesure": x.mesure,
        "actuel": x.actuel,
        **{k: s and {"date": s[0].isoformat(), "valeur": s[1]} for k, s in since.items()},
        "lecture": x.lecture,
    }


def _figures(told: r.Rendement) -> dict[str, Any]:
    values = {nom: x.valeur for nom, x in told.chiffres.items()}
    return {
        "clients": told.clients,
        **{nom: None if x is None else round(x, _SHARES) for nom, x in values.items()},
        r.EFFORT: None if told.effort.valeur is None else round(told.effort.valeur, _SHARES),
        r.PLACE: told.place or None,
        "motifs": told.motifs,
    }


def _offres(page: Page) -> Iterator[dict[str, Any]]:
    """Yield each offer of a segment, and to whom it may be made."""
    for o in page.offres:
        if o.is_decided:
            yield {
                "segment": o.segment,
                "classe": o.classe or None,
                "offre": o.offre,
                "prix_de": o.prix_de,
                "prix_a": o.prix_a,
                "heures": o.heures,
                "niveau": o.niveau or None,
                "politique": o.politique or None,
                "clients": [_eligible(x) for x in page.eligibles[o.row]],
            }


def _eligible(x: Eligible) -> dict[str, str | None]:
    return {"dossier": x.dossier, "canal": x.canal or None}


def announce_segments(console: Console, bilan: BilanSegments) -> None:
    """Print the table of segments and classes, what to watch, and what was written."""
    table = Table(box=None, pad_edge=False)
    table.add_column("Segment", no_wrap=True)
    for header in ("Clients", *SHOWN.values()):
        table.add_column(header, justify="right", no_wrap=True)
    for told in (*bilan.segments, *bilan.classes, bilan.total):
        name = f"Classe {told.nom}" if told.axe == r.PAR_CLASSE else told.nom
        cells = [_shown(nom, told.chiffres[nom].valeur) for nom in SHOWN]
        style = "bold" if told.axe == r.TOTAL else None
        table.add_row(escape(name), str(told.clients), *cells, style=style)
    console.print(table)
    for sentence in list_sentences(bilan):
        console.print(escape(sentence))
    announce_anomalies(console, bilan.anomalies, "dans le classeur")


def list_sentences(bilan: BilanSegments) -> Iterator[str]:
    """Yield what to watch, why a figure of the whole is missing, and what was written."""
    for motif in dict.fromkeys(bilan.total.motifs.values()):
        names = [r.MOTS[n] for n, why in bilan.total.motifs.items() if why == motif]
        yield f"{', '.join(names).capitalize()} : {ND} ({motif})."
    for alerte in bilan.alertes:
        yield f"{alerte.niveau} : {alerte.message}"
    if bilan.depuis and bilan.effets:
        told = ((m, shown(m, x), shown(m, y)) for m, (x, y) in bilan.effets.items())
        moves = [f"{m[0].lower()}{m[1:].removesuffix(' (€)')} {x} → {y}" for m, x, y in told if x != y]  # fmt: skip
        which = ", ".join(moves) or "rien n’a bougé"
        yield f"Depuis le {bilan.depuis:%d/%m/%Y} : {which} (feuille Évolution)."
    busy = [x.nom for x in bilan.segments if x.place == BUSY]
    if busy:
        yield f"{BUSY[0].upper()}{BUSY[1:]} : {', '.join(busy)} (feuille Rendement)."
    if bilan.diagnostic:
        risks = " · ".join(x.risque.lower() for x in bilan.diagnostic[:SHOWN_RISKS])
        more = " · …" if len(bilan.diagnostic) > SHOWN_RISKS else ""
        count = counted(len(bilan.diagnostic), "risque", "risques")
        yield f"{count}, avec ce qu’il faut faire, dans la feuille Diagnostic : {risks}{more}."
    started = " Offres est préremplie, sans prix : complétez-la." if bilan.offres_creees else ""
    yield (
        f"C’est écrit, dans les feuilles Rendement et Offres.{started}"
        if started
        else "C’est écrit, dans la feuille Rendement."
    )
    if bilan.fichiers:
        count = counted(len(bilan.fichiers), "page de segment", "pages de segment")
        yield f"{count} dans {bilan.fichiers[0].parent}. Documents internes : ils nomment des clients."


def _shown(nom: str, value: float | None) -> str:
    if value is None:
        return ND
    if nom in _MONEY:
        return euros(round(value))
    sign = "+" if nom == r.TENDANCE and round(100 * value) > 0 else ""
    return f"{sign}{nombre(round(100 * value), 0)} %"


def headline(bilan: BilanSegments) -> str:
    """Return the portfolio in one line, for a message box."""
    fees = bilan.total.chiffres[r.HONORAIRES].valeur
    shown = ND if fees is None else euros(round(fees))
    clients = counted(bilan.total.clients, "client", "clients")
    return (
        f"{clients} en {nombre(len(bilan.segments))} segments, {shown} d’honoraires sur douze mois."
    )
