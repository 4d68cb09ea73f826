"""A firm's own client list, where it stands: what its columns hold, which rows are clients."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from segxl.domain.anomalies import file_error
from segxl.domain.textes import fold
from segxl.sources.correspondance import SIREN, Correspondance, is_siret, match_headers
from segxl.sources.ecarts import Ecart, Motif, find_ecarts
from segxl.sources.etendue import Etendue, find_columns, find_last_row
from segxl.sources.export import Export, Row, export_under, find_header
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.valeurs import parse_siren

NOM = "Raison sociale"
_SURE = 2
_FEWEST_CELLS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Liste:
    """A client list of a workbook.

    ``export`` holds its rows by Excel row, ``ecarts`` those that are not clients, ``dessous`` the
    filled rows under it, which are left out of it; ``others`` names the other sheets with a list.
    """

    export: Export
    etendue: Etendue
    correspondance: Correspondance
    ecarts: tuple[Ecart, ...]
    dessous: tuple[Ecart, ...]
    others: tuple[str, ...] = ()

    @property
    def clients(self) -> list[int]:
        """The Excel rows of the clients."""
        left = {ecart.row for ecart in self.ecarts}
        return [row for row in self.export.lignes.index if row not in left]

    @property
    def titles(self) -> list[str]:
        """The title of every column, those without one included."""
        return [*self.export.letters][self.etendue.first_column - 1 :]

    @property
    def is_numbered_by_siren(self) -> bool:
        """Whether the SIREN tells every client from the others."""
        source = self.correspondance.source_of(SIREN)
        if source is None or not self.clients:
            return False
        raws = self.export.lignes.loc[self.clients, source]
        read = [parse_siren(raw, is_siret=is_siret(source)) for raw in raws]
        numbers = [v.value for v in read if v.value is not None and not v.problem]
        return len(numbers) == len({*numbers}) == len(self.clients)


def score_list(head: Sequence[Row], names: Collection[str] = ()) -> int:
    """Say how much some rows look like the head of a client list; 0 where they do not."""
    score = find_header(head, names)[1] if head else 0
    return score if score >= _SURE else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One sheet of a workbook: its values from the first cell on.

    ``block`` says where the list stands when it is a table; ``filtered`` where the filter of the
    sheet stands: its row, its first column, its last one. ``others`` are the sheets with a list.
    """

    name: str
    sheet: str
    rows: Sequence[Row]
    block: Etendue | None = None
    filtered: tuple[int, int, int] | None = None
    others: tuple[str, ...] = ()


def read_liste(page: Page, headers: Sequence[str], saved: Mapping[str, str] | None = None) -> Liste:
    """Read the list of one sheet.

    Parameters
    ----------
    headers : sequence of str
        The columns of Clients that a list may feed.
    saved : mapping, optional
        A mapping chosen before.

    Raises
    ------
    SaisieError
        No column tells who the clients are.
    """
    block, names = page.block, [*headers, *(saved or {})]
    position = block.header_row - 1 if block else find_header(page.rows, names)[0]
    columns = _columns_of(page, position, names)
    width = slice(columns[0] - 1, columns[1])
    inside = [_only(row, width) for row in page.rows[: block.last_row if block else None]]
    export = export_under(position, name=page.name, sheet=page.sheet, rows=inside)
    matched = match_headers([str(c) for c in export.lignes.columns], headers, saved)
    _refuse_nameless(export, matched)
    ecarts = [*_find_strangers(export, matched)]
    clients = sorted({*export.lignes.index} - {e.row for e in ecarts})
    if not block:
        end = _next_list(ecarts, page.rows[:position])
        clients = [row for row in clients if row < end]
    last = block.last_row if block else find_last_row(inside, columns, clients)
    last = max(last, position + 2)
    return Liste(
        export=replace(export, lignes=export.lignes.loc[:last]),
        etendue=Etendue(
            header_row=position + 1,
            last_row=last,
            first_column=columns[0],
            last_column=columns[1],
        ),
        correspondance=matched,
        ecarts=tuple(e for e in ecarts if e.row <= last),
        dessous=tuple(_filled_under(export, last, ecarts)),
        others=page.others,
    )


def no_list(name: str, sheets: Sequence[str]) -> Exception:
    """Return the error that says no sheet holds a client list, and what one needs."""
    return file_error(
        name,
        " | ".join(sheets),
        "aucune liste de clients n’a été reconnue dans ce classeur",
        "attendu, sur une feuille : une ligne de titres comme « Nom », « SIREN », « Code dossier », "
        "« E-mail », et un client par ligne ; ou précisez la feuille",
    )


def _columns_of(page: Page, position: int, names: Collection[str]) -> tuple[int, int]:
    """Return the first and last column of the list, from 1: a filter on its titles is in it."""
    if page.block:
        return page.block.first_column, page.block.last_column
    first, last = find_columns(page.rows, position, names)
    if page.filtered and page.filtered[0] == position + 1:
        first, last = min(first, page.filtered[1]), max(last, page.filtered[2])
    return first, last


def _only(row: Row, columns: slice) -> list[object]:
    """Return a row where only some columns are filled."""
    cells = [*row[columns]]
    missing = columns.stop - columns.start - len(cells)
    return [None] * columns.start + cells + [None] * missing


def _refuse_nameless(export: Export, matched: Correspondance) -> None:
    if {"Dossier", SIREN, NOM} & {*matched.colonnes.values()}:
        return
    raise file_error(
        export.name,
        " | ".join(text_of(title) for title in export.lignes.columns),
        f"la liste de la feuille « {export.sheet} » ne dit ni le nom, ni le SIREN, ni le numéro de dossier",
        "ajoutez l’une de ces colonnes, précisez la feuille, ou dites dans un fichier de "
        "correspondance laquelle en tient lieu",
    )


def _find_strangers(export: Export, matched: Correspondance) -> Iterator[Ecart]:
    """Yield the rows that are not clients; here a client may have a name and no number."""
    nom = matched.source_of(NOM)
    keyed = matched
    if nom and not matched.source_of("Dossier"):
        keyed = replace(matched, colonnes={**matched.colonnes, nom: "Dossier"})
    for ecart in find_ecarts(export, keyed):
        cells = export.lignes.loc[ecart.row]
        filled = sum(1 for cell in cells if not is_blank(cell))
        is_named = nom is not None and not is_blank(cells[nom]) and filled >= _FEWEST_CELLS
        if ecart.motif is not Motif.SANS_CLE or not is_named:
            yield ecart


def _next_list(ecarts: Sequence[Ecart], above: Sequence[Row]) -> float:
    """Return the row of the titles of another list; infinity where there is none.

    Another list has a heading of its own under a blank row. Titles repeated without one, or under
    what stands ``above`` the first ones too, are those of a page of the same list.
    """
    known = {fold(cell) for row in above for cell in row if isinstance(cell, str)}
    found = {e.row: e for e in ecarts}
    for row in (e.row for e in ecarts if e.motif is Motif.TITRES):
        top = row - 1
        while top in found and found[top].motif not in {Motif.VIDE, Motif.TITRES}:
            top -= 1
        headings = {fold(found[r].text) for r in range(top + 1, row)} - known
        is_headed = any(not heading.startswith("page") for heading in headings)
        if is_headed and top in found and found[top].motif is Motif.VIDE:
            return row
    return float("inf")


def _filled_under(export: Export, last: int, ecarts: Sequence[Ecart]) -> Iterator[Ecart]:
    """Yield the filled rows under the list."""
    motifs = {e.row: e.motif for e in ecarts}
    for row, cells in export.lignes.loc[last + 1 :].iterrows():
        number = int(str(row))
        text = next((text_of(cell) for cell in cells if not is_blank(cell)), "")
        if text:
            yield Ecart(row=number, motif=motifs.get(number, Motif.MENTION), text=text)
