from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from segxl.domain.anomalies import SaisieError
from segxl.domain.capacite import Capacity, capacite_of
from segxl.domain.charge import find_surcharges, measure_charge
from segxl.domain.feuille_plan import find_absents, list_added, list_changes, retell_lignes
from segxl.domain.lecture_plan import PLAN, find_wrong_lignes, parse_plan
from segxl.domain.planning import draw_plan
from segxl.domain.reglages import Reglages
from segxl.domain.rencontres import find_met, list_rencontres
from segxl.domain.tableau import Tableau, records_of

TODAY = date(2026, 11, 22)
RECEPTION, PME = date(2026, 9, 1), date(2027, 9, 1)
Row = Mapping[str, object]
Sheet = dict[int, dict[str, object]]
"""What the table Plan holds: Excel row → header → cell."""


def demande(dossier: str, **changes: object) -> dict[str, object]:
    wanted: dict[str, object] = {
        "Dossier": dossier, "Raison sociale": f"Client {dossier}", "Priorité": 1,
        "Étape": "Faire signer le mandat", "Responsable": "AB", "Date légale": PME, "Raison": "Parce que.",
    }  # fmt: skip
    return wanted | changes


def numbered(*dossiers: str, **changes: object) -> list[dict[str, object]]:
    """Return clients ranked as they are given."""
    return [demande(d, Priorité=i, **changes) for i, d in enumerate(dossiers, 1)]


def tableau_of(sheet: Sheet) -> Tableau:
    headers = [*PLAN, *dict.fromkeys(h for row in sheet.values() for h in row if h not in PLAN)]
    last = max(sheet, default=1)
    rows = [[sheet.get(n, {}).get(h) for h in headers] for n in range(2, last + 1)]
    return Tableau.of("Plan", headers, rows)


def blank_as_none(value: Any) -> object:  # noqa: ANN401  a cell
    return None if pd.isna(value) else value


class Book:
    """A sheet Plan that runs follow one another on, as a workbook does."""

    def __init__(self, sheet: Sheet | None = None) -> None:
        self.sheet: Sheet = sheet or {}
        self.formulas: dict[str, set[int]] = {}
        self.plan = pd.DataFrame()

    def run(
        self, demandes: list[dict[str, object]], au: date = TODAY, capacite: int = 8
    ) -> dict[str, dict[str, Any]]:
        """Plan, write, and return the rows by dossier."""
        wanted = pd.DataFrame(demandes, columns=[*demande("")], dtype=object)
        wanted = wanted.astype({"Priorité": "Int64"})
        lignes = self.lignes()
        self.plan = draw_plan(wanted, lignes, Capacity(commune=capacite), au)
        changes = [retell_lignes(self.plan, lignes, {}), *list_changes(self.plan, lignes)]
        for frame in changes:
            for row, cells in records_of(frame):
                for header, value in cells.items():
                    if row not in self.formulas.get(header, set()):
                        self.sheet[row][header] = blank_as_none(value)
        for _, cells in records_of(list_added(self.plan)):
            row = max(self.sheet, default=1) + 1
            self.sheet[row] = {h: blank_as_none(v) for h, v in cells.items()}
        return {str(cells.get("Dossier")): cells for cells in self.sheet.values()}

    def lignes(self) -> pd.DataFrame:
        return parse_plan(tableau_of(self.sheet), self.formulas)

    def anomalies(self) -> list[str]:
        return [*map(str, find_wrong_lignes(tableau_of(self.sheet), self.lignes()))]

    def row_of(self, dossier: str) -> dict[str, object]:
        return next(cells for cells in self.sheet.values() if cells["Dossier"] == dossier)


# --- A first plan


def test_every_client_gets_a_date_a_step_and_an_owner() -> None:
    rows = Book().run(numbered("A", "B", "C"))

    for cells in rows.values():
        assert isinstance(cells["Date prévue"], date)
        assert cells["Étape"] == cells["Étape proposée"] == "Faire signer le mandat"
        assert cells["Responsable"] == cells["Responsable proposé"] == "AB"
        assert cells["Date prévue"] == cells["Date proposée"]


def test_the_rows_of_a_first_plan_stand_by_priority() -> None:
    book = Book()

    book.run([demande("C", Priorité=3), demande("A", Priorité=1), demande("B", Priorité=2)])

    assert [cells["Dossier"] for cells in book.sheet.values()] == ["A", "B", "C"]


def test_clients_without_rank_come_last_by_date_of_the_law_then_by_number() -> None:
    book = Book()

    book.run(
        [
            demande("D10", Priorité=None, **{"Date légale": None}),
            demande("D9", Priorité=None, **{"Date légale": None}),
            demande("R", Priorité=None, **{"Date légale": date(2026, 12, 31)}),
            demande("A", Priorité=1),
        ]
    )

    assert [cells["Dossier"] for cells in book.sheet.values()] == ["A", "R", "D9", "D10"]


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_client_that_nobody_follows_is_to_be_given_to_somebody(blank: object) -> None:
    rows = Book().run([demande("A", Responsable=blank), demande("B", Priorité=2)], capacite=1)

    assert rows["A"]["Responsable"] == "À attribuer"
    assert rows["A"]["Date prévue"] == rows["B"]["Date prévue"]


def test_two_spellings_of_one_person_share_their_months() -> None:
    people = [demande("A", Responsable="Zoé Lac"), demande("B", Priorité=2, Responsable="ZOE  LAC")]

    rows = Book().run(people, au=date(2026, 11, 30), capacite=1)

    assert rows["A"]["Date prévue"] < rows["B"]["Date prévue"]


# --- Alerts


def test_a_meeting_after_the_date_of_the_law_is_told() -> None:
    rows = Book().run(numbered("A", "B", **{"Date légale": date(2026, 12, 20)}), capacite=1)

    assert rows["A"]["Alerte"] is None
    assert rows["B"]["Alerte"] == "Après la date légale du 20/12/2026"


def test_a_date_of_the_law_that_went_by_is_told_with_its_age() -> None:
    rows = Book().run([demande("A", **{"Date légale": RECEPTION})])

    assert rows["A"]["Alerte"] == "Date légale passée depuis 82 jours"


def test_the_day_of_the_law_itself_is_not_late() -> None:
    rows = Book().run([demande("A", **{"Date légale": TODAY})])

    assert rows["A"]["Alerte"] == "Après la date légale du 22/11/2026"


def test_a_portfolio_too_large_for_two_people_is_flagged_far_beyond_the_law() -> None:
    many = [demande(f"D{i}", Priorité=i, Responsable=("AB", "CD")[i % 2]) for i in range(1, 5_001)]

    rows = Book().run(many)

    late = [r for r in rows.values() if r["Alerte"]]
    assert len(late) == 5_000 - 2 * (2 + 9 * 8)
    assert {r["Alerte"] for r in late} == {"Après la date légale du 01/09/2027"}
    assert max(r["Date prévue"] for r in rows.values()).year == 2052


# --- What a hand changed


def test_a_second_run_changes_nothing() -> None:
    book = Book()
    first = book.run(numbered(*"ABCDEFGHIJ"))
    before = {d: dict(cells) for d, cells in first.items()}

    assert book.run(numbered(*"ABCDEFGHIJ")) == before


@pytest.mark.parametrize(
    "typed", [date(2027, 2, 10), datetime(2027, 2, 10, tzinfo=UTC), "10/02/2027", "10 février 2027"]
)
def test_a_day_changed_by_hand_is_kept_as_typed_and_counted(typed: object) -> None:
    book = Book()
    first = book.run(numbered(*"ABCDEFGHIJ"), capacite=2)
    proposed = first["A"]["Date proposée"]
    book.row_of("A")["Date prévue"] = typed

    again = book.run(numbered(*"ABCDEFGHIJ"), capacite=2)

    assert again["A"]["Date prévue"] == typed
    assert again["A"]["Date proposée"] == proposed
    in_february = [d for d in book.plan["jour"] if (d.year, d.month) == (2027, 2)]
    assert len(in_february) == 2


def test_a_day_kept_by_hand_stays_at_every_later_run() -> None:
    book = Book()
    book.run(numbered("A", "B"))
    book.row_of("A")["Date prévue"] = date(2027, 2, 10)

    for au in (TODAY, date(2026, 11, 25), date(2026, 12, 14)):
        assert book.run(numbered("B", "A"), au=au)["A"]["Date prévue"] == date(2027, 2, 10)


def test_a_cell_cleared_asks_for_another_proposal() -> None:
    book = Book()
    book.run(numbered("A"))
    held = date(2027, 6, 1)
    book.row_of("A").update({"Date prévue": held, "Étape": "Déjeuner", "Responsable": "Zoé"})
    book.run(numbered("A"))
    book.row_of("A").update({"Date prévue": None, "Étape": None, "Responsable": None})

    again = book.run(numbered("A"))["A"]

    assert isinstance(again["Date prévue"], date)
    assert again["Date prévue"] < held
    assert (again["Étape"], again["Responsable"]) == ("Faire signer le mandat", "AB")


def test_a_step_or_an_owner_changed_by_hand_is_kept() -> None:
    book = Book()
    book.run(numbered("A"))
    book.row_of("A").update({"Étape": "Former la comptable", "Responsable": "Zoé"})

    again = book.run([demande("A", Étape="Activer la réception", Responsable="CD")])["A"]

    assert (again["Étape"], again["Responsable"]) == ("Former la comptable", "Zoé")
    assert (again["Étape proposée"], again["Responsable proposé"]) == ("Activer la réception", "CD")


def test_a_client_given_to_somebody_else_by_hand_takes_a_place_in_their_month() -> None:
    book = Book()
    au = date(2026, 11, 30)
    book.run([demande("A"), demande("B", Priorité=2, Responsable="CD")], au=au, capacite=1)
    book.row_of("A")["Responsable"] = "cd"

    again = book.run([demande("A"), demande("B", Priorité=2, Responsable="CD")], au=au, capacite=1)

    assert again["A"]["Date prévue"].month == 12
    assert again["B"]["Date prévue"].month == 1


def test_what_was_not_touched_follows_the_client() -> None:
    book = Book()
    book.run(numbered("A"))

    again = book.run([demande("A", Étape="Activer la réception", Responsable="CD")])["A"]

    assert (again["Étape"], again["Responsable"]) == ("Activer la réception", "CD")


def test_a_formula_under_a_column_of_the_user_is_a_hand() -> None:
    book = Book()
    proposed = book.run(numbered("A"))["A"]["Date prévue"]
    book.formulas = {"Date prévue": {2}}

    again = book.run(numbered("B", "A"), au=date(2027, 1, 4))["A"]

    assert again["Date prévue"] == proposed


def test_a_day_that_does_not_read_stays_and_is_told() -> None:
    book = Book()
    book.run(numbered("A"))
    book.row_of("A")["Date prévue"] = "semaine 12"

    again = book.run(numbered("A"))["A"]

    assert again["Date prévue"] == "semaine 12"
    assert again["Alerte"] == "Date prévue illisible"
    assert book.anomalies() == [
        "Plan!F2 : « Date prévue » ne se lit pas : aucun rendez-vous n’est compté (lu : « semaine 12 »). Saisissez une date, ou videz la cellule."
    ]


def test_a_day_fixed_by_hand_that_went_by_asks_what_became_of_it() -> None:
    book = Book()
    book.run(numbered("A"))
    book.row_of("A")["Date prévue"] = date(2026, 11, 3)

    again = book.run(numbered("A"))["A"]

    assert again["Alerte"] == "Date prévue passée : à refixer, ou à marquer « Fait le »"


def test_a_plan_typed_before_any_run_is_kept_whole() -> None:
    typed: dict[str, object] = {"Dossier": "a", "Étape": "Appeler", "Date prévue": date(2027, 1, 5)}
    book = Book({2: dict(typed)})

    book.run([demande("A")])

    assert [*book.sheet] == [2]
    assert {h: book.sheet[2][h] for h in typed} == typed
    assert book.sheet[2]["Responsable"] == "AB"


# --- A run on another day


def test_the_next_days_move_nobody_whose_day_is_still_to_come() -> None:
    book = Book()
    names = [f"D{i}" for i in range(40)]
    first = {d: c["Date prévue"] for d, c in book.run(numbered(*names)).items()}
    missed = [d for d, day in first.items() if day < date(2026, 11, 26)]
    for dossier in missed:
        book.row_of(dossier)["Fait le"] = first[dossier]

    again = book.run(numbered(*names), au=date(2026, 11, 26))

    assert missed
    assert {d: c["Date prévue"] for d, c in again.items()} == first


def test_a_meeting_missed_gets_a_day_to_come_and_this_month_stays() -> None:
    book = Book()
    names = [f"D{i}" for i in range(30)]
    first = {d: c["Date prévue"] for d, c in book.run(numbered(*names)).items()}
    assert (first["D0"], first["D1"]) == (date(2026, 11, 25), date(2026, 11, 27))

    again = book.run(numbered(*names), au=date(2026, 11, 26))

    assert again["D0"]["Date prévue"] > date(2026, 11, 26)
    assert again["D1"]["Date prévue"] == first["D1"]
    moved = [d for d, c in again.items() if c["Date prévue"] != first[d]]
    assert len(moved) <= 1 + 4  # one a month, and the plan lasts five months


def test_a_meeting_of_the_very_day_stays_on_its_day() -> None:
    book = Book()
    day = book.run(numbered("A", "B"))["A"]["Date prévue"]

    assert book.run(numbered("A", "B"), au=day)["A"]["Date prévue"] == day


def test_a_smaller_capacity_lets_go_of_what_no_longer_fits_this_month() -> None:
    book = Book()
    book.run(numbered(*"ABCDEFGH"), au=date(2026, 11, 1))

    again = book.run(numbered(*"ABCDEFGH"), au=date(2026, 11, 1), capacite=3)

    in_november = [d for d, c in again.items() if c["Date prévue"].month == 11]
    assert in_november == ["A", "B", "C"]


# --- Done


def test_a_step_done_is_left_as_it_is_and_takes_no_place_to_come() -> None:
    book = Book()
    book.run(numbered("A", "B"), au=date(2026, 11, 30), capacite=1)
    done = dict(book.row_of("A")) | {"Fait le": date(2026, 11, 30), "Remarque": "Vu au cabinet"}
    book.row_of("A").update(done)

    again = book.run(numbered("A", "B"), au=date(2026, 11, 30), capacite=1)

    for header in ("Étape", "Responsable", "Date prévue", "Fait le", "Remarque"):
        assert again["A"][header] == done[header]
    assert again["B"]["Date prévue"].month == 12


@pytest.mark.parametrize("typed", ["oui", "x", "fait avec Zoé"])
def test_anything_typed_says_that_a_step_is_done(typed: str) -> None:
    book = Book()
    book.run(numbered("A"))
    book.row_of("A")["Fait le"] = typed

    book.run(numbered("A"))

    assert book.plan["est fait"].tolist() == [True]
    assert book.row_of("A")["Fait le"] == typed


def test_the_step_after_a_step_done_gets_a_row_of_its_own() -> None:
    book = Book()
    book.run(numbered("A"))
    book.row_of("A")["Fait le"] = date(2026, 11, 20)

    book.run([demande("A", Étape="Activer la réception")])

    assert [r["Étape"] for r in book.sheet.values()] == [
        "Faire signer le mandat",
        "Activer la réception",
    ]
    assert book.sheet[2]["Raison"] == "Fait."
    book.run([demande("A", Étape="Activer la réception")])
    assert [*book.sheet] == [2, 3]


def test_a_meeting_held_this_month_counts_in_its_capacity() -> None:
    book = Book()
    book.run(numbered("A", "B"), au=date(2026, 11, 1), capacite=1)
    book.row_of("A")["Fait le"] = date(2026, 11, 3)

    again = book.run(numbered("A", "B"), au=date(2026, 11, 4), capacite=1)

    assert again["B"]["Date prévue"].month == 12


# --- Rows that are odd


def test_a_client_that_left_keeps_its_row_and_loses_the_day_nobody_fixed() -> None:
    book = Book()
    book.run(numbered("A", "B", "C"))
    book.row_of("A")["Remarque"] = "Rappeler en mars"
    book.row_of("B")["Date prévue"] = date(2027, 3, 1)

    rows = book.run([demande("C")])

    assert rows["A"]["Date prévue"] is rows["A"]["Date proposée"] is rows["A"]["Priorité"] is None
    assert (rows["A"]["Remarque"], rows["A"]["Étape"]) == (
        "Rappeler en mars",
        "Faire signer le mandat",
    )
    assert rows["A"]["Raison"] == "Ce dossier n’est plus dans Clients, ou y est à corriger."
    assert rows["B"]["Date prévue"] == date(2027, 3, 1)
    assert [*find_absents(book.plan, book.lignes())["Dossier"]] == ["A", "B"]


def test_a_client_that_comes_back_is_planned_again_on_its_row() -> None:
    book = Book()
    book.run(numbered("A", "B"))
    book.run([demande("B")])

    rows = book.run(numbered("A", "B"))

    assert isinstance(rows["A"]["Date prévue"], date)
    assert [*book.sheet] == [2, 3]


def test_a_client_outside_the_reform_is_told_apart_from_one_that_left() -> None:
    book = Book()
    book.run(numbered("A", "B"))
    lignes = book.lignes()
    wanted = pd.DataFrame(columns=[*demande("")], dtype=object).astype({"Priorité": "Int64"})

    told = retell_lignes(
        draw_plan(wanted, lignes, Capacity(), TODAY), lignes, {"a": "Hors champ : rien à préparer."}
    )

    assert told["Raison"].tolist()[0] == "Hors champ : rien à préparer."


def test_a_second_open_row_of_a_client_is_left_alone_and_told() -> None:
    book = Book()
    book.run(numbered("A"))
    twin = dict(book.row_of("A")) | {"Date prévue": date(2027, 5, 5)}
    book.sheet[3] = dict(twin)

    book.run(numbered("A"))

    for header in ("Date prévue", "Étape", "Responsable", "Date proposée"):
        assert book.sheet[3][header] == twin[header]
    assert book.sheet[3]["Raison"] == "Autre ligne du même dossier."
    assert "ce dossier a déjà une étape à faire ligne 2" in book.anomalies()[0]


def test_a_row_without_a_dossier_is_left_alone_and_told() -> None:
    book = Book({2: {"Remarque": "Voir le notaire"}})

    book.run(numbered("A"))

    assert book.sheet[2] == {"Remarque": "Voir le notaire"}
    assert "il manque le numéro de dossier" in book.anomalies()[0]


def test_rows_sorted_by_their_user_are_found_by_dossier() -> None:
    book = Book()
    first = book.run(numbered("A", "B", "C"))
    before = {d: dict(cells) for d, cells in first.items()}
    book.sheet = dict(zip([2, 3, 4], reversed(book.sheet.values()), strict=True))

    assert book.run(numbered("A", "B", "C")) == before
    assert [cells["Dossier"] for cells in book.sheet.values()] == ["C", "B", "A"]


# --- The load


def test_the_load_counts_meetings_by_person_and_month() -> None:
    book = Book()
    people = [*numbered("A", "B", "C"), demande("D", Priorité=4, Responsable="CD")]
    book.run(people, au=date(2026, 11, 30), capacite=2)

    charge = measure_charge(book.plan, Capacity(commune=2))

    assert charge["Mois"].map(str).tolist() == ["2026-12", "2027-01", "2026-12"]
    assert charge[["Responsable", "Prévus", "Capacité"]].to_numpy().tolist() == [
        ["AB", 2, 2], ["AB", 1, 2], ["CD", 1, 2],
    ]  # fmt: skip
    assert find_surcharges(charge) == []


def test_a_month_overbooked_by_hand_is_told() -> None:
    book = Book()
    book.run(numbered("A", "B"), capacite=1)
    for dossier in ("A", "B"):
        book.row_of(dossier)["Date prévue"] = date(2027, 3, 2)

    book.run(numbered("A", "B"), capacite=1)

    assert find_surcharges(measure_charge(book.plan, Capacity(commune=1))) == [
        "AB, mars 2027 : 2 rendez-vous pour 1 possibles"
    ]


@pytest.mark.parametrize("typed", [0, 0.5, -3, "huit", "#N/A", 1e300, 1_001])
def test_a_capacity_that_is_none_is_refused_by_its_name(typed: object) -> None:
    nom = "Rendez-vous par mois et par collaborateur"
    reglages = Reglages(grilles=(), couleurs=(), regles=(), parametres={nom: typed})

    with pytest.raises(SaisieError, match=f"« {nom} » ne convient pas .*Saisissez un nombre"):
        capacite_of(reglages)


@pytest.mark.parametrize(("typed", "read"), [("12", 12), (None, 8), ("  ", 8), (2.9, 2)])
def test_a_capacity_is_read_however_typed(typed: object, read: int) -> None:
    parametres = {"rendez-vous par mois et par collaborateur": typed}
    reglages = Reglages(grilles=(), couleurs=(), regles=(), parametres=parametres)

    assert capacite_of(reglages) == Capacity(commune=read)


def test_a_setting_gives_one_person_a_capacity_of_their_own() -> None:
    parametres = {"Capacité AB": "3", "capacite  Zoé": 2, "Capacité CD": None, "Capacité": 5}
    reglages = Reglages(grilles=(), couleurs=(), regles=(), parametres=parametres)

    found = capacite_of(reglages)

    assert found == Capacity(commune=8, propres={"ab": 3, "zoe": 2})
    assert [found.of(nom) for nom in ("AB", "Zoé", "CD")] == [3, 2, 8]


@pytest.mark.parametrize("typed", [0, "trois", 1_001])
def test_a_capacity_of_ones_own_that_is_none_is_refused_by_its_name(typed: object) -> None:
    reglages = Reglages(grilles=(), couleurs=(), regles=(), parametres={"Capacité AB": typed})

    with pytest.raises(SaisieError, match="« Capacité AB » ne convient pas"):
        capacite_of(reglages)


def test_a_month_of_the_plan_holds_no_more_than_ones_own_capacity() -> None:
    demandes = numbered("A", "B", "C")
    lignes = Book().lignes()
    room = Capacity(commune=8, propres={"ab": 1})
    wanted = pd.DataFrame(demandes, columns=[*demande("")], dtype=object)

    plan = draw_plan(wanted.astype({"Priorité": "Int64"}), lignes, room, TODAY)

    assert measure_charge(plan, room)["Capacité"].eq(1).all()
    assert measure_charge(plan, room)["Prévus"].eq(1).all()


# --- Whom to meet


def test_whoever_has_a_capacity_of_their_own_is_given_no_more_clients_to_meet() -> None:
    book = Book()
    book.run(numbered("A", "B", "C"))

    listed = list_rencontres(book.plan, frozenset(), 10, Capacity(propres={"ab": 2}))

    assert [*listed["Dossier"]] == ["A", "B"]


def journal(*lines: Row) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=["Date", "Dossier", "Canal", "Type"], dtype=object)


def test_a_client_met_this_month_is_not_to_be_met() -> None:
    book = Book()
    book.run(numbered(*"ABCDEF"))
    book.row_of("F")["Fait le"] = date(2026, 11, 5)
    told = journal(
        {"Date": date(2026, 11, 3), "Dossier": "a", "Canal": "Rendez-vous"},
        {"Date": date(2026, 11, 3), "Dossier": "B", "Canal": "E-mail"},
        {"Date": date(2026, 10, 31), "Dossier": "C", "Canal": "Visio"},
        {"Date": date(2026, 11, 30), "Dossier": "D", "Canal": "Visio"},
        {"Date": None, "Dossier": "E", "Canal": "Visio"},
    )

    listed = list_rencontres(book.plan, find_met(told, book.lignes(), TODAY), 10)

    assert listed["Dossier"].tolist() == ["B", "C", "D", "E"]
    assert listed["Rang"].tolist() == [1, 2, 3, 4]


def test_the_list_holds_as_many_clients_as_asked_the_first_by_priority() -> None:
    book = Book()
    book.run([demande("Z", Priorité=None), *numbered(*"ABC")])

    listed = list_rencontres(book.plan, frozenset(), 2)

    assert listed["Dossier"].tolist() == ["A", "B"]
