"""From measured facts to answers: a blank cell takes the measure, a typed one is set beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from segxl.domain.faits.etats import UNITES, UNITES_INTERNES, Etat, FaitMesure, Unite
from segxl.domain.reglages import Reglages
from segxl.domain.saisie import parse_number

CENTS = 100
TOLERANCE = 0.2
"""A typed figure within a fifth of the measure says the same: years differ, and so do exercises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One answer that a fact proposes: by the code of a question, or by the header of a column."""

    fait: str
    critere: str = ""
    colonne: str = ""

    def header(self, reglages: Reglages) -> str | None:
        """Return the column of Clients that it fills; None where the firm does not ask this."""
        if self.colonne:
            return self.colonne
        found = (c.libelle for c in reglages.criteres if c.code == self.critere)
        return next(found, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One cell of Clients beside what was measured."""

    header: str
    mesure: float
    saisi: object

    @property
    def is_blank(self) -> bool:
        """Whether nobody typed anything there."""
        return self.saisi is None or not str(self.saisi).strip()

    @property
    def is_gap(self) -> bool:
        """Whether what was typed is not what was measured, nor close to it.

        >>> Proposal(header="CA HT", mesure=100, saisi="115 €").is_gap
        False
        >>> Proposal(header="CA HT", mesure=100, saisi=60).is_gap
        True
        """
        if self.is_blank:
            return False
        typed = parse_number(self.saisi)
        return typed is None or abs(typed - self.mesure) > max(1.0, TOLERANCE * abs(self.mesure))


def shown_value(code: str, fait: FaitMesure) -> float | str | None:
    """Return a value as a cell shows it: euros, counts, shares of 1, words.

    >>> shown_value("ca", FaitMesure(valeur=4_490_050, etat=Etat.CALCULE, motif="…"))
    44900.5
    """
    if isinstance(fait.valeur, str) or fait.valeur is None:
        return fait.valeur
    unite = (UNITES | UNITES_INTERNES)[code]
    return fait.valeur / CENTS if unite is Unite.CENTIMES else fait.valeur


def propose_answers(
    reprises: Iterable[Feed],
    faits: Mapping[str, FaitMesure],
    client: Mapping[str, object],
    reglages: Reglages,
) -> dict[str, Proposal]:
    """Set the facts that are sure beside the cells of one client.

    Parameters
    ----------
    reprises : iterable of Feed
        Which fact proposes which answer.
    faits : mapping of str to FaitMesure
        What one file measures.
    client : mapping of str to object
        The row of Clients, by header; None where blank.
    reglages : Reglages
        The firm's questions.

    Returns
    -------
    dict of str to Proposal
        By the code of the fact; whole numbers, as they are typed. A column that the workbook
        lacks gets none, nor does a fact that is not calculated.
    """
    found: dict[str, Proposal] = {}
    for reprise in reprises:
        header, fait = reprise.header(reglages), faits[reprise.fait]
        value = shown_value(reprise.fait, fait)
        if (
            header not in client
            or fait.etat is not Etat.CALCULE
            or not isinstance(value, float | int)
        ):
            continue
        found[reprise.fait] = Proposal(
            header=str(header), mesure=float(round(value)), saisi=client[str(header)]
        )
    return found
