"""Words of closed lists, amounts, shares and days: each cell in the one form the scorers read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.saisie import (
    parse_column,
    parse_date,
    parse_number,
    parse_numbers,
    parse_yes_no,
)
from segxl.domain.statuts import STATUTS
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold

PARTS = ("Part B2B", "Part B2C", "Part secteur public", "Part international")
NOMBRES = ("Effectif", "CA HT", "Total bilan", "Honoraires annuels")
MOTS = {
    "Opposition": ("Oui", "Non"),
    "Assujetti TVA": ("Oui", "Non", "À vérifier"),
    "Redevable TVA": ("Oui", "Non", "À vérifier"),
    "Régime TVA": (
        "Réel normal mensuel",
        "Réel normal trimestriel",
        "Réel simplifié",
        "Franchise en base",
        "Exonéré",
        "À vérifier",
    ),
    "Assujetti unique": ("Oui", "Non", "À vérifier"),
    "Activité exonérée": ("Totale", "Partielle", "Non", "À vérifier"),
    "Nature": ("Biens", "Services", "Mixte"),
    "Option débits": ("Oui", "Non", "À vérifier"),
    "Statut plateforme": STATUTS,
}
JOURS = ("Date statut",)
FIRST_YEAR = 2000
SHARE_TOLERANCE = 0.01
MOST_TYPED_FRACTION = 2


def normalise(dossiers: pd.DataFrame) -> pd.DataFrame:
    """Return the same dossiers, each word, amount, share and day in its one form; missing where unreadable."""
    return dossiers.assign(
        **_mots(dossiers), **_nombres(dossiers), **_parts(dossiers), **_jours(dossiers)
    )


def find_unread(clients: Tableau, typed: pd.DataFrame, read: pd.DataFrame) -> Iterator[Anomalie]:
    """Yield the cells that hold something which could not be read, and the shares that cannot be.

    ``read`` is what :func:`normalise` made of ``typed``.
    """
    for header in (h for h in (*MOTS, *NOMBRES, *PARTS, *JOURS) if h in typed):
        for row in typed.index[typed[header].notna() & read[header].isna()]:
            yield clients.anomalie(header, row, *_unread(header))
    yield from _find_wrong_parts(clients, read[[h for h in PARTS if h in read]].astype("float64"))


def parse_mots(values: pd.Series, words: Sequence[str]) -> pd.Series:
    """Spell the words of one closed list as the list does; missing where unreadable."""
    return parse_column(values, _reader_of(words))


def _mots(dossiers: pd.DataFrame) -> dict[str, pd.Series]:
    """Spell the words of closed lists as the lists do."""
    return {h: parse_mots(dossiers[h], words) for h, words in MOTS.items() if h in dossiers}


def _reader_of(words: Sequence[str]) -> Callable[[object], object]:
    """Return the reader of one closed list; Oui and Non in every spelling where the list has them."""
    known = {fold(w): w for w in words}

    def read(value: object) -> str | None:
        word = known.get(fold(value))
        return word or (parse_yes_no(value) if "Oui" in words else None)

    return read


def _nombres(dossiers: pd.DataFrame) -> dict[str, pd.Series]:
    """Read amounts and head counts."""
    return {h: parse_column(dossiers[h], parse_number) for h in NOMBRES if h in dossiers}


def _jours(dossiers: pd.DataFrame) -> dict[str, pd.Series]:
    """Read days."""
    return {h: parse_column(dossiers[h], _read_day) for h in JOURS if h in dossiers}


def _read_day(value: object) -> date | None:
    """Read a day; one of another age, such as 1900, is a number that was meant otherwise."""
    day = parse_date(value)
    return day if day and day.year >= FIRST_YEAR else None


def _parts(dossiers: pd.DataFrame) -> dict[str, pd.Series]:
    """Read the shares as fractions: 60 %, 0,6 and 60 are the same share.

    A row where one share exceeds 2 was typed in percent, so its 1 is one percent; 1,2 alone is a
    share of 120 %, and wrong.
    """
    headers = [h for h in PARTS if h in dossiers]
    typed = pd.DataFrame({h: parse_numbers(dossiers[h]) for h in headers}, index=dossiers.index)
    signed = pd.DataFrame(
        {h: [*map(_has_percent_sign, dossiers[h])] for h in headers},
        index=dossiers.index,
        dtype=bool,
    )
    in_percent = (typed.gt(MOST_TYPED_FRACTION) & ~signed).any(axis="columns")
    parts = typed.where(signed | ~in_percent.to_numpy()[:, None], typed / 100)
    return {h: parts[h].astype(object).where(parts[h].notna(), None) for h in headers}


def find_coming(clients: Tableau, read: pd.DataFrame, au: date) -> Iterator[Anomalie]:
    """Yield the days that tell of something done and have not come yet; none where no day is given."""
    if au == date.min:
        return
    for header in (h for h in JOURS if h in read):
        for row in read.index[[isinstance(day, date) and day > au for day in read[header]]]:
            problem = f"« {header} » est à venir : elle dit un fait après le {au:%d/%m/%Y}"
            yield clients.anomalie(
                header, row, problem, "saisissez le jour où ce statut a été constaté"
            )


def _unread(header: str) -> tuple[str, str]:
    """Return the problem and the remedy of a cell that could not be read."""
    if header in MOTS:
        return f"« {header} » ne se lit pas", f"choisissez parmi : {' · '.join(MOTS[header])}"
    if header in NOMBRES:
        remedy = "saisissez le nombre sans lettre ni commentaire"
        return f"« {header} » doit être un nombre", remedy
    if header in JOURS:
        return f"« {header} » n’est pas une date", "saisissez par exemple 15/09/2026"
    return f"« {header} » doit être un pourcentage", "saisissez par exemple 60 %"


def _find_wrong_parts(clients: Tableau, parts: pd.DataFrame) -> Iterator[Anomalie]:
    """Yield the negative shares, and the rows whose shares are not the whole clientele."""
    for header in parts.columns:
        for row in parts.index[parts[header] < 0]:
            yield clients.anomalie(
                header,
                row,
                f"« {header} » ne peut pas être négatif",
                "saisissez une part de 0 à 100 %",
            )
    total = parts.sum(axis="columns", min_count=1)
    complete = parts.notna().all(axis="columns")
    tolerance = SHARE_TOLERANCE + 1e-9
    wrong = (total > 1 + tolerance) | (complete & (total < 1 - tolerance))
    remedy = "corrigez les parts B2B, B2C, secteur public et international"
    for row in parts.index[wrong]:
        yield clients.anomalie(parts.columns[0], row, _wrong_total(total[row]), remedy)


def _wrong_total(total: float) -> str:
    return f"les parts de la clientèle font {total:.0%} au lieu de 100 %".replace("%", " %", 1)


def _has_percent_sign(value: object) -> bool:
    return isinstance(value, str) and "%" in value
