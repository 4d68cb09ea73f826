"""One column of an export, read for what it feeds; what cannot be read names its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.relation.attrition import ENTREE, SORTIE
from segxl.domain.saisie import parse_date, parse_number
from segxl.domain.textes import fold
from segxl.domain.valeur.axes import LEVELS, POTENTIEL
from segxl.sources.correspondance import is_siret, shipped_synonymes
from segxl.sources.jours import parse_jour
from segxl.sources.sirene import TRANCHE, parse_tranche
from segxl.sources.textes_bruts import is_blank, text_of, words_of
from segxl.sources.valeurs import (
    Reader,
    Valeur,
    parse_code_postal,
    parse_dossier,
    parse_effectif,
    parse_montant,
    parse_naf,
    parse_oui_non,
    parse_part,
    parse_regime,
    parse_reponse,
    parse_siren,
    parse_siret,
    parse_texte,
)

PARTS = ("Part B2B", "Part B2C", "Part secteur public", "Part international")
_MONTANTS = ("CA HT", "Total bilan", "Honoraires annuels", "Établissements")
_JOURS = ("Date statut", ENTREE, SORTIE, "Témoignage accepté le", "Fin de mission le")
_OUI_NON = ("Assujetti TVA", "Redevable TVA", "Opposition")
_READERS: Mapping[str, Reader] = {
    "Dossier": parse_dossier,
    "Code NAF": parse_naf,
    "Code postal": parse_code_postal,
    "Effectif": parse_effectif,
    "Régime TVA": parse_regime,
}
_THOUSANDS = frozenset({"k€", "keur", "millier"})
_MILLIONS = frozenset({"m€", "meur", "million"})
_PERCENT = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Colonne:
    """One column as it was read: its cells, those to correct, what to say once."""

    cells: pd.Series
    anomalies: tuple[Anomalie, ...] = ()
    remarques: tuple[str, ...] = ()


def unit_of(source: str) -> float:
    """Return how many euros one unit of a column is worth, after its title.

    >>> unit_of("CA HT (k€)"), unit_of("Total bilan en M€"), unit_of("CA HT")
    (1000.0, 1000000.0, 1.0)
    """
    words = {*words_of(source)}
    if words & _THOUSANDS:
        return 1e3
    return 1e6 if words & _MILLIONS else 1.0


def reader_of(
    target: str, source: str, reponses: Mapping[str, Sequence[str]], part_unit: float
) -> Reader:
    """Return how the cells of one column are read; a criterion without answers is a number."""
    readers: dict[str, Reader] = dict(_READERS)
    readers["SIREN"] = partial(parse_siren, is_siret=is_siret(source))
    if fold(source) == TRANCHE:
        readers["Effectif"] = parse_tranche
    readers |= {h: partial(parse_montant, header=h, unit=unit_of(source)) for h in _MONTANTS}
    readers |= {h: partial(parse_part, header=h, unit=part_unit) for h in PARTS}
    readers |= {h: partial(parse_oui_non, header=h) for h in _OUI_NON}
    readers |= {h: partial(parse_jour, header=h, of_year=h == ENTREE) for h in _JOURS}
    readers[POTENTIEL] = _answer_reader(POTENTIEL, LEVELS[POTENTIEL])
    readers |= {h: _answer_reader(h, answers) for h, answers in reponses.items()}
    return readers.get(target, parse_texte)


def is_typed(target: str) -> bool:
    """Tell whether segxl knows what a header of Clients holds; the firm's own are kept as read."""
    return target in shipped_synonymes()["synonymes"]


def _answer_reader(header: str, reponses: Sequence[str]) -> Reader:
    if not reponses:
        return partial(parse_montant, header=header)
    return partial(parse_reponse, header=header, reponses=reponses)


def part_unit_of(columns: Sequence[pd.Series]) -> float:
    """Return 100 where the shares are fractions of one, as percent cells of a workbook are."""
    raws = [raw for values in columns for raw in values if not is_blank(raw)]
    numbers = [number for raw in raws if (number := parse_number(raw)) is not None]
    return _PERCENT if any(numbers) and max(numbers) <= 1 else 1.0


def parse_colonne(
    values: pd.Series, target: str, reader: Reader, *, name: str, cell: Callable[[object], str]
) -> Colonne:
    """Read every cell of one column, each distinct one once."""
    known: dict[tuple[type, object], Valeur] = {}
    read = [known.setdefault((type(v), v), _read(v, reader, known)) for v in values]
    return Colonne(
        cells=pd.Series([v.value for v in read], index=values.index, dtype=object),
        anomalies=tuple(
            Anomalie(sheet=name, cell=cell(row), value=raw, problem=v.problem, remedy=v.remedy)
            for row, raw, v in zip(values.index, values, read, strict=True)
            if v.problem
        ),
        remarques=tuple(_remarks(target, values, read)),
    )


def _read(raw: object, reader: Reader, known: Mapping[tuple[type, object], Valeur]) -> Valeur:
    return known.get((type(raw), raw)) or reader(raw)


def _remarks(target: str, values: pd.Series, read: Sequence[Valeur]) -> Iterator[str]:
    for remark in dict.fromkeys(v.remark for v in read if v.remark):
        raws = [raw for raw, v in zip(values, read, strict=True) if v.remark == remark]
        cells = "1 cellule" if len(raws) == 1 else f"{len(raws)} cellules"
        yield f"{target} : {cells} comme « {text_of(raws[0])} » : {remark}."


def parse_libre(values: pd.Series, source: str) -> pd.Series:
    """Keep a column that Clients does not have; its days become days when most are days.

    A spreadsheet number is a day only beside written days: alone, it is a number.
    """
    if is_siret(source):
        sirets = [parse_siret(raw).value for raw in values]
        return pd.Series(sirets, index=values.index, dtype=object)
    filled = [raw for raw in values if raw is not None]
    days = sum(1 for raw in filled if _is_written_day(raw))
    if not days or 2 * days < len(filled):
        return values
    read = [None if raw is None else parse_date(raw) or raw for raw in values]
    return pd.Series(read, index=values.index, dtype=object)


def _is_written_day(raw: object) -> bool:
    if isinstance(raw, str):
        return not raw.isdigit() and parse_date(raw) is not None
    return isinstance(raw, date)
