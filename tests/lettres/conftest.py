"""One fictitious dossier, its firm, and Word models made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from tests.situations import VENTES_DE_BIENS

from segxl.domain.fiche.suivi import Suite
from segxl.domain.normalisation import normalise
from segxl.domain.relation.paliers import PROFESSIONNEL, Reclamation
from segxl.lettres.champs import Champs
from segxl.lettres.dossier import Dates, ProchaineEtape, champs_of
from segxl.lettres.droit import Droit, find_droits
from segxl.lettres.fin_mission import end_fields
from segxl.lettres.relationnel import Relationnel
from segxl.sources.loi import read_loi

Make = Callable[..., Path]
Row = tuple[Mapping[str, object], Mapping[str, object]]


@pytest.fixture
def client() -> dict[str, object]:
    return {
        "Dossier": "C0042",
        "Raison sociale": "Atelier Lumo",
        "SIREN": 1016,
        "Civilité": "Mme",
        "Contact": "Anne Roy",
        "E-mail": "a.roy@lumo.example",
        "Adresse": "14 rue des Tilleuls",
        "Code postal": "69003",
        "Ville": "Lyon",
        "Collaborateur": "Julie Morel",
        "Commentaire": "toujours en retard",
        "Fin de mission le": "31/03/2027",
        "Préavis": "trois mois",
        "Pièces rendues": "le grand livre\nla liasse fiscale ; les bulletins de paie",
    }


@pytest.fixture
def resultat() -> dict[str, object]:
    return {
        "Note FE": 12.4,
        "Couleur": "Vert clair",
        "Segment": "En transition",
        "Points forts": ("Plateforme agréée", "Autonomie"),
        "Points faibles": ("Digitalisation",),
    }


@pytest.fixture
def etape() -> ProchaineEtape:
    return ProchaineEtape(
        critere="Plateforme agréée",
        conseil="Choisir une plateforme agréée sur la liste officielle "
        "et signer l’accord qui l’inscrit à l’annuaire.",
        gain=1.5,
    )


@pytest.fixture
def cabinet() -> dict[str, str]:
    return {
        "Nom": "Cabinet Vallon & Associés",
        "Forme juridique": "SARL",
        "Capital": "10000",
        "Adresse": "8 place Bellecour",
        "Code postal": "69002",
        "Ville": "Lyon",
        "Téléphone": "04 78 00 00 00",
        "E-mail": "contact@vallon.example",
        "RCS": "RCS Lyon 000 001 024",
        "N° TVA": "FR12 000 001 024",
        "Inscription à l’Ordre": "région Auvergne-Rhône-Alpes",
        "Signataire": "Hélène Vallon",
        "Qualité du signataire": "Expert-comptable associée",
        "Contact données personnelles": "donnees@vallon.example",
    }


@pytest.fixture
def dates() -> Dates:
    return Dates(
        lettre=date(2026, 11, 22),
        reception=date(2026, 9, 1),
        emission=date(2027, 9, 1),
        delai_jours=15,
    )


@pytest.fixture
def situation() -> dict[str, object]:
    """Return a workshop that sells to businesses and to private persons."""
    own = {"Assujetti TVA": "Oui", "Nature": "Mixte", "Option débits": "Non"}
    return VENTES_DE_BIENS | own


@pytest.fixture
def loi_du_client(situation: Mapping[str, object], dates: Dates) -> Droit:
    row = normalise(pd.DataFrame([situation], dtype=object))
    return find_droits(row, read_loi(), dates.lettre, mois=6)[0]


@pytest.fixture
def row(client: Mapping[str, object], resultat: Mapping[str, object]) -> Row:
    return client, resultat


@pytest.fixture
def champs(
    row: Row,
    etape: ProchaineEtape,
    cabinet: Mapping[str, str],
    dates: Dates,
    loi_du_client: Droit,
) -> Champs:
    told = champs_of(*row, etape, cabinet, dates)
    return replace(
        told,
        offre="Atelier découverte",
        **end_fields(row[0]),
        **_relationnel().champs("C0042"),
        **loi_du_client.champs,
    )


@pytest.fixture
def make_model(tmp_path: Path) -> Make:
    """Return a function that writes a Word model of some paragraphs."""

    def make(*paragraphs: str, name: str = "essai", title: str = "", footer: str = "") -> Path:
        from docx import Document  # noqa: PLC0415

        document = Document()
        document.core_properties.title = title
        for text in paragraphs:
            document.add_paragraph(text)
        document.sections[0].footer.paragraphs[0].text = footer
        path = tmp_path / f"{name}.docx"
        document.save(str(path))
        return path

    return make


def _relationnel() -> Relationnel:
    """Return a workshop that complained in writing, and that owes two invoices less a credit note."""
    complaint = Reclamation(
        dossier="C0042",
        ecrite_le=date(2026, 11, 3),
        objet="La déclaration d’octobre a été déposée sans nous prévenir.",
        qualite=PROFESSIONNEL,
        explication="Votre message est arrivé pendant l’absence de la personne qui suit votre dossier.\nPersonne n’a pris le relais.",
        geste="Un point mensuel de quinze minutes, offert pendant six mois.",
    )
    dues = (
        (date(2026, 8, 31), "F2026-081", 120000),
        (date(2026, 9, 30), "F2026-094", 48050),
        (date(2026, 10, 2), "A2026-003", -10000),
    )
    return Relationnel(
        reclamations={"c0042": complaint},
        ouvertes=frozenset({"c0042"}),
        dues={"c0042": dues},
        echanges={"c0042": date(2026, 10, 5)},
        suites={
            "c0042": (Suite(date(2026, 12, 3), "Envoyer le devis.", 5), Suite(None, "Rappeler", 6)),
            "c0043": (Suite(None, "Réclamer les relevés", 7),),
        },
        au=date(2026, 11, 22),
    )
