"""Notes, colours, segments and letters for the clients of an accounting firm, in Excel."""

from __future__ import annotations

__version__ = "0.1.0"
