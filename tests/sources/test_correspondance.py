from __future__ import annotations

from pathlib import Path

import pytest

from segxl.domain.anomalies import SaisieError
from segxl.domain.textes import fold
from segxl.excel.layout import COORDONNEES, IDENTITE, RELATION, SITUATION
from segxl.shipped import read_toml
from segxl.sources.correspondance import match_headers, shipped_synonymes, target_of
from segxl.sources.fichier_correspondance import read_correspondance, write_correspondance

CLIENTS = [*shipped_synonymes()["synonymes"]]
REPONSES: dict[str, list[str]] = {
    c["critere"]: [niveau[0] for niveau in c.get("niveaux", ())] if c["type"] == "Liste" else []
    for c in read_toml("defaults/grille.toml")["criteres"]
}


SYNONYMS = [(s, t) for t, ss in shipped_synonymes()["synonymes"].items() for s in ss]


def test_every_target_of_the_synonyms_is_a_header_of_clients() -> None:
    inputs = [*IDENTITE, *REPONSES, *SITUATION, *COORDONNEES, *RELATION]

    assert {*shipped_synonymes()["synonymes"]} == {*inputs}


def test_every_synonym_designates_its_own_target() -> None:
    assert [(s, target_of(s)) for s, t in SYNONYMS if target_of(s) != t] == []


def test_no_synonym_is_written_twice() -> None:
    folded = [fold(s) for s, _ in SYNONYMS]

    assert [s for s in {*folded} if folded.count(s) > 1] == []


def test_every_answer_of_the_wordings_belongs_to_the_default_grid() -> None:
    valeurs = shipped_synonymes()["valeurs"]

    assert {*valeurs["Plateforme agréée"]} == {*REPONSES["Plateforme agréée"]}


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("CODE_DOSSIER", "Dossier"),
        ("N°dossier", "Dossier"),
        ("No client", "Dossier"),
        ("Réf. du dossier", "Dossier"),
        ("Dénomination  sociale :", "Raison sociale"),
        ("Numéro SIREN", "SIREN"),
        ("Forme jur.", "Forme juridique"),
        ("APE / NAF", "Code NAF"),
        ("CA HT\n(dernier exercice)", "CA HT"),
        ("C.A. H.T. 2025", "CA HT"),
        ("CA HT (k€)", "CA HT"),
        ("Chiffre d'affaires au 31/12/2025", "CA HT"),
        ("Honoraires HT (€)", "Honoraires annuels"),
        ("Rég. TVA", "Régime TVA"),
        ("Collab.", "Collaborateur"),
        ("Resp. dossier", "Collaborateur"),
        ("E-Mail", "E-mail"),
        ("C.P.", "Code postal"),
        ("Nb. salariés", "Effectif"),
        ("Total du bilan", "Total bilan"),
        ("% B to B", "Part B2B"),
        ("PDP", "Plateforme agréée"),
        ("Logiciel de facturation", "Outil de facturation"),
        ("Nb factures émises / mois", "Factures émises par mois"),
        ("CA N-1", None),
        ("Variation CA", None),
        ("Date du dossier", None),
        ("Retard moyen (j)", None),
        ("Tranche d’effectif", None),
        ("", None),
        ("2024", None),
    ],
)
def test_a_title_of_practice_software_designates_its_column(
    header: str, target: str | None
) -> None:
    assert target_of(header) == target


def test_a_siret_feeds_siren_only_when_no_column_does() -> None:
    both = match_headers(["SIRET (siège)", "N° SIREN"], CLIENTS)
    alone = match_headers(["SIRET (siège)"], CLIENTS)

    assert (both.colonnes, both.unmatched) == ({"N° SIREN": "SIREN"}, ("SIRET (siège)",))
    assert alone.colonnes == {"SIRET (siège)": "SIREN"}


def test_of_two_columns_the_surest_title_wins_and_the_other_is_kept() -> None:
    found = match_headers(["Nom", "Raison sociale", "Code", "N° dossier"], CLIENTS)

    assert found.colonnes == {"Raison sociale": "Raison sociale", "N° dossier": "Dossier"}
    assert found.unmatched == ("Nom", "Code")


def test_of_two_years_the_latest_wins() -> None:
    found = match_headers(["CA HT 2024", "CA HT 2025"], CLIENTS)

    assert found.colonnes == {"CA HT 2025": "CA HT"}


def test_a_criterion_that_the_firm_added_matches_by_its_own_name() -> None:
    found = match_headers(["code", "signature ELECTRONIQUE"], [*CLIENTS, "Signature électronique"])

    assert found.colonnes["signature ELECTRONIQUE"] == "Signature électronique"


def test_a_column_that_clients_has_not_is_kept_under_its_title() -> None:
    found = match_headers(["Code", "Ville"], ["Dossier"])

    assert found.unmatched == ("Ville",)


def test_a_saved_mapping_goes_first_and_leaves_out_what_it_empties() -> None:
    saved = {"NOM": "Groupe", "Humeur": ""}

    found = match_headers(["Code", "Nom", "Humeur", "Groupe"], CLIENTS, saved)

    assert found.colonnes == {"Code": "Dossier", "Nom": "Groupe"}
    assert (found.unmatched, found.ignored) == (("Groupe",), ("Humeur",))


def test_a_mapping_saved_and_read_again_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "correspondance.toml"
    headers = ['Le "code"\ndossier', "Nom", "C:\\temp", "Ville"]
    chosen = {headers[0]: "Dossier", "Ville": ""}
    found = match_headers(headers, CLIENTS, chosen)

    write_correspondance(path, found)
    again = match_headers(headers, CLIENTS, read_correspondance(path, CLIENTS))

    assert again == found


def test_a_mapping_typed_in_another_case_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('"Zorg" = "dossier"\nBidule = "ca ht"\n', encoding="utf-8-sig")

    assert read_correspondance(path, CLIENTS) == {"Zorg": "Dossier", "Bidule": "CA HT"}


def test_all_wrong_lines_of_a_mapping_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(
        '"A" = "Dosier"\n"B" = 3\n"C" = "Zzz"\n"D" = "SIREN"\n"E" = "SIREN"\n', encoding="utf-8"
    )

    with pytest.raises(SaisieError) as refused:
        read_correspondance(path, CLIENTS)

    told = [str(anomalie) for anomalie in refused.value.anomalies]
    assert len(told) == 4
    assert "Écrivez « Dossier » si c’est la colonne voulue" in told[0]
    assert "« E » et « D » désignent la même colonne" in told[3]


@pytest.mark.parametrize("content", ["Code dossier = Dossier", "PK\x03\x04", '"A" = '])
def test_a_mapping_that_is_not_toml_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "c.toml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(SaisieError, match=r"c\.toml : ce fichier"):
        read_correspondance(path, CLIENTS)


def test_a_missing_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaisieError, match="ne peut pas être ouvert"):
        read_correspondance(tmp_path / "absent.toml", CLIENTS)
