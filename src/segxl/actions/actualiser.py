"""A workbook made by an earlier segxl takes the columns and settings that came since."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import SaisieError
from segxl.domain.lecture_segments import DEFINITION
from segxl.domain.saisie import parse_number
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold, join_words
from segxl.excel.cabinet import read_cabinet
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import (
    CABINET,
    IDENTITE,
    LATER,
    MESSAGES,
    OBLIGATIONS,
    PARAMETRES,
    RELATION,
    RESULTATS,
    shows_law,
)
from segxl.excel.loi import TABLE, write_loi
from segxl.excel.ooxml.archive import announcing_refusals
from segxl.excel.port import Workbook
from segxl.excel.relation import OTHER_NAMES
from segxl.lettres.phase import PHRASE
from segxl.shipped import read_toml, shipped_path
from segxl.sources.loi import read_loi

TEMPLATE = "workbook/portefeuille.xlsx"
MADE_BY_SEGXL = "Etapes"
"""A table that only a workbook made by segxl has: no other one takes columns unasked."""

VERSION = "Version du classeur"
"""A setting that says which columns a workbook was given, so that one taken away stays away."""
ALSO_CALLED = {**OTHER_NAMES, "Canal": ("Canal préféré",)}
"""Names under which « Relation » and « Segments » read a column that an export brought."""
OF_MESSAGES = 3
"""The version that came with a message for one client, and the definition of a segment."""
MOST_BY_HAND = 10
"""How many of the columns of relation and value firms of earlier versions were told to add."""

RENAME = (
    "votre tableau Clients a déjà une colonne {}, nom que segxl donne à un résultat ; "
    "donnez-lui un autre nom, puis recommencez"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actualisation:
    """What a workbook took, or why it could not."""

    colonnes: tuple[str, ...] = ()
    has_definitions: bool = False
    """Whether the table Segments got its column « Définition »."""
    reglages: tuple[str, ...] = ()
    refus: str = ""


def run(workbook: FileWorkbook) -> Actualisation:
    """Add what a workbook of an earlier version lacks; what it holds stays as it is.

    A workbook that cannot take the columns can still be scored: the reason is told, not raised.
    """
    if workbook.has_table(TABLE):
        write_loi(workbook, read_loi())
    colonnes = find_missing_columns(workbook)
    if not colonnes:
        return Actualisation()
    if theirs := _homonyms(workbook) if {*colonnes} & {*OBLIGATIONS} else ():
        return Actualisation(refus=RENAME.format(join_words(f"« {h} »" for h in theirs)))
    try:
        workbook.add_template_columns("Clients", colonnes, shipped_path(TEMPLATE))
    except SaisieError as error:
        return Actualisation(refus=str(error.anomalies[0]))
    definitions = _add_definitions(workbook)
    reglages = _add_settings(workbook)
    _add_phrases(workbook)
    return Actualisation(colonnes=colonnes, has_definitions=definitions, reglages=reglages)


def find_missing_columns(workbook: Workbook) -> tuple[str, ...]:
    """Return the columns that a workbook of an earlier segxl lacks.

    None for a workbook of another make, nor for one that was given them: its firm took the others
    away. A firm's own list takes those of the law alone.
    """
    if not (workbook.has_table(MADE_BY_SEGXL) and workbook.has_table("Clients")):
        return ()
    clients = workbook.read_table("Clients")
    law = () if shows_law(clients.canonical(OBLIGATIONS).letters) else LATER
    relation = _relation_of(workbook, clients) if _is_ours(clients) else ()
    return tuple(
        header
        for header in (*law, *relation)
        if not any(map(clients.header, (header, *ALSO_CALLED.get(header, ()))))
    )


def _is_ours(clients: Tableau) -> bool:
    """Tell whether a list began as the template; the firm's columns of another come before ours."""
    before = [*clients.canonical([*IDENTITE, *RESULTATS]).letters]
    first = next((n for n, header in enumerate(before) if header in RESULTATS), 0)
    return bool(first) and {*before[:first]} <= {*IDENTITE}


def _relation_of(workbook: Workbook, clients: Tableau) -> tuple[str, ...]:
    """Return the columns of relation and value that a workbook was never given."""
    if not _had_relation(workbook, clients):
        return RELATION
    return MESSAGES if _version_of(workbook) < OF_MESSAGES else ()


def _had_relation(workbook: Workbook, clients: Tableau) -> bool:
    """Tell whether a workbook was given the columns of relation and value, kept or not."""
    if len({*RELATION} & {*clients.canonical(RELATION).letters}) > MOST_BY_HAND:
        return True
    return workbook.has_table("Parametres") and fold(VERSION) in _settings_of(workbook)


def _settings_of(workbook: Workbook) -> set[str]:
    """Return the names of the settings, folded."""
    name = PARAMETRES[0]
    typed = workbook.read_table("Parametres").canonical(PARAMETRES).lignes
    return {fold(n) for n in typed[name].dropna()} if name in typed else set()


def _version_of(workbook: Workbook) -> float:
    """Return the version that a workbook says it is of; 0 where it says none."""
    if not workbook.has_table("Parametres"):
        return 0
    told = [parse_number(cells[PARAMETRES[1]]) for _, cells in _version_lines(workbook)]
    return max((number for number in told if number is not None), default=0)


def _version_lines(workbook: Workbook) -> list[tuple[int, dict[str, object]]]:
    """Return the lines of the settings that tell the version."""
    lines = workbook.read_table("Parametres").canonical(PARAMETRES).lignes
    told = lines.reindex(columns=[*PARAMETRES]).astype(object)
    return [(row, x) for row, x in records_of(told) if fold(x[PARAMETRES[0]]) == fold(VERSION)]


def _homonyms(workbook: Workbook) -> list[str]:
    """Return the columns of the firm's that bear the name of a result to come."""
    return [h for h in OBLIGATIONS if workbook.read_table("Clients").header(h)]


def keep_previous(path: Path) -> Path:
    """Copy a workbook beside itself before it takes columns, under a name that is free.

    Raises
    ------
    SaisieError
        The folder refuses the copy; the workbook is as it was.
    """
    number, copy = 2, path.with_stem(f"{path.stem} (avant mise à jour)")
    while copy.exists():
        copy = path.with_stem(f"{path.stem} (avant mise à jour {number})")
        number += 1
    with announcing_refusals(copy):
        shutil.copyfile(path, copy)
    return copy


def _add_settings(workbook: FileWorkbook) -> tuple[str, ...]:
    """Add the settings that came since, with their default value."""
    if not workbook.has_table("Parametres"):
        return ()
    name, value, words = PARAMETRES
    known = _settings_of(workbook)
    shipped = read_toml("defaults/parametres.toml")["parametres"]
    new = [p for p in shipped if fold(p["parametre"]) not in known]
    current = next(p["valeur"] for p in shipped if p["parametre"] == VERSION)
    workbook.write_cells(
        "Parametres", {row: {value: current} for row, _ in _version_lines(workbook)}
    )
    lines = [{name: p["parametre"], value: p["valeur"], words: p["explication"]} for p in new]
    try:
        workbook.append_rows("Parametres", pd.DataFrame(lines, dtype=object))
    except SaisieError:  # something stands under the table: the defaults hold, unseen
        return ()
    return tuple(p["parametre"] for p in new)


def _add_phrases(workbook: FileWorkbook) -> None:
    """Add the sentences of the letters that came since, under the letterhead."""
    if not workbook.has_table("Cabinet"):
        return
    known = {fold(champ) for champ in read_cabinet(workbook)}
    shipped = read_toml("defaults/parametres.toml")["cabinet"]
    new = [s for s in shipped if s["champ"].startswith(PHRASE) and fold(s["champ"]) not in known]
    lines = [dict(zip(CABINET, (s["champ"], s["valeur"]), strict=True)) for s in new]
    try:
        workbook.append_rows("Cabinet", pd.DataFrame(lines, dtype=object))
    except SaisieError:  # something stands under the table: the shipped sentences hold
        return


def _add_definitions(workbook: FileWorkbook) -> bool:
    """Say who the clients of the segments of the starting grid are, where Segments has no word of it."""
    if not workbook.has_table("Segments") or workbook.read_table("Segments").header(DEFINITION):
        return False
    shipped = read_toml("defaults/segments.toml")["segments"]
    words = {fold(s["segment"]): s["definition"] for s in shipped if "definition" in s}
    lines = workbook.read_table("Segments").canonical(["Segment"]).lignes
    try:
        workbook.add_columns("Segments", [DEFINITION])
    except SaisieError:  # something stands beside the table: the firm does without
        return False
    named = lines["Segment"].dropna().map(fold) if "Segment" in lines else pd.Series(dtype=object)
    firsts = named.drop_duplicates()
    told = {int(str(row)): words[name] for row, name in firsts.items() if name in words}
    workbook.write_cells("Segments", {row: {DEFINITION: text} for row, text in told.items()})
    return True
