"""What the figures put at risk: the fact, what it may lead to, what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from segxl.domain.reglages import Reglages
from segxl.domain.segments import clientele as c
from segxl.domain.segments import rendement as r
from segxl.domain.segments.vigilance import Alerte
from segxl.domain.simulation.gestes import signed
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.concentration import Concentration

PART_CLIENT, PART_D_UN_CLIENT = "Part d’un client au plus", 0.10
PART_SANS_MARGE, INCONNUS = "Part de clients sans marge connue au plus", 0.25
SHOWN = 3
"""Clients, or segments, that one line names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One line of the table: four cells to read from left to right."""

    code: str
    risque: str
    constat: str
    consequence: str
    solution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limites:
    """From which share of the fees one client is a risk, and of the clients a margin nobody knows."""

    part_client: float = PART_D_UN_CLIENT
    part_top20: float
    inconnus: float = INCONNUS

    @classmethod
    def of(cls, reglages: Reglages, part_top20: float) -> Limites:
        """Read the settings; 10 is 10 %."""
        typed = (reglages.parametre(PART_CLIENT, PART_D_UN_CLIENT), reglages.parametre(PART_SANS_MARGE, INCONNUS))  # fmt: skip
        part_client, inconnus = (x / 100 if x > 1 else x for x in typed)
        return cls(part_client=part_client, part_top20=part_top20, inconnus=inconnus)


def diagnose(
    alertes: Iterable[Alerte],
    constats: Iterable[tuple[str, str]],
    textes: Mapping[str, Mapping[str, str]],
) -> tuple[Diagnostic, ...]:
    """Put every finding beside its words, one line a risk, in the order of the words.

    Parameters
    ----------
    alertes : iterable of Alerte
        What ``vigilance`` watches.
    constats : iterable of (code, fact)
        What :func:`find_risks` gives.
    textes : mapping
        ``shipped/diagnostic.toml``.
    """
    facts: dict[str, list[str]] = {}
    for code, constat in (*constats, *((a.code, a.constat) for a in alertes)):
        facts.setdefault(code, []).append(constat)
    return tuple(
        Diagnostic(
            code=code,
            risque=told["risque"],
            constat=_sentence(_listed(facts[code], " ; ")),
            consequence=told["consequence"],
            solution=told["solution"],
        )
        for code, told in textes.items()
        if code in facts
    )


def find_risks(
    lignes: pd.DataFrame,
    concentration: Concentration,
    classes: Sequence[r.Rendement],
    limites: Limites,
) -> Iterator[tuple[str, str]]:
    """Yield what the value of the clients puts at risk: a code and the fact.

    Parameters
    ----------
    lignes : DataFrame
        One line a client, see ``clientele.join_clients``; who has left is no risk any more.
    concentration : Concentration
        What the portfolio hangs on.
    classes : sequence of Rendement
        What each class from A to D yields.
    limites : Limites
        The firm's limits.
    """
    here = lignes[lignes[c.PRESENT]]
    yield from _tell_concentration(lignes, concentration, limites)
    yield from _tell_group("faux_bons", here[here[v.FAUX_BON]], "faux bon client", "faux bons clients")  # fmt: skip
    yield from _tell_group("perte", here[here[v.MARGE_EUROS] < 0], "client à perte", "clients à perte")  # fmt: skip
    yield from _tell_hours(classes)
    unknown, count = int(here[v.MARGE_EUROS].isna().sum()), len(here)
    if count and unknown / count > limites.inconnus:
        yield "marge_inconnue", f"marge inconnue pour {unknown} client{_s(unknown)} sur {count}"


def _tell_concentration(
    lignes: pd.DataFrame, told: Concentration, limites: Limites
) -> Iterator[tuple[str, str]]:
    """Yield the client that makes too much of the fees, and the fifth that makes nearly all."""
    if told.part_premier is not None and told.part_premier > limites.part_client:
        first = str(lignes.at[lignes[v.HONORAIRES].idxmax(), "dossier"])
        yield "un_client_pese", f"{first} fait {percent(told.part_premier)} des honoraires, {percent(limites.part_client)} au plus voulus"  # fmt: skip
    if told.part_top20 is not None and told.part_top20 > limites.part_top20:
        yield "tete_lourde", f"20 % des clients font {percent(told.part_top20)} des honoraires"


def _tell_group(code: str, group: pd.DataFrame, one: str, several: str) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield how many clients there are in a group, what they bring and leave, and the largest."""
    if len(group):
        ranked = group.sort_values([v.HONORAIRES, "dossier"], ascending=[False, True])
        names = _listed([str(x) for x in ranked["dossier"]], ", ")
        fees, margin = (euros(group[h].sum()) for h in (v.HONORAIRES, v.MARGE_EUROS))
        word = several if len(group) > 1 else one
        yield code, f"{len(group)} {word} : {fees} d’honoraires, {margin} de marge ({names})"


def _tell_hours(classes: Sequence[r.Rendement]) -> Iterator[tuple[str, str]]:
    """Yield the last class where it takes more of the hours than it leaves of the margin."""
    for told in classes:
        if told.nom == "D":
            hours, margin = (told.chiffres[nom].valeur for nom in (r.PART_HEURES, r.PART_MARGE))
            if hours is not None and margin is not None and hours > max(margin, 0):
                yield "heures_sans_marge", f"classe D : {percent(hours)} des heures, {percent(margin)} de la marge"  # fmt: skip


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _listed(words: Sequence[str], link: str) -> str:
    """Name the first few, and say how many more there are.

    >>> _listed(["A", "B", "C", "D", "E"], ", "), _listed(["A"], ", ")
    ('A, B, C et 2 autres', 'A')
    """
    more = len(words) - SHOWN
    told = link.join(words[:SHOWN])
    return f"{told} et {more} autre{_s(more)}" if more > 0 else told


def percent(share: float) -> str:
    r"""Write a share as a figure of a sentence.

    >>> percent(0.123), percent(-0.5), percent(0.1)
    ('12,3\xa0%', '-50\xa0%', '10\xa0%')
    """
    return signed(round(100 * share, 1), "%").removeprefix("+")


def euros(cents: float) -> str:
    r"""Write an amount as a figure of a sentence, without its cents.

    >>> euros(123456.0), euros(-150.0)
    ('1\u202f235\xa0€', '-2\xa0€')
    """
    return signed(round(cents / 100), "€").removeprefix("+")


def _s(count: int) -> str:
    return "s" if count > 1 else ""
