"""The fees of a firm: whose invoice each is, what each client brings."""

from __future__ import annotations
