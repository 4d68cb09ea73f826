"""From what was typed in Clients to rows that can be scored, and the list of what cannot be read.

One bad cell never stops 300 clients: it counts as blank and is named. A row whose key is
missing, repeated or an error is left without results, and named.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.baremes import BAREMES
from segxl.domain.grille import Critere
from segxl.domain.identifiants import is_siren, key_of, siren_of
from segxl.domain.normalisation import find_unread, normalise
from segxl.domain.reglages import Reglages
from segxl.domain.saisie import EXCEL_ERRORS, is_error, parse_column
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold

CLE = "Dossier"


def parse_dossiers(
    clients: Tableau, reglages: Reglages
) -> tuple[pd.DataFrame, tuple[Anomalie, ...]]:
    """Keep the rows that have a key, with every cell in the form the scorers read.

    Parameters
    ----------
    clients : Tableau
        The table Clients; holds the key and one column per critère.
    reglages : Reglages
        Names the answers that are known.

    Returns
    -------
    DataFrame, shape (n, m)
        One row per usable dossier, indexed by Excel row, the headers of Clients; answers that
        cannot be read are left as typed (their scale gives them no niveau).
    tuple of Anomalie
        None of them blocking, in the order rows then columns.
    """
    typed, wrong = _usable(clients, reglages)
    read = normalise(typed)
    for find in (_find_wrong_reponses, _find_wrong_imposes):
        wrong += find(clients, typed, reglages)
    wrong += [*find_unread(clients, typed, read), *_find_wrong_sirens(clients, typed)]
    return read, tuple(sorted(set(wrong), key=_place_of))


def read_dossiers(clients: Tableau, reglages: Reglages) -> pd.DataFrame:
    """Return the same rows as :func:`parse_dossiers`, for who cannot tell what is wrong in them."""
    return normalise(_usable(clients, reglages)[0])


def _usable(clients: Tableau, reglages: Reglages) -> tuple[pd.DataFrame, list[Anomalie]]:
    """Return the rows that have a key, as typed but for error values, and what is wrong so far."""
    lignes, errors = _without_errors(clients, _filled(clients.lignes, reglages))
    dossiers = lignes.assign(**{CLE: parse_column(lignes[CLE], key_of)})
    keyless = [*_find_wrong_keys(clients, dossiers)]
    usable = dossiers.drop(index=[row for row, _ in keyless])
    return usable, [*errors, *(anomalie for _, anomalie in keyless)]


def _filled(lignes: pd.DataFrame, reglages: Reglages) -> pd.DataFrame:
    """Drop the rows where nobody typed anything: the blank rows at the end of a table."""
    typed = [CLE, "Raison sociale", "SIREN", *(c.libelle for c in reglages.criteres)]
    return lignes[lignes[lignes.columns.intersection(typed)].notna().any(axis="columns")]


def _without_errors(clients: Tableau, lignes: pd.DataFrame) -> tuple[pd.DataFrame, list[Anomalie]]:
    """Turn Excel's error values into blanks, and name them; a wrong key is named with the keys."""
    suspects = [
        h
        for h in lignes.columns
        if h != CLE
        and lignes[h].dtype == object
        and not EXCEL_ERRORS.isdisjoint(lignes[h].to_numpy())
    ]
    if not suspects:
        return lignes, []
    wrong = pd.DataFrame({h: lignes[h].map(is_error) for h in suspects}, index=lignes.index)
    anomalies = [
        clients.anomalie(header, row, "la cellule affiche une erreur d’Excel", "corrigez la formule ou saisissez la valeur")
        for header in wrong.columns[wrong.any()]
        for row in wrong.index[wrong[header]]
    ]  # fmt: skip
    return lignes.mask(wrong.reindex(columns=lignes.columns, fill_value=False), None), anomalies


def _find_wrong_keys(clients: Tableau, dossiers: pd.DataFrame) -> Iterator[tuple[int, Anomalie]]:
    """Yield the rows without a usable key."""
    keys = dossiers[CLE]
    for row in keys.index[keys.isna() | (keys == "")]:
        yield (
            row,
            clients.anomalie(
                CLE,
                row,
                "il manque le numéro de dossier : la ligne n’a pas été notée",
                "saisissez un numéro propre à ce client",
            ),
        )
    errors = keys.isin(EXCEL_ERRORS)
    for row in keys.index[errors]:
        yield (
            row,
            clients.anomalie(
                CLE,
                row,
                "le numéro de dossier affiche une erreur d’Excel : la ligne n’a pas été notée",
                "saisissez le numéro",
            ),
        )
    folded = keys.map(fold, na_action="ignore")
    repeated = folded[folded.duplicated(keep=False) & folded.notna() & (folded != "") & ~errors]
    for rows in repeated.groupby(repeated, sort=False).groups.values():
        for row in rows:
            others = " et ".join(str(r) for r in rows if r != row)
            yield (
                row,
                clients.anomalie(
                    CLE,
                    row,
                    f"ce dossier figure aussi ligne {others} : aucune de ces lignes n’a été notée",
                    "gardez une seule ligne par dossier",
                ),
            )


def _find_wrong_reponses(
    clients: Tableau, dossiers: pd.DataFrame, reglages: Reglages
) -> Iterator[Anomalie]:
    """Yield the answers that no scale knows; they count as unanswered."""
    for critere in reglages.criteres:
        reponses = dossiers[critere.libelle]
        unread = reponses.notna() & np.isnan(BAREMES[critere.type](reponses, critere))
        for row in dossiers.index[unread]:
            yield clients.anomalie(critere.libelle, row, *_unknown_reponse(critere))


def _unknown_reponse(critere: Critere) -> tuple[str, str]:
    """Return the problem and the remedy of an answer the scale does not know."""
    if critere.type == "Liste":
        answers = " · ".join(n.reponse for n in critere.niveaux)
        return (
            f"« {critere.libelle} » : cette réponse n’est pas dans le barème",
            f"choisissez parmi : {answers}",
        )
    return f"« {critere.libelle} » doit être un nombre", "saisissez un nombre, sans lettre"


def _find_wrong_imposes(
    clients: Tableau, dossiers: pd.DataFrame, reglages: Reglages
) -> Iterator[Anomalie]:
    """Yield the imposed segments that are unknown or lack their motif; the rule then decides."""
    known = {fold(r.segment) for r in reglages.regles}
    imposes = dossiers["Segment imposé"].dropna()
    for row, segment in imposes.items():
        if fold(segment) not in known:
            names = " · ".join(r.segment for r in reglages.segments)
            yield clients.anomalie(
                "Segment imposé",
                row,
                "ce segment n’existe pas : la règle a décidé",
                f"choisissez parmi : {names}",
            )
        elif dossiers.at[row, "Motif"] is None:
            yield clients.anomalie(
                "Motif",
                row,
                "un segment imposé demande son motif : la règle a décidé",
                "écrivez en quelques mots pourquoi ce segment est imposé",
            )


def _find_wrong_sirens(clients: Tableau, dossiers: pd.DataFrame) -> Iterator[Anomalie]:
    """Yield the SIREN that are wrong or shared by two dossiers; both rows are named."""
    if "SIREN" not in dossiers:
        return
    typed = dossiers["SIREN"].dropna()
    valid = parse_column(typed, is_siren).astype(bool)
    for row in typed.index[~valid]:
        yield clients.anomalie(
            "SIREN",
            row,
            "ce n’est pas un SIREN : neuf chiffres, dont une clé de contrôle",
            "recopiez le SIREN de l’extrait Kbis ou de l’avis de situation",
        )
    numbers = parse_column(typed[valid], siren_of)
    for rows in numbers.groupby(numbers, sort=False).groups.values():
        for row in rows[1:]:
            yield clients.anomalie(
                "SIREN",
                row,
                f"ce SIREN est déjà celui de la ligne {rows[0]}",
                "corrigez l’un des deux, ou réunissez les deux lignes",
            )


def _place_of(anomalie: Anomalie) -> tuple[int, str]:
    """Order anomalies as the eye reads the sheet."""
    digits = "".join(c for c in anomalie.cell if c.isdigit())
    return int(digits or 0), f"{len(anomalie.cell):04}{anomalie.cell}"
