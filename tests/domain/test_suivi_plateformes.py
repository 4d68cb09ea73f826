"""Which status of a platform holds: the newest, unless another platform serves the client."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from segxl.domain.fusion_suivis import merge_suivis
from segxl.domain.statuts import STATUTS, SUIVI
from segxl.domain.suivi_plateformes import (
    AILLEURS,
    ANCIENNE,
    CLIENT,
    CONNUE,
    CONTREDITE,
    RETENUE,
    SANS_DATE,
    apply_changements,
    judge_lignes,
    pair_lignes,
    parse_suivis,
)
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold

Told = tuple[str | None, str | None, date | None]
OCTOBRE, NOVEMBRE = date(2026, 10, 5), date(2026, 11, 3)
SIREN = "000000018"
HEADERS = ["Dossier", "SIREN", *SUIVI]


def told_of(*lines: Told, siren: str = SIREN) -> pd.DataFrame:
    return pd.DataFrame([(siren, *line) for line in lines], columns=["SIREN", *SUIVI], dtype=object)  # fmt: skip


def suivis_of(*rows: Sequence[object]) -> pd.DataFrame:
    return parse_suivis(Tableau.of("Clients", HEADERS, rows))


def fates_of(known: Told | None, *lines: Told) -> list[str]:
    """Return what becomes of the lines told of one client, that of the workbook left out."""
    lignes = pair_lignes(suivis_of(["D1", SIREN, *(known or (None, None, None))]), told_of(*lines))
    fates = judge_lignes(lignes)
    return fates[~lignes[CONNUE].astype(bool)].tolist()


def changes_of(suivis: pd.DataFrame, told: pd.DataFrame) -> dict[int, dict[str, object]]:
    return merge_suivis(suivis, told)[1]


def changed(known: Told | None, *lines: Told) -> dict[str, object]:
    """Return the cells of one client that take another value."""
    suivis = suivis_of(["D1", SIREN, *(known or (None, None, None))])
    return changes_of(suivis, told_of(*lines)).get(2, {})


def test_a_client_without_status_takes_the_one_told() -> None:
    assert changed(None, ("Nébula", "Mandat signé", NOVEMBRE)) == {
        "Plateforme": "Nébula",
        "Statut plateforme": "Mandat signé",
        "Date statut": NOVEMBRE,
    }


def test_of_several_days_the_newest_wins() -> None:
    lines = (
        ("Nébula", "Mandat à signer", OCTOBRE),
        ("Nébula", "Mandat signé", NOVEMBRE),
    )

    assert fates_of(None, *lines) == [ANCIENNE, RETENUE]
    assert changed(None, *lines)["Statut plateforme"] == "Mandat signé"


def test_an_older_status_is_never_written_over_a_newer_one() -> None:
    known = ("Nébula", "Réception active", NOVEMBRE)

    assert changed(known, ("Nébula", "Mandat signé", OCTOBRE)) == {}


def test_a_newer_status_replaces_the_older_one_and_its_day() -> None:
    known = ("Nébula", "Mandat signé", OCTOBRE)

    assert changed(known, ("NEBULA", "Réception active", NOVEMBRE)) == {
        "Statut plateforme": "Réception active",
        "Date statut": NOVEMBRE,
    }


def test_two_statuses_on_one_day_contradict_each_other_and_nothing_is_written() -> None:
    lines = (("Nébula", "Mandat signé", NOVEMBRE), ("Nébula", "Refusé", NOVEMBRE))

    assert fates_of(None, *lines) == [CONTREDITE, CONTREDITE]
    assert changed(None, *lines) == {}


def test_an_export_that_contradicts_the_workbook_on_one_day_is_not_written() -> None:
    known = ("Nébula", "Mandat signé", NOVEMBRE)

    assert fates_of(known, ("Nébula", "Expiré", NOVEMBRE)) == [CONTREDITE]
    assert changed(known, ("Nébula", "Expiré", NOVEMBRE)) == {}


def test_two_platforms_that_both_serve_on_one_day_contradict_each_other() -> None:
    lines = (("Nébula", "Mandat signé", NOVEMBRE), ("Orbite", "Mandat signé", NOVEMBRE))

    assert fates_of(None, *lines) == [CONTREDITE, CONTREDITE]


def test_contradictions_of_the_past_are_settled_by_a_newer_day() -> None:
    lines = (
        ("Nébula", "Mandat signé", OCTOBRE),
        ("Nébula", "Refusé", OCTOBRE),
        ("Nébula", "Réception active", NOVEMBRE),
    )

    assert fates_of(None, *lines) == [ANCIENNE, ANCIENNE, RETENUE]


@pytest.mark.parametrize("setback", ["Aucune", "Expiré", "Refusé"])
def test_a_later_setback_at_another_platform_takes_nothing_from_the_one_that_serves(
    setback: str,
) -> None:
    lines = (("Nébula", "Réception active", OCTOBRE), ("Orbite", setback, NOVEMBRE))

    assert fates_of(None, *lines) == [RETENUE, AILLEURS]
    assert changed(("Nébula", "Réception active", OCTOBRE), ("Orbite", setback, NOVEMBRE)) == {}


def test_a_platform_that_serves_takes_the_place_of_a_later_setback_elsewhere() -> None:
    known = ("Orbite", "Expiré", NOVEMBRE)

    assert changed(known, ("Nébula", "Réception active", OCTOBRE)) == {
        "Plateforme": "Nébula",
        "Statut plateforme": "Réception active",
        "Date statut": OCTOBRE,
    }


def test_on_one_day_only_aucune_yields_to_another_platform() -> None:
    serves = ("Nébula", "Réception active", NOVEMBRE)

    assert fates_of(None, serves, ("Orbite", "Aucune", NOVEMBRE)) == [RETENUE, AILLEURS]
    assert fates_of(None, serves, ("Orbite", "Expiré", NOVEMBRE)) == [CONTREDITE, CONTREDITE]


def test_a_setback_at_the_same_platform_holds() -> None:
    known = ("Nébula", "Réception active", OCTOBRE)

    assert changed(known, ("Nébula", "Expiré", NOVEMBRE))["Statut plateforme"] == "Expiré"


def test_without_a_name_the_platform_stays_and_the_newest_day_decides() -> None:
    known = ("Nébula", "Réception active", OCTOBRE)

    assert changed(known, (None, "Expiré", NOVEMBRE)) == {
        "Statut plateforme": "Expiré",
        "Date statut": NOVEMBRE,
    }


def test_a_status_without_a_date_is_written_where_nothing_is_dated() -> None:
    assert changed((None, "Contactée", None), ("Nébula", "Mandat signé", None)) == {
        "Plateforme": "Nébula",
        "Statut plateforme": "Mandat signé",
    }


def test_a_status_without_a_date_never_replaces_a_dated_one() -> None:
    known = ("Nébula", "Mandat signé", OCTOBRE)

    assert fates_of(known, ("Nébula", "Expiré", None)) == [SANS_DATE]
    assert changed(known, ("Nébula", "Expiré", None)) == {}


def test_a_date_without_a_status_in_the_workbook_dates_nothing() -> None:
    assert changed((None, None, NOVEMBRE), (None, "Mandat signé", None)) == {
        "Statut plateforme": "Mandat signé",
        "Date statut": None,
    }


def test_a_platform_typed_without_a_status_is_not_lost_to_one_where_the_client_is_not() -> None:
    assert changed(("Nébula", None, None), ("Orbite", "Aucune", NOVEMBRE)) == {}


def test_a_name_that_one_export_gives_completes_the_other() -> None:
    lines = ((None, "Mandat signé", NOVEMBRE), ("Nébula", "Mandat signé", NOVEMBRE))

    assert fates_of(None, *lines) == [RETENUE, RETENUE]
    assert changed(None, *lines)["Plateforme"] == "Nébula"


def test_dossiers_that_share_a_siren_all_get_the_status() -> None:
    suivis = suivis_of(["D1", SIREN, None, None, None], ["D2", 18, None, None, None])

    changes = changes_of(suivis, told_of(("Nébula", "Mandat signé", NOVEMBRE)))

    assert [*changes] == [2, 3]


def test_a_client_whose_cells_cannot_be_read_is_left_alone() -> None:
    suivis = suivis_of(
        ["D1", SIREN, None, "presque", None],
        ["D2", SIREN, None, "Refusé", "hier"],
        ["D3", SIREN, None, "refuse", "01/01/1900"],
    )

    assert suivis["illisible"].tolist() == ["Statut plateforme", "Date statut", "Date statut"]
    assert changes_of(suivis, told_of(("Nébula", "Mandat signé", NOVEMBRE))) == {}


def test_a_workbook_without_any_of_the_columns_is_read() -> None:
    clients = Tableau.of("Clients", ["Dossier"], [["D1"]])

    suivis = parse_suivis(clients)

    assert suivis.to_numpy().tolist() == [[None] * 5]


def test_a_siren_that_is_wrong_in_clients_matches_nobody() -> None:
    suivis = suivis_of(["D1", "123456789", None, None, None])

    assert changes_of(suivis, told_of(("Nébula", "Refusé", None), siren="123456789")) == {}


days = st.none() | st.dates(date(2026, 10, 1), date(2026, 10, 4))
told_lines = st.tuples(
    st.sampled_from(["000000018", "000000026", "000000034"]),
    st.sampled_from([None, "Nébula", "NEBULA", "Orbite", "Quasar"]),
    st.sampled_from(STATUTS),
    days,
)
known_rows = st.tuples(
    st.sampled_from(["000000018", "000000026"]),
    st.sampled_from([None, "Nébula", "Orbite"]),
    st.none() | st.sampled_from(STATUTS),
    days,
)


def day_of(line: Sequence[Any]) -> date:
    return line[3] or date.min


def newest_of(platform: str | None, lines: Iterable[Sequence[Any]]) -> date:
    """Return the newest day that one platform tells, however it is spelt."""
    return max(day_of(line) for line in lines if fold(line[1] or "") == fold(platform or ""))


def frame_of(lines: Iterable[Sequence[Any]]) -> pd.DataFrame:
    return pd.DataFrame([*lines], columns=["SIREN", *SUIVI], dtype=object)


@settings(deadline=None, max_examples=40)
@given(st.lists(told_lines, max_size=8), st.lists(known_rows, min_size=1, max_size=3), st.data())
def test_the_order_of_the_lines_never_changes_what_is_written(
    lines: list[Sequence[Any]], known: list[Sequence[Any]], data: st.DataObject
) -> None:
    suivis = suivis_of(*(["D", *row] for row in known))
    shuffled = data.draw(st.permutations(lines))

    assert changes_of(suivis, frame_of(lines)) == changes_of(suivis, frame_of(shuffled))


@settings(deadline=None, max_examples=40)
@example(
    [("000000026", None, "Aucune", None), ("000000026", "Nébula", "Aucune", None)],
    [("000000026", "Orbite", None, None)],
)
@given(st.lists(told_lines, max_size=8), st.lists(known_rows, min_size=1, max_size=3))
def test_a_second_run_changes_nothing(
    lines: list[Sequence[Any]], known: list[Sequence[Any]]
) -> None:
    suivis = suivis_of(*(["D", *row] for row in known))
    written = apply_changements(suivis, changes_of(suivis, frame_of(lines)))

    assert changes_of(written, frame_of(lines)) == {}


@settings(deadline=None, max_examples=40)
@given(st.lists(told_lines, min_size=1, max_size=6))
def test_what_is_written_is_told_by_one_line_at_least_and_by_none_newer_of_that_platform(
    lines: list[Sequence[Any]],
) -> None:
    suivis = suivis_of(["D1", SIREN, None, None, None])

    cells = changes_of(suivis, frame_of(lines)).get(2)

    mine = [line for line in lines if line[0] == SIREN]
    if cells:
        said = cells["Statut plateforme"], cells.get("Date statut")
        same = [line for line in mine if line[2:] == said]
        assert same
        assert any(day_of(line) == newest_of(line[1], mine) for line in same)


def test_clients_are_known_by_their_row() -> None:
    lignes = pair_lignes(
        suivis_of(["D1", SIREN, None, None, None]), told_of((None, "Refusé", None))
    )

    assert lignes[CLIENT].tolist() == [2]
