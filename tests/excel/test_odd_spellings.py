"""Sheets that other programs write, each its own way: all read, all scored, all sound after."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from tests.excel.opc import find_flaws
from tests.excel.parts import TODAY, edit_parts, read_parts, rows_of, score, value_of

from segxl.excel.file import FileWorkbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
Spell = Callable[[str, bytes], bytes | None]


def prefixed(name: str, content: bytes) -> bytes:
    if not re.match(r"xl/(workbook\.xml|(worksheets|tables)/[^/]*\.xml)$", name):
        return content
    prefixed = re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s>/])", rb"<\1x:\2", content)
    return prefixed.replace(b'xmlns="', b'xmlns:x="', 1)


def without_references(name: str, content: bytes) -> bytes:
    if name != "xl/worksheets/sheet2.xml":
        return content
    rows = dict(re.findall(rb'<row r="(\d+)"[^>]*>(.*?)</row>', content))
    cells = {n: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", row) for n, row in rows.items()}
    numbers = range(1, 1 + max(map(int, rows)))
    data = b"".join(b"<row>" + cells.get(b"%d" % n, b"") + b"</row>" for n in numbers)
    start, end = content.index(b"<sheetData>") + len(b"<sheetData>"), content.index(b"</sheetData>")
    return content[:start] + data + content[end:]


def strict(name: str, content: bytes) -> bytes:
    del name
    return content.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    ).replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


def single_quoted(name: str, content: bytes) -> bytes:
    if name != "xl/worksheets/sheet2.xml":
        return content
    return re.sub(rb"<(?:row|c)\s[^>]*>", lambda m: m[0].replace(b'"', b"'"), content)


def without_styles(name: str, content: bytes) -> bytes | None:
    if name == "xl/styles.xml":
        return None
    if name.startswith("xl/worksheets/sheet"):
        content = re.sub(rb'(<(?:c|col)\b[^>]*?) s(?:tyle)?="\d+"', rb"\1", content)
        return re.sub(rb"<conditionalFormatting.*?</conditionalFormatting>", b"", content)
    return re.sub(rb'<(?:Override|Relationship) [^>]*styles\.xml"[^>]*/>', b"", content)


def spaced(name: str, content: bytes) -> bytes:
    if name != "xl/worksheets/sheet2.xml":
        return content
    return content.replace(b"<row ", b"\n  <row ").replace(b"<sheetData>", b"<sheetData>\n")


SPELLINGS = [prefixed, without_references, strict, single_quoted, without_styles, spaced]


@pytest.mark.parametrize("spell", SPELLINGS, ids=lambda s: s.__name__)
def test_every_spelling_gives_the_same_notes(spell: Spell, classeur: Path) -> None:
    wanted = score(classeur).resultats.lignes
    edit_parts(classeur, spell)

    found = score(classeur).resultats.lignes

    assert found.equals(wanted)


@pytest.mark.parametrize("spell", SPELLINGS, ids=lambda s: s.__name__)
def test_every_spelling_is_sound_after_a_run_that_adds_a_sheet(
    spell: Spell, classeur: Path
) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"Digitalisation": "Je ne sais pas"}})
    workbook.save()
    edit_parts(classeur, spell)

    score(classeur)

    assert find_flaws(classeur) == []
    assert len(rows_of(classeur, "Anomalies")) == 1
    assert value_of(classeur, 5, "Segment") == "Prêt"


@pytest.mark.parametrize("spell", SPELLINGS, ids=lambda s: s.__name__)
def test_every_spelling_is_left_alone_by_a_second_run(spell: Spell, classeur: Path) -> None:
    edit_parts(classeur, spell)
    score(classeur)
    before = classeur.read_bytes()

    score(classeur)

    assert classeur.read_bytes() == before


def test_a_new_sheet_speaks_the_strict_dialect_of_its_workbook(classeur: Path) -> None:
    workbook = FileWorkbook(edit_parts(classeur, strict))
    workbook.add_table("Courriers", "Courriers", {"Date": 12})
    workbook.save()

    assert not any(
        b"schemas.openxmlformats.org/spreadsheetml" in c for c in read_parts(classeur).values()
    )


def test_a_date_is_right_in_a_workbook_that_counts_from_1904(classeur: Path) -> None:
    edit_parts(
        classeur,
        lambda n, c: (
            c.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
            if n == "xl/workbook.xml"
            else c
        ),
    )

    score(classeur)

    sheet = openpyxl.load_workbook(classeur)["Clients"]
    column = next(c.column for c in sheet[4] if c.value == "Calculé le")
    assert sheet.cell(5, column).value.date() == TODAY  # type: ignore[union-attr]


def test_a_result_column_without_any_format_shows_notes_and_dates(classeur: Path) -> None:
    edit_parts(classeur, without_styles)

    score(classeur)

    sheet = openpyxl.load_workbook(classeur)["Clients"]
    shown = {str(h.value): c.number_format for h, c in zip(sheet[4], sheet[5], strict=True)}
    assert (shown["Note FE"], shown["Complétude"], shown["Calculé le"]) == (
        "0.0",
        "0%",
        "dd/mm/yyyy",
    )
