"""Two years of one company."""

from __future__ import annotations

from dataclasses import replace

from tests.domain.faits.ecritures import Journal

from segxl.domain.faits.comparaison import Comparaison, compare_following, compare_years
from segxl.domain.faits.etats import non_derivable
from segxl.domain.faits.releve import Releve, measure_faits

BOUNDS = ("01-02", "12-30")


def measure(year: int, *clients: tuple[str, str], days: tuple[str, str] = BOUNDS) -> Releve:
    """Given a year where each (code, label) is invoiced 120 on the first and the last day."""
    entries = Journal(year)
    for day in days:
        for code, label in clients:
            entries.sell(day, code, 120, aux_lib=label)
    return measure_faits(entries.ecritures)


def groups(found: Comparaison) -> tuple[object, object, object]:
    return found.nouveaux, found.fideles, found.dormants


def test_a_code_given_to_someone_else_is_another_customer() -> None:
    avant = measure(2024, ("C1", "ALPHA"), ("C2", "BETA"))
    apres = measure(2025, ("C1", "ALPHA"), ("C2", "GAMMA"))

    found = compare_years(avant, apres)

    assert groups(found) == (("C2",), ("C1",), ("C2",))
    assert any("changé de libellé" in reserve for reserve in found.reserves)


def test_a_label_spelled_in_full_does_not_make_another_customer() -> None:
    avant = measure(2024, ("C1", "ALPHA DISTRIB."))
    apres = measure(2025, ("C1", "Alpha Distribution SAS"))

    assert groups(compare_years(avant, apres)) == ((), ("C1",), ())


def test_a_customer_under_a_new_code_is_the_same_customer() -> None:
    avant = measure(2024, ("C1", "ALPHA SAS"), ("C2", "BETA"))
    apres = measure(2025, ("0001", "Alpha S.A.S."), ("0002", "BÊTA"))

    assert groups(compare_years(avant, apres)) == ((), ("0001", "0002"), ())


def test_two_customers_of_one_name_are_not_taken_for_one() -> None:
    avant = measure(2024, ("C1", "MARTIN"))
    apres = measure(2025, ("C7", "MARTIN"), ("C8", "MARTIN"))

    found = compare_years(avant, apres)

    assert groups(found) == (("C8",), ("C7",), ())


def test_without_labels_the_code_alone_pairs() -> None:
    avant = measure(2024, ("C1", "ALPHA"), ("C2", "BETA"))
    apres = measure(2025, ("C1", ""), ("C3", ""))

    assert groups(compare_years(avant, apres)) == (("C3",), ("C1",), ("C2",))


def test_a_customer_only_credited_in_the_second_year_is_dormant() -> None:
    avant = measure(2024, ("C1", "ALPHA"), ("C2", "BETA"))
    entries = Journal(2025)
    entries.sell("01-02", "C1", 120, aux_lib="ALPHA")
    entries.sell("12-30", "C2", -60, aux_lib="BETA")

    found = compare_years(avant, measure_faits(entries.ecritures))

    assert groups(found) == ((), ("C1",), ("C2",))


def test_years_of_different_lengths_have_no_growth_and_say_why() -> None:
    avant = measure(2024, ("C1", "ALPHA"))
    apres = measure(2025, ("C1", "ALPHA"), days=("01-02", "06-30"))

    found = compare_years(avant, apres)

    assert found.croissance.valeur is None
    assert "12 mois puis 6 mois" in found.croissance.motif
    assert any("12 mois puis 6" in reserve for reserve in found.reserves)


def test_where_customers_cannot_be_told_apart_no_list_is_given() -> None:
    found = compare_years(measure(2024, ("", "")), measure(2025, ("C1", "ALPHA")))

    assert groups(found) == (None, None, None)
    assert "2024" in found.motif
    assert found.croissance.valeur == 0


def test_a_first_year_without_turnover_has_no_growth() -> None:
    entries = Journal(2024)
    entries.sell("01-02", "C1", 120)
    entries.sell("12-30", "C1", -120)

    found = compare_years(measure_faits(entries.ecritures), measure(2025, ("C1", "ALPHA")))

    assert found.croissance.valeur is None


def test_a_third_customer_in_a_collective_account_makes_lists_indicative() -> None:
    avant = measure(2024, ("C1", "ALPHA"), ("CDIV", "CLIENTS DIVERS"))

    found = compare_years(avant, measure(2025, ("C1", "ALPHA")))

    assert groups(found) == ((), ("C1",), ())
    assert any("indicatifs" in reserve for reserve in found.reserves)


def test_each_year_is_compared_with_the_next_whatever_their_order() -> None:
    years = [measure(year, ("C1", "ALPHA")) for year in (2025, 2023, 2024)]

    found = compare_following(years)

    assert [(rank, c.annees) for rank, c in found if isinstance(c, Comparaison)] == [
        (2, (2023, 2024)),
        (0, (2024, 2025)),
    ]


def test_one_year_given_twice_is_not_compared_with_itself() -> None:
    years = [measure(2025, ("C1", "ALPHA")), measure(2025, ("C1", "ALPHA"))]

    found = compare_following(years)

    assert found == ((1, "Deux fichiers couvrent les mêmes jours (2025) : non comparés."),)


def test_a_missing_year_between_two_is_told() -> None:
    found = compare_years(measure(2023, ("C1", "ALPHA")), measure(2025, ("C1", "ALPHA")))

    assert any("des mois manquent" in reserve for reserve in found.reserves)


def test_a_year_whose_turnover_is_not_derivable_gives_no_growth() -> None:
    avant, apres = (measure(year, ("C1", "ALPHA")) for year in (2024, 2025))
    unknown = replace(avant, faits=avant.faits | {"ca": non_derivable("sans compte 70")})

    found = compare_years(unknown, apres)

    assert found.croissance.valeur is None
    assert "n’est pas dérivable" in found.croissance.motif
