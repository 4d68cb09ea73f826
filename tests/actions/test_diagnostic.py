"""« Diagnostic »: each line is right, or says what to do."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest
from tests.machines import DLL, SCRIPT, VERSION, a_mac, a_pc, touch

import segxl
from segxl.actions import diagnostic, installer
from segxl.actions.diagnostic import EXCEL_SUBJECTS, Constat
from segxl.excel.installation.machine import Machine

UNIX = pytest.mark.skipif(os.name == "nt", reason="links as macOS makes them")
AGAIN = "fermez Excel, puis relancez « segxl installer »"


@pytest.fixture
def xlam(tmp_path: Path) -> Path:
    return touch(tmp_path / "livré" / "segxl.xlam", "complément 0.1.0")


@pytest.fixture
def pc(tmp_path: Path, xlam: Path) -> Machine:
    machine = a_pc(tmp_path)
    installer.run(machine, xlam)
    return machine


@pytest.fixture
def mac(tmp_path: Path, xlam: Path) -> Machine:
    machine = a_mac(tmp_path)
    installer.run(machine, xlam)
    return machine


def test_an_installed_pc_is_right_from_end_to_end(pc: Machine, xlam: Path) -> None:
    found = look(pc, xlam)

    assert not wrong(found)
    assert found["Excel"].trouve == "16.0.17928.20114 (64 bits)"
    assert found["Complément"].trouve == f"à jour dans {pc.complement.parent}"
    assert found["segxl.conf"].trouve == f"nomme {pc.interpreter}"
    assert found["Lien entre Excel et Python"].trouve == str(pc.home / "segxl" / DLL)


def test_an_installed_mac_is_right_from_end_to_end(mac: Machine, xlam: Path) -> None:
    found = look(mac, xlam)

    assert not wrong(found)
    assert found["Excel"].trouve == "16.89"
    assert found["segxl.conf"].trouve == f"nomme {mac.interpreter}"
    assert found["Lien entre Excel et Python"].trouve.endswith(SCRIPT)


def test_before_the_installation_two_lines_say_to_install(tmp_path: Path, xlam: Path) -> None:
    found = look(a_pc(tmp_path), xlam)

    assert wrong(found) == {
        "Complément": "lancez « segxl installer »",
        "segxl.conf": "lancez « segxl installer »",
    }


def test_a_machine_without_excel_is_told(pc: Machine, xlam: Path) -> None:
    assert wrong(look(dataclasses.replace(pc, excel=""), xlam)) == {"Excel": "installez Excel"}


def test_an_older_add_in_is_told(pc: Machine, xlam: Path) -> None:
    xlam.write_text("complément 0.2.0", "utf-8")

    assert wrong(look(pc, xlam)) == {"Complément": AGAIN}


def test_an_add_in_that_did_not_ship_is_told(pc: Machine, tmp_path: Path) -> None:
    found = look(pc, tmp_path / "absent.xlam")

    assert wrong(found) == {"Complément": "réinstallez segxl"}


def test_settings_that_name_another_python_are_told(pc: Machine, xlam: Path) -> None:
    other = touch(pc.home / "autre" / "Scripts" / "python.exe")
    touch(pc.home / "autre" / DLL)

    found = look(dataclasses.replace(pc, executable=other), xlam)

    assert found["segxl.conf"].trouve == f"nomme un autre Python : {pc.interpreter}"
    assert wrong(found) == {"segxl.conf": f"lancez « segxl installer » pour nommer {other}"}


@UNIX
def test_on_a_mac_two_environments_of_one_python_are_told_apart(mac: Machine, xlam: Path) -> None:
    other = mac.home / "autre" / "bin" / "python3"
    other.parent.mkdir(parents=True)
    other.symlink_to(mac.executable)

    found = look(dataclasses.replace(mac, executable=other), xlam)

    assert wrong(found) == {"segxl.conf": f"lancez « segxl installer » pour nommer {other}"}


@UNIX
def test_on_a_mac_two_names_of_one_python_are_the_same(mac: Machine, xlam: Path) -> None:
    alias = mac.executable.with_name("python")
    alias.symlink_to(mac.executable)

    assert not wrong(look(dataclasses.replace(mac, executable=alias), xlam))


def test_settings_that_name_a_python_that_went_away_are_told(pc: Machine, xlam: Path) -> None:
    gone = pc.interpreter
    gone.unlink()

    found = look(pc, xlam)

    assert found["segxl.conf"].trouve == f"nomme un Python qui n’existe plus : {gone}"
    assert wrong(found) == {"segxl.conf": "lancez « segxl installer »"}


def test_settings_that_name_no_python_are_told(pc: Machine, xlam: Path) -> None:
    pc.conf.write_bytes(b'"SHOW CONSOLE","True"\r\n')

    assert look(pc, xlam)["segxl.conf"].trouve == f"{pc.conf} ne nomme aucun Python"


def test_a_missing_dll_is_told_with_its_name(pc: Machine, xlam: Path) -> None:
    (pc.home / "segxl" / DLL).unlink()

    found = wrong(look(pc, xlam))

    assert [*found] == [DLL]
    assert "sans « --user »" in found[DLL]


def test_a_script_of_another_version_is_told(mac: Machine, xlam: Path) -> None:
    mac.script.write_text("ancien", "utf-8")

    assert wrong(look(mac, xlam)) == {"Lien entre Excel et Python": "lancez « segxl installer »"}


def test_elsewhere_the_lines_of_excel_are_no_fault(pc: Machine, xlam: Path) -> None:
    found = look(dataclasses.replace(pc, system="Linux"), xlam)

    assert {s: found[s].trouve for s in EXCEL_SUBJECTS} == dict.fromkeys(
        EXCEL_SUBJECTS, "sans objet sur cette machine"
    )
    assert not wrong(found)


# What an open Excel says of itself


def test_an_open_excel_with_the_right_add_in_is_right(pc: Machine, xlam: Path) -> None:
    found = look(pc, xlam, session(pc))

    assert not wrong(found)
    assert found["Excel ouvert"].trouve == "16.0"
    assert found["Complément ouvert"].trouve == str(pc.complement)


def test_a_copy_opened_from_elsewhere_is_told(pc: Machine, xlam: Path) -> None:
    copy = touch(pc.home / "Téléchargements" / "segxl.xlam")

    found = look(pc, xlam, session(pc, complement=str(copy)))

    assert [*wrong(found)] == ["Complément ouvert"]
    assert str(copy) in found["Complément ouvert"].trouve


@pytest.mark.parametrize(
    ("changed", "subject"), [("segxl", "segxl dans Excel"), ("xlwings", "xlwings dans Excel")]
)
def test_a_version_in_excel_that_differs_from_python_s_is_told(
    pc: Machine, xlam: Path, changed: str, subject: str
) -> None:
    found = look(pc, xlam, session(pc, **{changed: "0.0.9"}))

    assert wrong(found) == {subject: AGAIN}
    assert found[subject].trouve.startswith("0.0.9, au lieu de ")


@pytest.mark.parametrize("text", ["segxl.xlam", "a|b", "segxl.xlam||16.0|0.1.0", "|||"])
def test_an_answer_of_excel_that_cannot_be_read_is_told(pc: Machine, xlam: Path, text: str) -> None:
    assert wrong(look(pc, xlam, text)) == {"Excel ouvert": AGAIN}


def session(machine: Machine, **changed: str) -> str:
    said = {
        "complement": str(machine.complement),
        "xlwings": VERSION,
        "excel": "16.0",
        "segxl": segxl.__version__,
    }
    return "|".join((said | changed).values())


def look(machine: Machine, complement: Path, excel: str = "") -> dict[str, Constat]:
    constats = diagnostic.run(machine.home, excel, machine, complement)
    return {c.sujet: c for c in constats}


def wrong(found: dict[str, Constat]) -> dict[str, str]:
    return {c.sujet: c.remede for c in found.values() if not c.is_right}
