"""The same client on several rows of one export becomes one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.textes import fold
from segxl.sources.ecarts import Ecart, Motif
from segxl.sources.egalite import is_same
from segxl.sources.fiches import Fiche, fiches_of, frame_of
from segxl.sources.textes_bruts import text_of

Place = Callable[[str, object], str]


def merge_doublons(
    dossiers: pd.DataFrame, *, name: str, cell: Place
) -> tuple[pd.DataFrame, tuple[Ecart, ...], tuple[Anomalie, ...]]:
    """Keep one row per client: the fullest, its blanks filled by the others.

    Returns
    -------
    tuple
        The rows kept, in their order; the rows left out; one anomaly for each value on which
        two rows disagree, the fullest row's being kept.
    """
    keys = client_keys(dossiers)
    repeated = keys[keys.duplicated(keep=False) & keys.ne("")]
    fiches = fiches_of(dossiers)
    ecarts: list[Ecart] = []
    anomalies: list[Anomalie] = []
    for rows in repeated.groupby(repeated, sort=False).groups.values():
        kept = max(rows, key=lambda row: _filled(fiches[row]))
        whole = fiches[kept]
        for row in rows:
            if row == kept:
                continue
            other = fiches.pop(row)
            anomalies += _find_conflicts(whole, other, (kept, row), name, cell)
            whole |= {header: v for header, v in other.items() if whole[header] is None}
            ecarts.append(Ecart(row=row, motif=Motif.DOUBLON, text=_title(other)))
    return frame_of(fiches, [*dossiers.columns]), tuple(ecarts), tuple(anomalies)


def client_keys(dossiers: pd.DataFrame) -> pd.Series:
    """Return what tells clients apart: the code, else the code of the one row of same SIREN."""
    blank = pd.Series([None] * len(dossiers), index=dossiers.index, dtype=object)
    codes = [fold(text_of(v)) for v in dossiers.get("Dossier", blank)]
    sirens = [text_of(v) for v in dossiers.get("SIREN", blank)]
    owners: dict[str, set[str]] = {}
    for code, siren in zip(codes, sirens, strict=True):
        if code and siren:
            owners.setdefault(siren, set()).add(code)
    keys = [
        code or (next(iter(owners[siren])) if len(owners.get(siren, ())) == 1 else siren)
        for code, siren in zip(codes, sirens, strict=True)
    ]
    return pd.Series(keys, index=dossiers.index, dtype=object)


def _filled(fiche: Fiche) -> int:
    return sum(1 for value in fiche.values() if value is not None)


def _title(fiche: Fiche) -> str:
    return text_of(fiche.get("Dossier") or fiche.get("SIREN"))


def _find_conflicts(
    kept: Fiche,
    other: Fiche,
    rows: tuple[object, object],
    name: str,
    cell: Place,
) -> Iterator[Anomalie]:
    for header, value in other.items():
        if value is None or kept[header] is None or is_same(kept[header], value):
            continue
        yield Anomalie(
            sheet=name,
            cell=cell(header, rows[1]),
            value=text_of(value),
            problem=f"le dossier {_title(kept)} est aussi à la ligne {rows[0]}, où « {header} » "
            f"vaut « {text_of(kept[header])} »",
            remedy=f"gardez une seule des lignes {rows[0]} et {rows[1]} ; "
            f"la valeur de la ligne {rows[0]} est gardée",
        )
