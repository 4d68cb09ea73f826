"""Any two fields of the clients crossed: how many stand where, or what they bring."""

from __future__ import annotations
