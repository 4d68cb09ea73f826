"""How critical a client is: three words, and what people type for them."""

from __future__ import annotations

import pandas as pd
import pytest

from segxl.domain.valeur.criticite import criticites_of


@pytest.mark.parametrize(
    ("typed", "level"),
    [("Forte", 2), ("ÉLEVÉE", 2), ("moyenne", 1), ("Faible", 0), ("aucune", 0), ("Oui", 2), (None, 1), ("  ", 1), ("#N/A", 1)],
)  # fmt: skip
def test_a_word_has_its_level_and_what_is_not_known_is_in_the_middle(
    typed: str | None, level: int
) -> None:
    levels, unread = criticites_of(pd.Series([typed], dtype=object))

    assert (levels.tolist(), unread) == ([level], [])


def test_a_word_that_means_nothing_is_in_the_middle_and_told() -> None:
    levels, unread = criticites_of(pd.Series(["Forte", "énorme", 7], index=[5, 6, 8], dtype=object))

    assert levels.tolist() == [2, 1, 1]
    assert unread == [6, 8]
