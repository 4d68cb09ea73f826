"""The sheet Enquête: what clients answered, one answer a row, the comments in their column only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.ecoute.importance import IMPORTANT, read_propos
from segxl.domain.enquete import DOSSIER, FICHIER, JOUR, TOLD
from segxl.domain.identifiants import key_of
from segxl.domain.saisie import parse_column, parse_date, parse_number
from segxl.domain.satisfaction import ECHELLES, SCORES, is_on_scale
from segxl.domain.tableau import Tableau
from segxl.domain.textes import join_words
from segxl.excel.own_tables import make_table, read_lines
from segxl.excel.port import Workbook

TABLE, SHEET = "Enquete", "Enquête"
COMPTEE, COMMENTAIRE, SOURCE = "Comptée", "Commentaire", "Source"
WIDTHS: Mapping[str, float] = {
    JOUR: 12,
    DOSSIER: 26,
    "CSAT": 9,
    "NPS": 9,
    COMPTEE: 11,
    IMPORTANT: 60,
    COMMENTAIRE: 60,
    SOURCE: 34,
}
NOTE = (
    "Une ligne par réponse. CSAT : satisfaction de 1 à 5 ; NPS : recommandation de 0 à 10 ; vide, le client n’a pas répondu.\n"
    f"{IMPORTANT} : ce qu’il dit compter pour lui, de 1 à 5, oui ou non, ou choisi dans une liste ; « satisfait 3 », sa satisfaction sur ce point. Aucune note n’en tient compte.\n"
    "Comptée vaut Non quand le même client avait répondu moins de 60 jours avant : sa réponse est gardée, sans peser deux fois.\n"
    "« (à préciser) » ou « (anonyme) » à la place du dossier : la réponse compte pour le portefeuille seul. Écrivez le numéro du dossier à la place quand vous savez de qui elle vient.\n"
    "Les commentaires restent dans cette feuille : aucun courrier ni aucun écran ne les reprend."
)
OUI, NON = "Oui", "Non"


def read_enquete(workbook: Workbook) -> tuple[pd.DataFrame, tuple[Anomalie, ...]]:
    """Return the answers on record, and what cannot be read of them.

    Returns
    -------
    DataFrame of object
        Indexed by Excel row: « Date », a day; « Dossier »; « CSAT » and « NPS », None where blank
        or off the scale; « Comptée », as it stands; what matters to the client; ``fichier``, the
        export of each. No row
        without a table Enquete.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    headers = [JOUR, DOSSIER, *TOLD, COMPTEE, FICHIER]
    found = read_lines(workbook, TABLE, [*WIDTHS], (JOUR, DOSSIER, *SCORES))
    if found is None:
        return pd.DataFrame(columns=headers, dtype=object), ()
    table, filled = found
    texts = [str(source or "") for source in filled[SOURCE]]
    columns: dict[str, pd.Series] = {
        JOUR: parse_column(filled[JOUR], parse_date),
        DOSSIER: parse_column(filled[DOSSIER], key_of),
        **{score: _scores(filled[score], score) for score in SCORES},
        FICHIER: pd.Series([t.rpartition(", ")[0] for t in texts], filled.index, dtype=object),
    }
    read = filled.assign(**columns)
    dated = read[read[JOUR].notna()]
    return dated.where(dated.notna(), None)[headers], tuple(_find_unread(table, filled, read))


def write_reponses(
    workbook: Workbook, changes: Mapping[int, Mapping[str, object]], added: pd.DataFrame
) -> None:
    """Write what changes in the answers on record, then the new ones; the sheet appears with them.

    ``added`` has the headers of the sheet.
    """
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    workbook.write_cells(TABLE, changes)
    workbook.append_rows(TABLE, added[[*WIDTHS]].astype(object))


def find_changes(known: pd.DataFrame, whole: pd.DataFrame) -> dict[int, dict[str, object]]:
    """Return the cells of answers on record that take another value."""
    changes: dict[int, dict[str, object]] = {}
    for line in whole[whole["row"].notna()].to_dict("records"):
        row = int(line["row"])
        wanted = {**{s: line[s] for s in TOLD}, COMPTEE: _counted(line["avant"])}
        cells = {h: v for h, v in wanted.items() if v != known.at[row, h] and v is not None}
        if cells:
            changes[row] = {str(h): v for h, v in cells.items()}
    return changes


def rows_to_add(told: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Return the rows to add to the sheet Enquête, in the order of the exports."""
    fresh = whole[whole["label"].notna()].set_index("label")
    lines = told.loc[fresh.index]
    sources = [f"{f}, {place}" for f, place in zip(lines[FICHIER], lines["lieu"], strict=True)]
    counted = fresh["avant"].map(_counted).astype(object)
    return lines.assign(**{COMPTEE: counted, SOURCE: pd.Series(sources, lines.index)})


def _counted(avant: object) -> str:
    return OUI if avant is None else NON


def _scores(values: pd.Series, score: str) -> pd.Series:
    numbers = parse_column(values, parse_number)
    read = [int(n) if is_on_scale(n, score) else None for n in numbers]
    return pd.Series(read, index=values.index, dtype=object)


def _find_unread(table: Tableau, typed: pd.DataFrame, read: pd.DataFrame) -> Iterator[Anomalie]:
    """Yield the cells that somebody typed and that count for nothing."""
    for row in typed.index[read[JOUR].isna()]:
        yield table.anomalie(
            JOUR, row, "la date de cette réponse ne se lit pas", "écrivez-la JJ/MM/AAAA"
        )
    for score in SCORES:
        least, most = ECHELLES[score]
        for row in typed.index[typed[score].notna() & read[score].isna()]:
            problem = f"« {score} » va de {least} à {most}"
            yield table.anomalie(score, row, problem, "corrigez la note, ou videz la cellule")
    for row, cell in typed[IMPORTANT].dropna().items():
        if wrong := read_propos(cell)[1]:
            problem = f"ce qui compte ne se lit pas : {join_words(f'« {part} »' for part in wrong)}"
            yield table.anomalie(
                IMPORTANT,
                int(str(row)),
                problem,
                "écrivez par exemple « Conseil : 5 · Paie : oui »",
            )
