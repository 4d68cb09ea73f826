"""Word models: prepared once by docxtpl, rendered thousands of times by jinja alone.

docxtpl cleans the tags that Word cuts into pieces, which takes most of its time and depends on
the model only. ``Modele`` keeps the cleaned text compiled and copies the rest of the package
as it is. At reading, each model proves on sample values that its XML equals docxtpl's own; one
that does not (columns that come and go, tags in footnotes or properties) is rendered by docxtpl.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from jinja2 import Template

from segxl.lettres.champs import Champs
from segxl.lettres.environnement import (
    MODEL_FAULTS,
    Usage,
    fault_of,
    letter_environment,
    model_error,
    require_known,
    usage_of,
)
from segxl.lettres.gabarit import Gabarit, read_gabarit, render_with_docxtpl, restore
from segxl.lettres.paquet import Membre, pack, read_parts, unpack

_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_PARAGRAPH_END = re.compile(r"</w:p>|<w:br\b[^>]*/>")
BODY = "word/document.xml"
_TAG = re.compile(r"<[^>]+>")
_JINJA = re.compile(r"\{[{%#].*?[%#}]\}", re.DOTALL)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&#34;": '"', "&quot;": '"', "&#39;": "'", "&amp;": "&"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Modele:
    """One model of letter, ready to render.

    ``membres`` is the whole package; a name found in ``templates`` stands for a part that is
    rendered anew for each letter. ``is_fast`` is False where docxtpl does the rendering.
    """

    path: Path
    usage: Usage
    templates: Mapping[str, Template]
    membres: tuple[Membre, ...]
    static_text: str
    is_fast: bool = True

    @property
    def name(self) -> str:
        """The name a segment gives it."""
        return self.path.stem

    def render(self, champs: Champs) -> tuple[bytes, str]:
        """Return one letter: the .docx, and its text line by line.

        Raises
        ------
        SaisieError
            The model computes something that fails for this dossier.
        """
        try:
            return self._render(champs.as_context())
        except MODEL_FAULTS as fault:
            raise fault_of(self.path.name, fault) from fault

    def _render(self, context: Mapping[str, object]) -> tuple[bytes, str]:
        if not self.is_fast:
            package = render_with_docxtpl(self.path, context)
            parts = {n: x.decode() for n, x in read_parts(package) if n in self.templates}
            return pack(unpack(package)), text_of_parts(parts)
        parts = {name: restore(t.render(context)) for name, t in self.templates.items()}
        moving = {name: _member(name, xml) for name, xml in parts.items()}
        return pack(moving.get(m.name, m) for m in self.membres), text_of_parts(parts)


@lru_cache(maxsize=16)
def _letterhead(name: str, xml: str) -> Membre:
    # Heads and feet are the firm's: the same in letter after letter, compressed once.
    return Membre.of(name, (_DECLARATION + xml).encode())


def _member(name: str, xml: str) -> Membre:
    return (
        _letterhead(name, xml) if name != BODY else Membre.of(name, (_DECLARATION + xml).encode())
    )


def read_modele(path: Path) -> Modele:
    """Read and compile one model.

    Raises
    ------
    SaisieError
        The file is no Word document, its tags cannot be read, or it uses a field that does not
        exist; the message names the file and says what to do.
    """
    gabarit = _read_gabarit(path)
    try:
        modele = _compile(path, gabarit)
        require_known(path.name, modele.usage)
        return replace(modele, is_fast=_equals_docxtpl(modele))
    except MODEL_FAULTS as fault:
        raise fault_of(path.name, fault) from fault


def _read_gabarit(path: Path) -> Gabarit:
    try:
        return read_gabarit(path)
    except Exception as fault:
        # A damaged package breaks anywhere below: zip, OPC, XML; each with its own exception.
        problem = "ce fichier n’est pas un document Word lisible"
        remedy = "ouvrez-le dans Word, puis enregistrez-le au format .docx"
        raise model_error(path.name, path.name, problem, remedy) from fault


def _compile(path: Path, gabarit: Gabarit) -> Modele:
    env = letter_environment()
    return Modele(
        path=path,
        usage=usage_of((*gabarit.parts.values(), *gabarit.others)),
        templates={name: env.from_string(xml) for name, xml in gabarit.parts.items()},
        membres=unpack(gabarit.package),
        static_text=text_of_parts({n: _JINJA.sub(" ", xml) for n, xml in gabarit.parts.items()}),
    )


def _equals_docxtpl(modele: Modele) -> bool:
    """Tell whether a model renders as docxtpl renders it, on full and on sparse values."""
    from lxml import etree  # noqa: PLC0415  only readers of models pay for it

    try:
        return all(
            _canonical(modele._render(values)[0])  # noqa: SLF001  same module
            == _canonical(render_with_docxtpl(modele.path, values))
            for values in _samples(modele.usage)
        )
    except etree.XMLSyntaxError:
        return False


def _samples(usage: Usage) -> tuple[dict[str, object], ...]:
    """Return values with every trap of XML, then the same with the tested fields empty."""
    trap = 'Père & Fils <1> "À l\'Été"\nsuite'
    blank = Champs().as_context()
    lists = {name: (trap, trap) for name, value in blank.items() if isinstance(value, tuple)}
    full: dict[str, object] = dict.fromkeys(blank, trap) | lists | {"delai_jours": 12}
    sparse = full | {n: v for n, v in blank.items() if n in usage.tested}
    return full, sparse


def _canonical(package: bytes) -> dict[str, bytes]:
    from lxml import etree  # noqa: PLC0415

    return {
        name: etree.tostring(etree.fromstring(xml), method="c14n")
        for name, xml in read_parts(package)
    }


def text_of_parts(parts: Mapping[str, str]) -> str:
    """Return the printed text of some parts: header, body, footer, one line per paragraph."""
    order = sorted(parts, key=lambda name: ("header" not in name, "footer" in name, name))
    return "\n".join(filter(None, (_text(parts[name]) for name in order)))


def _text(xml: str) -> str:
    r"""Return the text of one part, without its blank lines.

    >>> _text("<w:p><w:t>Père &amp; Fils</w:t><w:br/><w:t>Lyon</w:t></w:p><w:p/>")
    'Père & Fils\nLyon'
    """
    text = _TAG.sub("", _PARAGRAPH_END.sub("\n", xml.replace("<w:tab/>", " ")))
    if "&" in text:
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
    return "\n".join(filter(None, (line.strip() for line in text.splitlines())))
