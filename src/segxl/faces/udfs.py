"""The functions of the worksheet: what the ribbon writes in Clients, as formulas.

They receive ranges and never touch a workbook: Excel knows what they depend on. Their docstrings
and the texts about their arguments are what its function wizard shows.
"""

from __future__ import annotations

import pandas as pd

from segxl.domain.anomalies import file_error
from segxl.domain.couleurs import assign_couleurs
from segxl.domain.grille import NOTE_MAX
from segxl.domain.identifiants import siren_verdict
from segxl.domain.justification import list_contributions, most_first
from segxl.domain.normalisation import normalise
from segxl.domain.notation import measure_dossiers, score_dossiers
from segxl.domain.resultats import segment_dossiers
from segxl.domain.saisie import is_error, parse_number
from segxl.domain.tableau import record_of
from segxl.faces.declaration import formule
from segxl.faces.formules import Lecture, couleurs_of, notation_of, once, segmentation_of
from segxl.faces.plages import Rows, cell_of, require_same_width, row_of, rows_of
from segxl.faces.udfs_loi import SEG_ECHEANCE, SEG_OBLIGATIONS, SEG_TAILLE

__all__ = [
    "SEG_COMPLETUDE",
    "SEG_COULEUR",
    "SEG_DETAIL",
    "SEG_ECHEANCE",
    "SEG_NOTE",
    "SEG_NOTES",
    "SEG_OBLIGATIONS",
    "SEG_SEGMENT",
    "SEG_SIREN",
    "SEG_TAILLE",
]
DETAIL = ["Critère", "Réponse", "Poids", "Points", "Reste à gagner"]


@formule
def SEG_NOTE(reponses: object, intitules: object, criteres: object, baremes: object) -> object:
    """Note FE d’un client, sur 20, telle que le ruban l’écrit ; vide si aucune réponse n’est connue."""
    return _scored(row_of(reponses), intitules, criteres, baremes, "note")[0]


@formule
def SEG_NOTES(reponses: object, intitules: object, criteres: object, baremes: object) -> object:
    """Toutes les notes FE, en un seul calcul par colonne : elles se déversent sous la formule."""
    return [[n] for n in _scored(rows_of(reponses), intitules, criteres, baremes, "note")]


@formule
def SEG_COMPLETUDE(
    reponses: object, intitules: object, criteres: object, baremes: object
) -> object:
    """Part des poids de la grille FE qui ont une réponse, de 0 à 1, pour un client ou pour tous."""
    return _spilled(_scored(rows_of(reponses), intitules, criteres, baremes, "completude"))


@formule
def SEG_COULEUR(note: object, couleurs: object, assujetti: object = "") -> object:
    """Couleur d’une note ; Gris-bleu sans note, Gris pour un client hors champ de la réforme."""
    notes = pd.Series([_note_of(cell_of(note, "Note"))], dtype="float64")
    typed = {"Assujetti TVA": [cell_of(assujetti, "Assujetti TVA")]}
    read = normalise(pd.DataFrame(typed, dtype=object))
    hors_champ = read["Assujetti TVA"] == "Non"
    return assign_couleurs(notes, hors_champ, once(couleurs_of, couleurs)).item()


@formule
def SEG_SEGMENT(  # noqa: PLR0913, PLR0917  one argument per table that decides
    reponses: object,
    intitules: object,
    criteres: object,
    baremes: object,
    couleurs: object,
    segments: object,
) -> object:
    """Segment d’un client ou de tous, tel que le ruban l’écrit ; un segment imposé avec son motif l’emporte."""
    rows = rows_of(reponses)
    lecture = once(segmentation_of, intitules, criteres, baremes, couleurs, segments)
    require_same_width(rows, rows_of(intitules))
    dossiers = lecture.read(rows)
    mesures = {g.nom: measure_dossiers(dossiers, g) for g in lecture.reglages.grilles}
    found = segment_dossiers(dossiers, mesures, lecture.reglages)["Segment"]
    return _spilled(_cells(found, rows))


@formule
def SEG_DETAIL(reponses: object, intitules: object, criteres: object, baremes: object) -> object:
    """Détail d’une note, à déverser : ce que chaque réponse apporte, ce qui reste à gagner, le total."""
    rows = row_of(reponses)
    lecture = _lecture(rows, intitules, criteres, baremes)
    dossiers = lecture.read(rows)
    if dossiers.empty:
        return [DETAIL]
    mesure = measure_dossiers(dossiers, lecture.reglages.fe)
    (note,) = _cells(score_dossiers(mesure)["note"], rows)
    shares = most_first(list_contributions(mesure, record_of(dossiers, 0)))
    left = round(sum(c.restant for c in shares), 1) if shares else ""
    lines = [[c.critere, c.reponse, c.poids, c.contribution, c.restant] for c in shares]
    return [DETAIL, *lines, ["Total", "", "", note, left]]


@formule
def SEG_SIREN(siren: object) -> object:
    """Dit « valide » si la cellule contient un SIREN, sinon pourquoi ; vide si elle est vide."""
    value = cell_of(siren, "SIREN")
    if is_error(value):
        return "la cellule affiche une erreur d’Excel"
    return "" if value is None else siren_verdict(value)


def _lecture(rows: Rows, intitules: object, criteres: object, baremes: object) -> Lecture:
    """Return how to read these answers on the grid FE."""
    lecture = once(notation_of, intitules, criteres, baremes)
    require_same_width(rows, rows_of(intitules))
    return lecture


def _scored(
    rows: Rows, intitules: object, criteres: object, baremes: object, column: str
) -> list[object]:
    """Return one result of every row."""
    lecture = _lecture(rows, intitules, criteres, baremes)
    mesure = measure_dossiers(lecture.read(rows), lecture.reglages.fe)
    return _cells(score_dossiers(mesure)[column], rows)


def _cells(values: pd.Series, rows: Rows) -> list[object]:
    """Return one cell per row of the range; blank where there is no result, as in Clients."""
    every = values.reindex(range(len(rows))).astype(object)
    return list(every.where(every.notna(), "").tolist())


def _spilled(cells: list[object]) -> object:
    """Return a lone cell as it is, several as a column."""
    return cells[0] if len(cells) == 1 else [[cell] for cell in cells]


def _note_of(value: object) -> float:
    """Read a note; NaN where the cell is blank."""
    if value is None:
        return float("nan")
    note = parse_number(value)
    if note is None or not 0 <= note <= NOTE_MAX:
        remedy = "donnez la cellule « Note FE » du client ou une formule SEG_NOTE"
        raise file_error("Note", value, "ce n’est pas une note de 0 à 20", remedy)
    return note
