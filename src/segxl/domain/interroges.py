"""Whom to ask: every client, or some of them, but who answered lately."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date

import pandas as pd

from segxl.domain.enquete import DOSSIER
from segxl.domain.identifiants import key_of
from segxl.domain.journal import exchanges_of
from segxl.domain.recherche import find_row
from segxl.domain.saisie import is_error
from segxl.domain.textes import fold

NOM = "Raison sociale"


def choose_clients(
    clients: pd.DataFrame,
    asked: Mapping[str, date],
    dossiers: Sequence[str] = (),
    among: Container[str] | None = None,
) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """Return the number and the name of the clients to ask, and who is left out.

    Parameters
    ----------
    clients : DataFrame of object
        Rows of Clients, index = Excel rows; one without a number cannot be asked.
    asked : mapping
        See ``domain.enquete.find_asked``.
    dossiers : sequence of str, optional
        Numbers or names; every client where there is none.
    among : container of str, optional
        The folded numbers of those who may be asked; everybody where it is absent.

    Raises
    ------
    SaisieError
        Nobody, or more than one client, answers to a name.

    Examples
    --------
    >>> clients = pd.DataFrame({"Dossier": ["D1", 12.0], "Raison sociale": ["Lumo", None]}, index=[5, 6])
    >>> choose_clients(clients, {"d1": date(2026, 11, 2)})
    ([('12', '')], ('D1 Lumo (02/11/2026)',))
    """
    told = clients.reindex(columns=[DOSSIER, NOM])
    told = told.mask(told.map(is_error), None)
    numbered = told[told[DOSSIER].notna()]
    numbered = numbered.assign(**{DOSSIER: numbered[DOSSIER].map(key_of).astype(object)})
    rows = dict.fromkeys(find_row(numbered, nom, "les clients") for nom in dossiers)
    chosen = numbered.loc[[*rows]] if rows else numbered
    if among is not None:
        chosen = chosen[[fold(dossier) in among for dossier in chosen[DOSSIER]]]
    names: list[tuple[str, str]] = []
    late: list[str] = []
    for dossier, nom in zip(chosen[DOSSIER], chosen[NOM], strict=True):
        name = "" if pd.isna(nom) else str(nom).strip()
        last = asked.get(fold(dossier))
        if last is None:
            names.append((str(dossier), name))
        else:
            late.append(f"{dossier} {name} ({last:%d/%m/%Y})")
    return names, tuple(late)


def find_handed(journal: pd.DataFrame, au: date, least: int, most: int) -> dict[str, date]:
    """Return the folded number of each client that was handed a questionnaire → the last day.

    Days before ``au`` from ``least`` up to ``most``, both included.
    """
    others = journal.drop(index=exchanges_of(journal).index)
    found: dict[str, date] = {}
    for dossier, jour in zip(others["Dossier"], others["Date"], strict=True):
        if isinstance(jour, date) and least <= (au - jour).days <= most:
            found[fold(dossier)] = max(jour, found.get(fold(dossier), jour))
    return found
