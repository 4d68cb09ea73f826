from __future__ import annotations

import ast
import inspect
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings

import segxl
from segxl.faces.cli import app
from segxl.sources.loi import read_loi

ROOT = Path(__file__).parents[1]
SOURCE = Path(segxl.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
ENGLISH = {"Answers", "Capacity", "Feed", "Line", "Move", "Proposal"}
"""Classes of the domain that no reader ever meets."""
LONGEST_FUNCTION, LONGEST_MODULE, MEDIAN_FUNCTION = 40, 250, 8
COMMANDS = {str(c.name or c.callback.__name__) for c in app.registered_commands if c.callback}


def code_lines(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring, which is for the reader."""
    doc = node.body[0]
    has_doc = isinstance(doc, ast.Expr) and isinstance(doc.value, ast.Constant)
    told = (doc.end_lineno or 0) - doc.lineno + 1 if has_doc else 0
    return (node.end_lineno or 0) - node.lineno + 1 - told


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{module.relative_to(SOURCE)}:{node.name}", node


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        name: code_lines(node) for name, node in functions() if code_lines(node) > LONGEST_FUNCTION
    }

    assert not long


def test_half_of_the_functions_fit_in_a_few_lines() -> None:
    sizes = sorted(code_lines(node) for _, node in functions())

    assert sizes[len(sizes) // 2] <= MEDIAN_FUNCTION


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_keeps_to_one_idea(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= LONGEST_MODULE
    assert module.stem not in {"utils", "helpers", "models", "config", "common"}


def test_every_action_is_a_command_and_every_command_an_action() -> None:
    # « nouveau --depuis » and « enquete --questionnaire » are commands of their own in the code.
    parts = {"__init__", "analyse", "synthese", "adopter", "questionnaire", "attentes", "avancement", "charge", "vigilance", "mouvements", "suivi"}  # fmt: skip
    actions = {m.stem for m in (SOURCE / "actions").glob("*.py")} - parts

    assert actions == COMMANDS


def test_every_law_fact_has_a_source_and_its_day() -> None:
    loi = read_loi()

    assert len(loi) > 90
    assert all(f.source and f.verifie_le for code in loi for f in loi.periods(code))


def test_the_paid_part_of_xlwings_is_never_imported() -> None:
    for module in MODULES:
        assert "xlwings.pro" not in module.read_text("utf-8"), module
    assert xlwings.__pro__ is False


def test_nothing_is_ever_evaluated() -> None:
    calls = {
        node.func.id
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert not calls & {"eval", "exec", "compile", "__import__"}


def test_nothing_opens_a_connection() -> None:
    imported = {
        alias.name.split(".")[0]
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    }

    assert not imported & {"socket", "requests", "httpx", "smtplib", "urllib", "ftplib"}


def test_the_glossary_is_closed_and_short() -> None:
    core, *areas = glossary().values()

    assert 0 < len(core) <= 40
    assert all(0 < len(words) <= 15 for words in areas)


def test_every_french_class_of_the_domain_is_in_the_glossary() -> None:
    known = glossary()
    core, *_ = known.values()
    for module in sorted((SOURCE / "domain").rglob("*.py")):
        area = known.get(f"domain/{module.parent.name}", set())
        for node in ast.parse(module.read_text("utf-8")).body:
            if (
                isinstance(node, ast.ClassDef)
                and not node.name.startswith("_")
                and not node.name.endswith("Error")
                and node.name not in ENGLISH
            ):
                assert node.name.casefold() in core | area, f"{module}: {node.name}"


def test_no_word_of_the_glossary_has_two_meanings() -> None:
    core, *areas = glossary().values()

    assert all(core.isdisjoint(words) for words in areas)


def glossary() -> dict[str, set[str]]:
    """Return the words of the core, then those of each area, by its folder."""
    found: dict[str, set[str]] = {"": set()}
    for line in (ROOT / "docs" / "glossaire.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            found[line.split("`")[1]] = set()
        elif line.startswith("| `"):
            found[[*found][-1]].add(line.split("|")[1].strip().strip("`"))
    return found


def test_every_public_function_says_what_it_does() -> None:
    public = {
        f"{m.relative_to(SOURCE)}:{node.name}"
        for m in MODULES
        for node in ast.parse(m.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    silent = [name for name, node in functions() if name in public and not ast.get_docstring(node)]

    assert not silent


def test_no_work_is_left_for_later_in_the_source() -> None:
    for module in MODULES:
        text = module.read_text("utf-8")
        assert not {"TO" + "DO", "FIX" + "ME", "XX" + "X"} & set(text.replace(":", " ").split()), (
            module
        )


def test_terminal_and_package_are_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == segxl.__version__
    assert inspect.getdoc(segxl)
