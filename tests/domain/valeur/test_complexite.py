"""How intricate a client is: each element alone, what is not known, and what cannot be read."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from segxl.domain.valeur.complexite import INDICE, RAISON, measure_complexite


def measure(*clients: dict[str, Any], missions: dict[str, int] | None = None, equipes: dict[str, int] | None = None) -> list[tuple[Any, Any]]:  # fmt: skip
    frame = pd.DataFrame([{"Dossier": f"D{i}"} | row for i, row in enumerate(clients)])
    frame = frame.astype(object).where(frame.notna(), None)
    found = measure_complexite(frame, missions or {}, equipes or {})
    return [*zip(found[INDICE], found[RAISON], strict=True)]


def test_nothing_known_is_a_blank_and_not_a_zero() -> None:
    assert measure({"Groupe": None, "Missions": " ", "Part B2B": None}) == [(None, None)]


@pytest.mark.parametrize(
    ("client", "indice", "raison"),
    [
        ({"Missions": 1}, 0, "1 mission (1/4 connu)"),
        ({"Missions": "3"}, 50, "3 missions (1/4 connu)"),
        ({"Missions": "Bilan, Paie + paie"}, 25, "2 missions (1/4 connu)"),
        ({"missions": 40}, 100, "40 missions (1/4 connu)"),
        ({"Part secteur public": 0}, 0, "aucune particularité (1/4 connu)"),
        ({"Part secteur public": 0.3, "Établissements": 4}, 50, "plusieurs établissements, clients publics (1/4 connu)"),
        ({"Part B2B": 0.5, "Part B2C": 0.5}, 25, "entreprises et particuliers (1/4 connu)"),
        ({"Part B2B": 1, "Part B2C": None}, None, None),
        ({"Activité exonérée": "Partielle", "Option débits": "Oui", "Assujetti unique": "Oui"}, 75, "exonération partielle de TVA, TVA sur les débits, assujetti unique (1/4 connu)"),
    ],
)  # fmt: skip
def test_each_element_counts_for_what_it_is(
    client: dict[str, Any], indice: int | None, raison: str | None
) -> None:
    assert measure(client) == [(indice, raison)]


@pytest.mark.parametrize(
    "cell",
    [
        {"Missions": "#N/A"},
        {"Missions": -2},
        {"Établissements": "plusieurs"},
        {"Option débits": "À vérifier"},
    ],
)
def test_what_cannot_be_read_is_unknown(cell: dict[str, Any]) -> None:
    assert measure(cell) == [(None, None)]


def test_the_index_is_the_mean_of_what_is_known() -> None:
    clients = (
        {"Groupe": "Famille X", "Part international": 0.1, "Missions": 5},
        {"Groupe": "famille x"},
    )

    found = measure(*clients, missions={"d0": 2}, equipes={"d0": 3})

    assert found == [
        (31, "2 missions, groupe de 2 dossiers, 3 collaborateurs, clients à l’étranger"),
        (25, "groupe de 2 dossiers (1/4 connu)"),
    ]  # fmt: skip
