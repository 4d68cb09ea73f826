"""Make the model of the statement of invoices: ``python tools/build_releve.py``.

The words are in ``releve.toml``, the look is here, the page that of the letters: the address falls
in the window of an envelope, and the heads of the table come back on each page.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import build_lettres as lettres
import build_trajectoire as trajectoire
from build_lettres import GREY, HEAD, NAVY, PALE, ROOT, font, mm, paragraph, run, space
from build_trajectoire import cell, field, grid, mark_row, row, when
from modele_word import package, with_styles, write

TEXTES = Path(__file__).parent / "releve.toml"
OUT = Path(__file__).parent.parent / "templates" / "releve"
NAME = "releve.docx"
TITLE = "Relevé de factures"

WIDTH = 210 - lettres.LEFT - lettres.RIGHT
WIDTHS = (21, 31, 17, 29, WIDTH - 98)
AMOUNT = 3
RIGHT = '<w:jc w:val="right"/>'
STYLES: dict[str, tuple[str, str]] = {
    "Relevé intitulé": (f"<w:keepNext/>{space(2, 2, 1.0)}", font(9, NAVY, "b")),
    "Relevé intitulé montant": (f"<w:keepNext/>{space(2, 2, 1.0)}{RIGHT}", font(9, NAVY, "b")),
    "Relevé cellule": (space(2, 2, 1.0), font(9.5)),
    "Relevé montant": (space(2, 2, 1.0) + RIGHT, font(9.5)),
    "Relevé total": (space(3, 3, 1.0), font(10, "", "b")),
    "Relevé total montant": (space(3, 3, 1.0) + RIGHT, font(10, "", "b")),
    "Relevé rubrique": (f"<w:keepNext/>{space(10, 4)}", font(10.5, NAVY, "b")),
    "Relevé note": (space(6, 0), font(9, GREY)),
    "Relevé pied": (f"{lettres.TABS_RIGHT}{space(0, 3, 1.0)}", font(8, GREY)),
}
CELLS = ("{{ jour }}", "{{ numero }}", "{{ nature }}", "{{ montant }}", "{{ reglement }}")


def looks(normal: str, amount: str) -> list[str]:
    """Return the style of each column."""
    return [amount if i == AMOUNT else normal for i in range(len(WIDTHS))]


def cells(texts: tuple[str, ...], styles: list[str], fill: str = "") -> str:
    """Return the cells of one row."""
    sizes = [mm(w) for w in WIDTHS]
    told = zip(styles, texts, sizes, strict=True)
    return "".join(cell(style, text, size, fill) for style, text, size in told)


def lines(mots: Mapping[str, Any], name: str, *totals: str) -> str:
    """Return a table of documents, and what it adds up to."""
    sizes = [mm(w) for w in WIDTHS]
    heads = cells(
        tuple(mots["colonnes"]), looks("Relevé intitulé", "Relevé intitulé montant"), PALE
    )
    return grid(
        sizes,
        row(heads, "<w:tblHeader/>"),
        mark_row(f"{{%tr for jour, numero, nature, montant, reglement in {name} %}}", sizes),
        row(cells(CELLS, looks("Relevé cellule", "Relevé montant"))),
        mark_row("{%tr endfor %}", sizes),
        *totals,
    )


def total(text: str, amount: str) -> str:
    """Return the row of a total: its words take the room of the columns before the amount."""
    sizes = [mm(w) for w in WIDTHS]
    words = cell("Relevé total", text, sum(sizes[:AMOUNT]))
    spanned = words.replace("</w:tcPr>", f'<w:gridSpan w:val="{AMOUNT}"/></w:tcPr>', 1)
    rest = cell("Relevé cellule", "", sizes[-1])
    return row(spanned + cell("Relevé total montant", amount, sizes[AMOUNT]) + rest)


def document(mots: Mapping[str, Any], commun: Mapping[str, str]) -> str:
    """Return the main part of the model."""
    content = "".join(
        (
            lettres.address_block(commun),
            paragraph("Lieu et date", commun["lieu_date"]),
            paragraph("Objet", f"Objet : {mots['objet']}"),
            paragraph("Corps", "{{ formule_appel }}"),
            paragraph("Corps", mots["intro"]),
            when(
                "lignes",
                lines(mots, "lignes", total(mots["total"], "{{ total }}")),
                paragraph("Corps", mots["vide"]),
            ),
            when(
                "anterieures",
                paragraph("Relevé rubrique", mots["anterieures"]) + lines(mots, "anterieures"),
            ),
            when(
                "reste",
                paragraph("Relevé rubrique", mots["reste"]),
                paragraph("Relevé note", mots["non_suivi"]),
            ),
            paragraph("Relevé note", mots["hors_taxes"]),
            when("has_retard", paragraph("Relevé note", mots["retard"])),
            paragraph("Corps", mots["arrete"]),
            paragraph("Politesse", "{{ formule_politesse }}"),
            paragraph("Signature", "**{{ signataire }}**"),
            paragraph(
                "Signature", "{% if qualite_signataire %}{{ qualite_signataire }}{% endif %}"
            ),
        )
    )
    return f"{HEAD}<w:document {ROOT}><w:body>{content}{lettres.section()}</w:body></w:document>"


def footer(mots: Mapping[str, Any], commun: Mapping[str, str]) -> str:
    """Return whose statement it is, the page out of how many, the notice and the legal mentions."""
    pages = f"{run('Page ')}{field('PAGE')}{run(' / ')}{field('NUMPAGES')}"
    place = paragraph("Relevé pied", mots["pied"] + "\t").replace("</w:p>", f"{pages}</w:p>")
    told = ("donnees_mission", "mentions", "ordre")
    mentions = "".join(paragraph("Mentions", commun[key]) for key in told)
    return f"{HEAD}<w:ftr {ROOT}>{place}{mentions}</w:ftr>"


def styles() -> str:
    """Return the styles of the letters, then those of the statement."""
    every = STYLES | {"Texte": trajectoire.STYLES["Texte"], "Cellule": trajectoire.STYLES["Cellule"]}  # fmt: skip
    return with_styles(lettres.styles(), every)


def parts() -> dict[str, str]:
    """Return every part of the model."""
    mots, commun = lettres.read_toml(TEXTES), lettres.read_toml(lettres.TEXTES)["commun"]
    own = {
        "word/document.xml": document(mots, commun),
        "word/styles.xml": styles(),
        "word/header1.xml": lettres.header({**commun, "projet": mots["projet"]}),
        "word/footer1.xml": footer(mots, commun),
    }
    return package(TITLE, own)


def main(out_dir: Path = OUT) -> None:
    """Write the model in a folder."""
    write(out_dir, NAME, parts())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
    print("Modèle du relevé de factures : à jour.")
