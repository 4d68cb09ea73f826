"""Excel itself, reached through COM: blocks, drafts of changes, colours, what it refuses."""

from __future__ import annotations
