"""Files of a letter: the .docx, the e-mail draft, the PDF. Nothing is ever sent."""

from __future__ import annotations

import hashlib
import re
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from segxl.lettres.courriels import Courriel
from segxl.lettres.dossier import text_of

DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
PDF = ("application", "pdf")
# What the client reads beside the paper clip: never the name of a segment.
PIECE_JOINTE = "Facturation électronique.docx"
_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+")


def write_file(folder: Path, name: str, content: bytes) -> Path:
    """Write one file, making its folder where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def render_eml(
    courriel: Courriel,
    to: object,
    *,
    sender: str = "",
    attachment: bytes | None = None,
    attachment_name: str = PIECE_JOINTE,
) -> bytes:
    """Return an e-mail draft that the mail program opens ready to send, and does not send.

    Parameters
    ----------
    courriel : Courriel
        Subject and body.
    to : object
        The cell « E-mail » of the client; several addresses may be separated by ; or ,.
    sender : str
        The firm's address; without one the mail program fills in its own.
    attachment : bytes, optional
        The letter itself, .docx or .pdf after the end of ``attachment_name``.

    Returns
    -------
    bytes
        RFC 5322 text; the same arguments give the same bytes (no date, a computed boundary).
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = courriel.objet
    if addresses := parse_addresses(to):
        message["To"] = ", ".join(addresses)
    if senders := parse_addresses(sender):
        message["From"] = senders[0]
    message.set_content(courriel.corps, charset="utf-8", cte="quoted-printable")
    if attachment is not None:
        kind, subtype = PDF if attachment_name.endswith(".pdf") else DOCX
        message.add_attachment(attachment, maintype=kind, subtype=subtype, filename=attachment_name)
        message.set_boundary(f"segxl-{hashlib.sha256(attachment).hexdigest()[:24]}")
    return message.as_bytes()


def parse_addresses(value: object) -> tuple[str, ...]:
    """Read the addresses of one cell; none where one of them is no address.

    >>> parse_addresses("a@lumo.example ; b@lumo.example")
    ('a@lumo.example', 'b@lumo.example')
    >>> parse_addresses("a@lumo.example, voir Anne"), parse_addresses(None)
    ((), ())
    """
    parts = [part.strip() for part in re.split(r"[;,\n]", text_of(value)) if part.strip()]
    return tuple(parts) if all(map(_ADDRESS.fullmatch, parts)) else ()
