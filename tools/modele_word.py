"""What every Word model that is no letter has: the letters' package, its own styles, its seal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import build_lettres as lettres

STANDARD = "<dc:title>Facturation électronique</dc:title>"


def with_styles(styles: str, named: Mapping[str, tuple[str, str]]) -> str:
    """Add paragraph styles to those of another model: name → its look, its letters."""
    added = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{lettres.style_id(name)}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{look}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        for name, (look, letters) in named.items()
    )
    return styles.replace("</w:styles>", f"{added}</w:styles>")


def package(title: str, own: Mapping[str, str]) -> dict[str, str]:
    """Return every part of a model: its own ones, and those of the letters under its title.

    The properties keep a place for the seal, by which segxl knows a file that nobody edited.
    """
    parts = lettres.read_toml(lettres.PAQUET)["parties"]
    same = {name: lettres.HEAD + xml for name, xml in parts.items()}
    core = same["docProps/core.xml"]
    assert STANDARD in core  # noqa: S101  the letters' properties are another file
    sealed = f"<dc:title>{title}</dc:title>\n<dc:identifier>{{{{ sceau }}}}</dc:identifier>"
    return {**same, "docProps/core.xml": core.replace(STANDARD, sealed), **own}


def write(folder: Path, name: str, parts: Mapping[str, str]) -> None:
    """Write a model in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(lettres.stored(parts))
