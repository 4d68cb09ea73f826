"""Reading a FEC, the file of all the accounting entries of a French company for one year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from segxl.domain.anomalies import Anomalie, SaisieError
from segxl.sources.fec_controles import doubt_balance, doubt_numbering, runs_of
from segxl.sources.fec_ecritures import COLUMNS, Partie, parse_ecritures
from segxl.sources.fec_lignes import read_zones
from segxl.sources.fec_noms import check_same, doubt_names, group_fec, parse_name, sort_parts
from segxl.sources.fec_periode import doubt_periode, measure_periode
from segxl.sources.fec_remarques import Place, Remarque, gather_remarques
from segxl.sources.fec_texte import check_size, read_raw, texte_of
from segxl.sources.fec_valeurs import parse_jour
from segxl.sources.fec_xml import is_xml, read_xml
from segxl.sources.fec_zones import parse_header

__all__ = ["Fec", "group_fec", "read_fec"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fec:
    """The entries of one company for one year, as its FEC holds them.

    ``ecritures`` has one row per line, in the order of the file: words as categories, but
    ``libelle`` as text, empty where blank; days as ``datetime64[s]``; ``debit`` and ``credit`` in
    whole cents. ``debut`` and ``fin`` leave the opening journals out. ``siren`` is what the name
    of the file says, empty where it says none.
    """

    fichier: str
    siren: str
    ecritures: pd.DataFrame
    debut: date
    fin: date
    total_debit: int
    total_credit: int
    avertissements: tuple[str, ...]


def read_fec(paths: Sequence[Path] | Path) -> Fec:
    """Read one FEC, whole or in parts: its encoding, separator, zones and amounts are found.

    Parameters
    ----------
    paths : Path or sequence of Path
        One file, or all the parts ``_1``, ``_2`` of one SIREN and one closing date.

    Returns
    -------
    Fec
        Its entries, and what is doubtful in them, each doubt once.

    Raises
    ------
    SaisieError
        A file is missing, empty, too large or no FEC, or holds lines that cannot be read: each
        with its line, its zone, what was read and what to do.

    Notes
    -----
    Article A. 47 A-1 of the Livre des procédures fiscales; read as tolerantly as the tester of
    the tax authority (Test Compta Demat), and doubted more.
    """
    files = sort_parts([paths] if isinstance(paths, Path) else [*paths])
    noms = [parse_name(path.name) for path in files]
    check_same(noms)
    check_size(files)
    parties = _read_parts(files)
    ecritures = _join([partie.ecritures for partie in parties])
    periode = measure_periode(ecritures)
    cloture = noms[0].jour_cloture or parse_jour(parties[0].cloture)
    suites, place = runs_of(ecritures), _place_in(parties)
    remarques = [
        *(remarque for partie in parties for remarque in partie.remarques),
        *doubt_names(noms),
        *doubt_periode(periode, cloture),
        *doubt_balance(ecritures, suites, place),
        *doubt_numbering(ecritures, suites, place),
    ]
    return Fec(
        fichier=" + ".join(path.name for path in files),
        siren=noms[0].siren,
        ecritures=ecritures,
        debut=periode.debut,
        fin=periode.fin,
        total_debit=int(ecritures["debit"].sum()),
        total_credit=int(ecritures["credit"].sum()),
        avertissements=tuple(map(str, gather_remarques(remarques))),
    )


def _read_parts(files: Sequence[Path]) -> list[Partie]:
    """Read every part, and tell what is wrong in all of them at once."""
    parties: list[Partie] = []
    anomalies: list[Anomalie] = []
    for path in files:
        try:
            partie = _read_part(path)
        except SaisieError as error:
            anomalies += error.anomalies
            continue
        anomalies += partie.anomalies
        parties.append(partie)
    if anomalies:
        raise SaisieError(anomalies)
    return parties


def _read_part(path: Path) -> Partie:
    raw = read_raw(path)
    if is_xml(raw):
        return parse_ecritures(read_xml(raw, path.name))
    texte = texte_of(raw, path.name)
    zones = read_zones(texte, parse_header(texte))
    if texte.encodage:
        doute = f"l’encodage est {texte.encodage} : la norme veut ASCII, UTF-8 ou ISO 8859-15"
        zones = replace(zones, remarques=(Remarque(doute=doute), *zones.remarques))
    return parse_ecritures(zones)


def _join(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the parts one under the other, in their order."""
    if len(frames) == 1:
        return frames[0]
    columns: dict[str, object] = {}
    for column in COLUMNS:
        parts = [frame[column] for frame in frames]
        is_words = isinstance(parts[0].dtype, pd.CategoricalDtype)
        columns[column] = union_categoricals(parts) if is_words else pd.concat(parts).array
    return pd.DataFrame(columns, copy=False)


def _place_in(parties: Sequence[Partie]) -> Place:
    """Return what tells the line of a row of the whole, and its file where there are several."""
    starts = np.cumsum([0, *(len(partie.ecritures) for partie in parties)])

    def place(row: int) -> str:
        at = int(np.searchsorted(starts, row, side="right")) - 1
        lieux = parties[at].lieux
        told = lieux.place(row - int(starts[at]))
        return told if len(parties) == 1 else f"{lieux.name} {told}"

    return place
