"""Which column of an export feeds which column of Clients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from segxl.domain.textes import fold
from segxl.shipped import read_toml
from segxl.sources.textes_bruts import text_of, words_of

SIREN = "SIREN"
_SIRET = "SIRET"
KEYS = frozenset({"Dossier", SIREN, _SIRET})
_YEAR = re.compile(r"(19|20)\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondance:
    """What feeds what: ``colonnes`` maps a header of the export to one of Clients.

    ``unmatched`` are the headers kept under their own name, ``ignored`` those that the saved
    mapping leaves out. A header of Clients is fed by one column at most.
    """

    colonnes: Mapping[str, str] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def has_key(self) -> bool:
        """Whether the rows can be recognised from one import to the next."""
        return bool({"Dossier", SIREN} & {*self.colonnes.values()})

    def source_of(self, target: str) -> str | None:
        """Return the column of the export that feeds a header of Clients, or None."""
        return next((s for s, t in self.colonnes.items() if t == target), None)


@dataclass(frozen=True, slots=True, order=True)
class _Claim:
    """One possible pair; the lowest is the surest."""

    stage: int
    rank: int
    age: int
    position: int
    source: str
    target: str


@cache
def shipped_synonymes() -> Mapping[str, Any]:
    """Return the table of synonyms that ships with the package."""
    return read_toml("synonymes.toml")


@cache
def _neutral_words() -> frozenset[str]:
    return frozenset(w for mot in shipped_synonymes()["mots_neutres"] for w in words_of(mot))


def _core(words: tuple[str, ...]) -> frozenset[str]:
    """Return the words that tell what a column holds."""
    return frozenset(w for w in words if w not in _neutral_words() and not _YEAR.fullmatch(w))


def _keys(text: str) -> tuple[object, object, object]:
    """Return the three forms compared in turn: as typed, without punctuation, bare words."""
    words = words_of(text)
    return fold(text), words, _core(words)


@cache
def _index() -> tuple[Mapping[object, tuple[str, int]], ...]:
    """Return, for each form in turn, the target of each synonym and its rank in its list."""
    stages: tuple[dict[object, tuple[str, int]], ...] = ({}, {}, {})
    lists = {**shipped_synonymes()["synonymes"], _SIRET: shipped_synonymes()["siret"]}
    for target, synonyms in lists.items():
        for rank, synonym in enumerate([target, *synonyms]):
            for stage, key in zip(stages, _keys(synonym), strict=True):
                stage.setdefault(key, (target, rank))
    return stages


def target_of(header: object) -> str | None:
    r"""Return the header of Clients that a column's title designates, or None.

    >>> target_of("CA HT\n(dernier exercice)"), target_of("Collab."), target_of("CA N-1")
    ('CA HT', 'Collaborateur', None)
    """
    return _target_of(text_of(header))


@lru_cache(maxsize=4096)
def _target_of(title: str) -> str | None:
    """Look a title up once: a file without clear titles has each of its first cells looked up."""
    best = min(_synonym_claims(title, 0), default=None)
    return best.target if best else None


def is_siret(header: str) -> bool:
    """Tell whether a column's title announces a SIRET."""
    return target_of(header) == _SIRET


def _age(header: str) -> int:
    """Return minus the year a title names: of two years, the latest is the one to take."""
    return -max((int(m.group()) for m in _YEAR.finditer(header)), default=0)


def _synonym_claims(header: str, position: int) -> Iterator[_Claim]:
    for stage, (key, known) in enumerate(zip(_keys(header), _index(), strict=True)):
        if key and key in known:
            target, rank = known[key]
            yield _Claim(stage, rank, _age(header), position, header, target)


def _own_claims(header: str, position: int, clients: Mapping[str, str]) -> Iterator[_Claim]:
    if fold(header) in clients:
        yield _Claim(-1, 0, 0, position, header, clients[fold(header)])


def match_headers(
    headers: Sequence[str],
    clients_headers: Sequence[str],
    saved: Mapping[str, str] | None = None,
) -> Correspondance:
    """Pair the columns of an export with those of Clients, the surest pairs first.

    Parameters
    ----------
    headers : sequence of str
        Titles of the export, as they are.
    clients_headers : sequence of str
        Columns that an import may feed; the criteria that the firm added are among them.
    saved : mapping, optional
        A mapping chosen before; an empty target leaves the column out.

    Examples
    --------
    >>> found = match_headers(["N° SIREN", "Nom", "Humeur"], ["SIREN", "Raison sociale"])
    >>> dict(found.colonnes), found.unmatched
    ({'N° SIREN': 'SIREN', 'Nom': 'Raison sociale'}, ('Humeur',))
    """
    chosen = {fold(source): target for source, target in (saved or {}).items()}
    clients = {fold(header): header for header in clients_headers}
    pairs: dict[str, str] = {}
    for header in headers:
        target = clients.get(fold(chosen.get(fold(header), "")))
        if target and target not in pairs.values():
            pairs[header] = target
    ignored = tuple(h for h in headers if chosen.get(fold(h)) == "")
    free = [h for h in headers if h not in pairs and h not in ignored]
    pairs |= _settle(free, clients, taken={*pairs.values()})
    return Correspondance(
        colonnes={h: pairs[h] for h in headers if h in pairs},
        unmatched=tuple(h for h in headers if h not in pairs and h not in ignored),
        ignored=ignored,
    )


def _settle(headers: Sequence[str], clients: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    """Give each column the surest target still free; a SIRET feeds SIREN only at the end."""
    claims = sorted(
        claim
        for position, header in enumerate(headers)
        for claim in (*_own_claims(header, position, clients), *_synonym_claims(header, position))
    )
    pairs: dict[str, str] = {}
    for claim in [*claims, *_as_siren(claims)]:
        target = clients.get(fold(claim.target))
        if target and target not in taken and claim.source not in pairs:
            pairs[claim.source] = target
            taken.add(target)
    return pairs


def _as_siren(claims: Sequence[_Claim]) -> Iterator[_Claim]:
    for claim in claims:
        if claim.target == _SIRET:
            yield _Claim(claim.stage, claim.rank, claim.age, claim.position, claim.source, SIREN)
