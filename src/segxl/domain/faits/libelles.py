"""How each fact is called by readers."""

from __future__ import annotations

LIBELLES = {
    "ca": "Chiffre d’affaires",
    "achats": "Achats et charges externes",
    "factures_emises": "Factures émises",
    "avoirs_emis": "Avoirs émis",
    "factures_recues": "Factures reçues",
    "clients": "Clients facturés",
    "fournisseurs": "Fournisseurs",
    "part_premier_client": "Part du premier client",
    "hhi": "Concentration (HHI)",
    "delai_client_pondere": "Délai de règlement des clients",
    "creances_ouvertes": "Créances clients",
    "rythme_tva": "Rythme de TVA",
    "part_inconnue": "Part de clients de nature inconnue",
    "decalage_saisie": "Retard de saisie",
}
LIBELLES_INTERNES = {
    "factures_emises_par_mois": "Factures émises par mois",
    "factures_recues_par_mois": "Factures reçues par mois",
    "dependance": "Dépendance à un client",
    "part_publique": "Part de clients publics",
    "part_etrangere": "Part de clients étrangers",
    "part_privee": "Part de clients privés",
}
"""Those of the sheet Faits besides."""
