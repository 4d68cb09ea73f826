"""Whose a FEC is: what its name says, and what the user answers where that leads to no client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segxl.domain.anomalies import Anomalie, SaisieError, file_error
from segxl.domain.dossiers import CLE
from segxl.domain.identifiants import key_of, siren_of
from segxl.domain.recherche import find_row
from segxl.domain.saisie import is_error
from segxl.domain.tableau import Tableau
from segxl.domain.textes import join_words

SIREN = "SIREN"
SAY_WHOSE = "dites de quel dossier il est"
"""What both faces give a way to do."""


def ask_owner(fichier: str, siren: str) -> Anomalie:
    """Return the question that a file leaves open: nothing is assumed of whose it is."""
    problem = "aucun client n’a le SIREN que donne le nom de ce FEC : il n’est rattaché à personne"
    remedy = f"saisissez ce SIREN dans Clients s’il est juste, ou {SAY_WHOSE}"
    if not siren:
        problem = "le nom de ce FEC ne donne pas de SIREN : il n’est rattaché à personne"
        remedy = f"renommez-le SIRENFECAAAAMMJJ.txt, ou {SAY_WHOSE}"
    return Anomalie(sheet=fichier, cell="", value=siren, problem=problem, remedy=remedy)


def rows_told(
    clients: Tableau,
    by_siren: Mapping[str, tuple[int, ...]],
    fichiers: Sequence[tuple[str, str]],
    dossier: str,
) -> dict[str, tuple[int, ...]]:
    """Return the row of the client that the user names, by each SIREN of the files; "" is none.

    ``fichiers`` gives each file and its SIREN, ``by_siren`` the rows of every client.

    Raises
    ------
    SaisieError
        No client answers to that name, or the name of a file says it is another company's.
    """
    if not dossier:
        return {}
    row = find_row(clients.lignes, dossier, "les clients")
    own = _siren_at(clients, row)
    told = {siren for _, siren in fichiers if siren}
    wrong = [
        _contradict(clients, by_siren.get(siren, ()), (fichier, siren), row)
        for fichier, siren in fichiers
        if siren and siren != own and (own or siren in by_siren)
    ]
    if wrong:
        raise SaisieError(wrong)
    if len(told) > 1:
        problem = "ces fichiers sont de plusieurs SIREN, donc de plusieurs clients"
        raise file_error(dossier, join_words(sorted(told)), problem, "donnez ceux d’un seul client")
    return {siren: (row,) for _, siren in fichiers}


def _contradict(
    clients: Tableau, rows: Sequence[int], fichier: tuple[str, str], row: int
) -> Anomalie:
    """Say that the name of a file gives the SIREN of somebody else."""
    named, own = _key_at(clients, row), _siren_at(clients, row)
    others = join_words([_key_at(clients, other) for other in rows])
    whose = f"est celui du dossier {others}" if others else f"n’est pas celui de {named} ({own})"
    return Anomalie(
        sheet=fichier[0],
        cell="",
        value=fichier[1],
        problem=f"le SIREN que donne le nom de ce FEC {whose} : rien n’a été écrit",
        remedy=f"donnez le FEC du dossier {named} ; si c’est bien le sien, corrigez son SIREN dans Clients ou le nom du fichier",
    )


def _siren_at(clients: Tableau, row: int) -> str:
    cell = clients.lignes.at[row, SIREN] if SIREN in clients.lignes else None
    siren = "" if cell is None or is_error(cell) else siren_of(cell)
    return siren if siren.isdecimal() else ""


def _key_at(clients: Tableau, row: int) -> str:
    return key_of(clients.lignes.at[row, CLE])
