"""What can be read of the sheet Atelier, and what is told of the rest."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.domain.atelier.test_accord import grille_of

from segxl.domain.anomalies import Anomalie
from segxl.domain.atelier.lecture import Saisies, find_participants, parse_saisies
from segxl.domain.tableau import Tableau

FE = grille_of(1, 1)
HEADERS = ["Grille", "Critère", "Poids actuel", "Anne", "Zoé", "Poids moyen", "Objections"]
Row = tuple[object, object, object, object]


def read(
    *rows: Row, headers: list[str] = HEADERS, chosen: str = ""
) -> tuple[Saisies, tuple[Anomalie, ...]]:
    """Read rows told as grid, critère and two weights."""
    enjeu = grille_of(1, nom="Enjeu")
    critere = enjeu.criteres[0]
    other = type(enjeu)(
        nom="Enjeu", criteres=(type(critere)(code="E1", libelle="Taille", grille="Enjeu", famille="", type="Liste", poids=1, niveaux=critere.niveaux),),
    )  # fmt: skip
    cells = [[g, c, None, *weights, None, None] for g, c, *weights in rows]
    grilles = [g for g in (FE, other) if chosen in {"", g.nom}]
    return parse_saisies(Tableau.of("Atelier", headers, cells), [FE, other], grilles)


def problems(anomalies: tuple[Anomalie, ...]) -> list[tuple[str, str, bool]]:
    return [(a.cell, a.problem, a.is_blocking) for a in anomalies]


def test_the_votes_follow_the_grid_whatever_the_order_of_the_rows() -> None:
    saisies, anomalies = read(("FE", "Critère 2", 3, "1"), ("FE", "c1", "40 %", None))

    anne, zoe = saisies.votes["FE"]
    assert anomalies == ()
    assert saisies.lignes == {"C2": 2, "C1": 3}
    assert (anne.participant, anne.poids) == ("Anne", (Fraction(2, 5), Fraction(3)))
    assert (zoe.participant, zoe.poids) == ("Zoé", (None, Fraction(1)))


def test_before_the_first_run_nobody_has_said_anything() -> None:
    assert parse_saisies(None, [FE], [FE]) == (
        Saisies(participants=(), lignes={}, votes={"FE": ()}),
        (),
    )


def test_a_participant_is_a_column_between_the_two_weights_whatever_its_name() -> None:
    headers = ["Poids actuel", "Mme « A »", "Grille", "2026", "Poids moyen", "Après"]

    assert find_participants(headers) == ("Mme « A »", "2026")
    assert find_participants(["Poids actuel", "Poids moyen"]) == ()


def test_everything_that_cannot_be_read_is_told_at_once() -> None:
    _, anomalies = read(
        ("FE", "Critère 1", -1, "beaucoup"),
        ("FE", "Critère 2", "#DIV/0!", True),
        ("FE", "Critère 1", 1, 1),
        ("FE", "Inconnu", 1, 1),
        ("FE", None, 1, None),
        (None, None, None, None),
        ("Enjeu", "Taille", "1e999", 2),
    )

    number = "un poids doit être un nombre"
    assert problems(anomalies) == [
        ("B4", "ce critère figure déjà ligne 2", True),
        ("B5", "aucun critère de la grille ne porte ce nom", True),
        ("B6", "il manque le critère", True),
        ("D2", "un poids ne peut pas être négatif", True),
        ("E2", number, True),
        ("D3", "la cellule affiche une erreur d’Excel", True),
        ("E3", number, True),
        ("D8", number, True),
    ]


def test_one_grid_alone_says_nothing_of_the_others() -> None:
    saisies, anomalies = read(
        ("FE", "Critère 1", 1, 2), ("Enjeu", "Taille", -1, None), ("Enjeu", "Ancien", 1, 1),
        chosen="FE",
    )  # fmt: skip

    assert anomalies == ()
    assert [*saisies.votes] == ["FE"]


def test_a_mean_on_the_left_of_the_participants_is_told() -> None:
    _, anomalies = read(headers=["Grille", "Critère", "Poids moyen", "Anne", "Zoé", "Poids actuel", "Objections"])  # fmt: skip

    [(_, problem, is_blocking)] = problems(anomalies)
    assert "« Poids moyen » se trouve à gauche" in problem
    assert is_blocking


@pytest.mark.parametrize(
    ("weights", "told"), [((0.3, 40), 1), ((0.3, 0.7), 0), ((0.5, 3), 0), ((30, 0), 0)]
)
def test_a_percentage_among_whole_weights_is_doubted(
    weights: tuple[float, float], told: int
) -> None:
    saisies, anomalies = read(("FE", "Critère 1", weights[0], 1), ("FE", "Critère 2", weights[1], 1))  # fmt: skip

    assert len(anomalies) == told
    assert not any(a.is_blocking for a in anomalies)
    assert saisies.votes["FE"][0].poids == tuple(Fraction(str(w)) for w in weights)
