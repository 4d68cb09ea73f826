"""What the vendors of platforms say of the clients, and whom to call, for a terminal."""

from __future__ import annotations

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.plateformes import BilanPlateformes
from segxl.domain.relances import A_DIRE, CAS
from segxl.faces.annonces import SHOWN_CHANGES, SIMULATED, print_list
from segxl.faces.terminal import with_options

SHOWN_CALLS = 20


def announce_plateformes(console: Console, bilan: BilanPlateformes) -> None:
    """Tell what the exports change, what needs a hand, then whom to call."""
    for sentence in bilan.phrases:
        console.print(escape(with_options(sentence)))
    for line in bilan.detail[:SHOWN_CHANGES]:
        console.print(f"  • {escape(line)}")
    if len(bilan.detail) > SHOWN_CHANGES:
        console.print(f"  … et {len(bilan.detail) - SHOWN_CHANGES} autres clients.")
    for kind, anomalies in bilan.constats.items():
        console.print(f"[bold]{escape(kind)}[/bold] ({len(anomalies)}) :")
        print_list(console, anomalies)
    if bilan.simulation and bilan.exports:
        console.print(SIMULATED)
    sure = bilan.relances["cas"] != A_DIRE
    _announce_calls(console, bilan, bilan.relances[sure])
    _announce_questions(console, bilan.relances[~sure])


def _announce_calls(console: Console, bilan: BilanPlateformes, calls: pd.DataFrame) -> None:
    """Print the call list: how many of each case, then the first clients."""
    day = f"{bilan.au:%d/%m/%Y}"
    if calls.empty:
        console.print(f"Personne à appeler au {day} dans {escape(bilan.classeur)}.")
        return
    title = f"{len(calls)} client{_s(len(calls))} à appeler au {day}"
    console.print(f"[bold]{title}[/bold] dans {escape(bilan.classeur)} :")
    for cas, count in calls["cas"].value_counts().sort_index().items():
        console.print(f"  • {CAS[int(str(cas))]} : {count}")
    _print_calls(console, calls)


def _announce_questions(console: Console, asked: pd.DataFrame) -> None:
    """Print apart the clients of whom something must be settled before any call."""
    if asked.empty:
        return
    title = f"{len(asked)} client{_s(len(asked))} à part"
    console.print(f"[bold]{title}[/bold], {CAS[A_DIRE]} :")
    _print_calls(console, asked)


def _print_calls(console: Console, calls: pd.DataFrame) -> None:
    headers = ("Dossier", "Raison sociale", "Collaborateur")
    table = Table(*headers, box=None, pad_edge=False)
    table.add_column("Pourquoi", no_wrap=True)
    for line in calls.head(SHOWN_CALLS).to_dict("records"):
        who = ("" if pd.isna(line[h]) else str(line[h]) for h in headers)
        table.add_row(*map(escape, who), escape(line["raison"]))
    console.print(table)
    if len(calls) > SHOWN_CALLS:
        console.print(f"  … et {len(calls) - SHOWN_CALLS} autres.")


def _s(count: int) -> str:
    return "s" if count > 1 else ""
