"""xlwings' engine for Windows, unmodified but for how it finds Excel; importing it puts the
modules of pywin32 in place, so only an Excel in memory does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.engine.com import Com
from tests.engine.excel import RUNNING, bare
from tests.engine.pywin32 import install

MODULE = install()
"""xlwings' own module."""


class Apps(MODULE.Apps):  # type: ignore[name-defined]
    """The running Excels; on Windows xlwings finds them by their windows."""

    def keys(self) -> list[int]:
        """Return the number of each Excel."""
        return [app.pid for app in self]

    def __iter__(self) -> Iterator[Any]:
        return (App(xl=Com(excel.application)) for excel in RUNNING)

    def __len__(self) -> int:
        return len(RUNNING)

    def __getitem__(self, pid: int) -> Any:  # noqa: ANN401
        return next(app for app in self if app.pid == pid)


class App(MODULE.App):  # type: ignore[name-defined]
    """One Excel, without a window."""

    hwnd = 0

    @property
    def pid(self) -> int:
        """A number that tells one Excel from another."""
        return id(bare(self.xl)._target)

    def activate(self, steal_focus: bool = False) -> None:  # noqa: FBT001, FBT002  xlwings' signature
        """Put this Excel in front."""
        del steal_focus
        RUNNING.sort(key=lambda excel: id(excel.application) != self.pid)


MODULE.App, MODULE.Apps = App, Apps
MODULE.N_COM_ATTEMPTS = 1  # 0 would try a member that is missing for ever
