"""The sheet Atelier: the weights that each participant would give, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import pandas as pd

from segxl.domain.atelier import lecture as a
from segxl.domain.atelier.accord import Accord
from segxl.domain.atelier.phrases import COUNTED, DIVIDED, tell_counted, tell_divided
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

SHEET, CRITERES, POIDS = "Atelier", "Criteres", "Poids"
WIDTHS: Mapping[str, float] = {
    a.GRILLE: 9,
    a.CRITERE: 31,
    a.ACTUEL: 9,
    **dict.fromkeys(a.PARTICIPANTS, 13),
    a.MOYEN: 9,
    a.ECART: 9,
    a.PROPOSE: 10,
    a.OBJECTIONS: 48,
}
_DIGITS = 1
RESULTS = (a.GRILLE, a.ACTUEL, a.MOYEN, a.ECART, a.PROPOSE)
NOTE = (
    "Chacun donne un poids à chaque critère, à son échelle (de 1 à 5, sur 100, en %) : seules les proportions comptent. Puis cliquez sur « Atelier » : rien ne change dans la Grille avant « Retenir les poids proposés ».\n"
    "Un participant est une colonne entre « Poids actuel » et « Poids moyen », quel que soit son titre : écrivez-y les noms, ajoutez ou supprimez de ces colonnes.\n"
    "Case vide : sans avis. Les autres poids de cette personne se partagent alors ce que ces critères pèsent chez ceux qui ont tout rempli (à défaut, aujourd’hui) ; elle ne compte pas dans la moyenne du critère vide.\n"
    "Un 0 est un avis : ce critère ne devrait rien peser. Écart : entre l’avis le plus haut et le plus bas, en points. Objections : ce qui se dit en séance, gardé tel quel.\n"
    "Tout est en points sur 100 dans chaque grille, « Poids actuel » compris. Poids proposé : la moyenne arrondie, dont le total fait exactement 100."
)


def read_atelier(workbook: Workbook) -> Tableau | None:
    """Return the table Atelier; None where the workbook has none.

    Raises
    ------
    SaisieError
        It lacks a column without which nobody could tell who takes part.
    """
    if not workbook.has_table(a.TABLE):
        return None
    table = workbook.read_table(a.TABLE).canonical(a.HEADERS)
    refuse_stranger(table, (a.CRITERE, a.ACTUEL, a.MOYEN))
    return table


def write_atelier(
    workbook: Workbook, table: Tableau | None, rows: Mapping[str, int], accords: Sequence[Accord]
) -> None:
    """Write what the votes come to, on the rows where they stand; what people typed stays.

    Parameters
    ----------
    workbook : Workbook
        Gets the sheet the first time.
    table : Tableau or None
        The table as read.
    rows : mapping of str to int
        The row of each critère, by code; those that have none are added below.
    accords : sequence of Accord
        What to write, grid by grid.
    """
    lines = {COUNTED: tell_counted(accords), DIVIDED: tell_divided(accords)}
    if table is None:
        sentences = "\n".join(f"{head}{rest}" for head, rest in lines.items())
        workbook.add_table(a.TABLE, SHEET, WIDTHS, note=f"{NOTE}\n{sentences}")
    else:
        wanted = (h for h in a.HEADERS if h not in table.letters)
        workbook.add_columns(a.TABLE, [*wanted])
        workbook.write_above(a.TABLE, lines)
    told = dict(_lines_of(accords))
    known = {rows[code]: line for code, line in told.items() if code in rows}
    if known:
        frame = pd.DataFrame.from_dict(known, orient="index", dtype=object)
        workbook.write_columns(a.TABLE, frame[[*RESULTS]])
    new = [line for code, line in told.items() if code not in rows]
    if new:
        workbook.append_rows(a.TABLE, pd.DataFrame(new, dtype=object))


def write_poids(workbook: Workbook, accords: Iterable[Accord]) -> None:
    """Put the proposed weights in place of those of the sheet Grille."""
    criteres = workbook.read_table(CRITERES).canonical(("Code", POIDS))
    codes = criteres.lignes["Code"].dropna()
    rows = {fold(code): int(str(row)) for row, code in codes.items()}
    new = {
        rows[fold(c.code)]: number_of(weight)
        for accord in accords
        for c, weight in zip(accord.grille.criteres, accord.proposes, strict=True)
    }
    workbook.write_columns(CRITERES, pd.DataFrame({POIDS: pd.Series(new, dtype=object)}))


def number_of(value: Fraction | None, digits: int = 2) -> float | int | None:
    """Return points as a reader wants them: whole where they are.

    >>> number_of(Fraction(30)), number_of(Fraction(100, 3)), number_of(None)
    (30, 33.33, None)
    """
    if value is None:
        return None
    return int(value) if value.denominator == 1 else round(float(value), digits)


def _lines_of(accords: Iterable[Accord]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the code of each critère and the cells that segxl fills."""
    for accord in accords:
        told = zip(
            accord.grille.criteres,
            accord.actuels,
            accord.moyens,
            accord.ecarts,
            accord.proposes,
            strict=True,
        )
        for critere, *figures in told:
            cells = dict(zip((a.ACTUEL, a.MOYEN, a.ECART, a.PROPOSE), figures, strict=True))
            yield (
                critere.code,
                {
                    a.GRILLE: accord.grille.nom,
                    a.CRITERE: critere.libelle,
                    **{header: number_of(value, _DIGITS) for header, value in cells.items()},
                },
            )
