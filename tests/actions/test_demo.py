"""« demo » : a fictitious firm whose entries stand beside what it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of

from segxl.actions import demo
from segxl.actions.demo import BilanDemo
from segxl.actions.fec import FILLED, GAP, HINT, SAME
from segxl.domain.anomalies import SaisieError
from segxl.domain.identifiants import siren_of
from segxl.excel.file import FileWorkbook
from segxl.sources.fichiers_facturation import siren_of_cabinet

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def bilan(tmp_path_factory: pytest.TempPathFactory) -> BilanDemo:
    return demo.run(tmp_path_factory.mktemp("demo"), 300, 1, TODAY)


def test_measured_answers_stand_beside_typed_ones(bilan: BilanDemo) -> None:
    told = rows_of(bilan.classeur, "Faits")["Lecture"].value_counts()

    assert told.to_dict() == {SAME: 15, FILLED: 7, GAP: 4, HINT: 24}
    assert not find_flaws(bilan.classeur)


def test_a_blank_answer_takes_the_measure_before_the_notes(bilan: BilanDemo) -> None:
    lignes = FileWorkbook(bilan.classeur).read_table("Clients").lignes.set_index("Dossier")

    assert len(bilan.mesures.repris) == 7
    for dossier, header, value in bilan.mesures.repris:
        assert lignes.loc[dossier, header] == value
    assert len(bilan.notation.resultats.lignes) == 300


def test_the_entries_are_beside_the_workbook(bilan: BilanDemo) -> None:
    names = sorted(path.name for path in bilan.fec.iterdir())

    assert bilan.fec == bilan.classeur.parent / "fec"
    assert names == sorted(f.fichier for f in bilan.mesures.lus.fichiers)
    assert bilan.mesures.inconnus == ()


def test_another_fec_of_that_name_is_kept_and_nothing_is_made(
    bilan: BilanDemo, tmp_path: Path
) -> None:
    name = bilan.mesures.lus.fichiers[0].fichier
    (tmp_path / "fec").mkdir()
    (tmp_path / "fec" / name).write_bytes(b"ours")

    with pytest.raises(SaisieError, match=name):
        demo.run(tmp_path, 300, 1, TODAY)

    assert (tmp_path / "fec" / name).read_bytes() == b"ours"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name]


def test_the_same_firm_is_made_again_over_its_own_fec(tmp_path: Path) -> None:
    first = demo.run(tmp_path, 12, 1, TODAY)
    first.classeur.unlink()

    again = demo.run(tmp_path, 12, 1, TODAY)

    assert len(again.mesures.lus.fichiers) == 10


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "fec").write_bytes(b"")

    with pytest.raises(SaisieError, match="ne peuvent pas être écrits"):
        demo.run(tmp_path, 12, 1, TODAY)

    assert not (tmp_path / "portefeuille.xlsx").exists()


def test_the_firm_is_none_of_its_clients(bilan: BilanDemo) -> None:
    workbook = FileWorkbook(bilan.classeur)
    cabinet = workbook.read_table("Cabinet").lignes.set_index("Champ")["Valeur"]
    clients = workbook.read_table("Clients").lignes["SIREN"]

    assert siren_of_cabinet({str(k): str(v) for k, v in cabinet.items()}) == "000999995"
    assert "000999995" not in {siren_of(siren) for siren in clients.dropna()}
