"""The add-in on a person's machine: places, configuration, what cannot work."""

from __future__ import annotations
