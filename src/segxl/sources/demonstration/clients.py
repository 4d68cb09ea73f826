"""A fictitious portfolio: believable answers around a hidden maturity, the same for one seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from stdnum import luhn

from segxl.domain.grille import Critere
from segxl.domain.tailles import TAILLES, bound_tailles
from segxl.shipped import read_toml
from segxl.sources.loi import read_loi

TAILLE, PLATEFORME = "TAIL", "Plateforme agréée"
MOST_SIRENS = 99_999
"""Numbers 000 00000 to 000 99999 belong to nobody; the ninth digit is the key."""


def invent_clients(count: int, seed: int, criteres: Sequence[Critere]) -> pd.DataFrame:
    """Make up a portfolio.

    Parameters
    ----------
    count : int
        Number of clients.
    seed : int
        The same seed gives the same portfolio.
    criteres : sequence of Critere
        The questions to answer.

    Returns
    -------
    DataFrame, shape (count, m)
        Headers of the table Clients; SIREN in the 000 range, blank past 99,999 clients.
    """
    rng = np.random.default_rng(seed)
    words = read_toml("demo.toml")
    identity = _invent_identity(count, rng, words)
    maturity = rng.beta(2.0, 2.2, count)
    unknown = words["parts"]["sans_reponse"]
    answers = {
        c.libelle: _invent_answers(c, maturity + words["avances"].get(c.code, 0), rng, unknown)
        for c in criteres
    }
    plain = identity.assign(**_invent_situation(identity, rng, words["parts"]), **answers)
    # Another stream: what came first stays what it was.
    later = np.random.default_rng([seed, 1])
    told = plain.assign(**_tell_tailles(plain, criteres))
    return told.assign(**_invent_legal_situation(told, later, words))


def invent_cabinet() -> dict[str, str]:
    """Return the letterhead of the fictitious firm."""
    return dict(read_toml("demo.toml")["cabinet"])


def siren_number(rank: int) -> str:
    """Return the SIREN of the fictitious range with this rank.

    >>> siren_number(1), siren_number(300)
    ('000000018', '000003004')
    """
    body = f"{rank:08d}"
    return body + luhn.calc_check_digit(body)


def _invent_identity(count: int, rng: np.random.Generator, words: dict[str, Any]) -> pd.DataFrame:
    women = rng.random(count) < words["parts"]["femmes"]
    first = np.where(
        women, rng.choice(words["prenoms_f"], count), rng.choice(words["prenoms_m"], count)
    )
    places = [words["villes"][i] for i in rng.integers(len(words["villes"]), size=count)]
    roots, trades = (rng.choice(words[key], count) for key in ("racines", "activites"))
    names = [f"{root} {trade}" for root, trade in zip(roots, trades, strict=True)]
    return pd.DataFrame(
        {
            "Dossier": [f"C{i:04d}" for i in range(1, count + 1)],
            "Raison sociale": _told_apart(names),
            "SIREN": [siren_number(i) if i <= MOST_SIRENS else None for i in range(1, count + 1)],
            "Forme juridique": rng.choice(list(words["formes"]), count, p=list(words["formes"].values())),
            "Code NAF": [words["naf"][trade] for trade in trades],
            "Collaborateur": rng.choice(words["collaborateurs"], count),
            "Civilité": _blank_where(rng.random(count) < words["parts"]["civilite_inconnue"], np.where(women, "Madame", "Monsieur")),
            "Contact": [f"{p} {n}" for p, n in zip(first, rng.choice(words["noms"], count), strict=True)],
            "E-mail": [f"client{i:04d}@entreprise.example" for i in range(1, count + 1)],
            "Adresse": [f"{n} {r}" for n, r in zip(rng.integers(1, 90, count), rng.choice(words["rues"], count), strict=True)],
            "Code postal": [p[0] for p in places],
            "Ville": [p[1] for p in places],
            "Opposition": _blank_where(rng.random(count) >= words["parts"]["opposition"], np.full(count, "Oui")),
        }
    )  # fmt: skip


def _invent_situation(
    identity: pd.DataFrame, rng: np.random.Generator, parts: dict[str, float]
) -> dict[str, Any]:
    """Make up VAT, size and clientele, an association now and then outside the reform."""
    count = len(identity)
    outside = (identity["Forme juridique"] == "Association") & (
        rng.random(count) < parts["associations_hors_champ"]
    )
    regimes = [
        "Réel normal mensuel",
        "Réel normal trimestriel",
        "Réel simplifié",
        "Franchise en base",
        "Exonéré",
    ]
    b2b = np.where(outside, 0, np.clip(np.round(rng.beta(0.7, 0.7, count), 1), 0, 1))
    other = np.round((1 - b2b) * rng.choice([0, 0.1, 0.2], count, p=[0.7, 0.2, 0.1]), 2)
    turnover = np.round(np.exp(rng.normal(12.2, 1.1, count)), -2)
    unsure = rng.random(count) < parts["a_verifier"]
    regime = rng.choice(regimes, count, p=[0.4, 0.15, 0.25, 0.12, 0.08])
    charges_vat = ~outside & ~np.isin(regime, ["Franchise en base", "Exonéré"])
    return {
        "Assujetti TVA": np.where(outside, "Non", np.where(unsure, "À vérifier", "Oui")),
        "Redevable TVA": np.where(charges_vat, "Oui", "Non"),
        "Régime TVA": _blank_where(outside.to_numpy(), regime),
        "Effectif": rng.choice([0, 1, 3, 6, 12, 35], count, p=[0.42, 0.2, 0.18, 0.1, 0.07, 0.03]),
        "CA HT": turnover,
        "Total bilan": np.round(turnover * rng.uniform(0.3, 1.4, count), -2),
        "Honoraires annuels": np.round(
            np.clip(turnover * rng.uniform(0.008, 0.03, count), 600, 60_000), -1
        ),
        "Part B2B": b2b,
        "Part B2C": np.round(1 - b2b - other, 2),
        "Part secteur public": other,
        "Part international": np.zeros(count),
    }


def _tell_tailles(clients: pd.DataFrame, criteres: Sequence[Critere]) -> dict[str, pd.Series]:
    """Answer the question about the size as the figures do, where it was answered."""
    bounds = bound_tailles(clients, read_loi())
    sizes = pd.Series(np.array(TAILLES, dtype=object)[bounds["taille_max"]], clients.index)
    asked = (c.libelle for c in criteres if c.code == TAILLE and c.libelle in clients)
    return {libelle: sizes.where(clients[libelle].notna(), None) for libelle in asked}


def _invent_legal_situation(
    clients: pd.DataFrame, rng: np.random.Generator, words: dict[str, Any]
) -> dict[str, Any]:
    """Make up what the law asks about, and how far each client is with its platform."""
    count, parts = len(clients), words["parts"]
    known = rng.random(count) >= parts["situation_inconnue"]
    inside = (clients["Assujetti TVA"] != "Non").to_numpy() & known
    unique = rng.random(count) < parts["assujettis_uniques"]
    exempt = (clients["Régime TVA"] == "Exonéré").to_numpy()
    natures = rng.choice(list(words["natures"]), count, p=list(words["natures"].values()))
    debits = np.where(rng.random(count) < parts["option_debits"], "Oui", "Non")
    steps = clients.get(PLATEFORME, pd.Series(None, clients.index, dtype=object))
    statuts = [
        rng.choice(words["statuts"][step]) if step in words["statuts"] else None for step in steps
    ]
    begun = np.array([s not in {None, "Aucune", "Refusé"} for s in statuts])
    span = (words["dernier_statut"] - words["premier_statut"]).days
    days = [words["premier_statut"] + timedelta(int(n)) for n in rng.integers(span + 1, size=count)]
    return {
        "Assujetti unique": _blank_where(~(inside & unique), np.full(count, "Oui")),
        "Activité exonérée": _blank_where(~inside, np.where(exempt, "Totale", "Non")),
        "Nature": _blank_where(~inside, natures),
        "Option débits": _blank_where(~inside | (natures == "Biens"), debits),
        "Plateforme": _blank_where(~begun, rng.choice(words["plateformes"], count)),
        "Statut plateforme": statuts,
        "Date statut": _blank_where(np.array([s is None for s in statuts]), np.array(days)),
    }


def _invent_answers(
    critere: Critere, maturity: np.ndarray, rng: np.random.Generator, unknown: float
) -> pd.Series:
    """Answer one question: the more mature the client, the higher the answer, with some noise."""
    if critere.type == "Nombre":
        return pd.Series(np.round(np.exp(rng.normal(2.6, 1.3, len(maturity)))), dtype=object)
    leaning = maturity if critere.grille == "FE" else rng.beta(1.4, 2.4, len(maturity))
    words = [n.reponse for n in critere.niveaux]
    level = np.clip(leaning + rng.normal(0, 0.2, len(maturity)), 0, 0.999)
    answers = pd.Series(np.array(words, dtype=object)[(level * len(words)).astype(int)])
    return answers.where(rng.random(len(maturity)) > unknown, None)


def _blank_where(blank: np.ndarray, words: np.ndarray) -> np.ndarray:
    """Return the words, None where nobody filled the cell."""
    filled = words.astype(object)
    filled[blank] = None
    return filled


def _told_apart(names: Sequence[str]) -> list[str]:
    """Give a number to the names that come back."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return told
