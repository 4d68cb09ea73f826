"""The page of a segment: what it prints, that it is one page, and that it can be rebuilt."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from segxl.domain.relation.indicateurs import Indicateur
from segxl.domain.segmentation import Regle
from segxl.domain.segments import rendement as r
from segxl.domain.segments.offres import Offre
from segxl.domain.segments.page import Eligible, EtapeCommune, Page
from segxl.domain.segments.vigilance import A_REVOIR, EN_RETARD, Alerte
from segxl.lettres.francais import typographie
from segxl.lettres.scelle import ModeleScelle
from segxl.lettres.segment import MODELE, Cadre, context_of, write_pages
from segxl.shipped import shipped_path

AU = date(2026, 11, 22)
CADRE = Cadre(au=AU, cabinet="Cabinet Vallon & Associés")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIGURES = {
    r.HONORAIRES: 854_581.0, r.MARGE: 373_801.0, r.TAUX: 0.437, r.HEURES: 8741.0,
    r.PART_HEURES: 0.408, r.PART_MARGE: 0.413, r.CONVERSION: 0.237, r.PANIER: 7242.0,
    r.RETENTION: 0.958, r.TENDANCE: 0.035,
}  # fmt: skip
CHIFFRES = {nom: Indicateur(valeur=x, n=9) for nom, x in FIGURES.items()}
OFFRE = Offre(
    row=4, segment="Prioritaire", offre="Mise en place", prix_de=900.0, prix_a=1400.0, heures=12.5,
    niveau="Suivi", politique="Forfait", parler="De vive voix.", objection="Trop cher ?",
    reponse="Dire ce qui est compris.", responsable="Julie Morel", revue=date(2026, 3, 1),
)  # fmt: skip


def page(**changes: object) -> Page:
    clients = tuple(Eligible(f"D{i}", f"Client {i}", 1000.0 - i, "A", "Téléphone" if i == 2 else "E-mail") for i in range(3))  # fmt: skip
    usual: dict[str, object] = {
        "nom": "Prioritaire",
        "definition": "Clients qui partent de loin.",
        "regles": ("« Note FE » <6", "« Outil » est Papier"),
        "regle": Regle(ordre=1, segment="Prioritaire", conditions={}, canal="Rendez-vous", action="Rencontrer le client", delai_jours=15),
        "rendement": r.Rendement(axe=r.PAR_SEGMENT, nom="Prioritaire", clients=4, partis=0, chiffres={n: replace(x, n=4) for n, x in CHIFFRES.items()}),
        "offres": (OFFRE,),
        "eligibles": {4: clients},
        "opposes": 1,
        "premiers": (*clients, Eligible("D9", "Sans honoraires", None, "", "E-mail")),
        "etape": EtapeCommune("Choisir une plateforme", 2, 4),
        "alertes": (),
    }  # fmt: skip
    return Page(**(usual | changes))  # type: ignore[arg-type]


def blank() -> Page:
    nothing = {nom: Indicateur(motif="aucun client") for nom in CHIFFRES}
    empty = r.Rendement(axe=r.PAR_SEGMENT, nom="Vide", clients=0, partis=0, chiffres=nothing)
    return page(nom="Vide", regles=(), regle=None, rendement=empty, offres=(), eligibles={}, opposes=0, premiers=(), etape=None)  # fmt: skip


def crowded(text: str) -> Page:
    """Return a page of which every text is as long as a person may type."""
    offres = tuple(
        replace(OFFRE, row=i, offre=text, classe="A", niveau=text, politique=text, canal=text, parler=text, objection=text, reponse=text, responsable=text)
        for i in range(6)
    )  # fmt: skip
    clients = tuple(Eligible(f"D{i}", text, 1e9, "A", text) for i in range(300))
    few = {nom: replace(x, n=1) for nom, x in CHIFFRES.items()}
    alerte = Alerte(sujet="revue", niveau=EN_RETARD, message=text, segment=text)
    return page(
        nom=text, regles=(text,) * 9, offres=offres, eligibles=dict.fromkeys(range(6), clients),
        regle=Regle(ordre=1, segment=text, conditions={}, canal=text, action=text, delai_jours=1e6),
        rendement=r.Rendement(axe=r.PAR_SEGMENT, nom=text, clients=300, partis=99, chiffres=few),
        opposes=2, premiers=clients, etape=EtapeCommune(text, 300, 300), alertes=(alerte,) * 5,
    )  # fmt: skip


CASES = {
    "ordinary": page(),
    "blank": blank(),
    "words": crowded("un mot assez long " * 30),
    "wide": crowded("W" * 400),
    "chinese": crowded("漢字かな " * 60),
    "hostile": crowded("=cmd|x {{ 7*7 }} {% for %} <b>& \n\r\x07 «x» " * 3),
}


@pytest.fixture(scope="module")
def modele() -> ModeleScelle:
    return ModeleScelle.read(MODELE)


def render(modele: ModeleScelle, told: Page) -> bytes:
    return modele.render(context_of(told, CADRE))


def lines_of(content: bytes) -> list[str]:
    paragraphs = Document(io.BytesIO(content)).element.body.iter(f"{W}p")
    lines = (
        "".join("|" if e.tag == f"{W}tab" else e.text or "" for run in p.iter(f"{W}r") for e in run)
        for p in paragraphs
    )
    return [*filter(None, lines)]


def text_of(modele: ModeleScelle, told: Page) -> str:
    text = "\n".join(lines_of(render(modele, told)))
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_an_ordinary_page_says_everything_the_team_needs(modele: ModeleScelle) -> None:
    text = text_of(modele, page())

    for told in (
        "Segment « Prioritaire »", "Page du segment au 22 novembre 2026", "Responsable\nJulie Morel",
        "Revue le\n01/03/2026", "Canal\nRendez-vous", "Délai\n15 jours", "4\nclients",
        "854 581 €\nhonoraires, 12 mois", "43,7 %\ntaux de marge", "40,8 %\ndes heures (8 741 h)",
        "95,8 %\nrétention", "+3,5 %\ntendance sur un an",
        "Qui y entre : « Note FE » <6 ; ou « Outil » est Papier",
        "Mise en place\nPrix : de 900 € à 1 400 €, 12,5 h ; politique : Forfait",
        "Niveau de service : Suivi ; 3 clients éligibles", "De vive voix.",
        "Notre action : Rencontrer le client",
        "Prochaine étape la plus fréquente : Choisir une plateforme (2 clients sur 4)",
        "Client 0 (A)|1 000 €", "Sans honoraires|–", "« Trop cher ? »\n→ Dire ce qui est compris.",
        "Clients éligibles : 3 sur 4, 1 s’oppose aux propositions",
        "E-mail (2) : Client 0 · Client 1 – Téléphone (1) : Client 2",
    ):  # fmt: skip
        assert told in text


def test_the_page_is_marked_as_the_firm_s_own(modele: ModeleScelle) -> None:
    document = Document(io.BytesIO(render(modele, page())))

    head, foot = document.sections[0].header, document.sections[0].footer
    assert head.paragraphs[0].text == "Cabinet Vallon & Associés\tDocument interne au cabinet"
    assert "elle ne sort pas du cabinet" in foot.paragraphs[0].text


def test_what_nobody_knows_is_told_as_such(modele: ModeleScelle) -> None:
    text = text_of(modele, blank())

    for told in (
        "Responsable\nà désigner", "Revue le\naucune date", "Canal\nà fixer", "Délai\nà fixer",
        "0\nclients", "n.d.\nmarge", "aucune règle ne prend ces clients",
        "Aucune offre décidée", "À écrire dans la feuille Offres.", "Aucun client dans ce segment.",
        "Aucune notée", "aucune étape en attente", "Clients éligibles : 0 sur 0\naucun",
    ):  # fmt: skip
        assert told in text


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (None, None, "à fixer"),
        (900.0, None, "à partir de 900 €"),
        (None, 1400.0, "jusqu’à 1 400 €"),
        (900.0, 900.0, "900 €"),
        (0.0, 5.5, "de 0 € à 5,50 €"),
    ],
)
def test_a_price_is_never_invented(
    low: float | None, high: float | None, told: str, modele: ModeleScelle
) -> None:
    offre = replace(OFFRE, prix_de=low, prix_a=high, heures=None, politique="", niveau="")

    text = text_of(modele, page(offres=(offre,)))

    assert f"Prix : {told} ; politique : à fixer\nNiveau de service : à fixer ;" in text


def test_to_offer_nothing_is_told_as_a_choice(modele: ModeleScelle) -> None:
    nothing = replace(OFFRE, offre="Aucune", revue=None, definie=date(2026, 1, 2))

    text = text_of(modele, page(offres=(nothing,), eligibles={4: ()}, opposes=2))

    assert "Aucune\nc’est le choix du cabinet\n" in text
    assert "Revue le\njamais, définie le 02/01/2026" in text
    assert "Clients éligibles : 0 sur 4, 2 s’opposent aux propositions\naucun" in text


def test_what_does_not_fit_is_counted_and_warnings_are_told(modele: ModeleScelle) -> None:
    offres = tuple(replace(OFFRE, row=i, offre=f"Offre {i}") for i in range(5))
    alerte = Alerte(sujet="offre", niveau=A_REVOIR, message="Relire les offres.")

    text = text_of(modele, page(offres=offres, eligibles=dict.fromkeys(range(5), ()), alertes=(alerte,)))  # fmt: skip

    assert "et 2 autres offres, dans la feuille Offres" in text
    assert "et 2 autres objections, dans la feuille Offres" in text
    assert "À revoir – Relire les offres." in text


@pytest.mark.parametrize("case", CASES)
def test_the_page_follows_french_typography(case: str, modele: ModeleScelle) -> None:
    lines = lines_of(render(modele, CASES[case]))

    assert [line for line in lines if typographie(line) != line] == []
    assert not [line for line in lines if re.search(r"None|\bnan\b|\binf\b| {2}", line)]


@pytest.mark.parametrize("case", CASES)
def test_the_page_follows_the_standard(case: str, modele: ModeleScelle, tmp_path: Path) -> None:
    path = tmp_path / "p.docx"
    path.write_bytes(render(modele, CASES[case]))

    errors = map(str, OpenXmlValidator().validate(path).errors)

    # Word makes up for a theme and a table of fonts; the letters have none either.
    assert [e for e in errors if "fontTable" not in e and "theme" not in e] == []


def test_a_hostile_text_is_printed_and_never_run(modele: ModeleScelle) -> None:
    text = text_of(modele, CASES["hostile"])

    assert "{{ 7*7 }}" in text
    assert "49" not in text
    assert "=cmd|x" in text


@pytest.mark.libreoffice
def test_every_page_is_one_page(modele: ModeleScelle, tmp_path: Path) -> None:
    paths = [tmp_path / f"{case}.docx" for case in CASES]
    for path, case in zip(paths, CASES, strict=True):
        path.write_bytes(render(modele, CASES[case]))

    soffice = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, *paths],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip

    pages = {p.stem: len(re.findall(rb"/Type\s*/Page\b", p.with_suffix(".pdf").read_bytes())) for p in paths}  # fmt: skip
    assert pages == dict.fromkeys(pages, 1)


def test_written_again_nothing_changes_and_progress_is_told(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    pages = [page(), blank()]

    first = write_pages(pages, CADRE, tmp_path, lambda *done: seen.append(done))
    before = [path.read_bytes() for path in first]
    again = write_pages(pages, CADRE, tmp_path)

    assert again == first
    assert [path.read_bytes() for path in again] == before
    assert seen == [(1, 2), (2, 2)]


def test_segments_whose_names_no_file_can_bear_have_a_file_each(tmp_path: Path) -> None:
    pages = [page(nom=nom) for nom in ("A/B", "A:B", "../x", "CON")]

    written = write_pages(pages, CADRE, tmp_path)

    assert len({*written}) == 4
    assert {path.parent for path in written} == {tmp_path}


def test_the_model_opens_in_word_as_it_is() -> None:
    document = Document(str(shipped_path(MODELE)))

    assert document.core_properties.title == "Page de segment"


def test_a_page_says_first_and_in_plain_words_who_its_clients_are(modele: ModeleScelle) -> None:
    said = text_of(modele, page())

    assert said.index("Qui sont-ils : Clients qui partent de loin.") < said.index("Responsable")
    assert "Qui sont-ils" not in text_of(modele, page(definition=""))
