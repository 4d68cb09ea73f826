"""`segxl faits` in a terminal."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.domain.faits.ecritures import DATA

from segxl.domain.faits.etats import UNITES, Etat

Run = Callable[..., int]
RunJson = Callable[..., dict[str, Any]]
FIRST, SECOND = (DATA / f"000000034FEC{year}1231.txt" for year in (2024, 2025))
EXPECTED: dict[str, Any] = json.loads((DATA / "EXPECTED.json").read_text("utf-8"))
NAMES = (
    "ALPHA",
    "BETA SARL",
    "GAMMA",
    "DELTA CONSEIL",
    "EPSILON",
    "VILLEFICTIVE",
    "IMMO",
    "TELECOM",
)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return a FEC whose second half is cut in the middle of a line."""
    path = tmp_path / "000000034FEC20231231.txt"
    raw = FIRST.read_bytes()
    path.write_bytes(raw[: raw.rindex(b"\t", 0, len(raw) // 2)] + b"\n")
    return path


def test_the_two_years_give_the_figures_that_are_known(segxl_json: RunJson) -> None:
    content = segxl_json("faits", FIRST, SECOND)

    assert list(content) == ["faits", "comparaisons"]
    for found, year in zip(content["faits"], ("2024", "2025"), strict=True):
        known, faits = EXPECTED[year], found["faits"]
        assert list(faits) == list(UNITES)
        assert found["lignes"] == known["rows"]
        assert found["total_debit"] == found["total_credit"] == known["total_debit"]
        assert found["siren"] == "000000034"
        assert found["debut"][:8] + found["fin"][4:8] == f"{year}-01--12-"
        assert faits["ca"]["valeur"] == known["ca_ht"]
        assert faits["creances_ouvertes"]["valeur"] == known["open_receivables_411"]
        assert faits["part_premier_client"]["valeur"] == known["top_share_ttc"]
        assert {fait["etat"] for fait in faits.values()} <= {*map(str, Etat)}


def test_the_comparison_is_the_one_that_is_known(segxl_json: RunJson) -> None:
    known = EXPECTED["compare"]

    content = segxl_json("faits", SECOND, FIRST)

    assert content["comparaisons"] == [
        {
            "siren": "000000034",
            "annees": [2024, 2025],
            "nouveaux": known["new"],
            "fideles": known["loyal"],
            "dormants": known["dormant"],
            "croissance": known["ca_growth"],
        }
    ]


def test_the_exit_code_is_0_when_every_file_is_read(segxl: Run) -> None:
    assert segxl("faits", FIRST, "--json") == 0


def test_a_refused_file_is_told_and_the_others_are_measured(
    segxl: Run, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("faits", broken, SECOND, "--json")

    out, err = capsys.readouterr()
    content = json.loads(out)
    assert code == 1
    assert [f["fichier"] for f in content["faits"]] == [SECOND.name]
    assert content["anomalies"]
    assert broken.name in err


def test_a_missing_file_gives_the_anomalies_as_an_object(
    segxl_json: RunJson, tmp_path: Path
) -> None:
    content = segxl_json("faits", tmp_path / "absent.txt")

    assert content["faits"] == content["comparaisons"] == []
    assert len(content["anomalies"]) == 1


def test_of_a_folder_only_the_files_named_as_fecs_are_read(
    segxl_json: RunJson, tmp_path: Path
) -> None:
    for path in (FIRST, SECOND):
        shutil.copy(path, tmp_path)
    (tmp_path / "notes.txt").write_text("à relire", "utf-8")
    (tmp_path / "000000034FEC20251231.pdf").write_text("%PDF", "utf-8")

    content = segxl_json("faits", tmp_path)

    assert [f["fichier"] for f in content["faits"]] == [FIRST.name, SECOND.name]


def test_a_folder_without_fec_says_how_to_name_one(
    segxl: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("faits", tmp_path)

    assert code == 1
    assert "SIRENFECAAAAMMJJ.txt" in capsys.readouterr().err


def test_a_person_reads_each_fact_with_its_state_and_its_reason(
    segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl("faits", FIRST, SECOND)

    out = capsys.readouterr().out
    assert code == 0
    assert "69\u202f900\u00a0€" in out
    assert "86,1\u00a0%" in out
    assert "42,7\u00a0j" in out
    assert "peu fiable" in out
    assert "Nouveaux : 2 (CDELTA, CUSA)" in out
    assert "+55,7\u00a0%" in out


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_the_names_of_counterparties_never_leave(
    options: tuple[str, ...], segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("faits", FIRST, SECOND, *options)

    told = capsys.readouterr().out.upper()
    assert "CALPHA" in told
    assert not [name for name in NAMES if name in told.replace("CALPHA", "").replace("CGAMMA", "")]


def test_a_file_given_twice_is_measured_once(segxl_json: RunJson) -> None:
    assert len(segxl_json("faits", FIRST, FIRST)["faits"]) == 1


def test_two_copies_of_one_year_are_not_compared(segxl_json: RunJson, tmp_path: Path) -> None:
    (tmp_path / "copie").mkdir()
    copy = shutil.copy(FIRST, tmp_path / "copie")

    content = segxl_json("faits", FIRST, copy)

    assert content["comparaisons"] == []
    assert any("mêmes jours" in told for told in content["faits"][1]["avertissements"])


def test_the_help_is_french(segxl: Run, capsys: pytest.CaptureFixture[str]) -> None:
    segxl("faits", "--aide")

    out = capsys.readouterr().out
    assert "FICHIER…" in out
    assert "{" not in out
