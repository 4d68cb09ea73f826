"""What an import writes in Clients keeps its file and its day in the sheet Réponses."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of, score

from segxl.actions import importer
from segxl.actions.importer import BilanImport
from segxl.domain.provenance.origines import HEADERS
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
DAY = datetime(2026, 11, 3)  # noqa: DTZ001  as a cell holds it
TITLES = "Dossier;Raison sociale;Effectif;Sensibilisation;CA HT"


def write(path: Path, *lines: str, titles: str = TITLES, name: str = "export.csv") -> Path:
    export = path.with_name(name)
    export.write_text("\n".join([titles, *lines]) + "\n", "utf-8")
    moment = DAY.timestamp() + 3600
    os.utime(export, (moment, moment))
    return export


def bring(path: Path, *exports: Path) -> BilanImport:
    workbook = FileWorkbook(path)
    bilan = importer.run(workbook, exports)
    workbook.save()
    return bilan


def shown(path: Path) -> list[list[Any]]:
    lignes = rows_of(path, "Reponses", [*HEADERS])
    return lignes.astype(object).where(lignes.notna(), None).to_numpy().tolist()


def test_each_answer_that_is_filled_or_changed_keeps_its_file_and_its_day(classeur: Path) -> None:
    bilan = bring(classeur, write(classeur, "D1;Lumo;12;Jamais informé;", "D9;Nova;4;;50000"))

    assert shown(classeur) == [
        ["D1", "Effectif", 12, "Déclaré", DAY, "Import", "export.csv"],
        ["D1", "Sensibilisation", "Jamais informé", "Déclaré", DAY, "Import", "export.csv"],
        ["D9", "Effectif", 4, "Déclaré", DAY, "Import", "export.csv"],
        ["D9", "CA HT", 50000, "Déclaré", DAY, "Import", "export.csv"],
    ]
    assert bilan.phrases[-1] == "4 réponses : d’où et de quand, dans la feuille Réponses."
    assert find_flaws(classeur) == []


def test_a_second_import_changes_nothing_and_a_new_value_takes_the_line(classeur: Path) -> None:
    export = write(classeur, "D1;Lumo;12;;")
    bring(classeur, export)
    before = classeur.read_bytes()

    bring(classeur, export)
    assert classeur.read_bytes() == before

    bring(classeur, write(classeur, "D1;Lumo;14;;", name="plus tard.csv"))
    assert [[r[2], r[6]] for r in shown(classeur)] == [[14, "plus tard.csv"]]


def test_the_staff_of_a_band_of_the_register_is_a_deduction(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"SIREN": "443061841"}})
    workbook.save()
    titles = "siren,denominationUniteLegale,trancheEffectifsUniteLegale"

    bring(classeur, write(classeur, "443061841,LUMO,12", titles=titles))

    [told] = shown(classeur)
    assert told[1:4] == ["Effectif", 35, "Déduit"]
    assert told[6] == "export.csv, milieu de la tranche de l’INSEE, à confirmer"


def test_beyond_what_a_sheet_bears_a_column_has_one_line(
    classeur: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "MOST", 2)

    bilan = bring(classeur, write(classeur, "D1;Lumo;12;;", "D2;Père;14;;", "D9;Nova;4;;50000"))

    assert [r[:4] for r in shown(classeur)] == [
        ["(plusieurs)", "Effectif", "cases remplies ou changées : 3", "Déclaré"],
        ["(plusieurs)", "CA HT", "cases remplies ou changées : 1", "Déclaré"],
    ]
    assert "une par colonne" in bilan.phrases[-1]
    assert not any("(plusieurs)" in str(a) for a in score(classeur).anomalies)


def test_a_simulation_tells_the_lines_and_writes_none(classeur: Path) -> None:
    told = importer.run(FileWorkbook(classeur), [write(classeur, "D1;Lumo;12;;")], simulation=True)

    assert "1 réponse : d’où et de quand, dans la feuille Réponses." in told.phrases
    assert not FileWorkbook(classeur).has_table("Reponses")


def test_in_an_open_workbook_the_lines_are_the_same(classeur: Path, excel: TestExcel) -> None:
    export = write(classeur, "D1;Lumo;12;;")
    book = excel.open(classeur)
    live = LiveWorkbook(book)

    importer.run(live, [export])
    live.save()

    told = LiveWorkbook(book).read_table("Reponses").lignes
    assert told[["Dossier", "Question", "Réponse", "Auteur"]].to_numpy().tolist() == [
        ["D1", "Effectif", 12, "Import"]
    ]
