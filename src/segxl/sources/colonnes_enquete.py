"""Which column of the export of a survey holds what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from segxl.domain.anomalies import file_error
from segxl.domain.satisfaction import SCORES
from segxl.domain.textes import fold, join_words
from segxl.sources.correspondance import target_of
from segxl.sources.export import Export
from segxl.sources.mots import bare_words
from segxl.sources.mots_enquete import CLIENT, COMMENTAIRE, MotsEnquete
from segxl.sources.sujets_enquete import Sujets, find_sujets
from segxl.sources.textes_bruts import text_of

_SHARED = ("SIREN", "SIRET", "E-mail", "Raison sociale")
"""What the exports of practice software hold as well: their synonyms count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitresEnquete:
    """The column of each role.

    ``criteres`` gives the critère of the grid that a column answers, ``comments`` the columns of
    free words, ``sujets`` those that ask what matters; ``ignorees`` are all the others, which are not kept.
    """

    roles: Mapping[str, str]
    comments: tuple[str, ...] = ()
    criteres: Mapping[str, str]
    sujets: Sujets = field(default_factory=Sujets)
    ignorees: tuple[str, ...] = ()

    def of(self, role: str) -> str:
        """Return the title of the column that has a role; nothing where none has it."""
        return self.roles.get(role, "")

    @property
    def client(self) -> dict[str, str]:
        """The columns that tell who answers, by role."""
        return {role: self.roles[role] for role in CLIENT if role in self.roles}


def match_survey(export: Export, mots: MotsEnquete, criteres: Collection[str]) -> TitresEnquete:
    """Give each role the surest column.

    Parameters
    ----------
    export : Export
        The rows of the file.
    mots : MotsEnquete
        The words of form tools.
    criteres : collection of str
        The critères of the grid: a column of that title answers one.

    Raises
    ------
    SaisieError
        Nothing tells who answers, no column holds a score nor an answer of the grid, or two
        questions could be the same score.
    """
    titles = [str(c) for c in export.lignes.columns]
    answers = {fold(critere): critere for critere in criteres}
    found = {t: answers[fold(t)] for t in titles if fold(t) in answers}
    sujets = find_sujets([t for t in titles if t not in found], criteres)
    claims = _claims([t for t in titles if t not in sujets.titres], mots, found)
    roles = {role: min(claimed)[-1] for role, claimed in claims.items()}
    _refuse_two_questions(export, claims)
    comments = tuple(title for *_, title in claims.get(COMMENTAIRE, ()))
    kept = {*roles.values(), *comments, *found, *sujets.titres}
    titres = TitresEnquete(
        roles=roles,
        comments=comments,
        criteres={t: c for t, c in found.items() if t not in roles.values()},
        sujets=sujets,
        ignorees=tuple(t for t in titles if t not in kept),
    )
    _require_roles(export, titres)
    return titres


Claim = tuple[int, int, str]


def _claims(
    titles: Sequence[str], mots: MotsEnquete, criteres: Collection[str]
) -> dict[str, list[Claim]]:
    """Return, by role, the columns that could have it: how sure, in what place, their title."""
    claims: dict[str, list[Claim]] = {}
    for position, title in enumerate(titles):
        whole = mots.colonnes.get(bare_words(title))
        if whole:
            role, rank = whole
            claims.setdefault(role, []).append((rank, position, title))
        elif title in criteres:
            continue
        elif (question := mots.question_of(title)) is not None:
            role, words = question
            claims.setdefault(role, []).append((_QUESTION - words, position, title))
        elif (target := target_of(title)) in _SHARED and target is not None:
            claims.setdefault(target, []).append((_QUESTION, position, title))
    return claims


_QUESTION = 10_000
"""The rank of a question of no word: every whole title comes before."""


def _refuse_two_questions(export: Export, claims: Mapping[str, Sequence[Claim]]) -> None:
    """Refuse an export where nobody could tell which question gives a score."""
    for score in SCORES:
        best = min(claims.get(score, ()), default=(0, 0, ""))[0]
        equal = [title for rank, _, title in claims.get(score, ()) if rank == best]
        if len(equal) > 1:
            raise file_error(
                export.name,
                " | ".join(text_of(t) for t in equal),
                f"{len(equal)} questions pourraient donner « {score} »",
                f"dans l’export, intitulez « {score} » la colonne de celle qui compte",
            )


def _require_roles(export: Export, titres: TitresEnquete) -> None:
    wanted = {
        "qui répond": bool(titres.client),
        "quelle note il donne": any(map(titres.of, SCORES))
        or bool(titres.criteres)
        or titres.sujets.is_asked,
    }
    lacking = [name for name, is_there in wanted.items() if not is_there]
    if lacking:
        found = join_words(f"« {text_of(t)} »" for t in export.lignes.columns)
        problem = f"aucune colonne ne dit {join_words(lacking)}"
        remedy = "dans l’export, intitulez « Dossier », « SIREN » ou « E-mail » la colonne du client, « CSAT » la note de 1 à 5 et « NPS » celle de 0 à 10"
        raise file_error(export.name, found, problem, remedy)
