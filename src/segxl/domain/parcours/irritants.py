"""What rubs along the client's journey, what it costs a month, and which to settle first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.saisie import is_error, parse_date, parse_number
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold
from segxl.domain.valeur.temps import parse_heures

TYPED = ETAPE, VALEUR, IRRITANT, MINUTES, FOIS, DOSSIERS, RESPONSABLE, ACTION, FAIT = (
    "Étape du parcours",
    "Valeur de l’étape",
    "Irritant",
    "Minutes perdues",
    "Fois par mois",
    "Dossiers concernés",
    "Responsable",
    "Action",
    "Fait le",
)
ETAPES = (
    "Découverte",
    "Devis",
    "Collecte des pièces",
    "Production",
    "Restitution",
    "Facturation",
    "Question",
    "Départ",
)
"""A client's journey, from the first word to the last."""
VALEURS = FAIBLE, MOYENNE, FORTE = ("Faible", "Moyenne", "Forte")
"""What a stage is worth to the client; a stage of which nobody says it is in the middle."""
SANS_TAUX = "coût non calculé : aucun taux horaire connu (Temps, Paramètres)"
SANS_MESURE = "à mesurer : minutes perdues et fois par mois"
SANS_ACTION = "décider quoi faire, et qui s’en charge"
MOST = 10_000
"""Minutes for one time, or times a month: beyond, it is a slip of the keyboard."""
_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Irritant:
    """One thing that rubs; None where nobody said, or where it cannot be computed.

    ``cout`` is in euros a month; ``rang`` counts from 1 those that are not settled yet.
    """

    ligne: int
    etape: str
    irritant: str
    minutes: float | None
    fois: float | None
    responsable: str
    action: str
    fait_le: date | None
    valeur: str = ""
    """What its stage is worth, as told on any row of the stage; blank where nobody says."""
    cout: float | None = None
    rang: int | None = None

    @property
    def perdues(self) -> float | None:
        """The minutes lost each month."""
        return None if self.minutes is None or self.fois is None else self.minutes * self.fois

    def is_open(self, au: date) -> bool:
        """Whether it is not settled on a day."""
        return self.fait_le is None or self.fait_le > au

    @property
    def geste(self) -> str:
        """What to do next about it, and who does."""
        who = f" ({self.responsable})" if self.responsable else ""
        return f"{self.action or SANS_ACTION}{who}"

    @property
    def lecture(self) -> str:
        """Why its cost is not told, "" where it is."""
        if self.perdues is None:
            return SANS_MESURE
        return SANS_TAUX if self.cout is None else ""


def parse_irritants(table: Tableau) -> tuple[tuple[Irritant, ...], tuple[Anomalie, ...]]:
    """Read the table, whose columns have their names in ``TYPED``; what cannot be read is blank, and told."""
    found: list[Irritant] = []
    anomalies: list[Anomalie] = []
    for row, cells in records_of(table.lignes):
        texts = {h: _text(cells.get(h)) for h in TYPED}
        if not any(texts.values()):
            continue
        if not texts[IRRITANT]:
            problem = "cette ligne ne dit pas ce qui gêne : elle ne compte pas"
            anomalies.append(table.anomalie(IRRITANT, row, problem, "écrivez-le en quelques mots"))
            continue
        found.append(_irritant_of(row, cells, texts))
        anomalies += _find_wrong(table, found[-1], texts)
    worth = worth_by_etape(found)
    told = tuple(replace(x, valeur=x.valeur or worth.get(x.etape, "")) for x in found)
    return told, (*anomalies, *_find_unequal(table, found, worth))


def worth_by_etape(irritants: Collection[Irritant]) -> dict[str, str]:
    """Return what each stage is worth where somebody says it; of two words, the highest."""
    told = sorted(
        (x for x in irritants if x.valeur and x.etape), key=lambda x: VALEURS.index(x.valeur)
    )
    return {x.etape: x.valeur for x in told}


def rank_irritants(
    irritants: Sequence[Irritant], taux: float | None, au: date
) -> tuple[Irritant, ...]:
    """Price each, and rank those that are not settled: what rubs where it is worth most, then by time.

    Parameters
    ----------
    irritants : sequence of Irritant
        In any order.
    taux : float, optional
        Euros an hour, see ``domain.valeur.entrees``. Without it nothing is priced, and ranks are the same.
    au : date
        What is settled later is not settled yet.

    Returns
    -------
    tuple of Irritant
        The ranked ones first, by rank, ties by their words; then the others.
    """
    priced = [replace(x, cout=_cost(x.perdues, taux)) for x in irritants]
    waiting = [x for x in priced if x.is_open(au) and x.perdues is not None]
    ordered = sorted(
        waiting,
        key=lambda x: (
            -VALEURS.index(x.valeur or MOYENNE),
            -(x.perdues or 0.0),
            fold(x.irritant),
            fold(x.etape),
        ),
    )
    ranked = [replace(x, rang=rang) for rang, x in enumerate(ordered, 1)]
    taken = {x.ligne for x in ranked}
    return (*ranked, *(x for x in priced if x.ligne not in taken))


def sum_by_etape(
    irritants: Collection[Irritant], au: date
) -> Mapping[str, tuple[int, float | None]]:
    """Return how many wait at each stage of the journey, and the minutes they take a month.

    Minutes are None where nobody measured one.
    """
    waiting = [x for x in irritants if x.is_open(au)]
    stages = {etape: [x for x in waiting if x.etape == etape] for etape in ETAPES}
    return {etape: (len(its), _sum(its)) for etape, its in stages.items() if its}


def _sum(irritants: Sequence[Irritant]) -> float | None:
    known = sorted(x.perdues for x in irritants if x.perdues is not None)
    return sum(known) if known else None


def _irritant_of(row: int, cells: Mapping[str, object], texts: Mapping[str, str]) -> Irritant:
    stages = {fold(etape): etape for etape in ETAPES}
    worths = {fold(valeur): valeur for valeur in VALEURS}
    return Irritant(
        ligne=row,
        etape=stages.get(fold(texts[ETAPE]), ""),
        irritant=texts[IRRITANT],
        minutes=_minutes(cells.get(MINUTES)) if texts[MINUTES] else None,
        fois=_positive(parse_number(cells.get(FOIS))) if texts[FOIS] else None,
        responsable=texts[RESPONSABLE],
        action=texts[ACTION],
        fait_le=parse_date(cells.get(FAIT)) if texts[FAIT] else None,
        valeur=worths.get(fold(texts[VALEUR]), ""),
    )


def _find_wrong(table: Tableau, read: Irritant, texts: Mapping[str, str]) -> Iterator[Anomalie]:
    if texts[ETAPE] and not read.etape:
        remedy = f"choisissez parmi : {' · '.join(ETAPES)}"
        yield table.anomalie(ETAPE, read.ligne, "cette étape n’existe pas", remedy)
    if texts[VALEUR] and not read.valeur:
        remedy = f"choisissez parmi : {' · '.join(VALEURS)}"
        yield table.anomalie(VALEUR, read.ligne, "cette valeur n’existe pas", remedy)
    for header, value, remedy in (
        (MINUTES, read.minutes, f"écrivez un nombre de minutes, de 0 à {MOST}, ou 1h30"),
        (FOIS, read.fois, f"écrivez un nombre, de 0 à {MOST}"),
        (FAIT, read.fait_le, "écrivez la date JJ/MM/AAAA"),
    ):
        if texts[header] and value is None:
            yield table.anomalie(header, read.ligne, f"« {header} » ne se lit pas", remedy)


def _find_unequal(
    table: Tableau, read: Collection[Irritant], worth: Mapping[str, str]
) -> Iterator[Anomalie]:
    """Yield the rows that make their stage worth less than another one does."""
    for x in read:
        if x.valeur and x.etape and x.valeur != worth[x.etape]:
            problem = f"une autre ligne dit de l’étape « {x.etape} » : {worth[x.etape]}"
            yield table.anomalie(VALEUR, x.ligne, problem, "donnez une seule valeur à chaque étape")


def _minutes(value: object) -> float | None:
    """Read a length in minutes, 20 or « 1h30 »."""
    number = parse_number(value)
    if number is None:
        hours = parse_heures(value)
        number = None if hours is None else round(hours * _HOUR, 6)
    return _positive(number)


def _positive(number: float | None) -> float | None:
    return number if number is not None and 0 <= number <= MOST else None


def _cost(perdues: float | None, taux: float | None) -> float | None:
    return None if perdues is None or taux is None else perdues / _HOUR * taux


def _text(value: object) -> str:
    if value is None or is_error(value) or bool(pd.isna(value)):  # type: ignore[call-overload]
        return ""
    return " ".join(str(value).split())
