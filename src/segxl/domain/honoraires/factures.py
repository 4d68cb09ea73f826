"""The fees of a firm: what each client was billed, how late it pays, what its file says of it."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from segxl.domain.textes import fold

JOUR, DOSSIER, MONTANT, PAYEE, RETARD = (
    "Date",
    "Dossier",
    "Montant HT",
    "Payée le",
    "Jours de retard",
)
SOURCE, PIECE = "Source", "Pièce"
HEADERS = (JOUR, DOSSIER, MONTANT, PAYEE, RETARD, SOURCE, PIECE)
ANNUELS = "Honoraires annuels"
DELAI, JOURS_DE_DELAI, DELAI_MAX = "Délai de paiement (jours)", 30, 365
"""When an invoice is due, after its date: article L. 441-10 of the Code de commerce says thirty
days where nothing else is agreed."""
TOLERANCE = 0.05
"""Beyond this share, a typed amount and the billed one are told to be different."""
MOIS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Periode:
    """The twelve months that are measured; ``est_entiere`` when the files cover all of them."""

    du: date
    au: date
    est_entiere: bool


def months_between(du: date, au: date) -> range:
    """Return the calendar months from one day to another, as numbers."""
    return range(du.year * MOIS + du.month - 1, au.year * MOIS + au.month)


def period_of(spans: Iterable[tuple[date, date]], au: date) -> Periode:
    """Return the twelve months that end with the last month that the files tell of.

    Parameters
    ----------
    spans : iterable of (date, date)
        First and last day of each file.
    au : date
        The period never ends later.

    Examples
    --------
    >>> period_of([(date(2025, 1, 3), date(2025, 12, 30))], date(2026, 11, 22))
    Periode(du=datetime.date(2025, 1, 1), au=datetime.date(2025, 12, 31), est_entiere=True)
    >>> period_of([(date(2026, 2, 1), date(2026, 11, 20))], date(2026, 11, 22)).est_entiere
    False
    """
    told = [(du, min(fin, au)) for du, fin in spans if du <= au]
    last = max((fin for _, fin in told), default=au)
    month_end = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    end = min(au, month_end)
    after = end + timedelta(days=1)
    start = (pd.Timestamp(after) - pd.DateOffset(years=1)).date()
    covered = {month for du, fin in told for month in months_between(du, fin)}
    return Periode(du=start, au=end, est_entiere=covered.issuperset(months_between(start, end)))


def days_late(jour: date, payee: date | None, delai: int) -> int | None:
    """Count the days between the due date and the payment; zero when paid in time.

    >>> days_late(date(2025, 1, 1), date(2025, 2, 10), 30), days_late(date(2025, 1, 1), None, 30)
    (10, None)
    """
    return None if payee is None else max(0, (payee - jour).days - delai)


def with_delays(factures: pd.DataFrame, delai: int) -> pd.DataFrame:
    """Count the days late of each invoice again; a credit note has none."""
    columns = (factures[h] for h in (JOUR, PAYEE, MONTANT))
    late = [days_late(j, p, delai) if m > 0 else None for j, p, m in zip(*columns, strict=True)]
    return factures.assign(**{RETARD: pd.Series(late, index=factures.index, dtype=object)})


def add_keys(frame: pd.DataFrame, *within: str) -> pd.DataFrame:
    """Add ``cle`` to invoices: client, day, document, cents, and its rank among equal ones.

    ``within`` names what the rank starts again with: the same invoice in two files is one.
    """
    parts = [
        frame[DOSSIER].map(fold),
        frame[JOUR],
        frame[PIECE].map(fold),
        frame[MONTANT],
    ]
    plain = pd.Series([*zip(*parts, strict=True)], index=frame.index, dtype=object)
    ranks = plain.groupby([plain, *(frame[w] for w in within)]).cumcount()
    keys = [(*key, rank) for key, rank in zip(plain, ranks, strict=True)]
    return frame.assign(cle=pd.Series(keys, index=frame.index, dtype=object))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fusion:
    """What files add to the invoices on record: rows to add, and rows now paid: row → day."""

    ajoutees: pd.DataFrame
    payees: Mapping[int, date]
    connues: int


def merge_factures(known: pd.DataFrame, told: pd.DataFrame) -> Fusion:
    """Compare the invoices of files, each once, with those on record.

    Parameters
    ----------
    known, told : DataFrame of object
        The columns of ``HEADERS``, the amounts in cents; ``known`` indexed by Excel row.
    """
    before = add_keys(known)
    fresh = add_keys(told)
    rows = dict(zip(before["cle"], before.index, strict=True))
    is_known = fresh["cle"].map(rows.__contains__).astype(bool)
    again = fresh[is_known & fresh[PAYEE].notna()]
    payees = {
        int(rows[cle]): jour
        for cle, jour in zip(again["cle"], again[PAYEE], strict=True)
        if known.at[rows[cle], PAYEE] is None
    }
    added = fresh[~is_known].drop(columns="cle").reset_index(drop=True)
    return Fusion(ajoutees=added, payees=payees, connues=int(is_known.sum()))


def measure_clients(factures: pd.DataFrame, periode: Periode) -> pd.DataFrame:
    """Measure each client.

    Returns
    -------
    DataFrame
        Indexed by dossier, the most billed first: ``honoraires``, cents of the period;
        ``retard``, mean days late of its paid invoices of the period, NaN without any;
        ``derniere``, the day of its last invoice, credit notes left out, None without any.
    """
    frame = factures.assign(cle=factures[DOSSIER].map(fold))
    names = frame.drop_duplicates("cle").set_index("cle")[DOSSIER]
    is_within = [periode.du <= jour <= periode.au for jour in frame[JOUR]]
    within = frame[pd.Series(is_within, index=frame.index, dtype=bool)]
    fees = within.groupby("cle")[MONTANT].sum().reindex(names.index, fill_value=0)
    late = within[RETARD].astype("float64").groupby(within["cle"]).mean()
    last = frame[frame[MONTANT] > 0].groupby("cle")[JOUR].max()
    measured = pd.DataFrame(
        {
            "honoraires": fees.astype("int64"),
            "retard": late.reindex(names.index),
            "derniere": last.reindex(names.index).astype(object),
        },
        index=names.index,
    )
    measured["derniere"] = measured["derniere"].where(measured["derniere"].notna(), None)
    return measured.set_axis(pd.Index(names, name=DOSSIER)).sort_values(
        "honoraires", ascending=False, kind="stable"
    )


def compare_annuels(
    typed: Mapping[int, tuple[str, float | None]],
    billed: Mapping[str, int],
    blanks: Collection[int],
) -> tuple[dict[int, float], dict[int, float]]:
    """Return what fills the blank « Honoraires annuels », and what contradicts a typed one.

    Parameters
    ----------
    typed : mapping
        Row of Clients → (folded dossier, amount in euros, None where unreadable).
    billed : mapping
        Folded dossier → cents of twelve whole months.
    blanks : collection of int
        The rows that hold nothing.

    Examples
    --------
    >>> compare_annuels({5: ("d1", None), 6: ("d2", 1000.0)}, {"d1": 120000, "d2": 106000}, {5})
    ({5: 1200.0}, {6: 1060.0})
    """
    fills: dict[int, float] = {}
    gaps: dict[int, float] = {}
    for row, (dossier, amount) in typed.items():
        euros = billed.get(dossier, 0) / 100
        if euros <= 0:
            continue
        if row in blanks:
            fills[row] = euros
        elif amount is not None and abs(amount - euros) > TOLERANCE * euros:
            gaps[row] = euros
    return fills, gaps
