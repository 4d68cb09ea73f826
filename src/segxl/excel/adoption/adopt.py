"""A firm's own workbook becomes one of segxl: its list takes our columns, it takes our sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from segxl.domain.anomalies import Anomalie
from segxl.domain.tableau import column_letter, column_number
from segxl.excel.adoption.client_columns import NewColumns, add_client_columns
from segxl.excel.adoption.existing import CLIENTS, ExistingWorkbook
from segxl.excel.adoption.grafting import graft_sheets, sheet_names
from segxl.excel.adoption.header_cells import prepare_headers
from segxl.excel.adoption.range_table import make_table
from segxl.excel.adoption.refusals import refuse_clashes, refuse_no_room, refuse_unfit
from segxl.excel.adoption.style_grafting import GraftedStyles
from segxl.excel.adoption.template_columns import read_template
from segxl.excel.ooxml.names import PREFIX, Name, add_names, read_names
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import WORKBOOK
from segxl.excel.ooxml.recalcul import computing_on_load
from segxl.excel.ooxml.structure import Place, find_places, find_sheets

ALIAS = PREFIX + CLIENTS
LATER = ("Anomalies", "Courriers")
"""Tables that appear when first used."""
PRINT_AREA = "_xlnm.Print_Area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What was done: the table that holds the clients, and the sheets that came with it."""

    place: Place
    sheets: tuple[str, ...]


def adopt(
    existing: ExistingWorkbook, place: Place, new: NewColumns, template_path: Path
) -> Adopted:
    """Add our columns to a list and our sheets to its workbook, in memory.

    ``place`` is a table, or a range that becomes one; nothing else of the workbook changes.

    Raises
    ------
    SaisieError
        Something of the firm's would have to change: it is named, with what to do.
    """
    package, template = existing.package, Package(template_path)
    _refuse(existing, place, new, template)
    names = sheet_names(package, template, place.sheet)
    styles = GraftedStyles(package, template)
    _keep_print_area(existing, place)
    if not place.table_part:
        prepare_headers(package, place, existing.shown_titles(place))
        place = make_table(package, place)
    wider = add_client_columns(package, place, new, read_template(template), styles)
    graft_sheets(package, template, names, styles)
    if place.table != CLIENTS:
        add_names(package, [Name(name=ALIAS, formula=f"{place.table}[#All]")])
    styles.save()
    package.replace(WORKBOOK, computing_on_load(package.read(WORKBOOK)))
    return Adopted(place=wider, sheets=tuple(n for s, n in names.items() if s != CLIENTS))


def told_at_source(
    anomalies: Iterable[Anomalie], place: Place, new: NewColumns
) -> tuple[tuple[Anomalie, ...], Counter[str]]:
    """Return what cannot be read, at the cells that the firm fills, and how much in each column."""
    told, counts = [], Counter[str]()
    for anomalie in anomalies:
        letters = anomalie.cell.rstrip("0123456789")
        header = place.headers[column_number(letters) - place.first_column]
        title = new.following[header].source if header in new.following else header
        theirs = column_letter(place.first_column + place.headers.index(title))
        told.append(replace(anomalie, cell=theirs + anomalie.cell.removeprefix(letters)))
        counts[title] += 1
    return tuple(told), counts


def _refuse(existing: ExistingWorkbook, place: Place, new: NewColumns, template: Package) -> None:
    """Raise when the list, or a name, leaves no room for ours."""
    package, places = existing.package, existing.places
    others = {t: p for t, p in places.items() if not (place.table_part and t == place.table)}
    ours = [n.name for n in read_names(template) if n.sheet is None]
    wanted = [*find_places(template), *ours, *LATER, ALIAS]
    refuse_unfit(package, place)
    refuse_clashes(package, others, wanted, spare=CLIENTS)
    refuse_no_room(package, place, len(new.headers), places, existing.values.shown)


def _keep_print_area(existing: ExistingWorkbook, place: Place) -> None:
    """Let the sheet of the list print what it printed, unless the firm chose what it prints."""
    rank = [*find_sheets(existing.package)].index(place.sheet)
    if any(n.name == PRINT_AREA and n.sheet == rank for n in read_names(existing.package)):
        return
    sheet = "'" + place.sheet.replace("'", "''") + "'"
    last = column_letter(max(existing.used(place.sheet)[1], place.last_column))
    area = Name(name=PRINT_AREA, formula=f"{sheet}!$A:${last}", sheet=rank)
    add_names(existing.package, [area])
