"""Every workbook that segxl makes follows the standard: Excel opens it without a repair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from tests.actions.listes import write_plain, write_table
from tests.engine.excel import start
from tests.excel.opc import find_flaws

from segxl.actions import adopter, courriers, demo, expliquer, journal, noter, nouveau, plan
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook
from segxl.faces import ruban

INLINE = "inline-string cell(s)"
"""A remark, no fault: Excel moves such texts to its shared list at the next save."""
DAY = date(2026, 11, 22)
Maker = Callable[[Path, Path], Path]


def new(folder: Path, _: Path) -> Path:
    return nouveau.run(folder / "neuf.xlsx")


def demonstration(folder: Path, _: Path) -> Path:
    return demo.run(folder / "démo", 20, 1, DAY).classeur


def scored(_: Path, classeur: Path) -> Path:
    """Return a workbook with every sheet that appears when first used."""
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"Sensibilisation": "Peut-être"}})
    workbook.save()
    workbook = FileWorkbook(classeur)
    noter.run(workbook, DAY)
    expliquer.show(workbook, "D2")
    workbook.save()
    workbook = FileWorkbook(classeur)
    commande = courriers.Commande(vers=classeur.parent / "lettres", beside=classeur.parent, today=DAY)  # fmt: skip
    courriers.run(workbook, commande)
    workbook.save()
    workbook = FileWorkbook(classeur)
    journal.run(workbook, journal.Echange(dossier="D2", objet="Mandat relu"), DAY)
    plan.run(workbook, DAY)
    workbook.save()
    return classeur


def adopted_range(folder: Path, _: Path) -> Path:
    return adopted(write_plain(folder / "liste.xlsx"))


def adopted_table(folder: Path, _: Path) -> Path:
    return adopted(write_table(folder / "liste.xlsx"))


def adopted(liste: Path) -> Path:
    made = liste.with_name("adopté.xlsx")
    adopter.run(made, adopter.Demande(liste=liste))
    workbook = FileWorkbook(made)
    noter.run(workbook, DAY)
    workbook.save()
    return made


def clicked(folder: Path, classeur: Path) -> Path:
    """Return what Excel saved after clicks."""
    excel = start()
    book = excel.open(classeur)
    excel.call(book)
    ruban.press("noter")
    workbook = LiveWorkbook(book)
    expliquer.show(workbook, "D2")
    workbook.save()
    path = excel.save(book, folder / "cliqué.xlsx")
    excel.quit()
    return path


def errors_of(path: Path) -> set[str]:
    errors = map(str, OpenXmlValidator().validate(path).errors)
    return {error for error in errors if INLINE not in error}


@pytest.mark.memory
@pytest.mark.parametrize(
    "make", [new, demonstration, scored, adopted_range, adopted_table, clicked], ids=lambda m: m.__name__
)  # fmt: skip
def test_a_workbook_made_by_segxl_is_sound(make: Maker, tmp_path: Path, classeur: Path) -> None:
    path = make(tmp_path, classeur)

    assert find_flaws(path) == []
    liste = tmp_path / "liste.xlsx"
    inherited = errors_of(liste) if liste.exists() else set()
    assert errors_of(path) <= inherited
