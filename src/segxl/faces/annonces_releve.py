"""Which statements were written and which were held, as French sentences."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape

from segxl.actions.releve import BilanReleve


def announce_releve(console: Console, bilan: BilanReleve, folder: object) -> None:
    """Tell what was written, where, and what was held."""
    for sentence in list_sentences(bilan, folder, len(bilan.retenues)):
        console.print(escape(sentence))


def list_sentences(bilan: BilanReleve, folder: object, shown: int) -> Iterator[str]:
    """Yield what to say in a terminal or a message box; the first ``shown`` that are held."""
    made, held = len(bilan.fichiers), len(bilan.retenues)
    if made:
        yield f"{made} relevé{_s(made)} du {bilan.du:%d/%m/%Y} au {bilan.au:%d/%m/%Y} dans {folder}, à relire. Rien n’est envoyé."
    if bilan.is_ancien:
        yield f"À vérifier d’abord : les factures et règlements lus s’arrêtent au {bilan.nouvelles:%d/%m/%Y}."
    if held:
        yield f"{held} relevé{_s(held)} retenu{_s(held)} :"
        yield from (f"  • {anomalie}" for anomalie in bilan.retenues[:shown])
        if held > shown:
            yield f"  … et {held - shown} autre{_s(held - shown)}."


def _s(count: int) -> str:
    return "s" if count > 1 else ""
