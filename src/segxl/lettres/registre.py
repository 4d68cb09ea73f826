"""What is kept of a letter: the row of the sheet Courriers that proves what was written."""

from __future__ import annotations

import hashlib
from datetime import date

A_VALIDER = "à valider"
_LENGTH = 16


def empreinte(content: bytes) -> str:
    """Return the short fingerprint of a file.

    >>> empreinte(b"bonjour")
    '2cb4b1431b84ec15'
    """
    return hashlib.sha256(content).hexdigest()[:_LENGTH]


def ligne_of(
    jour: date, dossier: str, modele: str, fichier: str, content: bytes
) -> dict[str, object]:
    """Return one row of the table Courriers, by header.

    >>> ligne_of(date(2026, 11, 22), "D1", "pret", "D1.docx", b"bonjour")["Statut"]
    'à valider'
    """
    return {
        "Date": jour,
        "Dossier": dossier,
        "Modèle": modele,
        "Fichier": fichier,
        "Empreinte": empreinte(content),
        "Statut": A_VALIDER,
    }
