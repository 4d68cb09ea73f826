"""What the years side by side say: shares, weaknesses, health, trend."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.cartographie.annees import annee, annee_of, carte, etiquettes
from tests.domain.faits.ecritures import DATA, Journal, read_clean

from segxl.domain.anomalies import SaisieError
from segxl.domain.cartographie.annees import Annee
from segxl.domain.cartographie.carte import Carte, Niveau, Presence, Sante, Tendance, build_carte
from segxl.domain.cartographie.groupes import FIDELES, NOUVEAUX
from segxl.domain.cartographie.parts import WHOLE, round_euros, share_tenths
from segxl.domain.cartographie.seuils import Seuils
from segxl.domain.faits.releve import measure_faits
from segxl.domain.faits.ventes import read_ventes
from segxl.domain.reglages import Reglages


def fictive() -> Carte:
    """Return the map of the fictitious company."""
    frames = [read_clean(p.name) for p in sorted(DATA.glob("000000034FEC*.txt"))]
    return carte(*(Annee.of(measure_faits(f), read_ventes(f)) for f in frames))


def test_the_fictitious_company_has_the_figures_that_are_known() -> None:
    made = fictive()

    last = made.dernier
    assert [e.annee.chiffre for e in made.exercices] == [44_900_00, 69_900_00]
    assert (last.ligne(NOUVEAUX), last.ligne(FIDELES)) != (None, None)
    assert [(x.clients, x.montant, x.part, x.avant) for x in last.lignes[:3]] == [
        (2, 3_500_00, 50, 0),
        (3, 66_400_00, 950, 41_900_00),
        (1, 0, 0, 3_000_00),
    ]
    assert (last.part_premier, made.dependance, made.sante) == (858, Niveau.ROUGE, Sante.CONCENTREE)
    assert sum(x.avant or 0 for x in last.lignes) == made.exercices[0].annee.chiffre


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30))
def test_printed_shares_add_up_to_one_hundred(poids: list[int]) -> None:
    parts = share_tenths(poids)

    assert (parts is None) == (sum(poids) == 0)
    if parts:
        assert sum(parts) == WHOLE
        assert all(abs(p - WHOLE * w / sum(poids)) < 1 for p, w in zip(parts, poids, strict=True))


@given(st.lists(st.integers(-(10**10), 10**10), max_size=30))
def test_printed_euros_add_up_to_their_total(cents: list[int]) -> None:
    euros = round_euros(cents)

    assert sum(euros) == (sum(cents) + 50) // 100
    assert all(abs(100 * e - c) < 100 for e, c in zip(euros, cents, strict=True))


@pytest.mark.parametrize(
    ("first", "level"),
    [
        (499, Niveau.VERT),
        (500, Niveau.ORANGE),
        (800, Niveau.ORANGE),
        (801, Niveau.ROUGE),
        (1000, Niveau.ROUGE),
    ],
)
def test_a_dependency_is_amber_from_half_and_red_above_eighty(first: int, level: Niveau) -> None:
    others = {f"C{i}": 100.0 for i in range((1000 - first) // 100)}
    rest = (1000 - first) % 100
    sold = {"BIG": float(first), **others, **({"LAST": float(rest)} if rest else {})}

    assert carte(annee(2025, sold)).dependance is level


def test_the_firm_s_own_thresholds_count() -> None:
    seuils = Seuils(dependance=0.9, vigilance=0.85)

    assert carte(annee(2025, {"A": 84, "B": 16}), seuils=seuils).dependance is Niveau.VERT


def test_thresholds_are_read_in_parametres_and_a_wrong_one_is_refused() -> None:
    def reglages(value: object) -> Reglages:
        typed = {"Dépendance à un client au-delà de": value}
        return Reglages(grilles=(), couleurs=(), regles=(), parametres=typed)

    assert Seuils.of(reglages("70 %")) == Seuils(dependance=0.7)
    assert Seuils.of(reglages(None)) == Seuils()
    with pytest.raises(SaisieError, match="de 0 à 1"):
        Seuils.of(reglages(80))


def test_what_lacks_for_the_first_customer_to_weigh_half() -> None:
    assert carte(annee(2025, {"A": 80, "B": 20})).manque == 60_00
    assert carte(annee(2025, {"A": 50, "B": 50})).manque is None


@pytest.mark.parametrize(
    ("ventes", "level"),
    [({"A": 100}, Niveau.ORANGE), ({"A": 100, "B": 1}, Niveau.VERT)],
)
def test_a_year_without_a_new_customer_is_told(ventes: dict[str, float], level: Niveau) -> None:
    assert carte(annee(2024, {"A": 100}), annee(2025, ventes)).nouveaux is level


def test_without_a_year_before_new_customers_are_unknown() -> None:
    made = carte(annee(2025, {"A": 100}))

    assert (made.nouveaux, made.sante, made.tendance) == (Niveau.INCONNU, Sante.INCONNUE, None)


@pytest.mark.parametrize(
    ("part", "level"), [(49, Niveau.VERT), (50, Niveau.ORANGE), (81, Niveau.ROUGE)]
)
def test_subcontracting_is_a_dependency_too(part: int, level: Niveau) -> None:
    typed = etiquettes(("D1", "A", "sous-traitant"))

    made = carte(annee(2025, {"A": part, "B": 100 - part}), groupes=typed)

    assert made.sous_traitance is level
    assert carte(annee(2025, {"A": part})).sous_traitance is Niveau.INCONNU


@pytest.mark.parametrize(
    ("avant", "apres", "sante"),
    [
        ("ABCD", {"A": 1, "B": 1, "C": 1, "D": 1}, Sante.SAINE),
        ("A", {"A": 1}, Sante.CONCENTREE),
        ("A", {"A": 1, "B": 1, "C": 1, "D": 1}, Sante.VOLATILE),
        ("Z", {"A": 1}, Sante.FRAGILE),
    ],
)
def test_health_asks_for_spread_sales_and_loyal_customers(
    avant: str, apres: dict[str, float], sante: Sante
) -> None:
    before = annee(2024, dict.fromkeys(avant, 1))

    assert carte(before, annee(2025, apres)).sante is sante


def test_the_trend_of_loyal_customers_needs_three_years() -> None:
    first, second = annee(2023, {"A": 100, "B": 1}), annee(2024, {"A": 60, "N": 40})
    third = annee(2025, {"A": 60, "N": 20, "P": 20})

    assert carte(first, second).tendance is None
    assert carte(first, second, third).tendance is Tendance.MONTE


@pytest.mark.parametrize(
    ("fideles", "trend"),
    [(98, Tendance.STABLE), (97, Tendance.BAISSE), (100, Tendance.STABLE)],
)
def test_two_points_are_no_trend(fideles: int, trend: Tendance) -> None:
    years = annee(2023, {"A": 100}), annee(2024, {"A": 100})
    last = annee(2025, {"A": fideles, **({"N": 100 - fideles} if fideles < 100 else {})})

    assert carte(*years, last).tendance is trend


@pytest.mark.parametrize(
    ("avant", "apres", "presence"),
    [
        ({"A": 1, "E": 1}, {"A": 1, "E": 1}, Presence.INSTALLE),
        ({"A": 1}, {"A": 1, "E": 1}, Presence.APPARAIT),
        ({"A": 1, "E": 1}, {"A": 1}, Presence.DISPARAIT),
        ({"A": 1}, {"A": 1}, None),
    ],
)
def test_a_group_of_two_years_settles(
    avant: dict[str, float], apres: dict[str, float], presence: Presence | None
) -> None:
    typed = etiquettes(("D1", "E", "Écoles"))

    made = carte(annee(2024, avant), annee(2025, apres), groupes=typed)

    assert made.presence("Écoles") is presence
    assert made.etiquettes[-1] == "Écoles"


def test_one_year_says_nothing_of_a_group_that_settles() -> None:
    assert carte(annee(2025, {"A": 1})).presence(FIDELES) is None


def test_a_short_year_is_compared_with_nothing() -> None:
    made = carte(annee(2024, {"A": 100}), annee(2025, {"A": 50}, mois=(1, 6)))

    last = made.dernier
    assert (last.is_classe, last.is_compare) == (True, False)
    assert all(x.avant is None and x.ecart is None and x.points is None for x in last.lignes)
    assert made.tendance is None


def test_two_short_years_are_not_compared_either() -> None:
    made = carte(annee(2024, {"A": 1}, mois=(7, 12)), annee(2025, {"A": 1}, mois=(1, 6)))

    assert not made.dernier.is_compare


def test_a_missing_year_between_two_is_told_and_compares_nothing() -> None:
    made = carte(annee(2023, {"A": 100}), annee(2025, {"A": 50}))

    assert not made.dernier.is_classe
    assert made.precedent is None
    assert made.dernier.reserves == (
        "Entre 12/2023 et 01/2025, des mois manquent : ces deux exercices ne sont pas comparés.",
    )


def test_a_year_given_twice_counts_once() -> None:
    made = carte(annee(2025, {"A": 100}), annee(2025, {"A": 100}), annee(2024, {"A": 1}))

    assert [e.nom for e in made.exercices] == ["2024", "2025"]


def test_two_files_of_the_same_days_are_refused() -> None:
    one, two = annee(2025, {"A": 100}), annee(2025, {"A": 90})

    assert build_carte([two, one], (), Seuils()) == (two, one)


def test_two_closings_in_one_year_are_told_apart_by_their_month() -> None:
    made = carte(annee(2025, {"A": 1}, mois=(1, 6)), annee(2025, {"A": 1}, mois=(7, 12)))

    assert [e.nom for e in made.exercices] == ["06/2025", "12/2025"]


def test_credit_notes_only_leave_nothing_to_share() -> None:
    journal = Journal()
    journal.sell("01-10", "A", 120)
    journal.sell("12-10", "A", -240)

    made = carte(annee_of(journal))

    assert made.dernier.annee.chiffre == -100_00
    assert [x.part for x in made.dernier.lignes if x.clients] == [None]
    assert (made.dernier.part_premier, made.dernier.hhi) == (None, None)
    assert (made.dependance, made.dernier.negatifs) == (Niveau.INCONNU, 1)


def test_a_negative_customer_counts_in_amounts_and_not_in_shares() -> None:
    journal = Journal()
    for client, ttc in (("A", 120), ("B", 120), ("B", -240), ("C", 120)):
        journal.sell("01-10", client, ttc)
    journal.sell("12-10", "C", 120)

    last = carte(annee_of(journal)).dernier

    assert last.part_premier == 667
    assert sum(x.montant or 0 for x in last.lignes) == last.annee.chiffre == 200_00


def test_without_customer_accounts_everything_is_nobody_s() -> None:
    journal = Journal()
    journal.write("BQ", "01-11", "C1", ("512000", "", 240), ("706000", "", -240))
    journal.write("BQ", "12-11", "C2", ("512000", "", 240), ("706000", "", -240))

    made = carte(annee_of(journal))

    assert made.dernier.annee.absence == "aucun mouvement de l’exercice sur un compte client (411)"
    assert [x.groupe for x in made.dernier.lignes if x.part] == ["Ventes non réparties"]


def test_a_year_whose_customers_cannot_be_told_apart_classes_nobody() -> None:
    journal = Journal(2024)
    journal.write("BQ", "01-11", "C1", ("512000", "", 240), ("706000", "", -240))
    journal.write("BQ", "12-11", "C2", ("512000", "", 240), ("706000", "", -240))

    made = carte(annee_of(journal), annee(2025, {"A": 1}))

    assert not made.dernier.is_classe
    assert made.dernier.croissance


def test_entries_without_a_line_are_no_year() -> None:
    nothing = Journal().ecritures.iloc[:0]

    with pytest.raises(ValueError, match="has entries"):
        Annee.of(measure_faits(nothing), read_ventes(nothing))


@settings(deadline=None, max_examples=15)
@given(
    st.permutations(["A", "B", "C", "D"]), st.lists(st.integers(1, 10**6), min_size=4, max_size=4)
)
def test_the_order_of_the_invoices_changes_nothing(order: list[str], sold: list[int]) -> None:
    amounts = dict(zip("ABCD", map(float, sold), strict=True))

    made, again = annee(2025, amounts), annee(2025, {c: amounts[c] for c in order})

    assert pd.Series([x.montant for x in carte(made).dernier.lignes]).equals(
        pd.Series([x.montant for x in carte(again).dernier.lignes])
    )
