"""`segxl fec` in a terminal: who is asked for what, and whom no output names."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.domain.faits.ecritures import DATA
from tests.excel.parts import read_parts, rows_of

from segxl.excel.file import FileWorkbook

Run = Callable[..., int]
FIRST, SECOND = (DATA / f"000000034FEC{year}1231.txt" for year in (2024, 2025))
PEOPLE = {
    "ALPHA DISTRIBUTION SAS": "Josette ROUMEGAS",
    "BETA SARL": "Anselme VIDALENC",
    "GAMMA & FILS": "Fulbert CAZALS",
    "DELTA CONSEIL": "Ursuline PEYROT",
    "EPSILON INC": "Barnabé QUERCY",
    "COMMUNE DE VILLEFICTIVE": "Hermine de BELCASTEL",
    "TELECOM FICTIF": "Gontran SALVIGNAC",
    "IMMO FICTIVE SCI": "Léonce TARDIEU",
}
NAMES = re.compile(
    "|".join(w for name in PEOPLE.values() for w in name.split() if w != "de"), re.IGNORECASE
)


@pytest.fixture
def owned(classeur: Path) -> Path:
    """Return the workbook of three clients, the first one being the company of the files."""
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"SIREN": "000000034"}}, keep_formulas=False)
    workbook.save()
    return classeur


@pytest.fixture
def personal(tmp_path: Path) -> list[Path]:
    """Return two years whose counterparties are people, and a year cut in the middle of a line."""
    paths = []
    for source in (FIRST, SECOND):
        text = source.read_text("utf-8")
        for company, person in PEOPLE.items():
            text = text.replace(company, person)
        path = tmp_path / source.name
        path.write_text(text, "utf-8")
        paths.append(path)
    broken = tmp_path / "000000034FEC20231231.txt"
    lines = paths[0].read_text("utf-8").splitlines()
    broken.write_text("\n".join([*lines[:9], "\t".join(lines[9].split("\t")[:12])]), "utf-8")
    return [*paths, broken]


def test_a_file_that_leads_to_no_client_is_told_with_its_siren_and_what_to_do(
    segxl: Run, owned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = shutil.copy(SECOND, tmp_path / "000000042FEC20251231.txt")

    code = segxl("fec", owned, FIRST, stranger)

    out, err = capsys.readouterr()
    assert code == 1
    assert "1 client reconnu" in out
    assert "000000042FEC20251231.txt : aucun client n’a le SIREN" in err
    assert "(lu : « 000000042 »)" in err
    assert "dites de quel dossier il est (--dossier)" in err
    assert set(rows_of(owned, "Faits")["Dossier"]) == {"D1"}


def test_the_option_dossier_answers(segxl: Run, owned: Path, tmp_path: Path) -> None:
    nameless = shutil.copy(SECOND, tmp_path / "export.txt")

    code = segxl("fec", owned, nameless, "--dossier", "D2")

    assert code == 0
    assert set(rows_of(owned, "Faits")["Dossier"]) == {"D2"}


def test_the_option_dossier_never_overrides_the_siren_of_another_client(
    segxl: Run, owned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("fec", owned, SECOND, "--dossier", "D2")

    assert code == 1
    assert "celui du dossier D1 : rien n’a été écrit" in capsys.readouterr().err
    assert not FileWorkbook(owned).has_table("Faits")


def test_a_file_of_three_gigabytes_is_refused_and_the_others_are_read(
    segxl: Run, owned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    huge = tmp_path / "000000034FEC20231231.txt"
    with huge.open("wb") as file:
        file.truncate(3_000_000_000)

    code = segxl("fec", owned, huge, SECOND)

    out, err = capsys.readouterr()
    assert code == 1
    assert "1 fichier lu, 1 client reconnu" in out
    assert "ce FEC dépasse 1000 Mo : il n’a pas été ouvert (lu : « 3000 Mo »)" in err


def test_nobody_whom_the_entries_name_is_named_by_anything_written(
    segxl: Run,
    owned: Path,
    personal: list[Path],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    letters = tmp_path / "courriers"

    segxl("faits", *personal)
    segxl("faits", *personal, "--json")
    segxl("fec", owned, *personal)
    segxl("noter", owned)
    segxl("expliquer", owned, "D1")
    segxl("courriers", owned, "--vers", letters)
    segxl("trajectoire", owned, "--vers", letters)

    said = "".join(capfd.readouterr())
    written = [*read_parts(owned).values()]
    documents = [*letters.rglob("*.docx")]
    for path in documents:
        with zipfile.ZipFile(path) as archive:
            written += map(archive.read, archive.namelist())
    assert "Nouveaux : 2" in said
    assert documents
    assert not NAMES.search(said)
    assert not [part for part in written if NAMES.search(part.decode("utf-8", "replace"))]


def test_a_simulation_does_not_send_anyone_to_a_sheet_that_is_not_there(
    segxl: Run, owned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("fec", owned, SECOND, "--simulation")

    out = capsys.readouterr().out
    assert "1 client reconnu" in out
    assert "feuille Faits" not in out
