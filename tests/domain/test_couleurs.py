from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from segxl.domain.anomalies import Anomalie
from segxl.domain.couleurs import assign_couleurs
from segxl.domain.lecture_segments import parse_couleurs
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.tableau import Tableau

TableOf = Callable[[str, list[dict[str, object]]], Tableau]


@pytest.mark.parametrize(
    ("note", "couleur"),
    [
        (0.0, "Rouge"), (4.9, "Rouge"), (5.0, "Orange"), (7.9, "Orange"), (8.0, "Jaune"),
        (11.9, "Jaune"), (12.0, "Vert clair"), (15.9, "Vert clair"), (16.0, "Vert"), (20.0, "Vert"),
    ],
)  # fmt: skip
def test_a_note_on_a_border_belongs_to_the_upper_colour(
    reglages: Reglages, note: float, couleur: str
) -> None:
    found = assign_couleurs(pd.Series([note]), pd.Series([False]), reglages.couleurs)

    assert found.tolist() == [couleur]


def test_a_dossier_not_subject_to_vat_is_gris_whatever_its_note(
    rate: Callable[..., Resultats], all_at: Callable[[float], dict[str, object]]
) -> None:
    lignes = rate(all_at(1) | {"Assujetti TVA": "Non"}, {"Assujetti TVA": "n"}).lignes

    assert lignes["Couleur"].tolist() == ["Gris", "Gris"]
    assert lignes["Segment"].tolist() == ["Hors champ", "Hors champ"]


@pytest.mark.parametrize("statut", ["À vérifier", "a verifier", None, "Oui"])
def test_a_vat_status_to_check_keeps_the_colour_of_its_note(
    rate: Callable[..., Resultats],
    all_at: Callable[[float], dict[str, object]],
    statut: str | None,
) -> None:
    resultats = rate(all_at(1) | {"Assujetti TVA": statut})

    assert resultats.lignes["Couleur"].tolist() == ["Vert"]
    assert resultats.in_scope.tolist() == [True]


def _problems(anomalies: tuple[Anomalie, ...]) -> list[tuple[str, str]]:
    return [(a.cell, a.problem) for a in anomalies]


def test_the_colours_are_read_with_their_paint(table_of: TableOf) -> None:
    rows: list[dict[str, object]] = [
        {"Couleur": "Rouge", "Note à partir de": 0, "Fond": "f8696b", "Texte": None},
        {"Couleur": "Gris", "Note à partir de": None, "Fond": None, "Texte": "#404040"},
    ]

    (rouge, gris), anomalies = parse_couleurs(table_of("Couleurs", rows))

    assert (rouge.seuil, rouge.fond, rouge.texte) == (0.0, "#F8696B", "#000000")
    assert (gris.seuil, gris.fond, gris.texte) == (None, "#FFFFFF", "#404040")
    assert anomalies == ()


def test_a_blank_row_of_couleurs_is_no_colour(table_of: TableOf) -> None:
    rows: list[dict[str, object]] = [{"Couleur": "Rouge", "Note à partir de": 0}, {}]

    couleurs, anomalies = parse_couleurs(table_of("Couleurs", rows))

    assert [c.nom for c in couleurs] == ["Rouge"]
    assert anomalies == ()


def test_colour_thresholds_that_do_not_rise_are_named(table_of: TableOf) -> None:
    steps = [("Rouge", 0), ("Orange", 8), ("Jaune", 5), ("Vert", 5)]
    table = table_of("Couleurs", [{"Couleur": c, "Note à partir de": s} for c, s in steps])

    _, anomalies = parse_couleurs(table)

    assert _problems(anomalies) == [
        ("B4", "les seuils doivent aller en croissant"),
        ("B5", "les seuils doivent aller en croissant"),
    ]
    assert [a.remedy for a in anomalies] == [
        "mettez un seuil plus grand que 8",
        "mettez un seuil plus grand que 5",
    ]
    assert all(a.is_blocking for a in anomalies)


def test_the_first_colour_must_start_at_zero(table_of: TableOf) -> None:
    table = table_of("Couleurs", [{"Couleur": "Rouge", "Note à partir de": 2}])

    _, anomalies = parse_couleurs(table)

    assert _problems(anomalies) == [("B2", "la première couleur doit commencer à la note 0")]


def test_a_scale_without_any_threshold_is_named(table_of: TableOf) -> None:
    _, anomalies = parse_couleurs(table_of("Couleurs", [{"Couleur": "Gris"}]))

    assert [(a.sheet, a.problem) for a in anomalies] == [
        ("Segments", "aucune couleur n’a de « Note à partir de »")
    ]
    assert anomalies[0].is_blocking


def test_a_threshold_in_letters_and_a_wrong_paint_are_told_together(table_of: TableOf) -> None:
    rows: list[dict[str, object]] = [
        {"Couleur": "Rouge", "Note à partir de": 0, "Fond": "rouge"},
        {"Couleur": "Vert", "Note à partir de": "douze", "Texte": "#12"},
    ]

    _, anomalies = parse_couleurs(table_of("Couleurs", rows))

    assert [(a.cell, a.value, a.is_blocking) for a in anomalies] == [
        ("C2", "rouge", False),
        ("B3", "douze", True),
        ("D3", "#12", False),
    ]
