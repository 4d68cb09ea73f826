"""Excel at rest while segxl writes: no redrawing, no recalculation, no events of the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import xlwings as xw


@contextmanager
def suspended(app: xw.App) -> Iterator[None]:
    """Let Excel rest during some work; everything is as before afterwards, even on failure."""
    calculation = app.calculation
    try:
        app.screen_updating = False
        app.enable_events = False
        app.calculation = "manual"
        yield
    finally:
        before = {"calculation": calculation, "enable_events": True, "screen_updating": True}
        for setting, value in before.items():
            with suppress(Exception):  # Excel may be gone; the others still have to be tried
                setattr(app, setting, value)
