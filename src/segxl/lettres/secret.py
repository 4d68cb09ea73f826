"""Professional secrecy (ordonnance of 19 September 1945, art. 21): a letter names no other client.

The names of all clients are indexed once by their first word; one letter then costs one look-up
per word, however many clients the firm has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from segxl.domain.textes import fold
from segxl.lettres.dossier import siren_of, text_of
from segxl.lettres.francais import MOIS

Mots = tuple[str, ...]

_OWN_NAMES = ("Raison sociale", "Contact")
# « rue du Moulin » is no leak of the client « Moulin »; « chez Atelier Lumo » is one.
_OWN_PLACES = ("Adresse", "Ville", "Collaborateur")
_LEGAL_FORMS = frozenset(
    "sarl sas sasu eurl sa sci snc scp scm selarl selas selasu earl gaec gie ei eirl scop".split()  # noqa: SIM905  a list of words reads best as a line
)
_SHORTEST_NAME = 4
_WORD = re.compile(r"[a-z0-9]+")
_YEAR = re.compile(r"(19|20)\d\d")
_SEPARATORS = r"[\s.\u00a0\u202f\u2009-]*"
# Nine digits in any grouping, alone or inside a SIRET or a French VAT number.
_SIREN = re.compile(
    rf"(?:(?<!\d)|(?<=FR\d\d))(?=(\d(?:{_SEPARATORS}\d){{8}})(?:{_SEPARATORS}\d{{5}})?(?!\d))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AutresClients:
    """Every client's name and SIREN, ready to be looked for in a letter.

    Examples
    --------
    >>> clients = AutresClients.of([
    ...     {"Dossier": "D1", "Raison sociale": "Atelier Lumo", "SIREN": "000001016"},
    ...     {"Dossier": "D2", "Raison sociale": "Boulangerie Roy"},
    ... ])
    >>> clients.found_in("Bonjour Atelier Lumo", "D1")
    ()
    >>> clients.found_in("Comme l’ATELIER  LUMO (000 001 016)", "D2")
    ('le nom d’un autre client, « Atelier Lumo », figure dans la lettre',
     'le SIREN d’un autre client, « Atelier Lumo », figure dans la lettre')
    """

    names: Mapping[Mots, str]
    """The words of a name → how it is written."""
    lengths: Mapping[str, tuple[int, ...]]
    """A word → how many words the names that it starts have."""
    sirens: Mapping[str, str]
    own: Mapping[str, Mapping[str, object]]

    @classmethod
    def of(cls, clients: Iterable[Mapping[str, object]], known_texts: Iterable[str] = ()) -> Self:
        """Index the clients.

        Parameters
        ----------
        clients : iterable of Mapping
            Rows of the table Clients, by header.
        known_texts : iterable of str
            Texts that are in letters whatever the client: the models' own words, the
            letterhead, the words of the grid. A client whose name is found in them cannot be
            told from them and is not looked for.
        """
        rows = {text_of(row.get("Dossier")): row for row in clients}
        known = tuple(_words(text) for text in (*known_texts, " ".join(MOIS)))
        digits = frozenset(siren for text in known_texts for siren in _sirens(text))
        names = _names(rows.values(), known)
        sirens = _by_siren(rows, digits)
        return cls(names=names, lengths=_lengths(names), sirens=sirens, own=rows)

    def found_in(self, text: str, own_dossier: str) -> tuple[str, ...]:
        """Return why a letter cannot leave: one French reason per other client it names."""
        own = self.own.get(text_of(own_dossier), {})
        names = dict.fromkeys(self._other_names(text, own))
        sirens = dict.fromkeys(self._other_sirens(text, own))
        return (
            *(f"le nom d’un autre client, « {n} », figure dans la lettre" for n in names),
            *(f"le SIREN d’un autre client, « {n} », figure dans la lettre" for n in sirens),
        )

    def _other_names(self, text: str, own: Mapping[str, object]) -> Iterator[str]:
        words = _words(text)
        for start, word in enumerate(words):
            for length in self.lengths.get(word, ()):
                name = words[start : start + length]
                if name in self.names and not _is_own(name, own):
                    yield self.names[name]

    def _other_sirens(self, text: str, own: Mapping[str, object]) -> Iterator[str]:
        mine = _digits(siren_of(own.get("SIREN")))
        for siren in _sirens(text):
            if siren in self.sirens and siren != mine:
                yield self.sirens[siren]


def _names(rows: Iterable[Mapping[str, object]], known: tuple[Mots, ...]) -> dict[Mots, str]:
    names = {name: text_of(row.get("Raison sociale")) for row in rows for name in _spellings(row)}
    static = _runs(known, frozenset(map(len, names)))
    return {name: written for name, written in names.items() if name not in static}


def _lengths(names: Iterable[Mots]) -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        found[name[0]].add(len(name))
    return {word: tuple(sorted(lengths)) for word, lengths in found.items()}


def _spellings(row: Mapping[str, object]) -> Iterator[Mots]:
    """Give the words of a name; also without its legal form where two words remain."""
    words = _words(text_of(row.get("Raison sociale")))
    bare = tuple(word for word in words if word not in _LEGAL_FORMS)
    for name in {words, bare if len(bare) > 1 else words}:
        text = "".join(name)
        if len(text) >= _SHORTEST_NAME and not _YEAR.fullmatch(text):
            yield name


def _runs(texts: tuple[Mots, ...], lengths: frozenset[int]) -> frozenset[Mots]:
    """Return every run of words, of the lengths that a name has."""
    return frozenset(
        words[i : i + n] for words in texts for n in lengths for i in range(len(words) - n + 1)
    )


def _by_siren(rows: Mapping[str, Mapping[str, object]], known: frozenset[str]) -> dict[str, str]:
    found = {_digits(siren_of(row.get("SIREN"))): row for row in rows.values()}
    return {
        siren: text_of(row.get("Raison sociale")) or text_of(row.get("Dossier"))
        for siren, row in found.items()
        if _SIREN.match(siren) and siren not in known
    }


def _is_own(name: Mots, own: Mapping[str, object]) -> bool:
    """Tell whether a name is part of what the addressee's own row says."""
    columns = (*_OWN_NAMES, *_OWN_PLACES) if len(name) == 1 else _OWN_NAMES
    texts = tuple(_words(text_of(own.get(column))) for column in columns)
    return name in _runs(texts, frozenset({len(name)}))


def _sirens(text: str) -> tuple[str, ...]:
    return tuple(_digits(siren) for siren in _SIREN.findall(text))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _words(text: str) -> Mots:
    """Return the folded words of a text.

    >>> _words("L’Été d’Anne")
    ('l', 'ete', 'd', 'anne')
    """
    return tuple(word for chunk in text.split() for word in _folded(chunk))


@lru_cache(maxsize=65_536)
def _folded(chunk: str) -> Mots:
    # The words of a model come back in every letter: folding them once is most of the speed.
    return tuple(_WORD.findall(fold(chunk)))
