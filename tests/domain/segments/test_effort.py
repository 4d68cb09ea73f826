"""Where the hours go, and where somebody proposes something."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from segxl.domain.segments import clientele as c
from segxl.domain.segments import rendement as r
from segxl.domain.segments.effort import count_efforts
from segxl.domain.valeur import releve as v

AU = date(2026, 11, 22)
HEADERS = ["Dossier", "Date", "Canal", "Type"]


def counted(*rows: tuple[object, ...], letters: tuple[tuple[str, object], ...] = ()) -> list[float]:
    journal = pd.DataFrame([*rows], columns=HEADERS, dtype=object)
    return count_efforts(journal, letters, ["D1", "D2"], AU).tolist()


@pytest.mark.parametrize(
    ("canal", "word", "count"),
    [
        ("Rendez-vous", "Échange", 1),
        ("rendez vous", None, 1),
        ("Visio", "Test", 1),
        ("Téléphone", "Recommandation", 1),
        ("Téléphone", "Échange", 0),
        (None, None, 0),
        ("pigeon", "#N/A", 0),
    ],
)
def test_a_meeting_or_a_recommendation_is_an_effort_and_a_call_is_not(
    canal: object, word: object, count: float
) -> None:
    assert counted(("d1", date(2026, 5, 4), canal, word)) == [count, 0]


def test_only_the_last_twelve_months_count_and_a_line_without_a_day_never() -> None:
    days = [date(2025, 11, 22), date(2025, 11, 23), AU, date(2026, 11, 23), None, "hier"]

    assert counted(*(("D2", day, "Visio", None) for day in days)) == [0, 2]


def test_a_letter_prepared_counts_as_one_whoever_else_it_names() -> None:
    assert counted(letters=(("D1", AU), ("D1", date(2020, 1, 1)), ("Z9", AU))) == [1, 0]


def rows(*clients: tuple[str, float, float]) -> tuple[pd.DataFrame, pd.Series]:
    """Return clients of some groups, with their hours and their efforts."""
    lignes = pd.DataFrame(
        {
            v.HONORAIRES: 1_000.0,
            v.MARGE_EUROS: 500.0,
            v.COUT_SERVICE: 500.0,
            v.HEURES: [hours for _, hours, _ in clients],
            c.EFFORT: [effort for *_, effort in clients],
            **dict.fromkeys((c.PRESENT, c.ETAIT, c.RESTE), True),
            **dict.fromkeys((c.MISSIONS, c.OUVERTES, c.FACTURE, c.AVANT), 0.0),
        }
    )
    return lignes, pd.Series([group for group, *_ in clients])


def test_each_group_has_its_share_of_the_effort_and_the_word_for_its_place() -> None:
    lignes, groups = rows(("Prêt", 80, 1), ("À voir", 20, 3))

    told = r.measure_groups(lignes, r.PAR_SEGMENT, groups, ["Prêt", "À voir", "Vide"], r.Sources())

    assert [(x.effort.valeur, x.effort.n, x.place) for x in told] == [
        (0.25, 1, "beaucoup d’heures, peu d’effort commercial"),
        (0.75, 3, "peu d’heures, beaucoup d’effort commercial"),
        (0.0, 0, ""),
    ]


def test_the_whole_has_no_place() -> None:
    lignes, groups = rows(("Tous", 80, 1))

    (told,) = r.measure_groups(lignes, r.TOTAL, groups, ["Tous"], r.Sources())

    assert (told.effort.valeur, told.place) == (1, "")


def test_without_a_record_of_any_effort_the_reason_is_told() -> None:
    lignes, groups = rows(("Prêt", 80, 0))

    for sources, reason in (
        (r.Sources(), "rien de noté sur douze mois"),
        (r.Sources(has_efforts=False), "ni feuille Journal ni feuille Courriers"),
    ):
        (told,) = r.measure_groups(lignes, r.PAR_SEGMENT, groups, ["Prêt"], sources)
        assert (told.effort.valeur, told.effort.motif, told.place) == (None, reason, "")
