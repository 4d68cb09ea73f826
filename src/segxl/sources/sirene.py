"""A file of the SIRENE register: it completes the clients one has, and brings no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from segxl.domain.textes import fold, join_words
from segxl.sources.correspondance import SIREN, Correspondance
from segxl.sources.fusion_clients import DOSSIER, match_rows
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import Valeur

UNITE_LEGALE = "unitelegale"
"""How INSEE ends the title of whatever it says of an enterprise."""
TRANCHE = "trancheeffectifsunitelegale"
EFFECTIFS: Mapping[str, float] = {
    "00": 0, "01": 1, "02": 4, "03": 7, "11": 15, "12": 35, "21": 75, "22": 150,
    "31": 225, "32": 375, "41": 750, "42": 1_500, "51": 3_500, "52": 7_500,
}  # fmt: skip
"""The middle of each band of staff: no band of INSEE straddles 10, 250 nor 5 000, the limits of the law."""
MIDDLE = "tranche de l’INSEE, le milieu est retenu : à préciser"
NO_MIDDLE = "cette tranche de l’INSEE ne donne pas de nombre : cellules laissées vides"
EFFECTIF = "Effectif"
BLANKS = ("Raison sociale", EFFECTIF)
"""What the firm knows better than the register: filled where blank, never changed."""
SHOWN = 5


def is_register(correspondance: Correspondance) -> bool:
    """Tell whether a file is one of the register: its titles say so, and no column is a client's number.

    >>> is_register(Correspondance(colonnes={"siren": "SIREN"}, unmatched=("etatUniteLegale",)))
    True
    >>> is_register(Correspondance(colonnes={"siren": "SIREN", "Nom": "Raison sociale"}))
    False
    """
    matched = correspondance
    titles = (*matched.colonnes, *matched.unmatched, *matched.ignored)
    is_told = any(fold(title).endswith(UNITE_LEGALE) for title in titles)
    return is_told and matched.source_of(SIREN) is not None and not matched.source_of(DOSSIER)


def leave_out_others(correspondance: Correspondance) -> Correspondance:
    """Leave out of a file of the register the columns that Clients does not have: it has dozens."""
    if not is_register(correspondance):
        return correspondance
    left = (*correspondance.ignored, *correspondance.unmatched)
    return replace(correspondance, unmatched=(), ignored=left)


def keep_known(
    existing: pd.DataFrame, incoming: pd.DataFrame, correspondance: Correspondance
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Keep of a file of the register the rows of clients one has, and name the others.

    Parameters
    ----------
    existing : DataFrame
        Rows of Clients, index = Excel rows.
    incoming : DataFrame
        Rows of the file, index = rows of the file.
    correspondance : Correspondance
        What feeds what; any other file is kept whole.

    Returns
    -------
    DataFrame
        The rows of known clients, blank where Clients is filled with what the firm knows better.
    tuple of str
        The SIREN and the name of each row without a client.
    """
    if not is_register(correspondance):
        return incoming, ()
    rows = match_rows(existing, incoming)
    kept = incoming.loc[[row for row in incoming.index if row in rows]].astype(object).copy()
    for header in (h for h in BLANKS if h in kept and h in existing):
        filled = [not is_blank(existing.at[rows[row], header]) for row in kept.index]
        kept[header] = kept[header].mask(pd.Series(filled, kept.index, dtype=bool), None)
    lost = incoming.drop(index=kept.index).reindex(columns=[SIREN, BLANKS[0]])
    told = [" ".join(text_of(c) for c in cells if not is_blank(c)) for cells in lost.to_numpy()]
    return kept.where(kept.notna(), None), tuple(told)


def tell_strangers(strangers: tuple[str, ...]) -> list[str]:
    """Say which rows have no client.

    >>> tell_strangers(("552100554 Nova",))
    ['1 ligne sans client, pas ajoutée (un fichier de référence n’ajoute personne) : 552100554 Nova.']
    """
    if not strangers:
        return []
    s = "s" if len(strangers) > 1 else ""
    more = [f"{len(strangers) - SHOWN} autres"] if len(strangers) > SHOWN else []
    named = join_words([*strangers[:SHOWN], *more])
    return [
        f"{len(strangers)} ligne{s} sans client, pas ajoutée{s} (un fichier de référence n’ajoute personne) : {named}."
    ]


def parse_tranche(raw: object) -> Valeur:
    """Read a band of staff as INSEE codes it.

    >>> parse_tranche("12").value, parse_tranche(3.0).value, parse_tranche("NN").value
    (35.0, 7.0, None)
    """
    if is_blank(raw):
        return Valeur()
    found = EFFECTIFS.get(text_of(raw).removesuffix(".0").zfill(2))
    return Valeur(remark=NO_MIDDLE) if found is None else Valeur(value=float(found), remark=MIDDLE)
