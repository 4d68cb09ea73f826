"""The questionnaire of one client as it comes back: a question a line, made the row of one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from segxl.domain.textes import fold
from segxl.sources.export import Export
from segxl.sources.textes_bruts import is_blank, text_of

QUESTION, REPONSE, IMPORTANT = "question", "votre reponse", "important pour vous"
TITRES = (QUESTION, REPONSE, f"{IMPORTANT} ?")
"""The titles of such a page, folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Export):
    """A page whose every question is a column; ``places`` are the cells of the answers."""

    places: Mapping[str, str] = field(default_factory=dict)

    def cell(self, header: str, row: object) -> str:  # noqa: ARG002  a page holds one answer
        """Return the place of the answer to one question."""
        return self.places[header]


def straighten(export: Export) -> Export:
    """Return the page of one client as an export of one row; any other export as it is.

    A question that the client calls important to some degree has a further column.
    """
    by_fold = {fold(title).rstrip(" ?"): str(title) for title in export.lignes.columns}
    if not {QUESTION, REPONSE} <= {*by_fold}:
        return export
    values: dict[str, object] = {}
    places: dict[str, str] = {}
    for row, cells in export.lignes.iterrows():
        question = text_of(cells[by_fold[QUESTION]])
        titles = {question: REPONSE, f"Important pour vous : {question}": IMPORTANT}
        for title, column in titles.items():
            told = cells[by_fold[column]] if column in by_fold else None
            if question and title not in values and (column == REPONSE or not is_blank(told)):
                values[title] = told
                places[title] = export.cell(by_fold[column], row)
    lignes = pd.DataFrame([values], index=[export.header_row + 1], dtype=object)
    return Page(
        name=export.name,
        sheet=export.sheet,
        header_row=export.header_row,
        lignes=lignes.where(lignes.notna(), None),
        letters=dict.fromkeys(values, ""),
        places=places,
    )
