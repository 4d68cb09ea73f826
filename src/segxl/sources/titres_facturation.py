"""Which column of a billing export holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from segxl.domain.anomalies import file_error
from segxl.domain.honoraires.factures import JOUR, MONTANT, PAYEE, PIECE
from segxl.domain.textes import fold, join_words
from segxl.sources.correspondance import target_of
from segxl.sources.export import Export, Lexique
from segxl.sources.textes_bruts import text_of, words_of

TYPE = "Type"
DOSSIER, SIREN, SIRET, RAISON = CLIENT = ("Dossier", "SIREN", "SIRET", "Raison sociale")
WORDS: Mapping[str, tuple[str, ...]] = {
    JOUR: ("date facture", "date de facture", "date de la facture", "date de facturation", "facturée le", "facturé le", "émise le", "date d’émission", "date de pièce", "date pièce", "date"),
    PAYEE: ("payée le", "payé le", "date de paiement", "date paiement", "réglée le", "réglé le", "date de règlement", "date règlement", "encaissée le", "encaissé le", "date d’encaissement", "date encaissement"),
    MONTANT: ("montant HT", "total HT", "montant facturé HT", "montant net HT", "net HT", "honoraires HT", "HT", "honoraires", "montant"),
    PIECE: ("n° facture", "n° de facture", "numéro de facture", "réf facture", "référence facture", "facture", "pièce", "n° pièce", "n° de pièce", "réf pièce", "n°", "numéro", "réf", "référence", "id", "identifiant"),
    TYPE: ("type", "type de pièce", "type de document", "type de facture", "nature"),
}  # fmt: skip
"""How billing software titles each column, the surest first."""
_BEFORE_VAT = "ht"


def titles_known() -> Lexique:
    """Return the titles that tell the header row of a billing export."""
    return Lexique(fold(word) for words in WORDS.values() for word in words)


def match_titles(export: Export) -> dict[str, str]:
    """Return the title of the column of each role.

    Raises
    ------
    SaisieError
        No column tells the client, the day, or the amount before VAT.
    """
    roles = claim_titles(export, WORDS)
    lacking = [
        *([] if any(role in roles for role in CLIENT) else ["« Dossier » ou « Client »"]),
        *(f"« {role} »" for role in (JOUR, MONTANT) if role not in roles),
    ]
    if lacking:
        _refuse(export, lacking)
    return roles


def claim_titles(export: Export, words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the title of each role that an export has: those of a client, and those of ``words``.

    ``words`` gives the titles of a role, the surest first.
    """
    index = {words_of(w): (role, rank) for role, ws in words.items() for rank, w in enumerate(ws)}
    claims: dict[str, list[tuple[int, int, str]]] = {}
    for position, title in enumerate(map(str, export.lignes.columns)):
        role, rank = index.get(words_of(title)) or (target_of(title) or "", 0)
        if role in words or role in CLIENT:
            claims.setdefault(role, []).append((rank, position, title))
    return {role: min(claimed)[-1] for role, claimed in claims.items()}


def is_before_vat(title: str) -> bool:
    """Tell whether the title of an amount says that VAT is not in it.

    >>> is_before_vat("Total H.T."), is_before_vat("Montant")
    (True, False)
    """
    return _BEFORE_VAT in words_of(title)


def _refuse(export: Export, lacking: Iterable[str]) -> None:
    found = join_words(f"« {text_of(t)} »" for t in export.lignes.columns)
    problem = f"il manque la colonne {join_words(lacking)}"
    remedy = "dans l’export, intitulez les colonnes « Dossier » ou « Client », « Date », « Montant HT », et si possible « Payée le » et « Pièce » ; ou donnez le FEC du cabinet"
    raise file_error(export.name, found, problem, remedy)
