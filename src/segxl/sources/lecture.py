"""Reading a client list exported by practice software, whatever its dress."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from segxl.domain.anomalies import file_error
from segxl.sources.classeurs import is_workbook, read_workbook
from segxl.sources.export import Export, export_of
from segxl.sources.texte_delimite import decode, parse_text

_MAX_BYTES = 300_000_000
# Practice software often names .xls what is a web page or an XML document.
_MARKUP = re.compile(r"\s*<(!doctype|html|table|\?xml|meta|head|style)", re.IGNORECASE)
_FORMATS = "donnez un export .xlsx, .xls, .ods ou .csv"


def read_export(path: Path, names: Collection[str] = ()) -> Export:
    """Read one export: its encoding, separator, sheet and header row are found.

    The content decides, not the extension: a text named .xls or a workbook named .csv is read.

    Parameters
    ----------
    path : Path
        A .csv, .txt, .tsv, .xlsx, .xlsm, .xls or .ods file.
    names : collection of str, optional
        Titles that no synonym knows: the firm's criteria, those of a saved mapping.

    Raises
    ------
    SaisieError
        The file is missing, empty, protected, cut short, too large, neither a text nor a
        workbook, or shows no header row.
    """
    raw = _read_bytes(path)
    if is_workbook(raw):
        return read_workbook(raw, path.name, names)
    text = decode(raw, path.name)
    if text.startswith("%PDF") or _MARKUP.match(text):
        problem = "ce fichier n’est ni un texte à colonnes ni un classeur"
        remedy = f"ouvrez-le dans Excel et enregistrez-le au format .xlsx, ou {_FORMATS}"
        raise file_error(path.name, text[:20].strip(), problem, remedy)
    return export_of(path.name, parse_text(text, names), names=names)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            problem = f"ce fichier dépasse {_MAX_BYTES // 1_000_000} Mo"
            raise file_error(path.name, "", problem, "exportez la liste des clients seule")
        raw = path.read_bytes()
    except FileNotFoundError as error:
        problem = "ce fichier est introuvable"
        raise file_error(path.name, path, problem, "vérifiez son nom et son dossier") from error
    except OSError as error:
        problem = "ce fichier ne peut pas être ouvert"
        remedy = "fermez-le dans Excel, et vérifiez que c’est bien un fichier"
        raise file_error(path.name, path, problem, remedy) from error
    if not raw.strip():
        problem = "ce fichier est vide"
        raise file_error(path.name, "0 octet", problem, "exportez-le de nouveau")
    return raw
