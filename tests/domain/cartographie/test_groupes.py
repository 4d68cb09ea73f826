"""Which group a customer is in: what the firm typed, then the dates."""

from __future__ import annotations

import pytest
from tests.domain.cartographie.annees import annee, annee_of, carte, etiquettes
from tests.domain.faits.ecritures import Journal

from segxl.domain.cartographie.carte import Carte
from segxl.domain.cartographie.etiquettes import parse_etiquettes, sort_etiquettes
from segxl.domain.cartographie.exercices import Ligne
from segxl.domain.cartographie.groupes import (
    A_CLASSER,
    APPORTEURS,
    AUTRES,
    DORMANTS,
    FIDELES,
    NON_REPARTI,
    NOUVEAUX,
    SIX,
    SOUS_TRAITANCE,
)
from segxl.domain.tableau import Tableau

HEADERS = ["Dossier", "Tiers", "Groupe"]


def ligne(made: Carte, groupe: str) -> Ligne:
    found = made.dernier.ligne(groupe)
    assert found
    return found


def test_dates_tell_new_loyal_and_dormant_customers() -> None:
    made = carte(annee(2024, {"LOYAL": 100, "GONE": 50}), annee(2025, {"LOYAL": 300, "NEW": 100}))

    found = {g: (ligne(made, g).clients, ligne(made, g).montant, ligne(made, g).avant) for g in (NOUVEAUX, FIDELES, DORMANTS)}  # fmt: skip
    assert found == {
        NOUVEAUX: (1, 100_00, 0),
        FIDELES: (1, 300_00, 100_00),
        DORMANTS: (1, 0, 50_00),
    }


def test_a_renumbered_customer_stays_the_same_one() -> None:
    made = carte(annee(2024, {"A1": 100}, A1="Lumo"), annee(2025, {"B9": 100}, B9="Lumo"))

    assert ligne(made, FIDELES).clients == 1


def test_a_group_at_zero_the_year_before_is_new_not_infinite() -> None:
    made = carte(annee(2024, {"A": 100}), annee(2025, {"A": 100, "B": 50}))

    assert ligne(made, NOUVEAUX).is_nouveau
    assert not ligne(made, FIDELES).is_nouveau
    assert (ligne(made, NOUVEAUX).ecart, ligne(made, NOUVEAUX).points) == (50_00, 333)


def test_what_the_firm_typed_comes_before_the_dates() -> None:
    typed = etiquettes(("D1", "B", "Sous-traitance"))

    made = carte(annee(2024, {"A": 100}), annee(2025, {"A": 100, "B": 50}), groupes=typed)

    assert (ligne(made, SOUS_TRAITANCE).clients, ligne(made, NOUVEAUX).clients) == (1, 0)


def test_a_customer_typed_under_the_code_of_last_year_keeps_its_group() -> None:
    typed = etiquettes(("D1", "A1", "Écoles"))

    made = carte(
        annee(2024, {"A1": 100}, A1="Lumo"), annee(2025, {"B9": 60}, B9="Lumo"), groupes=typed
    )

    assert (ligne(made, "Écoles").montant, ligne(made, "Écoles").avant) == (60_00, 100_00)


@pytest.mark.parametrize(
    ("rows", "groupe"),
    [
        ([("", "ABC", "Autres revenus"), ("D1", "ABC", "Écoles")], "Écoles"),
        ([("D1", "Maison*", "Écoles"), ("D1", "maison abc", "Villes")], "Villes"),
        ([("D1", "maison abc", "Écoles"), ("D1", "abc", "Villes")], "Villes"),
        ([("D1", "AB*", "Écoles"), ("D1", "A*", "Villes")], "Écoles"),
        ([("D2", "ABC", "Écoles"), ("", "ABC", "Villes")], "Villes"),
    ],
)
def test_one_customer_has_one_group_by_a_told_order(
    rows: list[tuple[str, str, str]], groupe: str
) -> None:
    made = carte(annee(2025, {"ABC": 100}), groupes=etiquettes(*rows))

    assert ligne(made, groupe).clients == 1
    assert sum(x.clients or 0 for x in made.dernier.lignes) == 1


def test_a_customer_whose_code_is_a_number_in_excel_is_found() -> None:
    typed = etiquettes(("D1", "0012", "Écoles"))

    assert ligne(carte(annee(2025, {"12": 100}), groupes=typed), "Écoles").clients == 1


def test_a_year_alone_leaves_customers_to_be_classed() -> None:
    made = carte(annee(2025, {"A": 100, "B": 50}))

    assert (ligne(made, A_CLASSER).clients, ligne(made, A_CLASSER).part) == (2, 1000)
    assert ligne(made, NOUVEAUX) == Ligne(groupe=NOUVEAUX)
    assert [x.groupe for x in made.dernier.lignes] == [*SIX, A_CLASSER]


def test_a_group_that_nobody_typed_is_unknown_not_zero() -> None:
    typed = etiquettes(("D1", "A", "Apporteurs d’affaires"))

    made = carte(annee(2025, {"A": 100}), groupes=typed)

    assert ligne(made, APPORTEURS).clients == 1
    assert ligne(made, AUTRES).clients is None


def test_sales_without_a_customer_account_are_nobody_s() -> None:
    journal = Journal()
    journal.sell("01-10", "A", 1200)
    journal.write("BQ", "12-11", "C1", ("512000", "", 240), ("706000", "", -200), ("445710", "", -40))  # fmt: skip

    made = carte(annee_of(journal))

    rest = ligne(made, NON_REPARTI)
    assert (rest.clients, rest.montant, rest.part) == (None, 200_00, 167)
    assert made.dernier.annee.chiffre == 1200_00


def test_a_collective_account_is_no_customer() -> None:
    journal = Journal()
    journal.sell("01-10", "A", 1200, aux_lib="Lumo")
    journal.sell("12-10", "DIV", 2400, aux_lib="Clients divers")

    made = carte(annee_of(journal))

    assert (ligne(made, A_CLASSER).clients, ligne(made, NON_REPARTI).montant) == (1, 2000_00)
    assert made.dernier.annee.doute


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("D1", None, "Écoles"), "ne dit pas quel client"),
        (("D1", "**", "Écoles"), "prendrait tous les clients"),
        (("D1", "A", None), "ne dit pas quel groupe"),
        (("D1", "A", "dormants"), "se déduit des dates"),
        (("D1", "A", "x" * 29), "trop long"),
    ],
)
def test_a_row_that_cannot_serve_is_told_and_left_out(row: tuple[object, ...], told: str) -> None:
    found, (anomalie,) = parse_etiquettes(Tableau.of("Groupes", HEADERS, [row]))

    assert not found
    assert told in anomalie.problem


def test_blank_rows_and_errors_of_excel_are_no_rows() -> None:
    rows: list[list[object]] = [[None, None, None], ["D1", "#N/A", None]]

    assert parse_etiquettes(Tableau.of("Groupes", HEADERS, rows)) == ((), ())


def test_two_spellings_of_a_group_are_one() -> None:
    typed = etiquettes(("", "A", "Écoles"), ("", "B", "ecoles"))

    assert ligne(carte(annee(2025, {"A": 1, "B": 1}), groupes=typed), "Écoles").clients == 2


@pytest.mark.parametrize("groupe", ["Lumo Énergie", "chez lumo energie SAS", "c1"])
def test_a_group_that_names_a_customer_is_refused(groupe: str) -> None:
    year = annee(2025, {"C1": 100}, C1="LUMO ENERGIE SAS")
    typed = etiquettes(("D1", "C1", groupe))

    kept, (anomalie,) = sort_etiquettes(typed, "D1", year.clients)

    assert kept == ()
    assert (anomalie.cell, anomalie.value) == ("C2", groupe)
    assert "ne doit pas nommer" in anomalie.problem


def test_a_row_that_names_nobody_is_told_unless_it_is_for_all_dossiers() -> None:
    year = annee(2025, {"C1": 100})
    typed = etiquettes(("D1", "C9", "Écoles"), ("", "MALT*", "Écoles"))

    kept, (anomalie,) = sort_etiquettes(typed, "D1", year.clients)

    assert len(kept) == 2
    assert (anomalie.cell, anomalie.value) == ("B2", "C9")
