"""The tab in Excel: put for one person, without an administrator; taken away without a trace."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.excel.test_saving import as_an_ordinary_user
from tests.machines import DLL, PERSON, SCRIPT, a_mac, a_pc, files_of, read_as_vba, touch

from segxl.actions import desinstaller, installer
from segxl.domain.anomalies import SaisieError
from segxl.excel.installation.machine import Machine

UNIX = pytest.mark.skipif(os.name == "nt", reason="rights, shells and devices of Unix")
WRITTEN_BY_HAND = b'"ONEDRIVE_COMMERCIAL_WIN","C:\\OneDrive - Cabinet Dupr\xe9"\r\n'
CODE = "import sys;print(sys.argv[1:])"


@pytest.fixture
def xlam(tmp_path: Path) -> Path:
    return touch(tmp_path / "livré" / "segxl.xlam", "complément 0.1.0")


@pytest.fixture
def pc(tmp_path: Path) -> Machine:
    return a_pc(tmp_path)


@pytest.fixture
def mac(tmp_path: Path) -> Machine:
    return a_mac(tmp_path)


@pytest.fixture(params=["PC", "Mac"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    return a_pc(tmp_path) if request.param == "PC" else a_mac(tmp_path)


@pytest.fixture
def locked_pc() -> Iterator[Machine]:
    """Return a PC with segxl installed, whose startup folder lets no file be replaced.

    An open add-in does the same on Windows: the new file can be written, not put in its place.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        machine = a_pc(folder)
        installer.run(machine, touch(folder / "segxl.xlam", "ancien complément"))
        for place in (folder, *folder.rglob("*")):
            place.chmod(0o777)
        machine.complement.parent.chmod(0o555)
        yield machine
        machine.complement.parent.chmod(0o777)


@pytest.fixture
def locked_mac() -> Iterator[Machine]:
    """Return a Mac that keeps the folder of Excel from the terminal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        machine = a_mac(folder)
        touch(machine.home / "segxl.xlam")
        for place in (folder, *folder.rglob("*")):
            place.chmod(0o777)
        machine.container.parent.chmod(0o000)
        yield machine
        machine.container.parent.chmod(0o777)


# On Windows


def test_the_add_in_goes_where_excel_opens_and_trusts_it(pc: Machine, xlam: Path) -> None:
    installer.run(pc, xlam)

    startup = pc.appdata / "Microsoft" / "Excel" / "XLSTART"
    assert [p.name for p in startup.iterdir()] == ["segxl.xlam"]
    assert (startup / "segxl.xlam").read_bytes() == xlam.read_bytes()


def test_the_settings_name_the_python_without_a_console_in_texts(pc: Machine, xlam: Path) -> None:
    installer.run(pc, xlam)

    assert pc.conf == pc.home / ".segxl" / "segxl.conf"
    assert read_as_vba(pc) == {
        "INTERPRETER_WIN": str(pc.home / "segxl" / "Scripts" / "pythonw.exe"),
        "PYTHONPATH": "",
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "USE UDF SERVER": "True",
        "SHOW CONSOLE": "False",
        "DEBUG UDFS": "False",
    }


def test_the_settings_are_written_in_ansi_for_a_person_with_accents(
    pc: Machine, xlam: Path
) -> None:
    installer.run(pc, xlam)

    assert PERSON.encode("cp1252") in pc.conf.read_bytes()


def test_the_python_with_a_console_serves_where_there_is_no_other(pc: Machine, xlam: Path) -> None:
    pc.executable.with_name("pythonw.exe").unlink()

    installer.run(pc, xlam)

    assert read_as_vba(pc)["INTERPRETER_WIN"] == str(pc.executable)


def test_the_dll_may_lie_beside_python(pc: Machine, xlam: Path) -> None:
    (pc.home / "segxl" / DLL).rename(pc.executable.with_name(DLL))

    installer.run(pc, xlam)

    assert pc.complement.exists()


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\r\n"], ids=["plain", "UTF-8", "blank"])
def test_what_the_user_wrote_by_hand_stays(pc: Machine, xlam: Path, start: bytes) -> None:
    pc.conf.parent.mkdir()
    pc.conf.write_bytes(start + WRITTEN_BY_HAND + b'"show console","True"\r\n')

    installer.run(pc, xlam)

    read = read_as_vba(pc)
    assert read["ONEDRIVE_COMMERCIAL_WIN"] == r"C:\OneDrive - Cabinet Dupré"
    assert read["SHOW CONSOLE"] == "False"
    assert "show console" not in read


def test_settings_saved_as_unicode_are_left_for_the_user_to_settle(pc: Machine, xlam: Path) -> None:
    pc.conf.parent.mkdir()
    pc.conf.write_bytes(WRITTEN_BY_HAND.decode("cp1252").encode("utf-16"))
    before = files_of(pc)

    with pytest.raises(SaisieError, match=r"segxl\.conf : .* n’est pas du texte simple"):
        installer.run(pc, xlam)

    assert files_of(pc) == before


# Refused, with the remedy


@pytest.mark.parametrize("python", ["of the store", "of a virtual environment"])
def test_the_python_of_the_store_is_refused_even_under_a_virtual_environment(
    pc: Machine, xlam: Path, python: str
) -> None:
    store = pc.home / "AppData" / "Local" / "Microsoft" / "WindowsApps"
    executable = store / "python.exe" if python == "of the store" else pc.executable
    before = files_of(pc)

    refused = refusal_of(dataclasses.replace(pc, executable=executable, base=store), xlam)

    assert "celui du Microsoft Store" in refused
    assert "Installez Python 64 bits (x64) depuis python.org" in refused
    assert files_of(pc) == before


def test_a_python_of_32_bits_is_refused(pc: Machine, xlam: Path) -> None:
    refused = refusal_of(dataclasses.replace(pc, bits=32), xlam)

    assert refused == (
        f"Python : celui-ci ({pc.executable}) est en 32 bits. Installez Python 64 bits (x64) depuis "
        "python.org, puis réinstallez segxl avec lui."
    )


def test_xlwings_installed_with_user_is_refused(pc: Machine, xlam: Path) -> None:
    (pc.home / "segxl" / DLL).rename(pc.home / DLL)

    refused = refusal_of(pc, xlam)

    assert refused.startswith(f"{DLL} : ce fichier d’xlwings n’est ni dans {pc.executable.parent}")
    assert "Réinstallez segxl sans « --user »" in refused


def test_a_dll_of_another_version_does_not_count(pc: Machine, xlam: Path) -> None:
    refused = refusal_of(dataclasses.replace(pc, xlwings_version="0.38.0"), xlam)

    assert refused.startswith("xlwings64-0.38.0.dll : ")


def test_a_path_that_ansi_cannot_write_is_refused(tmp_path: Path, xlam: Path) -> None:
    pc = a_pc(tmp_path, venv="日本")
    before = files_of(pc)

    refused = refusal_of(pc, xlam)

    assert refused.startswith("segxl.conf : Excel ne sait pas lire le chemin de Python : ")
    assert r"par exemple C:\segxl" in refused
    assert files_of(pc) == before


def test_an_add_in_that_did_not_ship_is_told(pc: Machine, tmp_path: Path) -> None:
    before = files_of(pc)

    assert refusal_of(pc, tmp_path / "segxl.xlam") == (
        "segxl.xlam : ce fichier manque à segxl. Réinstallez segxl."
    )
    assert files_of(pc) == before


@pytest.mark.parametrize("run", [installer.run, desinstaller.run])
def test_nothing_is_written_where_excel_does_not_exist(
    pc: Machine, run: Callable[[Machine], object]
) -> None:
    before = files_of(pc)

    with pytest.raises(SaisieError, match=r"^Excel n’existe pas ici : "):
        run(dataclasses.replace(pc, system="Linux"))

    assert files_of(pc) == before


@UNIX
def test_an_add_in_that_excel_holds_open_stays_whole_and_nothing_else_is_written(
    locked_pc: Machine,
) -> None:
    xlam = touch(locked_pc.home / "livré.xlam", "nouveau complément")
    locked_pc.conf.write_bytes(WRITTEN_BY_HAND)
    before = files_of(locked_pc)

    with as_an_ordinary_user():
        refused = refusal_of(locked_pc, xlam)

    assert refused == (
        "segxl.xlam : Excel tient ce fichier ouvert. Fermez Excel, puis relancez « segxl installer »."
    )
    assert files_of(locked_pc) == before


@UNIX
def test_a_folder_that_refuses_is_told(locked_pc: Machine) -> None:
    xlam = touch(locked_pc.home / "livré.xlam", "nouveau complément")
    locked_pc.complement.parents[1].chmod(0o555)

    with as_an_ordinary_user():
        refused = refusal_of(locked_pc, xlam)

    locked_pc.complement.parents[1].chmod(0o777)
    assert "ne se laisse ni lire ni modifier. Demandez le droit d’y écrire" in refused


@UNIX
def test_a_full_disk_is_told_and_leaves_the_old_add_in(pc: Machine, xlam: Path) -> None:
    installer.run(pc, xlam)
    draft = pc.complement.parents[1] / ".segxl.xlam.segxl.tmp"
    draft.symlink_to("/dev/full")
    before = files_of(pc)

    refused = refusal_of(pc, touch(pc.home.parent / "livré.xlam", "nouveau complément"))

    assert refused.startswith("segxl.xlam : le disque est plein. Libérez de la place")
    assert files_of(pc) == before
    assert not draft.is_symlink()


@UNIX
def test_settings_that_cannot_be_read_are_not_written_over(locked_pc: Machine) -> None:
    before = locked_pc.conf.read_bytes()
    locked_pc.conf.chmod(0o000)

    with as_an_ordinary_user():
        refused = refusal_of(locked_pc, touch(locked_pc.home / "livré.xlam"))

    assert refused.startswith("segxl.conf : ")
    assert locked_pc.conf.read_bytes() == before


# On macOS


def test_on_a_mac_each_file_goes_where_excel_looks(mac: Machine, xlam: Path) -> None:
    library = mac.home / "Library"

    installer.run(mac, xlam)

    office = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
    complement = office / "Startup.localized" / "Excel" / "segxl.xlam"
    script = library / "Application Scripts" / "com.microsoft.Excel" / SCRIPT
    assert complement.read_bytes() == xlam.read_bytes()
    assert script.read_bytes() == (mac.xlwings / SCRIPT).read_bytes()
    assert (library / "Containers" / "com.microsoft.Excel" / "Data" / "segxl.conf").exists()


@UNIX
def test_on_a_mac_the_shell_finds_python_in_a_folder_with_spaces_and_accents(
    mac: Machine, xlam: Path
) -> None:
    mac.executable.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    mac.executable.chmod(0o755)
    installer.run(mac, xlam)

    python = read_as_vba(mac)["INTERPRETER_MAC"]
    # The script of xlwings pastes the path as it is, then its own words.
    ran = subprocess.run(
        ["/bin/sh", "-c", f'{python} -B -u -W ignore -c "{CODE}" "--from_xl=1"'],
        capture_output=True,
        text=True,
        check=True,
    )

    assert python.startswith("/")
    assert ran.stdout == "['--from_xl=1']\n"


@pytest.mark.parametrize("venv", ["d'Aix", 'le "bon"', "a|b", "日本"])
def test_on_a_mac_a_path_that_cannot_reach_the_shell_is_refused(
    tmp_path: Path, xlam: Path, venv: str
) -> None:
    mac = a_mac(tmp_path, venv=venv)
    before = files_of(mac)

    refused = refusal_of(mac, xlam)

    assert "Excel ne sait pas lire le chemin de Python" in refused
    assert "/Users/Shared/segxl" in refused
    assert files_of(mac) == before


def test_on_a_mac_excel_is_to_be_opened_once_before(mac: Machine, xlam: Path) -> None:
    mac.container.rmdir()

    assert "Ouvrez Excel une fois, fermez-le, puis relancez" in refusal_of(mac, xlam)
    assert not mac.container.exists()


@UNIX
def test_on_a_mac_a_refusal_names_the_privacy_settings(mac: Machine, xlam: Path) -> None:
    mac.script.parent.parent.mkdir(parents=True)
    mac.script.parent.touch()

    refused = refusal_of(mac, xlam)

    assert "Confidentialité et sécurité, Accès complet au disque" in refused
    assert not mac.conf.exists()


@UNIX
def test_on_a_mac_a_folder_out_of_the_terminal_s_sight_is_told(locked_mac: Machine) -> None:
    with as_an_ordinary_user():
        refused = refusal_of(locked_mac, locked_mac.home / "segxl.xlam")

    assert "Confidentialité et sécurité, Accès complet au disque" in refused


# Again, then away


def test_the_first_run_tells_each_file_and_the_next_step(pc: Machine, xlam: Path) -> None:
    assert installer.run(pc, xlam) == (
        f"Complément mis en place : {pc.complement}",
        f"Réglage mis en place : {pc.conf}",
        "Si Excel est ouvert, fermez-le. Ouvrez Excel : l’onglet « Segmentation » est là.",
    )


def test_a_second_run_writes_nothing_and_says_so(machine: Machine, xlam: Path) -> None:
    installer.run(machine, xlam)
    before = {p: p.stat().st_mtime_ns for p in machine.home.rglob("*")}

    told = installer.run(machine, xlam)

    assert {p: p.stat().st_mtime_ns for p in machine.home.rglob("*")} == before
    assert all("déjà en place : " in line for line in told[:-1])
    assert told[-1] == "Rien n’a changé. Ouvrez Excel : l’onglet « Segmentation » est là."


def test_a_new_version_takes_the_place_of_the_old_one(machine: Machine, xlam: Path) -> None:
    installer.run(machine, xlam)
    machine.complement.chmod(0o444)
    xlam.write_text("complément 0.2.0", "utf-8")

    installer.run(machine, xlam)

    assert machine.complement.read_text("utf-8") == "complément 0.2.0"


def test_uninstalling_gives_back_the_person_s_files_as_they_were(pc: Machine, xlam: Path) -> None:
    before = files_of(pc)
    installer.run(pc, xlam)

    told = desinstaller.run(pc)

    assert files_of(pc) == before
    assert not pc.conf.parent.exists()
    assert told == (
        f"Complément retiré : {pc.complement}",
        f"Réglage retiré : {pc.conf}",
        f"Dossier retiré : {pc.conf.parent}",
        "Excel s’ouvrira sans l’onglet « Segmentation ».",
    )


def test_uninstalling_leaves_the_lines_written_by_hand(pc: Machine, xlam: Path) -> None:
    pc.conf.parent.mkdir()
    pc.conf.write_bytes(WRITTEN_BY_HAND)
    installer.run(pc, xlam)

    told = desinstaller.run(pc)

    assert pc.conf.read_bytes() == WRITTEN_BY_HAND
    assert f"Réglage retiré de {pc.conf} ; vos propres lignes y restent" in told


def test_uninstalling_leaves_the_log(pc: Machine, xlam: Path) -> None:
    installer.run(pc, xlam)
    log = touch(pc.conf.with_name("journal.log"))

    desinstaller.run(pc)

    assert [*pc.conf.parent.iterdir()] == [log]


def test_uninstalling_on_a_mac_leaves_the_script_that_others_may_need(
    mac: Machine, xlam: Path
) -> None:
    before = files_of(mac)
    installer.run(mac, xlam)

    told = desinstaller.run(mac)

    assert files_of(mac).keys() - before.keys() == {str(mac.script.relative_to(mac.home))}
    assert mac.container.is_dir()
    assert any(line.startswith("Script d’xlwings laissé en place") for line in told)


def test_uninstalling_nothing_is_no_fault(pc: Machine) -> None:
    touch(pc.conf).write_bytes(WRITTEN_BY_HAND)
    before = files_of(pc)

    assert desinstaller.run(pc) == ("Rien à retirer : segxl n’est pas installé dans Excel.",)
    assert files_of(pc) == before


@UNIX
def test_uninstalling_while_excel_holds_the_add_in_removes_nothing(locked_pc: Machine) -> None:
    before = files_of(locked_pc)

    with (
        as_an_ordinary_user(),
        pytest.raises(SaisieError, match="Fermez Excel, puis relancez « segxl desinstaller »"),
    ):
        desinstaller.run(locked_pc)

    assert files_of(locked_pc) == before


def refusal_of(machine: Machine, complement: Path) -> str:
    with pytest.raises(SaisieError) as refused:
        installer.run(machine, complement)
    return str(refused.value)
