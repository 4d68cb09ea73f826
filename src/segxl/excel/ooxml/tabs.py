"""The tabs of a workbook: a new one, and the one that leaves it room."""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.sax.saxutils import quoteattr, unescape

from segxl.excel.first_use import AT_FIRST_USE, BORN_HIDDEN, UNNOTICED, sheet_to_hide
from segxl.excel.layout import SHEET_OF
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import OFFICE_RELS, WORKBOOK, spelt_as
from segxl.excel.ooxml.sheet_xml import plain

_TAB = re.compile(rb"<sheet\b[^>]*?/>")
_NAME = re.compile(rb'\sname="([^"]*)"')
_HIDDEN = re.compile(rb'\sstate="(?:hidden|veryHidden)"')
_STATE = re.compile(rb'\sstate="\w+"')
_ACTIVE = re.compile(rb'\sactiveTab="(\d+)"')


def show_tab(package: Package, sheet: str, rid: str) -> None:
    """Put a sheet on the last tab of the workbook; past eight of ours in sight, another one is hidden."""
    workbook = plain(package.read(WORKBOOK))
    ident = 1 + max([0, *(int(n) for n in re.findall(rb'sheetId="(\d+)"', workbook))])
    state = ' state="hidden"' if sheet in BORN_HIDDEN else ""
    tab = f'<sheet xmlns:r="{OFFICE_RELS}" name={quoteattr(sheet)} sheetId="{ident}"{state} r:id="{rid}"/>'
    workbook = workbook.replace(b"</sheets>", spelt_as(package, tab) + b"</sheets>")
    package.replace(WORKBOOK, _with_room(workbook, {sheet} - set(UNNOTICED)))


def bring_back_tab(package: Package, sheet: str) -> None:
    """Show a sheet that was hidden; past eight of ours, another one leaves it room."""
    workbook = plain(package.read(WORKBOOK))
    tab = next((tab for tab in _TAB.findall(workbook) if _name_of(tab) == sheet), b"")
    if _HIDDEN.search(tab):
        shown = workbook.replace(tab, _STATE.sub(b"", tab), 1)
        package.replace(WORKBOOK, _with_room(shown, {sheet}))


def keep_in_sight(package: Package, sheets: Collection[str]) -> None:
    """Of the sheets that appear when first used, show these and hide the others."""
    workbook = plain(package.read(WORKBOOK))
    ours = {SHEET_OF[table] for table in AT_FIRST_USE}
    for tab in _TAB.findall(workbook):
        if (name := _name_of(tab)) in ours:
            state = b"" if name in sheets else b' state="hidden"'
            bare = _STATE.sub(b"", tab).replace(b"<sheet", b"<sheet" + state, 1)
            workbook = workbook.replace(tab, bare, 1)
    package.replace(WORKBOOK, workbook)


def _with_room(workbook: bytes, awaited: Collection[str]) -> bytes:
    tabs = {_name_of(tab): tab for tab in _TAB.findall(workbook)}
    active = _ACTIVE.search(workbook)
    front = [*tabs][min(int(active[1]) if active else 0, len(tabs) - 1)]
    kept = {front, *awaited}
    hidden = sheet_to_hide([n for n, tab in tabs.items() if not _HIDDEN.search(tab)], kept)
    if hidden is None:
        return workbook
    tab = tabs[hidden]
    bare = re.sub(rb'\sstate="visible"', b"", tab)
    return workbook.replace(tab, bare.replace(b"<sheet ", b'<sheet state="hidden" ', 1), 1)


def _name_of(tab: bytes) -> str:
    name = _NAME.search(tab)
    return unescape(name[1].decode("utf-8"), {"&quot;": '"'}) if name else ""
