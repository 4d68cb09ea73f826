"""Read the table Baremes: the answers of each critère and their points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.grille import Niveau
from segxl.domain.saisie import parse_number
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold


def parse_niveaux(
    baremes: Tableau, fields: dict[str, object], type_: str, criteres: Tableau, row: int
) -> tuple[tuple[Niveau, ...], list[Anomalie]]:
    """Build the scale of one critère from its rows in Baremes."""
    code = fold(fields["Code"])
    lines = baremes.lignes[[c is not None and fold(c) == code for c in baremes.lignes["Code"]]]
    anomalies = [a for r in lines.index for a in _find_wrong_niveau(baremes, r, type_)]
    if lines.empty and fields["Code"] is not None:
        problem = "ce critère n’a aucune ligne dans le tableau Baremes"
        anomalies.append(
            criteres.anomalie(
                "Code", row, problem, "ajoutez ses réponses et leurs points", blocking=True
            )
        )
    if anomalies or lines.empty:
        return (), anomalies
    niveaux = tuple(
        Niveau(
            points=parse_number(line["Points"]) or 0.0,
            reponse=str(line["Réponse"] or "").strip(),
            seuil=optional_number(line["À partir de"]) or 0.0,
        )
        for _, line in records_of(lines)
    )
    return niveaux, [*_find_wrong_scale(baremes, lines, niveaux, type_)]


def _find_wrong_niveau(baremes: Tableau, row: int, type_: str) -> Iterator[Anomalie]:
    """Yield what is wrong in one row of Baremes."""
    points = optional_number(baremes.lignes.at[row, "Points"])
    if points is None or points < 0:
        yield baremes.anomalie(
            "Points",
            row,
            "les points doivent être un nombre, zéro ou plus",
            "saisissez par exemple 0, 1, 2 ou 3",
            blocking=True,
        )
    if type_ == "Liste" and baremes.lignes.at[row, "Réponse"] is None:
        yield baremes.anomalie(
            "Réponse",
            row,
            "il manque la réponse",
            "écrivez la réponse ou supprimez la ligne",
            blocking=True,
        )
    if type_ == "Nombre" and optional_number(baremes.lignes.at[row, "À partir de"]) is None:
        yield baremes.anomalie(
            "À partir de",
            row,
            "le seuil doit être un nombre",
            "saisissez le nombre à partir duquel ces points sont acquis",
            blocking=True,
        )


def _find_wrong_scale(
    baremes: Tableau, lines: pd.DataFrame, niveaux: tuple[Niveau, ...], type_: str
) -> Iterator[Anomalie]:
    """Yield what is wrong between the rows of one scale."""
    rows = lines.index.tolist()
    if max(n.points for n in niveaux) <= 0:
        remedy = "donnez plus de zéro point à la meilleure réponse"
        yield baremes.anomalie(
            "Points", rows[-1], "aucune réponse ne rapporte de points", remedy, blocking=True
        )
    find = _find_wrong_seuils if type_ == "Nombre" else _find_wrong_reponses
    yield from find(baremes, rows, niveaux)


def _find_wrong_seuils(
    baremes: Tableau, rows: list[int], niveaux: tuple[Niveau, ...]
) -> Iterator[Anomalie]:
    """Yield the thresholds that do not rise."""
    for row, (low, high) in zip(rows[1:], pairwise(niveaux), strict=True):
        if high.seuil <= low.seuil:
            remedy = f"mettez un seuil plus grand que {low.seuil:g}"
            yield baremes.anomalie(
                "À partir de", row, "les seuils doivent aller en croissant", remedy, blocking=True
            )


def _find_wrong_reponses(
    baremes: Tableau, rows: list[int], niveaux: tuple[Niveau, ...]
) -> Iterator[Anomalie]:
    """Yield the answers that stand twice, and a scale whose rows are scattered."""
    words = [fold(n.reponse) for n in niveaux]
    for position, (row, word) in enumerate(zip(rows, words, strict=True)):
        if word in words[:position]:
            problem = "cette réponse figure deux fois pour le même critère"
            yield baremes.anomalie(
                "Réponse", row, problem, "gardez une seule des deux lignes", blocking=True
            )
    if rows[-1] - rows[0] != len(rows) - 1:
        problem = "les réponses de ce critère ne se suivent pas : la liste déroulante n’en montre qu’une partie"
        yield baremes.anomalie(
            "Code", rows[-1], problem, "regroupez ses lignes dans le tableau Baremes"
        )


def find_orphans(criteres: Tableau, baremes: Tableau) -> Iterator[Anomalie]:
    """Yield the rows of Baremes that no critère uses."""
    known = set(criteres.lignes["Code"].dropna().map(fold))
    for row, cells in records_of(baremes.lignes):
        is_blank = all(value is None for value in cells.values())
        if not is_blank and (cells["Code"] is None or fold(cells["Code"]) not in known):
            remedy = "corrigez le code ou supprimez la ligne"
            yield baremes.anomalie("Code", row, "aucun critère ne porte ce code", remedy)


def optional_number(value: object) -> float | None:
    """Read a number where there is one."""
    return None if value is None else parse_number(value)
