"""How the columns of a firm's list are read: its wordings, its units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from segxl.domain.saisie import parse_number
from segxl.domain.textes import fold
from segxl.sources.colonnes import PARTS, part_unit_of, reader_of, unit_of
from segxl.sources.correspondance import is_siret
from segxl.sources.liste import Liste

WORDED = ("Assujetti TVA", "Redevable TVA", "Opposition", "Régime TVA")
UNITS = {1e3: "k€", 1e6: "M€"}
_MOST_TYPED_FRACTION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suivi:
    """How one column of the list is read for a header of Clients.

    ``mots`` maps the firm's wordings to those of segxl; ``facteur`` is what one
    unit of the column is worth in euros.
    """

    source: str
    target: str
    is_siret: bool
    facteur: float
    mots: Mapping[str, str]

    @property
    def unite(self) -> str:
        """The unit of the column, where it is not the euro."""
        return UNITS.get(self.facteur, "")


def read_suivis(liste: Liste, reponses: Mapping[str, Sequence[str]]) -> list[Suivi]:
    """Return how each matched column of a list is read, in the order of the list."""
    rows = liste.export.lignes.loc[liste.clients]
    return [
        _suivi_of(rows[source], source, target, reponses)
        for source, target in liste.correspondance.colonnes.items()
    ]


def is_in_percent(liste: Liste) -> bool:
    """Tell whether the firm writes its shares 60, not 60 %."""
    sources = [liste.correspondance.source_of(target) for target in PARTS]
    columns = [liste.export.lignes.loc[liste.clients, s] for s in sources if s]
    if part_unit_of(columns) != 1:
        return False
    numbers = [parse_number(raw) for values in columns for raw in values if raw is not None]
    return any(n is not None and n > _MOST_TYPED_FRACTION for n in numbers)


def _suivi_of(
    values: pd.Series, source: str, target: str, reponses: Mapping[str, Sequence[str]]
) -> Suivi:
    words = {}
    if target in WORDED or reponses.get(target):
        reader = reader_of(target, source, reponses, 1.0)
        words = _wordings_of(values, [reader(raw).value for raw in values])
    return Suivi(
        source=source,
        target=target,
        is_siret=target == "SIREN" and is_siret(source),
        facteur=unit_of(source)
        if target in ("CA HT", "Total bilan", "Honoraires annuels")
        else 1.0,
        mots=words,
    )


def _wordings_of(values: Iterable[object], read: Iterable[object]) -> dict[str, str]:
    """Return what was read otherwise than it is written, once whatever its capitals.

    >>> _wordings_of(["O", "o", "oui", None], ["Oui", "Oui", "Oui", None])
    {'O': 'Oui'}
    """
    known: dict[str, tuple[str, str]] = {}
    for raw, word in zip(values, read, strict=True):
        if isinstance(raw, str) and isinstance(word, str) and fold(raw) != fold(word):
            known.setdefault(raw.casefold(), (raw, word))
    return dict(known.values())
