"""Formulas: read by their value, dropped only where they stand in a result, never left stale."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from tests.excel.opc import find_flaws
from tests.excel.parts import (
    edit_part,
    edit_parts,
    place_of,
    read_parts,
    rows_of,
    score,
    set_cell,
    value_of,
    write_parts,
)

from segxl.excel.file import FileWorkbook
from segxl.excel.ooxml.references import Book, find_references

CHAIN = b'<?xml version="1.0"?><calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="C5" i="2"/></calcChain>'


def with_own_sheet(path: Path, *formulas: bytes) -> Path:
    """Add the sheet « Suivi » with formulas in A1, A2…, each last computed as 42."""
    workbook = FileWorkbook(path)
    workbook.add_table("Suivi", "Suivi", {"Calcul": 20})
    workbook.save()
    place = place_of(path, "Suivi")
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><f>%s</f><v>42</v></c></row>' % (n, n, f)
        for n, f in enumerate(formulas, 10)
    )
    return edit_part(path, place.sheet_part, (b"</sheetData>", rows + b"</sheetData>"))


def calculations(path: Path) -> list[bytes]:
    return re.findall(
        rb"<c [^>]*>(<f>.*?)</c>", read_parts(path)[place_of(path, "Suivi").sheet_part]
    )


def saved_by_excel(path: Path) -> Path:
    """Forget the request to compute everything, as Excel does when it saves."""
    return edit_parts(
        path, lambda n, c: c.replace(b' fullCalcOnLoad="1"', b"") if n == "xl/workbook.xml" else c
    )


def asks_to_compute(path: Path) -> bool:
    return b'fullCalcOnLoad="1"' in read_parts(path)["xl/workbook.xml"]


@pytest.mark.parametrize(
    "formula",
    [
        b"AVERAGE(Clients[Note FE])",
        b"SUM(Clients!C5:C7)",
        b"SUM(Clients!$C:$C)",
        b"COUNTA(Clients!5:5)",
        b"SUM(MesNotes)",
        b'INDIRECT("Clients!C5")',
        b"ROWS(Clients[])",
        b"SUM(Accueil:Clients!C5)",
    ],
)
def test_a_result_that_reads_a_note_is_forgotten_and_computed_at_opening(
    formula: bytes, classeur: Path
) -> None:
    saved_by_excel(with_own_sheet(classeur, formula))
    name = b'<definedName name="MesNotes">Clients!$C$5:$C$7</definedName></definedNames>'
    edit_part(classeur, "xl/workbook.xml", (b"</definedNames>", name))

    score(classeur)

    assert calculations(classeur) == [b"<f>" + formula + b"</f>"]
    assert asks_to_compute(classeur)


@pytest.mark.parametrize(
    "formula", [b"SUM(Clients!AK5:AK7)", b"1+1", b"COUNTA(Clients[Dossier])", b'"Clients!C5"']
)
def test_a_result_that_reads_no_note_stays(formula: bytes, classeur: Path) -> None:
    saved_by_excel(with_own_sheet(classeur, formula))

    score(classeur)

    assert calculations(classeur) == [b"<f>" + formula + b"</f><v>42</v>"]


def test_nothing_is_computed_at_opening_where_no_formula_reads_a_result(classeur: Path) -> None:
    edit_parts(classeur, lambda _, content: re.sub(rb"<f>[^<]*</f>", b"", content))
    saved_by_excel(with_own_sheet(classeur, b"COUNTA(Clients[Dossier])"))

    score(classeur)

    assert not asks_to_compute(classeur)


def test_a_result_that_reads_a_note_through_others_is_forgotten(classeur: Path) -> None:
    saved_by_excel(with_own_sheet(classeur, b"A11+1", b"A12+1", b"Clients!C5", b"2+2"))

    score(classeur)

    assert [b"<v>" in c for c in calculations(classeur)] == [False, False, False, True]


def test_a_sheet_with_an_apostrophe_and_an_ampersand_is_followed(classeur: Path) -> None:
    saved_by_excel(with_own_sheet(classeur, b"SUM('L''&#233;t&#233; &amp; Cie'!C5:C7)"))
    edit_parts(
        classeur,
        lambda n, c: (
            c.replace(b'name="Clients"', 'name="L\'été &amp; Cie"'.encode())
            if n == "xl/workbook.xml"
            else c
        ),
    )

    score(classeur)

    assert b"<v>" not in calculations(classeur)[0]


def test_a_run_that_changes_no_note_forgets_no_result(scored: Path) -> None:
    saved_by_excel(with_own_sheet(scored, b"SUM(Clients!C5:C7)"))
    before = scored.read_bytes()

    score(scored)

    assert scored.read_bytes() == before


def test_a_formula_in_an_answer_is_read_by_its_value_at_every_run(classeur: Path) -> None:
    set_cell(
        classeur,
        "Clients",
        "Digitalisation",
        6,
        b'<f>"Compl"&amp;"&#232;te"</f><v>Compl\xc3\xa8te</v>',
    )
    set_cell(classeur, "Clients", "Dossier", 6, b'<f>"D"&amp;ROW()</f><v>D6</v>')
    first = score(classeur).resultats.lignes

    second = score(classeur, date(2026, 5, 1)).resultats.lignes

    assert second.equals(first)
    assert value_of(classeur, 6, "Dossier") == "D6"
    assert value_of(classeur, 6, "Note FE") > 0


def test_a_formula_in_an_answer_is_never_overwritten_by_an_import(classeur: Path) -> None:
    set_cell(classeur, "Clients", "Effectif", 6, b"<f>2*6</f><v>12</v>")

    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {6: {"Effectif": 99, "Ville": "Pau"}})
    workbook.save()

    assert (value_of(classeur, 6, "Effectif"), value_of(classeur, 6, "Ville")) == (12, "Pau")


def test_a_formula_in_a_result_gives_way_and_the_calculation_chain_goes(classeur: Path) -> None:
    set_cell(classeur, "Clients", "Note FE", 5, b"<f>10+10</f><v>20</v>")
    parts = read_parts(classeur)
    types = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>',
    )
    rels = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>',
    )
    more = {
        "xl/calcChain.xml": CHAIN,
        "[Content_Types].xml": types,
        "xl/_rels/workbook.xml.rels": rels,
    }
    write_parts(classeur, parts | more)

    wanted = score(classeur).resultats.lignes["Note FE"]

    assert value_of(classeur, 5, "Note FE") == wanted.loc[5] != 20
    assert "xl/calcChain.xml" not in read_parts(classeur)
    assert find_flaws(classeur) == []


def test_the_calculation_chain_stays_where_no_formula_goes(classeur: Path) -> None:
    parts = read_parts(classeur)
    write_parts(classeur, parts | {"xl/calcChain.xml": CHAIN})

    score(classeur)

    assert read_parts(classeur)["xl/calcChain.xml"] == CHAIN


def test_a_shared_formula_outlives_the_first_cell_that_held_it(classeur: Path) -> None:
    first = b'<f t="shared" ref="C5:C9" si="0">A5*2</f><v>1</v>'
    set_cell(classeur, "Clients", "Note FE", 5, first)
    follower = b'<c r="C9"><f t="shared" si="0"/><v>1</v></c>'
    part = place_of(classeur, "Clients").sheet_part
    edit_part(classeur, part, (b"</sheetData>", b'<row r="9">' + follower + b"</row></sheetData>"))

    score(classeur)

    assert b'<c r="C9"><f>A9*2</f><v>1</v></c>' in read_parts(classeur)[part]
    assert find_flaws(classeur) == []


def test_new_rows_take_the_formula_of_a_calculated_column(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_columns("Clients", ["Double"])
    workbook.save()
    part = place_of(classeur, "Clients").table_part
    old = re.search(rb'<tableColumn id="\d+" name="Double"/>', read_parts(classeur)[part])
    assert old
    formula = b"<calculatedColumnFormula>Clients[[#This Row],[CA HT]]*2</calculatedColumnFormula>"
    edit_part(
        classeur, part, (old[0], old[0].removesuffix(b"/>") + b">" + formula + b"</tableColumn>")
    )

    workbook = FileWorkbook(classeur)
    workbook.append_rows("Clients", rows_of(classeur).assign(Dossier="N1").head(1))
    workbook.save()

    sheet = read_parts(classeur)[place_of(classeur, "Clients").sheet_part]
    assert b'<c r="CO8"><f>Clients[[#This Row],[CA HT]]*2</f></c>' in sheet
    assert find_flaws(classeur) == []


@pytest.mark.parametrize(
    ("formula", "columns"),
    [
        ("a1+B2", {1, 2}),
        ("LOG10(5)", set()),
        ('IF(A1="B2",C3)', {1, 3}),
        ("SUM($A$1:$C$9)", {(1, 3)}),
        ("Taux*1", {4}),
    ],
)
def test_the_cells_that_a_formula_reads_are_found(formula: str, columns: set[object]) -> None:
    book = Book({}, {"taux": "Autre!$D$1"})

    found = find_references(formula, "Feuil1", book)

    spans = {(a.first_column, a.last_column) for a in found}
    assert spans == {c if isinstance(c, tuple) else (c, c) for c in columns}
