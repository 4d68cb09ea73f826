"""The workshop on weights: what each participant would give, and what they come to together."""

from __future__ import annotations
