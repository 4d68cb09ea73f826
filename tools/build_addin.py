"""Build the Excel add-in from text: ``python tools/build_addin.py [sortie.xlam]``.

Needs no Excel. Two builds give the same bytes, so the committed file can be compared with a fresh
one.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pyopenvba import ExcelFile, VBAModuleKind

from addin_package import read_parts, with_properties, with_ribbon, write_package
from addin_ruban import boutons_module, read_ruban, ribbon_xml
from addin_udfs import udf_modules
from addin_vba import stored
from addin_xlwings import dictionary_module, xlwings_module
from segxl import __version__

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "workbook" / "src"
OUTPUT = ROOT / "workbook" / "segxl.xlam"
FONCTIONS = "segxl.faces.udfs"
DOCUMENT = "ThisWorkbook"
CLASSES = {"CSegxlApp", "Dictionary"}


def build(path: Path = OUTPUT) -> None:
    """Write the add-in to ``path``."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "segxl.xlam"
        write_project(draft)
        parts = read_parts(draft)
    ribbon = ribbon_xml(read_ruban(SOURCES / "ruban.toml"))
    write_package(path, with_properties(with_ribbon(parts, ribbon)))


def write_project(path: Path) -> None:
    """Write a blank add-in that holds our modules."""
    with ExcelFile.create_new(path) as book:
        project = book.vba_project()
        project.delete_module("Module1")
        for name, source in modules().items():
            if name == DOCUMENT:
                book.set_module(name, book.get_module(name) + stored(source))
            else:
                kind = VBAModuleKind.other if name in CLASSES else VBAModuleKind.standard
                project.add_module(name, stored(source), kind=kind)
        book.save()


def modules() -> dict[str, str]:
    """Return the source of every module by its name, ours, xlwings' and the made ones."""
    ruban = read_ruban(SOURCES / "ruban.toml")
    additions = (SOURCES / "xlwings_ajouts.bas").read_text("utf-8")
    return {
        "xlwings": xlwings_module(additions),
        "Dictionary": dictionary_module(),
        "SegxlBoutons": boutons_module(ruban, __version__),
        **udf_modules(FONCTIONS),
        **{p.stem: p.read_text("utf-8") for p in sorted((SOURCES / "vba").iterdir())},
    }


if __name__ == "__main__":
    build(*map(Path, sys.argv[1:2]))
    print("Complément Excel : à jour.")
