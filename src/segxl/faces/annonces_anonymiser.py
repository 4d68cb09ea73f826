"""What the anonymous workbook holds and what it keeps quiet, as French sentences."""

from __future__ import annotations

from collections.abc import Iterator

from segxl.actions.anonymiser import CONFIDENTIEL, BilanAnonyme


def list_sentences(bilan: BilanAnonyme) -> Iterator[str]:
    """Yield what to say, in a terminal or in Excel."""
    yield f"{bilan.clients} clients au {bilan.au:%d/%m/%Y}, sans nom, dans {bilan.fichier}."
    if bilan.absents:
        yield f"Clients partis ou à venir, laissés de côté : {bilan.absents}."
    hidden = ", ".join(f"{header} {count}" for header, count in bilan.tues.items() if count)
    if hidden:
        yield f"Cases tues, trop peu de clients les partagent : {hidden}."
    if bilan.masques:
        yield f"Segments ou couleurs remplacés par un numéro, leur nom désigne quelqu’un : {bilan.masques}."
    yield CONFIDENTIEL
    yield "Relisez ce fichier avant de le remettre : segxl n’envoie rien."
