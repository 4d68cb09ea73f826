from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from segxl.domain.loi import Loi, LoiError, parse_loi
from segxl.shipped import read_tables

FAIT: Mapping[str, Any] = {
    "libelle": "Taux normal",
    "valeur": 20,
    "unite": "jours",
    "valable_du": date(2020, 1, 1),
    "texte": "CGI art. 278",
    "source": "Légifrance",
    "confiance": "haute",
    "verifie_le": date(2026, 11, 22),
    "a_confirmer": False,
}


def loi_of(*periods: Mapping[str, Any], code: str = "taux") -> Loi:
    return parse_loi({"tva": {code: [{**FAIT, **p} for p in periods]}})


def test_every_shipped_fact_is_read() -> None:
    loi = parse_loi(read_tables("loi"))

    assert loi["reception"].valeur == date(2026, 9, 1)
    assert loi["emission_pme"].valeur == date(2027, 9, 1)
    assert loi.version == max(loi[code].verifie_le for code in loi)
    assert len([*loi]) == len(loi)


def test_a_fact_that_is_not_sure_is_marked_so() -> None:
    loi = parse_loi(read_tables("loi"))

    unsure = {code for code in loi if loi[code].a_confirmer}

    assert {"delai_franchise", "delai_reel_simplifie", "amende_transmission"} <= unsure
    assert {"franchise_projet_ventes", "tolerance_demarrage", "guyane_mayotte"} <= unsure
    assert all(loi[code].a_confirmer for code in loi if loi[code].confiance == "basse")


def test_a_fact_whose_source_names_no_article_is_quoted_without_one() -> None:
    told = parse_loi({"tva": {"a": FAIT, "b": {k: v for k, v in FAIT.items() if k != "texte"}}})

    assert told["a"].quote("Taux normal") == "Taux normal (CGI art. 278)"
    assert told["b"].quote("Taux normal") == "Taux normal"


def test_the_oldest_day_counts_every_period_of_the_facts_named() -> None:
    periods = [
        {**FAIT, "valable_au": date(2021, 12, 31), "verifie_le": date(2026, 2, 20)},
        {**FAIT, "valable_du": date(2022, 1, 1)},
    ]
    loi = parse_loi({"tva": {"changing": periods, "other": FAIT}})

    assert loi.oldest(["changing", "other"]) == date(2026, 2, 20)
    assert loi.oldest(["other"]) == loi.version == date(2026, 11, 22)


@pytest.mark.parametrize("key", [k for k in FAIT if k != "texte"])
def test_a_key_left_out_names_its_file_and_its_table(key: str) -> None:
    table = {k: v for k, v in FAIT.items() if k != key}

    with pytest.raises(LoiError, match=rf"tva\.toml \[taux\]: missing {key}"):
        parse_loi({"tva": {"taux": table}})


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"valable_dû": date(2020, 1, 1)}, "unknown key valable_dû"),
        ({"source": ""}, "source is blank"),
        ({"source": 12}, "source must be a str, not 12"),
        ({"valable_du": "2020-01-01"}, "valable_du must be a date"),
        ({"verifie_le": datetime(2020, 1, 1)}, "verifie_le must be a date"),  # noqa: DTZ001  as TOML reads it
        ({"a_confirmer": "non"}, "a_confirmer must be a bool"),
        ({"confiance": "forte"}, "confiance 'forte' is none of haute, moyenne, basse"),
        ({"valable_au": date(2019, 1, 1)}, "valable_au lies before valable_du"),
        ({"unite": "jour"}, "unite 'jour' is none of"),
        ({"valeur": "vingt"}, "valeur 'vingt' is not a value of unite 'jours'"),
        ({"valeur": True}, "valeur True is not"),
        ({"valeur": -1}, "valeur -1 is not"),
        ({"unite": "date"}, "valeur 20 is not a value of unite 'date'"),
        ({"unite": "rythme", "valeur": "mensuelle"}, "valeur 'mensuelle' is not"),
        ({"unite": "codes", "valeur": ["971", 972]}, "is not a value of unite 'codes'"),
        ({"unite": "obligations", "valeur": ["emision"]}, "is not a value of unite 'obligations'"),
        ({"unite": "jours ouvrés", "valeur": []}, "is not a value of unite 'jours ouvrés'"),
    ],
)
def test_a_typing_error_is_told_to_the_developer(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(LoiError) as error:
        loi_of(change)

    assert str(error.value).startswith("tva.toml [taux]: ")
    assert problem in str(error.value)


def test_two_values_cannot_hold_on_the_same_day() -> None:
    first = {"valable_au": date(2026, 12, 31)}

    with pytest.raises(LoiError, match="two values hold on 2026-12-31"):
        loi_of(first, {"valable_du": date(2026, 12, 31)})
    with pytest.raises(LoiError, match="two values hold on 2026-01-01"):
        loi_of({}, {"valable_du": date(2026, 1, 1)})


def test_one_code_cannot_stand_in_two_files() -> None:
    with pytest.raises(LoiError, match=r"rythmes\.toml \[taux\]: already told in tva\.toml"):
        parse_loi({"tva": {"taux": FAIT}, "rythmes": {"taux": FAIT}})


@pytest.mark.parametrize("table", [20, [], [20]])
def test_a_fact_that_is_no_table_is_refused(table: object) -> None:
    with pytest.raises(LoiError, match="a fact is a table"):
        parse_loi({"tva": {"taux": table}})


def test_a_law_without_any_fact_is_refused() -> None:
    with pytest.raises(LoiError, match="no fact at all"):
        parse_loi({})


def test_a_value_holds_from_its_first_day_to_its_last() -> None:
    loi = loi_of(
        {"valable_du": date(2027, 1, 1), "valeur": 30},
        {"valable_du": date(2026, 9, 1), "valable_au": date(2026, 12, 31)},
    )

    found = [loi.at("taux", date(*day)) for day in ((2026, 8, 31), (2026, 9, 1), (2026, 12, 31), (2027, 1, 1))]  # fmt: skip

    assert [f and f.valeur for f in found] == [None, 20, 20, 30]
    assert loi["taux"].valeur == 30


def test_a_fact_that_nobody_wrote_or_of_another_unit_is_told() -> None:
    loi = loi_of({})

    with pytest.raises(LoiError, match="no fact 'taus'"):
        loi.value("taus", "jours")
    with pytest.raises(LoiError, match="'taux' must be told in 'mois', not 'jours'"):
        loi.value("taux", "mois")
