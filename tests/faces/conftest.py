from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from segxl.faces.cli import app
from segxl.faces.terminal import run_app


@pytest.fixture
def segxl() -> Callable[..., int]:
    """Return the command line: words in, exit code out."""

    def run(*words: object) -> int:
        return run_app(app, [str(w) for w in words])

    return run


@pytest.fixture
def segxl_json(
    segxl: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> Callable[..., dict[str, Any]]:
    """Return the command line with ``--json``: words in, object out."""

    def run(*words: object) -> dict[str, Any]:
        segxl(*words, "--json")
        content: dict[str, Any] = json.loads(capsys.readouterr().out)
        return content

    return run
