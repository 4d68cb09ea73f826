"""Make the model of the client map: ``python tools/build_cartographie.py``.

The words are in ``cartographie.toml``, the look is here, tables and pages are those of the
« dossier de trajectoire ». The two charts of the model are samples that a report replaces.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import build_lettres as lettres
import build_trajectoire as trajectoire
from build_lettres import GREY, HEAD, NAVY, PALE, ROOT, font, mm, paragraph, space
from build_trajectoire import cell, grid, mark, mark_row, row, table, when
from modele_word import package, with_styles, write
from segxl.lettres.graphiques import Serie, columns_xml, ring_xml

TEXTES = Path(__file__).parent / "cartographie.toml"
OUT = Path(__file__).parent.parent / "templates" / "cartographie"
NAME = "cartographie.docx"
TITLE = "Cartographie de vos clients"

WIDTH = trajectoire.WIDTH
TOP, BOTTOM = 31, 26  # margins, mm
EMU = 36000  # in a millimetre, the unit of drawings
RIGHT_SIDE = '<w:jc w:val="right"/>'
CENTRE = '<w:jc w:val="center"/>'
NEXT = "<w:keepNext/>"
STYLES: dict[str, tuple[str, str]] = {
    "Titre de carte": (space(0, 0, 1.0), font(19, NAVY, "b")),
    "Sous-titre de carte": (space(0, 5, 1.0), font(11, GREY)),
    "Rubrique de carte": (
        f'{NEXT}{space(8, 3, 1.0)}<w:outlineLvl w:val="0"/>',
        font(12, NAVY, "b"),
    ),
    "Rubrique de suite": (
        f'{NEXT}<w:pageBreakBefore/>{space(0, 3, 1.0)}<w:outlineLvl w:val="0"/>',
        font(12, NAVY, "b"),
    ),
    "Essentiel": (space(0, 2, 1.0), font(10.5)),
    "Tuile": (f"{NEXT}{space(4, 0, 1.0)}{CENTRE}", font(15, NAVY, "b")),
    "Tuile mot": (space(0, 4, 1.0) + CENTRE, font(8.5, GREY)),
    "Case": (space(1.2, 1.2, 1.0), font(9.5)),
    "Case forte": (space(1.2, 1.2, 1.0), font(9.5, "", "b")),
    "Case nombre": (space(1.2, 1.2, 1.0) + RIGHT_SIDE, font(9.5)),
    "Case total": (space(1.2, 1.2, 1.0) + RIGHT_SIDE, font(9.5, "", "b")),
    "Intitulé nombre": (space(2, 2, 1.0) + RIGHT_SIDE, font(8.5, NAVY, "b")),
    "Graphique": (space(4, 0, 1.0) + CENTRE, ""),
    "Légende": (space(0, 2, 1.0) + CENTRE, font(8.5, GREY)),
    "Question": (f"{NEXT}{space(5, 1, 1.0)}", font(10.5, "", "b")),
    "Réponse": (space(0, 3, 1.0), font(10.5)),
    "Intitulé centré": (space(2, 2, 1.0) + CENTRE, font(8.5, NAVY, "b")),
    "Niveau": (space(1.2, 1.2, 1.0) + CENTRE, font(9, "", "b")),
    "Limite": (space(0, 1.5, 1.0) + lettres.indent(4, 4), font(9, GREY)),
    "Méthode": (space(4, 0, 1.0), font(8.5, GREY)),
    "Établi": (space(8, 0, 1.0), font(9.5)),
}


def tiles() -> str:
    """Return the four figures on top, side by side."""
    width = mm(WIDTH / 4)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/></w:tcPr>'
        f"{paragraph('Tuile', f'{{{{ tuiles[{i}][0] }}}}')}"
        f"{paragraph('Tuile mot', f'{{{{ tuiles[{i}][1] }}}}')}</w:tc>"
        for i in range(4)
    )
    return grid([width] * 4, row(cells))


def groups(mots: Mapping[str, Any]) -> str:
    """Return the table of groups; its last row, the whole, is bold."""
    widths = [mm(w) for w in (50, 15, 24, 18, 24, 21, 16)]
    heads = mots["colonnes"]["groupes"]
    titles = "".join(
        cell("Intitulé" if i == 0 else "Intitulé nombre", head, w, PALE)
        for i, (head, w) in enumerate(zip(heads, widths, strict=True))
    )

    def line(first: str, others: str) -> str:
        return row(
            "".join(
                cell(first if i == 0 else others, f"{{{{ ligne[{i}] }}}}", w)
                for i, w in enumerate(widths)
            )
        )

    return grid(
        widths,
        row(titles, "<w:tblHeader/>"),
        mark_row("{%tr for ligne in groupes[:-1] %}", widths),
        line("Case", "Case nombre"),
        mark_row("{%tr endfor %}", widths),
        mark_row("{%tr for ligne in groupes[-1:] %}", widths),
        line("Case forte", "Case total"),
        mark_row("{%tr endfor %}", widths),
    )


def years(mots: Mapping[str, Any]) -> str:
    """Return the years side by side, one a row."""
    heads = mots["colonnes"]["annees"]
    widths = [mm(w) for w in (24, 16, 34, 20, 22, 28, 24)]
    titles = "".join(
        cell("Intitulé" if i == 0 else "Intitulé nombre", head, w, PALE)
        for i, (head, w) in enumerate(zip(heads, widths, strict=True))
    )
    body = "".join(
        cell("Case forte" if i == 0 else "Case nombre", f"{{{{ annee[{i}] }}}}", w)
        for i, w in enumerate(widths)
    )
    return grid(
        widths,
        row(titles, "<w:tblHeader/>"),
        mark_row("{%tr for annee in annees %}", widths),
        row(body),
        mark_row("{%tr endfor %}", widths),
    )


def charts(mots: Mapping[str, Any]) -> str:
    """Return the two charts, side by side on one line, where there is something to draw."""
    drawings = drawing("rId11", 1, "Répartition des ventes par groupe", (78, 47)) + drawing(
        "rId12", 2, "Montants par groupe et par année", (88, 47)
    )
    shown = paragraph("Graphique", "").replace("</w:p>", f"<w:r>{drawings}</w:r></w:p>")
    return when("graphiques", shown + paragraph("Légende", mots["graphiques"]))


def drawing(rid: str, ident: int, description: str, size: tuple[int, int]) -> str:
    """Return the place of one chart in the text; ``size`` in millimetres."""
    width, height = (length * EMU for length in size)
    drawn = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:drawing><wp:inline xmlns:wp="{drawn}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{ident}" name="Graphique {ident}" descr="{description}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{drawn}/main"><a:graphicData uri="{drawn}/chart">'
        f'<c:chart xmlns:c="{drawn}/chart" r:id="{rid}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def questions(mots: Mapping[str, Any]) -> str:
    """Return the four questions and their answers."""
    return (
        paragraph("Rubrique de suite", mots["questions"])
        + mark("for question, reponse in questions")
        + paragraph("Question", "{{ question }}")
        + paragraph("Réponse", "{{ reponse }}")
        + mark("endfor")
    )


def points(mots: Mapping[str, Any]) -> str:
    """Return the points of attention, each with its word and its colour."""
    level = cell("Niveau", "{{ niveau }}", mm(30)).replace(
        "</w:tcPr>", '<w:shd w:val="clear" w:color="auto" w:fill="{{ teinte }}"/></w:tcPr>'
    )
    sizes = [mm(34), mm(WIDTH - 64), mm(30)]
    heads = mots["colonnes"]["points"]
    looks = ("Intitulé", "Intitulé", "Intitulé centré")
    titles = "".join(cell(look, h, w, PALE) for look, h, w in zip(looks, heads, sizes, strict=True))
    body = cell("Case forte", "{{ point }}", sizes[0]) + cell("Case", "{{ vu }}", sizes[1]) + level
    return paragraph("Rubrique de carte", mots["points"]) + grid(
        sizes,
        row(titles, "<w:tblHeader/>"),
        mark_row("{%tr for point, vu, niveau, teinte in points %}", sizes),
        row(body),
        mark_row("{%tr endfor %}", sizes),
    )


def plan(mots: Mapping[str, Any]) -> str:
    """Return the three lines of the plan; the last column is for the meeting."""
    return paragraph("Rubrique de carte", mots["plan"]) + table(
        mots["colonnes"]["plan"],
        (30, 52, WIDTH - 116, 34),
        "axe, pourquoi, action in plan",
        (
            ("Case forte", "{{ axe }}"),
            ("Case", "{{ pourquoi }}"),
            ("Case", "{{ action }}"),
            ("Case", ""),
        ),
    )


def limits(mots: Mapping[str, Any]) -> str:
    """Return what the figures do not say, where there is something."""
    return when(
        "limites",
        paragraph("Rubrique de carte", mots["limites"])
        + mark("for limite in limites")
        + paragraph("Limite", "–\t{{ limite }}")
        + mark("endfor"),
    )


def document(mots: Mapping[str, Any]) -> str:
    """Return the main part of the model."""
    lead = mark("for phrase in essentiel") + paragraph("Essentiel", "{{ phrase }}") + mark("endfor")
    methode = mots["methode"] + "{% if avant %}" + mots["methode_avant"] + "{% endif %}"
    content = "".join(
        (
            paragraph("Titre de carte", mots["titre"]),
            paragraph("Sous-titre de carte", mots["sous_titre"]),
            tiles(),
            paragraph("Fin", ""),
            paragraph("Méthode", ""),
            lead,
            paragraph("Rubrique de carte", mots["groupes"]),
            groups(mots),
            charts(mots),
            paragraph("Rubrique de carte", mots["annees"]),
            years(mots),
            paragraph("Méthode", methode),
            questions(mots),
            points(mots),
            plan(mots),
            limits(mots),
            paragraph("Méthode", f"{{{{ insee }}}} {mots['discretion']}"),
            paragraph("Établi", mots["signature"]),
        )
    )
    return f"{HEAD}<w:document {ROOT}><w:body>{content}{section()}</w:body></w:document>"


def section() -> str:
    """Return the page of the « dossier de trajectoire », a little taller."""
    return (
        trajectoire.section()
        .replace(f'w:top="{mm(trajectoire.TOP)}"', f'w:top="{mm(TOP)}"')
        .replace(f'w:bottom="{mm(trajectoire.BOTTOM)}"', f'w:bottom="{mm(BOTTOM)}"')
    )


def styles() -> str:
    """Return the styles of the letters and of the tables, then those of this report."""
    return with_styles(trajectoire.styles(), STYLES)


def parts() -> dict[str, str]:
    """Return every part of the model."""
    mots, commun = lettres.read_toml(TEXTES), lettres.read_toml(lettres.TEXTES)["commun"]
    types, rels = "[Content_Types].xml", "word/_rels/document.xml.rels"
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    relation = f"{lettres.R}/chart"
    numbers = (1, 2)
    drawn = "".join(
        f'<Override PartName="/word/charts/chart{n}.xml" ContentType="{kind}"/>' for n in numbers
    )
    related = "".join(
        f'<Relationship Id="rId1{n}" Type="{relation}" Target="charts/chart{n}.xml"/>'
        for n in numbers
    )
    sample = Serie(nom="2026", teinte=NAVY, valeurs=[70.0, 30.0])
    own = {
        "word/document.xml": document(mots),
        "word/styles.xml": styles(),
        "word/header1.xml": lettres.header({**commun, "projet": mots["projet"]}),
        "word/footer1.xml": trajectoire.footer(mots, commun),
        "word/charts/chart1.xml": ring_xml(["A", "B"], [NAVY, GREY], [0.7, 0.3]),
        "word/charts/chart2.xml": columns_xml(["A", "B"], [sample]),
    }
    made = package(TITLE, own)
    return {
        **made,
        types: made[types].replace("</Types>", f"{drawn}</Types>"),
        rels: made[rels].replace("</Relationships>", f"{related}</Relationships>"),
    }


def main(out_dir: Path = OUT) -> None:
    """Write the model in a folder."""
    write(out_dir, NAME, parts())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
    print("Modèle de la cartographie : à jour.")
