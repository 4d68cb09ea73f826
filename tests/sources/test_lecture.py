from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segxl.sources.lecture import read_export

DATA = Path(__file__).parent / "data"
WriteText = Callable[..., Path]
WriteWorkbook = Callable[..., Path]


HEADERS = ["Code dossier", "Raison sociale", "N° SIREN", "CA HT"]
ROWS = [
    ["C0001", "Société « Été »; à l’angle, suite", "000 001 016", "1 234,56 €"],
    ["0002", "Yvoir\nNumérique", "000001024", "12,5"],
]


def _text(rows: Sequence[Sequence[str]], separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("titles", [[], [["Cabinet Démo"], ["Édité le 22/11/2026"], []]])
def test_a_text_is_read_whatever_its_separator_encoding_and_title_rows(
    write_text: WriteText, separator: str, encoding: str, titles: list[list[str]]
) -> None:
    path = write_text(_text([*titles, HEADERS, *ROWS], separator), encoding=encoding)

    export = read_export(path)

    assert [*export.lignes.columns] == HEADERS
    assert export.header_row == len(titles) + 1
    assert [*export.lignes.index] == [len(titles) + 2, len(titles) + 3]
    assert export.lignes["Code dossier"].tolist() == ["C0001", "0002"]
    assert export.lignes["Raison sociale"].tolist() == [ROWS[0][1], "Yvoir Numérique"]


def test_a_quoted_title_may_contain_the_separator() -> None:
    export = read_export(DATA / "messy_export_cp1252.csv")

    assert export.lignes.columns[0] == "Code;dossier"
    assert len(export.lignes) == 300


def test_the_line_that_tells_excel_the_separator_is_obeyed(write_text: WriteText) -> None:
    path = write_text("sep=|\nCode|Nom\nC1|Lumo; Alba, Bora\n")

    export = read_export(path)

    assert [*export.lignes.loc[3]] == ["C1", "Lumo; Alba, Bora"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_every_line_end_is_read(write_text: WriteText, line_end: str) -> None:
    export = read_export(write_text(line_end.join(["Code;Nom", "C1;Lumo", "C2;Alba"])))

    assert export.lignes["Nom"].tolist() == ["Lumo", "Alba"]


def test_a_stray_quote_does_not_swallow_the_clients_below(write_text: WriteText) -> None:
    lines = [f"C{i};Lumo {i}" for i in range(100)]
    path = write_text("\n".join(["Code;Nom", 'C999;"Le Soleil', *lines]))

    export = read_export(path)

    assert len(export.lignes) == 101


def test_the_sheet_that_looks_most_like_a_client_list_is_read(
    write_workbook: WriteWorkbook,
) -> None:
    path = write_workbook(
        {"Notice": [["Liste des dossiers"]], "Clients": [[], ["x"], HEADERS, *ROWS]}
    )

    export = read_export(path)

    assert (export.sheet, export.header_row) == ("Clients", 3)
    assert export.cell("CA HT", 5) == "D5"


def test_titles_keep_their_line_breaks_and_repeated_ones_are_numbered(
    write_workbook: WriteWorkbook,
) -> None:
    path = write_workbook(
        {"A": [["Code", "CA HT\n(dernier  exercice)", "Note", "Note", ""], ["1", 2, 3, 4, 5]]}
    )

    export = read_export(path)

    assert [*export.lignes.columns] == [
        "Code",
        "CA HT\n(dernier  exercice)",
        "Note",
        "Note (2)",
        "Colonne E",
    ]


@pytest.mark.parametrize("name", ["petit.xls", "petit.ods"])
def test_old_and_open_workbooks_are_read(name: str) -> None:
    export = read_export(DATA / name)

    assert export.lignes["Code dossier"].tolist() == ["0001", "0002"]
    assert export.lignes["CA HT"].tolist() == [1234.56, 12.0]


def test_the_content_decides_and_not_the_extension(
    tmp_path: Path, write_text: WriteText, write_workbook: WriteWorkbook
) -> None:
    text = write_text(_text([HEADERS, *ROWS], "\t"), name="export.xls")
    workbook = write_workbook({"A": [HEADERS, *ROWS]}).rename(tmp_path / "export.csv")

    assert len(read_export(text).lignes) == len(read_export(workbook).lignes) == 2


def test_titles_that_no_synonym_knows_are_found_when_they_are_given(write_text: WriteText) -> None:
    path = write_text("Liste\nZorg;Bidule\nC1;12\n")

    export = read_export(path, names=["ZORG", "bidule"])

    assert export.header_row == 2


def test_the_last_blank_rows_are_not_read(write_workbook: WriteWorkbook) -> None:
    path = write_workbook({"A": [HEADERS, *ROWS, ["", " "], ["", ""]]})

    assert len(read_export(path).lignes) == 2


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8))
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_name_comes_back_from_a_quoted_text(tmp_path: Path, names: list[str]) -> None:
    kept = ["".join(c for c in name if c.isprintable()) for name in names]
    rows = [["Code", "Nom"], *[[f"C{i}", name] for i, name in enumerate(kept)]]
    path = tmp_path / "export.csv"
    path.write_bytes(_text(rows, ";").encode())

    export = read_export(path)

    assert [v or "" for v in export.lignes["Nom"]] == [
        " ".join(name.replace("\u00ad", "").split()) for name in kept
    ]
