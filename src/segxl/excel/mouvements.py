"""The sheet Mouvements: who changed note, colour, segment or class, one row a client and a month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.identifiants import key_of
from segxl.domain.mouvements.dits import count_moves, in_order, tell_change, tell_counts
from segxl.domain.mouvements.suites import PRESENCES, Etat, Mouvement, since_first
from segxl.domain.saisie import parse_date, parse_number
from segxl.domain.tableau import records_of
from segxl.domain.textes import fold
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = SHEET = "Mouvements"
JOUR, DEPUIS, DOSSIER, NOM, SENS = "Date", "Comparé au", "Dossier", "Raison sociale", "Mouvement"
PREMIER = "Depuis le premier calcul"
AVANT = ("Note avant", "Couleur avant", "Segment avant", "Classe avant")
APRES = ("Note après", "Couleur après", "Segment après", "Classe après")
WIDTHS: Mapping[str, float] = {
    JOUR: 12,
    DOSSIER: 11,
    NOM: 28,
    SENS: 18,
    AVANT[0]: 9,
    APRES[0]: 9,
    AVANT[1]: 11,
    APRES[1]: 11,
    AVANT[2]: 17,
    APRES[2]: 17,
    AVANT[3]: 9,
    APRES[3]: 9,
    DEPUIS: 12,
    PREMIER: 46,
}
LATEST, SINCE = "Derniers mouvements : ", "Depuis le premier calcul : "
NOTE = (
    "Qui a bougé : une ligne par client et par mois, la plus récente en haut ; un client qui ne change pas n’a pas de ligne. Rempli par « Noter » (note, couleur, segment, arrivées, départs) et par « Valeur » (classe de A à D).\n"
    "Un second calcul dans le mois remplace la ligne du mois. Au-delà de deux ans (moins, passé 20 000 lignes), une seule ligne par client : ce qu’il était au début, ce qu’il était à la fin.\n"
    "Nouveau : pas encore noté au calcul précédent. Parti : d’après « Sortie le » de Clients ; sa note reste celle de son départ. Progresse, Recule : la note bouge, la couleur reste."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calcul:
    """One calculation: its day, the colours from the lowest up, and how many clients are there."""

    jour: date
    couleurs: Sequence[str]
    presents: int


def read_mouvements(workbook: Workbook) -> tuple[list[Mouvement], pd.DataFrame]:
    """Return the moves on record, and the rows that have no day or no dossier, as they stand.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    blank = pd.DataFrame(columns=[*WIDTHS], dtype=object)
    if not workbook.has_table(TABLE):
        return [], blank
    table = workbook.read_table(TABLE).canonical(WIDTHS)
    refuse_stranger(table, (JOUR, DOSSIER, SENS))
    lignes = table.lignes.reindex(columns=[*WIDTHS]).dropna(how="all").astype(object)
    lignes = lignes.where(lignes.notna(), None)
    read = {row: _move_of(cells) for row, cells in records_of(lignes)}
    others = [row for row, move in read.items() if move is None]
    return [m for m in read.values() if m], lignes.loc[others] if others else blank


def write_mouvements(
    workbook: Workbook,
    moves: Sequence[Mouvement],
    others: pd.DataFrame,
    calcul: Calcul,
) -> None:
    """Put the moves in place of those on record; the sheet appears with the first.

    ``others`` are rows to keep under them.

    Raises
    ------
    SaisieError
        The sheet cannot be added, or the table cannot grow.
    """
    since = since_first(moves)
    lines = _sentences_of(moves, since, calcul)
    is_new = not workbook.has_table(TABLE)
    sentences = "\n".join(f"{head}{rest}" for head, rest in lines.items())
    make_table(workbook, TABLE, SHEET, WIDTHS, f"{NOTE}\n{sentences}")
    told: set[str] = set()
    rows = []
    for word, move in in_order(moves, calcul.couleurs):
        key = fold(move.dossier)
        first = "" if key in told else tell_change(since[key])
        told.add(key)
        rows.append(_row_of(move, word, first))
    frame = pd.DataFrame(rows, columns=[*WIDTHS], dtype=object)
    every = pd.concat([frame, others], ignore_index=True) if len(others) else frame
    workbook.replace_rows(TABLE, every.astype(object).where(every.notna(), None))
    if not is_new:
        workbook.write_above(TABLE, lines)


def _sentences_of(
    moves: Sequence[Mouvement], since: Mapping[str, Mouvement], calcul: Calcul
) -> dict[str, str]:
    """Return what stands over the table: the moves of the month, then since the first."""
    jour, couleurs = calcul.jour, calcul.couleurs
    month = [m for m in moves if (m.jour.year, m.jour.month) == (jour.year, jour.month)]
    latest = tell_counts(count_moves(month, couleurs), calcul.presents)
    whole = tell_counts(count_moves(since.values(), couleurs))
    return {LATEST: f"au {jour:%d/%m/%Y}, {latest}.", SINCE: f"{whole}."}


def _row_of(move: Mouvement, word: str, first: str) -> dict[str, object]:
    sides: Iterable[tuple[Sequence[str], Etat | None]] = ((AVANT, move.avant), (APRES, move.apres))
    row: dict[str, object] = {JOUR: move.jour, DEPUIS: move.depuis, DOSSIER: move.dossier}
    row |= {NOM: move.nom or None, SENS: word or None, PREMIER: first or None}
    for headers, etat in sides:
        if etat:
            words = (x or None for x in (etat.couleur, etat.segment, etat.classe))
            row |= dict(zip(headers, (etat.note, *words), strict=True))
    return row


def _move_of(cells: Mapping[str, object]) -> Mouvement | None:
    """Return what a row tells; None without a day or a dossier."""
    jour, dossier = parse_date(cells[JOUR]), _text(cells[DOSSIER])
    if not isinstance(jour, date) or not dossier:
        return None
    avant, apres = (_etat_of([cells[h] for h in side]) for side in (AVANT, APRES))
    words = {fold(word): word for word in PRESENCES}
    return Mouvement(
        jour=jour,
        depuis=parse_date(cells[DEPUIS]),
        dossier=dossier,
        nom=_text(cells[NOM]),
        avant=avant if avant != Etat() else None,
        apres=apres,
        presence=words.get(fold(_text(cells[SENS])), ""),
    )


def _etat_of(cells: Sequence[object]) -> Etat:
    note, *words = cells
    couleur, segment, classe = map(_text, words)
    return Etat(note=parse_number(note), couleur=couleur, segment=segment, classe=classe)


def _text(value: object) -> str:
    return "" if value is None else key_of(value)
