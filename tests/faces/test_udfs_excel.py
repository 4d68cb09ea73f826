"""The functions of the worksheet through xlwings' own machinery: metadata, ranges, results.

xlwings only has it on Windows; here its modules run over the Excel held in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from tests.engine.excel import TestExcel, bare
from tests.engine.serveur import MISSING, Server, serving

from segxl.actions import demo
from segxl.domain.tailles import FIGURES
from segxl.faces import declaration, udfs

CLIENTS = 40
TODAY = date(2026, 11, 22)
TABLES = ("Criteres", "Baremes", "Couleurs", "Segments")
ARGUMENTS = {
    "SEG_NOTE": ["reponses", "intitules", "criteres", "baremes"],
    "SEG_NOTES": ["reponses", "intitules", "criteres", "baremes"],
    "SEG_COMPLETUDE": ["reponses", "intitules", "criteres", "baremes"],
    "SEG_COULEUR": ["note", "couleurs", "assujetti"],
    "SEG_SEGMENT": ["reponses", "intitules", "criteres", "baremes", "couleurs", "segments"],
    "SEG_DETAIL": ["reponses", "intitules", "criteres", "baremes"],
    "SEG_SIREN": ["siren"],
    "SEG_TAILLE": ["effectif", "ca", "bilan"],
    "SEG_ECHEANCE": ["reponses", "intitules", "au"],
    "SEG_OBLIGATIONS": ["reponses", "intitules", "au"],
}

Table = Any
"""A table of xlwings; on Windows each of its ranges may be missing."""


@pytest.fixture
def server(excel: TestExcel) -> Iterator[Server]:
    """Import the functions as Excel's Python server does, with xlwings' real decorators."""
    del excel
    with serving(udfs.__file__) as server:
        yield server


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonctions")
    return demo.run(folder / "demo", CLIENTS, 1, TODAY).classeur


@pytest.fixture
def book(excel: TestExcel, made: Path) -> xw.Book:
    return excel.open(made)


@pytest.fixture
def tables(book: xw.Book) -> dict[str, Any]:
    """The ranges of the policy, as Excel's own objects."""
    found = {t.name: t for sheet in book.sheets for t in sheet.tables}
    return {name: bare(found[name].range.api) for name in TABLES}


@pytest.fixture
def clients(book: xw.Book) -> Table:
    return book.sheets["Clients"].tables["Clients"]


def test_each_function_and_argument_is_described_to_excel(server: Server) -> None:
    known = {
        name: f.__xlfunc__ for name, f in vars(server.module).items() if hasattr(f, "__xlfunc__")
    }

    assert {name: [a["name"] for a in f["args"]] for name, f in known.items()} == ARGUMENTS
    for name, described in known.items():
        assert described["category"] == "Segmentation"
        assert described["ret"]["doc"] == getattr(udfs, name).__doc__
        assert [a["doc"] for a in described["args"]] == [
            declaration.ARGUMENTS[a] for a in ARGUMENTS[name]
        ]
        assert not described["volatile"]
        assert not described["async_mode"]


def test_ranges_come_raw_and_nothing_is_spilled_by_rewriting_formulas(
    server: Server,
) -> None:
    for name in ARGUMENTS:
        described = getattr(server.module, name).__xlfunc__

        assert {a["options"]["convert"] for a in described["args"]} == {"raw"}
        assert described["ret"]["options"] == {"convert": "default"}


def test_the_colour_and_the_dates_have_an_argument_one_may_leave_out(server: Server) -> None:
    optional = {
        (name, a["name"]): a["optional"]
        for name in ARGUMENTS
        for a in getattr(server.module, name).__xlfunc__["args"]
        if "optional" in a
    }

    assert optional == {
        ("SEG_COULEUR", "assujetti"): "",
        ("SEG_ECHEANCE", "au"): "",
        ("SEG_OBLIGATIONS", "au"): "",
    }


def test_the_whole_column_is_spilled_in_one_call(
    server: Server, clients: Table, tables: dict[str, Any]
) -> None:
    answers, intitules = bare(clients.data_body_range.api), bare(clients.header_row_range.api)

    notes = server.call("SEG_NOTES", answers, intitules, tables["Criteres"], tables["Baremes"])

    assert notes == [[note] for note in column(clients, "Note FE")]


def test_one_row_gives_one_cell(server: Server, clients: Table, tables: dict[str, Any]) -> None:
    row, intitules = bare(clients.data_body_range[3, :].api), bare(clients.header_row_range.api)

    note = server.call("SEG_NOTE", row, intitules, tables["Criteres"], tables["Baremes"])
    segment = server.call("SEG_SEGMENT", row, intitules, *tables.values())
    couleur = server.call("SEG_COULEUR", note, tables["Couleurs"], MISSING)

    assert note == column(clients, "Note FE")[3]
    assert segment == column(clients, "Segment")[3]
    assert couleur == column(clients, "Couleur")[3]


def test_the_detail_is_spilled_with_its_total(
    server: Server, clients: Table, tables: dict[str, Any]
) -> None:
    row, intitules = bare(clients.data_body_range[0, :].api), bare(clients.header_row_range.api)

    detail = server.call("SEG_DETAIL", row, intitules, tables["Criteres"], tables["Baremes"])

    assert detail[0] == ["Critère", "Réponse", "Poids", "Points", "Reste à gagner"]
    assert detail[-1][:4] == ["Total", "", "", column(clients, "Note FE")[0]]
    assert {len(line) for line in detail} == {5}


def test_a_lone_cell_is_read_as_one(server: Server, clients: Table) -> None:
    place = clients.header_row_range.raw_value[0].index("SIREN")

    verdict = server.call("SEG_SIREN", bare(clients.data_body_range[0, place].api))

    assert verdict == "valide"


def test_the_size_is_that_of_the_ribbon(server: Server, clients: Table) -> None:
    places = [clients.header_row_range.raw_value[0].index(h) for h in FIGURES]
    cells = [bare(clients.data_body_range[0, place].api) for place in places]

    assert server.call("SEG_TAILLE", *cells) == column(clients, "Taille légale")[0]


def test_the_dates_are_those_of_the_ribbon(server: Server, clients: Table) -> None:
    answers, intitules = bare(clients.data_body_range.api), bare(clients.header_row_range.api)

    dates = server.call("SEG_ECHEANCE", answers, intitules, "22/11/2026")

    days = [(cell[0].date() - TODAY).days if cell[0] else "" for cell in dates]
    assert days == column(clients, "Jours restants")


def test_what_the_law_asks_is_spilled_with_its_sources(server: Server, clients: Table) -> None:
    row, intitules = bare(clients.data_body_range[0, :].api), bare(clients.header_row_range.api)

    told = server.call("SEG_OBLIGATIONS", row, intitules, "22/11/2026")

    assert told[0] == ["Question", "Réponse", "Source", "Confiance"]
    assert {len(line) for line in told} == {4}
    answers = {line[0]: line[1] for line in told[1:]}
    assert answers["Recevoir"].date() == date(2026, 9, 1)
    assert answers["Taille"] == column(clients, "Taille légale")[0]
    reasons = [line for line in told if line[0] == "Pourquoi"]
    assert reasons
    assert all(source and confiance for _, _, source, confiance in reasons)


def test_a_client_who_left_waits_for_no_date_and_risks_no_fine(
    server: Server, clients: Table
) -> None:
    gone = next(i for i, day in enumerate(column(clients, "Sortie le")) if day)
    row, intitules = bare(clients.data_body_range[gone, :].api), bare(clients.header_row_range.api)

    told = server.call("SEG_OBLIGATIONS", row, intitules, "22/11/2026")

    assert str(told[1][1]).startswith("client parti le ")
    assert not [line for line in told if str(line[0]).startswith("Exposition")]
    assert server.call("SEG_ECHEANCE", row, intitules, "22/11/2026") == ""


def test_a_day_that_is_none_is_told_in_the_cell(server: Server, clients: Table) -> None:
    row, intitules = bare(clients.data_body_range[0, :].api), bare(clients.header_row_range.api)

    assert server.call("SEG_ECHEANCE", row, intitules, "demain").startswith("Date : ce n’est pas")


def test_a_mistake_is_shown_in_the_cell(server: Server, tables: dict[str, Any]) -> None:
    told = server.call("SEG_COULEUR", 25.0, tables["Couleurs"], MISSING)

    assert told.startswith("Note : ce n’est pas une note de 0 à 20 (lu : « 25 »). ")


def column(clients: Table, header: str) -> list[object]:
    place = clients.header_row_range.raw_value[0].index(header)
    cells = clients.data_body_range[:CLIENTS, place].raw_value
    return ["" if value is None else value for (value,) in cells]
