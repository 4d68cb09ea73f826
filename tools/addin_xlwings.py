"""xlwings' own VBA, as it is in the installed package, with less in it.

The VBA, the DLL it loads and the package must be one version, hence the installed copy. What goes:
whatever lets an open workbook choose the program that runs. What changes: one Python a session of
Excel, isolated from the folders where client files lie, and French for what people may read. Each
change says how often its text must be found: another xlwings makes the build fail, not the add-in.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import distribution, version
from pathlib import Path
from typing import NoReturn

from addin_vba import vba_text

EXCEL_ONLY = '#If App = "Microsoft Excel" Then\n'
UNFINISHED = vba_text("segxl n’a pas pu terminer. Détail, pour le support :")
# The rest of the module is private: a formula of any open workbook can call a public function.
PUBLIC = {"RunPython", "XLPy", "KillPy"}

# From a text up to another, which stays; what is put in its place. In the order of the module.
CUTS = (
    # Sheets of the active workbook named *.py, and its folder: neither says what Python runs.
    (
        "    ' Check for embedded Python code\n",
        "    OPTIMIZED_CONNECTION = ",
        "    SegxlExigerChemin interpreter\n    PYTHONPATH = SegxlPythonPath()\n\n",
    ),
    ("    ' PythonCommand with embedded code\n", "    ' Call Python platform-dependent\n", ""),
    # The same, in a procedure of its own: an error shows what Python said.
    (
        "            On Error GoTo err_handling\n",
        "        Else\n            RunPython = ExecuteWindows(",
        "            SegxlExecuter PythonCommand\n",
    ),
    # Other programs to run, and imports of functions, which the build has already done.
    ("Public Function RunFrozenPython(", "Private Sub CleanUp()", ""),
    # The server of a session is found by its command line: a path in it made one for each workbook.
    (
        "    ' TODO: Doesn't automatically check if code is embedded\n",
        "    ' Escaping backslashes and quotes\n",
        "    PYTHONPATH = SegxlPythonPath()\n\n",
    ),
    ("Function NDims(", "Function XLPy()", ""),
    ("Sub ImportPythonUDFsBase(", '\'Attribute VB_Name = "Config"\n', ""),
    # The configuration of the active workbook, on a sheet or in its folder.
    (f"{EXCEL_ONLY}Function GetDirectoryPath(", "Function GetConfigFilePath()", ""),
    ("Function GetDirectoryConfigFilePath()", f"{EXCEL_ONLY}Function GetConfigFromSheet(", ""),
    ("            'Workbook Sheet Config\n", "            'Add-in Sheet Config", ""),
    ("    ' Directory Config\n", "    ' User Config\n", ""),
    ("Function SaveConfigToFile(", "Function GetConfigFromFile(", ""),
    (f"{EXCEL_ONLY}Function GetFullName(", "", ""),
)

# Old, new, how many times.
REPLACEMENTS = (
    (" 'Adjust when using outside of Excel", "", 1),
    ('PROJECT_NAME As String = "myaddin"', 'PROJECT_NAME As String = "segxl"', 1),
    # A procedure, not a function: a formula cannot call it. A shape can, even what is private.
    (
        "Public Function RunPython(PythonCommand As String)\n",
        "Public Sub RunPython(PythonCommand As String)\n    SegxlRefuserAppelant\n",
        1,
    ),
    (
        "PYTHON_MAC As String, Optional PYTHONPATH As String)\n",
        "PYTHON_MAC As String, Optional PYTHONPATH As String)\n    SegxlRefuserAppelant\n",
        1,
    ),
    (
        "Optional FrozenArgs As String) As Integer\n",
        "Optional FrozenArgs As String) As Integer\n    SegxlRefuserAppelant\n",
        1,
    ),
    ("RunPython = ExecuteWindows(False, ", "ExecuteWindows False, ", 1),
    ("interpreter, PYTHONPATH)\n", "interpreter, PYTHONPATH\n", 1),
    ("    #End If\nEnd Function\n\n\nSub ExecuteMac(", "    #End If\nEnd Sub\n\n\nSub ExecuteMac(", 1),
    # Without a path, Windows would look for a DLL or a program in the folder of the open file too.
    (
        '    If (PYTHON_WIN <> "python" And PYTHON_WIN <> "pythonw") Or ',
        '    SegxlExigerChemin PYTHON_WIN\n    If (PYTHON_WIN <> "python" And PYTHON_WIN <> "pythonw") Or ',
        1,
    ),
    ('"cmd.exe " & ConsoleSwitch', 'Environ("ComSpec") & " " & ConsoleSwitch', 2),
    ('"cmd.exe /C "', 'Environ("ComSpec") & " /C "', 1),
    # The configuration holds the words True and False; a French Excel turns its own into Vrai, Faux.
    ('GetConfig("SHOW CONSOLE", False) = True', 'GetConfig("SHOW CONSOLE") = "True"', 2),
    ('GetConfig("USE UDF SERVER", False)', '(GetConfig("USE UDF SERVER") = "True")', 1),
    ('GetConfig("DEBUG UDFS", False)', '(GetConfig("DEBUG UDFS") = "True")', 1),
    # -I: neither the current folder, nor PYTHON* variables, nor the user's own site-packages.
    ('" -B -c ""import sys, os;"', '" -I -B -c ""import sys, os;"', 1),
    ('" -B -c ""import xlwings.utils;', '" -I -B -c ""import xlwings.utils;', 1),
    ('"|" + PythonInterpreter\n', "\"|'\" + Replace(PythonInterpreter, \"'\", \"'\\''\") + \"' -I\"\n", 1),
    ('ParameterString = PYTHONPATH + ";"', "ParameterString = PYTHONPATH", 1),
    ("ActiveWorkbook.Name\n", "SegxlNomDuClasseur()\n", 1),
    ("ActiveWorkbook.Name & ", "SegxlNomDuClasseur() & ", 1),
    # What people may read.
    ("AppleScriptErrorHandler:\n", "AppleScriptErrorHandler:\n    Application.StatusBar = False\n", 1),
    ('StatusBar = "Running..."', 'StatusBar = "segxl…"', 1),
    (
        "\"To enable RunPython, please run 'xlwings runpython install' in a terminal once and try again.\"",
        vba_text("Lancez « segxl installer » dans un terminal, puis rouvrez Excel."),
        1,
    ),
    (
        '"Could not find Interpreter!"',
        vba_text("Python introuvable : lancez « segxl installer » dans un terminal."),
        1,
    ),
    (
        '"Could not load " + XLPyDLLName + " from either of the following folders: "',
        f"XLPyDLLName + {vba_text(' introuvable dans : ')}",
        1,
    ),
    (
        "        Content = Message\n    End If\n",
        f"        Content = Message\n    End If\n    Content = {UNFINISHED} & vbCrLf & Content\n",
        1,
    ),
    ('"Press Ctrl+C to copy this message to the clipboard."', '"Ctrl+C copie ce message."', 1),
    ('vbCritical, "Error"', 'vbCritical, "segxl"', 1),
    ('AUTO_DISMISS, "Error"', 'AUTO_DISMISS, "segxl"', 1),
)  # fmt: skip

PROCEDURE = re.compile(
    r"^( *)(?:Public )?((?:Declare (?:PtrSafe )?)?(?:Function|Sub) (\w+))", re.MULTILINE
)


def xlwings_module(additions: str) -> str:
    """Return the module ``xlwings``: the package's, cut, patched, made private, and our own end."""
    source = read_source("xlwings_custom_addin.bas")
    for start, stop, instead in CUTS:
        source = cut(source, start, stop, instead)
    for old, new, times in REPLACEMENTS:
        source = replace(source, old, new, times)
    return made_private(source) + additions


def dictionary_module() -> str:
    """Return the class that xlwings uses on macOS, where Scripting.Dictionary is missing."""
    return read_source("addin/Dictionary.cls")


def read_source(name: str) -> str:
    """Read one VBA file of the installed package."""
    path = Path(str(distribution("xlwings").locate_file(f"xlwings/{name}")))
    return path.read_text("utf-8-sig").replace("\r\n", "\n")


def cut(source: str, start: str, stop: str, instead: str) -> str:
    """Replace what goes from a text, found once, up to the next ``stop``, or to the end."""
    if source.count(start) != 1:
        changed(start)
    before, after = source.split(start)
    if stop and stop not in after:
        changed(stop)
    return before + instead + (after[after.index(stop) :] if stop else "")


def replace(source: str, old: str, new: str, times: int) -> str:
    """Replace a text that must be found a given number of times."""
    if source.count(old) != times:
        changed(old)
    return source.replace(old, new)


def made_private(source: str) -> str:
    """Keep every procedure but the public ones inside the module."""
    found = PROCEDURE.findall(source)
    if missing := PUBLIC - {name for *_, name in found}:
        changed(str(missing))

    def written(match: re.Match[str]) -> str:
        indent, declaration, name = match.groups()
        return f"{indent}{'Public' if name in PUBLIC else 'Private'} {declaration}"

    return PROCEDURE.sub(written, source)


def changed(text: str) -> NoReturn:
    """Stop the build: the installed xlwings is not the one these changes were written for."""
    sys.exit(f"xlwings {version('xlwings')}: not found as expected: {text!r}")
