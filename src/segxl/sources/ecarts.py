"""The rows of an export that are not clients: totals, repeated titles, mentions, blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from segxl.domain.textes import fold, join_words
from segxl.sources.correspondance import Correspondance
from segxl.sources.export import Export
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import parse_siren

_SUBTOTAL = re.compile(r"(sous|ss|s)[- /]?tota(l|ux)\b|total (partiel|intermediaire)\b")
_TOTAL = re.compile(r"(total|totaux|grand total|cumul|report|a reporter)\b")
_MENTION = re.compile(
    r"(edite|imprime|genere|exporte|page|nombre de|nb de|fin d[eu]|date d|source|\*)\b"
)
_LABEL_CELLS = 3
_LONG = 25
_NARROW = 2


class Motif(StrEnum):
    """Why a row of the export is not one client more."""

    VIDE = "ligne vide"
    TOTAL = "total"
    SOUS_TOTAL = "sous-total"
    TITRES = "ligne de titres répétée"
    MENTION = "mention d’édition"
    SANS_CLE = "ligne sans dossier ni SIREN"
    DOUBLON = "doublon"

    def counted(self, number: int) -> str:
        """Return the motive with its number.

        >>> Motif.TOTAL.counted(2), Motif.SANS_CLE.counted(1)
        ('2 totaux', '1 ligne sans dossier ni SIREN')
        """
        return f"{number} {self if number == 1 else _PLURALS[self]}"


_PLURALS = {
    Motif.VIDE: "lignes vides",
    Motif.TOTAL: "totaux",
    Motif.SOUS_TOTAL: "sous-totaux",
    Motif.TITRES: "lignes de titres répétées",
    Motif.MENTION: "mentions d’édition",
    Motif.SANS_CLE: "lignes sans dossier ni SIREN",
    Motif.DOUBLON: "doublons",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecart:
    """One row left out, and why."""

    row: int
    motif: Motif
    text: str


def count_ecarts(ecarts: Iterable[Ecart]) -> str:
    """Return the rows left out, counted by motive.

    >>> count_ecarts([Ecart(row=9, motif=Motif.TOTAL, text="TOTAL")])
    '1 total'
    """
    motifs = [ecart.motif for ecart in ecarts]
    return join_words(m.counted(motifs.count(m)) for m in Motif if m in motifs)


def find_ecarts(export: Export, correspondance: Correspondance) -> Iterator[Ecart]:
    """Find the rows that are not clients, in the order of the file."""
    headers = [*export.lignes.columns]
    titles = [fold(title) for title in headers]
    sources = [correspondance.source_of(target) for target in ("Dossier", "SIREN")]
    places = [headers.index(source) if source else None for source in sources]
    for row, cells in zip(export.lignes.index, export.lignes.to_numpy().tolist(), strict=True):
        texts = ["" if is_blank(cell) else text_of(cell) for cell in cells]
        key, siren = ("" if place is None else texts[place] for place in places)
        if motif := _motif_of(texts, titles, key, siren):
            yield Ecart(row=row, motif=motif, text=next(filter(None, texts), ""))


def _motif_of(texts: list[str], titles: list[str], key: str, siren: str) -> Motif | None:
    """Return why a row is not a client; a row that has a valid SIREN always is one."""
    filled = [fold(text) for text in texts if text]
    has_siren = bool(siren) and not parse_siren(siren).problem
    labels = [] if has_siren else filled[:_LABEL_CELLS]
    has_code = bool(key) and not _TOTAL.match(fold(key))
    signs = {
        Motif.VIDE: not filled,
        Motif.TITRES: _is_title_row(texts, titles, len(filled)),
        Motif.SOUS_TOTAL: any(_SUBTOTAL.match(label) for label in labels),
        Motif.TOTAL: not has_code and any(_TOTAL.match(label) for label in labels),
        Motif.MENTION: len(titles) > _NARROW and len(labels) == 1 and _is_mention(labels[0]),
        Motif.SANS_CLE: not key and not any(c.isdigit() for c in siren),
    }
    return next((motif for motif, holds in signs.items() if holds), None)


def _is_title_row(texts: list[str], titles: list[str], filled: int) -> bool:
    same = sum(1 for text, title in zip(texts, titles, strict=True) if text and fold(text) == title)
    return same > 1 and 2 * same >= filled


def _is_mention(text: str) -> bool:
    """Tell whether a row's only words are a sentence: a code is short, or one word, or has figures."""
    is_sentence = " " in text and not any(c.isdigit() for c in text)
    return is_sentence or bool(_MENTION.match(text)) or len(text) > _LONG
