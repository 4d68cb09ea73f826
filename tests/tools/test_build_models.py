from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from segxl.shipped import CHECKOUT, shipped_path

MODELS = ["cartographie", "fiche", "releve", "segments", "trajectoire"]


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_rebuilt_byte_for_byte_from_its_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(CHECKOUT / "tools"))
    tool = importlib.import_module(f"build_{name}")

    tool.main(tmp_path)

    committed = shipped_path(f"templates/{name}/{tool.NAME}")
    assert (tmp_path / tool.NAME).read_bytes() == committed.read_bytes()
