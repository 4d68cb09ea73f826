"""Professional secrecy, line by line: which row of the workbook names another client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from segxl.domain.anomalies import Anomalie
from segxl.domain.tableau import Tableau
from segxl.domain.traces import PLAIN_WORDS
from segxl.lettres.dossier import text_of
from segxl.lettres.secret import AutresClients
from segxl.lettres.trajectoire import Preuve

TOLD = {
    "Clients": ("Plateforme",),
    "Journal": ("Objet", "Suite", "Qui", "Canal", "Type"),
    "Plan": ("Étape", "Responsable"),
    "Courriers": ("Fichier", "Empreinte"),
}
"""The columns of each table whose words a line of evidence repeats."""
OWN = ("Raison sociale", "Collaborateur")
"""What else a file says of its client in the firm's own words."""
REMEDY = "retirez ce nom, puis relancez"


def names_of(clients: Sequence[Mapping[str, object]], cabinet: Mapping[str, str]) -> AutresClients:
    """Index the names of all clients, but for the words that any file may hold."""
    return AutresClients.of(clients, [*PLAIN_WORDS, *cabinet.values()])


def find_leaks(
    autres: AutresClients,
    tables: Mapping[str, Tableau],
    row: int,
    preuves: Sequence[Preuve],
) -> Iterator[Anomalie]:
    """Find what holds the file of one client back, each with its cell.

    Parameters
    ----------
    autres : AutresClients
        See :func:`names_of`.
    tables : mapping of str to Tableau
        Where the lines come from.
    row : int
        The client's row in Clients.
    preuves : sequence of Preuve
        The client's lines.
    """
    clients = tables["Clients"]
    dossier = text_of(clients.lignes.at[row, "Dossier"])
    for header in OWN:
        if header in clients.lignes:
            told = text_of(clients.lignes.at[row, header])
            for reason in autres.found_in(told, dossier):
                yield _held(clients, header, row, reason)
    for preuve in preuves:
        for reason in autres.found_in(preuve.fact, dossier):
            tableau = tables[preuve.table]
            header = _header_of(autres, tableau, preuve, reason)
            yield _held(tableau, header, preuve.row, reason)


def _header_of(autres: AutresClients, tableau: Tableau, preuve: Preuve, reason: str) -> str:
    """Return the column that holds the name; the first one where it straddles two."""
    told = [h for h in TOLD[preuve.table] if h in tableau.lignes]
    for header in told:
        cell = text_of(tableau.lignes.at[preuve.row, header])
        if reason in autres.found_in(cell, preuve.dossier):
            return header
    return told[0] if told else "Dossier"


def _held(tableau: Tableau, header: str, row: int, reason: str) -> Anomalie:
    problem = reason.replace("dans la lettre", "dans son dossier de trajectoire")
    return tableau.anomalie(header, row, f"dossier retenu : {problem}", REMEDY)
