"""What a letter may tell one client of the law, in French words ready to print.

The answers are those of ``find_obligations`` on the day of the letter: no date is worked out here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from segxl.domain.citations import cite_faits
from segxl.domain.contradictions import list_contradictions
from segxl.domain.loi import RYTHMES_EN_MOTS, Loi
from segxl.domain.normalisation import MOTS, parse_mots
from segxl.domain.obligations import find_obligations
from segxl.domain.statuts import STATUT, STATUTS
from segxl.domain.tableau import records_of
from segxl.lettres.champs import FAITS
from segxl.lettres.dossier import text_of
from segxl.lettres.francais import date_en_lettres, euros, le_jour, periode_en_lettres
from segxl.lettres.reserves import (
    ENCAISSEMENTS,
    VENTES,
    Reserve,
    age_reserve,
    day_of_law,
    find_reserves,
    find_unsure,
)

TAILLES = {"Micro": "microentreprise", "PME": "PME", "ETI": "ETI", "GE": "grande entreprise"}
SANS_REGIME = MOTS["Régime TVA"][-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Droit:
    """The law as one client's letter may tell it."""

    champs: Mapping[str, Any]
    """Fields of ``Champs``; those under reserve are empty."""
    reserves: Mapping[str, Reserve]
    reponses: Mapping[str, object]
    """What ``find_obligations`` answers."""
    contradictions: tuple[tuple[str, str], ...]
    """What the columns of this client contradict: the column to look at, and the sentence."""


def find_droits(dossiers: pd.DataFrame, loi: Loi, au: date, mois: float) -> dict[int, Droit]:
    """Say what the letters of some dossiers may tell of the law.

    Parameters
    ----------
    dossiers : DataFrame
        Headers of Clients, indexed by Excel row, in the form that ``normalise`` gives.
    loi : Loi
        The facts of law.
    au : date
        The day of the letters.
    mois : float
        How old the law table may be.

    Returns
    -------
    dict of int to Droit
        By Excel row.
    """
    if dossiers.empty:
        return {}
    answers = find_obligations(dossiers, loi, au)
    typed = _typed_fields(dossiers)
    general, unsure, old = _general_fields(loi), find_unsure(loi, au), age_reserve(loi, au, mois)
    wrong = list_contradictions(dossiers, loi)
    droits = {}
    for (row, answer), cited in zip(
        records_of(answers), cite_faits(dossiers, loi, au), strict=True
    ):
        reserves = dict.fromkeys(FAITS, old) if old else find_reserves(answer, cited, unsure, loi)
        told = general | typed[row] | _answer_fields(answer, loi)
        droits[row] = Droit(
            champs=told | _withheld(reserves),
            reserves=reserves,
            reponses=answer,
            contradictions=wrong.get(row, ()),
        )
    return droits


def words_of(loi: Loi) -> tuple[str, ...]:
    """Return the words that these fields print whoever the client is."""
    mentions = loi.value("mentions_nouvelles", "liste")
    return (*mentions, *RYTHMES_EN_MOTS.values(), *TAILLES.values(), *MOTS["Régime TVA"], *STATUTS)


def _general_fields(loi: Loi) -> dict[str, object]:
    """Return what the law tells everybody."""
    return {
        "loi_version": f"état du droit relevé {le_jour(day_of_law(loi))}",
        "fin_regime_simplifie": date_en_lettres(loi.value("fin_regime_simplifie", "date")),
        "seuil_trimestriel": euros(loi.value("trimestriel_ca_precedent", "euros")),
        "seuil_trimestriel_courant": euros(loi.value("trimestriel_ca_courant", "euros")),
    }


def _typed_fields(dossiers: pd.DataFrame) -> dict[int, dict[str, object]]:
    """Return what was typed of the client's regime and platform."""
    blank = pd.Series(None, index=dossiers.index, dtype=object)
    regimes = dossiers.get("Régime TVA", blank)
    statuts = parse_mots(dossiers.get(STATUT, blank), STATUTS)
    names = dossiers.get("Plateforme", blank)
    return {
        row: {
            "regime_tva": "" if regime == SANS_REGIME else text_of(regime).lower(),
            "plateforme": text_of(name),
            "statut_plateforme": text_of(statut),
        }
        for row, regime, name, statut in zip(dossiers.index, regimes, names, statuts, strict=True)
    }


def _answer_fields(answer: Mapping[str, object], loi: Loi) -> dict[str, object]:
    """Return what the law asks of one client."""
    sales, payments = answer[VENTES], answer[ENCAISSEMENTS]
    emission = answer["emission"]
    mentions = loi.value("mentions_nouvelles", "liste") if isinstance(emission, date) else ()
    # A list inside a list reads better between brackets.
    mentions = tuple(re.sub(r" : (.*)", r" (\1)", mention) for mention in mentions)
    return {
        "obligation_reception": _day(answer["reception"]),
        "obligation_emission": _day(emission),
        "mentions_nouvelles": mentions,
        "obligation_ereporting": _day(sales) or _day(payments),
        "ereporting_ventes": _day(sales),
        "ereporting_encaissements": _day(payments),
        "rythme": RYTHMES_EN_MOTS.get(str(answer["rythme"]), ""),
        "premiere_periode": _period(answer["periode_du"], answer["periode_au"]),
        "a_transmettre_avant": _day(answer["a_transmettre_avant"]),
        "taille_legale": TAILLES.get(str(answer["taille"]), ""),
    }


def _withheld(reserves: Mapping[str, Reserve]) -> dict[str, object]:
    """Empty the fields under reserve, and say where figures to send are still an open question."""
    is_open = not reserves.keys().isdisjoint(("ereporting_ventes", "ereporting_encaissements"))
    empty: dict[str, object] = dict.fromkeys(reserves, "")
    if "mentions_nouvelles" in empty:
        empty["mentions_nouvelles"] = ()
    return empty | {"ereporting_a_preciser": "oui" if is_open else ""}


def _day(answer: object) -> str:
    return le_jour(answer) if isinstance(answer, date) else ""


def _period(first: object, last: object) -> str:
    if isinstance(first, date) and isinstance(last, date):
        return periode_en_lettres(first, last)
    return ""
