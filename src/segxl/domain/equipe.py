"""What each person of the firm did month by month: facts to help share the work, never a ranking.

A month is told by its first day. Names stand in the order of the alphabet, whoever did most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from segxl.domain.anomalies import file_error
from segxl.domain.journal import DERNIER_JOUR, PREMIER_JOUR
from segxl.domain.relation.attrition import ENTREE, SORTIE, is_present, months_after, months_ago
from segxl.domain.textes import fold

MOIS, QUI = "Mois", "Collaborateur"
SUIVIS, ECHANGES, RENCONTRES, ETAPES, COURRIERS, MESUREES, HEURES, ANNEE = (
    "Clients suivis",
    "Échanges notés",
    "Rendez-vous",
    "Étapes du plan faites",
    "Courriers préparés",
    "Réponses mesurées",
    "Formation (h)",
    "Formation, 12 mois (h)",
)
COMPTES = (ECHANGES, RENCONTRES, ETAPES, COURRIERS, MESUREES)
FAITS = (*COMPTES, HEURES)
"""What has a day, and is counted in its month."""
MESURES = (SUIVIS, *FAITS, ANNEE)
PERSONNE = "(sans nom)"
"""Who is told for what bears nobody's name: the columns then add up to what the sheets hold."""
MOIS_MONTRES = 12
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
Fact = tuple[str, str, object, float]
"""One of ``FAITS``, who, the day, how much."""


def parse_mois(text: str, au: date) -> date:
    """Return the first day of a month typed « 2026-11 »; that of ``au`` where nothing was typed.

    Raises
    ------
    SaisieError
        It is no month, or one that has not begun.

    Examples
    --------
    >>> str(parse_mois("2026-3", date(2026, 11, 22))), str(parse_mois("", date(2026, 11, 22)))
    ('2026-03-01', '2026-11-01')
    """
    if not text.strip():
        return au.replace(day=1)
    found = _MONTH.fullmatch(text.strip())
    year, month = map(int, found.groups()) if found else (0, 0)
    is_month = PREMIER_JOUR.year <= year <= DERNIER_JOUR.year and month in range(1, 13)
    if not is_month or date(year, month, 1) > au:
        problem = "ce mois n’a pas commencé" if is_month else "ce n’est pas un mois"
        raise file_error("--mois", text, problem, f"écrivez par exemple {au:%Y-%m}")
    return date(year, month, 1)


def count_equipe(suivis: pd.DataFrame, facts: Iterable[Fact], mois: date, au: date) -> pd.DataFrame:
    """Count what each person did in a month and in the eleven before.

    Parameters
    ----------
    suivis : DataFrame of object
        One row a client: « Collaborateur », « Entrée le », « Sortie le », None where blank.
    facts : iterable of Fact
        What was done; without a day, or after ``au``, it counts for nothing.
    mois : date
        The first day of the last month.
    au : date
        The day of the question.

    Returns
    -------
    DataFrame
        « Mois », a first day; « Collaborateur »; ``MESURES``. The last month first, then by name.
        A month before in which nothing was done has no row.
    """
    first = months_ago(mois, MOIS_MONTRES - 1)
    end = months_after(mois, 1) - timedelta(days=1)
    # A year of training goes back further than the first month shown.
    since = months_ago(first, MOIS_MONTRES - 1)
    kept = [
        (mesure, qui, jour.replace(day=1), amount)
        for mesure, qui, jour, amount in facts
        if isinstance(jour, date) and since <= jour <= min(end, au)
    ]
    names = _spell([*suivis[QUI], *(qui for _, qui, _, _ in kept)])
    sums: dict[tuple[date, str, str], float] = {}
    for mesure, qui, month, amount in kept:
        key = month, names[fold(qui or "")], mesure
        sums[key] = sums.get(key, 0.0) + amount
    months = {month for month, _, _ in sums if month >= first} | {mois}
    rows = [
        _row(name, month, sums, _followed(suivis, names, name, month, au))
        for month in sorted(months, reverse=True)
        for name in sorted(set(names.values()), key=_rank)
    ]
    told = [row for row in rows if any(row[h] for h in (SUIVIS, *FAITS))]
    return pd.DataFrame(told, columns=[MOIS, QUI, *MESURES])


def _spell(names: Iterable[object]) -> dict[str, str]:
    """Return one spelling a person: the first met, that of Clients."""
    spelt: dict[str, str] = {}
    for name in names:
        text = " ".join(str(name or "").split())
        spelt.setdefault(fold(text), text or PERSONNE)
    return spelt


def _rank(name: str) -> tuple[bool, str]:
    """Order people by name, what bears none last."""
    return name == PERSONNE, fold(name)


def _followed(
    suivis: pd.DataFrame, names: Mapping[str, str], name: str, month: date, au: date
) -> int:
    """Return how many clients somebody follows as a month ends, or as the day of the question does."""
    # A client is there on its first day: the question is asked the morning after.
    day = min(months_after(month, 1), au + timedelta(days=1))
    return sum(
        names[fold(qui or "")] == name and is_present(entree, sortie, day)
        for qui, entree, sortie in zip(suivis[QUI], suivis[ENTREE], suivis[SORTIE], strict=True)
    )


def _row(
    name: str, month: date, sums: Mapping[tuple[date, str, str], float], followed: int
) -> dict[str, object]:
    year: Sequence[date] = [months_ago(month, count) for count in range(MOIS_MONTRES)]
    counted = {mesure: int(sums.get((month, name, mesure), 0)) for mesure in COMPTES}
    spent = [round(sums.get((m, name, HEURES), 0.0), 2) for m in year]
    hours = {HEURES: spent[0], ANNEE: round(sum(spent), 2)}
    return {MOIS: month, QUI: name, SUIVIS: followed, **counted, **hours}
