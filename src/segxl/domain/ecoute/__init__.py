"""What clients say matters to them, beside what they think of the firm."""

from __future__ import annotations
