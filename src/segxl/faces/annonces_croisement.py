"""Readiness crossed with value, sizes and unbilled time, as French sentences and as one object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from segxl.actions.valeur import BilanValeur
from segxl.domain.faits.etats import pourcent
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.croisement import CLASSE, CLIENTS, PREPARATIONS, SANS_CLASSE, SANS_NOTE
from segxl.domain.valeur.signaux import TAILLES
from segxl.lettres.francais import euros, liste

SHOWN = 8
_ND = "n.d."
_DECIMALS = 6


def list_crossed(bilan: BilanValeur) -> Iterator[str]:
    """Yield the sizes of the clients, what nobody billed, and whom to see first."""
    sizes = bilan.releve.lignes[v.PMG]
    counts = [(int((sizes == name).sum()), name.lower()) for name in TAILLES]
    if any(count for count, _ in counts):
        told = ", ".join(f"{n} {name}{'s' if n > 1 and name != 'gros' else ''}" for n, name in counts)  # fmt: skip
        yield f"Par leurs honoraires : {told}."
    if bilan.non_facture is not None:
        yield f"Temps non facturé sur la période : {euros(round(bilan.non_facture))}, au taux horaire."
    first = _first(bilan)
    if first:
        more = f" et {len(first) - SHOWN} autres" if len(first) > SHOWN else ""
        names = ", ".join(first[:SHOWN]) if more else liste(first)
        yield f"À voir d’abord, peu prêts et en classe A ou B ({bilan.croisement.methode}) : {names}{more}."


def announce_crossed(console: Console, bilan: BilanValeur) -> None:
    """Print the matrix: clients by class and readiness, then shares of the hours and of the margin."""
    lignes = bilan.croisement.lignes
    counts = (*PREPARATIONS, SANS_NOTE, CLIENTS)
    table = Table(box=None, pad_edge=False)
    table.add_column(f"{CLASSE} ({bilan.croisement.methode})", no_wrap=True)
    for header in (*counts, "Part des heures", "Part de la marge"):
        table.add_column(header, justify="right")
    for line in lignes[lignes[CLIENTS] > 0].to_dict("records"):
        shares = [line[h] for h in (v.PART_HEURES, v.PART_MARGE)]
        told = [_ND if pd.isna(share) else pourcent(share) for share in shares]
        table.add_row(str(line[CLASSE]), *(str(line[h]) for h in counts), *told)
    if table.row_count:
        console.print(table)


def json_of_crossed(bilan: BilanValeur) -> dict[str, Any]:
    """Return the matrix and who comes first as plain records; amounts in euros, shares 0..1."""
    return {
        "methode": bilan.croisement.methode,
        "classes": [_record(line) for line in bilan.croisement.lignes.to_dict("records")],
        "a_voir_dabord": _first(bilan),
    }


def _record(line: dict[Any, Any]) -> dict[str, Any]:
    euros_of = {h: line[h] for h in (v.HONORAIRES, v.MARGE_EUROS)}
    shares = {h: line[h] for h in (v.PART_HEURES, v.PART_MARGE)}
    return {
        "classe": None if line[CLASSE] == SANS_CLASSE else line[CLASSE],
        "peu_prets": line[PREPARATIONS[0]],
        "en_chemin": line[PREPARATIONS[1]],
        "prets": line[PREPARATIONS[2]],
        "sans_note": line[SANS_NOTE],
        "clients": line[CLIENTS],
        **{h: None if pd.isna(x) else round(x) / 100 for h, x in euros_of.items()},
        **{h: None if pd.isna(x) else round(x, _DECIMALS) for h, x in shares.items()},
    }


def _first(bilan: BilanValeur) -> list[str]:
    return bilan.croisement.list_first([*bilan.releve.lignes["dossier"]])
