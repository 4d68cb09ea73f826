"""`segxl valeur` in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.actions.test_valeur import write_bills, write_clients, write_hours

from segxl.excel.file import FileWorkbook

Run = Callable[..., int]
AU = ("--au", "2026-11-22")


@pytest.fixture
def billed(classeur: Path) -> Path:
    """Return a workbook of three clients: billed and worked for, billed, neither."""
    write_clients(classeur, Honoraires_annuels={"D2": 250.5})
    write_bills(classeur, (date(2026, 11, 2), "D1", 749.5))
    write_hours(classeur, ("D1", date(2026, 11, 2), "AB", 10, 50))
    return classeur


def told_by(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was printed, on one line and with plain spaces."""
    return " ".join(capsys.readouterr().out.split())


def test_the_object_has_the_portfolio_and_each_client(
    segxl_json: Callable[..., dict[str, Any]], billed: Path
) -> None:
    before = billed.read_bytes()

    told = segxl_json("valeur", billed, *AU)

    assert told["portefeuille"] == {
        "clients": 3,
        "honoraires": 1000.0,
        "part_top20": 0.7495,
        "part_premier": 0.7495,
        "hhi": 0.624501,
        "gini": None,
        "clients_pour_80": 2,
    }
    assert told["clients"] == [
        {"dossier": "D1", "honoraires": 749.5, "cout": 500.0, "marge": 249.5, "abc": "A", "abcd": "B", "rfm": [3, 3, 4], "faux_bon_client": False},
        {"dossier": "D2", "honoraires": 250.5, "cout": None, "marge": None, "abc": "A", "abcd": None, "rfm": [None, None, 2], "faux_bon_client": None},
        {"dossier": "D3", "honoraires": None, "cout": None, "marge": None, "abc": None, "abcd": None, "rfm": [None, None, None], "faux_bon_client": None},
    ]  # fmt: skip
    assert told["motifs"] == {
        "portefeuille": {"gini": "moins de 5 clients"},
        "clients": {
            "D2": "aucun temps saisi",
            "D3": "aucun honoraire connu ; aucun temps saisi",
        },
    }
    assert billed.read_bytes() == before


def test_a_refused_workbook_is_an_object_too(
    segxl_json: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    told = segxl_json("valeur", tmp_path / "absent.xlsx")

    assert told["clients"] == []
    assert told["anomalies"]


def test_a_page_tells_the_portfolio_its_classes_and_what_is_missing(
    segxl: Run, billed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_bills(billed, (date(2026, 11, 3), "Z9", 40), (date(2027, 1, 1), "D1", 1))
    export = tmp_path / "temps.csv"
    export.write_text(
        "Client;Date;Heures;Collaborateur\nD2;12/11/2026;3;CD\nZorglub;12/11/2026;2;CD\n", "utf-8"
    )

    code = segxl("valeur", billed, *AU, "--temps", export)

    told = told_by(capsys)
    assert code == 0
    for sentence in (
        "Honoraires : 1 000 € pour 3 clients, du 23/11/2025 au 22/11/2026",
        "Temps : 1 ligne nouvelle, 0 déjà reprises",
        "ABC : 2 A, 0 B, 0 C, 1 sans classe.",
        "indice de Gini n.d. (moins de 5 clients)",
        "La feuille Temps ne couvre que 1 mois sur 12",
        "Sans taux horaire : CD. Dans la feuille Paramètres, ajoutez « Taux horaire CD »",
        "Facturés mais absents de la feuille Clients, non comptés : Z9 (40 €)",
        "Temps sans dossier, donc non repris : Zorglub (2 h)",
        "1 ligne datée après le 22/11/2026 : pas comptées",
        "C’est écrit, dans la feuille Valeur.",
    ):
        assert sentence in told
    assert FileWorkbook(billed).has_table("Valeur")


def test_shares_say_whom_they_leave_out(
    segxl: Callable[..., int], classeur: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 300, "D2": 100, "D3": -50})

    segxl("valeur", classeur, *AU)

    assert "fait 75 % des honoraires (hors 1 client aux honoraires négatifs)" in told_by(capsys)


def test_without_fees_the_page_says_so(
    segxl: Run, classeur: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("valeur", classeur, *AU, "--simulation")

    told = told_by(capsys)
    assert "Concentration : n.d. (aucun honoraire connu)" in told
    assert "Aucun temps sur ces douze mois" in told
    assert "Simulation : rien n’a été écrit." in told
    assert not FileWorkbook(classeur).has_table("Valeur")


def test_what_needs_a_hand_is_listed(
    segxl: Run, classeur: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": "1 200 $"})

    segxl("valeur", classeur, *AU)

    assert "À corriger (1)" in told_by(capsys)


def test_the_page_and_the_object_cross_readiness_with_value(
    segxl: Run,
    segxl_json: Callable[..., dict[str, Any]],
    classeur: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 900, "D2": 500, "D3": 100}, Note_FE={"D1": 3, "D2": 15, "D3": 2})  # fmt: skip
    write_hours(classeur, *((d, date(2026, 11, 2), "AB", 1, 10) for d in ("D1", "D2")))
    workbook = FileWorkbook(classeur)
    workbook.add_columns("Temps", ["Facturé"])
    rows = workbook.read_table("Temps").lignes.index
    workbook.write_cells("Temps", {int(str(rows[0])): {"Facturé": "Non"}})
    workbook.save()

    crossed = segxl_json("valeur", classeur, *AU)["croisement"]
    segxl("valeur", classeur, *AU)

    told = told_by(capsys)
    by_class = {line["classe"]: line for line in crossed["classes"]}
    assert (crossed["methode"], crossed["a_voir_dabord"]) == ("A→D", ["D1"])
    assert by_class[None]["peu_prets"] == 1
    assert by_class["Ensemble"]["honoraires"] == 1500.0
    assert by_class["A"]["part_heures"] == 0.5
    assert by_class["D"]["part_marge"] is None
    assert "Par leurs honoraires : 1 petit, 1 moyen, 1 gros." in told
    assert "Temps non facturé sur la période : 10 €, au taux horaire." in told
    assert "À voir d’abord, peu prêts et en classe A ou B (A→D) : D1." in told


@pytest.mark.parametrize(
    ("command", "sheet"),
    [("valeur", "Valeur"), ("relation", "Relation"), ("segments", "Rendement"), ("simuler", "Simulation")],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_a_command_brings_back_the_sheet_that_it_fills(
    segxl: Run, billed: Path, command: str, sheet: str
) -> None:
    assert segxl(command, billed, *AU) == 0
    book = openpyxl.load_workbook(billed)
    book[sheet].sheet_state = "hidden"
    book.save(billed)

    assert segxl(command, billed, *AU) == 0

    assert openpyxl.load_workbook(billed)[sheet].sheet_state == "visible"


def test_two_fields_asked_for_are_crossed_and_nothing_else_is_told(
    segxl: Run, billed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("valeur", billed, *AU, "--croiser", "ville", "Collaborateur") == 0

    told = told_by(capsys)
    assert told.startswith("Ville × Collaborateur : 3 clients. Ville AB CD Total Part du total")
    assert "Bourg-en-Bresse 1 · 1 33,3 %" in told
    assert told.endswith("C’est écrit, dans la feuille Analyse croisée.")
    assert FileWorkbook(billed).read_table("AnalyseCroisee").lignes["En ligne"].iloc[0] == "ville"


def test_a_measure_is_told_in_its_unit(
    segxl: Run, billed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("valeur", billed, *AU, "--croiser", "Ville", "ABC", "--mesure", "Honoraires", "--simulation") == 0  # fmt: skip
    assert "Lyon 750 · 750 75 %" in told_by(capsys)

    assert segxl("valeur", billed, *AU, "--croiser", "Ville", "ABC", "--mesure", "note", "--simulation") == 0  # fmt: skip
    told = told_by(capsys)
    assert "Part du total" not in told
    assert "rien de connu pour 3 clients" in told


def test_an_unknown_field_is_refused_in_french(
    segxl: Run, billed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("valeur", billed, "--croiser", "Villes", "Collaborateur") == 1

    assert "ce champ n’existe pas (lu : « Villes »). Essayez « Ville »." in " ".join(
        capsys.readouterr().err.split()
    )


def test_long_words_leave_room_for_the_figures(
    segxl: Run, billed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_clients(billed, Commentaire={"D1": "x" * 300, "D2": "y" * 300})

    assert segxl("valeur", billed, "--croiser", "Commentaire", "Commentaire", "--simulation") == 0

    told = told_by(capsys)
    assert f"{'x' * 27}… 1 · · 1 33,3 %" in told


def test_a_measure_without_fields_is_a_wrong_usage(segxl: Run, billed: Path) -> None:
    assert segxl("valeur", billed, "--mesure", "Marge") == 2


def test_the_object_has_the_crossing(
    segxl_json: Callable[..., dict[str, Any]], billed: Path
) -> None:
    told = segxl_json("valeur", billed, *AU, "--croiser", "Ville", "Collaborateur")["analyse"]

    assert told["colonnes"] == ["AB", "CD"]
    assert told["lignes"][0] == {"groupe": "Bastia", "valeurs": [0.0, 1.0], "total": 1.0, "part": 0.333333}  # fmt: skip
    assert (told["total_colonnes"], told["total"]) == ([2.0, 1.0], 3.0)
    assert told["remarques"] == ["Ville × Collaborateur : 3 clients."]


def test_the_object_says_that_nothing_was_crossed(
    segxl_json: Callable[..., dict[str, Any]],
    segxl: Run,
    billed: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    segxl("valeur", billed, *AU)
    capsys.readouterr()
    workbook = FileWorkbook(billed)
    row = int(workbook.read_table("AnalyseCroisee").lignes.index[0])
    workbook.write_cells("AnalyseCroisee", {row: {"En ligne": "zzz"}})
    workbook.save()

    told = segxl_json("valeur", billed, *AU)

    assert told["analyse"] is None
    assert [a["cellule"] for a in told["anomalies"] if a["feuille"] == "Analyse croisée"] == [
        f"A{row}"
    ]
