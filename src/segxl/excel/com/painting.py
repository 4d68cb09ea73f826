"""Colours of an open workbook: conditional formats keyed on a word, rebuilt when the palette changes.

Reading the rules back takes several round trips a rule, so a hidden name of the workbook tells
which palette was painted last.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlwings as xw

from segxl.domain.tableau import column_letter
from segxl.domain.textes import fold
from segxl.excel.com.blocks import Block, Finder
from segxl.excel.ooxml.painting import PAINTED

BY_FORMULA = 2
"""xlExpression."""


@dataclass(frozen=True, slots=True)
class Painting:
    """Columns of a table to colour by the word under one header: word → (fill, text)."""

    block: Block
    header: str
    on: tuple[str, ...]
    colours: Mapping[str, tuple[str, str]]


def paint(book: xw.Book, finder: Finder, paintings: Sequence[Painting]) -> None:
    """Rebuild the rules, unless the workbook bears these very colours already."""
    if sys.platform == "darwin":  # no conditional formats for a script: those of the file stay
        return
    palette = _fingerprint_of(paintings)
    # A chart sheet in front has no active cell; the colours wait for the next run.
    if finder.evaluate(PAINTED) == palette or book.app.api.ActiveCell is None:
        return
    for painting in paintings:
        for header in painting.on:
            _paint_column(book, painting, header)
    name = book.names.add(PAINTED, f'="{palette}"')
    name.api.Visible = False


def _fingerprint_of(paintings: Sequence[Painting]) -> str:
    told = repr([(p.header, p.on, sorted(p.colours.items())) for p in paintings])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _paint_column(book: xw.Book, painting: Painting, header: str) -> None:
    """Put our rules on one column in place of those it has from us; the user's own stay."""
    block = painting.block
    places = {fold(h): i for i, h in enumerate(block.headers)}
    place = places[fold(header)]
    letter = column_letter(block.first_column + places[fold(painting.header)])
    rules = block.part(place, place, 1, block.height).api.FormatConditions
    ours = re.compile(rf'=\${letter}\d+="')
    for number in range(rules.Count, 0, -1):
        rule = rules(number)
        if rule.Type == BY_FORMULA and ours.match(rule.Formula1):
            rule.Delete()
    # Excel reads the relative row of a new rule from the active cell, wherever the rule goes.
    row = book.app.api.ActiveCell.Row
    for word, (fond, texte) in painting.colours.items():
        quoted = word.replace('"', '""')
        rule = rules.Add(Type=BY_FORMULA, Formula1=f'=${letter}{row}="{quoted}"')
        rule.Interior.Color = _bgr(fond)
        rule.Font.Color = _bgr(texte)
        rule.StopIfTrue = False


def _bgr(colour: str) -> int:
    """Return a colour as Excel numbers it.

    >>> hex(_bgr("#F8696B"))
    '0x6b69f8'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red | green << 8 | blue << 16
