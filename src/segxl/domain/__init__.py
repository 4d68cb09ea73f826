"""Frozen values and pure functions: no I/O, no clock, no Excel, no global."""

from __future__ import annotations
