"""What a survey says and changes, in sentences that a terminal or a message box shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from segxl.domain.ecoute.importance import Importance
from segxl.domain.enquete import COMPLETE, CONNUE, JOUR, NOUVELLE, SANS_DATE
from segxl.domain.satisfaction import CSAT, LEAST, NPS, SCORES
from segxl.domain.textes import join_words
from segxl.sources.comptes_rendus import counted, render_changement
from segxl.sources.ecarts import count_ecarts
from segxl.sources.enquete import NOTEE, Reponses
from segxl.sources.fusion_clients import Changement
from segxl.sources.mots_enquete import COMMENTAIRE
from segxl.sources.sujets_enquete import Sujets
from segxl.sources.textes_bruts import text_of

_NO_BREAK = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
FIRST = 3
"""Subjects named for a group."""


def render_lot(lot: Sequence[Reponses], paired: pd.DataFrame, early: pd.Series) -> Iterator[str]:
    """Yield what was read in each export, then what all of them bring; nothing without any."""
    for reponses in lot:
        yield from render_reponses(reponses)
    if lot:
        yield from render_fusion(paired, int(early.notna().sum()))


def render_reponses(reponses: Reponses) -> list[str]:
    """Return what was read in one export, how its columns were understood, what was left out."""
    export = reponses.export
    sheet = f" (feuille « {export.sheet} »)" if export.sheet else ""
    left = len(reponses.ecarts)
    dropped = f", {counted(left, 'écartée', 'écartées')} ({count_ecarts(reponses.ecarts)})"
    read = counted(reponses.lues, "ligne lue", "lignes lues")
    told = counted(int(reponses.lignes[NOTEE].sum()), "réponse notée", "réponses notées")
    return [
        f"{export.name}{sheet} : {read}{dropped if left else ''} ; {told}.",
        *(f"  {line}" for line in _columns(reponses)),
        *_silent(reponses),
        *(f"  {remark}" for remark in reponses.remarques),
    ]


def _silent(reponses: Reponses) -> Iterator[str]:
    """Yield what was blank: an answer without a score, an answer without a day."""
    if reponses.muettes:
        silent = counted(reponses.muettes, "ligne sans note", "lignes sans note")
        yield f"  {silent}, sans effet sur CSAT et NPS."
    undated = reponses.lignes[reponses.lignes[NOTEE] & reponses.lignes[SANS_DATE].astype(bool)]
    if len(undated):
        number = counted(len(undated), "réponse sans date, datée", "réponses sans date, datées")
        yield f"  {number} du {undated[JOUR].iloc[0]:%d/%m/%Y}."


def _columns(reponses: Reponses) -> Iterator[str]:
    """Yield how each column was understood."""
    titres = reponses.titres
    for role, title in titres.roles.items():
        if role != COMMENTAIRE:
            yield f"« {text_of(title)} » → {role}"
    for title in titres.comments:
        yield f"« {text_of(title)} » → {COMMENTAIRE}, dans la feuille Enquête seulement"
    if titres.criteres:
        asked = counted(len(titres.criteres), "question", "questions")
        yield f"{asked} de la grille : {join_words(titres.criteres.values())}."
    yield from _sujets(titres.sujets)
    if titres.ignorees:
        ignored = join_words(f"« {text_of(t)} »" for t in titres.ignorees)
        yield f"Laissé de côté : {ignored}."
    for score in SCORES:
        if not titres.of(score):
            yield f"Aucune colonne ne donne « {score} »."


def _sujets(sujets: Sujets) -> Iterator[str]:
    """Yield which columns tell what matters."""
    if sujets.importances:
        told = join_words(dict.fromkeys(sujets.importances.values()))
        yield f"Ce qui compte pour le client, à part des notes : {told}."
    if sujets.satisfactions:
        told = join_words(dict.fromkeys(sujets.satisfactions.values()))
        yield f"Satisfaction sur ces points : {told}."
    for title in sujets.listes:
        yield f"« {text_of(title)} » → ce qui compte pour le client ; ce qu’un seul écrit va aux commentaires"


def render_fusion(paired: pd.DataFrame, early: int) -> list[str]:
    """Return how many answers are new, known, completed, or too soon."""
    counts = paired["sort"].value_counts()
    words = {
        NOUVELLE: ("nouvelle réponse", "nouvelles réponses"),
        COMPLETE: ("réponse complétée", "réponses complétées"),
        CONNUE: ("réponse déjà enregistrée", "réponses déjà enregistrées"),
    }
    told = [counted(int(counts[s]), *w) for s, w in words.items() if s in counts]
    if early and told:
        told[0] += f" (dont {early} trop proche{'s' if early > 1 else ''} d’une autre)"
    return [f"{join_words(told)}." if told else "Aucune réponse à enregistrer."]


def render_grille(changements: Sequence[Changement]) -> list[str]:
    """Return how many answers of the grid are filled, and for how many clients."""
    if not changements:
        return []
    cells = counted(len(changements), "réponse de la grille", "réponses de la grille")
    clients = counted(len({c.row for c in changements}), "client", "clients")
    return [f"{cells} : cases vides de Clients remplies pour {clients}."]


def render_detail(changements: Sequence[Changement]) -> list[str]:
    """Return one line per answer of the grid."""
    return [render_changement(change) for change in changements]


def render_mesure(mesure: Mapping[str, object], score: str) -> str:
    r"""Return a score as French prose writes it, or why it is not told.

    >>> row = {"CSAT": 64.75, "n CSAT": 119, "motif CSAT": "", "NPS": None, "n NPS": 3,
    ...     "motif NPS": "trop peu de réponses"}
    >>> render_mesure(row, "CSAT"), render_mesure(row, "NPS")
    ('64,8\xa0% (119)', 'trop peu de réponses (3)')
    >>> render_mesure({"NPS": 50.0, "n NPS": 8, "motif NPS": ""}, "NPS")
    '+50,0 (8)'
    """
    count, motif = mesure[f"n {score}"], mesure[f"motif {score}"]
    if motif:
        return f"{motif} ({count})" if count else str(motif)
    rounded = Decimal(str(mesure[score])).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if score == CSAT:
        return render_part(float(str(mesure[score])), int(str(count)))
    shown = f"{abs(rounded)}".replace(".", ",")
    sign = "" if not rounded else "+" if rounded > 0 else _MINUS
    return f"{sign}{shown} ({count})"


def explain_mesures() -> str:
    """Return what the two figures are, in a sentence."""
    return (
        f"{CSAT} : part des notes 4 et 5 sur 5. {NPS} : part des 9 et 10 moins celle des 0 à 6, de {_MINUS}100 à +100. "
        f"Entre parenthèses, le nombre de réponses ; sous {LEAST}, rien n’est dit."
    )


def render_part(part: float | None, count: int) -> str:
    r"""Return a share and the number of answers that it is of.

    >>> render_part(64.75, 119), render_part(None, 3), render_part(None, 0)
    ('64,8\xa0% (119)', 'trop peu (3)', '')
    """
    if part is None:
        return f"trop peu ({count})" if count else ""
    rounded = Decimal(str(part)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded}{_NO_BREAK}% ({count})".replace(".", ",")


def render_importances(importances: Mapping[str, Sequence[Importance]]) -> list[str]:
    """Return one sentence per group: what most of its clients call important."""
    lines = []
    for name, told in importances.items():
        known = [x for x in told if x.part is not None][:FIRST]
        few = max((x.n for x in told), default=0)
        first = join_words(f"{x.sujet} {render_part(x.part, x.n)}" for x in known)
        lines.append(f"{name} : {first or f'trop peu de réponses ({few})'}.")
    return lines
