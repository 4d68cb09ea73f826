"""The zones of one file as écritures: typed columns, every unreadable value told at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.ternary import Codes, Masque
from segxl.sources.fec_lignes import Lieux, Zones
from segxl.sources.fec_montants import Montants, parse_montants
from segxl.sources.fec_remarques import Defaut, Place, Remarque, refuse_rows, without_names
from segxl.sources.fec_valeurs import NAT, parse_jours, parse_libelle, parse_sens, parse_texte
from segxl.sources.fec_zones import OFFICIAL

COLUMNS = tuple(column for column in OFFICIAL if column not in {"montant", "sens"})
DATES = frozenset({"date", "piece_date", "date_lettre", "valid_date"})
_MONEY = frozenset({"debit", "credit"})
_COMPTE_DIGITS = 3
_MONTANT_REMEDY = (
    "un montant s’écrit 1234,56, sans séparateur de milliers ni lettre ; "
    "demandez un nouvel export du FEC"
)
_DATE_REMEDY = (
    "une date s’écrit AAAAMMJJ et existe au calendrier ; demandez un nouvel export du FEC"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partie:
    """What one file of a FEC holds: ``ecritures`` has the columns of ``COLUMNS``."""

    ecritures: pd.DataFrame
    lieux: Lieux
    remarques: tuple[Remarque, ...] = ()
    anomalies: tuple[Anomalie, ...] = ()
    cloture: str = ""


def parse_ecritures(zones: Zones) -> Partie:
    """Read every zone; what cannot be is an anomaly where a figure hangs on it, else a doubt."""
    columns: dict[str, object] = {}
    told: list[Anomalie | Remarque] = [*zones.anomalies, *zones.remarques]
    columns["debit"], columns["credit"], found = _parse_debit_credit(zones)
    told += found
    for column in COLUMNS:
        if column in DATES:
            columns[column], found = _parse_dates(zones, column)
            told += found
        elif column not in columns:
            columns[column] = _parse_textes(zones, column)
    ecritures = pd.DataFrame({column: columns[column] for column in COLUMNS}, copy=False)
    told += _doubt_comptes(ecritures["compte"], zones.lieux)
    return Partie(
        ecritures=ecritures,
        lieux=zones.lieux,
        remarques=tuple(t for t in told if isinstance(t, Remarque)),
        anomalies=tuple(t for t in told if isinstance(t, Anomalie)),
        cloture=zones.cloture,
    )


def _parse_textes(zones: Zones, column: str) -> pd.Series[str] | pd.Categorical:
    """Read a zone of words; a zone that the file lacks is blank everywhere."""
    if column not in zones.colonnes:
        blank = np.zeros(len(zones), dtype=np.int8)
        return pd.Categorical.from_codes(blank, categories=pd.Index([""], dtype="str"))
    parse = parse_libelle if column == "libelle" else parse_texte
    return parse(zones.colonnes[column])


def _parse_dates(zones: Zones, column: str) -> tuple[object, list[Anomalie | Remarque]]:
    """Read a zone of dates: that of the entry is needed on every line, another may be doubted."""
    if column not in zones.colonnes:
        return np.full(len(zones), NAT), []
    read = parse_jours(zones.colonnes[column])
    is_wrong, champ = read.illisibles, OFFICIAL[column]
    if column == "date":
        defaut = Defaut(champ=champ, problem=f"« {champ} » n’est pas une date", remedy=_DATE_REMEDY)
        return read.jours, _refuse(zones, column, is_wrong | np.isnat(read.jours), defaut)
    doute = f"« {champ} » n’est pas une date, laissée à blanc"
    return read.jours, doubt_rows(doute, is_wrong, zones.lieux.place)


def _parse_debit_credit(zones: Zones) -> tuple[Codes, Codes, list[Anomalie | Remarque]]:
    """Read the two columns of amounts, or one amount and its side."""
    if "montant" not in zones.colonnes:
        debit, found = _parse_amounts(zones, "debit")
        credit, more = _parse_amounts(zones, "credit")
        place, is_blank = zones.lieux.place, debit.vides & credit.vides
        both = (debit.cents != 0) & (credit.cents != 0)
        doubts = doubt_rows("une ligne est au débit et au crédit à la fois", both, place)
        doubts += doubt_rows("une ligne n’a aucun montant, lu comme zéro", is_blank, place)
        return debit.cents, credit.cents, [*found, *more, *doubts]
    montant, found = _parse_amounts(zones, "montant")
    sens = parse_sens(zones.colonnes["sens"])
    defaut = Defaut(
        champ="Sens",
        problem="« Sens » ne dit ni débit ni crédit",
        remedy="le sens s’écrit D ou C, ou bien +1 ou -1 ; demandez un nouvel export du FEC",
    )
    found += _refuse(zones, "sens", (sens == 0) & (montant.cents != 0), defaut)
    found += doubt_rows(
        "une ligne n’a aucun montant, lu comme zéro", montant.vides, zones.lieux.place
    )
    debit_cents = np.where(sens > 0, montant.cents, 0)
    return debit_cents, np.where(sens < 0, montant.cents, 0), found


def _parse_amounts(zones: Zones, column: str) -> tuple[Montants, list[Anomalie | Remarque]]:
    read, champ, place = parse_montants(zones.colonnes[column]), OFFICIAL[column], zones.lieux.place
    defaut = Defaut(
        champ=champ, problem=f"« {champ} » n’est pas un montant", remedy=_MONTANT_REMEDY
    )
    found = _refuse(zones, column, read.illisibles, defaut)
    found += doubt_rows(
        "un montant a plus de deux décimales, arrondi au centime", read.arrondis, place
    )
    if not zones.is_xml:
        doute = "un montant s’écrit avec un point, que l’administration refuse depuis 2019"
        found += doubt_rows(doute, read.points, place)
    return read, found


def _refuse(
    zones: Zones, column: str, is_wrong: Masque, defaut: Defaut
) -> list[Anomalie | Remarque]:
    rows = np.flatnonzero(is_wrong).tolist()
    lieux = zones.lieux
    return [
        *refuse_rows(
            lieux.name,
            defaut,
            rows,
            lieux.place,
            lambda row: without_names(zones.text(column, row)),
        )
    ]


def doubt_rows(doute: str, is_doubtful: Masque, place: Place) -> list[Anomalie | Remarque]:
    """Return the doubt that some rows raise, none where no row does."""
    rows = np.flatnonzero(is_doubtful)
    if not len(rows):
        return []
    return [Remarque(doute=doute, nombre=len(rows), premier=place(int(rows[0])))]


def _doubt_comptes(comptes: pd.Series[str], lieux: Lieux) -> list[Anomalie | Remarque]:
    """Doubt the accounts that are blank, or do not begin with the three digits of the law."""
    names = [*comptes.cat.categories]
    codes = comptes.cat.codes.to_numpy()
    blank = np.array([not name for name in names], dtype=bool)
    plain = np.array([name[:_COMPTE_DIGITS].isdecimal() for name in names], dtype=bool)
    short = np.array([len(name) < _COMPTE_DIGITS for name in names], dtype=bool)
    doute = "« CompteNum » ne commence pas par trois chiffres"
    return [
        *doubt_rows("« CompteNum » est à blanc", blank[codes], lieux.place),
        *doubt_rows(doute, (~blank & (short | ~plain))[codes], lieux.place),
    ]
