"""A workbook of an earlier version takes the columns that came since, as a new one shows them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from segxl.excel.adoption.client_columns import NewColumns, add_client_columns
from segxl.excel.adoption.refusals import refuse_unfit
from segxl.excel.adoption.style_grafting import GraftedStyles
from segxl.excel.adoption.template_columns import read_template
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.structure import Place


def add_template_columns(
    package: Package, place: Place, headers: Sequence[str], template_path: Path
) -> Place:
    """Add columns on the right of Clients with their look, lists and colours; return the wider table.

    Raises
    ------
    SaisieError
        The sheet is protected, or its table cannot take columns; nothing was changed.
    """
    refuse_unfit(package, place)
    template = Package(template_path)
    styles = GraftedStyles(package, template)
    new = NewColumns(headers=headers, following={}, typed={}, clients={})
    wider = add_client_columns(package, place, new, read_template(template), styles)
    styles.save()
    return wider
