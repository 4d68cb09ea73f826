from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from segxl.domain.anomalies import Anomalie
from segxl.domain.baremes import niveaux_of_liste
from segxl.domain.notation import round_note
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.tableau import Tableau

Rate = Callable[..., Resultats]
Policy = Callable[..., tuple[Reglages, tuple[Anomalie, ...]]]
TableOf = Callable[[str, list[dict[str, object]]], Tableau]
AllAt = Callable[[float], dict[str, object]]


def test_the_note_is_the_weighted_mean_of_the_niveaux_out_of_20(rate: Rate) -> None:
    # Plateforme: poids 4, niveau 1/3. Sensibilisation: poids 2, niveau 1.
    client = {"Plateforme agréée": "Contactée", "Sensibilisation": "Sait l’expliquer"}

    note = rate(client).lignes["Note FE"].item()

    assert note == 11.1  # 20 × (4/3 + 2) / 6 = 11.11


def test_an_unanswered_question_leaves_the_note_to_the_others(rate: Rate) -> None:
    lignes = rate({"Plateforme agréée": "Réception et émission"}).lignes

    assert lignes["Note FE"].item() == 20.0


def test_the_completude_is_the_share_of_the_weights_that_are_answered(rate: Rate) -> None:
    # Without sales to firms the grid weighs 21, of which Plateforme 4 and Réception 3.
    client = {"Plateforme agréée": "Aucune", "Réception des factures": "Papier"}

    completude = rate(client).lignes["Complétude"].item()

    assert completude == pytest.approx(7 / 21)


def test_note_min_and_note_max_put_the_missing_answers_at_their_worst_and_best(rate: Rate) -> None:
    lignes = rate({"Plateforme agréée": "Réception et émission"}).lignes

    assert lignes["Note min"].item() == 3.8  # 20 × 4 / 21 = 3.81
    assert lignes["Note max"].item() == 20.0


def test_a_whole_grid_has_the_same_note_min_and_max(rate: Rate, all_at: AllAt) -> None:
    lignes = rate(all_at(1 / 3) | {"Part B2B": 1}).lignes

    assert lignes[["Note FE", "Note min", "Note max"]].to_numpy().tolist() == [[6.7, 6.7, 6.7]]
    assert lignes["Complétude"].item() == 1.0


@pytest.mark.parametrize("part", [None, 0, "0 %"])
def test_without_sales_to_firms_emission_and_mentions_do_not_count(
    rate: Rate, all_at: AllAt, part: object
) -> None:
    best_elsewhere = all_at(1) | {
        "Émission des factures": "Papier",
        "Nouvelles mentions": "Aucune",
        "Part B2B": part,
    }

    resultats = rate(best_elsewhere)

    assert resultats.lignes["Note FE"].item() == 20.0
    applicables = resultats.mesure.applicables[["EMIS", "MENT", "RECE"]]
    assert applicables.to_numpy().tolist() == [[False, False, True]]


@pytest.mark.parametrize("part", [0.01, 1, "40 %", 40, "0,4"])
def test_with_sales_to_firms_emission_and_mentions_count(
    rate: Rate, all_at: AllAt, part: object
) -> None:
    client = all_at(1) | {
        "Émission des factures": "Papier",
        "Nouvelles mentions": "Aucune",
        "Part B2B": part,
    }

    note = rate(client).lignes["Note FE"].item()

    assert note == 16.8  # 20 × 21 / 25


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(0.0, 0.0), (0.04, 0.0), (0.05, 0.1), (12.25, 12.3), (12.35, 12.4), (12.249, 12.2), (20, 20)],
)
def test_a_note_is_rounded_to_the_tenth_half_away_from_zero(exact: float, shown: float) -> None:
    assert round_note(np.array([exact])).tolist() == [shown]


def test_binary_dust_below_a_half_still_rounds_up() -> None:
    dusty = [0.3 + 1.9 + 0.05, 0.3 + 2.0 + 0.05]  # 2.25 and 2.35, held as 2.2499… and 2.3499…

    assert round_note(np.array(dusty)).tolist() == [2.3, 2.4]


def test_answers_held_as_categories_earn_what_they_earn_as_words(reglages: Reglages) -> None:
    words = pd.Series(["Informé", None, "sait l'expliquer", "Inconnu"], dtype=object)
    sensibilisation = reglages.fe.criteres[0]

    niveaux = niveaux_of_liste(words.astype("category"), sensibilisation)

    np.testing.assert_array_equal(niveaux, niveaux_of_liste(words, sensibilisation))


def test_no_answer_at_all_gives_no_note(rate: Rate) -> None:
    lignes = rate({"Raison sociale": "Lumo"}).lignes

    assert np.isnan(lignes["Note FE"].item())
    assert lignes[["Complétude", "Note min", "Note max"]].to_numpy().tolist() == [[0.0, 0.0, 20.0]]


def test_no_answer_at_all_is_gris_bleu_and_to_qualify(rate: Rate) -> None:
    lignes = rate({"Raison sociale": "Lumo"}).lignes

    assert lignes[["Couleur", "Segment"]].to_numpy().tolist() == [["Gris-bleu", "À qualifier"]]


def test_a_dossier_to_which_nothing_applies_has_neither_note_nor_completude(
    rate: Rate, policy_of: Policy, table_of: TableOf
) -> None:
    critere = {"Code": "A", "Critère": "Autonomie", "Grille": "FE", "Type": "Liste", "Poids": 1}
    policy, _ = policy_of(
        Criteres=table_of("Criteres", [critere | {"Applicable si": "Part B2B: >0"}]),
        Baremes=table_of("Baremes", [{"Code": "A", "Réponse": "Oui", "Points": 1}]),
    )

    lignes = rate({"Autonomie": "Oui", "Part B2B": 0}, policy=policy).lignes

    assert lignes[["Note FE", "Complétude", "Note min", "Note max"]].isna().all(axis=None)


def test_enjeu_is_a_note_of_its_own_and_never_enters_the_main_note(rate: Rate) -> None:
    # VOLE 60 → 2/3 × 3, TAIL PME → 1/3 × 2: 20 × (2 + 2/3) / 5 = 10.67
    lignes = rate({"Factures émises par mois": 60, "Taille": "PME"}).lignes

    assert lignes["Enjeu"].item() == 10.7
    assert np.isnan(lignes["Note FE"].item())


@pytest.mark.parametrize(
    ("volume", "enjeu"),
    [(0, 0.0), (9.99, 0.0), (10, 6.7), (49, 6.7), (50, 13.3), (200, 20.0), ("1 000", 20.0)],
)
def test_a_number_on_a_threshold_belongs_to_the_upper_level(
    rate: Rate, volume: object, enjeu: float
) -> None:
    assert rate({"Factures émises par mois": volume}).lignes["Enjeu"].item() == enjeu


def test_a_number_below_the_first_threshold_earns_nothing(
    rate: Rate, policy_of: Policy, table_of: TableOf
) -> None:
    critere = {"Code": "N", "Critère": "Volume", "Grille": "FE", "Type": "Nombre", "Poids": 1}
    policy, _ = policy_of(
        Criteres=table_of("Criteres", [critere]),
        Baremes=table_of("Baremes", [{"Code": "N", "À partir de": 10, "Points": 4}]),
    )

    lignes = rate({"Volume": 9}, {"Volume": 10}, {"Volume": None}, policy=policy).lignes

    assert lignes["Note FE"].fillna(-1).tolist() == [0.0, 20.0, -1.0]
    assert lignes["Note min"].tolist() == [0.0, 20.0, 0.0]


def test_note_min_starts_from_the_lowest_answer_even_when_it_earns_points(
    rate: Rate, policy_of: Policy, table_of: TableOf
) -> None:
    critere = {"Code": "A", "Critère": "Autonomie", "Grille": "FE", "Type": "Liste", "Poids": 1}
    levels = [("Peu", 1), ("Très", 4)]
    policy, _ = policy_of(
        Criteres=table_of("Criteres", [critere]),
        Baremes=table_of("Baremes", [{"Code": "A", "Réponse": r, "Points": p} for r, p in levels]),
    )

    lignes = rate({"Raison sociale": "Lumo"}, policy=policy).lignes

    assert lignes[["Note min", "Note max"]].to_numpy().tolist() == [[5.0, 20.0]]


def test_a_further_grid_of_the_firm_adds_its_own_note(
    rate: Rate, policy_of: Policy, table_of: TableOf
) -> None:
    shared = {"Type": "Liste", "Poids": 1}
    policy, anomalies = policy_of(
        Criteres=table_of("Criteres", [
            {"Code": "A", "Critère": "Autonomie", "Grille": "FE", **shared},
            {"Code": "R", "Critère": "Bilan carbone", "Grille": "RSE", **shared},
        ]),
        Baremes=table_of("Baremes", [
            {"Code": "A", "Réponse": "Autonome", "Points": 1},
            {"Code": "R", "Réponse": "Non", "Points": 0},
            {"Code": "R", "Réponse": "Oui", "Points": 1},
        ]),
        Segments=table_of("Segments", [
            {"Ordre": 1, "Segment": "Engagé", "Note RSE": ">=10"},
            {"Ordre": 2, "Segment": "Prêt"},
        ]),
        clients=Tableau.of("Clients", ["Dossier", "Note RSE"], []),
    )  # fmt: skip

    lignes = rate(
        {"Autonomie": "Autonome", "Bilan carbone": "Oui"},
        {"Autonomie": "Autonome", "Bilan carbone": "Non"},
        policy=policy,
    ).lignes

    assert anomalies == ()
    assert [g.note_header for g in policy.others] == ["Note RSE"]
    assert lignes["Note RSE"].tolist() == [20.0, 0.0]
    assert lignes["Note FE"].tolist() == [20.0, 20.0]
    assert lignes["Segment"].tolist() == ["Engagé", "Prêt"]


def test_an_applicability_names_its_column_as_a_reader_would(
    rate: Rate, policy_of: Policy, table_of: TableOf
) -> None:
    critere = {"Code": "A", "Critère": "Autonomie", "Grille": "FE", "Type": "Liste", "Poids": 1}
    policy, anomalies = policy_of(
        Criteres=table_of("Criteres", [critere | {"Applicable si": "part  b2b : > 0"}]),
        Baremes=table_of("Baremes", [{"Code": "A", "Réponse": "Oui", "Points": 1}]),
        Segments=table_of("Segments", [{"Ordre": 1, "Segment": "Prêt"}]),
    )

    lignes = rate({"Autonomie": "Oui", "Part B2B": 1}, policy=policy).lignes

    assert anomalies == ()
    assert lignes["Note FE"].tolist() == [20.0]


def test_an_empty_portfolio_gives_empty_results(rate: Rate) -> None:
    lignes = rate().lignes

    assert len(lignes) == 0
    assert {"Note FE", "Couleur", "Segment", "Prochaine étape"} <= set(lignes.columns)


def test_an_old_result_in_the_sheet_changes_nothing(rate: Rate, all_at: AllAt) -> None:
    fresh = rate(all_at(1 / 3)).lignes
    stale = rate(all_at(1 / 3) | {"Note FE": 19, "Couleur": "Vert", "Segment": "Prêt"}).lignes

    pd.testing.assert_frame_equal(fresh, stale)
