"""The client map in Word: what it says, what it never says, and that it can be rebuilt."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from tests.domain.cartographie.annees import annee, annee_of, carte, etiquettes
from tests.domain.cartographie.test_carte import fictive
from tests.domain.faits.ecritures import Journal

from segxl.domain.cartographie.annees import Annee
from segxl.domain.cartographie.carte import Carte
from segxl.lettres.cartographie import MODELE, ModeleCartographie
from segxl.lettres.champs import Champs
from segxl.lettres.francais import typographie
from segxl.shipped import shipped_path

SNAPSHOT = Path(__file__).parent / "snapshots" / "cartographie.txt"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def modele() -> ModeleCartographie:
    return ModeleCartographie.read()


def lines_of(content: bytes) -> list[str]:
    """Return every paragraph of the body, cells included."""
    paragraphs = Document(io.BytesIO(content)).element.body.iter(f"{W}p")
    texts = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)
    return [text for text in texts if text]


def text_of(modele: ModeleCartographie, champs: Champs, made: Carte) -> str:
    return "\n".join(lines_of(modele.report(champs, made)))


def chart_of(content: bytes, number: int) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"word/charts/chart{number}.xml").decode()


def bank_only() -> Annee:
    """Return a year whose sales go straight to the bank."""
    journal = Journal()
    for day in ("01-11", "12-11"):
        journal.write("BQ", day, f"C{day}", ("512000", "", 24_000), ("706000", "", -24_000))
    return annee_of(journal)


def credited() -> Annee:
    """Return a year of one customer, credited more than it was billed."""
    journal = Journal()
    journal.sell("01-10", "A", 120)
    journal.sell("12-10", "A", -240)
    return annee_of(journal)


def crowded(year: int) -> Annee:
    """Return a year with everything that takes room: groups, a collective account, doubts."""
    journal = Journal(year)
    for i in range(10 + year % 7):
        journal.sell(f"{1 + i % 12:02}-10", f"C{i:02}", 1200.37 * (1 + (i * 7 + year) % 13), aux_lib=f"Maison {i}")  # fmt: skip
    for i in range(8):
        journal.sell("03-10", f"G{i}", 5000 + i * 100, aux_lib=f"Atelier {i}")
    journal.sell("05-05", "DIV", 9000, aux_lib="Clients divers")
    journal.sell("06-05", "NEG", 120, aux_lib="Lumo")
    journal.sell("07-05", "NEG", -600, aux_lib="Lumo")
    journal.write("BQ", "12-11", "X", ("512000", "", 2400), ("706000", "", -2400))
    return annee_of(journal)


OWN = (
    "Sous-traitance", "Apporteurs", "Autres revenus", "Collectivités et écoles du 3",
    "Formation à distance du Sud", "Abonnements de particuliers", "Boutique en ligne", "Édition",
)  # fmt: skip


def crowded_carte(*last: Annee) -> Carte:
    groupes = etiquettes(*(("D1", f"G{i}", name) for i, name in enumerate(OWN)))
    return carte(*map(crowded, range(2019, 2025)), *last, groupes=groupes)


CASES: dict[str, Callable[[], Carte]] = {
    "fictive": fictive,
    "one customer": lambda: carte(annee(2025, {"A": 100})),
    "credited": lambda: carte(credited()),
    "bank only": lambda: carte(bank_only()),
    "six months": lambda: carte(annee(2024, {"A": 100}), annee(2025, {"A": 50}, mois=(1, 6))),
    "crowded": lambda: crowded_carte(crowded(2025)),
    "crowded and short": lambda: crowded_carte(annee(2025, {"G0": 500, "Z": 1}, mois=(1, 6))),
}


def test_the_words_of_the_fictitious_company(modele: ModeleCartographie, champs: Champs) -> None:
    content = modele.report(champs, fictive())
    words = re.findall(r"<c:v>([^<]*)</c:v>", chart_of(content, 1) + chart_of(content, 2))
    told = "\n".join([*lines_of(content), "— graphiques —", *words]) + "\n"

    if os.environ.get("SEGXL_SNAPSHOTS") == "update":
        SNAPSHOT.write_text(told, "utf-8")
    assert told == SNAPSHOT.read_text("utf-8")


@pytest.mark.parametrize("case", CASES)
def test_the_report_follows_french_typography(
    case: str, modele: ModeleCartographie, champs: Champs
) -> None:
    lines = lines_of(modele.report(champs, CASES[case]()))

    assert [line for line in lines if typographie(line) != line or "'" in line] == []
    assert not [line for line in lines if re.search(r"None|nan|inf|\{\{| {2}", line)]


@pytest.mark.parametrize("case", CASES)
def test_the_report_names_no_customer(
    case: str, modele: ModeleCartographie, champs: Champs
) -> None:
    content = modele.report(champs, CASES[case]())

    text = "\n".join([*lines_of(content), chart_of(content, 1), chart_of(content, 2)])
    for name in ("ALPHA", "BETA", "Maison", "Atelier 1", "C01", "CALPHA"):
        assert name.casefold() not in text.casefold()


@pytest.mark.libreoffice
def test_every_report_has_exactly_two_pages(
    modele: ModeleCartographie, champs: Champs, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{case.replace(' ', '_')}.docx" for case in CASES]
    for path, make in zip(paths, CASES.values(), strict=True):
        path.write_bytes(modele.report(champs, make()))

    soffice = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, *paths],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip

    pages = {p.stem: len(re.findall(rb"/Type\s*/Page\b", p.with_suffix(".pdf").read_bytes())) for p in paths}  # fmt: skip
    assert pages == dict.fromkeys(pages, 2)


@pytest.mark.parametrize("case", CASES)
def test_the_shares_that_are_printed_make_one_hundred(
    case: str, modele: ModeleCartographie, champs: Champs
) -> None:
    content = modele.report(champs, CASES[case]())

    rows = Document(io.BytesIO(content)).tables[1].rows[1:]
    shares = [row.cells[3].text for row in rows]
    tenths = [round(float(s.split("\u00a0")[0].replace(",", ".")) * 10) for s in shares if s != "–"]
    assert not tenths or sum(tenths[:-1]) == tenths[-1] == 1000


def test_amounts_that_are_printed_add_up(modele: ModeleCartographie, champs: Champs) -> None:
    content = modele.report(champs, CASES["crowded"]())

    rows = Document(io.BytesIO(content)).tables[1].rows[1:]
    for column in (2, 4):
        told = [row.cells[column].text.replace("\u202f", "") for row in rows]
        amounts = [int(t.replace("\N{MINUS SIGN}", "-")) for t in told]
        assert sum(amounts[:-1]) == amounts[-1]


def test_under_twelve_months_it_says_so_and_compares_nothing(
    modele: ModeleCartographie, champs: Champs
) -> None:
    text = text_of(modele, champs, CASES["six months"]())

    assert "Ces écritures ne couvrent que 6 mois" in text
    assert "Les mêmes clients" not in chart_of(modele.report(champs, CASES["six months"]()), 2)
    assert "par rapport à" not in text
    assert "un an plus tôt" not in text


def test_what_cannot_be_told_is_told_with_its_reason(
    modele: ModeleCartographie, champs: Champs
) -> None:
    text = text_of(modele, champs, carte(bank_only()))

    assert "aucun mouvement de l’exercice sur un compte client (411)" in text
    assert "Le poids du premier client ne peut pas se calculer." in text
    assert "Répartition des ventes" not in text


def test_a_subcontractor_is_told_to_sell_under_its_own_name(
    modele: ModeleCartographie, champs: Champs
) -> None:
    typed = etiquettes(("D1", "A", "Sous-traitance"))
    years = annee(2024, {"B": 10}), annee(2025, {"A": 90, "C": 10})

    text = text_of(modele, champs, carte(*years, groupes=typed))

    assert "Oui\u00a0: sous-traitance 90\u00a0% des ventes (1 client, apparaît)." in text
    assert "La sous-traitance fait 90\u00a0% de vos ventes." in text
    assert "Aucune\u00a0: personne n’a été facturé les deux années." in text


def test_three_years_tell_the_trend(modele: ModeleCartographie, champs: Champs) -> None:
    years = annee(2023, {"A": 100}), annee(2024, {"A": 80, "N": 20}), annee(2025, {"A": 30, "P": 70})  # fmt: skip

    text = text_of(modele, champs, carte(*years))

    assert "Cette part diminue\u00a0: 80\u00a0% en 2024, 30\u00a0% en 2025." in text
    assert "Oui\u00a0: 1 en 2024 et 1 en 2025." in text


def test_loyal_customers_that_lack_are_worth_a_meeting(
    modele: ModeleCartographie, champs: Champs
) -> None:
    years = annee(2024, {"A": 10}), annee(2025, dict.fromkeys("ABCDEF", 10))

    text = text_of(modele, champs, carte(*years))

    assert "bien répartie, mais peu fidèle" in text
    assert "La part des clients fidèles est faible, ou recule." in text


def test_a_year_of_another_length_is_not_compared(
    modele: ModeleCartographie, champs: Champs
) -> None:
    journal = Journal(2024)
    journal.sell("07-10", "A", 120)
    journal.sell("12-10", "A", 120)

    text = text_of(modele, champs, carte(annee_of(journal), annee(2025, {"A": 100})))

    assert "n’ont pas la même durée" in text


def test_many_reserves_are_cut(modele: ModeleCartographie, champs: Champs) -> None:
    made = crowded_carte(annee(2026, {"A": 1}))

    text = text_of(modele, champs, made)

    assert "des mois manquent" in text


def test_the_same_map_gives_the_same_bytes(modele: ModeleCartographie, champs: Champs) -> None:
    assert ModeleCartographie.read().report(champs, fictive()) == modele.report(champs, fictive())


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "<w:t>&amp;", "{{ 7*7 }} {% if %}", "a\x01b\x0bc"]
)
def test_a_group_called_anything_is_printed_and_never_run(
    name: str, modele: ModeleCartographie, champs: Champs
) -> None:
    made = carte(annee(2025, {"A": 100}), groupes=etiquettes(("D1", "A", name)))

    content = modele.report(champs, made)

    readable = typographie(" ".join(re.sub(r"[\x01]", "", name).replace("\x0b", " ").split()))
    assert readable in lines_of(content)


def test_the_model_opens_in_word_as_it_is() -> None:
    document = Document(str(shipped_path(MODELE)))

    assert len(document.tables) == 5
    assert document.core_properties.title == "Cartographie de vos clients"


@pytest.mark.parametrize("case", CASES)
def test_the_report_follows_the_standard(
    case: str, modele: ModeleCartographie, champs: Champs, tmp_path: Path
) -> None:
    path = tmp_path / "d.docx"
    path.write_bytes(modele.report(champs, CASES[case]()))

    errors = map(str, OpenXmlValidator().validate(path).errors)

    # Word makes up for a theme and a table of fonts; the letters have none either.
    assert [e for e in errors if "fontTable" not in e and "theme" not in e] == []
