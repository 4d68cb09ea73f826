"""The export of a survey, whatever its form tool: who answered, when, what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie, file_error
from segxl.domain.ecoute.importance import IMPORTANT
from segxl.domain.enquete import FICHIER, JOUR, SANS_DATE
from segxl.domain.satisfaction import SCORES
from segxl.sources.cellules_enquete import parse_score
from segxl.sources.colonnes import Colonne, parse_colonne
from segxl.sources.colonnes_enquete import (
    TitresEnquete,
    match_survey,
)
from segxl.sources.correspondance import Correspondance
from segxl.sources.ecarts import Ecart, Motif, find_ecarts
from segxl.sources.echelles_enquete import find_wrong_scale
from segxl.sources.export import Export, NoHeaderError
from segxl.sources.importance_enquete import Importances, read_importances
from segxl.sources.jours_enquete import order_of
from segxl.sources.lecture import read_export
from segxl.sources.mots_enquete import COMMENTAIRE, MotsEnquete
from segxl.sources.questionnaire_rempli import straighten
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import Reader

LIEU, QUI, NOTEE = "lieu", "qui", "notee"
HORS_ECHELLE, DATES = (
    "Notes qui ne sont pas reprises",
    "Dates à vérifier : ces réponses ne sont pas reprises",
)
"""The kinds of anomalies of an export."""
LONGEST = 16_000
"""Characters of a comment: a cell holds 32,767 units, and an emoji takes two."""
_TITLES = "attendu : une ligne de titres comme « Date », « SIREN », « CSAT », « NPS », « Commentaire », ou les questions elles-mêmes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponses:
    """What one export tells.

    ``lignes`` is a DataFrame of objects, one row per respondent, in the order of the file and
    indexed by its row: the roles of ``mots_enquete.CLIENT`` that the export has, as it writes
    them; ``qui``, the same in words; « Date », « CSAT », « NPS », what matters to the client and
    « Commentaire », None where blank; ``fichier``, ``lieu`` and ``sans_date``; ``notee``, whether a score, or what
    matters, and its day could be read. ``lues`` counts the rows under the titles, ``muettes`` those that leave every score
    blank. ``export`` keeps the rows, for the answers of the grid.
    """

    export: Export
    titres: TitresEnquete
    lignes: pd.DataFrame
    lues: int
    ecarts: tuple[Ecart, ...]
    muettes: int
    anomalies: Mapping[str, tuple[Anomalie, ...]]
    remarques: tuple[str, ...]

    @property
    def parlantes(self) -> pd.DataFrame:
        """The rows that say something: a score, or an answer of the grid."""
        cells = self.export.lignes[[*self.titres.criteres]]
        filled = (~cells.map(is_blank).astype(bool)).any(axis="columns")
        return self.lignes[self.lignes[NOTEE] | filled]


def read_reponses(path: Path, mots: MotsEnquete, au: date, criteres: Sequence[str]) -> Reponses:
    """Read the export of one survey.

    Parameters
    ----------
    path : Path
        A .csv, .txt, .tsv, .xlsx, .xlsm, .xls or .ods file.
    mots : MotsEnquete
        The words of form tools.
    au : date
        The day of the answers without a date; those of a later day are set aside, and told.
    criteres : sequence of str
        The critères of the grid.

    Raises
    ------
    SaisieError
        The file cannot be read, or its columns do not tell who answers what.
    """
    try:
        export = straighten(read_export(path, mots.lexique(criteres)))
    except NoHeaderError as error:
        problem = "aucune ligne de titres n’est reconnue"
        raise file_error(path.name, error.anomalies[0].value, problem, _TITLES) from error
    titres = match_survey(export, mots, criteres)
    # A client may bear the name « Total Énergies »: the date, where there is one, tells an answer.
    key = titres.of(JOUR) or next(iter(titres.client.values()))
    ecarts = tuple(
        ecart
        for ecart in find_ecarts(export, Correspondance(colonnes={key: "Dossier"}))
        if ecart.motif in {Motif.VIDE, Motif.TITRES, Motif.TOTAL}
    )
    rows = export.lignes.drop(index=[ecart.row for ecart in ecarts])
    lecture = _Lecture(export=replace(export, lignes=rows), titres=titres, mots=mots, au=au)
    return lecture.reponses(ecarts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lecture:
    """The rows of one export that are answers, its columns known."""

    export: Export
    titres: TitresEnquete
    mots: MotsEnquete
    au: date

    def reponses(self, ecarts: tuple[Ecart, ...]) -> Reponses:
        """Read every row."""
        scores = {score: self._scores(score) for score in SCORES}
        jours, dated = self._jours()
        notes = pd.DataFrame({s: c.cells for s, c in scores.items()})
        told = read_importances(self.export, self.titres.sujets, self.mots)
        lignes = self._lignes(notes, jours.cells, told)
        notee = (notes.notna().any(axis="columns") | lignes[IMPORTANT].notna()) & dated
        return Reponses(
            export=self.export,
            titres=self.titres,
            lignes=lignes.where(lignes.notna(), None).assign(**{NOTEE: notee}),
            lues=len(lignes) + len(ecarts),
            ecarts=ecarts,
            muettes=int(self._silent().sum()),
            anomalies={
                HORS_ECHELLE: (*(a for c in scores.values() for a in c.anomalies), *told.anomalies),
                DATES: jours.anomalies,
            },
            remarques=tuple(r for c in (*scores.values(), jours) for r in c.remarques),
        )

    def _lignes(self, notes: pd.DataFrame, jours: pd.Series, told: Importances) -> pd.DataFrame:
        """Return the rows with what was read of them."""
        rows = self.export.lignes
        place = self.titres.of(JOUR) or rows.columns[0]
        cells: dict[str, object] = {role: rows[title] for role, title in self.titres.client.items()}
        cells |= {
            QUI: self._who(),
            JOUR: jours.where(jours.notna(), self.au),
            **{score: notes[score] for score in SCORES},
            IMPORTANT: [told.cells.get(row) for row in rows.index],
            COMMENTAIRE: self._comments(told.libres),
            FICHIER: self.export.name,
            LIEU: [self.export.cell(place, row) for row in rows.index],
            SANS_DATE: jours.isna(),
        }
        return pd.DataFrame(cells, index=rows.index, dtype=object)

    def _scores(self, score: str) -> Colonne:
        """Return one score, nothing where its scale is not the one it should be."""
        title = self.titres.of(score)
        rows = self.export.lignes
        blank = pd.Series(None, index=rows.index, dtype=object)
        if not title:
            return Colonne(cells=blank)
        if wrong := find_wrong_scale(self.export, self.titres, score):
            return Colonne(cells=blank, anomalies=(wrong,))
        return self._colonne(title, partial(parse_score, score=score, mots=self.mots))

    def _jours(self) -> tuple[Colonne, pd.Series]:
        """Return the day of each answer, and whether it is one or was left blank."""
        title = self.titres.of(JOUR)
        rows = self.export.lignes
        if not title:
            blank = pd.Series(None, index=rows.index, dtype=object)
            return Colonne(cells=blank), pd.Series(data=True, index=rows.index)
        read = self._colonne(title, order_of(rows[title]).read)
        late = pd.Series([d is not None and d > self.au for d in read.cells], index=rows.index)
        unread = read.cells.isna() & ~rows[title].map(is_blank).astype(bool)
        told = tuple(self._late(title, row) for row in rows.index[late])
        return replace(read, anomalies=(*read.anomalies, *told)), ~late & ~unread

    def _late(self, title: str, row: object) -> Anomalie:
        return Anomalie(
            sheet=self.export.name,
            cell=self.export.cell(title, row),
            value=self.export.lignes.at[row, title],
            problem="cette réponse est datée d’un jour à venir",
            remedy="vérifiez la date, ou redonnez l’export une fois ce jour venu",
        )

    def _colonne(self, title: str, reader: Reader) -> Colonne:
        return parse_colonne(
            self.export.lignes[title],
            text_of(title),
            reader,
            name=self.export.name,
            cell=partial(self.export.cell, title),
        )

    def _who(self) -> list[str]:
        """Return what each answer tells of its client, in words."""
        cells = self.export.lignes[[*self.titres.client.values()]].to_numpy().tolist()
        return [" ".join(text_of(c) for c in row if not is_blank(c)) for row in cells]

    def _comments(self, free: Mapping[int, str]) -> list[str]:
        """Return the free words of each answer, one after the other."""
        rows = self.export.lignes[[*self.titres.comments]]
        cells = [
            [*row, free.get(label)]
            for label, row in zip(rows.index, rows.to_numpy().tolist(), strict=True)
        ]
        texts = [" / ".join(text_of(c) for c in row if not is_blank(c)) for row in cells]
        return [t if len(t) <= LONGEST else f"{t[:LONGEST]}…" for t in texts]

    def _silent(self) -> pd.Series:
        """Tell which rows leave every score blank; the others have one that was not taken."""
        titles = [title for score in SCORES if (title := self.titres.of(score))]
        if not titles:
            return pd.Series(data=False, index=self.export.lignes.index)
        blank = self.export.lignes[titles].map(is_blank)
        return blank.all(axis="columns").astype(bool)
