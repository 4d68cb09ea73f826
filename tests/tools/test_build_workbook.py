from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from segxl.domain import avant_apres
from segxl.domain.graphiques import avis, couleurs, valeur
from segxl.excel import layout
from segxl.shipped import read_toml

# openpyxl says what it would lose on saving; nothing is saved with it here.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "workbook" / "portefeuille.xlsx"
GRILLE = read_toml("defaults/grille.toml")["criteres"]
SEGMENTS = read_toml("defaults/segments.toml")["segments"]
COULEURS = read_toml("defaults/segments.toml")["couleurs"]
CONDITIONS = (
    "Assujetti TVA",
    "Complétude",
    "Outil de facturation",
    "Note FE",
    "Appétence au changement",
    "Sensibilisation",
    "Autonomie",
)
CLIENTS = (
    *layout.IDENTITE,
    *layout.RESULTATS,
    *(c["critere"] for c in GRILLE),
    *layout.MAIN,
    *layout.SITUATION,
    *layout.COORDONNEES,
    *layout.RELATION,
)
HEADERS = {
    "Clients": CLIENTS,
    "Criteres": layout.CRITERES,
    "Baremes": layout.BAREMES,
    "Couleurs": layout.COULEURS,
    "Segments": (*layout.SEGMENTS_BEFORE, *CONDITIONS, *layout.SEGMENTS_AFTER),
    "Parametres": layout.PARAMETRES,
    "Cabinet": layout.CABINET,
    "Etapes": layout.ETAPES,
    "Indicateurs": layout.INDICATEURS,
    "SyntheseCouleurs": layout.SYNTHESE_COULEURS,
    "SyntheseSegments": layout.SYNTHESE_SEGMENTS,
    "SyntheseFamilles": layout.SYNTHESE_FAMILLES,
    "SyntheseCriteres": layout.SYNTHESE_CRITERES,
    "GraphMatrice": couleurs.MATRICE,
    "GraphCarte": couleurs.CARTE,
    "GraphNps": avis.NPS,
    "GraphPareto": valeur.PARETO,
    "GraphGros": valeur.GROS,
    "GraphClasses": valeur.PAR_CLASSE,
    "AvantApres": avant_apres.HEADERS,
}


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        yield importlib.import_module("build_workbook")


@pytest.fixture(scope="module")
def built(tool: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("classeur") / "portefeuille.xlsx"
    tool.build(path)
    return path


@pytest.fixture(scope="module")
def book(built: Path) -> Workbook:
    return openpyxl.load_workbook(built)


def rows_of(sheet: Worksheet, table: str) -> list[dict[str, object]]:
    header, *rows = [[cell.value for cell in row] for row in sheet[sheet.tables[table].ref]]
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def forget_computed_values(source: Path, target: Path) -> None:
    target.parent.mkdir()
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            copy.writestr(name, content)


def validations(book: Workbook) -> list[DataValidation]:
    return [v for sheet in book.worksheets for v in sheet.data_validations.dataValidation]


def test_two_builds_are_the_same_file(tool: ModuleType, built: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"

    tool.build(again)

    assert again.read_bytes() == built.read_bytes()


def test_the_committed_workbook_is_the_one_the_tool_builds(built: Path) -> None:
    assert COMMITTED.read_bytes() == built.read_bytes()


def test_a_build_leaves_nothing_beside_the_workbook(built: Path) -> None:
    assert list(built.parent.iterdir()) == [built]


def test_the_sheets_are_all_visible_and_open_on_accueil(book: Workbook) -> None:
    assert book.sheetnames == [
        "Accueil",
        "Clients",
        "Grille",
        "Segments",
        "Tableau de bord",
        "Paramètres",
    ]
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    assert book.active is book["Accueil"]


@pytest.mark.parametrize("table", HEADERS)
def test_every_table_of_the_contract_has_its_headers(book: Workbook, table: str) -> None:
    sheet = book[layout.SHEET_OF[table]]

    headers = [cell.value for cell in sheet[sheet.tables[table].ref][0]]

    assert headers == list(HEADERS[table])
    assert headers == list(sheet.tables[table].column_names)


def test_clients_waits_for_a_first_dossier_under_four_rows(book: Workbook) -> None:
    sheet = book["Clients"]

    assert sheet.tables["Clients"].ref == f"A4:{sheet.cell(5, len(CLIENTS)).coordinate}"
    assert {cell.value for cell in sheet[5]} == {None}
    assert sheet.freeze_panes == "C5"


def test_a_blank_row_already_has_the_format_of_its_columns(book: Workbook) -> None:
    sheet = book["Clients"]
    formats = {
        header: sheet.cell(5, col).number_format for col, header in enumerate(CLIENTS, start=1)
    }

    assert {formats[h] for h in ("Note FE", "Note min", "Note max", "Enjeu")} == {"0.0"}
    assert {formats[h] for h in ("Complétude", *layout.PARTS)} == {"0%"}
    assert {formats[h] for h in layout.MONTANTS} == {"#,##0"}
    assert {formats[h] for h in ("Dossier", "SIREN", "Code NAF", "Code postal")} == {"@"}
    assert formats["Calculé le"] == "dd/mm/yyyy"


def test_contact_details_and_relation_are_two_folded_groups(book: Workbook) -> None:
    columns = book["Clients"].column_dimensions
    folded = [c for c in columns.values() if c.outlineLevel]
    bearing = [CLIENTS[(c.min or 0) - 1] for c in columns.values() if c.collapsed]

    assert all(c.hidden for c in folded)
    shown = {CLIENTS[n - 1] for c in folded for n in range(c.min or 0, (c.max or 0) + 1)}
    assert shown == {*layout.COORDONNEES, *layout.RELATION} - {"Potentiel"}
    assert bearing == [layout.SITUATION[-1], "Potentiel"]


def test_relation_and_value_are_named_above_what_stays_in_sight(book: Workbook) -> None:
    sheet = book["Clients"]

    assert "Relation et valeur" in str(sheet.cell(3, CLIENTS.index("Potentiel") + 1).value)


def test_the_words_and_the_days_of_relation_are_proposed_and_checked(book: Workbook) -> None:
    sheet = book["Clients"]
    rules = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    cells = {h: sheet.cell(5, CLIENTS.index(h) + 1).coordinate for h in layout.RELATION}

    assert rules[cells["Potentiel"]].formula1 == '"Nul,À développer,Fort"'
    assert "Prix" in str(rules[cells["Motif de départ"]].formula1)
    for header in ("Entrée le", "Sortie le", "Témoignage accepté le", "Fin de mission le"):
        assert rules[cells[header]].type == "date"
        assert sheet[cells[header]].number_format == "dd/mm/yyyy"


def test_each_colour_word_paints_the_note_and_itself(book: Workbook) -> None:
    rules = book["Clients"].conditional_formatting
    painted = {
        rule.formula[0]: (rule.dxf.fill.bgColor.rgb, rule.dxf.font.color.rgb)
        for zone in rules
        if str(zone.sqref) == "C5:D5"
        for rule in zone.rules
    }

    assert painted == {
        f'$D5="{c["couleur"]}"': (f"FF{c['fond'][1:]}", f"FF{c['texte'][1:]}") for c in COULEURS
    }


def test_each_segment_word_paints_itself(book: Workbook) -> None:
    rules = book["Clients"].conditional_formatting
    painted = {
        rule.formula[0]: rule.dxf.fill.bgColor.rgb
        for zone in rules
        if str(zone.sqref) == "E5"
        for rule in zone.rules
    }

    assert painted == {f'$E5="{s["segment"]}"': f"FF{s['teinte'][1:]}" for s in SEGMENTS}


def test_nothing_else_paints_clients_than_words_and_completeness(book: Workbook) -> None:
    zones = {str(zone.sqref) for zone in book["Clients"].conditional_formatting}

    a_confirmer = {"R5", "S5", "T5", "U5", "V5"}
    assert zones == {"C5:D5", "E5", "G5"} | a_confirmer


def test_the_grid_is_the_one_that_is_shipped(book: Workbook) -> None:
    criteres = rows_of(book["Grille"], "Criteres")
    baremes = rows_of(book["Grille"], "Baremes")

    assert [(c["Code"], c["Poids"], c["Applicable si"]) for c in criteres] == [
        (c["code"], c["poids"], c.get("applicable_si")) for c in GRILLE
    ]
    assert len(baremes) == sum(len(c["niveaux"]) for c in GRILLE)
    assert baremes[0] == {
        "Code": "SENS",
        "Réponse": "Jamais informé",
        "À partir de": None,
        "Points": 0,
    }
    assert {"Code": "VOLE", "Réponse": None, "À partir de": 200, "Points": 3} in baremes


def test_the_rules_of_the_segments_are_text_in_their_order(book: Workbook) -> None:
    rows = rows_of(book["Segments"], "Segments")

    assert [r["Ordre"] for r in rows] == [10 * n for n in range(1, len(SEGMENTS) + 1)]
    for row, segment in zip(rows, SEGMENTS, strict=True):
        assert {h: row[h] for h in CONDITIONS if row[h] is not None} == segment["si"]


def test_grey_colours_have_no_threshold(book: Workbook) -> None:
    rows = {r["Couleur"]: r["Note à partir de"] for r in rows_of(book["Segments"], "Couleurs")}

    assert rows == {c["couleur"]: c.get("a_partir_de") for c in COULEURS}
    assert rows["Gris"] is rows["Gris-bleu"] is None


def test_an_answer_column_lists_the_answers_of_its_criterion(book: Workbook) -> None:
    sheet = book["Clients"]
    listed = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}

    for critere in GRILLE:
        cell = sheet.cell(5, CLIENTS.index(critere["critere"]) + 1).coordinate
        if critere["type"] == "Liste":
            code = critere["code"]
            assert listed[cell] == (
                f'OFFSET(Baremes_Reponse,MATCH("{code}",Baremes_Code,0)-1,0,'
                f'COUNTIF(Baremes_Code,"{code}"),1)'
            )
        else:
            assert listed[cell] == "0"
    assert book.defined_names["Baremes_Code"].value == "Baremes[Code]"
    assert book.defined_names["Baremes_Reponse"].value == "Baremes[Réponse]"


def test_answers_of_one_code_stand_together_for_its_list(book: Workbook) -> None:
    codes = [r["Code"] for r in rows_of(book["Grille"], "Baremes")]

    assert codes == [code for code in dict.fromkeys(codes) for _ in range(codes.count(code))]


def test_no_check_ever_refuses_what_someone_types(book: Workbook) -> None:
    stopping = [v for v in validations(book) if v.type and v.errorStyle in {None, "stop"}]

    assert stopping == []


def test_every_check_explains_itself_within_what_excel_shows(book: Workbook) -> None:
    for validation in validations(book):
        assert validation.promptTitle
        assert len(validation.promptTitle) <= 32
        assert validation.prompt
        assert len(validation.prompt) <= 255


def test_the_figures_segxl_rewrites_hold_no_formula(book: Workbook) -> None:
    for table in ("Etapes", "Indicateurs", *(t for t in HEADERS if t.startswith("Synthese"))):
        for row in rows_of(book[layout.SHEET_OF[table]], table):
            assert not [v for v in row.values() if str(v).startswith("=")]


def test_every_step_leads_to_its_sheet(book: Workbook) -> None:
    sheet = book["Accueil"]

    for *_, where in sheet[sheet.tables["Etapes"].ref][1:]:
        assert where.value in book.sheetnames
        assert where.hyperlink.location == f"'{where.value}'!A1"


def test_every_sheet_prints_on_a4_landscape_one_page_wide(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        if (
            sheet.title == "Tableau de bord"
        ):  # two pages: Excel cuts no sheet that it fits by itself
            assert (sheet.page_setup.scale, sheet.row_breaks.brk[0].id) == (64, 43)
        else:
            assert sheet.sheet_properties.pageSetUpPr
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToWidth in {None, 1}
        assert sheet.oddFooter
        assert sheet.oddFooter.left
        assert "&A" in str(sheet.oddFooter.left.text)
        assert not sheet.merged_cells.ranges


def test_one_font_and_two_sizes(book: Workbook) -> None:
    fonts = {
        (cell.font.name, cell.font.size)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }

    assert fonts == {("Calibri", 10), ("Calibri", 16)}


def test_nine_charts_show_the_tables_of_the_dashboard_in_french(built: Path) -> None:
    with zipfile.ZipFile(built) as package:
        charts = [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]
        macros = [n for n in package.namelist() if "vba" in n.lower()]

    assert len(charts) == 9
    assert not macros
    for chart in charts:
        assert "'Tableau de bord'!" in chart
        assert "en-US" not in chart
        has_words = "<c:tx><c:v>" in chart
        assert ("<c:legend>" in chart) == (chart.count("<c:ser>") > 1 and not has_words)


def test_the_largest_clients_are_bubbles_sized_by_the_hours_under_their_class(built: Path) -> None:
    with zipfile.ZipFile(built) as package:
        charts = [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]
    (bubbles,) = [c for c in charts if "Les 20 plus gros clients" in c]
    book = openpyxl.load_workbook(built)
    table = book["Tableau de bord"].tables["GraphGros"]
    top, last = (int("".join(filter(str.isdigit, cell))) for cell in table.ref.split(":"))

    sizes = re.findall(r"<c:bubbleSize><c:numRef><c:f>([^<]*)</c:f>", bubbles)

    columns = [size.split("!")[1].replace("$", "").split(":")[0] for size in sizes]
    titles = [book["Tableau de bord"][c.replace(str(top + 1), str(top))].value for c in columns]
    assert titles == ["A", "B", "C", "D"]
    assert all(size.endswith(f"${last}") for size in sizes)
    assert "<c:bubbleChart>" in bubbles
    assert "<c:marker>" not in bubbles
    assert "<c:strRef>" not in "".join(re.findall(r"<c:xVal>.*?</c:xVal>", bubbles))


def series_of(chart: str) -> dict[str, str]:
    """The series of a chart under their titles, without the sheet in their references."""
    found = re.findall(r"<c:ser>.*?</c:ser>", chart.replace("'Tableau de bord'!", ""))
    return {re.findall(r"<c:v>([^<]*)</c:v>", one)[0]: one for one in found}


def cells_of(book: Workbook, series: str, axis: str) -> list[object]:
    """The values of the cells that an axis, or the sizes, of a series read."""
    (ref,) = re.findall(rf"<c:{axis}><c:numRef><c:f>([^<]*)</c:f>", series)
    cells = book["Tableau de bord"][ref.replace("$", "")]
    rows = cells if isinstance(cells, tuple) else ((cells,),)
    return [cell.value for row in rows for cell in row]


def test_the_matrix_puts_red_at_the_top_and_high_stakes_on_the_right(
    built: Path, book: Workbook
) -> None:
    with zipfile.ZipFile(built) as package:
        charts = [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]
    (matrix,) = [c for c in charts if "Préparation et enjeu" in c]
    series = series_of(matrix)
    table = book["Tableau de bord"].tables["GraphMatrice"]
    first, last = (int("".join(filter(str.isdigit, cell))) for cell in table.ref.split(":"))

    ups = [cells_of(book, series[colour], "yVal") for colour in couleurs.MATRICE[1:]]
    across = {tuple(cells_of(book, series[c], "xVal")) for c in couleurs.MATRICE[1:]}

    assert "<c:bubbleChart>" in matrix
    assert ups == [[up + 0.5] * 4 for up in (6, 5, 4, 3, 2, 1)]
    assert across == {(4.4, 3.4, 2.4, 1.4)}
    for place, colour in enumerate(couleurs.MATRICE[1:], start=1):
        letter = "NOPQRST"[place]
        counts = [f"${letter}${row}" for row in range(first + 1, last + 1)]
        labels = re.findall(r"<c:dLbl>.*?<c:strRef><c:f>([^<]*)</c:f></c:strRef>", series[colour])
        assert labels == counts
        assert f"<c:bubbleSize><c:numRef><c:f>{counts[0]}:{counts[-1]}</c:f>" in series[colour]


def test_words_name_the_rows_and_the_columns_of_the_matrix(built: Path, book: Workbook) -> None:
    with zipfile.ZipFile(built) as package:
        charts = [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]
    (matrix,) = [c for c in charts if "Préparation et enjeu" in c]
    series = series_of(matrix)

    rows, columns = (series[name] for name in ("Préparation", "Enjeu"))

    assert re.findall(r"<a:t>([^<]*)</a:t>", rows) == [*couleurs.MATRICE[1:]]
    assert cells_of(book, rows, "yVal") == [6.5, 5.5, 4.5, 3.5, 2.5, 1.5]
    told = re.findall(r"<a:t>([^<]*)</a:t>", columns)
    bands = [*(name for name, _ in couleurs.ENJEUX), couleurs.INCONNU]
    assert told == [name.split(" ")[0] for name in bands]
    assert cells_of(book, columns, "xVal") == [4.4, 3.4, 2.4, 1.4]


def test_an_unseen_bubble_keeps_the_largest_one_inside_its_cell(
    built: Path, book: Workbook
) -> None:
    with zipfile.ZipFile(built) as package:
        charts = [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]
    (matrix,) = [c for c in charts if "Préparation et enjeu" in c]

    unseen = series_of(matrix)["Échelle des bulles"]

    assert "<c:spPr><a:noFill/>" in unseen
    assert cells_of(book, unseen, "bubbleSize") == [
        "=MAX(28,4*MAX(GraphMatrice[[Rouge]:[Autres]]))"
    ]
    assert all(
        float(str(size)) <= 28
        for n in ("Préparation", "Enjeu")
        for size in cells_of(book, series_of(matrix)[n], "bubbleSize")
    )


def test_departements_keep_their_lengths_and_a_share_ends_at_a_hundred(built: Path) -> None:
    with zipfile.ZipFile(built) as package:
        charts = [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]
    (places,) = [c for c in charts if "par département" in c]
    (pareto,) = [c for c in charts if "Ce que font les premiers clients" in c]

    assert '<c:grouping val="stacked"/>' in places
    assert '<c:max val="1"/>' in pareto


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_it_opens_and_recalculates_without_an_error(built: Path, tmp_path: Path) -> None:
    forget_computed_values(built, tmp_path / "source" / built.name)
    command = [
        str(shutil.which("soffice")),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "source" / built.name),
    ]
    # A fresh profile may end its first run before doing anything.
    for _ in range(2):
        if not (tmp_path / built.name).exists():
            subprocess.run(command, check=False, capture_output=True, timeout=180)

    book = openpyxl.load_workbook(tmp_path / built.name, data_only=True)
    values = {c.value for s in book.worksheets for row in s.iter_rows() for c in row}

    assert not [v for v in values if isinstance(v, str) and v.startswith(("#N", "#R", "#V", "Err"))]
    assert [book["Accueil"][cell].value for cell in ("B5", "C5", "G5", "I5")] == [0, "—", "—", 0]
