"""Who was counted in a workshop, and what divides people most, in French sentences."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from segxl.domain.atelier.accord import Accord
from segxl.domain.textes import join_words

COUNTED, DIVIDED = "Comptés : ", "Ce qui divise le plus : "


def tell_counted(accords: Sequence[Accord]) -> str:
    """Say, grid by grid, whose weights count, and whose do not and why."""
    return f"{' ; '.join(map(_counted_in, accords))}."


def tell_divided(accords: Sequence[Accord]) -> str:
    """Say, grid by grid, on which critères people differ most."""
    return f"{' ; '.join(map(_divided_in, accords))}."


def points(value: Fraction) -> str:
    """Write points as French print does, to a tenth.

    >>> points(Fraction(25, 2)), points(Fraction(30)), points(Fraction(1, 3))
    ('12,5', '30', '0,3')
    """
    return f"{float(value):.1f}".removesuffix(".0").replace(".", ",")


def _counted_in(accord: Accord) -> str:
    names, where = [_on_one_line(v.participant) for v in accord.avis], f"pour {accord.grille.nom}"
    left = ", ".join(f"{_on_one_line(name)} ({reason})" for name, reason in accord.ecartes)
    if not names:
        return f"personne {where}"
    return f"{len(names)} {where} ({join_words(names)})" + (f", sans {left}" if left else "")


def _on_one_line(header: str) -> str:
    """Return a title of column as a sentence takes it: Excel lets one run over several lines.

    >>> _on_one_line("Anne" + chr(10) + "(associée)")
    'Anne (associée)'
    """
    return " ".join(header.split())


def _divided_in(accord: Accord) -> str:
    where = f"pour {accord.grille.nom}"
    if len(accord.avis) <= 1:
        return f"{where}, il faut deux avis"
    told = [f"{name} (écart {points(gap)})" for name, gap in accord.most_divisive]
    return f"{where}, {join_words(told) if told else 'rien, tous sont d’accord'}"
