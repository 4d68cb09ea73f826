"""The firm's own words for segments and colours, unless they name somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from segxl.domain.identifiants import key_of
from segxl.domain.saisie import is_error
from segxl.domain.textes import fold

IDENTIFIANTS = (
    "Dossier", "Raison sociale", "SIREN", "Collaborateur", "Contact", "E-mail", "Adresse", "Ville",
    "Groupe", "Motif", "Commentaire", "Plateforme",
)  # fmt: skip
"""The columns of Clients that say who a client is, who looks after it, or what somebody typed."""
SHORTEST = 2
_WORDS = re.compile(r"[a-z0-9]+")


def mask_names(words: Sequence[str], clients: pd.DataFrame, noun: str) -> Mapping[str, str]:
    """Return what is printed for each word: itself, or a number where it holds a client's name.

    Parameters
    ----------
    words : sequence of str
        The names of segments, or of colours.
    clients : DataFrame
        What Clients holds; the columns of ``IDENTIFIANTS``, each may lack.
    noun : str
        What stands before the number.

    Examples
    --------
    >>> clients = pd.DataFrame({"Raison sociale": ["Roy"], "Collaborateur": ["Julie Morel"]})
    >>> mask_names(["Prêt", "Groupe ROY", "Clients de Julie"], clients, "Segment")
    {'Prêt': 'Prêt', 'Groupe ROY': 'Segment 2', 'Clients de Julie': 'Segment 3'}
    """
    every = {word for word in words for word in _spans(word)}
    named = every & {text for header in IDENTIFIANTS if header in clients for text in _names(clients[header], whole=header != "Collaborateur")}  # fmt: skip
    return {
        word: f"{noun} {place}" if named.intersection(_spans(word)) else word
        for place, word in enumerate(words, 1)
    }


def _names(values: Iterable[object], *, whole: bool) -> Iterable[str]:
    """Yield the folded words of cells; also each word of it alone where a person is called by one."""
    for value in dict.fromkeys(v for v in values if v is not None and not is_error(v)):
        words = _folded(key_of(value))
        yield " ".join(words)
        if not whole:
            yield from words


def _spans(text: str) -> Iterable[str]:
    """Yield every run of words of a text that is long enough to be a name."""
    words = _folded(text)
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            run = " ".join(words[start:end])
            if len(run) >= SHORTEST:
                yield run


def _folded(text: str) -> list[str]:
    return _WORDS.findall(fold(text))
