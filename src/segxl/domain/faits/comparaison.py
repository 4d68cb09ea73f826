"""Two years of one company: who is new, who stayed, who bought nothing, and how it grew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from segxl.domain.faits.etats import Etat, FaitMesure, calcule, compte, non_derivable, peu_fiable
from segxl.domain.faits.mots import PRIVEES
from segxl.domain.faits.releve import Client, Releve
from segxl.domain.faits.tiers import spelling_of

PRECISION = 6
MONTHS = 12
LEAST_WORD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparaison:
    """What changed from one year to the next; customers by code, sorted.

    ``nouveaux`` and ``fideles`` go by their code of the second year, ``dormants`` by that of the
    first. The three are None, with the reason in ``motif``, where customers cannot be told apart.
    """

    annees: tuple[int, int]
    nouveaux: tuple[str, ...] | None
    fideles: tuple[str, ...] | None
    dormants: tuple[str, ...] | None
    croissance: FaitMesure
    motif: str
    reserves: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rapprochement:
    """Customers of two years, paired: the index of the first year's for each of the second's."""

    paires: dict[int, int]
    reprises: int
    """Codes that bear another label in the second year: other customers, as far as we know."""


def compare_years(avant: Releve, apres: Releve) -> Comparaison:
    """Compare two years of one company.

    A customer of both years has the same code and a label with a word in common, or no label in
    one of the years; or the same label under another code, when the books were renumbered. A code
    with a label that shares nothing was given to someone else.
    """
    croissance = _growth(avant, apres)
    annees = _year_of(avant.fin), _year_of(apres.fin)
    absent = next((_unknown(r) for r in (avant, apres) if _unknown(r)), "")
    if absent:
        return Comparaison(
            annees=annees, nouveaux=None, fideles=None, dormants=None, croissance=croissance,
            motif=absent, reserves=tuple(_reserves_of(avant, apres, 0)),
        )  # fmt: skip
    found = pair_clients(avant.clients, apres.clients)
    kept = set(found.paires.values())
    return Comparaison(
        annees=annees,
        nouveaux=_codes(c for i, c in enumerate(apres.clients) if i not in found.paires),
        fideles=_codes(apres.clients[i] for i in found.paires),
        dormants=_codes(c for i, c in enumerate(avant.clients) if i not in kept),
        croissance=croissance,
        motif=f"{compte(len(avant.clients), 'client')} puis {len(apres.clients)}",
        reserves=tuple(_reserves_of(avant, apres, found.reprises)),
    )


def compare_following(releves: Sequence[Releve]) -> tuple[tuple[int, Comparaison | str], ...]:
    """Compare each year of one company with the next, whatever their order.

    Returns
    -------
    tuple of (int, Comparaison or str)
        The rank in ``releves`` of the second year of each pair, and their comparison, or why
        there is none.
    """
    ranked = sorted((r.debut, r.fin, i) for i, r in enumerate(releves) if r.debut and r.fin)
    found: list[tuple[int, Comparaison | str]] = []
    for (_, avant_fin, avant), (apres_debut, apres_fin, apres) in pairwise(ranked):
        if avant_fin < apres_debut:
            found.append((apres, compare_years(releves[avant], releves[apres])))
        else:
            told = f"Deux fichiers couvrent les mêmes jours ({apres_fin.year}) : non comparés."
            found.append((apres, told))
    return tuple(found)


def pair_clients(avant: Sequence[Client], apres: Sequence[Client]) -> Rapprochement:
    """Find which customer of the first year each customer of the second year is."""
    by_code = {c.code: i for i, c in enumerate(avant)}
    before, after = [_spellings(c) for c in avant], [_spellings(c) for c in apres]
    shared = [(i, by_code[c.code]) for i, c in enumerate(apres) if c.code in by_code]
    paires = {i: j for i, j in shared if _may_be_one(before[j], after[i])}
    by_label: dict[str, list[int]] = defaultdict(list)
    for j in sorted({*range(len(avant))} - {*paires.values()}, reverse=True):
        for name in before[j]:
            by_label[name].append(j)
    taken: set[int] = set()
    for i in (i for i in range(len(apres)) if i not in paires):
        free = [j for name in after[i] for j in by_label[name] if j not in taken]
        if free:
            paires[i] = min(free)
            taken.add(paires[i])
    return Rapprochement(paires=paires, reprises=sum(i not in paires for i, _ in shared))


def _may_be_one(before: frozenset[str], after: frozenset[str]) -> bool:
    """Tell whether two customers of one code are one: a word in common, or no label to doubt it."""
    if not before or not after:
        return True
    words = [{w for name in names for w in name.split()} - PRIVEES for names in (before, after)]
    return any(len(word) >= LEAST_WORD for word in words[0] & words[1]) or bool(before & after)


def _spellings(client: Client) -> frozenset[str]:
    return frozenset(filter(None, map(spelling_of, client.libelles)))


def _growth(avant: Releve, apres: Releve) -> FaitMesure:
    """Return the growth of turnover, over the same number of months or not at all."""
    before, after = avant.faits["ca"].valeur, apres.faits["ca"].valeur
    if not isinstance(before, int) or not isinstance(after, int):
        return non_derivable("le chiffre d’affaires de l’une des deux années n’est pas dérivable")
    if avant.mois != apres.mois:
        spans = f"{compte(avant.mois, 'mois', 'mois')} puis {compte(apres.mois, 'mois', 'mois')}"
        return non_derivable(f"durées différentes ({spans}) : les chiffres ne se comparent pas")
    if before <= 0:
        return non_derivable("le chiffre d’affaires de la première année n’est pas positif")
    value, motif = round(after / before - 1, PRECISION), "chiffre d’affaires sur le précédent"
    sure = {avant.faits["ca"].etat, apres.faits["ca"].etat} == {Etat.CALCULE}
    return calcule(value, motif) if sure else peu_fiable(value, motif)


def _unknown(releve: Releve) -> str:
    """Say why the customers of a year cannot be told apart; blank if they can."""
    fait = releve.faits["clients"]
    return f"{_year_of(releve.fin)} : {fait.motif}" if fait.valeur is None else ""


def _reserves_of(avant: Releve, apres: Releve, reprises: int) -> Iterable[str]:
    years = f"Comparaison {_year_of(avant.fin)}-{_year_of(apres.fin)}"
    if avant.mois != apres.mois:
        yield f"{years} : {avant.mois} mois puis {apres.mois} ; la croissance n’est pas calculée, les nouveaux et les dormants sont indicatifs."
    if avant.fin and apres.debut and _month_of(apres.debut) - _month_of(avant.fin) > 1:
        yield f"{years} : des mois manquent entre les deux fichiers."
    if reprises:
        codes = compte(reprises, "code client a", "codes clients ont")
        yield f"{years} : {codes} changé de libellé, comptés comme d’autres clients."
    doubt = [r for r in (avant, apres) if r.faits["clients"].etat is Etat.PEU_FIABLE]
    if doubt:
        yield f"{years} : nouveaux, fidèles et dormants sont indicatifs ({doubt[0].faits['clients'].motif})."


def _codes(clients: Iterable[Client]) -> tuple[str, ...]:
    return tuple(sorted(client.code for client in clients))


def _year_of(day: date | None) -> int:
    return day.year if day else 0


def _month_of(day: date) -> int:
    return day.year * MONTHS + day.month
