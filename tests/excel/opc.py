"""What the standard asks of every workbook file; the list is empty when Excel opens it clean."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from segxl.domain.tableau import column_number
from segxl.excel.ooxml.sheet_xml import ORDER

Parts = dict[str, bytes]
Tree = etree._Element


def find_flaws(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = {n: archive.read(n) for n in names}
    flaws = [f"{n}: twice in the file" for n, times in Counter(names).items() if times > 1]
    trees = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                flaws.append(f"{name}: {error}")
    if flaws:
        return flaws
    return [
        *_wrong_types(parts, trees),
        *_wrong_relations(parts, trees),
        *_wrong_sheets(trees),
        *_wrong_tables(trees),
        *_wrong_chain(trees),
    ]


def _wrong_types(parts: Parts, trees: dict[str, Tree]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    extensions = {str(d.get("Extension")).lower() for d in types.iter("{*}Default")}
    overrides = [str(o.get("PartName")).removeprefix("/") for o in types.iter("{*}Override")]
    yield from (f"{n}: typed twice" for n, times in Counter(overrides).items() if times > 1)
    yield from (f"{n}: typed but absent" for n in overrides if n not in parts)
    for name in parts:
        known = name in overrides or name.rpartition(".")[2].lower() in extensions
        if not known and name != "[Content_Types].xml":
            yield f"{name}: without a type"


def _wrong_relations(parts: Parts, trees: dict[str, Tree]) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        source = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        relations = [*tree.iter("{*}Relationship")]
        idents = Counter(str(r.get("Id")) for r in relations)
        yield from (f"{name}: {i} twice" for i, times in idents.items() if times > 1)
        for relation in relations:
            if relation.get("TargetMode") != "External":
                target = _resolved(folder, str(relation.get("Target")))
                if target not in parts:
                    yield f"{name}: {target} is absent"
        if source in trees:
            used = re.findall(
                rb'\s[\w.-]+:(?:id|embed|link)="(rId\d+)"', etree.tostring(trees[source])
            )
            yield from (
                f"{source}: {u.decode()} leads nowhere" for u in used if u.decode() not in idents
            )


def _wrong_sheets(trees: dict[str, Tree]) -> Iterator[str]:
    workbook = trees["xl/workbook.xml"]
    for attribute in ("name", "sheetId"):
        seen = Counter(str(s.get(attribute)).casefold() for s in workbook.iter("{*}sheet"))
        yield from (f"sheet {attribute} {v} twice" for v, times in seen.items() if times > 1)
    styles = trees.get("xl/styles.xml")
    formats = 1 if styles is None else len(next(styles.iter("{*}cellXfs")))
    looks = 0 if styles is None else len([*styles.iterfind("{*}dxfs/{*}dxf")])
    for name, sheet in trees.items():
        if not name.startswith("xl/worksheets/") or name.endswith(".rels"):
            continue
        blocks = [etree.QName(c).localname for c in sheet]
        known = [ORDER.index(b) for b in blocks if b in ORDER]
        if known != sorted(known):
            yield f"{name}: blocks out of order: {blocks}"
        repeated = {b for b, n in Counter(blocks).items() if n > 1} - {"conditionalFormatting"}
        yield from (f"{name}: two {b}" for b in repeated & set(ORDER))
        yield from _wrong_cells(name, sheet, formats)
        ranks = Counter(
            str(r.get("priority")) for r in sheet.iterfind("{*}conditionalFormatting/{*}cfRule")
        )
        yield from (f"{name}: two rules of rank {r}" for r, n in ranks.items() if n > 1)
        for rule in sheet.iterfind("{*}conditionalFormatting/{*}cfRule"):
            if int(rule.get("dxfId", 0)) >= max(looks, 1):
                yield f"{name}: a rule without its look"
        shared = {str(f.get("si")) for f in sheet.iter("{*}f") if f.get("t") == "shared" and f.text}
        for formula in sheet.iter("{*}f"):
            if formula.get("t") == "shared" and str(formula.get("si")) not in shared:
                yield f"{name}: a shared formula without its first cell"


def _wrong_cells(name: str, sheet: Tree, formats: int) -> Iterator[str]:
    last_row = 0
    for row in sheet.iterfind("{*}sheetData/{*}row"):
        number = int(row.get("r", last_row + 1))
        if number <= last_row:
            yield f"{name}: row {number} after row {last_row}"
        last_row, last_column = number, 0
        for cell in row:
            match = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
            column = column_number(match[1]) if match else last_column + 1
            if column <= last_column or (match and int(match[2]) != number):
                yield f"{name}: cell {cell.get('r')} out of place"
            if int(cell.get("s", 0)) >= formats:
                yield f"{name}: cell {cell.get('r')} without its style"
            last_column = column


def _wrong_tables(trees: dict[str, Tree]) -> Iterator[str]:
    tables = {n: t for n, t in trees.items() if etree.QName(t).localname == "table"}
    for attribute in ("id", "displayName"):
        seen = Counter(str(t.get(attribute)).casefold() for t in tables.values())
        yield from (f"table {attribute} {v} twice" for v, times in seen.items() if times > 1)
    texts = _texts_of(trees)
    for sheet_name, sheet in trees.items():
        rels = trees.get(f"xl/worksheets/_rels/{posixpath.basename(sheet_name)}.rels")
        if not sheet_name.startswith("xl/worksheets/") or rels is None:
            continue
        cells = {str(c.get("r")): c for c in sheet.iter("{*}c")}
        areas = []
        for relation in rels.iter("{*}Relationship"):
            if str(relation.get("Type")).endswith("/table"):
                table = tables[_resolved("xl/worksheets", str(relation.get("Target")))]
                areas.append(_bounds(str(table.get("ref"))))
                yield from _wrong_headers(table, cells, texts)
        merges = [_bounds(str(m.get("ref"))) for m in sheet.iter("{*}mergeCell")]
        for i, area in enumerate(areas):
            if any(_overlap(area, other) for other in [*areas[i + 1 :], *merges]):
                yield f"{sheet_name}: a table lies over another, or over merged cells"


def _wrong_headers(table: Tree, cells: dict[str, Tree], texts: list[str]) -> Iterator[str]:
    name = table.get("displayName")
    first_column, first_row, last_column, last_row = _bounds(str(table.get("ref")))
    columns = [c.get("name", "") for c in table.iter("{*}tableColumn")]
    if len(columns) != last_column - first_column + 1:
        yield f"{name}: {len(columns)} columns in {table.get('ref')}"
    if len({c.casefold() for c in columns}) != len(columns):
        yield f"{name}: two columns of one name"
    if any(
        f.get("ref") and _bounds(str(f.get("ref")))[3] > last_row
        for f in table.iter("{*}autoFilter")
    ):
        yield f"{name}: the filter goes below the table"
    shown = table.get("headerRowCount", "1") != "0"
    if last_row <= first_row and shown:
        yield f"{name}: no row"
    for number, column in enumerate(columns if shown else [], first_column):
        cell = cells.get(f"{_letters(number)}{first_row}")
        text = "" if cell is None else _text_of(cell, texts)
        if re.sub(r"\s+", " ", text) != re.sub(r"\s+|_x000a_", " ", column, flags=re.IGNORECASE):
            yield f"{name}: header cell {text!r}, column {column!r}"


def _wrong_chain(trees: dict[str, Tree]) -> Iterator[str]:
    chain = trees.get("xl/calcChain.xml")
    if chain is None:
        return
    formulas = {
        str(c.get("r"))
        for n, sheet in trees.items()
        if n.startswith("xl/worksheets/sheet")
        for c in sheet.iter("{*}c")
        if c.find("{*}f") is not None
    }
    yield from (
        f"calcChain: {c.get('r')} has no formula" for c in chain if c.get("r") not in formulas
    )


def _texts_of(trees: dict[str, Tree]) -> list[str]:
    shared = trees.get("xl/sharedStrings.xml")
    return (
        [] if shared is None else ["".join(t.text or "" for t in si.iter("{*}t")) for si in shared]
    )


def _text_of(cell: Tree, texts: list[str]) -> str:
    if cell.get("t") == "s":
        return texts[int(cell.findtext("{*}v") or 0)]
    return "".join(t.text or "" for t in cell.iter("{*}t", "{*}v"))


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")


def _bounds(ref: str) -> tuple[int, int, int, int]:
    first, _, last = ref.partition(":")
    (c1, r1), (c2, r2) = (re.findall(r"([A-Z]+)(\d+)", x)[0] for x in (first, last or first))
    return column_number(c1), int(r1), column_number(c2), int(r2)


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _overlap(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
