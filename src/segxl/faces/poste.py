"""The commands about this machine rather than a workbook: the tab in Excel, what works here."""

from __future__ import annotations

from pathlib import Path

import typer


def installer() -> None:
    """Ajoute l’onglet « Segmentation » à Excel."""
    from segxl.actions import installer as action  # noqa: PLC0415  paid by the commands that need it

    print("\n".join(action.run()))


def desinstaller() -> None:
    """Retire l’onglet « Segmentation » d’Excel."""
    from segxl.actions import desinstaller as action  # noqa: PLC0415

    print("\n".join(action.run()))


def diagnostic() -> None:
    """Vérifie l’installation sur cette machine."""
    from segxl.actions import diagnostic as action  # noqa: PLC0415

    constats = action.run(Path())
    for constat in constats:
        mark, remede = (
            ("OK ", "") if constat.is_right else ("À voir ", f". Remède : {constat.remede}")
        )
        print(f"{mark} {constat.sujet} : {constat.trouve}{remede}")
    raise typer.Exit(code=0 if all(c.is_right for c in constats) else 1)
