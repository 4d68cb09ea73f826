"""Long work in Excel: how far it is, in the status bar, and a way to stop it with Esc."""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import xlwings as xw

ESCAPE = 0x1B
PRESSED = 0x8000
EVERY = 0.3
"""Seconds between two signs of life: each is a round trip to Excel."""


class InterruptionError(Exception):
    """The user pressed Esc before anything was written."""


class Avancement:
    """Tells in the status bar how far the work is; the bar is Excel's own again at the end."""

    def __init__(self, app: xw.App) -> None:
        self._app = app
        self._told_at = time.monotonic()
        self._is_shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_shown:
            with suppress(Exception):  # Excel may be gone
                self._app.status_bar = False

    def of(self, what: str) -> Callable[[int, int], None]:
        """Return the function that long work calls after each step.

        Raises
        ------
        InterruptionError
            From that function, when Esc is down.
        """

        def step(done: int, total: int) -> None:
            if is_escape_down():
                raise InterruptionError
            now = time.monotonic()
            if now - self._told_at >= EVERY:
                self._told_at, self._is_shown = now, True
                self._app.status_bar = f"segxl · {what} : {done} sur {total} (Échap pour arrêter)"

        return step


def is_escape_down() -> bool:
    """Tell whether the user holds Esc; never outside Windows."""
    if sys.platform == "darwin":
        return False
    windll: Any = getattr(ctypes, "windll", None)
    return bool(windll and windll.user32.GetAsyncKeyState(ESCAPE) & PRESSED)
