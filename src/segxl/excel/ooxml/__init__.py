"""The parts of a workbook file, read and changed in place."""

from __future__ import annotations
