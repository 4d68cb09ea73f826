"""« Désinstaller » : take away what « installer » put, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from segxl.excel.installation.conf import without_settings
from segxl.excel.installation.machine import Machine, this_machine
from segxl.excel.installation.obstacles import require_excel
from segxl.excel.installation.placing import Piece, place, read_own, remove

_COMMAND = "desinstaller"


def run(machine: Machine | None = None) -> tuple[str, ...]:
    """Remove the add-in, then its settings; tell what was done.

    Returns
    -------
    tuple of str
        One sentence for each thing removed or kept. The user's own lines of ``segxl.conf`` stay.

    Raises
    ------
    SaisieError
        Excel does not exist here, or holds the add-in open: nothing was removed.
    """
    machine = machine or this_machine()
    require_excel(machine)
    conf = read_own(machine.conf, machine, _COMMAND)
    removed = (*_remove_complement(machine), *_remove_settings(machine, conf))
    kept = tuple(_tell_kept(machine))
    if not removed:
        return ("Rien à retirer : segxl n’est pas installé dans Excel.", *kept)
    return (*removed, *kept, "Excel s’ouvrira sans l’onglet « Segmentation ».")


def _remove_complement(machine: Machine) -> Iterator[str]:
    if remove(machine.complement, machine, _COMMAND):
        yield f"Complément retiré : {machine.complement}"


def _remove_settings(machine: Machine, conf: bytes) -> Iterator[str]:
    own = without_settings(conf, machine)
    if own == conf:
        return
    if own.strip():
        place(Piece("Réglage", machine.conf, own), machine.conf.parent, machine, _COMMAND)
        yield f"Réglage retiré de {machine.conf} ; vos propres lignes y restent"
        return
    remove(machine.conf, machine, _COMMAND)
    yield f"Réglage retiré : {machine.conf}"
    if machine.is_windows and _remove_folder(machine.conf.parent):
        yield f"Dossier retiré : {machine.conf.parent}"


def _remove_folder(folder: Path) -> bool:
    """Remove the folder that held the settings, unless something else lies there."""
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


def _tell_kept(machine: Machine) -> Iterator[str]:
    if not machine.is_windows and machine.script.exists():
        yield f"Script d’xlwings laissé en place, d’autres compléments peuvent s’en servir : {machine.script}"
