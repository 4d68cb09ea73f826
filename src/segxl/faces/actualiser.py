"""The command that brings a workbook of an earlier version up to date."""

from __future__ import annotations

from segxl.faces.options import Classeur
from segxl.faces.terminal import console_of, working


def actualiser(classeur: Classeur) -> None:
    """Ajoute à un classeur ancien les colonnes de cette version."""
    from segxl.actions import actualiser as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces.annonces_actualisation import announce_actualisation  # noqa: PLC0415

    with working("Mise à jour…"):
        workbook = FileWorkbook(classeur)
        pris = action.run(workbook)
        copie = action.keep_previous(classeur) if pris.colonnes else None
        workbook.save()
    announce_actualisation(console_of(), pris, copie)
    if not pris.colonnes and not pris.refus:
        print("Ce classeur est à jour.")
