"""Read the tables Criteres and Baremes into grids, and say everything that contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator

from segxl.domain.anomalies import Anomalie, Gravite
from segxl.domain.baremes import BAREMES
from segxl.domain.conditions import ConditionError, parse_condition
from segxl.domain.faits.etats import UNITES, UNITES_INTERNES, Unite
from segxl.domain.faits.libelles import LIBELLES, LIBELLES_INTERNES
from segxl.domain.grille import FE, Clause, Critere, Grille
from segxl.domain.lecture_baremes import find_orphans, optional_number, parse_niveaux
from segxl.domain.saisie import parse_number
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold, join_words

DEFAULT_EFFORT = 3.0
EFFORTS = range(1, 6)
MESURE_PAR = "Mesuré par"
"""A column that grids made before it lack: which fact of the entries answers a question."""
MESURES = {
    fold(label): label
    for code, label in (LIBELLES | LIBELLES_INTERNES).items()
    if (UNITES | UNITES_INTERNES)[code] not in {Unite.PART, Unite.MOT}
}
"""The facts that are amounts or counts; a share is only a hint, and a word has no scale."""


def parse_grilles(
    criteres: Tableau, baremes: Tableau
) -> tuple[tuple[Grille, ...], tuple[Anomalie, ...]]:
    """Build the firm's grids, FE first.

    Parameters
    ----------
    criteres, baremes : Tableau
        The tables of these names; all their headers are present.

    Returns
    -------
    tuple of Grille, tuple of Anomalie
        A critère with a blocking anomaly is left out of its grid.
    """
    anomalies = [*_find_repeats(criteres), *find_orphans(criteres, baremes)]
    found: list[Critere] = []
    for row, fields in _filled_rows(criteres):
        critere, wrong = _parse_critere(criteres, row, fields, baremes)
        anomalies += wrong
        found += [critere] if critere else []
    if not any(c.grille == FE for c in found) and not any(a.is_blocking for a in anomalies):
        anomalies.append(_no_fe(criteres))
    return _grouped(found), tuple(anomalies)


def _grouped(criteres: list[Critere]) -> tuple[Grille, ...]:
    """Gather the critères by grid, FE first; two spellings of one name are one grid."""
    grilles: dict[str, list[Critere]] = {fold(FE): []}
    for critere in criteres:
        grilles.setdefault(fold(critere.grille), []).append(critere)
    return tuple(Grille(nom=g[0].grille, criteres=tuple(g)) for g in grilles.values() if g)


def _filled_rows(table: Tableau) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the Excel row and the cells of every row that is not wholly blank."""
    for row, cells in records_of(table.lignes):
        if any(value is not None for value in cells.values()):
            yield row, cells


def _parse_critere(
    table: Tableau, row: int, fields: dict[str, object], baremes: Tableau
) -> tuple[Critere | None, list[Anomalie]]:
    """Build one critère, or say why it cannot be."""
    type_ = {fold(t): t for t in BAREMES}.get(fold(fields["Type"]))
    niveaux, anomalies = parse_niveaux(baremes, fields, type_ or "Liste", table, row)
    anomalies = [*_find_wrong_fields(table, row, fields, type_), *anomalies]
    anomalies += _find_wrong_measure(table, row, fields)
    clause = None
    if fields["Applicable si"] is not None:
        clause, wrong = _parse_clause(table, row, str(fields["Applicable si"]))
        anomalies += wrong
    if any(a.is_blocking for a in anomalies):
        return None, anomalies
    critere = Critere(
        code=str(fields["Code"]).strip(),
        libelle=str(fields["Critère"]).strip(),
        grille=_grille_name(fields["Grille"]),
        famille=str(fields["Famille"] or "").strip(),
        type=type_ or "",
        poids=parse_number(fields["Poids"]) or 0.0,
        niveaux=niveaux,
        effort=optional_number(fields["Effort"]) or DEFAULT_EFFORT,
        conseil=str(fields["Conseil"] or "").strip(),
        applicable_si=clause,
        peremption_mois=optional_number(fields["Périmé après (mois)"]),
        mesure_par=_measure_of(fields),
    )
    return critere, anomalies


def _grille_name(value: object) -> str:
    """Return the name of a grid as the sheet spells it; FE and Enjeu in any case."""
    name = str(value).strip()
    return {"fe": FE, "enjeu": "Enjeu"}.get(fold(name), name)


def _find_wrong_fields(
    table: Tableau, row: int, fields: dict[str, object], type_: str | None
) -> Iterator[Anomalie]:
    """Yield what is wrong in the row of one critère."""
    for header in ("Code", "Critère", "Grille"):
        if fields[header] is None:
            yield table.anomalie(
                header,
                row,
                f"« {header} » est obligatoire",
                "remplissez la cellule ou supprimez la ligne",
                blocking=True,
            )
    if type_ is None:
        yield table.anomalie(
            "Type",
            row,
            "le type de critère n’est pas connu",
            f"choisissez {join_words(sorted(BAREMES), 'ou')}",
            blocking=True,
        )
    poids = optional_number(fields["Poids"])
    if poids is None or poids <= 0:
        yield table.anomalie(
            "Poids",
            row,
            "le poids doit être un nombre plus grand que zéro",
            "saisissez par exemple 1, 2 ou 3, ou supprimez le critère",
            blocking=True,
        )
    effort = optional_number(fields["Effort"])
    if fields["Effort"] is not None and effort not in EFFORTS:
        yield table.anomalie(
            "Effort",
            row,
            "l’effort va de 1 (facile) à 5 (long)",
            "saisissez un chiffre de 1 à 5",
            blocking=True,
        )


def _parse_clause(table: Tableau, row: int, text: str) -> tuple[Clause | None, list[Anomalie]]:
    """Read « Part B2B: >0 »."""
    header, colon, condition = text.partition(":")
    remedy = "écrivez l’intitulé d’une colonne de Clients, deux-points et la condition, par exemple « Part B2B: >0 »"
    if not colon:
        return None, [
            table.anomalie(
                "Applicable si", row, "la condition ne se lit pas", remedy, blocking=True
            )
        ]
    try:
        return Clause(header=header.strip(), condition=parse_condition(condition)), []
    except ConditionError as error:
        return None, [
            table.anomalie(
                "Applicable si", row, f"la condition ne se lit pas : {error}", remedy, blocking=True
            )
        ]


def _find_wrong_measure(table: Tableau, row: int, fields: dict[str, object]) -> Iterator[Anomalie]:
    """Yield the fact that no file of entries gives."""
    if fields.get(MESURE_PAR) is not None and fold(fields[MESURE_PAR]) not in MESURES:
        remedy = f"choisissez parmi : {' · '.join(MESURES.values())} ; ou videz la cellule"
        yield table.anomalie(MESURE_PAR, row, "aucune mesure des écritures ne porte ce nom", remedy)


def _measure_of(fields: dict[str, object]) -> str | None:
    """Return the fact that measures an answer; None in a grid that has no such column."""
    if MESURE_PAR not in fields:
        return None
    return MESURES.get(fold(fields[MESURE_PAR]), "")


def _find_repeats(criteres: Tableau) -> Iterator[Anomalie]:
    """Yield the codes and names that stand twice."""
    for header in ("Code", "Critère"):
        words = criteres.lignes[header].dropna().map(fold)
        for row in words[words.duplicated()].index:
            first = words[words == words[row]].index[0]
            yield criteres.anomalie(
                header,
                row,
                f"ce « {header} » figure déjà ligne {first}",
                "gardez un seul des deux critères ou changez son nom",
                blocking=True,
            )


def _no_fe(criteres: Tableau) -> Anomalie:
    """Say that the grid of the main note is missing."""
    row = criteres.lignes.index[0] if len(criteres.lignes) else 2
    return Anomalie(
        sheet=criteres.sheet,
        cell=criteres.cell("Grille", row),
        value=None,
        problem="aucun critère n’appartient à la grille FE, qui donne la note",
        remedy="écrivez FE dans la colonne Grille d’au moins un critère",
        gravite=Gravite.BLOQUANTE,
    )
