"""Writing one letter: the shortest way from a model and its fields to a file and its text."""

from __future__ import annotations

from segxl.lettres.champs import Champs
from segxl.lettres.fusion import Modele


def render_letter(modele: Modele, champs: Champs) -> bytes:
    """Return the .docx of one letter; the same model and fields give the same bytes."""
    return modele.render(champs)[0]


def letter_text(modele: Modele, champs: Champs) -> str:
    """Return the printed text of one letter, one line per paragraph, for the guards."""
    return modele.render(champs)[1]
