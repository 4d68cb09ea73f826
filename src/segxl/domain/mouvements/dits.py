"""What moved, in words: one client, and how many of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from segxl.domain.mouvements import suites as m
from segxl.domain.mouvements.suites import Mouvement, differ, note_gap


def tell_change(move: Mouvement) -> str:
    """Say what changed, and since when.

    >>> from datetime import date
    >>> from segxl.domain.mouvements.suites import Etat
    >>> bas, haut = Etat(note=4.0, couleur="Rouge", classe="C"), Etat(note=12.5, couleur="Vert", classe="C")
    >>> day = date(2026, 11, 22)
    >>> tell_change(Mouvement(jour=day, depuis=date(2025, 11, 1), dossier="D1", avant=bas, apres=haut))
    '4,0 → 12,5 · Rouge → Vert (depuis le 01/11/2025)'
    >>> tell_change(Mouvement(jour=day, depuis=None, dossier="D1", avant=haut, apres=haut))
    ''
    """
    before, after = move.avant or move.apres, move.apres
    notes = [f"{x:.1f}".replace(".", ",") for x in (before.note, after.note) if x is not None]
    changed = [" → ".join(notes)] if note_gap(before, after) else []
    words = ((before.couleur, after.couleur), (before.segment, after.segment), (before.classe, after.classe))  # fmt: skip
    changed += [f"{x} → {y}" for x, y in words if differ(x, y)]
    since = f" (depuis le {move.depuis:%d/%m/%Y})" if move.depuis else ""
    return " · ".join(changed) + since if changed else ""


def count_moves(moves: Iterable[Mouvement], couleurs: Sequence[str]) -> dict[str, int]:
    """Count the clients of each word, in the order of the words; those of none are left out."""
    told = [move.sens(couleurs) for move in moves]
    return {word: told.count(word) for word in m.SENS if word in told}


def tell_counts(counts: Mapping[str, int], presents: int | None = None) -> str:
    """Say how many clients rose, fell, changed, came and went; of ``presents``, how many kept their colour.

    >>> tell_counts({m.MONTE: 12, m.DESCEND: 1, m.ARRIVE: 2, m.PART: 1}, 300)
    '12 montent de couleur, 1 descend de couleur, 2 arrivent, 1 part ; 285 gardent leur couleur'
    >>> tell_counts({})
    'personne n’a bougé'
    """
    told = [f"{n} {_PHRASES[word][n > 1]}" for word, n in counts.items()]
    moved = ", ".join(told) or "personne n’a bougé"
    if presents is None:
        return moved
    same = presents - sum(counts.get(word, 0) for word in (m.MONTE, m.DESCEND, m.COULEUR, m.ARRIVE))
    return (
        f"{moved} ; {same} garde{'nt' if same > 1 else ''} {'leur' if same > 1 else 'sa'} couleur"
    )


_PHRASES = {
    m.MONTE: ("monte de couleur", "montent de couleur"),
    m.DESCEND: ("descend de couleur", "descendent de couleur"),
    m.COULEUR: ("change de couleur", "changent de couleur"),
    m.SEGMENT: ("change de segment", "changent de segment"),
    m.CLASSE: ("change de classe", "changent de classe"),
    m.PROGRESSE: ("progresse sans changer de couleur", "progressent sans changer de couleur"),
    m.RECULE: ("recule sans changer de couleur", "reculent sans changer de couleur"),
    m.ARRIVE: ("arrive", "arrivent"),
    m.PART: ("part", "partent"),
    m.REVIENT: ("revient", "reviennent"),
}


def in_order(
    moves: Iterable[Mouvement], couleurs: Sequence[str]
) -> Iterator[tuple[str, Mouvement]]:
    """Yield the word of each move and the move: latest month first, then by word, then by number."""
    told = [(move.sens(couleurs), move) for move in moves]
    yield from sorted(told, key=lambda x: (-x[1].jour.toordinal(), m.SENS.index(x[0]) if x[0] else len(m.SENS), x[1].dossier))  # fmt: skip
