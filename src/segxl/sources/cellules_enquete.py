"""One score of a survey, as form tools and spreadsheets write it."""

from __future__ import annotations

import re
from datetime import date

from segxl.domain.saisie import parse_date
from segxl.domain.satisfaction import CSAT, ECHELLES, is_on_scale
from segxl.domain.textes import fold
from segxl.sources.mots_enquete import MotsEnquete
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import Valeur

SCORE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)(?: ?(?:/|sur|out of) ?(\d{1,3}))?(?:[ \-–—:.=(]+(.*))?")
SILENT = frozenset(
    {
        "nc", "n/c", "na", "n/a", "nr", "nsp", "ne sait pas", "ne se prononce pas", "sans avis",
        "sans opinion", "sans reponse", "pas de reponse", "null", "none",
    }
)  # fmt: skip
_MONTHS = frozenset(
    {
        "janv", "janvier", "jan", "fevr", "fevrier", "feb", "mars", "mar", "avr", "avril", "apr",
        "mai", "may", "juin", "jun", "juil", "juillet", "jul", "aout", "aug", "sept", "septembre",
        "sep", "oct", "octobre", "nov", "novembre", "dec", "decembre",
    }
)  # fmt: skip
_TO_TEXT = (
    "donnez à la colonne le format Texte, ou exportez de nouveau sans ouvrir le fichier dans Excel"
)
_LOW, _HIGH = 2, 4


def parse_score(raw: object, *, score: str, mots: MotsEnquete) -> Valeur:
    """Read one answer on a scale; a problem where it is none.

    Examples
    --------
    >>> from segxl.sources.mots_enquete import read_mots_enquete
    >>> mots = read_mots_enquete()
    >>> told = ("4 - Satisfait", 4.0, "4/5", "4 sur 5", "Plutôt satisfait(e)")
    >>> {parse_score(raw, score="CSAT", mots=mots).value for raw in told}
    {4}
    >>> parse_score("9/10", score="NPS", mots=mots).value, parse_score("NSP", score="NPS", mots=mots)
    (9, Valeur(value=None, problem='', remedy='', remark=''))
    >>> parse_score(11, score="NPS", mots=mots).problem, parse_score("4/10", score="CSAT", mots=mots).problem
    ('« NPS » va de 0 à 10', 'cette note est sur 10, « CSAT » est sur 5')
    """
    text = fold(text_of(raw))
    if is_blank(raw) or text in SILENT:
        return Valeur()
    if isinstance(raw, date) or _is_day(text):
        problem = "une date est à la place de la note : Excel change « 9/10 » en 9 octobre"
        return Valeur(problem=problem, remedy=_TO_TEXT)
    found = None if isinstance(raw, bool) else SCORE.fullmatch(text)
    if found is None:
        word = mots.csat_of(text) if score == CSAT else None
        return _unread(score) if word is None else Valeur(value=word)
    number, top, label = float(found[1].replace(",", ".")), found[2], found[3] or ""
    if label.strip(" .") in _MONTHS:
        return Valeur(problem="Excel a changé cette note en date", remedy=_TO_TEXT)
    return _on_scale(number, top, mots.csat_of(label) if score == CSAT else None, score)


def _on_scale(number: float, top: str | None, word: int | None, score: str) -> Valeur:
    """Return a number that the scale has, else why it is not one of its answers."""
    least, most = ECHELLES[score]
    if top and int(top) != most:
        problem = f"cette note est sur {int(top)}, « {score} » est sur {most}"
        return Valeur(problem=problem, remedy="ne la convertissez pas : reposez la question")
    if not is_on_scale(number, score):
        problem = f"« {score} » va de {least} à {most}"
        if least <= number <= most:
            problem += ", en nombres entiers"
        return Valeur(problem=problem, remedy="corrigez-la dans l’export, ou videz-la")
    ends = sorted((number, word if word is not None else number))
    if ends[0] <= _LOW and ends[1] >= _HIGH:
        problem = "le chiffre et le mot se contredisent"
        return Valeur(problem=problem, remedy="vérifiez dans quel sens va l’échelle")
    return Valeur(value=int(number))


def _unread(score: str) -> Valeur:
    least, most = ECHELLES[score]
    remedy = f"écrivez un nombre de {least} à {most}, ou videz la cellule"
    return Valeur(problem="cette note ne se lit pas", remedy=remedy)


def _is_day(text: str) -> bool:
    return len(re.findall(r"[/\-.]", text)) > 1 and parse_date(text) is not None
