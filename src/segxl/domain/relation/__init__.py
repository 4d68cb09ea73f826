"""How the relation with each client stands: satisfaction, loyalty, risk, complaints, reminders."""

from __future__ import annotations
