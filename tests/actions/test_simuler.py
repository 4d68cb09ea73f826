"""From a workbook and its scenarios to the sheets that compare before and after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from tests.actions.test_valeur import write_clients, write_hours
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws
from tests.simulations import AU, add, cell_of, portefeuille_of, simulate, told_of

from segxl.actions import simuler
from segxl.actions.simuler import BilanSimulation
from segxl.domain.anomalies import SaisieError
from segxl.domain.simulation.gestes import ACTION, CLASSE, DOSSIER, MONTANT, QUESTION, SCENARIO
from segxl.domain.simulation.gestes import SEGMENT as SEGMENT_COLUMN
from segxl.domain.simulation.lignes import list_lignes
from segxl.excel.decisions import HEADERS
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook
from segxl.faces.annonces_simulation import json_of_simulation, list_outcomes

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
DEUX = {"D1": (1000.0, 5.0), "D2": (500.0, 20.0)}
OURS = {"Scenarios", "Simulation", "SimulationClients"}
TABLES = ("Clients", "Criteres", "Baremes", "Couleurs", "Segments", "Parametres", "Cabinet", "Temps", "Indicateurs")  # fmt: skip


def run(path: Path, retenir: str = "") -> BilanSimulation:
    workbook = FileWorkbook(path)
    bilan = simuler.run(workbook, AU, retenir)
    workbook.save()
    return bilan


def type_scenarios(path: Path, *rows: dict[str, object]) -> None:
    """Put lines in place of the examples."""
    run(path)
    workbook = FileWorkbook(path)
    headers = [*workbook.read_table("Scenarios").letters]
    workbook.replace_rows(
        "Scenarios",
        pd.DataFrame(
            [[row.get(h) for h in headers] for row in rows], columns=headers, dtype=object
        ),
    )
    workbook.save()


@pytest.fixture
def worked(classeur: Path) -> Path:
    """Return a workbook of three clients: a profit, a loss, nothing known."""
    write_clients(classeur, Honoraires_annuels={"D1": 1000, "D2": 500})
    write_hours(classeur, ("D1", AU, "AB", 5, 50), ("D2", AU, "AB", 20, 50))
    return classeur


# — nothing in the portfolio changes —


def test_the_first_time_examples_are_tried_and_nothing_else_is_written(worked: Path) -> None:
    before = {name: FileWorkbook(worked).read_table(name).lignes for name in TABLES}

    bilan = run(worked)

    after = FileWorkbook(worked)
    assert bilan.exemples
    assert [e.scenario for e in bilan.essais] == [
        "Exemple : transmettre les clients D", "Exemple : revoir les prix", "Exemple : équiper les clients",
    ]  # fmt: skip
    for name, lignes in before.items():
        pd.testing.assert_frame_equal(after.read_table(name).lignes, lignes)
    assert find_flaws(worked) == []


def test_a_second_run_changes_nothing(worked: Path) -> None:
    run(worked)
    before = worked.read_bytes()

    bilan = run(worked)

    assert not bilan.exemples
    assert worked.read_bytes() == before


def test_looking_writes_nothing_at_all(worked: Path) -> None:
    before = worked.read_bytes()
    workbook = FileWorkbook(worked, to_write=False)

    simuler.run(workbook, AU, simulation=True)

    assert not workbook.has_table("Scenarios")
    assert worked.read_bytes() == before


def test_every_byte_of_the_other_parts_stays(worked: Path) -> None:
    run(worked)
    before = FileWorkbook(worked)
    seen = {t: before.read_table(t).lignes for t in TABLES}
    type_scenarios(worked, {SCENARIO: "Alléger", CLASSE: "D", ACTION: "Transmettre"})

    run(worked)

    after = FileWorkbook(worked)
    for name, lignes in seen.items():
        pd.testing.assert_frame_equal(after.read_table(name).lignes, lignes)


# — the sheets —


def test_the_sheets_show_the_portfolio_then_each_client(worked: Path) -> None:
    type_scenarios(worked, {SCENARIO: "Alléger", CLASSE: "D", ACTION: "Transmettre"})

    run(worked)

    book = FileWorkbook(worked)
    lignes = book.read_table("Simulation").lignes.set_index("Mesure")
    assert [*lignes.loc["Marge", ["Avant", "Après", "Écart"]]] == [250, 750, 500]
    assert [*lignes.loc["Taux de marge", ["Avant", "Après", "Écart"]]] == [16.7, 75, 58.3]
    assert lignes.loc["Heures", "Lecture"] == "20\u00a0h libérées"
    (client,) = book.read_table("SimulationClients").lignes.to_dict("records")
    assert (client["Dossier"], client["Ce qui change"]) == ("D2", "transmettre")
    assert (client["Marge avant"], client["Marge après"], client["Classe après"]) == (-500, None, None)  # fmt: skip
    assert book.read_table("Scenarios").lignes["Lecture"].tolist() == [
        "1 client (classe D) : transmettre"
    ]


def test_a_line_that_is_not_followed_says_so_beside_itself(worked: Path) -> None:
    type_scenarios(
        worked,
        {SCENARIO: "S", DOSSIER: "Z9", ACTION: "Transmettre"},
        {SCENARIO: "S", DOSSIER: "D1", ACTION: "Monter d’un niveau", QUESTION: "PA"},
    )

    bilan = run(worked)

    lectures = FileWorkbook(worked).read_table("Scenarios").lignes["Lecture"].tolist()
    assert lectures[0] == "à corriger : ce dossier n’est pas dans la feuille Clients"
    assert lectures[1].startswith("1 client (dossier D1) : Plateforme agréée : un niveau de plus")
    assert "rien ne monte pour D1" in lectures[1]
    assert [a.cell for a in bilan.anomalies if a.sheet == "Scénarios"] == ["B7"]


def test_a_lecture_that_no_longer_holds_is_wiped(worked: Path) -> None:
    type_scenarios(worked, {SCENARIO: "S", DOSSIER: "D1", ACTION: "Transmettre"})
    run(worked)
    workbook = FileWorkbook(worked)
    workbook.write_cells("Scenarios", {7: dict.fromkeys((SCENARIO, DOSSIER, ACTION))})
    workbook.save()

    bilan = run(worked)

    assert bilan.essais == ()
    assert FileWorkbook(worked).read_table("Scenarios").lignes["Lecture"].tolist() == [None]
    assert FileWorkbook(worked).read_table("Simulation").lignes["Mesure"].tolist() == [None]


def test_columns_may_move_and_the_reading_may_be_deleted() -> None:
    workbook = portefeuille_of(DEUX)
    rows = pd.DataFrame([["Transmettre", "S", "x", "D2"]], columns=["action", "SCENARIO", "À moi", "Dossier"])  # fmt: skip
    add(workbook, "Scenarios", rows.astype(object))
    workbook.save()

    (essai,) = simulate(workbook).essais

    assert essai.apres.clients == 1
    assert workbook.read_table("Scenarios").lignes["À moi"].tolist() == ["x"]


def test_a_table_of_that_name_that_is_not_ours_is_refused() -> None:
    workbook = portefeuille_of(DEUX)
    add(workbook, "Simulation", pd.DataFrame([["à moi"]], columns=["Idée"], dtype=object))
    workbook.save()

    with pytest.raises(SaisieError, match="n’a pas la colonne"):
        simulate(workbook)

    assert not workbook.has_table("Scenarios")


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "<b>&amp; [red]x[/red]", "L’été  d’« Arc »"])  # fmt: skip
def test_a_hostile_name_stays_a_text(worked: Path, name: str) -> None:
    type_scenarios(worked, {SCENARIO: name, DOSSIER: "D2", ACTION: "Transmettre"})

    run(worked, name)

    book = FileWorkbook(worked)
    shown = book.read_table("Simulation").lignes[SCENARIO].tolist()
    assert {*shown} == {" ".join(name.split())}
    assert " ".join(name.split()) in book.read_table("Clients").lignes["Décision"].tolist()[1]
    assert not any(book.read_formulas("Simulation").values())
    assert find_flaws(worked) == []


def test_in_excel_the_same_sheets_appear(worked: Path, excel: TestExcel, tmp_path: Path) -> None:
    book = excel.open(worked)
    workbook = LiveWorkbook(book)
    simuler.run(workbook, AU)
    workbook.save()
    by_excel = FileWorkbook(excel.save(book, tmp_path / "par Excel.xlsx"))

    run(worked)

    for name in OURS:
        pd.testing.assert_frame_equal(
            by_excel.read_table(name).lignes, FileWorkbook(worked).read_table(name).lignes
        )


def test_who_has_left_is_not_in_the_figures_and_one_line_says_so() -> None:
    gone = {"D2": {"Sortie le": date(2026, 3, 1)}}
    workbook = portefeuille_of(DEUX, [{ACTION: "Heures en %", MONTANT: 10}], answers=gone)

    bilan = simulate(workbook)

    assert [(e.avant.clients, e.absents) for e in bilan.essais] == [(1, 1)]
    lignes = workbook.read_table("Simulation").lignes.set_index("Mesure")
    assert lignes.loc["Clients", "Lecture"] == "inchangé ; 1 client parti ou à venir n’est pas compté"  # fmt: skip
    assert "1 client parti ou à venir n’est pas compté" in next(list_outcomes(bilan))
    assert json_of_simulation(bilan)["absents"] == 1


def test_the_sheet_counts_three_methods_before_and_after() -> None:
    workbook = portefeuille_of(DEUX, [{DOSSIER: "D2", ACTION: "Transmettre"}])

    simulate(workbook)

    lignes = workbook.read_table("Simulation").lignes
    told = {m: (a, b) for m, a, b in zip(lignes["Mesure"], lignes["Avant"], lignes["Après"], strict=True)}  # fmt: skip
    counted = {m: pair for m, pair in told.items() if "ABC" in m}
    assert [*counted] == ["Clients A (ABC)", "Clients B (ABC)", "Clients C (ABC)"]
    assert [sum(x) for x in zip(*counted.values(), strict=True)] == [2, 1]
    assert not [m for m in told if "RFM" in m]


# — bad input —


@pytest.mark.parametrize(
    ("ligne", "told"),
    [
        ({DOSSIER: "Z9", ACTION: "Transmettre"}, (DOSSIER, "ce dossier n’est pas dans la feuille Clients")),
        ({CLASSE: "E", ACTION: "Transmettre"}, (CLASSE, "cette classe n’existe pas")),
        ({SEGMENT_COLUMN: "Prêts", ACTION: "Transmettre"}, (SEGMENT_COLUMN, "ce segment n’existe pas")),
        ({ACTION: "Transmettre"}, (ACTION, "cette ligne transmettrait tous les clients")),
        ({DOSSIER: "D1"}, (ACTION, "cette action n’existe pas")),
        ({ACTION: "Honoraires en %"}, (MONTANT, "il manque le montant")),
        ({ACTION: "Honoraires en %", MONTANT: 1}, (MONTANT, "1 se lit 1 % comme 100 %")),
        ({ACTION: "Honoraires en %", MONTANT: "500 €"}, (MONTANT, "ce montant doit être un pourcentage")),
        ({ACTION: "Heures en %", MONTANT: "beaucoup"}, (MONTANT, "ce montant doit être un pourcentage")),
        ({ACTION: "Heures en %", MONTANT: -150}, (MONTANT, "on ne peut pas baisser de plus de 100 %")),
        ({ACTION: "Honoraires en €", MONTANT: "10 %"}, (MONTANT, "ce montant doit être en euros")),
        ({ACTION: "Honoraires en €", MONTANT: "#N/A"}, (MONTANT, "la cellule affiche une erreur d’Excel")),
        ({ACTION: "Ajouter une offre", MONTANT: 100, "Heures": "bientôt"}, ("Heures", "ces heures ne se lisent pas")),
        ({ACTION: "Monter d’un niveau"}, (QUESTION, "il manque la question")),
        ({ACTION: "Monter d’un niveau", QUESTION: "Humeur"}, (QUESTION, "cette question n’est pas dans la grille")),
        ({SCENARIO: None, DOSSIER: "D1", ACTION: "Transmettre"}, (SCENARIO, "il manque le nom du scénario")),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_followed_counts_for_nothing_and_is_named(
    ligne: dict[str, object], told: tuple[str, str]
) -> None:
    bilan = simulate(portefeuille_of(DEUX, [ligne]))

    header, problem = told
    assert told_of(bilan) == [f"{cell_of(header)} {problem}"]
    assert bilan.essais == ()


@pytest.mark.parametrize(
    ("ligne", "told"),
    [
        ({CLASSE: "C", ACTION: "Transmettre"}, (CLASSE, "aucun client ne correspond (classe C)")),
        ({DOSSIER: "D1", ACTION: "Transmettre", MONTANT: 5}, (MONTANT, "« Transmettre » ne lit pas « Montant »")),
        ({ACTION: "Honoraires en €", MONTANT: -700}, (MONTANT, "honoraires sous zéro pour D2 : comptés zéro")),
        ({ACTION: "Ajouter une offre", MONTANT: 0, "Heures": "-10"}, (MONTANT, "heures sous zéro pour D1 : comptés zéro")),
    ],
)  # fmt: skip
def test_a_line_that_is_followed_in_part_says_what_is_not(
    ligne: dict[str, object], told: tuple[str, str]
) -> None:
    bilan = simulate(portefeuille_of(DEUX, [ligne]))

    header, problem = told
    assert told_of(bilan) == [f"{cell_of(header)} {problem}"]
    assert len(bilan.essais) == 1


@pytest.mark.parametrize("montant", [80, "80", 0.8, "80 %", "0,8", " 80,0 % "])
def test_a_percentage_is_read_however_it_is_typed(montant: object) -> None:
    ligne = {DOSSIER: "D1", ACTION: "Honoraires en %", MONTANT: montant}

    (essai,) = simulate(portefeuille_of(DEUX, [ligne])).essais

    assert essai.apres.honoraires == 180_000 + 50_000


def test_without_any_fees_or_hours_nothing_is_invented() -> None:
    ligne = {ACTION: "Honoraires en %", MONTANT: "10 %"}
    heures = {ACTION: "Heures en %", MONTANT: "10 %"}
    classe = {CLASSE: "D", ACTION: "Transmettre"}

    bilan = simulate(portefeuille_of({"D1": (None, None)}, [ligne, heures, classe]))

    (essai,) = bilan.essais
    assert essai.apres == essai.avant
    assert (essai.avant.honoraires, essai.avant.marge, essai.avant.taux) == (None, None, None)
    assert told_of(bilan) == [
        f"{cell_of(ACTION)} honoraires inconnus pour D1 : rien ne change pour eux",
        f"{cell_of(ACTION, 3)} heures inconnus pour D1 : rien ne change pour eux",
        f"{cell_of(CLASSE, 4)} aucun client ne correspond (classe D)",
    ]
    assert "remplissez la feuille Temps" in bilan.anomalies[2].remedy


def test_a_margin_rate_that_fees_of_zero_hide_says_so() -> None:
    bilan = simulate(portefeuille_of({"D1": (0.0, 5.0)}, [{DOSSIER: "D1", ACTION: "Honoraires en €", MONTANT: 0}]))  # fmt: skip

    (rate,) = (x for x in list_lignes(bilan.essais[0]) if x.mesure == "Taux de marge")
    assert rate.lecture == "n.d. : honoraires nuls ou négatifs"


def test_a_margin_known_of_one_client_is_told_in_the_singular() -> None:
    bilan = simulate(portefeuille_of({"D1": (1000.0, 5.0), "D2": (500.0, None)}, [{DOSSIER: "D1", ACTION: "Honoraires en €", MONTANT: 100}]))  # fmt: skip

    (margin,) = (x for x in list_lignes(bilan.essais[0]) if x.mesure == "Marge")
    assert margin.lecture.endswith("sur 1 client dont honoraires et temps sont connus")


def test_a_remedy_offers_a_choice_of_classes() -> None:
    bilan = simulate(portefeuille_of(DEUX, [{CLASSE: "Z", ACTION: "Transmettre"}]))

    assert bilan.anomalies[0].remedy == "écrivez A, B, C ou D, ou videz la cellule"


def test_new_hours_of_who_has_none_cost_the_average_of_the_portfolio() -> None:
    clients = {"D1": (1000.0, 10.0), "D2": (500.0, 0.0)}
    ligne = {DOSSIER: "D2", ACTION: "Ajouter une offre", MONTANT: 100, "Heures": 2}

    (essai,) = simulate(portefeuille_of(clients, [ligne], taux=40)).essais

    assert essai.apres.cout == 40_000 + 8_000


def test_hours_without_any_rate_cost_nothing_that_is_known() -> None:
    ligne = {ACTION: "Heures en %", MONTANT: "10 %"}

    (essai,) = simulate(portefeuille_of(DEUX, [ligne], taux=None)).essais

    assert essai.apres.heures == 27.5
    assert essai.apres.cout is None


# — levels —

REPONSES = {
    "D1": {"Sensibilisation": "Informé", "Outil de facturation": "Papier"},
    "D2": {"Sensibilisation": "Sait l'expliquer"},
}


def test_an_answer_one_level_up_moves_the_note_and_only_that_client() -> None:
    ligne = {ACTION: "Monter d’un niveau", QUESTION: "sensibilisation"}

    (essai,) = simulate(portefeuille_of(DEUX, [ligne], answers=REPONSES)).essais

    # SENS weighs 2 of 5 and goes from 2/3 to 1: 20 × (2 × 2/3) / 5 = 5.3, then 20 × 2 / 5 = 8.
    notes = essai.clients.set_index("dossier")[["Note FE avant", "Note FE apres"]]
    assert [*notes.loc["D1"]] == [5.3, 8.0]
    assert [*notes.loc["D2"]] == [20.0, 20.0]
    assert essai.montees == 1
    assert essai.apres.couleurs == {"Jaune": 1, "Vert": 1}
    assert essai.apres.honoraires == essai.avant.honoraires


def test_answers_of_equal_points_are_one_level() -> None:
    ligne = {DOSSIER: "D1", ACTION: "Monter d’un niveau", QUESTION: "OUTI"}

    (essai,) = simulate(portefeuille_of(DEUX, [ligne], answers=REPONSES)).essais

    # Paper and a word processor are both at 0: the next level is a software, 1 of 3.
    # 20 × (2 × 2/3 + 3 × 1/3) / 5
    assert essai.clients["Note FE apres"].tolist() == [9.3]


def test_a_segment_chooses_the_clients_that_the_rules_put_in_it() -> None:
    ligne = {SEGMENT_COLUMN: "À qualifier", ACTION: "Honoraires en €", MONTANT: 100}

    (essai,) = simulate(portefeuille_of(DEUX, [ligne], answers=REPONSES)).essais

    assert essai.clients["dossier"].tolist() == ["D1", "D2"]


# — keeping a scenario —


def decisions(path: Path) -> dict[object, list[object]]:
    lignes = FileWorkbook(path).read_table("Clients").lignes.set_index("Dossier")
    days = lignes["Décidé le"].map(lambda day: day.date(), na_action="ignore")
    return {h: x.tolist() for h, x in lignes.assign(**{"Décidé le": days})[[*HEADERS]].items()}


def test_a_scenario_kept_is_written_beside_the_clients_and_falsifies_nothing(worked: Path) -> None:
    type_scenarios(worked, {SCENARIO: "Alléger", CLASSE: "D", ACTION: "Transmettre"}, {SCENARIO: "Alléger", DOSSIER: "D1", ACTION: "Honoraires en %", MONTANT: 10})  # fmt: skip
    before = FileWorkbook(worked).read_table("Clients").lignes

    bilan = run(worked, "alléger")

    after = FileWorkbook(worked).read_table("Clients").lignes
    assert decisions(worked) == {
        "Décision": ["Honoraires +10\u00a0% (scénario Alléger)", "Transmettre (scénario Alléger)", None],
        "Honoraires visés": [1100, None, None],
        "Décidé le": [AU, AU, None],
    }  # fmt: skip
    pd.testing.assert_frame_equal(after[[*before.columns]], before)
    assert bilan.decisions is not None
    assert (len(bilan.decisions.ecrites), bilan.decisions.remplacees) == (2, 0)
    assert find_flaws(worked) == []


def test_keeping_it_again_changes_nothing_even_on_a_later_day(worked: Path) -> None:
    type_scenarios(worked, {SCENARIO: "Alléger", CLASSE: "D", ACTION: "Transmettre"})
    run(worked, "Alléger")
    before = decisions(worked)
    workbook = FileWorkbook(worked)

    simuler.run(workbook, AU.replace(day=30), "Alléger")
    workbook.save()

    assert decisions(worked) == before


def test_another_decision_is_replaced_and_told(worked: Path) -> None:
    write_clients(worked, Décision={"D2": "On en reparle", "D3": "Rien"})
    type_scenarios(worked, {SCENARIO: "Alléger", CLASSE: "D", ACTION: "Transmettre"})

    bilan = run(worked, "Alléger")

    assert decisions(worked)["Décision"] == [None, "Transmettre (scénario Alléger)", "Rien"]
    assert bilan.decisions is not None
    assert bilan.decisions.remplacees == 1


def test_a_client_that_the_scenario_no_longer_concerns_loses_its_decision(worked: Path) -> None:
    type_scenarios(worked, {SCENARIO: "Alléger", CLASSE: "D", ACTION: "Transmettre"})
    run(worked, "Alléger")
    type_scenarios(worked, {SCENARIO: "Alléger", DOSSIER: "D1", ACTION: "Transmettre"})

    bilan = run(worked, "Alléger")

    assert decisions(worked)["Décision"] == ["Transmettre (scénario Alléger)", None, None]
    assert bilan.decisions is not None
    assert len(bilan.decisions.retirees) == 1


def test_a_scenario_that_changes_nobody_decides_nothing(worked: Path) -> None:
    type_scenarios(worked, {SCENARIO: "Vide", CLASSE: "C", ACTION: "Transmettre"})

    bilan = run(worked, "Vide")

    assert bilan.decisions is not None
    assert bilan.decisions.ecrites == {}


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("Autre", "aucun scénario ne porte ce nom.*Bon · Faux"),
        ("Faux", "ce dossier n’est pas dans la feuille Clients"),
        ("Contraire", "ce scénario transmet aussi D1"),
        ("Illisible", "cette classe n’existe pas"),
    ],
)
def test_a_scenario_that_is_not_followed_to_the_letter_is_not_kept(
    worked: Path, wanted: str, told: str
) -> None:
    type_scenarios(
        worked,
        {SCENARIO: "Bon", DOSSIER: "D1", ACTION: "Transmettre"},
        {SCENARIO: "Faux", DOSSIER: "Z9", ACTION: "Transmettre"},
        {SCENARIO: "Faux", DOSSIER: "D1", ACTION: "Transmettre"},
        {SCENARIO: "Contraire", DOSSIER: "D1", ACTION: "Transmettre"},
        {SCENARIO: "contraire", DOSSIER: "D1", ACTION: "Honoraires en €", MONTANT: 50},
        {SCENARIO: "Illisible", CLASSE: "Z", ACTION: "Transmettre"},
    )
    before = worked.read_bytes()

    with pytest.raises(SaisieError, match=told):
        run(worked, wanted)

    assert worked.read_bytes() == before


def test_keeping_needs_a_scenario() -> None:
    workbook = portefeuille_of(DEUX, [{SCENARIO: None, "Question": " "}])

    with pytest.raises(SaisieError, match="Remplissez d’abord la colonne"):
        simulate(workbook, "Alléger")
