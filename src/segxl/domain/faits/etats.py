"""A measured fact: its value, how far to trust it, and the reason in French."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NBSP = "\u00a0"


class Etat(StrEnum):
    """How far a fact can be trusted."""

    CALCULE = "calcule"
    PEU_FIABLE = "peu_fiable"
    NON_DERIVABLE = "non_derivable"

    @property
    def label(self) -> str:
        """The state as readers say it.

        >>> [etat.label for etat in Etat]
        ['calculé', 'peu fiable', 'non dérivable']
        """
        return {"calcule": "calculé"}.get(
            self, self.replace("_", " ").replace("derivable", "dérivable")
        )


class Unite(StrEnum):
    """What the value of a fact counts."""

    CENTIMES = "centimes"
    NOMBRE = "nombre"
    PART = "part"
    INDICE = "indice"
    JOURS = "jours"
    MOT = "mot"


Valeur = int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaitMesure:
    """One fact read from the entries.

    ``valeur`` is an integer of cents, a count, a share or an index in [0, 1], days or a word, as ``UNITES``
    tells; None if and only if the fact is not derivable. ``motif`` says in French on what it was
    measured, or why it was not.
    """

    valeur: Valeur | None
    etat: Etat
    motif: str

    def __post_init__(self) -> None:
        if (self.valeur is None) != (self.etat is Etat.NON_DERIVABLE) or not self.motif:
            msg = f"A fact has a reason, and a value unless it is not derivable: {self!r}"
            raise ValueError(msg)


UNITES = {
    "ca": Unite.CENTIMES,
    "achats": Unite.CENTIMES,
    "factures_emises": Unite.NOMBRE,
    "avoirs_emis": Unite.NOMBRE,
    "factures_recues": Unite.NOMBRE,
    "clients": Unite.NOMBRE,
    "fournisseurs": Unite.NOMBRE,
    "part_premier_client": Unite.PART,
    "hhi": Unite.INDICE,
    "delai_client_pondere": Unite.JOURS,
    "creances_ouvertes": Unite.CENTIMES,
    "rythme_tva": Unite.MOT,
    "part_inconnue": Unite.PART,
    "decalage_saisie": Unite.JOURS,
}
"""The facts that leave the program, in their order."""

UNITES_INTERNES = {
    "avoirs_recus": Unite.NOMBRE,
    "factures_emises_par_mois": Unite.NOMBRE,
    "factures_recues_par_mois": Unite.NOMBRE,
    "dependance": Unite.MOT,
    "delai_client_median": Unite.JOURS,
    "delai_client_moyen": Unite.JOURS,
    "delai_client_estime": Unite.JOURS,
    "part_groupes_lettres": Unite.PART,
    "part_publique": Unite.PART,
    "part_etrangere": Unite.PART,
    "part_privee": Unite.PART,
}
"""Those that serve the grid and the client map."""


def calcule(valeur: Valeur, motif: str) -> FaitMesure:
    """Return a fact measured on what it needs."""
    return FaitMesure(valeur=valeur, etat=Etat.CALCULE, motif=motif)


def peu_fiable(valeur: Valeur, motif: str) -> FaitMesure:
    """Return a fact measured on too little, or inferred."""
    return FaitMesure(valeur=valeur, etat=Etat.PEU_FIABLE, motif=motif)


def non_derivable(motif: str) -> FaitMesure:
    """Return a fact that the entries do not say."""
    return FaitMesure(valeur=None, etat=Etat.NON_DERIVABLE, motif=motif)


def calcule_sauf(valeur: Valeur, motif: str, *doutes: str) -> FaitMesure:
    """Return a measured fact, little trusted where there is a doubt to tell.

    >>> calcule_sauf(3, "3 clients facturés", "").etat.value
    'calcule'
    >>> print(calcule_sauf(3, "3 clients facturés", "", "un compte collectif en plus").motif)
    3 clients facturés ; un compte collectif en plus
    """
    raised = [doute for doute in doutes if doute]
    if not raised:
        return calcule(valeur, motif)
    return peu_fiable(valeur, " ; ".join([motif, *raised]))


def pourcent(part: float) -> str:
    r"""Write a share as French prose does.

    >>> pourcent(0.801782), pourcent(0.5), pourcent(0.00004)
    ('80,2\xa0%', '50\xa0%', '0\xa0%')
    """
    text = f"{100 * part:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}{NBSP}%"


def compte(nombre: int, mot: str, pluriel: str = "") -> str:
    """Write a count and its noun; French counts a plural from two.

    >>> compte(1, "client"), compte(2, "client"), compte(0, "mois", "mois")
    ('1 client', '2 clients', '0 mois')
    """
    least_plural = 2
    return f"{nombre} {mot if nombre < least_plural else pluriel or mot + 's'}"
