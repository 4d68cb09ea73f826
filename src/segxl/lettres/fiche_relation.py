"""What a client card says of value and relation: five figures, each with its word, and a reason."""

from __future__ import annotations

from segxl.domain.faits.etats import pourcent
from segxl.domain.fiche.apport import Apport
from segxl.domain.fiche.fiche import Fiche
from segxl.domain.relation.contrat import ANCIENNE, ILLISIBLE, MANQUE
from segxl.domain.relation.portail import OUVERT, SANS, UTILISE
from segxl.domain.relation.portefeuille import Relation
from segxl.domain.relation.signaux import INCONNUE, MECONTENT, PARTIE
from segxl.lettres.coupe import SUITE
from segxl.lettres.fiche_mots import DASH, HALF, WIDE, told
from segxl.lettres.francais import NBSP, euros

Tuile = tuple[str, str]
SEREIN, PARTI = "aucune raison de s’inquiéter", "ce client est parti"


def tuiles_relation(fiche: Fiche) -> list[Tuile]:
    """Return the state of the relation and four figures of value; none where nothing is known."""
    apport, relation = fiche.apport, fiche.relation
    if apport is None and (relation is None or relation.etat == INCONNUE):
        return []
    known = apport or Apport()
    return [_etat(relation), *_valeur(known)]


def etat_relation(fiche: Fiche) -> str:
    """Return the word of the relation, which has a colour."""
    return fiche.relation.etat if fiche.relation else ""


def raisons(fiche: Fiche) -> str:
    """Say why the relation is what it is, what the client thinks and what to do next.

    Blank where there is no relation to tell.
    """
    relation = fiche.relation
    if relation is None or not tuiles_relation(fiche):
        return ""
    usual = {INCONNUE: [], PARTIE: [PARTI]}.get(relation.etat, [SEREIN])
    known = [*relation.signaux] or usual
    # A long list of reasons leaves room for what to do about it.
    reasons = told(" ; ".join(known), WIDE)
    parts = [reasons, _avis(relation), f"prochain geste : {_lower(relation.geste)}"]
    sentences = [_capital(p) if p.endswith(SUITE) else f"{_capital(p)}." for p in parts if p]
    return told(" ".join(sentences), WIDE - 6, 2)


def tenue(fiche: Fiche) -> list[Tuile]:
    """Return what the papers of the client lack, and its portal, on one line; none where nobody knows."""
    relation = fiche.relation
    if relation is None or not (relation.contrat or relation.portail):
        return []
    portail = f"portail {relation.portail}" if relation.portail == UTILISE else ""
    portail = portail or {OUVERT: "portail ouvert", SANS: "sans portail"}.get(relation.portail, "")
    words = {
        f"{MANQUE} : ": "sans ",
        f"{ILLISIBLE} : ": "à vérifier, ",
        ANCIENNE: "lettre de plus de",
    }
    contrat = relation.contrat
    for whole, short in words.items():
        contrat = contrat.replace(whole, short)
    parts = [contrat, portail]
    return [("Contrat", told(" ; ".join(filter(None, parts)), HALF - 10))]


def _etat(relation: Relation | None) -> Tuile:
    if relation is None:
        return INCONNUE, "Relation"
    count = len(relation.signaux)
    reasons = f"{NBSP}: {count} raison{'s' if count > 1 else ''}" if count else ""
    return told(relation.etat, 20), f"Relation{reasons}"


def _valeur(apport: Apport) -> list[Tuile]:
    rate = f"{NBSP}: {pourcent(apport.taux)}" if apport.taux is not None else ""
    abc = f" (ABC{NBSP}: {apport.abc})" if apport.abc else ""
    return [
        (_money(apport.honoraires), "Honoraires, 12 mois"),
        (_money(apport.marge), f"Marge{rate}"),
        (apport.classe or DASH, f"Classe{abc}"),
        ("-".join(map(str, apport.rfm)) if apport.rfm else DASH, "RFM, sur 5"),
    ]


def _avis(relation: Relation) -> str:
    """Return the last answers of the client, unless a reason tells them."""
    if any(signal.startswith(MECONTENT) for signal in relation.signaux):
        return ""
    avis = relation.avis
    scores = (
        f"satisfaction {avis.dernier_csat} sur 5" if avis.dernier_csat is not None else "",
        f"recommandation {avis.dernier_nps} sur 10" if avis.dernier_nps is not None else "",
    )
    return ", ".join(filter(None, scores))


def _money(amount: float | None) -> str:
    return DASH if amount is None else told(euros(round(amount)), 12)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
