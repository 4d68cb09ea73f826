"""By which way the firm goes to a client: the words that people type for it."""

from __future__ import annotations

from difflib import get_close_matches

from segxl.domain.textes import fold

COURRIER, EMAIL, TELEPHONE = "Courrier", "E-mail", "Téléphone"
RENDEZ_VOUS, VISIO, ATELIER = "Rendez-vous", "Visio", "Atelier"
CANAUX = (COURRIER, EMAIL, TELEPHONE, RENDEZ_VOUS, VISIO, ATELIER)
_ALSO = {
    COURRIER: "courriers lettre lettres papier poste courrierpostal postal",
    EMAIL: "emails mail mails mel courriel courriels messagerie messageelectronique",
    TELEPHONE: "tel tph phone appel appels appeltelephonique portable mobile",
    RENDEZ_VOUS: "rdv rendezvousaucabinet rendezvousphysique rencontre entretien visite aucabinet surplace",
    VISIO: "visioconference visioconf teams zoom",
    ATELIER: "ateliers reunion reuniondinformation formation webinaire",
}
_CLOSE = 0.7


def parse_canal(value: object) -> str | None:
    """Return the channel that a word means; None where it means none.

    >>> [parse_canal(w) for w in ("telephone", "Tél.", "RDV", "courriel", "E mail", "pigeon")]
    ['Téléphone', 'Téléphone', 'Rendez-vous', 'E-mail', 'E-mail', None]
    """
    return _canaux().get(_letters(value))


def near_canal(value: object) -> str:
    """Return the channel whose name is nearest to a word; "" where none is near.

    >>> near_canal("Telefone"), near_canal("pigeon")
    ('Téléphone', '')
    """
    known = _canaux()
    close = get_close_matches(_letters(value), known, n=1, cutoff=_CLOSE)
    return known[close[0]] if close else ""


def _canaux() -> dict[str, str]:
    also = {word: canal for canal, words in _ALSO.items() for word in words.split()}
    return {_letters(canal): canal for canal in CANAUX} | also


def _letters(value: object) -> str:
    return "".join(c for c in fold(value) if c.isalnum())
