"""The files to store, those meant for PDF printed all in one batch."""

from __future__ import annotations

from dataclasses import dataclass, replace

from segxl.lettres.pdf import render_pdfs
from segxl.lettres.preparation import Lettre


@dataclass(frozen=True, slots=True)
class Draft:
    """One file to store."""

    lettre: Lettre
    ext: str
    content: bytes


def print_drafts(drafts: list[Draft]) -> list[Draft]:
    """Turn the Word letters meant for PDF into PDF, all in one batch."""
    papers = {d.lettre.file_name(d.ext): d for d in drafts if d.ext == "pdf"}
    if not papers:
        return drafts
    pdfs = render_pdfs({name: d.content for name, d in papers.items()})
    printed = [replace(d, content=pdfs[name]) for name, d in papers.items()]
    return [d for d in drafts if d.ext != "pdf"] + printed
