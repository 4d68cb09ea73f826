"""Saving: all or nothing, whatever the disk, the other programs or the power supply do."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.excel.parts import score, value_of

from segxl.domain.anomalies import SaisieError
from segxl.excel.file import FileWorkbook

UNIX = pytest.mark.skipif(os.name == "nt", reason="signals and limits of Unix")
KILLED_WHILE_SAVING = """
import os, signal, sys, zipfile
from pathlib import Path
from segxl.excel.file import FileWorkbook
write = zipfile.ZipFile.writestr
def killing(self, info, content):
    write(self, info, content)
    if info.filename == "xl/workbook.xml":
        self.fp.flush()
        os.kill(os.getpid(), signal.SIGKILL)
zipfile.ZipFile.writestr = killing
workbook = FileWorkbook(Path(sys.argv[1]))
workbook.write_cells("Clients", {5: {"Ville": "Pau"}})
workbook.save()
"""
ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from segxl.excel.file import FileWorkbook
workbook = FileWorkbook(Path(sys.argv[1]))
workbook.write_cells("Clients", {5: {"Ville": "Pau"}})
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    workbook.save()
except Exception as error:
    print(type(error).__name__, error)
"""


def python(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONIOENCODING": "utf-8",
    }
    command = [sys.executable, "-c", code, str(path)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def to_save(path: Path) -> FileWorkbook:
    workbook = FileWorkbook(path)
    workbook.write_cells("Clients", {5: {"Ville": "Pau"}})
    return workbook


def leftovers(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name.endswith(".segxl.tmp")]


@contextlib.contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Give up the rights of the administrator, to whom no folder is shut."""
    administrator = os.name != "nt" and os.geteuid() == 0
    if administrator:
        os.seteuid(65534)
    try:
        yield
    finally:
        if administrator:
            os.seteuid(0)


@UNIX
def test_a_run_killed_while_saving_leaves_the_file_as_it_was(classeur: Path) -> None:
    before = classeur.read_bytes()

    killed = python(KILLED_WHILE_SAVING, classeur)

    assert killed.returncode == -signal.SIGKILL
    assert classeur.read_bytes() == before
    assert len(leftovers(classeur.parent)) == 1


@UNIX
def test_the_run_after_a_killed_one_works(classeur: Path) -> None:
    python(KILLED_WHILE_SAVING, classeur)

    score(classeur)

    assert value_of(classeur, 5, "Segment") == "Prêt"


def test_an_old_draft_of_a_killed_run_is_swept_even_beside_a_name_with_brackets(
    classeur: Path,
) -> None:
    named = classeur.rename(
        classeur.with_name("cabinet [2026] *.xlsx" if os.name != "nt" else "c [6].xlsx")
    )
    draft = named.with_name(f".{named.name}.1.segxl.tmp")
    draft.write_bytes(b"")
    os.utime(draft, (0, 0))

    score(named)

    assert leftovers(named.parent) == []


@UNIX
def test_a_full_disk_is_told_and_changes_nothing(classeur: Path) -> None:
    before = classeur.read_bytes()

    told = python(ON_A_FULL_DISK, classeur).stdout

    assert told.startswith("SaisieError Clients du cabinet.xlsx : le disque est plein")
    assert classeur.read_bytes() == before
    assert leftovers(classeur.parent) == []


@UNIX
def test_a_folder_where_nothing_may_be_written_is_told_and_changes_nothing(classeur: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "clients.xlsx"
        path.write_bytes(classeur.read_bytes())
        workbook = to_save(path)
        folder.chmod(0o555)

        with (
            as_an_ordinary_user(),
            pytest.raises(SaisieError, match="pouvez écrire dans le dossier"),
        ):
            workbook.save()

        folder.chmod(0o755)
        assert path.read_bytes() == classeur.read_bytes()
        assert [*folder.iterdir()] == [path]


def test_a_read_only_file_is_told_and_changes_nothing(classeur: Path) -> None:
    before = classeur.read_bytes()
    workbook = to_save(classeur)
    classeur.chmod(stat.S_IRUSR)

    with pytest.raises(SaisieError, match="ne peut pas être enregistré ici"):
        workbook.save()

    assert classeur.read_bytes() == before
    assert leftovers(classeur.parent) == []


@UNIX
def test_the_rights_of_the_file_stay(classeur: Path) -> None:
    classeur.chmod(0o640)

    score(classeur)

    assert stat.S_IMODE(classeur.stat().st_mode) == 0o640


@pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#"])
def test_a_file_open_in_excel_or_libreoffice_is_refused_before_any_work(
    lock: str, classeur: Path
) -> None:
    classeur.with_name(lock.format(classeur.name)).touch()

    with pytest.raises(SaisieError, match="est ouvert dans Excel ou LibreOffice"):
        FileWorkbook(classeur)


def test_a_file_open_elsewhere_can_still_be_read(classeur: Path) -> None:
    classeur.with_name(f"~${classeur.name}").touch()

    assert FileWorkbook(classeur, to_write=False).has_table("Clients")


def test_a_file_opened_in_excel_during_the_work_is_not_replaced(classeur: Path) -> None:
    before = classeur.read_bytes()
    workbook = to_save(classeur)
    classeur.with_name(f"~${classeur.name}").touch()

    with pytest.raises(SaisieError, match="supprimez le fichier ~"):
        workbook.save()

    assert classeur.read_bytes() == before


def test_a_file_that_somebody_else_wrote_meanwhile_is_not_replaced(classeur: Path) -> None:
    workbook = to_save(classeur)
    score(classeur)
    theirs = classeur.read_bytes()

    with pytest.raises(SaisieError, match="a été modifié pendant le travail"):
        workbook.save()

    assert classeur.read_bytes() == theirs


def test_a_copy_leaves_the_file_as_it_was(classeur: Path, tmp_path: Path) -> None:
    before = classeur.read_bytes()

    to_save(classeur).save_as(tmp_path / "copie.xlsx")

    assert classeur.read_bytes() == before
    assert value_of(tmp_path / "copie.xlsx", 5, "Ville") == "Pau"


def test_a_copy_keeps_the_extension_of_its_format(classeur: Path, tmp_path: Path) -> None:
    with pytest.raises(SaisieError, match=r"Donnez-lui un nom en \.xlsx"):
        to_save(classeur).save_as(tmp_path / "copie.xlsm")

    assert not (tmp_path / "copie.xlsm").exists()


def test_a_workbook_may_be_saved_twice_in_one_session(classeur: Path) -> None:
    workbook = to_save(classeur)
    workbook.save()
    workbook.write_cells("Clients", {6: {"Ville": "Gap"}})

    workbook.save()

    assert [value_of(classeur, row, "Ville") for row in (5, 6)] == ["Pau", "Gap"]
