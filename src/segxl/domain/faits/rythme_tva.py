"""How often a client declares VAT, guessed from the months that hold a declaration entry."""

from __future__ import annotations

from segxl.domain.faits.etats import FaitMesure, compte, non_derivable, peu_fiable
from segxl.domain.faits.lignes import Lignes

A_DECAISSER = "4455"
CREDITS = ("44567", "44583")
"""A declaration in credit leaves 4455 silent: the credit is carried forward, or claimed back."""
COLLECTEE = "4457"
MENSUEL, TRIMESTRIEL, ANNUEL, FRANCHISE = "mensuel", "trimestriel", "annuel", "franchise"
YEAR = 12
LEAST_MONTHS = 6
SEUILS = ((6, MENSUEL), (3, TRIMESTRIEL), (1, ANNUEL))
"""Declarations in twelve months, and the rhythm they tell: a judgement, not a rule."""
SURE_MONTHLY = 10


def guess_rythme(lignes: Lignes) -> FaitMesure:
    """Guess the rhythm of VAT: ``mensuel``, ``trimestriel``, ``annuel`` or ``franchise``."""
    declared = months_with_declaration(lignes)
    if declared:
        return _told(declared, lignes.span)
    if lignes.under(COLLECTEE).any():
        return non_derivable(
            "TVA collectée, mais aucune écriture de déclaration (4455, 44567, 44583)"
        )
    if not lignes.base.any():
        return non_derivable("aucune écriture dans l’exercice")
    return peu_fiable(FRANCHISE, "indice : ni TVA collectée (4457) ni déclaration (4455)")


def _told(declared: int, span: int) -> FaitMesure:
    if span < LEAST_MONTHS:
        return non_derivable(f"{compte(span, 'mois', 'mois')} d’écritures seulement : trop peu")
    yearly = declared * YEAR / span
    rythme = next((mot for seuil, mot in SEUILS if yearly >= seuil), ANNUEL)
    doubt = ", sans doute avec des mois à néant" if LEAST_MONTHS <= yearly < SURE_MONTHLY else ""
    counted = f"{compte(declared, 'mois', 'mois')} sur {span} avec une écriture de déclaration"
    return peu_fiable(rythme, f"indice : {counted}{doubt}")


def months_with_declaration(lignes: Lignes) -> int:
    """Count the months where VAT is declared, or paid where it is more often paid than declared.

    A quarterly declaration paid the month after would count twice: the two sides are apart.
    """
    due = lignes.under(A_DECAISSER)
    declared = (due & (lignes.net < 0)) | lignes.under(*CREDITS)
    return max(lignes.count_months(mask) for mask in (declared, due & (lignes.net > 0)))
