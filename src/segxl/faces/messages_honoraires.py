"""What the invoices of the firm bring, as the few lines of a message box."""

from __future__ import annotations

from collections.abc import Iterator

from segxl.actions.honoraires import BilanHonoraires
from segxl.faces.annonces_honoraires import (
    RATTACHER,
    sentence_of,
    sentence_of_annuels,
    sentence_of_late,
    summarize,
    title_of_inconnus,
)
from segxl.faces.messages import SHOWN, of_phrases


def of_honoraires(bilan: BilanHonoraires) -> str:
    """Say what the files bill, what the sheet takes, who has no dossier, what needs a hand."""
    return of_phrases([*_sentences(bilan)], bilan.anomalies)


def _sentences(bilan: BilanHonoraires) -> Iterator[str]:
    yield from bilan.remarques
    yield from summarize(bilan)
    if bilan.tardives:
        yield f"{sentence_of_late(bilan)}."
    if bilan.inconnus:
        yield f"{title_of_inconnus(bilan.inconnus)} :"
        yield from (f"• {sentence_of(item)}" for item in bilan.inconnus[:SHOWN])
        left = len(bilan.inconnus) - SHOWN
        if left > 0:
            yield f"… et {left} de plus."
        yield RATTACHER
    yield sentence_of_annuels(bilan)
