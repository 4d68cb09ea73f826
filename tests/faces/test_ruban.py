"""The buttons of the ribbon, from the click to the cells and the message."""

from __future__ import annotations

import webbrowser
from datetime import date
from pathlib import Path

import pytest
import xlwings as xw
from tests.actions.test_anonymiser import write_portfolio
from tests.engine.com import EXTRAS, METER, Com, ComError
from tests.engine.excel import READ_ONLY, TestExcel
from tests.engine.pywin32 import KEYS_DOWN

import segxl
from segxl.actions import journal
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook
from segxl.faces import ruban, terminal
from segxl.faces.avancement import ESCAPE
from segxl.faces.clic import today

pytestmark = pytest.mark.memory


class Reader(webbrowser.BaseBrowser):
    """A browser that keeps the pages it was given."""

    def __init__(self) -> None:
        super().__init__("lecteur")
        self.opened: list[str] = []

    def open(self, url: str, *_: object) -> bool:
        self.opened.append(url)
        return True


@pytest.fixture
def book(excel: TestExcel, classeur: Path) -> xw.Book:
    """Return the workbook of three clients, open and in front."""
    book = excel.open(classeur)
    book.sheets["Clients"].activate()
    excel.call(book)
    return book


def press(excel: TestExcel, action: str, *arguments: object) -> str:
    """Click a button and return the last message shown."""
    told = "|".join(map(str, arguments)).encode("utf-16-be").hex()
    shown = len(excel.boxes.shown)
    ruban.press(action, segxl.__version__, told)
    return "\n".join(excel.boxes.shown[shown:])


def saved(excel: TestExcel, book: xw.Book, folder: Path) -> FileWorkbook:
    return FileWorkbook(excel.save(book, folder / "enregistré.xlsx"))


def select(book: xw.Book, address: str) -> None:
    book.sheets["Clients"].activate()
    book.sheets["Clients"][address].select()


def test_noter_fills_the_cells_and_says_how_many(
    excel: TestExcel, book: xw.Book, tmp_path: Path
) -> None:
    told = press(excel, "noter")

    notes = saved(excel, book, tmp_path).read_table("Clients").lignes["Note FE"]
    assert notes.notna().all()
    assert told.startswith("3 dossiers notés, note moyenne ")


def test_noter_lists_the_anomalies_with_their_cell(excel: TestExcel, book: xw.Book) -> None:
    header = book.sheets["Clients"]["A4:CN4"].raw_value[0].index("Sensibilisation")
    book.sheets["Clients"][4, header].value = "Peut-être"

    told = press(excel, "noter")

    assert "1 anomalie. La feuille Anomalies les donne toutes." in told
    assert "Peut-être" in told
    assert "Anomalies" in [s.name for s in book.sheets]


@pytest.mark.usefixtures("book")
def test_controler_says_that_everything_can_be_read(excel: TestExcel) -> None:
    assert press(excel, "controler") == "Aucune anomalie : tout se lit."


def test_expliquer_shows_the_sheet_of_the_client_selected(excel: TestExcel, book: xw.Book) -> None:
    select(book, "B6")

    told = press(excel, "expliquer")

    assert told.startswith("D2 Père & Fils")
    assert book.sheets.active.name == "Explication"
    assert book.sheets["Explication"]["B4"].value.startswith("D2 Père & Fils")


def test_expliquer_asks_for_a_client_when_none_is_selected(excel: TestExcel, book: xw.Book) -> None:
    book.sheets["Grille"].activate()
    book.sheets["Grille"]["B6"].select()

    assert "aucun client n’est sélectionné" in press(excel, "expliquer")


def test_importer_shows_the_changes_and_asks_first(
    excel: TestExcel, book: xw.Book, tmp_path: Path
) -> None:
    export = tmp_path / "Été d'Arc.csv"
    export.write_text("Dossier;Raison sociale;Ville\nD1;Lumo Énergie;Gap\nD9;Nolis;Pau\n", "utf-8")

    told = press(excel, "importer", export)

    clients = saved(excel, book, tmp_path).read_table("Clients").lignes.set_index("Dossier")
    assert "Écrire ces changements dans la feuille Clients ?" in told
    assert clients.at["D1", "Ville"] == "Gap"
    assert clients.at["D9", "Raison sociale"] == "Nolis"


def test_importer_writes_nothing_when_the_answer_is_no(
    excel: TestExcel, book: xw.Book, tmp_path: Path
) -> None:
    export = tmp_path / "export.csv"
    export.write_text("Dossier;Ville\nD1;Gap\n", "utf-8")
    excel.boxes.answers.append(excel.boxes.NO)

    told = press(excel, "importer", export)

    clients = saved(excel, book, tmp_path).read_table("Clients").lignes.set_index("Dossier")
    assert told.endswith("Rien n’a été écrit.")
    assert clients.at["D1", "Ville"] == "Lyon"


def test_courriers_are_written_for_the_rows_selected(excel: TestExcel, book: xw.Book) -> None:
    press(excel, "noter")
    select(book, "A6:C6")

    told = press(excel, "courriers_selection")

    letters = [*(Path(book.fullname).parent / "Courriers").glob("*.docx")]
    assert told.startswith("1 courrier à valider. Rien n’est envoyé.")
    assert [p.name.startswith("D2") for p in letters] == [True]


def test_a_row_without_a_number_gets_no_letter_and_nobody_else_does(
    excel: TestExcel, book: xw.Book
) -> None:
    press(excel, "noter")
    book.sheets["Clients"]["A6"].value = None
    select(book, "A6")

    told = press(excel, "courriers_selection")

    assert "n’a pas de numéro de dossier" in told
    assert not (Path(book.fullname).parent / "Courriers").exists()


def test_a_row_without_a_number_cannot_be_explained(excel: TestExcel, book: xw.Book) -> None:
    book.sheets["Clients"]["A6"].value = None
    select(book, "A6")

    assert "n’a pas de numéro de dossier" in press(excel, "expliquer")


def test_hidden_rows_get_no_letter(excel: TestExcel, book: xw.Book) -> None:
    press(excel, "noter")
    book.sheets["Clients"]["6:6"].api.EntireRow.Hidden = True
    select(book, "A5:A6")

    press(excel, "courriers_selection")

    letters = [*(Path(book.fullname).parent / "Courriers").glob("*.docx")]
    assert [p.name[:2] for p in letters] == ["D1"]


def test_courriers_of_a_segment_go_to_all_its_clients(excel: TestExcel, book: xw.Book) -> None:
    press(excel, "noter")
    select(book, "A6")

    told = press(excel, "courriers_segment")

    segment = book.sheets["Clients"]["E6"].value
    assert f"• {segment} : 1" in told


def test_courriers_of_a_segment_ask_to_score_first(excel: TestExcel, book: xw.Book) -> None:
    select(book, "A6")

    assert "Cliquez d’abord sur « Noter »" in press(excel, "courriers_segment")


def test_courriers_for_all_are_on_record(excel: TestExcel, book: xw.Book, tmp_path: Path) -> None:
    press(excel, "noter")

    press(excel, "courriers_tous")

    recorded = saved(excel, book, tmp_path).read_table("Courriers").lignes["Dossier"]
    assert [*recorded] == ["D1", "D2", "D3"]


def test_escape_stops_the_letters_before_anything_is_written(
    excel: TestExcel, book: xw.Book
) -> None:
    KEYS_DOWN.add(ESCAPE)

    told = press(excel, "courriers_tous")

    assert told == "Interrompu : rien n’a été écrit."
    assert not (Path(book.fullname).parent / "Courriers").exists()


def test_a_workbook_that_was_never_saved_has_no_folder_for_letters(excel: TestExcel) -> None:
    excel.call(excel.add())

    assert "enregistrez-le" in press(excel, "courriers_tous").lower()


def test_tableau_shows_the_dashboard(excel: TestExcel, book: xw.Book) -> None:
    assert press(excel, "tableau") == ""
    assert book.sheets.active.name == "Tableau de bord"


def test_nouveau_creates_and_opens_a_workbook(
    excel: TestExcel, book: xw.Book, tmp_path: Path
) -> None:
    path = tmp_path / "Clients 2027.xlsx"

    told = press(excel, "nouveau", path)

    assert told.startswith("Classeur créé")
    assert path.name in [b.name for b in book.app.books]


@pytest.mark.usefixtures("book")
def test_aide_opens_the_guide_on_this_machine(excel: TestExcel) -> None:
    reader = Reader()
    webbrowser.register("lecteur", None, reader, preferred=True)

    press(excel, "aide")

    assert reader.opened[0].startswith("file:///")
    assert reader.opened[0].endswith("guide.html")


@pytest.mark.usefixtures("book")
def test_diagnostic_lists_what_was_found(excel: TestExcel) -> None:
    assert f"segxl : {segxl.__version__}" in press(excel, "diagnostic")


# — what can go wrong —


def test_a_workbook_without_our_tables_says_which_are_missing(excel: TestExcel) -> None:
    excel.call(excel.add())

    told = press(excel, "noter")

    assert "le tableau « Clients » n’a pas été trouvé" in told
    assert "le tableau « Segments » n’a pas été trouvé" in told


@pytest.mark.usefixtures("book")
def test_without_a_workbook_the_message_says_to_open_one(excel: TestExcel) -> None:
    excel.call(None)

    assert "aucun classeur n’est ouvert" in press(excel, "noter")


def test_an_add_in_of_another_version_is_told_and_nothing_is_done(
    excel: TestExcel, book: xw.Book
) -> None:
    ruban.press("noter", "0.0.1")

    assert "Le complément Excel est en version 0.0.1" in excel.boxes.shown[-1]
    assert book.sheets["Clients"]["C5"].value is None


def test_a_protected_sheet_is_named(excel: TestExcel, book: xw.Book) -> None:
    book.sheets["Clients"].api.Protect()

    assert "Clients : la feuille est protégée" in press(excel, "noter")


def test_a_read_only_workbook_is_scored_with_a_reminder(excel: TestExcel, book: xw.Book) -> None:
    READ_ONLY.add(book.name)

    told = press(excel, "noter")

    assert told.startswith("3 dossiers notés")
    assert "ouvert en lecture seule" in told


def test_letters_of_a_workbook_in_the_cloud_need_its_folder_here(
    excel: TestExcel, book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://cabinet-my.sharepoint.com/personal/x/Documents/Clients.xlsx"
    monkeypatch.setitem(EXTRAS, ("Workbook", "FullName"), lambda _: address)
    select(book, "A6")

    told = press(excel, "courriers_selection")

    assert "n’est pas enregistré dans un dossier de cette machine" in told


@pytest.mark.usefixtures("book")
def test_excel_closed_on_the_way_ends_in_silence(excel: TestExcel) -> None:
    Com.refusal = ComError("The RPC server is unavailable.", -2147023174)

    assert press(excel, "noter") == ""


@pytest.mark.usefixtures("book")
def test_a_bug_is_told_in_french_and_keeps_its_details_here(
    excel: TestExcel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "LOG", tmp_path / "journal.log")

    told = press(excel, "bouton inconnu")

    assert told.startswith("segxl a rencontré une erreur inattendue. Le détail est dans ")
    assert "KeyError" in (tmp_path / "journal.log").read_text("utf-8")


@pytest.mark.parametrize(
    ("action", "told", "number"),
    [
        ("noter", "3 dossiers notés", 0),
        ("noter", "3 dossiers notés", -1),
        ("noter", "3 dossiers notés", -4),
        ("expliquer", "D2 ", -1),
        ("expliquer", "D2 ", -8),
    ],
)
def test_work_that_is_done_is_told_even_when_excel_refuses_its_first_or_last_calls(
    excel: TestExcel, book: xw.Book, action: str, told: str, number: int
) -> None:
    header = book.sheets["Clients"]["A4:CN4"].raw_value[0].index("Sensibilisation")
    book.sheets["Clients"][4, header].value = "Peut-être"
    select(book, "A6")
    press(excel, action)
    select(book, "A6")
    calls = METER.count(lambda: press(excel, action))
    select(book, "A6")

    METER.refuse_one(after=number % calls)

    assert press(excel, action).startswith(told)


# — a message fits on a screen —


def test_a_grid_with_many_mistakes_is_told_in_a_few_lines(excel: TestExcel, book: xw.Book) -> None:
    criteres = LiveWorkbook(book).read_table("Criteres")
    column = criteres.letters["Type"]
    for row in criteres.lignes.index:
        book.sheets[criteres.sheet][f"{column}{row}"].value = "n’importe quoi"

    told = press(excel, "noter")

    assert len(told.splitlines()) == 1 + 8 + 1
    assert "anomalies." in told
    assert told.endswith("de plus.")


def test_a_cell_full_of_text_is_quoted_by_its_beginning(excel: TestExcel, book: xw.Book) -> None:
    header = book.sheets["Clients"]["A4:CN4"].raw_value[0].index("Sensibilisation")
    book.sheets["Clients"][4, header].value = "bla\n" * 5_000

    told = press(excel, "noter")

    assert len(told) < 1_000
    assert "bla bla" in told
    assert "Choisissez parmi" in told


# — what the user hid, or looks at elsewhere —


def test_a_dashboard_that_was_hidden_is_shown(excel: TestExcel, book: xw.Book) -> None:
    book.sheets["Tableau de bord"].api.Visible = 2

    assert press(excel, "tableau") == ""

    assert book.sheets.active.name == "Tableau de bord"


def test_a_whole_sheet_selected_means_every_client(excel: TestExcel, book: xw.Book) -> None:
    press(excel, "noter")
    book.sheets["Clients"].activate()
    book.sheets["Clients"].api.Cells.Select()

    assert press(excel, "courriers_selection").startswith("3 courriers")


@pytest.mark.usefixtures("book")
def test_a_selection_in_another_workbook_is_no_client_of_this_one(excel: TestExcel) -> None:
    press(excel, "noter")
    other = excel.add()
    other.sheets[0].name = "Clients"
    other.sheets[0]["A6"].select()

    assert "aucun client n’est sélectionné" in press(excel, "courriers_selection")


# — letters that the workbook cannot record —


def test_letters_that_excel_refuses_to_record_are_told(excel: TestExcel, book: xw.Book) -> None:
    press(excel, "noter")
    book.api.Protect(Structure=True)

    told = press(excel, "courriers_tous")

    letters = [*(Path(book.fullname).parent / "Courriers").glob("*.docx")]
    assert len(letters) == 3
    assert "la structure du classeur est protégée" in told
    assert "Courriers : des courriers y sont déjà écrits" in told


def test_letters_that_were_not_recorded_are_at_the_next_click(
    excel: TestExcel, book: xw.Book, tmp_path: Path
) -> None:
    press(excel, "noter")
    book.api.Protect(Structure=True)
    press(excel, "courriers_tous")
    book.api.Unprotect()

    press(excel, "courriers_tous")

    recorded = saved(excel, book, tmp_path).read_table("Courriers").lignes["Fichier"]
    letters = {p.name for p in (Path(book.fullname).parent / "Courriers").glob("*.docx")}
    assert set(recorded) == letters
    assert len(letters) == 3


def test_rows_that_are_all_hidden_are_no_selection(excel: TestExcel, book: xw.Book) -> None:
    press(excel, "noter")
    book.sheets["Clients"]["5:6"].api.EntireRow.Hidden = True
    select(book, "A5:A6")

    assert "aucun client n’est sélectionné" in press(excel, "courriers_selection")


# — sheets and tables that the user named like ours —


def test_messages_name_the_sheets_that_stand_beside_those_of_the_user(
    excel: TestExcel, book: xw.Book
) -> None:
    for name in ("Anomalies", "Explication"):
        book.sheets.add(name)["A1"].value = "à moi"
    header = book.sheets["Clients"]["A4:CN4"].raw_value[0].index("Sensibilisation")
    book.sheets["Clients"][4, header].value = "Peut-être"

    scored = press(excel, "noter")
    select(book, "A6")
    explained = press(excel, "expliquer")

    assert "La feuille Anomalies 2 les donne toutes." in scored
    assert "Le détail est dans la feuille Explication 2." in explained
    assert book.sheets["Anomalies"]["A1"].value == "à moi"


@pytest.mark.parametrize(
    ("table", "action", "lacks"),
    [
        ("Anomalies", "noter", "Cellule"),
        ("Explication", "expliquer", "Rubrique"),
        ("Courriers", "courriers_tous", "Empreinte"),
    ],
)
def test_a_table_of_the_user_that_bears_a_name_of_ours_is_left_alone(
    excel: TestExcel, book: xw.Book, table: str, action: str, lacks: str
) -> None:
    theirs = book.sheets.add("Divers")
    theirs["A1:B3"].raw_value = [["Dossier", "Date"], ["x", 1], ["y", 2]]
    theirs.tables.add(source=theirs["A1:B3"], name=table)
    header = book.sheets["Clients"]["A4:CN4"].raw_value[0].index("Sensibilisation")
    book.sheets["Clients"][4, header].value = "Peut-être"
    select(book, "A6")

    told = press(excel, action)

    assert f"Divers : le tableau {table} n’a pas la colonne « {lacks} »" in told
    assert theirs.tables[table].range.address == "$A$1:$B$3"
    assert book.sheets["Clients"]["C5"].value is None
    assert not (Path(book.fullname).parent / "Courriers").exists()


# — imports that change nothing, or cannot be written —


def test_an_export_that_brings_nothing_asks_nothing(
    excel: TestExcel, book: xw.Book, tmp_path: Path
) -> None:
    export = tmp_path / "export.csv"
    export.write_text("Dossier;Ville\nD1;Lyon\n", "utf-8")

    told = press(excel, "importer", export)

    assert told.endswith("Rien à changer : 1 dossier à jour.")
    assert book.sheets["Clients"].tables["Clients"].range.address == "$A$4:$CN$7"


@pytest.mark.parametrize("line", ["D1;Lyon;x", "D9;Pau;x"])
def test_a_table_with_totals_takes_no_column_and_no_row(
    excel: TestExcel, book: xw.Book, tmp_path: Path, line: str
) -> None:
    book.sheets["Clients"].tables["Clients"].show_totals = True
    export = tmp_path / "export.csv"
    export.write_text(f"Dossier;Ville;Nouvelle\n{line}\n", "utf-8")

    assert "ligne de total" in press(excel, "importer", export)


def test_a_chart_sheet_in_front_does_not_stop_the_notes(
    excel: TestExcel, book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EXTRAS, ("Application", "ActiveCell"), lambda _: None)

    assert press(excel, "noter").startswith("3 dossiers notés")

    assert book.sheets["Clients"]["C5"].value is not None


# — the letters of the relation —


@pytest.mark.parametrize(
    ("tag", "modele"),
    [
        ("courriers_avis", "satisfaction"),
        ("courriers_remerciement", "remerciement"),
        ("courriers_service", "nouveau_service"),
    ],
)
def test_a_letter_of_the_relation_goes_to_the_client_selected_alone(
    excel: TestExcel, book: xw.Book, tmp_path: Path, tag: str, modele: str
) -> None:
    headers = book.sheets["Clients"]["A4:CN4"].value
    book.sheets["Clients"].cells(6, headers.index("Validé par") + 1).value = "Camille Roux"
    press(excel, "noter")
    select(book, "A6")

    told = press(excel, tag)

    recorded = saved(excel, book, tmp_path).read_table("Courriers").lignes
    assert told.startswith("1 courrier à valider. Rien n’est envoyé.")
    assert recorded[["Dossier", "Modèle"]].to_numpy().tolist() == [["D2", modele]]


def test_the_end_of_a_mission_without_its_terms_is_held_with_what_to_type(
    excel: TestExcel, book: xw.Book
) -> None:
    press(excel, "noter")
    select(book, "A6")

    told = press(excel, "courriers_fin")

    assert told.startswith("0 courrier à valider.")
    assert "« Fin de mission le »" in told
    assert "« Préavis »" in told


def test_a_review_of_fees_that_no_partner_approved_is_held(excel: TestExcel, book: xw.Book) -> None:
    press(excel, "noter")
    select(book, "A6")

    told = press(excel, "courriers_revue")

    assert told.startswith("0 courrier à valider.")
    assert "la lettre « Revue des honoraires » n’est pas validée par un associé" in told


@pytest.mark.parametrize("tag", ["courriers_revue", "courriers_fin", "courriers_avis"])
def test_a_letter_of_the_relation_asks_for_a_client(
    excel: TestExcel, book: xw.Book, tag: str
) -> None:
    book.sheets["Grille"].activate()
    book.sheets["Grille"]["B6"].select()

    assert "aucun client n’est sélectionné" in press(excel, tag)


# — the questionnaires of a survey —


def test_each_client_selected_has_a_questionnaire_beside_the_workbook(
    excel: TestExcel, book: xw.Book
) -> None:
    select(book, "A5:A6")

    told = press(excel, "enquete_selection")

    folder = Path(book.fullname).parent / "Questionnaires"
    assert told.startswith("2 questionnaires à envoyer, un par client. segxl n’envoie rien.")
    assert f"Dossier : {folder}" in told
    assert "Au retour : « Enquête », « Reprendre des réponses »." in told
    assert [p.name.split(" - ")[0] for p in sorted(folder.iterdir())] == ["D1", "D2"]
    assert "2 lignes « Questionnaire remis » inscrites au Journal" in told
    assert "2 questionnaires du jour déjà là, gardés tels quels." in press(
        excel, "enquete_selection"
    )
    assert len(LiveWorkbook(book).read_table("Journal").lignes) == 2


def test_one_questionnaire_names_every_client_and_stays_in_the_firm(
    excel: TestExcel, book: xw.Book
) -> None:
    told = press(excel, "enquete_tous")

    made = [*Path(book.fullname).parent.glob("Questionnaire du *.xlsx")]
    assert f"Questionnaire créé : {made[0]} (3 clients, " in told
    assert "Il nomme plusieurs clients : gardez-le au cabinet." in told
    assert "--dossier" not in told
    assert "un fichier porte déjà ce nom" in press(excel, "enquete_tous")


# — a workbook that names nobody —


def test_the_anonymous_workbook_stands_beside_the_open_one_which_stays_as_it_is(
    excel: TestExcel, classeur: Path
) -> None:
    write_portfolio(classeur)
    before, target = classeur.read_bytes(), classeur.with_name(f"{classeur.stem} - anonyme.xlsx")
    book = excel.open(classeur)
    excel.call(book)
    sheets = [s.name for s in book.sheets]

    told = press(excel, "anonymiser")

    kept = " ".join(str(s["A1:R60"].value) for s in excel.open(target).sheets)
    assert f"sans nom, dans {target}." in told
    assert "segxl n’envoie rien" in told
    assert "Zébulon" not in kept
    assert [s.name for s in book.sheets] == sheets
    assert classeur.read_bytes() == before
    assert "un fichier porte déjà ce nom" in press(excel, "anonymiser")


@pytest.mark.usefixtures("book")
def test_too_few_clients_to_be_anonymous_write_nothing(excel: TestExcel, classeur: Path) -> None:
    assert "moins de 5 clients : chacun serait reconnu" in press(excel, "anonymiser")
    assert not [*classeur.parent.glob("*anonyme*")]


# — what is to follow up —


def test_the_follow_ups_due_are_told_and_the_journal_is_shown(
    excel: TestExcel, classeur: Path
) -> None:
    workbook = FileWorkbook(classeur)
    for number in range(10):
        echange = journal.Echange(
            dossier="D2", objet=f"Point {number}", canal="Rendez-vous", qui="Inès", le=date(2026, 1, 2 + number)
        )  # fmt: skip
        journal.run(workbook, echange, date(2026, 1, 20))
    workbook.save()
    book = excel.open(classeur)
    excel.call(book)

    told = press(excel, "journal_suites")

    assert told.startswith("10 suites à donner au ")
    assert "• 09/01/2026, D2 Père & Fils" in told
    assert "(Inès), Faire le point : Point 0" in told
    assert "… et 2 de plus." in told
    assert told.endswith("« Clos le » de la feuille Journal.")
    assert book.sheets.active.name == "Journal"


@pytest.mark.usefixtures("book")
def test_nothing_to_follow_up_is_told(excel: TestExcel) -> None:
    assert press(excel, "journal_suites").startswith("Aucune suite à donner au ")


def test_the_clients_with_whom_something_happened_have_a_questionnaire_each(
    excel: TestExcel, classeur: Path
) -> None:
    workbook = FileWorkbook(classeur)
    met = journal.Echange(dossier="D3", objet="Point", canal="Rendez-vous")
    journal.run(workbook, met, today())
    workbook.save()
    excel.call(excel.open(classeur))

    told = press(excel, "enquete_evenement")

    (made,) = (classeur.parent / "Questionnaires").iterdir()
    assert told.startswith("1 questionnaire à envoyer, un par client.")
    assert "• D3 Ostra Conseil : Rendez-vous du " in told
    assert made.name.startswith("D3 - Ostra Conseil - questionnaire du ")
