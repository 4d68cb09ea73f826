"""A status export of a platform's vendor, whatever its dress: who is where, since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie, file_error
from segxl.domain.saisie import parse_column
from segxl.domain.statuts import JOUR, PLATEFORME, STATUT, STATUTS
from segxl.sources.cellules_plateformes import parse_jour, parse_nom, parse_siren_client
from segxl.sources.colonnes import Colonne, parse_colonne
from segxl.sources.colonnes_plateformes import Titres, match_titles, require_roles, with_one_siren
from segxl.sources.correspondance import SIREN, Correspondance
from segxl.sources.ecarts import Ecart, Motif, find_ecarts
from segxl.sources.export import Export, NoHeaderError
from segxl.sources.lecture import read_export
from segxl.sources.mots import bare_words
from segxl.sources.mots_plateformes import Mots
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import Reader

FICHIER, LIEU, NOM = "fichier", "lieu", "nom"
FAUX, INCONNUS, DATES, NOMS = (
    "SIREN manquants ou faux dans les exports",
    "Mots de statut que segxl ne connaît pas",
    "Dates à vérifier",
    "Noms de plateforme à vérifier",
)
"""The kinds of anomalies of an export."""
_TITLES = "attendu : une ligne de titres comme « SIREN », « Statut », « Date », « Plateforme »"


@dataclass(frozen=True, slots=True, kw_only=True)
class Releve:
    """The statuses that one export tells.

    ``lignes`` is a DataFrame of objects, one row per status read, in the order of the file:
    ``SIREN``, nine digits; ``nom`` of the client, ``fichier`` and ``lieu``; « Plateforme »,
    « Statut plateforme » and « Date statut », None where the export does not tell them.
    ``lues`` counts the rows under the titles, ``sans_statut`` the clients without any;
    ``obscurs`` are the SIREN whose status has no known word; ``anomalies`` is by kind.
    """

    name: str
    sheet: str
    titres: Titres
    lignes: pd.DataFrame
    lues: int
    ecarts: tuple[Ecart, ...]
    sans_statut: int
    obscurs: frozenset[str]
    anomalies: Mapping[str, tuple[Anomalie, ...]]
    remarques: tuple[str, ...]


def read_releve(path: Path, mots: Mots, au: date, plateforme: str = "") -> Releve:
    """Read one status export.

    Parameters
    ----------
    path : Path
        A .csv, .txt, .tsv, .xlsx, .xlsm, .xls or .ods file.
    mots : Mots
        The words of the vendors.
    au : date
        A status of a later day is set aside, and told.
    plateforme : str, optional
        The platform of an export that has no column for it.

    Raises
    ------
    SaisieError
        The file cannot be read, or has no column for the SIREN or for the status.
    """
    try:
        export = read_export(path, mots.titles)
    except NoHeaderError as error:
        problem = "aucune ligne de titres n’est reconnue"
        raise file_error(path.name, error.anomalies[0].value, problem, _TITLES) from error
    titres = match_titles([str(c) for c in export.lignes.columns], mots)
    require_roles(export, titres)
    export = with_one_siren(export, titres)
    source = titres.of("SIREN") or titres.of("SIRET")
    ecarts = tuple(find_ecarts(export, Correspondance(colonnes={source: SIREN})))
    rows = export.lignes.drop(index=[ecart.row for ecart in ecarts])
    lecture = _Lecture(export=replace(export, lignes=rows), titres=titres, mots=mots, source=source)
    return lecture.releve(ecarts, au, plateforme)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lecture:
    """The clients of one export, its columns known; ``source`` is the title of the SIREN."""

    export: Export
    titres: Titres
    mots: Mots
    source: str

    def releve(self, ecarts: tuple[Ecart, ...], au: date, plateforme: str) -> Releve:
        """Read every row."""
        rows, said = self.export.lignes, self.export.lignes[self.titres.of("Statut")]
        is_siret = not self.titres.of("SIREN")
        sirens = self._colonne(self.source, partial(parse_siren_client, is_siret=is_siret))
        statuts = parse_column(said, self.mots.statut_of)
        silent = said.map(is_blank).astype(bool)
        jours, late = self._jours(statuts, au)
        noms = self._noms(plateforme)
        lignes = pd.DataFrame(
            {
                SIREN: sirens.cells,
                NOM: self._names(),
                FICHIER: self.export.name,
                LIEU: [self.export.cell(self.source, row) for row in rows.index],
                PLATEFORME: noms.cells,
                STATUT: statuts,
                JOUR: jours.cells,
            },
            index=rows.index,
            dtype=object,
        )
        obscure = ~silent & statuts.isna()
        kept = lignes[sirens.cells.notna() & statuts.notna() & ~rows.index.isin([*late])]
        return Releve(
            name=self.export.name,
            sheet=self.export.sheet,
            titres=self.titres,
            lignes=kept.where(kept.notna(), None),
            lues=len(rows) + len(ecarts),
            ecarts=ecarts,
            sans_statut=int(silent.sum()),
            obscurs=frozenset(sirens.cells[obscure].dropna()),
            anomalies={
                INCONNUS: tuple(self._find_unknown(said[obscure])),
                FAUX: (*self._find_keyless(ecarts), *sirens.anomalies),
                DATES: (*jours.anomalies, *late.values()),
                NOMS: noms.anomalies,
            },
            remarques=sirens.remarques,
        )

    def _colonne(self, title: str, reader: Reader, rows: pd.Index | None = None) -> Colonne:
        values = self.export.lignes[title]
        return parse_colonne(
            values if rows is None else values.loc[rows],
            text_of(title),
            reader,
            name=self.export.name,
            cell=partial(self.export.cell, title),
        )

    def _names(self) -> pd.Series:
        """Return the names of the clients, as far as the export tells them."""
        title = self.titres.of("Raison sociale")
        rows = self.export.lignes
        return rows[title].map(text_of) if title else pd.Series("", index=rows.index, dtype=object)

    def _noms(self, plateforme: str) -> Colonne:
        """Return the platform of each client: that of its column, else the one given."""
        title = self.titres.of("Plateforme")
        if title:
            return self._colonne(title, parse_nom)
        rows = self.export.lignes.index
        return Colonne(cells=pd.Series(plateforme.strip() or None, index=rows, dtype=object))

    def _jours(self, statuts: pd.Series, au: date) -> tuple[Colonne, dict[int, Anomalie]]:
        """Return the day of each status, and by row those that are still to come."""
        cells = pd.Series(None, index=statuts.index, dtype=object)
        sources = pd.Series(self.titres.of("Date"), index=statuts.index, dtype=object)
        for statut, title in self.titres.dates.items():
            filled = ~self.export.lignes[title].map(is_blank).astype(bool)
            sources = sources.where((statuts != statut) | ~filled, title)
        anomalies: list[Anomalie] = []
        for title in filter(None, dict.fromkeys(sources)):
            rows = sources.index[(sources == title) & statuts.notna()]
            colonne = self._colonne(title, parse_jour, rows)
            cells = cells.where(~cells.index.isin(rows), colonne.cells.reindex(cells.index))
            anomalies += colonne.anomalies
        cells = cells.where(cells.notna(), None)
        late = {
            int(row): self._late(sources[row], int(row))
            for row in cells.index[[day is not None and day > au for day in cells]]
        }
        return Colonne(cells=cells, anomalies=tuple(anomalies)), late

    def _late(self, title: str, row: int) -> Anomalie:
        return self._anomalie(
            title,
            row,
            self.export.lignes.at[row, title],
            "ce statut est daté d’un jour à venir : il n’est pas repris",
            "vérifiez la date, ou redonnez l’export une fois ce jour venu",
        )

    def _find_unknown(self, said: pd.Series) -> Iterator[Anomalie]:
        """Yield each wording that no list has, once, at its first place, with its count."""
        title = self.titres.of("Statut")
        for rows in said.groupby(said.map(bare_words), sort=False).groups.values():
            lines = f"{len(rows)} lignes" if len(rows) > 1 else "1 ligne"
            yield self._anomalie(
                title,
                rows[0],
                said[rows[0]],
                f"ce mot de statut n’est pas connu ({lines}) : rien n’en est repris",
                f"remplacez-le dans l’export par l’un de ceux-ci : {' · '.join(STATUTS)}",
            )

    def _find_keyless(self, ecarts: tuple[Ecart, ...]) -> Iterator[Anomalie]:
        for ecart in ecarts:
            if ecart.motif is Motif.SANS_CLE:
                yield self._anomalie(
                    self.source,
                    ecart.row,
                    ecart.text,
                    "cette ligne n’a pas de SIREN : elle n’est pas reprise",
                    "donnez le SIREN du client, ou son SIRET",
                )

    def _anomalie(self, title: str, row: int, value: object, problem: str, remedy: str) -> Anomalie:
        return Anomalie(
            sheet=self.export.name,
            cell=self.export.cell(title, row),
            value=value,
            problem=problem,
            remedy=remedy,
        )
