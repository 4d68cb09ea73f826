"""The words of platform vendors, towards those of Clients, as ``shipped/plateformes.toml`` tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from segxl.domain.statuts import STATUTS
from segxl.shipped import read_toml
from segxl.sources.mots import Words, bare_words, index_wordings, parse_wordings

ROLES = ("SIREN", "SIRET", "Raison sociale", "Plateforme", "Statut", "Date")
"""What a column of a status export can hold."""
_FILE = "plateformes.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mots:
    """Every wording known, by its bare words.

    ``colonnes`` gives the role of a title and its rank in the list, ``dates`` the status that a
    title dates and its rank, ``statuts`` the status that a wording means. ``titles`` are the
    titles as the table spells them.
    """

    colonnes: Mapping[Words, tuple[str, int]]
    dates: Mapping[Words, tuple[str, int]]
    statuts: Mapping[Words, str]
    titles: tuple[str, ...]

    def statut_of(self, raw: object) -> str | None:
        """Return the status that a cell means; None where no list has it.

        >>> mots = read_mots()
        >>> mots.statut_of("EN ATTENTE DE SIGNATURE"), mots.statut_of("en cours")
        ('Mandat à signer', None)
        """
        return self.statuts.get(bare_words(raw))


@cache
def read_mots() -> Mots:
    """Read the shipped table, once.

    Raises
    ------
    MotsError
        The shipped table is written wrong: a defect of the package, not of the user's data.
    """
    return parse_mots_plateformes(read_toml(_FILE))


def parse_mots_plateformes(table: Mapping[str, Any]) -> Mots:
    """Read the table of vendor words.

    Raises
    ------
    MotsError
        An unknown or missing list, one that is empty or holds anything but texts, a wording that
        means two things or is told twice; names the list and the wording.

    Examples
    --------
    >>> parse_mots_plateformes({"colonnes": {}, "dates": {}, "statut": {}})
    Traceback (most recent call last):
    segxl.sources.mots.MotsError: plateformes.toml: unknown 'statut'
    """
    wanted = {"colonnes": ROLES, "dates": STATUTS, "statuts": STATUTS}
    told = parse_wordings(_FILE, table, wanted, complete=("colonnes", "statuts"))
    # A title tells one thing, be it a role or the status that it dates.
    titles = told["colonnes"] + told["dates"]
    ranked = index_wordings(f"{_FILE} [colonnes and dates]", titles)
    statuts = index_wordings(f"{_FILE} [statuts]", told["statuts"])
    places = len(told["colonnes"])
    return Mots(
        colonnes={w: place for w, place in ranked.items() if place[1] < places},
        dates={w: place for w, place in ranked.items() if place[1] >= places},
        statuts={w: statut for w, (statut, _) in statuts.items()},
        titles=tuple(title for _, title in titles),
    )
