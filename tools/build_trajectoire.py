"""Make the model of the « dossier de trajectoire »: ``python tools/build_trajectoire.py``.

The words are in ``trajectoire.toml``, the look is here, the letterhead is that of the letters.
Rows that repeat stand between two rows of their own, as docxtpl reads them (``{%tr for … %}``),
so that the model opens in Word as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import build_lettres as lettres
from build_lettres import GREY, HEAD, NAVY, PALE, ROOT, font, mm, paragraph, run, space
from modele_word import package, with_styles, write

TEXTES = Path(__file__).parent / "trajectoire.toml"
OUT = Path(__file__).parent.parent / "templates" / "trajectoire"
NAME = "trajectoire.docx"

LEFT, RIGHT, TOP, BOTTOM = lettres.LEFT, lettres.RIGHT, 33, 28  # margins, mm
WIDTH = 210 - LEFT - RIGHT
RULE = "B8C4D6"
TITLE = "Dossier de trajectoire"
TAB_RIGHT = f'<w:tabs><w:tab w:val="right" w:pos="{mm(WIDTH)}"/></w:tabs>'
NEXT = "<w:keepNext/>"
# Name of a style in Word → paragraph, letters.
STYLES: dict[str, tuple[str, str]] = {
    "Titre du dossier": (space(2, 0), font(20, NAVY, "b")),
    "Sous-titre": (space(0, 10), font(11.5, GREY)),
    "Rubrique": (
        f'{NEXT}{space(15, 5)}<w:outlineLvl w:val="0"/>',
        font(12.5, NAVY, "b"),
    ),
    "Rubrique de page": (
        f'{NEXT}<w:pageBreakBefore/>{space(0, 5)}<w:outlineLvl w:val="0"/>',
        font(12.5, NAVY, "b"),
    ),
    "Sous-rubrique": (f"{NEXT}{space(12, 4)}", font(10.5, NAVY, "b")),
    "Texte": (space(0, 6), font(10)),
    "Note": (space(4, 6), font(9, GREY)),
    "Rien": (space(0, 2), font(10, GREY, "i")),
    "Cellule": (space(1.5, 1.5, 1.0), font(9.5)),
    "Cellule forte": (space(1.5, 1.5, 1.0), font(9.5, "", "b")),
    "Cellule grise": (space(1.5, 1.5, 1.0), font(8.5, GREY)),
    "Cellule fine": (space(1, 1, 1.0), font(8.5)),
    "Intitulé": (f"{NEXT}{space(2, 2, 1.0)}", font(8.5, NAVY, "b")),
    "Réserve à confirmer": (
        space(0, 1.5, 1.0) + lettres.indent(4, 4),
        font(9, GREY),
    ),
    "Signataire": (f"{NEXT}{space(0, 0)}", font(10)),
    "Place de signature": (space(30, 0), font(9, GREY)),
    "Fin": (space(0, 0, 1.0), font(1)),
    "Pied": (f"{TAB_RIGHT}{space(0, 3, 1.0)}", font(8, GREY)),
}


def cell(style: str, text: str, width: int, fill: str = "") -> str:
    """Return one cell of one paragraph."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{paragraph(style, text)}</w:tc>"
    )


def row(cells: str, marks: str = "") -> str:
    """Return one row, which a page never cuts."""
    return f"<w:tr><w:trPr><w:cantSplit/>{marks}</w:trPr>{cells}</w:tr>"


def table(
    heads: Sequence[str], widths: Sequence[float], loop: str, columns: Sequence[tuple[str, str]]
) -> str:
    """Return a table whose one row repeats; its heads come back on each page.

    ``loop`` is what follows « for »; ``columns`` are the style and the text of each cell.
    """
    sizes = [mm(width) for width in widths]
    titles = "".join(cell("Intitulé", head, w, PALE) for head, w in zip(heads, sizes, strict=True))
    body = "".join(cell(style, text, w) for (style, text), w in zip(columns, sizes, strict=True))
    return grid(
        sizes,
        row(titles, "<w:tblHeader/>"),
        mark_row(f"{{%tr for {loop} %}}", sizes),
        row(body),
        mark_row("{%tr endfor %}", sizes),
    )


def mark_row(mark: str, sizes: Sequence[int]) -> str:
    """Return a row that is a mark alone; it vanishes when the document is made."""
    blank = "".join(cell("Cellule", "", w) for w in sizes[1:])
    return row(cell("Cellule", mark, sizes[0]) + blank)


def grid(sizes: Sequence[int], *rows: str) -> str:
    """Return a table ruled by thin lines between its rows."""
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for side in ("top", "bottom", "insideH")
    )
    cols = "".join(f'<w:gridCol w:w="{width}"/>' for width in sizes)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(sizes)}" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{mm(1.5)}" w:type="dxa"/><w:right w:w="{mm(1.5)}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{cols}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def when(test: str, yes: str, no: str = "") -> str:
    """Return what shows only where a test holds, each mark in a paragraph that vanishes."""
    other = f"{mark('else')}{no}" if no else ""
    return f"{mark(f'if {test}')}{yes}{other}{mark('endif')}"


def mark(words: str) -> str:
    """Return a paragraph that is a mark alone."""
    return paragraph("Texte", f"{{%p {words} %}}")


def identity(heads: Sequence[str]) -> str:
    """Return who the file is about."""
    values = (
        "{{ raison_sociale or 'à compléter' }}",
        "{{ siren or 'à compléter' }}",
        "{{ dossier }}",
        "{{ collaborateur or 'à compléter' }}",
        "{{ date_lettre }}",
    )
    sizes = [mm(34), mm(WIDTH - 34)]
    rows = (
        row(
            cell("Intitulé", head, sizes[0], PALE)
            + cell("Cellule forte" if i == 0 else "Cellule", value, sizes[1])
        )
        for i, (head, value) in enumerate(zip(heads, values, strict=True))
    )
    return grid(sizes, *rows)


def law(mots: Mapping[str, Any]) -> str:
    """Return the client's own obligations, what is to be confirmed, and how fresh the law is."""
    obligations = table(
        mots["colonnes"]["obligations"],
        (92, WIDTH - 92),
        "obligation, reponse in obligations",
        (("Cellule", "{{ obligation }}"), ("Cellule forte", "{{ reponse }}")),
    )
    doubts = when(
        "reserves",
        paragraph("Sous-rubrique", mots["reserves"])
        + mark("for reserve in reserves")
        + paragraph("Réserve à confirmer", "–\t{{ reserve }}")
        + mark("endfor"),
    )
    known = obligations + doubts + paragraph("Note", mots["droit"])
    return paragraph("Rubrique", mots["loi"]) + when(
        "droit_ancien", paragraph("Texte", mots["droit_ancien"]), known
    )


def overview(mots: Mapping[str, Any]) -> str:
    """Return how much each section holds, and from when to when."""
    return paragraph("Rubrique", mots["apercu"]) + table(
        mots["colonnes"]["apercu"],
        (WIDTH - 84, 32, 26, 26),
        "titre, nombre, premier, dernier in apercu",
        (
            ("Cellule", "{{ titre }}"),
            ("Cellule", "{{ nombre }}"),
            ("Cellule", "{{ premier }}"),
            ("Cellule", "{{ dernier }}"),
        ),
    )


def evidence(mots: Mapping[str, Any]) -> str:
    """Return the eight sections."""
    lines = table(
        mots["colonnes"]["preuves"],
        (24, WIDTH - 62, 38),
        "jour, element, origine in lignes",
        (
            ("Cellule forte", "{{ jour }}"),
            ("Cellule", "{{ element }}"),
            ("Cellule grise", "{{ origine }}"),
        ),
    )
    return (
        mark("for titre, lignes in rubriques")
        + paragraph("Rubrique", "{{ titre }}")
        + when("lignes", lines, paragraph("Rien", mots["rien"]))
        + mark("endfor")
    )


def signature(mots: Mapping[str, Any]) -> str:
    """Return where the partner signs once the file was read."""
    name = "**{{ signataire }}**{% if qualite_signataire %}, {{ qualite_signataire }}{% endif %}"
    return (
        paragraph("Rubrique", mots["signature"])
        + paragraph("Signataire", name)
        + paragraph("Place de signature", "")
    )


def annexe(mots: Mapping[str, Any]) -> str:
    """Return the texts that the obligations rest on."""
    quoted = table(
        mots["colonnes"]["citations"],
        (WIDTH - 110, 43, 48, 19),
        "regle, texte, source, confiance in citations",
        (
            ("Cellule fine", "{{ regle }}"),
            ("Cellule fine", "{{ texte }}"),
            ("Cellule grise", "{{ source }}"),
            ("Cellule grise", "{{ confiance }}"),
        ),
    )
    return when(
        "citations",
        paragraph("Rubrique de page", mots["annexe"])
        + paragraph("Note", mots["annexe_note"])
        + quoted,
    )


def work_page(mots: Mapping[str, Any]) -> str:
    """Return the page that the firm takes out: what has no date, and what lacks."""
    undated = table(
        mots["colonnes"]["a_dater"],
        (34, WIDTH - 72, 38),
        "rubrique, element, origine in a_dater",
        (
            ("Cellule", "{{ rubrique }}"),
            ("Cellule", "{{ element }}"),
            ("Cellule grise", "{{ origine }}"),
        ),
    )
    missing = table(
        mots["colonnes"]["manques"],
        (62, WIDTH - 62),
        "piece, remede in manques",
        (("Cellule forte", "{{ piece }}"), ("Cellule", "{{ remede }}")),
    )
    return when(
        "manques or a_dater",
        paragraph("Rubrique de page", mots["travail"])
        + paragraph("Note", mots["travail_note"])
        + when("manques", paragraph("Sous-rubrique", mots["manques"]) + missing)
        + when(
            "a_dater",
            paragraph("Sous-rubrique", mots["a_dater"])
            + paragraph("Note", mots["a_dater_note"])
            + undated,
        ),
    )


def document(mots: Mapping[str, Any]) -> str:
    """Return the main part of the model."""
    content = "".join(
        (
            paragraph("Titre du dossier", mots["titre"]),
            paragraph("Sous-titre", mots["sous_titre"]),
            identity(mots["colonnes"]["identite"]),
            paragraph("Note", mots["objet"]),
            law(mots),
            overview(mots),
            evidence(mots),
            signature(mots),
            annexe(mots),
            work_page(mots),
            # Word asks for a paragraph after a table that ends a document: the smallest there is.
            paragraph("Fin", ""),
        )
    )
    return f"{HEAD}<w:document {ROOT}><w:body>{content}{section()}</w:body></w:document>"


def section() -> str:
    """Return the page: A4, its margins."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{mm(210)}" w:h="{mm(297)}"/><w:pgMar w:top="{mm(TOP)}" w:right="{mm(RIGHT)}" '
        f'w:bottom="{mm(BOTTOM)}" w:left="{mm(LEFT)}" w:header="{mm(12)}" w:footer="{mm(9)}" '
        'w:gutter="0"/></w:sectPr>'
    )


def footer(mots: Mapping[str, Any], commun: Mapping[str, str]) -> str:
    """Return whose file it is, the page out of how many, and the legal mentions."""
    pages = f"{run('Page ')}{field('PAGE')}{run(' / ')}{field('NUMPAGES')}"
    place = paragraph("Pied", mots["pied"] + "\t").replace("</w:p>", f"{pages}</w:p>")
    lines = "".join(paragraph("Mentions", commun[key]) for key in ("mentions", "ordre"))
    return f"{HEAD}<w:ftr {ROOT}>{place}{lines}</w:ftr>"


def field(code: str) -> str:
    """Return a number that Word works out."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def styles() -> str:
    """Return the styles of the letters, then those of this document."""
    return with_styles(lettres.styles(), STYLES)


def parts() -> dict[str, str]:
    """Return every part of the model."""
    mots, commun = lettres.read_toml(TEXTES), lettres.read_toml(lettres.TEXTES)["commun"]
    own = {
        "word/document.xml": document(mots),
        "word/styles.xml": styles(),
        # The file is one more draft until somebody has read it.
        "word/header1.xml": lettres.header({**commun, "projet": mots["projet"]}),
        "word/footer1.xml": footer(mots, commun),
    }
    return package(TITLE, own)


def main(out_dir: Path = OUT) -> None:
    """Write the model in a folder."""
    write(out_dir, NAME, parts())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
    print("Modèle du dossier de trajectoire : à jour.")
