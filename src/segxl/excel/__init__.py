"""The workbook: where the user types and where the results appear."""

from __future__ import annotations
