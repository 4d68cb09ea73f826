"""The words of the vendors of platforms, towards those of Clients: one table, read strictly.

The table is written by developers, in ``shipped/plateformes.toml``: what is wrong in it is told
in English, and stops the command that needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from segxl.domain.statuts import STATUTS
from segxl.shipped import read_toml
from segxl.sources.textes_bruts import words_of

ROLES = ("SIREN", "SIRET", "Raison sociale", "Plateforme", "Statut", "Date")
"""What a column of a status export can hold."""
_SMALL = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par", "pour"}
)
Words = tuple[str, ...]


class MotsError(Exception):
    """The table of vendor words is written wrong: for developers, hence in English."""


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


def bare_words(text: object) -> Words:
    """Return the words that tell a title or a wording from another.

    >>> bare_words("Date de mise à jour"), bare_words("Mandat à signer (1)")
    (('date', 'mise', 'jour'), ('mandat', 'signer', '1'))
    """
    return tuple(w for w in words_of(text) if w not in _SMALL)


@cache
def read_mots() -> Mots:
    """Read the shipped table, once.

    Raises
    ------
    MotsError
        The shipped table is written wrong: a defect of the package, not of the user's data.
    """
    return parse_mots_plateformes(read_toml("plateformes.toml"))


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
    segxl.sources.mots_plateformes.MotsError: plateformes.toml: unknown 'statut'
    """
    _require_names("", table, ("colonnes", "dates", "statuts"))
    _require_names("colonnes", table["colonnes"], ROLES)
    _require_names("dates", table["dates"], STATUTS, all_of_them=False)
    _require_names("statuts", table["statuts"], STATUTS)
    titles = {
        home: [(role, title) for role, texts in table[home].items() for title in texts]
        for home in ("colonnes", "dates")
    }
    ranked = _index([*titles["colonnes"], *titles["dates"]], "colonnes and dates")
    places = len(titles["colonnes"])
    colonnes = {w: place for w, place in ranked.items() if place[1] < places}
    told = [(statut, text) for statut, texts in table["statuts"].items() for text in texts]
    return Mots(
        colonnes=colonnes,
        dates={w: place for w, place in ranked.items() if w not in colonnes},
        statuts={w: statut for w, (statut, _) in _index(told, "statuts").items()},
        titles=tuple(title for pairs in titles.values() for _, title in pairs),
    )


def _require_names(
    home: str, lists: object, names: Sequence[str], *, all_of_them: bool = True
) -> None:
    """Raise where a table has other names than those wanted, or a list that is none."""
    place = f"plateformes.toml{f' [{home}]' if home else ''}"
    if not isinstance(lists, Mapping):
        raise _error(place, "must be a table")
    wrong = [f"unknown {name!r}" for name in lists if name not in names]
    wrong += [f"missing {name!r}" for name in names if all_of_them and name not in lists]
    if home:
        wrong += [*_find_wrong_lists(lists)]
    if wrong:
        raise _error(place, wrong[0])


def _find_wrong_lists(lists: Mapping[str, object]) -> Iterator[str]:
    for name, texts in lists.items():
        if not isinstance(texts, list) or not texts:
            yield f"{name!r} must be a list of texts, not {texts!r}"
            continue
        blank = [t for t in texts if not isinstance(t, str) or not bare_words(t)]
        yield from (f"{name!r} holds {t!r}, which has no word" for t in blank)


def _index(told: Sequence[tuple[str, str]], home: str) -> dict[Words, tuple[str, int]]:
    """Return the meaning and the rank of each wording."""
    found: dict[Words, tuple[str, int]] = {}
    for rank, (name, text) in enumerate(told):
        words = bare_words(text)
        if words in found:
            place = f"plateformes.toml [{home}]"
            raise _error(place, f"{text!r} is told under {found[words][0]!r} and under {name!r}")
        found[words] = name, rank
    return found


def _error(place: str, problem: str) -> MotsError:
    return MotsError(f"{place}: {problem}")
