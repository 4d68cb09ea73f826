"""One cell of an export, read for the column of Clients it feeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from stdnum.fr import siren as siren_rules

from segxl.domain.saisie import is_error, parse_number, parse_yes_no
from segxl.domain.textes import fold, join_words
from segxl.sources.correspondance import shipped_synonymes
from segxl.sources.textes_bruts import is_blank, text_of, words_of

A_VERIFIER = "À vérifier"
_SIREN_DIGITS, _SIRET_DIGITS = 9, 14
_NO_SIREN = "0" * _SIREN_DIGITS
_VAT_NUMBER = re.compile(r"FR[0-9A-Z]{2}(\d{9})")
_NAF = re.compile(r"(\d{1,2})\.?(\d{2})([A-Z])(?![A-Z0-9])")
_POSTCODE_DIGITS = 5
NOTHING = frozenset(
    {"nc", "n/c", "n.c.", "na", "n/a", "nr", "n.r.", "neant", "inconnu", "?", "vide"}
)
_BAND = re.compile(
    r"\d+(-|a|/|et)\d+|\+(de)?\d+|\d+(\+|et(plus|\+))|(moins|plus|entre)d?e?\d.*|[<>]=?\d+"
)
_STAFF = re.compile(r"(salarie|employe|personne|etp|pers\.?)(\(?e?s?\)?)", re.IGNORECASE)
_CENTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Valeur:
    """What a cell was read as, and what its reader should be told.

    A ``problem`` names the cell; a ``remark`` is said once for the whole column.
    """

    value: object = None
    problem: str = ""
    remedy: str = ""
    remark: str = ""


Reader = Callable[[object], Valeur]


def parse_texte(raw: object) -> Valeur:
    """Read words; a whole number loses the decimal that a spreadsheet gave it.

    >>> parse_texte(12.0).value, parse_texte("007").value, parse_texte(" - ").value
    ('12', '007', None)
    """
    if is_error(raw):
        return Valeur(problem="cette cellule contient une erreur de calcul", remedy="corrigez-la")
    return Valeur(value=None if is_blank(raw) else text_of(raw))


def parse_dossier(raw: object) -> Valeur:
    """Read the key of a client: text, whose leading zeros count.

    >>> [parse_dossier(v).value for v in ("C0001 ", 12.0, "12.0", "'0042", "0042")]
    ['C0001', '12', '12', '0042', '0042']
    """
    text = parse_texte(raw)
    if text.value is None:
        return text
    return Valeur(value=re.sub(r"^'(?=\w)|(?<=\d)\.0$", "", str(text.value)))


def parse_siren(raw: object, *, is_siret: bool = False) -> Valeur:
    r"""Read a SIREN, or the one that begins a SIRET; a wrong one is kept as typed.

    Examples
    --------
    >>> [parse_siren(v).value for v in (1032.0, "'000001065", "000\u00a0001\u00a0040", "00000101600013")]
    ['000001032', '000001065', '000001040', '000001016']
    >>> parse_siren("000000000").problem
    '« SIREN » n’est pas un numéro valable'
    """
    if is_blank(raw) or fold(raw) in NOTHING:
        return Valeur()
    typed = text_of(raw)
    packed = re.sub(r"[^0-9A-Z]", "", typed.upper())
    packed = _VAT_NUMBER.sub(r"\1", packed)
    long = is_siret or len(packed) > _SIREN_DIGITS
    number = packed.zfill(_SIRET_DIGITS if long else _SIREN_DIGITS)[:_SIREN_DIGITS]
    if len(packed) > _SIRET_DIGITS or number == _NO_SIREN or not siren_rules.is_valid(number):
        remedy = "vérifiez les neuf chiffres ; la valeur est gardée telle quelle"
        return Valeur(value=typed, problem="« SIREN » n’est pas un numéro valable", remedy=remedy)
    lost = len(packed) not in (_SIREN_DIGITS, _SIRET_DIGITS)
    return Valeur(value=number, remark="zéros de tête perdus, remis à leur place" if lost else "")


def parse_siret(raw: object) -> Valeur:
    """Read a SIRET as fourteen digits; anything else is kept as typed.

    >>> [parse_siret(v).value for v in ("000 001 016 00013", 101600013.0, "à venir")]
    ['00000101600013', '00000101600013', 'à venir']
    """
    text = parse_texte(raw)
    packed = re.sub(r"[\s.'’\-]", "", str(text.value or ""))
    is_number = packed.isdigit() and _SIREN_DIGITS <= len(packed) <= _SIRET_DIGITS
    return Valeur(value=packed.zfill(_SIRET_DIGITS)) if is_number else text


def parse_naf(raw: object) -> Valeur:
    """Read an activity code, with or without its point or its label.

    >>> [parse_naf(v).value for v in ("6629Z", "62.01 z", "162Z", "7021Z - Conseil", "conseil")]
    ['66.29Z', '62.01Z', '01.62Z', '70.21Z', 'conseil']
    """
    text = parse_texte(raw)
    found = _NAF.match(re.sub(r"\s", "", str(text.value or "")[:8]).upper())
    if found is None:
        return text
    division, rest, letter = found.groups()
    return Valeur(value=f"{division.zfill(2)}.{rest}{letter}")


def parse_code_postal(raw: object) -> Valeur:
    """Read a postcode; a number has lost its leading zero.

    >>> [parse_code_postal(v).value for v in (1000.0, "75 011", "01000", "L-1234")]
    ['01000', '75011', '01000', 'L-1234']
    """
    text = parse_texte(raw)
    digits = str(text.value or "").replace(" ", "")
    if not digits.isdigit():
        return text
    lost = isinstance(raw, int | float) or len(digits) == _POSTCODE_DIGITS - 1
    return Valeur(value=digits.zfill(_POSTCODE_DIGITS) if lost else digits)


def parse_montant(raw: object, *, header: str, unit: float = 1.0) -> Valeur:
    """Read an amount or a count, in euros whatever the unit of its column.

    >>> parse_montant("1 234,56 €", header="CA HT").value, parse_montant(12, header="CA", unit=1e3).value
    (1234.56, 12000.0)
    """
    if is_blank(raw) or fold(raw) in NOTHING:
        return Valeur()
    number = None if isinstance(raw, date) else parse_number(raw)
    if number is None:
        remedy = "saisissez un nombre, sans lettre ; la cellule reste vide"
        return Valeur(problem=f"« {header} » doit être un nombre", remedy=remedy)
    return Valeur(value=number if unit == 1 else round(number * unit, _CENTS))


def parse_effectif(raw: object) -> Valeur:
    """Read a number of staff; a band such as « 1-9 » is not a number.

    >>> parse_effectif("12 salariés").value, parse_effectif("1 à 9").remark
    (12.0, 'une tranche n’est pas un nombre : cellules laissées vides')
    """
    words = _STAFF.sub("", fold(raw)).replace(" ", "")
    # A spreadsheet turns the band 1-9 into the first of September.
    if isinstance(raw, date) or _BAND.fullmatch(words):
        return Valeur(remark="une tranche n’est pas un nombre : cellules laissées vides")
    if words in {"aucun", "sans"}:
        return Valeur(value=0.0)
    return parse_montant(words if isinstance(raw, str) else raw, header="Effectif")


def parse_part(raw: object, *, header: str, unit: float = 1.0) -> Valeur:
    """Read a share, as a percentage from 0 to 100.

    >>> [parse_part(v, header="Part B2B").value for v in ("60 %", 60)]
    [60.0, 60.0]
    """
    percent = isinstance(raw, str) and raw.rstrip().endswith("%")
    return parse_montant(raw, header=header, unit=100.0 if percent else unit)


def parse_oui_non(raw: object, *, header: str) -> Valeur:
    """Read a yes, a no or a doubt; anything else is kept as typed.

    >>> [parse_oui_non(v, header="Assujetti TVA").value for v in ("O", False, "a verifier", "")]
    ['Oui', 'Non', 'À vérifier', None]
    """
    if is_blank(raw):
        return Valeur()
    word = parse_yes_no(raw)
    if word is None and (fold(raw) in {fold(A_VERIFIER), *NOTHING}):
        word = A_VERIFIER
    if word is not None:
        return Valeur(value=word)
    remedy = f"écrivez Oui, Non ou {A_VERIFIER} ; la valeur est gardée telle quelle"
    return Valeur(value=text_of(raw), problem=f"« {header} » n’est ni oui ni non", remedy=remedy)


@cache
def _wordings(header: str) -> Mapping[tuple[str, ...], str]:
    """Return every wording that the shipped table gives for the words of one column."""
    table: Mapping[str, Sequence[str]] = shipped_synonymes()["valeurs"].get(header, {})
    return {words_of(typed): word for word, typings in table.items() for typed in (word, *typings)}


def parse_regime(raw: object) -> Valeur:
    """Read a VAT scheme in the words of the workbook; an unknown one is kept as typed.

    >>> [parse_regime(v).value for v in ("RN trim.", "CA12", "non assujetti/exonéré")]
    ['Réel normal trimestriel', 'Réel simplifié', 'Exonéré']
    """
    if is_blank(raw):
        return Valeur()
    word = _wordings("Régime TVA").get(words_of(raw))
    if word == A_VERIFIER and fold(raw) != fold(A_VERIFIER):
        return Valeur(value=word, remark=f"ne suffit pas à choisir, mis à « {A_VERIFIER} »")
    if word is not None:
        return Valeur(value=word)
    known = [*dict.fromkeys(_wordings("Régime TVA").values())]
    remedy = f"choisissez entre {join_words(known)} ; la valeur est gardée telle quelle"
    return Valeur(
        value=text_of(raw), problem="« Régime TVA » n’est pas un régime connu", remedy=remedy
    )


def parse_reponse(raw: object, *, header: str, reponses: Sequence[str]) -> Valeur:
    """Read an answer in the spelling of the grid; one that the grid lacks is kept as typed.

    >>> parse_reponse("par pdp", header="R", reponses=["Papier", "Par plateforme agréée"]).value
    'Par plateforme agréée'
    """
    text = parse_texte(raw)
    if text.value is None:
        return text
    known = {words_of(reponse): reponse for reponse in reponses}
    words = words_of(raw)
    # The reform's platforms changed their name from PDP to PA in 2025.
    renamed = words_of(re.sub(r"\b(pdp|pa)s?\b", "plateforme agréée", fold(raw)))
    candidates = (words, renamed, words_of(_wordings(header).get(words, "")))
    return Valeur(value=next((known[c] for c in candidates if c in known), text.value))
