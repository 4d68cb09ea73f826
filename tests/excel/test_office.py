"""Finding Excel without starting it."""

from __future__ import annotations

import plistlib
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from segxl.excel.installation.machine import this_machine
from segxl.excel.installation.office import find_excel, read_application, read_registry

OFFICE = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
EXCEL = {r"Excel.Application\CurVer": {"": "Excel.Application.16"}}


class Registry:
    """The registry of a PC, with the three names that segxl uses of it."""

    HKEY_CLASSES_ROOT, HKEY_LOCAL_MACHINE = 0, 1

    def __init__(self, keys: dict[str, dict[str, str]]) -> None:
        self._keys = keys
        self._opened = ""

    def OpenKey(self, _root: int, key: str) -> Self:  # noqa: N802  the name Windows gives it
        if key not in self._keys:
            raise FileNotFoundError(key)
        self._opened = key
        return self

    def QueryValueEx(self, _key: object, name: str) -> tuple[str, int]:  # noqa: N802  as above
        if name not in self._keys[self._opened]:
            raise FileNotFoundError(name)
        return self._keys[self._opened][name], 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass


@pytest.mark.parametrize(
    ("keys", "version"),
    [
        ({}, ""),
        (EXCEL, "16"),
        (
            EXCEL | {OFFICE: {"VersionToReport": "16.0.17928.20114", "Platform": "x64"}},
            "16.0.17928.20114 (64 bits)",
        ),
        (
            EXCEL | {OFFICE: {"VersionToReport": "16.0.17928.20114", "Platform": "x86"}},
            "16.0.17928.20114 (32 bits)",
        ),
        ({OFFICE: {"VersionToReport": "16.0.17928.20114"}}, ""),
    ],
    ids=["none", "bought once", "64 bits", "32 bits", "Office without Excel"],
)
def test_the_registry_says_which_excel(keys: dict[str, dict[str, str]], version: str) -> None:
    assert read_registry(Registry(keys)) == version


def test_a_mac_says_which_excel(tmp_path: Path) -> None:
    contents = tmp_path / "Microsoft Excel.app" / "Contents"
    contents.mkdir(parents=True)
    (contents / "Info.plist").write_bytes(plistlib.dumps({"CFBundleShortVersionString": "16.89"}))

    assert read_application(tmp_path) == "16.89"


@pytest.mark.parametrize("content", [None, b"", b"<plist>", b"\xff\xfe", plistlib.dumps([])])
def test_a_mac_without_a_readable_excel_has_none(tmp_path: Path, content: bytes | None) -> None:
    contents = tmp_path / "Microsoft Excel.app" / "Contents"
    contents.mkdir(parents=True)
    if content is not None:
        (contents / "Info.plist").write_bytes(content)

    assert read_application(tmp_path) == ""


def test_other_systems_have_no_excel() -> None:
    assert find_excel("Linux") == ""


def test_this_machine_knows_the_script_that_ships_with_xlwings() -> None:
    assert this_machine().shipped_script.exists()
