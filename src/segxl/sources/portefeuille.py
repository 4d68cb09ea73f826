"""A client list exported by practice software, in the words of the table Clients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

import pandas as pd

from segxl.domain.anomalies import Anomalie, file_error
from segxl.domain.textes import fold, join_words
from segxl.sources.colonnes import (
    PARTS,
    Colonne,
    is_typed,
    parse_colonne,
    parse_libre,
    part_unit_of,
    reader_of,
)
from segxl.sources.correspondance import Correspondance
from segxl.sources.doublons import merge_doublons
from segxl.sources.ecarts import Ecart, Motif, find_ecarts
from segxl.sources.export import Export
from segxl.sources.textes_bruts import text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Portefeuille:
    """The clients of one export.

    ``dossiers`` is a DataFrame of objects indexed by row number of the file, ``None`` where
    blank, its columns the headers of Clients, then ``extras``: those that Clients lacks.
    ``lues`` counts the rows under the titles, ``ecarts`` tells those left out.
    """

    name: str
    sheet: str = ""
    dossiers: pd.DataFrame
    correspondance: Correspondance
    extras: tuple[str, ...] = ()
    lues: int
    ecarts: tuple[Ecart, ...] = ()
    anomalies: tuple[Anomalie, ...] = ()
    remarques: tuple[str, ...] = ()


def parse_portefeuille(
    export: Export, correspondance: Correspondance, reponses: Mapping[str, Sequence[str]]
) -> Portefeuille:
    """Read every client of an export, and say what was left out and what cannot be read.

    Parameters
    ----------
    export : Export
        The rows of the file.
    correspondance : Correspondance
        Which column feeds which header of Clients.
    reponses : mapping
        For each criterion of the grid, its answers; none for a criterion that is a number.

    Raises
    ------
    SaisieError
        No column holds a Dossier nor a SIREN.
    """
    if not correspondance.has_key:
        raise _no_key(export, correspondance)
    titles = _titles_of(correspondance)
    ecarts = tuple(find_ecarts(export, correspondance))
    rows = export.lignes.drop(index=[ecart.row for ecart in ecarts])
    colonnes = _parse_colonnes(export, rows, correspondance, reponses)
    dossiers, doublons, conflicts = _merge(export, rows, colonnes, titles)
    unread = (anomalie for colonne in colonnes.values() for anomalie in colonne.anomalies)
    return Portefeuille(
        name=export.name,
        sheet=export.sheet,
        dossiers=dossiers,
        correspondance=correspondance,
        extras=tuple(titles[source] for source in correspondance.unmatched),
        lues=len(export.lignes),
        ecarts=tuple(sorted((*ecarts, *doublons), key=attrgetter("row"))),
        anomalies=(*_find_keyless(export, ecarts), *unread, *conflicts),
        remarques=tuple(remarque for c in colonnes.values() for remarque in c.remarques),
    )


def _merge(
    export: Export,
    rows: pd.DataFrame,
    colonnes: Mapping[str, Colonne],
    titles: Mapping[str, str],
) -> tuple[pd.DataFrame, tuple[Ecart, ...], tuple[Anomalie, ...]]:
    places = {title: source for source, title in titles.items()}
    frame = pd.DataFrame({titles[s]: c.cells for s, c in colonnes.items()}, index=rows.index)
    return merge_doublons(
        frame[[titles[s] for s in rows.columns if s in titles]],
        name=export.name,
        cell=lambda header, row: export.cell(places[header], row),
    )


def _no_key(export: Export, correspondance: Correspondance) -> Exception:
    return file_error(
        export.name,
        join_words(f"« {text_of(title)} »" for title in export.lignes.columns),
        "aucune colonne ne donne le code du dossier ni le SIREN",
        "ajoutez l’une des deux à l’export, ou dites dans un fichier de correspondance laquelle "
        f"des {len(correspondance.unmatched)} colonnes non reconnues en tient lieu",
    )


def _titles_of(correspondance: Correspondance) -> dict[str, str]:
    """Return the column of the result that each column of the export becomes."""
    titles = dict(correspondance.colonnes)
    for source in correspondance.unmatched:
        taken = {fold(title) for title in titles.values()}
        clean = text_of(source)
        titles[source] = f"{clean} (export)" if fold(clean) in taken else clean
    return titles


def _parse_colonnes(
    export: Export,
    rows: pd.DataFrame,
    correspondance: Correspondance,
    reponses: Mapping[str, Sequence[str]],
) -> dict[str, Colonne]:
    pairs = {s: t for s, t in correspondance.colonnes.items() if t in reponses or is_typed(t)}
    unit = part_unit_of([rows[source] for source, target in pairs.items() if target in PARTS])
    read = {
        source: parse_colonne(
            rows[source],
            target,
            reader_of(target, source, reponses, unit),
            name=export.name,
            cell=partial(export.cell, source),
        )
        for source, target in pairs.items()
    }
    free = [s for s in (*correspondance.colonnes, *correspondance.unmatched) if s not in pairs]
    return read | {source: Colonne(cells=parse_libre(rows[source], source)) for source in free}


def _find_keyless(export: Export, ecarts: Sequence[Ecart]) -> Iterator[Anomalie]:
    first = export.lignes.columns[0]
    for ecart in ecarts:
        if ecart.motif is Motif.SANS_CLE:
            yield Anomalie(
                sheet=export.name,
                cell=export.cell(first, ecart.row),
                value=ecart.text,
                problem="cette ligne n’a ni code de dossier ni SIREN",
                remedy="donnez-lui l’un des deux ; elle n’est pas reprise",
            )
