"""One file per thing a user can ask for: read, decide, write."""

from __future__ import annotations
