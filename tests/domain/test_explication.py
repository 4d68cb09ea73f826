from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from segxl.domain.anomalies import Anomalie
from segxl.domain.explication import contributions_of, next_steps_of, strengths_of, weaknesses_of
from segxl.domain.grille import Critere, Grille, Niveau
from segxl.domain.justification import Justification, justify_note
from segxl.domain.notation import Mesure
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.tableau import Tableau

Rate = Callable[..., Resultats]
AllAt = Callable[[float], dict[str, object]]
NAN = float("nan")


def _grille(*weights_and_efforts: tuple[float, float], top: int = 3) -> Grille:
    """A grid of critères A, B, C… with levels 0 to ``top``."""
    niveaux = tuple(Niveau(reponse=str(p), points=p) for p in range(top + 1))
    return Grille(
        nom="FE",
        criteres=tuple(
            Critere(
                code=code, libelle=f"Critère {code}", grille="FE", famille="", type="Liste",
                poids=poids, effort=effort, niveaux=niveaux,
            )
            for code, (poids, effort) in zip("ABCDEF", weights_and_efforts, strict=False)
        ),
    )  # fmt: skip


def _mesure(grille: Grille, *rows: list[float]) -> Mesure:
    niveaux = pd.DataFrame(rows, columns=[c.code for c in grille.criteres], dtype=float)
    return Mesure(grille=grille, niveaux=niveaux, applicables=niveaux.notna())


# — contributions —


def test_contributions_add_up_to_the_note_by_the_largest_remainder() -> None:
    # 20 × (1 + 2 + 4) / 7 × 1/3 = 6.667, shown 6.7; exact shares 0.952 1.905 3.810, cut 0.9 1.9 3.8.
    mesure = _mesure(_grille((1, 1), (2, 1), (4, 1)), [1 / 3, 1 / 3, 1 / 3])

    assert contributions_of(mesure).to_numpy().tolist() == [[1.0, 1.9, 3.8]]


def test_equal_remainders_go_to_the_first_of_the_grid() -> None:
    mesure = _mesure(_grille((1, 1), (1, 1), (1, 1)), [1 / 3, 1 / 3, 1 / 3])

    assert contributions_of(mesure).to_numpy().tolist() == [[2.3, 2.2, 2.2]]


def test_a_question_without_answer_has_no_contribution() -> None:
    mesure = _mesure(_grille((1, 1), (1, 1)), [NAN, 2 / 3])

    assert contributions_of(mesure).fillna(-1).to_numpy().tolist() == [[-1.0, 13.3]]


# — next step —


def _next(grille: Grille, row: list[float]) -> tuple[object, float]:
    steps = next_steps_of(_mesure(grille, row))
    return steps["code"].item(), steps["gain"].item()


def test_the_next_step_gains_most_points_per_effort() -> None:
    # One level up is worth 20 × 4/5 / 3 = 5.33 for 4 of effort, or 20 × 1/5 / 3 = 1.33 for 1.
    assert _next(_grille((4, 4), (1, 1), top=3), [0, 0]) == ("A", 5.3)
    assert _next(_grille((4, 5), (1, 1), top=3), [0, 0]) == ("B", 1.3)


def test_next_steps_of_equal_worth_go_to_the_first_of_the_grid() -> None:
    assert _next(_grille((1, 1), (1, 1)), [1 / 3, 1 / 3]) == ("A", 3.3)
    assert _next(_grille((1, 2), (2, 4)), [0, 0]) == ("A", 2.2)


def test_a_critere_at_its_best_is_never_the_next_step() -> None:
    assert _next(_grille((9, 1), (1, 5)), [1, 2 / 3]) == ("B", 0.7)


def test_an_unanswered_critere_is_never_the_next_step() -> None:
    assert _next(_grille((9, 1), (1, 5)), [NAN, 2 / 3]) == ("B", 6.7)


def test_two_answers_of_equal_points_are_one_level(rate: Rate, all_at: AllAt) -> None:
    # Papier and Word ou Excel both earn 0: the next level is Logiciel non raccordé (1).
    client = all_at(1) | {"Outil de facturation": "Papier"}

    assert rate(client).etapes.iloc[0].tolist() == ["OUTI", 1.0]  # 20 × 3/21 / 3 = 0.95


def test_where_nothing_is_left_to_gain_there_is_no_next_step() -> None:
    steps = next_steps_of(_mesure(_grille((1, 1), (1, 1)), [1, 1], [1, NAN], [NAN, NAN]))

    assert steps["code"].isna().all()
    assert steps["gain"].isna().all()


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        (
            {"Autonomie": "Autonome"},
            "Faire ensemble une première facture de bout en bout, puis garder un mode d’emploi d’une page (+6,7 points).",
        ),
        ({"Autonomie": "Très autonome"}, "Tout est en place : vérifier une fois par an."),
        ({"Raison sociale": "Lumo"}, "Poser les premières questions au client."),
    ],
)
def test_the_next_step_is_written_as_an_advice(
    rate: Rate, answers: dict[str, object], text: str
) -> None:
    assert rate(answers).lignes["Prochaine étape"].item() == text


def test_a_critere_without_advice_still_has_a_next_step(
    rate: Rate,
    policy_of: Callable[..., tuple[Reglages, tuple[Anomalie, ...]]],
    table_of: Callable[[str, list[dict[str, object]]], Tableau],
) -> None:
    critere = {"Code": "A", "Critère": "Autonomie", "Grille": "FE", "Type": "Liste", "Poids": 1}
    levels = [{"Code": "A", "Réponse": r, "Points": p} for p, r in enumerate(("Non", "Oui"))]
    policy, _ = policy_of(
        Criteres=table_of("Criteres", [critere]),
        Baremes=table_of("Baremes", levels),
        Segments=table_of("Segments", [{"Ordre": 1, "Segment": "Prêt"}]),
    )

    text = rate({"Autonomie": "Non"}, policy=policy).lignes["Prochaine étape"].item()

    assert text == "Progresser sur « Autonomie » (+20,0 points)."


# — strengths and weaknesses —


def test_strengths_are_the_answers_above_the_middle_that_bring_most() -> None:
    mesure = _mesure(_grille((1, 1), (4, 1), (2, 1), (9, 1)), [1, 2 / 3, 1, 1 / 3])

    assert strengths_of(mesure, 3).tolist() == [("Critère B", "Critère C", "Critère A")]
    assert strengths_of(mesure, 1).tolist() == [("Critère B",)]


def test_weaknesses_are_the_answers_below_the_middle_that_cost_most() -> None:
    mesure = _mesure(_grille((1, 1), (4, 1), (2, 1), (9, 1)), [0, 1 / 3, 0, 2 / 3])

    assert weaknesses_of(mesure, 3).tolist() == [("Critère B", "Critère C", "Critère A")]


def test_the_middle_of_a_scale_is_a_strength() -> None:
    mesure = _mesure(_grille((1, 1), top=2), [0.5])

    assert strengths_of(mesure, 3).tolist() == [("Critère A",)]
    assert weaknesses_of(mesure, 3).tolist() == [()]


def test_an_answer_just_below_the_middle_is_a_weakness() -> None:
    mesure = _mesure(_grille((1, 1), top=5), [2 / 5])

    assert strengths_of(mesure, 3).tolist() == [()]
    assert weaknesses_of(mesure, 3).tolist() == [("Critère A",)]


def test_a_client_without_answers_has_neither_strengths_nor_weaknesses(rate: Rate) -> None:
    lignes = rate({"Raison sociale": "Lumo"}).lignes

    assert lignes[["Points forts", "Points faibles"]].to_numpy().tolist() == [["", ""]]


def test_the_firm_decides_how_many_points_are_shown(
    rate: Rate, all_at: AllAt, policy_of: Callable[..., tuple[Reglages, tuple[Anomalie, ...]]]
) -> None:
    parametres: list[list[object]] = [
        ["nombre de points FORTS", "1"],
        ["Nombre de points faibles", 2],
    ]
    policy, _ = policy_of(Parametres=Tableau.of("Parametres", ["Paramètre", "Valeur"], parametres))

    best, worst = rate(all_at(1), all_at(0), policy=policy).lignes.itertuples()

    assert (best._fields, best[-2]) == (worst._fields, "Plateforme agréée")
    assert worst[-1] == "Plateforme agréée · Outil de facturation"


@pytest.mark.parametrize("value", [None, "trois"])
def test_a_setting_left_blank_or_unreadable_keeps_its_default(
    rate: Rate,
    all_at: AllAt,
    policy_of: Callable[..., tuple[Reglages, tuple[Anomalie, ...]]],
    value: object,
) -> None:
    parametres = [["Nombre de points forts", value]]
    policy, _ = policy_of(Parametres=Tableau.of("Parametres", ["Paramètre", "Valeur"], parametres))

    points = rate(all_at(1), policy=policy).lignes["Points forts"].item()

    assert points == "Plateforme agréée · Outil de facturation · Réception des factures"


# — the whole justification —


@pytest.fixture
def explain(reglages: Reglages, rate: Rate) -> Callable[..., Justification]:
    def explained(row: dict[str, object]) -> Justification:
        return justify_note(rate(row), reglages, 2)

    return explained


def test_a_justification_tells_who_the_note_and_the_step(
    explain: Callable[..., Justification],
) -> None:
    found = explain(
        {"Dossier": "C7", "Raison sociale": "Lumo", "Autonomie": "Autonome", "Taille": "PME"}
    )

    assert (found.dossier, found.raison_sociale, found.note) == ("C7", "Lumo", 13.3)
    assert (found.couleur, found.segment, found.enjeu) == ("Vert clair", "À qualifier", 6.7)
    assert (found.etape_critere, found.etape_gain) == ("Autonomie", 6.7)
    assert found.etape_conseil.startswith("Faire ensemble une première facture")
    assert (found.note_min, found.note_max) == (1.3, 19.4)  # 20 × 4/3 / 21 and 20 × (4/3 + 19) / 21


def test_a_justification_lists_answered_missing_and_not_applicable(
    explain: Callable[..., Justification], all_at: AllAt
) -> None:
    found = explain(all_at(1) | {"Autonomie": None})

    assert "Autonomie" not in [c.critere for c in found.contributions]
    assert found.sans_reponse == ("Autonomie",)
    assert found.non_applicables == ("Émission des factures", "Nouvelles mentions")


def test_a_contribution_tells_the_answer_its_niveau_and_what_is_left(
    explain: Callable[..., Justification],
) -> None:
    (only,) = explain({"Autonomie": " autonome"}).contributions

    assert (only.code, only.poids, only.reponse) == ("AUTO", 2.0, " autonome")
    assert (only.niveau, only.contribution, only.restant) == (0.6667, 13.3, 6.7)


def test_the_roadmap_starts_with_what_gains_most(
    explain: Callable[..., Justification], all_at: AllAt
) -> None:
    roadmap = explain(
        all_at(1) | {"Autonomie": "Autonome", "Plateforme agréée": "Contactée"}
    ).feuille_de_route

    assert [c.critere for c in roadmap] == ["Plateforme agréée", "Autonomie"]
    # 20 × 8/3 / 21 = 2.54 and 20 × 2/3 / 21 = 0.63: 3.2 left in all, the tenth over goes to the first.
    assert [c.restant for c in roadmap] == [2.6, 0.6]


def test_an_answer_at_its_best_has_nothing_left_to_gain(
    explain: Callable[..., Justification], all_at: AllAt
) -> None:
    found = explain(all_at(1) | {"Part B2B": 1, "Autonomie": "Pas autonome"})

    assert {c.critere: c.restant for c in found.contributions if c.restant} == {"Autonomie": 1.6}


def test_a_client_without_answers_is_explained_without_a_note(
    explain: Callable[..., Justification],
) -> None:
    found = explain({"Raison sociale": None})

    assert (found.note, found.couleur, found.completude) == (None, "Gris-bleu", 0.0)
    assert (found.contributions, found.feuille_de_route) == ((), ())
    assert (found.etape_critere, found.etape_conseil, found.etape_gain) == ("", "", None)
    assert found.raison_sociale == ""


@pytest.mark.parametrize(
    ("changes", "regle"),
    [
        ({"Assujetti TVA": "Non"}, "« Assujetti TVA » est Non"),
        ({"Outil de facturation": "Papier"}, "« Outil de facturation » est Papier"),
        ({}, "aucune règle précédente ne s’applique"),
        (
            {"Segment imposé": "Prioritaire", "Motif": "Litige"},
            "segment imposé à la main : Litige",
        ),
    ],
)
def test_the_rule_that_gave_the_segment_is_written_out(
    explain: Callable[..., Justification], all_at: AllAt, changes: dict[str, object], regle: str
) -> None:
    assert explain(all_at(1) | changes).regle == regle


def test_a_comparison_is_written_as_typed(
    explain: Callable[..., Justification], all_at: AllAt
) -> None:
    low = all_at(0) | {"Outil de facturation": "Logiciel non raccordé"}

    assert explain(low).regle == "« Note FE » <6"


def test_without_any_rule_the_justification_says_so(
    rate: Rate,
    policy_of: Callable[..., tuple[Reglages, tuple[Anomalie, ...]]],
    table_of: Callable[[str, list[dict[str, object]]], Tableau],
) -> None:
    rows: list[dict[str, object]] = [
        {"Ordre": 1, "Segment": "Grand", "Effectif": ">=50", "CA HT": ">0"}
    ]
    policy, _ = policy_of(Segments=table_of("Segments", rows))

    found = justify_note(rate({"Autonomie": "Autonome"}, policy=policy), policy, 2)

    assert found.regle == "aucune règle ne s’applique"


def test_all_the_conditions_of_a_rule_are_written_out(
    rate: Rate,
    policy_of: Callable[..., tuple[Reglages, tuple[Anomalie, ...]]],
    table_of: Callable[[str, list[dict[str, object]]], Tableau],
) -> None:
    rows: list[dict[str, object]] = [
        {"Ordre": 1, "Segment": "Grand", "Effectif": ">=50", "CA HT": ">0"}
    ]
    policy, _ = policy_of(Segments=table_of("Segments", rows))

    found = justify_note(rate({"Effectif": 60, "CA HT": 1}, policy=policy), policy, 2)

    assert found.regle == "« Effectif » >=50 et « CA HT » >0"


def test_a_rule_on_a_blank_cell_is_written_in_words(
    rate: Rate,
    policy_of: Callable[..., tuple[Reglages, tuple[Anomalie, ...]]],
    table_of: Callable[[str, list[dict[str, object]]], Tableau],
) -> None:
    rows: list[dict[str, object]] = [{"Ordre": 1, "Segment": "À appeler", "Effectif": "="}]
    policy, _ = policy_of(Segments=table_of("Segments", rows))

    found = justify_note(rate({"CA HT": 1, "Autonomie": "Autonome"}, policy=policy), policy, 2)

    assert found.regle == "« Effectif » est vide"
