"""Several time sheets as one: each line given to its dossier or to nobody, and once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pandas as pd

from segxl.domain.anomalies import Anomalie, SaisieError
from segxl.domain.honoraires.rattachement import Repertoire
from segxl.domain.textes import fold
from segxl.domain.valeur.temps import (
    COLLABORATEUR,
    DOSSIER,
    HEADERS,
    HEURES,
    JOUR,
    SOURCE,
    TAUX,
)
from segxl.sources.temps import TIERS, ExportTemps, read_temps_export

_KEY, _RANK = "cle", "rang"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LotTemps:
    """The lines of all the files.

    ``ajoutees`` have the headers of the table Temps, those on record left out; ``connues`` counts
    these. ``inconnus`` are the names without a dossier, with their hours, the most first.
    """

    fichiers: tuple[ExportTemps, ...]
    ajoutees: pd.DataFrame
    connues: int
    inconnus: tuple[tuple[str, float], ...]

    @classmethod
    def of(
        cls, fichiers: Sequence[ExportTemps], repertoire: Repertoire, known: pd.DataFrame
    ) -> Self:
        """Compare the lines of files with those on record.

        ``known`` has the headers of the table Temps.
        """
        frames = [pd.DataFrame(columns=[*HEADERS, _RANK], dtype=object)]
        lost: dict[str, float] = {}
        for rank, fichier in enumerate(fichiers):
            dossiers = [repertoire.find(tiers).dossier for tiers in fichier.tiers]
            whose = pd.Series([dossiers[p] for p in fichier.lignes[TIERS]], dtype=object)
            cells: dict[str, Any] = {DOSSIER: whose, SOURCE: fichier.fichier, _RANK: rank}
            named = fichier.lignes.assign(**cells)
            for place, hours in named[named[DOSSIER] == ""].groupby(TIERS)[HEURES].sum().items():
                tiers = fichier.tiers[int(str(place))]
                told = tiers.code if not tiers.nom or fold(tiers.nom) == fold(tiers.code) else f"{tiers.code} {tiers.nom}"  # fmt: skip
                lost[told] = lost.get(told, 0.0) + float(hours)
            frames.append(named[named[DOSSIER] != ""][[*HEADERS, _RANK]])
        filled = [frame for frame in frames if len(frame)] or frames[:1]
        told_lines = _with_keys(pd.concat(filled, ignore_index=True), _RANK)
        once = told_lines[~told_lines[_KEY].duplicated()]
        on_record = once[_KEY].isin({*_with_keys(known)[_KEY]})
        return cls(
            fichiers=tuple(fichiers),
            ajoutees=once[~on_record][[*HEADERS]].reset_index(drop=True),
            connues=int(on_record.sum()),
            inconnus=tuple(sorted(lost.items(), key=lambda item: (-item[1], item[0]))),
        )


def read_temps_files(chemins: Sequence[Path]) -> tuple[ExportTemps, ...]:
    """Read the files, each once; what is wrong in all of them is told at once.

    Raises
    ------
    SaisieError
        One at least cannot be read.
    """
    found: list[ExportTemps] = []
    anomalies: list[Anomalie] = []
    for path in {path.resolve(): path for path in chemins}.values():
        try:
            found.append(read_temps_export(path))
        except SaisieError as error:
            anomalies += error.anomalies
    if anomalies:
        raise SaisieError(anomalies)
    return tuple(found)


def _with_keys(frame: pd.DataFrame, *within: str) -> pd.DataFrame:
    """Add what makes a line itself: client, day, who, hours, rate, its rank among equal ones."""
    columns = (frame[h] for h in (DOSSIER, JOUR, COLLABORATEUR, HEURES, TAUX))
    plain = [
        (fold(d), j, fold(c or ""), round(float(h), 4), None if pd.isna(t) else round(float(t), 4))
        for d, j, c, h, t in zip(*columns, strict=True)
    ]
    keys = pd.Series(plain, index=frame.index, dtype=object)
    ranks = keys.groupby([keys, *(frame[w] for w in within)]).cumcount()
    told = [(*key, rank) for key, rank in zip(keys, ranks, strict=True)]
    return frame.assign(**{_KEY: pd.Series(told, index=frame.index, dtype=object)})
