"""The sheets Valeur and Classes A-D: what each client is worth, and the table of the four axes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie, require
from segxl.domain.identifiants import key_of
from segxl.domain.saisie import parse_column, parse_date
from segxl.domain.textes import fold
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.axes import AXES, CLASSE, DEFAUTS, Axes, default_axes, parse_axes
from segxl.domain.valeur.axes import TABLE as CLASSES_AD
from segxl.domain.valeur.complexite import INDICE, RAISON
from segxl.domain.valeur.rfm import F, M, R
from segxl.excel.complements import A_VOIR, NON_FACTURE
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = SHEET = "Valeur"
CLASSES_SHEET = "Classes A-D"
REMARQUE, CALCULE, LECTURE, SEGMENT = "Remarque", "Calculé le", "Lecture", "Segment"
OUI, NON = "Oui", "Non"
DOSSIER, ABCD = "Dossier", "A→D"
WIDTHS: Mapping[str, float] = {
    "Dossier": 10,
    "Raison sociale": 27,
    "Honoraires": 12,
    "Coût": 10,
    "Marge (€)": 10,
    "Taux de marge": 9,
    "ABC": 7,
    "A→D": 7,
    "R": 5,
    "F": 5,
    "M": 5,
    "PMG": 8,
    "Faux bon client": 10,
    "Valeur et marge": 27,
    "Part des heures": 9,
    "Part de la marge": 9,
    NON_FACTURE: 11,
    "Désaccord": 30,
    INDICE: 13,
    RAISON: 44,
    "Note FE": 8,
    A_VOIR: 9,
    SEGMENT: 16,
    LECTURE: 30,
    CALCULE: 12,
}
NOTE = (
    "Ce que chaque client apporte et coûte, du plus grand au plus petit, et ce qu’en disent trois méthodes : ABC (part cumulée des honoraires), A→D (quatre axes, feuille Classes A-D), RFM (récence, fréquence, montant, de 1 à 5). PMG : petit, moyen ou gros par ses honoraires, d’après vos seuils ou par tiers.\n"
    "Faux bon client : parmi le quart qui paie le plus, et parmi le quart dont le taux de marge est le plus faible. Désaccord : une méthode le met en haut, une autre en bas. Temps non facturé : si Temps a une colonne « Heures facturées », « Facturé » ou « Facturable ».\n"
    "Complexité, de 0 à 100 : moyenne de ce qui est connu parmi quatre éléments, missions, dossiers du groupe, collaborateurs (1 donne 0, 5 et plus 100), particularités (0 donne 0, 4 et plus 100 : établissements, clients publics ou étrangers, entreprises et particuliers, exonération partielle, débits, assujetti unique).\n"
    "Une case vide n’est pas un zéro : la colonne Lecture dit ce qui manque. La note et le segment, sur la facturation électronique, sont à côté pour croiser les deux (feuille Croisement) : ils n’entrent dans aucune de ces classes."
)
CLASSES_WIDTHS: Mapping[str, float] = {**dict.fromkeys(AXES, 18), CLASSE: 10, REMARQUE: 60}
CLASSES_NOTE = (
    "La classe de chaque client, de A à D. Les lignes sont essayées du haut vers le bas ; une case vide convient à tous les niveaux. Changez-les : c’est votre politique.\n"
    "B/C laisse le « Séparation B/C » de la feuille Paramètres choisir (Potentiel s’il n’y est pas). Une marge négative donne toujours D.\n"
    "Faible, Moyenne, Élevée : le tiers où se trouve le client, sauf seuils donnés dans Paramètres. Valeur : les honoraires, ou volume et récurrence (« Valeur mesurée par », feuille Paramètres). Potentiel : la colonne « Potentiel » de Clients, tout à droite."
)
_REMARKS = (
    "Beaucoup d’honoraires, beaucoup de marge, peu de temps",
    "De même, avec un temps maîtrisé",
    "Peu d’honoraires, peu de marge, aucun potentiel",
    "Peu d’honoraires, peu de marge, beaucoup de temps",
    "Tous les autres",
)


def read_axes(workbook: Workbook) -> tuple[Axes, tuple[Anomalie, ...]]:
    """Return the firm's table of the four axes, or the one to start with.

    Raises
    ------
    SaisieError
        The table is not segxl's, or does not give one class to each combination.
    """
    if not workbook.has_table(CLASSES_AD):
        return default_axes(), ()
    table = workbook.read_table(CLASSES_AD).canonical((*AXES, CLASSE))
    refuse_stranger(table, (*AXES, CLASSE))
    axes, anomalies = parse_axes(table)
    return axes, require(anomalies)


def read_classes(workbook: Workbook) -> dict[str, tuple[str, date | None]]:
    """Return the class from A to D of each client and its day, as last written: folded number → both."""
    if not workbook.has_table(TABLE):
        return {}
    known = workbook.read_table(TABLE).canonical(WIDTHS).lignes.reindex(columns=[DOSSIER, ABCD, CALCULE])  # fmt: skip
    told = known[known[DOSSIER].notna() & known[ABCD].notna()]
    days = parse_column(told[CALCULE], parse_date)
    lines = zip(told[DOSSIER], told[ABCD], days, strict=True)
    return {
        fold(key_of(k)): (str(c), day if isinstance(day, date) else None) for k, c, day in lines
    }


def write_valeur(
    workbook: Workbook, releve: v.ReleveValeur, clients: pd.DataFrame, today: date
) -> None:
    """Write the sheet, one row a client; the table of the four axes appears with it.

    ``clients`` has the rows of ``releve``, in its order, with « Raison sociale » and « Segment »
    where they are known.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(CLASSES_AD):
        workbook.add_table(CLASSES_AD, CLASSES_SHEET, CLASSES_WIDTHS, note=CLASSES_NOTE)
        rows = [{**row, REMARQUE: told} for row, told in zip(DEFAUTS, _REMARKS, strict=True)]
        new = pd.DataFrame(rows, columns=[*CLASSES_WIDTHS], dtype=object)
        workbook.replace_rows(CLASSES_AD, new.where(new.notna(), None))
    if not workbook.has_table(TABLE):
        workbook.add_table(TABLE, SHEET, WIDTHS, note=NOTE)
    else:
        known = workbook.read_table(TABLE).canonical(WIDTHS)
        refuse_stranger(known, ("Dossier", "Honoraires"))
        workbook.add_columns(TABLE, [h for h in WIDTHS if h not in known.letters])
    workbook.replace_rows(TABLE, _rows_of(releve, clients, today))


def _rows_of(releve: v.ReleveValeur, clients: pd.DataFrame, today: date) -> pd.DataFrame:
    """Return the rows of the sheet, the largest fees first, in the units of a reader."""
    lignes = releve.lignes
    euros = {h: lignes[c] / 100 for h, c in _EUROS.items()}
    columns: dict[str, object] = {
        "Dossier": lignes["dossier"],
        "Raison sociale": _words(clients, "Raison sociale"),
        **euros,
        "Taux de marge": lignes[v.TAUX],
        "ABC": _told(lignes[v.ABC]),
        "A→D": _told(lignes[v.ABCD]),
        **{h: lignes[c].where(lignes[c] > 0) for h, c in (("R", R), ("F", F), ("M", M))},
        "Faux bon client": lignes[v.FAUX_BON].map({True: OUI, False: NON}).where(lignes[v.TAUX].notna()),
        "Valeur et marge": _told(lignes[v.MATRICE]),
        "Part des heures": lignes[v.PART_HEURES],
        "Part de la marge": lignes[v.PART_MARGE],
        "PMG": _told(lignes[v.PMG]),
        **{h: _words(clients, h) for h in (NON_FACTURE, INDICE, RAISON, "Note FE")},
        A_VOIR: [rang or None for rang in _words(clients, A_VOIR)],
        "Désaccord": _told(lignes[v.DESACCORD]),
        SEGMENT: _words(clients, SEGMENT),
        LECTURE: _told(lignes[v.MOTIF]),
        CALCULE: today,
    }  # fmt: skip
    frame = pd.DataFrame(columns, index=lignes.index)[[*WIDTHS]]
    order = lignes.sort_values(v.HONORAIRES, ascending=False, kind="stable").index
    frame = frame.loc[order].reset_index(drop=True).astype(object)
    return frame.where(frame.notna(), None)


_EUROS = {"Honoraires": v.HONORAIRES, "Coût": v.COUT_SERVICE, "Marge (€)": v.MARGE_EUROS}


def _told(words: pd.Series) -> pd.Series:
    """Return words, nothing where there is none."""
    return words.astype(object).where(words != "", None)


def _words(clients: pd.DataFrame, header: str) -> list[object]:
    return clients[header].tolist() if header in clients else [None] * len(clients)
