"""The law as dated, sourced facts: read strictly, so that a typing error never becomes a rule.

The facts are written by developers, in ``shipped/loi``: what is wrong in them is told in
English, and stops the program at its start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

CONFIANCES = ("haute", "moyenne", "basse")
RYTHMES_EN_MOTS = {
    "decade": "trois fois par mois",
    "mensuel": "chaque mois",
    "bimestriel": "tous les deux mois",
}
"""Each rhythm of the tables, as readers say it."""
RYTHMES = tuple(RYTHMES_EN_MOTS)
OBLIGATIONS = ("reception", "emission", "ereporting_transactions", "ereporting_paiements")
AMOUNTS = (
    "jours", "mois", "ans", "personnes", "euros", "envois", "données", "plateformes",
)  # fmt: skip
REQUIRED = (
    "libelle", "valeur", "unite", "valable_du", "source", "confiance", "verifie_le", "a_confirmer",
)  # fmt: skip
OPTIONAL = ("valable_au", "texte")
TYPES: Mapping[str, type] = {
    "libelle": str, "unite": str, "valable_du": date, "valable_au": date, "texte": str,
    "source": str, "confiance": str, "verifie_le": date, "a_confirmer": bool,
}  # fmt: skip


class LoiError(Exception):
    """A fact of law is missing or written wrong: for developers, hence in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fait:
    """One fact of law: what it says, since when, which text says so, and how sure that is."""

    code: str
    libelle: str
    valeur: Any
    unite: str
    valable_du: date
    valable_au: date | None = None
    """Last day of validity; None while nothing ends it."""
    texte: str = ""
    """The article, as the source gives it; blank where it gives none."""
    source: str
    confiance: str
    verifie_le: date
    """The day that the source speaks of, or its own; the first of the month where it has only a month."""
    a_confirmer: bool

    def quote(self, words: str) -> str:
        """Return some words about the fact, followed by its article where the source gives one."""
        return f"{words} ({self.texte})" if self.texte else words


class Loi(Mapping[str, Fait]):
    """Every fact by its code; of several periods, a plain look-up gives the last one."""

    def __init__(self, faits: Iterable[Fait]) -> None:
        self._periods: dict[str, list[Fait]] = {}
        for fait in faits:
            self._periods.setdefault(fait.code, []).append(fait)
        for periods in self._periods.values():
            periods.sort(key=lambda f: f.valable_du)

    def __getitem__(self, code: str) -> Fait:
        """Return the fact of a code, the last of its periods."""
        if code not in self._periods:
            msg = f"the law has no fact {code!r}"
            raise LoiError(msg)
        return self._periods[code][-1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._periods)

    def __len__(self) -> int:
        return len(self._periods)

    @property
    def version(self) -> date:
        """The day of the most recent source."""
        return max(f.verifie_le for periods in self._periods.values() for f in periods)

    def periods(self, code: str) -> tuple[Fait, ...]:
        """Return the facts of a code, the earliest period first."""
        return tuple(self._periods[self[code].code])

    def oldest(self, codes: Iterable[str]) -> date:
        """Return the earliest day that the sources of some facts speak of, every period counted."""
        return min(f.verifie_le for code in codes for f in self.periods(code))

    def value(self, code: str, unite: str) -> Any:  # noqa: ANN401  a date, a number or words, as the unit says
        """Return the value of a fact that must be told in one unit."""
        fait = self[code]
        if fait.unite != unite:
            msg = f"the fact {code!r} must be told in {unite!r}, not {fait.unite!r}"
            raise LoiError(msg)
        return fait.valeur

    def at(self, code: str, jour: date) -> Fait | None:
        """Return the fact that holds on one day; None where none does."""
        held = (
            f for f in self._periods[self[code].code]
            if f.valable_du <= jour <= (f.valable_au or date.max)
        )  # fmt: skip
        return next(held, None)


def parse_loi(files: Mapping[str, Mapping[str, Any]]) -> Loi:
    """Read the tables of law.

    Parameters
    ----------
    files : mapping of str to mapping
        File name to its TOML content: one table per fact, or an array of tables for a fact whose
        value changes with time.

    Raises
    ------
    LoiError
        An unknown or missing key, a wrong type or word, periods that overlap, one code in two
        files; names the file, the table and the key.

    Examples
    --------
    >>> parse_loi({"tva": {"taux": {"valeur": 20}}})
    Traceback (most recent call last):
    segxl.domain.loi.LoiError: tva.toml [taux]: missing libelle, unite, ...
    """
    faits: list[Fait] = []
    homes: dict[str, str] = {}
    for name, tables in files.items():
        for code, table in tables.items():
            place = f"{name}.toml [{code}]"
            if code in homes:
                raise _error(place, f"already told in {homes[code]}.toml")
            homes[code] = name
            periods = [_parse_fait(place, code, t) for t in _periods_of(place, table)]
            _refuse_overlaps(place, periods)
            faits += periods
    if not faits:
        msg = "the law has no fact at all"
        raise LoiError(msg)
    return Loi(faits)


def _error(place: str, problem: str) -> LoiError:
    return LoiError(f"{place}: {problem}")


def _periods_of(place: str, table: object) -> Sequence[Mapping[str, Any]]:
    """Return the records of one code: one, or one a period."""
    told = table if isinstance(table, list) else [table]
    records = [record for record in told if isinstance(record, dict)]
    if not records or len(records) < len(told):
        raise _error(place, "a fact is a table, or an array of tables")
    return records


def _parse_fait(place: str, code: str, table: Mapping[str, Any]) -> Fait:
    """Read one record, every key checked."""
    missing = [k for k in REQUIRED if k not in table]
    if missing:
        raise _error(place, f"missing {', '.join(missing)}")
    unknown = [k for k in table if k not in {*REQUIRED, *OPTIONAL}]
    if unknown:
        raise _error(place, f"unknown key {', '.join(unknown)}")
    for key, kind in TYPES.items():
        value = table.get(key)
        if key in table and (not isinstance(value, kind) or isinstance(value, datetime)):
            raise _error(place, f"{key} must be a {kind.__name__}, not {value!r}")
        if value == "":
            raise _error(place, f"{key} is blank")
    if table["confiance"] not in CONFIANCES:
        raise _error(place, f"confiance {table['confiance']!r} is none of {', '.join(CONFIANCES)}")
    if table["valable_du"] > table.get("valable_au", date.max):
        raise _error(place, "valable_au lies before valable_du")
    _refuse_wrong_value(place, table["valeur"], table["unite"])
    valeur = table["valeur"]
    frozen = tuple(valeur) if isinstance(valeur, list) else valeur
    return Fait(code=code, **{**table, "valeur": frozen})


def _refuse_wrong_value(place: str, valeur: object, unite: str) -> None:
    """Raise where a value is not what its unit announces."""
    words = isinstance(valeur, list) and all(isinstance(v, str) for v in valeur)
    rights = {
        "date": isinstance(valeur, date) and not isinstance(valeur, datetime),
        "texte": isinstance(valeur, str),
        "rythme": valeur in RYTHMES,
        "liste": words,
        "codes": words,
        "obligations": words and set(_list(valeur)) <= set(OBLIGATIONS),
        "jours ouvrés": bool(_list(valeur)) and all(_is_amount(v) for v in _list(valeur)),
    } | dict.fromkeys(AMOUNTS, _is_amount(valeur))
    if unite not in rights:
        raise _error(place, f"unite {unite!r} is none of {', '.join(rights)}")
    if not rights[unite]:
        raise _error(place, f"valeur {valeur!r} is not a value of unite {unite!r}")


def _list(valeur: object) -> list[Any]:
    return valeur if isinstance(valeur, list) else []


def _is_amount(valeur: object) -> bool:
    """Tell whether a value is a number that is not negative; a truth value is none."""
    return isinstance(valeur, int | float) and not isinstance(valeur, bool) and valeur >= 0


def _refuse_overlaps(place: str, periods: Sequence[Fait]) -> None:
    """Raise where two periods of one fact hold on the same day."""
    ordered = sorted(periods, key=lambda f: f.valable_du)
    for before, after in pairwise(ordered):
        if (before.valable_au or date.max) >= after.valable_du:
            raise _error(place, f"two values hold on {after.valable_du:%Y-%m-%d}")
