"""The way out: letters and e-mail drafts, never sent."""

from __future__ import annotations
