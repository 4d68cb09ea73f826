"""What each sheet tells of a client: one sentence a row, made of what is written there alone.

A complaint is between the client and the firm, and a remark of the plan or a comment is for the
firm: none of them is a trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from segxl.domain.identifiants import key_of
from segxl.domain.normalisation import parse_mots
from segxl.domain.relation.contacts import is_internal
from segxl.domain.saisie import is_error, parse_column, parse_date
from segxl.domain.statuts import (
    AUCUNE,
    EXPIRE,
    MANDAT_A_SIGNER,
    MANDAT_SIGNE,
    REFUSE,
    STATUT,
    STATUTS,
    SUIVI,
)
from segxl.domain.tableau import records_of
from segxl.domain.textes import fold

CHOIX, MANDAT, ECHANGES, ETAPES, TESTS, COURRIERS, OBSTACLES, REGULARISATION = range(8)
SECTIONS = (
    "Choix de la plateforme",
    "Mandat",
    "Échanges",
    "Étapes et plan",
    "Tests",
    "Projets de courrier",
    "Obstacles",
    "Régularisation",
)
"""In the order in which the tax office lists what it expects."""
HORS_DOSSIER = -1
"""Where a line is no step towards the reform."""
TYPES = {
    "Échange": ECHANGES,
    "Demande": ECHANGES,
    "Choix de plateforme": CHOIX,
    "Mandat": MANDAT,
    "Test": TESTS,
    "Obstacle": OBSTACLES,
    "Régularisation": REGULARISATION,
    "Réclamation": HORS_DOSSIER,
    "Recommandation": HORS_DOSSIER,
    "Bilan remis": HORS_DOSSIER,
    "Facture importante": HORS_DOSSIER,
    "Questionnaire remis": HORS_DOSSIER,
}
"""Every word of the column « Type » of the sheet Journal, and its section."""
_SECTION_OF_WORD = {fold(name): section for name, section in TYPES.items()}
SECTION_OF_STATUT = {
    MANDAT_A_SIGNER: MANDAT,
    MANDAT_SIGNE: MANDAT,
    EXPIRE: OBSTACLES,
    REFUSE: OBSTACLES,
}
"""Any other status is a step of the choice."""
CANAUX = ("Téléphone", "E-mail", "Rendez-vous", "Visio", "Courrier")
"""Every word of the column « Canal » of the sheet Journal."""
PLAIN_WORDS = (
    *SECTIONS, *TYPES, *STATUTS, *CANAUX,
    "Inscrite au dossier : sans nom de plateforme. Statut",
    "sans objet inscrit. Suite : pour le. Clos le",
    "Fait : prévu le ; responsable. Prévu, sans date de réalisation inscrite : étape sans intitulé",
    "Projet de courrier préparé par le cabinet : fichier courrier du, empreinte",
)  # fmt: skip
"""The words that a sentence may hold whoever it is about, hence nobody's name."""
Trace = tuple[str, int, date | None, bool, str, int]
"""Dossier, section, day, whether it is still to come, sentence, Excel row."""


def traces_of_clients(lignes: pd.DataFrame, au: date) -> Iterator[Trace]:
    """Tell how far each client is with its platform."""
    del au  # a status is of its day, whatever the day of the question
    lignes = lignes.reindex(columns=["Dossier", *SUIVI])
    statuts = parse_mots(lignes[STATUT], STATUTS)
    days = parse_column(lignes["Date statut"], parse_date)
    for row, cells in records_of(lignes.assign(statut=statuts, day=days)):
        nom, statut = text_of(cells["Plateforme"]), text_of(cells["statut"])
        if statut == AUCUNE or not (nom or statut):
            continue
        named = f"plateforme « {nom} »" if nom else "sans nom de plateforme"
        fact = f"Statut « {statut} », {named}" if statut else f"Inscrite au dossier : {named}"
        section = SECTION_OF_STATUT.get(statut, CHOIX)
        yield text_of(cells["Dossier"]), section, day_of(cells["day"]), False, f"{fact}.", row


def traces_of_journal(lignes: pd.DataFrame, au: date) -> Iterator[Trace]:
    """Tell what was said, tried and agreed."""
    for row, cells in records_of(lignes):
        section = section_of_type(cells["Type"])
        if section == HORS_DOSSIER:
            continue
        yield (
            text_of(cells["Dossier"]),
            ECHANGES if section is None else section,
            day_of(cells["Date"]),
            False,
            _journal_fact(cells, au),
            row,
        )


def traces_of_plan(lignes: pd.DataFrame, au: date) -> Iterator[Trace]:
    """Tell the steps that were taken and those that are to come."""
    for row, cells in records_of(lignes):
        planned, done = day_of(cells["Date prévue"]), day_of(cells["Fait le"])
        if done and done > au:
            done = None
        yield (
            text_of(cells["Dossier"]),
            ETAPES,
            done or planned,
            done is None,
            _plan_fact(cells, done, planned, au),
            row,
        )


def traces_of_courriers(lignes: pd.DataFrame, au: date) -> Iterator[Trace]:
    """Tell which drafts were made; segxl sends nothing, so that it can prove no sending."""
    del au
    for row, cells in records_of(lignes):
        if is_internal(cells["Statut"]):
            continue
        told = (
            f"fichier « {fichier} »" if (fichier := text_of(cells["Fichier"])) else "",
            f"empreinte {empreinte}" if (empreinte := text_of(cells["Empreinte"])) else "",
        )
        details = ", ".join(filter(None, told))
        fact = "Projet de courrier préparé par le cabinet" + (f" : {details}." if details else ".")
        yield (
            text_of(cells["Dossier"]), COURRIERS, day_of(cells["Date"]), False, fact, row
        )  # fmt: skip


def section_of_type(value: object) -> int | None:
    """Return the section of a line of the Journal; None where its type is none of the list.

    >>> [section_of_type(v) for v in ("mandats", None, "Réclamation", "Appel")]
    [1, 2, -1, None]
    """
    word = text_of(value)
    return _SECTION_OF_WORD.get(fold(word).removesuffix("s")) if word else ECHANGES


def _journal_fact(cells: dict[str, object], au: date) -> str:
    """Write one line of the Journal as a sentence.

    >>> _journal_fact({"Type": None, "Objet": "Appel.", "Canal": "Téléphone", "Qui": "Anne",
    ...     "Suite": "rappeler", "Suite le": date(2026, 11, 3), "Clos le": None}, date(2026, 11, 22))
    'Appel (Téléphone, Anne). Suite : rappeler, pour le 03/11/2026.'
    """
    objet, suite = (text_of(cells[h]).rstrip(".") for h in ("Objet", "Suite"))
    context = ", ".join(filter(None, (text_of(cells[h]) for h in ("Canal", "Qui"))))
    said = objet or f"{text_of(cells['Type']) or 'Échange'}, sans objet inscrit"
    sentences = [f"{said} ({context})." if context else f"{said}."]
    if suite:
        due = day_of(cells["Suite le"])
        sentences.append(
            f"Suite : {suite}, pour le {due:%d/%m/%Y}." if due else f"Suite : {suite}."
        )
    closed = day_of(cells["Clos le"])
    if closed and closed <= au:
        sentences.append(f"Clos le {closed:%d/%m/%Y}.")
    return " ".join(sentences)


def _plan_fact(cells: dict[str, object], done: date | None, planned: date | None, au: date) -> str:
    """Write one step of the plan as a sentence."""
    etape = text_of(cells["Étape"]).rstrip(".") or "étape sans intitulé"
    owner = text_of(cells["Responsable"])
    asides = [f"responsable : {owner}"] if owner else []
    if done:
        head = "Fait"
        asides[:0] = [f"prévu le {planned:%d/%m/%Y}"] if planned else []
    else:
        late = planned is not None and planned < au
        head = "Prévu, sans date de réalisation inscrite" if late else "Prévu"
    return f"{head} : {etape} ({' ; '.join(asides)})." if asides else f"{head} : {etape}."


def text_of(cell: object) -> str:
    r"""Return the words of a cell on one line; empty where it says nothing.

    >>> [text_of(v) for v in (None, "#N/A", " deux\nlignes ", 12.0, float("nan"))]
    ['', '', 'deux lignes', '12', '']
    """
    if cell is None or is_error(cell) or pd.isna(cell):  # type: ignore[call-overload]
        return ""
    return " ".join(key_of(cell).split())


def day_of(cell: object) -> date | None:
    """Return the day of a cell that was read as one; None where it was not."""
    return cell if isinstance(cell, date) and not pd.isna(cell) else None
