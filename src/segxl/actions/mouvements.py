"""Who moved since the calculation before; part of « Noter » and of « Valeur »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie, SaisieError
from segxl.domain.identifiants import key_of
from segxl.domain.mouvements.suites import (
    Etat,
    Mouvement,
    Suite,
    add_moves,
    find_moves,
    fold_old_months,
)
from segxl.domain.presence import tell_depart
from segxl.domain.reglages import Reglages
from segxl.domain.saisie import parse_column, parse_date, parse_number
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold
from segxl.excel.graphiques import soften
from segxl.excel.mouvements import Calcul, read_mouvements, write_mouvements
from segxl.excel.port import Workbook
from segxl.excel.valeur import read_classes

NOTE, COULEUR, SEGMENT, ETAPE, CALCULE = "Note FE", "Couleur", "Segment", "Prochaine étape", "Calculé le"  # fmt: skip
DOSSIER, NOM = "Dossier", "Raison sociale"
KEPT = "la feuille Mouvements reste comme avant"
GONE = fold(tell_depart(date.max)).partition(" le ")[0]
"""How « Prochaine étape » begins for whoever had left already."""


def calcul_of(reglages: Reglages, jour: date, presents: int) -> Calcul:
    """Return what moves are told with."""
    couleurs = [c.nom for c in reglages.couleurs if c.seuil is not None]
    return Calcul(jour=jour, couleurs=couleurs, presents=presents)


def follow_notes(
    workbook: Workbook, clients: Tableau, lignes: pd.DataFrame, departs: pd.Series, calcul: Calcul
) -> tuple[tuple[Mouvement, ...], tuple[Anomalie, ...]]:
    """Put on record who is not as Clients still shows it; return them, and what could not be written.

    Parameters
    ----------
    workbook : Workbook
        Where they go on record.
    clients : Tableau
        With the results of the calculation before.
    lignes : DataFrame
        Those of this one, by Excel row.
    departs : Series of date
        When each client who is gone left, by Excel row.
    calcul : Calcul
        This calculation; one of a day before the last says nothing.
    """
    days = parse_column(clients.lignes.loc[lignes.index, CALCULE], parse_date)
    known = [day for day in days if isinstance(day, date)]
    if not known or max(known) > calcul.jour:
        return (), ()
    moves = tuple(find_moves(_suites_of(clients, lignes, departs, days), calcul.jour))
    if not moves:
        return (), ()
    classes = {key: classe for key, (classe, _) in read_classes(workbook).items()}
    told = [_with_class(move, classes.get(fold(move.dossier), "")) for move in moves]
    return moves, put_on_record(workbook, told, calcul)


def follow_classes(
    workbook: Workbook, clients: Tableau, classes: Mapping[int, str], calcul: Calcul
) -> tuple[Anomalie, ...]:
    """Put on record whose class from A to D is not the one that the sheet Valeur still shows.

    ``classes`` gives the class of each client that is there, by Excel row.
    """
    before = read_classes(workbook)
    if any(day and day > calcul.jour for _, day in before.values()):
        return ()
    suites = []
    for row, cells in records_of(clients.lignes.loc[[*classes]]):
        dossier = key_of(cells[DOSSIER])
        classe, day = before.get(fold(dossier), ("", None))
        if classe in {"", classes[row]}:
            continue
        etat = _etat_of(cells)
        avant, apres = replace(etat, classe=classe), replace(etat, classe=classes[row])
        suites.append(Suite(dossier=dossier, nom=_text(cells.get(NOM)), depuis=day, avant=avant, apres=apres))  # fmt: skip
    moves = [*find_moves(suites, calcul.jour)]
    return put_on_record(workbook, moves, calcul) if moves else ()


def put_on_record(
    workbook: Workbook, moves: Iterable[Mouvement], calcul: Calcul
) -> tuple[Anomalie, ...]:
    """Write the moves with those on record; return why they could not be: no reason to stop the notes."""
    try:
        known, others = read_mouvements(workbook)
        every = add_moves(fold_old_months(known, calcul.jour), moves)
        write_mouvements(workbook, every, others, calcul)
    except SaisieError as error:
        return tuple(soften(error, KEPT))
    return ()


def _suites_of(
    clients: Tableau, lignes: pd.DataFrame, departs: pd.Series, days: pd.Series
) -> Iterator[Suite]:
    """Yield the clients that may have moved: most have not, and are not looked at."""
    shown = clients.lignes.loc[lignes.index]
    changed = pd.Series([not isinstance(day, date) for day in days], lignes.index)
    changed |= lignes.index.isin(departs.index)
    if ETAPE in shown:
        changed |= shown[ETAPE].map(_tells_gone)
    for header in (NOTE, COULEUR, SEGMENT):
        changed |= shown[header].ne(lignes[header])
    found = dict(records_of(lignes[changed]))
    for row, cells in records_of(shown[changed]):
        depuis, sortie = days[row], departs.get(row)
        known = isinstance(depuis, date)
        yield Suite(
            dossier=key_of(cells[DOSSIER]),
            nom=_text(cells.get(NOM)),
            depuis=depuis if known else None,
            avant=_etat_of(cells) if known else None,
            apres=_etat_of(found[row]),
            etait_parti=known and _had_left(cells, sortie, depuis),
            est_parti=sortie is not None,
        )


def _had_left(cells: Mapping[str, object], sortie: date | None, depuis: date) -> bool:
    """Tell whether the calculation before knew that a client was gone."""
    if ETAPE in cells:
        return _tells_gone(cells[ETAPE])
    return sortie is not None and sortie <= depuis


def _tells_gone(step: object) -> bool:
    return str(step).casefold().startswith(GONE)


def _etat_of(cells: Mapping[str, object]) -> Etat:
    note = parse_number(cells.get(NOTE))
    return Etat(note=note, couleur=_text(cells.get(COULEUR)), segment=_text(cells.get(SEGMENT)))


def _with_class(move: Mouvement, classe: str) -> Mouvement:
    avant = replace(move.avant, classe=classe) if move.avant else None
    return replace(move, avant=avant, apres=replace(move.apres, classe=classe))


def _text(value: object) -> str:
    return "" if value is None or value != value else key_of(value)  # noqa: PLR0124  NaN is the only value unlike itself
