"""Where each answer comes from: who gave it, when, and what that changes."""

from __future__ import annotations
