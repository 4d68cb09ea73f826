"""The questionnaire to fill: one for the firm, which names several clients, or one to send to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from segxl.actions.attentes import asked_by_letter
from segxl.domain.anomalies import file_error
from segxl.domain.enquete import JOURS_ENTRE, find_asked, latest_of
from segxl.domain.evenements import EVENEMENTS, JOURS, Evenement, find_evenements
from segxl.domain.grille import ENJEU, Critere
from segxl.domain.interroges import choose_clients, find_handed
from segxl.domain.journal import REMIS
from segxl.domain.relation.registre import find_open
from segxl.domain.textes import fold
from segxl.excel.departs import find_departs
from segxl.excel.enquete import read_enquete
from segxl.excel.journal import read_journal, record_echanges
from segxl.excel.ooxml.archive import announcing_refusals
from segxl.excel.port import Workbook
from segxl.excel.questionnaire import SUFFIX, write_questionnaire
from segxl.excel.reclamations import read_registre
from segxl.excel.reglages import read_portefeuille
from segxl.lettres.noms import file_name, unique_names

Client = tuple[str, str]
"""A number and a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """Whom to ask: some clients by number or name, or all who have not left where there is none."""

    au: date
    """The day of the survey: who was asked, or answered, less than sixty days before is left out."""
    dossiers: tuple[str, ...] = ()
    apres_evenement: bool = False
    """Only those with whom something happened lately, and who wait for no answer to a complaint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanQuestionnaire:
    """The questionnaire that was written.

    ``ecartes`` names who was asked, or answered, too recently; ``partis`` counts the clients who
    are gone, whom nobody asks unless they are named. Where only those with a recent event are
    asked, ``evenements`` says which for each, and ``reclamations`` names who is left in peace.
    """

    fichier: Path
    clients: int
    questions: int
    ecartes: tuple[str, ...]
    partis: int
    simulation: bool
    evenements: tuple[str, ...] = ()
    reclamations: tuple[str, ...] = ()
    inscrits: int = 0
    """The lines « Questionnaire remis » that the Journal takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanEnvois:
    """The questionnaires that were written, one a client; ``deja`` counts those of the day already there."""

    dossier: Path
    fichiers: tuple[Path, ...]
    deja: int
    ecartes: tuple[str, ...]
    partis: int
    evenements: tuple[str, ...]
    reclamations: tuple[str, ...]
    inscrits: int
    """The lines « Questionnaire remis » that the Journal takes."""
    simulation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choix:
    """Whom to ask, and what."""

    clients: tuple[Client, ...]
    questions: tuple[Critere, ...]
    ecartes: tuple[str, ...]
    partis: int
    evenements: tuple[str, ...]
    reclamations: tuple[str, ...]


def run(
    workbook: Workbook, path: Path, demande: Demande, *, simulation: bool = False
) -> BilanQuestionnaire:
    """Write a questionnaire of the grid for the clients who may be asked.

    One for a single client may be sent to it: the Journal keeps that it was handed out. One that
    names several stays in the firm.

    Parameters
    ----------
    workbook : Workbook
        The clients.
    path : Path
        The file to make.
    demande : Demande
        Whom to ask, on which day.
    simulation : bool, optional
        Write nothing.

    Raises
    ------
    SaisieError
        The workbook cannot be used, nobody answers to a name, nobody is left to ask, or the file
        cannot be written.
    """
    choix = _choose(workbook, demande)
    handed = [(choix.clients[0], path.name)] if len(choix.clients) == 1 else []
    remises = _remises(workbook, handed, demande.au)
    if not simulation:
        _record(workbook, remises)
        write_questionnaire(path, choix.clients, choix.questions, demande.au)
    return BilanQuestionnaire(
        fichier=path,
        clients=len(choix.clients),
        questions=len(choix.questions),
        ecartes=choix.ecartes,
        partis=choix.partis,
        simulation=simulation,
        evenements=choix.evenements,
        reclamations=choix.reclamations,
        inscrits=len(remises),
    )


def run_each(
    workbook: Workbook, folder: Path, demande: Demande, *, simulation: bool = False
) -> BilanEnvois:
    """Write one questionnaire a client, which may be sent to it; one of the day is never written over.

    The Journal keeps to whom one was handed out, once a day. See :func:`run`.

    Raises
    ------
    SaisieError
        The workbook cannot be used, nobody is left to ask, or the folder cannot be written.
    """
    choix = _choose(workbook, demande)
    what = f"questionnaire du {demande.au:%d-%m-%Y}"
    names = unique_names(file_name(*client, what, SUFFIX) for client in choix.clients)
    pairs = [*zip(choix.clients, names, strict=True)]
    new = [(client, folder / name) for client, name in pairs if not (folder / name).exists()]
    remises = _remises(workbook, pairs, demande.au)
    if not simulation:
        _record(workbook, remises)
        with announcing_refusals(folder):
            folder.mkdir(parents=True, exist_ok=True)
        for client, path in new:
            write_questionnaire(path, [client], choix.questions, demande.au)
    return BilanEnvois(
        dossier=folder,
        fichiers=tuple(path for _, path in new),
        deja=len(pairs) - len(new),
        ecartes=choix.ecartes,
        partis=choix.partis,
        evenements=choix.evenements,
        reclamations=choix.reclamations,
        inscrits=len(remises),
        simulation=simulation,
    )


def _choose(workbook: Workbook, demande: Demande) -> _Choix:
    au, dossiers = demande.au, demande.dossiers
    clients, reglages, _ = read_portefeuille(workbook)
    known, _ = read_enquete(workbook)
    handed = find_handed(read_journal(workbook), au, 1, JOURS_ENTRE - 1)
    asked = latest_of(asked_by_letter(workbook, au), handed, find_asked(known, au))
    gone = [] if dossiers else [*find_departs(clients, au).index]
    events = _read_evenements(workbook, au) if demande.apres_evenement else None
    here = clients.lignes.drop(index=gone)
    names, late = choose_clients(here, asked, dossiers, among=events)
    upset = _read_reclamations(workbook, au) if demande.apres_evenement else {}
    calm = [client for client in names if fold(client[0]) not in upset]
    left = tuple(" ".join(client).strip() for client in names if client not in calm)
    if not calm:
        problem = "aucun client à interroger"
        remedy = f"saisissez des clients, répondez aux réclamations, ou attendez {JOURS_ENTRE} jours après leur dernière enquête"  # fmt: skip
        raise file_error("Clients", ", ".join((*late, *left)), problem, remedy)
    # What is at stake with a client is the firm's own judgement: nobody asks it of the client.
    questions = tuple(c for g in reglages.grilles if g.nom != ENJEU for c in g.criteres)
    return _Choix(
        clients=tuple(calm),
        questions=questions,
        ecartes=late,
        partis=len(gone),
        evenements=tuple(_tell(client, events[fold(client[0])]) for client in calm)
        if events
        else (),
        reclamations=left,
    )


def _remises(
    workbook: Workbook, handed: Sequence[tuple[Client, str]], au: date
) -> list[dict[str, object]]:
    """Return the lines that the Journal lacks: a questionnaire made again the same day is one."""
    known = find_handed(read_journal(workbook), au, 0, 0) if handed else {}
    return [
        {"Date": au, "Dossier": dossier, "Type": REMIS, "Objet": name}
        for (dossier, _), name in handed
        if fold(dossier) not in known
    ]


def _record(workbook: Workbook, remises: Sequence[dict[str, object]]) -> None:
    """Put the lines in the Journal, before any file is made: a Journal that refuses them stops all."""
    if remises:
        record_echanges(workbook, remises)


def _read_evenements(workbook: Workbook, au: date) -> dict[str, Evenement]:
    """Return what happened lately with each client; nobody is asked where nothing did."""
    events = find_evenements(read_journal(workbook), au)
    if not events:
        named = ", ".join(f"« {event} »" for event in EVENEMENTS)
        problem = f"aucun événement des {JOURS} derniers jours ({named})"
        remedy = "notez-le au Journal, ou choisissez vous-même les clients à interroger"
        raise file_error("Journal", "", problem, remedy)
    return events


def _read_reclamations(workbook: Workbook, au: date) -> dict[str, date | None]:
    """Return who has an open complaint."""
    registre, _ = read_registre(workbook, au)
    return find_open(read_journal(workbook), registre, au)


def _tell(client: Client, evenement: Evenement) -> str:
    jour, event = evenement
    return f"{' '.join(client).strip()} : {event} du {jour:%d/%m/%Y}"
