"""What the pages tell is true: commands, links, folders, letter fields."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

import segxl
from segxl.excel.layout import SHEET_OF
from segxl.faces.cli import app
from segxl.lettres.francais import typographie
from segxl.shipped import read_toml

ROOT = Path(__file__).parents[2]
README, GUIDE = ROOT / "README.md", ROOT / "docs" / "guide.md"
CONTRIBUTING, WORKBOOK = ROOT / "CONTRIBUTING.md", ROOT / "workbook" / "README.md"
CHANGELOG = ROOT / "CHANGELOG.md"
PAGES = (README, GUIDE, CONTRIBUTING, CHANGELOG, WORKBOOK)
COMMANDS = sorted(str(c.name or c.callback.__name__) for c in app.registered_commands if c.callback)
CODE_BLOCK = re.compile(r"```.*?```", re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`\n]*`|<!--.*?-->|\]\([^)]*\)", re.DOTALL)


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        yield importlib.import_module("build_guide")


def table_after(page: Path, title: str) -> list[list[str]]:
    """Rows of the first table under a title, without its header."""
    text = page.read_text("utf-8").split(f"{title}\n", 1)[1]
    lines = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert lines
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[0].splitlines()]
    return rows[2:]


def anchors_of(text: str) -> set[str]:
    """Return the anchors that GitHub gives to the titles of a page."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles}


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda p: p.name)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_told(page: Path, command: str) -> None:
    assert f"segxl {command}" in page.read_text("utf-8")


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda p: p.name)
def test_no_command_is_told_that_does_not_exist(page: Path) -> None:
    told = set(re.findall(r"`segxl ([a-z]+)", page.read_text("utf-8")))

    assert told <= {*COMMANDS}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for link in re.findall(r"\]\(([^)]+)\)", CODE_BLOCK.sub("", text)):
        if link.startswith("#"):
            assert unquote(link[1:]) in anchors_of(text), link
        elif not link.startswith("https://"):
            assert (page.parent / link.split("#")[0]).exists(), link


@pytest.mark.parametrize("page", [README, CONTRIBUTING], ids=lambda p: p.name)
def test_add_one_thing_names_places_that_exist(page: Path) -> None:
    rows = table_after(page, "Add one thing, touch one place")
    named = {word for row in rows for word in re.findall(r"`([a-z_/.]+/[a-z_/.]*)`", " ".join(row))}

    assert len(rows) >= 9
    assert len(named) >= 5
    assert [place for place in sorted(named) if not (ROOT / place).exists()] == []


def test_generated_files_name_tools_that_exist() -> None:
    for row in table_after(CONTRIBUTING, "## Generated files"):
        [script] = re.findall(r"`(tools/[a-z_]+\.py)`", row[-1])
        assert (ROOT / script).exists()
        assert script in (ROOT / "Makefile").read_text("utf-8")


def test_the_guide_lists_the_fields_a_model_may_print(tool: ModuleType) -> None:
    guide = GUIDE.read_text("utf-8")

    assert guide == tool.with_fields(guide), "run `make workbook` to write the list again"
    assert guide.count("| `raison_sociale` |") == 1


def test_the_guide_gives_the_colours_their_thresholds() -> None:
    rows = {
        row[0]: row[1] for row in table_after(GUIDE, "**La couleur** est celle de la note\u00a0:")
    }
    couleurs = read_toml("defaults/segments.toml")["couleurs"]

    assert [*rows] == [c["couleur"] for c in couleurs]
    for couleur in couleurs:
        if couleur.get("a_partir_de"):
            assert str(couleur["a_partir_de"]) in rows[couleur["couleur"]]


def test_the_contract_names_every_table_and_its_sheet() -> None:
    told = {
        name: row[0]
        for row in table_after(WORKBOOK, "## The contract")
        for name in re.findall(r"`(\w+)`", row[1])
    }

    assert told == SHEET_OF


def test_the_guide_is_typeset_in_french() -> None:
    prose = CODE.sub("mot", GUIDE.read_text("utf-8"))

    assert "'" not in prose
    assert "..." not in prose
    assert typographie(prose) == prose


def test_the_page_that_help_opens_is_the_guide_of_today(tool: ModuleType) -> None:
    page = GUIDE.with_suffix(".html").read_text("utf-8")

    assert page == tool.page_of(GUIDE.read_text("utf-8"))


def test_every_link_inside_the_page_leads_somewhere() -> None:
    page = GUIDE.with_suffix(".html").read_text("utf-8")

    targets = re.findall(r'href="#([^"]+)"', page)
    anchors = set(re.findall(r' id="([^"]+)"', page))
    images = re.findall(r'src="([^"]+)"', page)

    assert targets
    assert {unquote(t) for t in targets} <= anchors
    assert all((GUIDE.parent / image).is_file() for image in images)


def test_the_readme_is_short_and_says_how_to_measure_again() -> None:
    text = README.read_text("utf-8")

    assert len(text.splitlines()) <= 150
    assert "`make bench`" in text


def test_the_changelog_tells_the_version_of_the_package() -> None:
    assert f"## [{segxl.__version__}]" in CHANGELOG.read_text("utf-8")
