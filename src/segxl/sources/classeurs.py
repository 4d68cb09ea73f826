"""Exports as workbooks: .xlsx, .xlsm, .xls and .ods, refused before they can do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from typing import TYPE_CHECKING

from segxl.domain.anomalies import SaisieError, file_error
from segxl.sources.export import HEADER_DEPTH, MAX_ROWS, Export, Row, export_of, find_header

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ZIP_MAGIC = b"PK"
CFB_MAGIC = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MAX_DECLARED = 1 << 30
_MAX_RATIO = 200
_RATIO_FROM = 100_000_000
_REEXPORT = "exportez-le de nouveau, ou ouvrez-le dans Excel et enregistrez-le au format .xlsx"


def is_workbook(raw: bytes) -> bool:
    """Tell whether the first bytes are those of a workbook, whatever the extension says."""
    return raw.startswith((ZIP_MAGIC, CFB_MAGIC))


def read_workbook(raw: bytes, name: str, names: Collection[str] = ()) -> Export:
    """Read the sheet of a workbook that looks most like a client list.

    Raises
    ------
    SaisieError
        The workbook is protected by a password, cut short, unreasonably large, not a
        workbook, or holds no client list.
    """
    check_container(raw, name)
    sheet, rows = _best_sheet(raw, name, names)
    return export_of(name, rows, sheet=sheet, names=names)


def check_container(raw: bytes, name: str) -> None:
    """Refuse a protected or cut file, and one that would fill the memory once unpacked."""
    if raw.startswith(CFB_MAGIC):
        if _ENCRYPTED_STREAM in raw:
            raise _protected(name)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise file_error(name, "", "ce classeur est incomplet ou abîmé", _REEXPORT) from error
    declared = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    is_bomb = declared > _RATIO_FROM and declared / packed > _MAX_RATIO
    if declared > _MAX_DECLARED or is_bomb:
        problem = f"ce classeur occuperait {declared // 1_000_000} Mo une fois ouvert"
        raise file_error(name, "", problem, "exportez la liste des clients seule")


def _protected(name: str) -> SaisieError:
    problem = "ce classeur est protégé par un mot de passe"
    remedy = "ouvrez-le dans Excel, retirez le mot de passe (Fichier, Informations) et enregistrez"
    return file_error(name, "classeur chiffré", problem, remedy)


def _best_sheet(raw: bytes, name: str, names: Collection[str]) -> tuple[str, list[Row]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as workbook:
            best = _best_name(workbook, names)
            sheet = workbook.get_sheet_by_name(best)
            return best, [*sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)]
    except PasswordError as error:
        raise _protected(name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(name, error) from error
    except BaseException as error:
        # On some cut files the Rust code of calamine panics, with a class it does not export.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(name, error) from None


def _unreadable(name: str, error: BaseException) -> SaisieError:
    told = str(error).partition("\n")[0]
    return file_error(name, told, "ce fichier n’est pas un classeur lisible", _REEXPORT)


def _best_name(workbook: CalamineWorkbook, names: Collection[str]) -> str:
    """Return the sheet whose header row is the best, the longest of two, the first of all."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    usable = [
        sheet
        for sheet in workbook.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
    ]

    def rank(name: str) -> tuple[int, int]:
        sheet = workbook.get_sheet_by_name(name)
        head = sheet.to_python(skip_empty_area=False, nrows=HEADER_DEPTH)
        return find_header(head, names)[1], sheet.total_height

    return max((s.name for s in usable or workbook.sheets_metadata), key=rank)
