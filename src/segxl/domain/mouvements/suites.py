"""Who moved: each client whose note, colour, segment or class changed, from what to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from segxl.domain.relation.attrition import months_ago
from segxl.domain.textes import fold

MONTE, DESCEND, COULEUR = "▲ Monte", "▼ Descend", "Change de couleur"
SEGMENT, CLASSE = "Change de segment", "Change de classe"
PROGRESSE, RECULE = "Progresse", "Recule"
ARRIVE, PART, REVIENT = "Nouveau", "Parti", "De retour"
SENS = (MONTE, DESCEND, COULEUR, SEGMENT, CLASSE, PROGRESSE, RECULE, ARRIVE, PART, REVIENT)
"""What may become of a client; the first word that is true is told."""
PRESENCES = (ARRIVE, PART, REVIENT)
MOIS_GARDES = (24, 12, 6, 3, 1)
"""Older months are told as one: what a client was at first, and what it was at their end. The
longest of these that keeps the lines below ``LIGNES_GARDEES``, else the shortest."""
LIGNES_GARDEES = 20_000
_LEAST_NOTE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Etat:
    """What was found of a client on a day; "" and None where unknown."""

    note: float | None = None
    couleur: str = ""
    segment: str = ""
    classe: str = ""

    def is_as(self, other: Etat) -> bool:
        """Tell whether nothing known of both differs."""
        return not (
            differ(self.couleur, other.couleur)
            or differ(self.segment, other.segment)
            or differ(self.classe, other.classe)
            or note_gap(self, other)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """One client at two calculations: what was found, and whether it had left.

    ``avant`` is None where nobody had noted it; ``depuis`` is the day of the first of the two.
    """

    dossier: str
    nom: str
    depuis: date | None
    avant: Etat | None
    apres: Etat
    etait_parti: bool = False
    est_parti: bool = False

    @property
    def presence(self) -> str | None:
        """Say whether the client came, left or came back; None for one that is not to be told."""
        if self.est_parti:
            return None if self.etait_parti or self.avant is None else PART
        if self.avant is None:
            return ARRIVE
        return REVIENT if self.etait_parti else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mouvement:
    """One client that moved, between the calculation of ``depuis`` and that of ``jour``.

    ``avant`` is None for one that the portfolio did not have, or that nobody had noted.
    ``presence`` is one of ``PRESENCES``, "" for a client that was there and still is.
    """

    jour: date
    depuis: date | None
    dossier: str
    nom: str = ""
    avant: Etat | None
    apres: Etat
    presence: str = ""

    def sens(self, couleurs: Sequence[str]) -> str:
        """Say in one word what happened; "" where nothing did. ``couleurs`` go from the lowest up."""
        return self.presence or _sens_of(_start_of(self), self.apres, couleurs)


def find_moves(suites: Iterable[Suite], jour: date) -> Iterator[Mouvement]:
    """Yield the clients that came, left, or are not as they were."""
    for x in suites:
        presence = x.presence
        if presence or (presence == "" and not (x.avant or x.apres).is_as(x.apres)):
            yield Mouvement(jour=jour, depuis=x.depuis, dossier=x.dossier, nom=x.nom, avant=x.avant, apres=x.apres, presence=presence)  # fmt: skip


def add_moves(known: Iterable[Mouvement], new: Iterable[Mouvement]) -> list[Mouvement]:
    """Put the moves of a calculation with those on record: one a client and a month, latest first.

    A client that comes back within a month to what it was when the month began has not moved.

    Examples
    --------
    >>> bas, haut = Etat(note=4.0, couleur="Rouge"), Etat(note=12.0, couleur="Vert clair")
    >>> monte = Mouvement(jour=date(2026, 11, 5), depuis=date(2026, 10, 1), dossier="D1", avant=bas, apres=haut)
    >>> retombe = Mouvement(jour=date(2026, 11, 22), depuis=date(2026, 11, 5), dossier="D1", avant=haut, apres=bas)
    >>> [m.jour for m in add_moves([], [monte])], add_moves([monte], [retombe])
    ([datetime.date(2026, 11, 5)], [])
    """
    kept = {(fold(m.dossier), m.jour.year, m.jour.month): m for m in known}
    for move in new:
        key = fold(move.dossier), move.jour.year, move.jour.month
        joined = _joined(kept.pop(key, None), move)
        if joined:
            kept[key] = joined
    return sorted(kept.values(), key=lambda m: m.jour, reverse=True)


def fold_old_months(
    moves: Iterable[Mouvement], au: date, most: int = LIGNES_GARDEES
) -> list[Mouvement]:
    """Tell in one line a client what became of it before the months that are kept.

    Few months are kept where many clients move each month: ``most`` lines, else one month.
    """
    every = [*moves]
    folded = (_fold(every, months_ago(au, months)) for months in MOIS_GARDES)
    kept = every
    for kept in folded:
        if len(kept) <= most:
            break
    return kept


def _fold(moves: Sequence[Mouvement], limit: date) -> list[Mouvement]:
    recent = [m for m in moves if m.jour >= limit]
    old = _spans(m for m in moves if m.jour < limit)
    told = [_span_of(lines) for lines in old.values()]
    return [*recent, *(m for m in told if m.presence or not _start_of(m).is_as(m.apres))]


def since_first(moves: Iterable[Mouvement]) -> dict[str, Mouvement]:
    """Return what became of each client since it is on record: folded number → one move.

    One that arrived meanwhile is compared with what was found of it first.
    """
    spans = {key: (lines, _span_of(lines)) for key, lines in _spans(moves).items()}
    return {key: replace(m, avant=_start_of(lines[-1])) for key, (lines, m) in spans.items()}


def _spans(moves: Iterable[Mouvement]) -> dict[str, list[Mouvement]]:
    """Return the moves of each client, latest first."""
    found = defaultdict[str, list[Mouvement]](list)
    for move in sorted(moves, key=lambda m: m.jour, reverse=True):
        found[fold(move.dossier)].append(move)
    return found


def _span_of(lines: Sequence[Mouvement]) -> Mouvement:
    """Return one move from the first to the last of a client's."""
    last, first = lines[0], lines[-1]
    arrived = ARRIVE if first.avant is None else ""
    return replace(last, depuis=first.depuis, avant=first.avant, presence=last.presence or arrived)


def _start_of(move: Mouvement) -> Etat:
    return move.avant or move.apres


def _joined(old: Mouvement | None, new: Mouvement) -> Mouvement | None:
    """Return one move for two of the same month; None where they undo each other."""
    if old is None:
        return new
    if old.presence == REVIENT and new.presence == PART:
        return None
    presence = "" if new.presence == REVIENT else new.presence or old.presence
    avant = _start_of(old) if presence != ARRIVE else None
    joined = replace(new, depuis=old.depuis, avant=avant, presence=presence)
    return joined if presence or not _start_of(joined).is_as(new.apres) else None


def _sens_of(before: Etat, after: Etat, couleurs: Sequence[str]) -> str:
    ranks = {fold(nom): rank for rank, nom in enumerate(couleurs)}
    steps = [ranks.get(fold(x.couleur)) for x in (before, after)]
    if differ(before.couleur, after.couleur):
        if steps[0] is None or steps[1] is None:
            return COULEUR
        return MONTE if steps[0] < steps[1] else DESCEND
    if differ(before.segment, after.segment):
        return SEGMENT
    if gap := note_gap(before, after):
        return PROGRESSE if gap > 0 else RECULE
    return CLASSE if differ(before.classe, after.classe) else ""


def differ(before: str, after: str) -> bool:
    """Tell whether two words differ; an unknown one tells of no change."""
    return bool(before and after) and fold(before) != fold(after)


def note_gap(before: Etat, after: Etat) -> float:
    """Return how much a note moved, 0 where one is unknown or where it does not show."""
    if before.note is None or after.note is None:
        return 0.0
    gap = after.note - before.note
    return gap if abs(gap) > _LEAST_NOTE else 0.0
