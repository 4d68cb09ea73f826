"""A firm's own workbook made ready for segxl: its list, our columns, our sheets."""

from __future__ import annotations
