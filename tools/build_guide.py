"""Write the list of letter fields into the guide: ``python tools/build_guide.py``.

It comes from ``Champs`` itself, so that the guide never names a field that a model cannot print.
"""

from __future__ import annotations

from pathlib import Path

from segxl.lettres.champs import known_fields, place_of
from segxl.lettres.francais import typographie

GUIDE = Path(__file__).parents[1] / "docs" / "guide.md"
OPENING, CLOSING = "<!-- champs -->", "<!-- /champs -->"


def with_fields(guide: str) -> str:
    """Return the guide with the list of fields of today between its two marks."""
    before, _, rest = guide.partition(OPENING)
    _, _, after = rest.partition(CLOSING)
    return f"{before}{OPENING}\n{field_table()}{CLOSING}{after}"


def field_table() -> str:
    """Return every field, what it prints and where it comes from, as a table."""
    lines = ["| Champ | Ce qu’il imprime | D’où il vient |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {help_} | {place_of(name)} |" for name, help_ in known_fields().items()
    ]
    return typographie("\n".join(lines)) + "\n"


if __name__ == "__main__":
    GUIDE.write_text(with_fields(GUIDE.read_text("utf-8")), "utf-8")
