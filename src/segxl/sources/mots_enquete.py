"""The words of form tools, towards those of the survey, as ``shipped/enquete.toml`` tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from segxl.domain.satisfaction import CSAT, NPS
from segxl.domain.textes import fold
from segxl.shipped import read_toml
from segxl.sources.export import Lexique
from segxl.sources.mots import Words, bare_words, index_wordings, parse_wordings
from segxl.sources.questionnaire_rempli import TITRES
from segxl.sources.sujets_enquete import is_list, sujet_of

COMMENTAIRE = "Commentaire"
CLIENT = ("Dossier", "SIREN", "SIRET", "Client", "E-mail", "Raison sociale")
"""What a column may tell of who answers, the surest first."""
ROLES = (*CLIENT, "Date", CSAT, NPS, COMMENTAIRE)
"""What a column of a survey may hold."""
_FILE = "enquete.toml"
ASKED = (COMMENTAIRE, NPS, CSAT, "Client", "SIREN")
"""The roles that a question tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotsEnquete:
    """Every wording known.

    ``colonnes`` gives the role of a whole title and its rank; ``questions`` the role of each set
    of words, the surest first; ``csat`` the number that a wording of the scale means.
    """

    colonnes: Mapping[Words, tuple[str, int]]
    questions: tuple[tuple[frozenset[str], str], ...]
    csat: Mapping[Words, int]
    titles: tuple[str, ...]

    def question_of(self, title: object) -> tuple[str, int] | None:
        """Return the role of a question and how many of its words tell it; None where none does.

        >>> read_mots_enquete().question_of("De 0 à 10, nous recommanderiez-vous ?")
        ('NPS', 1)
        """
        words = {*bare_words(title)}
        return next(((role, len(e)) for e, role in self.questions if e <= words), None)

    def csat_of(self, text: object) -> int | None:
        """Return the number that a wording of the scale of satisfaction means; None where none.

        >>> read_mots_enquete().csat_of("Très satisfait(e)"), read_mots_enquete().csat_of("bof")
        (5, None)
        """
        return self.csat.get(bare_words(text))

    def lexique(self, titles: Sequence[str]) -> Questions:
        """Return what recognises the titles of a survey, some further ``titles`` among them."""
        return Questions([*map(fold, self.titles), *map(fold, titles), *TITRES], self)


class Questions(Lexique):
    """The titles of a survey, and whatever else reads as one of its questions."""

    mots: MotsEnquete

    def __new__(cls, titles: Sequence[str], mots: MotsEnquete) -> Self:  # noqa: D102  builds, as frozenset does
        found = super().__new__(cls, titles)
        found.mots = mots
        return found

    def __contains__(self, title: object) -> bool:
        asked = self.mots.question_of(title) or sujet_of(title) or is_list(title)
        return super().__contains__(title) or bool(asked)


@cache
def read_mots_enquete() -> MotsEnquete:
    """Read the shipped table, once.

    Raises
    ------
    MotsError
        The shipped table is written wrong: a defect of the package, not of the user's data.
    """
    return parse_mots_enquete(read_toml(_FILE))


def parse_mots_enquete(table: Mapping[str, Any]) -> MotsEnquete:
    """Read the table of survey words.

    Raises
    ------
    MotsError
        An unknown or missing list, one that is empty or holds anything but texts, a wording that
        means two things or is told twice; names the list and the wording.

    Examples
    --------
    >>> parse_mots_enquete({"colonnes": {"Humeur": ["humeur"]}, "questions": {}, "csat": {}})
    Traceback (most recent call last):
    segxl.sources.mots.MotsError: enquete.toml [colonnes]: unknown 'Humeur'
    """
    wanted = {"colonnes": ROLES, "questions": ASKED, "csat": tuple("12345")}
    told = parse_wordings(_FILE, table, wanted)
    index = {part: index_wordings(f"{_FILE} [{part}]", pairs) for part, pairs in told.items()}
    expressions = [(frozenset(words), role) for words, (role, _) in index["questions"].items()]
    ordered = sorted(expressions, key=lambda pair: (-len(pair[0]), ASKED.index(pair[1])))
    return MotsEnquete(
        colonnes=index["colonnes"],
        questions=tuple(ordered),
        csat={words: int(number) for words, (number, _) in index["csat"].items()},
        titles=tuple(text for _, text in told["colonnes"]),
    )
