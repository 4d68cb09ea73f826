"""The invoices and the hours of a portfolio, up to a day, and what they sum to over twelve months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import pandas as pd

from segxl.domain.honoraires import factures as f
from segxl.domain.saisie import is_error, parse_number
from segxl.domain.valeur import temps as t
from segxl.domain.valeur import ventilation as ve

NO_NAME = "(sans nom)"
_EURO = 100


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entrees:
    """What was billed and worked up to a day; ``tardives`` counts the lines of a later one."""

    dossiers: tuple[str, ...]
    factures: pd.DataFrame
    temps: pd.DataFrame
    taux: pd.Series[float]
    tarifs: Mapping[str, float]
    periode: f.Periode
    tardives: int

    @classmethod
    def of(
        cls,
        dossiers: Sequence[str],
        factures: pd.DataFrame,
        temps: pd.DataFrame,
        tarifs: Mapping[str, float],
        au: date,
    ) -> Self:
        """Leave out what comes later, and settle which twelve months are measured.

        They end with the last month billed, so that a month in progress or a year closed since is
        not compared with nothing; invoices that are a year old or more settle nothing.
        """
        year = f.period_of([], au)
        billed, worked = (_until(frame, au) for frame in (factures, temps))
        recent = [[jour for jour in frame[f.JOUR] if jour >= year.du] for frame in (billed, worked)]
        days = recent[0] or recent[1]
        return cls(
            dossiers=tuple(dossiers),
            factures=billed,
            temps=worked,
            taux=t.rates_of(worked, tarifs),
            tarifs=tarifs,
            periode=f.period_of([(min(days), max(days))] if days else [], au),
            tardives=len(factures) + len(temps) - len(billed) - len(worked),
        )

    def sum_clients(self) -> pd.DataFrame:
        """Return what each client was billed and what it took, see ``domain.valeur.ventilation``."""
        count, periode, factures = len(self.dossiers), self.periode, self.factures
        billed = ve.gather_factures(
            ve.places_of(factures[f.DOSSIER], self.dossiers),
            factures[f.JOUR],
            factures[f.MONTANT],
            count,
            periode,
        )
        places = ve.places_of(self.temps[t.DOSSIER], self.dossiers)
        lines = self.temps.assign(**{t.TAUX: self.taux})
        return pd.concat([billed, ve.gather_temps(places, lines, count, periode)], axis=1)

    def find_strangers(self) -> dict[str, int]:
        """Return what the period bills to dossiers that are no client's, the most first, in cents."""
        factures = self.factures
        inside = pd.Series([jour >= self.periode.du for jour in factures[f.JOUR]], dtype=bool)
        lost = ve.places_of(factures[f.DOSSIER], self.dossiers) == ve.HORS_CLIENTS
        summed = factures[inside & lost].groupby(f.DOSSIER)[f.MONTANT].sum()
        ordered = summed.sort_values(ascending=False, kind="stable")
        return {str(dossier): int(cents) for dossier, cents in ordered.items()}

    def find_without_rate(self) -> tuple[str, ...]:
        """Return who worked hours over the period that have no rate."""
        days = self.temps[t.JOUR]
        inside = pd.Series([self.periode.du <= jour <= self.periode.au for jour in days], dtype=bool)  # fmt: skip
        lacking = self.temps[inside & self.taux.isna() & (self.temps[t.HEURES] != 0)]
        return tuple(sorted({str(nom or NO_NAME) for nom in lacking[t.COLLABORATEUR]}))

    @property
    def mean_rate(self) -> float | None:
        """What an hour costs in euros: the mean over the hours that have a rate, else over the rates."""
        hours = self.temps[t.HEURES].astype("float64")
        known = self.taux.notna() & (hours > 0)
        if known.any():
            return float((hours[known] * self.taux[known]).sum() / hours[known].sum())
        return sum(sorted(self.tarifs.values())) / len(self.tarifs) if self.tarifs else None

    def count_months(self) -> dict[str, int]:
        """Count the months of the period from the first invoice, and from the first hours."""
        frames = {"Honoraires": self.factures, "Temps": self.temps}
        return {name: ve.month_count(frame[f.JOUR], self.periode) for name, frame in frames.items()}


def cents_of(value: object) -> float | None:
    """Read an amount in euros as cents; None where it is not one.

    >>> cents_of("1 200,50 €"), cents_of("#N/A"), cents_of("80 %"), cents_of(None)
    (120050.0, None, None, None)
    """
    is_share = str(value).strip().endswith("%")
    number = None if value is None or is_error(value) or is_share else parse_number(value)
    return None if number is None else float(round(number * _EURO))


def _until(frame: pd.DataFrame, au: date) -> pd.DataFrame:
    kept = pd.Series([jour <= au for jour in frame[f.JOUR]], index=frame.index, dtype=bool)
    return frame[kept].reset_index(drop=True)
