"""What travels with the package: the law, the starting grid, reference tables, models.

``templates/`` and ``workbook/`` stand at the top of the repository, where people open
them; the wheel carries a copy beside this file.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[2]


def shipped_path(relative: str) -> Path:
    """Return where a shipped file or folder lies, in a wheel or in a checkout."""
    installed = HERE / relative
    return installed if installed.exists() else CHECKOUT / relative


def read_toml(relative: str) -> dict[str, Any]:
    """Read one shipped TOML file, e.g. ``defaults/grille.toml``."""
    return tomllib.loads((HERE / relative).read_text("utf-8"))


def read_tables(folder: str) -> dict[str, dict[str, Any]]:
    """Read every shipped TOML file of one folder, by name without its extension."""
    files = sorted((HERE / folder).glob("*.toml"))
    return {file.stem: read_toml(f"{folder}/{file.name}") for file in files}
