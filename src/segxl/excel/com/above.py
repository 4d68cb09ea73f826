"""The sentences over a table of an open workbook, which a run renews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import xlwings as xw

from segxl.excel.above import find_sentences
from segxl.excel.com.blocks import Block, as_rows
from segxl.excel.com.cells import typed_text
from segxl.excel.com.shapes import Undo


@dataclass(frozen=True, slots=True)
class Sentences:
    """What to say over a table: the words that each sentence starts with, and the rest of it."""

    block: Block
    lines: Mapping[str, str]


def write_sentences(sheet: xw.Sheet, sentences: Sentences, undos: list[Undo]) -> None:
    """Renew the sentences that stand over a table; other cells stay as they are."""
    block = sentences.block
    if block.header_row == 1:
        return
    column, last = block.first_column, block.header_row - 1
    shown = [row[0] for row in as_rows(sheet.range((1, column), (last, column)).raw_value)]
    for row, text in find_sentences(shown, sentences.lines).items():
        cell, before = sheet.range((row, column)), shown[row - 1]
        cell.raw_value = typed_text(text)
        undos.append(partial(setattr, cell, "raw_value", before))
