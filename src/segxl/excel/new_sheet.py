"""A sheet that appears when first used: one empty table with a header row, ready to be filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from segxl.domain.tableau import column_letter
from segxl.excel.cells import encode_cell
from segxl.excel.package import Package
from segxl.excel.structure import MAIN, OFFICE_RELS, PACKAGE_RELS, rels_name
from segxl.excel.styles import Styles

HEADER_ROW = 3
"""A title and a line of room stand above the table."""
_FILLED_BY_SEGXL = "#2E7D5B"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def add_sheet(package: Package, table: str, sheet: str, widths: Mapping[str, float]) -> None:
    """Add a sheet at the end of the workbook; ``widths`` gives the headers and their widths."""
    sheet_part = _free_name(package, "xl/worksheets/sheet{}.xml")
    table_part = _free_name(package, "xl/tables/table{}.xml")
    styles = Styles(package.read("xl/styles.xml"))
    package.replace(sheet_part, _sheet_xml(sheet, widths, styles))
    package.replace("xl/styles.xml", styles.content)
    package.replace(table_part, _table_xml(package, table, widths))
    relation = f'<Relationship Id="rId1" Type="{OFFICE_RELS}/table" Target="/{table_part}"/>'
    package.replace(
        rels_name(sheet_part),
        f'{_XML}<Relationships xmlns="{PACKAGE_RELS}">{relation}</Relationships>'.encode(),
    )
    _declare(package, sheet_part, _SHEET_TYPE)
    _declare(package, table_part, _TABLE_TYPE)
    _register(package, sheet, sheet_part)


def _sheet_xml(title: str, widths: Mapping[str, float], styles: Styles) -> bytes:
    header, wrapped = styles.header(_FILLED_BY_SEGXL), styles.wrapped()
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{w}" style="{wrapped}" customWidth="1"/>'
        for i, w in enumerate(widths.values(), 1)
    )
    cells = b"".join(encode_cell(i, HEADER_ROW, h, header) for i, h in enumerate(widths, 1))
    blanks = b"".join(
        encode_cell(i, HEADER_ROW + 1, None, wrapped) for i in range(1, len(widths) + 1)
    )
    last = column_letter(len(widths))
    return b"".join(
        (
            f'{_XML}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE_RELS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{last}{HEADER_ROW + 1}"/><sheetViews><sheetView showGridLines="0" workbookViewId="0">'
            f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{HEADER_ROW + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData><row r="1">'.encode(),
            encode_cell(1, 1, title, 0),
            f'</row><row r="{HEADER_ROW}" ht="24" customHeight="1">'.encode(), cells,
            f'</row><row r="{HEADER_ROW + 1}">'.encode(), blanks,
            b'</row></sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            b'<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>',
        )
    )  # fmt: skip


def _table_xml(package: Package, table: str, widths: Mapping[str, float]) -> bytes:
    used = [
        int(m)
        for n in package.names
        if n.startswith("xl/tables/")
        for m in re.findall(rb'<table\b[^>]*?\sid="(\d+)"', package.read(n))
    ]
    ref = f"A{HEADER_ROW}:{column_letter(len(widths))}{HEADER_ROW + 1}"
    columns = "".join(
        f'<tableColumn id="{i}" name={quoteattr(h)}/>' for i, h in enumerate(widths, 1)
    )
    return (
        f'{_XML}<table xmlns="{MAIN}" id="{max([0, *used]) + 1}" name="{table}" displayName="{table}" ref="{ref}">'
        f'<autoFilter ref="{ref}"/><tableColumns count="{len(widths)}">{columns}</tableColumns>'
        '<tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>'
    ).encode()


def _declare(package: Package, part: str, content_type: str) -> None:
    """Name the type of a new part."""
    types = package.read("[Content_Types].xml")
    line = f'<Override PartName="/{part}" ContentType="{content_type}"/>'.encode()
    package.replace("[Content_Types].xml", types.replace(b"</Types>", line + b"</Types>"))


def _register(package: Package, sheet: str, part: str) -> None:
    """Put the sheet on the last tab of the workbook."""
    rels_part = rels_name("xl/workbook.xml")
    rels, workbook = package.read(rels_part), package.read("xl/workbook.xml")
    rid = "rId" + str(1 + max([0, *(int(n) for n in re.findall(rb'Id="rId(\d+)"', rels))]))
    line = f'<Relationship Id="{rid}" Type="{OFFICE_RELS}/worksheet" Target="/{part}"/>'.encode()
    package.replace(rels_part, rels.replace(b"</Relationships>", line + b"</Relationships>"))
    ident = 1 + max([0, *(int(n) for n in re.findall(rb'sheetId="(\d+)"', workbook))])
    tab = f'<sheet xmlns:r="{OFFICE_RELS}" name={quoteattr(sheet)} sheetId="{ident}" r:id="{rid}"/>'.encode()
    package.replace("xl/workbook.xml", workbook.replace(b"</sheets>", tab + b"</sheets>"))


def _free_name(package: Package, pattern: str) -> str:
    number = 1
    while pattern.format(number) in package:
        number += 1
    return pattern.format(number)
