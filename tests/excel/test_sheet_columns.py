"""Widths, groups, rules and lists added to a sheet that has its own."""

from __future__ import annotations

import pytest

from segxl.excel.adoption.sheet_columns import Column, set_columns
from segxl.excel.adoption.sheet_rules import add_rules, add_validations

FOLDED = Column(width=9, style=4, is_folded=True)


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (b"", b'<sheetPr><outlinePr summaryRight="0"/></sheetPr>'),
        (b"<sheetPr/>", b'<sheetPr><outlinePr summaryRight="0"/></sheetPr>'),
        (
            b'<sheetPr codeName="F1"><tabColor rgb="FF00FF00"/><pageSetUpPr fitToPage="1"/></sheetPr>',
            b'<tabColor rgb="FF00FF00"/><outlinePr summaryRight="0"/><pageSetUpPr fitToPage="1"/>',
        ),
        (
            b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            b'<sheetPr><outlinePr summaryRight="0"/><pageSetUpPr fitToPage="1"/></sheetPr>',
        ),
    ],
)
def test_a_folded_group_has_its_plus_before_it(head: bytes, wanted: bytes) -> None:
    sheet = b"<worksheet>" + head + b'<sheetFormatPr defaultRowHeight="15"/><sheetData></sheetData>'

    seen = set_columns(sheet, {5: FOLDED})

    assert wanted in seen
    assert b'<sheetFormatPr outlineLevelCol="1" defaultRowHeight="15"/>' in seen
    assert (
        b'<col min="5" max="5" width="9" style="4" hidden="1" customWidth="1" outlineLevel="1"/>'
        in seen
    )


def test_a_sheet_as_libreoffice_spells_it_takes_a_group() -> None:
    head = b'<sheetFormatPr defaultRowHeight="12.8" outlineLevelCol="0" outlineLevelRow="0"></sheetFormatPr>'
    own = b'<cols><col min="1" max="9" width="5"></col></cols>'

    seen = set_columns(b"<worksheet>" + head + own + b"<sheetData></sheetData>", {5: FOLDED})

    assert seen.count(b"<sheetFormatPr ") == 1
    assert seen.count(b"outlineLevelCol") == 1
    assert b'<col min="6" max="9" width="5"></col>' in seen


def test_groups_of_the_firm_keep_their_plus_where_it_was() -> None:
    own = b'<cols><col min="2" max="3" width="5" outlineLevel="1"/></cols>'
    sheet = b'<worksheet><sheetFormatPr outlineLevelCol="1"/>' + own + b"<sheetData></sheetData>"

    seen = set_columns(sheet, {5: FOLDED})

    assert b"outlinePr" not in seen
    assert own[6:-7] in seen


def test_a_look_that_runs_to_the_last_column_goes_on_around_ours() -> None:
    sheet = b'<worksheet><cols><col min="1" max="16384" width="5" style="2"/></cols><sheetData></sheetData>'

    seen = set_columns(sheet, {3: Column(width=8, style=7), 4: Column(width=9, style=7)})

    assert seen.count(b"<col ") == 4
    assert b'<col min="1" max="2" width="5" style="2"/>' in seen
    assert b'<col min="5" max="16384" width="5" style="2"/>' in seen


def test_lists_join_those_of_the_firm() -> None:
    own = b'<dataValidations count="1"><dataValidation sqref="A1"/></dataValidations></worksheet>'

    seen = add_validations(own, ['<dataValidation sqref="B1"/>'])

    assert seen.startswith(b'<dataValidations count="2"><dataValidation sqref="A1"/>')
    assert seen.count(b"<dataValidations") == 1


def test_rules_come_after_those_of_the_firm_in_rank() -> None:
    own = b'<conditionalFormatting sqref="A1"><cfRule priority="7"/></conditionalFormatting></worksheet>'
    ours = '<conditionalFormatting sqref="B1"><cfRule priority="1"/></conditionalFormatting>'

    seen = add_rules(own, [ours], [])

    assert b'sqref="A1"><cfRule priority="7"/>' in seen
    assert b'sqref="B1"><cfRule priority="8"/>' in seen


@pytest.mark.parametrize(
    "own",
    [
        b"",
        b'<extLst><ext uri="{A}"><x/></ext></extLst>',
        b'<extLst><ext xmlns:x14="n" uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}">%s</ext></extLst>'
        % b"<x14:conditionalFormattings></x14:conditionalFormattings>",
    ],
)
def test_rules_of_the_2009_format_join_the_extensions_of_the_firm(own: bytes) -> None:
    bar = '<x14:conditionalFormatting xmlns:xm="m"><xm:sqref>B1</xm:sqref></x14:conditionalFormatting>'

    seen = add_rules(b"<pageMargins/>" + own + b"</worksheet>", [], [bar])

    assert seen.count(b"<extLst>") == 1
    assert seen.count(b"{78C0D931-6437-407d-A8EE-F0AAD7539E65}") == 1
    assert b"<xm:sqref>B1</xm:sqref>" in seen
    assert seen.count(b"{A}") == own.count(b"{A}")
