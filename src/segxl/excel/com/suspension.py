"""Excel at rest while segxl writes: no redrawing, no recalculation, no events of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

import xlwings as xw

ATTEMPTS = 10


def insist(work: Callable[[], object]) -> None:
    """Put something back as it was; Excel may refuse once, and may be gone for good."""
    for _ in range(ATTEMPTS):
        with suppress(Exception):
            work()
            return


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
            insist(partial(setattr, app, setting, value))
