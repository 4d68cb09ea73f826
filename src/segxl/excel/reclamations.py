"""The sheet Réclamations: one complaint a row, its ladder and the next answer due."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.identifiants import key_of
from segxl.domain.normalisation import parse_mots
from segxl.domain.relation.paliers import ETAPES, QUALITES, Reclamation
from segxl.domain.saisie import is_error, parse_column, parse_date
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.layout import RECLAMATIONS_TYPED
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE, SHEET = "Reclamations", "Réclamations"
AVANT, LECTURE = "À faire avant le", "À faire"
WIDTHS: Mapping[str, float] = {**RECLAMATIONS_TYPED, AVANT: 14, LECTURE: 50}
NOTE = (
    "Une ligne par réclamation. Inscrite au Journal (type Réclamation), elle arrive ici d’elle-même : rien n’est à saisir deux fois. « Clos le » tapé dans l’une des deux feuilles ferme l’autre.\n"
    "Les délais partent du jour où le client écrit (« Écrite le ») ; sans écrit, aucun ne court. Consommateur : réponse, médiation, justice. Professionnel : réponse, président du Conseil régional, justice.\n"
    "Les délais sont ceux de la feuille Paramètres, à confirmer par le cabinet. Tant qu’une réclamation est ouverte, aucune relance ne part.\n"
    "La lettre « Réponse à une réclamation » imprime « Objet », « Explication » et « Geste » (facultatif) : écrivez-les pour le client."
)
JOURS = ("Reçue le", "Écrite le", "Étape le", "Clos le")
MOTS = {"Qualité": QUALITES, "Étape": ETAPES}
PAST = ("Reçue le", "Écrite le")


def read_registre(
    workbook: Workbook, au: date
) -> tuple[dict[int, Reclamation], tuple[Anomalie, ...]]:
    """Return the complaints on record by Excel row, and what cannot be read of them.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(TABLE):
        return {}, ()
    table = _read(workbook)
    lignes = table.lignes.reindex(columns=[*WIDTHS])
    typed = lignes[lignes["Dossier"].notna() & ~lignes["Dossier"].map(is_error).astype(bool)]
    read = typed.assign(
        Dossier=parse_column(typed["Dossier"], key_of),
        **{h: parse_column(typed[h], parse_date) for h in JOURS},
        **{h: parse_mots(typed[h], words) for h, words in MOTS.items()},
    ).astype(object)
    read = read.where(read.notna(), None)
    registre = {int(str(row)): _of(line) for row, line in read.to_dict("index").items()}
    return registre, tuple(_find_wrong(table, typed, read, au))


def _of(line: Mapping[object, object]) -> Reclamation:
    days = {h: v if isinstance(v := line[h], date) else None for h in JOURS}
    return Reclamation(
        dossier=str(line["Dossier"]),
        recue_le=days["Reçue le"],
        ecrite_le=days["Écrite le"],
        objet=str(line["Objet"] or ""),
        qualite=str(line["Qualité"] or ""),
        etape=str(line["Étape"] or ""),
        etape_le=days["Étape le"],
        clos_le=days["Clos le"],
        explication=_words(line["Explication"]),
        geste=_words(line["Geste"]),
    )


def _words(cell: object) -> str:
    return "" if cell is None or is_error(cell) else str(cell).strip()


def _find_wrong(
    table: Tableau, typed: pd.DataFrame, read: pd.DataFrame, au: date
) -> Iterator[Anomalie]:
    """Yield the cells that somebody typed and that count for nothing."""
    for header in JOURS:
        for row in typed.index[typed[header].notna() & read[header].isna()]:
            remedy = "écrivez-la JJ/MM/AAAA, ou videz la cellule"
            yield table.anomalie(header, row, "cette date ne se lit pas", remedy)
    for header, words in MOTS.items():
        for row in typed.index[typed[header].notna() & read[header].isna()]:
            remedy = f"choisissez parmi : {' · '.join(words)}"
            yield table.anomalie(header, row, f"« {header} » ne se lit pas", remedy)
    for header in PAST:
        for row, jour in read[header].items():
            if isinstance(jour, date) and jour > au:
                problem = f"« {header} » est à venir : aucun délai ne court"
                yield table.anomalie(header, row, problem, "vérifiez l’année")


def find_strangers(workbook: Workbook, registre: Mapping[int, Reclamation], known: set[str]) -> Iterator[Anomalie]:  # fmt: skip
    """Yield the complaints of no client; ``known`` holds the folded numbers."""
    for row, reclamation in registre.items():
        if fold(reclamation.dossier) not in known:
            problem = "ce dossier n’est pas dans la feuille Clients"
            remedy = "corrigez le numéro du client"
            yield _read(workbook).anomalie("Dossier", row, problem, remedy)


def name_reclamation(workbook: Workbook, row: int, problem: str, remedy: str) -> Anomalie:
    """Say what a complaint entails; the message shows its day."""
    return _read(workbook).anomalie("Reçue le", row, problem, remedy)


def find_undated(workbook: Workbook, wrong: Iterable[Anomalie]) -> dict[int, Anomalie]:
    """Return what was said of « Écrite le », by Excel row; ``wrong`` comes from ``read_registre``."""
    if not workbook.has_table(TABLE):
        return {}
    letter = _read(workbook).letters["Écrite le"]
    cells = ((a, re.fullmatch(rf"{letter}(\d+)", a.cell)) for a in wrong)
    return {int(found[1]): a for a, found in cells if found}


def write_registre(
    workbook: Workbook,
    registre: Mapping[int, Reclamation],
    nouvelles: Sequence[Reclamation],
    closed: Collection[int],
    due: Callable[[Reclamation], tuple[date | None, str]],
) -> None:
    """Add complaints, close those that the Journal closed, and say what is due.

    Parameters
    ----------
    workbook : Workbook
        The sheet appears with its first complaint.
    registre : mapping
        Excel row → complaint, as it is to stand.
    nouvelles : sequence of Reclamation
        Those to add.
    closed : collection of int
        The rows whose blank « Clos le » is to be filled: nothing else that people type is.
    due : callable
        What comes next for a complaint, see ``domain.relation.paliers.next_echeance``.
    """
    if not (registre or nouvelles):
        return
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    cells = {row: dict(zip((AVANT, LECTURE), due(r), strict=True)) for row, r in registre.items()}
    for row in closed:
        cells[row]["Clos le"] = registre[row].clos_le
    if cells:
        workbook.write_cells(TABLE, cells)
    if nouvelles:
        rows = [(*_typed(r), *due(r)) for r in nouvelles]
        workbook.append_rows(TABLE, pd.DataFrame(rows, columns=[*WIDTHS], dtype=object))


def _typed(r: Reclamation) -> tuple[object, ...]:
    """Return the cells of a new complaint that people may change, in the order of the sheet."""
    days = (r.recue_le, r.ecrite_le)
    return (r.dossier, *days, r.objet or None, r.qualite or None, r.etape or None, r.etape_le, r.clos_le, None, r.explication or None, r.geste or None)  # fmt: skip


def _read(workbook: Workbook) -> Tableau:
    table = workbook.read_table(TABLE).canonical(WIDTHS)
    refuse_stranger(table, ("Dossier", "Reçue le", "Écrite le", "Clos le"))
    return table


def reconcile_registre(
    workbook: Workbook,
    registre: Mapping[int, Reclamation],
    nouvelles: Sequence[Reclamation],
    closed: tuple[Mapping[int, date], Mapping[int, date]],
    due: Callable[[Reclamation], tuple[date | None, str]],
) -> None:
    """Bring the register and the Journal together.

    Parameters
    ----------
    workbook : Workbook
        Holds both sheets.
    registre : mapping
        See ``read_registre``.
    nouvelles : sequence of Reclamation
        Those of the Journal that the register lacks.
    closed : pair of mapping
        The rows to close, in the Journal and in the register: row → day.
    due : callable
        The next answer due: day and words.
    """
    in_journal, in_registre = closed
    settled = {r: replace(c, clos_le=in_registre.get(r, c.clos_le)) for r, c in registre.items()}
    write_registre(workbook, settled, nouvelles, in_registre, due)
    if in_journal:
        cells = {row: {"Clos le": jour} for row, jour in in_journal.items()}
        workbook.write_cells("Journal", cells)
