"""How a client's file is kept, as the sheet Bilan relationnel tells it: answers, papers, portal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from segxl.domain.relation.contrat import count_contrats
from segxl.domain.relation.lecture import PAR_SEGMENT, Ligne
from segxl.domain.relation.portail import count_portails
from segxl.domain.relation.portefeuille import Relation

REACTIVITE, DOSSIER, OUTIL = "Réactivité", "Dossier contractuel", "Portail client"
MESURES = {
    "complets": ("Dossiers contractuels complets", "lettre de mission, conditions générales, notice RGPD"),
    "incomplets": ("Dossiers où il manque une pièce", "la feuille Relation dit laquelle"),
    "sans_lettre": ("Clients sans lettre de mission", "une lettre écrite et signée est due pour toute mission (décret 2012-432, art. 151)"),
    "lettres_anciennes": ("Lettres de mission à revoir", "plus anciennes que le nombre d’années de la feuille Paramètres"),
    "a_verifier": ("Pièces que segxl ne sait pas lire", "tapez une date, oui ou non"),
    "a_renseigner": ("Dossiers à renseigner", "personne n’a rien noté : ce n’est pas un manque"),
}  # fmt: skip
"""Each count → its name on the sheet, and how to read it."""


def with_tenue(
    lignes: Sequence[Ligne], relations: Sequence[Relation], segments: Sequence[str]
) -> tuple[Ligne, ...]:
    """Add the blocks to those of the sheet; nothing about what the firm does not keep track of.

    Parameters
    ----------
    lignes : sequence of Ligne
        See ``lecture.list_lignes``; the segments stay last.
    relations : sequence of Relation
        Those of all clients; who has left has neither papers nor portal to look after.
    segments : sequence of str
        In the order to tell them.
    """
    told = (*lignes, *_answers(relations), *_papers(relations), *_portals(relations, segments))
    return tuple(sorted(told, key=lambda ligne: ligne.bloc == PAR_SEGMENT))


def _answers(relations: Sequence[Relation]) -> Iterator[Ligne]:
    delais = [jours for r in relations for jours in r.answers.delais]
    waiting = [jours for r in relations for jours in r.answers.attentes]
    if not (delais or waiting):
        return
    late = sum(r.tardives for r in relations)
    mean = round(sum(delais) / len(delais), 2) if delais else None
    told = f"du jour de la demande à « Répondu le » du Journal, sur douze mois ; n = {len(delais)}"
    yield Ligne(bloc=REACTIVITE, mesure="Délai de réponse des clients", valeur=mean, unite="jours", lecture=told if delais else "non calculé : aucune réponse datée")  # fmt: skip
    told = f"type Demande, ni « Répondu le » ni « Clos le » ; {late} depuis plus longtemps que la limite de Paramètres"
    yield Ligne(bloc=REACTIVITE, mesure="Demandes sans réponse", valeur=float(len(waiting)), unite="demandes", lecture=told)  # fmt: skip


def _papers(relations: Sequence[Relation]) -> Iterator[Ligne]:
    counts = count_contrats(r.contrat for r in relations)
    total = counts["suivis"]
    for name, (mesure, lecture) in MESURES.items() if total else ():
        told = f"sur {total} ; {lecture}"
        yield Ligne(bloc=DOSSIER, mesure=mesure, valeur=float(counts[name]), unite="clients", lecture=told)  # fmt: skip


def _portals(relations: Sequence[Relation], segments: Sequence[str]) -> Iterator[Ligne]:
    yield from _portal(OUTIL, "", relations)
    for segment in segments:
        theirs = [r for r in relations if r.segment == segment]
        yield from _portal(PAR_SEGMENT, f", {segment}", theirs)


def _portal(bloc: str, whose: str, relations: Sequence[Relation]) -> Iterator[Ligne]:
    """Write who has the portal and who uses it, where somebody told."""
    known, has, uses = count_portails(r.portail for r in relations)
    for mesure, count, verb in (("ouvert", has, "l’ont"), ("utilisé", uses, "s’en servent")) if known else ():  # fmt: skip
        yield Ligne(
            bloc=bloc,
            mesure=f"Portail client {mesure}{whose}",
            valeur=round(100 * count / known, 2),
            unite="%",
            lecture=f"{count} {verb}, sur {known} dont la colonne est remplie",
        )
