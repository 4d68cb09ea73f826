"""What the Journal holds of each client: one exchange a row, what follows from it, what it forbids.

The Journal is the firm's own record; the register of letters is another one, and a letter is no
exchange.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from segxl.domain.anomalies import Anomalie, Gravite, file_error, require
from segxl.domain.textes import fold

RECLAMATION, RECOMMANDATION = "Réclamation", "Recommandation"
BILAN_REMIS, FACTURE_IMPORTANTE = "Bilan remis", "Facture importante"
"""After which a client has something to say of the firm, as after a meeting."""
REMIS = "Questionnaire remis"
"""A questionnaire handed out: the client is not asked again too soon, and has said nothing yet."""
DEMANDE, REPONDU = "Demande", "Répondu le"
"""What the firm asks of a client, and the column of the day when the client answers."""
TYPES = (
    "Échange",
    DEMANDE,
    "Choix de plateforme",
    "Mandat",
    "Test",
    "Obstacle",
    "Régularisation",
    RECLAMATION,
    RECOMMANDATION,
    BILAN_REMIS,
    FACTURE_IMPORTANTE,
    REMIS,
)
RENDEZ_VOUS = "Rendez-vous"
CANAUX = ("Téléphone", "E-mail", RENDEZ_VOUS, "Visio", "Courrier")
LISTES = {"Canal": CANAUX, "Type": TYPES}
"""Columns that hold a word of a closed list; blank is « Échange », and no channel."""
SUITE = "Faire le point"
DELAI, JOURS_DE_SUITE, DELAI_MAX = "Délai de suite d’un rendez-vous (jours)", 7, 3650
"""What a meeting calls for, and when, where nobody said otherwise; ten years is a slip of the keyboard."""
PREMIER_JOUR, DERNIER_JOUR = date(2000, 1, 1), date(2099, 12, 31)
"""Days that a journal of clients may hold: 1900 is a cell that was taken for a date."""
LONGEST = 32_767
"""Characters that one cell can hold."""


def parse_word(value: object, words: Sequence[str]) -> str | None:
    """Spell a word as its list does, whatever its accents, case and hyphens; None where unknown.

    >>> [parse_word(w, CANAUX) for w in ("rendez vous", "EMAIL", "téléphone", "pigeon")]
    ['Rendez-vous', 'E-mail', 'Téléphone', None]
    """
    return {_letters(word): word for word in words}.get(_letters(value))


def complete_ligne(
    echange: Mapping[str, object], today: date, delai: int = JOURS_DE_SUITE
) -> dict[str, object]:
    """Return the row to write for an exchange.

    Parameters
    ----------
    echange : mapping of header to value
        ``Date``, ``Dossier``, ``Qui``, ``Canal``, ``Type``, ``Objet``, ``Suite``, ``Suite le``;
        texts, and dates for the two days; blank or absent where nobody said.
    today : date
        The day of an exchange without a date, and the last one it can have.
    delai : int, optional
        Days after which a meeting is followed up.

    Raises
    ------
    SaisieError
        The subject lacks, a word is not of its list or a day cannot be; all are told at once.

    Examples
    --------
    >>> met = {"Dossier": "D1", "Objet": "Choix de l’outil", "Canal": "rendez-vous"}
    >>> row = complete_ligne(met, date(2026, 11, 22))
    >>> row["Type"], row["Suite"], str(row["Suite le"])
    ('Échange', 'Faire le point', '2026-11-29')
    """
    texts = {h: _text_of(echange.get(h)) for h in ("Dossier", "Qui", "Objet", "Suite")}
    jour = echange.get("Date") or today
    require(_find_wrong({**echange, **texts, "Date": jour}, today))
    words = {h: parse_word(echange.get(h) or "", words) for h, words in LISTES.items()}
    suite, due = texts["Suite"], echange.get("Suite le")
    if words["Canal"] == RENDEZ_VOUS and isinstance(jour, date):
        # A meeting that nothing follows is soon forgotten.
        suite, due = suite or SUITE, due or jour + timedelta(days=delai)
    return {
        "Date": jour,
        **texts,
        **words,
        "Type": words["Type"] or TYPES[0],
        "Suite": suite,
        "Suite le": due,
        "Clos le": None,
        REPONDU: None,
    }


def require_day(au: date) -> date:
    """Return the day of a question, once sure that a workbook can tell of it.

    Raises
    ------
    SaisieError
        Its year is none that a firm works in.

    Examples
    --------
    >>> require_day(date(2026, 11, 22))
    datetime.date(2026, 11, 22)
    """
    if not PREMIER_JOUR <= au <= DERNIER_JOUR:
        remedy = f"choisissez un jour de {PREMIER_JOUR.year} à {DERNIER_JOUR.year}"
        raise file_error("--au", f"{au:%d/%m/%Y}", "ce jour n’est pas possible", remedy)
    return au


def find_due(journal: pd.DataFrame, au: date) -> pd.DataFrame:
    """Return the rows whose follow-up is due on a day and not closed, the oldest first.

    Parameters
    ----------
    journal : DataFrame of object, shape (n, 9)
        See ``excel.journal.read_journal``.
    au : date
        The day of the question.
    """
    due = journal[(_days_since(journal["Suite le"], au) >= 0) & journal["Clos le"].isna()]
    return due.sort_values("Suite le", kind="stable")


def find_complaints(journal: pd.DataFrame) -> dict[str, int]:
    """Return the folded number of each client that has an open complaint → the row of the first."""
    is_complaint = [is_reclamation(t) for t in journal["Type"]]
    return _first_rows(journal[np.array(is_complaint, dtype=bool) & journal["Clos le"].isna()])


def is_reclamation(word: object) -> bool:
    """Tell whether a type is a complaint: a guard must not depend on the spelling of a list.

    >>> [is_reclamation(t) for t in ("Réclamations", "reclamation (délai)", "Échange", None)]
    [True, True, False, False]
    """
    return _letters(word or "").startswith(_letters(RECLAMATION))


def is_demande(word: object) -> bool:
    """Tell whether a type is what the firm asked of a client.

    >>> [is_demande(t) for t in ("Demande", "demandes de pièces", "Échange", None)]
    [True, True, False, False]
    """
    return _letters(word or "").startswith(_letters(DEMANDE))


def exchanges_of(journal: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are exchanges: a questionnaire handed out waits for its answer."""
    handed = [_letters(word or "") == _letters(REMIS) for word in journal["Type"]]
    return journal[~np.array(handed, dtype=bool)] if any(handed) else journal


def count_recommandations(journal: pd.DataFrame, au: date) -> dict[str, int]:
    """Return the folded number of each client that sent somebody to the firm → how many times.

    One of a later day has not happened; one without a day counts.
    """
    counts: dict[str, int] = {}
    for dossier, word, jour in zip(journal["Dossier"], journal["Type"], journal["Date"], strict=True):  # fmt: skip
        is_past = not isinstance(jour, date) or jour <= au
        if is_past and _letters(word or "").startswith(_letters(RECOMMANDATION)):
            counts[fold(dossier)] = counts.get(fold(dossier), 0) + 1
    return counts


def find_recent(journal: pd.DataFrame, au: date, jours: float) -> dict[str, int]:
    """Return the folded number of each client met in the last days → the row of the latest exchange.

    The first and the last day count; none does where ``jours`` is zero. An exchange to come is
    none yet.
    """
    journal = exchanges_of(journal)
    since = _days_since(journal["Date"], au)
    recent = journal[(since >= 0) & (since <= jours) & (jours > 0)]
    return _first_rows(recent.sort_values("Date", ascending=False, kind="stable"))


def _find_wrong(echange: Mapping[str, object], today: date) -> Iterator[Anomalie]:
    """Yield what keeps an exchange from being written."""
    if not echange["Objet"]:
        yield _wrong("", "l’objet de l’échange manque", "dites en quelques mots de quoi il s’agit")
    for header in ("Objet", "Suite", "Qui"):
        if len(str(echange[header])) > LONGEST:
            told = f"{len(str(echange[header]))} signes"
            yield _wrong(told, f"« {header} » ne tient pas dans une cellule", "résumez-le")
    for header, words in LISTES.items():
        typed = echange.get(header)
        if typed and parse_word(typed, words) is None:
            remedy = f"choisissez parmi : {' · '.join(words)}"
            yield _wrong(typed, f"« {header} » n’est pas un mot de la liste", remedy)
    jour, due = echange["Date"], echange.get("Suite le")
    for header, day in (("Date", jour), ("Suite le", due)):
        if isinstance(day, date) and not PREMIER_JOUR <= day <= DERNIER_JOUR:
            yield _wrong(day, f"« {header} » n’est pas un jour possible", "vérifiez l’année")
    if isinstance(jour, date) and jour > today:
        remedy = "notez l’échange quand il a eu lieu ; « Suite le » est fait pour ce qui vient"
        yield _wrong(jour, "la date de l’échange est à venir", remedy)
    if isinstance(jour, date) and isinstance(due, date) and due < jour:
        yield _wrong(due, "la suite vient avant l’échange", "corrigez « Suite le »")


def _wrong(value: object, problem: str, remedy: str) -> Anomalie:
    shown = f"{value:%d/%m/%Y}" if isinstance(value, date) else value
    return Anomalie(
        sheet="Journal",
        cell="",
        value=shown,
        problem=problem,
        remedy=remedy,
        gravite=Gravite.BLOQUANTE,
    )


def _first_rows(lignes: pd.DataFrame) -> dict[str, int]:
    """Return the first row of each client."""
    firsts: dict[str, int] = {}
    for row, dossier in lignes["Dossier"].items():
        firsts.setdefault(fold(dossier), int(str(row)))
    return firsts


def _days_since(jours: pd.Series, au: date) -> np.ndarray:
    """Return how many days ago each date was; NaN where there is none."""
    return np.array([(au - j).days if isinstance(j, date) else np.nan for j in jours], dtype=float)


def _text_of(value: object) -> str:
    return str(value or "").strip()


def _letters(value: object) -> str:
    return "".join(c for c in fold(value) if c.isalnum())
