"""The client card: one page a client for the firm's own use before a meeting, never sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from segxl.domain.couleurs import Couleur
from segxl.domain.fiche.fiche import Fiche
from segxl.domain.statuts import PLATEFORME
from segxl.lettres import fiche_droit as droit
from segxl.lettres import fiche_mots as mots
from segxl.lettres.champs import Champs
from segxl.lettres.dossier import text_of
from segxl.lettres.fiche_hauteurs import lines_for_notes, room_left
from segxl.lettres.fiche_mots import AISE, HALF, SERRE, WIDE, Lignes, Told, told
from segxl.lettres.fiche_relation import etat_relation, raisons, tenue, tuiles_relation
from segxl.lettres.gardes import opposition_reason
from segxl.lettres.scelle import ModeleScelle

MODELE = "templates/fiche/fiche.docx"
WHITE = "FFFFFF"
A_COMPLETER = "à compléter"


class ModeleFiche(ModeleScelle):
    """The shipped model, compiled once for all the cards of a run."""

    __slots__ = ()

    @classmethod
    def read(cls, modele: str = MODELE) -> Self:
        """Read and compile the shipped model."""
        return super().read(modele)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    """What all the cards of one run share."""

    au: date
    couleurs: Mapping[str, Couleur]
    """The colours of the workbook, by word."""
    etats: Mapping[str, str] = field(default_factory=dict)
    """The fills of the states of a relation, by word."""
    loi_ancienne: date | None = None
    """The day on which the law was last checked, where that is too long ago."""


def context_of(champs: Champs, fiche: Fiche, cadre: Cadre, say: Told) -> dict[str, Any]:
    """Return everything that one card prints, each text cut to its room.

    Parameters
    ----------
    champs : Champs
        The firm and the client.
    fiche : Fiche
        The client on the day of the card.
    cadre : Cadre
        What the other cards have too.
    say : callable
        See ``fiche_mots.Told``.
    """
    context = _context(champs, fiche, cadre, say, AISE)
    if room_left(context) < 0:
        context = _context(champs, fiche, cadre, say, SERRE)
    return context | {"notes": range(lines_for_notes(context))}


def _context(
    champs: Champs, fiche: Fiche, cadre: Cadre, say: Told, lignes: Lignes
) -> dict[str, Any]:
    """Return the texts of a card, each in the lines that it may take."""
    au, couleur = cadre.au, cadre.couleurs.get(fiche.couleur)
    return champs.as_context() | {
        **_identity(champs, fiche),
        "cabinet_court": told(champs.cabinet_nom, 60),
        "fond": couleur.fond.lstrip("#") if couleur else WHITE,
        "tuiles": mots.tuiles(fiche),
        "tuiles_relation": tuiles_relation(fiche),
        "fond_relation": cadre.etats.get(etat_relation(fiche), WHITE).lstrip("#"),
        "raisons": raisons(fiche),
        "segment": told(fiche.segment, 40),
        "regle": told(_regle(fiche, say), WIDE - 4, lignes.courtes),
        "etape": told(f"{fiche.etape.rstrip('.')}.", WIDE - 10, lignes.etape),
        "gain": fiche.gain,
        "familles": [*mots.familles(fiche)],
        "autres_familles": mots.autres_familles(fiche),
        "forces": mots.points(fiche, fiche.forces),
        "faiblesses": mots.points(fiche, fiche.faiblesses),
        "obligations": [*droit.obligations(fiche, au)],
        "echeance": told(droit.echeance(fiche), HALF - 18),
        "doutes": told(droit.doutes(fiche), HALF - 4, lignes.longues),
        "loi_ancienne": _day(cadre.loi_ancienne),
        "plateforme": told(_plateforme(fiche, say), HALF - 6, lignes.courtes),
        "suivi": [*mots.suivi(fiche.suivi, au, say, lignes), *tenue(fiche)],
        "rendez_vous": mots.rendez_vous(fiche, au, say, lignes),
        "exercice": _day(fiche.exercice and fiche.exercice.fin),
        "chiffres": [*mots.chiffres(fiche)],
        "manques": told(mots.manques(fiche), HALF, lignes.manques),
    }


def _identity(champs: Champs, fiche: Fiche) -> dict[str, str]:
    """Return who the card is about, in the room of its head."""
    name = champs.raison_sociale or champs.dossier
    person = " ".join(filter(None, (champs.civilite, champs.contact))) or A_COMPLETER
    opposes = opposition_reason(fiche.client.get("Opposition")) is not None
    contact = f"{told(person, 34)} (opposition aux propositions)" if opposes else person
    return {
        "titre": told(name, 60, 2),
        "nom_court": told(name, 50),
        "numero": told(champs.dossier, 30),
        "siren_client": told(champs.siren or A_COMPLETER, 30),
        "suivi_par": told(champs.collaborateur or A_COMPLETER, 30),
        "contact_client": told(contact, 40, 2),
    }


def _day(jour: date | None) -> str:
    return f"{jour:%d/%m/%Y}" if jour else ""


def _regle(fiche: Fiche, say: Told) -> str:
    """Return why the client is in this segment; a hand may have typed the reason."""
    motif = text_of(fiche.client.get("Motif"))
    if not motif or motif not in fiche.regle:
        return fiche.regle
    return fiche.regle.replace(motif, say("Clients", "Motif", fiche.row, motif))


def _plateforme(fiche: Fiche, say: Told) -> str:
    nom = say("Clients", PLATEFORME, fiche.row, text_of(fiche.client.get(PLATEFORME)))
    return droit.plateforme(fiche, nom)
