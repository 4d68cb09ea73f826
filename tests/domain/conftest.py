from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from segxl.domain.anomalies import Anomalie
from segxl.domain.reglages import POLICY_HEADERS, Reglages, parse_reglages
from segxl.domain.resultats import Resultats, rate_dossiers
from segxl.domain.tableau import Tableau
from segxl.shipped import read_toml

IDENTITY = ["Dossier", "Raison sociale", "SIREN"]
RESULTS = [
    "Note FE", "Couleur", "Segment", "Prochaine étape", "Complétude", "Note min", "Note max",
    "Enjeu", "Points forts", "Points faibles", "Calculé le",
]  # fmt: skip
HAND = ["Segment imposé", "Motif", "Commentaire"]
SITUATION = [
    "Assujetti TVA", "Redevable TVA", "Régime TVA", "Effectif", "CA HT", "Total bilan",
    "Honoraires annuels", "Part B2B", "Part B2C", "Part secteur public", "Part international",
]  # fmt: skip

Row = Mapping[str, object]


def _table(name: str, rows: list[Row], sheet: str) -> Tableau:
    headers = POLICY_HEADERS[name]
    extra = dict.fromkeys(h for row in rows for h in row if h not in headers)
    every = [*headers, *extra]
    return Tableau.of(name, every, [[row.get(h) for h in every] for row in rows], sheet=sheet)


@pytest.fixture(scope="session")
def table_of() -> Callable[[str, list[Row]], Tableau]:
    """Build one policy table from rows written as header → cell."""
    sheets = {"Criteres": "Grille", "Baremes": "Grille", "Couleurs": "Segments"}

    def build(name: str, rows: list[Row]) -> Tableau:
        return _table(name, rows, sheets.get(name, name))

    return build


@pytest.fixture(scope="session")
def tables(table_of: Callable[[str, list[Row]], Tableau]) -> Mapping[str, Tableau]:
    """The five policy tables, as the shipped defaults fill them."""
    grille: list[dict[str, Any]] = read_toml("defaults/grille.toml")["criteres"]
    segments = read_toml("defaults/segments.toml")
    parametres = read_toml("defaults/parametres.toml")["parametres"]
    return {
        "Criteres": table_of("Criteres", [_critere_row(c) for c in grille]),
        "Baremes": table_of("Baremes", [row for c in grille for row in _bareme_rows(c)]),
        "Couleurs": table_of("Couleurs", [_couleur_row(c) for c in segments["couleurs"]]),
        "Segments": table_of(
            "Segments", [_segment_row(i, s) for i, s in enumerate(segments["segments"], start=1)]
        ),
        "Parametres": table_of(
            "Parametres", [{"Paramètre": p["parametre"], "Valeur": p["valeur"]} for p in parametres]
        ),
    }


def _critere_row(critere: Mapping[str, Any]) -> Row:
    return {
        "Code": critere["code"],
        "Critère": critere["critere"],
        "Grille": critere["grille"],
        "Famille": critere["famille"],
        "Type": critere["type"],
        "Poids": critere["poids"],
        "Effort": critere["effort"],
        "Conseil": critere["conseil"],
        "Applicable si": critere.get("applicable_si"),
        "Périmé après (mois)": critere["perime_apres"],
    }


def _bareme_rows(critere: Mapping[str, Any]) -> list[Row]:
    header = "Réponse" if critere["type"] == "Liste" else "À partir de"
    return [{"Code": critere["code"], header: n[0], "Points": n[1]} for n in critere["niveaux"]]


def _couleur_row(couleur: Mapping[str, Any]) -> Row:
    return {
        "Couleur": couleur["couleur"],
        "Note à partir de": couleur.get("a_partir_de"),
        "Fond": couleur["fond"],
        "Texte": couleur["texte"],
    }


def _segment_row(number: int, segment: Mapping[str, Any]) -> Row:
    return {
        "Ordre": 10 * number,
        "Segment": segment["segment"],
        "Teinte": segment["teinte"],
        **segment["si"],
        "Modèle": segment["modele"],
        "Action": segment["action"],
        "Délai (jours)": segment["delai"],
    }


@pytest.fixture(scope="session")
def clients_of(tables: Mapping[str, Tableau]) -> Callable[..., Tableau]:
    """Build the table Clients; a row without Dossier gets D1, D2, D3…, one per line."""
    answers = list(tables["Criteres"].lignes["Critère"])

    def build(*rows: Row) -> Tableau:
        known = [*IDENTITY, *RESULTS, *answers, *HAND, *SITUATION]
        headers = [*known, *dict.fromkeys(h for row in rows for h in row if h not in known)]
        keyed = [{"Dossier": f"D{i}", **row} for i, row in enumerate(rows, start=1)]
        return Tableau.of("Clients", headers, [[row.get(h) for h in headers] for row in keyed])

    return build


@pytest.fixture(scope="session")
def policy_of(
    tables: Mapping[str, Tableau], clients_of: Callable[..., Tableau]
) -> Callable[..., tuple[Reglages, tuple[Anomalie, ...]]]:
    """Read the shipped policy, some of its tables replaced: ``policy_of(Segments=…)``."""

    def read(clients: Tableau | None = None, **changed: Tableau) -> Any:  # noqa: ANN401  None only where a header lacks
        return parse_reglages({**tables, **changed}, clients or clients_of())

    return read


@pytest.fixture(scope="session")
def reglages(policy_of: Callable[..., tuple[Reglages, tuple[Anomalie, ...]]]) -> Reglages:
    """The shipped policy."""
    found, _ = policy_of()
    return found


@pytest.fixture(scope="session")
def rate(clients_of: Callable[..., Tableau], reglages: Reglages) -> Callable[..., Resultats]:
    """Rate clients written as header → cell, on the shipped policy unless told."""

    def rated(*rows: Row, policy: Reglages = reglages) -> Resultats:
        return rate_dossiers(clients_of(*rows), policy)

    return rated


@pytest.fixture(scope="session")
def all_at(reglages: Reglages) -> Callable[[float], dict[str, object]]:
    """Answer the whole FE grid at one niveau: 0 the lowest answers, 1 the best."""

    def answers(niveau: float) -> dict[str, object]:
        return {
            c.libelle: next(
                n.reponse for n in c.niveaux if abs(n.points / c.points_max - niveau) < 1e-9
            )
            for c in reglages.fe.criteres
        }

    return answers
