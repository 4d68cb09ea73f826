"""How many clients are grouped, from what, and how clearly, in French sentences."""

from __future__ import annotations

from datetime import date

from segxl.domain.suggestion.groupes import Suggestion
from segxl.domain.textes import join_words

GROUPED, CLEAR = "Regroupés le ", "Netteté : "
_CLEAR, _FAIR = 0.5, 0.25


def tell_grouped(suggestion: Suggestion, au: date) -> str:
    """Say who is grouped, by which figures, and who is left out."""
    count = sum(len(g.dossiers) for g in suggestion.groupes)
    total = count + len(suggestion.laisses)
    if not count:
        return f"{au:%d/%m/%Y} : aucun client, car aucun chiffre n’est connu pour la moitié d’entre eux."
    groups = len(suggestion.groupes)
    told = (
        f"{au:%d/%m/%Y} : {count} client{_s(count)} sur {total}, en {groups} groupe{_s(groups)}, "
        f"d’après {join_words(suggestion.chiffres)}."
    )
    if suggestion.sans:
        told += f" Trop peu connus pour compter : {join_words(suggestion.sans)}."
    if suggestion.laisses:
        told += (
            f" Sans groupe : {len(suggestion.laisses)}, dont plus de la moitié des chiffres manque."
        )
    return told


def tell_clarity(suggestion: Suggestion) -> str:
    """Say how far apart the groups are."""
    value = suggestion.nettete
    if value is None:
        return "rien à séparer, tous les clients connus se ressemblent." if suggestion.groupes else "n.d."  # fmt: skip
    word = "forte, les groupes se distinguent bien" if value >= _CLEAR else "moyenne, des clients sont entre deux groupes" if value >= _FAIR else "faible, les groupes se touchent : à prendre avec prudence"  # fmt: skip
    return f"{value:.2f}".replace(".", ",") + f" sur 1, {word}."


def _s(count: int) -> str:
    return "s" if count > 1 else ""
