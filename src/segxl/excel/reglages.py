"""Read what the actions need from the workbook, and say everything that is missing at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from segxl.domain.anomalies import Anomalie, require
from segxl.domain.dossiers import CLE
from segxl.domain.reglages import POLICY_HEADERS, Reglages, parse_reglages
from segxl.domain.tableau import Tableau
from segxl.excel.layout import (
    COORDONNEES,
    IDENTITE,
    MAIN,
    RELATION,
    REQUIRED_RESULTS,
    RESULTATS,
    SITUATION,
)
from segxl.excel.port import Workbook
from segxl.excel.refusals import missing_table


def read_portefeuille(workbook: Workbook) -> tuple[Tableau, Reglages, tuple[Anomalie, ...]]:
    """Return the table Clients, the firm's policy and the anomalies that let work go on.

    Raises
    ------
    SaisieError
        A table or a header is missing, or the grid or a rule is wrong; all are told.
    """
    require_tables(workbook, ["Clients", *POLICY_HEADERS])
    clients = workbook.read_table("Clients")
    return parse_portefeuille(clients, {name: workbook.read_table(name) for name in POLICY_HEADERS})


def parse_portefeuille(
    clients: Tableau, tables: Mapping[str, Tableau]
) -> tuple[Tableau, Reglages, tuple[Anomalie, ...]]:
    """Return what :func:`read_portefeuille` does, from tables that were read."""
    clients = spell_headers(clients)
    reglages, anomalies = parse_reglages(tables, clients)
    if reglages is None:
        require([*clients.find_missing([CLE]), *anomalies])
        raise AssertionError
    notes = [g.note_header for g in reglages.others]
    clients = clients.canonical([*(c.libelle for c in reglages.criteres), *notes])
    missing = clients.find_missing(required_headers(reglages))
    return clients, reglages, require([*missing, *anomalies])


def spell_headers(clients: Tableau) -> Tableau:
    """Return the table Clients, its headers of the contract spelt as the code does."""
    return clients.canonical([*IDENTITE, *RESULTATS, *MAIN, *SITUATION, *COORDONNEES, *RELATION])


def require_tables(workbook: Workbook, tables: Iterable[str]) -> None:
    """Raise one error that names all the tables a workbook lacks."""
    require([missing_table(workbook.name, t) for t in tables if not workbook.has_table(t)])


def required_headers(reglages: Reglages) -> list[str]:
    """Return the headers of Clients without which nothing can be scored."""
    notes = [g.note_header for g in reglages.others]
    answers = [c.libelle for c in reglages.criteres]
    return [CLE, "Assujetti TVA", "Segment imposé", "Motif", *answers, *REQUIRED_RESULTS, *notes]
