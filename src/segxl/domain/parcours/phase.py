"""Where one client stands on its journey with the firm: what is typed, else what the facts say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from segxl.domain.parcours.irritants import ETAPES
from segxl.domain.relation.contrat import Piece
from segxl.domain.textes import fold

ETAPE = "Étape du parcours"
DECOUVERTE, DEVIS, FACTURATION = "Découverte", "Devis", "Facturation"
NOUVEAU, RECENTE = 90, 45
"""Days during which a client is new, and a large invoice is still on its mind."""
_ALSO: Mapping[str, str] = {
    "premier rendez-vous": DECOUVERTE,
    "premiere visite": DECOUVERTE,
    "lettre de mission": DEVIS,
    "proposition": DEVIS,
    "facture": FACTURATION,
}
_CLOSE = 0.6


def parse_phase(value: object) -> str | None:
    """Return the stage that a word means; None where it means none.

    >>> parse_phase("devis"), parse_phase("première visite"), parse_phase("en cours")
    ('Devis', 'Découverte', None)
    """
    return _words().get(fold(value))


def near_phase(value: object) -> str:
    """Return the stage whose name is nearest to a word; "" where none is near.

    >>> near_phase("Facturasion"), near_phase("xyz")
    ('Facturation', '')
    """
    words = _words()
    close = get_close_matches(fold(value), words, n=1, cutoff=_CLOSE)
    return words[close[0]] if close else ""


def deduce_phase(
    lettre: Piece | None, facture: date | None, entree: date | None, au: date, *, is_met: bool
) -> str:
    """Return the stage that the facts tell on a day; "" where they tell none.

    Parameters
    ----------
    lettre : date, bool, str or None
        The letter of mission, see ``contrat.parse_piece``: one known to be unsigned comes first.
    facture : date, optional
        When the Journal says that a large invoice went.
    entree : date, optional
        Since when it is a client.
    au : date
        What is dated later has not happened.
    is_met : bool
        Whether the Journal has an exchange with it.

    Examples
    --------
    >>> day = date(2026, 11, 22)
    >>> deduce_phase(False, None, None, day, is_met=True)
    'Devis'
    >>> deduce_phase(None, date(2026, 10, 20), None, day, is_met=True)
    'Facturation'
    >>> deduce_phase(True, None, date(2026, 11, 2), day, is_met=False)
    'Découverte'
    """
    if lettre is False or (isinstance(lettre, date) and lettre > au):
        return DEVIS
    if facture is not None and 0 <= (au - facture).days <= RECENTE:
        return FACTURATION
    is_new = entree is not None and 0 <= (au - entree).days <= NOUVEAU
    return DECOUVERTE if is_new and not is_met else ""


def _words() -> dict[str, str]:
    return {fold(etape): etape for etape in ETAPES} | dict(_ALSO)
