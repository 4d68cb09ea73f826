"""« Nouveau portefeuille » : a copy of the template, ready to be filled."""

from __future__ import annotations

import shutil
from pathlib import Path

from segxl.domain.anomalies import file_error
from segxl.excel.ooxml.archive import refuse_existing
from segxl.shipped import shipped_path

TEMPLATE = "workbook/portefeuille.xlsx"
SUFFIX = ".xlsx"
OTHER_WORKBOOKS = {".xlsm", ".xls", ".xlsb", ".ods"}
"""Endings people type for a workbook; a new one is an .xlsx, without macros."""


def run(path: Path) -> Path:
    """Copy the template to ``path`` and return where it stands; never over another file.

    Raises
    ------
    SaisieError
        A file stands there already, or the folder refuses.
    """
    if path.suffix.casefold() in OTHER_WORKBOOKS:
        path = path.with_suffix(SUFFIX)
    target = path if path.suffix.casefold() == SUFFIX else path.with_name(path.name + SUFFIX)
    refuse_existing(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped_path(TEMPLATE), target)
    except OSError as error:
        raise file_error(
            target.name,
            "",
            "le classeur ne peut pas être créé ici",
            f"vérifiez vos droits sur le dossier {target.parent}",
        ) from error
    return target
