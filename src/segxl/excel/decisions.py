"""What the firm decided of its clients: columns of Clients that say so, beside facts that stay facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from segxl.domain.simulation.essai import APRES, AVANT, Essai
from segxl.domain.simulation.lignes import EURO
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.port import Workbook

DECISION, VISES, JOUR = HEADERS = ("Décision", "Honoraires visés", "Décidé le")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decisions:
    """What a scenario decides, by row of Clients: a blank withdraws what it had decided before.

    ``remplacees`` counts the other decisions that these take the place of.
    """

    scenario: str
    ecrites: Mapping[int, Mapping[str, object]]
    retirees: Mapping[int, Mapping[str, object]]
    remplacees: int


def decide(clients: Tableau, rows: pd.Series, essai: Essai, au: date) -> Decisions:
    """Say what a scenario decides of each client that it changes.

    Parameters
    ----------
    clients : Tableau
        The table Clients.
    rows : Series of int
        The row of each dossier.
    essai : Essai
        The scenario kept. A client that it no longer concerns loses what it had decided.
    au : date
        The day of a decision that was not there yet.
    """
    old = clients.canonical(HEADERS).lignes.reindex(columns=[*HEADERS]).astype(object)
    old = old.where(old.notna(), None)
    end = f"(scénario {essai.scenario})"
    new = _cells_of(essai, rows, end)
    replaced = 0
    for row, cells in new.items():
        before, since = old.at[row, DECISION], old.at[row, JOUR]
        is_same = before is not None and fold(before) == fold(cells[DECISION])
        replaced += before is not None and not is_same
        cells[JOUR] = since if is_same and since is not None else au
    mine = [int(str(row)) for row, told in old[DECISION].items() if str(told).endswith(end)]
    return Decisions(
        scenario=essai.scenario,
        ecrites=new,
        retirees={row: dict.fromkeys(HEADERS) for row in mine if row not in new},
        remplacees=replaced,
    )


def write_decisions(workbook: Workbook, clients: Tableau, decisions: Decisions) -> None:
    """Write them beside what the firm measures, which stays as it is."""
    known = clients.canonical(HEADERS).letters
    workbook.add_columns("Clients", [h for h in HEADERS if h not in known])
    workbook.write_cells("Clients", {**decisions.ecrites, **decisions.retirees})


def _cells_of(essai: Essai, rows: pd.Series, end: str) -> dict[int, dict[str, object]]:
    """Return the cells of each client that a line of the scenario changes."""
    cells: dict[int, dict[str, object]] = {}
    for client in essai.clients.to_dict("records"):
        before, after = (client[f"honoraires {side}"] for side in (AVANT, APRES))
        told = str(client["gestes"])
        if told:
            aimed = after / EURO if after is not None and after != before else None
            cells[int(rows[client["dossier"]])] = {DECISION: f"{told[0].upper()}{told[1:]} {end}", VISES: aimed}  # fmt: skip
    return cells
