"""« demo » : a fictitious firm whose entries stand beside what it says."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of

from segxl.actions import courriers, demo, enquete, honoraires, valeur
from segxl.actions.demo import BilanDemo
from segxl.actions.fec import FILLED, GAP, HINT, SAME
from segxl.domain.anomalies import SaisieError
from segxl.domain.identifiants import siren_of
from segxl.domain.journal import TYPES
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import RELATION
from segxl.sources.fichiers_facturation import siren_of_cabinet

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def bilan(tmp_path_factory: pytest.TempPathFactory) -> BilanDemo:
    return demo.run(tmp_path_factory.mktemp("demo"), 300, 1, TODAY)


def test_measured_answers_stand_beside_typed_ones(bilan: BilanDemo) -> None:
    told = rows_of(bilan.classeur, "Faits")["Lecture"].value_counts()

    assert told.to_dict() == {SAME: 15, FILLED: 7, GAP: 4, HINT: 24}
    assert not find_flaws(bilan.classeur)


def test_a_blank_answer_takes_the_measure_before_the_notes(bilan: BilanDemo) -> None:
    lignes = FileWorkbook(bilan.classeur).read_table("Clients").lignes.set_index("Dossier")

    assert len(bilan.mesures.repris) == 7
    for dossier, header, value in bilan.mesures.repris:
        assert lignes.loc[dossier, header] == value
    assert len(bilan.notation.resultats.lignes) == 300


def test_the_entries_are_beside_the_workbook(bilan: BilanDemo) -> None:
    names = sorted(path.name for path in bilan.fec.iterdir())

    assert bilan.fec == bilan.classeur.parent / "fec"
    assert names == sorted(f.fichier for f in bilan.mesures.lus.fichiers)
    assert bilan.mesures.inconnus == ()


def test_another_fec_of_that_name_is_kept_and_nothing_is_made(
    bilan: BilanDemo, tmp_path: Path
) -> None:
    name = bilan.mesures.lus.fichiers[0].fichier
    (tmp_path / "fec").mkdir()
    (tmp_path / "fec" / name).write_bytes(b"ours")

    with pytest.raises(SaisieError, match=name):
        demo.run(tmp_path, 300, 1, TODAY)

    assert (tmp_path / "fec" / name).read_bytes() == b"ours"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name]


def test_the_same_firm_is_made_again_over_its_own_fec(tmp_path: Path) -> None:
    first = demo.run(tmp_path, 12, 1, TODAY)
    first.classeur.unlink()

    again = demo.run(tmp_path, 12, 1, TODAY)

    assert len(again.mesures.lus.fichiers) == 10


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "fec").write_bytes(b"")

    with pytest.raises(SaisieError, match="ne peuvent pas être écrits"):
        demo.run(tmp_path, 12, 1, TODAY)

    assert not (tmp_path / "portefeuille.xlsx").exists()


def test_the_firm_is_none_of_its_clients(bilan: BilanDemo) -> None:
    workbook = FileWorkbook(bilan.classeur)
    cabinet = workbook.read_table("Cabinet").lignes.set_index("Champ")["Valeur"]
    clients = workbook.read_table("Clients").lignes["SIREN"]

    assert siren_of_cabinet({str(k): str(v) for k, v in cabinet.items()}) == "000999995"
    assert "000999995" not in {siren_of(siren) for siren in clients.dropna()}


def test_the_letters_are_those_of_the_portfolio_itself(bilan: BilanDemo) -> None:
    """Given a Journal and complaints, no letter of the segment is held because of them."""
    assert len(bilan.lettres.fichiers) == 115
    assert [a.problem for a in bilan.lettres.retenues] == [
        "le client s’est opposé aux propositions du cabinet"
    ] * 3
    assert len(bilan.notation.anomalies) == 4


def test_fees_are_spread_as_those_of_a_firm(bilan: BilanDemo) -> None:
    releve = bilan.valeur.releve

    assert 0.55 <= (releve.concentration.part_top20 or 0) <= 0.65
    assert 8 <= releve.lignes["faux_bon"].sum() <= 20
    assert (releve.lignes["marge"] < 0).sum() >= 8
    assert {"A", "B", "C", "D"} <= {*releve.lignes["abcd"]}
    assert (releve.lignes["desaccord"] != "").any()
    assert all((releve.lignes[note] == level).any() for note in "rfm" for level in range(1, 6))


def test_the_books_of_the_firm_are_read_as_any_others(bilan: BilanDemo) -> None:
    fees = bilan.honoraires

    assert fees.anomalies == ()
    assert fees.remarques == ()
    assert fees.periode.est_entiere
    assert [i.nom for i in fees.inconnus if i.proche] == ["CL00300 Ets Rilva Numérique", "CL00150 Ets Gavro Plomberie"]  # fmt: skip
    assert 10 <= len(fees.ecarts) <= 40
    assert {*rows_of(bilan.classeur, "Honoraires")["Mission"]} == {
        "Tenue et révision",
        "Juridique annuel",
        "Conseil",
        "Avoir",
    }


def test_clients_say_what_they_think(bilan: BilanDemo) -> None:
    told = bilan.relation.ensemble

    assert 55 <= told.portefeuille.nps.n <= 66
    assert 70 <= (told.portefeuille.csat.valeur or 0) <= 90
    assert told.avant["Portefeuille"].csat.valeur is not None
    assert told.attrition.partis == 15
    assert told.valeur.ratio.valeur is not None
    assert bilan.relation.anomalies == ()


def test_relations_need_a_hand_here_and_there(bilan: BilanDemo) -> None:
    relations = bilan.relation.relations

    assert bilan.relation.ouvertes == 2
    assert {r.etat for r in relations} >= {"À risque", "À surveiller", "Sereine", "Terminée"}
    assert any("réclamation" in r.relance for r in relations)
    assert any(r.impaye and not r.relance for r in relations)
    assert any(r.ambassadeur.startswith("Oui") for r in relations)


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_at_most_eight_sheets_are_in_sight_value_and_relation_among_them(bilan: BilanDemo) -> None:
    book = openpyxl.load_workbook(bilan.classeur)

    assert book.active is not None
    assert book.active.title == "Accueil"
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        "Accueil",
        "Clients",
        "Grille",
        "Segments",
        "Tableau de bord",
        "Paramètres",
        "Valeur",
        "Relation",
    ]
    widths = book["Clients"].column_dimensions
    letters = FileWorkbook(bilan.classeur).read_table("Clients").letters
    assert widths[letters["Témoignage accepté le"]].width >= 12


def test_reading_the_same_files_again_adds_nothing(bilan: BilanDemo) -> None:
    fees = sorted(bilan.cabinet.glob("*FEC*.txt"))
    surveys = sorted(bilan.cabinet.glob("enquete*.csv"))

    again = honoraires.run(FileWorkbook(bilan.classeur), fees, TODAY)
    asked = enquete.run(FileWorkbook(bilan.classeur), surveys, TODAY)
    worked = valeur.run(FileWorkbook(bilan.classeur), TODAY, [bilan.cabinet / "temps.csv"])

    assert again.is_empty
    assert asked.is_empty
    assert worked.lot is not None
    assert worked.lot.ajoutees.empty


def test_the_value_of_a_client_is_told_on_margin_since_the_hours_are_known(
    bilan: BilanDemo,
) -> None:
    assert bilan.relation.ensemble.valeur.d_apres.startswith("marge")


def test_a_run_that_stops_leaves_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "cabinet").mkdir()
    (tmp_path / "cabinet" / "temps.csv").write_bytes(b"ours")

    with pytest.raises(SaisieError, match=r"temps\.csv"):
        demo.run(tmp_path, 12, 1, TODAY)

    assert (tmp_path / "cabinet" / "temps.csv").read_bytes() == b"ours"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cabinet", "fec"]


def test_what_a_killed_run_left_goes_away_once_it_is_old(tmp_path: Path) -> None:
    old, recent = tmp_path / ".segxl-demo-old", tmp_path / ".segxl-demo-new"
    for folder in (old, recent):
        folder.mkdir()
    os.utime(old, (0, 0))

    demo.run(tmp_path, 3, 1, TODAY)

    assert not old.exists()
    assert recent.exists()


def test_a_second_run_touches_nothing(tmp_path: Path) -> None:
    demo.run(tmp_path, 3, 1, TODAY)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    with pytest.raises(SaisieError, match="porte déjà ce nom"):
        demo.run(tmp_path, 3, 2, TODAY)

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31), date.max])
def test_a_day_out_of_reason_is_refused(day: date, tmp_path: Path) -> None:
    with pytest.raises(SaisieError, match="2000 à 2099"):
        demo.run(tmp_path / "new", 3, 1, day)

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("clients", [1, 2, 5])
def test_the_smallest_firm_runs_too(clients: int, tmp_path: Path) -> None:
    made = demo.run(tmp_path, clients, 7, TODAY)

    assert not find_flaws(made.classeur)
    assert len(made.valeur.releve.lignes) == clients


def test_no_feature_is_left_empty(bilan: BilanDemo) -> None:
    clients, temps = rows_of(bilan.classeur), rows_of(bilan.classeur, "Temps")
    journal, irritants = (rows_of(bilan.classeur, t) for t in ("Journal", "Irritants"))
    registre = rows_of(bilan.classeur, "Reclamations")

    assert clients[["Code NAF", "Entrée le", "Missions", "Établissements"]].notna().all(axis=None)
    assert clients[[*RELATION]].notna().any().all()
    assert temps["Facturable"].isin(["Oui", "Non"]).all()
    assert rows_of(bilan.classeur, "Valeur")["Temps non facturé (€)"].notna().mean() > 0.98
    assert {*journal["Type"]} == {*TYPES}
    assert irritants["Rang"].dropna().tolist() == [2, 1, 3, 4]
    assert registre["Explication"].notna().sum() == registre["Geste"].notna().sum() == 1


def test_the_answer_to_a_complaint_and_the_end_of_a_mission_can_be_written(
    bilan: BilanDemo, tmp_path: Path
) -> None:
    clients, registre = rows_of(bilan.classeur), rows_of(bilan.classeur, "Reclamations")
    explained = registre["Dossier"][registre["Explication"].notna()].iloc[0]
    ending = clients["Dossier"][clients["Fin de mission le"].notna()].iloc[0]

    for modele, dossier in (("Réponse à une réclamation", explained), ("Fin de mission", ending)):
        workbook = FileWorkbook(bilan.classeur)
        asked = courriers.Commande(
            vers=tmp_path, beside=tmp_path, today=TODAY, dossiers=(dossier,), modele=modele
        )
        assert len(courriers.run(workbook, asked).fichiers) == 1


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_rows_stay_high_enough_for_what_is_typed_once_costs_are_written(bilan: BilanDemo) -> None:
    sheet = openpyxl.load_workbook(bilan.classeur)["Irritants"]

    texts = {row[2].row: str(row[2].value) for row in sheet.iter_rows(min_row=8) if row[2].value}
    long = [row for row, text in texts.items() if len(text) > 50]
    assert long
    assert all((sheet.row_dimensions[row].height or 0) >= 30 for row in long)
