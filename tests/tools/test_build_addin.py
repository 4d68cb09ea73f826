from __future__ import annotations

import importlib
import json
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from pyopenvba import check_file
from pyopenvba.interpreter import parse_module
from tests.engine.addin import AFTER_DIRECTIVE
from tests.excel.opc import find_flaws

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "workbook" / "segxl.xlam"
SOURCES = ROOT / "workbook" / "src"
RIBBONS = {"customUI/customUI14.xml": "2009_07", "customUI/customUI.xml": "2006_01"}
ACTIONS = [
    "noter", "controler", "expliquer", "importer", "fec", "cartographie", "enquete_selection", "enquete_evenement", "enquete_tous", "enquete", "honoraires", "nouveau", "actualiser", "anonymiser", "courriers_selection",
    "courriers_segment", "courriers_tous", "courriers_plateforme", "courriers_regime",
    "courriers_changements", "courriers_reclamations", "courriers_honoraires", "courriers_avis", "courriers_remerciement",
    "courriers_service", "courriers_revue", "courriers_fin", "fiche", "releve", "valeur_calculer", "valeur_temps", "segments_calculer", "segments_pages", "segments_offres", "simuler", "simuler_retenir", "atelier", "atelier_retenir", "groupes", "tableau", "relation", "equipe", "plan", "plan_agenda", "plateformes",
    "plateformes_relances", "journal", "journal_suites", "obligations", "trajectoire_selection",
    "trajectoire_tous", "aide", "diagnostic", "redemarrer",
]  # fmt: skip
# Parameters that Excel hands to each kind of callback.
ARITY = {"onLoad": 1, "onAction": 1, "getEnabled": 2, "getSupertip": 2}
HEADER = re.compile(r"^(?P<scope>Public |Private )?(?P<kind>Sub|Function) (?P<name>\w+)\((?P<parameters>.*)\)", re.MULTILINE)  # fmt: skip


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        yield importlib.import_module("build_addin")


@pytest.fixture(scope="module")
def built(tool: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("complement") / "segxl.xlam"
    tool.build(path)
    return path


@pytest.fixture(scope="module")
def modules(tool: ModuleType) -> dict[str, str]:
    found: dict[str, str] = tool.modules()
    return found


@pytest.fixture(scope="module")
def parts(tool: ModuleType, built: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = tool.read_parts(built)
    return found


def procedures(source: str) -> Iterator[tuple[str, str, str, int]]:
    """Give scope, kind, name and number of parameters of each procedure."""
    for match in HEADER.finditer(source.replace(" _\n", " ")):
        parameters = [p for p in re.sub(r"\(.*?\)", "", match["parameters"]).split(",") if p]
        yield (match["scope"] or "Public ").strip(), match["kind"], match["name"], len(parameters)


def body(source: str) -> str:
    """Return a source without the attributes that the editor hides, and with no blank end."""
    lines = source.replace("\r\n", "\n").split("\n")
    start = next((n for n, line in enumerate(lines) if line.startswith("Attribute ")), 0)
    kept = [line.rstrip() for line in lines[start:] if not line.startswith("Attribute ")]
    return "\n".join(kept).strip()


def test_two_builds_are_the_same_file(tool: ModuleType, built: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlam"

    tool.build(again)

    assert again.read_bytes() == built.read_bytes()


def test_the_committed_addin_is_the_one_the_tool_builds(built: Path) -> None:
    assert COMMITTED.read_bytes() == built.read_bytes()


def test_a_build_leaves_nothing_beside_the_addin(built: Path) -> None:
    assert list(built.parent.iterdir()) == [built]


def test_the_package_follows_the_rules_of_the_standard(built: Path) -> None:
    result = OpenXmlValidator().validate(built)

    assert find_flaws(built) == []
    assert [str(e) for e in result.errors] == []
    assert check_file(built).issues == ()


def test_a_relation_leads_to_every_part(parts: dict[str, bytes]) -> None:
    targets = {
        str(relation.get("Target")).rpartition("/")[2]
        for name, content in parts.items()
        if name.endswith(".rels")
        for relation in etree.fromstring(content)
    }

    orphans = [n for n in parts if not n.endswith(".rels") and n.rpartition("/")[2] not in targets]

    assert orphans == ["[Content_Types].xml"]


def test_nobody_but_us_is_named_as_the_author(parts: dict[str, bytes]) -> None:
    properties = etree.fromstring(parts["docProps/core.xml"])

    assert properties.findtext("{*}creator") == "segxl"
    assert properties.find("{*}lastModifiedBy") is None


def test_an_independent_reader_finds_the_sources_in_the_addin(
    built: Path, modules: dict[str, str]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it uses old names of pyparsing
        olevba = importlib.import_module("oletools.olevba")
    parser = olevba.VBA_Parser(str(built))

    found = {name.rpartition(".")[0]: code for _, _, name, code in parser.extract_macros()}

    assert found.keys() - modules.keys() == {"Sheet1"}
    assert {n: body(found[n]) for n in modules} == {n: body(s) for n, s in modules.items()}


def test_every_source_of_the_folder_is_in_the_addin(modules: dict[str, str]) -> None:
    for path in (SOURCES / "vba").iterdir():
        assert modules[path.stem] == path.read_text("utf-8")


def test_the_page_tells_every_source() -> None:
    page = (ROOT / "workbook" / "README.md").read_text("utf-8")
    sources = [p for p in SOURCES.rglob("*") if p.is_file()]

    assert [p.name for p in sources if f"{p.relative_to(SOURCES)}`" not in page] == []


def test_our_modules_declare_what_they_use(modules: dict[str, str]) -> None:
    ours = [s for n, s in modules.items() if n not in {"xlwings", "xlwings_udfs", "Dictionary"}]

    assert all(re.search(r"^Option Explicit$", source, re.MULTILINE) for source in ours)


def test_every_module_is_vba_that_parses(modules: dict[str, str]) -> None:
    for name, source in modules.items():
        live = AFTER_DIRECTIVE.sub(r"\1", body(source)).replace("Public WithEvents ", "Public ")

        assert parse_module(live, name=name).name == name


def test_no_procedure_has_the_name_of_a_module(modules: dict[str, str]) -> None:
    names = [n for source in modules.values() for *_, n, _ in procedures(source)]

    # VBA would read such a name as the module and not compile.
    assert modules.keys() & set(names) == set()


def test_no_two_public_procedures_share_a_name(modules: dict[str, str]) -> None:
    standard = [
        s for s in modules.values() if 'Attribute VB_Name = "' in s and "VB_Creatable" not in s
    ]
    public = Counter(n for s in standard for scope, _, n, _ in procedures(s) if scope == "Public")

    assert [name for name, times in public.items() if times > 1] == []


def test_a_line_is_no_longer_than_vba_takes(modules: dict[str, str]) -> None:
    assert max(len(line) for source in modules.values() for line in source.split("\n")) <= 1023


def test_what_people_read_has_french_spaces(modules: dict[str, str]) -> None:
    texts = [
        text
        for source in modules.values()
        for line in source.split("\n")
        if not line.lstrip().startswith("'")
        for text in re.findall(r'"((?:[^"]|"")*)"', line)
    ]

    assert [t for t in texts if re.search(r"« | [»?!]|\w [;:] \w*[éàèç’«]", t)] == []


@pytest.mark.parametrize("part", RIBBONS)
def test_the_ribbon_uses_what_its_version_of_office_knows(
    parts: dict[str, bytes], part: str
) -> None:
    name = f"schemas_microsoft_com_office_{RIBBONS[part]}_customui.json"
    audit = distribution("openxml-audit")
    path = Path(str(audit.locate_file(f"openxml_audit/data/openxml/schemas/{name}")))
    known: dict[str, set[str]] = {}
    for kind in json.loads(path.read_text("utf-8"))["Types"]:
        attributes = {a["QName"].removeprefix(":") for a in kind.get("Attributes", ())}
        known[kind["Name"].split("/")[0].split(":")[1]] = attributes
    kinds = {"customUI": "CustomUI", "ribbon": "Ribbon", "tabs": "Tabs", "tab": "Tab"}
    kinds |= {"group": "Group", "menu": "Menu", "button": "Button"}
    kinds |= {"menuSeparator": "MenuSeparator"}

    for element in etree.fromstring(parts[part]).iter(etree.Element):
        kind = f"CT_{kinds[etree.QName(element).localname]}"
        parent = element.getparent()
        in_menu = parent is not None and etree.QName(parent).localname == "menu"
        if in_menu and kind != "CT_MenuSeparator":
            kind += "Regular"
        assert {str(a) for a in element.attrib} <= known[kind], kind


@pytest.mark.parametrize("part", RIBBONS)
def test_every_callback_is_a_procedure_that_takes_what_excel_hands_over(
    parts: dict[str, bytes], modules: dict[str, str], part: str
) -> None:
    public = {
        name: count
        for source in modules.values()
        for scope, kind, name, count in procedures(source)
        if (scope, kind) == ("Public", "Sub")
    }

    for element in etree.fromstring(parts[part]).iter(etree.Element):
        for attribute in ARITY.keys() & set(element.attrib):
            assert public[str(element.get(attribute))] == ARITY[attribute]


@pytest.mark.parametrize("part", RIBBONS)
def test_the_ribbon_offers_every_action_once(parts: dict[str, bytes], part: str) -> None:
    elements = [*etree.fromstring(parts[part]).iter(etree.Element)]

    assert [e.get("tag") for e in elements if e.get("onAction")] == ACTIONS


@pytest.mark.parametrize("part", RIBBONS)
def test_the_letters_are_listed_by_whom_they_go_to(parts: dict[str, bytes], part: str) -> None:
    menu = next(
        e for e in etree.fromstring(parts[part]).iter("{*}menu") if e.get("tag") == "courriers"
    )

    titles = [e.get("title") for e in menu.iter("{*}menuSeparator")]

    assert titles == [
        "La lettre de leur segment",
        "Facturation électronique\u00a0: tous ceux que cela concerne",
        "Relation client\u00a0: tous ceux que cela concerne",
        "Relation client\u00a0: les clients sélectionnés",
    ]


@pytest.mark.parametrize("part", RIBBONS)
def test_identifiers_and_key_tips_are_unique(parts: dict[str, bytes], part: str) -> None:
    elements = [*etree.fromstring(parts[part]).iter(etree.Element)]

    for attribute in ("id", "keytip"):
        values = [e.get(attribute) for e in elements if e.get(attribute)]
        assert len(values) == len(set(values)) > 10
    assert all(len(str(e.get("keytip"))) <= 3 for e in elements if e.get("keytip"))


def test_every_button_has_its_texts(parts: dict[str, bytes], modules: dict[str, str]) -> None:
    elements = etree.fromstring(parts["customUI/customUI14.xml"]).iter("{*}button", "{*}menu")

    for element in elements:
        assert element.get("label")
        assert element.get("screentip")
        assert f'Case "{element.get("tag")}": SegxlAide = "' in modules["SegxlBoutons"]


@pytest.mark.usefixtures("tool")
def test_another_xlwings_stops_the_build() -> None:
    patches = importlib.import_module("addin_xlwings")

    with pytest.raises(SystemExit, match="not found as expected"):
        patches.replace("two two", "two", "three", 1)
    with pytest.raises(SystemExit, match="not found as expected"):
        patches.cut("start end", "start", "stop", "")


def test_a_formula_can_call_nothing_that_runs_a_command(modules: dict[str, str]) -> None:
    # Formulas of any open workbook reach public functions, never procedures. These only tell.
    public = {
        name
        for module, source in modules.items()
        if module not in {"xlwings_udfs", "Dictionary"}
        for scope, kind, name, _ in procedures(source)
        if (scope, kind) == ("Public", "Function")
    }

    assert public == {
        "XLPy", "SegxlConfigurationAbsente", "SegxlLibelle", "SegxlAide", "SegxlToujours",
        "SegxlMotif", "SegxlEstPortefeuille", "SegxlHexa",
    }  # fmt: skip
    assert not re.search(r"^ *(Public )?Declare ", modules["xlwings"], re.MULTILINE)


def test_the_python_that_starts_is_isolated_everywhere(modules: dict[str, str]) -> None:
    starts = [
        line
        for line in modules["xlwings"].split("\n")
        if "-c " in line and "prepare_sys_path" in line
    ]

    assert len(starts) == 2
    assert all(" -I -B -c " in line for line in starts)
    assert "' -I\"" in modules["xlwings"]


def test_no_folder_of_a_workbook_is_read_by_xlwings(modules: dict[str, str]) -> None:
    for gone in ("ActiveWorkbook.FullName", "GetDirectoryConfigFilePath", "LICENSE_KEY.", '".py"'):
        assert gone not in modules["xlwings"]
