"""Enough of pywin32 for xlwings' Windows modules to import and run on any system."""

from __future__ import annotations

import ctypes
import datetime as dt
import importlib
import sys
import types
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

from tests.engine.com import Com, ComError, TimeType

Answer = Callable[[str, str, int], int]


class Boxes:
    """The message boxes that were shown, and what the user answers to them."""

    OK, CANCEL, YES, NO = 1, 2, 6, 7

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.answers: list[int] = []

    def show(self, _hwnd: int, prompt: str, _title: str, style: int) -> int:
        """Note the text and return the next answer; by default, the first button."""
        self.shown.append(prompt)
        asks = style & 0x4
        return self.answers.pop(0) if self.answers else (self.YES if asks else self.OK)


BOXES = Boxes()
KEYS_DOWN: set[int] = set()
"""Virtual keys that the user holds down, e.g. 0x1B for Esc."""


def install() -> Any:  # noqa: ANN401  xlwings' module
    """Put the modules of pywin32 in place and return xlwings' engine for Windows."""
    nothing = type("Nothing", (), {})
    _module("pywintypes", com_error=ComError, TimeType=TimeType, error=OSError, Time=lambda t: t)
    client = _module(
        "win32com.client", CDispatch=Com, CoClassBaseClass=nothing, DispatchBaseClass=nothing
    )
    _module("win32com", client=client)
    _module("win32api", MessageBox=BOXES.show)
    _module("win32con", MB_OK=0, MB_OKCANCEL=1, MB_YESNOCANCEL=3, MB_YESNO=4, MB_ICONINFORMATION=64, MB_ICONWARNING=48)  # fmt: skip
    for name in ("win32event", "win32gui", "win32process"):
        _module(name)
    _module("win32timezone", TimeZoneInfo=SimpleNamespace(utc=lambda: dt.UTC))
    pythoncom = _module("pythoncom", com_error=ComError, ole_error=ComError, CoInitialize=lambda: None)  # fmt: skip
    pythoncom.__file__ = "pythoncom"
    windll = MagicMock()
    windll.user32.GetAsyncKeyState = lambda key: 0x8000 if key in KEYS_DOWN else 0
    ctypes.windll = ctypes.oledll = windll  # type: ignore[attr-defined]
    loader, ctypes.PyDLL = ctypes.PyDLL, MagicMock()  # type: ignore[misc]
    try:
        return importlib.import_module("xlwings._xlwindows")
    finally:
        ctypes.PyDLL = loader  # type: ignore[misc]


def _module(name: str, **members: object) -> ModuleType:
    """Register a module whose other members do nothing."""
    module = types.ModuleType(name)
    module.__dict__.update(members)
    module.__getattr__ = lambda member: MagicMock(name=f"{name}.{member}")  # type: ignore[method-assign]
    sys.modules[name] = module
    return module
