"""Make the model of the client card: ``python tools/build_fiche.py``.

The words are in ``fiche.toml``, the look is here; ``segxl.lettres.fiche_hauteurs`` adds its heights up. Every line has an exact height: whatever letters a
name is written with, a card takes one page. Colours only repeat what a word or a figure says.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import build_lettres as lettres
from build_lettres import GREY, HEAD, NAVY, PALE, ROOT, font, line, mm, paragraph, run
from build_trajectoire import mark, when
from modele_word import package, with_styles, write

TEXTES = Path(__file__).parent / "fiche.toml"
OUT = Path(__file__).parent.parent / "templates" / "fiche"
NAME = "fiche.docx"
TITLE = "Fiche client"

SIDE, TOP, BOTTOM = 18, 23, 15  # margins, mm
WIDTH = 210 - 2 * SIDE
GUTTER = 6
HALF = (WIDTH - GUTTER) / 2
STRIP, FIRST_TILE = 4, 50  # the colour, the note and its word beside it
TRACK = "C9D2DF"
CENTRE = '<w:jc w:val="center"/>'
NEXT = "<w:keepNext/>"


def exact(before: float, after: float, height: float) -> str:
    """Return the white around a paragraph and the height of its lines, in points."""
    return (
        f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" '
        f'w:line="{height * 20:.0f}" w:lineRule="exact"/>'
    )


def tabs(*stops: tuple[str, float]) -> str:
    """Return where tabs stop, in millimetres."""
    places = "".join(f'<w:tab w:val="{side}" w:pos="{mm(at)}"/>' for side, at in stops)
    return f"<w:tabs>{places}</w:tabs>"


def border(*sides: str) -> str:
    """Return lines around a paragraph."""
    return f"<w:pBdr>{''.join(sides)}</w:pBdr>"


RULE = border(line("bottom", 6, 1))
BOX = border(line("top", 4, 2, PALE), line("left", 24, 6), line("bottom", 4, 2, PALE))
SHADE = f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/>'
FAMILLE = tabs(("left", 37), ("right", 74), ("right", HALF))
STYLES: dict[str, tuple[str, str]] = {
    "Cabinet de fiche": (tabs(("right", WIDTH)) + exact(0, 0, 13), font(10, NAVY, "b")),
    "Pied de fiche": (tabs(("right", WIDTH)) + exact(0, 0, 11), font(8, GREY)),
    "Titre de fiche": (exact(0, 0, 21), font(17, NAVY, "b")),
    "Sous-titre de fiche": (exact(0, 5, 13), font(10, GREY)),
    "Fiche intitulé": (exact(2, 2, 12), font(8.5, NAVY, "b")),
    "Fiche valeur": (exact(2, 2, 12), font(9.5)),
    "Fiche chiffre": (f"{NEXT}{exact(5, 0, 19)}{CENTRE}", font(15, NAVY, "b")),
    "Fiche mot": (exact(0, 4, 11) + CENTRE, font(8.5)),
    "Fiche filet": (exact(0, 0, 5), font(2)),
    "Fiche rubrique": (f"{NEXT}{RULE}{exact(6, 3, 14)}", font(10.5, NAVY, "b")),
    "Fiche familles": (f"{NEXT}{RULE}{tabs(('right', 74), ('right', HALF))}{exact(6, 3, 14)}", font(10.5, NAVY, "b")),
    "Fiche famille": (FAMILLE + exact(1, 1, 12), font(9.5)),
    "Fiche ligne": (exact(1, 1, 12), font(9.5)),
    "Fiche puce": (exact(1, 1, 12) + lettres.indent(3.5, 3.5), font(9.5)),
    "Fiche obligation": (tabs(("left", 33), ("right", HALF)) + exact(1, 1, 12), font(9.5)),
    "Fiche mesure": (tabs(("right", HALF)) + exact(1, 1, 12), font(9.5)),
    "Fiche segment": (exact(5, 1, 12), font(9.5)),
    "Fiche étape titre": (f"{NEXT}{BOX}{SHADE}{exact(6, 0, 13)}{lettres.indent(3)}", font(9.5, NAVY, "b")),
    "Fiche étape": (f"{BOX}{SHADE}{exact(0, 2, 12)}{lettres.indent(3)}", font(9.5)),
    "Fiche note": (border(line("bottom", 4, 1, TRACK), line("between", 4, 1, TRACK)) + exact(0, 0, 21), font(9.5)),
}  # fmt: skip


def box(widths: Sequence[float], *rows: str) -> str:
    """Return a table without lines; ``widths`` in millimetres."""
    sizes = [mm(w) for w in widths]
    cols = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    side = '<w:{} w:w="0" w:type="dxa"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{side.format('left')}{side.format('right')}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{cols}</w:tblGrid>"
        + "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def cell(content: str, width: float, fill: str = "") -> str:
    """Return one cell of any paragraphs."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{mm(width)}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'


def halves(left: str, right: str) -> str:
    """Return two columns side by side, and a thin white after them."""
    gap = cell(paragraph("Fiche filet", ""), GUTTER)
    row = cell(left, HALF) + gap + cell(right, HALF)
    return box((HALF, GUTTER, HALF), row) + paragraph("Fiche filet", "")


def each(loop: str, content: str) -> str:
    """Return what comes back for each item of a list."""
    return mark(f"for {loop}") + content + mark("endfor")


def identity(mots: Mapping[str, Any]) -> str:
    """Return whose card it is, in two rows of two."""
    heads = mots["identite"]
    widths = (20, HALF - 20 + GUTTER / 2, 20, HALF - 20 + GUTTER / 2)

    def row(*pairs: tuple[str, str]) -> str:
        looks = [
            look
            for head, field in pairs
            for look in (("Fiche intitulé", heads[head]), ("Fiche valeur", f"{{{{ {field} }}}}"))
        ]
        return "".join(
            cell(paragraph(*look), width) for look, width in zip(looks, widths, strict=True)
        )

    return box(
        widths,
        row(("dossier", "numero"), ("siren", "siren_client")),
        row(("suivi", "suivi_par"), ("contact", "contact_client")),
    )


def tiles(fill: str = "fond", name: str = "tuiles") -> str:
    """Return five figures; the colour of the first is a strip beside its word."""
    widths = [FIRST_TILE, *[(WIDTH - STRIP - FIRST_TILE) / 4] * 4]
    strip = cell(paragraph("Fiche filet", ""), STRIP, f"{{{{ {fill} }}}}")
    cells = "".join(
        cell(
            paragraph("Fiche chiffre", f"{{{{ {name}[{i}][0] }}}}")
            + paragraph("Fiche mot", f"{{{{ {name}[{i}][1] }}}}"),
            width,
            PALE,
        )
        for i, width in enumerate(widths)
    )
    return box([STRIP, *widths], strip + cells)


def relation(mots: Mapping[str, Any]) -> str:
    """Return what the client brings and how the relation stands, where something is known."""
    second = paragraph("Fiche filet", "") + tiles("fond_relation", "tuiles_relation")
    why = when("raisons", paragraph("Fiche segment", mots["relation"]))
    return when("tuiles_relation", second + paragraph("Fiche filet", "")) + why


def bar(field: str, fill: str) -> str:
    """Return one part of a bar: blanks on a ground, as long as their count."""
    look = f'<w:sz w:val="14"/><w:szCs w:val="14"/><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{{{{ {field} }}}}</w:t></w:r>'


def families(mots: Mapping[str, Any]) -> str:
    """Return the note of each family, as a bar and as a figure."""
    tab = "<w:r><w:tab/></w:r>"
    runs = (
        run("{{ nom }}") + tab + bar("plein", NAVY) + bar("vide", TRACK)
        + tab + run("{{ note_famille }}", bold=True) + tab + run("{{ reponses }}")
    )  # fmt: skip
    row = paragraph("Fiche famille", "").replace("</w:p>", f"{runs}</w:p>")
    return (
        paragraph("Fiche familles", f"{mots['familles']}\tsur 20\trép.")
        + each("nom, plein, vide, note_famille, reponses in familles", row)
        + when("autres_familles", paragraph("Fiche ligne", "{{ autres_familles }}"))
    )


def points(mots: Mapping[str, Any]) -> str:
    """Return strengths, then weaknesses."""
    return "".join(
        paragraph("Fiche rubrique", mots[name])
        + each(f"point in {name}", paragraph("Fiche puce", f"{sign}\t{{{{ point }}}}"))
        for name, sign in (("forces", "+"), ("faiblesses", "–"))
    )


def law(mots: Mapping[str, Any]) -> str:
    """Return what the law asks, what comes next, and how far the platform is."""
    row = paragraph("Fiche obligation", "{{ obligation }}\t**{{ reponse }}**\t{{ reste }}")
    return (
        paragraph("Fiche rubrique", mots["obligations"])
        + each("obligation, reponse, reste in obligations", row)
        + paragraph("Fiche ligne", mots["echeance"])
        + when("doutes", paragraph("Fiche ligne", mots["doutes"]))
        + when("loi_ancienne", paragraph("Fiche ligne", mots["loi_ancienne"]))
        + paragraph("Fiche ligne", mots["plateforme"])
    )


def follow_up(mots: Mapping[str, Any]) -> str:
    """Return what was said last, what is open, and when the client is met next."""
    return (
        paragraph("Fiche rubrique", mots["suivi"])
        + each("intitule, texte in suivi", paragraph("Fiche ligne", "**{{ intitule }}** : {{ texte }}"))
        + paragraph("Fiche ligne", mots["rendez_vous"])
    )  # fmt: skip


def measured(mots: Mapping[str, Any]) -> str:
    """Return the measured facts, or that there is none."""
    row = paragraph("Fiche mesure", "{{ fait }}\t**{{ valeur }}**")
    known = paragraph("Fiche rubrique", mots["chiffres"]) + each("fait, valeur in chiffres", row)
    none = paragraph("Fiche rubrique", mots["chiffres_vide"])
    return when("chiffres", known, none + paragraph("Fiche ligne", mots["chiffres_rien"]))


def questions(mots: Mapping[str, Any]) -> str:
    """Return what nobody has answered yet."""
    return paragraph("Fiche rubrique", mots["manques"]) + paragraph("Fiche ligne", "{{ manques }}")


def document(mots: Mapping[str, Any]) -> str:
    """Return the main part of the model."""
    content = "".join(
        (
            paragraph("Titre de fiche", "{{ titre }}"),
            paragraph("Sous-titre de fiche", mots["sous_titre"]),
            identity(mots),
            paragraph("Fiche filet", ""),
            tiles(),
            relation(mots),
            paragraph("Fiche segment", mots["segment"]),
            paragraph("Fiche ligne", mots["regle"]),
            paragraph("Fiche étape titre", mots["etape"]),
            paragraph("Fiche étape", "{{ etape }}"),
            paragraph("Fiche filet", ""),
            halves(families(mots), points(mots)),
            halves(law(mots), follow_up(mots)),
            halves(measured(mots), questions(mots)),
            when("notes", paragraph("Fiche rubrique", mots["notes"])),
            each("ligne in notes", paragraph("Fiche note", "")),
        )
    )
    return f"{HEAD}<w:document {ROOT}><w:body>{content}{section()}</w:body></w:document>"


def section() -> str:
    """Return the page: A4, its margins."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{mm(210)}" w:h="{mm(297)}"/><w:pgMar w:top="{mm(TOP)}" w:right="{mm(SIDE)}" '
        f'w:bottom="{mm(BOTTOM)}" w:left="{mm(SIDE)}" w:header="{mm(11)}" w:footer="{mm(7)}" '
        'w:gutter="0"/></w:sectPr>'
    )


def styles() -> str:
    """Return the styles of the letters, then those of the card."""
    return with_styles(lettres.styles(), STYLES)


def header(mots: Mapping[str, Any]) -> str:
    """Return the firm, and that the card stays in it."""
    marked = run(mots["marque"], bold=True)
    name = paragraph("Cabinet de fiche", mots["entete"] + "\t").replace("</w:p>", f"{marked}</w:p>")
    return f"{HEAD}<w:hdr {ROOT}>{name}</w:hdr>"


def footer(mots: Mapping[str, Any]) -> str:
    """Return whose card it is, and of which day."""
    return f"{HEAD}<w:ftr {ROOT}>{paragraph('Pied de fiche', mots['pied'])}</w:ftr>"


def parts() -> dict[str, str]:
    """Return every part of the model."""
    mots = lettres.read_toml(TEXTES)
    own = {
        "word/document.xml": document(mots),
        "word/styles.xml": styles(),
        "word/header1.xml": header(mots),
        "word/footer1.xml": footer(mots),
    }
    return package(TITLE, own)


def main(out_dir: Path = OUT) -> None:
    """Write the model in a folder."""
    write(out_dir, NAME, parts())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
    print("Modèle de la fiche client : à jour.")
