"""Groups of clients who look alike, found without anybody's rule: a suggestion, never a segment."""

from __future__ import annotations
