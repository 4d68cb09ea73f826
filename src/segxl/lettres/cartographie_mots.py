"""What a client map says: answers, points of attention and steps, as sentences for the owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from segxl.domain.cartographie.carte import Carte, Niveau
from segxl.domain.cartographie.exercices import Exercice
from segxl.domain.cartographie.groupes import (
    APPORTEURS,
    AUTRES,
    DORMANTS,
    FIDELES,
    NON_REPARTI,
    NOUVEAUX,
    SIX,
    SOUS_TRAITANCE,
)
from segxl.domain.cartographie.parts import EURO
from segxl.domain.faits.etats import compte
from segxl.lettres.francais import MOIS, NBSP, de, liste, nombre
from segxl.lettres.francais import euros as amount

TENTHS, MOST_TOLD = 10, 4
PERCENT = 100
MINUS = "\N{MINUS SIGN}"
UNKNOWN = "On ne peut pas encore le dire : il faut deux exercices qui se suivent, où chaque client a son compte."
INSEE = "Repère : un freelance sur cinq est économiquement dépendant (source : Insee, août 2019)."


def pourcent(tenths: int, decimales: int | None = None) -> str:
    r"""Write a share given in tenths of a percent.

    >>> pourcent(858), pourcent(950), pourcent(950, 1)
    ('85,8\xa0%', '95\xa0%', '95,0\xa0%')
    """
    return f"{nombre(tenths / TENTHS, decimales)}{NBSP}%"


def euros(cents: int) -> str:
    r"""Write an amount in whole euros.

    >>> euros(6990000), euros(49)
    ('69\u202f900\xa0€', '0\xa0€')
    """
    return amount((cents + EURO // 2) // EURO).replace("-", MINUS)


def periode(du: date, au: date) -> str:
    """Write the months that entries cover.

    >>> periode(date(2025, 1, 1), date(2025, 12, 28)), periode(date(2024, 7, 1), date(2025, 6, 30))
    ('de janvier à décembre 2025', 'de juillet 2024 à juin 2025')
    >>> periode(date(2025, 4, 1), date(2025, 4, 30))
    'd’avril 2025'
    """
    first, last = MOIS[du.month - 1], MOIS[au.month - 1]
    if (du.year, du.month) == (au.year, au.month):
        return f"{de(last)} {au.year}"
    start = de(first) if du.year == au.year else f"{de(first)} {du.year}"
    return f"{start} à {last} {au.year}"


def lead(carte: Carte) -> Iterator[str]:
    """Yield what a reader in a hurry must know."""
    last = carte.dernier
    if not last.annee.is_full:
        yield f"Ces écritures ne couvrent que {compte(last.annee.mois, 'mois', 'mois')} : une cartographie se lit à partir d’une année entière. Rien n’est comparé ici, et les groupes ne sont qu’indicatifs."
    count = len(last.annee.clients)
    buyers = f", auprès de {compte(count, 'client')}" if count else ""
    told = (
        "vos ventes atteignent" if last.annee.chiffre > 0 else "les avoirs dépassent vos ventes :"
    )
    yield f"En {last.nom}, {told} {euros(last.annee.chiffre)} hors taxes{_growth(carte)}{buyers}."
    if last.is_classe:
        yield _split(last)
    if last.part_premier is not None:
        weight = {
            Niveau.ROUGE: " : c’est le point à traiter d’abord",
            Niveau.ORANGE: " : un poids à surveiller",
        }.get(carte.dependance, "")
        yield f"Votre premier client fait {pourcent(last.part_premier)} de ces ventes{weight}."
    if last.annee.absence:
        yield f"Vos clients ne se distinguent pas dans ces écritures : {last.annee.absence}."


def questions(carte: Carte) -> Iterator[tuple[str, str]]:
    """Yield the four questions and their answers."""
    yield "Quelle part de vos ventes vient de clients fidèles ?", _loyal(carte)
    yield "De nouveaux clients arrivent-ils chaque année ?", _new(carte)
    yield "Avez-vous d’autres sources de revenus ?", _others(carte)
    yield "Travaillez-vous en sous-traitance ou par des intermédiaires ?", _between(carte)


def limits(carte: Carte) -> Iterator[str]:
    """Yield what the figures do not say, and why."""
    last = carte.dernier
    if not last.croissance and not last.annee.absence:
        yield f"Sans les écritures de l’exercice qui précède {last.nom}, on ne sait pas qui est nouveau, fidèle ou dormant : ces clients sont « à classer »."
    elif last.is_classe and not last.is_compare and last.annee.is_full:
        yield "Les deux derniers exercices n’ont pas la même durée : leurs montants ne sont pas comparés, et les nouveaux et dormants ne sont qu’indicatifs."
    if last.annee.absence:
        yield f"Groupes, dépendance et équilibre ne peuvent pas se calculer : {last.annee.absence}."
    elif last.annee.doute:
        # The first words of a doubtful fact say how it was measured; what follows, why it is doubtful.
        yield f"À lire avec prudence : {last.annee.doute.partition(' ; ')[2] or last.annee.doute}."
    if (part := last.part(NON_REPARTI)) and not last.annee.absence:
        yield f"{pourcent(part)} des ventes ne sont attachées à aucun client précis (compte collectif, encaissement direct) : « {NON_REPARTI} »."
    if last.negatifs:
        yield f"{compte(last.negatifs, 'client a', 'clients ont')} plus d’avoirs que de factures : leur montant compte, mais pas dans les parts."
    yield from (r.partition(" : ")[2].capitalize() if r.startswith("Comparaison ") else r for r in last.reserves if "mois puis" not in r and "indicatifs (" not in r)  # fmt: skip


def _growth(carte: Carte) -> str:
    last, before = carte.dernier, carte.precedent
    if before is None or last.croissance is None or not last.is_compare:
        return ""
    grown = last.croissance.valeur
    if not isinstance(grown, int | float):
        return ""
    return f" ({_signed(round(grown * PERCENT, 1))}{NBSP}% par rapport à {before.nom})"


def _split(last: Exercice) -> str:
    loyal, new, gone = (last.ligne(g) for g in (FIDELES, NOUVEAUX, DORMANTS))
    told = []
    if loyal and loyal.clients and loyal.part is not None:
        told.append(f"{compte(loyal.clients, 'client fidèle', 'clients fidèles')} en {_bring(loyal.clients)} {pourcent(loyal.part)}")  # fmt: skip
    if new and new.clients and new.part is not None:
        told.append(f"{compte(new.clients, 'nouveau client', 'nouveaux clients')} {pourcent(new.part)}")  # fmt: skip
    sentence = f"{liste(told)}." if told else "Ni client fidèle ni nouveau client n’a été facturé."
    if gone and gone.clients:
        lost = compte(gone.clients, "ancien client n’a", "anciens clients n’ont")
        sentence += f" {lost} pas été {'facturé' if gone.clients == 1 else 'facturés'} en {last.nom}."  # fmt: skip
    return sentence


def _bring(count: int) -> str:
    return "apporte" if count == 1 else "apportent"


def _loyal(carte: Carte) -> str:
    last = carte.dernier
    ligne = last.ligne(FIDELES)
    if ligne is None or ligne.part is None or ligne.clients is None:
        return UNKNOWN
    count = compte(ligne.clients, "client facturé", "clients facturés")
    if not ligne.clients:
        return "Aucune : personne n’a été facturé les deux années."
    told = f"{pourcent(ligne.part)}, avec {count} les deux années."
    before, trend = carte.precedent, carte.tendance
    if trend and before:
        shares = f"{pourcent(before.part(FIDELES) or 0)} en {before.nom}, {pourcent(ligne.part)} en {last.nom}"
        return f"{told} Cette part {trend} : {shares}."
    if ligne.part_avant is not None:
        told += f" Ces mêmes clients en faisaient {pourcent(ligne.part_avant)} un an plus tôt."
        told += " Avec un exercice de plus, on saura si la part des fidèles augmente ou diminue."
    return told


def _new(carte: Carte) -> str:
    known = [(e.nom, e.ligne(NOUVEAUX)) for e in carte.exercices if e.is_classe]
    counts = [(nom, x.clients or 0, x.montant or 0) for nom, x in known if x][-MOST_TOLD:]
    if not counts:
        return UNKNOWN
    (nom, count, sold) = counts[-1]
    if len(counts) == 1:
        if not count:
            return f"Non : aucun nouveau client en {nom}."
        return f"Oui : {count} en {nom}, pour {euros(sold)} de ventes."
    told = liste(f"{count} en {nom}" for nom, count, _ in counts)
    missed = sum(not count for _, count, _ in counts)
    word = "Oui" if not missed else "Non" if missed == len(counts) else "Pas chaque année"
    last = f" Les derniers venus ont apporté {euros(sold)} de ventes." if count else ""
    return f"{word} : {told}.{last}"


def _others(carte: Carte) -> str:
    own = [g for g in carte.etiquettes if g not in SIX]
    told = [*_weights(carte, [AUTRES, *own])]
    if not told:
        return _nobody(carte, "à une autre source")
    more = [f"{len(told) - MOST_TOLD} autres groupes"] if len(told) > MOST_TOLD else []
    return f"Oui : {liste([*told[:MOST_TOLD], *more])}."


def _between(carte: Carte) -> str:
    told = [*_weights(carte, [SOUS_TRAITANCE, APPORTEURS])]
    if told:
        return f"Oui : {liste(told)}."
    return _nobody(carte, "à la sous-traitance ni à un apporteur d’affaires")


def _weights(carte: Carte, groupes: Sequence[str]) -> Iterator[str]:
    """Yield what each group that sells weighs, and whether it lasts."""
    for groupe in groupes:
        if (part := carte.dernier.part(groupe)) and (ligne := carte.dernier.ligne(groupe)):
            presence = carte.presence(groupe)
            lasts = f", {presence}" if presence else ""
            count = compte(ligne.clients or 0, "client")
            name = groupe.lower() if groupe in SIX else f"« {groupe} »"
            yield f"{name} {pourcent(part)} des ventes ({count}{lasts})"


def _nobody(carte: Carte, where: str) -> str:
    if carte.dernier.annee.absence:
        return "On ne peut pas le dire : vos clients ne se distinguent pas dans ces écritures."
    return f"Aucun client n’a été rattaché {where} à ce jour : à préciser ensemble."


def _signed(value: float) -> str:
    return f"{'+' if value >= 0 else MINUS}{nombre(abs(value))}"
