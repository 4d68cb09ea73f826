"""What lies around the add-in and pyopenvba's Excel lacks: dialogs, files, Python, the ribbon.

Members bear the names that VBA uses.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyopenvba.apps.excel import Application, ExcelApplication, Workbook
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    NOTHING,
    VBAArray,
    VBAErrorValue,
    VBAInt,
    VBAObject,
    VBARuntimeError,
    member,
    method,
    setter,
)

Run = Callable[[str, "Workbook | None"], None]


@dataclass
class Edge:
    """What lies outside Excel: files, Python, the answers of the person, and what was asked."""

    book: Workbook
    files: dict[str, Any]
    dll: bool = True  # or the AppleScript: what starts Python is there
    answer: object = False
    caller: object = field(default_factory=lambda: VBAErrorValue(2023))
    run: Run = lambda _code, _book: None
    commands: list[str] = field(default_factory=list)
    servers: list[tuple[str, int]] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    shell: list[str] = field(default_factory=list)
    described: dict[str, dict[str, object]] = field(default_factory=dict)
    status: list[object] = field(default_factory=list)
    cancel_key: int = 1
    caller_book: Workbook | None = None


class EdgeApplication(Application):
    """Excel's application with the members that the add-in needs and pyopenvba lacks."""

    edge: Edge

    @member
    def Caller(self) -> object:
        return self.edge.caller

    @member
    def Hwnd(self) -> object:
        return VBAInt(1, "Long")

    @member
    def EnableCancelKey(self) -> object:
        return VBAInt(self.edge.cancel_key, "Long")

    @setter("EnableCancelKey")
    def _set_cancel_key(self, value: int) -> None:
        self.edge.cancel_key = int(value)

    @member
    def StatusBar(self) -> object:
        return self.status_bar

    @setter("StatusBar")
    def _set_status(self, value: object) -> None:
        self.edge.status.append(value)
        self.status_bar = value

    @method
    def GetOpenFilename(
        self,
        FileFilter: object = MISSING,
        FilterIndex: object = MISSING,
        Title: object = MISSING,
        ButtonText: object = MISSING,
        MultiSelect: object = MISSING,
    ) -> object:
        self.edge.asked.append(("open", FileFilter, Title, MultiSelect))
        return self.answer()

    @method
    def GetSaveAsFilename(
        self,
        InitialFilename: object = MISSING,
        FileFilter: object = MISSING,
        FilterIndex: object = MISSING,
        Title: object = MISSING,
        ButtonText: object = MISSING,
    ) -> object:
        self.edge.asked.append(("save", InitialFilename, FileFilter, Title))
        return self.answer()

    def answer(self) -> object:
        given = self.edge.answer
        if isinstance(given, list):
            return array_of(given)
        return units(given) if isinstance(given, str) else given

    @method
    def MacroOptions(
        self,
        Macro: object = MISSING,
        Description: object = MISSING,
        Category: object = MISSING,
        ArgumentDescriptions: VBAArray = MISSING,
    ) -> object:
        if self.active_book is None:
            raise VBARuntimeError(1004, "no workbook")
        helps = ArgumentDescriptions
        self.edge.described[str(Macro)] = {
            "description": Description,
            "category": Category,
            "arguments": [] if helps is MISSING else [str(one) for one in helps.elements()],
        }
        return EMPTY


class Server(VBAObject):
    """The Python that xlwings' DLL starts: what VBA sends it, and the workbook it was given."""

    vba_type_name = "XLPython"

    def __init__(self, edge: Edge) -> None:
        self.edge = edge

    @method
    def Module(self, name: object) -> object:
        return name

    @method
    def SetAttr(self, owner: object, name: object, value: object) -> object:
        assert (owner, name) == ("xlwings._xlwindows", "BOOK_CALLER")
        self.edge.caller_book = None if value is NOTHING else value
        return EMPTY

    @method
    def Exec(self, code: object) -> object:
        self.edge.commands.append(str(code))
        try:
            self.edge.run(str(code), self.edge.caller_book)
        except VBARuntimeError:
            raise
        except Exception as error:
            raise VBARuntimeError(-2147352567, f"{type(error).__name__}: {error}") from error
        return EMPTY


class Shell(VBAObject):
    """WScript.Shell."""

    vba_type_name = "WshShell"

    def __init__(self, edge: Edge, excel: ExcelApplication) -> None:
        self.edge, self.excel = edge, excel

    @method
    def ExpandEnvironmentStrings(self, text: object) -> object:
        return text

    @method
    def Popup(self, text: object, seconds: object, title: object, style: object) -> object:
        self.excel.dialogs.append(("Popup", str(text), str(title), int(str(style))))
        return VBAInt(1, "Long")

    @method
    def Run(self, command: object, style: object, wait: object) -> object:
        self.edge.shell.append(str(command))
        return VBAInt(0, "Long")


class LinkedWorkbook(Workbook):
    """A workbook with links to other files."""

    links: list[str]
    protected = False

    @method
    def LinkSources(self, Type: object = MISSING) -> object:
        return array_of(self.links) if self.links else EMPTY

    @method
    def ChangeLink(self, Name: str, NewName: str, Type: object = MISSING) -> object:
        if self.protected:
            raise VBARuntimeError(1004, "protected")
        self.links = [NewName if link == Name else link for link in self.links]
        self.saved = False
        return EMPTY


class RibbonControl(VBAObject):
    """The button that Excel hands to a callback."""

    vba_type_name = "IRibbonControl"

    def __init__(self, tag: str) -> None:
        self.tag = tag

    @member
    def Tag(self) -> object:
        return self.tag


class RibbonUI(VBAObject):
    """The ribbon that Excel hands to onLoad."""

    vba_type_name = "IRibbonUI"
    invalidated = 0

    @method
    def Invalidate(self) -> object:
        self.invalidated += 1
        return EMPTY


def array_of(texts: Sequence[str]) -> VBAArray:
    """Return a VBA array that starts at 1, as Excel gives them."""
    array = VBAArray([(1, len(texts))])
    for number, text in enumerate(texts, start=1):
        array.set([number], units(text))
    return array


def units(text: str) -> str:
    """Return a text as VBA counts it, in UTF-16 units."""
    coded = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, struct.unpack(f"<{len(coded) // 2}H", coded)))
