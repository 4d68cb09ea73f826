"""The worksheet functions of a Python module, as VBA: ``python tools/addin_udfs.py MODULE``.

xlwings' own generator writes the wrappers. It belongs to Windows, and ``xlwings.func`` does nothing
elsewhere, so it runs in a process of its own with empty stand-ins for pywin32 and with the real
decorators in place before the module is imported.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

from addin_vba import vba_text

Fonction = Mapping[str, Any]
LONGEST = 255  # characters that Excel takes for a description
PYWIN32 = ("pythoncom", "pywintypes", "win32com", "win32com.client")
FONCTIONS = """Attribute VB_Name = "SegxlFonctions"
Option Explicit

Private Decrites As Boolean

' What the function wizard shows. Excel may refuse while no workbook is open: the next one tries again.
Public Sub SegxlDecrireFonctions()
    #If Not Mac Then
        If Decrites Then Exit Sub
        On Error Resume Next
{calls}
        Decrites = (Err.Number = 0)
    #End If
End Sub

Private Sub SegxlDecrire(ByVal fonction As String, ByVal categorie As String, ByVal description As String, _
    Optional ByVal arguments As Variant)
    Dim macro As String
    macro = "'" & ThisWorkbook.Name & "'!" & fonction
    If IsMissing(arguments) Then
        Application.MacroOptions Macro:=macro, Description:=description, Category:=categorie
    Else
        Application.MacroOptions Macro:=macro, Description:=description, Category:=categorie, _
            ArgumentDescriptions:=arguments
    End If
End Sub
"""


def udf_modules(module: str) -> dict[str, str]:
    """Return the VBA modules of the functions of one Python module, by name."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(  # noqa: S603 - our own script, with a module's name
        [sys.executable, __file__, module],
        capture_output=True,
        check=False,
        env=environment,
        encoding="utf-8",
    )
    if done.returncode:
        sys.exit(done.stderr)
    written = json.loads(done.stdout)
    fonctions = sorted(written["functions"], key=lambda f: f["name"])
    return {
        "xlwings_udfs": wrappers(written["vba"], fonctions),
        "SegxlFonctions": fonctions_module(fonctions),
    }


def fonctions_module(fonctions: list[Fonction]) -> str:
    """Return the VBA that tells Excel what the functions are for."""
    return FONCTIONS.format(calls="\n".join(map(described, fonctions)))


def wrappers(vba: str, fonctions: list[Fonction]) -> str:
    """Return xlwings' wrappers with a description each, and no workbook handed over.

    xlwings looks in the workbook it is given for sheets of code, and our functions get their ranges
    as arguments.
    """
    head = 'Attribute VB_Name = "xlwings_udfs"\n#Const App = "Microsoft Excel"\n'
    for fonction in fonctions:
        name = fonction["name"]
        line = rf"^((?:Function|Sub) {name}\(.*\))$"
        attribute = f"Attribute {name}.VB_Description = {vba_text(description_of(fonction))}"
        vba, times = re.subn(line, lambda m, a=attribute: f"{m[1]}\n{a}", vba, flags=re.MULTILINE)
        if times != 1:
            sys.exit(f"{name}: {times} wrappers")
    if vba.count("ActiveWorkbook, Application.Caller") != len(fonctions):
        sys.exit("xlwings hands workbooks over in another way")
    return head + vba.replace("ActiveWorkbook, Application.Caller", "Nothing, Application.Caller")


def described(fonction: Fonction) -> str:
    """Return the VBA that tells Excel about one function."""
    call = (
        f"        SegxlDecrire {vba_text(fonction['name'])}, {vba_text(fonction['category'])}, _\n"
    )
    call += f"            {vba_text(description_of(fonction))}"
    helps = [f"                {vba_text(fitted(text))}" for text in fonction["arguments"]]
    return call + (", _\n            Array( _\n" + ", _\n".join(helps) + ")" if helps else "")


def description_of(fonction: Fonction) -> str:
    """Return the first paragraph of a docstring, on one line."""
    return fitted(fonction["doc"].strip().split("\n\n")[0])


def fitted(text: str) -> str:
    """Return a text on one line, no longer than Excel takes."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def stand_in_for_pywin32() -> None:
    """Let xlwings' generator be imported where Windows is missing."""
    for name in PYWIN32:
        sys.modules.setdefault(name, ModuleType(name))
    vars(sys.modules["pythoncom"])["CoInitialize"] = lambda: None
    vars(sys.modules["pywintypes"])["com_error"] = OSError
    vars(sys.modules["win32com.client"])["Dispatch"] = object


def generate(name: str) -> dict[str, Any]:
    """Return the wrappers of a module as xlwings writes them, and what its functions are."""
    import xlwings  # noqa: PLC0415 - after the stand-ins
    from xlwings import udfs  # noqa: PLC0415 - after the stand-ins

    xlwings.func, xlwings.sub = udfs.xlfunc, udfs.xlsub
    xlwings.arg, xlwings.ret = udfs.xlarg, udfs.xlret
    module = importlib.import_module(name)
    vba = io.StringIO()
    udfs.generate_vba_wrapper(name, module, vba, SimpleNamespace(Name="segxl.xlam"))
    marked = [f.__xlfunc__ for f in vars(module).values() if hasattr(f, "__xlfunc__")]
    return {
        "vba": vba.getvalue(),
        "functions": [
            {
                "name": f["name"],
                "doc": f["ret"]["doc"],
                "category": f["category"],
                "arguments": [a["doc"] for a in f["args"] if not a["vba"]],
            }
            for f in marked
        ],
    }


if __name__ == "__main__":
    if not importlib.util.find_spec("pythoncom"):
        stand_in_for_pywin32()
    sys.stdout.reconfigure(encoding="utf-8")
    json.dump(generate(sys.argv[1]), sys.stdout)
