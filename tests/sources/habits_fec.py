"""One FEC in many dresses: the same entries, written as other software would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd

ZONES = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib",
    "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
    "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
DATES = ("EcritureDate", "PieceDate", "DateLet", "ValidDate")
AMOUNTS = ("Debit", "Credit", "Montant")
ENTRY = ("JournalCode", "JournalLib", "EcritureNum", "EcritureDate")
SHARED = ("EcritureLib", "PieceRef", "PieceDate", "ValidDate")

Row = Mapping[str, str]
Words = Callable[[str], str]


def same(text: str) -> str:
    return text


def rows_of(path: Path) -> list[Row]:
    """Return the lines of a tabbed UTF-8 FEC, cut in the plainest way."""
    header, *lines = re.split(r"[\r\n]+", path.read_text("utf-8").strip("\r\n"))
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


@dataclass(frozen=True, kw_only=True)
class Habit:
    """How a program writes a FEC; the default is the plainest way the law allows."""

    separateur: str = "\t"
    fin: str = "\r\n"
    encodage: str = "utf-8"
    titre: Words = same
    montant: Words = same
    jour: Words = same
    texte: Words = same
    sens: tuple[str, str] | None = None
    zones: Sequence[str] = ZONES
    queue: str = ""
    is_ended: bool = True

    def write(self, rows: Iterable[Row]) -> bytes:
        """Write the entries."""
        zones = [zone for zone in self.zones if not self.sens or zone != "Credit"]
        names = [{"Debit": "Montant"}.get(z, z) if self.sens else z for z in zones]
        if self.sens:
            names.insert(names.index("Montant") + 1, "Sens")
        lines = [[self.titre(name) for name in names]]
        lines += [[self._cell(name, self._sided(row)) for name in names] for row in rows]
        text = self.fin.join(self.separateur.join(line) + self.queue for line in lines)
        return (text + self.fin * self.is_ended).encode(self.encodage)

    def _sided(self, row: Row) -> Row:
        """Give a line one amount and its side, where the dress has it so."""
        if self.sens is None:
            return row
        is_debit = not row["Credit"].strip("0,")
        amount = row["Debit"] if is_debit else row["Credit"]
        return {**row, "Montant": amount, "Sens": self.sens[0 if is_debit else 1]}

    def _cell(self, name: str, row: Row) -> str:
        value = row.get(name, "")
        if name in AMOUNTS:
            return self.montant(value)
        if name in DATES:
            return self.jour(value) if value else self.jour("") if self.jour is zeros else ""
        return self.texte(value)


def zeros(day: str) -> str:
    """Write a blank date as zeros."""
    return day or "00000000"


def iso(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def day_first(day: str) -> str:
    return f"{day[6:]}/{day[4:6]}/{day[:4]}"


def whole(amount: str) -> str:
    return amount.removesuffix(",00")


def padded(amount: str) -> str:
    """Write a sign and nine digits before the comma, as one program for farms does."""
    sign, digits = ("-", amount[1:]) if amount.startswith("-") else ("+", amount)
    return f"{sign}{digits:0>12}"


def sign_last(amount: str) -> str:
    return f"{amount.removeprefix('-')}{'-' if amount.startswith('-') else '+'}"


def exponent(amount: str) -> str:
    return f"{amount.replace(',', '')}E-2"


def xml_of(rows: Sequence[Row], *, iso_dates: bool = True) -> bytes:
    """Write the entries in the XML form: journal, ecriture, ligne."""

    def leaf(name: str, value: str) -> str:
        day = iso(value) if iso_dates and name in DATES and value else value
        return f"<{name}>{escape(day.replace(',', '.') if name in AMOUNTS else day)}</{name}>"

    out = ['<?xml version="1.0" encoding="UTF-8"?>', "<comptabilite><exercice>"]
    out.append("<DateCloture>2025-12-31</DateCloture>")
    before: tuple[str, ...] = ()
    for row in rows:
        entry = tuple(row[z] for z in (*ENTRY, *SHARED))
        if entry != before:
            out.append("</ecriture></journal>" if before else "")
            out.append("<journal>" + "".join(leaf(z, row[z]) for z in ENTRY[:2]) + "<ecriture>")
            out += [leaf(z, row[z]) for z in (*ENTRY[2:], *SHARED)]
            before = entry
        out.append("<ligne>")
        names = {"CompAuxNum": "CompteAuxNum", "CompAuxLib": "CompteAuxLib"}
        for zone in ("CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib"):
            out.append(leaf(names.get(zone, zone), row[zone]))
        out += [leaf(z, row[z]) for z in ("Debit", "Credit", "EcritureLet", "DateLet")]
        out.append("</ligne>")
    return "\n".join([*out, "</ecriture></journal></exercice></comptabilite>"]).encode()


def plain(ecritures: pd.DataFrame) -> pd.DataFrame:
    """Return écritures with words as plain texts: categories may stand in any order."""
    words = [c for c in ecritures if isinstance(ecritures[c].dtype, pd.CategoricalDtype)]
    return ecritures.astype(dict.fromkeys(words, "str"))
