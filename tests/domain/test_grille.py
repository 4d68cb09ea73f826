from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from segxl.domain.anomalies import Anomalie
from segxl.domain.grille import Grille
from segxl.domain.lecture_grille import parse_grilles
from segxl.domain.reglages import Reglages, parse_reglages
from segxl.domain.tableau import Tableau

TableOf = Callable[[str, list[dict[str, object]]], Tableau]
Policy = Callable[..., tuple[Reglages, tuple[Anomalie, ...]]]
Read = Callable[..., tuple[tuple[Grille, ...], tuple[Anomalie, ...]]]
Found = list[tuple[str, object, bool]]

A: dict[str, object] = {
    "Code": "A", "Critère": "Autonomie", "Grille": "FE", "Famille": "F", "Type": "Liste", "Poids": 2,
}  # fmt: skip
NON: dict[str, object] = {"Code": "A", "Réponse": "Non", "Points": 0}
OUI: dict[str, object] = {"Code": "A", "Réponse": "Oui", "Points": 3}
N: dict[str, object] = A | {"Code": "N", "Critère": "Volume", "Type": "Nombre"}


@pytest.fixture
def read(table_of: TableOf) -> Read:
    def parsed(
        criteres: list[dict[str, object]], baremes: list[dict[str, object]]
    ) -> tuple[tuple[Grille, ...], tuple[Anomalie, ...]]:
        return parse_grilles(table_of("Criteres", criteres), table_of("Baremes", baremes))

    return parsed


def _found(anomalies: tuple[Anomalie, ...]) -> Found:
    return [(a.cell, a.value, a.is_blocking) for a in anomalies]


def test_a_line_of_the_grid_becomes_a_critere_with_its_scale(read: Read) -> None:
    line = A | {
        "Effort": 4,
        "Conseil": "Aider.",
        "Applicable si": "CA HT: >0",
        "Périmé après (mois)": 6,
    }

    ((grille,), anomalies) = read([line], [NON, OUI])

    (critere,) = grille.criteres
    assert anomalies == ()
    assert (critere.code, critere.libelle, critere.famille) == ("A", "Autonomie", "F")
    assert (critere.poids, critere.effort, critere.peremption_mois) == (2.0, 4.0, 6.0)
    assert [(n.reponse, n.points) for n in critere.niveaux] == [("Non", 0.0), ("Oui", 3.0)]
    assert critere.applicable_si is not None
    assert (critere.applicable_si.header, str(critere.applicable_si.condition)) == ("CA HT", ">0")


def test_an_effort_left_blank_is_the_middle_one(read: Read) -> None:
    ((grille,), _) = read([A], [NON, OUI])

    assert grille.criteres[0].effort == 3.0


def test_numbers_of_the_grid_may_be_typed_as_text(read: Read) -> None:
    ((grille,), anomalies) = read(
        [A | {"Poids": "2,5", "Effort": "4"}], [NON, OUI | {"Points": "1 000"}]
    )

    assert anomalies == ()
    assert (grille.criteres[0].poids, grille.criteres[0].points_max) == (2.5, 1000.0)


def test_blank_rows_of_the_grid_are_nothing(read: Read) -> None:
    ((grille,), anomalies) = read([{}, A, {}], [{}, NON, OUI, {}])

    assert anomalies == ()
    assert len(grille.criteres) == 1


def test_the_grid_of_the_main_note_comes_first(read: Read) -> None:
    others = [A | {"Code": c, "Critère": c, "Grille": g} for c, g in (("R", "RSE"), ("E", "enjeu"))]
    scales = [OUI | {"Code": c} for c in "REA"]

    grilles, anomalies = read([*others, A | {"Grille": " fe "}], scales)

    assert anomalies == ()
    assert [(g.nom, g.note_header) for g in grilles] == [
        ("FE", "Note FE"),
        ("RSE", "Note RSE"),
        ("Enjeu", "Enjeu"),
    ]


def test_families_are_listed_once_in_the_order_of_the_grid(reglages: Reglages) -> None:
    assert reglages.fe.familles == (
        "Préparation",
        "Maturité technologique",
        "Autonomie et appétence",
        "Flux",
    )


@pytest.mark.parametrize("poids", [0, -1, "lourd", None, "0"])
def test_a_weight_that_is_not_above_zero_blocks(read: Read, poids: object) -> None:
    _, anomalies = read([A | {"Poids": poids}], [NON, OUI])

    assert _found(anomalies) == [("F2", poids, True)]
    assert anomalies[0].sheet == "Grille"


@pytest.mark.parametrize("effort", [0, 6, 2.5, "facile"])
def test_an_effort_outside_one_to_five_blocks(read: Read, effort: object) -> None:
    _, anomalies = read([A | {"Effort": effort}], [NON, OUI])

    assert _found(anomalies) == [("G2", effort, True)]


@pytest.mark.parametrize(("header", "cell"), [("Critère", "B2"), ("Grille", "C2")])
def test_a_blank_name_or_grid_blocks(read: Read, header: str, cell: str) -> None:
    _, anomalies = read([A | {header: None}], [NON, OUI])

    assert _found(anomalies) == [(cell, None, True)]


def test_a_blank_code_blocks_and_leaves_its_scale_orphan(read: Read) -> None:
    _, anomalies = read([A | {"Code": None}], [OUI])

    assert _found(anomalies) == [("A2", "A", False), ("A2", None, True)]


@pytest.mark.parametrize("type_", ["Texte", None])
def test_an_unknown_type_blocks_and_the_remedy_lists_the_known_ones(
    read: Read, type_: object
) -> None:
    _, anomalies = read([A | {"Type": type_}], [NON, OUI])

    assert _found(anomalies) == [("E2", type_, True)]
    assert anomalies[0].remedy == "choisissez Liste ou Nombre"


def test_a_repeated_code_and_a_repeated_name_block_and_say_where_the_first_is(read: Read) -> None:
    _, anomalies = read([A, A | {"Code": " a ", "Critère": "AUTONOMIE"}], [NON, OUI])

    assert _found(anomalies) == [("A3", " a ", True), ("B3", "AUTONOMIE", True)]
    assert [a.problem for a in anomalies] == [
        "ce « Code » figure déjà ligne 2",
        "ce « Critère » figure déjà ligne 2",
    ]


def test_a_critere_without_scale_blocks(read: Read) -> None:
    _, anomalies = read([A, A | {"Code": "B", "Critère": "Bilan"}], [NON, OUI])

    assert _found(anomalies) == [("A3", "B", True)]


def test_rows_of_the_scale_that_no_critere_uses_are_named(read: Read) -> None:
    orphans: list[dict[str, object]] = [OUI | {"Code": "Z"}, OUI | {"Code": None}]

    _, anomalies = read([A], [NON, OUI, *orphans])

    assert _found(anomalies) == [("A4", "Z", False), ("A5", None, False)]


@pytest.mark.parametrize("points", ["trois", None, -1])
def test_points_that_are_not_zero_or_more_block(read: Read, points: object) -> None:
    _, anomalies = read([A], [NON, OUI | {"Points": points}])

    assert _found(anomalies) == [("D3", points, True)]


def test_a_scale_that_earns_nothing_blocks(read: Read) -> None:
    _, anomalies = read([A], [NON, OUI | {"Points": 0}])

    assert _found(anomalies) == [("D3", 0, True)]


def test_a_blank_answer_in_a_list_blocks(read: Read) -> None:
    _, anomalies = read([A], [NON, OUI | {"Réponse": None}])

    assert _found(anomalies) == [("B3", None, True)]


def test_an_answer_written_twice_blocks(read: Read) -> None:
    _, anomalies = read([A], [NON, OUI, OUI | {"Réponse": " oui"}])

    assert _found(anomalies) == [("B4", " oui", True)]


def test_answers_of_one_critere_that_are_not_together_are_named_without_blocking(
    read: Read,
) -> None:
    other = A | {"Code": "B", "Critère": "Bilan"}

    grilles, anomalies = read([A, other], [NON, NON | {"Code": "B"}, OUI | {"Code": "B"}, OUI])

    assert _found(anomalies) == [("A5", "A", False)]
    assert len(grilles[0].criteres) == 2


def _steps(*seuils: object) -> list[dict[str, object]]:
    return [{"Code": "N", "À partir de": s, "Points": i} for i, s in enumerate(seuils)]


def test_thresholds_out_of_order_block_each_where_it_stands(read: Read) -> None:
    _, anomalies = read([N], _steps(0, 50, 10, 10))

    assert _found(anomalies) == [("C4", 10, True), ("C5", 10, True)]
    assert [a.remedy for a in anomalies] == [
        "mettez un seuil plus grand que 50",
        "mettez un seuil plus grand que 10",
    ]


@pytest.mark.parametrize("seuil", ["dix", None])
def test_a_threshold_that_is_no_number_blocks(read: Read, seuil: object) -> None:
    _, anomalies = read([N], _steps(0, seuil))

    assert _found(anomalies) == [("C3", seuil, True)]


@pytest.mark.parametrize("text", ["Part B2B", "Part B2B: >beaucoup"])
def test_an_unreadable_applicability_blocks_and_shows_an_example(read: Read, text: str) -> None:
    _, anomalies = read([A | {"Applicable si": text}], [NON, OUI])

    assert _found(anomalies) == [("I2", text, True)]
    assert "« Part B2B: >0 »" in anomalies[0].remedy


@pytest.mark.parametrize("header", ["Secteur", "Note FE", "couleur", "Segment", "Note RSE"])
def test_an_applicability_on_a_column_that_nobody_types_blocks(
    policy_of: Policy, table_of: TableOf, header: str
) -> None:
    # A result read back would change the note from one run to the next.
    further = A | {"Code": "R", "Critère": "Bilan carbone", "Grille": "RSE"}

    _, anomalies = policy_of(
        Criteres=table_of("Criteres", [A | {"Applicable si": f"{header}: >8"}, further]),
        Baremes=table_of("Baremes", [NON, OUI, OUI | {"Code": "R"}]),
        Segments=table_of("Segments", [{"Ordre": 1, "Segment": "Prêt"}]),
        clients=Tableau.of("Clients", ["Dossier", "Note FE", "Couleur", "Segment", "Note RSE"], []),
    )

    assert _found(anomalies) == [("I2", f"{header}: >8", True)]
    assert anomalies[0].problem == (
        f"« {header} » n’est pas une colonne que l’on remplit dans Clients"
    )


@pytest.mark.parametrize("criteres", [[], [A | {"Grille": "RSE"}]])
def test_a_grid_without_any_critere_of_the_main_note_blocks(
    read: Read, criteres: list[dict[str, object]]
) -> None:
    _, anomalies = read(criteres, [OUI] if criteres else [])

    assert [(a.sheet, a.cell, a.is_blocking) for a in anomalies] == [("Grille", "C2", True)]
    assert "grille FE" in anomalies[0].problem


def test_everything_wrong_in_the_grid_is_told_at_once(read: Read) -> None:
    broken = A | {"Grille": None, "Type": "Texte", "Poids": 0, "Effort": 9, "Applicable si": "?"}

    _, anomalies = read([broken, A | {"Critère": "Bis"}, N], [NON | {"Points": "x"}, *_steps(5, 1)])

    assert {a.cell for a in anomalies} >= {"A3", "C2", "E2", "F2", "G2", "I2", "D2", "C4"}


def test_everything_wrong_in_the_policy_is_told_at_once(
    policy_of: Policy, table_of: TableOf
) -> None:
    _, anomalies = policy_of(
        Criteres=table_of("Criteres", [A | {"Poids": -1}]),
        Baremes=table_of("Baremes", [NON, OUI]),
        Couleurs=table_of("Couleurs", [{"Couleur": "Rouge", "Note à partir de": 3}]),
        Segments=table_of("Segments", [{"Ordre": "un", "Segment": "Prêt"}]),
    )

    assert [(a.sheet, a.cell) for a in anomalies] == [
        ("Grille", "F2"),
        ("Segments", "B2"),
        ("Segments", "A2"),
    ]


def test_every_missing_header_of_the_policy_is_told_at_once(
    clients_of: Callable[..., Tableau], tables: Mapping[str, Tableau]
) -> None:
    kept = [h for h in tables["Segments"].letters if h != "Ordre"]
    lacking = {
        "Criteres": Tableau.of("Criteres", ["Code", "Critère"], [], sheet="Grille"),
        "Segments": Tableau.of("Segments", kept, []),
    }

    reglages, anomalies = parse_reglages({**tables, **lacking}, clients_of())

    assert reglages is None
    assert [a.problem for a in anomalies[:2]] == [
        "la colonne « Grille » manque dans le tableau Criteres",
        "la colonne « Famille » manque dans le tableau Criteres",
    ]
    assert {(a.sheet, a.is_blocking) for a in anomalies} == {("Grille", True), ("Segments", True)}


def test_headers_of_the_policy_may_be_spelt_as_a_reader_would(
    policy_of: Policy, tables: Mapping[str, Tableau]
) -> None:
    shipped = tables["Criteres"]
    letters = {h.upper().replace("È", "E"): letter for h, letter in shipped.letters.items()}
    shouted = Tableau(
        name="Criteres", sheet="Grille", letters=letters,
        lignes=shipped.lignes.set_axis([*letters], axis="columns"),
    )  # fmt: skip

    reglages, anomalies = policy_of(Criteres=shouted)

    assert anomalies == ()
    assert len(reglages.fe.criteres) == 11


def test_a_grid_the_firm_dropped_is_an_empty_one(policy_of: Policy, table_of: TableOf) -> None:
    reglages, _ = policy_of(
        Criteres=table_of("Criteres", [A]),
        Baremes=table_of("Baremes", [NON, OUI]),
        Segments=table_of("Segments", [{"Ordre": 1, "Segment": "Prêt"}]),
    )

    assert reglages.grille("Enjeu").criteres == ()
    assert reglages.others == ()
