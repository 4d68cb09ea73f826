"""What the team did, as a terminal and a button tell it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., int]
DAY = ("--au", "2026-11-22")


def test_equipe_tells_the_month_by_name_and_without_a_ranking(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for qui in ("Zoé", "Adam [x]", "Zoé"):
        segxl("journal", classeur, "--dossier", "D1", "--objet", "x", "--qui", qui, *DAY)
    capsys.readouterr()

    code = segxl("equipe", classeur, *DAY)

    told = capsys.readouterr().out
    assert code == 0
    assert "Équipe, novembre 2026 : 3 clients suivis, 3 échanges notés." in told
    assert "Ni classement ni évaluation" in told
    assert told.index("Adam [x]") < told.index("Zoé")


def test_equipe_in_json_tells_every_month(
    classeur: Path,
    segxl: Run,
    segxl_json: Callable[..., dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    segxl(
        "journal",
        classeur,
        "--dossier",
        "D1",
        "--objet",
        "x",
        "--qui",
        "Zoé",
        "--le",
        "2026-10-02",
        *DAY,
    )
    capsys.readouterr()

    told = segxl_json("equipe", classeur, *DAY)

    assert told["mois"] == "2026-11"
    october = [r for r in told["equipe"] if r["mois"] == "2026-10" and r["collaborateur"] == "Zoé"]
    assert october == [
        {
            "mois": "2026-10", "collaborateur": "Zoé", "clients": 0, "echanges": 1, "rendez_vous": 0,
            "etapes": 0, "courriers": 0, "reponses_mesurees": 0, "formation_heures": 0.0,
            "formation_douze_mois": 0.0,
        }
    ]  # fmt: skip


def test_equipe_of_a_month_to_come_is_refused(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = classeur.read_bytes()

    assert segxl("equipe", classeur, "--mois", "2027-01", "--json", *DAY) == 1
    assert '"anomalies"' in capsys.readouterr().out
    assert classeur.read_bytes() == before
