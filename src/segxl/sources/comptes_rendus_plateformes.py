"""What the status exports say and change, in sentences that a terminal or a message box shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from segxl.domain.statuts import JOUR, PLATEFORME, STATUT, SUIVI
from segxl.domain.suivi_plateformes import AILLEURS, ANCIENNE, CONNUE, SANS_DATE
from segxl.domain.textes import join_words
from segxl.sources.comptes_rendus import counted
from segxl.sources.ecarts import count_ecarts
from segxl.sources.plateformes import Releve
from segxl.sources.textes_bruts import text_of

_FATES = {
    ANCIENNE: (
        "statut plus ancien, laissé de côté",
        "statuts plus anciens, laissés de côté",
    ),
    SANS_DATE: (
        "statut sans date, laissé de côté : il en est un qui est daté",
        "statuts sans date, laissés de côté : il en est qui sont datés",
    ),
    AILLEURS: (
        "statut Aucune, Expiré ou Refusé laissé de côté : une autre plateforme suit le client",
        "statuts Aucune, Expiré ou Refusé laissés de côté : une autre plateforme suit le client",
    ),
}


def render_releve(releve: Releve) -> list[str]:
    """Return what was read in one export, how its columns were understood, what was left out."""
    sheet = f" (feuille « {releve.sheet} »)" if releve.sheet else ""
    left = len(releve.ecarts)
    dropped = f", {counted(left, 'écartée', 'écartées')} ({count_ecarts(releve.ecarts)})"
    read = counted(releve.lues, "ligne lue", "lignes lues")
    told = counted(len(releve.lignes), "statut", "statuts")
    silent = counted(releve.sans_statut, "ligne sans statut", "lignes sans statut")
    return [
        f"{releve.name}{sheet} : {read}{dropped if left else ''} ; {told}.",
        *(f"  {line}" for line in _columns(releve)),
        *([f"  {silent}, sans effet."] if releve.sans_statut else []),
        *(f"  {remark}" for remark in releve.remarques),
    ]


def _columns(releve: Releve) -> Iterator[str]:
    """Yield how each column was understood."""
    titres = releve.titres
    headers = {"SIRET": "SIREN", "Statut": STATUT, "Date": JOUR}
    for role, title in titres.roles.items():
        yield f"« {text_of(title)} » → {headers.get(role, role)}"
    for statut, title in titres.dates.items():
        yield f"« {text_of(title)} » → {JOUR}, pour « {statut} »"
    if titres.ignorees:
        ignored = join_words(f"« {text_of(t)} »" for t in titres.ignorees)
        yield f"Laissé de côté, une autre colonne en tient lieu : {ignored}."
    if not titres.of("Date") and not titres.dates:
        yield "Aucune colonne ne date les statuts : ils sont pris sans date."
    if not titres.of("Plateforme") and releve.lignes[PLATEFORME].isna().all():
        yield "Aucune colonne ne nomme la plateforme : elle reste comme elle est dans Clients, ou précisez le nom de la plateforme."


def render_fusion(
    lignes: pd.DataFrame,
    fates: pd.Series,
    changements: Mapping[int, Mapping[str, object]],
    settled: pd.DataFrame,
) -> list[str]:
    """Return how many clients change, and how many lines have no effect.

    Parameters
    ----------
    lignes, fates, settled
        See ``domain.suivi_plateformes``.
    changements : mapping
        The cells to write: Excel row → header → value.
    """
    same = len(settled) - len(changements)
    updated = counted(len(changements), "client mis à jour", "clients mis à jour")
    kept = counted(same, "client déjà à jour", "clients déjà à jour")
    if not changements:
        told = f"Rien de nouveau : {kept}."
    else:
        told = f"{updated}, {kept}." if same else f"{updated}."
    counts = fates[~lignes[CONNUE].astype(bool)].value_counts()
    undated = sum(
        1 for row, cells in changements.items() if STATUT in cells and settled.at[row, JOUR] is None
    )
    return [
        told,
        *(f"{counted(int(counts[f]), *words)}." for f, words in _FATES.items() if f in counts),
        *([f"{counted(undated, 'statut écrit', 'statuts écrits')} sans date."] if undated else []),
    ]


def render_clients(
    clients: pd.DataFrame,
    suivis: pd.DataFrame,
    changements: Mapping[int, Mapping[str, object]],
) -> list[str]:
    """Return one line per client that changes: what Clients said, what it says now."""
    lines = []
    for row, cells in sorted(changements.items()):
        before = {h: suivis.at[row, h] for h in SUIVI}
        lines.append(f"{name_of(clients, row)} : {_state(before)} → {_state(before | {**cells})}")
    return lines


def name_of(clients: pd.DataFrame, row: int) -> str:
    """Return what people call a client: its number, then its name."""
    told = (text_of(clients.at[row, h]) for h in ("Dossier", "Raison sociale") if h in clients)
    return " ".join(filter(None, told)) or f"ligne {row}"


def render_added(headers: Sequence[str]) -> list[str]:
    """Return the columns that Clients gains."""
    if not headers:
        return []
    what = "Colonne ajoutée" if len(headers) == 1 else "Colonnes ajoutées"
    return [f"{what} à Clients : {join_words(f'« {h} »' for h in headers)}."]


def _state(cells: Mapping[str, object]) -> str:
    """Say where a client is.

    >>> _state({"Plateforme": "Nébula", "Statut plateforme": "Expiré", "Date statut": None})
    'Expiré (Nébula)'
    """
    plateforme, statut, jour = (cells.get(h) for h in SUIVI)
    beside = ", ".join(text_of(v) for v in (plateforme, jour) if v is not None)
    return f"{statut or 'sans statut'}{f' ({beside})' if beside else ''}"
