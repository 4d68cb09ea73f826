"""The ribbon and its texts, from ``workbook/src/ruban.toml``: one file, two shapes.

Excel asks VBA for the help of each button, so that a button that is not available says why: those
texts become the module ``SegxlBoutons``, the rest the XML.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from addin_package import UI_2009, xml_of
from addin_vba import vba_text
from segxl.lettres.francais import typographie

Bouton = Mapping[str, Any]
CALLBACKS = {"getEnabled": "SegxlEnabled", "getSupertip": "SegxlSupertip"}


def read_ruban(path: Path) -> dict[str, Any]:
    """Read the description of the tab."""
    return tomllib.loads(path.read_text("utf-8"))


def boutons_of(ruban: Mapping[str, Any]) -> Iterator[Bouton]:
    """Give every button and menu, in the order of the tab."""
    for groupe in ruban["groupes"]:
        for bouton in groupe["boutons"]:
            yield bouton
            yield from bouton.get("choix", ())


def ribbon_xml(ruban: Mapping[str, Any]) -> bytes:
    """Return the part ``customUI14.xml``."""
    root = etree.Element(
        f"{{{UI_2009}}}customUI", {"onLoad": "SegxlRibbonLoad"}, nsmap={None: UI_2009}
    )
    tabs = child(child(root, "ribbon", {}), "tabs", {})
    tab = child(tabs, "tab", {"id": "segxl", **ruban["onglet"]})
    for number, groupe in enumerate(ruban["groupes"], start=1):
        group = child(tab, "group", {"id": f"segxl_groupe{number}", "label": groupe["label"]})
        for bouton in groupe["boutons"]:
            add_bouton(group, bouton, {"size": "large" if bouton.get("grand") else "normal"})
    etree.indent(root)
    return xml_of(root)


def add_bouton(parent: etree._Element, bouton: Bouton, size: Mapping[str, str]) -> None:
    """Write one button, or one menu and its buttons, which have no size of their own."""
    choix = bouton.get("choix", ())
    attributes = {
        "id": f"segxl_{bouton['tag']}",
        "tag": bouton["tag"],
        "label": bouton["label"],
        "screentip": bouton["titre"],
        "keytip": bouton["keytip"],
        **({"imageMso": bouton["icone"]} if "icone" in bouton else {}),
        **CALLBACKS,
        **size,
        **({} if choix else {"onAction": "SegxlRibbonAction"}),
    }
    written = child(parent, "menu" if choix else "button", attributes)
    for item in choix:
        if title := item.get("titre_de_liste"):
            child(written, "menuSeparator", {"id": f"segxl_avant_{item['tag']}", "title": title})
        add_bouton(written, item, {})


def child(parent: etree._Element, name: str, attributes: Mapping[str, str]) -> etree._Element:
    """Add one element, its texts with the spaces that French wants."""
    shown = {key: typographie(text) for key, text in attributes.items()}
    return etree.SubElement(parent, f"{{{UI_2009}}}{name}", shown)


def boutons_module(ruban: Mapping[str, Any], version: str) -> str:
    """Return the VBA module ``SegxlBoutons``: what each button says and when it is available."""
    boutons = [*boutons_of(ruban)]
    return "\n".join(
        (
            'Attribute VB_Name = "SegxlBoutons"',
            "Option Explicit",
            "",
            "' Made from ruban.toml by the build.",
            f"Public Const SegxlVersion As String = {vba_text(version)}",
            "",
            choice("SegxlLibelle", "String", boutons, lambda b: vba_text(b["label"])),
            choice("SegxlAide", "String", boutons, lambda b: vba_text(b["aide"])),
            choice("SegxlToujours", "Boolean", boutons, lambda b: str(b.get("toujours", False))),
        )
    )


def choice(name: str, kind: str, boutons: list[Bouton], value: Callable[[Bouton], str]) -> str:
    """Return one VBA function from the tag of a button to a value."""
    cases = "\n".join(f'        Case "{b["tag"]}": {name} = {value(b)}' for b in boutons)
    return (
        f"Public Function {name}(ByVal action As String) As {kind}\n"
        f"    Select Case action\n{cases}\n    End Select\nEnd Function\n"
    )
