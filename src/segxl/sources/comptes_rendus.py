"""What an import read and changes, in sentences that a terminal or a message box shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from segxl.domain.textes import join_words
from segxl.sources.correspondance import Correspondance
from segxl.sources.ecarts import count_ecarts
from segxl.sources.fusion_clients import Changement, Changements
from segxl.sources.portefeuille import Portefeuille
from segxl.sources.textes_bruts import text_of

_SHOWN = 5


def render_lecture(portefeuille: Portefeuille) -> list[str]:
    """Return what was read in one export, and what was left out."""
    sheet = f" (feuille « {portefeuille.sheet} »)" if portefeuille.sheet else ""
    read = counted(portefeuille.lues, "ligne lue", "lignes lues")
    kept = counted(len(portefeuille.dossiers), "dossier", "dossiers")
    left = len(portefeuille.ecarts)
    dropped = f", {counted(left, 'écartée', 'écartées')} ({count_ecarts(portefeuille.ecarts)})"
    first = f"{portefeuille.name}{sheet} : {read}{dropped if left else ''} ; {kept}."
    return [first, *portefeuille.remarques]


def render_colonnes(correspondance: Correspondance) -> list[str]:
    """Return one line per column of the export.

    >>> render_colonnes(Correspondance(colonnes={"N° SIREN": "SIREN"}, unmatched=("Humeur",)))
    ['« N° SIREN » → SIREN', 'Non reconnue, gardée sous son titre : « Humeur ».']
    """
    lines = [f"« {text_of(s)} » → {target}" for s, target in correspondance.colonnes.items()]
    return [
        *lines,
        *_titles("Non reconnue", "gardée sous son titre", correspondance.unmatched),
        *_titles("Laissée de côté", "comme demandé", correspondance.ignored),
    ]


def _titles(what: str, fate: str, titles: Sequence[str]) -> list[str]:
    if not titles:
        return []
    if len(titles) > 1:
        what, fate = what.replace("ue", "ues").replace("sée", "sées"), fate.replace("ée", "ées")
        fate = fate.replace("son titre", "leur titre")
    return [f"{what}, {fate} : {join_words(f'« {text_of(t)} »' for t in titles)}."]


def render_changements(changements: Changements) -> list[str]:
    """Return what the import changes in Clients, in one sentence per kind of change."""
    stays = [*_retenues(changements)]
    if changements.is_empty and not stays:
        return [f"Rien à changer : {counted(changements.unchanged, 'dossier', 'dossiers')} à jour."]
    changed = len({change.row for change in changements.updates})
    counts = {
        ("nouveau dossier", "nouveaux dossiers"): len(changements.nouveaux),
        ("dossier mis à jour", "dossiers mis à jour"): changed,
        ("dossier inchangé", "dossiers inchangés"): changements.unchanged,
    }
    told = [counted(number, *words) for words, number in counts.items() if number]
    return [
        f"{join_words(told)}.",
        *_added(changements.columns),
        *map(_renumbered, changements.renumbered),
        *stays,
    ]


def _retenues(changements: Changements) -> Iterator[str]:
    """Yield one sentence per column of formulas that the export would have changed."""
    found: dict[tuple[str, str], list[str]] = {}
    for change, source in changements.retenues:
        found.setdefault((change.header, source), []).append(change.dossier)
    for (header, source), dossiers in found.items():
        cells = counted(
            len(dossiers),
            "valeur de l’export n’y est pas écrite",
            "valeurs de l’export n’y sont pas écrites",
        )
        more = [f"{len(dossiers) - _SHOWN} autres"] if len(dossiers) > _SHOWN else []
        who = join_words([*dossiers[:_SHOWN], *more])
        if source:
            yield f"{header} suit votre colonne « {text_of(source)} » : {cells} ({who}). C’est là que l’on corrige."
        else:
            yield f"{header} garde ses formules : {cells} ({who})."


def _added(headers: Sequence[str]) -> list[str]:
    if not headers:
        return []
    what = "Colonne ajoutée" if len(headers) == 1 else "Colonnes ajoutées"
    return [f"{what} à Clients : {join_words(f'« {h} »' for h in headers)}."]


def render_detail(changements: Changements) -> list[str]:
    """Return one line per cell that takes another value."""
    return [render_changement(change) for change in changements.updates]


def render_changement(change: Changement) -> str:
    """Return one change as a sentence.

    >>> render_changement(Changement(row=7, dossier="C0007", header="CA HT", old=None, new=1234.5))
    'C0007, CA HT : vide → 1234,5'
    """
    return (
        f"{change.dossier}, {text_of(change.header)} : {_shown(change.old)} → {_shown(change.new)}"
    )


def _shown(value: object) -> str:
    if value is None:
        return "vide"
    text = text_of(value)
    return text.replace(".", ",") if isinstance(value, float) else text


def _renumbered(codes: tuple[str, str]) -> str:
    here, there = codes
    return f"Le dossier {there} du fichier a le SIREN du dossier {here}, dont le code est gardé."


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: in French, zero is singular."""
    return f"{number} {one if number <= 1 else many}"
