"""Cards of one client, from a blank one to one where every text is as long as it can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from segxl.domain.couleurs import Couleur
from segxl.domain.fiche.apport import Apport
from segxl.domain.fiche.chiffres import Chiffre, Exercice
from segxl.domain.fiche.familles import NoteFamille
from segxl.domain.fiche.fiche import Fiche
from segxl.domain.fiche.suivi import Contact, RendezVous, Suite, Suivi
from segxl.domain.relation.avis import Avis
from segxl.domain.relation.indicateurs import Indicateur
from segxl.domain.relation.portefeuille import Relation
from segxl.lettres.champs import Champs
from segxl.lettres.fiche import Cadre

AU = date(2026, 11, 22)
WORDS = "Raccorder le logiciel de facturation à la plateforme agréée puis vérifier le circuit des factures reçues "
LONG = (WORDS * 3)[:250]
WIDE = "W" * 250
SPACED = "WWWWWWWWWWWWW " * 18
TALL = "ก้้้้ ปู่ ทุ่ม 漢字 ☃ " * 20
SHORT = {
    "reception": date(2026, 9, 1),
    "emission": date(2027, 9, 1),
    "ereporting_transactions": "à confirmer",
    "ereporting_paiements": "non",
    "rythme": "mensuel",
    "a_confirmer": ("E-reporting des ventes : « Part B2C » n’est pas connu",),
}
DUE = {
    "Étape légale": "réception",
    "Jours restants": -82,
    "Statut retenu": "Mandat à signer",
}
CADRE = Cadre(
    au=AU,
    couleurs={
        "Jaune": Couleur(nom="Jaune", seuil=8, fond="#FFEB84", texte="#1F1F1F"),
        "Gris": Couleur(nom="Gris", seuil=None, fond="#D9D9D9", texte="#1F1F1F"),
    },
    etats={"À risque": "#F8696B"},
)


def fiche(**changes: object) -> Fiche:
    """Return an ordinary card, but for what is said."""
    usual = Fiche(
        row=5,
        client={
            "Dossier": "C0042",
            "Plateforme": "Fictipost",
            "Statut plateforme": "Mandat à signer",
            "Date statut": date(2026, 11, 7),
        },
        note=9.1,
        note_min=8.1,
        note_max=10.2,
        completude=0.93,
        fiabilite=0.6,
        enjeu=2.0,
        couleur="Jaune",
        segment="À convaincre",
        regle="« Appétence au changement » est Sceptique",
        familles=(
            NoteFamille("Préparation", 11.7, 3, 3),
            NoteFamille("Flux", 2.9, 2, 3),
            NoteFamille("Enjeu : Volume", None, 0, 2),
        ),
        forces=(("Processus adaptés", "En place"),),
        faiblesses=(("Plateforme agréée", "Contactée"), ("Délai", 12.5)),
        etape="Lire ensemble la fiche d’une page sur ce qui change",
        gain="+0,5 point",
        manques=("Risque client", "Rentabilité"),
        obligations=SHORT,
        urgence=DUE,
        suivi=Suivi(
            dernier=Contact(date(2026, 10, 5), "Téléphone", "Julie Morel", "Choix de l’outil", 7),
            suites=(Suite(date(2026, 11, 3), "rappeler l’éditeur", 7), Suite(None, "voir", 9)),
        ),
        rendez_vous=RendezVous(date(2026, 12, 3), "Choisir une plateforme", "Julie Morel", 6),
        exercice=Exercice(
            date(2025, 12, 31),
            (
                Chiffre("Chiffre d’affaires", 1022594.4, "€", is_indice=False),
                Chiffre("Factures émises par mois", 10.5, "", is_indice=False),
                Chiffre("Part du premier client", 49.3, "%", is_indice=True),
            ),
        ),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def relation_of(text: str = "") -> Relation:
    """Return a relation at risk; every word is ``text`` where there is one."""
    told = ("réclamation ouverte depuis le 02/11/2026", "mécontent (satisfaction 2 sur 5)")
    return Relation(
        dossier="C0042", nom="Atelier Lumo", segment="À convaincre", etat="À risque",
        signaux=(text,) * 6 if text else told, geste=text or "Répondre à la réclamation",
        avis=Avis(dernier_csat=2, dernier_nps=4), contact=None, impaye=None, retard=None, relance="",
        ambassadeur="", temoignage=None, annuels=4200.0, ltv=Indicateur(),
    )  # fmt: skip


def known(text: str = "") -> dict[str, object]:
    """Return what value and relation say of a client."""
    apport = Apport(4200.4, 1234.0, 0.29, "B", "A", (5, 4, 3))
    return {"apport": apport, "relation": relation_of(text)}


def blank() -> Fiche:
    """Return the card of a client of whom nothing is known but the number."""
    unsure = dict.fromkeys(SHORT, "à confirmer") | {"a_confirmer": ()}
    return fiche(
        client={"Dossier": "C0042"}, note=None, note_min=None, note_max=None, completude=None,
        fiabilite=None, enjeu=None, couleur="Gris-bleu", familles=(), forces=(), faiblesses=(),
        etape="Poser les premières questions au client.", gain="", obligations=unsure,
        manques=tuple(f"Question {i}" for i in range(16)), suivi=Suivi(), rendez_vous=None,
        urgence={"Étape légale": None, "Jours restants": None, "Statut retenu": None}, exercice=None,
    )  # fmt: skip


def full_of(text: str) -> Fiche:
    """Return a card where every text is this one, and every list is long."""
    day = date(2026, 10, 5)
    return fiche(
        client={
            "Dossier": "C0042", "Plateforme": text, "Statut plateforme": text, "Motif": text,
            "Date statut": day, "Opposition": "Oui",
        },
        couleur=text, segment=text, regle=f"segment imposé à la main : {text}",
        familles=tuple(NoteFamille(f"{i} {text}", 20.0, 18, 18) for i in range(12)),
        forces=((text, text),) * 3, faiblesses=((text, text),) * 3, etape=text, gain="+12,5 points",
        manques=tuple(f"{i} {text}" for i in range(30)),
        obligations=SHORT | {"a_confirmer": (text, f"Taille : {text}", "« CA HT » n’est pas connu")},
        suivi=Suivi(
            dernier=Contact(day, text, text, text, 7),
            suites=tuple(Suite(day, text, i) for i in range(12)),
            reclamation=Suite(day, text, 8),
        ),
        rendez_vous=RendezVous(day, text, text, 9), **known(text),
    )  # fmt: skip


CASES: dict[str, Callable[[], Fiche]] = {
    "ordinary": fiche,
    "blank": blank,
    "out of scope": lambda: fiche(couleur="Gris", manques=()),
    "long words": lambda: full_of(LONG),
    "one wide word": lambda: full_of(WIDE),
    "wide words": lambda: full_of(SPACED),
    "tall letters": lambda: full_of(TALL),
    "hostile": lambda: full_of("=cmd|' /C calc'!A0 <w:t>&amp;</w:t> {{ 7*7 }} {% if %} ]]> \x01\x0b" * 5),
    "no note": lambda: fiche(note=None, note_min=0.0, note_max=20.0, couleur="Gris-bleu", forces=()),
    "law too old": fiche,
    "value and relation": lambda: fiche(**known()),
}  # fmt: skip


def champs_for(case: str, champs: Champs) -> Champs:
    """Return the client's own words: as long as those of the card, or none."""
    if case == "blank":
        return Champs(dossier="C0042", date_lettre=champs.date_lettre)
    text = {"long words": LONG, "one wide word": WIDE, "wide words": SPACED, "tall letters": TALL}
    long = text.get(case)
    if long is None:
        return champs
    return replace(
        champs, raison_sociale=long, contact=long, collaborateur=long, dossier=long, siren=long,
        cabinet_nom=long,
    )  # fmt: skip
