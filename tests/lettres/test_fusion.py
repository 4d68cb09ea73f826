from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from segxl.domain.anomalies import SaisieError
from segxl.lettres.champs import Champs
from segxl.lettres.fusion import read_modele
from segxl.lettres.gabarit import render_with_docxtpl
from segxl.lettres.modeles import COURRIEL, find_modele, modele_folders
from segxl.lettres.paquet import read_parts
from segxl.lettres.redaction import letter_text, render_letter
from segxl.shipped import shipped_path

SHIPPED = sorted(shipped_path("templates/lettres").glob("*.docx"), key=lambda path: path.name)
NASTY: dict[str, Any] = {
    "raison_sociale": 'Père & Fils <SARL> "À l\'Été" =1+1',
    "adresse": "ZA des Tilleuls\nBâtiment C\t2e",
    "contact": "{{ 7*7 }} {% if x %} {_{ %_}",
    "etape_conseil": "]]> <w:p/> &amp; \u202f« fin »",
}
Make = Callable[..., Path]


def canonical(package: bytes) -> dict[str, bytes]:
    return {
        name: etree.tostring(etree.fromstring(xml), method="c14n")
        for name, xml in read_parts(package)
    }


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_shipped_model_renders_as_docxtpl_renders_it(path: Path, champs: Champs) -> None:
    nasty = replace(champs, **NASTY)
    modele = read_modele(path)

    ours = canonical(render_letter(modele, nasty))

    assert modele.is_fast
    assert ours == canonical(render_with_docxtpl(path, nasty.as_context()))


def test_tags_cut_by_word_conditions_and_loops_render_as_docxtpl_does(
    make_model: Make, champs: Champs
) -> None:
    from docx import Document  # noqa: PLC0415

    path = make_model("{%p if contact %}", "Bonjour {{ contact }}", "{%p endif %}")
    document = Document(str(path))
    paragraph = document.add_paragraph("Note {")
    paragraph.add_run("{ no").bold = True
    paragraph.add_run("te }} – {{ points_forts|liste }}")
    table = document.add_table(rows=4, cols=2)
    table.cell(0, 0).text = "À travailler"
    table.cell(1, 0).text = "{%tr for point in points_faibles %}"
    table.cell(2, 0).text = "{{ point }}"
    table.cell(3, 0).text = "{%tr endfor %}"
    document.save(str(path))
    modele = read_modele(path)

    ours = canonical(render_letter(modele, champs))

    assert modele.is_fast
    assert ours == canonical(render_with_docxtpl(path, champs.as_context()))
    assert "Note 12,4 – Plateforme agréée et Autonomie" in letter_text(modele, champs)


@pytest.mark.parametrize("where", ["title", "columns"])
def test_a_model_beyond_the_fast_way_is_rendered_by_docxtpl(
    make_model: Make, champs: Champs, where: str
) -> None:
    from docx import Document  # noqa: PLC0415

    path = make_model("Dossier {{ dossier }}", title="{{ ville }}" if where == "title" else "")
    if where == "columns":
        document = Document(str(path))
        table = document.add_table(rows=1, cols=3)
        tags = ("{%tc for p in points_forts %}", "{{ p }}", "{%tc endfor %}")
        for cell, text in zip(table.rows[0].cells, tags, strict=True):
            cell.text = text
        document.save(str(path))
    modele = read_modele(path)

    ours = canonical(render_letter(modele, champs))

    assert not modele.is_fast
    assert ours == canonical(render_with_docxtpl(path, champs.as_context()))
    assert "Dossier C0042" in letter_text(modele, champs)


def test_a_value_that_looks_like_a_tag_stays_text(make_model: Make, champs: Champs) -> None:
    modele = read_modele(make_model("{{ raison_sociale }}"))

    text = letter_text(modele, replace(champs, raison_sociale="{{ 7*7 }} {% set x = 1 %}"))

    assert text == "{{ 7*7 }} {% set x = 1 %}"


def test_the_same_letter_is_the_same_bytes(make_model: Make, champs: Champs) -> None:
    path = make_model("{{ raison_sociale }}")

    first, second = (render_letter(read_modele(path), champs) for _ in range(2))

    assert first == second


def test_a_field_of_the_footer_counts_as_used(make_model: Make) -> None:
    modele = read_modele(make_model("{{ dossier }}", footer="{{ cabinet_nom }}"))

    assert modele.usage.used == {"dossier", "cabinet_nom"}


def test_an_unknown_field_names_the_model_the_field_and_the_known_ones(make_model: Make) -> None:
    path = make_model("{{ prenom }} {{ commentaire }} {{ ville }}", name="relance")

    with pytest.raises(SaisieError) as caught:
        read_modele(path)

    message = str(caught.value)
    assert "relance.docx" in message
    assert "commentaire et prenom" in message
    assert "raison_sociale" in message


@pytest.mark.parametrize(
    "source",
    [
        "{{ ville.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ range(10) }}",
        "{{ lipsum.__globals__ }}",
        "{% for x in ville %}",
        "{{ ville|inconnu }}",
        "{{ ville + 1 }}",
        "{{ 1 / 0 }}",
        "{{ ville. }}",
    ],
)
def test_a_model_that_tries_too_much_is_refused_in_french(make_model: Make, source: str) -> None:
    with pytest.raises(SaisieError, match=r"essai\.docx"):
        read_modele(make_model(source))


def test_a_calculation_that_fails_for_one_client_names_the_model(
    make_model: Make, champs: Champs
) -> None:
    modele = read_modele(make_model("{{ 100 / delai_jours }}"))

    with pytest.raises(SaisieError, match=r"essai\.docx : un calcul"):
        render_letter(modele, replace(champs, delai_jours=0))


def test_an_index_that_does_not_exist_names_the_model(make_model: Make, champs: Champs) -> None:
    modele = read_modele(make_model("{{ points_forts[0] }}"))

    with pytest.raises(SaisieError, match="valeur qui n’existe pas"):
        render_letter(modele, replace(champs, points_forts=()))


def test_a_field_with_a_default_or_a_choice_may_be_empty(make_model: Make) -> None:
    modele = read_modele(
        make_model(
            "{{ contact|default('vous', true) }} {{ 'le' if ville else 'la' }} {{ note or 1 }}",
            "{% for p in points_forts %}{{ p }}{% endfor %} {{ dossier }}",
        )
    )

    assert modele.usage.required == {"dossier"}


@pytest.mark.parametrize("content", [b"", b"bonjour", b"PK\x03\x04 abime"])
def test_a_damaged_model_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pret.docx"
    path.write_bytes(content)

    with pytest.raises(SaisieError, match="document Word lisible"):
        read_modele(path)


def test_the_model_of_the_firm_wins_over_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "pret.docx"
    own.touch()

    assert find_modele("pret", [tmp_path, shipped_path("templates/lettres")]) == own


def test_the_folder_beside_the_workbook_is_found_however_a_mac_writes_its_accent(
    tmp_path: Path,
) -> None:
    own = tmp_path / "Mode\u0300les"
    own.mkdir()

    assert modele_folders(tmp_path) == (own, shipped_path("templates/lettres"))
    assert modele_folders(own, COURRIEL) == (shipped_path("templates/courriels"),)


def test_a_model_is_found_however_its_name_is_typed() -> None:
    folders = [shipped_path("templates/lettres")]

    assert find_modele("Prêt.docx", folders).name == "pret.docx"


def test_a_missing_model_lists_those_that_exist(tmp_path: Path) -> None:
    (tmp_path / "~$relance.docx").touch()

    with pytest.raises(SaisieError) as caught:
        find_modele("../../etc/relance", [tmp_path, shipped_path("templates/lettres")])

    assert "a_convaincre" in str(caught.value)
    assert "~$" not in str(caught.value)
