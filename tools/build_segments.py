"""Make the model of the page of a segment: ``python tools/build_segments.py``.

The words are in ``segments.toml``, the look is that of the client card. Every line has an exact
height and ``segxl.lettres.segment`` cuts each text to its lines: a page is never two.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import build_fiche as fiche
import build_lettres as lettres
from build_fiche import GUTTER, HALF, WIDTH, box, cell, each, halves
from build_lettres import HEAD, PALE, ROOT, paragraph
from build_trajectoire import when
from modele_word import package, write

TEXTES = Path(__file__).parent / "segments.toml"
OUT = Path(__file__).parent.parent / "templates" / "segments"
NAME = "segment.docx"
TITLE = "Page de segment"
TILES = 5


def identity(mots: Mapping[str, Any]) -> str:
    """Return who answers for the segment and how it is approached, in two rows of two."""
    heads = mots["identite"]
    widths = (22, HALF - 22 + GUTTER / 2, 16, HALF - 16 + GUTTER / 2)

    def row(*names: str) -> str:
        looks = [
            look
            for name in names
            for look in (("Fiche intitulé", heads[name]), ("Fiche valeur", f"{{{{ {name} }}}}"))
        ]
        return "".join(
            cell(paragraph(*look), width) for look, width in zip(looks, widths, strict=True)
        )

    return box(widths, row("responsable", "revue"), row("canal", "delai"))


def tiles(first: int) -> str:
    """Return one row of figures, each over its word."""
    widths = [WIDTH / TILES] * TILES
    cells = "".join(
        cell(
            paragraph("Fiche chiffre", f"{{{{ tuiles[{i}][0] }}}}")
            + paragraph("Fiche mot", f"{{{{ tuiles[{i}][1] }}}}"),
            width,
            PALE,
        )
        for i, width in enumerate(widths, first)
    )
    return box(widths, cells)


def listed(mots: Mapping[str, Any], name: str, rows: str) -> str:
    """Return a heading and what comes back under it, or that there is nothing."""
    nothing = paragraph("Fiche ligne", mots[f"{name}_rien"])
    return paragraph("Fiche rubrique", mots[name]) + when(name, rows, nothing)


def offers(mots: Mapping[str, Any]) -> str:
    """Return what is offered, three lines an offer."""
    row = (
        paragraph("Fiche ligne", "**{{ offre }}**")
        + paragraph("Fiche ligne", "{{ prix }}")
        + when("service", paragraph("Fiche ligne", "{{ service }}"))
    )
    more = when("autres_offres", paragraph("Fiche ligne", "{{ autres_offres }}"))
    return listed(mots, "offres", each("offre, prix, service in offres", row) + more)


def words(mots: Mapping[str, Any]) -> str:
    """Return how to speak to them, and what comes next."""
    return (
        listed(mots, "parler", each("texte in parler", paragraph("Fiche ligne", "{{ texte }}")))
        + when("action", paragraph("Fiche ligne", mots["action"]))
        + paragraph("Fiche ligne", mots["etape"])
    )


def clients(mots: Mapping[str, Any]) -> str:
    """Return the clients that bring the most."""
    row = paragraph(
        "Fiche mesure", "{{ nom }}{% if classe %} ({{ classe }}){% endif %}\t**{{ honoraires }}**"
    )
    return listed(mots, "premiers", each("nom, classe, honoraires in premiers", row))


def answers(mots: Mapping[str, Any]) -> str:
    """Return each objection and its answer."""
    row = paragraph("Fiche ligne", "{{ objection }}") + paragraph("Fiche ligne", "{{ reponse }}")
    more = when("autres_objections", paragraph("Fiche ligne", "{{ autres_objections }}"))
    return listed(mots, "objections", each("objection, reponse in objections", row) + more)


def document(mots: Mapping[str, Any]) -> str:
    """Return the main part of the model."""
    content = "".join(
        (
            paragraph("Titre de fiche", mots["titre"]),
            paragraph("Sous-titre de fiche", mots["sous_titre"]),
            when("definition", paragraph("Fiche ligne", mots["definition"])),
            identity(mots),
            paragraph("Fiche filet", ""),
            tiles(0),
            paragraph("Fiche filet", ""),
            tiles(TILES),
            when("lecture", paragraph("Fiche ligne", "{{ lecture }}")),
            paragraph("Fiche segment", mots["regle"]),
            each("alerte in alertes", paragraph("Fiche ligne", "**{{ alerte }}**")),
            paragraph("Fiche filet", ""),
            halves(offers(mots), words(mots)),
            halves(clients(mots), answers(mots)),
            paragraph("Fiche rubrique", "{{ eligibles }}"),
            paragraph("Fiche ligne", "{{ noms }}"),
        )
    )
    return f"{HEAD}<w:document {ROOT}><w:body>{content}{fiche.section()}</w:body></w:document>"


def parts() -> dict[str, str]:
    """Return every part of the model."""
    mots = lettres.read_toml(TEXTES)
    own = {
        "word/document.xml": document(mots),
        "word/styles.xml": fiche.styles(),
        "word/header1.xml": fiche.header(mots),
        "word/footer1.xml": fiche.footer(mots),
    }
    return package(TITLE, own)


def main(out_dir: Path = OUT) -> None:
    """Write the model in a folder."""
    write(out_dir, NAME, parts())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
    print("Modèle de la page de segment : à jour.")
