"""« Noter » : fill the notes, colours and segments of every client, in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.actions.suivi import Notation, Suivi, follow
from segxl.actions.synthese import write_synthese
from segxl.domain.anomalies import Anomalie
from segxl.domain.contradictions import find_contradictory
from segxl.domain.loi import Loi
from segxl.domain.presence import sentence_of
from segxl.domain.priorite import poids_of
from segxl.domain.reglages import Reglages
from segxl.domain.relation.attrition import SORTIE
from segxl.domain.resultats import Resultats, rate_dossiers
from segxl.domain.suivi_legal import follow_law
from segxl.domain.tableau import Tableau
from segxl.excel.anomalies import write_anomalies
from segxl.excel.departs import find_departs
from segxl.excel.layout import OBLIGATIONS, RESULTATS, shows_law
from segxl.excel.loi import TABLE, write_loi
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.reglages import read_portefeuille
from segxl.sources.loi import read_loi

ETAPE = "Prochaine étape"
HOME = "Etapes"
"""A table that workbooks made by segxl have: no other one gets a sheet that nobody asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanNotation:
    """What the action did, for a face to announce."""

    classeur: str
    resultats: Resultats
    """Every dossier that has a key."""
    presents: Resultats
    """Those that are counted: the clients who have not left."""
    suivi: Suivi
    reglages: Reglages
    avertissements: tuple[str, ...]
    anomalies: tuple[Anomalie, ...]


def run(workbook: Workbook, today: date, loi: Loi | None = None) -> BilanNotation:
    """Read the clients and the policy, score, write the results beside the answers.

    ``loi`` is the shipped law unless told otherwise.

    Raises
    ------
    SaisieError
        A table, a header, the grid or a rule is wrong; nothing was written.
    """
    clients, reglages, policy = read_portefeuille(workbook)
    resultats = rate_dossiers(clients, reglages, read_reponses(workbook), today)
    loi = loi or read_loi()
    departs = find_departs(clients, today)
    columns = _tell_departs(resultats.lignes, departs)
    if shows_law(clients.letters):
        poids = poids_of(reglages)
        dossiers = resultats.dossiers.assign(**{SORTIE: departs})
        columns = columns.join(follow_law(dossiers, columns, poids, loi, today))
    written = _columns_of(columns, clients, today)
    workbook.write_columns("Clients", written)
    presents = resultats.without(departs.index)
    partis = len(resultats.lignes) - len(presents.lignes)
    avertissements, undrawn = write_synthese(workbook, presents, reglages, today, partis)
    contradictory = find_contradictory(clients, resultats.dossiers, loi)
    is_ours = workbook.has_table(HOME)
    notation = Notation(clients=clients, resultats=resultats, reglages=reglages, written=written)
    suivi = follow(workbook, notation, today) if is_ours else Suivi()
    anomalies = (*policy, *resultats.anomalies, *contradictory, *undrawn, *suivi.anomalies)
    write_anomalies(workbook, anomalies)
    # Looking whether a sheet that stands there is of today would cost round trips to Excel:
    # the plan and the terminal do.
    if is_ours and not workbook.has_table(TABLE):
        write_loi(workbook, loi)
    _paint(workbook, clients, reglages)
    return BilanNotation(
        classeur=workbook.name,
        resultats=resultats,
        presents=presents,
        suivi=suivi,
        reglages=reglages,
        avertissements=avertissements,
        anomalies=anomalies,
    )


def _tell_departs(lignes: pd.DataFrame, departs: pd.Series) -> pd.DataFrame:
    """Say who has left in place of their next step; their note stays, as what they left with."""
    told = departs.map(sentence_of).reindex(lignes.index)
    return lignes.assign(**{ETAPE: lignes[ETAPE].where(told.isna(), told)})


def _columns_of(results: pd.DataFrame, clients: Tableau, today: date) -> pd.DataFrame:
    """Return the result columns: filled for scored rows, blank where an old result must go."""
    columns = results.assign(**{"Calculé le": pd.Series(today, index=results.index, dtype=object)})
    ours = [h for h in RESULTATS if h not in OBLIGATIONS]
    old = clients.lignes[clients.lignes.columns.intersection([*ours, *columns.columns])]
    stale = old.index[old.notna().any(axis="columns")]
    return columns.astype(object).reindex(columns.index.union(stale))


def _paint(workbook: Workbook, clients: Tableau, reglages: Reglages) -> None:
    """Rebuild the colours from the tables Couleurs and Segments."""
    couleurs = {c.nom: (c.fond, c.texte) for c in reglages.couleurs}
    workbook.paint_words(
        "Clients", "Couleur", [h for h in ("Note FE", "Couleur") if h in clients.letters], couleurs
    )
    workbook.paint_words(
        "Clients",
        "Segment",
        ["Segment"],
        {r.segment: (r.teinte, "#1F1F1F") for r in reglages.segments},
    )
