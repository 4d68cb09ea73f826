from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.habits_fec import rows_of, xml_of

from segxl.domain.anomalies import SaisieError
from segxl.sources.fec import Fec, read_fec

DATA = Path(__file__).parent / "data" / "fec"
ROWS = rows_of(DATA / "000000034FEC20251231.txt")
XML = xml_of(ROWS)
NAME = "000000034FEC20251231.xml"


def read(folder: Path, raw: bytes, name: str = NAME) -> Fec:
    path = folder / name
    path.write_bytes(raw)
    return read_fec(path)


def refusal(folder: Path, raw: bytes) -> str:
    with pytest.raises(SaisieError) as caught:
        read(folder, raw)
    return str(caught.value)


@pytest.mark.parametrize(
    "dress",
    [
        lambda raw: b"\xef\xbb\xbf\r\n " + raw.split(b"?>\n", 1)[1],
        lambda raw: raw.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        lambda raw: raw.decode().replace("UTF-8", "ISO-8859-15").encode("iso8859_15"),
        lambda raw: raw.replace(b"<comptabilite>", b'<comptabilite xmlns="urn:x" version="1">'),
        lambda raw: raw.replace(b"ecriture>", b"ECRITURE>").replace(b"<ligne>", b"<Ligne >").replace(b"</ligne>", b"</Ligne>"),
        lambda raw: raw.replace(b"ecriture>", b"f:Ecriture>").replace(b"<comptabilite>", b'<comptabilite xmlns:f="urn:x">'),
        lambda raw: raw.replace(b"ecriture>", b"Ecriture>").decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        lambda raw: raw.replace(b"<ligne>", b"<ligne><!-- n --><?pi x?>\n  "),
        lambda raw: raw.replace(b"<EcritureLib>Fac", b"<EcritureLib><![CDATA[Fac]]><!-- x -->"),
    ],
    ids=["marque", "UTF-16", "ISO 8859-15", "espace de noms", "majuscules", "préfixe", "majuscules en UTF-16", "commentaires", "CDATA"],
)  # fmt: skip
def test_the_same_document_otherwise_written_is_read_alike(
    tmp_path: Path, dress: Callable[[bytes], bytes]
) -> None:
    fec = read(tmp_path, dress(XML))

    assert (fec.total_debit, len(fec.ecritures)) == (19_313_200, 246)
    assert fec.ecritures["libelle"].tolist() == [row["EcritureLib"] for row in ROWS]


def test_the_content_decides_and_not_the_extension(tmp_path: Path) -> None:
    assert len(read(tmp_path, XML, "000000034FEC20251231.txt").ecritures) == 246


def test_lines_may_have_an_amount_and_a_side(tmp_path: Path) -> None:
    raw = XML.replace(b"<Credit>0.00</Credit>", b"<Sens>D</Sens>")
    raw = raw.replace(b"<Debit>0.00</Debit>", b"<Sens>C</Sens>")
    raw = raw.replace(b"Debit>", b"Montant>").replace(b"Credit>", b"Montant>")

    fec = read(tmp_path, raw)

    assert (fec.total_debit, fec.total_credit) == (19_313_200, 19_313_200)


def test_the_closing_date_is_taken_from_the_document_where_the_name_has_none(
    tmp_path: Path,
) -> None:
    raw = XML.replace(b"<DateCloture>2025-12-31", b"<DateCloture>2024-12-31")

    told = read(tmp_path, raw, "export.xml").avertissements

    assert any(line.startswith("La clôture annoncée, 31/12/2024") for line in told)


def test_a_wrong_amount_is_refused_with_its_line_of_the_document(tmp_path: Path) -> None:
    told = refusal(tmp_path, XML.replace(b"<Debit>700.00", b"<Debit>700 EUR", 1))

    line = 1 + XML[: XML.index(b"<Debit>700.00")].rindex(b"<ligne>")
    number = XML[:line].count(b"\n") + 1
    assert told.startswith(f"{NAME}!ligne {number}, Debit : « Debit » n’est pas un montant")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE comptabilite [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE comptabilite SYSTEM "http://example.invalid/a.dtd">',
        '<!DOCTYPE comptabilite [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
        "<!DOCTYPE comptabilite>",
    ],
)
@pytest.mark.parametrize("encodage", ["utf-8", "utf-16"])
def test_a_document_type_is_never_obeyed(tmp_path: Path, doctype: str, encodage: str) -> None:
    head, body = XML.decode().split("?>\n", 1)
    text = f"{head.replace('UTF-8', encodage)}?>{doctype}{body.replace('Facture', '&c;&e;', 1)}"

    assert "déclaration DOCTYPE" in refusal(tmp_path, text.encode(encodage))


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (XML[:-200], "ce document XML est coupé ou mal formé"),
        (b"<comptabilite>" * 10_000, "ce document XML est coupé ou mal formé"),
        (b"<comptabilite><exercice/></comptabilite>", "aucune écriture"),
        (b"<html><body>FEC</body></html>", "ce document XML n’est pas un FEC"),
        (XML.replace(b"EcritureDate>", b"Jour>"), "cette zone manque dans l’en-tête (lu : « EcritureDate »)"),
        (b"<", "ce document XML est coupé ou mal formé"),
    ],
)  # fmt: skip
def test_what_is_no_fec_is_refused(tmp_path: Path, raw: bytes, problem: str) -> None:
    assert problem in refusal(tmp_path, raw)


def test_two_years_in_one_document_are_told(tmp_path: Path) -> None:
    head, rest = XML.split(b"<exercice>")
    exercice = rest.removesuffix(b"</comptabilite>")
    raw = head + (b"<exercice>" + exercice) * 2 + b"</comptabilite>"

    fec = read(tmp_path, raw)

    assert len(fec.ecritures) == 2 * 246
    assert "Le document contient 2 exercices, lus ensemble." in fec.avertissements
