"""One table of the workbook as it was read, able to name the cell of any of its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from segxl.domain.anomalies import Anomalie, Gravite
from segxl.domain.textes import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau:
    """The rows of a table and where they lie.

    ``lignes`` is a DataFrame of objects indexed by Excel row number, ``None`` where a cell
    is blank, one column per header. ``letters`` gives the Excel column of each header.
    """

    name: str
    sheet: str
    lignes: pd.DataFrame
    letters: Mapping[str, str]

    @classmethod
    def of(
        cls, name: str, headers: Sequence[str], rows: Iterable[Sequence[object]], *, sheet: str = ""
    ) -> Tableau:
        """Build a table that starts in A1, as the shipped defaults and the tests do.

        >>> Tableau.of("Couleurs", ["Couleur"], [["Rouge"], ["Vert"]]).cell("Couleur", 3)
        'A3'
        """
        values = [list(row) for row in rows]
        index = pd.RangeIndex(2, 2 + len(values))
        frame = pd.DataFrame(values, columns=pd.Index(headers), index=index, dtype=object)
        frame = frame.where(frame.notna(), None)
        letters = {header: column_letter(i) for i, header in enumerate(headers, start=1)}
        return cls(name=name, sheet=sheet or name, lignes=frame, letters=letters)

    def header(self, wanted: str) -> str | None:
        """Return the header that a reader would take for ``wanted``, or None.

        >>> Tableau.of("T", ["Note  fe"], []).header("Note FE")
        'Note  fe'
        """
        if wanted in self.letters:
            return wanted
        return {fold(h): h for h in self.letters}.get(fold(wanted))

    def canonical(self, names: Iterable[str]) -> Tableau:
        """Return the same table with each header spelt as in ``names`` where a reader sees no difference.

        >>> list(Tableau.of("T", ["note  FÉ", "Libre"], []).canonical(["Note FE"]).letters)
        ['Note FE', 'Libre']
        """
        folded = {fold(h): h for h in self.letters}
        found = {n: n if n in self.letters else folded.get(fold(n)) for n in names}
        spelling = {header: name for name, header in found.items() if header}
        return replace(
            self,
            lignes=self.lignes.rename(columns=spelling),
            letters={spelling.get(h, h): letter for h, letter in self.letters.items()},
        )

    def find_missing(self, headers: Iterable[str]) -> list[Anomalie]:
        """Return one blocking anomaly per header that the table lacks."""
        return [
            Anomalie(
                sheet=self.sheet,
                cell="",
                value=None,
                problem=f"la colonne « {header} » manque dans le tableau {self.name}",
                remedy=f"ajoutez au tableau {self.name} une colonne intitulée « {header} »",
                gravite=Gravite.BLOQUANTE,
            )
            for header in headers
            if header not in self.letters
        ]

    def anomalie(
        self, header: str, row: object, problem: str, remedy: str, *, blocking: bool = False
    ) -> Anomalie:
        """Say what is wrong with one cell of the table."""
        return Anomalie(
            sheet=self.sheet,
            cell=self.cell(header, row),
            value=self.lignes.at[row, header],
            problem=problem,
            remedy=remedy,
            gravite=Gravite.BLOQUANTE if blocking else Gravite.A_CORRIGER,
        )

    def cell(self, header: str, row: object) -> str:
        """Return the address of one value, e.g. ``D12``."""
        return f"{self.letters.get(header, 'A')}{row}"


def records_of(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the Excel row and the cells of every row of a frame.

    >>> list(records_of(Tableau.of("T", ["A", "B"], [[1, None]]).lignes))
    [(2, {'A': 1, 'B': None})]
    """
    for row, cells in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
        yield int(row), {str(header): value for header, value in cells.items()}


def record_of(frame: pd.DataFrame, row: int) -> dict[str, object]:
    """Return the cells of one row, by header."""
    return next(cells for _, cells in records_of(frame.loc[[row]]))


def column_letter(number: int) -> str:
    """Return the Excel letters of a column.

    >>> [column_letter(n) for n in (1, 26, 27, 703)]
    ['A', 'Z', 'AA', 'AAA']
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of an Excel column.

    >>> [column_number(l) for l in ("A", "Z", "AA", "AAA")]
    [1, 26, 27, 703]
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
