"""What the papers of each client lack, and who has the portal: from Clients to the sheets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from tests.excel.fake import FakeWorkbook
from tests.relations import AU, add_columns, classeur_of, relation_of

from segxl.actions import fiche
from segxl.domain.anomalies import SaisieError
from segxl.excel.file import FileWorkbook

LETTRE, CONDITIONS, NOTICE = "Lettre de mission", "Conditions générales", "Notice RGPD"
PORTAIL = "Portail client"


def contrat_of(cells: Mapping[str, object], parametres: dict[str, Any] | None = None) -> object:
    names = {"lettre": LETTRE, "conditions": CONDITIONS, "notice": NOTICE, "sortie": "Sortie le"}
    client = {"Dossier": "D1"} | {names[k]: v for k, v in cells.items()}
    # The firm keeps these papers for another client too.
    other = {"Dossier": "D2"} | {names[k]: "oui" for k in cells if k != "sortie"}
    workbook = classeur_of(client, other, parametres=parametres)
    relation_of(workbook)
    told = workbook.read_table("Relation").lignes.set_index("Dossier")
    return told.at["D1", "Dossier contractuel"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"lettre": "12/03/2025", "conditions": "oui", "notice": "X"}, "complet"),
        ({"lettre": "12/03/2025", "conditions": "oui", "notice": None}, "manque : notice RGPD"),
        ({"lettre": "non", "conditions": "oui", "notice": "oui"}, "manque : lettre de mission"),
        ({"lettre": None, "conditions": " ", "notice": None}, "à renseigner"),
        ({"lettre": "21/11/2023", "notice": "oui"}, "lettre de mission de plus de 3 ans"),
        ({"lettre": "22/11/2023", "notice": "oui"}, "complet"),
        ({"lettre": "01/01/2027", "notice": "oui"}, "manque : lettre de mission"),
        ({"lettre": "bientôt", "notice": "non"}, "manque : notice RGPD ; à vérifier : lettre de mission"),
        ({"lettre": "non", "sortie": "01/06/2026"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_the_sheet_says_what_the_papers_of_a_client_lack(
    cells: dict[str, Any], told: str | None
) -> None:
    assert contrat_of(cells) == told


def test_a_paper_that_no_client_has_is_one_that_the_firm_does_not_keep() -> None:
    rows = [{"Dossier": d, LETTRE: "oui", CONDITIONS: None, NOTICE: " "} for d in ("D1", "D2")]
    workbook = classeur_of(*rows)

    relation_of(workbook)

    assert {*workbook.read_table("Relation").lignes["Dossier contractuel"]} == {"complet"}


def test_the_firm_says_from_what_age_a_letter_is_looked_at_again() -> None:
    settings = {"Lettre de mission à revoir après (ans)": 1}

    assert contrat_of({"lettre": "01/06/2025"}, settings) == "lettre de mission de plus de 1 an"
    with pytest.raises(SaisieError, match="à revoir après"):
        contrat_of({"lettre": "oui"}, {"Lettre de mission à revoir après (ans)": "souvent"})


def test_what_nobody_can_read_is_told_with_its_cell() -> None:
    workbook = classeur_of({"Dossier": "D1", NOTICE: "en cours", PORTAIL: "peut-être"})

    bilan = relation_of(workbook)

    assert [(a.problem, a.value) for a in bilan.anomalies] == [
        ("« Notice RGPD » ne se lit pas", "en cours"),
        ("« Portail client » ne se lit pas", "peut-être"),
    ]


def test_a_portal_that_nobody_can_read_is_told_beside_blank_ones() -> None:
    rows = [{"Dossier": f"D{i}", PORTAIL: word} for i, word in enumerate(["oui", None, "=1+1"])]

    bilan = relation_of(classeur_of(*rows))

    assert [a.value for a in bilan.anomalies] == ["=1+1"]


def clients() -> FakeWorkbook:
    rows = [
        {"Dossier": "D1", "Segment": "Prêt", PORTAIL: "utilisé", LETTRE: "oui"},
        {"Dossier": "D2", "Segment": "Prêt", PORTAIL: "oui", LETTRE: "non"},
        {"Dossier": "D3", "Segment": "Prêt", PORTAIL: "non"},
        {"Dossier": "D4", "Segment": "Prêt"},
        {"Dossier": "D5", "Segment": "Prêt", PORTAIL: "utilisé", "Sortie le": "01/01/2026"},
    ]
    return classeur_of(*rows)


def test_the_sheet_of_the_portfolio_counts_papers_and_portals() -> None:
    workbook = clients()

    relation_of(workbook)

    told = workbook.read_table("BilanRelation").lignes.set_index("Mesure")
    assert told.at["Dossiers contractuels complets", "Valeur"] == 1
    assert told.at["Clients sans lettre de mission", "Valeur"] == 1
    assert told.at["Dossiers à renseigner", "Valeur"] == 2
    assert told.at["Portail client ouvert", "Valeur"] == pytest.approx(66.67)
    assert told.at["Portail client utilisé, Prêt", "Valeur"] == pytest.approx(33.33)
    blocs = told["Bloc"].tolist()
    assert blocs == sorted(blocs, key=blocs.index)


def test_a_firm_that_keeps_track_of_neither_reads_nothing_about_them() -> None:
    workbook = classeur_of({"Dossier": "D1"})

    relation_of(workbook)

    assert not {"Dossier contractuel", "Portail client"} & {
        *workbook.read_table("BilanRelation").lignes["Bloc"]
    }


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_card_has_one_line_of_it(scored: Path, tmp_path: Path) -> None:
    add_columns(scored, **{LETTRE: ["non", "oui", None], PORTAIL: ["oui", None, None]})

    bilan = fiche.run(FileWorkbook(scored), fiche.Commande(vers=tmp_path / "f", au=AU))

    lines = [
        [plain(p.text) for p in cell.paragraphs if p.text.startswith("Contrat")]
        for path in bilan.fichiers
        for table in Document(str(path)).tables
        for cell in [c for row in table.rows for c in row.cells]
    ]
    assert [line for found in lines for line in found] == [
        "Contrat : sans lettre de mission ; portail ouvert",
        "Contrat : complet",
        "Contrat : à renseigner",
    ]
