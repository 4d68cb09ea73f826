"""What docxtpl does for a model: clean its tags once, and be the reference of the rest.

docxtpl and python-docx are imported inside the functions: loading them costs a third of a second.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from segxl.lettres.environnement import letter_environment

_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_TEXT_OF_LINES = re.compile(r"<w:t(?: [^>]*)?>[^<]*\n[^<]*</w:t>")
_LINE = '</w:t><w:br/><w:t xml:space="preserve">'
_BREAK = re.compile("[\n\t\a\f]")
# A model writes {_{ for braces that must be printed.
_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_PICTURE_ID = re.compile(r'(<wp:docPr\b[^>]*?\bid=")\d+(")')
_FIRST_PICTURE = 1001
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gabarit:
    """A model with its tags cleaned.

    ``parts`` are the document, headers and footers as jinja sources, by member name;
    ``others`` are further texts where docxtpl renders tags; ``package`` is the whole file as
    python-docx writes it.
    """

    parts: Mapping[str, str]
    others: tuple[str, ...]
    package: bytes


def read_gabarit(path: Path) -> Gabarit:
    """Clean the tags of a model, once."""
    template = _open(path)
    parts = {_member(template.docx.part): _document(template)}
    for part in _headers_and_footers(template):
        parts[_member(part)] = template.patch_xml(template.get_part_xml(part))
    others = (*_properties(template), *_footnotes(template))
    if not any("{{" in text or "{%" in text for text in others):
        # python-docx writes a blank property that docxtpl sets: the package must hold it too.
        template.render_properties({}, letter_environment())
    package = io.BytesIO()
    template.docx.save(package)
    return Gabarit(parts=parts, others=others, package=package.getvalue())


def render_with_docxtpl(path: Path, context: Mapping[str, object]) -> bytes:
    """Render one letter with docxtpl alone."""
    template = _open(path)
    template.render(dict(context), jinja_env=letter_environment(), autoescape=True)
    package = io.BytesIO()
    template.save(package)
    return package.getvalue()


def restore(xml: str) -> str:
    """Finish a rendered part as docxtpl does: printed braces, line breaks inside values."""
    if "_" in xml:
        for written, printed in _BRACES.items():
            xml = xml.replace(written, printed)
    # Lines of an address are the one break of most letters; docxtpl's way costs a tenth of a ms.
    if "\n" in xml:
        xml = _TEXT_OF_LINES.sub(lambda text: text[0].replace("\n", _LINE), xml)
    return _PARAGRAPH.sub(_broken, xml) if _BREAK.search(xml) else xml


def _broken(paragraph: re.Match[str]) -> str:
    from docxtpl import DocxTemplate  # noqa: PLC0415

    xml = paragraph[0]
    # resolve_listing reads nothing of its instance.
    return str(DocxTemplate.resolve_listing(None, xml)) if _BREAK.search(xml) else xml


def _open(path: Path) -> Any:  # noqa: ANN401  docxtpl is untyped
    from docxtpl import DocxTemplate  # noqa: PLC0415

    template = DocxTemplate(io.BytesIO(path.read_bytes()))
    template.init_docx()
    return template


def _document(template: Any) -> str:  # noqa: ANN401
    """Return the main part; docxtpl cleans the body apart from the root around it."""
    whole = template.xml_to_string(template.docx._element)  # noqa: SLF001  as docxtpl does
    start, end = whole.index("<w:body"), whole.rindex("</w:body>") + len("</w:body>")
    body = _numbered(template.patch_xml(template.get_xml()))
    return f"{whole[:start]}{body}{whole[end:]}"


def _numbered(body: str) -> str:
    """Give the pictures ids from 1001 on, as docxtpl does so that no two are equal."""
    numbers = iter(range(_FIRST_PICTURE, _FIRST_PICTURE + body.count("<wp:docPr")))
    return _PICTURE_ID.sub(lambda m: f"{m[1]}{next(numbers)}{m[2]}", body)


def _headers_and_footers(template: Any) -> Iterator[Any]:  # noqa: ANN401
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield part


def _member(part: Any) -> str:  # noqa: ANN401
    return str(part.partname).lstrip("/")


def _properties(template: Any) -> Iterator[str]:  # noqa: ANN401
    core = template.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield getattr(core, name)


def _footnotes(template: Any) -> Iterator[str]:  # noqa: ANN401
    for part in template.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            yield template.patch_xml(part.blob.decode())
