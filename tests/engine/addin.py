"""The built add-in inside pyopenvba's Excel, its VBA as it ships.

That Excel has no files, no COM and no dialogs: ``edge.py`` answers in their place, at the very
edge. xlwings' VBA still reads its configuration, loads its DLL and sends its commands itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._io import load_workbook
from pyopenvba.interpreter import EMPTY, MISSING, VBAInt, VBARuntimeError
from pyopenvba.interpreter._preprocess import DEFAULT_CONSTANTS, strip_directives
from tests.engine.edge import Edge, EdgeApplication, RibbonControl, Run, Server, Shell

from segxl import __version__

HOME = r"C:\Users\Zoé"
PYTHON = rf"{HOME}\segxl\Scripts\pythonw.exe"
COMSPEC = r"C:\Windows\System32\cmd.exe"
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
AFTER_DIRECTIVE = re.compile(
    r"^(\s*#(?:Const|If|ElseIf|Else|End If)\b[^'\n]*?)\s*'.*$", re.MULTILINE
)


class EdgeBridge(ExcelBridge):
    """What CreateObject finds."""

    def __init__(self, excel: ExcelApplication, edge: Edge) -> None:
        super().__init__(excel.application)
        self.shell = Shell(edge, excel)

    def create(self, type_name_: str) -> object:
        return self.shell if type_name_ == "WScript.Shell" else super().create(type_name_)


def load_addin(
    excel: ExcelApplication, path: Path, *, run: Run | None = None, mac: bool = False
) -> Edge:
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

    def apple_script(_file: str, _handler: str, text: str) -> object:
        if not edge.dll:
            raise VBARuntimeError(5, "Invalid procedure call")
        edge.shell.append(text)
        return "0"

    def code_of(text: str) -> object:
        code = ord(text[0])
        return VBAInt(code - 0x10000 if code > 0x7FFF else code, "Integer")

    environment = {
        "USERPROFILE": HOME,
        "ComSpec": COMSPEC,
        "Temp": r"C:\Temp",
        "HOME": "/Users/zoe",
    }

    answers: dict[str, Callable[..., object]] = {
        "ascw": code_of,
        "environ": environment.__getitem__,
        "getattr": attributes,
        "dir": lambda path, _attributes: path if path in edge.files else "",
        "macscript": script,
        "applescripttask": apple_script,
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


def add_table(
    excel: ExcelApplication, name: str = "Clients", headers: Sequence[str] = ("Dossier",)
) -> None:
    """Put a table on the active sheet."""
    sheet = excel.workbook.active_sheet
    for column, header in enumerate(headers, start=1):
        sheet.vba_get("Cells", [column and 1, column]).vba_set("Value", header)
    target = sheet.vba_get("Range", [f"A1:{chr(64 + len(headers))}2"])
    table = sheet.vba_get("ListObjects").vba_get("Add", [1, target, MISSING, 1])
    table.vba_set("Name", name)


def raise_event(excel: ExcelApplication, name: str, *arguments: object) -> None:
    """Raise an event of Excel in the class that listens to the application."""
    interpreter = excel.interpreter
    module = interpreter.module("CSegxlApp")
    listener = interpreter.create("CSegxlApp")
    interpreter.call(module.procedure(f"App_{name}"), module, list(arguments), {}, me=listener)


def sent(action: str, argument: str = "") -> str:
    """Return the Python that a click is expected to send."""
    coded = argument.encode("utf-16-be").hex().upper()
    return f"from segxl.faces import ruban; ruban.press('{action}', '{__version__}', '{coded}')"


def messages(excel: ExcelApplication) -> list[str]:
    """Return what people were told."""
    return [text for _, text, *_ in excel.dialogs]
