"""The table Reponses: every answer that somebody gave or that a file measured, one a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.typing import NaTType

from segxl.domain.anomalies import Anomalie
from segxl.domain.baremes import BAREMES
from segxl.domain.dossiers import CLE
from segxl.domain.identifiants import key_of
from segxl.domain.reglages import Reglages
from segxl.domain.saisie import is_error, parse_column, parse_date, parse_number
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold

MESURE, DEDUIT, DECLARE, RESSENTI = "Mesuré", "Déduit", "Déclaré", "Ressenti"
NATURES = (MESURE, DEDUIT, DECLARE, RESSENTI)
"""Where an answer comes from, the surest first: a file, a rule, the client, somebody of the firm."""
QUESTION, REPONSE, NATURE, JOUR, AUTEUR, ORIGINE = (
    "Question",
    "Réponse",
    "Nature",
    "Date",
    "Auteur",
    "Origine",
)
IMPORT = "Import"
"""The author of a line that tells which file a cell of Clients was filled from.

The import wrote the cell at once: another value, or none, was typed since. Such a line says where
a cell comes from as long as both agree; it answers nothing by itself, and contradicts nobody.
"""
PLUSIEURS = "(plusieurs)"
"""In place of a client: a line that tells of a whole column, and answers for nobody."""
HEADERS = (CLE, QUESTION, REPONSE, NATURE, JOUR, AUTEUR, ORIGINE)


class Line(NamedTuple):
    """One answer on record that was read."""

    row: int
    """The client's Excel row."""
    question: str
    """The header of Clients."""
    reponse: object
    niveau: float
    """From 0 to 1; NaN where the question is none of a grid."""
    rang: int
    """The place of its nature in ``NATURES``."""
    jour: pd.Timestamp | NaTType
    """NaT where nobody says."""
    auteur: str
    """Folded: two spellings of a name are one author."""
    nom: str
    """The author as the sheet shows it."""
    origine: str
    perime: bool = False
    """Whether it is older than « Périmé après » of its question."""

    @property
    def nature(self) -> str:
        """Where the answer comes from."""
        return NATURES[self.rang]

    @property
    def dated(self) -> str:
        """The day of the answer after its nature: « mesuré le 31/12/2025 »."""
        return self.nature.lower() + ("" if pd.isna(self.jour) else f" le {self.jour:%d/%m/%Y}")

    @property
    def shown(self) -> str:
        """The answer as readers write it: a number with its thousands apart and a decimal comma."""
        number = None if isinstance(self.reponse, str) else parse_number(self.reponse)
        if number is None:
            return str(self.reponse)
        text = f"{number:,.2f}".removesuffix(".00")
        return text.replace(",", "\u202f").replace(".", ",")


def lines_of(told: pd.DataFrame) -> Iterator[Line]:
    """Yield the lines of a frame that :func:`parse_reponses` made, or of a part of it."""
    for cells in told.itertuples(index=False, name=None):
        yield Line(*cells)


def parse_reponses(
    table: Tableau, dossiers: pd.DataFrame, reglages: Reglages
) -> tuple[pd.DataFrame, tuple[Anomalie, ...]]:
    """Read the answers on record.

    Parameters
    ----------
    table : Tableau
        The table Reponses, its headers spelt as ``HEADERS``.
    dossiers : DataFrame, shape (n, m)
        The clients, indexed by Excel row, in the form the scorers read.
    reglages : Reglages
        The questions of the firm.

    Returns
    -------
    DataFrame, shape (k, 9)
        Indexed by Excel row of the table; the fields of :class:`Line` but the last. A line that
        cannot be read is left out.
    tuple of Anomalie
        One for each cell that cannot be read; none of them blocking.
    """
    lignes = table.lignes.reindex(columns=[*HEADERS]).astype(object)
    told = lignes[lignes[[CLE, QUESTION, REPONSE]].notna().all(axis="columns")]
    told = told[(told[CLE] != PLUSIEURS).to_numpy(dtype=bool)]
    read = _read(told, dossiers, reglages)
    asked = read["question"].isin({c.libelle for c in reglages.criteres})
    unread = read["niveau"].isna() & asked
    wrong = [
        (CLE, read["row"].isna(), "ce dossier n’est pas dans Clients", "reprenez le numéro de la feuille Clients, ou supprimez la ligne"),
        (QUESTION, read["question"].isna(), "cette question n’est ni un critère de la grille ni une colonne de Clients", "reprenez l’intitulé exact de la question"),
        (NATURE, read["rang"].isna(), "cette nature n’existe pas", f"choisissez parmi : {' · '.join(NATURES)}"),
        (JOUR, told[JOUR].notna() & read["jour"].isna(), "« Date » doit être une date", "saisissez-la ainsi : 12/10/2026"),
        (REPONSE, unread & read["row"].notna(), "cette réponse n’est pas dans le barème de la question", "reprenez une réponse de la feuille Grille"),
    ]  # fmt: skip
    good = read[["row", "question", "rang"]].notna().all(axis="columns") & ~unread
    return read[good].astype({"row": "int64", "rang": "int64"}), tuple(
        table.anomalie(header, row, problem, remedy)
        for header, mask, problem, remedy in wrong
        if header in table.letters
        for row in told.index[mask.to_numpy(dtype=bool)]
    )


def _read(told: pd.DataFrame, dossiers: pd.DataFrame, reglages: Reglages) -> pd.DataFrame:
    """Return the fields of :class:`Line`, blank where a cell cannot be read."""
    rows = {fold(k): row for row, k in dossiers[CLE].items()}
    questions = _column(told[QUESTION], _known_questions(dossiers, reglages))
    natures = told[NATURE].where(told[NATURE].notna(), RESSENTI)
    jours = pd.to_datetime(parse_column(told[JOUR], parse_date))
    return pd.DataFrame(
        {
            "row": _column(parse_column(told[CLE], key_of), rows),
            "question": questions,
            "reponse": told[REPONSE],
            "niveau": _niveaux_of(told[REPONSE], questions, reglages),
            "rang": _column(natures, {fold(n): rang for rang, n in enumerate(NATURES)}),
            "jour": jours.astype("datetime64[s]"),
            "auteur": told[AUTEUR].map(fold),
            "nom": told[AUTEUR].map(_text),
            "origine": told[ORIGINE].map(_text),
        }
    )


def _known_questions(dossiers: pd.DataFrame, reglages: Reglages) -> dict[str, str]:
    """Return the header of Clients that each spelling names: a code, a question, a column."""
    headers = {fold(h): str(h) for h in dossiers.columns if h != CLE}
    return headers | {fold(n): c.libelle for c in reglages.criteres for n in (c.code, c.libelle)}


def _column(cells: pd.Series, known: Mapping[str, object]) -> pd.Series:
    """Return what each cell names; None where it names nothing."""
    met = {cell: None if is_error(cell) else known.get(fold(cell)) for cell in cells.unique()}
    return cells.map(met).astype(object)


def _niveaux_of(reponses: pd.Series, questions: pd.Series, reglages: Reglages) -> np.ndarray:
    """Return the niveau of each answer on its own question; NaN where it has none."""
    niveaux = np.full(len(reponses), np.nan)
    for critere in reglages.criteres:
        asked = (questions == critere.libelle).to_numpy(dtype=bool)
        if asked.any():
            niveaux[asked] = BAREMES[critere.type](reponses[asked], critere)
    return niveaux


def _text(value: object) -> str:
    return "" if value is None or is_error(value) else str(value).strip()
