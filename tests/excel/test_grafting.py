"""The sheets of the template in another workbook: what they show, where they lead, what they cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.cell import Cell
from tests.excel.opc import find_flaws
from tests.excel.parts import read_parts

from segxl.excel.adoption.grafting import graft_sheets, sheet_names
from segxl.excel.adoption.style_grafting import GraftedStyles
from segxl.excel.ooxml.names import read_names
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.structure import find_places, find_sheets, relations_of
from segxl.shipped import shipped_path

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
TEMPLATE = shipped_path("workbook/portefeuille.xlsx")
LISTE = 'Les "clients" d\'Été & Cie'
OURS = ("Accueil", "Grille", "Segments", "Tableau de bord", "Paramètres")


def write_host(path: Path) -> Path:
    """Write a workbook with its own fonts, colours, rules, chart and a sheet of one of our names."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(LISTE)
        odd = book.add_format(
            {"font_name": "Georgia", "font_size": 13, "num_format": "0.000", "border": 6}
        )
        sheet.write("A1", 1.5, odd)
        late = book.add_format({"bg_color": "#FFC7CE"})
        rule = {"type": "cell", "criteria": ">", "value": 1, "format": late}
        sheet.conditional_format("A1:A9", rule)
        sheet.conditional_format("B1:B9", {"type": "data_bar", "bar_solid": True})
        book.add_worksheet("GRILLE").add_table("A1:B3", {"name": "Tarifs"})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=GRILLE!$A$2:$A$3"})
        sheet.insert_chart("D1", chart)
        book.define_name("Taux", "=GRILLE!$B$2")
    return path


@pytest.fixture
def host(tmp_path: Path) -> Path:
    return write_host(tmp_path / "hote.xlsx")


@pytest.fixture
def grafted(host: Path) -> Path:
    return graft(host)


def graft(host: Path) -> Path:
    """Return a copy of a workbook that holds the sheets of the template."""
    package, template = Package(host), Package(TEMPLATE)
    styles = GraftedStyles(package, template)
    graft_sheets(package, template, sheet_names(package, template, LISTE), styles)
    styles.save()
    path = host.with_name("greffe.xlsx")
    package.save(path)
    return path


def cells_of(path: Path, sheet: str) -> Iterator[Cell]:
    for row in openpyxl.load_workbook(path)[sheet].iter_rows():
        yield from (c for c in row if isinstance(c, Cell))


def look_of(cell: Cell) -> tuple[object, ...]:
    """Return what the eye sees of a cell."""
    font, fill, edge, at = cell.font, cell.fill, cell.border, cell.alignment
    return (
        (font.name, font.sz, font.b, font.u, repr(font.color)),
        (fill.fill_type, fill.fgColor.rgb),
        [(side.style, repr(side.color)) for side in (edge.left, edge.right, edge.top, edge.bottom)],
        (at.horizontal, at.vertical, at.wrap_text, at.indent),
        cell.number_format,
    )


def here(sheet: str) -> str:
    return "Grille segxl" if sheet == "Grille" else sheet


@pytest.mark.parametrize("sheet", OURS)
def test_a_grafted_sheet_looks_like_that_of_the_template(sheet: str, grafted: Path) -> None:
    wanted = {c.coordinate: look_of(c) for c in cells_of(TEMPLATE, sheet) if c.has_style}

    seen = {c.coordinate: look_of(c) for c in cells_of(grafted, here(sheet))}

    assert {k: seen[k] for k in wanted} == wanted


@pytest.mark.parametrize("sheet", OURS)
def test_a_grafted_sheet_says_what_that_of_the_template_says(sheet: str, grafted: Path) -> None:
    def plain(value: object) -> object:
        names = {f"feuille {LISTE}": "feuille Clients", "feuille Grille segxl": "feuille Grille"}
        names |= {f"feuille {LISTE}".replace('"', '""'): "feuille Clients"}
        for new, old in names.items():
            value = value.replace(new, old) if isinstance(value, str) else value
        return value

    wanted = {c.coordinate: c.value for c in cells_of(TEMPLATE, sheet)}
    seen = {c.coordinate: plain(c.value) for c in cells_of(grafted, here(sheet))}

    assert seen == wanted


@pytest.mark.parametrize("sheet", OURS)
def test_widths_lists_rules_and_print_set_up_come_along(sheet: str, grafted: Path) -> None:
    wanted, seen = (
        openpyxl.load_workbook(TEMPLATE)[sheet],
        openpyxl.load_workbook(grafted)[here(sheet)],
    )

    def widths(page: Any) -> dict[str, object]:  # noqa: ANN401  openpyxl types no page
        return {k: (d.width, d.hidden) for k, d in page.column_dimensions.items()}

    assert widths(seen) == widths(wanted)
    assert len(seen.data_validations.dataValidation) == len(wanted.data_validations.dataValidation)
    assert [str(c.sqref) for c in seen.conditional_formatting] == [
        str(c.sqref) for c in wanted.conditional_formatting
    ]
    assert seen.print_title_rows == wanted.print_title_rows
    assert (seen.page_setup.orientation, seen.freeze_panes) == (
        wanted.page_setup.orientation,
        wanted.freeze_panes,
    )


def test_the_styles_of_the_firm_keep_their_numbers(host: Path, grafted: Path) -> None:
    before, after = (etree.fromstring(read_parts(p)["xl/styles.xml"]) for p in (host, grafted))

    for group in ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs"):
        old, new = before.find(f"{{*}}{group}"), after.find(f"{{*}}{group}")
        assert old is not None
        assert new is not None
        assert [etree.tostring(e) for e in new][: len(old)] == [etree.tostring(e) for e in old]
        assert new.get("count") == str(len(new))


def test_the_sheets_of_the_firm_are_not_rewritten(host: Path, grafted: Path) -> None:
    before, after = read_parts(host), read_parts(grafted)

    changed = {n for n in before if before[n] != after[n]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    }


def test_every_link_leads_to_a_sheet_that_exists(grafted: Path) -> None:
    sheets = {*find_sheets(Package(grafted))}
    links = [
        link.location
        for page in openpyxl.load_workbook(grafted).worksheets
        for row in page.iter_rows()
        for c in row
        if (link := c.hyperlink)
    ]

    targets = {re.sub(r"^'(.*)'!A1$", r"\1", str(k)).replace("''", "'") for k in links}
    assert targets == {"Grille segxl", LISTE, "Segments", "Paramètres", "Tableau de bord"}
    assert targets <= sheets


def test_charts_read_the_grafted_sheets(grafted: Path) -> None:
    package = Package(grafted)
    sheet = find_sheets(package)["Tableau de bord"]
    (drawing,) = relations_of(package, sheet, "drawing").values()
    charts = relations_of(package, drawing, "chart").values()

    assert len({*charts}) == 9
    for chart in charts:
        assert b"<c:f>'Tableau de bord'!$" in package.read(chart)
    (own,) = relations_of(package, find_sheets(package)[LISTE], "drawing").values()
    assert not {*relations_of(package, own, "chart").values()} & {*charts}


def test_names_lead_where_they_led(host: Path, grafted: Path) -> None:
    names = {(n.name, n.sheet): n.formula for n in read_names(Package(grafted))}
    rank = [*find_sheets(Package(grafted))].index("Grille segxl")

    assert names["Taux", None] == "GRILLE!$B$2"
    assert names["Baremes_Code", None] == "Baremes[Code]"
    assert names["_xlnm.Print_Titles", rank] == "'Grille segxl'!$4:$4"
    assert {n.name for n in read_names(Package(host))} == {"Taux"}


def test_tables_take_numbers_that_are_free(grafted: Path) -> None:
    places = find_places(Package(grafted))

    assert {"Tarifs", "Criteres", "Baremes", "Segments", "Etapes"} <= {*places}
    assert "Clients" not in places
    assert find_flaws(grafted) == []


def test_bars_of_two_workbooks_keep_apart(grafted: Path) -> None:
    marks = re.findall(r"<x14:id>(\{[^}]+\})", "".join(
        c.decode() for n, c in read_parts(grafted).items() if n.startswith("xl/worksheets/sheet")
    ))  # fmt: skip

    assert len(marks) == len({*marks}) == 2


def test_grafting_on_the_template_itself_changes_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "deja.xlsx"
    path.write_bytes(TEMPLATE.read_bytes())
    package, template = Package(path), Package(TEMPLATE)

    names = sheet_names(package, template, "Clients")

    assert names["Grille"] == "Grille segxl"
    assert names["Clients"] == "Clients"
