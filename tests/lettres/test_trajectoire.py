"""The « dossier de trajectoire »: what it prints, what it never says, and that it can be rebuilt."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from segxl.domain.preuves import DATED, LATER, PLANNED, UNDATED
from segxl.domain.traces import COURRIERS, ECHANGES, ETAPES, SECTIONS
from segxl.lettres.champs import Champs
from segxl.lettres.francais import typographie
from segxl.lettres.trajectoire import MODELE, Droit, ModeleTrajectoire, Preuve, context_of
from segxl.shipped import shipped_path
from segxl.sources.loi import read_loi

AU = date(2026, 11, 22)
NOTHING = "Aucun élément daté n’est inscrit à ce jour."
ANSWERS = {
    "taille": "Micro",
    "reception": date(2026, 9, 1),
    "emission": date(2027, 9, 1),
    "mentions": date(2027, 9, 1),
    "ereporting_transactions": "non",
    "ereporting_paiements": "à confirmer",
    "rythme": "mensuel",
    "a_confirmer": ("E-reporting des paiements : « Option débits » n’est pas connu",),
}


@pytest.fixture(scope="module")
def modele() -> ModeleTrajectoire:
    return ModeleTrajectoire.read()


@pytest.fixture
def droit() -> Droit:
    fait = read_loi()["reception"]
    return Droit(
        au=AU, releve=date(2026, 10, 10), is_stale=False, obligations=ANSWERS,
        citations=((fait.libelle, fait),),
    )  # fmt: skip


def preuve(
    section: int, fact: str, day: date | None = date(2026, 10, 5), state: str = DATED
) -> Preuve:
    return Preuve("C0042", section, day, state, fact, "Journal", 12, "Journal, ligne 12")


def lines_of(content: bytes) -> list[str]:
    """Return every paragraph of the body, cells included."""
    document = Document(io.BytesIO(content))
    named = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    paragraphs = document.element.body.iter(f"{named}p")
    texts = ("".join(t.text or "" for t in p.iter(f"{named}t")) for p in paragraphs)
    return [text for text in texts if text]


def after(lines: Sequence[str], title: str, count: int = 1) -> list[str]:
    """Return what follows the last paragraph of these words."""
    start = len(lines) - 1 - lines[::-1].index(title)
    return [*lines[start + 1 : start + 1 + count]]


def test_the_head_names_the_client_the_day_and_its_own_obligations(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    lines = lines_of(modele.render(context_of(champs, [], [], droit)))

    assert after(lines, "Client") == ["Atelier Lumo"]
    assert after(lines, "SIREN") == ["000\u00a0001\u00a0016"]
    assert after(lines, "Établi le") == ["22\u00a0novembre 2026"]
    told = {
        "Catégorie d’entreprise": "microentreprise",
        "Recevoir ses factures par une plateforme agréée": "depuis le 1er\u00a0septembre 2026",
        "Émettre ses factures au format électronique": "à compter du 1er\u00a0septembre 2027",
        "Transmettre les données de ses autres ventes (e-reporting)": "non concerné",
        "Transmettre les données de ses encaissements (e-reporting)": "à confirmer",
        "Rythme des transmissions": "chaque mois",
    }
    assert {label: after(lines, label)[0] for label in told} == told


def test_each_text_is_quoted_with_its_source_and_the_day_it_was_checked(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    lines = lines_of(modele.render(context_of(champs, [], [], droit)))

    fait = read_loi()["reception"]
    assert after(lines, fait.libelle, 3) == [fait.texte, typographie(fait.source), fait.confiance]
    assert any("État du droit relevé le 10\u00a0octobre 2026." in line for line in lines)


def test_a_law_checked_too_long_ago_is_not_quoted(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    lines = lines_of(modele.render(context_of(champs, [], [], replace(droit, is_stale=True))))

    assert any("trop tôt pour être cité ici" in line for line in lines)
    assert not [line for line in lines if "1er" in line or "article" in line or "Loi 20" in line]
    assert "Annexe\u00a0: règles citées et leurs sources" not in lines
    assert NOTHING in lines


def test_the_eight_sections_come_in_order_and_an_empty_one_says_so(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    lines = lines_of(modele.render(context_of(champs, [], [], droit)))

    titles = [f"{i}. {title}" for i, title in enumerate(SECTIONS, 1)]
    positions = [len(lines) - 1 - lines[::-1].index(title) for title in titles]
    assert positions == sorted(positions)
    assert [after(lines, title) for title in titles] == [[NOTHING]] * len(SECTIONS)


def test_a_line_of_evidence_shows_its_day_its_fact_and_its_origin(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    lines = lines_of(modele.render(context_of(champs, [preuve(ECHANGES, "Appel.")], [], droit)))

    assert after(lines, "3. Échanges", 6)[3:] == ["05/10/2026", "Appel.", "Journal, ligne 12"]


def test_the_overview_counts_what_was_done_apart_from_what_is_planned(
    champs: Champs, droit: Droit
) -> None:
    held = [
        preuve(ETAPES, "Fait.", date(2026, 9, 9)),
        preuve(ETAPES, "Fait.", date(2026, 10, 1)),
        preuve(ETAPES, "Prévu.", date(2027, 1, 1), PLANNED),
    ]

    context = context_of(champs, held, [], droit)

    assert context["apercu"][ETAPES] == ("4. Étapes et plan", "3, dont 1 prévu", "09/09/2026", "01/10/2026")  # fmt: skip
    assert context["apercu"][ECHANGES] == ("3. Échanges", "–", "–", "–")


def test_what_has_no_date_is_apart_on_the_last_page_with_what_lacks(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    held = [preuve(ECHANGES, "Accord.", None, UNDATED), preuve(ECHANGES, "Vieux.", date(1900, 1, 1), UNDATED)]  # fmt: skip

    lines = lines_of(modele.render(context_of(champs, held, [("le mandat", "notez-le")], droit)))

    assert after(lines, "3. Échanges") == [NOTHING]
    work = lines[lines.index("Pour compléter ce dossier") :]
    assert "Page de travail du cabinet, à retirer avant de remettre le dossier." in work
    assert after(work, "Le mandat") == ["Notez-le"]
    assert after(work, "Accord.") == ["Journal, ligne 12"]
    assert after(work, "Vieux. (lu\u00a0: 01/01/1900)") == ["Journal, ligne 12"]


def test_a_complete_file_has_no_work_page(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    held = [preuve(ECHANGES, "Plus tard.", date(2027, 1, 1), LATER)]

    lines = lines_of(modele.render(context_of(champs, held, [], droit)))

    assert "Pour compléter ce dossier" not in lines
    assert "Plus tard." not in lines


def test_the_same_client_on_the_same_day_gives_the_same_bytes(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    context = context_of(champs, [preuve(ECHANGES, "Appel.")], [], droit)

    assert ModeleTrajectoire.read().render(context) == modele.render(context)


@pytest.mark.parametrize(
    "fact",
    ['<w:t>&amp; "x"</w:t>', "{{ 7*7 }} {% if x %}", "\x0b\x01=cmd|' /C calc'!A0", "a\ud800b", "L’Été œ €"],
)  # fmt: skip
def test_whatever_a_cell_holds_is_printed_and_never_run(
    fact: str, modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    lines = lines_of(modele.render(context_of(champs, [preuve(COURRIERS, fact)], [], droit)))

    readable = re.sub(r"[\x00-\x1f\ud800-\udfff]", "", fact)
    assert after(lines, "05/10/2026") == [typographie(readable)]


def test_the_document_neither_frightens_nor_speaks_of_tolerance_nor_of_notes(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    text = "\n".join(lines_of(modele.render(context_of(champs, [], [], droit))))

    for word in ("toléran", "trajectoire sérieuse", "amende", "sanction", "envoyé", "12,4", "En transition", "toujours en retard"):  # fmt: skip
        assert word not in text


def test_the_document_follows_french_typography(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    held = [preuve(ECHANGES, "Appel : « oui » ?", None, UNDATED)]

    lines = lines_of(modele.render(context_of(champs, held, [("a", "b : c")], droit)))

    assert [line for line in lines if typographie(line) != line or "'" in line] == []


def test_a_client_without_siren_or_name_leaves_no_hole(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit
) -> None:
    bare = replace(champs, siren="", raison_sociale="", collaborateur="", qualite_signataire="")

    content = modele.render(context_of(bare, [], [], droit))

    lines = lines_of(content)
    assert after(lines, "Client") == after(lines, "SIREN") == ["à compléter"]
    assert "Hélène Vallon" in lines
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "C0042 – dossier C0042" in archive.read("word/footer1.xml").decode()


def test_the_model_opens_in_word_as_it_is() -> None:
    document = Document(str(shipped_path(MODELE)))

    assert len(document.tables) == 7
    assert document.core_properties.title == "Dossier de trajectoire"


def test_the_document_follows_the_standard(
    modele: ModeleTrajectoire, champs: Champs, droit: Droit, tmp_path: Path
) -> None:
    held = [preuve(ECHANGES, "Appel."), preuve(ECHANGES, "Accord.", None, UNDATED)]
    path = tmp_path / "d.docx"
    path.write_bytes(modele.render(context_of(champs, held, [("a", "b")], droit)))

    errors = map(str, OpenXmlValidator().validate(path).errors)

    # Word makes up for a theme and a table of fonts; the letters have none either.
    assert [e for e in errors if "fontTable" not in e and "theme" not in e] == []
