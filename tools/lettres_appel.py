"""The model of the call sheet, which stays in the firm; its words are in ``appel.toml``.

``build_lettres.py`` makes it with the letters, among which the firm finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import build_fiche as fiche
import build_lettres as lettres
from build_fiche import BOX, NEXT, RULE, SHADE, WIDTH, box, cell, each, exact
from build_lettres import GREY, HEAD, NAVY, ROOT, font, mm, paragraph
from build_trajectoire import when
from modele_word import STANDARD, with_styles

TEXTES = Path(__file__).parent / "appel.toml"
NAME = "fiche_appel.docx"
MIDDLE = 92
"""Where the first of two blanks on a line ends, in millimetres."""


def leaders(*stops: tuple[str, float]) -> str:
    """Return where the dots to write on stop, in millimetres."""
    places = "".join(
        f'<w:tab w:val="{side}" w:leader="dot" w:pos="{mm(at)}"/>' for side, at in stops
    )
    return f"<w:tabs>{places}</w:tabs>"


STYLES: dict[str, tuple[str, str]] = {
    "Appel rubrique": (f"{NEXT}{RULE}{exact(9, 3, 15)}", font(11.5, NAVY, "b")),
    "Appel ligne": (exact(2, 2, 13) + lettres.indent(4, 4), font(10.5)),
    "Appel texte": (exact(2, 2, 13), font(10.5)),
    "Appel aide": (exact(1, 3, 12), font(9.5, GREY)),
    "Appel réserve": (f"{BOX}{SHADE}{exact(5, 4, 14)}{lettres.indent(3)}", font(10.5)),
    "Appel question": (f"{NEXT}{exact(6, 0, 14)}", font(10.5)),
    "Appel blanc": (leaders(("right", WIDTH)) + exact(6, 0, 15), font(10.5, GREY)),
    "Appel phrase": (leaders(("right", WIDTH)) + exact(6, 0, 15), font(10.5)),
    "Appel deux blancs": (leaders(("left", MIDDLE), ("right", WIDTH)) + exact(6, 0, 15), font(10.5)),
}  # fmt: skip


def identity(mots: Mapping[str, Any]) -> str:
    """Return whom to call, and who calls, in two rows of two."""
    heads = mots["identite"]
    widths = (26.0, WIDTH / 2 - 26, 26.0, WIDTH / 2 - 26)

    def row(*names: str) -> str:
        looks = [
            look
            for name in names
            for look in (("Fiche intitulé", heads[name][0]), ("Fiche valeur", heads[name][1]))
        ]
        return "".join(cell(paragraph(*x), w) for x, w in zip(looks, widths, strict=True))

    return box(widths, row("interlocuteur", "telephone"), row("appel", "par"))


def fill_in(texts: Iterable[str]) -> str:
    """Return sentences whose blanks are to be written in by hand."""
    several = 2
    return "".join(
        paragraph("Appel deux blancs" if text.count("\t") >= several else "Appel phrase", text)
        for text in texts
    )


def questions(texts: Iterable[str]) -> str:
    """Return each question over a line for its answer."""
    blank = paragraph("Appel blanc", "\t")
    return "".join(paragraph("Appel question", text) + blank for text in texts)


def document(mots: Mapping[str, Any]) -> str:
    """Return the main part of the model."""
    asked, said, after, journal = (
        mots[name] for name in ("questions", "reformuler", "suite", "journal")
    )
    reserve = paragraph("Appel réserve", mots["reserve"])
    reason = paragraph("Appel ligne", mots["pourquoi"]["ligne"])
    content = "".join(
        (
            paragraph("Titre de fiche", mots["titre"]),
            paragraph("Sous-titre de fiche", mots["sous_titre"]),
            identity(mots),
            when("reserve_appel", reserve),
            paragraph("Appel rubrique", mots["pourquoi"]["titre"]),
            each("raison in raisons_appel", reason),
            paragraph("Appel rubrique", mots["connu"]["titre"]),
            *(paragraph("Appel texte", text) for text in mots["connu"]["lignes"]),
            when(
                "etape_parcours and not reserve_appel",
                paragraph("Appel texte", mots["connu"]["etape"]),
            ),
            paragraph("Appel rubrique", asked["titre"]),
            when("ecoute", questions(asked["ecoute"]), questions(asked["appel"])),
            paragraph("Appel rubrique", said["titre"]),
            when("ecoute", fill_in(said["ecoute"]), fill_in(said["appel"])),
            paragraph("Appel rubrique", journal["titre"]),
            paragraph("Appel aide", journal["aide"]),
            fill_in(journal["lignes"]),
            paragraph("Appel rubrique", after["titre"]),
            when(
                "ecoute",
                paragraph("Appel texte", after["ecoute"]),
                paragraph("Appel texte", after["appel"]),
            ),
        )
    )
    return f"{HEAD}<w:document {ROOT}><w:body>{content}{fiche.section()}</w:body></w:document>"


def parts() -> dict[str, str]:
    """Return every part of the model."""
    mots = lettres.read_toml(TEXTES)
    shared = lettres.read_toml(lettres.PAQUET)["parties"]
    same = {name: HEAD + xml for name, xml in shared.items()}
    core = same["docProps/core.xml"].replace(STANDARD, "<dc:title>Usage interne</dc:title>")
    return {
        **same,
        "docProps/core.xml": core,
        "word/document.xml": document(mots),
        "word/styles.xml": with_styles(fiche.styles(), STYLES),
        "word/header1.xml": fiche.header(mots),
        "word/footer1.xml": fiche.footer(mots),
    }
