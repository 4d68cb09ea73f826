"""« Nouveau portefeuille depuis une liste » : a copy of the firm's workbook, with ours added to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from segxl.actions.nouveau import TEMPLATE
from segxl.actions.synthese import write_before_notes
from segxl.domain.anomalies import Anomalie, file_error
from segxl.domain.resultats import rate_dossiers
from segxl.domain.tableau import column_number
from segxl.domain.textes import fold
from segxl.excel.adoption.adopt import adopt, told_at_source
from segxl.excel.adoption.client_columns import NewColumns
from segxl.excel.adoption.existing import ExistingWorkbook
from segxl.excel.adoption.following import MOST_WORDS, Following
from segxl.excel.adoption.refusals import refuse_same_headers
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import RELATION, RESULTATS
from segxl.excel.ooxml.archive import announcing_refusals, refuse_existing
from segxl.excel.ooxml.structure import Place
from segxl.excel.reglages import read_portefeuille
from segxl.shipped import shipped_path
from segxl.sources.correspondance import SIREN
from segxl.sources.etendue import Etendue
from segxl.sources.fichier_correspondance import read_correspondance, write_correspondance
from segxl.sources.liste import NOM, Liste, Page, no_list, read_liste, score_list
from segxl.sources.reprise import (
    render_ajouts,
    render_dossier,
    render_ecarts,
    render_illisibles,
    render_liste,
    render_suivis,
    render_titres,
)
from segxl.sources.suivis import Suivi, is_in_percent, read_suivis

CLE = "Dossier"
DIGITS = {SIREN: 9, "Code postal": 5}
"""Numbers whose leading zeros count, and how many digits they have."""
WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanAdoption:
    """What was read and what is added, in sentences; ``simulation`` when nothing was written."""

    classeur: Path
    phrases: tuple[str, ...]
    anomalies: tuple[Anomalie, ...]
    simulation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """The workbook to start from, never touched, and how to read it.

    Parameters
    ----------
    feuille : str
        The sheet of the client list; the one that looks most like it where empty.
    devant : str
        The sheet in front, taken first where it has a list.
    correspondance : Path, optional
        A saved mapping; where the file does not exist yet, the mapping found is saved there.
    is_saved : bool
        Excel holds the file and has just saved it.
    """

    liste: Path
    feuille: str = ""
    devant: str = ""
    correspondance: Path | None = None
    is_saved: bool = False


def run(path: Path, demande: Demande, *, simulation: bool = False) -> BilanAdoption:
    """Write at ``path`` a copy of the firm's workbook that segxl can score.

    Raises
    ------
    SaisieError
        The workbook cannot be used as it is; nothing was written.
    """
    correspondance = demande.correspondance
    target = _target_of(path, demande.liste)
    existing = ExistingWorkbook(demande.liste, is_saved=demande.is_saved)
    clients, reglages, _ = read_portefeuille(FileWorkbook(shipped_path(TEMPLATE), to_write=False))
    offered = [h for h in clients.letters if h not in RELATION]
    fed = [h for h in offered if h not in RESULTATS]
    saved = {}
    if correspondance and correspondance.exists():
        saved = read_correspondance(correspondance, fed)
    place, read = _read(existing, demande, fed, saved)
    refuse_same_headers(place, read.correspondance.colonnes)
    reponses = {c.libelle: [n.reponse for n in c.niveaux if n.reponse] for c in reglages.criteres}
    suivis = read_suivis(read, reponses)
    headers = [h for h in offered if fold(h) not in map(fold, place.headers)]
    new = _columns_of(existing, place, read, headers, suivis)
    phrases = _sentences(existing, place, read, suivis, new)
    adopted = adopt(existing, place, new, shipped_path(TEMPLATE))
    phrases += render_ajouts(headers, place.last_column + 1, adopted.sheets)
    # Windows does not delete a file that was read a moment ago, and may still be held.
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if correspondance and not (simulation or correspondance.exists()):
            with announcing_refusals(correspondance):
                write_correspondance(correspondance, read.correspondance)
        made, unread = _made(existing, Path(folder) / target.name)
        if not simulation:
            with announcing_refusals(target):
                target.parent.mkdir(parents=True, exist_ok=True)
            made.save_as(target)
    anomalies, counts = told_at_source(unread, adopted.place, new)
    return BilanAdoption(
        classeur=target,
        phrases=(*phrases, *render_illisibles(counts)),
        anomalies=anomalies,
        simulation=simulation,
    )


def _target_of(path: Path, liste: Path) -> Path:
    """Return where the copy goes: never over a file, in the format of the list."""
    if liste.is_dir():
        problem, remedy = "c’est un dossier, pas un classeur", "donnez le fichier de votre liste"
        raise file_error(str(liste), "", problem, remedy)
    suffix = liste.suffix.casefold()
    if liste.is_file() and suffix not in WORKBOOKS:
        raise file_error(
            liste.name,
            liste.suffix,
            "ce n’est pas un classeur .xlsx ou .xlsm, auquel segxl pourrait s’ajouter",
            "créez un nouveau portefeuille et importez-y ce fichier, ou enregistrez-le au format .xlsx",
        )
    target = path if path.suffix else path.with_name(path.name + liste.suffix)
    refuse_existing(target)
    return target


def _read(
    existing: ExistingWorkbook, demande: Demande, fed: Sequence[str], saved: Mapping[str, str]
) -> tuple[Place, Liste]:
    """Find the best list of the workbook and read it; a table is preferred to a plain range."""
    name, names = existing.path.name, [*fed, *saved]
    scored = [(score_list(c.head, names), c) for c in existing.candidates(demande.feuille)]
    lists = [(score, c) for score, c in scored if score]
    if not lists:
        raise no_list(name, [demande.feuille] if demande.feuille else [*existing.sheets])
    _, best = max(
        lists, key=lambda s: (s[1].sheet == demande.devant, s[0], s[1].place is not None, s[1].rows)
    )
    others = tuple(dict.fromkeys(c.sheet for _, c in lists if c.sheet != best.sheet))
    page = Page(name=name, sheet=best.sheet, rows=existing.rows(best.sheet), others=others)
    if place := best.place:
        page = replace(page, rows=existing.titled_rows(place), block=_block_of(place))
        return place, read_liste(page, fed, saved)
    read = read_liste(replace(page, filtered=existing.filter_of(page.sheet)), fed, saved)
    block = read.etendue
    bounds = block.first_column, block.header_row, block.last_column, block.last_row
    return existing.range_at(page.sheet, bounds, read.titles), read


def _block_of(place: Place) -> Etendue:
    return Etendue(
        header_row=place.header_row,
        last_row=place.last_row,
        first_column=place.first_column,
        last_column=place.last_column,
    )


def _columns_of(
    existing: ExistingWorkbook,
    place: Place,
    read: Liste,
    headers: Sequence[str],
    suivis: Sequence[Suivi],
) -> NewColumns:
    """Return the columns to add: those that follow the firm's, and the numbers of the clients."""
    letters = read.export.letters
    ranks = {s.source: column_number(letters[s.source]) for s in suivis}
    found = {s.target: _following_of(s, place, ranks[s.source]) for s in suivis}
    numbers: dict[int, object] = {}
    if CLE not in found and read.is_numbered_by_siren:
        found[CLE] = found[SIREN]
    elif CLE not in found:
        numbers = {row: f"C{n:04}" for n, row in enumerate(read.clients, 1)}
    following = {h: f for h, f in found.items() if h in headers}
    nom = read.correspondance.source_of(NOM) or read.correspondance.source_of(SIREN)
    return NewColumns(
        headers=headers,
        following=following,
        typed={CLE: numbers},
        clients=existing.cells_of(place, read.clients, {f.source for f in following.values()}),
        in_percent=is_in_percent(read),
        hand_column=ranks[nom] if nom else 0,
    )


def _following_of(suivi: Suivi, place: Place, column: int) -> Following:
    return Following(
        source=place.headers[column - place.first_column],
        digits=0 if suivi.is_siret else DIGITS.get(suivi.target, 0),
        is_siret=suivi.is_siret,
        factor=suivi.facteur,
        unit=suivi.unite,
        words=dict([*suivi.mots.items()][:MOST_WORDS]),
    )


def _sentences(
    existing: ExistingWorkbook,
    place: Place,
    read: Liste,
    suivis: Sequence[Suivi],
    new: NewColumns,
) -> list[str]:
    """Say how the list was understood, before anything is written."""
    table = place.table if place.table_part else ""
    numbers = [*new.typed.get(CLE, {}).values()]
    follows = new.following.get(CLE)
    by_siren = follows is not None and CLE not in read.correspondance.colonnes.values()
    return [
        *render_liste(read, table),
        *render_suivis([s for s in suivis if s.target in new.following]),
        *render_dossier(numbers, by_siren=by_siren),
        *render_titres(existing.changed_titles(place)),
        *render_ecarts(read),
    ]


def _made(existing: ExistingWorkbook, path: Path) -> tuple[FileWorkbook, tuple[Anomalie, ...]]:
    """Return the copy, its home sheet up to date with the clients, and what « Noter » cannot read.

    It is made at a place of its own: what stands under the name asked for is always whole.
    """
    existing.package.save(path)
    workbook = FileWorkbook(path)
    clients, reglages, _ = read_portefeuille(workbook)
    resultats = rate_dossiers(clients, reglages)
    write_before_notes(workbook, resultats, reglages)
    return workbook, resultats.anomalies
