"""Try a scenario on a portfolio: what it becomes, client by client and as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segxl.domain.simulation import gestes as g
from segxl.domain.simulation.depart import METHODES, NOTES, Depart
from segxl.domain.simulation.gestes import Geste
from segxl.domain.simulation.portrait import Portrait
from segxl.domain.textes import fold
from segxl.domain.valeur.rangs import Nombres
from segxl.domain.valeur.ventilation import COUT, HEURES, HONORAIRES

MESURES = (HONORAIRES, COUT, HEURES)
AVANT, APRES = "avant", "apres"
_Effet = tuple[str, float, float, str]
_Masque = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarque:
    """What somebody should know of a line of a scenario; ``header`` names the cell.

    ``is_contradiction`` where two lines ask two things of one client, ``is_news`` where there is
    nothing to correct.
    """

    row: int
    header: str
    problem: str
    remedy: str
    is_contradiction: bool = False
    is_news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Essai:
    """One scenario tried.

    ``clients`` has one row for each client that a line concerns: its ``dossier``, ``nom``,
    ``part`` (whether it leaves), ``gestes`` in words, and every measure, class and note, « avant »
    and « apres ». ``touches`` counts the clients of each line, by row of the sheet. ``montees`` counts
    the answers that rose, ``absents`` who is no client on that day, and counts nowhere.
    """

    scenario: str
    avant: Portrait
    apres: Portrait
    clients: pd.DataFrame
    touches: Mapping[int, int]
    montees: int
    absents: int
    remarques: tuple[Remarque, ...]


def try_scenario(depart: Depart, scenario: str, gestes: Sequence[Geste]) -> Essai:
    """Try one scenario.

    Parameters
    ----------
    depart : Depart
        The portfolio before; it stays as it is.
    scenario : str
        Its name.
    gestes : sequence of Geste
        Its lines. Their order never matters: every percentage is one of the figures before.

    Notes
    -----
    A client that leaves takes its fees and its hours along: what else is asked of it counts for
    nothing. A client's hours cost what they cost it on average before; those of a client without
    any, the average of those still there. What is not known stays unknown.
    """
    notes = depart.notes
    here = depart.presents
    masks = {x: x.suits(depart.reperes) & here for x in gestes}
    leaves = _any([m for x, m in masks.items() if x.action == g.TRANSMETTRE], len(depart.dossiers))
    effects: dict[_Effet, _Masque] = {}
    for geste, mask in masks.items():
        stays = mask if geste.action == g.TRANSMETTRE else mask & ~leaves
        effects[geste.effet] = effects.get(geste.effet, np.zeros_like(stays)) | stays
    mesures, clamped = _change(depart.mesures, effects, here)
    after, rose = _raise(depart, effects, notes)
    done = {e: mask & rose[e[-1]] if e[0] == g.MONTER else mask for e, mask in effects.items()}
    methodes = depart.classify(mesures, leaves)
    stay = here & ~leaves
    concerned = _any([*masks.values()], len(depart.dossiers))
    return Essai(
        scenario=scenario,
        avant=Portrait.of(depart.mesures[here], depart.methodes[here], notes[here]),
        apres=Portrait.of(mesures[stay], methodes[stay], after[stay]),
        clients=_compare(
            depart, leaves, done, (mesures, methodes, after), np.flatnonzero(concerned)
        ),
        touches={x.row: int(m.sum()) for x, m in masks.items()},
        montees=sum(int(mask.sum()) for mask in rose.values()),
        absents=int((~here).sum()),
        remarques=tuple(_find_remarks(depart, masks, leaves, clamped, rose)),
    )


def try_all(depart: Depart, gestes: Sequence[Geste]) -> tuple[Essai, ...]:
    """Try every scenario, in the order in which they first come; names are read as a reader would."""
    named: dict[str, list[Geste]] = {}
    for geste in gestes:
        named.setdefault(fold(geste.scenario), []).append(geste)
    return tuple(try_scenario(depart, lines[0].scenario, lines) for lines in named.values())


def _any(masks: Sequence[_Masque], count: int) -> _Masque:
    found: _Masque = np.logical_or.reduce([np.zeros(count, dtype=bool), *masks])
    return found


def _change(
    before: pd.DataFrame, effects: Mapping[_Effet, _Masque], here: _Masque
) -> tuple[pd.DataFrame, dict[str, _Masque]]:
    """Return the measures after, and whose fees or hours would fall below zero: they stop at it."""
    count = len(before)
    total = {key: np.zeros(count) for key in (*g.PARTS, g.MONTANT, g.HEURES)}
    # Sorted: sums of decimals depend on their order by a hair, and lines come in any.
    for (action, amount, hours, _), mask in sorted(effects.items(), key=lambda item: item[0]):
        total[action if action in g.PARTS else g.MONTANT] += amount * mask
        total[g.HEURES] += hours * mask
    fees, cost, worked = (before[h].to_numpy(dtype=np.float64) for h in MESURES)
    billed = np.round(fees * (1 + total[g.PART_HONORAIRES]) + total[g.MONTANT])
    spent = worked * (1 + total[g.PART_HEURES]) + total[g.HEURES]
    clamped = {HONORAIRES: (billed < 0) & (fees >= 0), HEURES: (spent < 0) & (worked >= 0)}
    billed, spent = np.where(clamped[HONORAIRES], 0, billed), np.where(clamped[HEURES], 0, spent)
    more = spent - worked
    costs = np.where(more == 0, cost, np.round(cost + more * _rates(worked, cost, here)))
    changed = {HONORAIRES: billed, COUT: costs, HEURES: spent}
    return before.assign(**changed), clamped


def _rates(worked: Nombres, cost: Nombres, here: _Masque) -> Nombres:
    """Return what an hour of each client costs; the average of those still there where it has none."""
    known = (worked > 0) & ~np.isnan(cost) & here
    mean = cost[known].sum() / worked[known].sum() if known.any() else np.nan
    rates = np.full(len(worked), mean)
    np.divide(cost, worked, out=rates, where=worked > 0)
    return rates


def _raise(
    depart: Depart, effects: Mapping[_Effet, _Masque], notes: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, _Masque]]:
    """Return the notes after, and whose answers rose."""
    moves = {
        question: mask for (action, _, _, question), mask in effects.items() if action == g.MONTER
    }
    return depart.raise_levels(moves) if moves else (notes, {})


def _compare(
    depart: Depart,
    leaves: _Masque,
    effects: Mapping[_Effet, _Masque],
    after: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    places: NDArray[np.int64],
) -> pd.DataFrame:
    """Return the clients that a line concerns, before and after; nothing after for who leaves."""
    sides = {AVANT: (depart.mesures, depart.methodes, depart.notes), APRES: after}
    words = {e: Geste(scenario="", action=e[0], montant=e[1], heures=e[2], question=e[3]).quoi for e in effects}  # fmt: skip
    columns: dict[str, object] = {
        "dossier": [depart.dossiers[p] for p in places],
        "nom": [depart.noms[p] for p in places],
        "part": leaves[places],
        "gestes": [" ; ".join(words[e] for e, m in effects.items() if m[p]) for p in places],
    }
    for side, (mesures, methodes, notes) in sides.items():
        told = mesures[[*MESURES]].join(notes).join(methodes)
        told["marge"] = told[HONORAIRES] - told[COUT]
        for name in (*MESURES, "marge", *METHODES, *NOTES):
            kept = told[name].astype(object).where(told[name].notna(), None)
            gone = leaves if side == APRES else np.zeros(len(leaves), dtype=bool)
            columns[f"{name} {side}"] = kept.where(~gone, None).to_numpy()[places]
    return pd.DataFrame(columns)


def _find_remarks(
    depart: Depart,
    masks: Mapping[Geste, _Masque],
    leaves: _Masque,
    clamped: Mapping[str, _Masque],
    rose: Mapping[str, _Masque],
) -> Iterator[Remarque]:
    """Yield the lines that concern nobody, contradict another, or could not be followed for all."""
    for geste, mask in masks.items():
        stays = mask & ~leaves
        if not mask.any():
            is_gone = geste.suits(depart.reperes).any()
            problem = f"aucun client ne correspond ({geste.qui})"
            problem += " : parti, ou pas encore là" if is_gone else ""
            yield Remarque(row=geste.row, header=_first_of(geste), problem=problem, remedy=_how_to_match(depart, geste))  # fmt: skip
            continue
        if geste.action != g.TRANSMETTRE and (mask & leaves).any():
            told = _named(depart, mask & leaves)
            yield Remarque(row=geste.row, header=g.ACTION, problem=f"ce scénario transmet aussi {told} : cette ligne ne compte pas pour eux", remedy="gardez l’une des deux lignes", is_contradiction=True)  # fmt: skip
        if geste.action == g.MONTER and (still := stays & ~rose[geste.question]).any():
            yield Remarque(row=geste.row, header=g.QUESTION, problem=f"rien ne monte pour {_named(depart, still)} : déjà au plus haut, sans réponse ou hors champ", remedy="", is_news=True)  # fmt: skip
        for name, below in clamped.items():
            reads = {HONORAIRES: (g.PART_HONORAIRES, g.EUROS_HONORAIRES, g.OFFRE), HEURES: (g.PART_HEURES, g.OFFRE)}  # fmt: skip
            if geste.action in reads[name] and (stays & below).any():
                yield Remarque(row=geste.row, header=g.MONTANT, problem=f"{name} sous zéro pour {_named(depart, stays & below)} : comptés zéro", remedy="réduisez la baisse")  # fmt: skip
        yield from _find_unknown(depart, geste, stays)


def _find_unknown(depart: Depart, geste: Geste, stays: _Masque) -> Iterator[Remarque]:
    """Yield the lines about figures that some of their clients do not have."""
    for name, actions in {
        HONORAIRES: (g.PART_HONORAIRES, g.EUROS_HONORAIRES, g.OFFRE),
        HEURES: (g.PART_HEURES,),
    }.items():
        unknown = stays & depart.mesures[name].isna().to_numpy()
        if geste.action in actions and unknown.any():
            sheets = "Honoraires, ou « Honoraires annuels » de Clients" if name == HONORAIRES else "Temps"  # fmt: skip
            yield Remarque(row=geste.row, header=g.ACTION, problem=f"{name} inconnus pour {_named(depart, unknown)} : rien ne change pour eux", remedy=f"remplissez la feuille {sheets}")  # fmt: skip


_SHOWN = 5


def _named(depart: Depart, mask: _Masque) -> str:
    """Name some clients, and how many more there are."""
    places = np.flatnonzero(mask)
    first = ", ".join(depart.dossiers[p] for p in places[:_SHOWN])
    more = len(places) - _SHOWN
    return f"{first} et {more} autre{'s' if more > 1 else ''}" if more > 0 else first


def _first_of(geste: Geste) -> str:
    """Return the first cell that says who a line is for."""
    chosen = zip(g.QUI, (geste.dossier, geste.classe, geste.segment), strict=True)
    return next((header for header, word in chosen if word), g.ACTION)


def _how_to_match(depart: Depart, geste: Geste) -> str:
    if geste.classe and not any(depart.classes):
        return "une classe demande des honoraires et des heures : remplissez la feuille Temps"
    return "changez de dossier, de classe ou de segment"
