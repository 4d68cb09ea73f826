"""Who moved from one calculation to the next."""

from __future__ import annotations
