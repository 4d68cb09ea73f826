from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlwings as xw
from tests.excel.opc import find_flaws

from segxl.actions import demo, plan
from segxl.domain.anomalies import SaisieError
from segxl.domain.lecture_plan import PLAN
from segxl.domain.loi import parse_loi
from segxl.domain.saisie import parse_date
from segxl.domain.valeur.temps import HEADERS as TEMPS
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.excel.live import LiveWorkbook
from segxl.excel.port import Workbook
from segxl.shipped import read_tables

TODAY = date(2026, 11, 22)
Open = Callable[[], Workbook]


@pytest.fixture(
    params=[
        pytest.param("file", id="file"),
        pytest.param("live", id="live", marks=pytest.mark.excel),
    ]
)
def reopen(request: pytest.FixtureRequest, classeur: Path) -> Open:
    """Return what opens the workbook of three clients, in a file and in Excel, run after run."""
    if request.param == "file":
        return lambda: FileWorkbook(classeur)
    request.getfixturevalue("excel")
    book = xw.Book(classeur)
    return lambda: LiveWorkbook(book)


def planned(reopen: Open, au: date = TODAY) -> plan.BilanPlan:
    workbook = reopen()
    bilan = plan.run(workbook, au)
    workbook.save()
    return bilan


def plan_of(reopen: Open) -> pd.DataFrame:
    return reopen().read_table("Plan").lignes.set_index("Dossier")


def typed(reopen: Open, table: str, row: int, **cells: object) -> None:
    workbook = reopen()
    workbook.write_cells(table, {row: cells})
    workbook.save()


def row_of(reopen: Open, dossier: str) -> int:
    lignes = reopen().read_table("Plan").lignes
    return int(lignes.index[lignes["Dossier"] == dossier][0])


def set_parametre(reopen: Open, nom: str, valeur: object) -> None:
    workbook = reopen()
    lignes = workbook.read_table("Parametres").lignes
    rows = lignes.index[lignes["Paramètre"] == nom]
    if len(rows):
        workbook.write_cells("Parametres", {int(rows[0]): {"Valeur": valeur}})
    else:
        line = {"Paramètre": [nom], "Valeur": [valeur]}
        workbook.append_rows("Parametres", pd.DataFrame(line, dtype=object))
    workbook.save()


def test_the_first_run_makes_the_sheet_with_every_client_of_the_reform(reopen: Open) -> None:
    bilan = planned(reopen)

    rows = plan_of(reopen)
    assert [*reopen().read_table("Plan").letters] == [*PLAN]
    assert sorted(rows.index) == ["D1", "D2"]
    assert rows.at["D2", "Étape"] == "Choisir une plateforme pour la réception"
    assert rows.at["D2", "Alerte"] == "Date légale passée depuis 82 jours"
    assert rows.at["D2", "Responsable"] == "AB"
    assert all(parse_date(day) for day in rows["Date prévue"])
    assert (bilan.nouveaux, bilan.absents, bilan.anomalies) == (2, (), ())


def test_the_clients_to_meet_have_a_sheet_of_their_own(reopen: Open) -> None:
    planned(reopen)

    rows = reopen().read_table("ARencontrer").lignes
    assert rows[["Rang", "Dossier"]].to_numpy().tolist() == [[1, "D2"]]


def test_a_client_met_this_month_leaves_the_list(reopen: Open) -> None:
    workbook = reopen()
    workbook.add_table("Journal", "Journal", JOURNAL_WIDTHS)
    line = {"Date": TODAY, "Dossier": "D2", "Canal": "Visio", "Type": "Échange", "Objet": "Point"}
    workbook.append_rows("Journal", pd.DataFrame([line], dtype=object))
    workbook.save()

    planned(reopen)

    told = reopen().read_table("ARencontrer").lignes["Raison"].tolist()
    assert told == ["Personne à rencontrer : chaque client prioritaire l’a été ce mois-ci."]


def test_a_second_run_changes_no_cell(reopen: Open) -> None:
    planned(reopen)
    before = plan_of(reopen)

    bilan = planned(reopen)

    assert plan_of(reopen).equals(before)
    assert bilan.nouveaux == 0


def test_a_second_run_leaves_the_file_as_it_is(classeur: Path) -> None:
    planned(lambda: FileWorkbook(classeur))
    before = classeur.read_bytes()

    planned(lambda: FileWorkbook(classeur))

    assert classeur.read_bytes() == before


def test_what_a_hand_typed_stays(reopen: Open) -> None:
    planned(reopen)
    row = row_of(reopen, "D2")
    typed(
        reopen, "Plan", row, **{"Date prévue": "mardi 5", "Étape": "Appeler", "Remarque": "≥ 2 h"}
    )

    bilan = planned(reopen, date(2026, 12, 1))

    rows = plan_of(reopen)
    kept = [rows.at["D2", h] for h in ("Date prévue", "Étape", "Remarque")]
    assert kept == ["mardi 5", "Appeler", "≥ 2 h"]
    assert "« Date prévue » ne se lit pas" in str(bilan.anomalies[0])


def test_columns_of_the_firm_and_rows_it_sorted_stay_together(reopen: Open) -> None:
    planned(reopen)
    workbook = reopen()
    workbook.add_columns("Plan", ["Salle"])
    lignes = workbook.read_table("Plan").lignes
    swapped = lignes.iloc[::-1].set_axis(lignes.index)
    workbook.write_columns("Plan", swapped.assign(Salle=swapped["Dossier"].map("Salle {}".format)))
    workbook.save()

    planned(reopen, date(2026, 12, 1))

    rows = reopen().read_table("Plan").lignes
    assert rows["Dossier"].tolist() == ["D1", "D2"]
    assert rows["Salle"].tolist() == ["Salle D1", "Salle D2"]


def test_a_column_that_went_away_comes_back(reopen: Open) -> None:
    workbook = reopen()
    workbook.add_table("Plan", "Plan", {"Dossier": 12, "Date prévue": 12})
    workbook.save()

    planned(reopen)

    assert set(PLAN) <= {*reopen().read_table("Plan").letters}
    assert sorted(plan_of(reopen).index) == ["D1", "D2"]


def test_a_blank_plan_is_filled(reopen: Open) -> None:
    workbook = reopen()
    workbook.add_table("Plan", "Plan", dict.fromkeys(PLAN, 12))
    workbook.save()

    planned(reopen)

    assert sorted(plan_of(reopen).index) == ["D1", "D2"]


def test_a_table_that_is_not_ours_is_refused_and_nothing_is_written(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Plan", "Plan", {"Salle": 12})
    workbook.save()
    before = classeur.read_bytes()

    with pytest.raises(SaisieError, match="le tableau Plan n’a pas la colonne « Dossier »"):
        plan.run(FileWorkbook(classeur), TODAY)

    assert classeur.read_bytes() == before


@pytest.mark.parametrize(
    ("nom", "valeur"),
    [
        ("Rendez-vous par mois et par collaborateur", 0),
        ("Clients à rencontrer", "dix"),
        ("Poids de l’urgence", -1),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_name(
    classeur: Path, nom: str, valeur: object
) -> None:
    set_parametre(lambda: FileWorkbook(classeur), nom, valeur)

    with pytest.raises(SaisieError, match=f"Paramètres : « {nom} » ne convient pas"):
        plan.run(FileWorkbook(classeur), TODAY)


def test_one_person_may_hold_fewer_meetings_a_month_than_the_others(reopen: Open) -> None:
    """Given everyone followed by AB, who can hold one meeting a month, and nobody called ZZ."""
    workbook = reopen()
    clients = workbook.read_table("Clients").lignes
    followed = {int(str(row)): {"Collaborateur": "AB"} for row in clients.index}
    workbook.write_cells("Clients", followed)
    workbook.save()
    set_parametre(reopen, "Capacité AB", 1)
    set_parametre(reopen, "Capacité ZZ", 4)

    bilan = planned(reopen)

    assert bilan.charge["Capacité"].eq(1).all()
    assert bilan.charge["Prévus"].eq(1).all()
    assert len(bilan.rencontres) == 1
    (told,) = [a for a in bilan.anomalies if a.sheet == "Paramètres"]
    assert (told.value, "quelqu’un de ce nom" in told.problem) == ("Capacité zz", True)


def test_the_work_of_each_person_has_a_sheet_of_its_own(reopen: Open) -> None:
    """Given two clients of AB, one hour of CD on the first, and three that are too old to count."""
    workbook = reopen()
    workbook.add_table("Temps", "Temps", dict.fromkeys(TEMPS, 12.0))
    hours = [("D1", date(2026, 10, 2), "CD", "1h30", None, None), ("D1", date(2025, 10, 2), "CD", 3, None, None)]  # fmt: skip
    workbook.append_rows("Temps", pd.DataFrame(hours, columns=[*TEMPS], dtype=object))
    workbook.save()

    planned(reopen)
    planned(reopen)

    rows = reopen().read_table("ChargeEquipe").lignes
    totals = rows[rows["Segment"] == "Total"].set_index("Collaborateur")
    assert [*totals.index] == ["Tous", "AB", "CD"]
    counted = totals[["Clients", "Rendez-vous prévus", "Capacité, 12 mois"]].to_dict("index")
    assert [*counted["AB"].values()] == [2, 2, 96]
    assert totals["Heures, 12 mois"].fillna(0).tolist() == [1.5, 0, 1.5]
    assert rows.loc[rows["Segment"] != "Total", "Clients"].sum() == totals.loc["Tous", "Clients"]


def test_a_table_temps_of_another_software_does_not_stop_the_plan(reopen: Open) -> None:
    workbook = reopen()
    workbook.add_table("Temps", "Temps", {"Météo": 12.0})
    workbook.save()

    planned(reopen)

    assert reopen().has_table("ChargeEquipe")


def test_a_formula_under_the_day_is_never_written_over(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Plan", "Plan", dict.fromkeys(PLAN, 12))
    row = {"Dossier": ["D2"], "Remarque": ["calculée"]}
    workbook.append_rows("Plan", pd.DataFrame(row, dtype=object))
    workbook.save()
    with_formula(classeur, "F4", "TODAY()+30", 46_400)

    planned(lambda: FileWorkbook(classeur))

    assert FileWorkbook(classeur).read_formulas("Plan") == {"Date prévue": {4: "TODAY()+30"}}


def with_formula(path: Path, cell: str, formula: str, value: int) -> None:
    """Put a formula in a cell of the last sheet, as Excel stores it."""
    workbook = FileWorkbook(path)
    package = workbook._package
    part = max(
        (n for n in package.names if n.startswith("xl/worksheets/sheet")),
        key=lambda name: int("".join(filter(str.isdigit, name))),
    )
    row = int(cell.strip("ABCDEFGHIJ"))
    xml = package.read(part).decode()
    head, tail = xml.split(f'<row r="{row}">')
    blank, rest = tail.split(f'<c r="{cell}"', 1)
    style, rest = rest.split("/>", 1)
    cells = f'{blank}<c r="{cell}"{style}><f>{formula}</f><v>{value}</v></c>{rest}'
    package.replace(part, f'{head}<row r="{row}">{cells}'.encode())
    package.save()


def test_the_calendar_holds_the_meetings_to_come(classeur: Path, tmp_path: Path) -> None:
    bilan = plan.run(FileWorkbook(classeur), TODAY)

    count = plan.export_agenda(bilan, tmp_path / "p.ics", datetime(2026, 11, 22, tzinfo=UTC))

    told = (tmp_path / "p.ics").read_text("utf-8")
    assert count == told.count("BEGIN:VEVENT") == 2
    assert "e-mail" not in told.casefold()
    assert "note" not in told.casefold()


def test_a_calendar_that_cannot_be_written_stops_before_the_workbook_changes(
    classeur: Path, tmp_path: Path
) -> None:
    (tmp_path / "p.ics").write_text("à moi")
    workbook = FileWorkbook(classeur)

    with pytest.raises(SaisieError, match="segxl ne l’a pas écrit"):
        plan.run(workbook, TODAY, tmp_path / "p.ics")

    assert not workbook.has_table("Plan")


def test_a_date_of_the_law_that_moves_moves_the_clients_it_dates_and_no_other(
    tmp_path: Path,
) -> None:
    demo.run(tmp_path, 60, 1, TODAY)
    path = tmp_path / "portefeuille.xlsx"
    tables: dict[str, Any] = deepcopy(read_tables("loi"))
    fact = next(t for t in tables.values() if "reception" in t)["reception"]
    fact["valeur"] = date(2026, 10, 1)

    now, then = (
        plan.run(FileWorkbook(path), TODAY, loi=loi).plan.set_index("Dossier")
        for loi in (None, parse_loi(tables))
    )

    moved = now.index[now["Date légale"].map(str) != then["Date légale"].map(str)]
    assert {*now.loc[moved, "Date légale"]} == {date(2026, 9, 1)}
    assert {*then.loc[moved, "Date légale"]} == {date(2026, 10, 1)}
    headers = ["Priorité", "Étape", "Responsable", "Date prévue", "Alerte", "Raison"]
    assert now.drop(moved)[headers].equals(then.drop(moved)[headers])


def test_the_sheets_added_are_sound(classeur: Path) -> None:
    planned(lambda: FileWorkbook(classeur))

    assert find_flaws(classeur) == []


def test_a_workbook_without_a_client_has_no_meeting(tmp_path: Path) -> None:
    from segxl.actions import nouveau  # noqa: PLC0415  this test alone

    path = nouveau.run(tmp_path / "neuf.xlsx")

    bilan = plan.run(FileWorkbook(path), TODAY)

    assert bilan.plan.empty
    assert json.dumps(bilan.charge.to_dict("records")) == "[]"
