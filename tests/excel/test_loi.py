"""The sheet Calendrier légal: every fact with its source, as of the law that computes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.excel.fake import FakeWorkbook
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of, score

from segxl.actions import actualiser
from segxl.domain.loi import Loi, parse_loi
from segxl.excel.file import FileWorkbook
from segxl.excel.loi import WIDTHS, list_faits, write_loi
from segxl.shipped import read_tables
from segxl.sources.loi import read_loi

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def checked_later() -> Loi:
    """The shipped law, checked a day later."""
    files = read_tables("loi")
    for tables in files.values():
        for told in tables.values():
            for record in told if isinstance(told, list) else [told]:
                record["verifie_le"] += timedelta(days=1)
    return parse_loi(files)


def test_the_first_notes_bring_the_sheet_with_every_fact(classeur: Path) -> None:
    score(classeur)

    shown = rows_of(classeur, "Loi")
    assert len(shown) == len(list_faits(read_loi())) > 100
    assert shown[["Fait", "Valeur", "Source", "Confiance", "Vérifié le"]].notna().all(axis=None)
    assert find_flaws(classeur) == []


def test_days_are_shown_as_days_and_words_as_readers_say_them(classeur: Path) -> None:
    score(classeur)

    shown = rows_of(classeur, "Loi")
    values = set(shown["Valeur"].map(str))
    assert {"01/09/2027", "trois fois par mois"} <= values
    assert not any("_" in v or "decade" in v for v in values)
    assert set(shown["À confirmer"]) == {"Oui", "Non"}


def test_a_later_check_of_the_law_rewrites_the_sheet() -> None:
    workbook = FakeWorkbook({})
    write_loi(workbook, read_loi())
    workbook.save()

    write_loi(workbook, checked_later())
    workbook.save()

    before = [*list_faits(read_loi())["Vérifié le"]]
    after = [*workbook.read_table("Loi").lignes["Vérifié le"]]
    assert after == [day + timedelta(days=1) for day in before]


def test_the_same_law_writes_nothing(classeur: Path) -> None:
    score(classeur)
    before = classeur.read_bytes()
    workbook = FileWorkbook(classeur)

    actualiser.run(workbook)
    workbook.save()

    assert classeur.read_bytes() == before


def test_a_table_of_the_firms_that_bears_this_name_is_left_alone() -> None:
    theirs = list_faits(read_loi()).head(1)[["Fait"]]
    workbook = FakeWorkbook({"Loi": theirs})

    write_loi(workbook, read_loi())
    workbook.save()

    assert len(workbook.read_table("Loi").lignes) == 1


def test_the_sheet_has_a_width_for_every_column() -> None:
    assert [*list_faits(read_loi())] == [*WIDTHS]
