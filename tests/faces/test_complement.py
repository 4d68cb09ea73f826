"""From a click on the tab to the cells and the message, through the built add-in.

Ribbon callback → VBA of workbook/segxl.xlam → xlwings' RunPython → the face → xlwings' engine for
Windows → cells → message box: nothing of it is replaced but Excel itself and its DLL.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
import xlwings as xw
from tests.actions.listes import write_plain
from tests.actions.test_releve import append_bills
from tests.domain.faits.ecritures import DATA
from tests.engine.addin import CONF, load_addin, messages
from tests.engine.addin import press as click
from tests.engine.com import Com
from tests.engine.edge import Edge
from tests.engine.excel import TestExcel
from tests.engine.pywin32 import KEYS_DOWN
from tests.sources.cabinet import year_of_the_firm

from segxl.actions import noter
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook
from segxl.faces.boutons import BUTTONS
from segxl.faces.cli import app
from segxl.shipped import shipped_path
from segxl.sources.demonstration import siren_number

ADDIN = shipped_path("workbook/segxl.xlam")
ONLY_IN_A_TERMINAL = {"demo", "faits", "installer", "desinstaller"}
"""A demonstration is for a first look; installing changes the file that Excel holds open; facts want no workbook."""
OLD = Path(__file__).parent.parent / "actions" / "data" / "version_0.xlsx"
ONLY_IN_EXCEL = {"tableau", "aide"}
"""Ways to a sheet and to the guide, which a terminal has no use for."""

pytestmark = pytest.mark.memory


@dataclass
class Desk:
    """A person in front of Excel, with the add-in and a workbook."""

    excel: TestExcel
    edge: Edge
    book: xw.Book

    def press(self, tag: str, answer: object = None) -> str:
        """Click, choose files where asked, and return what was said, by VBA or by Python."""
        said, boxes = len(messages(self.excel.application)), len(self.excel.boxes.shown)
        self.edge.answer = False if answer is None else answer
        click(self.excel.application, tag)
        told = messages(self.excel.application)[said:] + self.excel.boxes.shown[boxes:]
        return "\n".join(told)

    def select(self, address: str, sheet: str = "Clients") -> None:
        self.book.sheets[sheet].activate()
        self.book.sheets[sheet][address].select()

    def clients(self, folder: Path) -> pd.DataFrame:
        path = self.excel.save(self.book, folder / "enregistré.xlsx")
        return FileWorkbook(path).read_table("Clients").lignes.set_index("Dossier")


@pytest.fixture
def desk(excel: TestExcel, classeur: Path) -> Desk:
    """Return a desk where the workbook of three clients is open."""
    book = excel.open(classeur)
    edge = load_addin(excel.application, ADDIN, run=runner(excel))
    desk = Desk(excel, edge, book)
    desk.select("A6")
    return desk


def runner(excel: TestExcel) -> Callable[[str, Any], None]:
    """Return what Python does with the code of a click."""

    def run(code: str, active: Any) -> None:  # noqa: ANN401  a workbook of pyOpenVBA
        excel.call_from(None if active is None else Com(active))
        exec(code, {})  # noqa: S102  as xlwings' server does

    return run


# — every button, done —


def test_noter(desk: Desk, classeur: Path, tmp_path: Path) -> None:
    file = FileWorkbook(classeur)
    noter.run(file, date.today())  # noqa: DTZ011  the day of the click
    file.save_as(tmp_path / "terminal.xlsx")

    told = desk.press("noter")

    by_click, by_command = desk.clients(tmp_path), FileWorkbook(tmp_path / "terminal.xlsx")
    expected = by_command.read_table("Clients").lignes.set_index("Dossier")
    assert told.startswith("3 dossiers notés")
    pd.testing.assert_frame_equal(by_click, expected)


def test_controler(desk: Desk) -> None:
    assert desk.press("controler") == "Aucune anomalie : tout se lit."


def test_expliquer(desk: Desk) -> None:
    told = desk.press("expliquer")

    assert told.startswith("D2 Père & Fils <SARL>")
    assert desk.book.sheets.active.name == "Explication"


def test_importer(desk: Desk, tmp_path: Path) -> None:
    export = tmp_path / "Été d'Arc & Fils.csv"
    export.write_text("Dossier;Ville\nD1;Gap\n", "utf-8")
    other = tmp_path / "deux.csv"
    other.write_text("Dossier;Ville\nD2;Pau\n", "utf-8")

    told = desk.press("importer", [str(export), str(other)])

    assert "Écrire ces changements" in told
    assert [*desk.clients(tmp_path)["Ville"]] == ["Gap", "Pau", "Bastia"]


@pytest.mark.parametrize(
    ("tag", "letters"),
    [("courriers_selection", ["D2"]), ("courriers_segment", ["D2"]), ("courriers_tous", ["D1", "D2", "D3"])],
)  # fmt: skip
def test_courriers(desk: Desk, classeur: Path, tag: str, letters: list[str]) -> None:
    desk.press("noter")
    desk.select("A6")

    told = desk.press(tag)

    written = sorted(p.name[:2] for p in (classeur.parent / "Courriers").glob("*.docx"))
    assert f"{len(letters)} courrier" in told
    assert written == letters


def test_tableau(desk: Desk) -> None:
    assert desk.press("tableau") == ""
    assert desk.book.sheets.active.name == "Tableau de bord"


def test_nouveau(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "Nouveau cabinet.xlsx"

    told = desk.press("nouveau", str(path))

    assert told.startswith("Classeur créé")
    assert path.is_file()


def test_nouveau_from_the_list_in_front(desk: Desk, tmp_path: Path) -> None:
    desk.excel.open(write_plain(tmp_path / "Nos clients.xlsx"))

    told = desk.press("nouveau")

    made = tmp_path / "Nos clients - segxl.xlsx"
    assert "Créer « Nos clients - segxl.xlsx » à côté de votre classeur" in told
    assert made.name in [book.name for book in desk.book.app.books]
    assert len(FileWorkbook(made).read_table("Clients").lignes) == 12


def test_nouveau_takes_the_sheet_in_front(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "Nos clients.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for sheet in ("Principale", "Autres"):
            for row in range(3 if sheet == "Principale" else 1):
                page = made.get_worksheet_by_name(sheet) or made.add_worksheet(sheet)
                page.write_row(0, 0, ["Code", "Nom"])
                page.write_row(1 + row, 0, [f"Z{row}", "Lumo"])
    desk.excel.open(path).sheets["Autres"].activate()

    told = desk.press("nouveau")

    assert "Nos clients.xlsx (feuille « Autres ») : 1 client" in told


def test_nouveau_from_the_list_in_front_given_up(desk: Desk, tmp_path: Path) -> None:
    desk.excel.open(write_plain(tmp_path / "Nos clients.xlsx"))
    desk.excel.boxes.answers.append(desk.excel.boxes.NO)

    told = desk.press("nouveau")

    assert told.endswith("Rien n’a été créé.")
    assert [*tmp_path.glob("*segxl*")] == []


def test_nouveau_with_a_blank_workbook_in_front_asks_where(desk: Desk, tmp_path: Path) -> None:
    desk.excel.add()

    desk.press("nouveau", str(tmp_path / "Cabinet.xlsx"))

    assert (tmp_path / "Cabinet.xlsx").is_file()


def test_nouveau_from_a_workbook_without_a_list(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "Notes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write("A1", "rien à voir")
    desk.excel.open(path)

    told = desk.press("nouveau")

    assert "Notes.xlsx" in told
    assert [*tmp_path.glob("*segxl*")] == []


def test_actualiser(desk: Desk) -> None:
    assert desk.press("actualiser") == "Ce classeur est à jour."


def test_actualiser_makes_a_copy_of_an_older_workbook(desk: Desk, tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD, tmp_path / "Ancien.xlsx"))
    desk.excel.open(path)

    told = desk.press("actualiser")

    made = tmp_path / "Ancien - à jour.xlsx"
    assert str(made) in told
    assert "Priorité" in FileWorkbook(made).read_table("Clients").letters
    assert path.read_bytes() == OLD.read_bytes()


def test_noter_tells_how_to_bring_an_older_workbook_up_to_date(desk: Desk, tmp_path: Path) -> None:
    desk.excel.open(Path(shutil.copy(OLD, tmp_path / "Ancien.xlsx")))

    assert "« Mettre à jour le classeur »" in desk.press("noter")


def test_actualiser_over_another_file(desk: Desk, tmp_path: Path) -> None:
    desk.excel.open(Path(shutil.copy(OLD, tmp_path / "Ancien.xlsx")))
    (tmp_path / "Ancien - à jour.xlsx").write_bytes(b"x")

    assert "un fichier porte déjà ce nom" in desk.press("actualiser")


def test_diagnostic(desk: Desk) -> None:
    told = desk.press("diagnostic")

    assert "segxl dans Excel" in told


def test_redemarrer(desk: Desk) -> None:
    desk.press("noter")

    told = desk.press("redemarrer")

    assert told == "Python a été arrêté\u00a0; il repartira au prochain clic."
    assert desk.edge.servers[-1][1] == -1


def test_plan(desk: Desk) -> None:
    told = desk.press("plan")

    assert "dans la feuille Plan" in told
    assert desk.book.sheets.active.name == "Plan"
    assert "À rencontrer" in [sheet.name for sheet in desk.book.sheets]


def test_plan_agenda(desk: Desk, classeur: Path) -> None:
    told = desk.press("plan_agenda")

    agenda = classeur.parent / "plan.ics"
    assert str(agenda) in told
    assert agenda.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_plateformes(desk: Desk, tmp_path: Path) -> None:
    export = tmp_path / "états.csv"
    sheet = desk.book.sheets["Clients"]
    place = sheet["A4:CN4"].raw_value[0].index("SIREN")
    sheet[4, place].value = siren_number(1)
    export.write_text(
        f"SIREN;Plateforme;Statut;Date\n{siren_number(1)};Exemplia;Mandat à signer;02/11/2026\n",
        "utf-8",
    )

    told = desk.press("plateformes", [str(export)])

    assert "Écrire ces changements" in told
    assert desk.clients(tmp_path)["Statut plateforme"]["D1"] == "Mandat à signer"


def test_plateformes_relances(desk: Desk) -> None:
    assert "à appeler" in desk.press("plateformes_relances")


def test_fec(desk: Desk, tmp_path: Path) -> None:
    sheet = desk.book.sheets["Clients"]
    place = sheet["A4:CN4"].raw_value[0].index("SIREN")
    sheet[4, place].value = "000000034"

    told = desk.press("fec", [str(DATA / "000000034FEC20251231.txt")])

    assert "1 client reconnu" in told
    assert desk.clients(tmp_path)["CA HT"]["D1"] == 69_900
    assert "Faits" in [page.name for page in desk.book.sheets]


@pytest.mark.parametrize(
    ("answers", "siren", "whose"),
    [(["YES"], None, {"D2"}), (["NO"], None, set()), (["YES"], "000000042", set())],
    ids=["said to be the client selected", "said not to be", "against the SIREN of the client"],
)
def test_fec_of_a_company_that_no_client_is_asks_whose_it_is(
    desk: Desk, tmp_path: Path, answers: list[str], siren: str | None, whose: set[str]
) -> None:
    sheet = desk.book.sheets["Clients"]
    sheet[5, sheet["A4:CN4"].raw_value[0].index("SIREN")].value = siren
    stranger = shutil.copy(DATA / "000000034FEC20251231.txt", tmp_path / "000000034FEC20251231.txt")
    desk.excel.boxes.answers += [getattr(desk.excel.boxes, answer) for answer in answers]

    told = desk.press("fec", [str(stranger)])

    path = FileWorkbook(desk.excel.save(desk.book, tmp_path / "enregistré.xlsx"))
    facts = path.read_table("Faits").lignes if path.has_table("Faits") else pd.DataFrame()
    assert "Est-ce le dossier D2, sélectionné dans Clients ?" in told
    assert set(facts.get("Dossier", ())) == whose
    assert ("anomalie" in told) is not bool(whose)


def test_cartographie(desk: Desk, classeur: Path, tmp_path: Path) -> None:
    sheet = desk.book.sheets["Clients"]
    place = sheet["A4:CN4"].raw_value[0].index("SIREN")
    sheet[4, place].value = "000000034"

    told = desk.press("cartographie", [str(p) for p in sorted(DATA.glob("*.txt"))])

    made = sorted(p.suffix for p in (classeur.parent / "Cartographies").iterdir())
    path = desk.excel.save(desk.book, tmp_path / "enregistré.xlsx")
    assert made == [".docx", ".xlsx"]
    assert "1 cartographie dans" in told
    assert len(FileWorkbook(path).read_table("Cartographie").lignes) == 13
    assert FileWorkbook(path).has_table("Groupes")


def test_cartographie_of_a_file_of_nobody(desk: Desk, classeur: Path) -> None:
    told = desk.press("cartographie", [str(next(DATA.glob("*.txt")))])

    assert "d’aucun dossier demandé" in told
    assert not (classeur.parent / "Cartographies").exists()


def test_enquete(desk: Desk, tmp_path: Path) -> None:
    export = tmp_path / "réponses.csv"
    export.write_text("Dossier;Date;Satisfaction;Recommandation\nD1;12/11/2026;5;9\n", "utf-8")

    told = desk.press("enquete", [str(export)])

    path = desk.excel.save(desk.book, tmp_path / "enregistré.xlsx")
    (row,) = FileWorkbook(path).read_table("Enquete").lignes.to_dict("records")
    assert row["Dossier"] == "D1"
    assert "Écrire ces réponses" in told


def test_enquete_of_a_file_that_is_no_export(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "photo.csv"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))

    assert "photo.csv" in desk.press("enquete", [str(wrong)])


def test_honoraires(desk: Desk, tmp_path: Path) -> None:
    fec = year_of_the_firm().save(tmp_path)

    told = desk.press("honoraires", [str(fec)])

    path = desk.excel.save(desk.book, tmp_path / "enregistré.xlsx")
    assert "Écrire ces factures dans la feuille Honoraires ?" in told
    assert "COST Ostra SIREN 000 000 042 : 400 €, 1 facture, peut-être Ostra" in " ".join(
        told.split()
    )
    assert "Feuille Honoraires : 4 lignes à ajouter" in told
    assert told.endswith("C’est écrit, dans la feuille Honoraires.")
    assert len(FileWorkbook(path).read_table("Honoraires").lignes) == 4


def test_honoraires_refused_leave_the_workbook_alone(desk: Desk, tmp_path: Path) -> None:
    fec = year_of_the_firm().save(tmp_path)
    desk.excel.boxes.answers.append(desk.excel.boxes.NO)

    told = desk.press("honoraires", [str(fec)])

    assert told.endswith("Rien n’a été écrit.")
    assert "Honoraires" not in [page.name for page in desk.book.sheets]


def test_honoraires_already_on_record_ask_nothing(desk: Desk, tmp_path: Path) -> None:
    fec = year_of_the_firm().save(tmp_path)
    desk.press("honoraires", [str(fec)])

    told = desk.press("honoraires", [str(fec)])

    assert "4 factures déjà reprises" in told
    assert "Écrire ces factures" not in told


def test_honoraires_of_a_client(desk: Desk) -> None:
    sheet = desk.book.sheets["Clients"]
    place = sheet["A4:CN4"].raw_value[0].index("SIREN")
    sheet[4, place].value = "000000034"

    told = desk.press("honoraires", [str(DATA / "000000034FEC20251231.txt")])

    assert "celui du dossier D1, pas celui du cabinet" in told


def test_fec_of_a_file_that_is_none(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "000000034FEC20251231.txt"
    wrong.write_bytes(b"")

    assert "ce fichier est vide" in desk.press("fec", [str(wrong)])


def test_relation(desk: Desk) -> None:
    told = desk.press("relation")

    assert told.startswith("Relation au ")
    assert "3 dossiers" in told
    assert desk.book.sheets.active.name == "Relation"


def test_journal(desk: Desk, tmp_path: Path) -> None:
    told = desk.press("journal")

    path = desk.excel.save(desk.book, tmp_path / "enregistré.xlsx")
    (row,) = FileWorkbook(path).read_table("Journal").lignes.to_dict("records")
    assert row["Dossier"] == "D2"
    assert "Échange du jour avec D2" in told
    assert desk.book.sheets.active.name == "Journal"


def test_obligations(desk: Desk) -> None:
    told = desk.press("obligations")

    assert "Recevoir : dès le 01/09/2026" in told
    assert desk.book.sheets.active.name == "Calendrier légal"


def test_valeur_calculer(desk: Desk, tmp_path: Path) -> None:
    told = desk.press("valeur_calculer")

    path = FileWorkbook(desk.excel.save(desk.book, tmp_path / "enregistré.xlsx"))
    assert "Aucun temps sur ces douze mois" in told
    assert desk.book.sheets.active.name == "Valeur"
    assert [*path.read_table("Valeur").lignes["Dossier"]] == ["D1", "D2", "D3"]
    assert path.has_table("ClassesAD")
    assert path.has_table("Temps")


def test_valeur_calculer_answers_where_two_fields_were_typed(desk: Desk, tmp_path: Path) -> None:
    desk.press("valeur_calculer")
    sheet = desk.book.sheets["Analyse croisée"]
    sheet.visible = True
    sheet.activate()
    row = int(sheet.tables["AnalyseCroisee"].range.row) + 1
    sheet[f"A{row}:B{row}"].value = ["ville", "collaborateur"]

    told = desk.press("valeur_calculer")

    path = FileWorkbook(desk.excel.save(desk.book, tmp_path / "enregistré.xlsx"))
    lignes = path.read_table("AnalyseCroisee").lignes
    assert "Analyse croisée : Ville × Collaborateur : 3 clients." in told
    assert desk.book.sheets.active.name == "Analyse croisée"
    assert [*lignes.columns][3:] == ["Ville", "Total", "Part du total", "AB", "CD"]
    assert [*lignes.iloc[0][["En ligne", "En colonne", "Ville", "CD"]]] == ["ville", "collaborateur", "Bastia", 1]  # fmt: skip


def test_valeur_temps(desk: Desk, tmp_path: Path) -> None:
    export = tmp_path / "temps.csv"
    day = f"{date.today():%d/%m/%Y}"  # noqa: DTZ011  the day of the click
    export.write_text(f"Client;Date;Heures;Taux horaire\nD1;{day};1h30;60\n", "utf-8")

    told = desk.press("valeur_temps", [str(export)])

    path = FileWorkbook(desk.excel.save(desk.book, tmp_path / "enregistré.xlsx"))
    assert "Écrire ces temps dans la feuille Temps" in told
    assert [*path.read_table("Temps").lignes["Heures"]] == [1.5]
    assert [*path.read_table("Valeur").lignes.set_index("Dossier")["Coût"].dropna()] == [90]


def test_valeur_temps_of_a_file_that_is_none(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "photo.csv"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))

    assert "photo.csv" in desk.press("valeur_temps", [str(wrong)])


def test_segments_calculer(desk: Desk, tmp_path: Path) -> None:
    told = desk.press("segments_calculer")

    path = FileWorkbook(desk.excel.save(desk.book, tmp_path / "enregistré.xlsx"))
    assert "3 clients en 8 segments" in told
    assert desk.book.sheets.active.name == "Rendement"
    assert "Total" in [*path.read_table("Rendement").lignes["Axe"]]
    assert len(path.read_table("Offres").lignes) == 8


def test_segments_pages(desk: Desk, classeur: Path) -> None:
    told = desk.press("segments_pages")

    made = [*(classeur.parent / "Pages de segment").glob("*.docx")]
    assert len(made) == 8
    assert "8 pages de segment" in told
    assert "ils nomment des clients" in told


def test_segments_offres_makes_the_sheet_then_shows_it(desk: Desk) -> None:
    assert "Offres est préremplie, sans prix" in desk.press("segments_offres")
    desk.select("A6")

    assert not desk.press("segments_offres")
    assert desk.book.sheets.active.name == "Offres"


def test_simuler(desk: Desk, tmp_path: Path) -> None:
    told = desk.press("simuler")

    path = FileWorkbook(desk.excel.save(desk.book, tmp_path / "enregistré.xlsx"))
    assert "« Exemple : équiper les clients » : clients 3 (inchangé)" in told
    assert "La feuille Scénarios vient d’apparaître" in told
    assert desk.book.sheets.active.name == "Simulation"
    assert desk.book.sheets["Scénarios"].visible
    assert "Décision" not in path.read_table("Clients").letters


@pytest.mark.parametrize(("answer", "decided"), [("YES", ["D2"]), ("NO", [])])
def test_simuler_retenir(desk: Desk, tmp_path: Path, answer: str, decided: list[str]) -> None:
    desk.press("simuler")
    rows = FileWorkbook(desk.excel.save(desk.book, tmp_path / "avant.xlsx")).read_table(
        "Simulation"
    )
    names = rows.lignes["Scénario"]
    row = next(row for row, name in names.items() if name == "Exemple : équiper les clients")
    desk.select(f"B{row}", "Simulation")
    desk.excel.boxes.answers.append(getattr(desk.excel.boxes, answer))

    told = desk.press("simuler_retenir")

    clients = desk.clients(tmp_path)
    assert "Écrire ces décisions du scénario « Exemple : équiper les clients »" in told
    told_of = clients["Décision"].dropna() if "Décision" in clients else pd.Series(dtype=object)
    assert [*told_of.index] == decided


def test_simuler_retenir_asks_for_a_scenario(desk: Desk) -> None:
    assert "aucun scénario n’est sélectionné" in desk.press("simuler_retenir")
    desk.press("simuler")
    desk.select("A6", "Clients")
    assert "aucun scénario n’est sélectionné" in desk.press("simuler_retenir")


def test_atelier(desk: Desk) -> None:
    told = desk.press("atelier")

    assert "La feuille Atelier vient d’apparaître" in told
    assert desk.book.sheets.active.name == "Atelier"


@pytest.mark.parametrize(("answer", "weight"), [("YES", 50), ("NO", 2)])
def test_atelier_retenir(desk: Desk, tmp_path: Path, answer: str, weight: int) -> None:
    desk.press("atelier")
    desk.book.sheets["Atelier"]["D11:D21"].value = [[10]] + [[1]] * 10
    desk.excel.boxes.answers.append(getattr(desk.excel.boxes, answer))

    told = desk.press("atelier_retenir")

    path = desk.excel.save(desk.book, tmp_path / "enregistré.xlsx")
    assert "FE : Sensibilisation 2 → 50, Processus adaptés 2 → 5" in told
    assert "Écrire ces poids dans la feuille Grille ?" in told
    assert ("Lancez maintenant Noter" in told) == (answer == "YES")
    assert FileWorkbook(path).read_table("Criteres").lignes["Poids"].iloc[0] == weight


def test_atelier_retenir_asks_for_weights(desk: Desk) -> None:
    assert "personne n’a encore donné de poids" in desk.press("atelier_retenir")


def test_groupes(desk: Desk) -> None:
    told = desk.press("groupes")

    assert "rien n’a changé dans Clients ni dans Segments" in told
    assert desk.book.sheets.active.name == "Groupes suggérés"


@pytest.mark.parametrize(("tag", "files"), [("trajectoire_selection", 1), ("trajectoire_tous", 2)])
def test_trajectoire(desk: Desk, classeur: Path, tag: str, files: int) -> None:
    told = desk.press(tag)

    made = [*(classeur.parent / "Dossiers de trajectoire").glob("*.docx")]
    assert len(made) == files
    assert "Rien n’est envoyé" in told


def test_fiche(desk: Desk, classeur: Path) -> None:
    desk.select("A6:A7")

    told = desk.press("fiche")

    made = [path.name[:2] for path in sorted((classeur.parent / "Fiches clients").glob("*.docx"))]
    assert made == ["D2", "D3"]
    assert "Documents internes au cabinet" in told


def test_releve(desk: Desk, classeur: Path) -> None:
    day = date.today()  # noqa: DTZ011  the day of the click
    bills = ((day, "D2", 1200.0, day, "F-1"), (day, "D3", 4321.0, None, "F-2"))
    workbook = LiveWorkbook(desk.book)
    append_bills(workbook, *bills)
    workbook.save()
    desk.select("A6")

    told = desk.press("releve")

    made = [path.name[:2] for path in (classeur.parent / "Relevés").glob("*.docx")]
    assert made == ["D2"]
    assert "Rien n’est envoyé" in told


@pytest.mark.parametrize(
    "tag",
    [
        "courriers_plateforme",
        "courriers_regime",
        "courriers_changements",
        "courriers_reclamations",
        "courriers_honoraires",
    ],
)
def test_courriers_about_the_law_and_the_relation(desk: Desk, tag: str) -> None:
    assert "Rien n’est envoyé" in desk.press(tag)


# — every button, refused —


@pytest.mark.parametrize("tag", ["plan", "journal", "obligations"])
def test_a_structure_that_is_protected_is_told(desk: Desk, tag: str) -> None:
    desk.book.api.Protect()

    assert "la structure du classeur est protégée" in desk.press(tag)


def test_plateformes_with_a_file_that_is_no_export(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "photo.csv"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))

    assert "photo.csv" in desk.press("plateformes", [str(wrong)])


@pytest.mark.parametrize("tag", ["fiche", "releve", "journal", "trajectoire_selection"])
def test_without_a_client_the_button_says_so(desk: Desk, tag: str) -> None:
    desk.select("A1", "Grille")

    assert "aucun client n’est sélectionné" in desk.press(tag)


def test_noter_on_a_protected_sheet(desk: Desk) -> None:
    desk.book.sheets["Clients"].api.Protect()

    assert "la feuille est protégée" in desk.press("noter")
    assert desk.book.sheets["Clients"]["C5"].value is None


def test_controler_lists_what_cannot_be_read(desk: Desk) -> None:
    desk.book.sheets["Clients"]["A6"].value = "D1"

    told = desk.press("controler")

    assert told.startswith("2 anomalies.")
    assert "Clients!A5" in told


def test_expliquer_without_a_client(desk: Desk) -> None:
    desk.select("A1", "Grille")

    assert "aucun client n’est sélectionné" in desk.press("expliquer")


def test_importer_a_file_that_is_no_export(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "photo.csv"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))

    assert "photo.csv" in desk.press("importer", [str(wrong)])


def test_importer_given_up_says_nothing(desk: Desk) -> None:
    assert desk.press("importer") == ""
    assert desk.edge.commands == []


def test_courriers_without_a_letterhead(desk: Desk, classeur: Path) -> None:
    desk.book.sheets["Paramètres"]["F5:F18"].clear_contents()

    assert "Remplissez le tableau Cabinet" in desk.press("courriers_tous")
    assert not (classeur.parent / "Courriers").exists()


def test_courriers_stopped_with_escape(desk: Desk, classeur: Path) -> None:
    desk.press("noter")
    KEYS_DOWN.add(0x1B)

    assert desk.press("courriers_tous") == "Interrompu : rien n’a été écrit."
    assert not (classeur.parent / "Courriers").exists()


def test_nouveau_over_another_file(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "déjà là.xlsx"
    path.write_bytes(b"x")

    assert "un fichier porte déjà ce nom" in desk.press("nouveau", str(path))
    assert path.read_bytes() == b"x"


def test_tableau_of_a_workbook_without_the_sheet(desk: Desk) -> None:
    desk.book.app.display_alerts = False
    desk.book.sheets["Tableau de bord"].delete()

    assert desk.press("tableau") == "Ce classeur n’a pas de tableau de bord."


@pytest.mark.parametrize("tag", sorted(set(BUTTONS) - {"nouveau", "aide", "diagnostic"}))
def test_a_workbook_without_clients_is_told_before_python_starts(desk: Desk, tag: str) -> None:
    desk.excel.add()

    assert "Ouvrez un classeur segxl" in desk.press(tag)
    assert desk.edge.commands == []


@pytest.mark.parametrize("tag", sorted(BUTTONS))
def test_a_person_without_an_installation_is_told_what_to_run(desk: Desk, tag: str) -> None:
    del desk.edge.files[CONF]

    assert "segxl installer" in desk.press(tag, "x.xlsx")


@pytest.mark.parametrize("tag", sorted(BUTTONS))
def test_a_dll_of_another_version_is_told(desk: Desk, tag: str) -> None:
    desk.edge.dll = False

    assert "d’une autre version" in desk.press(tag, ["x.xlsx"] if tag == "importer" else "x.xlsx")


def test_excel_is_left_as_it_was_even_after_a_bug(desk: Desk) -> None:
    desk.book.sheets["Clients"].api.Protect()

    desk.press("noter")

    assert desk.edge.status[-1] is False
    assert (desk.book.app.screen_updating, desk.book.app.calculation) == (True, "automatic")


# — a terminal and Excel offer the same —


def test_a_terminal_and_excel_offer_the_same_actions() -> None:
    commands = {str(c.callback.__name__) for c in app.registered_commands if c.callback}
    buttons = {tag.partition("_")[0] for tag in BUTTONS}

    assert commands - buttons == ONLY_IN_A_TERMINAL
    assert buttons - commands == ONLY_IN_EXCEL


# — a hostile neighbour —


def test_a_pandas_of_the_clients_folder_never_runs(desk: Desk, classeur: Path) -> None:
    """Given a pandas.py beside the workbook, Python as Excel starts it imports the real one."""
    (classeur.parent / "pandas.py").write_text("raise SystemExit('hostile')\n", "utf-8")
    desk.press("noter")
    options, code = python_of(desk.edge.servers[-1][0])

    done = subprocess.run(
        [sys.executable, *options, f"{code.partition('import xlwings; ')[0]}import pandas; print(pandas.__file__)"],
        cwd=classeur.parent, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "site-packages" in done.stdout


def python_of(command: str) -> tuple[list[str], str]:
    """Return the options and the code of the Python that a command of Windows starts."""
    found = re.search(r'pythonw?\.exe"+ (?P<options>.*?) "(?P<code>.*)"+$', command)
    assert found
    return found["options"].split(), found["code"].rstrip('"').replace('\\"', '"')


def test_equipe(desk: Desk, tmp_path: Path) -> None:
    told = desk.press("equipe")

    path = FileWorkbook(desk.excel.save(desk.book, tmp_path / "enregistré.xlsx"))
    assert "3 clients suivis" in told
    assert desk.book.sheets.active.name == "Équipe"
    assert len(path.read_table("LireAD").lignes) == 4
