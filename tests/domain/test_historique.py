from __future__ import annotations

from segxl.domain import historique as h


def test_only_measures_known_on_both_days_are_compared() -> None:
    # Given a portfolio cut by thirty clients, whose retention nobody knew before
    before = {h.CLIENTS: 300.0, h.MARGE: 90_000.0, h.TAUX: 0.41, h.RETENTION: None}
    after = {h.CLIENTS: 270.0, h.MARGE: 99_000.0, h.TAUX: 0.53, h.RETENTION: 0.92}

    effects = h.find_effects(before, after)

    assert effects == {
        h.CLIENTS: (300.0, 270.0),
        h.MARGE: (90_000.0, 99_000.0),
        h.TAUX: (0.41, 0.53),
    }
