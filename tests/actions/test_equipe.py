"""« Équipe » : from the sheets of a workbook to what each person did."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from tests.actions.test_relation import write
from tests.excel.fake import FakeWorkbook
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of
from tests.relations import AU, POLICY, classeur_of

from segxl.actions import equipe
from segxl.actions.equipe import BilanEquipe
from segxl.domain.anomalies import SaisieError
from segxl.domain.lecture_plan import PLAN
from segxl.domain.provenance.origines import HEADERS
from segxl.excel.equipe import FORMATIONS, LIRE_WIDTHS
from segxl.excel.equipe import WIDTHS as EQUIPE
from segxl.excel.file import FileWorkbook

CLIENTS = ({"Dossier": "D1", "Collaborateur": "Julie"}, {"Dossier": "D2", "Collaborateur": "Adam"})


def run(path: Path, mois: str = "") -> BilanEquipe:
    workbook = FileWorkbook(path)
    bilan = equipe.run(workbook, AU, mois)
    workbook.save()
    return bilan


def with_table(
    workbook: FakeWorkbook, table: str, headers: tuple[str, ...], *rows: dict[str, object]
) -> FakeWorkbook:
    workbook.add_table(table, table, dict.fromkeys(headers, 10))
    frame = pd.DataFrame(
        [[r.get(h) for h in headers] for r in rows], columns=[*headers], dtype=object
    )
    workbook.append_rows(table, frame)
    workbook.save()
    return workbook


def told(workbook: FakeWorkbook) -> dict[str, dict[str, object]]:
    """Return the line of each person in November."""
    bilan = equipe.run(workbook, AU)
    rows = bilan.compteurs[bilan.compteurs["Mois"] == date(2026, 11, 1)]
    return {
        str(r["Collaborateur"]): {str(k): v for k, v in r.items()} for r in rows.to_dict("records")
    }


def test_exchanges_and_meetings_go_to_who_spoke_else_to_who_follows_the_client() -> None:
    journal = [
        {"le": "2026-11-02", "canal": "Téléphone"},
        {"le": "2026-11-03", "canal": "visio", "Qui": "Adam"},
        {"le": "2026-11-04", "canal": "Rendez-vous", "Qui": "#REF!"},
        {"le": "2026-11-04", "dossier": "D9"},
    ]

    people = told(classeur_of(*CLIENTS, journal=journal))

    counts = {name: (r["Échanges notés"], r["Rendez-vous"]) for name, r in people.items()}
    assert counts == {"Adam": (1, 1), "Julie": (2, 1), "(sans nom)": (1, 0)}


def test_steps_letters_and_measured_answers_go_to_who_did_them_or_follows_the_client() -> None:
    letters = [{"le": "2026-11-02", "Modèle": "Votre avis"}, {"le": "2026-11-02", "dossier": "D2"}]
    workbook = classeur_of(*CLIENTS, courriers=letters)
    with_table(
        workbook, "Plan", PLAN,
        {"Dossier": "D1", "Étape": "x", "Date prévue": date(2026, 11, 2), "Fait le": date(2026, 11, 5), "Responsable": "Adam"},
        {"Dossier": "D2", "Étape": "x", "Date prévue": date(2026, 11, 2), "Fait le": date(2026, 11, 5)},
        {"Dossier": "D2", "Étape": "x", "Date prévue": date(2026, 11, 2), "Fait le": "oui"},
    )  # fmt: skip
    with_table(
        workbook, "Reponses", HEADERS,
        {"Dossier": "D1", "Question": "q", "Réponse": "r", "Nature": "mesuré", "Date": "03/11/2026"},
        {"Dossier": "D1", "Question": "q", "Réponse": "r", "Nature": "Déclaré", "Date": "03/11/2026"},
    )  # fmt: skip

    people = told(workbook)

    assert people["Adam"]["Étapes du plan faites"] == 2
    assert (people["Julie"]["Courriers préparés"], people["Julie"]["Réponses mesurées"]) == (1, 1)
    assert people["Adam"]["Courriers préparés"] == 0


def test_a_fresh_workbook_gets_its_three_sheets_and_a_second_run_changes_nothing(
    classeur: Path,
) -> None:
    run(classeur)
    write(
        classeur,
        "LireAD",
        int(str(rows_of(classeur, "LireAD").index[0])),
        **{"En une phrase": "À nous"},
    )
    run(classeur)

    assert [*rows_of(classeur, "Equipe")] == [*EQUIPE]
    classes = rows_of(classeur, "LireAD")
    assert [*classes] == [*LIRE_WIDTHS]
    assert classes["Classe"].tolist() == ["A", "B", "C", "D"]
    assert classes["En une phrase"].iloc[0] == "À nous"
    assert find_flaws(classeur) == []


def test_training_is_typed_by_hand_and_summed(classeur: Path) -> None:
    run(classeur)
    workbook = FileWorkbook(classeur)
    lines = [
        {"Date": date(2026, 11, 3), "Collaborateur": "Zoé", "Sujet": "A-D", "Durée (h)": "3h30"},
        {"Date": "hier", "Collaborateur": "Zoé", "Durée (h)": 2},
        {"Date": date(2026, 11, 3), "Collaborateur": " ", "Durée (h)": 2},
        {"Date": date(2026, 11, 3), "Collaborateur": "Zoé", "Durée (h)": -2},
        {"Date": date(2026, 11, 3), "Collaborateur": "Zoé", "Durée (h)": 201},
        {"Date": date(2026, 11, 3), "Collaborateur": "Zoé", "Sujet": "=cmd|x"},
    ]
    workbook.append_rows(FORMATIONS, pd.DataFrame(lines, dtype=object))
    workbook.save()

    bilan = run(classeur)

    zoe = bilan.compteurs[bilan.compteurs["Collaborateur"] == "Zoé"].iloc[0]
    assert (zoe["Formation (h)"], zoe["Formation, 12 mois (h)"]) == (3.5, 3.5)
    assert [a.problem.partition(" : ")[0] for a in bilan.anomalies] == [
        "cette date ne se lit pas", "cette ligne ne dit pas qui",
        *["cette durée ne se lit pas"] * 3,
    ]  # fmt: skip


def test_blank_lines_of_training_are_nothing() -> None:
    workbook = with_table(
        classeur_of(*CLIENTS),
        "Formations",
        ("Date", "Collaborateur", "Sujet", "Durée (h)"),
        {"Sujet": " "},
    )

    assert equipe.run(workbook, AU).anomalies == ()


def test_a_past_month_is_counted_as_it_ended(classeur: Path) -> None:
    assert run(classeur, "2026-09").mois == date(2026, 9, 1)
    assert set(rows_of(classeur, "Equipe")["Mois"]) == {"2026-09"}


@pytest.mark.parametrize("table", ["Equipe", "Formations"])
def test_a_table_of_that_name_that_is_somebody_else_s_is_refused(table: str) -> None:
    workbook = classeur_of(*CLIENTS)
    workbook.add_table(table, table, {"Ami": 9})
    workbook.save()

    with pytest.raises(SaisieError, match="que segxl remplit"):
        equipe.run(workbook, AU)
    assert not workbook.has_table("LireAD")


def test_a_renamed_column_of_names_is_told() -> None:
    workbook = classeur_of({"Dossier": "D1"})
    clients = workbook.read_table("Clients").lignes.rename(columns={"Collaborateur": "Qui suit"})
    others = {name: workbook.read_table(name).lignes for name in POLICY}

    bilan = equipe.run(FakeWorkbook({**others, "Clients": clients}), AU)

    assert ["« Collaborateur » manque" in a.problem for a in bilan.anomalies] == [True]
    assert bilan.compteurs["Collaborateur"].tolist() == ["(sans nom)"]


def test_an_older_journal_without_a_column_of_names_is_counted_by_client() -> None:
    workbook = classeur_of(*CLIENTS)
    with_table(workbook, "Journal", ("Date", "Dossier", "Objet"), {"Date": AU, "Dossier": "D1", "Objet": "x"})  # fmt: skip

    assert told(workbook)["Julie"]["Échanges notés"] == 1
