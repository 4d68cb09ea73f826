"""From a workbook, its invoices and its hours to the sheet Valeur."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws

from segxl.actions import valeur
from segxl.actions.valeur import BilanValeur
from segxl.domain.anomalies import SaisieError
from segxl.domain.valeur import releve as v
from segxl.excel.file import FileWorkbook
from segxl.excel.honoraires import write_honoraires
from segxl.excel.live import LiveWorkbook
from segxl.excel.temps import prepare_temps

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
AU = date(2026, 11, 22)
CSV = "Code client;Client;Date;Intervenant;Durée;Taux horaire\n"


def write_clients(path: Path, **columns: Mapping[str, object]) -> None:
    """Type some cells of Clients: header → dossier → value."""
    workbook = FileWorkbook(path)
    lignes = workbook.read_table("Clients").lignes
    for key, values in columns.items():
        header = key.replace("_", " ")
        if header not in lignes:
            workbook.add_columns("Clients", [header])
        rows = {row: {header: values.get(d)} for row, d in lignes["Dossier"].items() if d in values}
        workbook.write_cells("Clients", {int(str(row)): cells for row, cells in rows.items()})
    workbook.save()


def write_bills(path: Path, *bills: tuple[date, str, float]) -> None:
    """Put invoices on record, in euros."""
    workbook = FileWorkbook(path)
    rows = [(day, who, round(euros * 100), None, None, "test", "") for day, who, euros in bills]
    headers = ["Date", "Dossier", "Montant HT", "Payée le", "Jours de retard", "Source", "Pièce"]
    write_honoraires(workbook, {}, pd.DataFrame(rows, columns=headers, dtype=object))
    workbook.save()


def write_hours(path: Path, *lines: tuple[object, ...]) -> None:
    """Type lines of Temps: dossier, day, who, hours, rate."""
    workbook = FileWorkbook(path)
    headers = ["Dossier", "Date", "Collaborateur", "Heures", "Taux horaire", "Source"]
    rows = [(*line, None) for line in lines]
    prepare_temps(workbook, pd.DataFrame(rows, columns=headers, dtype=object))
    workbook.save()


def write_setting(path: Path, nom: str, value: object) -> None:
    workbook = FileWorkbook(path)
    workbook.append_rows("Parametres", pd.DataFrame([{"Paramètre": nom, "Valeur": value}]))
    workbook.save()


def run(path: Path, *files: Path, simulation: bool = False) -> BilanValeur:
    workbook = FileWorkbook(path)
    bilan = valeur.run(workbook, AU, files, simulation=simulation)
    workbook.save()
    return bilan


def column(bilan: BilanValeur, header: str) -> list[object]:
    values = bilan.releve.lignes[header]
    return [None if pd.isna(x) else x for x in values]


def sheet(path: Path) -> pd.DataFrame:
    return FileWorkbook(path).read_table("Valeur").lignes.set_index("Dossier")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return a time sheet with a name, a default rate, a total and a stranger."""
    path = tmp_path / "temps.csv"
    path.write_text(
        CSV + "D1;;05/10/2026;AB;1h30;60\n"
        "D1;;06/10/2026;AB;2,5;60\n"
        ";Ostra Conseil;06/10/2026;CD;10;\n"
        ";Zorglub;06/10/2026;CD;2;55\n"
        "TOTAL;;;;16;\n",
        "utf-8",
    )
    return path


# — fees —


def test_fees_are_those_of_the_invoices_and_else_the_annual_ones(classeur: Path) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 9999, "D2": "2 000 €"})
    write_bills(classeur, (date(2026, 11, 2), "D1", 1000), (date(2026, 3, 2), "d1", 500))

    bilan = run(classeur)

    assert column(bilan, v.HONORAIRES) == [150_000, 200_000, None]
    assert bilan.d_apres == {"Honoraires": 1, "Honoraires annuels": 1}
    assert column(bilan, "r") == [3, 0, 0]


def test_old_invoices_and_those_to_come_are_left_out(classeur: Path) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 100})
    write_bills(
        classeur, (date(2024, 3, 2), "D1", 1000), (date(2026, 11, 2), "D2", 7), (date(2027, 1, 2), "D2", 9)
    )  # fmt: skip

    bilan = run(classeur)

    assert column(bilan, v.HONORAIRES) == [10_000, 700, None]
    assert bilan.tardives == 1


def test_a_dossier_that_clients_does_not_have_is_told_and_not_counted(classeur: Path) -> None:
    write_bills(classeur, (date(2026, 11, 2), "D1", 10), (date(2026, 11, 2), "Z9", 990))

    bilan = run(classeur)

    assert bilan.hors_clients == {"Z9": 99_000}
    assert bilan.releve.concentration.honoraires == 1000


def test_a_credit_note_above_the_invoices_is_class_c_and_a_loss(classeur: Path) -> None:
    write_bills(classeur, (date(2026, 11, 2), "D1", -50), (date(2026, 11, 2), "D2", 100))
    write_hours(classeur, ("D1", date(2026, 11, 2), "AB", 0, 50))

    bilan = run(classeur)

    assert column(bilan, v.ABC) == ["C", "A", ""]
    assert column(bilan, v.ABCD) == ["D", "", ""]
    assert column(bilan, v.TAUX) == [None, None, None]


def test_an_amount_that_cannot_be_read_is_told_and_counts_for_nothing(classeur: Path) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": "1 200 $", "D2": 100})

    bilan = run(classeur)

    assert column(bilan, v.HONORAIRES) == [None, 10_000, None]
    assert [a.value for a in bilan.anomalies] == ["1 200 $"]


def test_a_dossier_typed_twice_is_told_and_left_out(classeur: Path) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 10, "D2": 20, "D3": 30})
    workbook = FileWorkbook(classeur)
    rows = workbook.read_table("Clients").lignes.index
    workbook.write_cells("Clients", {rows[1]: {"Dossier": "D1"}})
    workbook.save()

    bilan = run(classeur)

    assert column(bilan, "dossier") == ["D3"]
    assert [a.value for a in bilan.anomalies] == ["D1", "D1"]


def test_without_any_fees_nothing_is_invented(classeur: Path) -> None:
    bilan = run(classeur)

    assert bilan.releve.concentration.honoraires is None
    assert column(bilan, v.ABC) == ["", "", ""]
    assert sheet(classeur)["Lecture"].tolist() == ["aucun honoraire connu ; aucun temps saisi"] * 3


# — hours —


def test_a_time_sheet_gives_each_client_its_hours_and_its_cost(
    classeur: Path, export: Path
) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 1000, "D2": 500, "D3": 300})
    write_setting(classeur, "Taux horaire CD", "40 €/h")

    bilan = run(classeur, export)

    assert column(bilan, v.COUT_SERVICE) == [24_000, None, 40_000]
    assert column(bilan, v.ABCD) == ["A", "", "D"]
    assert bilan.lot is not None
    assert bilan.lot.inconnus == (("Zorglub", 2.0),)
    lignes = FileWorkbook(classeur).read_table("Temps").lignes
    assert lignes["Dossier"].tolist() == ["D1", "D1", "D3"]
    assert lignes["Source"].tolist() == ["temps.csv"] * 3
    assert not find_flaws(classeur)


def test_a_second_run_adds_no_line_and_gives_the_same_sheet(classeur: Path, export: Path) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 1000})
    run(classeur, export)
    before = sheet(classeur)

    bilan = run(classeur, export)

    assert bilan.lot is not None
    assert (len(bilan.lot.ajoutees), bilan.lot.connues) == (0, 3)
    pd.testing.assert_frame_equal(sheet(classeur), before)


def test_two_equal_lines_of_one_file_are_two_and_those_of_two_files_one(
    classeur: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        path.write_text(CSV + "D1;;05/10/2026;AB;1;60\n" * 2, "utf-8")

    bilan = run(classeur, *paths)

    assert bilan.lot is not None
    assert len(bilan.lot.ajoutees) == 2


def test_hours_without_a_rate_leave_the_cost_out_and_say_whose(
    classeur: Path, export: Path
) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 1000, "D3": 300})

    bilan = run(classeur, export)

    assert column(bilan, v.COUT_SERVICE) == [24_000, None, None]
    assert bilan.sans_taux == ("CD",)
    assert sheet(classeur).at["D3", "Lecture"] == "taux horaire manquant"


def test_what_cannot_be_read_in_temps_is_told_with_its_cell(classeur: Path) -> None:
    write_hours(
        classeur,
        ("D1", "31/02/2026", "AB", 1, 50),
        ("D1", "01/11/2026", "AB", "beaucoup", 50),
        ("D1", "01/11/2026", "AB", "1:30", "cher"),
        (None, "01/11/2026", "AB", 2, 50),
    )

    bilan = run(classeur)

    told = [(a.cell[0], a.value) for a in bilan.anomalies]
    assert told == [("A", None), ("B", "31/02/2026"), ("D", "beaucoup"), ("E", "cher")]
    assert column(bilan, v.HEURES) == [1.5, None, None]


def test_an_export_that_does_not_tell_who_when_or_how_long_is_refused(
    classeur: Path, tmp_path: Path
) -> None:
    path = tmp_path / "temps.csv"
    path.write_text("Code client;Ville;Nom\nD1;Gap;Lumo\nD2;Pau;Ostra\n", "utf-8")
    before = classeur.read_bytes()

    with pytest.raises(SaisieError, match="« Date » et « Heures »"):
        run(classeur, path)

    assert classeur.read_bytes() == before


def test_two_wrong_files_are_told_at_once(classeur: Path, tmp_path: Path) -> None:
    with pytest.raises(SaisieError) as refused:
        run(classeur, tmp_path / "a.csv", tmp_path / "b.csv")

    assert len(refused.value.anomalies) == 2


def test_lines_of_an_export_that_cannot_be_read_are_left_out_and_told(
    classeur: Path, tmp_path: Path
) -> None:
    path = tmp_path / "temps.csv"
    path.write_text(
        CSV + "D1;;05/10/2026;AB;1;60\nD1;;hier;AB;2;60\n;;06/10/2026;AB;3;60\n"
        "D1;;07/10/2026;AB;long;60\nD1;;08/10/2026;AB;4;cher\n",
        "utf-8",
    )

    bilan = run(classeur, path)

    assert column(bilan, v.HEURES) == [5.0, None, None]
    assert len(bilan.anomalies) == 4


def test_negative_hours_of_an_export_are_a_correction_and_are_named(
    classeur: Path, tmp_path: Path
) -> None:
    path = tmp_path / "temps.csv"
    path.write_text(CSV + "D1;;05/10/2026;AB;5;60\nD1;;06/10/2026;AB;-2;60\n", "utf-8")

    bilan = run(classeur, path)

    assert bilan.lot is not None
    (remarque,) = bilan.lot.fichiers[0].remarques
    assert remarque == (
        "temps.csv : heures négatives, reprises comme des corrections : ligne 3. Vérifiez le signe."
    )
    assert column(bilan, v.HEURES) == [3.0, None, None]
    assert run(classeur).anomalies == ()


def test_a_client_whose_hours_are_below_zero_has_none_known_and_the_reason(
    classeur: Path, tmp_path: Path
) -> None:
    path = tmp_path / "temps.csv"
    path.write_text(CSV + "D1;;05/10/2026;AB;1;60\nD1;;06/10/2026;AB;-2;60\n", "utf-8")
    write_clients(classeur, Honoraires_annuels={"D1": 900})

    bilan = run(classeur, path)

    assert column(bilan, v.HEURES) == column(bilan, v.COUT_SERVICE) == [None, None, None]
    assert column(bilan, v.MOTIF)[0] == (
        "heures négatives au total : une correction dépasse le temps saisi"
    )


def test_negative_hours_typed_by_hand_are_told(classeur: Path) -> None:
    write_hours(classeur, ("D1", date(2026, 10, 5), "AB", 5, 60), ("D1", date(2026, 10, 6), "AB", -2, 60))  # fmt: skip

    (anomalie,) = run(classeur).anomalies

    assert anomalie.problem == "ces heures sont négatives : elles sont ôtées de celles du client"


# — the table of four axes —


def test_the_table_of_four_axes_is_the_firms_to_change(classeur: Path) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 1000})
    write_hours(classeur, ("D1", date(2026, 11, 2), "AB", 1, 50))
    first = run(classeur)
    workbook = FileWorkbook(classeur)
    rows = workbook.read_table("ClassesAD").lignes.index
    workbook.write_cells("ClassesAD", {rows[-1]: {"Classe": "C"}})
    workbook.save()

    second = run(classeur)

    assert [column(b, v.ABCD)[0] for b in (first, second)] == ["B", "C"]


def test_a_table_with_a_hole_is_refused_and_nothing_is_written(classeur: Path) -> None:
    run(classeur)
    workbook = FileWorkbook(classeur)
    rows = workbook.read_table("ClassesAD").lignes.index
    workbook.write_cells("ClassesAD", {rows[-1]: {"Classe": None}})
    workbook.save()

    with pytest.raises(SaisieError, match="n’ont pas de classe"):
        run(classeur)


def test_a_column_potentiel_tells_b_from_c(classeur: Path) -> None:
    write_clients(
        classeur,
        Potentiel={"D1": "nul", "D2": "immense"},
        Honoraires_annuels={"D1": 1000, "D2": 1000},
    )
    write_hours(classeur, *(("D1", date(2026, 11, 2), "AB", 1, 50), ("D2", date(2026, 11, 2), "AB", 1, 50)))  # fmt: skip

    bilan = run(classeur)

    assert column(bilan, v.ABCD) == ["C", "B", ""]
    assert [a.value for a in bilan.anomalies] == ["immense"]


# — the sheet —


def test_the_sheet_shows_the_largest_first_and_the_segment_beside(scored: Path) -> None:
    write_clients(scored, Honoraires_annuels={"D1": 100, "D3": 300})
    write_hours(scored, ("D3", date(2026, 11, 2), "AB", 1, 60))

    run(scored)

    found = sheet(scored)
    assert [*found.index] == ["D3", "D1", "D2"]
    shown = found[["Honoraires", "Coût", "Marge (€)", "Taux de marge", "ABC"]].to_dict("index")
    assert [*shown["D3"].values()] == [300, 60, 240, 0.8, "A"]
    assert found.at["D1", "Segment"] == "Prêt"
    assert found.at["D1", "Coût"] is None
    assert not find_flaws(scored)


def test_columns_and_the_word_of_a_firm_stay_on_the_sheet(classeur: Path) -> None:
    run(classeur)
    workbook = FileWorkbook(classeur)
    workbook.add_columns("Valeur", ["À nous"])
    workbook.save()

    run(classeur)

    assert "À nous" in sheet(classeur)


def test_a_table_valeur_of_somebody_else_is_left_alone(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Valeur", "Mes valeurs", {"Action": 10, "Cours": 10})
    workbook.save()

    with pytest.raises(SaisieError, match="Dossier"):
        run(classeur)


def test_a_simulation_writes_nothing(classeur: Path, export: Path) -> None:
    before = classeur.read_bytes()

    bilan = run(classeur, export, simulation=True)

    assert column(bilan, v.HEURES) == [4.0, None, 10.0]
    assert classeur.read_bytes() == before


def test_a_workbook_open_in_excel_gets_the_same_sheet(
    excel: TestExcel, classeur: Path, export: Path, tmp_path: Path
) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 1000, "D3": 300})
    book = excel.open(classeur)
    workbook = LiveWorkbook(book)
    valeur.run(workbook, AU, [export])
    workbook.save()
    live = excel.save(book, tmp_path / "enregistré.xlsx")

    run(classeur, export)

    pd.testing.assert_frame_equal(sheet(live), sheet(classeur), check_dtype=False)


# — what stands beside —


def add_column(path: Path, table: str, header: str, values: list[object]) -> None:
    """Fill a column of a table from its first row on; the firm adds the one that it lacks."""
    workbook = FileWorkbook(path)
    workbook.add_columns(
        table, [h for h in [header] if h not in workbook.read_table(table).letters]
    )
    rows = [int(str(row)) for row in workbook.read_table(table).lignes.index]
    cells = {row: {header: value} for row, value in zip(rows, values, strict=False)}
    workbook.write_cells(table, cells)
    workbook.save()


def test_readiness_and_value_are_crossed_on_a_sheet_of_their_own(scored: Path) -> None:
    write_clients(scored, Honoraires_annuels={"D1": 900, "D2": 500, "D3": 100}, Note_FE={"D3": 2}, Couleur={"D3": "Rouge"})  # fmt: skip

    bilan = run(scored)

    croisement = FileWorkbook(scored).read_table("Croisement").lignes.set_index("Classe")
    assert bilan.croisement.methode == "ABC"
    assert croisement.loc["Ensemble", "Clients"] == 3
    assert croisement["Clients"].sum() == 6
    assert not find_flaws(scored)


def test_whom_to_see_first_is_ranked_on_both_sheets(scored: Path) -> None:
    write_clients(
        scored,
        Honoraires_annuels={"D1": 900, "D2": 900, "D3": 900},
        Note_FE={"D1": 5, "D2": 3, "D3": 15},
        Couleur={"D1": "Orange", "D2": "Rouge", "D3": "Vert clair"},
    )

    bilan = run(scored)

    ranks = sheet(scored)["À voir d’abord"].to_dict()
    croisement = FileWorkbook(scored).read_table("Croisement").lignes.set_index("Classe")
    assert ranks == {"D1": 2, "D2": 1, "D3": None}
    assert bilan.croisement.list_first(column(bilan, "dossier")) == ["D2", "D1"]  # type: ignore[arg-type]
    assert croisement.at["A", "À voir d’abord"] == "D2, D1"


def test_the_criticality_that_a_firm_adds_puts_a_client_in_front_of_its_class(scored: Path) -> None:
    write_clients(
        scored,
        Honoraires_annuels={"D1": 900, "D2": 900, "D3": 900},
        Note_FE={"D1": 5, "D2": 3, "D3": 15},
        Couleur={"D1": "Orange", "D2": "Rouge", "D3": "Vert clair"},
        Criticité={"D1": "forte", "D2": "énorme"},
    )

    bilan = run(scored)

    assert sheet(scored)["À voir d’abord"].to_dict() == {"D1": 1, "D2": 2, "D3": None}
    assert [(a.value, a.remedy) for a in bilan.anomalies if "criticité" in a.problem] == [
        ("énorme", "écrivez Faible, Moyenne ou Forte, ou videz la cellule")
    ]


def test_many_clients_to_see_first_are_counted_beyond_eight(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    rows = [{"Dossier": f"E{i:02}", "Raison sociale": "X", "Note FE": 3, "Honoraires annuels": 100} for i in range(20)]  # fmt: skip
    workbook.append_rows("Clients", pd.DataFrame(rows, dtype=object))
    workbook.save()

    run(classeur)

    croisement = FileWorkbook(classeur).read_table("Croisement").lignes.set_index("Classe")
    assert str(croisement.at["A", "À voir d’abord"]).endswith("E07 et 8 autres")


def test_a_table_croisement_of_somebody_else_is_left_alone(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Croisement", "Mes croisements", {"Race": 10})
    workbook.save()

    with pytest.raises(SaisieError, match="Classe"):
        run(classeur)


def test_a_client_is_small_middling_or_large_by_thirds_or_by_the_firms_thresholds(
    classeur: Path,
) -> None:
    write_clients(classeur, Honoraires_annuels={"D1": 100, "D2": 500, "D3": 900})
    by_thirds = column(run(classeur), v.PMG)
    write_setting(classeur, "Seuils des moyens et des gros clients (€)", "200 ; 400")

    by_thresholds = column(run(classeur), v.PMG)

    assert by_thirds == ["Petit", "Moyen", "Gros"]
    assert by_thresholds == ["Petit", "Gros", "Gros"]
    assert sheet(classeur)["PMG"].to_dict() == {"D1": "Petit", "D2": "Gros", "D3": "Gros"}


def test_missions_and_staff_make_a_client_complex(classeur: Path) -> None:
    write_bills(classeur, *((date(2026, m, 2), "D1", 100) for m in (3, 9, 11)))
    write_hours(classeur, ("D1", date(2026, 11, 2), "AB", 1, 50), ("d1", date(2026, 11, 3), "CD", 1, 50), ("D1", date(2025, 1, 3), "EF", 1, 50))  # fmt: skip
    add_column(classeur, "Honoraires", "Mission", ["Bilan", "Paie", "#N/A"])
    add_column(classeur, "Temps", "Mission", ["bilan", "Juridique", "Social"])

    run(classeur)

    found = sheet(classeur)
    assert found.at["D1", "Pourquoi cette complexité"] == "3 missions, 2 collaborateurs (2/4 connus)"  # fmt: skip
    assert found.at["D1", "Complexité"] == 38
    assert found.at["D2", "Complexité"] is None


@pytest.mark.parametrize(
    ("header", "cells", "euros"),
    [
        ("Facturé", ["Non", "Oui"], 100.0),
        ("Facturable", ["oui", "non facturable"], 50.0),
        ("Heures facturées", [1.5, None], 25.0),
        ("Facturé", [None, "?"], None),
        ("Autre", ["Non", "Non"], None),
    ],
)
def test_hours_that_nobody_billed_are_told_in_euros_where_temps_says_so(
    classeur: Path, header: str, cells: list[object], euros: float | None
) -> None:
    write_hours(classeur, ("D1", date(2026, 11, 2), "AB", 2, 50), ("D1", date(2026, 11, 3), "AB", 1, 50))  # fmt: skip
    add_column(classeur, "Temps", header, cells)

    bilan = run(classeur)

    assert bilan.non_facture == euros
    assert sheet(classeur)["Temps non facturé (€)"].tolist() == [euros, None, None]


def test_each_line_of_hours_is_told_by_the_most_exact_of_its_cells(classeur: Path) -> None:
    write_hours(classeur, *(("D1", date(2026, 11, n), "AB", 2, 50) for n in (2, 3, 4)))
    add_column(classeur, "Temps", "Facturable", ["Non", "Non", None])
    add_column(classeur, "Temps", "Heures facturées", [1.5, None, None])

    assert run(classeur).non_facture == 25.0 + 100.0


def test_an_export_of_hours_brings_what_is_billed(classeur: Path, tmp_path: Path) -> None:
    export = tmp_path / "temps.csv"
    export.write_text(
        "Code dossier;Date;Heures;Taux horaire;Facturable;Heures facturées\n"
        "D1;02/11/2026;2;50;N;\nD2;02/11/2026;2;50;oui;1h30\nD3;02/11/2026;1;50;O;\nD3;03/11/2026;1;50;peut-être;\n",
        "utf-8",
    )

    bilan = run(classeur, export)

    assert sheet(classeur)["Temps non facturé (€)"].tolist() == [100.0, 25.0, 0.0]
    assert "« Facturable » n’est ni oui ni non" in {a.problem for a in bilan.anomalies}


def test_what_is_billed_is_told_where_it_cannot_be_read(classeur: Path) -> None:
    write_hours(classeur, ("D1", date(2026, 11, 2), "AB", 2, 50), ("D1", date(2026, 11, 3), "AB", 1, 50))  # fmt: skip
    add_column(classeur, "Temps", "Facturable", ["bof", "Oui"])

    assert [a.problem for a in run(classeur).anomalies] == ["« Facturable » ne se lit pas"]
