from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from segxl.domain.anomalies import SaisieError
from segxl.domain.journal import complete_ligne, find_complaints, find_due, find_recent
from segxl.excel.layout import JOURNAL_WIDTHS

TODAY = date(2026, 11, 22)
CALL: dict[str, object] = {"Dossier": "D1", "Objet": "Choix de l’outil", "Qui": "AB"}


def journal(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return rows of the journal as they are read, from Excel row 5 on."""
    lignes = [{h: row.get(h) for h in JOURNAL_WIDTHS} for row in rows]
    index = pd.RangeIndex(5, 5 + len(rows))
    return pd.DataFrame(lignes, columns=[*JOURNAL_WIDTHS], index=index, dtype=object)


# --- The row that is written


def test_an_exchange_without_a_date_or_a_type_is_an_exchange_of_today() -> None:
    row = complete_ligne(CALL, TODAY)

    assert list(row) == [
        "Date", "Dossier", "Qui", "Objet", "Suite", "Canal", "Type", "Suite le", "Clos le", "Répondu le",
    ]  # fmt: skip
    assert (row["Date"], row["Type"], row["Canal"]) == (TODAY, "Échange", None)
    assert (row["Suite"], row["Suite le"], row["Clos le"]) == ("", None, None)


def test_words_of_the_lists_are_spelt_as_the_lists_spell_them() -> None:
    row = complete_ligne(CALL | {"Canal": "email", "Type": "REGULARISATION"}, TODAY)

    assert (row["Canal"], row["Type"]) == ("E-mail", "Régularisation")


def test_a_meeting_that_nothing_follows_is_followed_up_a_week_later() -> None:
    row = complete_ligne(CALL | {"Canal": "Rendez-vous", "Date": date(2026, 11, 20)}, TODAY)

    assert (row["Suite"], row["Suite le"]) == ("Faire le point", date(2026, 11, 27))


def test_what_was_said_to_follow_a_meeting_is_kept() -> None:
    said = CALL | {"Canal": "rendez vous", "Suite": "Envoyer le devis"}

    undated, dated = (
        complete_ligne(said, TODAY),
        complete_ligne(said | {"Suite le": date(2026, 12, 24)}, TODAY),
    )

    assert (undated["Suite"], undated["Suite le"]) == ("Envoyer le devis", date(2026, 11, 29))
    assert (dated["Suite"], dated["Suite le"]) == ("Envoyer le devis", date(2026, 12, 24))


def test_a_call_is_followed_up_only_where_somebody_said_so() -> None:
    assert complete_ligne(CALL | {"Canal": "Téléphone"}, TODAY)["Suite le"] is None


def test_everything_wrong_is_told_at_once() -> None:
    wrong = {"Dossier": "D1", "Objet": " ", "Canal": "pigeon", "Type": "truc", "Qui": None}

    with pytest.raises(SaisieError) as caught:
        complete_ligne(wrong, TODAY)

    told = str(caught.value)
    assert len(caught.value.anomalies) == 3
    assert "l’objet de l’échange manque" in told
    assert "Téléphone · E-mail · Rendez-vous · Visio · Courrier" in told
    assert "Échange · Demande · Choix de plateforme · Mandat" in told


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        ({"Date": date(2026, 11, 23)}, "à venir (lu : « 23/11/2026 »)"),
        ({"Date": date(1900, 1, 1)}, "« Date » n’est pas un jour possible"),
        ({"Suite le": date(2126, 12, 1)}, "« Suite le » n’est pas un jour possible"),
        ({"Suite le": date(2026, 11, 21)}, "la suite vient avant l’échange"),
    ],
)
def test_a_day_that_cannot_be_is_refused(days: dict[str, object], problem: str) -> None:
    with pytest.raises(SaisieError) as caught:
        complete_ligne(CALL | days, TODAY)

    assert problem in str(caught.value)


def test_a_text_longer_than_a_cell_is_refused_and_not_cut() -> None:
    with pytest.raises(SaisieError, match="40000 signes"):
        complete_ligne(CALL | {"Objet": "x" * 40_000}, TODAY)


# --- What the journal asks for


def test_follow_ups_are_due_from_their_day_until_they_are_closed_the_oldest_first() -> None:
    found = journal(
        {"Dossier": "D1", "Suite le": date(2026, 11, 22)},
        {"Dossier": "D2", "Suite le": date(2026, 11, 23)},
        {"Dossier": "D3", "Suite le": date(2026, 9, 1)},
        {"Dossier": "D4", "Suite le": date(2026, 9, 1), "Clos le": date(2026, 9, 3)},
        {"Dossier": "D5"},
    )

    assert find_due(found, TODAY)["Dossier"].tolist() == ["D3", "D1"]


def test_a_complaint_is_open_until_it_has_a_closing_day() -> None:
    found = journal(
        {"Dossier": "D1", "Type": "reclamation", "Date": date(2020, 1, 1)},
        {"Dossier": "d1", "Type": "Réclamation"},
        {"Dossier": "D2", "Type": "Réclamation", "Clos le": date(2026, 1, 1)},
        {"Dossier": "D3", "Type": None},
        {"Dossier": "D4", "Type": "Réclamations (délai)"},
    )

    assert find_complaints(found) == {"d1": 5, "d4": 9}


@pytest.mark.parametrize(
    ("day", "jours", "recent"),
    [
        (date(2026, 11, 22), 15, True),
        (date(2026, 11, 7), 15, True),
        (date(2026, 11, 6), 15, False),
        (date(2026, 11, 23), 15, False),
        (date(2026, 11, 22), 0, False),
        (None, 15, False),
    ],
)
def test_an_exchange_is_recent_from_its_day_to_the_last_of_the_silence(
    day: date | None, jours: float, *, recent: bool
) -> None:
    found = journal({"Dossier": "D1", "Date": day})

    assert find_recent(found, TODAY, jours) == ({"d1": 5} if recent else {})


def test_the_latest_of_several_exchanges_is_named() -> None:
    found = journal(
        {"Dossier": "D1", "Date": date(2026, 11, 10)},
        {"Dossier": "D1", "Date": date(2026, 11, 20)},
        {"Dossier": "D1", "Date": date(2026, 11, 15)},
    )

    assert find_recent(found, TODAY, 15) == {"d1": 6}


def test_an_empty_journal_asks_for_nothing() -> None:
    assert find_due(journal(), TODAY).empty
    assert find_complaints(journal()) == {}
    assert find_recent(journal(), TODAY, 15) == {}


def test_a_firm_may_follow_its_meetings_up_sooner_or_later() -> None:
    met = CALL | {"Canal": "Rendez-vous"}

    assert complete_ligne(met, TODAY, 2)["Suite le"] == date(2026, 11, 24)
    assert complete_ligne(met, TODAY, 0)["Suite le"] == TODAY
