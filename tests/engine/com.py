"""COM, as Python sees it through pywin32, over Excel's object model held in memory.

Attributes and calls become dispatches to pyOpenVBA's objects; each one is what a round trip to
Excel would be on Windows, so :data:`METER` counts them.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from pyopenvba.exceptions import VBAError
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    NOTHING,
    NULL,
    VBAArray,
    VBADate,
    VBAErrorValue,
    VBAInt,
    VBAObject,
    VBASingle,
)

UNEXPECTED = -2147352567
"""DISP_E_EXCEPTION: Excel ran the call and refused."""
FIRST_ERROR = -2146826288
"""What #NULL!, number 2000, is as an integer; the other error values follow."""


class Meter:
    """Counts the round trips to Excel."""

    def __init__(self) -> None:
        self.calls = 0
        self.refused = range(0)
        """The numbers of the calls that Excel refuses."""

    def refuse_one(self, after: int) -> None:
        """Make Excel refuse one call, after some that it accepts."""
        number = self.calls + after + 1
        self.refused = range(number, number + 1)

    def count(self, work: Callable[[], object]) -> int:
        """Return how many round trips some work takes."""
        before = self.calls
        work()
        return self.calls - before


METER = Meter()


class ComError(Exception):
    """What pywin32 raises; ``args`` as pywintypes.com_error has them."""

    def __init__(self, message: str, hresult: int = UNEXPECTED) -> None:
        super().__init__(hresult, message, (0, "Microsoft Excel", message, None, 0, 0), None)
        self.hresult = hresult


class TimeType(dt.datetime):
    """A date as pywin32 gives it: a datetime of its own class."""


class Com:
    """One object of Excel, seen from Python."""

    refusal: ComError | None = None
    """What every call raises from now on: Excel is closed, or a cell is being edited."""

    def __init__(self, target: VBAObject) -> None:
        object.__setattr__(self, "_target", target)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  a member of any kind
        if name.startswith("_"):
            raise AttributeError(name)
        if extra := EXTRAS.get((self._target.vba_type_name, name)):
            return _dispatched(lambda: extra(self))
        member = self._member(name)
        if member and (member.kind == "method" or member.name != name or _asks_arguments(member)):
            return lambda *args, **named: self._call(member.name, args, named)
        return self._call(member.name if member else name, (), {})

    def __setattr__(self, name: str, value: object) -> None:
        _dispatched(lambda: self._target.vba_set(name, to_excel(value)))

    def __call__(self, *args: object, **named: object) -> Any:  # noqa: ANN401
        default = (
            None if self._target.vba_type_name == "Range" else self._target.vba_default_member()
        )
        return self._call(default.name if default else "Item", args, named)

    def __iter__(self) -> Iterator[Any]:
        return (self(i) for i in range(1, int(self.Count) + 1))

    def __len__(self) -> int:
        return int(self.Count)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Com) and other._target is self._target

    def __hash__(self) -> int:
        return id(self._target)

    def _member(self, name: str) -> Any:  # noqa: ANN401
        """Return a member; makepy spells ``Address`` with arguments ``GetAddress``."""
        found = self._target.vba_member(name)
        if found is None and name[:3] in {"Get", "Set"}:
            found = self._target.vba_member(name[3:])
        return found

    def _call(self, name: str, args: tuple[object, ...], named: dict[str, object]) -> Any:  # noqa: ANN401
        while args and args[-1] is None:  # xlwings hands every optional argument over as None
            args = args[:-1]
        given = {key: to_excel(value) for key, value in named.items() if value is not None}
        return _dispatched(lambda: self._target.vba_get(name, [to_excel(a) for a in args], given))


EXTRAS: dict[tuple[str, str], Callable[[Com], object]] = {}
"""Members that Excel has and pyOpenVBA lacks: (type, member) → what answers."""


def to_python(value: object) -> Any:  # noqa: ANN401  whatever a cell or a member holds
    """Return what pywin32 would hand to Python."""
    if value is EMPTY or value is MISSING or value is NOTHING or value is NULL:
        return None
    for kind, convert in _TO_PYTHON.items():
        if isinstance(value, kind):
            return convert(value)
    return value


def to_excel(value: object) -> object:
    """Return what Excel would receive from pywin32."""
    value = getattr(value, "_inner", value)  # xlwings wraps its objects to try again
    if value is None:
        return EMPTY
    for kind, convert in _TO_EXCEL.items():
        if isinstance(value, kind):
            return convert(value)
    return value


def _dispatched(work: Callable[[], object]) -> Any:  # noqa: ANN401
    METER.calls += 1
    if Com.refusal is not None:
        raise Com.refusal
    if METER.calls in METER.refused:
        message = "Exception occurred."
        raise ComError(message)
    try:
        return to_python(work())
    except VBAError as error:
        raise ComError(str(error)) from error


def _asks_arguments(member: Any) -> bool:  # noqa: ANN401
    if not member.getter:
        return False
    if member.name in {"Range", "Item"} and member.parameters:
        return True
    parameters = [*inspect.signature(member.getter).parameters.values()][1:]
    kinds = {p.kind for p in parameters if p.default is inspect.Parameter.empty}
    return bool(kinds - {inspect.Parameter.VAR_POSITIONAL})


def _rows_of(array: VBAArray) -> tuple[Any, ...]:
    if len(array.bounds) == 1:
        return tuple(map(to_python, array.elements()))
    (top, bottom), (left, right) = array.bounds
    return tuple(
        tuple(to_python(array.get([row, column])) for column in range(left, right + 1))
        for row in range(top, bottom + 1)
    )


def _array_of(rows: list[Any] | tuple[Any, ...]) -> VBAArray:
    lines = rows if rows and isinstance(rows[0], list | tuple) else [rows]
    array = VBAArray([(1, len(lines)), (1, len(lines[0]))])
    for i, line in enumerate(lines, 1):
        for j, value in enumerate(line, 1):
            array.set([i, j], EMPTY if value is None or value == "" else to_excel(value))
    return array


def _refuse_date(_: dt.date) -> object:
    message = "The Python instance can not be converted to a COM object"
    raise TypeError(message)


_TO_PYTHON: dict[type, Callable[[Any], Any]] = {
    VBAObject: Com,
    VBAInt: int,
    VBASingle: float,
    VBADate: lambda value: TimeType(*value.to_datetime().timetuple()[:6]),
    VBAErrorValue: lambda value: FIRST_ERROR + value.number - 2000,
    VBAArray: _rows_of,
}
_TO_EXCEL: dict[type | tuple[type, ...], Callable[[Any], object]] = {
    Com: lambda value: value._target,
    bool: lambda value: value,
    int: lambda value: VBAInt(value, "Long"),
    dt.datetime: lambda value: VBADate.from_datetime(value.replace(tzinfo=None)),
    dt.date: _refuse_date,
    (list, tuple): _array_of,
}
"""The first that fits counts: a bool is an int, a datetime is a date."""
