"""What the entries of a client say of the client: figures, each with how sure it is and why."""

from __future__ import annotations
