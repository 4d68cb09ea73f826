"""A FEC in the XML form of the tax authority: comptabilite, exercice, journal, ecriture, ligne."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd
from lxml import etree

from segxl.domain.anomalies import file_error
from segxl.sources.fec_lignes import Lieux, Zones
from segxl.sources.fec_remarques import Remarque
from segxl.sources.fec_zones import OFFICIAL, column_of, missing_zones, refuse_header, without_entry

_BLANKS = b"\xef\xbb\xbf \t\r\n"
_UTF16 = b"\xff\xfe"
_HEAD = 256
_AGAIN = "demandez un nouvel export du FEC, au format texte ou XML de l’article A. 47 A-1"
_ROOT, _EXERCICE, _CLOTURE = "comptabilite", "exercice", "datecloture"
_ECRITURE, _LIGNE = "ecriture", "ligne"
_TAGS = re.compile(rb"<(?:[^\s<>/:]+:)?(ecriture|datecloture)[\s/>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lu:
    """What was read so far: one text a column for each ``ligne``, and the line it stands on."""

    texts: dict[str, list[str]] = field(default_factory=lambda: {c: [] for c in OFFICIAL})
    numeros: list[int] = field(default_factory=list)
    clotures: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    # Most texts come back thousands of times: one copy of each is kept.
    known: dict[str, str] = field(default_factory=dict)

    def add(self, values: Mapping[str, str], numero: int) -> None:
        """Add one row."""
        for column, texts in self.texts.items():
            text = values.get(column, "")
            texts.append(self.known.setdefault(text, text))
        self.seen.update(values)
        self.numeros.append(numero)


def is_xml(raw: bytes) -> bool:
    r"""Tell whether a file is XML, whatever its extension says.

    >>> is_xml(b"\xef\xbb\xbf<?xml version='1.0'?>"), is_xml("<a/>".encode("utf-16")), is_xml(b"a|b")
    (True, True, False)
    """
    head = raw[:_HEAD].replace(b"\0", b"")
    return head.lstrip(_UTF16 + _BLANKS).startswith(b"<")


def read_xml(raw: bytes, name: str) -> Zones:
    """Read the entries of an XML FEC.

    Raises
    ------
    SaisieError
        The document is cut or is no FEC, declares a DOCTYPE, or holds no entry.
    """
    lu = _Lu()
    try:
        for element, tag in _walk(raw, name):
            if tag == _CLOTURE:
                lu.clotures.append(_text(element))
            elif tag == _ECRITURE:
                _add_entry(lu, element)
    except etree.XMLSyntaxError as error:
        problem = "ce document XML est coupé ou mal formé"
        raise file_error(name, f"ligne {error.lineno}", problem, _AGAIN) from error
    if not lu.numeros:
        raise without_entry(name)
    missing = missing_zones(lu.seen)
    if missing:
        raise refuse_header(name, missing)
    return Zones(
        lieux=Lieux(name=name, numeros=np.array(lu.numeros, dtype=np.int64)),
        colonnes={c: pd.Series(texts, dtype=object) for c, texts in _in_use(lu).items()},
        remarques=_doubt_years(lu),
        cloture=lu.clotures[-1] if lu.clotures else "",
        is_xml=True,
    )


def _walk(raw: bytes, name: str) -> Iterator[tuple[etree._Element, str]]:
    """Yield each entry and each closing day once it is complete, and forget the entries already read."""
    document = raw if raw.startswith(_UTF16) else raw.lstrip(_BLANKS)
    for _, root in _parse(document, "start", None):
        _check_root(root, _tag(root), name)
        break
    for _, element in _parse(document, "end", _wanted(document)):
        tag = _tag(element)
        yield element, tag
        if tag == _ECRITURE:
            element.clear()
            _drop(element.getprevious())


def _parse(document: bytes, event: str, tags: Sequence[str] | None) -> etree.iterparse:
    # A DOCTYPE may name files of this machine or unfold without end: no FEC has one.
    return etree.iterparse(
        io.BytesIO(document),
        events=(event,),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _wanted(document: bytes) -> list[str]:
    """Return the tags to stop at as this document spells them: stopping at all of them is ten times slower."""
    is_wide = b"\0" in document[:_HEAD]
    found = {*_TAGS.findall(document.replace(b"\0", b"") if is_wide else document)}
    return [f"{{*}}{tag}" for tag in sorted({_ECRITURE, *(tag.decode() for tag in found)})]


def _drop(element: etree._Element | None) -> None:
    """Take an entry already read out of the tree."""
    if element is not None and _tag(element) == _ECRITURE:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _check_root(root: etree._Element, tag: str, name: str) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        problem = "ce document XML contient une déclaration DOCTYPE, qu’un FEC n’a pas"
        raise file_error(name, "DOCTYPE", problem, _AGAIN)
    if tag != _ROOT:
        problem = f"ce document XML n’est pas un FEC : sa racine n’est pas « {_ROOT} »"
        raise file_error(name, tag, problem, _AGAIN)


def _add_entry(lu: _Lu, entry: etree._Element) -> None:
    """Add one row a ``ligne``; what its entry and its journal say holds for each of them."""
    journal = entry.getparent()
    common = {} if journal is None else _leaves(journal)
    common |= _leaves(entry)
    for child in entry:
        if _tag(child) == _LIGNE:
            lu.add(common | {c: text for c, text in _leaves(child).items() if text}, _line(child))


def _leaves(element: etree._Element) -> dict[str, str]:
    """Return the zones that stand right under an element."""
    leaves: dict[str, str] = {}
    for child in element:
        column = _column(child.tag)
        if column and not len(child):
            leaves[column] = (child.text or "").strip()
    return leaves


@lru_cache(maxsize=1024)
def _column(tag: object) -> str:
    """Return the column that a tag feeds: a document repeats twenty of them on each line."""
    return column_of(_bare(tag))


def _in_use(lu: _Lu) -> dict[str, list[str]]:
    unused = (
        {"montant", "sens"} if "debit" in lu.seen or "credit" in lu.seen else {"debit", "credit"}
    )
    return {c: texts for c, texts in lu.texts.items() if c in lu.seen and c not in unused}


def _doubt_years(lu: _Lu) -> tuple[Remarque, ...]:
    if len(lu.clotures) <= 1:
        return ()
    return (Remarque(doute=f"le document contient {len(lu.clotures)} exercices, lus ensemble"),)


def _tag(element: etree._Element) -> str:
    return _bare(element.tag)


@lru_cache(maxsize=1024)
def _bare(tag: object) -> str:
    return str(tag).rpartition("}")[2].casefold()


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0
