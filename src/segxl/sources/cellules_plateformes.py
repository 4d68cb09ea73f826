"""One cell of a status export: a SIREN, a day, the name of a platform."""

from __future__ import annotations

import re
from datetime import date

from segxl.domain.identifiants import SIREN_LENGTH, is_siren, siren_verdict
from segxl.domain.saisie import parse_date
from segxl.domain.textes import fold
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import Valeur, parse_siren, parse_texte

FIRST_DAY = date(2020, 1, 1)
"""Electronic invoicing through platforms was voted after that: an earlier day means no day."""
_ABRIDGED = re.compile(r"(\d)(?:[.,](\d*))?E\+?(\d{1,2})", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_WEEKDAY = re.compile(r"^(?:le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)\.?)?,? ?(?:le )?(?=\d)")  # fmt: skip
_HOUR = re.compile(r"(?:,? a |[t, -]+)\d{1,2} ?[h:]\d{0,2}.*$")
_LONGEST_NAME = 80
_FORMULA = ("=", "+", "@", "-")


def parse_siren_client(raw: object, *, is_siret: bool = False) -> Valeur:
    """Read the SIREN of a client, or that of its SIRET; nothing where it is wrong.

    A number that Excel abridged is read when no digit is lost.

    Examples
    --------
    >>> [parse_siren_client(v).value for v in ("000 000 018", "00000001800019", 18.0, "1,8E+01")]
    ['000000018', '000000018', '000000018', '000000018']
    >>> parse_siren_client("7.33E+08").problem
    'Excel a abrégé ce numéro : des chiffres manquent'
    """
    text = "" if is_blank(raw) else text_of(raw)
    abridged = _ABRIDGED.fullmatch(text)
    if abridged:
        whole, decimals, power = abridged[1], abridged[2] or "", int(abridged[3])
        if len(decimals) < power:
            remedy = "donnez à la colonne le format Texte, ou exportez de nouveau sans ouvrir le fichier dans Excel"
            return Valeur(problem="Excel a abrégé ce numéro : des chiffres manquent", remedy=remedy)
        text = (whole + decimals)[: power + 1]
    # Nine digits written in full are a SIREN, whatever the title says.
    in_full = isinstance(raw, str) and len(text) == SIREN_LENGTH and is_siren(text)
    read = parse_siren(text, is_siret=is_siret and not in_full)
    if not read.problem:
        return read
    if text.replace(" ", "").isdecimal():
        verdict = siren_verdict(text)
        return Valeur(problem="ce SIREN est faux", remedy=f"vérifiez-le : {verdict}")
    return Valeur(problem="ce n’est pas un SIREN", remedy="donnez les neuf chiffres du client")


def parse_jour(raw: object) -> Valeur:
    """Read the day of a status; its hour and its weekday do not matter.

    Examples
    --------
    >>> told = ["mardi 3 novembre 2026 à 14h05", "2026-11-03T14:05:00+01:00", "03/11/26", 46329.0, 20261103.0]
    >>> {str(parse_jour(v).value) for v in told}
    {'2026-11-03'}
    >>> parse_jour("01/01/1900").problem, parse_jour("bientôt").problem
    ('cette date est impossible', 'cette date ne se lit pas')
    """
    if is_blank(raw) or fold(raw) in {"nc", "n/c", "na", "n/a", "null", "none"}:
        return Valeur()
    day = parse_date(raw if isinstance(raw, date) else plain_day(text_of(raw)))
    if day is None or day < FIRST_DAY:
        problem = "cette date ne se lit pas" if day is None else "cette date est impossible"
        remedy = "écrivez-la JJ/MM/AAAA ; le statut est pris sans date"
        return Valeur(problem=problem, remedy=remedy)
    return Valeur(value=day)


def plain_day(text: str) -> object:
    """Return a day without the words around it; a number of days as a number.

    >>> plain_day("Lundi 2 mars 2026, 8:30"), plain_day("46329")
    ('2 mars 2026', 46329)
    """
    folded = fold(text)
    serial = _SERIAL.fullmatch(folded)
    return int(serial[1]) if serial else _HOUR.sub("", _WEEKDAY.sub("", folded))


def parse_nom(raw: object) -> Valeur:
    """Read the name of a platform; what a spreadsheet would compute is no name.

    >>> parse_nom(" Nébula  PA ").value, parse_nom("=cmd|' /C calc'!A0").value
    ('Nébula PA', None)
    """
    read = parse_texte(raw)
    name = str(read.value or "")
    if not read.problem and not name.startswith(_FORMULA) and len(name) <= _LONGEST_NAME:
        return read
    remedy = "corrigez-le dans l’export ; la colonne Plateforme reste comme elle est"
    return Valeur(problem="ce n’est pas le nom d’une plateforme", remedy=remedy)
