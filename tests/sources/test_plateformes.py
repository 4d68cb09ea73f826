"""Status exports of vendors, read whatever their dress."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.vendeurs import (
    LUMO,
    NOVA,
    OSTRA,
    PERE,
    write_nebula,
    write_orbite,
    write_pulsar,
    write_quasar,
)

from segxl.domain.anomalies import SaisieError
from segxl.domain.identifiants import is_siren
from segxl.domain.statuts import STATUTS, SUIVI
from segxl.sources.cellules_plateformes import (
    FIRST_DAY,
    parse_jour,
    parse_nom,
    parse_siren_client,
)
from segxl.sources.mots_plateformes import read_mots
from segxl.sources.plateformes import DATES, FAUX, INCONNUS, NOMS, Releve, read_releve

AU = date(2026, 11, 22)
NOVEMBRE = date(2026, 11, 3)
Read = tuple[object, ...]


def read(path: Path, plateforme: str = "") -> Releve:
    return read_releve(path, read_mots(), AU, plateforme)


def lines_of(releve: Releve) -> list[Read]:
    return [*releve.lignes[["SIREN", *SUIVI]].itertuples(index=False, name=None)]


def told(releve: Releve, kind: str) -> list[str]:
    return [str(anomalie) for anomalie in releve.anomalies[kind]]


def test_a_text_for_a_french_excel_is_read_under_its_title_lines(tmp_path: Path) -> None:
    path = write_nebula(
        tmp_path / "nebula.csv",
        "000 000 018;Lumo Énergie;En attente de signature;mardi 3 novembre 2026 à 14h05",
        "000000026;Père & Fils;SIGNÉ;3/11/26",
        "TOTAL;2;;",
    )

    releve = read(path, "Nébula")

    assert lines_of(releve) == [
        (LUMO, "Nébula", "Mandat à signer", NOVEMBRE),
        (PERE, "Nébula", "Mandat signé", NOVEMBRE),
    ]
    assert releve.lignes["lieu"].tolist() == ["ligne 5", "ligne 6"]
    assert releve.lignes["nom"].tolist() == ["Lumo Énergie", "Père & Fils"]
    assert (releve.lues, len(releve.ecarts)) == (3, 1)


def test_a_workbook_of_siret_numbers_dates_each_status_in_its_own_column(tmp_path: Path) -> None:
    path = write_orbite(
        tmp_path / "orbite.xlsx",
        [float(f"{LUMO}00011"), "Lumo", "Orbite", "En production", date(2026, 10, 1), date(2026, 10, 15), NOVEMBRE],
        [f"{PERE} 00019", "Père", "Orbite", "Signé", date(2026, 10, 1), NOVEMBRE, None],
        [f"{OSTRA}00017", "Ostra", "Orbite", "À signer", NOVEMBRE, None, None],
    )  # fmt: skip

    releve = read(path)

    assert lines_of(releve) == [
        (LUMO, "Orbite", "Réception active", NOVEMBRE),
        (PERE, "Orbite", "Mandat signé", NOVEMBRE),
        (OSTRA, "Orbite", "Mandat à signer", NOVEMBRE),
    ]
    assert releve.sheet == "Suivi"
    assert releve.lignes["lieu"].tolist() == ["A4", "A5", "A6"]


def test_a_tabulated_text_in_english_is_read(tmp_path: Path) -> None:
    path = write_quasar(
        tmp_path / "quasar.txt",
        (LUMO, "Lumo", "Quasar", "signed", "2026-11-03T14:05:00+01:00"),
        (PERE, "Père", "Quasar", "Not registered", "2026-11-03 23:59:59.120"),
    )

    assert lines_of(read(path)) == [
        (LUMO, "Quasar", "Mandat signé", NOVEMBRE),
        (PERE, "Quasar", "Aucune", NOVEMBRE),
    ]


def test_an_opendocument_sheet_is_read(tmp_path: Path) -> None:
    path = write_pulsar(
        tmp_path / "pulsar.ods", (18, "Lumo", "actif", NOVEMBRE), (PERE, "Père", "refus", "")
    )

    assert lines_of(read(path)) == [
        (LUMO, None, "Réception active", NOVEMBRE),
        (PERE, None, "Refusé", None),
    ]


@pytest.mark.parametrize("number", ["18", "000000018", "'000 000 018", "FR94000000018", "1.8E+01", "1,8E+01", "00000001800019"])  # fmt: skip
def test_a_siren_is_read_however_it_was_spoilt(tmp_path: Path, number: str) -> None:
    releve = read(write_nebula(tmp_path / "n.csv", f"{number};Lumo;signé;03/11/2026"))

    assert releve.lignes["SIREN"].tolist() == [LUMO]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("7.33E+08", "Excel a abrégé ce numéro : des chiffres manquent"),
        ("000000019", "ce SIREN est faux"),
        ("000000000", "ce SIREN est faux"),
        ("1234567890123456", "ce SIREN est faux"),
        ("dossier 12", "ce n’est pas un SIREN"),
    ],
)
def test_a_wrong_siren_is_listed_with_its_line_and_its_status_is_left(
    tmp_path: Path, number: str, words: str
) -> None:
    releve = read(write_nebula(tmp_path / "n.csv", f"{number};Lumo;signé;03/11/2026"))

    assert releve.lignes.empty
    (anomalie,) = told(releve, FAUX)
    assert anomalie.startswith(f"n.csv!ligne 5 : {words} (lu : « {number} »)")


def test_a_line_without_siren_is_listed(tmp_path: Path) -> None:
    releve = read(write_nebula(tmp_path / "n.csv", ";Lumo;signé;03/11/2026"))

    (anomalie,) = told(releve, FAUX)
    assert anomalie.startswith("n.csv!ligne 5 : cette ligne n’a pas de SIREN")


def test_the_siret_stands_in_where_the_siren_is_blank(tmp_path: Path) -> None:
    path = write_nebula(
        tmp_path / "n.csv", f";{LUMO}00011;signé", f"{PERE};;signé", titles="Siren;Siret;Statut"
    )

    assert read(path).lignes["SIREN"].tolist() == [LUMO, PERE]


def test_an_unknown_word_is_listed_once_with_its_count_and_nothing_is_guessed(
    tmp_path: Path,
) -> None:
    path = write_nebula(
        tmp_path / "n.csv",
        f"{LUMO};;En cours…;03/11/2026",
        f"{PERE};;EN COURS;03/11/2026",
        f"{OSTRA};;???;03/11/2026",
    )

    releve = read(path)

    assert releve.lignes.empty
    assert releve.obscurs == {LUMO, PERE, OSTRA}
    first, second = told(releve, INCONNUS)
    assert first.startswith("n.csv!ligne 5 : ce mot de statut n’est pas connu (2 lignes)")
    assert "(lu : « En cours… »)" in first
    assert "Aucune · Contactée · Mandat à signer" in first
    assert "(1 ligne)" in second


def test_a_line_without_status_says_nothing(tmp_path: Path) -> None:
    releve = read(write_nebula(tmp_path / "n.csv", f"{LUMO};Lumo;;03/11/2026"))

    assert (len(releve.lignes), releve.sans_statut, releve.obscurs) == (0, 1, frozenset())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/02/2026", "cette date ne se lit pas"),
        ("bientôt", "cette date ne se lit pas"),
        ("01/01/1900", "cette date est impossible"),
    ],
)
def test_a_wrong_date_is_listed_and_its_status_is_read_without_date(
    tmp_path: Path, typed: str, words: str
) -> None:
    releve = read(write_nebula(tmp_path / "n.csv", f"{LUMO};Lumo;signé;{typed}"))

    assert lines_of(releve) == [(LUMO, None, "Mandat signé", None)]
    assert told(releve, DATES)[0].startswith(f"n.csv!ligne 5 : {words} (lu : « {typed} »)")


def test_a_status_of_a_day_to_come_is_set_aside(tmp_path: Path) -> None:
    path = write_nebula(
        tmp_path / "n.csv", f"{LUMO};;signé;23/11/2026", f"{PERE};;signé;22/11/2026"
    )

    releve = read(path)

    assert releve.lignes["SIREN"].tolist() == [PERE]
    assert "daté d’un jour à venir" in told(releve, DATES)[0]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+33", "@SUM(A1)", "x" * 81, "#REF!"])
def test_what_is_no_name_of_a_platform_is_left_and_listed(tmp_path: Path, name: str) -> None:
    path = write_quasar(tmp_path / "q.txt", (LUMO, "Lumo", name, "signed", "2026-11-03"))

    releve = read(path, "Orbite")

    assert lines_of(releve) == [(LUMO, None, "Mandat signé", NOVEMBRE)]
    assert "ce n’est pas le nom d’une plateforme" in told(releve, NOMS)[0]


def test_the_name_given_is_for_exports_without_a_column_of_names(tmp_path: Path) -> None:
    path = write_quasar(
        tmp_path / "q.txt",
        (LUMO, "Lumo", "", "signed", "2026-11-03"),
        (PERE, "Père", "Quasar", "signed", "2026-11-03"),
    )

    assert read(path, "Orbite").lignes["Plateforme"].tolist() == [None, "Quasar"]


def test_the_surest_column_is_taken_and_the_other_is_told(tmp_path: Path) -> None:
    path = write_nebula(
        tmp_path / "n.csv",
        f"{LUMO};01/11/2026;03/11/2026;signé",
        titles="SIREN;Dernière mise à jour;Date du statut;Statut",
    )

    releve = read(path)

    assert lines_of(releve) == [(LUMO, None, "Mandat signé", NOVEMBRE)]
    assert releve.titres.ignorees == ("Dernière mise à jour",)


def test_titles_alone_are_an_export_without_lines(tmp_path: Path) -> None:
    releve = read(write_nebula(tmp_path / "n.csv"))

    assert (releve.lues, len(releve.lignes)) == (0, 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "ce fichier est vide"),
        ("bonjour\nle monde\n", "aucune ligne de titres n’est reconnue"),
        ("SIREN;Ville\n18;Bron\n", "aucune colonne ne donne le statut"),
        ("Statut;Date\nsigné;03/11/2026\n", "aucune colonne ne donne le SIREN"),
    ],
)
def test_a_file_that_is_no_status_export_is_refused_with_what_to_do(
    tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "autre.csv"
    path.write_text(content, "utf-8")

    with pytest.raises(SaisieError, match=words) as refusal:
        read(path)

    assert "correspondance" not in str(refusal.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaisieError, match="introuvable"):
        read(tmp_path / "absent.csv")


def test_a_repeated_title_row_is_no_client(tmp_path: Path) -> None:
    titles = "N° SIREN;Entreprise;État du mandat;Dernière mise à jour"
    path = write_nebula(tmp_path / "n.csv", f"{LUMO};Lumo;signé;", titles, f"{NOVA};Nova;signé;")

    releve = read(path)

    assert releve.lignes["SIREN"].tolist() == [LUMO, NOVA]
    assert [ecart.motif for ecart in releve.ecarts] == ["ligne de titres répétée"]


anything = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.from_regex(r"[0-9 .,Ee+/:hT-]{1,16}", fullmatch=True),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
)


@settings(deadline=None, max_examples=300)
@given(anything)
def test_a_cell_is_read_or_told_whatever_it_holds(raw: object) -> None:
    siren, jour, nom = parse_siren_client(raw), parse_jour(raw), parse_nom(raw)

    assert siren.value is None or is_siren(siren.value)
    assert jour.value is None or jour.value >= FIRST_DAY  # type: ignore[operator]
    assert nom.value is None or str(nom.value)[0] not in "=+-@"
    assert read_mots().statut_of(raw) in {None, *STATUTS}
