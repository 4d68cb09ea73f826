from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from segxl.domain.champ import CONTRADICTIONS
from segxl.domain.contradictions import list_contradictions
from segxl.domain.normalisation import normalise
from segxl.sources.loi import read_loi


def told(**cells: Any) -> list[tuple[str, str]]:  # noqa: ANN401  cells hold anything
    typed = {h.replace("_", " "): v for h, v in cells.items()}
    dossiers = normalise(pd.DataFrame([{"Dossier": "D1"} | typed], index=[5], dtype=object))
    return [*list_contradictions(dossiers, read_loi()).get(5, ())]


@pytest.mark.parametrize(
    ("cells", "header", "name"),
    [
        ({"Assujetti_TVA": "Non", "Part_B2B": 1}, "Assujetti TVA", "vendeur"),
        ({"Assujetti_TVA": "Non", "Redevable_TVA": "Oui"}, "Assujetti TVA", "non_assujetti"),
        (
            {"Redevable_TVA": "Non", "Régime_TVA": "Réel normal mensuel"},
            "Redevable TVA",
            "redevable",
        ),
        (
            {"Activité_exonérée": "Totale", "Redevable_TVA": "Oui"},
            "Activité exonérée",
            "exoneree",
        ),
        ({"Part_B2C": 0.9, "Part_international": 0.9}, "Part B2C", "parts"),
    ],
)
def test_a_contradiction_is_told_beside_a_column_that_the_firm_has(
    cells: dict[str, object], header: str, name: str
) -> None:
    assert told(**cells) == [(header, CONTRADICTIONS[name])]


def test_columns_that_agree_tell_nothing() -> None:
    assert told(Assujetti_TVA="Oui", Part_B2B=1) == []


def test_a_client_may_contradict_itself_twice() -> None:
    found = told(Assujetti_TVA="Non", Part_B2B=1, Redevable_TVA="Oui")

    assert [header for header, _ in found] == ["Assujetti TVA", "Assujetti TVA"]
