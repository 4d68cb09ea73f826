"""The letterhead, as the firm filled it in the sheet Paramètres."""

from __future__ import annotations

from collections.abc import Mapping

from segxl.domain.identifiants import key_of
from segxl.excel.port import Workbook


def read_cabinet(workbook: Workbook) -> dict[str, str]:
    """Return the fields of the table Cabinet; an unfilled one is an empty text."""
    if not workbook.has_table("Cabinet"):
        return {}
    lignes = workbook.read_table("Cabinet").canonical(["Champ", "Valeur"]).lignes
    filled = lignes[lignes["Champ"].notna()]
    return {
        key_of(champ): "" if value is None else key_of(value)
        for champ, value in zip(filled["Champ"], filled["Valeur"], strict=True)
    }


def fill_cabinet(workbook: Workbook, cabinet: Mapping[str, str]) -> None:
    """Write the letterhead fields of these names."""
    lignes = workbook.read_table("Cabinet").canonical(["Champ", "Valeur"]).lignes
    values = lignes["Champ"].map(cabinet)
    workbook.write_columns(
        "Cabinet", values.where(values.notna(), lignes["Valeur"]).to_frame("Valeur")
    )
