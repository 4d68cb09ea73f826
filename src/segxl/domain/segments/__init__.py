"""What each segment and each class yields, what the firm offers it, and what to watch."""

from __future__ import annotations
