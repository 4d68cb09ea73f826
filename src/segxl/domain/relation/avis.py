"""What clients think: the portfolio and its segments year by year, and each client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.ecoute.annee import in_period, measure_what_matters, measure_year
from segxl.domain.ecoute.importance import Importance
from segxl.domain.enquete import DOSSIER, JOUR, find_early
from segxl.domain.relation.attrition import MOIS_MESURES, months_ago
from segxl.domain.relation.indicateurs import Indicateur
from segxl.domain.satisfaction import AUCUNE, CSAT, NPS, SCORES, measure_satisfaction
from segxl.domain.textes import fold

COMPTEE = "Comptée"
YEAR = 4
"""Quarters."""
QUARTERS = 2 * YEAR
SANS_ENQUETE = Indicateur(motif=AUCUNE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Avis:
    """CSAT in %, NPS from -100 to 100, and the last answers of one client, None for a group."""

    csat: Indicateur = SANS_ENQUETE
    nps: Indicateur = SANS_ENQUETE
    dernier_csat: int | None = None
    dernier_nps: int | None = None


SANS_AVIS = Avis()


def in_order(reponses: pd.DataFrame) -> pd.DataFrame:
    """Put answers in an order that owes nothing to their rows.

    Of two answers of one client on one day only the first counts: here the one that the sheet
    marks as counted, else the lowest.
    """
    aside = [fold(word or "") == "non" for word in reponses[COMPTEE]]
    notes = {s: [-1 if n is None else n for n in reponses[s]] for s in SCORES}
    keys = reponses.assign(aside=aside, **notes)
    ranked = keys.sort_values([JOUR, "aside", *SCORES], kind="stable")
    return reponses.loc[ranked.index]


def counted(reponses: pd.DataFrame, au: date) -> pd.DataFrame:
    """Keep the answers that count over the year that ends on a day: see ``domain.enquete``."""
    whole = reponses.assign(avant=find_early(reponses))
    return whole[whole["avant"].isna() & in_period(whole, au)]


def measure_avis(
    clients: pd.DataFrame, segments: Sequence[str], reponses: pd.DataFrame, au: date
) -> dict[str, Avis]:
    """Measure the portfolio, then each segment, over the year that ends on a day.

    Parameters
    ----------
    clients : DataFrame
        « Dossier » and « Segment ».
    segments : sequence of str
        In the order to tell them.
    reponses : DataFrame of object
        See ``excel.enquete.read_enquete``.
    au : date
        The last day.
    """
    whole = reponses.assign(avant=find_early(reponses))
    measured = measure_year(clients, segments, whole, au)
    return {str(name): _avis(line) for name, line in measured.to_dict("index").items()}


def measure_year_before(
    clients: pd.DataFrame, segments: Sequence[str], reponses: pd.DataFrame, au: date
) -> dict[str, Avis]:
    """Measure the same over the year before."""
    return measure_avis(clients, segments, reponses, months_ago(au, MOIS_MESURES))


def measure_importances(
    clients: pd.DataFrame, segments: Sequence[str], reponses: pd.DataFrame, au: date
) -> dict[str, tuple[Importance, ...]]:
    """Measure what the portfolio, then each segment, calls important over the year up to a day."""
    return measure_what_matters(clients, segments, reponses.assign(avant=find_early(reponses)), au)


def measure_quarters(reponses: pd.DataFrame, au: date) -> dict[str, Avis]:
    """Measure each of the last eight quarters that has an answer that counts, the oldest first.

    The quarter of ``au`` is in progress; answers of a later day are left out.
    """
    whole = reponses.assign(avant=find_early(reponses))
    known = whole[whole["avant"].isna()]
    last = _quarter_of(au)
    quarters = [_quarter_of(jour) for jour in known[JOUR]]
    inside = [
        last - QUARTERS < quarter <= last and jour <= au
        for quarter, jour in zip(quarters, known[JOUR], strict=True)
    ]
    names = pd.Series(map(_name_of, quarters), known.index, dtype=object)
    kept = pd.Series(inside, known.index, dtype=bool)
    measured = measure_satisfaction(known[kept], names[kept]).to_dict("index")
    return {name: _avis(measured[name]) for name in sorted(map(str, measured))}


def quarters_of(au: date) -> list[tuple[str, str]]:
    """Return the four quarters up to a day, the oldest first, each with the same one a year before.

    >>> quarters_of(date(2026, 11, 22))[0]
    ('2026 T1', '2025 T1')
    """
    last = _quarter_of(au)
    return [(_name_of(q), _name_of(q - YEAR)) for q in range(last - YEAR + 1, last + 1)]


def _quarter_of(jour: date) -> int:
    return jour.year * YEAR + (jour.month - 1) // 3


def _name_of(quarter: int) -> str:
    return f"{quarter // YEAR} T{quarter % YEAR + 1}"


def measure_clients(reponses: pd.DataFrame, au: date) -> dict[str, Avis]:
    """Measure each client, from its first answer on: folded number → what it thinks.

    Of two answers of one day, the lowest is told as the last.
    """
    kept = counted(reponses, au)
    groupes = kept[DOSSIER].map(fold).astype(object)
    measured = measure_satisfaction(kept, groupes, least=1).to_dict("index")
    lasts = {score: _lasts(kept, groupes, score) for score in SCORES}
    return {
        str(cle): _avis(line, lasts[CSAT].get(str(cle)), lasts[NPS].get(str(cle)))
        for cle, line in measured.items()
    }


def _lasts(kept: pd.DataFrame, groupes: pd.Series, score: str) -> dict[str, int]:
    """Return the last answer of each client on one scale."""
    lasts: dict[str, tuple[date, int]] = {}
    for cle, jour, note in zip(groupes, kept[JOUR], kept[score], strict=True):
        if note is not None and (cle not in lasts or (jour, -note) > _rank(lasts[cle])):
            lasts[cle] = (jour, note)
    return {cle: note for cle, (_, note) in lasts.items()}


def _rank(last: tuple[date, int]) -> tuple[date, int]:
    return last[0], -last[1]


def _avis(line: Mapping[object, object], csat: int | None = None, nps: int | None = None) -> Avis:
    return Avis(csat=_score(line, CSAT), nps=_score(line, NPS), dernier_csat=csat, dernier_nps=nps)


def _score(line: Mapping[object, object], score: str) -> Indicateur:
    value = line[score]
    return Indicateur(
        valeur=value if isinstance(value, float) else None,
        n=int(str(line[f"n {score}"])),
        motif=str(line[f"motif {score}"]),
    )
