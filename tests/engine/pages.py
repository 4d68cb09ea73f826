"""The page set-up of a sheet, which pyOpenVBA does not hold: what was asked of it."""

from __future__ import annotations

from types import SimpleNamespace

from tests.engine.com import EXTRAS, Com

PAGES: dict[int, SimpleNamespace] = {}
"""The page of each sheet, by the identity of the sheet."""


def page_of(sheet: Com) -> SimpleNamespace:
    """Return the page of a sheet."""
    return PAGES.setdefault(id(sheet._target), SimpleNamespace())


EXTRAS["Worksheet", "PageSetup"] = page_of
