"""E-mail models: a text file whose first line is « Objet : … »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Template

from segxl.domain.anomalies import SaisieError
from segxl.lettres.champs import Champs
from segxl.lettres.environnement import (
    MODEL_FAULTS,
    Usage,
    fault_of,
    mail_environment,
    model_error,
    require_known,
    usage_of,
)

_JINJA = re.compile(r"\{[{%#].*?[%#}]\}", re.DOTALL)
_OBJET = re.compile(r"Objet\s*:\s*(\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Courriel:
    """One e-mail, written and not sent."""

    objet: str
    corps: str

    @property
    def text(self) -> str:
        """Everything the reader will see, for the guards."""
        return f"{self.objet}\n{self.corps}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeleCourriel:
    """One model of e-mail, ready to render."""

    path: Path
    usage: Usage
    objet: Template
    corps: Template
    static_text: str

    @property
    def name(self) -> str:
        """The name a segment gives it."""
        return self.path.stem

    def render(self, champs: Champs) -> Courriel:
        """Return one e-mail; a line break inside a value never ends the subject."""
        context = champs.as_context()
        try:
            objet, corps = self.objet.render(context), self.corps.render(context)
        except MODEL_FAULTS as fault:
            raise fault_of(self.path.name, fault) from fault
        return Courriel(objet=objet.replace("\n", " "), corps=corps.strip() + "\n")


def read_courriel(path: Path) -> ModeleCourriel:
    """Read and compile one e-mail model.

    Raises
    ------
    SaisieError
        It is not UTF-8 text, lacks its subject line, or uses a field that does not exist.
    """
    source = _read_text(path)
    found = _OBJET.match(source)
    if not found:
        raise _no_subject(path, source)
    try:
        usage = usage_of((source,))
        require_known(path.name, usage)
        return ModeleCourriel(
            path=path,
            usage=usage,
            objet=mail_environment().from_string(found[1].strip()),
            corps=mail_environment().from_string(source[found.end() :]),
            static_text=_JINJA.sub(" ", source),
        )
    except MODEL_FAULTS as fault:
        raise fault_of(path.name, fault) from fault


def _no_subject(path: Path, source: str) -> SaisieError:
    return model_error(
        path.name,
        source.partition("\n")[0],
        "la première ligne doit être l’objet du message",
        "commencez le modèle par « Objet : » suivi de l’objet",
    )


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig").lstrip()
    except (OSError, UnicodeDecodeError) as fault:
        raise model_error(
            path.name,
            path.name,
            "ce modèle d’e-mail ne peut pas être lu",
            "enregistrez-le en texte UTF-8",
        ) from fault
