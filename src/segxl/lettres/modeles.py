"""Finding a model by its name: the firm's own folder first, then the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from segxl.domain.textes import fold, join_words
from segxl.lettres.environnement import model_error
from segxl.shipped import shipped_path

DOSSIER_DU_CABINET = "Modèles"
LETTRE = ".docx"
COURRIEL = ".j2"
_SHIPPED = {LETTRE: "templates/lettres", COURRIEL: "templates/courriels"}
_WORD_LOCK = "~$"


def modele_folders(beside: Path, suffix: str = LETTRE) -> tuple[Path, ...]:
    """Return where models are looked for: the folder « Modèles » beside the workbook wins."""
    return (*_own_folders(beside), shipped_path(_SHIPPED[suffix]))


def find_modele(name: str, folders: Iterable[Path], suffix: str = LETTRE) -> Path:
    """Return the file of a model, however its name is spelt: case and accents do not matter.

    Raises
    ------
    SaisieError
        No folder holds it; the message lists the names that exist.
    """
    files = [f for folder in folders for f in _models(folder, suffix)]
    wanted = model_key(name.removesuffix(suffix))
    for file in files:
        if model_key(file.stem) == wanted:
            return file
    known = join_words(sorted({file.stem for file in files})) or "aucun"
    remedy = (
        "corrigez la colonne « Modèle » de la table Segments ou ajoutez le fichier dans le "
        f"dossier « {DOSSIER_DU_CABINET} » ; modèles disponibles : {known}"
    )
    raise model_error(name.removesuffix(suffix) + suffix, name, "ce modèle est introuvable", remedy)


def model_key(name: str) -> str:
    """Return the form under which two names of a model are the same.

    >>> model_key("À informer") == model_key("a_informer") == model_key("A-Informer.docx")
    True
    """
    return " ".join(fold(name).removesuffix(LETTRE).replace("_", " ").replace("-", " ").split())


def known_modeles(beside: Path, formats: Iterable[str]) -> dict[str, str]:
    """Return the models that exist in every form asked for, each by its key; the firm's own win."""
    suffixes = {COURRIEL if form == "eml" else LETTRE for form in formats}
    found = [
        {
            model_key(f.stem): f.stem
            for folder in reversed(modele_folders(beside, suffix))
            for f in _models(folder, suffix)
        }
        for suffix in sorted(suffixes)
    ]
    return {k: name for k, name in found[0].items() if all(k in other for other in found[1:])}


def _own_folders(beside: Path) -> Iterator[Path]:
    """Find the firm's folder; a Mac may write its accent as two characters."""
    if beside.is_dir():
        yield from sorted(
            f for f in beside.iterdir() if f.is_dir() and fold(f.name) == fold(DOSSIER_DU_CABINET)
        )


def _models(folder: Path, suffix: str) -> list[Path]:
    found = folder.glob(f"*{suffix}") if folder.is_dir() else ()
    return sorted(f for f in found if not f.name.startswith(_WORD_LOCK))
