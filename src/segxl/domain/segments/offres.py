"""The table Offres: what the firm offers to each segment, at which price, and how it speaks of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.saisie import is_error, parse_date, parse_number
from segxl.domain.segmentation import Regle
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold
from segxl.domain.valeur.temps import parse_heures

SEGMENT, CLASSE, OFFRE = "Segment", "Classe", "Offre"
PRIX_DE, PRIX_A, HEURES = "Prix de", "Prix à", "Heures"
NIVEAU, POLITIQUE, CANAL = "Niveau de service", "Politique de prix", "Canal"
PARLER, OBJECTION, REPONSE = "Comment leur parler", "Objection", "Réponse à donner"
RESPONSABLE, DEFINIE, REVUE = "Responsable", "Définie le", "Revue le"
HEADERS = (
    SEGMENT, CLASSE, OFFRE, PRIX_DE, PRIX_A, HEURES, NIVEAU, POLITIQUE, CANAL, PARLER, OBJECTION,
    REPONSE, RESPONSABLE, DEFINIE, REVUE,
)  # fmt: skip
CLASSES = ("A", "B", "C", "D")
NIVEAUX = ("Essentiel", "Suivi", "Premium")
A_FIXER = "à fixer"
AUCUNE = "Aucune"
"""What a firm writes that has chosen to offer nothing."""
_NUMBERS = {PRIX_DE: parse_number, PRIX_A: parse_number, HEURES: parse_heures}
_DAYS = (DEFINIE, REVUE)
_Wrong = tuple[str, str, str]
"""A header, what is wrong there, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offre:
    """One row of the table; texts are "" and figures None where blank."""

    row: int
    segment: str
    classe: str = ""
    offre: str = ""
    prix_de: float | None = None
    prix_a: float | None = None
    heures: float | None = None
    niveau: str = ""
    politique: str = ""
    canal: str = ""
    parler: str = ""
    objection: str = ""
    reponse: str = ""
    responsable: str = ""
    definie: date | None = None
    revue: date | None = None

    @property
    def is_decided(self) -> bool:
        """Whether the row says what is offered; to offer nothing is a decision too."""
        return bool(self.offre)

    @property
    def is_offered(self) -> bool:
        """Whether the row offers something."""
        return fold(self.offre) not in {"", fold(AUCUNE)}

    def last_review(self, au: date) -> date | None:
        """Return the day it was last looked at; a day to come is none."""
        days = (self.revue, self.definie)
        return max((day for day in days if day is not None and day <= au), default=None)


def default_rows(
    regles: Sequence[Regle], propositions: Mapping[str, Mapping[str, str]], au: date
) -> list[dict[str, object]]:
    """Return one row a segment to start from: what the rules say, no price.

    Parameters
    ----------
    regles : sequence of Regle
        One a segment.
    propositions : mapping
        Name of a segment → header → words to start with.
    au : date
        The day they are written.
    """
    known = {fold(nom): words for nom, words in propositions.items()}
    return [
        {
            SEGMENT: r.segment,
            OFFRE: r.offre or None,
            POLITIQUE: A_FIXER,
            CANAL: r.canal or None,
            DEFINIE: au,
            **known.get(fold(r.segment), {}),
        }
        for r in regles
    ]


def parse_offres(
    table: Tableau, segments: Sequence[str], au: date
) -> tuple[tuple[Offre, ...], tuple[Anomalie, ...]]:
    """Read the table; a row of no known segment is left out, a cell that cannot be read is blank."""
    names = {fold(nom): nom for nom in segments}
    lignes = table.lignes.reindex(columns=[*HEADERS])
    filled = lignes[lignes.notna().any(axis="columns")]
    found: list[Offre] = []
    wrong: list[Anomalie] = []
    for row, cells in records_of(filled.astype(object).where(filled.notna(), None)):
        wrong += _find_wrong(table, row, cells, names, au)
        if nom := names.get(fold(_text(cells[SEGMENT]))):
            found.append(_read(row, nom, cells))
    return tuple(found), tuple(wrong)


def _read(row: int, nom: str, cells: Mapping[str, object]) -> Offre:
    read = {h: _number(h, cells[h]) for h in _NUMBERS}
    figures = {h: None if n is None or n < 0 else n for h, n in read.items()}
    days = {h: _day(cells[h]) for h in _DAYS}
    classe = _text(cells[CLASSE]).upper()
    return Offre(
        row=row,
        segment=nom,
        classe=classe if classe in CLASSES else "",
        offre=_text(cells[OFFRE]),
        prix_de=figures[PRIX_DE],
        prix_a=figures[PRIX_A],
        heures=figures[HEURES],
        niveau=_text(cells[NIVEAU]),
        politique=_text(cells[POLITIQUE]),
        canal=_text(cells[CANAL]),
        parler=_text(cells[PARLER]),
        objection=_text(cells[OBJECTION]),
        reponse=_text(cells[REPONSE]),
        responsable=_text(cells[RESPONSABLE]),
        definie=days[DEFINIE],
        revue=days[REVUE],
    )


def _find_wrong(
    table: Tableau, row: int, cells: Mapping[str, object], names: Mapping[str, str], au: date
) -> Iterator[Anomalie]:
    """Yield what cannot be read of one row."""
    found = [*_wrong_words(cells, names), *_wrong_figures(cells), *_wrong_days(cells, au)]
    for header, problem, remedy in found:
        yield table.anomalie(header, row, problem, remedy)


def _wrong_words(cells: Mapping[str, object], names: Mapping[str, str]) -> Iterator[_Wrong]:
    if fold(_text(cells[SEGMENT])) not in names:
        problem = "ce segment n’est pas dans la feuille Segments : cette offre n’est pas lue"
        yield SEGMENT, problem, f"choisissez parmi : {' · '.join(names.values())}"
    classe = _text(cells[CLASSE])
    if classe and classe.upper() not in CLASSES:
        yield CLASSE, "cette classe n’existe pas", "écrivez A, B, C ou D, ou videz la case : toutes"


def _wrong_figures(cells: Mapping[str, object]) -> Iterator[_Wrong]:
    for header in _NUMBERS:
        number = _number(header, cells[header])
        typed = fold(_text(cells[header]))
        if number is None and typed not in {"", fold(A_FIXER)}:
            yield (
                header,
                f"« {header} » doit être un nombre",
                "saisissez un nombre, ou videz la case",
            )
        elif number is not None and number < 0:
            yield header, f"« {header} » est négatif", "saisissez un nombre positif"
    low, high = (_number(h, cells[h]) for h in (PRIX_DE, PRIX_A))
    if low is not None and high is not None and low > high:
        yield PRIX_A, "« Prix à » est au-dessous de « Prix de »", "corrigez l’un des deux"


def _wrong_days(cells: Mapping[str, object], au: date) -> Iterator[_Wrong]:
    for header in _DAYS:
        day = _day(cells[header])
        if _text(cells[header]) and day is None:
            yield header, f"« {header} » n’est pas une date", "saisissez par exemple 15/09/2026"
        elif day and day > au:
            problem = f"« {header} » est à venir : cette date ne compte pas encore"
            yield header, problem, "saisissez le jour où c’est fait"


def _number(header: str, value: object) -> float | None:
    """Read a price or hours; None where it is none."""
    number = _NUMBERS[header](value) if _text(value) else None
    return number if number is not None and isfinite(number) else None


def _day(value: object) -> date | None:
    return parse_date(value) if _text(value) else None


def _text(value: object) -> str:
    return "" if value is None or is_error(value) or pd.isna(value) else " ".join(str(value).split())  # type: ignore[call-overload]  # fmt: skip
