"""What forbids to add ours to a workbook of the firm's: each refusal says where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from segxl.domain.anomalies import Anomalie, Gravite, SaisieError, file_error
from segxl.domain.tableau import column_letter
from segxl.domain.textes import fold
from segxl.excel.layout import RESULTATS
from segxl.excel.ooxml.names import find_named_places, read_names
from segxl.excel.ooxml.package import Package
from segxl.excel.ooxml.parts import STRICT_MAIN, WORKBOOK
from segxl.excel.ooxml.sheet_xml import plain, split_rows
from segxl.excel.ooxml.structure import Place, parse_xml, read_sheet, relations_of
from segxl.excel.refusals import Shown, refuse_no_room_beside

OURS = ("Clients", "Criteres", "Baremes", "Segments")
"""Tables by which a workbook of segxl is known."""


def refuse_untouchable(name: str, package: Package) -> None:
    """Raise when no sheet may be added to the workbook, or when ours are there."""
    workbook = plain(package.read(WORKBOOK))
    value = problem = remedy = ""
    if STRICT_MAIN.encode() in workbook:
        value = "Feuille de calcul Open XML strict"
        problem = "ce format ne peut pas être complété"
        remedy = "enregistrez le classeur au format « Classeur Excel (.xlsx) »"
    elif re.search(rb'<workbookProtection\b[^>]*\slockStructure="(1|true)"', workbook):
        problem = "la structure du classeur est protégée : aucune feuille ne peut y être ajoutée"
        remedy = "ôtez la protection (onglet Révision, Protéger le classeur), enregistrez, puis recommencez"
    elif "xl/revisions/revisionHeaders.xml" in package:
        problem = "ce classeur est partagé à l’ancienne façon, où Excel n’admet aucun tableau"
        remedy = "cessez ce partage (Révision, Partager le classeur), enregistrez, puis recommencez"
    elif find_named_places(package).keys() >= {fold(table) for table in OURS}:
        problem = "ce classeur est déjà un classeur segxl"
        remedy = "notez-le directement, ou choisissez la liste d’origine"
    if problem:
        raise file_error(name, value, problem, remedy)


def refuse_unfit(package: Package, place: Place) -> None:
    """Raise when a list cannot take columns: protected, fed by a query, without titles."""
    after = split_rows(read_sheet(package, place.sheet_part))[1]
    table = package.read(place.table_part) if place.table_part else b""
    problem = remedy = ""
    if b"<sheetProtection" in after:
        problem = "cette feuille est protégée"
        remedy = "ôtez la protection (onglet Révision), enregistrez, puis recommencez"
    elif re.search(rb'\stableType="(queryTable|xml)"', table):
        problem = f"le tableau {place.table} est alimenté par une requête ou un fichier XML"
        remedy = "copiez la liste en valeurs sur une autre feuille, ou détachez-la de sa requête"
    elif not place.header_shown:
        problem = f"le tableau {place.table} cache sa ligne d’en-tête"
        remedy = "cochez « Ligne d’en-tête » (onglet Création de tableau)"
    if problem:
        raise SaisieError([_at_header(place, 0, problem, remedy)])


def refuse_same_headers(place: Place, fed: Mapping[str, str]) -> None:
    """Raise when a column of the firm's bears the title of a result, or two would feed one.

    ``fed`` maps a title of the firm's to the header of Clients that it feeds.
    """
    own = {fold(header): rank for rank, header in reversed([*enumerate(place.headers)])}
    problem = "votre colonne porte le titre d’une colonne que segxl remplit à chaque calcul"
    wrong = [
        _at_header(place, own[fold(h)], problem, f"renommez-la, par exemple « {h} (cabinet) »")
        for h in RESULTATS
        if fold(h) in own
    ]
    remedy = "ôtez cette ligne de la correspondance, ou renommez l’une des deux colonnes"
    wrong += [
        _at_header(place, own[fold(h)], f"la correspondance demande à « {source} » ce que cette colonne donne déjà", remedy)
        for source, h in fed.items()
        if fold(h) in own and fold(source) != fold(h)
    ]  # fmt: skip
    if wrong:
        raise SaisieError(wrong)


def refuse_clashes(
    package: Package, places: Mapping[str, Place], wanted: Iterable[str], *, spare: str
) -> None:
    """Raise when a table or a name of the firm's bears one of our names.

    A name ``spare`` may stay: the table that would bear it takes another.
    """
    tables = {fold(table): place for table, place in places.items()}
    names = {fold(n.name): n.name for n in read_names(package) if fold(n.name) != fold(spare)}
    wrong = []
    for name in wanted:
        if place := tables.get(fold(name)):
            problem = f"votre tableau « {place.table} » porte un nom dont segxl a besoin"
            remedy = (
                f"renommez-le (onglet Création de tableau), par exemple « {place.table}_cabinet »"
            )
            wrong.append(_at_header(place, 0, problem, remedy))
        elif found := names.get(fold(name)):
            problem = f"votre nom « {found} » est un nom dont segxl a besoin"
            remedy = "renommez-le (onglet Formules, Gestionnaire de noms)"
            wrong += file_error(package.path.name, "", problem, remedy).anomalies
    if wrong:
        raise SaisieError(wrong)


def refuse_no_room(
    package: Package, place: Place, count: int, places: Mapping[str, Place], shown: Shown
) -> None:
    """Raise when the columns on the right of a list are taken, by cells or by a drawing."""
    sheet = read_sheet(package, place.sheet_part)
    refuse_no_room_beside(place, count, sheet, places.values(), shown)
    beside = range(place.last_column + 1, place.last_column + count + 1)
    for left, top, right, bottom in _drawn_areas(package, place):
        is_level = top <= place.last_row + place.totals and bottom >= place.header_row
        if is_level and left <= beside[-1] and right >= beside[0]:
            anomalie = Anomalie(
                sheet=place.sheet,
                cell=f"{column_letter(max(left, beside[0]))}{top}",
                value="graphique, image ou bouton",
                problem="un dessin se trouve à la place des colonnes de segxl, à droite de la liste",
                remedy="déplacez-le sur une autre feuille, enregistrez, puis recommencez",
                gravite=Gravite.BLOQUANTE,
            )
            raise SaisieError([anomalie])


def _drawn_areas(package: Package, place: Place) -> Iterator[tuple[int, int, int, int]]:
    """Yield what charts and pictures cover on a sheet: left, top, right, bottom, from 1."""
    for part in relations_of(package, place.sheet_part, "drawing").values():
        for anchor in parse_xml(package.read(part)).iterfind("{*}*"):
            corners = [
                (int(end.findtext("{*}col") or 0) + 1, int(end.findtext("{*}row") or 0) + 1)
                for end in (anchor.find("{*}from"), anchor.find("{*}to"))
                if end is not None
            ]
            if corners:
                yield *corners[0], *corners[-1]


def _at_header(place: Place, rank: int, problem: str, remedy: str) -> Anomalie:
    """Say what is wrong with one column, at its title."""
    return Anomalie(
        sheet=place.sheet,
        cell=f"{column_letter(place.first_column + rank)}{place.header_row}",
        value=place.headers[rank],
        problem=problem,
        remedy=remedy,
        gravite=Gravite.BLOQUANTE,
    )
