"""The sheets Rendement and Offres: what each segment yields, and what it is offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from segxl.domain.segments import offres as o
from segxl.domain.segments import rendement as r
from segxl.domain.segments.vigilance import A_REVOIR, A_SAVOIR, EN_RETARD, Alerte
from segxl.domain.tableau import Tableau
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = SHEET = "Rendement"
OFFRES = "Offres"
AXE, NOM, LECTURE, CALCULE = "Axe", "Segment ou classe", "Lecture", "Calculé le"
FORMULE, TOUS, ND = "Formule", "Tous", "n.d."
COLUMNS: Mapping[str, str] = {
    r.HONORAIRES: "Honoraires",
    r.MARGE: "Marge (€)",
    r.TAUX: "Taux de marge",
    r.HEURES: "Heures",
    r.PART_HEURES: "Part des heures",
    r.PART_MARGE: "Part de la marge",
    r.CONVERSION: "Conversion",
    r.OUVERTES: "Missions ouvertes",
    r.PANIER: "Panier moyen",
    r.RETENTION: "Rétention",
    r.TENDANCE: "Tendance",
}
"""Each figure, and its column."""
PART_EFFORT, HEURES_EFFORT = "Part de l’effort", "Heures et effort"
WIDTHS: Mapping[str, float] = {
    AXE: 11,
    NOM: 18,
    "Clients": 8,
    **dict.fromkeys(COLUMNS.values(), 11),
    PART_EFFORT: 11,
    HEURES_EFFORT: 42,
    LECTURE: 70,
    CALCULE: 12,
}
NOTE = (
    "Ce que rapporte chaque segment, puis chaque classe A à D, sur douze mois ; à la fin, ce qu’il faut surveiller, et la formule de chaque chiffre.\n"
    "« n.d. » : le chiffre ne se calcule pas, et « Lecture » dit pourquoi. Ce qui est proposé à chaque segment se règle dans la feuille Offres."
)
COLOURS: Mapping[str, tuple[str, str]] = {
    EN_RETARD: ("#F8696B", "#1F1F1F"),
    A_REVOIR: ("#FFEB84", "#1F1F1F"),
    A_SAVOIR: ("#B4C7DC", "#1F1F1F"),
}
"""The colours of the notes: one palette for the whole workbook."""
OFFRES_WIDTHS: Mapping[str, float] = {
    o.SEGMENT: 16,
    o.CLASSE: 8,
    o.OFFRE: 26,
    o.PRIX_DE: 9,
    o.PRIX_A: 9,
    o.HEURES: 9,
    o.NIVEAU: 11,
    o.POLITIQUE: 16,
    o.CANAL: 13,
    o.PARLER: 34,
    o.OBJECTION: 28,
    o.REPONSE: 34,
    o.RESPONSABLE: 14,
    o.DEFINIE: 12,
    o.REVUE: 12,
}
OFFRES_NOTE = (
    "Ce que le cabinet propose à chaque segment ; une ligne par offre, ou par objection. Classe vide : toutes. Les prix sont à vous de les fixer : segxl n’en invente aucun.\n"
    "« Aucune » est un choix ; une case vide est un oubli, que « Segments » signale. Revue le : à relire chaque année ; orange à 12 mois, rouge à 24.\n"
    "Canal : celui du client passe devant, si Clients a une colonne « Canal ». Qui s’oppose aux propositions n’est jamais dans les clients éligibles."
)


def read_offres(workbook: Workbook) -> Tableau | None:
    """Return the table Offres; None where the workbook has none.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(OFFRES):
        return None
    table = workbook.read_table(OFFRES).canonical(o.HEADERS)
    refuse_stranger(table, (o.SEGMENT, o.OFFRE))
    return table


def start_offres(workbook: Workbook, rows: Sequence[Mapping[str, object]]) -> None:
    """Add the sheet Offres with what to start from."""
    make_table(workbook, OFFRES, OFFRES, OFFRES_WIDTHS, OFFRES_NOTE)
    frame = pd.DataFrame([*rows], columns=[*OFFRES_WIDTHS], dtype=object)
    workbook.replace_rows(OFFRES, frame.where(frame.notna(), None))


def offres_of(rows: Sequence[Mapping[str, object]]) -> Tableau:
    """Return rows as the table that :func:`start_offres` makes of them."""
    cells = [[row.get(h) for h in o.HEADERS] for row in rows]
    return Tableau.of(OFFRES, o.HEADERS, cells)


def write_rendement(
    workbook: Workbook,
    rendements: Sequence[r.Rendement],
    alertes: Sequence[Alerte],
    today: date,
) -> None:
    """Put the figures in place of the last ones; the sheet appears with the first.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if workbook.has_table(TABLE):
        refuse_stranger(workbook.read_table(TABLE).canonical(WIDTHS), (AXE, NOM, LECTURE))
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    rows = [*(_row_of(x, today) for x in rendements), *_alert_rows(alertes, today), *_formulas()]
    frame = pd.DataFrame(rows, columns=[*WIDTHS], dtype=object)
    workbook.replace_rows(TABLE, frame.where(frame.notna(), None))
    workbook.paint_words(TABLE, AXE, [AXE], COLOURS)


def _row_of(told: r.Rendement, today: date) -> dict[str, object]:
    figures = {
        header: ND if (x := told.chiffres[nom].valeur) is None else round(x, 4)
        for nom, header in COLUMNS.items()
    }
    return {
        AXE: told.axe,
        NOM: told.nom,
        "Clients": told.clients,
        **figures,
        PART_EFFORT: ND if told.effort.valeur is None else round(told.effort.valeur, 4),
        HEURES_EFFORT: told.place or None,
        LECTURE: told.lecture or None,
        CALCULE: today,
    }


def _alert_rows(alertes: Sequence[Alerte], today: date) -> Iterator[dict[str, object]]:
    """Yield one row a warning, its level under the heading that is painted."""
    for alerte in alertes:
        yield {
            AXE: alerte.niveau,
            NOM: alerte.segment or TOUS,
            LECTURE: alerte.message,
            CALCULE: today,
        }


def _formulas() -> Iterator[dict[str, object]]:
    headers = {**COLUMNS, r.EFFORT: PART_EFFORT, r.PLACE: HEURES_EFFORT}
    for nom, formule in r.FORMULES.items():
        yield {AXE: FORMULE, NOM: headers[nom], LECTURE: formule}
