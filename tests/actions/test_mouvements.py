"""Who moved: what « Noter » and « Valeur » put on record, and what the dashboard says of before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.excel.fake import FakeWorkbook
from tests.excel.opc import find_flaws
from tests.excel.parts import place_of, read_parts, rows_of, score, write_parts
from tests.simulations import portefeuille_of

from segxl.actions import noter, segments, valeur
from segxl.domain.mouvements import suites as s
from segxl.excel.file import FileWorkbook
from segxl.faces.messages import of_notation

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
MAI, OCTOBRE, DEBUT, FIN = date(2026, 5, 22), date(2026, 10, 1), date(2026, 11, 5), date(2026, 11, 22)  # fmt: skip
DECEMBRE = date(2026, 12, 15)
POLICY = ("Criteres", "Baremes", "Couleurs", "Segments", "Parametres", "Cabinet")
BETTER = {"Outil de facturation": "Logiciel compatible", "Autonomie": "Autonome", "Émission des factures": "Facture électronique"}  # fmt: skip


def type_in(path: Path, dossier: str, **cells: object) -> None:
    workbook = FileWorkbook(path)
    lignes = workbook.read_table("Clients").lignes
    (row,) = lignes.index[lignes["Dossier"] == dossier]
    named = {h.replace("_", " "): v for h, v in cells.items()}
    workbook.write_cells("Clients", {int(row): named}, keep_formulas=False)
    workbook.save()


def improve(path: Path, dossier: str = "D2", **more: object) -> None:
    type_in(path, dossier, **BETTER, **more)


def sheet(path: Path, table: str) -> pd.DataFrame:
    return FileWorkbook(path).read_table(table).lignes


def moves(path: Path) -> list[tuple[object, ...]]:
    """Return day, dossier, word, and colours of each row."""
    rows = sheet(path, "Mouvements")[["Date", "Dossier", "Mouvement", "Couleur avant", "Couleur après"]]  # fmt: skip
    return [(day.date(), *others) for day, *others in rows.to_numpy().tolist()]


def value(workbook: FakeWorkbook, au: date) -> dict[str, str]:
    valeur.run(workbook, au)
    workbook.save()
    return dict(workbook.read_table("Valeur").lignes[["Dossier", "A→D"]].to_numpy().tolist())


def above(path: Path) -> list[object]:
    found = openpyxl.load_workbook(path)["Mouvements"]
    return [cell.value for cell in found["A"][:6]]


@pytest.fixture
def noted(classeur: Path) -> Path:
    """Return three clients noted once, in May."""
    score(classeur, MAI)
    return classeur


def test_a_first_calculation_compares_nobody_and_hides_the_day_it_keeps(noted: Path) -> None:
    book = openpyxl.load_workbook(noted)

    assert not FileWorkbook(noted).has_table("Mouvements")
    assert book["Historique"].sheet_state == "hidden"
    assert [d.date() for d in sheet(noted, "Historique")["Date"]] == [MAI]
    told = sheet(noted, "AvantApres").set_index("Mesure")["Ce qui a changé"]
    assert told["Note FE moyenne"] == "Première mesure le 22/05/2026"
    assert told["Honoraires"] == "Pas encore mesuré : cliquez sur « Segments »"


def test_who_changed_has_a_row_from_what_to_what_and_who_did_not_has_none(noted: Path) -> None:
    improve(noted)

    bilan = score(noted, FIN)

    assert moves(noted) == [(FIN, "D2", s.MONTE, "Rouge", "Orange")]
    (row,) = sheet(noted, "Mouvements").to_dict("records")
    assert (row["Note avant"], row["Note après"]) == (0.5, 5.6)
    assert (row["Segment avant"], row["Segment après"]) == ("Prioritaire", "Prioritaire")
    assert row["Comparé au"].date() == MAI
    assert row["Depuis le premier calcul"] == "0,5 → 5,6 · Rouge → Orange (depuis le 22/05/2026)"  # fmt: skip
    assert above(noted)[4:] == [
        "Derniers mouvements : au 22/11/2026, 1 monte de couleur ; 2 gardent leur couleur.",
        "Depuis le premier calcul : 1 monte de couleur.",
    ]
    assert "Depuis le 22/05/2026 : 1 monte de couleur (feuille Mouvements)." in of_notation(bilan, "Anomalies")  # fmt: skip
    assert find_flaws(noted) == []


def test_a_second_calculation_of_the_same_day_changes_nothing(noted: Path) -> None:
    improve(noted)
    score(noted, FIN)
    before = noted.read_bytes()

    bilan = score(noted, FIN)

    assert noted.read_bytes() == before
    assert bilan.suivi.mouvements == ()


def test_a_month_has_one_row_a_client_from_its_beginning_to_its_end(noted: Path) -> None:
    improve(noted)
    score(noted, DEBUT)
    type_in(noted, "D2", Plateforme_agréée="Réception et émission", Digitalisation="Complète")

    score(noted, FIN)

    assert moves(noted) == [(FIN, "D2", s.MONTE, "Rouge", "Jaune")]
    assert sheet(noted, "Mouvements")["Comparé au"].tolist()[0].date() == MAI
    assert "au 22/11/2026, 1 monte de couleur ; 2 gardent" in str(above(noted)[4])


def test_who_falls_back_within_the_month_has_no_row_left(noted: Path) -> None:
    worse = dict(zip(BETTER, ("Papier", "Pas autonome", "Papier"), strict=True))
    improve(noted)
    score(noted, DEBUT)
    type_in(noted, "D2", **worse)

    score(noted, FIN)

    assert sheet(noted, "Mouvements").isna().all(axis=None)
    assert above(noted)[4] == "Derniers mouvements : au 22/11/2026, personne n’a bougé ; 3 gardent leur couleur."  # fmt: skip


def test_two_months_stay_both_and_the_latest_row_tells_since_the_first(noted: Path) -> None:
    improve(noted)
    score(noted, OCTOBRE)
    type_in(noted, "D2", Plateforme_agréée="Réception et émission", Digitalisation="Complète")

    score(noted, FIN)

    assert moves(noted) == [
        (FIN, "D2", s.MONTE, "Orange", "Jaune"),
        (OCTOBRE, "D2", s.MONTE, "Rouge", "Orange"),
    ]
    since = sheet(noted, "Mouvements")["Depuis le premier calcul"].tolist()
    assert str(since[0]).startswith("0,5 → 10,4 · Rouge → Jaune · Prioritaire → À informer")
    assert since[1] is None


def test_new_departed_and_returned_clients_are_told_apart(noted: Path) -> None:
    workbook = FileWorkbook(noted)
    new = {"Dossier": "N1", "Raison sociale": '=HYPERLINK("x") R&D <Fils> {{7*7}}', "Outil de facturation": "Papier"}  # fmt: skip
    workbook.append_rows("Clients", pd.DataFrame([new], dtype=object))
    workbook.save()
    type_in(noted, "D1", Sortie_le=date(2026, 9, 30))
    score(noted, OCTOBRE)
    type_in(noted, "D1", Sortie_le=None)

    score(noted, FIN)

    assert moves(noted) == [
        (FIN, "D1", s.REVIENT, "Vert clair", "Vert clair"),
        (OCTOBRE, "N1", s.ARRIVE, None, "Rouge"),
        (OCTOBRE, "D1", s.PART, "Vert clair", "Vert clair"),
    ]
    names = sheet(noted, "Mouvements").set_index("Dossier")["Raison sociale"]
    assert names["N1"] == new["Raison sociale"]


def test_a_departure_is_told_once_where_clients_has_no_column_for_the_next_step(
    noted: Path,
) -> None:
    file = FileWorkbook(noted)
    frames = {t: file.read_table(t).lignes.reset_index(drop=True) for t in (*POLICY, "Clients", "Etapes")}  # fmt: skip
    clients = frames["Clients"].drop(columns="Prochaine étape")
    clients.loc[0, "Sortie le"] = date(2026, 9, 30)
    workbook = FakeWorkbook({**frames, "Clients": clients})
    for day in (OCTOBRE, FIN):
        noter.run(workbook, day)
        workbook.save()

    rows = workbook.read_table("Mouvements").lignes

    assert rows[["Date", "Dossier", "Mouvement"]].to_numpy().tolist() == [[OCTOBRE, "D1", s.PART]]


def test_a_calculation_of_an_earlier_day_tells_of_no_move(noted: Path) -> None:
    improve(noted)

    score(noted, date(2026, 4, 1))

    assert not FileWorkbook(noted).has_table("Mouvements")


def test_valeur_tells_who_changed_class_and_noter_repeats_the_class() -> None:
    """Given three clients of whom the best and the worst change places."""
    workbook = portefeuille_of({"D1": (9_000, 10), "D2": (5_000, 30), "D3": (100, 50)})
    before = value(workbook, FIN)
    fees = dict(zip(workbook.read_table("Clients").lignes.index, (100, 5_000, 9_000), strict=True))
    workbook.write_cells("Clients", {int(row): {"Honoraires annuels": x} for row, x in fees.items()})  # fmt: skip
    workbook.save()

    after = value(workbook, DECEMBRE)

    rows = workbook.read_table("Mouvements").lignes.set_index("Dossier")
    assert {*rows.index} == {key for key in before if before[key] != after[key]}
    assert {*rows["Mouvement"]} == {s.CLASSE}
    assert [*rows.loc["D1", ["Classe avant", "Classe après"]]] == [before["D1"], after["D1"]]
    assert rows.at["D1", "Comparé au"] == FIN


def test_a_class_of_a_later_day_is_compared_with_nothing() -> None:
    workbook = portefeuille_of({"D1": (9_000, 10), "D2": (5_000, 30), "D3": (100, 50)})
    value(workbook, DECEMBRE)
    row = workbook.read_table("Valeur").lignes.index[0]
    workbook.write_cells("Valeur", {int(row): {"A→D": "Z"}})
    workbook.save()

    value(workbook, FIN)

    assert not workbook.has_table("Mouvements")


def test_noter_repeats_the_class_that_valeur_found(noted: Path) -> None:
    workbook = FileWorkbook(noted)
    workbook.add_table("Valeur", "Valeur", {"Dossier": 10, "A→D": 7, "Calculé le": 12})
    workbook.append_rows("Valeur", pd.DataFrame([{"Dossier": "d2", "A→D": "B"}], dtype=object))
    workbook.save()
    improve(noted)

    score(noted, FIN)

    (row,) = sheet(noted, "Mouvements").to_dict("records")
    assert (row["Classe avant"], row["Classe après"]) == ("B", "B")


def test_a_row_that_somebody_typed_stays_under_the_others(noted: Path) -> None:
    improve(noted)
    score(noted, OCTOBRE)
    workbook = FileWorkbook(noted)
    workbook.append_rows("Mouvements", pd.DataFrame([{"Date": "hier", "Dossier": "D1", "Mouvement": "à revoir"}], dtype=object))  # fmt: skip
    workbook.save()
    type_in(noted, "D2", Plateforme_agréée="Réception et émission")

    score(noted, FIN)

    assert sheet(noted, "Mouvements")["Mouvement"].tolist()[-1] == "à revoir"
    assert len(sheet(noted, "Mouvements")) == 3


@pytest.mark.parametrize("name", ["Mouvements", "Historique"])
def test_a_table_of_that_name_that_is_not_ours_keeps_no_client_from_its_note(
    classeur: Path, name: str
) -> None:
    score(classeur, MAI)
    workbook = FileWorkbook(classeur)
    if not workbook.has_table(name):
        workbook.add_table(name, name, {"À moi": 20})
        workbook.save()
    else:
        edited = read_parts(classeur)[place_of(classeur, name).table_part].replace(b'"Date"', b'"A moi"')  # fmt: skip
        parts = read_parts(classeur) | {place_of(classeur, name).table_part: edited}
        write_parts(classeur, parts)
        book = openpyxl.load_workbook(classeur)
        found = next(c for row in book[name].iter_rows() for c in row if c.value == "Date")
        found.value = "A moi"
        book.save(classeur)
    improve(classeur)

    bilan = score(classeur, FIN)

    assert rows_of(classeur)["Couleur"].tolist()[1] == "Orange"
    (told,) = bilan.anomalies
    assert (told.sheet, told.is_blocking) == (name, False)
    assert f"la feuille {name} reste comme avant" in told.problem


def test_a_workbook_of_before_has_no_such_table_and_is_noted_all_the_same(noted: Path) -> None:
    book = openpyxl.load_workbook(noted)
    del book["Tableau de bord"].tables["AvantApres"]
    book.save(noted)
    improve(noted)

    assert score(noted, FIN).anomalies == ()


def test_the_dashboard_sets_the_first_calculation_beside_the_last(noted: Path) -> None:
    improve(noted)
    score(noted, OCTOBRE)
    workbook = FileWorkbook(noted)
    segments.run(workbook, FIN)
    workbook.save()

    rows = sheet(noted, "AvantApres").set_index("Mesure")

    assert [*rows.loc["Note FE moyenne"]] == ["7,9", "10,4", "+2,5", "↗ En progrès, du 22/05/2026 au 22/11/2026"]  # fmt: skip
    assert [*rows.loc["Clients"]] == ["–", "3", "–", "Première mesure le 22/11/2026"]


def test_noter_keeps_one_day_a_month_and_no_day_of_segments_goes_away(noted: Path) -> None:
    workbook = FileWorkbook(noted)
    segments.run(workbook, date(2026, 11, 2))
    workbook.save()
    for day in (DEBUT, date(2026, 11, 12), FIN):
        score(noted, day)

    rows = sheet(noted, "Historique")

    assert [d.date() for d in rows["Date"]] == [MAI, date(2026, 11, 2), FIN]
    assert rows["Clients"].tolist() == [None, 3, None]
