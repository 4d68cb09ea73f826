"""Tables of words that ship with the package: lists of wordings by meaning, read strictly.

Developers write them: what is wrong in one is told in English, and stops the command that needs
it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from segxl.sources.textes_bruts import words_of

Words = tuple[str, ...]
Wordings = tuple[tuple[str, str], ...]
"""Each meaning and one of its wordings, in the order of the table."""
_SMALL = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par", "pour"}
)


class MotsError(Exception):
    """A table of words is written wrong: for developers, hence in English."""


def bare_words(text: object) -> Words:
    """Return the words that tell a title or a wording from another.

    >>> bare_words("Date de mise à jour"), bare_words("Mandat à signer (1)")
    (('date', 'mise', 'jour'), ('mandat', 'signer', '1'))
    """
    return tuple(w for w in words_of(text) if w not in _SMALL)


def parse_wordings(
    name: str,
    table: Mapping[str, Any],
    wanted: Mapping[str, Sequence[str]],
    complete: Collection[str] = (),
) -> dict[str, Wordings]:
    """Return the wordings of each part of a table.

    Parameters
    ----------
    name : str
        The file it comes from, for messages.
    table : mapping
        What the file holds: parts, each a table of lists of texts by meaning.
    wanted : mapping of str to sequence of str
        The meanings that each part may tell; every part must be there, and no other.
    complete : collection of str, optional
        The parts that must tell all of their meanings.

    Raises
    ------
    MotsError
        Another part or meaning, one that is missing, a list that is empty or holds anything but
        texts with a word; names the part and the meaning.

    Examples
    --------
    >>> parse_wordings("mots.toml", {"jours": {"lundi": ["lun.", "lunedi"]}}, {"jours": ["lundi"]})
    {'jours': (('lundi', 'lun.'), ('lundi', 'lunedi'))}
    """
    _check_names(name, table, wanted, wanted)
    for part, meanings in wanted.items():
        place = f"{name} [{part}]"
        if not isinstance(table[part], Mapping):
            raise _error(place, "must be a table")
        _check_names(place, table[part], meanings, meanings if part in complete else ())
        for wrong in _find_wrong_lists(table[part]):
            raise _error(place, wrong)
    return {
        part: tuple((meaning, text) for meaning, texts in table[part].items() for text in texts)
        for part in wanted
    }


def index_wordings(place: str, told: Wordings) -> dict[Words, tuple[str, int]]:
    """Return what each wording means and its rank, by its bare words.

    Raises
    ------
    MotsError
        A wording means two things or is told twice.

    Examples
    --------
    >>> index_wordings("mots.toml", (("lundi", "le lundi"), ("mardi", "Mardis")))
    {('lundi',): ('lundi', 0), ('mardi',): ('mardi', 1)}
    """
    found: dict[Words, tuple[str, int]] = {}
    for rank, (meaning, text) in enumerate(told):
        words = bare_words(text)
        if words in found:
            raise _error(place, f"{text!r} is told under {found[words][0]!r} and under {meaning!r}")
        found[words] = meaning, rank
    return found


def _check_names(
    place: str, names: Collection[str], known: Collection[str], needed: Collection[str]
) -> None:
    for name in names:
        if name not in known:
            raise _error(place, f"unknown {name!r}")
    for name in needed:
        if name not in names:
            raise _error(place, f"missing {name!r}")


def _find_wrong_lists(lists: Mapping[str, object]) -> Iterator[str]:
    for name, texts in lists.items():
        if not isinstance(texts, list) or not texts:
            yield f"{name!r} must be a list of texts, not {texts!r}"
            continue
        blank = [t for t in texts if not isinstance(t, str) or not bare_words(t)]
        yield from (f"{name!r} holds {t!r}, which has no word" for t in blank)


def _error(place: str, problem: str) -> MotsError:
    return MotsError(f"{place}: {problem}")
