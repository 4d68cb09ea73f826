"""One line of a scenario: which clients, and what is done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segxl.domain.textes import fold

TABLE = "Scenarios"
SCENARIO, DOSSIER, CLASSE, SEGMENT, ACTION, MONTANT, HEURES, QUESTION = HEADERS = (
    "Scénario",
    "Dossier",
    "Classe",
    "Segment",
    "Action",
    "Montant",
    "Heures",
    "Question",
)
QUI = (DOSSIER, CLASSE, SEGMENT)
MONTER, PART_HONORAIRES, EUROS_HONORAIRES, PART_HEURES, OFFRE, TRANSMETTRE = ACTIONS = (
    "Monter d’un niveau",
    "Honoraires en %",
    "Honoraires en €",
    "Heures en %",
    "Ajouter une offre",
    "Transmettre",
)
LUES: Mapping[str, Sequence[str]] = {
    MONTER: (QUESTION,),
    PART_HONORAIRES: (MONTANT,),
    EUROS_HONORAIRES: (MONTANT,),
    PART_HEURES: (MONTANT,),
    OFFRE: (MONTANT, HEURES),
    TRANSMETTRE: (),
}
"""What each action reads besides who it is for."""
PARTS = (PART_HONORAIRES, PART_HEURES)
TOUS = "tous les clients"
_EURO = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Geste:
    """What is done with some clients.

    ``dossier``, ``classe`` and ``segment`` choose them, all that are filled at once; "" suits
    every client. ``montant`` is a share, or cents for each client; ``heures`` are for each client
    too. ``question`` is the libellé of a critère. ``row`` is the row of the sheet.
    """

    scenario: str
    action: str
    row: int = 0
    dossier: str = ""
    classe: str = ""
    segment: str = ""
    montant: float = 0.0
    heures: float = 0.0
    question: str = ""

    @property
    def effet(self) -> tuple[str, float, float, str]:
        """What is done, whoever it is for: two lines of one effect are one gesture, for both sets."""
        return self.action, self.montant, self.heures, self.question

    @property
    def qui(self) -> str:
        """Who it is for, in words.

        >>> Geste(scenario="S", action=TRANSMETTRE, classe="D", segment="Prêt").qui
        'classe D, segment Prêt'
        >>> Geste(scenario="S", action=TRANSMETTRE).qui
        'tous les clients'
        """
        chosen = zip(QUI, (self.dossier, self.classe, self.segment), strict=True)
        return ", ".join(f"{h.lower()} {word}" for h, word in chosen if word) or TOUS

    @property
    def quoi(self) -> str:
        r"""What is done, in words.

        >>> Geste(scenario="S", action=PART_HONORAIRES, montant=0.1).quoi
        'honoraires +10\xa0%'
        >>> Geste(scenario="S", action=OFFRE, montant=60_000, heures=2.5).quoi
        'offre : honoraires +600\xa0€, heures +2,5\xa0h'
        """
        if self.action == OFFRE:
            fees, hours = signed(self.montant / _EURO, "€"), signed(self.heures, "h")
            return f"offre : honoraires {fees}" + (f", heures {hours}" if self.heures else "")
        if self.action == EUROS_HONORAIRES:
            return f"honoraires {signed(self.montant / _EURO, '€')}"
        if self.action in PARTS:
            what = "honoraires" if self.action == PART_HONORAIRES else "heures"
            return f"{what} {signed(self.montant * 100, '%')}"
        return "transmettre" if self.action == TRANSMETTRE else f"{self.question} : un niveau de plus"  # fmt: skip

    def suits(self, clients: Sequence[NDArray[np.object_]]) -> NDArray[np.bool_]:
        """Tell which clients it is for, from their folded keys, classes and segments.

        >>> clients = [np.array(words, dtype=object) for words in (["k1", "k2"], ["d", "a"], ["", ""])]
        >>> Geste(scenario="S", action=TRANSMETTRE, classe="D").suits(clients).tolist()
        [True, False]
        """
        kept = np.ones(len(clients[0]), dtype=bool)
        for word, values in zip((self.dossier, self.classe, self.segment), clients, strict=True):
            if word:
                kept &= values == fold(word)
        return kept


def signed(value: float, unit: str = "") -> str:
    r"""Write a change with its sign, a decimal comma and its unit.

    >>> signed(10, "%"), signed(-1234.5, "€"), signed(0, "h"), signed(-0.001)
    ('+10\xa0%', '-1\u202f234,5\xa0€', '0\xa0h', '0')
    """
    text = f"{round(value, 2) or 0.0:+,.2f}".rstrip("0").rstrip(".")
    text = "0" if text == "+0" else text.replace(",", "\u202f").replace(".", ",")
    return f"{text}\u00a0{unit}" if unit else text
