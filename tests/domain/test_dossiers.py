from __future__ import annotations

from collections.abc import Callable

import pytest

from segxl.domain.dossiers import parse_dossiers
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.tableau import Tableau

ClientsOf = Callable[..., Tableau]
Rate = Callable[..., Resultats]


def _told(resultats: Resultats) -> list[tuple[str, object]]:
    return [(a.cell, a.value) for a in resultats.anomalies]


# — the key —


def test_a_blank_key_leaves_its_row_without_results_and_is_named(rate: Rate) -> None:
    resultats = rate({"Dossier": "D1"}, {"Dossier": None, "Raison sociale": "Lumo"})

    assert list(resultats.lignes.index) == [2]
    assert _told(resultats) == [("A3", None)]
    assert "la ligne n’a pas été notée" in resultats.anomalies[0].problem


def test_a_key_of_spaces_only_is_blank(rate: Rate) -> None:
    resultats = rate({"Dossier": "  ", "Raison sociale": "Lumo"}, {"Dossier": "D2"})

    assert list(resultats.lignes.index) == [3]
    assert [a.cell for a in resultats.anomalies] == ["A2"]


def test_a_repeated_key_leaves_all_its_rows_without_results_and_each_is_named(rate: Rate) -> None:
    resultats = rate(
        *({"Dossier": key} for key in ("D1", "d1 ", "D2", "\N{FULLWIDTH LATIN CAPITAL LETTER D}1"))
    )

    assert list(resultats.lignes.index) == [4]
    assert [a.cell for a in resultats.anomalies] == ["A2", "A3", "A5"]
    assert resultats.anomalies[0].problem.startswith("ce dossier figure aussi ligne 3 et 5")


def test_a_key_that_is_an_excel_error_leaves_its_rows_without_results(rate: Rate) -> None:
    resultats = rate({"Dossier": "#N/A"}, {"Dossier": "#N/A"}, {"Dossier": "D3"})

    assert list(resultats.lignes.index) == [4]
    assert _told(resultats) == [("A2", "#N/A"), ("A3", "#N/A")]
    assert all("erreur d’Excel" in a.problem for a in resultats.anomalies)


def test_a_key_that_excel_took_for_a_number_is_read_as_text(rate: Rate) -> None:
    resultats = rate({"Dossier": 12.0}, {"Dossier": "0012"}, {"Dossier": " A 1 "})

    assert resultats.dossiers["Dossier"].tolist() == ["12", "0012", "A 1"]
    assert resultats.anomalies == ()


def test_a_row_where_nobody_typed_anything_is_not_a_dossier(rate: Rate) -> None:
    resultats = rate({"Dossier": None}, {"Dossier": "D2"}, {"Dossier": None, "Note FE": 12})

    assert list(resultats.lignes.index) == [3]
    assert resultats.anomalies == ()


# — answers —


def test_an_unknown_answer_counts_as_unanswered_and_is_named_with_the_choices(rate: Rate) -> None:
    resultats = rate({"Autonomie": "Moyen", "Sensibilisation": "Informé"})

    assert resultats.lignes["Note FE"].item() == 13.3
    assert _told(resultats) == [("U2", "Moyen")]
    assert resultats.anomalies[0].remedy == (
        "choisissez parmi : Pas autonome · Peu autonome · Autonome · Très autonome"
    )


@pytest.mark.parametrize(
    "spelling", ["sait l'expliquer", " SAIT  L’EXPLIQUER ", "Sait l‘expliquer"]
)
def test_an_answer_is_known_in_every_spelling(rate: Rate, spelling: str) -> None:
    resultats = rate({"Sensibilisation": spelling})

    assert resultats.lignes["Note FE"].item() == 20.0
    assert resultats.anomalies == ()


def test_an_unreadable_number_counts_as_unanswered_and_is_named(rate: Rate) -> None:
    resultats = rate({"Factures émises par mois": "beaucoup", "Taille": "GE"})

    assert resultats.lignes["Enjeu"].item() == 20.0
    assert _told(resultats) == [("Z2", "beaucoup")]
    assert resultats.anomalies[0].problem == "« Factures émises par mois » doit être un nombre"


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_an_excel_error_in_an_answer_is_named_once_and_the_rest_is_scored(
    rate: Rate, error: str
) -> None:
    resultats = rate({"Autonomie": error, "Sensibilisation": "Informé"}, {"Autonomie": "Autonome"})

    assert resultats.lignes["Note FE"].tolist() == [13.3, 13.3]
    assert _told(resultats) == [("U2", error)]
    assert "erreur d’Excel" in resultats.anomalies[0].problem


def test_an_excel_error_in_the_hand_leaves_the_rule(rate: Rate) -> None:
    resultats = rate({"Segment imposé": "Prêt", "Motif": "#REF!", "Autonomie": "Autonome"})

    assert resultats.lignes["Segment"].tolist() == ["À qualifier"]
    assert {a.cell for a in resultats.anomalies} == {"AF2"}


def test_one_bad_cell_never_stops_the_others(rate: Rate) -> None:
    good = [{"Autonomie": "Autonome"}] * 299

    resultats = rate({"Autonomie": "#N/A", "Effectif": "douze"}, *good)

    assert len(resultats.lignes) == 300
    assert resultats.lignes["Note FE"].notna().sum() == 299
    assert len(resultats.anomalies) == 2


# — closed words, amounts, shares —


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("oui", "Oui"), ("OUI", "Oui"), ("O", "Oui"), ("x", "Oui"), (1, "Oui"), (1.0, "Oui"),
        (True, "Oui"), ("VRAI", "Oui"), ("n", "Non"), (0, "Non"), (False, "Non"), ("FAUX", "Non"),
        ("a verifier", "À vérifier"),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_in_every_spelling(rate: Rate, typed: object, read: str) -> None:
    resultats = rate({"Assujetti TVA": typed})

    assert resultats.dossiers["Assujetti TVA"].tolist() == [read]
    assert resultats.anomalies == ()


def test_a_word_outside_a_closed_list_is_named_with_the_choices(rate: Rate) -> None:
    resultats = rate({"Assujetti TVA": "peut-être", "Régime TVA": "oui"})

    assert resultats.dossiers["Assujetti TVA"].isna().all()
    assert _told(resultats) == [("AH2", "peut-être"), ("AJ2", "oui")]
    assert resultats.anomalies[0].remedy == "choisissez parmi : Oui · Non · À vérifier"


def test_amounts_are_read_in_french_spelling(rate: Rate) -> None:
    resultats = rate({"CA HT": "1 234 567,89 €", "Effectif": "12", "Total bilan": "(500)"})

    assert resultats.dossiers[["CA HT", "Effectif", "Total bilan"]].iloc[0].tolist() == [
        1_234_567.89,
        12.0,
        -500.0,
    ]
    assert resultats.anomalies == ()


def test_an_unreadable_amount_is_named_and_left_blank(rate: Rate) -> None:
    resultats = rate({"CA HT": "12 k€"})

    assert resultats.dossiers["CA HT"].isna().all()
    assert _told(resultats) == [("AL2", "12 k€")]


def test_a_ticked_box_in_a_column_of_numbers_does_not_spoil_the_ones(rate: Rate) -> None:
    resultats = rate({"Effectif": True}, {"Effectif": 1}, {"Effectif": 1.0})

    assert resultats.dossiers["Effectif"].tolist()[1:] == [1.0, 1.0]
    assert _told(resultats) == [("AK2", True)]


@pytest.mark.parametrize(
    "shares",
    [
        (0.6, 0.4, 0, 0),
        ("60 %", "40 %", None, None),
        (60, 40, 0, 0),
        ("60 %", 0.4, 0, 0),
        ("60", "40", None, None),
    ],
)
def test_shares_are_read_as_fractions_however_typed(rate: Rate, shares: tuple[object, ...]) -> None:
    headers = ("Part B2B", "Part B2C", "Part secteur public", "Part international")

    resultats = rate(dict(zip(headers, shares, strict=True)))

    assert resultats.dossiers[["Part B2B", "Part B2C"]].iloc[0].tolist() == [0.6, 0.4]
    assert resultats.anomalies == ()


def test_one_percent_beside_ninety_nine_is_not_the_whole(rate: Rate) -> None:
    resultats = rate({"Part B2B": 1, "Part B2C": 99})

    assert resultats.dossiers["Part B2B"].tolist() == [0.01]


@pytest.mark.parametrize(
    ("shares", "shown"),
    [
        ((0.6, 0.6, 0, 0), "120 %"),
        ((0.5, 0.4, 0, 0), "90 %"),
        ((80, 40, None, None), "120 %"),
        ((0.52, 0.5, 0, 0), "102 %"),
        ((0.5, 0.48, 0, 0), "98 %"),
    ],
)
def test_shares_that_do_not_add_up_to_100_are_named(
    rate: Rate, shares: tuple[object, ...], shown: str
) -> None:
    headers = ("Part B2B", "Part B2C", "Part secteur public", "Part international")

    resultats = rate(dict(zip(headers, shares, strict=True)))

    assert [(a.cell, a.problem) for a in resultats.anomalies] == [
        ("AO2", f"les parts de la clientèle font {shown} au lieu de 100 %")
    ]


@pytest.mark.parametrize(
    "shares", [(0.33, 0.33, 0.33, 0), (0.505, 0.505, 0, 0), (0.6, None, None, None), (None,) * 4]
)
def test_shares_within_one_point_or_incomplete_are_accepted(
    rate: Rate, shares: tuple[object, ...]
) -> None:
    headers = ("Part B2B", "Part B2C", "Part secteur public", "Part international")

    assert rate(dict(zip(headers, shares, strict=True))).anomalies == ()


def test_an_unreadable_share_is_named(rate: Rate) -> None:
    resultats = rate({"Part B2B": "moitié"})

    assert _told(resultats) == [("AO2", "moitié")]


# — SIREN —


@pytest.mark.parametrize("siren", ["000000018", "000 000 018", 18, 18.0, "000 000 018 00012"])
def test_a_right_siren_is_accepted_however_typed(rate: Rate, siren: object) -> None:
    assert rate({"SIREN": siren}).anomalies == ()


@pytest.mark.parametrize("siren", ["000000019", "abc", "000000000", "00000001B", 12])
def test_a_wrong_siren_is_named(rate: Rate, siren: object) -> None:
    assert _told(rate({"SIREN": siren})) == [("C2", siren)]


def test_a_siren_shared_by_two_dossiers_is_named_on_the_later_ones(rate: Rate) -> None:
    resultats = rate({"SIREN": "000000018"}, {"SIREN": 26}, {"SIREN": "000 000 018"})

    assert [(a.cell, a.problem) for a in resultats.anomalies] == [
        ("C4", "ce SIREN est déjà celui de la ligne 2")
    ]
    assert len(resultats.lignes) == 3


def test_a_table_without_the_optional_columns_is_rated(reglages: Reglages) -> None:
    answers = [c.libelle for c in reglages.criteres]
    headers = ["Dossier", "Assujetti TVA", "Segment imposé", "Motif", *answers]
    clients = Tableau.of("Clients", headers, [["D1"] + [None] * (len(headers) - 1)])

    dossiers, anomalies = parse_dossiers(clients, reglages)

    assert dossiers["Dossier"].tolist() == ["D1"]
    assert anomalies == ()


# — all at once —


def test_everything_wrong_in_the_clients_is_told_at_once_row_by_row(rate: Rate) -> None:
    resultats = rate(
        {"SIREN": "123", "Autonomie": "Moyen", "Assujetti TVA": "?", "Effectif": "dix"},
        {"Dossier": None, "Raison sociale": "Lumo"},
        {"Segment imposé": "Premium", "Part B2B": 2, "Part B2C": 3, "CA HT": "#REF!"},
    )

    assert [a.cell for a in resultats.anomalies] == [
        "C2", "U2", "AH2", "AK2", "A3", "AE4", "AL4",
    ]  # fmt: skip
    assert not any(a.is_blocking for a in resultats.anomalies)
    assert {a.sheet for a in resultats.anomalies} == {"Clients"}


def test_the_same_wrong_cell_is_told_once(rate: Rate) -> None:
    resultats = rate({"Part B2B": "#N/A", "SIREN": "#N/A", "Assujetti TVA": "#N/A"})

    assert [a.cell for a in resultats.anomalies] == ["C2", "AH2", "AO2"]


def test_a_negative_share_is_told_even_when_the_total_is_right(rate: Rate) -> None:
    headers = ("Part B2B", "Part B2C", "Part secteur public", "Part international")
    resultats = rate(dict(zip(headers, (1.2, -0.2, 0, 0), strict=True)))

    assert ["négatif" in a.problem for a in resultats.anomalies] == [True]


def test_a_share_of_120_percent_is_not_taken_for_one_percent(rate: Rate) -> None:
    resultats = rate({"Part B2B": 1.2})

    assert "font 120 %" in resultats.anomalies[0].problem


@pytest.mark.parametrize("typed", ["bientôt", "1900-01-05", "31/02/2026"])
def test_a_day_that_is_none_or_of_another_age_is_named(rate: Rate, typed: str) -> None:
    resultats = rate({"Dossier": "D1", "Date statut": typed})

    (anomalie,) = resultats.anomalies
    assert anomalie.value == typed
    assert anomalie.problem == "« Date statut » n’est pas une date"
