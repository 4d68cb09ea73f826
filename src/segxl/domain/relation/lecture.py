"""The figures of the relation in five blocks, each beside how it was computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from segxl.domain.parcours.irritants import FORTE, Irritant, sum_by_etape, worth_by_etape
from segxl.domain.relation.attrition import Attrition
from segxl.domain.relation.avis import SANS_AVIS, Avis, quarters_of
from segxl.domain.relation.indicateurs import Indicateur
from segxl.domain.relation.valeur_client import Valeur
from segxl.domain.satisfaction import PORTEFEUILLE

SATISFACTION, FIDELITE, VALEUR, DEPARTS, PAR_SEGMENT = (
    "Satisfaction",
    "Fidélité",
    "Valeur d’un client",
    "Départs",
    "Par segment",
)
PAR_TRIMESTRE, PARCOURS = "Par trimestre", "Parcours client"
COMMENT_CSAT = "part des 4 et 5 sur 5 ; on vise 80 %"
COMMENT_NPS = "part des 9 et 10 moins part des 0 à 6, de -100 à 100"
MULTIPLES = (1.0, 1.2)
"""What a firm sells for, in years of fees, as a rule of thumb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One figure of the sheet; ``valeur`` and ``avant`` are in ``unite``, None where not told."""

    bloc: str
    mesure: str
    valeur: float | None
    unite: str = ""
    avant: float | None = None
    lecture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """The figures of the portfolio and its segments; ``avis`` of a year, ``avant`` the one before."""

    avis: Mapping[str, Avis]
    avant: Mapping[str, Avis]
    trimestres: Mapping[str, Avis]
    attrition: Attrition
    segments: Mapping[str, Attrition]
    rachat: Indicateur
    rachat_d_apres: str
    """What tells that a client came back: its missions, or the months billed."""
    valeur: Valeur
    irritants: tuple[Irritant, ...]
    """What rubs along the journey, the first to settle first."""
    heure: float | None
    """What an hour costs, in euros."""
    au: date

    @property
    def premier_irritant(self) -> Irritant | None:
        """What rubs most, and is not settled."""
        return next((x for x in self.irritants if x.rang == 1), None)

    @property
    def portefeuille(self) -> Avis:
        """What the whole portfolio thinks."""
        return self.avis.get(PORTEFEUILLE, SANS_AVIS)


def list_lignes(ensemble: Ensemble) -> tuple[Ligne, ...]:
    """Write the blocks."""
    return (
        *_satisfaction(ensemble),
        *_fidelite(ensemble),
        *_valeur(ensemble),
        *_departs(ensemble.attrition),
        *_parcours(ensemble),
        *_trimestres(ensemble),
        *_segments(ensemble),
    )


def _satisfaction(ensemble: Ensemble) -> Iterator[Ligne]:
    now, before = ensemble.portefeuille, ensemble.avant.get(PORTEFEUILLE, SANS_AVIS)
    yield from _paire(SATISFACTION, "", now, before)


def _paire(bloc: str, whose: str, now: Avis, before: Avis) -> Iterator[Ligne]:
    """Write CSAT and NPS beside those of the year before."""
    csat = _ligne(bloc, f"CSAT, clients satisfaits{whose}", now.csat, "%", COMMENT_CSAT)
    nps = _ligne(bloc, f"NPS, recommandation{whose}", now.nps, "points", COMMENT_NPS)
    yield replace(csat, avant=_rounded(before.csat))
    yield replace(nps, avant=_rounded(before.nps))


def _fidelite(ensemble: Ensemble) -> Iterator[Ligne]:
    attrition = ensemble.attrition
    told = f"clients facturés qui reviennent ({ensemble.rachat_d_apres} : deux au moins) ; au-delà de 20 à 30 %, c’est bon"
    yield _ligne(FIDELITE, "Taux de rachat", _percent(ensemble.rachat), "%", told)
    told = f"{attrition.partis} départ{_s(attrition.partis)} en douze mois, rapportés aux clients présents au début de chaque mois"
    yield _ligne(FIDELITE, "Attrition mensuelle (churn)", _percent(attrition.taux), "%", told)
    nouveaux = ensemble.valeur.nouveaux
    if nouveaux is not None and attrition.is_suivie:
        told = f"{nouveaux} arrivée{_s(nouveaux)}, {attrition.partis} départ{_s(attrition.partis)} en douze mois"
        net = float(nouveaux - attrition.partis)
        yield Ligne(bloc=FIDELITE, mesure="Solde des clients", valeur=net, lecture=told)


def _valeur(ensemble: Ensemble) -> Iterator[Ligne]:
    valeur = ensemble.valeur
    told = f"{valeur.d_apres} ; moyenne divisée par l’attrition annuelle"
    yield _ligne(VALEUR, "Valeur d’un client (LTV)", valeur.ltv, "€", told)
    told = f"à mettre en face du coût d’un nouveau client, ligne suivante ; {valeur.d_apres}"
    yield _ligne(VALEUR, "Garder un client un an de plus", valeur.annee, "€", told)
    told = "dépense d’acquisition divisée par les arrivées des douze mois"
    yield _ligne(VALEUR, "Coût d’un nouveau client (CAC)", valeur.cac, "€", told)
    yield _ligne(VALEUR, "LTV / CAC", valeur.ratio, "", "au-dessus de 3, c’est sain")
    for multiple in MULTIPLES if valeur.honoraires else ():
        yield Ligne(
            bloc=VALEUR,
            mesure=f"Valeur du portefeuille, à {multiple:g} fois les honoraires".replace(".", ","),
            valeur=round(multiple * valeur.honoraires),
            unite="€",
            lecture="repère d’usage entre cabinets, entre 1 et 1,2 année d’honoraires : ni un texte, ni une évaluation ; marge, fidélité et dépendance le déplacent",
        )


def _departs(attrition: Attrition) -> Iterator[Ligne]:
    for motif, count in attrition.motifs.items():
        yield Ligne(
            bloc=DEPARTS,
            mesure=motif,
            valeur=float(count),
            unite="clients",
            lecture="en douze mois",
        )


def _trimestres(ensemble: Ensemble) -> Iterator[Ligne]:
    """Write the quarters that have answers, each beside the same one a year before."""
    told = ensemble.trimestres
    for name, before in quarters_of(ensemble.au):
        if name in told:
            yield from _paire(PAR_TRIMESTRE, f", {name}", told[name], told.get(before, SANS_AVIS))


def _parcours(ensemble: Ensemble) -> Iterator[Ligne]:
    """Write what rubs most, then each stage of the journey where something does."""
    first = ensemble.premier_irritant
    if first is not None:
        yield Ligne(
            bloc=PARCOURS,
            mesure=f"Premier irritant : {first.irritant}",
            valeur=None if first.cout is None else round(first.cout, 2),
            unite="€ par mois",
            lecture=f"prochain geste : {first.geste}{_worth(first.valeur)}"
            + (f" ; {first.lecture}" if first.lecture else ""),
        )
    worth = worth_by_etape(ensemble.irritants)
    for etape, (count, minutes) in sum_by_etape(ensemble.irritants, ensemble.au).items():
        cost = (
            ""
            if ensemble.heure is None
            else f", à {ensemble.heure:.2f} € l’heure".replace(".", ",")
        )
        yield Ligne(
            bloc=PARCOURS,
            mesure=f"Temps perdu, {etape}",
            valeur=None if minutes is None else round(minutes / 60, 2),
            unite="h par mois",
            lecture=f"{count} irritant{_s(count)} à régler{cost if minutes is not None else ', à mesurer'}{_worth(worth.get(etape, ''))}",
        )


def _worth(valeur: str) -> str:
    """Say that a stage is one on which clients judge the firm."""
    return " ; étape de forte valeur" if valeur == FORTE else ""


def _segments(ensemble: Ensemble) -> Iterator[Ligne]:
    for name in names_of(ensemble):
        now, before = (told.get(name, SANS_AVIS) for told in (ensemble.avis, ensemble.avant))
        yield from _paire(PAR_SEGMENT, f", {name}", now, before)
        if name in ensemble.segments and ensemble.attrition.is_suivie:
            taux = ensemble.segments[name].taux
            yield _ligne(PAR_SEGMENT, f"Attrition mensuelle, {name}", _percent(taux), "%", "comme ci-dessus")  # fmt: skip


def names_of(ensemble: Ensemble) -> list[str]:
    """Return the segments that have clients, then what else has answers."""
    names = dict.fromkeys([*ensemble.segments, *ensemble.avis])
    return [name for name in names if name != PORTEFEUILLE]


def _ligne(bloc: str, mesure: str, told: Indicateur, unite: str, lecture: str) -> Ligne:
    """Write a figure with how it was computed, or why it was not."""
    number = f" ; n = {told.n}" if told.n else ""
    shown = lecture if told.valeur is not None else f"non calculé : {told.motif}"
    return Ligne(
        bloc=bloc,
        mesure=mesure,
        valeur=_rounded(told),
        unite=unite,
        lecture=f"{shown}{number}",
    )


def _rounded(told: Indicateur) -> float | None:
    return None if told.valeur is None else round(told.valeur, 2)


def _percent(told: Indicateur) -> Indicateur:
    if told.valeur is None:
        return told
    return Indicateur(valeur=100 * told.valeur, n=told.n)


def _s(count: int) -> str:
    return "s" if abs(count) > 1 else ""
