from __future__ import annotations

import os
import shutil

import pytest

SKIPS_IN_CI: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    without = pytest.mark.skip(reason="LibreOffice is not installed here")
    for item in items:
        if item.get_closest_marker("libreoffice") and not shutil.which("soffice"):
            item.add_marker(without)
        if item.get_closest_marker("excel"):
            item.add_marker(pytest.mark.skip(reason="needs a running Excel"))


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and "excel" not in report.keywords:
        SKIPS_IN_CI.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("CI") and SKIPS_IN_CI:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\nskipped in CI, which counts as a failure: {SKIPS_IN_CI}")
