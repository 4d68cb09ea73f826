"""From a workbook full of names to one that holds none."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.actions.test_releve import add_bills
from tests.excel.opc import find_flaws

from segxl.actions import anonymiser
from segxl.actions.anonymiser import BilanAnonyme, Commande
from segxl.domain.anomalies import SaisieError
from segxl.domain.anonymat.etiquettes import IDENTIFIANTS
from segxl.domain.tableau import records_of
from segxl.excel.file import FileWorkbook

AU = date(2026, 11, 22)
SHORT = 5
"""A string as short as « D7 » is also a place in a sheet; cells are read one by one for those."""
IDENTIFYING = (*IDENTIFIANTS, "Civilité", "Code postal", "Code NAF", "Opposition")


@pytest.fixture
def portfolio(classeur: Path) -> Path:
    """Return a workbook of forty-three clients in four places; four others left, or are to come."""
    write_portfolio(classeur)
    return classeur


def write_portfolio(classeur: Path) -> None:
    rows = [
        {
            "Dossier": f"DOSS{i:03}", "Raison sociale": f"Zébulon {i:03} & Fils", "SIREN": f"{900000000 + i}",
            "Contact": f"Ysaline Quennec{i:03}", "E-mail": f"q{i:03}@zeb.example", "Adresse": f"{i} impasse Wagnon",
            "Collaborateur": "Oriane Vastel", "Code postal": ("69003", "01000", "20137", "97411")[i % 4],
            "Ville": "Trifouillis", "Code NAF": ("62.01Z", "47.11F")[i % 2], "Taille": "PME",
            "Commentaire": "mauvais payeur", "Honoraires annuels": 1000.0 + 137 * i, "Groupe": "Tribu Wagnon",
            "Assujetti TVA": "Oui", "Sensibilisation": "Informé", "Segment imposé": "Prêt" if i == 1 else None,
            "Motif": "ami du patron" if i == 1 else None,
        }
        for i in range(44)
    ]  # fmt: skip
    workbook = FileWorkbook(classeur)
    workbook.append_rows("Clients", pd.DataFrame(rows, dtype=object))
    workbook.save()
    workbook = FileWorkbook(classeur)
    lignes = workbook.read_table("Clients").lignes
    first, *_ = lignes.index[lignes["Dossier"] == "DOSS000"]
    gone = {int(first) + i: {"Sortie le": date(2026, 5, 1)} for i in range(3)}
    later = {int(first) + 3: {"Entrée le": date(2027, 1, 1)}}
    workbook.write_cells(
        "Clients", gone | later | {int(first) + 4: {"Entrée le": date(2016, 1, 1)}}
    )
    workbook.save()
    add_bills(classeur, (date(2026, 1, 31), "DOSS010", 4567.89, None, "FA-ZEB-1"))


def run(classeur: Path, name: str = "anonyme.xlsx", au: date = AU) -> BilanAnonyme:
    commande = Commande(classeur=classeur, vers=classeur.parent / name, au=au)
    return anonymiser.run(FileWorkbook(classeur, to_write=False), commande)


def table(path: Path, sheet: str = "Clients") -> pd.DataFrame:
    cells = openpyxl.load_workbook(path)[sheet]
    (ref, *_) = (t.ref for t in cells.tables.values() if t.displayName == sheet)
    head, *rows = [[cell.value for cell in row] for row in cells[ref]]
    return pd.DataFrame(rows, columns=head)


def test_each_client_has_one_row_of_figures(portfolio: Path) -> None:
    before = portfolio.read_bytes()

    bilan = run(portfolio)

    told = table(bilan.fichier)
    assert (bilan.clients, bilan.absents) == (43, 4)
    assert [*told["N°"]] == [*range(1, 44)]
    assert set(told["Secteur"].dropna()) == {"47", "62"}
    assert (told["Honoraires HT (€)"].dropna() % 100 == 0).all()
    assert 4600 in [*told["Honoraires HT (€)"]]
    assert [*told["Ancienneté (ans)"].dropna()] == [10]
    assert portfolio.read_bytes() == before


def test_nothing_of_who_a_client_is_stands_in_any_part(portfolio: Path) -> None:
    path = run(portfolio).fichier

    lignes = FileWorkbook(portfolio, to_write=False).read_table("Clients").lignes
    names = {str(v) for h in IDENTIFYING if h in lignes for v in lignes[h].dropna()}
    names |= {"FA-ZEB-1", "Cabinet Exemple", "4567.89", "mauvais payeur", "openpyxl"}
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n).decode("utf-8", "replace") for n in archive.namelist()}
    for name in names:
        if len(name) >= SHORT:
            assert [part for part, text in parts.items() if name in text] == []
    texts = {c.value for s in openpyxl.load_workbook(path) for row in s.iter_rows() for c in row if isinstance(c.value, str)}  # fmt: skip
    assert not {text for text in texts if text in names}


def test_the_same_portfolio_gives_the_same_bytes_in_any_order(portfolio: Path) -> None:
    first = run(portfolio).fichier.read_bytes()
    again = run(portfolio, "encore.xlsx").fichier.read_bytes()
    lignes = FileWorkbook(portfolio, to_write=False).read_table("Clients").lignes
    columns = ["Code postal", "Code NAF", "Honoraires annuels", "Entrée le", "Sortie le"]
    late = lignes.index[lignes["Dossier"].isin([f"DOSS{i:03}" for i in range(20, 44)])]
    workbook = FileWorkbook(portfolio)
    for row, (_, cells) in zip(
        late, reversed([*records_of(lignes.loc[late, columns])]), strict=True
    ):
        workbook.write_cells("Clients", {int(row): cells})
    workbook.save()

    assert again == first
    assert run(portfolio, "autre ordre.xlsx").fichier.read_bytes() == first


def test_who_could_be_recognised_is_told_with_less(portfolio: Path) -> None:
    bilan = run(portfolio)

    kinds = table(bilan.fichier)[["Secteur", "Département", "Taille"]].fillna("")
    assert kinds.groupby([*kinds.columns]).size().min() >= 5
    assert sum(bilan.tues.values()) > 0
    notes = [str(c.value) for c in openpyxl.load_workbook(bilan.fichier)["Clients"]["A"][:6]]
    assert any("Cases tues ici : Département" in note for note in notes)
    assert any("engagement de confidentialité" in note for note in notes)


def test_the_portfolio_is_told_as_a_whole(portfolio: Path) -> None:
    path = run(portfolio).fichier

    told = table(path, "Portefeuille").set_index("Chiffre")["Valeur"]
    book = openpyxl.load_workbook(path)
    assert told["Clients"] == 43
    yearly = sum(1000 + 137 * i for i in range(4, 44) if i != 10)
    assert told["Honoraires HT (€)"] == round(yearly + 4567.89, 2)
    assert "Courbe" in book["Portefeuille"].tables


def test_a_segment_that_names_a_client_is_told_by_a_number(portfolio: Path) -> None:
    workbook = FileWorkbook(portfolio)
    rules = workbook.read_table("Segments").lignes
    last = int(rules.index[rules["Segment"] == "À qualifier"][0])
    workbook.write_cells("Segments", {last: {"Segment": "Comme Ostra Conseil"}})
    workbook.save()

    bilan = run(portfolio)

    assert bilan.masques == 1
    assert any(word.startswith("Segment ") for word in table(bilan.fichier)["Segment"])
    with zipfile.ZipFile(bilan.fichier) as archive:
        assert not any(b"Ostra" in archive.read(name) for name in archive.namelist())


def test_the_file_opens_without_a_repair(portfolio: Path) -> None:
    assert not find_flaws(run(portfolio).fichier)


def test_the_workbook_itself_is_never_written_over(portfolio: Path) -> None:
    before = portfolio.read_bytes()

    with pytest.raises(SaisieError, match=r"le classeur du cabinet lui-même.*un autre nom"):
        run(portfolio, portfolio.name)

    assert portfolio.read_bytes() == before


def test_another_file_is_never_written_over(portfolio: Path) -> None:
    run(portfolio)

    with pytest.raises(SaisieError, match="supprimez d’abord ce fichier"):
        run(portfolio)


def test_a_name_that_excel_would_not_open_is_refused(portfolio: Path) -> None:
    with pytest.raises(SaisieError, match=r"un classeur \.xlsx"):
        run(portfolio, "anonyme.docx")


def test_a_folder_that_cannot_be_written_is_told(portfolio: Path) -> None:
    (portfolio.parent / "pris").write_text("")

    with pytest.raises(SaisieError, match="ne peut pas être enregistré ici"):
        run(portfolio, "pris/anonyme.xlsx")


def test_too_few_clients_have_no_anonymous_file(classeur: Path) -> None:
    with pytest.raises(SaisieError, match="moins de 5 clients"):
        run(classeur)

    assert not (classeur.parent / "anonyme.xlsx").exists()
