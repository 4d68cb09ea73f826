"""What stands for a dossier beside an answer whose client is not known."""

from __future__ import annotations

import re

A_PRECISER, ANONYME = "à préciser", "anonyme"
_UNNAMED = re.compile(rf"\((?:{A_PRECISER}|{ANONYME})(?:, \d+)?\)\s*$", re.IGNORECASE)


def is_named(dossier: object) -> bool:
    """Tell whether an answer on record is somebody's.

    >>> is_named("C0012"), is_named("Fania (à préciser, 2)"), is_named("(anonyme)")
    (True, False, False)
    """
    return not _UNNAMED.search(str(dossier))
