"""What says that a client may leave, in words, and the one gesture to make next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from segxl.domain.presence import has_left
from segxl.domain.relation.impayes import Impaye
from segxl.domain.relation.paliers import REPONDUE
from segxl.domain.relation.reactivite import NO_ANSWERS, Answers

A_RISQUE, A_SURVEILLER, INCONNUE, SEREINE, PARTIE = ETATS = (
    "À risque",
    "À surveiller",
    "Inconnue",
    "Sereine",
    "Terminée",
)
"""How a relation stands, the most urgent first."""
MECONTENT = "mécontent"
SEVERAL = 2
TACT = "Relancer avec tact, et proposer un échéancier"
SOLDER = "Solder son compte : appeler, ou écrire de votre main"
"""No letter but « Fin de mission » is prepared for a client who has left."""
RAPPELER = "Rappeler, et reparler de la demande restée sans réponse"
INSATISFAIT, DETRACTEUR, PROMOTEUR = 2, 6, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Seuils:
    """From when a fact says that a client may leave; the firm's own, in Paramètres."""

    sans_contact: int
    """Months."""
    retard: int
    """Mean days late."""
    baisse: float
    """Share of the fees of the year before, 0..1."""
    lettre: int
    """Years."""
    reponse: int
    """Days that a client may take to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the workbook knows of one client on a day; None where it knows nothing."""

    au: date
    sortie: date | None = None
    reclamation: date | None = None
    has_reclamation: bool = False
    etape: str = ""
    """The step of its complaint, where that waits for no answer."""
    contact: date | None = None
    retard: float | None = None
    impaye: Impaye | None = None
    relance: str = ""
    """Why no reminder goes now."""
    evolution: float | None = None
    """What the fees became from one year to the next: -0.25 is a quarter less."""
    csat: int | None = None
    nps: int | None = None
    answers: Answers = NO_ANSWERS
    temoignage: date | None = None
    """The day the client agreed to bear witness."""
    is_oppose: bool = False
    recommandations: int = 0
    """How many persons the client sent to the firm."""

    @property
    def is_partie(self) -> bool:
        """Whether the client has left."""
        return has_left(self.sortie, self.au)

    @property
    def is_known(self) -> bool:
        """Whether anything at all is on record."""
        facts = (self.contact, self.retard, self.impaye, self.evolution, self.csat, self.nps)
        return self.has_reclamation or any(fact is not None for fact in facts)

    @property
    def is_promoteur(self) -> bool:
        """Whether the client would recommend the firm: 9 or 10."""
        return self.nps is not None and self.nps >= PROMOTEUR

    @property
    def is_mecontent(self) -> bool:
        """Whether the last answers are those of a client who may leave."""
        return (self.csat is not None and self.csat <= INSATISFAIT) or (
            self.nps is not None and self.nps <= DETRACTEUR
        )


def find_signaux(situation: Situation, seuils: Seuils) -> tuple[str, ...]:
    """Say, the gravest first, what makes it likely that a client leaves."""
    return () if situation.is_partie else tuple(_find_signaux(situation, seuils))


def _find_signaux(s: Situation, seuils: Seuils) -> Iterator[str]:
    if s.sortie is not None:
        yield f"départ annoncé pour le {s.sortie:%d/%m/%Y}"
    if s.has_reclamation:
        is_past = s.reclamation is not None and s.reclamation <= s.au
        since = f" depuis le {s.reclamation:%d/%m/%Y}" if is_past else ""
        yield f"réclamation ouverte{since}"
    if s.is_mecontent:
        told = (f"satisfaction {s.csat} sur 5" if s.csat else "", f"recommandation {s.nps} sur 10" if s.nps is not None else "")  # fmt: skip
        yield f"{MECONTENT} ({', '.join(filter(None, told))})"
    if s.evolution is not None and s.evolution <= -seuils.baisse:
        yield f"honoraires en baisse de {-s.evolution:.0%}".replace("%", "\u00a0%")
    if s.impaye is not None and s.impaye.jours > seuils.retard:
        yield f"facture échue depuis {s.impaye.jours} jours"
    elif s.retard is not None and s.retard > seuils.retard:
        yield f"paie avec {s.retard:.0f} jours de retard en moyenne"
    yield from _slow(s.answers, seuils)
    if s.contact is not None and (days := (s.au - s.contact).days) > seuils.sans_contact * 365 / 12:
        yield f"sans contact depuis {days} jours"


def _slow(answers: Answers, seuils: Seuils) -> Iterator[str]:
    """Say that a client leaves the firm without an answer, or answers late as a rule."""
    if late := answers.count_late(seuils.reponse):
        what = f"{late} demandes" if late > 1 else "une demande"
        yield f"sans réponse à {what} depuis plus de {seuils.reponse} jours"
    elif len(answers.delais) >= SEVERAL and (answers.delai or 0) > seuils.reponse:
        yield f"répond en {answers.delai:.0f} jours en moyenne"


def etat_of(situation: Situation, seuils: Seuils) -> str:
    """Return how a relation stands: at risk with two signs, or with a departure or a complaint."""
    if situation.is_partie:
        return PARTIE
    count = len(find_signaux(situation, seuils))
    if situation.sortie is not None or situation.has_reclamation or count >= SEVERAL:
        return A_RISQUE
    if count:
        return A_SURVEILLER
    return SEREINE if situation.is_known else INCONNUE


def ambassadeur_of(situation: Situation) -> str:
    """Say whether a client may be named as one who recommends the firm: only with its dated consent."""
    count = situation.recommandations
    if situation.is_partie or not (situation.is_promoteur or count):
        return ""
    sent = f" ; {count} recommandation{'s' if count > 1 else ''}" if count else ""
    agreed = situation.temoignage
    if agreed is not None and agreed <= situation.au:
        return f"Oui, accord du {agreed:%d/%m/%Y}{sent}"
    return f"Pressenti, {'opposé' if situation.is_oppose else 'sans accord'}{sent}"


def geste_of(situation: Situation, seuils: Seuils) -> str:
    """Return the one thing to do next for a client, the most urgent."""
    return next(_gestes(situation, seuils))


def _geste_on_complaint(s: Situation) -> str:
    """Answer, then hear whether the answer will do; no letter answers who has left."""
    if s.etape == REPONDUE:
        return "S’assurer que notre réponse à sa réclamation convient"
    if s.etape:
        return f"Suivre sa réclamation, à l’étape « {s.etape} »"
    return f"Répondre à la réclamation{' de votre main' if s.is_partie else ''}"


def _gestes(s: Situation, seuils: Seuils) -> Iterator[str]:
    if s.is_partie and not s.has_reclamation:
        owes = s.impaye is not None and not s.relance
        yield SOLDER if owes else "Aucun, la relation est terminée"
    if s.has_reclamation:
        yield _geste_on_complaint(s)
    if s.sortie is not None:
        yield "Préparer la fin de mission et la remise des pièces"
    if s.is_mecontent:
        yield "Appeler pour comprendre sa note"
    if s.impaye is not None and not s.relance:
        yield TACT
    if find_signaux(s, seuils):
        yield (
            RAPPELER
            if s.answers.count_late(seuils.reponse)
            else "Appeler pour prendre des nouvelles"
        )
    if (s.is_promoteur or s.recommandations) and not s.temoignage and not s.is_oppose:
        yield "Remercier, et demander son accord pour un témoignage"
    if not s.is_known:
        yield "Prendre contact, et noter l’échange au Journal"
    if s.csat is None and s.nps is None:
        yield "Proposer l’enquête de satisfaction"
    yield "Entretenir la relation"
