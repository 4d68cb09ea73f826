"""xlwings' server of worksheet functions, without COM: what a formula calls, and what it gets back."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import xlwings as xw
from tests.engine.com import Com

MODULE = "segxl_functions_on_windows"
MISSING = -2147352572
"""What COM hands over for an argument that a formula leaves out."""


class Server:
    """A module of functions, imported with the decorators that xlwings only has on Windows."""

    def __init__(self, machinery: Any, module: ModuleType) -> None:  # noqa: ANN401
        self._machinery = machinery
        self.module = module

    def call(self, name: str, *args: object) -> Any:  # noqa: ANN401  what a cell or a spill shows
        """Call a function as the add-in does: ranges are Excel's objects, arrays are tuples."""
        result = self._machinery.call_udf(MODULE, name, args)
        is_lone = len(result) == 1 and len(result[0]) == 1
        return result[0][0] if is_lone else result


@contextmanager
def serving(source: str) -> Iterator[Server]:
    """Serve the functions of one file; an Excel must have been started."""
    # The server's event loop serves asynchronous functions only.
    loop = {"xlwings.com_server": SimpleNamespace(loop=None)}
    spec = importlib.util.spec_from_file_location(MODULE, source)
    if spec is None or spec.loader is None:
        raise ImportError(source)
    module = importlib.util.module_from_spec(spec)
    with patch.dict(sys.modules, loop | {MODULE: module}):
        machinery: Any = importlib.import_module("xlwings.udfs")
        machinery.udf_modules.pop(MODULE, None)
        decorators = {"func": machinery.xlfunc, "arg": machinery.xlarg, "ret": machinery.xlret}
        windows = machinery.xlwings._xlwindows
        with (
            patch.multiple(xw, **decorators),
            patch.object(windows, "is_range_instance", lambda value: isinstance(value, Com)),
        ):
            # Functions that another module lends are decorated anew, too.
            sys.modules.pop("segxl.faces.udfs_loi", None)
            spec.loader.exec_module(module)
            yield Server(machinery, module)
