"""Ribbon, formulas, terminal: convert, call, announce."""

from __future__ import annotations
