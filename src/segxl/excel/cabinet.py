"""The letterhead, as the firm filled it in the sheet Paramètres."""

from __future__ import annotations

from collections.abc import Mapping

from segxl.excel.port import Workbook


def read_cabinet(workbook: Workbook) -> dict[str, str]:
    """Return the fields of the table Cabinet; an unfilled one is an empty text."""
    if not workbook.has_table("Cabinet"):
        return {}
    lignes = workbook.read_table("Cabinet").canonical(["Champ", "Valeur"]).lignes
    filled = lignes[lignes["Champ"].notna()]
    return {
        str(champ).strip(): text_of(value)
        for champ, value in zip(filled["Champ"], filled["Valeur"], strict=True)
    }


def text_of(value: object) -> str:
    """Write a cell as text; a whole number loses its decimals.

    >>> text_of(75001.0), text_of(" Lyon "), text_of(None)
    ('75001', 'Lyon', '')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def fill_cabinet(workbook: Workbook, cabinet: Mapping[str, str]) -> None:
    """Write the letterhead fields of these names."""
    champs = workbook.read_table("Cabinet").canonical(["Champ", "Valeur"]).lignes["Champ"]
    workbook.write_columns("Cabinet", champs.map(cabinet).to_frame("Valeur"))
