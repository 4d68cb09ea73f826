"""How far a client is with a plateforme agréée: one list of words, whatever its vendor says."""

from __future__ import annotations

PLATEFORME, STATUT, JOUR = SUIVI = ("Plateforme", "Statut plateforme", "Date statut")
"""The columns of Clients that tell it."""
REPONSE = "Plateforme agréée"
"""The critère of the grid that tells it where they are blank."""
AUCUNE = "Aucune"
CONTACTEE = "Contactée"
MANDAT_A_SIGNER = "Mandat à signer"
MANDAT_SIGNE = "Mandat signé"
RECEPTION = "Réception active"
EMISSION = "Réception et émission actives"
EXPIRE = "Expiré"
REFUSE = "Refusé"
STATUTS = (
    AUCUNE,
    CONTACTEE,
    MANDAT_A_SIGNER,
    MANDAT_SIGNE,
    RECEPTION,
    EMISSION,
    EXPIRE,
    REFUSE,
)
"""Every word of the column « Statut plateforme », from the first step to the last, then the setbacks."""
RECOIT = frozenset({RECEPTION, EMISSION})
"""Who can receive."""
EMET = frozenset({EMISSION})
"""Who can issue."""
