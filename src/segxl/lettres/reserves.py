"""What may not be printed of the law yet, field by field, and what to do about it.

A field is doubtful when the law table is too old, when a fact that it rests on is still to be
confirmed, or when the answer for this client is « à confirmer ».
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from segxl.domain.citations import is_stale
from segxl.domain.doutes import AT_THE_EARLIEST, LABELS, reason_of
from segxl.domain.loi import Loi
from segxl.domain.obligations import A_CONFIRMER
from segxl.domain.saisie import whole_months
from segxl.domain.textes import join_words
from segxl.lettres.champs import FAITS, SELON
from segxl.lettres.francais import le_jour

ANCIENNETE = "Ancienneté de la loi au plus (mois)"
MOIS_PAR_DEFAUT = 6
VENTES, ENCAISSEMENTS = "ereporting_transactions", "ereporting_paiements"
REPONSES: Mapping[str, Sequence[str]] = {
    "obligation_reception": ("reception",),
    "obligation_emission": ("emission",),
    "mentions_nouvelles": ("emission",),
    "obligation_ereporting": (VENTES, ENCAISSEMENTS),
    "ereporting_ventes": (VENTES,),
    "ereporting_encaissements": (ENCAISSEMENTS,),
    "rythme": ("rythme",),
    "premiere_periode": ("rythme",),
    "a_transmettre_avant": ("rythme",),
    "taille_legale": ("taille",),
}
"""Each field that tells an answer about the client, and where it is looked for; one known is enough."""
TO_FILL = "complétez ou corrigez ces colonnes, puis relancez « Courriers »"
TO_WAIT = "attendez que ce texte soit confirmé, ou écrivez à ce client de votre main"
UNSURE, END_OF_UNSURE = "le texte n’est pas sûr", ", à confirmer"
"""What a letter says of a law that is unsure, and how ``doutes`` ends its sentence about one."""
TO_UPDATE = (
    "mettez segxl à jour ; à défaut, vérifiez la loi vous-même, puis allongez "
    f"« {ANCIENNETE} » dans la feuille Paramètres"
)


class Reserve(NamedTuple):
    """Why a field may not be printed, and what to do about it, in French."""

    reason: str
    remedy: str


def find_unsure(loi: Loi, au: date) -> frozenset[str]:
    """Return the facts that are to be confirmed, today or in their last period."""
    held = {code: (loi[code], loi.at(code, au)) for code in loi}
    return frozenset(c for c, faits in held.items() if any(f and f.a_confirmer for f in faits))


def day_of_law(loi: Loi) -> date:
    """Return the day of the oldest source that a letter may rest on."""
    return loi.oldest({code for codes in (*FAITS.values(), *SELON.values()) for code in codes})


def age_reserve(loi: Loi, au: date, mois: float) -> Reserve | None:
    """Say that the law table is too old to be quoted, or None."""
    checked = day_of_law(loi)
    if not is_stale(checked, au, mois):
        return None
    told = f"l’état du droit livré avec segxl a été relevé {le_jour(checked)}, il y a plus de {whole_months(mois)} mois"
    return Reserve(told, TO_UPDATE)


def find_reserves(
    answer: Mapping[str, object], cited: Collection[str], unsure: frozenset[str], loi: Loi
) -> dict[str, Reserve]:
    """Find the fields that one client's letter may not print.

    Parameters
    ----------
    answer : Mapping
        One row of ``find_obligations``.
    cited : collection of str
        The facts behind it, see ``citations.cite_faits``.
    unsure : frozenset of str
        See :func:`find_unsure`.
    loi : Loi
        The facts of law.
    """
    found: dict[str, Reserve] = {}
    for name, faits in FAITS.items():
        shaky = unsure.intersection((*faits, *(c for c in SELON[name] if c in cited)))
        if shaky:
            fait = loi[min(shaky)]
            told = f"le courrier citerait un texte à confirmer : {fait.quote(fait.libelle)}"
            found[name] = Reserve(told, TO_WAIT)
        elif reserve := _open_answer(answer, REPONSES.get(name, ())):
            found[name] = reserve
    return found


def _open_answer(answer: Mapping[str, object], columns: Sequence[str]) -> Reserve | None:
    """Say which answer is « à confirmer » and why; None where one of them is a date or a word."""
    told = [answer[c] for c in columns]
    if A_CONFIRMER not in told or any(isinstance(t, date) for t in told):
        return None
    labels = [LABELS[c] for c in columns if answer[c] == A_CONFIRMER]
    reasons = [*dict.fromkeys(_reasons(answer["a_confirmer"], labels))]
    remedy = TO_FILL if any(UNSURE not in r for r in reasons) else TO_WAIT
    sentence = f"{join_words(labels)} à confirmer pour ce client : {' ; '.join(reasons)}"
    return Reserve(sentence, remedy)


def _reasons(sentences: object, labels: Sequence[str]) -> Iterator[str]:
    """Yield what keeps some answers open; failing that, what is unsure in all."""
    told = [str(s) for s in sentences] if isinstance(sentences, tuple) else []
    causes = [s for s in told if not reason_of(s).startswith(AT_THE_EARLIEST)]
    about = [s for s in causes if not {*labels}.isdisjoint(s.partition(" : ")[0].split(", "))]
    for reason in map(reason_of, about or causes):
        is_unsure = reason.endswith(END_OF_UNSURE)
        yield f"{UNSURE} ({reason.removesuffix(END_OF_UNSURE)})" if is_unsure else reason
