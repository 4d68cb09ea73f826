"""The sheet Groupes suggérés: clients who look alike, and what each group could become."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from segxl.domain.suggestion import mots as m
from segxl.domain.suggestion.groupes import Groupe, Suggestion
from segxl.domain.suggestion.phrases import CLEAR, GROUPED, tell_clarity, tell_grouped
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE, SHEET = "GroupesSuggeres", "Groupes suggérés"
NOM, PLACE, PISTE = "Groupe suggéré", "Où il se situe", "Piste"
REGLE, WORDS, TYPIQUES = "Règle à essayer", "Segments et classes", "Clients typiques"
MEDIANES: Mapping[str, str] = {
    m.HONORAIRES: "Honoraires médians",
    m.TAUX: "Marge médiane",
    m.HEURES: "Heures médianes",
    m.NOTE: "Note FE médiane",
    m.ENJEU: "Enjeu médian",
}
WIDTHS: Mapping[str, float] = {
    NOM: 30,
    "Clients": 8,
    **dict.fromkeys(MEDIANES.values(), 11),
    PLACE: 34,
    WORDS: 36,
    PISTE: 36,
    REGLE: 25,
    TYPIQUES: 15,
}
NOTE = (
    "Une suggestion, rien de plus : segxl a cherché des clients qui se ressemblent, sans règle. Rien n’est écrit dans Clients ni dans Segments, et vos segments restent ceux de vos règles.\n"
    "Pour en faire un segment : dans la feuille Segments, ajoutez une ligne (la première dont les conditions conviennent l’emporte), un nom, et les conditions de « Règle à essayer » sous les colonnes de même titre (ajoutez-les si elles manquent), puis cliquez sur « Noter ».\n"
    "La règle n’attrape pas exactement les mêmes clients : la marge et les heures n’en font pas partie, car elles ne sont pas dans Clients. « Honoraires annuels » est la colonne de Clients, à remplir si vous vous en servez.\n"
    "Méthode : chaque chiffre est un rang de 0 à 1, pour qu’un géant ne décide pas de tout ; un chiffre inconnu compte comme le milieu. Ni hasard ni ordre des lignes : les mêmes données redonnent les mêmes groupes."
)
SHOWN = 5
"""Typical clients told of each group."""
_MEASURED = 4


def write_groupes(workbook: Workbook, suggestion: Suggestion, au: date) -> None:
    """Put the groups in place of the last ones; the sheet appears with the first.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    lines = {GROUPED: tell_grouped(suggestion, au), CLEAR: tell_clarity(suggestion)}
    if workbook.has_table(TABLE):
        refuse_stranger(workbook.read_table(TABLE).canonical(WIDTHS), (NOM, PISTE))
        workbook.write_above(TABLE, lines)
    sentences = "\n".join(f"{head}{rest}" for head, rest in lines.items())
    make_table(workbook, TABLE, SHEET, WIDTHS, f"{NOTE}\n{sentences}")
    rows = [_row_of(groupe) for groupe in suggestion.groupes]
    frame = pd.DataFrame(rows, columns=[*WIDTHS], dtype=object)
    workbook.replace_rows(TABLE, frame.where(frame.notna(), None))


def _row_of(groupe: Groupe) -> dict[str, object]:
    figures = {
        header: None if (x := groupe.medianes[chiffre]) is None else round(x, _MEASURED)
        for chiffre, header in MEDIANES.items()
    }
    rule = "\n".join(f"{header} : {told}" for header, told in groupe.conditions.items())
    return {
        NOM: groupe.nom,
        "Clients": len(groupe.dossiers),
        **figures,
        PLACE: groupe.description,
        WORDS: "\n".join(filter(None, (counted_words(groupe.segments), _classes(groupe)))) or None,
        PISTE: groupe.piste,
        REGLE: rule or None,
        TYPIQUES: ", ".join(groupe.dossiers[:SHOWN]),
    }


def counted_words(words: Mapping[str, int]) -> str:
    """Write how many clients bear each word.

    >>> counted_words({"Prêt": 12, "Prioritaire": 3})
    'Prêt 12, Prioritaire 3'
    """
    return ", ".join(f"{word} {count}" for word, count in words.items())


def _classes(groupe: Groupe) -> str:
    return f"Classes : {counted_words(groupe.classes)}" if groupe.classes else ""
