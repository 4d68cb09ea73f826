"""The plan, as French sentences and a table for a terminal."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.plan import BilanPlan
from segxl.domain.repartition import find_overloaded
from segxl.faces.annonces import announce_anomalies

SHOWN_MONTHS = 6
SHOWN_DOSSIERS = 10
SHOWN_PEOPLE = 20


def announce_plan(console: Console, bilan: BilanPlan) -> None:
    """Tell how many meetings were planned, for whom, and what is late or too much."""
    meetings = bilan.rendez_vous
    if bilan.plan.empty:
        console.print(f"Aucun client à planifier dans {escape(bilan.classeur)}.")
        announce_anomalies(console, bilan.anomalies)
        return
    head = f"{_count(len(meetings), 'rendez-vous')} au {bilan.au:%d/%m/%Y}"
    console.print(f"[bold]{head}[/bold] dans {escape(bilan.classeur)} (feuille Plan).")
    console.print(f"  dont {_count(bilan.nouveaux, 'nouvelle ligne')}.")
    _announce_charge(console, bilan.charge)
    _announce_alertes(console, bilan.plan)
    _announce_list(console, "Trop de rendez-vous", bilan.surcharges)
    overloaded = tuple(find_overloaded(bilan.repartition))
    _announce_list(console, "Trop pour douze mois (feuille Charge)", overloaded)
    _announce_list(console, "Dossiers du plan qui ne sont plus à voir", bilan.absents)
    _announce_rencontres(console, bilan.rencontres)
    announce_anomalies(console, bilan.anomalies)
    console.print(escape(bilan.formule.splitlines()[0]), style="dim")


def announce_agenda(console: Console, ics: Path, count: int) -> None:
    """Tell where the calendar is."""
    console.print(f"Agenda : {_count(count, 'rendez-vous')} dans {escape(str(ics))}.")


def _announce_charge(console: Console, charge: pd.DataFrame) -> None:
    """Show the meetings of each person, month by month, against what one person can hold."""
    if charge.empty:
        return
    months = [*sorted(charge["Mois"].unique())]
    shown, later = months[:SHOWN_MONTHS], months[SHOWN_MONTHS:]
    heads = [f"{m:%m/%Y}" for m in shown] + ([f"puis {len(later)} mois"] if later else [])
    table = Table("Collaborateur", *heads, box=None, pad_edge=False)
    people = charge.groupby("Responsable", sort=True)
    for name, theirs in [*people][:SHOWN_PEOPLE]:
        counts = theirs.set_index("Mois")["Prévus"]
        capacite = int(theirs["Capacité"].iloc[0])
        cells = [f"{int(counts.get(m, 0))}/{capacite}" for m in shown]
        rest = [str(int(counts.reindex(later).sum()))] if later else []
        table.add_row(escape(str(name)), *cells, *rest)
    console.print(table)
    if people.ngroups > SHOWN_PEOPLE:
        console.print(f"  … et {people.ngroups - SHOWN_PEOPLE} autres collaborateurs.")


def _announce_alertes(console: Console, plan: pd.DataFrame) -> None:
    """Count the alerts, the most frequent first."""
    counts = plan["Alerte"].dropna().value_counts()
    if counts.empty:
        console.print("Aucune alerte : chaque date vient avant la date légale.")
        return
    console.print(f"[bold]Alertes[/bold] sur {_count(int(counts.sum()), 'client')} :")
    for alerte, count in counts.items():
        console.print(f"  • {escape(str(alerte))} : {_count(int(count), 'client')}")


def _announce_list(console: Console, title: str, lines: tuple[str, ...]) -> None:
    if lines:
        console.print(f"[bold]{title}[/bold] :")
    for line in lines[:SHOWN_DOSSIERS]:
        console.print(f"  • {escape(line)}")
    if len(lines) > SHOWN_DOSSIERS:
        console.print(f"  … et {len(lines) - SHOWN_DOSSIERS} autres.")


def _announce_rencontres(console: Console, rencontres: pd.DataFrame) -> None:
    """Name the first clients to meet."""
    if rencontres.empty:
        return
    console.print(f"[bold]À rencontrer[/bold] (feuille À rencontrer, {len(rencontres)} clients) :")
    for _, row in rencontres.head(SHOWN_DOSSIERS).iterrows():
        name = f"{row['Dossier']} {row['Raison sociale'] or ''}".strip()
        console.print(f"  {row['Rang']}. {escape(name)} : {escape(str(row['Raison']))}")


def _count(number: int, noun: str) -> str:
    r"""Write a count with its noun.

    >>> _count(1, "client"), _count(1200, "nouvelle ligne"), _count(3, "rendez-vous")
    ('1 client', '1\u202f200 nouvelles lignes', '3 rendez-vous')
    """
    plural = number > 1
    words = [w if not plural or w.endswith("s") else f"{w}s" for w in noun.split()]
    return f"{number:,} {' '.join(words)}".replace(",", "\u202f")
