"""From measured facts to answers: a blank cell takes the measure, a typed one is set beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from segxl.domain.faits.etats import UNITES, UNITES_INTERNES, Etat, FaitMesure, Unite
from segxl.domain.faits.libelles import LIBELLES, LIBELLES_INTERNES
from segxl.domain.provenance.retenues import says_the_same
from segxl.domain.reglages import Reglages
from segxl.domain.saisie import parse_number

SHOWN: Mapping[Unite, tuple[float, int, str]] = {
    Unite.CENTIMES: (0.01, 2, "€"),
    Unite.NOMBRE: (1, 1, ""),
    Unite.PART: (100, 1, "%"),
    Unite.INDICE: (1, 3, "de 0 à 1"),
    Unite.JOURS: (1, 1, "jours"),
    Unite.MOT: (1, 0, ""),
}
"""How a value is shown: multiplied by, with so many decimals, in this unit."""
PERCENT = 100


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
    is_hint: bool = False
    """Whether the measure is too unsure to be an answer: to be confirmed with the client."""

    @property
    def is_blank(self) -> bool:
        """Whether nobody typed anything there."""
        return self.saisi is None or not str(self.saisi).strip()

    @property
    def shown(self) -> object:
        """What was typed, in the unit of the measure; None where nobody typed anything.

        >>> Proposal(header="Part B2B", mesure=40, saisi=0.85, is_hint=True).shown
        85.0
        """
        share = parse_number(self.saisi) if self.is_hint else None
        if self.is_blank or share is None:
            return None if self.is_blank else self.saisi
        return share * PERCENT if share <= 1 else share

    @property
    def is_gap(self) -> bool:
        """Whether what was typed is not what was measured, nor close to it.

        >>> Proposal(header="CA HT", mesure=100, saisi="115 €").is_gap
        False
        >>> Proposal(header="CA HT", mesure=100, saisi=60).is_gap
        True
        """
        return not (self.is_blank or self.is_hint) and not says_the_same(
            self.saisi, self.mesure, None
        )


def shown_value(code: str, fait: FaitMesure) -> float | str | None:
    """Return a value as a cell shows it: euros, counts, percents, words; its unit is beside.

    >>> shown_value("ca", FaitMesure(valeur=4_490_050, etat=Etat.CALCULE, motif="…"))
    44900.5
    >>> shown_value("part_premier_client", FaitMesure(valeur=0.801782, etat=Etat.CALCULE, motif="…"))
    80.2
    """
    if isinstance(fait.valeur, str) or fait.valeur is None:
        return fait.valeur
    scale, decimals, _ = SHOWN[_unit(code)]
    return round(fait.valeur * scale, decimals) if decimals else fait.valeur


def shown_unit(code: str) -> str:
    """Return the unit of a value as a cell shows it.

    >>> shown_unit("ca"), shown_unit("delai_client_pondere"), shown_unit("rythme_tva")
    ('€', 'jours', '')
    """
    return SHOWN[_unit(code)][2]


def _unit(code: str) -> Unite:
    return (UNITES | UNITES_INTERNES)[code]


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
        lacks gets none, nor does a fact that is not calculated; a share is a hint.
    """
    found: dict[str, Proposal] = {}
    for reprise in feeds_of(reglages, reprises):
        header, fait = reprise.header(reglages), faits[reprise.fait]
        value = shown_value(reprise.fait, fait)
        is_hint = _unit(reprise.fait) is Unite.PART
        sure = fait.etat is Etat.CALCULE or (is_hint and fait.etat is Etat.PEU_FIABLE)
        if header not in client or not sure or not isinstance(value, float | int):
            continue
        found[reprise.fait] = Proposal(
            header=str(header),
            mesure=float(round(value)),
            saisi=client[str(header)],
            is_hint=is_hint,
        )
    return found


def feeds_of(reglages: Reglages, shipped: Iterable[Feed]) -> list[Feed]:
    """Return which fact answers what: as the grid says, or as shipped where the grid does not say."""
    codes = {label: code for code, label in (LIBELLES | LIBELLES_INTERNES).items()}
    named = [c for c in reglages.criteres if c.mesure_par is not None]
    ours = [Feed(fait=codes[c.mesure_par], colonne=c.libelle) for c in named if c.mesure_par]
    return [*ours, *(f for f in shipped if f.colonne or not named)]
