"""What was made of a firm's own list, in sentences that a terminal or a message box shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from segxl.domain.tableau import column_letter
from segxl.domain.textes import join_words
from segxl.sources.comptes_rendus import counted, render_colonnes
from segxl.sources.ecarts import Ecart
from segxl.sources.liste import Liste
from segxl.sources.suivis import Suivi
from segxl.sources.textes_bruts import text_of

_SHOWN = 5


def render_liste(liste: Liste, table: str) -> list[str]:
    """Return where the list stands, and how its columns were understood."""
    block, export = liste.etendue, liste.export
    where = f"feuille « {export.sheet} »" + (f", tableau « {table} »" if table else "")
    clients = counted(len(liste.clients), "client", "clients")
    rows = f"lignes {block.header_row + 1} à {block.last_row}"
    if block.last_row == block.header_row + 1:
        rows = f"ligne {block.last_row}"
    first = f"{export.name} ({where}) : {clients}, {rows}."
    return [
        first,
        *_others(liste),
        *(f"  {line}" for line in render_colonnes(liste.correspondance)),
    ]


def _others(liste: Liste) -> list[str]:
    """Return the lists that are left out: one table holds all the clients."""
    if not liste.others:
        return []
    shown = [f"« {sheet} »" for sheet in liste.others[:_SHOWN]]
    more = [f"{len(liste.others) - _SHOWN} autres"] if len(liste.others) > _SHOWN else []
    where = "de la feuille" if len(liste.others) == 1 else "des feuilles"
    told = (
        f"La liste {where} {join_words([*shown, *more])} n’est pas reprise : précisez la feuille "
        "pour partir d’elle, ou réunissez d’abord tous les clients sur une seule feuille."
    )
    return [told]


def render_suivis(suivis: Iterable[Suivi]) -> list[str]:
    """Return what segxl reads otherwise than the firm writes it."""
    lines = [
        f"« {text_of(s.source)} » est en {s.unite} : {s.target} est en euros."
        for s in suivis
        if s.unite
    ]
    for suivi in suivis:
        if suivi.mots:
            read = join_words(f"« {raw} » se lit « {word} »" for raw, word in _firsts(suivi.mots))
            more = " …" if len(suivi.mots) > _SHOWN else ""
            lines.append(f"{suivi.target} : {read}{more}.")
    return lines


def render_dossier(numbers: Sequence[object], *, by_siren: bool) -> list[str]:
    """Return what tells a client from another, when the list has no number of its own."""
    if by_siren:
        return ["Aucune colonne ne donne le numéro de dossier : le SIREN en tient lieu."]
    if not numbers:
        return []
    ends = f"de {numbers[0]} à {numbers[-1]}" if len(numbers) > 1 else f"{numbers[0]}"
    return [f"Aucune colonne ne donne le numéro de dossier : les clients sont numérotés {ends}."]


def render_ajouts(headers: Sequence[str], column: int, sheets: Sequence[str]) -> list[str]:
    """Return what is added to the workbook."""
    columns = counted(len(headers), "colonne ajoutée", "colonnes ajoutées")
    return [
        f"{columns} à droite de la liste, à partir de la colonne {column_letter(column)}.",
        f"{counted(len(sheets), 'feuille ajoutée', 'feuilles ajoutées')} : {join_words(sheets)}.",
    ]


def render_titres(changed: Mapping[str, str]) -> list[str]:
    """Return the titles that the table needs; ``changed`` maps a cell to its title."""
    return [f"{cell} : l’intitulé devient le texte « {title} »." for cell, title in changed.items()]


def render_ecarts(liste: Liste) -> list[str]:
    """Return the rows that are not clients: those inside the list, those left under it."""
    inside = [e for e in liste.ecarts if e.text]
    lines = []
    if inside:
        lines.append(
            f"Dans la liste, {_rows_of(inside)} : ce ne sont pas des clients, segxl n’y écrit rien."
        )
    if liste.dessous:
        lines.append(f"Sous la liste, {_rows_of(liste.dessous)} : rien n’y est changé.")
    return lines


def render_illisibles(counts: Mapping[str, int]) -> list[str]:
    """Return the columns of which « Noter » cannot read some cells; ``counts`` says how many.

    >>> render_illisibles({"Outil de facturation": 2, "TVA": 1})
    ['À corriger avant de noter : « Outil de facturation » (2 cellules) et « TVA » (1 cellule).']
    """
    told = [
        f"« {text_of(title)} » ({counted(number, 'cellule', 'cellules')})"
        for title, number in counts.items()
    ]
    return [f"À corriger avant de noter : {join_words(told)}."] if told else []


def _rows_of(ecarts: Sequence[Ecart]) -> str:
    shown = [f"{e.row} (« {e.text} »)" for e in ecarts[:_SHOWN]]
    if len(ecarts) > _SHOWN:
        shown.append(f"{len(ecarts) - _SHOWN} autres")
    return ("ligne " if len(ecarts) == 1 else "lignes ") + join_words(shown)


def _firsts(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [*words.items()][:_SHOWN]
