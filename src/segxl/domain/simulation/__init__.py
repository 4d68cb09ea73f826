"""What would happen if: the portfolio before and after a scenario, which changes nothing in it."""

from __future__ import annotations
