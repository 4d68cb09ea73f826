"""Text as VBA wants it: string literals, and the bytes of a module."""

from __future__ import annotations

from segxl.lettres.francais import NARROW, NBSP, typographie


def vba_text(text: str) -> str:
    """Return a VBA string literal; Windows-1252 has no narrow no-break space."""
    spaced = typographie(text).replace(NARROW, NBSP)
    return '"' + spaced.replace('"', '""') + '"'


def stored(source: str) -> str:
    """Return a source as VBA keeps it; a character outside Windows-1252 would be lost."""
    source.encode("cp1252")
    return source.replace("\n", "\r\n")
