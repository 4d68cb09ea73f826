"""``python -m segxl`` is the command ``segxl``."""

from __future__ import annotations

from segxl.faces.cli import main

main()
