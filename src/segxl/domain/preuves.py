"""The dated evidence of each client, in the order the tax office lists it, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.domain.traces import (
    CHOIX,
    COURRIERS,
    ECHANGES,
    ETAPES,
    MANDAT,
    OBSTACLES,
    REGULARISATION,
    SECTIONS,
    TESTS,
    TYPES,
    Trace,
    section_of_type,
    text_of,
    traces_of_clients,
    traces_of_courriers,
    traces_of_journal,
    traces_of_plan,
)

DATED, PLANNED, UNDATED, LATER = "dated", "planned", "undated", "later"
COUNTED = (DATED, PLANNED)
"""What stands in a section: a dated fact, or a dated step still to come."""
COLUMNS = ("dossier", "section", "date", "state", "fact", "table", "row", "origin")
EARLIEST = date(2020, 1, 1)
"""Electronic invoicing was announced by the finance act for 2020 (art. 153): no evidence is older."""
FEWEST_SECTIONS = 3
"""A file with evidence in fewer sections is thin: a choice, an exchange and a plan are three."""
MOST_DAYS = 90
"""A file whose last fact is older is thin: a serious path shows a sign of life each quarter."""
READERS: Mapping[str, Callable[[pd.DataFrame, date], Iterator[Trace]]] = {
    "Clients": traces_of_clients,
    "Journal": traces_of_journal,
    "Plan": traces_of_plan,
    "Courriers": traces_of_courriers,
}
PIECES = {
    CHOIX: (
        "le choix de la plateforme",
        "inscrivez-le au Journal à sa date (type « Choix de plateforme »), ou remplissez « Plateforme », « Statut plateforme » et « Date statut » dans la feuille Clients",
    ),
    MANDAT: (
        "le mandat ou le contrat signé avec la plateforme",
        "inscrivez au Journal le jour de la signature (type « Mandat »)",
    ),
    ECHANGES: (
        "un échange avec le client, l’éditeur ou la plateforme",
        "inscrivez au Journal chaque appel, e-mail ou rendez-vous, à sa date",
    ),
    ETAPES: (
        "un calendrier d’étapes",
        "inscrivez dans la feuille Plan chaque étape, avec sa date et son responsable",
    ),
    TESTS: (
        "un test de réception ou d’émission",
        "inscrivez au Journal le jour et le résultat du test (type « Test »)",
    ),
    COURRIERS: (
        "un courrier au client",
        "préparez-le avec « Courriers » : le projet s’inscrit à sa date",
    ),
}
"""What each section expects, and what to do. Obstacles are not expected of anybody."""
SIREN_PIECE = ("le SIREN du client", "saisissez-le dans la feuille Clients")
REGULARISATION_PIECE = (
    "la régularisation de l’obstacle",
    "inscrivez au Journal ce qui le lève (type « Régularisation »), ou la date « Clos le » de l’obstacle",
)


def gather_preuves(tables: Mapping[str, Tableau], au: date) -> pd.DataFrame:
    """Gather what the sheets tell of the clients.

    Parameters
    ----------
    tables : mapping of str to Tableau
        « Clients », and of « Journal », « Plan » and « Courriers » those that there are; days
        are dates, None where blank or unreadable.
    au : date
        The day of the file.

    Returns
    -------
    DataFrame of object, shape (n, 8), columns ``COLUMNS``
        In the order of Clients, then of the sections, then of the days. ``state`` is ``DATED``,
        ``PLANNED`` (a step to come), ``UNDATED`` (no day, or one before ``EARLIEST``) or
        ``LATER`` (dated after ``au``). Rows of an unknown dossier are left out.
    """
    ranks = {fold(key): (i, str(key)) for i, key in enumerate(tables["Clients"].lignes["Dossier"])}
    kept: list[tuple[tuple[int, int, date, int, int], tuple[object, ...]]] = []
    for number, (name, read) in enumerate(READERS.items()):
        if name not in tables:
            continue
        sheet = tables[name].sheet
        for dossier, section, day, planned, fact, row in read(tables[name].lignes, au):
            if not dossier or fold(dossier) not in ranks:
                continue
            rank, key = ranks[fold(dossier)]
            state = _state_of(day, au, planned=planned)
            told = (key, section, day, state, fact, name, row, f"{sheet}, ligne {row}")
            kept.append(((rank, section, day or date.max, number, row), told))
    kept.sort(key=lambda pair: pair[0])
    return pd.DataFrame([told for _, told in kept], columns=pd.Index(COLUMNS), dtype=object)


def _state_of(day: date | None, au: date, *, planned: bool) -> str:
    if day is None or day < EARLIEST:
        return UNDATED
    if planned:
        return PLANNED
    return LATER if day > au else DATED


def find_manques(
    preuves: pd.DataFrame, clients: pd.DataFrame
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Name what each file lacks.

    Parameters
    ----------
    preuves : DataFrame
        See :func:`gather_preuves`.
    clients : DataFrame
        The rows of Clients to judge.

    Returns
    -------
    dict of str to tuple
        For each dossier, pairs (piece, what to do), in the order of the sections.
    """
    counted = preuves[preuves["state"].isin(COUNTED)]
    held = counted.groupby("dossier")["section"].agg(set).to_dict()
    sirens = clients.reindex(columns=["SIREN"])["SIREN"].map(text_of)
    return {
        dossier: tuple(_manques_of(held.get(dossier, set()), siren))
        for dossier, siren in zip(clients["Dossier"], sirens, strict=True)
    }


def _manques_of(held: set[int], siren: str) -> Iterator[tuple[str, str]]:
    if not siren:
        yield SIREN_PIECE
    yield from (piece for section, piece in PIECES.items() if section not in held)
    if OBSTACLES in held and REGULARISATION not in held:
        yield REGULARISATION_PIECE


def find_thin(preuves: pd.DataFrame, dossiers: Iterable[str], au: date) -> dict[str, str]:
    """Find the files that would not show a serious path, each with why.

    Parameters
    ----------
    preuves : DataFrame
        See :func:`gather_preuves`.
    dossiers : iterable of str
        The files to judge.
    au : date
        The day of the files.
    """
    counted = preuves[preuves["state"].isin(COUNTED)]
    sections = counted.groupby("dossier")["section"].nunique().to_dict()
    dated = preuves[preuves["state"] == DATED]
    lasts = dated.groupby("dossier")["date"].agg(max).to_dict()
    reasons = {d: _thin_reason(sections.get(d, 0), lasts.get(d), au) for d in dossiers}
    return {d: reason for d, reason in reasons.items() if reason}


def _thin_reason(sections: int, last: date | None, au: date) -> str:
    """Say why a file is thin; nothing where it is not.

    >>> _thin_reason(2, date(2026, 6, 1), date(2026, 11, 22))
    '2 rubriques datées sur 8, il en faut 3 ; le dernier fait date du 01/06/2026, il y a 174 jours'
    >>> _thin_reason(3, date(2026, 11, 1), date(2026, 11, 22))
    ''
    """
    if not sections:
        return "aucun élément daté"
    told = []
    if sections < FEWEST_SECTIONS:
        plural = "s" if sections > 1 else ""
        told.append(
            f"{sections} rubrique{plural} datée{plural} sur {len(SECTIONS)}, il en faut {FEWEST_SECTIONS}"
        )
    if last is None:
        told.append("seulement des étapes à venir")
    elif (age := (au - last).days) > MOST_DAYS:
        told.append(f"le dernier fait date du {last:%d/%m/%Y}, il y a {age} jours")
    return " ; ".join(told)


def find_orphans(tables: Mapping[str, Tableau]) -> Iterator[Anomalie]:
    """Find the rows that prove nothing: of no known client; and those of an unknown type."""
    known = set(map(fold, tables["Clients"].lignes["Dossier"]))
    for name in READERS:
        if name == "Clients" or name not in tables:
            continue
        tableau = tables[name]
        for row, value in tableau.lignes["Dossier"].items():
            if not text_of(value):
                problem = "il manque le numéro de dossier : la ligne n’a servi à aucun client"
                yield tableau.anomalie("Dossier", row, problem, "saisissez le numéro du client")
            elif fold(text_of(value)) not in known:
                problem = "ce dossier n’est pas dans la feuille Clients : la ligne n’a servi à aucun client"
                yield tableau.anomalie("Dossier", row, problem, "corrigez le numéro du client")
    yield from _find_unknown_types(tables)


def _find_unknown_types(tables: Mapping[str, Tableau]) -> Iterator[Anomalie]:
    """Yield the lines of the Journal that were put with the exchanges for want of a known type."""
    if "Journal" not in tables:
        return
    journal = tables["Journal"]
    for row, value in journal.lignes["Type"].items():
        if section_of_type(value) is None:
            problem = "ce type n’existe pas : la ligne est rangée avec les échanges"
            yield journal.anomalie("Type", row, problem, f"choisissez parmi : {' · '.join(TYPES)}")
