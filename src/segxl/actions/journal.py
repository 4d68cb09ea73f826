"""« Journal » : put one exchange with a client on record, and list what is to follow up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.dossiers import CLE
from segxl.domain.identifiants import key_of
from segxl.domain.journal import complete_ligne, find_due
from segxl.domain.recherche import find_row
from segxl.domain.relation.demandes import check_reponse, choose_demande
from segxl.domain.relation.rappels import find_rappels
from segxl.domain.relation.reactivite import is_waiting
from segxl.domain.saisie import is_error, parse_column
from segxl.domain.textes import fold
from segxl.excel.journal import read_delai, read_journal, record_echange, record_reponse
from segxl.excel.port import Workbook
from segxl.excel.reclamations import read_registre
from segxl.excel.reglages import require_tables

NOM, SUIVI = "Raison sociale", "Collaborateur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Echange:
    """What the user says of one exchange; blank where they say nothing."""

    dossier: str
    """The number of the client, or its raison sociale."""
    objet: str
    canal: str = ""
    type: str = ""
    qui: str = ""
    """Who spoke for the firm; by default the collaborateur of the client."""
    le: date | None = None
    """Today where absent."""
    suite: str = ""
    suite_le: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanJournal:
    """The row that was written, by header, and the name of its client."""

    ligne: dict[str, object]
    raison_sociale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanReponse:
    """The request that was answered; ``jours`` is None where nobody knows when it was made."""

    dossier: str
    raison_sociale: str
    objet: str
    le: date
    jours: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanSuites:
    """What is to follow up on one day."""

    classeur: str
    au: date
    suites: pd.DataFrame
    """Rows of the journal, the oldest first, with the ``Raison sociale`` of the client.

    The calls promised by the answers to complaints are among them."""
    rappels: int = 0
    """How many of them are such calls, which no row of the journal holds."""


def run(workbook: Workbook, echange: Echange, today: date) -> BilanJournal:
    """Add one exchange to the table Journal.

    Raises
    ------
    SaisieError
        No client answers to that name, a word or a day is wrong, or the table is somebody else's;
        nothing was written.
    """
    clients = _read_clients(workbook)
    client = clients.loc[find_row(clients, echange.dossier, "les clients")]
    told = {
        "Date": echange.le,
        "Dossier": client[CLE],
        "Qui": echange.qui or client[SUIVI],
        "Canal": echange.canal,
        "Type": echange.type,
        "Objet": echange.objet,
        "Suite": echange.suite,
        "Suite le": echange.suite_le,
    }
    ligne = complete_ligne(told, today, read_delai(workbook))
    record_echange(workbook, ligne)
    return BilanJournal(ligne=ligne, raison_sociale=str(client[NOM] or ""))


def answer(workbook: Workbook, dossier: str, objet: str, le: date, today: date) -> BilanReponse:
    """Write the day when a client answered what the firm had asked.

    Parameters
    ----------
    workbook : Workbook
        Its Journal holds the request, a row of the type « Demande ».
    dossier : str
        The number of the client, or its raison sociale.
    objet : str
        The subject of the request; blank where the client has only one that waits.
    le : date
        The day of the answer.

    Raises
    ------
    SaisieError
        No such client, no such request, several of them, or a day that cannot be; nothing was
        written.
    """
    clients = _read_clients(workbook)
    client = clients.loc[find_row(clients, dossier, "les clients")]
    journal = read_journal(workbook)
    mine = journal[[fold(d) == fold(client[CLE]) for d in journal[CLE]]]
    lines = {int(str(row)): line for row, line in mine.to_dict("index").items()}
    waiting = {row: line for row, line in lines.items() if is_waiting(line, today)}
    row = choose_demande(waiting, str(client[CLE]), objet)
    asked = check_reponse(waiting[row]["Date"], le, today)
    record_reponse(workbook, row, le)
    return BilanReponse(
        dossier=str(client[CLE]),
        raison_sociale=str(client[NOM] or ""),
        objet=str(waiting[row]["Objet"] or ""),
        le=le,
        jours=None if asked is None else (le - asked).days,
    )


def list_suites(workbook: Workbook, au: date) -> BilanSuites:
    """List the follow-ups that are due and not closed; nothing is written.

    Raises
    ------
    SaisieError
        The workbook has no table Clients, its table Journal or Reclamations is somebody else's, or
        the delay of a follow-up is no number of days.
    """
    clients = _read_clients(workbook)
    cles = [fold(key) for key in clients[CLE]]
    names, owners = (dict(zip(cles, clients[h], strict=True)) for h in (NOM, SUIVI))
    journal, (registre, _) = read_journal(workbook), read_registre(workbook, au)
    rappels = find_rappels(registre, journal, au, read_delai(workbook))
    calls = rappels.assign(Qui=[str(owners.get(fold(d)) or "") for d in rappels[CLE]])
    due = find_due(journal, au)
    every = pd.concat([due, calls.reindex(columns=due.columns)], ignore_index=True)
    ordered = every.sort_values("Suite le", kind="stable").astype(object)
    told = ordered.where(ordered.notna(), None)
    named = told.assign(**{NOM: [names.get(fold(d)) or "" for d in told[CLE]]})
    return BilanSuites(classeur=workbook.name, au=au, suites=named, rappels=len(calls))


def _read_clients(workbook: Workbook) -> pd.DataFrame:
    """Return the number, the name and the collaborateur of each client; None where blank."""
    require_tables(workbook, ["Clients"])
    lignes = workbook.read_table("Clients").canonical([CLE, NOM, SUIVI]).lignes
    cells = lignes.reindex(columns=[CLE, NOM, SUIVI])
    readable = cells.mask(cells.map(is_error), None)
    texts = readable.apply(parse_column, parse=key_of).astype(object)
    return texts[texts[CLE].notna()].where(texts.notna(), None)
