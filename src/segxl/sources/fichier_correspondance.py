"""The mapping that a user chose once, in a small file that can be read and changed."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from segxl.domain.anomalies import Anomalie, Gravite, SaisieError, file_error
from segxl.domain.textes import fold
from segxl.sources.correspondance import Correspondance
from segxl.sources.texte_delimite import decode
from segxl.sources.textes_bruts import text_of

_EXPLANATION = """\
# Correspondance d’un export avec la table Clients : à gauche le titre de la colonne du fichier,
# à droite celui de Clients. Écrivez "" à droite pour laisser une colonne de côté.
"""
_FORM = 'écrivez une ligne par colonne, sous la forme "Code dossier" = "Dossier"'


def render_correspondance(correspondance: Correspondance) -> str:
    r"""Return the text of a mapping file; the columns without a target are there as comments.

    >>> print(render_correspondance(Correspondance(colonnes={"Code": "Dossier"})))
    # Correspondance d’un export ...
    "Code" = "Dossier"
    """
    lines = [f"{_quoted(s)} = {_quoted(t)}" for s, t in correspondance.colonnes.items()]
    lines += [f'{_quoted(source)} = ""' for source in correspondance.ignored]
    lines += [f'# {_quoted(source)} = ""' for source in correspondance.unmatched]
    return _EXPLANATION + "".join(f"{line}\n" for line in lines)


def _quoted(text: str) -> str:
    """Return a TOML string: on one line, its escapes are those of JSON."""
    return json.dumps(text_of(text), ensure_ascii=False)


def write_correspondance(path: Path, correspondance: Correspondance) -> None:
    """Save a mapping for the next import of the same export."""
    path.write_text(render_correspondance(correspondance), encoding="utf-8", newline="\n")


def read_correspondance(path: Path, clients_headers: Sequence[str]) -> dict[str, str]:
    """Read a saved mapping, source header to header of Clients.

    Raises
    ------
    SaisieError
        The file is missing, is not TOML, or names a column that Clients does not have; all
        wrong lines are told at once.
    """
    known = {fold(h): h for h in clients_headers} | {"": ""}
    chosen = _read_lines(path)
    if anomalies := [*_find_wrong_targets(path.name, chosen, known)]:
        raise SaisieError(anomalies)
    return {source: known[fold(target)] for source, target in chosen.items()}


def _read_lines(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(decode(path.read_bytes(), path.name))
    except OSError as error:
        problem = "ce fichier de correspondance ne peut pas être ouvert"
        raise file_error(path.name, path, problem, "vérifiez son nom et son dossier") from error
    except tomllib.TOMLDecodeError as error:
        problem = "ce fichier de correspondance ne peut pas être lu"
        raise file_error(path.name, str(error), problem, _FORM) from error


def _find_wrong_targets(
    name: str, chosen: Mapping[str, Any], known: Mapping[str, str]
) -> Iterator[Anomalie]:
    fed: dict[str, str] = {}
    for source, target in chosen.items():
        problem, remedy = "", ""
        if not isinstance(target, str):
            problem, remedy = f"« {source} » doit désigner une colonne par son titre", _FORM
        elif fold(target) not in known:
            problem = f"« {source} » désigne une colonne que la table Clients n’a pas"
            remedy = _suggestion(target, known)
        elif target and fold(target) in fed:
            problem = f"« {source} » et « {fed[fold(target)]} » désignent la même colonne"
            remedy = 'gardez une seule des deux lignes, et écrivez "" à droite de l’autre'
        elif target:
            fed[fold(target)] = source
        if problem:
            yield Anomalie(
                sheet=name,
                cell="",
                value=target,
                problem=problem,
                remedy=remedy,
                gravite=Gravite.BLOQUANTE,
            )


def _suggestion(target: str, known: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(fold(target), [k for k in known if k], n=1)
    if near:
        return f"écrivez « {known[near[0]]} » si c’est la colonne voulue"
    return "écrivez un titre de la table Clients, ou ajoutez-y cette colonne"
