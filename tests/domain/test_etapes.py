from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from segxl.domain.anomalies import SaisieError
from segxl.domain.envoi import choose_rows
from segxl.domain.etapes import list_indicateurs, measure_etapes
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats

Rate = Callable[..., Resultats]
AllAt = Callable[[float], dict[str, object]]
TODAY = date(2026, 11, 22)


def _steps(
    resultats: Resultats,
    reglages: Reglages,
    cabinet: dict[str, str] | None = None,
    courriers: int = 0,
) -> list[tuple[float, str]]:
    found = measure_etapes(resultats, reglages, cabinet or {}, courriers)
    return list(zip(found["Avancement"], found["Ce qui manque"], strict=True))


def test_an_empty_portfolio_says_what_to_do_first(rate: Rate, reglages: Reglages) -> None:
    _, collect, profile, act, follow = _steps(rate(), reglages)

    assert collect == (0.0, "Importez votre liste de clients ou saisissez un premier dossier.")
    assert profile == (0.0, "Les segments apparaîtront après le premier « Noter ».")
    assert act == (0.0, "Les courriers se préparent après le premier « Noter ».")
    assert follow == (0.0, "Le suivi commence avec les premières notes.")


@pytest.mark.parametrize(
    ("cabinet", "progress", "text"),
    [
        ({}, 1.0, "16 critères et 8 segments prêts."),
        ({"Nom": "Cabinet"}, 1.0, "16 critères et 8 segments prêts."),
        (
            {"Nom": "Cabinet", "Ville": ""},
            0.75,
            "16 critères et 8 segments prêts. En-tête du cabinet : 1 champ à remplir (Ville).",
        ),
        (
            {"Nom": "", "Ville": "", "RCS": ""},
            0.5,
            "16 critères et 8 segments prêts. En-tête du cabinet : 3 champs à remplir (Nom et Ville …).",
        ),
    ],
)
def test_the_first_step_names_the_blank_fields_of_the_letterhead(
    rate: Rate, reglages: Reglages, cabinet: dict[str, str], progress: float, text: str
) -> None:
    assert _steps(rate(), reglages, cabinet=cabinet)[0] == (progress, text)


def test_the_second_step_counts_the_missing_answers_and_names_the_first(
    rate: Rate, reglages: Reglages, all_at: AllAt
) -> None:
    lacking = all_at(1) | {"Autonomie": None}
    resultats = rate(lacking, lacking | {"Sensibilisation": None}, all_at(1))

    # 9 questions apply to each of 3 clients; 3 are blank.
    assert _steps(resultats, reglages)[1] == (
        round(1 - 3 / 27, 3),
        "3 réponses à compléter, d’abord « Autonomie » (2 clients).",
    )


def test_the_second_step_is_done_when_every_answer_is_there(
    rate: Rate, reglages: Reglages, all_at: AllAt
) -> None:
    outside = {"Assujetti TVA": "Non"}

    assert _steps(rate(all_at(0), outside), reglages)[1] == (1.0, "Toutes les réponses sont là.")


def test_the_third_step_counts_the_dossiers_still_to_qualify(
    rate: Rate, reglages: Reglages, all_at: AllAt
) -> None:
    known, unknown = all_at(1), {"Raison sociale": "Lumo"}

    assert _steps(rate(known, unknown), reglages)[2] == (0.5, "1 dossier encore à qualifier.")
    assert _steps(rate(known), reglages)[2] == (1.0, "Chaque dossier a son segment.")


def test_the_fourth_step_counts_the_dossiers_without_a_letter(
    rate: Rate, reglages: Reglages, all_at: AllAt
) -> None:
    resultats = rate(all_at(1), all_at(0), all_at(0) | {"Assujetti TVA": "Non"})

    assert _steps(resultats, reglages, courriers=1)[3] == (0.5, "1 dossier sans courrier préparé.")
    assert _steps(resultats, reglages, courriers=9)[3] == (1.0, "Chaque dossier a son courrier.")


def test_the_fifth_step_counts_the_dossiers_not_yet_at_the_best_colour(
    rate: Rate, reglages: Reglages, all_at: AllAt
) -> None:
    resultats = rate(all_at(1), all_at(0), all_at(0), all_at(1) | {"Assujetti TVA": "Non"})

    assert _steps(resultats, reglages)[4] == (
        0.333,
        "2 dossiers pas encore en vert. Relancez « Noter » chaque mois.",
    )


def test_the_figures_of_the_home_sheet_leave_out_gris_dossiers(rate: Rate, all_at: AllAt) -> None:
    resultats = rate(
        all_at(1), all_at(1 / 3), {"Raison sociale": "Lumo"}, all_at(0) | {"Assujetti TVA": "Non"}
    )

    values = dict(list_indicateurs(resultats, TODAY)[["Indicateur", "Valeur"]].to_numpy())

    assert values == {
        "Dossiers": 4,
        "Dossiers notés": 2,
        "Note moyenne": 13.4,  # (20 + 6.7) / 2 = 13.35
        "Complétude moyenne": 0.667,
        "Hors champ": 1,
        "À confirmer": 1,
        "Dernier calcul": "22/11/2026",
    }


def test_the_figures_of_an_empty_portfolio_are_blank_not_zero(rate: Rate) -> None:
    values = dict(list_indicateurs(rate(), TODAY)[["Indicateur", "Valeur"]].to_numpy())

    assert (values["Dossiers"], values["Note moyenne"], values["Complétude moyenne"]) == (
        0,
        None,
        None,
    )


# — who gets a letter —


def test_without_a_choice_everyone_is_chosen(rate: Rate, reglages: Reglages, all_at: AllAt) -> None:
    assert choose_rows(rate(all_at(1), all_at(0)), reglages, [], []) == [2, 3]


def test_a_segment_and_names_choose_together(rate: Rate, reglages: Reglages, all_at: AllAt) -> None:
    resultats = rate(all_at(1), all_at(0), all_at(0))

    assert choose_rows(resultats, reglages, ["prioritaire"], []) == [3, 4]
    assert choose_rows(resultats, reglages, ["Prioritaire"], ["d1", "D3 "]) == [4]


def test_a_client_answers_to_the_name_that_it_alone_bears(
    rate: Rate, reglages: Reglages, all_at: AllAt
) -> None:
    resultats = rate(
        {**all_at(1), "Raison sociale": "Lumo Énergie"},
        {**all_at(1), "Raison sociale": "Ostra"},
        {**all_at(1), "Raison sociale": "ostra"},
    )

    assert choose_rows(resultats, reglages, [], ["LUMO ENERGIE"]) == [2]
    with pytest.raises(SaisieError, match="ce dossier n’existe pas"):
        choose_rows(resultats, reglages, [], ["Ostra"])


def test_a_client_without_a_name_answers_to_its_number(
    rate: Rate, reglages: Reglages, all_at: AllAt
) -> None:
    resultats = rate(all_at(1), all_at(0))
    nameless = replace(resultats, dossiers=resultats.dossiers.drop(columns="Raison sociale"))

    assert choose_rows(nameless, reglages, [], ["d2"]) == [3]


def test_a_name_nobody_bears_is_refused_with_examples(
    rate: Rate, reglages: Reglages, all_at: AllAt
) -> None:
    with pytest.raises(
        SaisieError, match=r"ce dossier n’existe pas .*choisissez|Choisissez par exemple : D1"
    ):
        choose_rows(rate(all_at(1)), reglages, [], ["D9"])


def test_a_segment_that_does_not_exist_is_refused_with_examples(
    rate: Rate, reglages: Reglages
) -> None:
    with pytest.raises(SaisieError, match="Choisissez par exemple : Hors champ · À qualifier"):
        choose_rows(rate(), reglages, ["Premium"], [])
