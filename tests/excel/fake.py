"""A workbook that is a dict of DataFrames: what the actions see of one, without a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from segxl.domain.anomalies import SaisieError
from segxl.domain.tableau import Tableau, column_letter
from segxl.domain.textes import fold
from segxl.excel.port import Workbook
from segxl.excel.refusals import missing_table

FIRST_ROW = 2


class FakeWorkbook:
    """Every table stands in A1 of a sheet of its name; what is written shows after ``save``."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], name: str = "fictif.xlsx") -> None:
        self._name = name
        self._tables = {fold(t): _numbered(rows) for t, rows in tables.items()}
        self._opened = dict(self._tables)
        self.notes: dict[str, str] = {}
        self.above: dict[str, dict[str, str]] = {}
        self.links: dict[str, tuple[str, ...]] = {}
        self.colours: dict[str, dict[str, tuple[str, str]]] = {}

    @property
    def name(self) -> str:
        return self._name

    def has_table(self, table: str) -> bool:
        return fold(table) in self._tables

    def read_table(self, table: str) -> Tableau:
        self._require(table)
        lignes = self._opened[fold(table)]
        filled = lignes[lignes.notna().any(axis="columns")]
        letters = {str(h): column_letter(i) for i, h in enumerate(lignes.columns, 1)}
        lignes = filled if len(filled) else lignes.head(1)
        return Tableau(name=table, sheet=table, lignes=lignes, letters=letters)

    def read_formulas(self, table: str) -> Mapping[str, Mapping[int, str]]:
        self._require(table)
        return {}  # a frame holds no formula

    def write_columns(
        self, table: str, columns: pd.DataFrame, *, keep_formulas: bool = False
    ) -> None:
        rows = {int(str(row)): dict(columns.loc[row]) for row in columns.index}
        self.write_cells(table, rows, keep_formulas=keep_formulas)

    def write_cells(
        self, table: str, rows: Mapping[int, Mapping[str, object]], *, keep_formulas: bool = True
    ) -> None:
        del keep_formulas  # a frame holds no formula
        frame = self._writable(table)
        known = _headers_of(frame)
        for row, values in rows.items():
            for header, value in values.items():
                if fold(header) in known:
                    frame.loc[row, known[fold(header)]] = _blank_as_none(value)

    def add_columns(self, table: str, headers: Sequence[str]) -> None:
        frame = self._writable(table)
        self._tables[fold(table)] = frame.assign(**dict.fromkeys(headers)).astype(object)

    def retitle(self, table: str, headers: Sequence[str]) -> None:
        frame = self._writable(table)
        kept = [frame.iloc[:, i] if i < frame.shape[1] else None for i in range(len(headers))]
        columns = dict(zip(headers, kept, strict=True))
        self._tables[fold(table)] = pd.DataFrame(columns, index=frame.index, dtype=object)

    def append_rows(self, table: str, rows: pd.DataFrame) -> None:
        frame = self._writable(table)
        filled = frame[frame.notna().any(axis="columns")]
        last = int(filled.index[-1]) if len(filled) else FIRST_ROW - 1
        index = pd.RangeIndex(last + 1, last + 1 + len(rows))
        kept = frame.loc[:last]
        self._tables[fold(table)] = _stacked(kept, _known(rows, frame).set_axis(index))

    def replace_rows(self, table: str, rows: pd.DataFrame) -> None:
        frame = self._writable(table)
        index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + max(len(rows), 1))
        new = _known(rows, frame).reset_index(drop=True).reindex(range(len(index))).set_axis(index)
        written = {fold(h) for h in rows.columns}
        for header in frame.columns:
            if fold(header) not in written:
                new[header] = frame[header].reindex(index)
        self._tables[fold(table)] = new.astype(object).where(new.notna(), None)

    def add_table(
        self, table: str, sheet: str, widths: Mapping[str, float], *, note: str = ""
    ) -> None:
        del sheet
        self.notes[table] = note
        self._tables[fold(table)] = _numbered(
            pd.DataFrame([[None] * len(widths)], columns=[*widths])
        )

    def link_cells(self, table: str, header: str, targets: Sequence[str]) -> None:
        self._require(table)
        self.links[f"{table}.{header}"] = tuple(targets)

    def paint_words(
        self, table: str, header: str, on: Sequence[str], colours: Mapping[str, tuple[str, str]]
    ) -> None:
        self._require(table)
        self.colours |= {f"{table}.{h} by {header}": dict(colours) for h in on}

    def write_above(self, table: str, lines: Mapping[str, str]) -> None:
        self._require(table)
        self.above[table] = dict(lines)

    def save(self) -> None:
        self._opened = dict(self._tables)

    def _require(self, table: str) -> None:
        if not self.has_table(table):
            raise SaisieError([missing_table(self.name, table)])

    def _writable(self, table: str) -> pd.DataFrame:
        self._require(table)
        self._tables[fold(table)] = self._tables[fold(table)].copy()
        return self._tables[fold(table)]


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    frame = rows.astype(object).where(rows.notna(), None)
    return frame.set_axis(pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(rows)))


def _blank_as_none(value: Any) -> Any:  # noqa: ANN401  a cell
    return None if value == "" or pd.isna(value) else value


def _headers_of(frame: pd.DataFrame) -> dict[str, str]:
    return {fold(h): str(h) for h in frame.columns}


def _known(rows: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    known = _headers_of(frame)
    named = rows.rename(columns=lambda h: known.get(fold(h), h)).reindex(columns=frame.columns)
    return named.astype(object).where(named.notna(), None)


def _stacked(kept: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([kept, new]).astype(object) if len(kept) else new


def as_port(workbook: FakeWorkbook) -> Workbook:
    """Tell the type checker that the fake honours the port."""
    return workbook
