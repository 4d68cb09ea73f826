"""What needs a hand after some exports were read, by kind: each kind is one title of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from segxl.domain.anomalies import Anomalie

Constats = Mapping[str, tuple[Anomalie, ...]]


def only_filled(kinds: Sequence[tuple[str, Sequence[Anomalie]]]) -> Constats:
    """Return the kinds that have anomalies, those of one kind together."""
    found: dict[str, tuple[Anomalie, ...]] = {}
    for kind, anomalies in kinds:
        if anomalies:
            found[kind] = (*found.get(kind, ()), *anomalies)
    return found


def all_of(constats: Constats) -> tuple[Anomalie, ...]:
    """Return the anomalies of every kind, in the order of the kinds."""
    return tuple(chain.from_iterable(constats.values()))
