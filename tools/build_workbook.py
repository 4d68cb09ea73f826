"""Build the template workbook: ``python tools/build_workbook.py [sortie.xlsx]``.

Two builds give the same bytes, so the committed file can be compared with a fresh one.
"""

from __future__ import annotations

import datetime as dt
import sys
import zipfile
from pathlib import Path

import xlsxwriter

from classeur_accueil import write_accueil
from classeur_bulles import as_bubbles
from classeur_clients import write_clients
from classeur_contenu import Contenu
from classeur_graphes import write_graphiques
from classeur_grille import write_grille
from classeur_parametres import write_parametres
from classeur_segments import write_segments
from classeur_style import FONT, SMALL, Styles
from classeur_tableau import write_tableau
from classeur_validations import define_names

OUTPUT = Path(__file__).parents[1] / "workbook" / "portefeuille.xlsx"
SHEETS = ("Accueil", "Clients", "Grille", "Segments", "Tableau de bord", "Paramètres")
CREATED = dt.datetime(2026, 11, 22, tzinfo=dt.UTC).replace(tzinfo=None)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def build(path: Path, contenu: Contenu | None = None) -> None:
    """Write the workbook to ``path``, empty unless a content is given."""
    draft = path.with_suffix(".tmp")
    book = xlsxwriter.Workbook(
        str(draft),
        {
            "default_format_properties": {"font_name": FONT, "font_size": SMALL},
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties(
        {
            "title": "Portefeuille : facture électronique",
            "subject": "Note, couleur et segment de chaque client",
            "author": "segxl",
            "created": CREATED,
        }
    )
    write_sheets(book, contenu or Contenu())
    book.close()
    rewrite_in_french(draft, path)
    draft.unlink()


def write_sheets(book: xlsxwriter.Workbook, contenu: Contenu) -> None:
    """Write the six sheets in the order of their tabs."""
    for name in SHEETS:
        book.add_worksheet(name)
    styles = Styles(book)
    define_names(book)
    write_accueil(book, styles, contenu)
    write_clients(book, styles, contenu)
    write_grille(book, styles)
    write_segments(book, styles)
    write_tableau(book, styles, contenu)
    write_graphiques(book, styles)
    write_parametres(book, styles)
    book.get_worksheet_by_name(SHEETS[0]).activate()


def rewrite_in_french(draft: Path, path: Path) -> None:
    """Copy the package, its language set to French: XlsxWriter always says American English."""
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/charts/"):
                content = as_bubbles(content.replace(b'"en-US"', b'"fr-FR"'))
            if name == "docProps/core.xml":
                language = b"<dc:language>fr-FR</dc:language></cp:coreProperties>"
                content = content.replace(b"</cp:coreProperties>", language)
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, content)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT)
