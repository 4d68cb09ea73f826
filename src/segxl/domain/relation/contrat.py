"""The papers that bind a client and the firm: which it has, which it lacks, which are too old."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from segxl.domain.relation.attrition import months_after
from segxl.domain.saisie import parse_date, parse_yes_no

LETTRE, CONDITIONS, NOTICE = PIECES = ("Lettre de mission", "Conditions générales", "Notice RGPD")
COMPLET, A_RENSEIGNER = "complet", "à renseigner"
MANQUE, ILLISIBLE, ANCIENNE = "manque", "à vérifier", "lettre de mission de plus de"
MOIS = 12
Piece = date | bool | str
"""The day of a paper, whether there is one, or the words that nobody can read."""


def parse_piece(cell: object) -> Piece:
    """Read what people type of a paper: a day, oui or non; anything else comes back as its words.

    >>> parse_piece("12/03/2024"), parse_piece("oui"), parse_piece("Non"), parse_piece("bientôt")
    (datetime.date(2024, 3, 12), True, False, 'bientôt')
    """
    answer = parse_yes_no(cell)
    if answer:
        return answer == "Oui"
    return parse_date(cell) or str(cell).strip()


def contrat_of(pieces: Mapping[str, Piece | None], au: date, annees: int) -> str:
    """Say what the papers of one client lack.

    Parameters
    ----------
    pieces : mapping
        Those that the firm keeps track of → what was typed, None where blank.
    au : date
        A paper of a later day is not signed yet.
    annees : int
        A letter older than that is to be looked at again.

    Returns
    -------
    str
        « complet », « à renseigner » where nothing was ever typed, else what is to be done; blank
        for a firm that keeps track of none.

    Examples
    --------
    >>> told = {LETTRE: date(2020, 1, 5), CONDITIONS: True, NOTICE: None}
    >>> contrat_of(told, date(2026, 11, 22), 3)
    'manque : notice RGPD ; lettre de mission de plus de 3 ans'
    """
    if not pieces:
        return ""
    if all(piece is None for piece in pieces.values()):
        return A_RENSEIGNER
    unread = [_name(n) for n, piece in pieces.items() if isinstance(piece, str)]
    lacking = [_name(n) for n, piece in pieces.items() if _is_lacking(piece, au)]
    lettre = pieces.get(LETTRE)
    is_old = isinstance(lettre, date) and months_after(lettre, MOIS * annees) < au
    told = (
        f"{MANQUE} : {', '.join(lacking)}" if lacking else "",
        f"{ILLISIBLE} : {', '.join(unread)}" if unread else "",
        f"{ANCIENNE} {annees} an{'s' if annees > 1 else ''}" if is_old else "",
    )
    return " ; ".join(filter(None, told)) or COMPLET


def _is_lacking(piece: Piece | None, au: date) -> bool:
    return piece is None or piece is False or (isinstance(piece, date) and piece > au)


def _name(piece: str) -> str:
    """Return the name of a paper inside a sentence; RGPD keeps its capitals.

    >>> [_name(p) for p in PIECES]
    ['lettre de mission', 'conditions générales', 'notice RGPD']
    """
    return piece[:1].lower() + piece[1:]


def count_contrats(contrats: Iterable[str]) -> dict[str, int]:
    """Count the clients by what :func:`contrat_of` says; one may count under several heads.

    >>> told = ["complet", "manque : lettre de mission", "à renseigner", ""]
    >>> [*count_contrats(told).values()]
    [3, 1, 1, 1, 0, 0, 1]
    """
    kept = [c for c in contrats if c]
    return {
        "suivis": len(kept),
        "complets": kept.count(COMPLET),
        "incomplets": sum(c.startswith(MANQUE) for c in kept),
        "sans_lettre": sum(c.startswith(f"{MANQUE} : {_name(LETTRE)}") for c in kept),
        "a_verifier": sum(ILLISIBLE in c for c in kept),
        "lettres_anciennes": sum(ANCIENNE in c for c in kept),
        "a_renseigner": kept.count(A_RENSEIGNER),
    }
