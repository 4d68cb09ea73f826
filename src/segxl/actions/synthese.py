"""The sheets Accueil and Tableau de bord: written with the notes, part of the same run."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.etapes import list_indicateurs, measure_etapes
from segxl.domain.graphiques.couleurs import count_departements, cross_enjeux
from segxl.domain.portefeuille import (
    Fragile,
    Limites,
    count_couleurs,
    find_fragilites,
    find_unasked,
    mean_notes_of_familles,
    rank_criteres,
    summarise_segments,
)
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.segmentation import SANS_SEGMENT
from segxl.domain.textes import fold
from segxl.excel.cabinet import read_cabinet
from segxl.excel.courriers import read_dossiers_with_courrier
from segxl.excel.departs import find_departs
from segxl.excel.graphiques import CARTE, MATRICE, SUMMARY_KEPT, draw_where_present
from segxl.excel.port import Workbook

SHOWN_CRITERES = 5
COLONNE_VIDE = "colonne_vide"
BEFORE_NOTES = 2
"""Steps whose progress is known before the first notes: the grid and the answers."""


def write_synthese(
    workbook: Workbook, resultats: Resultats, reglages: Reglages, today: date, partis: int = 0
) -> tuple[tuple[str, ...], tuple[Anomalie, ...]]:
    """Write the tables that a workbook has; return the warnings about the segmentation, and what was not drawn.

    ``resultats`` has the clients who are still there; ``partis`` counts the others.
    """
    segments = _segments_of(resultats, reglages)
    couleurs = resultats.lignes["Couleur"]
    tables = {
        "SyntheseCouleurs": count_couleurs(
            resultats.lignes["Couleur"], [c.nom for c in reglages.couleurs]
        ),
        "SyntheseSegments": segments,
        "SyntheseFamilles": mean_notes_of_familles(resultats.mesure, resultats.in_scope),
        "SyntheseCriteres": _ranked_criteres(resultats),
        "Indicateurs": list_indicateurs(resultats, today, partis),
    }
    drawn = {
        MATRICE: cross_enjeux(couleurs, resultats.lignes["Enjeu"]),
        CARTE: count_departements(_places_of(resultats.dossiers), couleurs),
    }
    write_etapes(workbook, resultats, reglages, read_dossiers_with_courrier(workbook))
    undrawn = (
        *draw_where_present(workbook, tables, SUMMARY_KEPT),
        *draw_where_present(workbook, drawn),
    )
    return warn_of_segments(resultats, reglages), undrawn


def warn_of_segments(resultats: Resultats, reglages: Reglages) -> tuple[str, ...]:
    """Return what makes the segmentation fragile, in French."""
    return tuple(phrase for _, _, phrase in find_fragile(resultats, reglages))


def find_fragile(resultats: Resultats, reglages: Reglages) -> tuple[Fragile, ...]:
    """Return what makes the segmentation fragile, each finding with its code."""
    segments = _segments_of(resultats, reglages)
    in_scope = segments[~segments["Segment"].isin(_out_of_scope(reglages))]
    unasked = find_unasked(resultats.dossiers[resultats.in_scope], reglages.fe)
    return (
        *find_fragilites(in_scope, reglages.fe, _limites_of(reglages)),
        *((COLONNE_VIDE, s.partition(" : ")[0], s) for s in unasked),
    )


def find_presents(workbook: Workbook, resultats: Resultats, today: date) -> Resultats:
    """Return the results of the clients who have not left."""
    return resultats.without(find_departs(workbook.read_table("Clients"), today).index)


def write_etapes(
    workbook: Workbook, resultats: Resultats, reglages: Reglages, written: Collection[str]
) -> None:
    """Write how far each step of the method is; ``written`` are the dossiers that have a letter.

    A letter to somebody who is not in ``resultats`` counts for nothing.
    """
    if workbook.has_table("Etapes"):
        counted = {fold(key) for key in resultats.dossiers["Dossier"]}
        letters = counted.intersection(map(fold, written))
        etapes = measure_etapes(resultats, reglages, read_cabinet(workbook), len(letters))
        workbook.replace_rows("Etapes", etapes)


def write_before_notes(workbook: Workbook, resultats: Resultats, reglages: Reglages) -> None:
    """Write what the sheet Accueil of a new workbook knows of its clients before any note."""
    etapes = measure_etapes(resultats, reglages, read_cabinet(workbook), 0).head(BEFORE_NOTES)
    etapes.index = workbook.read_table("Etapes").lignes.index[:BEFORE_NOTES]
    workbook.write_columns("Etapes", etapes)
    figures = workbook.read_table("Indicateurs").lignes
    (row,) = figures.index[figures["Indicateur"] == "Dossiers"]
    count = {"Valeur": len(resultats.lignes), "Lecture": "dans le portefeuille"}
    workbook.write_cells("Indicateurs", {row: count})


def _segments_of(resultats: Resultats, reglages: Reglages) -> pd.DataFrame:
    """Describe every segment, those without a client too, and the dossiers no rule takes."""
    names = [r.segment for r in reglages.segments]
    if (resultats.lignes["Segment"] == SANS_SEGMENT).any():
        names.append(SANS_SEGMENT)
    actions = {r.segment: r.action for r in reglages.segments}
    summary = summarise_segments(resultats.lignes, resultats.mesure, names)
    return summary.assign(Action=summary["Segment"].map(actions).fillna(""))


def _places_of(dossiers: pd.DataFrame) -> list[object]:
    """Return the département of each client, else its postal code."""
    typed = dossiers.reindex(columns=["Département", "Code postal"]).astype(object)
    return typed["Département"].where(typed["Département"].notna(), typed["Code postal"]).tolist()


def _ranked_criteres(resultats: Resultats) -> pd.DataFrame:
    """Put the best and the worst critères of the portfolio side by side."""
    ranked = rank_criteres(resultats.mesure, resultats.in_scope)
    best, worst = ranked.head(SHOWN_CRITERES), ranked[::-1].head(SHOWN_CRITERES)
    return pd.DataFrame(
        {
            "Rang": range(1, len(best) + 1),
            "Points forts du portefeuille": best.index,
            "Note forte": best.to_numpy(),
            "Points faibles du portefeuille": worst.index,
            "Note faible": worst.to_numpy(),
        }
    )


def _out_of_scope(reglages: Reglages) -> list[str]:
    """Return the segments of the dossiers that the reform does not concern."""
    return [
        r.segment for r in reglages.regles if str(r.conditions.get("Assujetti TVA", "")) == "Non"
    ]


def _limites_of(reglages: Reglages) -> Limites:
    return Limites(
        segments=reglages.parametre("Segments au plus", Limites.segments),
        clients=reglages.parametre("Clients par segment au moins", Limites.clients),
        part=reglages.parametre("Part du portefeuille par segment au moins", Limites.part),
        poids=reglages.parametre("Poids d’un critère au plus", Limites.poids),
    )
