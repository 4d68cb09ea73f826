"""« FEC » : what the entries of clients measure, beside their answers; blank answers take it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from segxl.actions import faits
from segxl.actions.faits import BilanFaits, FaitsFichier
from segxl.domain.anomalies import Anomalie
from segxl.domain.dossiers import CLE
from segxl.domain.faits.libelles import LIBELLES, LIBELLES_INTERNES
from segxl.domain.faits.rattachement import ask_owner, rows_told
from segxl.domain.faits.reprises import Proposal, propose_answers, shown_unit, shown_value
from segxl.domain.identifiants import key_of, siren_of
from segxl.domain.provenance.origines import (
    AUTEUR,
    DEDUIT,
    JOUR,
    MESURE,
    NATURE,
    ORIGINE,
    QUESTION,
    REPONSE,
)
from segxl.domain.reglages import Reglages
from segxl.domain.saisie import is_error
from segxl.domain.tableau import Tableau, records_of
from segxl.excel.faits import write_faits
from segxl.excel.port import Workbook
from segxl.excel.provenance import find_news, record_news
from segxl.excel.reglages import read_portefeuille
from segxl.sources.reprises import read_reprises

FILLED, SAME, GAP = "repris dans Clients", "concorde", "écart : à regarder"
HINT = "indice : à confirmer avec le client"
AUTHOR = "FEC"
Reader = Callable[[Sequence[Path]], BilanFaits]
Rows = dict[int, dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rattachement:
    """One file and the clients it speaks of, by row; none where its SIREN is in no row."""

    fichier: FaitsFichier
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanFec:
    """What was read, taken and set aside; ``simulation`` when nothing was written."""

    classeur: str
    lus: BilanFaits
    rattaches: tuple[Rattachement, ...]
    inconnus: tuple[FaitsFichier, ...]
    """Files whose SIREN, or whose name, leads to no client: asked for, never assumed."""
    repris: tuple[tuple[str, str, float], ...]
    """Dossier, column and value of each blank cell that took a measure."""
    ecarts: tuple[tuple[str, Proposal], ...]
    """Dossier, and the cell that says another thing than the entries."""
    simulation: bool

    @property
    def anomalies(self) -> tuple[Anomalie, ...]:
        """What made files be refused, and whose the others may be where no client is known."""
        return (*self.lus.anomalies, *(ask_owner(f.fichier, f.siren) for f in self.inconnus))


def run(  # noqa: PLR0913  a reader and two options, each with its default
    workbook: Workbook,
    chemins: Sequence[Path],
    today: date,
    lire: Reader = faits.run,
    *,
    dossier: str = "",
    simulation: bool = False,
) -> BilanFec:
    """Read FECs, put their facts on the sheet Faits and fill the blank answers they measure.

    A file is given to the clients that bear the SIREN of its name. Of several years, the latest
    one proposes answers. ``lire`` reads the files, with or without help; ``dossier`` is the client
    that they all are of, where the user says it.

    Raises
    ------
    SaisieError
        The workbook is wrong, a folder holds no FEC, or a file is not of the client that the user
        says; nothing was written.
    """
    clients, reglages, _ = read_portefeuille(workbook)
    lus = lire(chemins)
    by_siren = _rows_by_siren(clients)
    by_siren |= rows_told(clients, by_siren, [(f.fichier, f.siren) for f in lus.fichiers], dossier)
    joined = [Rattachement(fichier=f, rows=by_siren.get(f.siren, ())) for f in lus.fichiers]
    rattaches = tuple(r for r in joined if r.rows)
    latest = _latest_of(rattaches)
    proposed = _propose(clients, reglages, latest)
    filled = {
        row: {p.header: p.mesure for p in found.values() if p.is_blank and not p.is_hint}
        for row, found in proposed.items()
    }
    cells = {row: values for row, values in filled.items() if values}
    keys = {row: key_of(clients.lignes.at[row, CLE]) for row in proposed}
    if rattaches and not simulation:
        workbook.write_cells("Clients", cells)
        write_faits(workbook, [*_lignes_of(rattaches, keys, proposed, today)])
        asked = {c.libelle for c in reglages.criteres}
        told = _reponses_of(latest, keys, proposed, asked)
        record_news(workbook, find_news(workbook, told))
    return BilanFec(
        classeur=workbook.name,
        lus=lus,
        rattaches=rattaches,
        inconnus=tuple(r.fichier for r in joined if not r.rows),
        repris=tuple((keys[row], h, v) for row, values in cells.items() for h, v in values.items()),
        ecarts=tuple(
            (keys[row], p) for row, found in proposed.items() for p in found.values() if p.is_gap
        ),
        simulation=simulation,
    )


def _rows_by_siren(clients: Tableau) -> dict[str, tuple[int, ...]]:
    """Return the rows that have a number, by SIREN; dossiers that share one each have the file."""
    found: dict[str, list[int]] = defaultdict(list)
    for row, client in records_of(clients.lignes):
        siren, key = client.get("SIREN"), client[CLE]
        if siren is not None and key is not None and not is_error(key):
            found[siren_of(siren)].append(row)
    return {siren: tuple(rows) for siren, rows in found.items()}


def _latest_of(rattaches: Sequence[Rattachement]) -> dict[int, FaitsFichier]:
    """Return the latest year of each client, by row."""
    ordered = sorted(rattaches, key=lambda found: found.fichier.fin)
    return {row: r.fichier for r in ordered for row in r.rows}


def _propose(
    clients: Tableau, reglages: Reglages, latest: Mapping[int, FaitsFichier]
) -> dict[int, dict[str, Proposal]]:
    """Set the facts of the latest year beside the cells of each client."""
    rows = dict(records_of(clients.lignes.loc[[*latest]]))
    return {
        row: propose_answers(read_reprises(), fichier.releve.faits, rows[row], reglages)
        for row, fichier in latest.items()
    }


def _reponses_of(
    latest: Mapping[int, FaitsFichier],
    keys: Mapping[int, str],
    proposed: Mapping[int, Mapping[str, Proposal]],
    asked: Collection[str],
) -> Iterator[dict[str, object]]:
    """Yield what was measured as answers on record, those that Clients says otherwise included.

    A hint is a deduction, to be confirmed: as a question of a grid (``asked``) it would count in a
    note before anybody has.
    """
    for row, fichier in latest.items():
        for found in proposed[row].values():
            if found.is_hint and found.header in asked:
                continue
            yield {
                CLE: keys[row],
                QUESTION: found.header,
                REPONSE: f"{found.mesure:g} %" if found.is_hint else found.mesure,
                NATURE: DEDUIT if found.is_hint else MESURE,
                JOUR: fichier.fin,
                AUTEUR: AUTHOR,
                ORIGINE: f"{fichier.fichier}, {HINT}" if found.is_hint else fichier.fichier,
            }


def _lignes_of(
    rattaches: Sequence[Rattachement],
    keys: Mapping[int, str],
    proposed: Mapping[int, Mapping[str, Proposal]],
    today: date,
) -> Iterator[dict[str, object]]:
    """Yield the rows of the sheet, client by client, the latest year first."""
    pairs = [(row, r.fichier) for r in rattaches for row in r.rows]
    told: set[int] = set()
    for row, fichier in sorted(pairs, key=lambda p: (p[0], -p[1].fin.toordinal())):
        of_year = {} if row in told else proposed[row]
        told.add(row)
        for code, label in (LIBELLES | LIBELLES_INTERNES).items():
            fait = fichier.releve.faits[code]
            yield {
                "Dossier": keys[row],
                "Date de début": fichier.debut,
                "Date de fin": fichier.fin,
                "Fait": label,
                "Valeur": shown_value(code, fait),
                "Unité": shown_unit(code) or None,
                "État": fait.etat.label,
                "D’après": fait.motif,
                **_beside(of_year.get(code)),
                "Fichier": fichier.fichier,
                "Lu le": today,
            }


def _beside(proposition: Proposal | None) -> dict[str, object]:
    """Return what Clients says of a fact."""
    if proposition is None:
        return {}
    word = FILLED if proposition.is_blank else GAP if proposition.is_gap else SAME
    word = HINT if proposition.is_hint else word
    return {
        "Colonne": proposition.header,
        "Valeur de Clients": proposition.shown,
        "Lecture": word,
    }
