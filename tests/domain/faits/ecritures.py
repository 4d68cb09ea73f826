"""Entries for the tests: a few lines of a FEC, or a whole clean file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

DATA = Path(__file__).parents[2] / "data" / "fec"
COLUMNS = {
    "JournalCode": "journal",
    "JournalLib": "journal_lib",
    "EcritureNum": "num",
    "EcritureDate": "date",
    "CompteNum": "compte",
    "CompteLib": "compte_lib",
    "CompAuxNum": "aux",
    "CompAuxLib": "aux_lib",
    "PieceRef": "piece",
    "PieceDate": "piece_date",
    "EcritureLib": "libelle",
    "Debit": "debit",
    "Credit": "credit",
    "EcritureLet": "lettre",
    "DateLet": "date_lettre",
    "ValidDate": "valid_date",
}
DATES = ("date", "piece_date", "date_lettre", "valid_date")
AMOUNTS = ("debit", "credit")


def read_clean(name: str) -> pd.DataFrame:
    """Read one of our own files, tabs and commas, the simplest of dresses."""
    text = pd.read_csv(DATA / name, sep="\t", dtype=str, keep_default_na=False, encoding="utf-8")
    frame = text.rename(columns=COLUMNS)[[*COLUMNS.values()]]
    for column in AMOUNTS:
        frame[column] = frame[column].str.replace(",", "").astype("int64")
    for column in DATES:
        days = pd.to_datetime(frame[column].replace("", None), format="%Y%m%d")
        frame[column] = days.astype("datetime64[s]")
    return frame


class Journal:
    """Entries typed one by one; amounts in euros, turned into cents."""

    def __init__(self, year: int = 2025) -> None:
        self.year = year
        self.rows: list[dict[str, object]] = []

    def write(
        self, journal: str, day: str, piece: str, *lines: tuple[str, str, float], **others: str
    ) -> None:
        """Add one entry: (account, auxiliary, euros) lines, debit positive."""
        for compte, aux, amount in lines:
            cents = round(abs(amount) * 100)
            self.rows.append(
                {
                    "journal": journal,
                    "journal_lib": others.get("journal_lib", ""),
                    "num": others.get("num", piece),
                    "date": f"{self.year}-{day}",
                    "compte": compte,
                    "compte_lib": others.get("compte_lib", "Clients"),
                    "aux": aux,
                    "aux_lib": others.get("aux_lib", aux and f"SOCIETE {aux}"),
                    "piece": piece,
                    "debit": cents if amount > 0 else 0,
                    "credit": cents if amount < 0 else 0,
                    "lettre": others.get("lettre", "") if compte.startswith("4") else "",
                    "valid_date": others.get("valid_date"),
                }
            )

    def sell(self, day: str, client: str, ttc: float, piece: str = "", **others: str) -> None:
        """Invoice a customer, at 20 % of VAT; a negative amount is a credit note."""
        ht = round(ttc / 1.2, 2)
        name = piece or f"F{len(self.rows)}"
        lines = ("411000", client, ttc), ("706000", "", -ht), ("445710", "", ht - ttc)
        self.write("VE", day, name, *lines, **others)

    def buy(self, day: str, fournisseur: str, ttc: float) -> None:
        """Receive an invoice of a supplier, at 20 % of VAT."""
        ht = round(ttc / 1.2, 2)
        lines = ("401000", fournisseur, -ttc), ("606000", "", ht), ("445660", "", ttc - ht)
        self.write("AC", day, f"A{len(self.rows)}", *lines)

    def cash(self, day: str, client: str, ttc: float, **others: str) -> None:
        """Receive a payment of a customer."""
        lines = ("512000", "", ttc), ("411000", client, -ttc)
        self.write("BQ", day, f"R{len(self.rows)}", *lines, **others)

    @property
    def ecritures(self) -> pd.DataFrame:
        """The entries as the reader of FEC gives them."""
        return frame_of(self.rows)


def frame_of(rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    """Return entries with every column, in the types of the reader."""
    frame = pd.DataFrame([*rows]).reindex(columns=[*COLUMNS.values()])
    texts = [c for c in COLUMNS.values() if c not in (*DATES, *AMOUNTS)]
    frame[texts] = frame[texts].astype(object).fillna("").astype(str)
    for column in DATES:
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    return frame.astype(dict.fromkeys(AMOUNTS, "int64"))
