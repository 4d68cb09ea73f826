from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from segxl.excel.cabinet import fill_cabinet
from segxl.excel.file import FileWorkbook
from segxl.shipped import shipped_path
from segxl.sources.demonstration import invent_cabinet

SKIPS_IN_CI: list[str] = []
CLIENTS = pd.DataFrame(
    {
        "Dossier": ["D1", "D2", "D3"],
        "Raison sociale": ["Lumo Énergie", 'Père & Fils <SARL> "À l’Été" =1+1', "Ostra Conseil"],
        "Civilité": ["Madame", None, "Monsieur"],
        "Contact": ["Inès Arbel", "Paul Estrade", "Yann Guyonnet"],
        "E-mail": ["d1@client.example", "d2@client.example", "d3@client.example"],
        "Adresse": ["1 rue du Moulin", "2 quai des Tanneurs", "3 place du Marché"],
        "Code postal": ["69003", "01000", "20200"],
        "Ville": ["Lyon", "Bourg-en-Bresse", "Bastia"],
        "Collaborateur": ["AB", "AB", "CD"],
        "Assujetti TVA": ["Oui", "Oui", "Non"],
        "Part B2B": [0.5, 1, 0],
        "Sensibilisation": ["Informé", "Jamais informé", "Informé"],
        "Processus adaptés": ["En cours", "Aucun", "Aucun"],
        "Plateforme agréée": ["Réception et émission", "Aucune", "Aucune"],
        "Outil de facturation": ["Logiciel compatible", "Papier", "Papier"],
        "Transmission au cabinet": ["Portail du cabinet", "Papier", "Papier"],
        "Digitalisation": ["Avancée", "Pas digitalisé", "Partielle"],
        "Autonomie": ["Autonome", "Pas autonome", "Autonome"],
        "Appétence au changement": ["Ouvert", "Ouvert", "Ouvert"],
        "Émission des factures": ["Portail ou EDI", "Papier", None],
        "Réception des factures": ["Par plateforme agréée", "Papier", "Papier"],
        "Nouvelles mentions": ["Trois", "Aucune", None],
    }
)


@pytest.fixture
def classeur(tmp_path: Path) -> Path:
    """Return a workbook of three clients with a filled letterhead, not scored yet."""
    path = tmp_path / "Clients du cabinet.xlsx"
    path.write_bytes(shipped_path("workbook/portefeuille.xlsx").read_bytes())
    workbook = FileWorkbook(path)
    workbook.append_rows("Clients", CLIENTS)
    fill_cabinet(workbook, invent_cabinet())
    workbook.save()
    return path


def is_real_excel(config: pytest.Config) -> bool:
    """Tell whether the tests drive the Excel of this machine."""
    return config.option.markexpr == "excel" and sys.platform in {"win32", "darwin"}


@pytest.fixture
def excel(pytestconfig: pytest.Config) -> Iterator[Any]:
    """Return an Excel: the one in memory, or the real one with `-m excel` where there is one."""
    running: Any
    if is_real_excel(pytestconfig):
        from tests.engine.real import RealExcel  # noqa: PLC0415  either one or the other

        running = RealExcel()
    else:
        from tests.engine.excel import start  # noqa: PLC0415

        running = start()
    yield running
    running.quit()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    without = pytest.mark.skip(reason="LibreOffice is not installed here")
    in_memory = pytest.mark.skip(reason="nobody answers the message boxes of a real Excel")
    for item in items:
        if item.get_closest_marker("libreoffice") and not shutil.which("soffice"):
            item.add_marker(without)
        if "excel" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.excel)
        if item.get_closest_marker("memory") and is_real_excel(config):
            item.add_marker(in_memory)


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        SKIPS_IN_CI.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("CI") and SKIPS_IN_CI:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\nskipped in CI, which counts as a failure: {SKIPS_IN_CI}")
