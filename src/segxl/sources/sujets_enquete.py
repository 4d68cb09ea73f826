"""Which columns of a survey ask what matters to the client: of one subject, or in a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from segxl.domain.textes import fold
from segxl.sources.textes_bruts import text_of

_SCALE = re.compile(
    r"\s*(?:\((?:[^()]*\d[^()]*|oui[^()]*)\)|,? ?de 1 à 5|[*?:])\s*$", re.IGNORECASE
)
_LINK = r"(?:(?:à|de) l[’']|(?:à|de) (?:la|votre|vos|nos|notre) |(?:à|au|aux|de|du|des|sur|concernant) |d[’'])"
_ASK = r"(?:est|sont)-(?:il|elle|ce|ils|elles)"
_IMPORTANCE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r".*\bimportan.*\[([^\[\]]+)\]",
        r"(?:importance|importante?s? pour vous)(?: pour vous)?\s*\??\s*[:\-–—]\s*(.+)",
        rf"(?:importance(?: (?:accordée|attachée|donnée))?|quelle importance (?:accordez|donnez|attachez)-vous) {_LINK}(.+)",
        rf"(.+?),? {_ASK} (?:\w+ )?importante?s?(?: pour vous)?",
        r"(.+?)\s*[:\-–—(]\s*(?:importance|importante?s? pour vous)\)?",
    )
)
_SATISFACTION = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r".*\bsatisf.*\[([^\[\]]+)\]",
        r"satisfaction\s*[:\-–—]\s*(.+)",
        rf"satisfaction {_LINK}(.+)",
        r"(.+?)\s*[:\-–—(]\s*satisfaction\)?",
        rf"êtes-vous satisfaite?s? {_LINK}(.+)",
    )
)
_LIST = re.compile(
    r"(?:quel(?:le)?s?|qu.?est-ce qui|ce qui|le(?:s)?quel(?:le)?s?|selon vous)\b.*\b(?:importan\w+|compte(?:nt)? le plus|priorit\w+)"
)
_NEITHER = re.compile(r"\b(?:pourquoi|class|ordre|rang|precis|expliqu|comment)")
"""Words of a question that asks for reasons, or for ranks where 1 is the best."""
_ARTICLE = re.compile(r"^(?:l[’']|(?:le|la|les|vos|votre|nos|notre|des|un|une) )", re.IGNORECASE)
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Sujets:
    """The subject of each column that asks how important, or how satisfying, one is.

    ``listes`` are the columns where clients pick what matters.
    """

    importances: Mapping[str, str] = field(default_factory=dict)
    satisfactions: Mapping[str, str] = field(default_factory=dict)
    listes: tuple[str, ...] = ()

    @property
    def titres(self) -> frozenset[str]:
        """Every column of them."""
        return frozenset({*self.importances, *self.satisfactions, *self.listes})

    @property
    def is_asked(self) -> bool:
        """Whether the survey asks what matters."""
        return bool(self.importances or self.listes)


def find_sujets(titles: Sequence[str], known: Collection[str]) -> Sujets:
    """Find the columns that ask what matters, and those that rate the same subjects.

    Parameters
    ----------
    titles : sequence of str
        Those of an export.
    known : collection of str
        The critères of the grid: a subject that is one is spelt so.

    Examples
    --------
    >>> found = find_sujets(["Importance : la paie", "Satisfaction : Paie", "Quel service est important pour vous ?"], ["PAIE"])
    >>> found.importances, found.satisfactions, found.listes
    ({'Importance : la paie': 'PAIE'}, {'Satisfaction : Paie': 'PAIE'}, ('Quel service est important pour vous ?',))
    """
    spelling = {fold(name): name for name in known}
    importances: dict[str, str] = {}
    for title in titles:
        sujet = sujet_of(title)
        if sujet:
            importances[title] = spelling.setdefault(fold(sujet), sujet)
    rated = {title: fold(_subject(title, _SATISFACTION)) for title in titles}
    asked = {fold(sujet): sujet for sujet in importances.values()}
    return Sujets(
        importances=importances,
        satisfactions={
            t: asked[s] for t, s in rated.items() if s in asked and t not in importances
        },
        listes=tuple(t for t in titles if t not in importances and is_list(t)),
    )


def sujet_of(title: object) -> str:
    """Return the subject whose importance a question asks; blank where it asks none.

    >>> sujet_of("Important pour vous : Délai de réponse"), sujet_of("La paie est-elle importante pour vous ?")
    ('Délai de réponse', 'Paie')
    >>> sujet_of("Quelle importance accordez-vous à la facturation électronique ? (de 1 à 5)")
    'Facturation électronique'
    >>> sujet_of("Ces services sont-ils importants ? [Conseil]"), sujet_of("Classez par importance [Paie]")
    ('Conseil', '')
    """
    return "" if _NEITHER.search(fold(title)) else _subject(title, _IMPORTANCE)


def is_list(title: object) -> bool:
    """Tell whether a question lets clients pick what matters.

    >>> is_list("Qu’est-ce qui compte le plus pour vous ?"), is_list("Pourquoi est-ce important ?")
    (True, False)
    """
    text = fold(title)
    return bool(_LIST.match(text)) and not _NEITHER.search(text) and not sujet_of(title)


def _subject(title: object, patterns: Sequence[re.Pattern[str]]) -> str:
    text, last = " ".join(text_of(title).split()), ""
    while text != last:
        text, last = _SCALE.sub("", text), text
    found = next(filter(None, (pattern.fullmatch(text) for pattern in patterns)), None)
    sujet = "" if found is None else _ARTICLE.sub("", found[1].strip(" .:?«»\N{NO-BREAK SPACE}"))
    is_said = fold(sujet) not in {"", "pour vous"} and len(sujet) <= _LONGEST
    return sujet[0].upper() + sujet[1:] if is_said else ""
