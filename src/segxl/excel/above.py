"""The sentences over a table, found again wherever the user has moved them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segxl.domain.textes import fold


def find_sentences(shown: Sequence[object], lines: Mapping[str, str]) -> dict[int, str]:
    """Return the sentences to write over a table, by row from 1.

    Parameters
    ----------
    shown : sequence
        What the first column of the table shows over it, from the first row of the sheet.
    lines : mapping of str to str
        The words that a sentence starts with, and the rest of it. One that the user removed is
        not written again; one that says so already is left alone.

    >>> find_sentences(["Titre", "Comptés : 2", None], {"Comptés : ": "3", "Écarts : ": "0"})
    {2: 'Comptés : 3'}
    """
    told = ((row, str(text)) for row, text in enumerate(shown, 1))
    found = {
        row: (text, f"{head}{rest}")
        for row, text in told
        for head, rest in lines.items()
        if fold(text).startswith(fold(head))
    }
    return {row: new for row, (old, new) in found.items() if new != old}
