"""« Faits » : say what the accounting entries of clients (FEC) measure, file by file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from segxl.domain.anomalies import Anomalie, SaisieError, file_error
from segxl.domain.faits.comparaison import Comparaison, compare_following
from segxl.domain.faits.releve import Releve, measure_faits
from segxl.sources.fec import Fec, group_fec, read_fec
from segxl.sources.fec_texte import MOST_BYTES_TOGETHER
from segxl.sources.partage import Avancement, do_all

FEC_NAME = re.compile(r"\d{9,14}\s?FEC\s?\d{8}.*\.(txt|csv|xml)", re.IGNORECASE)
"""How the law names the file, and what software or people add to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaitsFichier:
    """One FEC: what the file holds, in cents, and what it measures."""

    fichier: str
    siren: str
    debut: date
    fin: date
    lignes: int
    total_debit: int
    total_credit: int
    avertissements: tuple[str, ...]
    releve: Releve


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparaisonSiren:
    """Two following years of one company."""

    siren: str
    comparaison: Comparaison


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanFaits:
    """What the files say; ``anomalies`` are those of the files that cannot be read."""

    fichiers: tuple[FaitsFichier, ...]
    comparaisons: tuple[ComparaisonSiren, ...]
    anomalies: tuple[Anomalie, ...]


def run(chemins: Sequence[Path], advance: Avancement | None = None, workers: int = 1) -> BilanFaits:
    """Read each FEC, measure its facts, and compare the years of one company.

    Parameters
    ----------
    chemins : sequence of Path
        Files, or folders whose files named as FECs are all read. The parts of a split file
        (``_1``, ``_2``) are one FEC.
    advance : callable, optional
        Called with (done, total) after each file.
    workers : int, optional
        Processes that read many files at once, fewer of large ones; the result does not depend
        on it.

    Raises
    ------
    SaisieError
        A folder holds no FEC. A file that cannot be read is told in the result instead.
    """
    groups = group_fec(find_files(chemins))
    found: list[FaitsFichier] = []
    anomalies: list[Anomalie] = []
    for outcome in do_all(_attempt, groups, _fitting(workers, groups), advance):
        if isinstance(outcome, FaitsFichier):
            found.append(outcome)
        else:
            anomalies.extend(outcome)
    return _compare(found, anomalies)


def _fitting(workers: int, groups: Sequence[Sequence[Path]]) -> int:
    """Return how many processes may read together without holding more than one large FEC."""
    largest = max((sum(map(_size_of, group)) for group in groups), default=0)
    return max(1, min(workers, MOST_BYTES_TOGETHER // max(1, largest)))


def _size_of(path: Path) -> int:
    """Return the bytes of a file; none where it is missing, which its reader tells."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _attempt(paths: Sequence[Path]) -> FaitsFichier | tuple[Anomalie, ...]:
    """Return what one FEC measures, or why it cannot be read."""
    try:
        return _measure(read_fec(paths))
    except SaisieError as error:
        return error.anomalies


def find_files(chemins: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files asked for, each once; those of a folder are the ones named as FECs."""
    found: list[Path] = []
    for chemin in chemins:
        if not chemin.is_dir():
            found.append(chemin)
            continue
        named = sorted(p for p in chemin.iterdir() if FEC_NAME.fullmatch(p.name) and p.is_file())
        if not named:
            problem = "ce dossier ne contient aucun FEC"
            remedy = "donnez les fichiers, ou renommez-les SIRENFECAAAAMMJJ.txt (AAAAMMJJ est la date de clôture)"
            raise file_error(chemin.name, chemin, problem, remedy)
        found.extend(named)
    return tuple({path.resolve(): path for path in found}.values())


def _measure(fec: Fec) -> FaitsFichier:
    releve = measure_faits(fec.ecritures)
    return FaitsFichier(
        fichier=fec.fichier,
        siren=fec.siren,
        debut=fec.debut,
        fin=fec.fin,
        lignes=len(fec.ecritures),
        total_debit=fec.total_debit,
        total_credit=fec.total_credit,
        avertissements=(*fec.avertissements, *releve.reserves),
        releve=releve,
    )


def _compare(found: list[FaitsFichier], anomalies: list[Anomalie]) -> BilanFaits:
    """Compare the years of each company; what is doubtful is told beside the later year."""
    by_siren: dict[str, list[int]] = defaultdict(list)
    for rank, fichier in enumerate(found):
        if fichier.siren:
            by_siren[fichier.siren].append(rank)
    comparaisons: list[ComparaisonSiren] = []
    told: dict[int, list[str]] = defaultdict(list)
    for siren, ranks in by_siren.items():
        for place, outcome in compare_following([found[rank].releve for rank in ranks]):
            if isinstance(outcome, str):
                told[ranks[place]].append(outcome)
                continue
            comparaisons.append(ComparaisonSiren(siren=siren, comparaison=outcome))
            told[ranks[place]].extend(outcome.reserves)
    fichiers = tuple(
        replace(f, avertissements=(*f.avertissements, *told[rank])) for rank, f in enumerate(found)
    )
    return BilanFaits(
        fichiers=fichiers, comparaisons=tuple(comparaisons), anomalies=tuple(anomalies)
    )
