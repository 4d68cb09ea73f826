from __future__ import annotations

from pathlib import Path

import pytest
from pyopenvba.apps.excel import ExcelApplication
from tests.engine.addin import raise_event
from tests.engine.edge import Edge, LinkedWorkbook, RibbonUI

ADDIN = Path(__file__).parents[2] / "workbook" / "segxl.xlam"
RATES = r"C:\Cabinet\Taux.xlsx"


@pytest.fixture
def excel() -> ExcelApplication:
    """Return an Excel with one workbook that links to a file of rates."""
    application = ExcelApplication()
    book = application.add_workbook()
    book.__class__ = LinkedWorkbook
    book.links = [RATES]
    book.saved = True
    return application


def here(edge: Edge) -> str:
    return str(edge.book.vba_get("FullName"))


@pytest.mark.parametrize(
    "author",
    [
        r"C:\Users\Paul\AppData\Roaming\Microsoft\Excel\XLSTART\segxl.xlam",
        r"\\serveur\partage\SEGXL.XLAM",
        "https://cabinet.sharepoint.com/outils/segxl.xlam",
        "Macintosh HD:Users:paul:segxl.xlam",
        "segxl.xlam",
    ],
)
def test_opening_a_workbook_turns_the_author_s_addin_to_ours(
    excel: ExcelApplication, edge: Edge, author: str
) -> None:
    excel.workbook.links.append(author)

    raise_event(excel, "WorkbookOpen", excel.workbook)

    assert excel.workbook.links == [RATES, here(edge)]


@pytest.mark.usefixtures("edge")
@pytest.mark.parametrize(
    "other", [r"C:\a\autre-segxl.xlam", r"C:\segxl.xlam\b.xlsx", r"C:\a\segxl.xlsx"]
)
def test_other_links_are_left_alone(excel: ExcelApplication, other: str) -> None:
    excel.workbook.links.append(other)

    raise_event(excel, "WorkbookOpen", excel.workbook)

    assert excel.workbook.links == [RATES, other]


@pytest.mark.parametrize("saved", [True, False])
def test_closing_afterwards_asks_to_save_only_what_someone_changed(
    excel: ExcelApplication, edge: Edge, *, saved: bool
) -> None:
    excel.workbook.links.append(r"C:\x\segxl.xlam")
    excel.workbook.saved = saved

    raise_event(excel, "WorkbookOpen", excel.workbook)

    assert here(edge) in excel.workbook.links
    assert excel.workbook.saved is saved
    assert excel.application.display_alerts is True


@pytest.mark.usefixtures("edge")
def test_a_workbook_without_links_opens(excel: ExcelApplication) -> None:
    excel.workbook.links = []

    raise_event(excel, "WorkbookOpen", excel.workbook)

    assert excel.workbook.links == []


@pytest.mark.usefixtures("edge")
def test_a_workbook_that_refuses_opens_all_the_same(excel: ExcelApplication) -> None:
    excel.workbook.links.append(r"C:\x\segxl.xlam")
    excel.workbook.protected = True

    raise_event(excel, "WorkbookOpen", excel.workbook)

    assert excel.workbook.links == [RATES, r"C:\x\segxl.xlam"]
    assert excel.application.display_alerts is True
    assert excel.dialogs == []


def test_workbooks_open_before_the_addin_are_repaired_when_it_opens(
    excel: ExcelApplication, edge: Edge
) -> None:
    excel.workbook.links.append(r"C:\x\segxl.xlam")

    excel.run("ThisWorkbook.Workbook_Open")

    assert excel.workbook.links == [RATES, here(edge)]


@pytest.mark.usefixtures("edge")
def test_opening_a_workbook_asks_the_ribbon_again(excel: ExcelApplication) -> None:
    ribbon = RibbonUI()
    excel.run("SegxlRibbonLoad", ribbon)

    raise_event(excel, "WorkbookOpen", excel.workbook)

    assert ribbon.invalidated == 1
