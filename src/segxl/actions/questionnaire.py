"""The questionnaire to fill: one for the firm, which names several clients, or one to send to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from segxl.domain.anomalies import SegxlError, file_error
from segxl.domain.enquete import JOURS_ENTRE, find_asked
from segxl.domain.grille import ENJEU, Critere
from segxl.domain.interroges import choose_clients
from segxl.excel.departs import find_departs
from segxl.excel.enquete import read_enquete
from segxl.excel.ooxml.archive import announcing_refusals
from segxl.excel.port import Workbook
from segxl.excel.questionnaire import SUFFIX, write_questionnaire
from segxl.excel.reglages import read_portefeuille
from segxl.lettres.noms import file_name, unique_names


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanQuestionnaire:
    """The questionnaire that was written.

    ``ecartes`` names who answered too recently to be asked; ``partis`` counts the clients who are
    gone, whom nobody asks unless they are named.
    """

    fichier: Path
    clients: int
    questions: int
    ecartes: tuple[str, ...]
    partis: int
    simulation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanEnvois:
    """The questionnaires that were written, one a client; ``deja`` counts those of the day already there."""

    dossier: Path
    fichiers: tuple[Path, ...]
    deja: int
    ecartes: tuple[str, ...]
    partis: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choix:
    """Whom to ask, and what."""

    clients: tuple[tuple[str, str], ...]
    questions: tuple[Critere, ...]
    ecartes: tuple[str, ...]
    partis: int


def run(
    workbook: Workbook,
    path: Path,
    au: date,
    dossiers: Sequence[str] = (),
    *,
    simulation: bool = False,
) -> BilanQuestionnaire:
    """Write a questionnaire of the grid for some clients, or for all that may be asked.

    Parameters
    ----------
    workbook : Workbook
        The clients.
    path : Path
        The file to make.
    au : date
        The day of the survey: who answered less than sixty days before is left out.
    dossiers : sequence of str, optional
        Numbers or names; all the clients who have not left where there is none.
    simulation : bool, optional
        Write nothing.

    Raises
    ------
    SaisieError
        The workbook cannot be used, nobody answers to a name, nobody is left to ask, or the file
        cannot be written.
    """
    choix = _choose(workbook, au, dossiers)
    if not simulation:
        write_questionnaire(path, choix.clients, choix.questions, au)
    return BilanQuestionnaire(
        fichier=path,
        clients=len(choix.clients),
        questions=len(choix.questions),
        ecartes=choix.ecartes,
        partis=choix.partis,
        simulation=simulation,
    )


def run_each(
    workbook: Workbook, folder: Path, au: date, dossiers: Sequence[str] = ()
) -> BilanEnvois:
    """Write one questionnaire a client, which may be sent to it; one of the day is never written over.

    Raises
    ------
    SaisieError
        The workbook cannot be used, nobody is left to ask, or the folder cannot be written.
    """
    choix = _choose(workbook, au, dossiers)
    with announcing_refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
    what = f"questionnaire du {au:%d-%m-%Y}"
    names = unique_names(file_name(*client, what, SUFFIX) for client in choix.clients)
    made: list[Path] = []
    for client, name in zip(choix.clients, names, strict=True):
        path = folder / name
        if not path.exists():
            _write_one(path, client, choix, au, len(made))
            made.append(path)
    return BilanEnvois(
        dossier=folder,
        fichiers=tuple(made),
        deja=len(names) - len(made),
        ecartes=choix.ecartes,
        partis=choix.partis,
    )


def _write_one(path: Path, client: tuple[str, str], choix: _Choix, au: date, before: int) -> None:
    """Write the questionnaire of one client; what stops it says how many stand there already."""
    try:
        write_questionnaire(path, [client], choix.questions, au)
    except SegxlError as error:
        if not before:
            raise
        told = f"{before} questionnaires y sont déjà écrits"
        raise file_error(path.parent.name, "", told, str(error)) from error


def _choose(workbook: Workbook, au: date, dossiers: Sequence[str]) -> _Choix:
    clients, reglages, _ = read_portefeuille(workbook)
    known, _ = read_enquete(workbook)
    gone = [] if dossiers else [*find_departs(clients, au).index]
    names, late = choose_clients(clients.lignes.drop(index=gone), find_asked(known, au), dossiers)
    if not names:
        problem = "aucun client à interroger"
        remedy = (
            f"saisissez des clients, ou attendez {JOURS_ENTRE} jours après leur dernière réponse"
        )
        raise file_error("Clients", ", ".join(late), problem, remedy)
    # What is at stake with a client is the firm's own judgement: nobody asks it of the client.
    asked = tuple(c for g in reglages.grilles if g.nom != ENJEU for c in g.criteres)
    return _Choix(clients=tuple(names), questions=asked, ecartes=late, partis=len(gone))
