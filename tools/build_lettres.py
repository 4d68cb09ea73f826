"""Make the shipped letter models from their words: ``python tools/build_lettres.py``.

The words are in ``lettres.toml``, the look is here, the rest in ``lettres_paquet.toml``. The XML is written as it stands and stored
without compression, so that the same words give the same bytes on every machine.
"""

from __future__ import annotations

import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from segxl.lettres.francais import typographie

HERE = Path(__file__).parent
TEXTES = HERE / "lettres.toml"
PAQUET = HERE / "lettres_paquet.toml"
OUT = HERE.parent / "templates" / "lettres"

NAVY, GREY, PALE = "1F3A5F", "6B7280", "EEF3F9"
MM = 56.6929  # twentieths of a point in a millimetre, Word's unit
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOT = f'xmlns:w="{W}" xmlns:r="{R}"'

LEFT, RIGHT, TOP, BOTTOM = 22, 20, 40, 36  # margins, mm
WINDOW_LEFT = 104  # of a French window envelope, mm from the left edge
WINDOW_HEIGHT = 36


def mm(length: float) -> int:
    """Return a length in Word's unit."""
    return round(length * MM)


def space(before: float = 0, after: float = 0, line: float = 1.08) -> str:
    """Return the white around a paragraph, in points, and between its lines."""
    return (
        f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" '
        f'w:line="{line * 240:.0f}" w:lineRule="auto"/>'
    )


def indent(left: float = 0, hanging: float = 0, right: float = 0) -> str:
    """Return where the lines start and end, in millimetres."""
    return f'<w:ind w:left="{mm(left)}" w:right="{mm(right)}" w:hanging="{mm(hanging)}"/>'


def line(side: str, width: int, gap: int, color: str = NAVY) -> str:
    """Return a line on one side of a paragraph."""
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="{gap}" w:color="{color}"/>'


def font(size: float, color: str = "", *marks: str) -> str:
    """Return the look of letters; ``marks`` are b for bold, i for italic."""
    shown = "".join(f"<w:{mark}/>" for mark in marks)
    shown += f'<w:color w:val="{color}"/>' if color else ""
    return f'{shown}<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>'


# Equal borders join two paragraphs into one box: a navy bar, pale lines as its inner white.
BOX = (
    f"<w:pBdr>{line('top', 24, 3, PALE)}{line('left', 24, 9)}{line('bottom', 24, 3, PALE)}</w:pBdr>"
    f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/>'
)
TABS_RIGHT = f'<w:tabs><w:tab w:val="right" w:pos="{mm(210 - LEFT - RIGHT)}"/></w:tabs>'
BESIDE = indent(WINDOW_LEFT - LEFT)
# Name of a style in Word → paragraph, letters. The order is that of the page.
STYLES: dict[str, tuple[str, str]] = {
    "Cabinet": (TABS_RIGHT + space(), font(17, NAVY, "b")),
    "Coordonnées": ("<w:pBdr>" + line("bottom", 6, 5) + "</w:pBdr>" + space(1), font(8.5, GREY)),
    "Référence": (space(), font(9, GREY)),
    "Destinataire": (space(line=1.0), ""),
    "Lieu et date": (space(8, 12) + BESIDE, ""),
    "Objet": (space(0, 12), font(11.5, NAVY, "b")),
    "Corps": (space(4, 6), ""),
    "Élément": (space(0, 3.5) + indent(5, 5), ""),
    "Étape titre": ("<w:keepNext/>" + BOX + space(9) + indent(4, 0, 2), font(10.5, NAVY, "b")),
    "Étape": (BOX + space(0, 10) + indent(4, 0, 2), ""),
    "Réserve": (space(16, 0, 1.0), font(9, GREY, "i")),
    "Politesse": ("<w:keepNext/>" + space(5, 36), ""),
    "Signature": ("<w:keepNext/>" + space() + BESIDE, ""),
    "Mentions": (space(0, 1, 1.0) + '<w:jc w:val="center"/>', font(7.5, GREY)),
}


def style_id(name: str) -> str:
    """Return the name of a style without what XML readers dislike."""
    return re.sub(r"\W", "", name.translate(str.maketrans("Éé", "Ee")))


def paragraph(style: str, text: str) -> str:
    """Return one paragraph; a tab or a line break in the text stays one."""
    runs = "".join(run(part, bold=i % 2 == 1) for i, part in enumerate(text.split("**")) if part)
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/></w:pPr>{runs}</w:p>'


def run(text: str, *, bold: bool = False, style: str = "") -> str:
    """Return one run of equal letters."""
    look = f"<w:rPr>{style}{'<w:b/>' if bold else ''}</w:rPr>" if bold or style else ""
    words = '<w:tab/><w:t xml:space="preserve">'.join(
        f"{escape(part)}</w:t>" for part in typographie(text).split("\t")
    )
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:r>'


def body_of(lettre: Mapping[str, Any]) -> Iterator[str]:
    """Give the paragraphs of one letter between its greeting and its last line."""
    for block in filter(None, re.split(r"\n\s*\n", lettre["texte"].strip())):
        if block.startswith("> "):
            title, _, text = block[2:].partition("\n")
            yield paragraph("Étape titre", title)
            yield paragraph("Étape", text)
        elif block.startswith("- "):
            yield paragraph("Élément", f"–\t{block[2:]}")
        else:
            yield paragraph("Corps", block)


def address_block(commun: Mapping[str, str]) -> str:
    """Return the reference on the left and the addressee where the window of the envelope is."""
    left = "".join(paragraph("Référence", commun[key]) for key in ("reference", "suivi"))
    lines = ("{{ destinataire }}", "{{ adresse }}", "{{ code_postal }} {{ ville }}")
    right = "".join(paragraph("Destinataire", line) for line in lines)
    widths = (mm(WINDOW_LEFT - LEFT), mm(210 - RIGHT - WINDOW_LEFT))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{text}</w:tc>'
        for width, text in zip(widths, (left, right), strict=True)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr>"
        f'<w:trHeight w:val="{mm(WINDOW_HEIGHT)}" w:hRule="atLeast"/></w:trPr>{cells}</w:tr></w:tbl>'
    )


def document(lettre: Mapping[str, Any], commun: Mapping[str, str]) -> str:
    """Return the main part of one model."""
    reserve = paragraph("Réserve", commun["reserve"]) if lettre.get("reserve", True) else ""
    content = "".join(
        (
            address_block(commun),
            paragraph("Lieu et date", commun["lieu_date"]),
            paragraph("Objet", f"Objet : {lettre['objet']}"),
            paragraph("Corps", "{{ formule_appel }}"),
            *body_of(lettre),
            paragraph("Politesse", "{{ formule_politesse }}"),
            paragraph("Signature", "**{{ signataire }}**"),
            paragraph(
                "Signature", "{% if qualite_signataire %}{{ qualite_signataire }}{% endif %}"
            ),
            reserve,
        )
    )
    return f"{HEAD}<w:document {ROOT}><w:body>{content}{section()}</w:body></w:document>"


def section() -> str:
    """Return the page: A4, with room for the letterhead and the legal mentions."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{mm(210)}" w:h="{mm(297)}"/><w:pgMar w:top="{mm(TOP)}" w:right="{mm(RIGHT)}" '
        f'w:bottom="{mm(BOTTOM)}" w:left="{mm(LEFT)}" w:header="{mm(13)}" w:footer="{mm(10)}" '
        'w:gutter="0"/></w:sectPr>'
    )


def header(commun: Mapping[str, str]) -> str:
    """Return the letterhead, with the discreet mark of a draft."""
    mark = run(commun["projet"], style='<w:rStyle w:val="ProjetMarque"/>')
    name = paragraph("Cabinet", commun["entete"] + "\t").replace("</w:p>", f"{mark}</w:p>")
    return f"{HEAD}<w:hdr {ROOT}>{name}{paragraph('Coordonnées', commun['coordonnees'])}</w:hdr>"


def footer(commun: Mapping[str, str], *, proposition: bool = True) -> str:
    """Return the notice on personal data and the legal mentions.

    What is owed under the mission is no ``proposition`` that one may object to.
    """
    notice = "donnees" if proposition else "donnees_mission"
    lines = "".join(paragraph("Mentions", commun[key]) for key in (notice, "mentions", "ordre"))
    return f"{HEAD}<w:ftr {ROOT}>{lines}</w:ftr>"


def styles() -> str:
    """Return the styles, under the French names that Word will show."""
    base = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
        f"{font(11)}"
        '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{space()}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:customStyle="1" w:styleId="ProjetMarque">'
        f'<w:name w:val="Projet à valider"/><w:rPr><w:b w:val="0"/>{font(8.5, GREY, "i")}</w:rPr></w:style>'
    )
    named = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(name)}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{look}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        for name, (look, letters) in STYLES.items()
    )
    return f"{HEAD}<w:styles {ROOT}>{base}{named}</w:styles>"


def parts_of(lettre: Mapping[str, Any], commun: Mapping[str, str]) -> dict[str, str]:
    """Return every part of one model; [Content_Types].xml comes first, as Word writes it."""
    return {
        **{name: HEAD + xml for name, xml in read_toml(PAQUET)["parties"].items()},
        "word/document.xml": document(lettre, commun),
        "word/styles.xml": styles(),
        "word/header1.xml": header(commun),
        "word/footer1.xml": footer(commun, proposition=lettre.get("proposition", True)),
    }


def read_toml(path: Path) -> dict[str, Any]:
    """Read one file of words or parts."""
    return tomllib.loads(path.read_text("utf-8"))


def stored(parts: Mapping[str, str]) -> bytes:
    """Return a zip without dates or compression: compressors differ, bytes must not."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(name), xml)
    return buffer.getvalue()


def main(out_dir: Path = OUT) -> None:
    """Write every model in a folder."""
    words = read_toml(TEXTES)
    out_dir.mkdir(parents=True, exist_ok=True)
    for lettre in words["lettres"]:
        content = stored(parts_of(lettre, words["commun"]))
        (out_dir / f"{lettre['nom']}.docx").write_bytes(content)
    # The call sheet has the look of the client card, which is built on that of the letters.
    import lettres_appel  # noqa: PLC0415  it imports this module

    (out_dir / lettres_appel.NAME).write_bytes(stored(lettres_appel.parts()))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
    print("Modèles de lettres : à jour.")
