"""Which request of the Journal a client has answered, and whether it can have done so that day."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date

from segxl.domain.anomalies import file_error
from segxl.domain.textes import fold

SHEET = "Journal"


def choose_demande(
    waiting: Mapping[int, Mapping[Hashable, object]], dossier: str, objet: str
) -> int:
    """Return the row of the request that a client answers, among those that wait.

    Parameters
    ----------
    waiting : mapping
        Row of the Journal → its cells.
    dossier : str
        The number of the client, for the message.
    objet : str
        The subject of the request, or its beginning; blank where there is only one.

    Raises
    ------
    SaisieError
        None waits, none has this subject, or several might be meant.
    """
    named = {row: str(line["Objet"] or "sans objet") for row, line in waiting.items()}
    found = [row for row, told in named.items() if fold(told).startswith(fold(objet))]
    exact = [row for row in found if fold(named[row]) == fold(objet)]
    if len(exact or found) == 1:
        return (exact or found)[0]
    listed = " · ".join(dict.fromkeys(named.values()))
    if not named:
        problem = f"aucune demande n’attend de réponse de {dossier}"
        remedy = "notez d’abord la demande : --type Demande"
    elif not found:
        problem, remedy = "aucune demande en attente n’a cet objet", f"choisissez parmi : {listed}"
    else:
        problem = f"{len(found)} demandes attendent une réponse de {dossier}"
        remedy = f"dites laquelle avec --objet, ou tapez le jour dans « Répondu le » : {listed}"
    raise file_error(SHEET, objet, problem, remedy)


def check_reponse(asked: object, le: date, today: date) -> date | None:
    """Return the day of a request, None where it has none, once sure that the answer can be of its day.

    Raises
    ------
    SaisieError
        The answer comes before the request, or is still to come.
    """
    jour = asked if isinstance(asked, date) else None
    if le > today:
        raise file_error(SHEET, f"{le:%d/%m/%Y}", "cette réponse est à venir", "notez-la quand elle arrive")  # fmt: skip
    if jour is not None and le < jour:
        remedy = f"la demande est du {jour:%d/%m/%Y} : corrigez l’un des deux jours"
        raise file_error(SHEET, f"{le:%d/%m/%Y}", "la réponse vient avant la demande", remedy)
    return jour
