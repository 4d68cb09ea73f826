"""« Installer » : put the tab « Segmentation » in this person's Excel, without an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from segxl.domain.anomalies import file_error, require
from segxl.excel.installation.conf import write_settings
from segxl.excel.installation.machine import COMPLEMENT, CONF, Machine, this_machine
from segxl.excel.installation.obstacles import find_obstacles, require_excel
from segxl.excel.installation.placing import Piece, place, read_file, read_own
from segxl.shipped import shipped_path

_COMMAND = "installer"
_NEXT_STEP = "Ouvrez Excel : l’onglet « Segmentation » est là."


def run(machine: Machine | None = None, complement: Path | None = None) -> tuple[str, ...]:
    """Copy the add-in into Excel's startup folder, say which Python it starts; tell what was done.

    Parameters
    ----------
    machine : Machine, optional
        Where to install; by default, here.
    complement : Path, optional
        The add-in; by default, the one that ships with segxl.

    Returns
    -------
    tuple of str
        One sentence for each file, and the next step. A second run changes nothing.

    Raises
    ------
    SaisieError
        Excel does not exist here, could not start this Python, holds the add-in open, or a folder
        refuses.
    """
    machine = machine or this_machine()
    require_excel(machine)
    require(find_obstacles(machine))
    pieces = tuple(_pieces_of(machine, complement or shipped_path(f"workbook/{COMPLEMENT}")))
    stood = all(piece.is_in_place for piece in pieces)
    told = tuple(_install(piece, machine) for piece in pieces)
    # An Excel that is open takes the add-in when it next starts.
    before = "Rien n’a changé." if stood else "Si Excel est ouvert, fermez-le."
    return (*told, f"{before} {_NEXT_STEP}")


def _pieces_of(machine: Machine, complement: Path) -> Iterator[Piece]:
    """Yield what is to stand where; the add-in is the first, since Excel may hold it open."""
    yield Piece("Complément", machine.complement, _read_shipped(complement))
    if not machine.is_windows:
        yield Piece("Script d’xlwings", machine.script, _read_shipped(machine.shipped_script))
    yield Piece("Réglage", machine.conf, write_settings(_read_conf(machine), machine))


def _install(piece: Piece, machine: Machine) -> str:
    if piece.is_in_place:
        return f"{piece.name} déjà en place : {piece.path}"
    # Excel opens all that it finds in its startup folder: a draft has no place there.
    folder = piece.path.parent
    draft_folder = folder.parent if piece.path == machine.complement else folder
    place(piece, draft_folder, machine, _COMMAND)
    return f"{piece.name} mis en place : {piece.path}"


def _read_shipped(path: Path) -> bytes:
    content = read_file(path)
    if content is None:
        raise file_error(path.name, "", "ce fichier manque à segxl", "réinstallez segxl")
    return content


def _read_conf(machine: Machine) -> bytes:
    """Read what the user wrote there by hand, in a form where lines can be told apart."""
    content = read_own(machine.conf, machine, _COMMAND)
    if b"\0" in content:
        raise file_error(
            CONF,
            "",
            f"{machine.conf} n’est pas du texte simple",
            "supprimez-le, ou enregistrez-le en ANSI dans le Bloc-notes, puis relancez « segxl installer »",
        )
    return content
