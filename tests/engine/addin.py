"""The built add-in inside pyopenvba's Excel, its VBA as it ships.

That Excel has no files, no COM and no dialogs. This module answers in their place, at the very
edge: xlwings' VBA still reads its configuration, loads its DLL and sends its commands itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.apps.excel import Application, ExcelApplication, Workbook
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._io import load_workbook
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
from pyopenvba.interpreter._preprocess import DEFAULT_CONSTANTS, strip_directives

HOME = r"C:\Users\Zoé"
PYTHON = rf"{HOME}\segxl\Scripts\pythonw.exe"
CONF = rf"{HOME}\.segxl\segxl.conf"
MAC_CONF = "/Users/zoe//segxl.conf"
MAC_PYTHON = "/Users/zoe/segxl/bin/python"
MAC = {"Mac": True, "Win32": False, "Win64": False, "App": "Microsoft Excel"}
INSTALLED = {"INTERPRETER_WIN": PYTHON, "INTERPRETER_MAC": MAC_PYTHON, "USE UDF SERVER": "True"}
READERS = {
    "GetConfigFromFile": """Private Function GetConfigFromFile(sFile As String, sName As String, Optional sValue As String) As Boolean
    GetConfigFromFile = EdgeHas(sFile, sName)
    If GetConfigFromFile Then sValue = EdgeValue(sFile, sName)
End Function
""",
    "ReadFile": """Private Function ReadFile(ByVal FileName As String)
    ReadFile = EdgeRead(FileName)
End Function
""",
}
DLL = """
Private Function LoadLibrary(ByVal lpLibFileName As String) As Long
    LoadLibrary = EdgeLoad(lpLibFileName)
End Function
Private Function XLPyDLLActivateAuto(ByRef Result As Variant, ByVal Config As String, ByVal mode As Long) As Long
    Set Result = EdgeServer(Config, mode)
End Function
"""
DECLARE = re.compile(r"^ *Private Declare .*\n", re.MULTILINE)
AFTER_DIRECTIVE = re.compile(r"^(\s*#(?:Const|If|ElseIf|Else|End If)\b[^'\n]*?)\s*'.*$", re.MULTILINE)

Run = Callable[[str, "Workbook | None"], None]


@dataclass
class Edge:
    """What lies outside Excel: files, Python, the answers of the person, and what was asked."""

    book: Workbook
    files: dict[str, Any]
    dll: bool = True
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
        if not isinstance(given, list):
            return given
        array = VBAArray([(1, len(given))])
        for number, path in enumerate(given, start=1):
            array.set([number], path)
        return array

    @method
    def MacroOptions(
        self,
        Macro: object = MISSING,
        Description: object = MISSING,
        Category: object = MISSING,
        ArgumentDescriptions: object = MISSING,
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
        self.book: Workbook | None = None

    @method
    def Module(self, name: object) -> object:
        return name

    @method
    def SetAttr(self, owner: object, name: object, value: object) -> object:
        assert (owner, name) == ("xlwings._xlwindows", "BOOK_CALLER")
        self.book = None if value is NOTHING else value
        return EMPTY

    @method
    def Exec(self, code: object) -> object:
        self.edge.commands.append(str(code))
        try:
            self.edge.run(str(code), self.book)
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


class EdgeBridge(ExcelBridge):
    """What CreateObject finds."""

    def __init__(self, excel: ExcelApplication, edge: Edge) -> None:
        super().__init__(excel.application)
        self.shell = Shell(edge, excel)

    def create(self, type_name_: str) -> object:
        return self.shell if type_name_ == "WScript.Shell" else super().create(type_name_)


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


def load_addin(excel: ExcelApplication, path: Path, *, run: Run | None = None, mac: bool = False) -> Edge:
    """Open the add-in beside the workbooks of an Excel, installed, and return its edge.

    ``run`` receives the Python code of each click and the workbook that was active; an exception it
    raises comes back to VBA as COM would bring it. The add-in is ThisWorkbook and is not one of
    Workbooks, as in Excel.
    """
    application = excel.application
    edge = Edge(load_workbook(application, path), {(MAC_CONF if mac else CONF): dict(INSTALLED)})
    edge.run = run or edge.run
    application.__class__ = EdgeApplication
    application.edge, application._this_workbook = edge, edge.book
    edge.book.path = r"C:\Users\Zoé\XLSTART"
    excel.interpreter.host = EdgeBridge(excel, edge)
    excel.interpreter._intrinsics = {**excel.interpreter._intrinsics, **intrinsics_of(edge)}
    constants = MAC if mac else {}
    for name, kind, source in sources_of(path):
        live = strip_directives(source, constants={**DEFAULT_CONSTANTS, **constants})
        excel.add_module(live, name=name, kind=kind)
    return edge


def sources_of(path: Path) -> list[tuple[str, str, str]]:
    """Return name, kind and source of each module; the interpreter evaluates in the first."""
    with ExcelFile(path) as file:
        modules = [*file.vba_project().modules]
    found = []
    for module in sorted(modules, key=lambda m: m.name != "xlwings"):
        source = AFTER_DIRECTIVE.sub(r"\1", module.source.replace("\r\n", "\n"))
        source = source.replace("Public WithEvents ", "Public ")  # this Excel raises no such event
        if module.name == "xlwings":
            source = at_the_edge(source)
        kind = "standard" if module.kind is VBAModuleKind.standard else "class"
        document = module.name in {"ThisWorkbook", "Sheet1"}
        found.append((module.name, "document" if document else kind, source))
    return found


def at_the_edge(source: str) -> str:
    """Return xlwings' module with its files and its DLL replaced by calls to this module."""
    for name, reader in READERS.items():
        start = source.index(f"Private Function {name}(")
        stop = source.index("End Function", start) + len("End Function\n")
        source = source[:start] + reader + source[stop:]
    return DECLARE.sub("", source).replace("Kill LOG_FILE", "EdgeKill LOG_FILE") + DLL


def intrinsics_of(edge: Edge) -> dict[str, Callable[..., object]]:
    """Return what VBA calls outside Excel, by lower-case name."""

    def attributes(path: str) -> object:
        if path not in edge.files:
            raise VBARuntimeError(53, "File not found")
        return VBAInt(32, "Integer")

    def server(command: str, mode: int) -> object:
        edge.servers.append((command, int(mode)))
        return Server(edge)

    def script(text: str) -> object:
        return "/Users/zoe/" if "home folder" in text else text.split('"')[1]

    answers: dict[str, Callable[..., object]] = {
        "environ": {"USERPROFILE": HOME, "Temp": r"C:\Temp", "HOME": "/Users/zoe"}.__getitem__,
        "getattr": attributes,
        "dir": lambda path, _attributes: path if path in edge.files else "",
        "macscript": script,
        "applescripttask": lambda _file, _handler, text: edge.shell.append(text) or "0",
        "edgehas": lambda path, name: name in edge.files[path],
        "edgevalue": lambda path, name: edge.files[path][name],
        "edgeread": lambda path: edge.files.get(path, ""),
        "edgeload": lambda _path: VBAInt(int(edge.dll), "Long"),
        "edgeserver": server,
        "edgekill": lambda _path: EMPTY,
    }

    def plain(function: Callable[..., object]) -> Callable[..., object]:
        return lambda _interpreter, args, _named: function(*args)

    return {name: plain(function) for name, function in answers.items()}


def press(excel: ExcelApplication, tag: str) -> None:
    """Click a button of the ribbon."""
    excel.run("SegxlRibbonAction", RibbonControl(tag))


def add_table(excel: ExcelApplication, name: str = "Clients", headers: Sequence[str] = ("Dossier",)) -> None:
    """Put a table on the active sheet."""
    sheet = excel.workbook.active_sheet
    for column, header in enumerate(headers, start=1):
        sheet.vba_get("Cells", [column and 1, column]).vba_set("Value", header)
    target = sheet.vba_get("Range", [f"A1:{chr(64 + len(headers))}2"])
    table = sheet.vba_get("ListObjects").vba_get("Add", [1, target, MISSING, 1])
    table.vba_set("Name", name)
