"""Colours are conditional formats keyed on a word; the user's own rules stay."""

from __future__ import annotations

import re
from pathlib import Path

from tests.excel.opc import find_flaws
from tests.excel.parts import edit_part, place_of, read_parts, score

from segxl.excel.file import FileWorkbook
from segxl.excel.ooxml.sheet_xml import insert_block


def rules_of(path: Path) -> list[tuple[str, list[str]]]:
    sheet = read_parts(path)[place_of(path, "Clients").sheet_part].decode()
    blocks = re.findall(
        r'<conditionalFormatting[^>]* ?sqref="([^"]*)"[^>]*>(.*?)</conditionalFormatting>', sheet
    )
    return [(sqref, re.findall(r"<formula>(.*?)</formula>", rules)) for sqref, rules in blocks]


def test_each_colour_has_one_rule_over_all_the_clients(scored: Path) -> None:
    rules = dict(rules_of(scored))

    assert rules["C5:C7 D5:D7"][0] == '$D5="Rouge"'
    assert len(rules["C5:C7 D5:D7"]) == 7


def test_a_new_colour_in_the_table_is_painted_at_the_next_run(scored: Path) -> None:
    workbook = FileWorkbook(scored)
    workbook.write_cells("Couleurs", {5: {"Couleur": "Rouge & vif", "Fond": "#FF0000"}})
    workbook.save()

    score(scored)

    assert '$D5="Rouge &amp; vif"' in dict(rules_of(scored))["C5:C7 D5:D7"]
    assert '$D5="Rouge"' not in str(rules_of(scored))
    assert find_flaws(scored) == []


def test_a_rule_of_the_user_on_whole_rows_stays(scored: Path) -> None:
    own = b'<conditionalFormatting sqref="A5:CN7"><cfRule type="expression" dxfId="0" priority="99"><formula>$D5="Rouge"</formula></cfRule></conditionalFormatting>'
    part = place_of(scored, "Clients").sheet_part
    edit_part(scored, part, (b"<conditionalFormatting", own + b"<conditionalFormatting"))

    score(scored)

    assert own in read_parts(scored)[part]


def test_pieces_that_sorting_cut_out_of_a_rule_are_gathered(scored: Path) -> None:
    before = rules_of(scored)
    piece = b'<conditionalFormatting sqref="C7"><cfRule type="expression" dxfId="0" priority="99"><formula>$D7="Rouge"</formula></cfRule></conditionalFormatting>'
    part = place_of(scored, "Clients").sheet_part
    edit_part(scored, part, (b"<conditionalFormatting", piece + b"<conditionalFormatting"))

    score(scored)

    assert sorted(rules_of(scored)) == sorted(before)


def test_a_block_goes_where_the_standard_wants_it() -> None:
    views = (
        b"<customSheetViews><customSheetView><pageMargins/></customSheetView></customSheetViews>"
    )
    after = b"<sheetProtection/>" + views + b"<mergeCells/><pageMargins/><tableParts/></worksheet>"

    placed = insert_block(after, "conditionalFormatting", b"<conditionalFormatting/>")

    assert b"<mergeCells/><conditionalFormatting/><pageMargins/>" in placed
