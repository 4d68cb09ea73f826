"""The groups of customers: their names, however typed, and their colours.

Dates decide of the first three: billed this year only (new), both years (loyal), the year before
only (dormant). The firm puts customers in the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from segxl.domain.textes import fold

NOUVEAUX, FIDELES, DORMANTS = "Nouveaux clients", "Clients fidèles", "Clients dormants"
APPORTEURS, SOUS_TRAITANCE, AUTRES = "Apporteurs d’affaires", "Sous-traitance", "Autres revenus"
A_CLASSER, NON_REPARTI = "Clients à classer", "Ventes non réparties"
PAR_DATES = (NOUVEAUX, FIDELES, DORMANTS)
PAR_ETIQUETTES = (APPORTEURS, SOUS_TRAITANCE, AUTRES)
SIX = (*PAR_DATES, *PAR_ETIQUETTES)
RESERVES = (*PAR_DATES, A_CLASSER, NON_REPARTI)
"""Names that no row may give: dates decide, or nobody can."""
_FIRSTS = {
    "apport": APPORTEURS, "intermedi": APPORTEURS, "sous-trait": SOUS_TRAITANCE,
    "sous trait": SOUS_TRAITANCE, "soustrait": SOUS_TRAITANCE, "autre revenu": AUTRES,
    "autres revenu": AUTRES, "autre source": AUTRES, "autres source": AUTRES,
    "nouveau": NOUVEAUX, "client nouveau": NOUVEAUX, "fidele": FIDELES, "clients fidele": FIDELES,
    "client fidele": FIDELES, "dormant": DORMANTS, "clients dormant": DORMANTS,
    "client dormant": DORMANTS, "clients a classer": A_CLASSER, "ventes non repart": NON_REPARTI,
}  # fmt: skip
"""How people begin the name of a group of ours, folded."""
TEINTES = {
    FIDELES: "1F3A5F", NOUVEAUX: "2E9E6B", DORMANTS: "9AA3AF", APPORTEURS: "D98E2B",
    SOUS_TRAITANCE: "8A5A9E", AUTRES: "5BA3CF", A_CLASSER: "6F86A8", NON_REPARTI: "CBD2DC",
}  # fmt: skip
"""The colour of each group in the charts."""
TEINTES_DU_CABINET = ("B5651D", "3E8E8A", "C26A7E", "A39B3B", "5E6FB0", "7A7A7A")
"""Those of the groups that the firm makes, in their order."""


def parse_groupe(text: str) -> str:
    """Spell the name of a group as we do where it is one of ours; else as it was typed.

    >>> parse_groupe("apporteur d'affaires"), parse_groupe("Sous traitants"), parse_groupe("Écoles")
    ('Apporteurs d’affaires', 'Sous-traitance', 'Écoles')
    """
    folded = fold(text)
    known = {fold(name): name for name in (*SIX, *RESERVES)}
    if folded in known:
        return known[folded]
    return next((name for first, name in _FIRSTS.items() if folded.startswith(first)), text)


def teintes_of(groupes: Iterable[str]) -> dict[str, str]:
    """Return the colour of each group.

    >>> teintes_of(["Écoles", "Clients fidèles"])
    {'Écoles': 'B5651D', 'Clients fidèles': '1F3A5F'}
    """
    named = [*dict.fromkeys(groupes)]
    own = [g for g in named if g not in TEINTES]
    return {
        g: TEINTES[g]
        if g in TEINTES
        else TEINTES_DU_CABINET[own.index(g) % len(TEINTES_DU_CABINET)]
        for g in named
    }
