"""Ways in: the files that firms already hold."""

from __future__ import annotations
