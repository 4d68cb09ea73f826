"""How long customers take to pay, from the lettering that joins invoices and payments."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from segxl.domain.faits.lignes import Lignes, codes_of, number_rows, sum_by
from segxl.domain.faits.tiers import Tiers
from segxl.domain.ternary import Codes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reglements:
    """The balanced groups of lettering: the cents each settled, and cents times days.

    ``groupes`` counts all of them, balanced or not; ``debits`` what customers were debited.
    """

    montants: Codes
    produits: Codes
    groupes: int
    debits: int

    @property
    def part_groupes(self) -> float:
        """Share of the groups that could be used."""
        return len(self.montants) / self.groupes if self.groupes else 0.0

    @property
    def part_lettree(self) -> float:
        """Share of what customers were debited that these groups settle."""
        return int(self.montants.sum()) / self.debits if self.debits else 0.0

    @property
    def delais(self) -> npt.NDArray[np.float64]:
        """Days that each group took."""
        return self.produits / self.montants

    @property
    def pondere(self) -> float:
        """Mean of the delays, each weighing its amount."""
        return int(self.produits.sum()) / int(self.montants.sum())

    @property
    def moyen(self) -> float:
        """Plain mean of the delays."""
        return math.fsum(self.delais.tolist()) / len(self.delais)

    @property
    def median(self) -> float:
        """Middle of the delays."""
        return float(np.median(self.delais))


def read_reglements(lignes: Lignes, clients: Tiers) -> Reglements:
    """Gather the lettered lines of customers by (account, auxiliary, letter).

    A letter alone joins nothing: "AA" serves again for each customer. A group which an opening
    line belongs to does not balance without it, and its true date is unknown: it is not used.

    Notes
    -----
    The delay of a group is the mean date of its credits less that of its debits, each weighing
    its amount. DateLet is not used: often blank, or the day of one run for all.
    """
    net = lignes.net[clients.rows]
    letters, words = codes_of(lignes.ecritures["lettre"].take(clients.rows))
    lettered = np.asarray(words != "", dtype=bool)[letters]
    rows, net_of = clients.rows[lettered], net[lettered]
    columns = lignes.comptes[rows], clients.numeros[lettered], letters[lettered]
    groups, count = number_rows(*columns)
    debit, days = np.maximum(net_of, 0), lignes.jours[rows]
    origin = int(days.min()) if len(days) else 0
    # Days are counted from the first one, to keep the products within what a double holds.
    moved = sum_by(groups, count, net_of * (days - origin))
    amounts, balances = sum_by(groups, count, debit), sum_by(groups, count, net_of)
    used = (balances == 0) & (amounts > 0)
    return Reglements(
        montants=amounts[used],
        produits=-moved[used],
        groupes=count,
        debits=int(np.maximum(net, 0).sum()),
    )
