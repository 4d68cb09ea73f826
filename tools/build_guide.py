"""Write the list of letter fields into the guide, and the guide as a page: ``python tools/build_guide.py``.

The list comes from ``Champs`` itself, so that the guide never names a field that a model cannot
print. The page is what the button « Aide » opens, on a machine without any connection.
"""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

from segxl.lettres.champs import known_fields, place_of
from segxl.lettres.francais import typographie

GUIDE = Path(__file__).parents[1] / "docs" / "guide.md"
PAGE = GUIDE.with_suffix(".html")
STYLE = """
body { font: 16px/1.55 Carlito, Calibri, 'Segoe UI', sans-serif; color: #1f1f1f; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { color: #1f3864; line-height: 1.25; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #d9e2f3; }
table { border-collapse: collapse; margin: 1rem 0; } th, td { border: 1px solid #c9d3e6; padding: .35rem .6rem; text-align: left; vertical-align: top; }
th { background: #eef2f9; } code, pre { font-family: Consolas, monospace; background: #f4f6fa; } pre { padding: .7rem; overflow-x: auto; }
img { max-width: 100%; border: 1px solid #d9d9d9; } a { color: #1f5fa8; }
@media print { body { max-width: none; } }
"""
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


def page_of(guide: str) -> str:
    """Return the guide as one HTML page, whose titles are the targets of its own links."""
    body = MarkdownIt("commonmark").enable("table").render(guide)
    titled = re.sub(r"<h([1-6])>(.*?)</h\1>", _titled, body)
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f"<title>Guide de segxl</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{titled}</body>\n</html>\n"
    )


def _titled(heading: re.Match[str]) -> str:
    """Give a heading the name that the table of contents points at."""
    words = re.sub(r"<[^>]+>", "", heading[2]).lower()
    anchor = re.sub(r"[^\w\s-]", "", words).strip().replace(" ", "-")
    return f'<h{heading[1]} id="{anchor}">{heading[2]}</h{heading[1]}>'


if __name__ == "__main__":
    guide = with_fields(GUIDE.read_text("utf-8"))
    GUIDE.write_text(guide, "utf-8")
    PAGE.write_text(page_of(guide), "utf-8")
