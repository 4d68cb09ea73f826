"""What French print asks for: dates in words, amounts, elision, spaces that never break.

These functions are also the filters of the firm's models (``FILTRES``), hence their names.
A filter leaves alone what it cannot read: a letter shows the value as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from segxl.domain.saisie import parse_number
from segxl.domain.textes import fold, join_words

NBSP = "\u00a0"
NARROW = "\u202f"
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
# Words that start with a vowel or an h on the page, not in the mouth.
_NO_ELISION = frozenset(
    "hache haie hall halle halles halte hamac hameau hameaux handball hangar hanneton "  # noqa: SIM905  a list of words reads best as a line
    "harpe hasard hausse haut haute hauts hautes havre herisson hernie heron heros "
    "hetre hibou hobby hockey hollande homard hongrie houblon houle housse houx hublot "
    "huche huit huitieme hurlement hussard hutte onze onzieme oui ouistiti".split()
)
_ELIDED = re.compile(r"[aeiou]|h|y(?![aeiou])")
_WORD = re.compile(r"[a-z]+")


def date_en_lettres(jour: date) -> str:
    r"""Write a date in words; the day stays with its month.

    >>> date_en_lettres(date(2026, 9, 1)), date_en_lettres(date(2026, 11, 22))
    ('1er\xa0septembre 2026', '22\xa0novembre 2026')
    """
    day = "1er" if jour.day == 1 else str(jour.day)
    return f"{day}{NBSP}{MOIS[jour.month - 1]} {jour.year}"


def le_jour(jour: date) -> str:
    r"""Write a date in words with its article.

    >>> le_jour(date(2026, 11, 22))
    'le 22\xa0novembre 2026'
    """
    return f"le {date_en_lettres(jour)}"


def periode_en_lettres(du: date, au: date) -> str:
    r"""Write a period in words; the month once where it is one.

    >>> periode_en_lettres(date(2027, 9, 1), date(2027, 9, 10))
    'du 1er au 10\xa0septembre 2027'
    >>> periode_en_lettres(date(2027, 9, 1), date(2027, 10, 31))
    'du 1er\xa0septembre au 31\xa0octobre 2027'
    """
    day, month, year = re.split(rf"[{NBSP} ]", date_en_lettres(du))
    start = day if (du.year, du.month) == (au.year, au.month) else f"{day}{NBSP}{month}"
    start += f" {year}" if du.year != au.year else ""
    return f"du {start} au {date_en_lettres(au)}"


def nombre(value: object, decimales: int | None = None) -> str:
    r"""Write a number with a decimal comma; by default, only the decimals it has.

    >>> nombre(12.4), nombre(12), nombre(12, 1), nombre("1234567.5")
    ('12,4', '12', '12,0', '1\u202f234\u202f567,5')
    >>> nombre("à préciser")
    'à préciser'
    """
    number = parse_number(value)
    if number is None:
        return str(value)
    text = f"{number:,.2f}" if decimales is None else f"{number:,.{decimales}f}"
    whole, _, decimals = text.partition(".")
    if decimales is None:
        decimals = decimals.rstrip("0")
    return ",".join(filter(None, (whole.replace(",", NARROW), decimals)))


def euros(value: object) -> str:
    r"""Write an amount in euros, with cents only where there are some.

    >>> euros(1234), euros("10 000 €"), euros(1234.5)
    ('1\u202f234\xa0€', '10\u202f000\xa0€', '1\u202f234,50\xa0€')
    >>> euros("variable")
    'variable'
    """
    number = parse_number(value)
    if number is None:
        return str(value)
    return nombre(number, 0 if number.is_integer() else 2) + NBSP + "€"


def points(value: float) -> str:
    r"""Write a gain; French counts a plural from two.

    >>> points(1.5), points(2), points(0.8)
    ('1,5\xa0point', '2\xa0points', '0,8\xa0point')
    """
    plural = 2
    return f"{nombre(value)}{NBSP}point{'s' if abs(value) >= plural else ''}"


def is_elided(text: str) -> bool:
    """Tell whether a word drops the vowel of the little word before it.

    >>> [is_elided(t) for t in ("Atelier", "Lumo", "Hôtel", "Halles", "Yves", "Yaourt", "8 mai")]
    [True, False, True, False, True, False, False]
    """
    folded = fold(text)
    word = _WORD.match(folded)
    return bool(word and word[0] not in _NO_ELISION and _ELIDED.match(folded))


def de(text: str) -> str:
    """Put « de » before a name.

    >>> de("Atelier Lumo"), de("Lumo"), de("Éclair"), de("Hauts de Seine")
    ('d’Atelier Lumo', 'de Lumo', 'd’Éclair', 'de Hauts de Seine')
    """
    return f"d’{text}" if is_elided(text) else f"de {text}"


def le(text: str) -> str:
    """Put « le » before a masculine word.

    >>> le("atelier"), le("dossier"), le("homme"), le("hangar")
    ('l’atelier', 'le dossier', 'l’homme', 'le hangar')
    """
    return f"l’{text}" if is_elided(text) else f"le {text}"


def la(text: str) -> str:
    """Put « la » before a feminine word.

    >>> la("étape"), la("facture")
    ('l’étape', 'la facture')
    """
    return f"l’{text}" if is_elided(text) else f"la {text}"


def que(text: str) -> str:
    """Put « que » before a name.

    >>> que("Olivier"), que("Marie")
    ('qu’Olivier', 'que Marie')
    """
    return f"qu’{text}" if is_elided(text) else f"que {text}"


def liste(mots: Iterable[str]) -> str:
    """Write a list as prose does.

    >>> liste(("Plateforme agréée", "Digitalisation", "Autonomie"))
    'Plateforme agréée, Digitalisation et Autonomie'
    """
    return join_words(mots)


_BEFORE_NARROW = re.compile(r"[ \u00a0\u202f]+([;!?])")
_BEFORE_WIDE = re.compile(r"[ \u00a0\u202f]+([:»€%](?!\}))")
_AFTER_OPENING = re.compile(r"«[ \u00a0\u202f]*")


def typographie(text: str) -> str:
    r"""Replace the spaces that must not break: before ; : ! ? » € %, after «.

    >>> typographie("Objet : « Prêt ? » à 20 %")
    'Objet\xa0: «\xa0Prêt\u202f?\xa0» à 20\xa0%'
    >>> typographie("{% if note %}https://exemple.fr{% endif %}")
    '{% if note %}https://exemple.fr{% endif %}'
    """
    text = _BEFORE_NARROW.sub(rf"{NARROW}\1", text)
    text = _BEFORE_WIDE.sub(rf"{NBSP}\1", text)
    return _AFTER_OPENING.sub(f"«{NBSP}", text)


FILTRES: dict[str, Callable[..., str]] = {
    "de": de,
    "euros": euros,
    "la": la,
    "le": le,
    "liste": liste,
    "nombre": nombre,
    "que": que,
    "typographie": typographie,
}
