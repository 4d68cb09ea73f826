"""« Atelier » : what the people of the firm would have each critère weigh, and what they agree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from segxl.domain.anomalies import Anomalie, Gravite, file_error, require
from segxl.domain.atelier import lecture as a
from segxl.domain.atelier.accord import Accord, reach_accord
from segxl.domain.grille import Grille
from segxl.domain.textes import fold
from segxl.excel.atelier import read_atelier, write_atelier, write_poids
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanAtelier:
    """What each grid comes to; ``is_new`` when the sheet is still to be filled.

    ``retenus`` are the grids whose weights are changed; ``simulation`` when nothing was written.
    """

    classeur: str
    accords: tuple[Accord, ...]
    retenus: tuple[Accord, ...]
    is_new: bool
    anomalies: tuple[Anomalie, ...]
    simulation: bool


def run(
    workbook: Workbook, grille: str = "", *, retenir: bool = False, simulation: bool = False
) -> BilanAtelier:
    """Bring the weights of all to 100, write what they come to, and keep it where asked.

    Parameters
    ----------
    workbook : Workbook
        Gets the sheet Atelier the first time; its grid changes only with ``retenir``.
    grille : str, optional
        The one grid to work on; all by default.
    retenir : bool, optional
        Write the proposed weights in the sheet Grille.
    simulation : bool, optional
        Write nothing.

    Raises
    ------
    SaisieError
        The workbook or a weight cannot be read, the grid is unknown, or there is nothing to
        keep; nothing was written.
    """
    _, reglages, _ = read_portefeuille(workbook)
    chosen = _chosen(reglages.grilles, grille)
    table = read_atelier(workbook)
    saisies, found = a.parse_saisies(table, reglages.grilles, chosen)
    anomalies = require(found)
    accords = tuple(reach_accord(g, saisies.votes[g.nom]) for g in chosen)
    retenus = _kept(accords) if retenir else ()
    if not simulation:
        kept = [replace(x, actuels=x.proposes) if x in retenus else x for x in accords]
        write_atelier(workbook, table, saisies.lignes, kept)
        if retenus:
            write_poids(workbook, retenus)
    return BilanAtelier(
        classeur=workbook.name,
        accords=accords,
        retenus=retenus,
        is_new=table is None,
        anomalies=(*anomalies, *_find_weightless(accords)),
        simulation=simulation,
    )


def _chosen(grilles: Sequence[Grille], wanted: str) -> tuple[Grille, ...]:
    """Return the grids to work on."""
    found = tuple(g for g in grilles if fold(wanted) in {"", fold(g.nom)})
    if not found:
        remedy = f"choisissez parmi : {' · '.join(g.nom for g in grilles)}"
        raise file_error("Grille", wanted, "aucune grille ne porte ce nom", remedy)
    return found


def _kept(accords: Sequence[Accord]) -> tuple[Accord, ...]:
    """Return what to write in the grid, once sure that it can be."""
    counted = tuple(x for x in accords if x.is_counted)
    if not counted:
        problem = "personne n’a encore donné de poids"
        remedy = f"remplissez une colonne de participant de la feuille {a.TABLE}, puis recommencez"
        raise file_error(a.TABLE, "", problem, remedy)
    require(_find_weightless(counted, Gravite.BLOQUANTE))
    return counted


def _find_weightless(
    accords: Sequence[Accord], gravite: Gravite = Gravite.A_CORRIGER
) -> Iterator[Anomalie]:
    """Yield the critères to which nobody leaves any weight: a grid has none such."""
    for accord in accords:
        for critere, weight in zip(accord.grille.criteres, accord.proposes, strict=True):
            if weight == 0:
                yield Anomalie(
                    sheet=a.TABLE,
                    cell="",
                    value=None,
                    problem=f"le poids proposé de « {critere.libelle} » ({accord.grille.nom}) est 0, et la Grille n’en accepte pas",
                    remedy="supprimez ce critère de la feuille Grille, ou rendez-lui du poids dans l’atelier",
                    gravite=gravite,
                )
