"""« Honoraires » : what each client was billed, how late it pays, from the firm's own files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.dossiers import CLE
from segxl.domain.honoraires.factures import (
    ANNUELS,
    DELAI,
    DELAI_MAX,
    JOURS_DE_DELAI,
    MONTANT,
    PAYEE,
    Fusion,
    Periode,
    compare_annuels,
    measure_clients,
    merge_factures,
    period_of,
    with_delays,
)
from segxl.domain.honoraires.rattachement import repertoire_of
from segxl.domain.honoraires.reports import settle_reports
from segxl.domain.identifiants import key_of
from segxl.domain.parametres import require_parametre
from segxl.domain.saisie import is_error, parse_number
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.cabinet import read_cabinet
from segxl.excel.honoraires import find_late, read_honoraires, write_honoraires
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille
from segxl.lettres.francais import euros
from segxl.sources.facturation import (
    Facturation,
)
from segxl.sources.fichiers_facturation import check_owner, read_files
from segxl.sources.lot_facturation import LotFactures, NonRattache

SUGGESTED = 20
"""Accounts without a dossier for which the closest name is looked for, the largest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanHonoraires:
    """What the files bring; ``simulation`` when nothing was written. Amounts are in cents.

    ``total`` is what the files bill, ``rattache`` the part whose dossier is known. ``clients`` is
    what ``domain.honoraires.factures.measure_clients`` gives over ``periode``. ``annuels`` fills blank
    « Honoraires annuels » (row of Clients → euros); ``ecarts`` are typed ones that the files
    contradict. ``tardives`` counts the invoices dated after the day asked for, left out.
    """

    au: date
    fichiers: tuple[Facturation, ...]
    total: int
    rattache: int
    ajoutees: int
    connues: int
    payees: int
    tardives: int
    inconnus: tuple[NonRattache, ...]
    periode: Periode
    delai: int
    clients: pd.DataFrame
    annuels: Mapping[int, float]
    ecarts: tuple[Anomalie, ...]
    anomalies: tuple[Anomalie, ...]
    remarques: tuple[str, ...]
    simulation: bool
    is_empty: bool
    """Whether the workbook says all of it already."""


def run(
    workbook: Workbook, chemins: Sequence[Path], au: date, *, simulation: bool = False
) -> BilanHonoraires:
    """Put the invoices of the firm on record, and measure what each client brings.

    Parameters
    ----------
    workbook : Workbook
        The clients.
    chemins : sequence of Path
        FECs of the firm, whole or in parts, or exports of its billing software.
    au : date
        Invoices of a later day are left out.
    simulation : bool, optional
        Write nothing.

    Raises
    ------
    SaisieError
        The workbook or a file cannot be used, or a FEC is that of a client; nothing was written.
    """
    clients, reglages, _ = read_portefeuille(workbook)
    delai = int(require_parametre(reglages, DELAI, JOURS_DE_DELAI, 0, DELAI_MAX))
    known, unread = read_honoraires(workbook)
    fichiers = read_files(chemins, au)
    remarques = check_owner(clients, fichiers, read_cabinet(workbook))
    lot = LotFactures.of(fichiers, repertoire_of(clients.lignes), au, SUGGESTED)
    told = lot.rattachees
    fusion = settle_reports(known, merge_factures(known, told), lot.reports, lot.taux)
    fusion = replace(fusion, ajoutees=with_delays(fusion.ajoutees, delai))
    changes = _changes(known, fusion, delai)
    periode = period_of([(f.du, f.fin) for f in fichiers], au)
    measured = measure_clients(with_delays(_whole(known, fusion), delai), periode)
    annuels, ecarts = _compare(clients, measured, periode)
    is_empty = not (changes or len(fusion.ajoutees) or annuels)
    if not (simulation or is_empty):
        _write(workbook, changes, fusion.ajoutees, annuels)
    return BilanHonoraires(
        au=au,
        fichiers=fichiers,
        total=lot.total,
        rattache=int(told[MONTANT].sum()),
        ajoutees=len(fusion.ajoutees),
        connues=fusion.connues,
        payees=len(fusion.payees),
        tardives=lot.tardives,
        inconnus=lot.inconnus,
        periode=periode,
        delai=delai,
        clients=measured,
        annuels=annuels,
        ecarts=ecarts,
        anomalies=(*(a for f in fichiers for a in f.anomalies), *unread),
        remarques=remarques,
        simulation=simulation,
        is_empty=is_empty,
    )


def _write(
    workbook: Workbook,
    changes: Mapping[int, Mapping[str, object]],
    added: pd.DataFrame,
    annuels: Mapping[int, float],
) -> None:
    if changes or len(added):
        write_honoraires(workbook, changes, added)
    if annuels:
        workbook.write_cells("Clients", {row: {ANNUELS: v} for row, v in annuels.items()})


def _whole(known: pd.DataFrame, fusion: Fusion) -> pd.DataFrame:
    """Return all the invoices on record, as the files leave them."""
    filled = [frame for frame in (_with_paid(known, fusion), fusion.ajoutees) if len(frame)]
    whole = pd.concat(filled, ignore_index=True) if filled else known
    return whole.where(whole.notna(), None)


def _with_paid(known: pd.DataFrame, fusion: Fusion) -> pd.DataFrame:
    paid = [
        fusion.payees.get(row, jour) for row, jour in zip(known.index, known[PAYEE], strict=True)
    ]
    return known.assign(**{PAYEE: pd.Series(paid, index=known.index, dtype=object)})


def _changes(known: pd.DataFrame, fusion: Fusion, delai: int) -> dict[int, dict[str, object]]:
    """Return the cells of invoices on record that take another value."""
    changes = find_late(_with_paid(known, fusion), delai)
    for row, jour in fusion.payees.items():
        changes.setdefault(row, {})[PAYEE] = jour
    return changes


def _compare(
    clients: Tableau, measured: pd.DataFrame, periode: Periode
) -> tuple[dict[int, float], tuple[Anomalie, ...]]:
    """Compare « Honoraires annuels » with twelve months billed; with fewer, nothing is said."""
    if not periode.est_entiere or ANNUELS not in clients.lignes:
        return {}, ()
    rows = clients.lignes[clients.lignes[CLE].notna()]
    cells = [*zip(rows.index.tolist(), rows[CLE], rows[ANNUELS], strict=True)]
    blanks = {row for row, _, v in cells if v is None or not str(v).strip()}
    typed = {r: (fold(key_of(k)), None if is_error(v) else parse_number(v)) for r, k, v in cells}
    billed = {fold(dossier): int(cents) for dossier, cents in measured["honoraires"].items()}
    fills, gaps = compare_annuels(typed, billed, blanks)
    problem = "les factures des douze mois du {:%d/%m/%Y} au {:%d/%m/%Y} donnent {}"
    return fills, tuple(
        clients.anomalie(
            ANNUELS,
            row,
            problem.format(periode.du, periode.au, euros(amount)),
            "corrigez le montant, ou gardez-le s’il dit autre chose",
        )
        for row, amount in gaps.items()
    )
