"""The sheets Équipe, Formations and Lire A-D: what each month held, what was learnt, what a class means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.equipe import HEURES, MESURES, MOIS, QUI, Fact
from segxl.domain.saisie import is_error, parse_date
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.valeur.temps import parse_heures
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger
from segxl.shipped import read_toml

TABLE, SHEET = "Equipe", "Équipe"
CALCULE = "Calculé le"
WIDTHS: Mapping[str, float] = {MOIS: 11, QUI: 24, **dict.fromkeys(MESURES, 13), CALCULE: 12}
NOTE = (
    "Des faits, mois par mois, pour se répartir le travail et s’entraider. Ce n’est ni un classement ni une évaluation : les noms sont dans l’ordre alphabétique, et un dossier difficile compte comme un autre.\n"
    "Clients suivis : « Collaborateur » de Clients, en fin de mois. Échanges et rendez-vous (Visio comprise) : Journal, colonne Qui, sinon le collaborateur du client. Étapes du plan : Responsable et « Fait le ». Courriers, et réponses mesurées dans un exercice clos ce mois-là : le collaborateur du client.\n"
    "Formation : feuille Formations, à remplir à la main. Les quatre classes de clients, et quoi faire de chacune : feuille Lire A-D."
)
FORMATIONS = "Formations"
JOUR, SUJET, DUREE = "Date", "Sujet", "Durée (h)"
FORMATIONS_WIDTHS: Mapping[str, float] = {JOUR: 12, QUI: 24, SUJET: 60, DUREE: 11}
FORMATIONS_NOTE = "Une ligne par personne et par formation, même une heure en interne : le jour, qui, sur quoi, combien d’heures (3,5 ou 3h30). La feuille Équipe en fait la somme."
MOST_HOURS = 200
"""One line of training beyond that is a slip of the keyboard."""
LIRE, LIRE_SHEET = "LireAD", "Lire A-D"
LIRE_WIDTHS: Mapping[str, float] = {
    "Classe": 8,
    "En une phrase": 26,
    "À quoi on la reconnaît": 32,
    "Ce que l’on fait": 52,
    "Ce que l’on évite": 40,
}
LIRE_NOTE = (
    "Les quatre classes de la feuille Valeur, en une page, pour l’équipe. Une classe décrit une mission un jour donné, jamais une personne : elle change, et elle reste entre nous.\n"
    "B et C se partagent d’après le potentiel, sauf autre choix dans Paramètres (« Séparation B/C »). Ces phrases sont à vous : changez-les."
)


def read_formations(workbook: Workbook) -> tuple[tuple[Fact, ...], tuple[Anomalie, ...]]:
    """Return the hours of training on record, and what cannot be read of them.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(FORMATIONS):
        return (), ()
    table = workbook.read_table(FORMATIONS).canonical(FORMATIONS_WIDTHS)
    refuse_stranger(table, (JOUR, QUI, DUREE))
    facts: list[Fact] = []
    wrong: list[Anomalie] = []
    for row, cells in records_of(table.lignes.reindex(columns=[*FORMATIONS_WIDTHS])):
        texts = {h: _text(cells[h]) for h in FORMATIONS_WIDTHS}
        if not any(texts.values()):
            continue
        jour, hours = parse_date(cells[JOUR]), _hours(cells[DUREE])
        found = [*_find_wrong(table, row, texts, jour, hours)]
        wrong += found
        if hours is not None and not found:
            facts.append((HEURES, texts[QUI], jour, hours))
    return tuple(facts), tuple(wrong)


def _find_wrong(
    table: Tableau, row: int, texts: Mapping[str, str], jour: date | None, hours: float | None
) -> Iterator[Anomalie]:
    if jour is None:
        yield table.anomalie(JOUR, row, "cette date ne se lit pas : la ligne ne compte pas", "écrivez-la JJ/MM/AAAA")  # fmt: skip
    if not texts[QUI]:
        yield table.anomalie(QUI, row, "cette ligne ne dit pas qui : elle ne compte pas", "écrivez le nom du collaborateur")  # fmt: skip
    if hours is None:
        remedy = f"écrivez un nombre d’heures jusqu’à {MOST_HOURS}, par exemple 3,5 ou 3h30"
        yield table.anomalie(DUREE, row, "cette durée ne se lit pas : la ligne ne compte pas", remedy)  # fmt: skip


def write_equipe(workbook: Workbook, counts: pd.DataFrame, au: date) -> None:
    """Put the counts in place of the last ones; the three sheets appear together.

    Raises
    ------
    SaisieError
        A table of one of these names is not segxl's.
    """
    if workbook.has_table(TABLE):
        refuse_stranger(workbook.read_table(TABLE).canonical(WIDTHS), (MOIS, QUI))
    rows = counts.astype(object)
    rows[MOIS] = [f"{month:%Y-%m}" for month in counts[MOIS]]
    rows[CALCULE] = au
    rows = rows.mask(rows == 0, None)  # a grid of zeros hides what was done
    if not workbook.has_table(LIRE):
        workbook.add_table(LIRE, LIRE_SHEET, LIRE_WIDTHS, note=LIRE_NOTE)
        classes = [[*c.values()] for c in read_toml("lire_ad.toml")["classes"]]
        workbook.append_rows(LIRE, pd.DataFrame(classes, columns=[*LIRE_WIDTHS], dtype=object))
    make_table(workbook, FORMATIONS, FORMATIONS, FORMATIONS_WIDTHS, FORMATIONS_NOTE)
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    workbook.replace_rows(TABLE, rows[[*WIDTHS]])


def _hours(cell: object) -> float | None:
    """Read a length of training, None where it is none that can be."""
    hours = parse_heures(cell) if _text(cell) else None
    return hours if hours is not None and isfinite(hours) and 0 < hours <= MOST_HOURS else None


def _text(cell: object) -> str:
    return "" if cell is None or is_error(cell) else str(cell).strip()
