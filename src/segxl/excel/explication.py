"""The sheet Explication: one note explained, to read with the client beside you."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from segxl.domain.justification import Justification
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = "Explication"
WIDTHS = {
    "Rubrique": 22,
    "Élément": 46,
    "Réponse": 30,
    "Poids": 9,
    "Points": 9,
    "Reste à gagner": 16,
    "D’où vient la réponse": 60,
}
RELIABLE = "ce que valent les réponses : complètes, récentes, mesurées plutôt que ressenties"
_Row = tuple[object, ...]


def write_explication(workbook: Workbook, justification: Justification) -> None:
    """Put one explanation in place of the last one; the sheet appears with the first."""
    if not workbook.has_table(TABLE):
        workbook.add_table(TABLE, TABLE, WIDTHS)
    else:
        refuse_stranger(workbook.read_table(TABLE), ("Rubrique", "Élément"))
    rows = [(*row, None)[: len(WIDTHS)] for row in _rows_of(justification)]
    workbook.replace_rows(TABLE, pd.DataFrame(rows, columns=[*WIDTHS], dtype=object))


def _rows_of(j: Justification) -> Iterator[_Row]:
    yield "Client", f"{j.dossier} {j.raison_sociale}".strip(), "", None, None, None
    yield "Note sur 20", j.couleur, "", None, j.note, None
    yield "Segment", j.segment, j.regle, None, None, None
    yield from _ways_of(j)
    if j.fiabilite is not None:
        yield "Fiabilité", RELIABLE, f"{j.fiabilite:.0%}".replace("%", "\u00a0%"), None, None, None
    if j.sans_reponse:
        yield (
            "Note possible",
            "selon les réponses qui manquent, au moins",
            "",
            None,
            j.note_min,
            None,
        )
        yield (
            "Note possible",
            "selon les réponses qui manquent, au plus",
            "",
            None,
            j.note_max,
            None,
        )
    if j.etape_gain:
        yield "Prochaine étape", j.etape_conseil, j.etape_critere, None, None, j.etape_gain
    for c in sorted(j.contributions, key=lambda c: -c.contribution):
        origin = c.origine or None
        yield "Ce qui fait la note", c.critere, c.dite, c.poids, c.contribution, c.restant, origin
    if j.note is not None:
        left = sum(c.restant for c in j.contributions)
        yield "Ce qui fait la note", "Total", "", None, j.note, round(left, 1)
    for c in j.feuille_de_route:
        yield "Ce qui ferait monter", c.critere, c.conseil, None, None, c.restant
    for critere in j.sans_reponse:
        yield "À demander au client", critere, "", None, None, None
    for critere in j.non_applicables:
        yield "Sans objet", critere, "", None, None, None


def _ways_of(j: Justification) -> Iterator[_Row]:
    """Yield who the clients of its segment are, and how the firm speaks to this one."""
    told = (
        ("Segment", "Qui sont ces clients", j.definition),
        ("Message", j.message, j.message_par),
        ("Canal", j.canal, j.canal_par),
    )
    yield from ((*words, None, None, None) for words in told if all(words))
