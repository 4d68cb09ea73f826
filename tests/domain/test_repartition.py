from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd

from segxl.domain import repartition as r
from segxl.domain.capacite import Capacity
from segxl.domain.planning import A_ATTRIBUER

SEGMENTS = ["Prioritaire", "Prêt"]


def clients(*rows: tuple[str, str | None, str, float]) -> pd.DataFrame:
    """Return clients still there: dossier, who, segment, effort."""
    frame = pd.DataFrame(rows, columns=["Dossier", r.QUI, r.SEGMENT, r.EFFORT])
    return frame.assign(**{r.CLIENTS: 1.0}).set_index("Dossier")


def lines(header: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["Dossier", r.QUI, header], dtype=object)


def share(
    suivis: pd.DataFrame,
    hours: Sequence[tuple[object, ...]] = (),
    meetings: Sequence[tuple[str, str]] = (),
    capacite: Capacity | None = None,
) -> dict[tuple[str, str], dict[Hashable, Any]]:
    prevus = pd.DataFrame([*meetings], columns=["Dossier", r.QUI], dtype=object)
    told = r.share_work(suivis, lines(r.HEURES, *hours), prevus, capacite or Capacity(), SEGMENTS)
    return {(str(x[r.QUI]), str(x[r.SEGMENT])): x for x in told.to_dict("records")}


def test_hours_and_meetings_add_up_by_person_and_by_segment() -> None:
    suivis = clients(("a", "AB", "Prêt", 2), ("b", "AB", "Prioritaire", 4), ("c", "CD", "Prêt", 0))

    told = share(
        suivis,
        [("a", "AB", 2.5), ("b", "CD", 3.0), ("a", None, 1.0), ("zz", "AB", 99.0)],
        [("a", "AB"), ("b", "AB"), ("c", "CD")],
    )

    assert told["AB", "Prêt"][r.HEURES] == 3.5
    assert told["AB", "Prioritaire"][r.HEURES] is None
    assert told["CD", "Prioritaire"][r.HEURES] == 3.0
    assert told["Tous", "Total"][r.HEURES] == 6.5
    assert (told["AB", "Total"][r.PREVUS], told["AB", "Total"][r.EFFORT]) == (2, 6)
    assert [*told] == [
        ("Tous", "Total"),
        ("AB", "Total"),
        ("AB", "Prioritaire"),
        ("AB", "Prêt"),
        ("CD", "Total"),
        ("CD", "Prioritaire"),
        ("CD", "Prêt"),
    ]


def test_more_meetings_than_twelve_months_hold_is_an_alert_for_that_person_alone() -> None:
    suivis = clients(*((f"d{i}", "AB", "Prêt", 1) for i in range(13)), ("x", "CD", "Prêt", 1))

    told = share(
        suivis,
        meetings=[*((f"d{i}", "AB") for i in range(13)), ("x", "CD")],
        capacite=Capacity(commune=8, propres={"ab": 1}),
    )

    assert (told["AB", "Total"][r.CAPACITE], told["AB", "Total"][r.ECART]) == (12, -1)
    assert told["AB", "Total"][r.ALERTE] == r.SURCHARGE
    assert (told["CD", "Total"][r.ECART], told["CD", "Total"][r.ALERTE]) == (95, None)
    assert told["AB", "Prêt"][r.CAPACITE] is None
    assert told["Tous", "Total"][r.CAPACITE] == 108


def test_whoever_has_too_many_meetings_is_named_with_both_figures() -> None:
    suivis = clients(*((f"d{i}", "AB", "Prêt", 1) for i in range(13)))
    prevus = pd.DataFrame({"Dossier": suivis.index, r.QUI: "AB"}, dtype=object)
    hours = lines(r.HEURES)

    told = r.share_work(suivis, hours, prevus, Capacity(commune=1), SEGMENTS)

    assert r.find_overloaded(told) == ["AB : 13 rendez-vous prévus, 12 possibles en douze mois"]


def test_clients_that_nobody_follows_come_last_and_have_no_capacity() -> None:
    suivis = clients(("a", None, "Prêt", 1), ("b", " zoé ", "Prêt", 1), ("c", "Zoé", "Prêt", 1))

    told = share(suivis)

    assert [who for who, segment in told if segment == "Total"] == ["Tous", "Zoé", A_ATTRIBUER]
    assert told[A_ATTRIBUER, "Total"][r.CAPACITE] is None
    assert told["Zoé", "Prêt"][r.CLIENTS] == 2


def test_whoever_has_hours_alone_is_asked_to_hold_no_meeting() -> None:
    told = share(clients(("a", "AB", "Prêt", 1)), [("a", "CD", 4.0)])

    assert (told["CD", "Total"][r.HEURES], told["CD", "Total"][r.CAPACITE]) == (4.0, None)
    assert told["Tous", "Total"][r.CAPACITE] == 96


def test_with_nobody_named_the_whole_has_no_capacity() -> None:
    assert share(clients(("a", None, "Prêt", 1)))["Tous", "Total"][r.CAPACITE] is None


def test_no_client_makes_no_row() -> None:
    assert share(clients()) == {}
