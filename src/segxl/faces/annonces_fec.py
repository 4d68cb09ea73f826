"""What the entries of clients brought, as French sentences."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape

from segxl.actions.fec import BilanFec
from segxl.faces.annonces import SIMULATED
from segxl.lettres.francais import nombre

SHOWN = 10


def announce_fec(console: Console, bilan: BilanFec) -> None:
    """Tell which files were read, what Clients takes, and what to look at."""
    for line in list_sentences(bilan):
        console.print(escape(line))
    if bilan.simulation:
        console.print(SIMULATED)


def list_sentences(bilan: BilanFec, shown: int = SHOWN) -> Iterator[str]:
    """Yield what was done, line by line, for a terminal or a message box."""
    clients = len({row for r in bilan.rattaches for row in r.rows})
    read = _count(len(bilan.lus.fichiers), "fichier lu", "fichiers lus")
    known = _count(clients, "client reconnu", "clients reconnus")
    where = " Les faits sont dans la feuille Faits." if clients and not bilan.simulation else ""
    yield f"{read}, {known} dans {bilan.classeur}.{where}"
    yield from _listed(
        f"{_count(len(bilan.repris), 'réponse remplie', 'réponses remplies')} :",
        [f"{dossier}, {header} : {nombre(value)}" for dossier, header, value in bilan.repris],
        shown,
    )
    yield from sentences_of_ecarts(bilan, shown)
    warned = [(f.fichier, text) for f in bilan.lus.fichiers for text in f.avertissements]
    yield from _listed("À savoir :", [f"{name} : {text}" for name, text in warned], shown)


def sentences_of_ecarts(bilan: BilanFec, shown: int = SHOWN) -> Iterator[str]:
    """Yield the answers that say another thing than the entries."""
    yield from _listed(
        f"{_count(len(bilan.ecarts), 'écart', 'écarts')} avec ce qui est saisi, rien n’a été remplacé :",
        [
            f"{dossier}, {p.header} : saisi {nombre(p.saisi)}, mesuré {nombre(p.mesure)}"
            for dossier, p in bilan.ecarts
        ],
        shown,
    )


def _listed(title: str, lines: list[str], shown: int) -> Iterator[str]:
    """Yield a title and the first lines under it; nothing where there is none."""
    if not lines:
        return
    yield title
    yield from (f"  • {line}" for line in lines[:shown])
    if len(lines) > shown:
        yield f"  … et {len(lines) - shown} de plus."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {many if number > 1 else one}"
