from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from segxl.domain import traces
from segxl.domain.preuves import (
    DATED,
    LATER,
    PLANNED,
    UNDATED,
    find_manques,
    find_orphans,
    find_thin,
    gather_preuves,
)
from segxl.domain.statuts import STATUTS
from segxl.domain.tableau import Tableau

AU = date(2026, 11, 22)
JOURNAL = ("Date", "Dossier", "Qui", "Canal", "Type", "Objet", "Suite", "Suite le", "Clos le")
PLAN = ("Dossier", "Étape", "Responsable", "Date prévue", "Date légale", "Fait le", "Remarque")
COURRIERS = ("Date", "Dossier", "Modèle", "Fichier", "Empreinte", "Statut")
SUIVI = ("Dossier", "Raison sociale", "SIREN", "Plateforme", "Statut plateforme", "Date statut")
Row = dict[str, object]


def sheet(name: str, headers: Sequence[str], *rows: Row) -> Tableau:
    return Tableau.of(name, headers, [[row.get(h) for h in headers] for row in rows])


def clients(*rows: Row) -> Tableau:
    return sheet("Clients", SUIVI, *(rows or ({"Dossier": "D1"}, {"Dossier": "D2"})))


def gather(*tables: Tableau) -> pd.DataFrame:
    by_name = {t.name: t for t in tables}
    return gather_preuves({"Clients": clients(), **by_name}, AU)


def told(preuves: pd.DataFrame) -> list[tuple[int, str]]:
    return list(zip(preuves["section"], preuves["fact"], strict=True))


def journal(*rows: Row) -> Tableau:
    return sheet(
        "Journal", JOURNAL, *({"Dossier": "D1", "Date": date(2026, 10, 1)} | r for r in rows)
    )


@pytest.mark.parametrize(
    ("typed", "section"),
    [
        ("Choix de plateforme", traces.CHOIX),
        ("mandat", traces.MANDAT),
        ("Tests", traces.TESTS),
        ("OBSTACLE", traces.OBSTACLES),
        ("Regularisation", traces.REGULARISATION),
        ("Échange", traces.ECHANGES),
        (None, traces.ECHANGES),
        ("Appel", traces.ECHANGES),
    ],
)
def test_the_type_of_a_line_of_the_journal_decides_its_section(typed: object, section: int) -> None:
    preuves = gather(journal({"Type": typed, "Objet": "Essai"}))

    assert told(preuves) == [(section, "Essai.")]


def test_a_complaint_is_between_the_client_and_the_firm_and_proves_nothing() -> None:
    preuves = gather(journal({"Type": "Réclamations", "Objet": "Conteste les honoraires"}))

    assert preuves.empty


def test_a_line_tells_its_day_its_fact_and_where_it_is_written() -> None:
    line: Row = {
        "Objet": "Où en est le raccordement ?", "Canal": "Téléphone", "Qui": "Anne Roy",
        "Suite": "rappeler", "Suite le": date(2026, 12, 1), "Clos le": date(2026, 10, 9),
    }  # fmt: skip

    preuves = gather(journal(line))

    assert preuves.iloc[0].to_dict() == {
        "dossier": "D1", "section": traces.ECHANGES, "date": date(2026, 10, 1), "state": DATED,
        "fact": "Où en est le raccordement ? (Téléphone, Anne Roy). Suite : rappeler, pour le 01/12/2026. Clos le 09/10/2026.",
        "table": "Journal", "row": 2, "origin": "Journal, ligne 2",
    }  # fmt: skip


def test_a_closing_after_the_day_of_the_file_is_not_told() -> None:
    preuves = gather(journal({"Objet": "Panne", "Clos le": date(2026, 12, 24)}))

    assert told(preuves) == [(traces.ECHANGES, "Panne.")]


def test_a_line_without_subject_says_so_and_invents_none() -> None:
    preuves = gather(journal({"Type": "Test", "Objet": "#REF!", "Suite": "refaire"}))

    assert told(preuves) == [(traces.TESTS, "Test, sans objet inscrit. Suite : refaire.")]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (AU, DATED),
        (date(2026, 11, 23), LATER),
        (date(2020, 1, 1), DATED),
        (date(2019, 12, 31), UNDATED),
        (None, UNDATED),
    ],
)
def test_a_fact_counts_from_the_announcement_of_the_reform_to_the_day_of_the_file(
    day: date | None, state: str
) -> None:
    preuves = gather(journal({"Date": day, "Objet": "Appel"}))

    assert preuves["state"].tolist() == [state]


def test_lines_stand_in_the_order_of_clients_then_sections_then_days() -> None:
    lines: list[Row] = [
        {"Dossier": "D2", "Objet": "deux"},
        {"Type": "Test", "Objet": "essai"},
        {"Objet": "sans jour", "Date": None},
        {"Objet": "tard", "Date": date(2026, 10, 2)},
        {"Objet": "tôt"},
    ]

    preuves = gather(journal(*lines))

    assert preuves["fact"].tolist() == ["tôt.", "tard.", "sans jour.", "essai.", "deux."]


def test_a_dossier_is_known_however_it_is_spelt() -> None:
    preuves = gather(journal({"Dossier": " d1 ", "Objet": "Appel"}))

    assert preuves["dossier"].tolist() == ["D1"]


@pytest.mark.parametrize("statut", STATUTS)
def test_each_status_of_a_platform_has_its_section(statut: str) -> None:
    row: Row = {"Dossier": "D1", "Plateforme": "Alpha", "Statut plateforme": statut, "Date statut": "5/10/2026"}  # fmt: skip

    preuves = gather_preuves({"Clients": clients(row)}, AU)

    sections = {
        "Aucune": [], "Mandat à signer": [traces.MANDAT], "Mandat signé": [traces.MANDAT],
        "Expiré": [traces.OBSTACLES], "Refusé": [traces.OBSTACLES],
    }  # fmt: skip
    assert preuves["section"].tolist() == sections.get(statut, [traces.CHOIX])
    assert preuves["fact"].tolist() == [
        f"Statut « {statut} », plateforme « Alpha »." for _ in preuves.index
    ]


def test_a_platform_that_was_only_named_is_told_without_a_status() -> None:
    row: Row = {"Dossier": "D1", "Plateforme": "Alpha"}

    preuves = gather_preuves({"Clients": clients(row)}, AU)

    assert told(preuves) == [(traces.CHOIX, "Inscrite au dossier : plateforme « Alpha ».")]
    assert preuves["state"].tolist() == [UNDATED]


def test_a_status_without_a_platform_says_that_the_name_lacks() -> None:
    row: Row = {"Dossier": "D1", "Statut plateforme": "contactée", "Date statut": date(2026, 9, 1)}

    preuves = gather_preuves({"Clients": clients(row)}, AU)

    assert told(preuves) == [(traces.CHOIX, "Statut « Contactée », sans nom de plateforme.")]


def test_a_workbook_without_the_columns_of_the_platform_has_no_such_fact() -> None:
    table = Tableau.of("Clients", ["Dossier"], [["D1"]])

    assert gather_preuves({"Clients": table}, AU).empty


def test_the_plan_tells_what_was_done_what_is_to_come_and_what_is_overdue() -> None:
    plan = sheet(
        "Plan", PLAN,
        {"Dossier": "D1", "Étape": "Choisir", "Date prévue": date(2026, 9, 1), "Fait le": date(2026, 9, 9), "Responsable": "Anne"},
        {"Dossier": "D1", "Étape": "Signer.", "Date prévue": date(2026, 10, 1)},
        {"Dossier": "D1", "Date prévue": date(2027, 1, 1), "Responsable": "Anne"},
        {"Dossier": "D1", "Étape": "Émettre"},
    )  # fmt: skip

    preuves = gather(plan)

    assert preuves["fact"].tolist() == [
        "Fait : Choisir (prévu le 01/09/2026 ; responsable : Anne).",
        "Prévu, sans date de réalisation inscrite : Signer.",
        "Prévu : étape sans intitulé (responsable : Anne).",
        "Prévu : Émettre.",
    ]
    assert preuves["state"].tolist() == [DATED, PLANNED, PLANNED, UNDATED]
    assert set(preuves["section"]) == {traces.ETAPES}


def test_a_step_done_after_the_day_of_the_file_is_still_planned_that_day() -> None:
    plan = sheet("Plan", PLAN, {"Dossier": "D1", "Étape": "Choisir", "Date prévue": date(2026, 12, 1), "Fait le": date(2026, 11, 30)})  # fmt: skip

    preuves = gather(plan)

    assert preuves["state"].tolist() == [PLANNED]
    assert preuves["date"].tolist() == [date(2026, 12, 1)]


def test_the_remark_of_a_step_is_for_the_firm_alone() -> None:
    plan = sheet("Plan", PLAN, {"Dossier": "D1", "Étape": "Choisir", "Remarque": "mauvais payeur"})

    assert "payeur" not in gather(plan)["fact"].iloc[0]


def test_a_draft_on_record_is_never_said_to_have_been_sent_nor_tells_its_model() -> None:
    row: Row = {
        "Date": date(2026, 11, 10), "Dossier": "D1", "Modèle": "prioritaire",
        "Fichier": "D1 - courrier.docx", "Empreinte": "2cb4b1431b84ec15", "Statut": "envoyé le 12/11",
    }  # fmt: skip

    preuves = gather(sheet("Courriers", COURRIERS, row, {"Dossier": "D1"}))

    assert preuves["fact"].tolist() == [
        "Projet de courrier préparé par le cabinet : fichier « D1 - courrier.docx », empreinte 2cb4b1431b84ec15.",
        "Projet de courrier préparé par le cabinet.",
    ]


def test_an_empty_file_lacks_every_piece_but_those_of_obstacles() -> None:
    rows = clients({"Dossier": "D1", "SIREN": "000001016"})

    manques = find_manques(gather(), rows.lignes)

    assert [piece for piece, _ in manques["D1"]] == [
        "le choix de la plateforme",
        "le mandat ou le contrat signé avec la plateforme",
        "un échange avec le client, l’éditeur ou la plateforme",
        "un calendrier d’étapes",
        "un test de réception ou d’émission",
        "un courrier au client",
    ]


def test_what_is_dated_is_not_asked_for_and_what_is_not_dated_is() -> None:
    preuves = gather(journal({"Objet": "Appel"}, {"Type": "Test", "Objet": "Essai", "Date": None}))

    pieces = [piece for piece, _ in find_manques(preuves, clients().lignes)["D1"]]

    assert "un échange avec le client, l’éditeur ou la plateforme" not in pieces
    assert "un test de réception ou d’émission" in pieces
    assert pieces[0] == "le SIREN du client"


def test_an_obstacle_asks_for_what_lifts_it() -> None:
    obstacle: Row = {"Type": "Obstacle", "Objet": "Panne"}
    lifted: Row = {"Type": "Régularisation", "Objet": "Factures reprises"}

    alone = find_manques(gather(journal(obstacle)), clients().lignes)["D1"]
    both = find_manques(gather(journal(obstacle, lifted)), clients().lignes)["D1"]

    assert alone[-1][0] == "la régularisation de l’obstacle"
    assert "la régularisation de l’obstacle" not in [piece for piece, _ in both]


THREE: tuple[Row, ...] = (
    {"Objet": "Appel"},
    {"Type": "Mandat", "Objet": "Signé"},
    {"Type": "Test", "Objet": "Essai"},
)


def test_evidence_in_three_sections_within_ninety_days_is_not_thin() -> None:
    last = date(2026, 8, 24)  # 90 days before

    preuves = gather(journal(*({**line, "Date": last} for line in THREE)))

    assert (AU - last).days == 90
    assert find_thin(preuves, ["D1"], AU) == {}


def test_evidence_that_is_older_than_ninety_days_is_thin() -> None:
    preuves = gather(journal(*({**line, "Date": date(2026, 8, 23)} for line in THREE)))

    reasons = find_thin(preuves, ["D1"], AU)

    assert reasons == {"D1": "le dernier fait date du 23/08/2026, il y a 91 jours"}


def test_evidence_in_two_sections_is_thin() -> None:
    preuves = gather(journal(*THREE[:2]))

    assert find_thin(preuves, ["D1"], AU) == {"D1": "2 rubriques datées sur 8, il en faut 3"}


def test_a_plan_alone_is_thin_for_nothing_was_done_yet() -> None:
    plan = sheet("Plan", PLAN, {"Dossier": "D1", "Étape": "Choisir", "Date prévue": date(2027, 1, 1)})  # fmt: skip

    assert find_thin(gather(plan), ["D1"], AU) == {
        "D1": "1 rubrique datée sur 8, il en faut 3 ; seulement des étapes à venir"
    }


def test_a_file_without_any_dated_fact_is_thin() -> None:
    preuves = gather(journal({"Objet": "Appel", "Date": None}))

    assert find_thin(preuves, ["D1", "D2"], AU) == dict.fromkeys(["D1", "D2"], "aucun élément daté")


@pytest.fixture
def problems() -> Callable[[Tableau], list[str]]:
    def find(table: Tableau) -> list[str]:
        tables = {"Clients": clients(), table.name: table}
        return [f"{a.cell} {a.problem}" for a in find_orphans(tables)]

    return find


def test_a_line_of_no_known_client_is_named(problems: Callable[[Tableau], list[str]]) -> None:
    lines = journal({"Dossier": "D9"}, {"Dossier": None}, {"Dossier": "d2"})

    assert problems(lines) == [
        "B2 ce dossier n’est pas dans la feuille Clients : la ligne n’a servi à aucun client",
        "B3 il manque le numéro de dossier : la ligne n’a servi à aucun client",
    ]


def test_a_type_that_nobody_knows_is_named(problems: Callable[[Tableau], list[str]]) -> None:
    assert problems(journal({"Type": "Appel"}, {"Type": None}, {"Type": "Test"})) == [
        "E2 ce type n’existe pas : la ligne est rangée avec les échanges"
    ]


def test_a_draft_of_a_client_who_left_is_named(problems: Callable[[Tableau], list[str]]) -> None:
    assert len(problems(sheet("Courriers", COURRIERS, {"Dossier": "D9"}))) == 1


def test_the_place_of_a_line_follows_a_sheet_that_was_renamed() -> None:
    renamed = replace(journal({"Objet": "Appel"}), sheet="Échanges 2026")

    assert gather(renamed)["origin"].tolist() == ["Échanges 2026, ligne 2"]
