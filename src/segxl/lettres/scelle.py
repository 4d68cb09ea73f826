"""A shipped model of sealed documents, compiled once for all those of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

from jinja2 import Template

from segxl.lettres.environnement import letter_environment
from segxl.lettres.gabarit import read_gabarit, restore
from segxl.lettres.paquet import Membre, pack, read_parts, unpack
from segxl.lettres.sceau import PROPERTIES, seal_of
from segxl.shipped import shipped_path

_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeleScelle:
    """A model whose documents carry the fingerprint of their own text, see ``sceau``."""

    templates: Mapping[str, Template]
    properties: Template
    membres: tuple[Membre, ...]

    @classmethod
    def read(cls, modele: str) -> Self:
        """Read and compile a shipped model, by its place under the root of the project."""
        gabarit = read_gabarit(shipped_path(modele))
        env = letter_environment()
        core = dict(read_parts(gabarit.package))[PROPERTIES]
        return cls(
            templates={name: env.from_string(xml) for name, xml in gabarit.parts.items()},
            properties=env.from_string(core.decode()),
            membres=unpack(gabarit.package),
        )

    @property
    def sealed(self) -> frozenset[str]:
        """The parts that change from one client to the next, which the seal covers."""
        return frozenset(self.templates)

    def render(self, context: Mapping[str, Any], drawn: Mapping[str, str] = _NONE) -> bytes:
        """Return one document; equal contexts give equal bytes.

        Parameters
        ----------
        context : mapping
            What the templates print, « dossier » included.
        drawn : mapping of str to str, optional
            Parts that no template makes, such as charts: name to XML; sealed with the others.
        """
        texts = {name: restore(t.render(context)) for name, t in self.templates.items()}
        parts = {name: (_DECLARATION + xml).encode() for name, xml in texts.items()}
        parts |= {name: xml.encode() for name, xml in drawn.items()}
        seal = seal_of(str(context["dossier"]), parts)
        parts[PROPERTIES] = self.properties.render(sceau=seal).encode()
        moving = {name: Membre.of(name, content) for name, content in parts.items()}
        return pack(moving.get(m.name, m) for m in self.membres)
