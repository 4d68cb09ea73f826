"""The page of a segment: what the team knows of it and offers it; internal, never sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from segxl.domain.faits.etats import pourcent
from segxl.domain.relation.indicateurs import Indicateur
from segxl.domain.segments import rendement as r
from segxl.domain.segments.offres import A_FIXER, Offre
from segxl.domain.segments.page import Eligible, Page
from segxl.lettres.fiche_mots import DASH, HALF, WIDE, told
from segxl.lettres.francais import NBSP, date_en_lettres, euros, nombre
from segxl.lettres.noms import file_name, unique_names
from segxl.lettres.rangement import store_draft
from segxl.lettres.sceau import find_ours
from segxl.lettres.scelle import ModeleScelle
from segxl.lettres.segment_hauteurs import lines_for_names

MODELE = "templates/segments/segment.docx"
ND = "n.d."
A_DESIGNER = "à désigner"
DEFINITION, ENTRE = "Qui sont-ils", "Qui y entre"
ACTION, ETAPE = "Notre action", "Prochaine étape la plus fréquente"
"""Labels of the model, which take room on the first line of their text."""
MOST_OFFRES, MOST_OBJECTIONS, MOST_CLIENTS, MOST_ALERTES = 3, 3, 8, 2
NAMED = 200
"""Names tried for the list of eligible clients, which is cut to its lines anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    """What all the pages of one run share."""

    au: date
    cabinet: str


def write_pages(
    pages: Sequence[Page],
    cadre: Cadre,
    vers: Path,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Path, ...]:
    """Write one page a segment; one that somebody edited is kept, and the new one is numbered.

    Raises
    ------
    SaisieError
        The folder cannot be written.
    """
    modele = ModeleScelle.read(MODELE)
    names = unique_names(
        file_name("Segment", page.nom, f"page interne du {cadre.au:%d-%m-%Y}", "docx")
        for page in pages
    )
    written = []
    for done, (name, page) in enumerate(zip(names, pages, strict=True), 1):
        content = modele.render(context_of(page, cadre))
        ours = find_ours(vers / name, page.nom, modele.sealed)
        written.append(store_draft(vers, name, content, ours))
        if progress:
            progress(done, len(pages))
    return tuple(written)


def context_of(page: Page, cadre: Cadre) -> dict[str, Any]:
    """Return everything that one page prints, each text cut to its room."""
    offered = [o for o in page.offres if o.is_decided]
    objections = [o for o in page.offres if o.objection]
    context = {
        "dossier": page.nom,
        "cabinet_court": told(cadre.cabinet, 60),
        "date_lettre": date_en_lettres(cadre.au),
        "titre": told(page.nom, 42),
        "nom_court": told(page.nom, 50),
        **_identity(page, cadre.au),
        "tuiles": _tuiles(page.rendement),
        "lecture": told(page.rendement.lecture, WIDE - 4, 2),
        "definition": _after(DEFINITION, page.definition, WIDE - 4, 2),
        "regle": _after(ENTRE, _rule(page), WIDE - 4, 2),
        "alertes": [
            told(f"{a.niveau} – {a.message}", WIDE - 4, 2) for a in page.alertes[:MOST_ALERTES]
        ],
        "offres": [_offre(o, page) for o in offered[:MOST_OFFRES]],
        "autres_offres": _others(len(offered) - MOST_OFFRES, "offre"),
        "parler": [told(text, HALF, 4) for text in _first(page.offres, "parler")],
        "action": _after(ACTION, page.regle.action if page.regle else "", HALF, 2),
        "etape": _etape(page),
        "premiers": [_client(x) for x in page.premiers[:MOST_CLIENTS]],
        "objections": [
            (told(f"« {o.objection} »", HALF, 2), told(f"→ {o.reponse or A_FIXER}", HALF, 2))
            for o in objections[:MOST_OBJECTIONS]
        ],
        "autres_objections": _others(len(objections) - MOST_OBJECTIONS, "objection"),
        "eligibles": told(_eligible_title(page), WIDE),
    }
    names = told(_names(page), WIDE, lines_for_names(context))
    return context | {"noms": names.replace(" ·…", "…")}


def _identity(page: Page, au: date) -> dict[str, str]:
    """Return who answers for the segment, when its offers were reviewed, and how it is approached."""
    known = [(day, o.revue) for o in page.offres if o.is_decided and (day := o.last_review(au))]
    day, revue = min(known, key=lambda pair: pair[0], default=(None, None))
    never = f"jamais, définie le {day:%d/%m/%Y}" if day else "aucune date"
    delai = page.regle.delai_jours if page.regle else None
    canal = next((o.canal for o in page.offres if o.canal), page.regle.canal if page.regle else "")
    return {
        "responsable": told(next(iter(_first(page.offres, "responsable")), A_DESIGNER), 30),
        "revue": f"{day:%d/%m/%Y}" if day and revue else never,
        "canal": told(canal or A_FIXER, 30),
        "delai": f"{nombre(delai)}{NBSP}jours" if delai else A_FIXER,
    }


def _first(offres: Sequence[Offre], what: str) -> list[str]:
    """Return the first text of a kind that a row gives, in a list; an empty list without any."""
    return [text for o in offres if (text := str(getattr(o, what)))][:1]


def _after(label: str, text: str, largeur: float, lignes: int) -> str:
    """Return a text cut to the room that the label before it leaves."""
    start = told(f"{label} : ", largeur)
    return told(f"{label} : {text}", largeur, lignes).removeprefix(start).lstrip() if text else ""


def _rule(page: Page) -> str:
    return " ; ou ".join(page.regles) or "aucune règle ne prend ces clients"


def _tuiles(told_of: r.Rendement) -> list[tuple[str, str]]:
    """Return the ten figures, each with the word that tells it."""
    x = told_of.chiffres
    hours = x[r.HEURES].valeur
    worked = f" ({nombre(hours, 0)}{NBSP}h)" if hours is not None else ""
    return [
        (nombre(told_of.clients), "client" if told_of.clients == 1 else "clients"),
        (_money(x[r.HONORAIRES]), "honoraires, 12 mois"),
        (_money(x[r.MARGE]), "marge"),
        (_part(x[r.TAUX]), "taux de marge"),
        (_money(x[r.PANIER]), "panier moyen"),
        (_part(x[r.PART_HEURES]), f"des heures{worked}"),
        (_part(x[r.PART_MARGE]), "de la marge"),
        (_part(x[r.CONVERSION]), "conversion"),
        (_part(x[r.RETENTION]), "rétention"),
        (_part(x[r.TENDANCE], sign=True), "tendance sur un an"),
    ]


def _money(figure: Indicateur) -> str:
    return ND if figure.valeur is None else euros(round(figure.valeur))


def _part(figure: Indicateur, *, sign: bool = False) -> str:
    if figure.valeur is None:
        return ND
    return ("+" if sign and figure.valeur > 0 else "") + pourcent(figure.valeur)


def _offre(offre: Offre, page: Page) -> tuple[str, str, str]:
    """Write one offer in three lines: what, at which price and level, to how many clients."""
    classe = f" (classe {offre.classe})" if offre.classe else ""
    if not offre.is_offered:
        return told(f"{offre.offre}{classe}", HALF), "c’est le choix du cabinet", ""
    hours = f", {nombre(offre.heures)}{NBSP}h" if offre.heures else ""
    count = len(page.eligibles[offre.row])
    eligible = f"{count} client{_s(count)} éligible{_s(count)}"
    return (
        told(f"{offre.offre}{classe}", HALF),
        told(f"Prix : {_price(offre)}{hours} ; politique : {offre.politique or A_FIXER}", HALF),
        told(f"Niveau de service : {offre.niveau or A_FIXER} ; {eligible}", HALF),
    )


def _price(offre: Offre) -> str:
    """Write a range of prices; segxl has none of its own."""
    low, high = offre.prix_de, offre.prix_a
    if low is None and high is None:
        return A_FIXER
    if low is None:
        return f"jusqu’à {euros(high)}"
    if high is None or high == low:
        return euros(low) if high == low else f"à partir de {euros(low)}"
    return f"de {euros(low)} à {euros(high)}"


def _etape(page: Page) -> str:
    if page.etape is None:
        return "aucune étape en attente"
    etape = page.etape
    many = f"{etape.texte} ({etape.clients} client{_s(etape.clients)} sur {etape.sur})"
    return _after(ETAPE, many, HALF, 3)  # fmt: skip


def _client(x: Eligible) -> tuple[str, str, str]:
    fees = DASH if x.honoraires is None else euros(round(x.honoraires))
    return told(x.nom, 36), x.classe, fees


def _eligible_title(page: Page) -> str:
    count = len({x.dossier for found in page.eligibles.values() for x in found})
    refused = ""
    if page.opposes:
        refused = f", {page.opposes} s’oppose{'nt' if page.opposes > 1 else ''} aux propositions"
    return f"Clients éligibles : {count} sur {page.rendement.clients}{refused}"


def _names(page: Page) -> str:
    """List the eligible clients under the channel to take, the most fees first."""
    known = {x.dossier: x.canal for found in page.eligibles.values() for x in found}
    channels: dict[str, list[str]] = {}
    for x in page.premiers:
        if x.dossier in known:
            channels.setdefault(known[x.dossier] or A_FIXER, []).append(told(x.nom, 40))
    lists = [f"{canal} ({len(names)}) : {' · '.join(names[:NAMED])}" for canal, names in channels.items()]  # fmt: skip
    return " – ".join(lists) or "aucun"


def _others(left: int, word: str) -> str:
    """Say how many did not fit; blank where all did."""
    return f"et {left} autre{_s(left)} {word}{_s(left)}, dans la feuille Offres" if left > 0 else ""


def _s(count: int) -> str:
    return "s" if count > 1 else ""
