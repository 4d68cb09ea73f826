"""The header line of a FEC: its separator, its zones by name, what it lacks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from segxl.domain.anomalies import Anomalie, Gravite, SaisieError, file_error
from segxl.domain.textes import fold, join_words
from segxl.sources.fec_remarques import Remarque
from segxl.sources.fec_texte import Texte

OFFICIAL = {
    "journal": "JournalCode",
    "journal_lib": "JournalLib",
    "num": "EcritureNum",
    "date": "EcritureDate",
    "compte": "CompteNum",
    "compte_lib": "CompteLib",
    "aux": "CompAuxNum",
    "aux_lib": "CompAuxLib",
    "piece": "PieceRef",
    "piece_date": "PieceDate",
    "libelle": "EcritureLib",
    "debit": "Debit",
    "credit": "Credit",
    "lettre": "EcritureLet",
    "date_lettre": "DateLet",
    "valid_date": "ValidDate",
    "montant": "Montant",
    "sens": "Sens",
}
"""The columns of the écritures and the names that article A. 47 A-1 gives them."""
# The schema of the XML form says CompteAux where the flat form says CompAux.
_NAMES = {name.casefold(): column for column, name in OFFICIAL.items()} | {
    "compteauxnum": "aux",
    "compteauxlib": "aux_lib",
}
NEEDED = ("journal", "num", "date", "compte", "libelle")
_DEBIT_CREDIT, _MONTANT_SENS = ("debit", "credit"), ("montant", "sens")
SEPARATORS = ("\t", "|", ";", ",")
_LAWFUL = 2
_FEWEST = 9
"""Zones under which the tax authority's own tester sees no FEC."""
_TOLD = {"\t": "tabulation", "|": "|", ";": ";", ",": ","}
_SHOWN, _SHOWN_ZONES = 60, 4
_ANY_SEPARATOR = re.compile(f"[{''.join(SEPARATORS)}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """How the lines of one file are cut: ``positions`` gives the zone of each column, from 0.

    ``largeur`` counts the zones of the header line, blank ones at its end included; ``debut`` is
    the first byte after it, ``ligne`` the number of the line it stands on.
    """

    separateur: str
    positions: Mapping[str, int]
    largeur: int
    utile: int
    debut: int
    ligne: int
    remarques: tuple[Remarque, ...] = ()


def column_of(name: str) -> str:
    """Return the column that a zone feeds, empty for a zone of no use here.

    >>> column_of(" CompteLIB "), column_of("Crédit"), column_of("Piece_Ref"), column_of("NatOp")
    ('compte_lib', 'credit', 'piece', '')
    """
    return _NAMES.get("".join(c for c in fold(name) if c.isalnum()), "")


def parse_header(texte: Texte) -> Disposition:
    """Read the first line that is not blank.

    Raises
    ------
    SaisieError
        It names no zone of a FEC, or lacks some that nothing can replace, or there is no entry
        under it.
    """
    raw, ligne, start = texte.raw, 1, 0
    while not raw[start : (end := _line_end(raw, start))].strip():
        ligne, start = ligne + 1, end + 1
    line = raw[start:end].decode("utf-8", "replace")
    separateur = max(SEPARATORS, key=lambda s: sum(map(bool, map(column_of, line.split(s)))))
    cells = [cell.strip() for cell in line.split(separateur)]
    columns = [column_of(cell) for cell in cells]
    _check(texte.name, line, cells, columns)
    if end + 1 >= len(raw):
        raise without_entry(texte.name)
    utile = max(i for i, cell in enumerate(cells) if cell) + 1
    return Disposition(
        separateur=separateur,
        positions=_positions_of(columns),
        largeur=len(cells),
        utile=utile,
        debut=end + 1,
        ligne=ligne,
        remarques=tuple(_remarques(separateur, columns)),
    )


def shown_start(line: str) -> str:
    """Return the zones of a line that tell which one it is: who it is about comes after them.

    >>> shown_start("VE|Ventes|VE12|20250105|411000|Clients|C7|Jean Dupont|F12")
    'VE|Ventes|VE12|20250105…'
    """
    starts = [found.start() for found in _ANY_SEPARATOR.finditer(line)]
    end = starts[_SHOWN_ZONES - 1] if len(starts) >= _SHOWN_ZONES else len(line)
    return line[: min(end, _SHOWN)] + ("…" if min(end, _SHOWN) < len(line) else "")


def without_entry(name: str) -> SaisieError:
    """Return the error of a file that ends with its header line."""
    problem = "ce fichier n’a que sa ligne d’en-tête : aucune écriture"
    return file_error(name, "", problem, "demandez le FEC d’un exercice qui a des écritures")


def _line_end(raw: bytes, start: int) -> int:
    end = raw.find(b"\n", start)
    return end if end >= 0 else len(raw)


def _positions_of(columns: list[str]) -> dict[str, int]:
    unused = _MONTANT_SENS if {*_DEBIT_CREDIT} <= {*columns} else _DEBIT_CREDIT
    return {c: i for i, c in enumerate(columns) if c and c not in unused}


def _check(name: str, line: str, cells: list[str], columns: list[str]) -> None:
    known = [column for column in columns if column]
    if len(known) < len(NEEDED) or len(cells) < _FEWEST:
        raise file_error(
            name,
            shown_start(line),
            "la première ligne n’est pas l’en-tête d’un FEC",
            f"attendu : {', '.join(list(OFFICIAL.values())[:5])}…, séparés par des tabulations ou "
            "des « | » ; demandez à l’éditeur de la comptabilité un FEC au format de l’article "
            "A. 47 A-1",
        )
    if '"' in line:
        problem = "les zones sont entre guillemets, ce qu’un FEC n’a pas"
        raise file_error(name, line[:_SHOWN], problem, "donnez le FEC d’origine, non réenregistré")
    twice = sorted({OFFICIAL[c] for c in known if known.count(c) > 1})
    missing = missing_zones(known)
    if twice or missing:
        raise refuse_header(name, missing, twice)


def missing_zones(known: Collection[str]) -> list[str]:
    """Name the zones without which no figure can be told.

    >>> missing_zones(["journal", "num", "date", "compte", "libelle", "montant", "sens"])
    []
    >>> missing_zones(["journal", "num", "date", "compte", "debit"])
    ['EcritureLib', 'Debit et Credit (ou Montant et Sens)']
    """
    missing = [OFFICIAL[c] for c in NEEDED if c not in known]
    if not any({*pair} <= {*known} for pair in (_DEBIT_CREDIT, _MONTANT_SENS)):
        missing.append("Debit et Credit (ou Montant et Sens)")
    return missing


def refuse_header(name: str, missing: Iterable[str], twice: Iterable[str] = ()) -> SaisieError:
    """Return the error that names every zone missing or written twice."""
    wrong = [(zone, "cette zone est deux fois dans l’en-tête") for zone in twice]
    wrong += [(zone, "cette zone manque dans l’en-tête") for zone in missing]
    return SaisieError(
        Anomalie(
            sheet=name,
            cell="en-tête",
            value=zone,
            problem=problem,
            remedy="demandez un nouvel export du FEC, avec les 18 zones de l’article A. 47 A-1",
            gravite=Gravite.BLOQUANTE,
        )
        for zone, problem in wrong
    )


def _remarques(separateur: str, columns: list[str]) -> list[Remarque]:
    found = []
    if separateur in SEPARATORS[_LAWFUL:]:
        doute = (
            f"le séparateur est « {_TOLD[separateur]} », que l’administration refuse depuis 2013"
        )
        found.append(Remarque(doute=doute))
    unsaid = {*_DEBIT_CREDIT, *_MONTANT_SENS}
    absent = [name for c, name in OFFICIAL.items() if c not in columns and c not in unsaid]
    if absent:
        zones = "ces zones manquent" if len(absent) > 1 else "cette zone manque"
        found.append(Remarque(doute=f"{zones} dans l’en-tête : {join_words(absent)}"))
    return found
