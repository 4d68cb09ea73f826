"""Status exports of fictitious vendors, each in its own dress."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from segxl.sources.demonstration import siren_number

Rows = Sequence[Sequence[object]]
LUMO, PERE, OSTRA, NOVA = (siren_number(rank) for rank in (1, 2, 3, 4))
NEBULA_TITLES = "N° SIREN;Entreprise;État du mandat;Dernière mise à jour"
ORBITE_TITLES = ("SIRET", "Client", "PA", "Statut", "Envoyé le", "Signé le", "Activé le")
QUASAR_TITLES = ("Legal ID", "Company", "Platform", "Status", "Updated at")


def write_nebula(path: Path, *lines: str, titles: str = NEBULA_TITLES) -> Path:
    """Write a text for a French Excel: lines of titles above, semicolons, accents of Windows."""
    above = ["Nébula – suivi des mandats;;;", "Édité le 20/11/2026;;;", ";;;"]
    path.write_bytes("\r\n".join([*above, titles, *lines, ""]).encode("cp1252"))
    return path


def write_orbite(path: Path, *rows: Sequence[object]) -> Path:
    """Write a workbook: a notice first, SIRET as numbers, one column of days per step."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        book.add_worksheet("Lisez-moi").write(0, 0, "Portail Orbite")
        sheet = book.add_worksheet("Suivi")
        for number, row in enumerate((["Portail Orbite"], [], ORBITE_TITLES, *rows)):
            sheet.write_row(number, 0, row)
    return path


def write_quasar(path: Path, *rows: Sequence[str]) -> Path:
    """Write a tabulated text in English, in UTF-16, its days with hours."""
    text = "\r\n".join("\t".join(row) for row in (QUASAR_TITLES, *rows))
    path.write_bytes(text.encode("utf-16"))
    return path


def write_pulsar(path: Path, *rows: Sequence[object]) -> Path:
    """Write an OpenDocument sheet."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in (("SIREN", "Raison sociale", "Étape", "Depuis le"), *rows))  # fmt: skip
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in names.items())  # fmt: skip
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Suivi">{lines}</table:table></office:spreadsheet></office:body></office:document-content>'
    manifest = f'<?xml version="1.0" encoding="UTF-8"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{kind}"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def _ods_cell(value: object) -> str:
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'  # fmt: skip
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
