"""Letters: our merge against docxtpl's own loop, with the same model and the same fields."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from docxtpl import DocxTemplate

from mesure import Mesure, Mesures, best_of
from segxl.lettres.champs import Champs
from segxl.lettres.dossier import Dates, champs_of
from segxl.lettres.environnement import letter_environment
from segxl.lettres.fusion import read_modele
from segxl.lettres.gabarit import render_with_docxtpl
from segxl.lettres.modeles import LETTRE, find_modele, modele_folders
from segxl.lettres.redaction import render_letter
from segxl.sources.demonstration import invent_cabinet
from sujets import invent_dossiers, shipped_reglages

MANY, LOOPED = 300, 30
MODELE = "prioritaire"
BODY = "word/document.xml"


def run() -> Mesures:
    """Compare per letter, after checking that both sides write the same words."""
    fields = _fields()
    with TemporaryDirectory() as folder:
        path = find_modele(MODELE, modele_folders(Path(folder)), LETTRE)
        yield from _compare(path, fields, Path(folder))


def _compare(path: Path, fields: list[Champs], folder: Path) -> Mesures:
    modele = read_modele(path)

    # A new folder each time: ext4 flushes a file that is written over, which times the disk.
    def segxl() -> Path:
        out = Path(mkdtemp(dir=folder))
        for champs in fields:
            (out / f"{champs.dossier}.docx").write_bytes(render_letter(modele, champs))
        return out

    def docxtpl() -> Path:
        out = Path(mkdtemp(dir=folder))
        for champs in fields[:LOOPED]:
            template = DocxTemplate(path)
            template.render(champs.as_context(), jinja_env=letter_environment(), autoescape=True)
            template.save(out / f"{champs.dossier}.docx")
        return out

    _require_same_words(segxl(), docxtpl())
    ours, theirs = best_of(5, segxl, docxtpl)
    ours, theirs = ours / len(fields), theirs / LOOPED
    yield Mesure(
        subject=f"Une lettre « {MODELE} », écrite sur le disque",
        ours=ours,
        theirs=theirs,
        against="DocxTemplate, même texte",
        sign=">=",
        bound=30,
    )
    ours, theirs = best_of(
        5,
        lambda: [render_letter(modele, champs) for champs in fields],
        lambda: [render_with_docxtpl(path, champs.as_context()) for champs in fields[:LOOPED]],
    )
    ours, theirs = ours / len(fields), theirs / LOOPED
    yield Mesure(
        subject="  la même, en mémoire seulement",
        ours=ours,
        theirs=theirs,
        against="DocxTemplate, en mémoire",
    )
    (reading,) = best_of(3, lambda: read_modele(path))
    yield Mesure(
        subject="  lire le modèle, une fois pour toutes les lettres",
        ours=reading,
        theirs=theirs,
        against="(une lettre de docxtpl)",
    )


def _fields() -> list[Champs]:
    dossiers = invent_dossiers(MANY, *shipped_reglages().grilles)
    dates = Dates(
        lettre=date(2026, 9, 1),
        reception=date(2026, 9, 1),
        emission=date(2027, 9, 1),
        delai_jours=15,
    )
    resultat = {
        "Note FE": 7.4,
        "Couleur": "Orange",
        "Segment": "Prioritaire",
        "Points forts": "Sensibilisation · Autonomie",
    }
    etape = ("Plateforme agréée", "Choisir une plateforme agréée.", 1.5)
    rows = dossiers.astype(object).where(dossiers.notna(), None).to_dict("records")
    return [champs_of(row, resultat, etape, invent_cabinet(), dates) for row in rows]


def _require_same_words(ours: Path, theirs: Path) -> None:
    for letter in theirs.iterdir():
        if _words((ours / letter.name).read_bytes()) != _words(letter.read_bytes()):
            msg = f"{letter.name}: the two letters differ"
            raise AssertionError(msg)


def _words(package: bytes) -> list[bytes]:
    """Return every text of the body, in order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return re.findall(rb"<w:t\b[^>]*>([^<]*)</w:t>", archive.read(BODY))
