"""The sheets Cartographie and Groupes: what the map says, and the groups that people make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.cartographie.carte import Carte
from segxl.domain.cartographie.etiquettes import DOSSIER, GROUPE, TIERS, Etiquette, parse_etiquettes
from segxl.domain.cartographie.exercices import Exercice, Ligne
from segxl.domain.cartographie.groupes import (
    PAR_DATES,
    PAR_ETIQUETTES,
)
from segxl.domain.cartographie.parts import EURO, WHOLE
from segxl.excel.own_tables import replace_exercices
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = SHEET = "Cartographie"
GROUPES = "Groupes"
CLOS, CALCULE = "Écritures au", "Calculé le"
TENTHS = 10
WIDTHS: Mapping[str, float] = {
    DOSSIER: 12,
    CLOS: 14,
    GROUPE: 26,
    "Clients": 10,
    "Ventes HT": 14,
    "Part": 10,
    "Un an avant": 14,
    "Évolution": 14,
    "Évolution (points)": 12,
    "Lecture": 44,
    CALCULE: 12,
}
NOTE = (
    "Les ventes de chaque client du cabinet, groupe par groupe et année par année, hors taxes, d’après ses écritures (FEC). Les parts d’une année font 100 %.\n"
    "Un an avant : les mêmes clients, l’exercice précédent. Une case vide : les écritures ne permettent pas de le dire.\n"
    "Pour ranger un client dans un groupe, remplissez la feuille Groupes, puis recommencez."
)
GROUPES_WIDTHS: Mapping[str, float] = {DOSSIER: 14, TIERS: 34, GROUPE: 30}
GROUPES_NOTE = (
    "Une ligne par client à ranger : Tiers est son code ou son libellé dans les écritures, ou un début suivi de * (MALT*). Dossier vide : pour tous les dossiers.\n"
    "Groupe : Apporteurs d’affaires, Sous-traitance, Autres revenus, ou un nom à vous. Ce nom s’imprime chez le client : n’y mettez le nom de personne.\n"
    "Un client n’a qu’un groupe. Une ligne de son dossier passe avant une ligne de tous ; un code avant un libellé, un libellé avant un début ; sans ligne, les dates décident."
)


def read_groupes(workbook: Workbook) -> tuple[tuple[Etiquette, ...], tuple[Anomalie, ...]]:
    """Return the groups that people typed, and the rows that cannot serve.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(GROUPES):
        return (), ()
    table = workbook.read_table(GROUPES).canonical(GROUPES_WIDTHS)
    refuse_stranger(table, GROUPES_WIDTHS)
    return parse_etiquettes(table)


def write_cartographie(workbook: Workbook, cartes: Mapping[str, Carte], today: date) -> None:
    """Put maps on the sheet, by dossier; those of a dossier and a year that were there go.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    lignes = [line for dossier, carte in cartes.items() for line in _lines(dossier, carte, today)]
    new = pd.DataFrame(lignes, columns=[*WIDTHS], dtype=object)
    if not workbook.has_table(GROUPES):
        workbook.add_table(GROUPES, GROUPES, GROUPES_WIDTHS, note=GROUPES_NOTE)
    if not workbook.has_table(TABLE):
        workbook.add_table(TABLE, SHEET, WIDTHS, note=NOTE)
    replace_exercices(workbook, TABLE, WIDTHS, new, CLOS)


def _lines(dossier: str, carte: Carte, today: date) -> Iterator[dict[str, object]]:
    """Yield the rows of one company, the latest year first."""
    for exercice in reversed(carte.exercices):
        for ligne in exercice.lignes:
            yield {
                DOSSIER: dossier,
                CLOS: exercice.annee.fin,
                GROUPE: ligne.groupe,
                **figures_of(ligne),
                "Lecture": reading_of(carte, exercice, ligne),
                CALCULE: today,
            }


def figures_of(ligne: Ligne) -> dict[str, object]:
    """Return the figures of a line in the units of a sheet: euros, a fraction, points."""
    return {
        "Clients": ligne.clients,
        "Ventes HT": _over(ligne.montant, EURO),
        "Part": _over(ligne.part, WHOLE),
        "Un an avant": _over(ligne.avant, EURO),
        "Évolution": _over(ligne.ecart, EURO),
        "Évolution (points)": _over(ligne.points, TENTHS),
    }


def reading_of(carte: Carte, exercice: Exercice, ligne: Ligne) -> str | None:
    """Say in a few words what a line shows, or why it shows nothing."""
    if ligne.montant is None:
        if ligne.groupe in PAR_ETIQUETTES:
            return "aucun client rangé ici (feuille Groupes du portefeuille)"
        return exercice.annee.absence or "il faut l’exercice précédent"
    if ligne.is_nouveau:
        return "nouveau"
    if exercice is carte.dernier and ligne.groupe not in PAR_DATES:
        presence = carte.presence(ligne.groupe)
        return str(presence) if presence else None
    if exercice.is_classe and not exercice.is_compare:
        return "indicatif : durées différentes ou incomplètes"
    return None


def _over(value: int | None, unit: int) -> float | None:
    return None if value is None else value / unit
