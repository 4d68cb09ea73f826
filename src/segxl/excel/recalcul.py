"""Formulas whose inputs changed: what they last showed is dropped, and Excel computes them anew."""

from __future__ import annotations

import re

from segxl.excel.package import Package
from segxl.excel.structure import find_places, find_sheets

_CACHED = re.compile(rb"(<c\b[^>]*>)(<f\b[^>]*?(?:/>|>[^<]*</f>))<v[^>]*>[^<]*</v>")
_TYPE = re.compile(rb'\st="[^"]*"')
_CALC = re.compile(rb"<calcPr\b[^>]*?/>")


def forget_stale_values(package: Package, changed: set[str]) -> None:
    """Drop the cached results that depend on the changed sheets, and ask for a full computation.

    A sheet depends on another when one of its formulas names it, one of its tables, or a defined
    name that does. Sheets that depend on nothing changed keep their bytes.
    """
    sheets = find_sheets(package)
    with_formulas = {name: part for name, part in sheets.items() if b"<f" in package.read(part)}
    if not with_formulas:
        return
    stale = _dependents(package, with_formulas, changed)
    for name in stale:
        part = sheets[name]
        package.replace(
            part, _CACHED.sub(lambda m: _TYPE.sub(b"", m[1]) + m[2], package.read(part))
        )
    if stale:
        package.replace("xl/workbook.xml", _computing_on_load(package.read("xl/workbook.xml")))


def _dependents(package: Package, with_formulas: dict[str, str], changed: set[str]) -> set[str]:
    """Return the sheets with formulas that read, even through others, one of the changed sheets."""
    tables: dict[str, list[str]] = {}
    for place in find_places(package).values():
        tables.setdefault(place.sheet, []).append(place.table)
    names = re.findall(
        r'<definedName\b[^>]*?\bname="([^"]+)"[^>]*>([^<]*)<',
        package.read("xl/workbook.xml").decode(),
    )
    formulas = {
        name: " ".join(
            f.decode() for f in re.findall(rb"<f\b[^>]*>([^<]*)</f>", package.read(part))
        )
        for name, part in with_formulas.items()
    }
    reached, waiting = set(changed), list(changed)
    while waiting:
        sheet = waiting.pop()
        words = [f"{sheet}!", f"{sheet}'!", *(f"{t}[" for t in tables.get(sheet, []))]
        words += [name for name, formula in names if any(w in formula for w in words)]
        new = {
            n for n, text in formulas.items() if n not in reached and any(w in text for w in words)
        }
        reached |= new
        waiting += new
    return reached & set(with_formulas)


def _computing_on_load(workbook: bytes) -> bytes:
    """Return the workbook part with the request to compute everything at opening."""
    calc = _CALC.search(workbook)
    if calc is None:
        for follower in (
            b"<oleSize",
            b"<customWorkbookViews",
            b"<pivotCaches",
            b"<fileRecoveryPr",
            b"<extLst",
            b"</workbook>",
        ):
            at = workbook.find(follower)
            if at >= 0:
                return workbook[:at] + b'<calcPr fullCalcOnLoad="1"/>' + workbook[at:]
    if calc is None or b'fullCalcOnLoad="1"' in calc[0]:
        return workbook
    plain = re.sub(rb'\sfullCalcOnLoad="[^"]*"', b"", calc[0])
    return workbook.replace(calc[0], plain[:-2] + b' fullCalcOnLoad="1"/>', 1)
