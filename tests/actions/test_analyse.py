"""Two fields typed on the sheet Analyse croisée, or asked for in a terminal, and the table that answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.actions.test_valeur import write_bills, write_clients, write_hours
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws

from segxl.actions import noter, valeur
from segxl.actions.valeur import BilanValeur
from segxl.domain.analyse.demande import Demande
from segxl.domain.anomalies import Gravite, SaisieError
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
AU = date(2026, 11, 22)
FIXED = ["En ligne", "En colonne", "Mesure"]


def run(path: Path, *fields: str) -> BilanValeur:
    workbook = FileWorkbook(path)
    ligne, colonne, mesure = (*fields, "Clients")[:3] if fields else ("", "", "")
    asked = Demande(ligne=ligne, colonne=colonne, mesure=mesure) if fields else None
    bilan = valeur.run(workbook, AU, croiser=asked)
    workbook.save()
    return bilan


def type_in(path: Path, **words: object) -> None:
    """Type on the first row of the sheet: title → word."""
    workbook = FileWorkbook(path)
    row = int(workbook.read_table("AnalyseCroisee").lignes.index[0])
    workbook.write_cells("AnalyseCroisee", {row: {k.replace("_", " "): w for k, w in words.items()}})  # fmt: skip
    workbook.save()


def sheet(path: Path) -> list[list[object]]:
    """Return the titles of the table, then its rows, None where blank."""
    lignes = FileWorkbook(path).read_table("AnalyseCroisee").lignes
    rows = lignes.astype(object).where(lignes.notna(), None).to_numpy().tolist()
    return [[*lignes.columns], *rows]


def answers(path: Path) -> list[list[object]]:
    return [row[3:] for row in sheet(path)]


def test_a_first_run_crosses_segments_and_colours(classeur: Path) -> None:
    noter.run(workbook := FileWorkbook(classeur), AU)
    workbook.save()

    bilan = run(classeur)

    head, first, *_ = sheet(classeur)
    assert head[:6] == [*FIXED, "Segment", "Total", "Part du total"]
    assert first[:3] == ["Segment", "Couleur", "Clients"]
    assert bilan.analyse.phrases == ("Segment × Couleur : 3 clients.",)
    assert find_flaws(classeur) == []


def test_what_is_typed_is_crossed_and_stays(classeur: Path) -> None:
    run(classeur)
    type_in(classeur, En_ligne="collaborateur", En_colonne="département", Mesure="")

    run(classeur)

    assert sheet(classeur) == [
        [*FIXED, "Collaborateur", "Total", "Part du total", "01", "2B", "69"],
        ["collaborateur", "département", "Clients", "AB", 2, pytest.approx(2 / 3), 1, None, 1],
        [None, None, None, "CD", 1, pytest.approx(1 / 3), None, 1, None],
        [None, None, None, "Ensemble", 3, 1, 1, 1, 1],
        [None, None, None, "Part du total", None, None, *["33,3\u00a0%"] * 3],
    ]


def test_a_second_run_changes_nothing(classeur: Path) -> None:
    run(classeur, "Collaborateur", "Ville")
    before = classeur.read_bytes()

    run(classeur)

    assert classeur.read_bytes() == before


def test_a_field_with_more_words_takes_more_columns_and_fewer_give_them_back(
    classeur: Path,
) -> None:
    run(classeur, "Ville", "Collaborateur")
    run(classeur, "Collaborateur", "Ville")
    wide = answers(classeur)[0]

    run(classeur, "Ville", "Collaborateur")

    assert wide[3:] == ["Bastia", "Bourg-en-Bresse", "Lyon"]
    assert answers(classeur)[0][3:] == ["AB", "CD"]
    assert find_flaws(classeur) == []
    shown = openpyxl.load_workbook(classeur)["Analyse croisée"]
    beyond = shown.tables["AnalyseCroisee"].ref.split(":")[1]
    assert beyond.startswith("H")
    assert {cell.value for row in shown["I7:L12"] for cell in row} == {None}


def test_departed_clients_are_not_counted_and_it_is_said(classeur: Path) -> None:
    write_clients(classeur, Sortie_le={"D2": date(2026, 6, 30), "D3": date(2027, 1, 1)})

    bilan = run(classeur, "Collaborateur", "Ville")

    assert bilan.analyse.phrases[1] == "1 client parti n’est pas compté."
    assert answers(classeur)[-2][:2] == ["Ensemble", 2]


def test_blanks_have_their_own_column(classeur: Path) -> None:
    run(classeur, "Collaborateur", "Civilité")

    assert answers(classeur)[0][3:] == ["Madame", "Monsieur", "Non renseigné"]


def test_fees_and_margins_are_summed_in_euros_where_they_are_known(classeur: Path) -> None:
    write_bills(classeur, (date(2026, 11, 2), "D1", 1000.4), (date(2026, 11, 2), "D3", 200))
    write_hours(classeur, ("D1", date(2026, 11, 2), "AB", 10, 50))

    bilan = run(classeur, "Collaborateur", "Ville", "Honoraires")

    assert answers(classeur)[1] == ["AB", 1000, pytest.approx(1000.4 / 1200.4), None, None, 1000]
    assert bilan.analyse.phrases[1] == "Honoraires : rien de connu pour 1 client."
    run(classeur, "Collaborateur", "Ville", "marge")
    assert answers(classeur)[1] == ["AB", 500, 1, None, None, 500]


def test_mean_notes_have_no_share(classeur: Path) -> None:
    noter.run(workbook := FileWorkbook(classeur), AU)
    workbook.save()

    run(classeur, "Collaborateur", "Ville", "note")

    told = answers(classeur)
    assert told[-1][0] == "Ensemble"
    assert told[1][2] is None
    notes = FileWorkbook(classeur).read_table("Clients").lignes.set_index("Dossier")["Note FE"]
    assert told[1][1] == pytest.approx((notes["D1"] + notes["D2"]) / 2, abs=0.051)


def test_a_class_of_value_and_figures_cut_in_bands_can_be_crossed(classeur: Path) -> None:
    write_bills(classeur, (date(2026, 11, 2), "D1", 1000), (date(2026, 11, 2), "D3", 200))
    workbook = FileWorkbook(classeur)
    more = [{"Dossier": f"E{n}", "CA HT": 1000 * n} for n in range(1, 13)]
    workbook.append_rows("Clients", pd.DataFrame(more))
    workbook.save()

    bilan = run(classeur, "abc", "CA HT")

    assert [row[0] for row in answers(classeur)] == ["ABC", "A", "B", "Non renseigné", "Ensemble", "Part du total"]  # fmt: skip
    assert answers(classeur)[0][3:] == ["moins de 4\u202f000", "4\u202f000 à 7\u202f000", "7\u202f000 à 10\u202f000", "10\u202f000 et plus", "Non renseigné"]  # fmt: skip
    assert bilan.analyse.phrases[1] == "« CA HT » est coupé en quarts des clients, arrondis."


def test_a_field_asked_for_that_nothing_bears_is_refused_with_the_nearest(classeur: Path) -> None:
    before = classeur.read_bytes()

    with pytest.raises(SaisieError, match=r"ce champ n’existe pas.*Essayez « Couleur »"):
        run(classeur, "couleurs", "Segment")

    assert classeur.read_bytes() == before


def test_a_field_typed_that_nothing_bears_is_told_with_its_cell_and_stays(classeur: Path) -> None:
    run(classeur)
    type_in(classeur, En_ligne="zzzz", En_colonne="Villle", Mesure="heures")

    bilan = run(classeur)

    table = FileWorkbook(classeur).read_table("AnalyseCroisee")
    row = table.lignes.index[0]
    told = [(a.cell, a.value, a.remedy, a.gravite) for a in bilan.anomalies if a.sheet == table.sheet]  # fmt: skip
    assert told == [
        (f"A{row}", "zzzz", "reprenez un intitulé de la feuille Clients", Gravite.A_CORRIGER),
        (f"B{row}", "Villle", "essayez « Ville » ou « Taille »", Gravite.A_CORRIGER),
        (f"C{row}", "heures", "écrivez Clients, Honoraires, Marge ou Note moyenne", Gravite.A_CORRIGER),
    ]  # fmt: skip
    assert sheet(classeur) == [
        [*FIXED, "Groupe", "Total", "Part du total"],
        ["zzzz", "Villle", "heures", None, None, None],
    ]
    assert bilan.releve.lignes.shape[0] == 3
    assert bilan.analyse.phrases[:2] == (
        "rien n’a été croisé.",
        "« zzzz » : ce champ n’existe pas, reprenez un intitulé de la feuille Clients.",
    )


def test_words_typed_further_down_stay_where_they_are(classeur: Path) -> None:
    run(classeur, "Collaborateur", "Ville")
    workbook = FileWorkbook(classeur)
    first = int(workbook.read_table("AnalyseCroisee").lignes.index[0])
    workbook.write_cells("AnalyseCroisee", {first + 1: {"En ligne": "Civilité"}})
    workbook.save()

    run(classeur)

    assert [row[0] for row in sheet(classeur)[1:3]] == ["Collaborateur", "Civilité"]


def test_titles_are_never_twice_the_same_nor_a_formula(classeur: Path) -> None:
    hostile = '=HYPERLINK("http://x";"y")'
    write_clients(classeur, Suivi={"D1": "Total", "D2": hostile, "D3": "R&D <Fils> {{7*7}}"})

    run(classeur, "Suivi", "Suivi")

    assert answers(classeur)[0] == ["Suivi", "Total", "Part du total", hostile, "R&D <Fils> {{7*7}}", "Total (2)"]  # fmt: skip
    assert find_flaws(classeur) == []
    assert [*sheet(classeur)[1][3:6]] == [hostile, 1, pytest.approx(1 / 3)]


def test_a_column_that_the_firm_calls_like_a_measure_is_the_firm_s(classeur: Path) -> None:
    write_clients(classeur, ABC={"D1": "oui"})

    run(classeur, "ABC", "Collaborateur")

    assert [row[0] for row in answers(classeur)][1:3] == ["oui", "Non renseigné"]


def test_what_stands_beside_the_table_is_never_covered(classeur: Path) -> None:
    run(classeur, "Ville", "Collaborateur")
    book = openpyxl.load_workbook(classeur)
    book["Analyse croisée"]["I8"] = "ma note"
    book.save(classeur)
    before = classeur.read_bytes()

    with pytest.raises(SaisieError, match="ne peut pas s’élargir"):
        run(classeur, "Collaborateur", "Ville")

    assert classeur.read_bytes() == before


def test_in_excel_the_same_table_is_written(classeur: Path, excel: TestExcel) -> None:
    run(classeur, "Ville", "Collaborateur")
    expected = sheet(classeur)
    book = excel.open(classeur)
    for fields in (("Collaborateur", "Ville"), ("Ville", "Collaborateur")):
        live = LiveWorkbook(book)
        valeur.run(live, AU, croiser=Demande(ligne=fields[0], colonne=fields[1]))
        live.save()

    table = LiveWorkbook(book).read_table("AnalyseCroisee").lignes

    assert [*table.columns] == expected[0]
    told = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    assert told == [[pytest.approx(x) if isinstance(x, float) else x for x in row] for row in expected[1:]]  # fmt: skip
