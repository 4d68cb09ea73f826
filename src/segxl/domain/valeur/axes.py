"""The table of four axes that gives a class from A to D; the firm edits it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from segxl.domain.anomalies import Anomalie
from segxl.domain.saisie import is_error
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold, join_words
from segxl.domain.valeur.rangs import INCONNU, Niveaux

VALEUR, MARGE, POTENTIEL, COUT = AXES = ("Valeur", "Marge", "Potentiel", "Coût de service")
CLASSE = "Classe"
TABLE = "ClassesAD"
LEVELS: Mapping[str, Sequence[str]] = {
    VALEUR: ("Faible", "Moyenne", "Élevée"),
    MARGE: ("Faible", "Moyenne", "Élevée"),
    POTENTIEL: ("Nul", "À développer", "Fort"),
    COUT: ("Élevé", "Contrôlé", "Faible"),
}
"""The words of each axis, the worst for the firm first."""
MOYEN = 1
CLASSES = ("D", "C", "B", "A")
BC = "B/C"
"""What leaves the split to one axis: B above its worst level, C at it."""
DEFAUTS: Sequence[Mapping[str, str]] = (
    {VALEUR: "Élevée", MARGE: "Élevée", COUT: "Faible", CLASSE: "A"},
    {VALEUR: "Élevée", MARGE: "Élevée", COUT: "Contrôlé", CLASSE: "A"},
    {VALEUR: "Faible", MARGE: "Faible", POTENTIEL: "Nul", CLASSE: "D"},
    {VALEUR: "Faible", MARGE: "Faible", POTENTIEL: "À développer", COUT: "Élevé", CLASSE: "D"},
    {CLASSE: BC},
)
"""The table to start with: tried from the top, a blank cell suits every level."""
_Combination = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """The class of each of the 81 combinations of levels: a place in ``CLASSES``, or ``PARTAGE``."""

    classes: Mapping[_Combination, int]

    def classify(
        self, levels: Mapping[str, Niveaux], negative: NDArray[np.bool_], split: str
    ) -> NDArray[np.object_]:
        """Return the class of each client; "" where the value, the margin or the cost is unknown.

        Parameters
        ----------
        levels : mapping
            Axis → level of each client; an unknown potential counts as the middle one.
        negative : array of bool
            Whose margin is below zero: D, whatever the table says.
        split : str
            The axis that tells B from C. A client without a potential is split by its margin.
        """
        known = np.logical_and.reduce([levels[a] != INCONNU for a in (VALEUR, MARGE, COUT)])
        safe = {a: np.where(levels[a] == INCONNU, MOYEN, levels[a]) for a in AXES}
        table = np.full((3,) * len(AXES), PARTAGE)
        for combination, classe in self.classes.items():
            table[combination] = classe
        found = table[tuple(safe[a] for a in AXES)]
        decides = np.where(levels[split] == INCONNU, safe[MARGE], safe[split])
        found = np.where(found == PARTAGE, np.where(decides > 0, _B, _C), found)
        found = np.where(negative, _D, found)
        names = np.array(CLASSES, dtype=object)[found]
        return np.where(known | negative, names, "")


_D, _C, _B, _A = range(len(CLASSES))
PARTAGE = len(CLASSES)


def default_axes() -> Axes:
    """Return the table that a firm starts with.

    >>> len(default_axes().classes)
    81
    """
    rows = [[row.get(h, "") for h in (*AXES, CLASSE)] for row in DEFAUTS]
    axes, _ = parse_axes(Tableau.of(TABLE, (*AXES, CLASSE), rows))
    return axes


def parse_axes(table: Tableau) -> tuple[Axes, tuple[Anomalie, ...]]:
    """Read the table of the firm, from the top: the first row that suits a combination decides.

    Returns
    -------
    Axes
        Its 81 combinations, where nothing blocks.
    tuple of Anomalie
        Blocking: an unknown word, a combination without a class. Not blocking: a row that never
        serves, a better margin that lowers the class.
    """
    classes: dict[_Combination, int] = {}
    anomalies: list[Anomalie] = []
    last = 0
    for row, cells in records_of(table.lignes):
        typed = {h: _text(cells.get(h)) for h in (*AXES, CLASSE)}
        if not any(typed.values()):
            continue
        last = row
        wrong = [*_find_unknown(table, row, typed)]
        anomalies += wrong
        if wrong:
            continue
        suited = [*product(*(_suited(axis, typed[axis]) for axis in AXES))]
        fresh = [combination for combination in suited if combination not in classes]
        classes |= dict.fromkeys(fresh, _class_of(typed[CLASSE]))
        if not fresh:
            problem = "cette ligne ne sert jamais : celles du dessus décident déjà"
            anomalies.append(table.anomalie(CLASSE, row, problem, "remontez-la, ou supprimez-la"))
    axes = Axes(classes=classes)
    if not any(a.is_blocking for a in anomalies):
        anomalies += _find_gaps(table, axes, last)
    return axes, tuple(anomalies)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _suited(axis: str, word: str) -> Sequence[int]:
    """Return the levels that a cell suits: all of them where it is blank."""
    levels = [*map(fold, LEVELS[axis])]
    return range(len(levels)) if not word else [levels.index(fold(word))]


def _class_of(word: str) -> int:
    """Return the place of a class, however it is typed.

    >>> _class_of("b / c") == PARTAGE, _class_of("a") == _A
    (True, True)
    """
    return [*CLASSES, BC].index(fold(word).replace(" ", "").upper())


def _find_unknown(table: Tableau, row: int, typed: Mapping[str, str]) -> Iterator[Anomalie]:
    """Yield the cells whose word is none of the axis, or whose class is none."""
    for axis in AXES:
        word = typed[axis]
        if word and (is_error(word) or fold(word) not in map(fold, LEVELS[axis])):
            problem = f"ce niveau de « {axis} » n’existe pas"
            remedy = f"écrivez {join_words(LEVELS[axis], 'ou')}, ou laissez vide pour tous"
            yield table.anomalie(axis, row, problem, remedy, blocking=True)
    if fold(typed[CLASSE]).replace(" ", "").upper() not in {*CLASSES, BC}:
        remedy = f"écrivez A, B, C, D ou {BC}"
        yield table.anomalie(CLASSE, row, "cette classe n’existe pas", remedy, blocking=True)


def _find_gaps(table: Tableau, axes: Axes, last: int) -> Iterator[Anomalie]:
    """Yield what the table as a whole does not settle, or settles strangely."""
    every = [*product(range(3), repeat=len(AXES))]
    lacking = [combination for combination in every if combination not in axes.classes]
    row = last or table.lignes.index[0]
    if lacking:
        told = _words_of(lacking[0])
        problem = f"{len(lacking)} combinaisons sur {len(every)} n’ont pas de classe, dont {told}"
        remedy = f"ajoutez en bas une ligne qui n’a que sa classe, {BC} par exemple"
        yield table.anomalie(CLASSE, row, problem, remedy, blocking=True)
        return
    for combination in every:
        for axis in (MARGE, COUT):
            place = AXES.index(axis)
            better = (*combination[:place], combination[place] + 1, *combination[place + 1 :])
            if _is_lower(axes.classes.get(better, _A), axes.classes[combination]):
                problem = (
                    f"une marge meilleure ferait baisser la classe de {_words_of(combination)}"
                )
                yield table.anomalie(CLASSE, row, problem, "revoyez l’ordre des lignes")
                return


def _is_lower(better: int, classe: int) -> bool:
    """Tell whether a class is below another; who is split may be B or C."""
    least, most = (_C if better == PARTAGE else better), (_B if classe == PARTAGE else classe)
    return least < most and not better == classe == PARTAGE


def _words_of(combination: _Combination) -> str:
    return ", ".join(f"{a} {LEVELS[a][level].lower()}" for a, level in zip(AXES, combination, strict=True))  # fmt: skip
