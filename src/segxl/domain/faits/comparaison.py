"""Two years of one company: who is new, who stayed, who bought nothing, and how it grew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from segxl.domain.faits.etats import Etat, FaitMesure, calcule, compte, non_derivable, peu_fiable
from segxl.domain.faits.releve import Client, Releve
from segxl.domain.faits.tiers import spelling_of

PRECISION = 6
MONTHS = 12


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

    A customer of both years has the same code and the same label; or the same label under another
    code, when the books were renumbered; or the same code, where one year has no labels.
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


def compare_following(releves: Sequence[Releve]) -> tuple[tuple[Comparaison, ...], tuple[str, ...]]:
    """Compare each year with the next; return the comparisons, and why some were not made."""
    ranked = sorted((r for r in releves if r.debut and r.fin), key=lambda r: (r.debut, r.fin))
    found, refused = [], []
    for avant, apres in pairwise(ranked):
        if avant.fin and apres.debut and avant.fin < apres.debut:
            found.append(compare_years(avant, apres))
        else:
            refused.append(
                f"Deux fichiers couvrent les mêmes jours ({_year_of(apres.fin)}) : non comparés."
            )
    return tuple(found), tuple(dict.fromkeys(refused))


def pair_clients(avant: Sequence[Client], apres: Sequence[Client]) -> Rapprochement:
    """Find which customer of the first year each customer of the second year is."""
    by_code = {c.tiers.code: i for i, c in enumerate(avant)}
    spelled = [_spellings(c) for c in avant]
    paires: dict[int, int] = {}
    reprises = 0
    for i, client in enumerate(apres):
        j = by_code.get(client.tiers.code)
        if j is None:
            continue
        here = _spellings(client)
        if not here or not spelled[j] or here & spelled[j]:
            paires[i] = j
        else:
            reprises += 1
    by_label = _left_by_label(spelled, set(paires.values()))
    taken: set[int] = set()
    for i, client in enumerate(apres):
        if i in paires:
            continue
        names = sorted(_spellings(client))
        free = [j for name in names for j in by_label.get(name, ()) if j not in taken]
        if free:
            paires[i] = free[0]
            taken.add(free[0])
    return Rapprochement(paires=paires, reprises=reprises)


def _left_by_label(spelled: Sequence[frozenset[str]], kept: set[int]) -> dict[str, list[int]]:
    by_label: dict[str, list[int]] = defaultdict(list)
    for j, names in enumerate(spelled):
        if j not in kept:
            for name in names:
                by_label[name].append(j)
    return by_label


def _spellings(client: Client) -> frozenset[str]:
    return frozenset(filter(None, map(spelling_of, client.tiers.libelles)))


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
    return tuple(sorted(client.tiers.code for client in clients))


def _year_of(day: date | None) -> int:
    return day.year if day else 0


def _month_of(day: date) -> int:
    return day.year * MONTHS + day.month
