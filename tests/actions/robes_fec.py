"""One FEC in other dresses: the same facts, written as other software would."""

from __future__ import annotations

from collections.abc import Callable

Rows = list[list[str]]
HEADER = "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise".split()  # noqa: SIM905  eighteen words read better on a line
AT = {name: rank for rank, name in enumerate(HEADER)}
DATES = ("EcritureDate", "PieceDate", "DateLet", "ValidDate")
AMOUNTS = ("Debit", "Credit")
Robe = Callable[[Rows], bytes]


def parse(raw: bytes) -> Rows:
    """Return the cells of the clean file, header first."""
    return [line.split("\t") for line in raw.decode("utf-8").splitlines()]


def write(rows: Rows, separator: str = "\t", end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """Write cells back."""
    return "".join(separator.join(row) + end for row in rows).encode(encoding)


def edit(rows: Rows, columns: tuple[str, ...], change: Callable[[str], str]) -> Rows:
    """Change some cells of every line below the header."""
    ranks = {AT[column] for column in columns}
    return [
        rows[0],
        *([change(c) if i in ranks else c for i, c in enumerate(row)] for row in rows[1:]),
    ]


def drop(rows: Rows, *columns: str) -> Rows:
    """Leave columns out, title and all."""
    ranks = {AT[column] for column in columns}
    return [[c for i, c in enumerate(row) if i not in ranks] for row in rows]


def montant_sens(rows: Rows, plus: str, minus: str) -> Rows:
    """Write one amount and its side instead of debit and credit."""
    told = [[*rows[0][:11], "Montant", "Sens", *rows[0][13:]]]
    for row in rows[1:]:
        debit = row[AT["Debit"]] != "0,00"
        amount = row[AT["Debit"] if debit else AT["Credit"]]
        told.append([*row[:11], amount, plus if debit else minus, *row[13:]])
    return told


def wide(rows: Rows, *titles: str) -> Rows:
    """Add blank columns on the right."""
    return [[*rows[0], *titles], *([*row, *[""] * len(titles)] for row in rows[1:])]


def aux_in_account(rows: Rows) -> Rows:
    """Keep one general account per counterparty."""
    told = [rows[0]]
    for row in rows[1:]:
        moved = list(row)
        if moved[AT["CompAuxNum"]]:
            moved[AT["CompteNum"]] = moved[AT["CompteNum"]][:3] + moved[AT["CompAuxNum"]]
            moved[AT["CompteLib"]] = moved[AT["CompAuxLib"]]
        moved[AT["CompAuxNum"]] = moved[AT["CompAuxLib"]] = ""
        told.append(moved)
    return told


def _iso(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else ""


def _day_first(day: str) -> str:
    return f"{day[6:]}/{day[4:6]}/{day[:4]}" if day else ""


ROBES: dict[str, Robe] = {
    "pipe": lambda r: write(r, "|"),
    "line feed": lambda r: write(r, end="\n"),
    "carriage return": lambda r: write(r, end="\r"),
    "CR CR LF": lambda r: write(r, end="\r\r\n"),
    "no final line end": lambda r: write(r).removesuffix(b"\r\n"),
    "byte order mark": lambda r: write(r, encoding="utf-8-sig"),
    "ISO 8859-15": lambda r: write(r, encoding="iso8859-15"),
    "cp1252": lambda r: write(r, encoding="cp1252"),
    "D and C": lambda r: write(montant_sens(r, "D", "C")),
    "+1 and -1": lambda r: write(montant_sens(r, "+1", "-1")),
    "decimal point": lambda r: write(edit(r, AMOUNTS, lambda c: c.replace(",", "."))),
    "blank for zero": lambda r: write(edit(r, AMOUNTS, lambda c: "" if c == "0,00" else c)),
    "integers": lambda r: write(edit(r, AMOUNTS, lambda c: c.removesuffix(",00"))),
    "padded and signed": lambda r: write(edit(r, AMOUNTS, lambda c: f"+{c:0>12}")),
    "sign on the right": lambda r: write(edit(r, AMOUNTS, lambda c: f"{c}+")),
    "trailing separator": lambda r: write([[*row, ""] for row in r], "|"),
    "other case in titles": lambda r: write([[c.upper() for c in r[0]], *r[1:]]),
    "padded titles": lambda r: write([[f" {c} " for c in r[0]], *r[1:]]),
    "21 columns": lambda r: write(wide(r, "DateRglt", "ModeRglt", "NatOp")),
    "22 columns": lambda r: write(wide(r, "DateRglt", "ModeRglt", "NatOp", "IdClient")),
    "ISO dates": lambda r: write(edit(r, DATES, _iso)),
    "day first": lambda r: write(edit(r, DATES, _day_first)),
    "blank lines": lambda r: write(r).replace(b"\r\n", b"\r\n\r\n"),
    "no lettering": lambda r: write(edit(r, ("EcritureLet", "DateLet"), lambda _: "")),
    "no lettering date": lambda r: write(edit(r, ("DateLet",), lambda _: "")),
    "lettered in one run": lambda r: write(edit(r, ("DateLet",), lambda c: c and "20260301")),
    "entry numbers at zero": lambda r: write(edit(r, ("EcritureNum",), lambda _: "0")),
    "auxiliary in the account": lambda r: write(aux_in_account(r)),
    "no validation date": lambda r: write(edit(r, ("ValidDate",), lambda _: "")),
    "optional columns left out": lambda r: write(
        drop(r, "JournalLib", "CompAuxLib", "EcritureLet", "DateLet", "ValidDate")
    ),
    "opening entries last": lambda r: write([r[0], *sorted(r[1:], key=lambda row: row[0] == "AN")]),
    "lines upside down": lambda r: write([r[0], *r[:0:-1]]),
    "spaces around cells": lambda r: write([[f" {c} " for c in row] for row in r]),
}
"""What a file may look like, by what is odd in it."""
