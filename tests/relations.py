"""A workbook in memory with what the relation reads, written as a scenario tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from tests.excel.fake import FakeWorkbook

from segxl.actions import relation
from segxl.actions.relation import BilanRelation
from segxl.excel.enquete import WIDTHS as ENQUETE
from segxl.excel.file import FileWorkbook
from segxl.excel.honoraires import WIDTHS as HONORAIRES
from segxl.excel.irritants import WIDTHS as IRRITANTS
from segxl.excel.layout import COURRIERS_WIDTHS, JOURNAL_WIDTHS
from segxl.excel.reclamations import WIDTHS as RECLAMATIONS
from segxl.excel.temps import WIDTHS as TEMPS
from segxl.shipped import shipped_path

AU = date(2026, 11, 22)
Rows = Iterable[Mapping[str, Any]]
NAMES = {
    "le": "Date", "type": "Type", "clos": "Clos le", "csat": "CSAT", "nps": "NPS",
    "montant": "Montant HT", "payee": "Payée le", "recue": "Reçue le", "ecrite": "Écrite le",
    "qualite": "Qualité", "etape": "Étape", "etape_le": "Étape le", "dossier": "Dossier",
    "objet": "Objet", "canal": "Canal", "statut": "Statut", "qui": "Collaborateur",
    "heures": "Heures", "taux": "Taux horaire", "repondu": "Répondu le",
}  # fmt: skip
SHEETS = {
    "journal": ("Journal", JOURNAL_WIDTHS),
    "enquete": ("Enquete", ENQUETE),
    "honoraires": ("Honoraires", HONORAIRES),
    "temps": ("Temps", TEMPS),
    "irritants": ("Irritants", IRRITANTS),
    "registre": ("Reclamations", RECLAMATIONS),
    "courriers": ("Courriers", COURRIERS_WIDTHS),
}
POLICY = ("Criteres", "Baremes", "Couleurs", "Segments", "Parametres")


def shipped() -> FileWorkbook:
    return FileWorkbook(shipped_path("workbook/portefeuille.xlsx"), to_write=False)


def classeur_of(
    *clients: Mapping[str, Any], parametres: Mapping[str, Any] | None = None, **sheets: Rows
) -> FakeWorkbook:
    """Return a workbook of clients; a row of a sheet is D1's unless it says whose it is."""
    template = shipped()
    headers = [*template.read_table("Clients").letters]
    tables = {name: template.read_table(name).lignes for name in POLICY}
    settings = tables["Parametres"].set_index("Paramètre", drop=False)
    for name, value in (parametres or {}).items():
        settings.loc[name, ["Paramètre", "Valeur"]] = [name, value]
    tables["Parametres"] = settings
    rows = clients or ({"Dossier": "D1"},)
    others = [h for row in rows for h in row if h not in headers]
    columns = [*dict.fromkeys([*headers, *others])]
    tables["Clients"] = frame_of(rows, columns)
    for key, (table, widths) in SHEETS.items():
        if key in sheets:
            owner = {"Dossier": "D1"} if "Dossier" in widths else {}
            named = [owner | named_of(row) for row in sheets[key]]
            extra = [h for row in named for h in row if h not in widths]
            tables[table] = frame_of(named, [*dict.fromkeys([*widths, *extra])])
    return FakeWorkbook(tables)


def named_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return {NAMES.get(k, k): v for k, v in row.items()}


def frame_of(rows: Rows, columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        [[row.get(h) for h in columns] for row in rows], columns=columns, dtype=object
    )


def relation_of(workbook: FakeWorkbook, au: date = AU) -> BilanRelation:
    bilan = relation.run(workbook, au)
    workbook.save()
    return bilan


def add_columns(path: Path, **columns: Sequence[object]) -> None:
    workbook = FileWorkbook(path)
    known = workbook.read_table("Clients")
    workbook.add_columns("Clients", [h for h in columns if known.header(h) is None])
    rows = known.lignes.index
    workbook.write_columns("Clients", pd.DataFrame(columns, rows, dtype=object))
    workbook.save()
