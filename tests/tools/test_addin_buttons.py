from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from pyopenvba.apps.excel import ExcelApplication, Workbook
from pyopenvba.exceptions import VBARuntimeError
from tests.engine.addin import CONF, add_table, load_addin, messages, press, raise_event, sent
from tests.engine.edge import Edge, RibbonControl, RibbonUI, units

from segxl import __version__

ADDIN = Path(__file__).parents[2] / "workbook" / "segxl.xlam"
ALWAYS = ["nouveau", "aide", "diagnostic", "redemarrer"]
NEEDING = [
    "noter", "controler", "expliquer", "importer", "courriers", "courriers_selection",
    "courriers_segment", "courriers_tous", "tableau",
]  # fmt: skip
REASON = "Ouvrez un classeur segxl, ou créez-le avec «\u00a0Nouveau portefeuille\u00a0»."
# Callbacks answer through a parameter, which Python cannot read.
ASK = """
Function Asked(ByVal callback As String, control)
    Dim answer
    If callback = "enabled" Then SegxlEnabled control, answer Else SegxlSupertip control, answer
    Asked = answer
End Function
"""


def asked(excel: ExcelApplication, callback: str, tag: str) -> object:
    excel.add_module(ASK, name="Questions")
    return excel.run("Asked", callback, RibbonControl(tag))


@pytest.mark.usefixtures("edge")
@pytest.mark.parametrize("tag", NEEDING)
def test_a_button_that_needs_clients_says_what_to_open(excel: ExcelApplication, tag: str) -> None:
    assert asked(excel, "enabled", tag) is False
    assert str(asked(excel, "supertip", tag)).endswith(f"\r\n\r\n{REASON}")


@pytest.mark.usefixtures("edge")
@pytest.mark.parametrize("tag", NEEDING)
def test_a_table_clients_on_any_sheet_makes_a_button_available(
    excel: ExcelApplication, tag: str
) -> None:
    add_table(excel, "Clients")
    excel.evaluate("ActiveWorkbook.Worksheets.Add()")

    assert asked(excel, "enabled", tag) is True
    assert REASON not in str(asked(excel, "supertip", tag))


@pytest.mark.usefixtures("edge")
@pytest.mark.parametrize("tag", ALWAYS)
def test_other_buttons_are_always_available(excel: ExcelApplication, tag: str) -> None:
    excel.application.active_book = None

    assert asked(excel, "enabled", tag) is True
    assert asked(excel, "supertip", tag)


@pytest.mark.usefixtures("edge")
def test_the_name_of_an_adopted_table_makes_buttons_available(excel: ExcelApplication) -> None:
    add_table(excel, "Tableau1")
    assert asked(excel, "enabled", "noter") is False

    names = excel.workbook.vba_get("Names")
    names.vba_get("Add", ["segxl_Clients", "=Sheet1!$A$1:$A$2"])

    assert asked(excel, "enabled", "noter") is True


def test_no_workbook_is_active_in_protected_view(excel: ExcelApplication, edge: Edge) -> None:
    add_table(excel)
    excel.application.active_book = None

    assert asked(excel, "enabled", "noter") is False
    press(excel, "noter")

    assert messages(excel) == [REASON]
    assert edge.commands == []


@pytest.mark.parametrize("tag", [t for t in NEEDING if t not in {"importer", "courriers"}])
def test_a_click_sends_its_action_and_the_active_workbook(
    excel: ExcelApplication, tag: str
) -> None:
    seen: list[tuple[str, Workbook | None]] = []
    edge = load_addin(excel, ADDIN, run=lambda code, book: seen.append((code, book)))
    add_table(excel)

    press(excel, tag)

    assert seen == [(sent(tag), excel.workbook)]
    assert edge.commands == [sent(tag)]
    assert excel.dialogs == []


def test_the_status_bar_tells_while_it_lasts(excel: ExcelApplication, edge: Edge) -> None:
    add_table(excel)

    press(excel, "noter")

    assert edge.status == ["segxl\u00a0: Noter…", False]
    assert edge.cancel_key == 1


def test_the_files_to_import_are_chosen_in_excel(excel: ExcelApplication, edge: Edge) -> None:
    add_table(excel)
    paths = [r"C:\Clients\Été 2026\d'Arc.csv", r"\\serveur\exports\😀.xlsx"]
    edge.answer = list(paths)

    press(excel, "importer")

    assert edge.commands == [sent("importer", "|".join(paths))]
    kind, filters, _, several = edge.asked[0]
    assert (kind, several) == ("open", True)
    assert (
        filters
        == "Exports (*.csv;*.xlsx;*.xls;*.ods;*.txt;*.xml),*.csv;*.xlsx;*.xls;*.ods;*.txt;*.xml"
    )


@pytest.mark.parametrize("tag", ["importer", "nouveau"])
def test_giving_up_in_the_dialog_does_nothing(
    excel: ExcelApplication, edge: Edge, tag: str
) -> None:
    add_table(excel)
    edge.answer = False

    press(excel, tag)

    assert len(edge.asked) == 1
    assert edge.commands == []
    assert excel.dialogs == []


def test_a_new_portfolio_takes_up_the_saved_workbook_in_front(
    excel: ExcelApplication, edge: Edge
) -> None:
    excel.workbook.path = r"C:\Clients"

    press(excel, "nouveau")

    assert edge.asked == []
    assert edge.commands == [sent("nouveau")]


def test_a_new_portfolio_beside_another_asks_where(excel: ExcelApplication, edge: Edge) -> None:
    add_table(excel)
    edge.answer = r"C:\Zoé\portefeuille.xlsx"

    press(excel, "nouveau")

    assert edge.commands == [sent("nouveau", r"C:\Zoé\portefeuille.xlsx")]


def test_a_new_portfolio_over_a_blank_workbook_asks_where(
    excel: ExcelApplication, edge: Edge
) -> None:
    edge.answer = r"C:\Zoé\portefeuille.xlsx"

    press(excel, "nouveau")

    assert edge.commands == [sent("nouveau", r"C:\Zoé\portefeuille.xlsx")]


def test_a_new_portfolio_without_a_workbook_asks_where(excel: ExcelApplication, edge: Edge) -> None:
    excel.application.active_book = None
    edge.answer = r"C:\p.xlsx"

    press(excel, "nouveau")

    assert edge.commands == [sent("nouveau", r"C:\p.xlsx")]


def test_the_diagnostic_hears_what_only_excel_knows(excel: ExcelApplication, edge: Edge) -> None:
    press(excel, "diagnostic")

    coded = re.findall(r"'([0-9A-F]+)'\)$", edge.commands[0])[0]
    name, xlwings_version, excel_version, version = (
        bytes.fromhex(coded).decode("utf-16-be").split("|")
    )
    assert name.endswith("segxl.xlam")
    assert (xlwings_version, excel_version) == (metadata.version("xlwings"), "16.0")
    assert version == __version__


@pytest.mark.usefixtures("edge")
@pytest.mark.parametrize(
    "text", ["", r"C:\Clients\Été 2026\d'Arc|x.csv", "œ€’…", "😀", "\uffff\u0001"]
)
def test_any_text_goes_to_python_as_hexadecimal_digits(excel: ExcelApplication, text: str) -> None:
    coded = str(excel.run("SegxlHexa", units(text)))

    assert re.fullmatch("[0-9A-F]*", coded)
    assert bytes.fromhex(coded).decode("utf-16-be") == text


@pytest.mark.parametrize("action", ["", "noter')", "noter; import os", "Noter", "noter2"])
def test_only_a_plain_word_is_an_action(excel: ExcelApplication, edge: Edge, action: str) -> None:
    with pytest.raises(VBARuntimeError, match="Action inconnue"):
        excel.run("SegxlLancer", action)

    assert edge.commands == []


def test_someone_who_has_not_installed_segxl_is_told_how(
    excel: ExcelApplication, edge: Edge
) -> None:
    del edge.files[CONF]

    press(excel, "aide")

    assert edge.commands == []
    assert edge.servers == []
    assert CONF in messages(excel)[0]
    assert "lancez «\u00a0segxl installer\u00a0»" in messages(excel)[0]


def test_a_missing_dll_is_told_in_french_with_what_was_looked_for(
    excel: ExcelApplication, edge: Edge
) -> None:
    edge.dll = False

    press(excel, "aide")
    press(excel, "redemarrer")

    for message in messages(excel):
        assert message.startswith("Python ou xlwings introuvable, ou d’une autre version")
        assert "xlwings64-0.37.8.dll introuvable" in message
        assert "«\u00a0segxl installer\u00a0»" in message
        assert "\n" not in message
    assert edge.status[-1] is False
    assert edge.cancel_key == 1


def test_a_bug_in_python_is_told_in_french_with_its_detail(excel: ExcelApplication) -> None:
    def fail(_code: str, _book: Workbook | None) -> None:
        raise ImportError("segxl")

    edge = load_addin(excel, ADDIN, run=fail)

    press(excel, "aide")

    kind, text, title, _ = excel.dialogs[0]
    assert (kind, title) == ("Popup", "segxl")
    assert text.startswith("segxl n’a pas pu terminer. Détail, pour le support\u00a0:")
    assert "ImportError: segxl" in text
    assert edge.status[-1] is False


def test_python_can_be_restarted(excel: ExcelApplication, edge: Edge) -> None:
    press(excel, "redemarrer")

    assert [mode for _, mode in edge.servers] == [-1]
    assert messages(excel) == ["Python a été arrêté\u00a0; il repartira au prochain clic."]


@pytest.mark.usefixtures("edge")
@pytest.mark.parametrize(
    "event", ["WorkbookActivate", "WorkbookDeactivate", "NewWorkbook", "SheetActivate"]
)
def test_the_ribbon_is_asked_again_when_the_workbook_changes(
    excel: ExcelApplication, event: str
) -> None:
    ribbon = RibbonUI()
    excel.run("SegxlRibbonLoad", ribbon)

    raise_event(excel, event, excel.workbook)

    assert ribbon.invalidated == 1


@pytest.mark.usefixtures("edge")
def test_events_before_the_ribbon_is_loaded_are_harmless(excel: ExcelApplication) -> None:
    raise_event(excel, "WorkbookActivate", excel.workbook)

    assert excel.dialogs == []
