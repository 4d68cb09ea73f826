from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.domain.anomalies import SaisieError
from segxl.shipped import read_toml
from segxl.sources.correspondance import match_headers, shipped_synonymes
from segxl.sources.ecarts import Motif
from segxl.sources.export import export_of
from segxl.sources.lecture import read_export
from segxl.sources.portefeuille import Portefeuille, parse_portefeuille

CLIENTS = [*shipped_synonymes()["synonymes"]]
DATA = Path(__file__).parent / "data"
REPONSES: dict[str, list[str]] = {
    c["critere"]: [niveau[0] for niveau in c.get("niveaux", ())] if c["type"] == "Liste" else []
    for c in read_toml("defaults/grille.toml")["criteres"]
}


TRUTH: list[dict[str, Any]] = json.loads((DATA / "truth.json").read_text("utf-8"))
REGIMES = {
    "franchise": "Franchise en base",
    "réel normal mensuel": "Réel normal mensuel",
    "réel normal trimestriel": "Réel normal trimestriel",
    "réel simplifié (CA12)": "Réel simplifié",
    "non assujetti/exonéré": "Exonéré",
    "RSA": "Réel simplifié",
}


def _import(path: Path) -> Portefeuille:
    export = read_export(path)
    return parse_portefeuille(export, match_headers([*export.lignes.columns], CLIENTS), REPONSES)


def _parse(
    headers: Sequence[str], *rows: Sequence[object], clients: Sequence[str] = CLIENTS
) -> Portefeuille:
    export = export_of("export.csv", [headers, *rows])
    return parse_portefeuille(export, match_headers([*export.lignes.columns], clients), REPONSES)


def _column(header: str, *cells: object) -> list[object]:
    found = _parse(["Code dossier", header], *[[f"C{i}", cell] for i, cell in enumerate(cells)])
    values: list[object] = found.dossiers.iloc[:, 1].tolist()
    return values


def test_the_messy_workbook_gives_every_true_value() -> None:
    found = _import(DATA / "messy_export.xlsx")

    lignes = found.dossiers
    assert lignes["Dossier"].tolist() == [t["code"] for t in TRUTH]
    assert lignes["SIREN"].tolist() == [t["siren"] for t in TRUTH]
    assert lignes["CA HT"].tolist() == [t["ca"] for t in TRUTH]
    assert lignes["Honoraires annuels"].tolist() == [t["honoraires"] for t in TRUTH]
    assert lignes["Code NAF"].tolist() == [t["naf"] for t in TRUTH]
    assert lignes["Forme juridique"].tolist() == [t["forme"] for t in TRUTH]
    assert lignes["Collaborateur"].tolist() == [t["collaborateur"] for t in TRUTH]
    assert lignes["Régime TVA"].tolist() == [REGIMES[t["regime_tva"]] for t in TRUTH]
    assert lignes["SIRET (siège)"].tolist() == [t["siret"] for t in TRUTH]
    assert [str(d) for d in lignes["Entrée le"]] == [t["entree"] for t in TRUTH]
    names = [name.casefold() for name in lignes["Raison sociale"]]
    assert names == [t["raison_sociale"].casefold() for t in TRUTH]
    assert found.anomalies == ()


def test_the_messy_workbook_loses_its_total_sub_total_and_duplicate_only() -> None:
    found = _import(DATA / "messy_export.xlsx")

    assert found.lues == 303
    assert [(e.row, e.motif) for e in found.ecarts] == [
        (155, Motif.SOUS_TOTAL),
        (306, Motif.DOUBLON),
        (307, Motif.TOTAL),
    ]


@pytest.mark.parametrize("name", ["messy_export_cp1252.csv", "clean.csv"])
def test_the_texts_give_every_true_value(name: str) -> None:
    found = _import(DATA / name)

    lignes = found.dossiers
    assert lignes["Dossier"].tolist() == [t["code"] for t in TRUTH]
    assert lignes["Raison sociale"].tolist() == [t["raison_sociale"] for t in TRUTH]
    assert lignes["SIREN"].tolist() == [t["siren"] for t in TRUTH]
    assert lignes["CA HT"].tolist() == [t["ca"] for t in TRUTH]
    assert lignes["Honoraires annuels"].tolist() == [t["honoraires"] for t in TRUTH]
    assert [str(d) for d in lignes["Entrée le"]] == [t["entree"] for t in TRUTH]
    assert (found.anomalies, found.ecarts) == ((), ())


def test_a_code_is_text_and_keeps_its_leading_zeros() -> None:
    found = _parse(["Code", "Nom"], [12.0, "a"], [" 0042 ", "b"], ["'007", "c"])

    assert found.dossiers["Dossier"].tolist() == ["12", "0042", "007"]


@pytest.mark.parametrize(
    "typed",
    ["000001016", "000 001 016", "000\u00a0001\u202f016", "000.001.016", "'000001016", 1016, 1016.0,
     "1016", "00000101600013", "000 001 016 00013", "FR12000001016"],
)  # fmt: skip
def test_every_spelling_of_a_siren_is_nine_digits(typed: object) -> None:
    assert _column("N° SIREN", typed) == ["000001016"]


def test_a_siret_that_lost_its_zeros_still_gives_the_siren() -> None:
    assert _column("SIRET", 101600013.0) == ["000001016"]


@pytest.mark.parametrize("typed", ["000000000", "000001017", "à venir", "123456789012345678"])
def test_a_wrong_siren_is_kept_as_typed_and_named(typed: str) -> None:
    found = _parse(["Code", "SIREN"], ["C1", typed])

    assert found.dossiers["SIREN"].tolist() == [typed]
    assert "« SIREN » n’est pas un numéro valable" in str(found.anomalies[0])


@pytest.mark.parametrize(
    "typed",
    ["1 234,50 €", "1\u00a0234,50", "1\u202f234,50\u202f€", "1234.5", "1.234,50", "1,234.50",
     1234.5, "1 234,50 EUR", "1 234,50 € HT", "1’234.50"],
)  # fmt: skip
def test_every_spelling_of_an_amount_is_a_number(typed: object) -> None:
    assert _column("CA HT", typed) == [1234.5]


def test_an_unreadable_amount_is_blank_and_its_cell_is_named() -> None:
    found = _parse(["Code", "CA HT"], ["C1", "12 k€"], ["C2", date(2024, 1, 31)])

    assert found.dossiers["CA HT"].tolist() == [None, None]
    assert str(found.anomalies[0]).startswith("export.csv!ligne 2 : « CA HT » doit être un nombre")
    assert "(lu : « 12 k€ »)" in str(found.anomalies[0])


@pytest.mark.parametrize("typed", ["", " ", "-", "–", "N/C", "n.c.", None])
def test_what_stands_for_nothing_is_blank_and_not_zero(typed: object) -> None:
    found = _parse(["Code", "CA HT"], ["C1", typed])

    assert found.dossiers["CA HT"].tolist() == [None]
    assert found.anomalies == ()


def test_a_column_in_thousands_is_read_in_euros() -> None:
    assert _column("CA HT (k€)", 12.5, "1 200") == [12_500.0, 1_200_000.0]


def test_a_staff_band_is_left_blank_and_said_once() -> None:
    bands = ["1-9", "10 à 19", "50+", "moins de 10", "250 et plus", "+ de 50", date(2026, 9, 1)]
    found = _parse(["Code", "Effectif"], ["A", 3], ["B", "4 salariés"], *zip("CDEFGHI", bands))  # noqa: B905

    assert found.dossiers["Effectif"].tolist() == [3.0, 4.0, *[None] * 7]
    assert found.anomalies == ()
    assert found.remarques == (
        (
            "Effectif : 7 cellules comme « 1-9 » : une tranche n’est pas un nombre : "
            "cellules laissées vides."
        ),
    )


@pytest.mark.parametrize(
    ("typed", "regime"),
    [
        ("RN mensuel", "Réel normal mensuel"),
        ("RN trim.", "Réel normal trimestriel"),
        ("CA3 mensuelle", "Réel normal mensuel"),
        ("RS", "Réel simplifié"),
        ("RSI", "Réel simplifié"),
        ("CA12", "Réel simplifié"),
        ("Franchise", "Franchise en base"),
        ("franchise en base", "Franchise en base"),
        ("Art. 293 B du CGI", "Franchise en base"),
        ("non assujetti/exonéré", "Exonéré"),
        ("EXONERE", "Exonéré"),
        ("Réel normal", "À vérifier"),
        ("micro", "À vérifier"),
        ("a verifier", "À vérifier"),
    ],
)
def test_a_vat_scheme_is_written_in_the_words_of_the_workbook(typed: str, regime: str) -> None:
    assert _column("Rég. TVA", typed) == [regime]


def test_an_unknown_vat_scheme_is_kept_and_named() -> None:
    found = _parse(["Code", "Régime TVA"], ["C1", "Régime lunaire"])

    assert found.dossiers["Régime TVA"].tolist() == ["Régime lunaire"]
    assert "n’est pas un régime connu (lu : « Régime lunaire »)" in str(found.anomalies[0])


@pytest.mark.parametrize("cells", [["60 %", "40"], [60, 40], ["60,0", "40 %"]])
def test_a_share_is_a_percentage(cells: list[object]) -> None:
    found = _parse(["Code", "% B2B", "% B2C"], ["C1", *cells], ["C2", 100, 0])

    assert [*found.dossiers.loc[2, ["Part B2B", "Part B2C"]]] == [60.0, 40.0]


def test_shares_that_are_fractions_of_one_become_percentages() -> None:
    found = _parse(["Code", "% B2B", "% B2C"], ["C1", 0.07, 0.93], ["C2", 1, 0])

    assert found.dossiers["Part B2B"].tolist() == [7.0, 100.0]


def test_yes_and_no_are_read_however_typed() -> None:
    assert _column("Assujetti TVA", "O", "x", 0.0, "NON", True, "à vérifier", "") == [
        "Oui", "Oui", "Non", "Non", "Oui", "À vérifier", None,
    ]  # fmt: skip


def test_a_postcode_gets_its_leading_zero_back() -> None:
    assert _column("CP", 1000.0, "01000", "75 011", "1000") == ["01000", "01000", "75011", "01000"]


def test_an_answer_takes_the_spelling_of_the_grid() -> None:
    assert _column("Logiciel de facturation", "word OU excel", "Sage 50") == [
        "Word ou Excel",
        "Sage 50",
    ]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("PDP choisie pour la réception", "Choisie pour la réception"),
        ("pdp contactée", "Contactée"),
        ("Aucune PDP", "Aucune"),
        ("reception et emission", "Réception et émission"),
    ],
)
def test_an_answer_with_the_old_name_of_the_platforms_is_understood(
    typed: str, answer: str
) -> None:
    assert _column("PDP", typed) == [answer]


def test_the_old_name_of_the_platforms_is_understood_in_any_answer() -> None:
    assert _column("Réception des factures", "Par PDP") == ["Par plateforme agréée"]


def test_a_criterion_that_is_a_number_is_read_as_one() -> None:
    assert _column("Nb factures émises / mois", "1 200") == [1200.0]


def test_texts_that_look_like_formulas_stay_texts() -> None:
    assert _column("Raison sociale", "=1+1", "+33 Conseil", "@home", "-Alba") == [
        "=1+1",
        "+33 Conseil",
        "@home",
        "-Alba",
    ]


def test_an_unmatched_column_is_kept_as_typed_under_its_clean_title() -> None:
    found = _parse(["Code", "Retard\nmoyen  (j)"], ["C1", "7 j"], ["C2", 50.0])

    assert found.extras == ("Retard moyen (j)",)
    assert found.dossiers["Retard moyen (j)"].tolist() == ["7 j", 50.0]


def test_written_days_become_days_and_numbers_alone_stay_numbers() -> None:
    days = ["09/08/2021", "2018-04-06", "08.11.24", 43517.0, date(2023, 3, 27), "1er mai 2020"]

    assert [str(d) for d in _column("Entrée", *days)] == [
        "2021-08-09", "2018-04-06", "2024-11-08", "2019-02-21", "2023-03-27", "2020-05-01",
    ]  # fmt: skip
    assert _column("Volume", 43517.0, 40000.0) == [43517.0, 40000.0]


@pytest.mark.parametrize(
    ("row", "motif"),
    [
        (["TOTAL GÉNÉRAL", "", "", 12], Motif.TOTAL),
        (["", "Total", "", 12], Motif.TOTAL),
        (["Totaux", "300 dossiers", "", 12], Motif.TOTAL),
        (["Sous-total", "Collaborateur AB", "", 12], Motif.SOUS_TOTAL),
        (["AB", "Sous total AB", "", 12], Motif.SOUS_TOTAL),
        (["", "", "", None], Motif.VIDE),
        (["Code", "Nom", "SIREN", "CA HT"], Motif.TITRES),
        (["Édité le 22/11/2026", "", "", ""], Motif.MENTION),
        (["Page 2/3", "", "", ""], Motif.MENTION),
        (["Fin de liste", "", "", ""], Motif.MENTION),
        (["", "Alba Conseil", "", 12], Motif.SANS_CLE),
        (["", "Alba Conseil", "à venir", 12], Motif.SANS_CLE),
    ],
)
def test_a_row_that_is_not_a_client_is_left_out(row: list[object], motif: Motif) -> None:
    clients = [["C1", "Lumo", "000001016", 1], ["C2", "Alba", "000001024", 2]]

    found = _parse(["Code", "Nom", "SIREN", "CA HT"], clients[0], row, clients[1])

    assert found.dossiers["Dossier"].tolist() == ["C1", "C2"]
    assert [(e.row, e.motif) for e in found.ecarts] == [(3, motif)]


@pytest.mark.parametrize(
    "row",
    [
        ["C2", "Total Énergies", "", 12],
        ["TOTAL", "Total Énergies", "000001024", 12],
        ["C2", "", "", ""],
        ["", "Report Presse", "000001024", ""],
    ],
)
def test_a_client_is_never_taken_for_a_total(row: list[object]) -> None:
    found = _parse(["Code", "Nom", "SIREN", "CA HT"], ["C1", "Lumo", "000001016", 1], row)

    assert len(found.dossiers) == 2


def test_a_row_without_key_is_named() -> None:
    found = _parse(["Code", "Nom"], ["", "Alba Conseil"])

    assert "cette ligne n’a ni code de dossier ni SIREN (lu : « Alba Conseil »)" in str(
        found.anomalies[0]
    )


def test_a_client_without_code_is_kept_by_its_siren() -> None:
    found = _parse(["Code", "SIREN"], ["", "000001016"])

    assert [*found.dossiers.loc[2]] == [None, "000001016"]


def test_of_duplicates_the_fullest_row_is_kept_and_completed() -> None:
    found = _parse(
        ["Code", "Nom", "Ville", "CP", "CA HT"],
        ["c1 ", "", "Lyon", "", ""],
        ["C1", "Lumo", "", "69001", 10],
        ["", "", "", "", ""],
    )

    assert [*found.dossiers.index] == [3]
    assert [*found.dossiers.loc[3]] == ["C1", "Lumo", "Lyon", "69001", 10.0]
    assert found.anomalies == ()


def test_duplicates_that_disagree_name_both_rows() -> None:
    found = _parse(["Code", "Nom", "CA HT"], ["C1", "LUMO", 10], ["C1", "Lumo", 12])

    assert found.dossiers["CA HT"].tolist() == [10.0]
    (conflict,) = found.anomalies
    assert str(conflict) == (
        "export.csv!ligne 3 : le dossier C1 est aussi à la ligne 2, où « CA HT » vaut « 10 » "
        "(lu : « 12 »). Gardez une seule des lignes 2 et 3 ; la valeur de la ligne 2 est gardée."
    )


def test_a_row_without_code_is_a_duplicate_of_the_one_that_has_its_siren() -> None:
    found = _parse(["Code", "SIREN"], ["C1", "000001016"], ["", "000 001 016"])

    assert found.dossiers["Dossier"].tolist() == ["C1"]


def test_two_dossiers_of_one_company_are_two_dossiers() -> None:
    found = _parse(["Code", "SIREN"], ["C1", "000001016"], ["C2", "000001016"])

    assert len(found.dossiers) == 2


def test_an_export_without_key_is_refused() -> None:
    with pytest.raises(SaisieError, match="ni le SIREN"):
        _parse(["Nom", "Ville"], ["Lumo", "Lyon"])


def test_an_unmatched_title_never_takes_the_place_of_a_matched_one() -> None:
    export = export_of("e.csv", [["Zorg", "SIREN"], ["000001016", "x"]], names=["Zorg"])
    correspondance = match_headers(["Zorg", "SIREN"], CLIENTS, {"Zorg": "SIREN"})

    found = parse_portefeuille(export, correspondance, REPONSES)

    assert [*found.dossiers.columns] == ["SIREN", "SIREN (export)"]


@given(
    st.integers(min_value=-(10**9), max_value=10**12),
    st.sampled_from([" ", "\u00a0", "\u202f", ""]),
)
def test_any_french_amount_is_read_to_the_cent(cents: int, space: str) -> None:
    amount = cents / 100
    typed = f"{amount:,.2f} €".replace(",", "?").replace(".", ",").replace("?", space)

    assert _column("CA HT", typed) == [amount]


def test_what_the_firm_tells_of_a_relation_is_read_in_the_words_of_the_workbook() -> None:
    found = _parse(
        ["Code", "Nom", "Client depuis", "Date de sortie", "Motif départ", "Niveau de potentiel", "Nb établissements", "Missions confiées", "Mode de contact"],
        ["1", "A", 2015.0, "30/06/2026", "Prix", "élevé", "3", "Bilan, Paie", "Téléphone"],
        ["2", "B", "bientôt", None, None, "à développer", "N/C", 2.0, None],
    )  # fmt: skip

    first, second = found.dossiers.to_dict("records")
    assert (first["Entrée le"], first["Sortie le"]) == (date(2015, 1, 1), date(2026, 6, 30))
    assert (first["Motif de départ"], first["Potentiel"]) == ("Prix", "Fort")
    assert (first["Établissements"], first["Missions"]) == (3.0, "Bilan, Paie")
    assert (first["Canal"], second["Potentiel"]) == ("Téléphone", "À développer")
    assert [(a.value, a.problem) for a in found.anomalies] == [
        ("bientôt", "« Entrée le » n’est pas une date")
    ]
    assert any("une année seule" in remark for remark in found.remarques)
