"""`segxl segments` in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.actions.test_valeur import write_bills, write_clients, write_hours

from segxl.excel.file import FileWorkbook

Run = Callable[..., int]
AU = ("--au", "2026-11-22")
FIGURES = {"segment", "clients", "honoraires", "marge", "heures", "conversion", "panier_moyen", "retention", "tendance"}  # fmt: skip


@pytest.fixture
def billed(classeur: Path) -> Path:
    """Return a workbook of three clients: billed and worked for, with annual fees, neither."""
    write_clients(classeur, Honoraires_annuels={"D2": 250.5}, Canal={"D2": "Visio"})
    write_bills(classeur, (date(2026, 11, 2), "D1", 749.5))
    write_hours(classeur, ("D1", date(2026, 11, 2), "AB", 10, 50))
    return classeur


def told_by(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_the_object_has_segments_classes_warnings_and_offers(
    segxl_json: Callable[..., dict[str, Any]], billed: Path
) -> None:
    told = segxl_json("segments", billed, *AU)

    (first,) = [x for x in told["segments"] if x["honoraires"] == 749.5]
    assert set(first) >= FIGURES
    assert (first["marge"], first["taux_marge"], first["heures"], first["panier_moyen"]) == (249.5, 0.332889, 10, 749.5)  # fmt: skip
    assert first["retention"] is None
    assert "Sortie le" in first["motifs"]["retention"]
    assert [x["classe"] for x in told["classes"]] == ["A", "B", "C", "D", "(sans classe)"]
    assert told["total"]["honoraires"] == 1000
    assert {"sujet", "niveau", "segment", "message"} == set(told["avertissements"][0])
    offre = next(x for x in told["offres"] if x["segment"] == "Prioritaire")
    assert offre["clients"] == [{"dossier": "D2", "canal": "Visio"}]
    assert offre["prix_de"] is None
    assert "Aucune" in {x["offre"] for x in told["offres"]}


def test_the_terminal_shows_the_table_the_reasons_and_the_pages(
    segxl: Run, billed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("segments", billed, *AU, "--vers", tmp_path / "pages") == 0

    told = told_by(capsys)
    for words in (
        "Prioritaire 1 250 € n.d.", "Tous les clients 3 1 000 € 33 % 100 % 100 %",
        "Tendance : n.d. (les factures ne couvrent pas deux années entières).",
        "À savoir : Segment « Prioritaire » : 1 client seulement.",
        "dans les feuilles Rendement et Offres. Offres est préremplie, sans prix",
        "8 pages de segment dans", "Documents internes : ils nomment des clients.",
    ):  # fmt: skip
        assert words in told
    assert FileWorkbook(billed).has_table("Rendement")


def test_an_offer_that_cannot_be_read_is_told_and_the_rest_is_done(
    segxl: Run, billed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("segments", billed, *AU)
    workbook = FileWorkbook(billed)
    row = int(workbook.read_table("Offres").lignes.index[0])
    workbook.write_cells("Offres", {row: {"Prix de": "cher"}})
    workbook.save()
    capsys.readouterr()

    assert segxl("segments", billed, *AU) == 0

    told = told_by(capsys)
    assert "« Prix de » doit être un nombre (lu : « cher »)" in told
    assert "C’est écrit, dans la feuille Rendement." in told


def test_a_refused_workbook_is_an_object_too(
    segxl: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("segments", tmp_path / "absent.xlsx", "--json") == 1

    assert '"segments": []' in capsys.readouterr().out
