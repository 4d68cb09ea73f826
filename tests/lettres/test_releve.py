"""The statement: its model can be rebuilt, and what it makes is a sound document."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from segxl.domain.honoraires.releve import Piece, Releve
from segxl.lettres.champs import Champs
from segxl.lettres.releve import MODELE, ModeleReleve, context_of
from segxl.shipped import CHECKOUT, shipped_path

AU = date(2026, 11, 22)


def piece(row: int, jour: date = date(2026, 1, 31), cents: int = 120000) -> Piece:
    return Piece(row=row, jour=jour, numero=f"F{row}", cents=cents, payee=None, retard=None)


@pytest.mark.parametrize("count", [0, 1, 60])
def test_a_statement_is_a_sound_word_document(champs: Champs, tmp_path: Path, count: int) -> None:
    pieces = tuple(map(piece, range(count)))
    older = (piece(99, jour=date(2025, 1, 1), cents=-5),)
    held = Releve(du=date(2026, 1, 1), au=AU, pieces=pieces, anterieures=older, is_suivi=True)
    path = tmp_path / "relevé.docx"

    path.write_bytes(ModeleReleve.read().render(context_of(champs, held, 30, AU)))

    errors = map(str, OpenXmlValidator().validate(path).errors)
    # Word makes up for a theme and a table of fonts; the letters have none either.
    assert [e for e in errors if "fontTable" not in e and "theme" not in e] == []


def test_the_model_is_what_its_tool_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(CHECKOUT / "tools"))

    importlib.import_module("build_releve").main(tmp_path)

    assert (tmp_path / "releve.docx").read_bytes() == shipped_path(MODELE).read_bytes()
