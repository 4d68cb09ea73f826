"""The client's journey with the firm, and what rubs along it."""

from __future__ import annotations
