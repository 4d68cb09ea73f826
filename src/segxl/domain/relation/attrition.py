"""Who left, month by month, and why: a client counts for a month when it was there as it began."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from segxl.domain.relation.indicateurs import Indicateur, ratio_of
from segxl.domain.textes import fold

ENTREE, SORTIE, MOTIF = "Entrée le", "Sortie le", "Motif de départ"
MOIS_MESURES = 12
SANS_MOTIF = "Motif non saisi"
SANS_COLONNE = f"la colonne « {SORTIE} » de Clients est absente ou vide : rien ne dit qui est parti"
SANS_CLIENT = "aucun client au début de ces mois"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mois:
    """One month: the clients there on its first day, and those of them who left during it."""

    du: date
    au: date
    presents: int
    partis: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attrition:
    """Twelve months of departures, the oldest first, and why clients left, the commonest first."""

    mois: tuple[_Mois, ...]
    motifs: Mapping[str, int]
    is_suivie: bool
    """Whether the workbook says who left."""

    @property
    def taux(self) -> Indicateur:
        """The monthly churn: departures over clients present as each month began, 0..1."""
        if not self.is_suivie:
            return Indicateur(motif=SANS_COLONNE)
        partis = sum(m.partis for m in self.mois)
        rate = ratio_of(partis, sum(m.presents for m in self.mois), SANS_CLIENT)
        return Indicateur(valeur=rate.valeur, motif=rate.motif)

    @property
    def partis(self) -> int:
        """How many clients left over the twelve months."""
        return sum(self.motifs.values())


def months_before(au: date) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day of the twelve months that end on a day, the oldest first.

    >>> [*months_before(date(2026, 3, 31))][-1]
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
    """
    ends = [months_ago(au, count) for count in range(MOIS_MESURES, -1, -1)]
    for before, end in pairwise(ends):
        yield before + timedelta(days=1), end


def months_ago(jour: date, count: int) -> date:
    """Return the same day some months before, or the last one of a shorter month.

    >>> months_ago(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    """
    return months_after(jour, -count)


def months_after(jour: date, count: int) -> date:
    """Return the same day some months later, or the last one of a shorter month.

    >>> months_after(date(2026, 12, 31), 2)
    datetime.date(2027, 2, 28)
    """
    return (pd.Timestamp(jour) + pd.DateOffset(months=count)).date()


def is_present(entree: date | None, sortie: date | None, jour: date) -> bool:
    """Tell whether a client is there as a day begins; one without an entry always was.

    >>> is_present(date(2026, 1, 5), None, date(2026, 1, 5))
    False
    """
    return (entree is None or entree < jour) and (sortie is None or sortie >= jour)


def measure_attrition(clients: pd.DataFrame, au: date, *, is_suivie: bool) -> Attrition:
    """Count who was there and who left over the twelve months that end on a day.

    Parameters
    ----------
    clients : DataFrame of object, shape (n, 3 or more)
        « Entrée le » and « Sortie le », days or None; « Motif de départ », a text or None.
    au : date
        A departure of a later day has not happened.
    is_suivie : bool
        Whether the workbook says who left.
    """
    stays = [*zip(clients[ENTREE], clients[SORTIE], strict=True)]
    mois: list[_Mois] = []
    for du, fin in months_before(au):
        here = [sortie for entree, sortie in stays if is_present(entree, sortie, du)]
        partis = sum(1 for sortie in here if sortie is not None and sortie <= fin)
        mois.append(_Mois(du=du, au=fin, presents=len(here), partis=partis))
    left = [mois[0].du <= s <= au if s is not None else False for s in clients[SORTIE]]
    motifs = count_motifs(clients[MOTIF][pd.Series(left, clients.index, dtype=bool)])
    return Attrition(mois=tuple(mois), motifs=motifs, is_suivie=is_suivie)


def count_motifs(motifs: Iterable[object]) -> dict[str, int]:
    """Count departure reasons, whatever their accents and case, the commonest first.

    >>> count_motifs(["Prix", "prix", None, "Cession"])
    {'Prix': 2, 'Cession': 1, 'Motif non saisi': 1}
    """
    told = sorted(" ".join(str(m or "").split()) or SANS_MOTIF for m in motifs)
    words: dict[str, str] = {}
    for word in told:
        words.setdefault(fold(word), word)
    counts = Counter(words[fold(word)] for word in told)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], fold(pair[0]))))


def find_arrivals(clients: pd.DataFrame, au: date) -> int | None:
    """Count the clients who came over the twelve months that end on a day; None where nobody knows."""
    known = [jour for jour in clients[ENTREE] if jour is not None]
    since = months_ago(au, MOIS_MESURES)
    return sum(1 for jour in known if since < jour <= au) if known else None


def fill_entrees(
    clients: pd.DataFrame, premieres: Mapping[str, date], depuis: date | None
) -> pd.Series:
    """Return when each client came: as typed, else its first invoice where that one can tell.

    Parameters
    ----------
    clients : DataFrame of object
        « Entrée le »; ``cle``, the folded number.
    premieres : mapping
        Folded number → the day of the first invoice.
    depuis : date, optional
        The first day that the invoices tell of. A client billed within a year of it may have been
        one for long.

    Returns
    -------
    Series of object
        Days, or None.
    """
    since = months_after(depuis, MOIS_MESURES) if depuis else date.max
    firsts = [premieres.get(cle, date.min) for cle in clients["cle"]]
    pairs = zip(clients[ENTREE], firsts, strict=True)
    days = [typed or (first if first >= since else None) for typed, first in pairs]
    return pd.Series(days, clients.index, dtype=object)
