"""Whatever is not segxl's in the user's file stays, byte for byte where nothing had to change."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from tests.excel.opc import find_flaws
from tests.excel.parts import (
    TODAY,
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

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
EXTRA_PARTS = {
    "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 not really a project",
    "customUI/customUI.xml": b'<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"/>',
    "customUI/customUI14.xml": b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"/>',
    "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
    "xl/persons/person.xml": b"<personList/>",
    "xl/slicers/slicer1.xml": b"<slicers/>",
    "xl/slicerCaches/slicerCache1.xml": b"<slicerCacheDefinition/>",
    "xl/inconnu/partie.dat": bytes(range(256)),
    "customXml/item1.xml": "<données>été</données>".encode(),
}
SPARKLINES = (
    b'<ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}">'
    b'<x14:sparklineGroups xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup><x14:sparklines>'
    b"<x14:sparkline><xm:f>Clients!N5:X5</xm:f><xm:sqref>BE5</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>"
    b"</x14:sparklineGroups></ext></extLst></worksheet>"
)


def with_extra_parts(path: Path) -> Path:
    parts = read_parts(path)
    types = parts["[Content_Types].xml"].decode()
    types = types.replace(
        "</Types>", '<Default Extension="bin" ContentType="a/b"/><Default Extension="dat" ContentType="a/c"/></Types>'
    ).replace("sheet.main+xml", "sheet.macroEnabled.main+xml")  # fmt: skip
    root = parts["_rels/.rels"].decode()
    for number, part in enumerate(n for n in EXTRA_PARTS if n.startswith("customUI/")):
        line = f'<Relationship Id="ui{number}" Type="{MICROSOFT}/2007/relationships/ui/extensibility" Target="{part}"/>'
        root = root.replace("</Relationships>", line + "</Relationships>")
    macro = path.with_suffix(".xlsm")
    return write_parts(
        macro,
        parts | EXTRA_PARTS | {"[Content_Types].xml": types.encode(), "_rels/.rels": root.encode()},
    )


def test_macros_ribbon_comments_slicers_and_unknown_parts_stay(classeur: Path) -> None:
    path = with_extra_parts(classeur)

    score(path)

    after = read_parts(path)
    assert {n: after[n] for n in EXTRA_PARTS} == EXTRA_PARTS
    assert b"macroEnabled" in after["[Content_Types].xml"]
    assert b"customUI14.xml" in after["_rels/.rels"]
    assert find_flaws(path) == []


def test_only_the_sheets_that_segxl_writes_change(classeur: Path) -> None:
    before = read_parts(classeur)

    score(classeur)

    written = {
        place_of(classeur, t).sheet_part for t in ("Clients", "Indicateurs", "SyntheseCouleurs")
    }
    after = read_parts(classeur)
    changed = {n for n in before if after[n] != before[n] and n.startswith("xl/worksheets/sheet")}
    assert changed <= written
    for part in ("xl/theme/theme1.xml", "xl/sharedStrings.xml", "docProps/core.xml"):
        assert after[part] == before[part]


def test_a_second_run_changes_not_one_byte(scored: Path) -> None:
    before = scored.read_bytes(), scored.stat().st_mtime_ns

    score(scored)

    assert (scored.read_bytes(), scored.stat().st_mtime_ns) == before


def test_styles_that_suffice_are_left_alone(scored: Path) -> None:
    before = read_parts(scored)["xl/styles.xml"]

    score(scored, date(2026, 2, 1))

    assert read_parts(scored)["xl/styles.xml"] == before


def test_sparklines_data_bars_and_their_extension_stay(classeur: Path) -> None:
    part = place_of(classeur, "Clients").sheet_part
    edit_part(classeur, part, (b"</extLst></worksheet>", SPARKLINES))

    score(classeur)

    after = read_parts(classeur)[part]
    assert after.endswith(SPARKLINES)
    assert b'<cfRule type="dataBar"' in after
    assert find_flaws(classeur) == []


def test_filters_and_hidden_rows_stay_and_hidden_rows_are_scored(classeur: Path) -> None:
    place = place_of(classeur, "Clients")
    filtered = b'<autoFilter ref="A4:CN7"><filterColumn colId="0"><filters><filter val="D1"/></filters></filterColumn></autoFilter>'
    edit_part(classeur, place.table_part, (b'<autoFilter ref="A4:CN7"/>', filtered))
    edit_part(classeur, place.sheet_part, (b'<row r="6"', b'<row r="6" hidden="1"'))

    score(classeur)

    assert filtered in read_parts(classeur)[place.table_part]
    assert b'<row r="6" hidden="1"' in read_parts(classeur)[place.sheet_part]
    assert value_of(classeur, 6, "Segment") == "Prioritaire"


def test_cells_outside_the_table_on_the_same_rows_stay(classeur: Path) -> None:
    part = place_of(classeur, "Clients").sheet_part
    note = b'<c r="BE6" t="inlineStr"><is><t>\xc3\xa0 rappeler</t></is></c></row>'
    row = re.search(rb'<row r="6".*?</row>', read_parts(classeur)[part])
    assert row
    edit_part(classeur, part, (row[0], row[0].removesuffix(b"</row>") + note))

    score(classeur)

    assert note in read_parts(classeur)[part]


def test_an_unknown_column_keeps_its_cells_and_its_formulas(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_columns("Clients", ["Perso"])
    workbook.write_cells("Clients", {5: {"Perso": "note à moi"}, 6: {"Perso": 12}})
    workbook.save()
    set_cell(classeur, "Clients", "Perso", 6, b"<f>2*6</f><v>12</v>")
    cells = re.compile(rb'<c r="BD[56]".*?</c>')
    part = place_of(classeur, "Clients").sheet_part
    before = cells.findall(read_parts(classeur)[part])

    score(classeur)

    assert cells.findall(read_parts(classeur)[part]) == before
    assert find_flaws(classeur) == []


def test_a_column_that_the_user_added_to_a_dashboard_keeps_its_notes(scored: Path) -> None:
    workbook = FileWorkbook(scored)
    workbook.add_columns("SyntheseSegments", ["À dire au comité"])
    workbook.write_cells("SyntheseSegments", {30: {"À dire au comité": "à revoir"}})
    workbook.save()

    score(scored, date(2026, 3, 1))

    assert value_of(scored, 30, "À dire au comité", "SyntheseSegments") == "à revoir"


def test_a_sheet_may_be_renamed_and_a_header_respelt(classeur: Path) -> None:
    place = place_of(classeur, "Clients")
    set_cell(classeur, "Clients", "Note FE", place.header_row, b"<v>NOTE\nfe </v>")
    edit_part(classeur, place.table_part, (b'name="Note FE"', b'name="NOTE_x000a_fe "'))
    sheet = "'L''été &amp; Cie'!".encode()
    edit_parts(
        classeur,
        lambda n, c: (
            c.replace(b'name="Clients"', 'name="L\'été &amp; Cie"'.encode()).replace(
                b"Clients!", sheet
            )
            if n == "xl/workbook.xml"
            else c
        ),
    )

    notes = score(classeur).resultats.lignes["Note FE"]

    assert place_of(classeur, "Clients").sheet == "L'été & Cie"
    assert rows_of(classeur)["NOTE\nfe"].tolist() == notes.tolist()
    assert find_flaws(classeur) == []


def test_a_row_that_lost_its_key_loses_its_results(scored: Path) -> None:
    workbook = FileWorkbook(scored)
    workbook.write_cells("Clients", {6: {"Dossier": None}})
    workbook.save()

    score(scored)

    lost = rows_of(scored).loc[6, ["Note FE", "Couleur", "Segment", "Calculé le"]]
    assert lost.isna().all()


def test_a_row_whose_client_went_away_is_blanked(scored: Path) -> None:
    place = place_of(scored, "Clients")
    workbook = FileWorkbook(scored)
    results = {"Note FE", "Couleur", "Segment", "Calculé le"}
    workbook.write_cells("Clients", {7: dict.fromkeys(set(place.headers) - results)})
    workbook.save()

    score(scored)

    assert [*rows_of(scored).index] == [5, 6]


def test_sorted_rows_are_scored_where_they_stand(scored: Path) -> None:
    before = rows_of(scored)
    workbook = FileWorkbook(scored)
    swapped = before.loc[[7, 6, 5]].set_axis(before.index)
    workbook.write_columns("Clients", swapped)
    workbook.save()

    score(scored)

    after = rows_of(scored).set_index("Dossier")["Note FE"]
    assert after.equals(before.set_index("Dossier")["Note FE"].loc[after.index])


@pytest.mark.parametrize(
    "target", ["/xl/tables/table3.xml", "../tables/table3.xml", "./../tables/table3.xml"]
)
def test_a_table_is_found_through_any_spelling_of_its_target(classeur: Path, target: str) -> None:
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    edit_parts(
        classeur,
        lambda n, c: (
            re.sub(rb'Target="[^"]*table3.xml"', f'Target="{target}"'.encode(), c)
            if n == rels
            else c
        ),
    )

    assert len(score(classeur).resultats.lignes) == 3


def test_a_link_to_the_workbook_stays_a_link(classeur: Path, tmp_path: Path) -> None:
    link = tmp_path / "lien.xlsx"
    link.symlink_to(classeur)

    score(link)

    assert link.is_symlink()
    assert value_of(classeur, 5, "Calculé le").date() == TODAY
