"""From the firm's own files to the sheet Honoraires and to what each client brings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws
from tests.sources.cabinet import FecCabinet, year_of_the_firm

from segxl.actions import honoraires
from segxl.actions.honoraires import BilanHonoraires
from segxl.domain.anomalies import SaisieError
from segxl.domain.honoraires.factures import HEADERS
from segxl.domain.honoraires.rattachement import ABSENT, COLLECTIF, CONTREDIT
from segxl.domain.saisie import parse_date
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
AU = date(2026, 11, 22)
SIREN_OSTRA, SIREN_LUMO = "000000042", "000000026"
CSV = "Code client;Client;Date facture;N° facture;Total HT;Total TTC;Payée le\n"


@pytest.fixture
def classeur(classeur: Path) -> Path:
    """Return the workbook of three clients, two with their SIREN."""
    write_clients(classeur, SIREN={"D1": SIREN_LUMO, "D3": SIREN_OSTRA})
    return classeur


@pytest.fixture
def fec(tmp_path: Path) -> Path:
    """Return the FEC of the firm for 2025."""
    return year_of_the_firm().save(tmp_path)


def write_clients(path: Path, **columns: dict[str, object]) -> None:
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


def run(path: Path, *files: Path, au: date = AU, simulation: bool = False) -> BilanHonoraires:
    workbook = FileWorkbook(path)
    bilan = honoraires.run(workbook, files, au, simulation=simulation)
    workbook.save()
    return bilan


def lines_of(path: Path) -> list[tuple[object, ...]]:
    """Return the rows of the sheet: day, dossier, euros, paid on, days late, document."""
    lignes = FileWorkbook(path).read_table("Honoraires").lignes
    rows = lignes[[h for h in HEADERS if h != "Source"]].to_numpy().tolist()
    return [(parse_date(d), *rest[:2], rest[2] and parse_date(rest[2]), *rest[3:]) for d, *rest in rows]  # fmt: skip


def clients_of(path: Path, header: str) -> dict[str, Any]:
    lignes = FileWorkbook(path).read_table("Clients").lignes
    return dict(zip(lignes["Dossier"], lignes[header], strict=True))


# — from the FEC —


def test_the_fec_fills_the_sheet_by_account_name_and_siren(classeur: Path, fec: Path) -> None:
    run(classeur, fec)

    assert lines_of(classeur) == [
        (date(2025, 1, 31), "D1", 1000, date(2025, 3, 12), 10, "F001"),
        (date(2025, 2, 28), "D1", 500, date(2025, 3, 10), 0, "F002"),
        (date(2025, 3, 31), "D1", -100, None, None, "A001"),
        (date(2025, 4, 30), "D2", 300, None, None, "F003"),
        (date(2025, 5, 31), "D3", 400, None, None, "F004"),
    ]
    assert FileWorkbook(classeur).read_table("Honoraires").sheet == "Honoraires"
    assert not find_flaws(classeur)


def test_what_has_no_dossier_is_listed_with_the_closest_name_and_not_written(
    classeur: Path, fec: Path
) -> None:
    bilan = run(classeur, fec)

    told = [(i.tiers.code, i.montant, i.rattachement.motif, i.proche) for i in bilan.inconnus]
    assert told == [("CLUM", 20000, ABSENT, "Lumo Énergie"), ("CDIV", 5000, COLLECTIF, "")]
    assert (bilan.total, bilan.rattache) == (235000, 210000)


def test_a_second_run_adds_nothing(classeur: Path, fec: Path) -> None:
    run(classeur, fec)
    before = lines_of(classeur)

    bilan = run(classeur, fec)

    assert bilan.is_empty
    assert (bilan.ajoutees, bilan.connues) == (0, 5)
    assert lines_of(classeur) == before


def test_a_simulation_writes_nothing(classeur: Path, fec: Path) -> None:
    bilan = run(classeur, fec, simulation=True)

    assert bilan.ajoutees == 5
    assert not FileWorkbook(classeur).has_table("Honoraires")
    assert clients_of(classeur, "Honoraires annuels")["D1"] is None


def test_an_invoice_paid_since_gets_its_day_and_a_typed_day_stays(
    classeur: Path, tmp_path: Path
) -> None:
    """Given two open invoices, one of which a person says is paid, when the FEC says both are."""
    first = FecCabinet()
    first.bill("01-31", "D1", 100, "F1")
    first.bill("02-28", "D1", 200, "F2")
    run(classeur, first.save(tmp_path))
    workbook = FileWorkbook(classeur)
    rows = workbook.read_table("Honoraires").lignes.index
    workbook.write_cells("Honoraires", {rows[1]: {"Payée le": date(2025, 4, 30)}})
    workbook.save()
    later = FecCabinet()
    later.bill("01-31", "D1", 100, "F1", lettre="A")
    later.pay("03-07", "D1", 120, "A")
    later.bill("02-28", "D1", 200, "F2", lettre="B")
    later.pay("03-07", "D1", 240, "B")

    bilan = run(classeur, later.save(tmp_path))

    assert bilan.payees == 1
    assert [line[3:5] for line in lines_of(classeur)] == [
        (date(2025, 3, 7), 5),
        (date(2025, 4, 30), 31),
    ]


def test_a_delay_of_the_firm_counts_instead_of_thirty_days(classeur: Path, fec: Path) -> None:
    workbook = FileWorkbook(classeur)
    delai = {"Paramètre": ["Délai de paiement (jours)"], "Valeur": [0]}
    workbook.append_rows("Parametres", pd.DataFrame(delai))
    workbook.save()

    run(classeur, fec)

    assert [line[4] for line in lines_of(classeur)][:2] == [40, 10]


def test_one_file_given_twice_counts_once(classeur: Path, fec: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copie"
    folder.mkdir()
    copy = year_of_the_firm().save(folder)

    bilan = run(classeur, fec, copy, fec)

    assert bilan.ajoutees == 5
    assert bilan.total == 235000


def test_two_equal_invoices_of_one_day_without_number_are_two(
    classeur: Path, tmp_path: Path
) -> None:
    export = tmp_path / "factures.csv"
    export.write_text(CSV + "D1;Lumo;05/01/2026;;100;120;\n" * 2, "utf-8")

    run(classeur, export)

    assert run(classeur, export).ajoutees == 0
    assert len(lines_of(classeur)) == 2


def test_what_two_clues_say_differently_is_left_to_a_person(classeur: Path, tmp_path: Path) -> None:
    fec = FecCabinet()
    fec.bill("01-31", "D1", 100, "F1", "Ostra Conseil")

    bilan = run(classeur, fec.save(tmp_path))

    assert [i.rattachement.motif for i in bilan.inconnus] == [CONTREDIT]
    assert bilan.inconnus[0].rattachement.candidats == ("D1", "D3")
    assert not FileWorkbook(classeur).has_table("Honoraires")


def test_a_column_of_accounts_says_who_is_who(classeur: Path, fec: Path) -> None:
    write_clients(classeur, Compte_auxiliaire={"D1": "CLUM ; CDIV"})

    bilan = run(classeur, fec)

    assert not bilan.inconnus
    assert [line[1] for line in lines_of(classeur)].count("D1") == 5


def test_the_word_of_the_firm_settles_what_clues_say_differently(
    classeur: Path, tmp_path: Path
) -> None:
    write_clients(classeur, Compte_auxiliaire={"D3": "d1"})
    fec = FecCabinet()
    fec.bill("01-31", "D1", 100, "F1", "Lumo Énergie")

    run(classeur, fec.save(tmp_path))

    assert [line[1] for line in lines_of(classeur)] == ["D3"]


def test_a_general_account_is_no_dossier(classeur: Path, tmp_path: Path) -> None:
    """Given the dossier 1 and a customer account 4111, when no auxiliary account says who."""
    workbook = FileWorkbook(classeur)
    workbook.append_rows("Clients", pd.DataFrame({"Dossier": ["1"], "Raison sociale": ["Clients"]}))
    workbook.save()
    fec = FecCabinet()
    fec.bill("01-31", "", 100, "F1")

    bilan = run(classeur, fec.save(tmp_path))

    assert [i.rattachement.motif for i in bilan.inconnus] == [COLLECTIF]


def test_the_fec_of_a_client_is_refused(classeur: Path, tmp_path: Path) -> None:
    fec = year_of_the_firm().save(tmp_path, SIREN_LUMO)

    with pytest.raises(SaisieError, match="celui du dossier D1"):
        run(classeur, fec)


def test_sales_without_a_customer_are_told(classeur: Path, tmp_path: Path) -> None:
    fec = FecCabinet()
    fec.bill("01-31", "D1", 100, "F1")
    fec.sell_cash("02-10", 70)

    bilan = run(classeur, fec.save(tmp_path))

    assert bilan.fichiers[0].hors_clients == 7000


def test_an_entry_of_several_customers_is_shared_to_the_cent(
    classeur: Path, tmp_path: Path
) -> None:
    fec = FecCabinet()
    fec.bill_several("01-31", {"D1": 33.33, "D2": 66.67, "D3": 0.01}, "F1")

    bilan = run(classeur, fec.save(tmp_path))

    assert [line[2] for line in lines_of(classeur)] == [33.33, 66.67, 0.01]
    assert bilan.fichiers[0].partagees == 3


# — from one year to the next —


def two_invoices_of_2025() -> FecCabinet:
    """Return a year whose two last invoices, of equal amounts, are not paid."""
    fec = FecCabinet(2025)
    fec.bill("01-31", "D1", 100, "F0", lettre="A")
    fec.pay("02-28", "D1", 120, "A")
    fec.bill("11-30", "D1", 200, "F1", lettre="B")
    fec.bill("12-31", "D1", 200, "F2")
    return fec


def opened_by_invoice() -> FecCabinet:
    fec = FecCabinet(2026)
    fec.carry("D1", 240, "F1", "A")
    fec.carry("D1", 240, "F2", "C")
    fec.pay("01-20", "D1", 240, "A")
    fec.pay("02-27", "D1", 240, "C")
    return fec


def opened_by_amount() -> FecCabinet:
    fec = FecCabinet(2026)
    fec.carry("D1", 240, "AN", "A")
    fec.carry("D1", 240, "AN", "C")
    fec.pay("02-27", "D1", 240, "C")
    fec.pay("01-20", "D1", 240, "A")
    return fec


def opened_by_balance() -> FecCabinet:
    fec = FecCabinet(2026)
    fec.carry("D1", 480, "AN", "A")
    fec.pay("01-20", "D1", 240, "A")
    fec.pay("02-27", "D1", 240, "A")
    return fec


def lettered_across_years() -> FecCabinet:
    """Return a year that pays one invoice under the letter that it had, and says nothing more."""
    fec = FecCabinet(2026)
    fec.carry("D1", 480)
    fec.pay("01-20", "D1", 240, "B")
    return fec


def opened_by_another_balance() -> FecCabinet:
    fec = FecCabinet(2026)
    fec.carry("D1", 500, "AN", "A")
    fec.pay("01-20", "D1", 500, "A")
    return fec


def opened_and_still_owed() -> FecCabinet:
    fec = FecCabinet(2026)
    fec.carry("D1", 240, "F1", "A")
    fec.carry("D1", 240, "F2")
    fec.pay("01-20", "D1", 240, "A")
    return fec


FIRST, SECOND = date(2026, 1, 20), date(2026, 2, 27)
FOLLOWING = [
    (opened_by_invoice, [FIRST, SECOND]),
    (opened_by_amount, [FIRST, SECOND]),
    (opened_by_balance, [SECOND, SECOND]),
    (opened_by_another_balance, [None, None]),
    (opened_and_still_owed, [FIRST, None]),
]


def paid_of(path: Path) -> list[object]:
    return [line[3] for line in lines_of(path)]


@pytest.mark.parametrize(
    ("following", "paid"), [*FOLLOWING, (lettered_across_years, [FIRST, None])]
)
def test_two_years_given_together_tell_what_the_second_paid_of_the_first(
    following: Callable[[], FecCabinet], paid: list[object], classeur: Path, tmp_path: Path
) -> None:
    years = two_invoices_of_2025().save(tmp_path), following().save(tmp_path)

    run(classeur, *years)
    again = run(classeur, *years)

    assert paid_of(classeur) == [date(2025, 2, 28), *paid]
    assert again.is_empty


@pytest.mark.parametrize(("following", "paid"), FOLLOWING)
def test_a_year_given_after_another_fills_what_was_left_blank(
    following: Callable[[], FecCabinet], paid: list[object], classeur: Path, tmp_path: Path
) -> None:
    run(classeur, two_invoices_of_2025().save(tmp_path))
    later = following().save(tmp_path)

    bilan = run(classeur, later)
    again = run(classeur, later)

    assert paid_of(classeur) == [date(2025, 2, 28), *paid]
    assert bilan.payees == len([day for day in paid if day])
    assert (bilan.ajoutees, again.is_empty) == (0, True)


def test_days_late_follow_a_payment_of_the_next_year(classeur: Path, tmp_path: Path) -> None:
    run(classeur, two_invoices_of_2025().save(tmp_path))

    run(classeur, opened_by_invoice().save(tmp_path))

    assert [line[4] for line in lines_of(classeur)] == [0, 21, 28]


def test_the_letter_of_another_year_pays_nothing_of_this_one(
    classeur: Path, tmp_path: Path
) -> None:
    """Given the letter A in two years, each balanced, an invoice keeps the day of its own."""
    after = FecCabinet(2026)
    after.bill("03-31", "D1", 100, "G1", lettre="A")
    after.pay("04-30", "D1", 120, "A")

    run(classeur, two_invoices_of_2025().save(tmp_path), after.save(tmp_path))

    assert paid_of(classeur) == [date(2025, 2, 28), None, None, date(2026, 4, 30)]


def test_a_day_that_was_typed_stays_when_the_next_year_says_another(
    classeur: Path, tmp_path: Path
) -> None:
    run(classeur, two_invoices_of_2025().save(tmp_path))
    workbook = FileWorkbook(classeur)
    row = workbook.read_table("Honoraires").lignes.index[1]
    workbook.write_cells("Honoraires", {row: {"Payée le": date(2026, 1, 2)}})
    workbook.save()

    run(classeur, opened_by_invoice().save(tmp_path))

    assert paid_of(classeur)[1:] == [date(2026, 1, 2), SECOND]


def test_three_years_pay_each_invoice_once(classeur: Path, tmp_path: Path) -> None:
    """Given equal fees each year, a debit of 2027 is the invoice of 2026, not one already paid."""
    second = opened_by_amount()
    second.bill("12-31", "D1", 200, "F3")
    third = FecCabinet(2027)
    third.carry("D1", 240, "AN", "A")
    third.pay("01-15", "D1", 240, "A")
    years = two_invoices_of_2025(), second, third

    run(classeur, *(year.save(tmp_path) for year in years), au=date(2027, 6, 30))

    assert paid_of(classeur) == [date(2025, 2, 28), FIRST, SECOND, date(2027, 1, 15)]


# — what each client brings —


def test_each_client_has_its_fees_its_delay_and_its_last_invoice(classeur: Path, fec: Path) -> None:
    bilan = run(classeur, fec)

    assert [*bilan.clients.loc["D1"]] == [140000, 5.0, date(2025, 2, 28)]
    assert bilan.clients["honoraires"].to_dict() == {"D1": 140000, "D3": 40000, "D2": 30000}
    assert (bilan.periode.du, bilan.periode.au) == (date(2025, 1, 1), date(2025, 12, 31))


def test_blank_annual_fees_are_filled_and_typed_ones_are_only_compared(
    classeur: Path, fec: Path
) -> None:
    write_clients(classeur, Honoraires_annuels={"D2": 310, "D3": 500})

    bilan = run(classeur, fec)

    assert clients_of(classeur, "Honoraires annuels") == {"D1": 1400, "D2": 310, "D3": 500}
    assert [a.value for a in bilan.ecarts] == [500]
    assert "400" in str(bilan.ecarts[0])


def test_less_than_twelve_months_fill_nothing(classeur: Path, tmp_path: Path) -> None:
    fec = FecCabinet()
    fec.bill("02-28", "D1", 100, "F1")
    fec.rent("12-31")

    bilan = run(classeur, fec.save(tmp_path))

    assert not bilan.periode.est_entiere
    assert clients_of(classeur, "Honoraires annuels")["D1"] is None


def test_invoices_after_the_day_are_left_out(classeur: Path, fec: Path) -> None:
    bilan = run(classeur, fec, au=date(2025, 3, 15))

    assert [line[5] for line in lines_of(classeur)] == ["F001", "F002"]
    assert bilan.tardives == 5


# — in an open workbook —


def test_excel_gets_the_same_rows_as_the_file(
    classeur: Path, fec: Path, tmp_path: Path, excel: TestExcel
) -> None:
    book = excel.open(classeur)
    live = LiveWorkbook(book)

    honoraires.run(live, [fec], AU)
    live.save()
    by_excel = excel.save(book, tmp_path / "ouvert.xlsx")
    run(classeur, fec)

    assert lines_of(by_excel) == lines_of(classeur)
    assert clients_of(by_excel, "Honoraires annuels") == clients_of(classeur, "Honoraires annuels")


# — from an export —


def test_a_billing_export_fills_the_same_sheet(classeur: Path, tmp_path: Path) -> None:
    export = tmp_path / "factures.csv"
    rows = (
        "D1;Lumo;05/01/2026;F1;1 000,50;1 200,60;15/02/2026",
        ";Ostra Conseil;06/01/2026;F2;80;96;",
        ";Inconnue;07/01/2026;=HYPERLINK(1);10;12;",
        "D2;;08/01/2026;=1+1;20;24;",
        "D2;;;F5;30;36;",
        ";Total;;;1110,50;;",
    )
    export.write_text(CSV + "\n".join(rows) + "\n", "cp1252")

    bilan = run(classeur, export)

    assert lines_of(classeur) == [
        (date(2026, 1, 5), "D1", 1000.5, date(2026, 2, 15), 11, "F1"),
        (date(2026, 1, 6), "D3", 80, None, None, "F2"),
        (date(2026, 1, 8), "D2", 20, None, None, "=1+1"),
    ]
    assert [i.nom for i in bilan.inconnus] == ["Inconnue"]
    assert [a.cell for a in bilan.anomalies] == ["ligne 6"]
    assert not FileWorkbook(classeur).read_formulas("Honoraires").get("Pièce")


def test_a_row_called_avoir_takes_money_back(classeur: Path, tmp_path: Path) -> None:
    export = tmp_path / "factures.csv"
    rows = "Dossier;Type;Date;HT\nD1;Facture;05/01/2026;100\nD1;Avoir;06/01/2026;40\n"
    export.write_text(rows, "utf-8")

    run(classeur, export)

    assert [line[2] for line in lines_of(classeur)] == [100, -40]


def test_an_export_without_amount_before_vat_is_refused(classeur: Path, tmp_path: Path) -> None:
    export = tmp_path / "factures.csv"
    export.write_text("Dossier;Date;Total TTC\nD1;05/01/2026;120\n", "utf-8")

    with pytest.raises(SaisieError, match="Montant HT"):
        run(classeur, export)


def test_one_bad_file_of_two_changes_nothing(classeur: Path, fec: Path, tmp_path: Path) -> None:
    empty = tmp_path / "vide.csv"
    empty.write_text("", "utf-8")

    with pytest.raises(SaisieError, match="vide"):
        run(classeur, fec, empty)

    assert not FileWorkbook(classeur).has_table("Honoraires")


# — the sheet in the hands of people —


def test_a_row_that_cannot_be_read_is_told_and_left_alone(classeur: Path, fec: Path) -> None:
    run(classeur, fec)
    workbook = FileWorkbook(classeur)
    rows = workbook.read_table("Honoraires").lignes.index
    workbook.write_cells(
        "Honoraires", {rows[3]: {"Date": "avril"}, rows[4]: {"Payée le": "jamais"}}
    )
    workbook.save()

    bilan = run(classeur, fec)

    assert [a.value for a in bilan.anomalies] == ["avril", "jamais"]


def test_a_table_of_that_name_which_is_somebody_elses_is_refused(classeur: Path, fec: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table("Honoraires", "Mes honoraires", {"Nom": 20})
    workbook.save()

    with pytest.raises(SaisieError, match="Honoraires"):
        run(classeur, fec)
