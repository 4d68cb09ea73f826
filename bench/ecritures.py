"""A FEC of many lines: invoices of five lines, paid by entries of two."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

HEADER = (
    "JournalCode JournalLib EcritureNum EcritureDate "
    "CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate "
    "EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise"
)
SIREN = "000000034"
YEAR_END = "20251231"
PATTERN = (
    ("VE", "Ventes", "411000", "Clients", 120, 0),
    ("VE", "Ventes", "706000", "Prestations de services", 0, 70),
    ("VE", "Ventes", "707000", "Ventes de marchandises", 0, 30),
    ("VE", "Ventes", "445710", "TVA collectée 20 %", 0, 20),
    ("BQ", "Banque", "512000", "Banque", 120, 0),
    ("BQ", "Banque", "411000", "Clients", 0, 120),
)
"""The lines of one sale and of its payment, out of an amount of 100."""


def write_fec(folder: Path, lines: int, clients: int = 2_000) -> Path:
    """Write a FEC of that many lines, tabs and commas, and return its path."""
    path = folder / f"{SIREN}FEC{YEAR_END}.txt"
    invent_fec(lines, clients).to_csv(path, sep="\t", index=False, encoding="iso8859-15")
    return path


def invent_fec(lines: int, clients: int) -> pd.DataFrame:
    """Make up the sales of a year and what customers paid, as texts."""
    sales, rank = np.divmod(np.arange(lines), len(PATTERN))
    random = np.random.default_rng(1)
    count = int(sales[-1]) + 1
    days = pd.Timestamp("2025-01-01") + pd.to_timedelta(random.integers(0, 300, count), unit="D")
    paid = (days + pd.to_timedelta(random.integers(5, 60, count), unit="D")).strftime("%Y%m%d")
    sold = days.strftime("%Y%m%d")
    client, amount = random.integers(0, clients, count), random.integers(1, 5_000, count)
    is_sale = rank < PATTERN.index(("BQ", "Banque", "512000", "Banque", 120, 0))
    is_client = np.isin(rank, [0, len(PATTERN) - 1])
    parts = [np.array([p[i] for p in PATTERN], dtype=object)[rank] for i in range(4)]
    euros = [np.array([p[i] for p in PATTERN])[rank] * amount[sales] for i in (4, 5)]
    who = np.char.add("C", client.astype(str)).astype(object)
    name = np.array([f"SOCIÉTÉ {n} SARL" for n in range(clients)], dtype=object)[client]
    numbers = np.array([f"{n:08d}" for n in range(count)], dtype=object)[sales]
    date = np.where(is_sale, sold.to_numpy()[sales], paid.to_numpy()[sales])
    blank = np.full(lines, "", dtype=object)
    columns = [
        parts[0], parts[1], parts[0] + numbers, date, parts[2], parts[3],
        np.where(is_client, who[sales], ""), np.where(is_client, name[sales], ""),
        "F" + numbers, date, "Facture F" + numbers, *map(_decimal, euros),
        np.where(is_client, numbers, ""), np.where(is_client, paid.to_numpy()[sales], ""),
        np.full(lines, "20260331", dtype=object), blank, blank,
    ]  # fmt: skip
    return pd.DataFrame(dict(zip(HEADER.split(), columns, strict=True)))


def _decimal(cents: np.ndarray) -> np.ndarray:
    texts = (
        pd.Series(cents // 100).astype(str) + "," + pd.Series(cents % 100).astype(str).str.zfill(2)
    )
    return texts.to_numpy(dtype=object)
