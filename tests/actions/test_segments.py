"""From a workbook to the sheets Rendement and Offres, and a page a segment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.actions.test_valeur import write_bills, write_clients, write_hours, write_setting
from tests.engine.excel import TestExcel
from tests.excel.opc import find_flaws

from segxl.actions import segments, valeur
from segxl.actions.segments import BilanSegments
from segxl.domain.anomalies import SaisieError
from segxl.domain.evolution import PREMIERE_FOIS
from segxl.domain.provenance.origines import HEADERS as REPONSES
from segxl.domain.segments import rendement as r
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.excel.live import LiveWorkbook
from segxl.faces.annonces_segments import list_sentences

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
AU = date(2026, 11, 22)


def run(path: Path, vers: Path | None = None, au: date = AU) -> BilanSegments:
    workbook = FileWorkbook(path)
    bilan = segments.run(workbook, au, vers)
    workbook.save()
    return bilan


def sheet(path: Path, table: str) -> pd.DataFrame:
    return FileWorkbook(path).read_table(table).lignes


def fill(path: Path, table: str, segment: str, **cells: object) -> None:
    workbook = FileWorkbook(path)
    lignes = workbook.read_table(table).lignes
    row = int(lignes.index[lignes["Segment"] == segment][0])
    workbook.write_cells(table, {row: {h.replace("_", " "): x for h, x in cells.items()}})
    workbook.save()


def text_of(path: Path) -> str:
    texts = Document(str(path)).element.iter(qn("w:t"))
    return "".join(t.text or "" for t in texts).replace("\u00a0", " ").replace("\u202f", " ")


def messages(bilan: BilanSegments, sujet: str) -> list[str]:
    return [a.message for a in bilan.alertes if a.sujet == sujet]


@pytest.fixture
def two_years(classeur: Path) -> Path:
    """Return a workbook of which two years are billed, D2 a tenth more, and D1 has hours."""
    days = [date(2024 + (10 + m) // 12, (10 + m) % 12 + 1, 2) for m in range(24)]
    write_bills(classeur, *((d, who, 100.0 if i < 12 else most) for i, d in enumerate(days) for who, most in (("D1", 100), ("D2", 110))))  # fmt: skip
    write_hours(classeur, ("D1", date(2026, 10, 2), "AB", 10, 50))
    return classeur


# — the figures —


def test_the_whole_has_the_fees_and_the_margin_of_valeur(two_years: Path) -> None:
    bilan = run(two_years)

    workbook = FileWorkbook(two_years)
    lignes = valeur.run(workbook, AU, simulation=True).releve.lignes
    assert bilan.total.chiffres[r.HONORAIRES].valeur == lignes["honoraires"].sum() / 100
    assert bilan.total.chiffres[r.MARGE].valeur == lignes["marge"].sum() / 100
    assert sum(x.clients for x in bilan.segments) == sum(x.clients for x in bilan.classes) == 3


def test_each_segment_has_its_own_trend_and_average_basket(two_years: Path) -> None:
    told = {x.nom: x for x in run(two_years).segments}

    assert told["Prioritaire"].chiffres[r.TENDANCE].valeur == pytest.approx(0.1)
    assert told["Prioritaire"].chiffres[r.PANIER].valeur == 1320
    assert told["Prioritaire"].motifs[r.MARGE] == "coût inconnu : temps ou taux horaire manquant"
    assert told["Hors champ"].motifs[r.HONORAIRES] == "aucun honoraire connu"


def test_without_invoices_the_annual_fees_count(classeur: Path) -> None:
    write_clients(classeur, Honoraires_annuels={"D2": "2 000 €"})

    told = run(classeur).total

    assert told.chiffres[r.HONORAIRES].valeur == 2000
    assert told.motifs[r.TENDANCE] == "les factures ne couvrent pas deux années entières"


def test_who_left_is_no_client_but_counts_in_retention(two_years: Path) -> None:
    write_clients(
        two_years, Entrée_le={"D1": date(2015, 1, 1), "D2": date(2016, 1, 1), "D3": date(2026, 10, 1)},
        Sortie_le={"D2": date(2026, 6, 30)},
    )  # fmt: skip

    bilan = run(two_years)

    told = {x.nom: x for x in bilan.segments}
    assert (told["Prioritaire"].clients, told["Prioritaire"].partis) == (0, 1)
    assert told["Prioritaire"].chiffres[r.RETENTION].valeur == 0
    assert told["Hors champ"].motifs[r.RETENTION] == "aucun client il y a un an"
    assert bilan.total.chiffres[r.RETENTION].valeur == 0.5


def test_a_second_mission_is_a_conversion(two_years: Path) -> None:
    workbook = FileWorkbook(two_years)
    workbook.add_columns("Honoraires", ["Mission"])
    lignes = workbook.read_table("Honoraires").lignes
    kinds = ["Paie" if i % 4 == 0 else "Tenue" for i in range(len(lignes))]
    workbook.write_columns("Honoraires", pd.DataFrame({"Mission": kinds}, index=lignes.index))
    workbook.save()

    bilan = run(two_years)

    assert bilan.total.chiffres[r.CONVERSION].valeur == 0.5


def test_a_workbook_without_a_client_has_no_figure(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    workbook.replace_rows("Clients", workbook.read_table("Clients").lignes.iloc[:0])
    workbook.save()

    bilan = run(classeur)

    assert bilan.total.clients == 0
    assert len(bilan.segments) == 8


# — the sheets —


def test_the_sheet_diagnostic_says_what_each_finding_may_lead_to(two_years: Path) -> None:
    bilan = run(two_years)

    lignes = FileWorkbook(two_years).read_table("Diagnostic").lignes
    assert [*lignes] == ["Risque", "Constat", "Conséquence", "Solution"]
    assert lignes["Constat"].tolist() == [x.constat for x in bilan.diagnostic]
    assert {a.code for a in bilan.alertes} <= {x.code for x in bilan.diagnostic}
    told = {x.code: x.constat for x in bilan.diagnostic}
    assert told["un_client_pese"] == "D2 fait 52,4\u00a0% des honoraires, 10\u00a0% au plus voulus"
    assert told["marge_inconnue"] == "Marge inconnue pour 2 clients sur 3"
    assert lignes.notna().all(axis=None)


def test_a_diagnostic_that_no_longer_holds_is_wiped(two_years: Path) -> None:
    run(two_years)
    workbook = FileWorkbook(two_years)
    workbook.replace_rows("Clients", workbook.read_table("Clients").lignes.iloc[:0])
    workbook.save()

    bilan = run(two_years)

    lignes = FileWorkbook(two_years).read_table("Diagnostic").lignes
    assert bilan.diagnostic == ()
    assert lignes.iloc[:, 0].tolist() == ["Aucun risque relevé"]


def test_the_sheet_has_segments_classes_the_whole_warnings_and_formulas(two_years: Path) -> None:
    run(two_years)

    told = sheet(two_years, "Rendement")
    assert [*dict.fromkeys(told["Axe"])] == ["Segment", "Classe", "Total", "À savoir", "Formule"]
    assert told["Tendance"].tolist()[:3] == ["n.d.", "n.d.", 0.1]
    assert told.loc[told["Axe"] == "Segment", "Lecture"].str.contains("n.d.").any()
    assert not find_flaws(two_years)


def test_hours_stand_beside_the_commercial_effort_of_the_journal(two_years: Path) -> None:
    workbook = FileWorkbook(two_years)
    workbook.add_table("Journal", "Journal", dict.fromkeys(JOURNAL_WIDTHS, 10))
    met = {"Date": date(2026, 9, 1), "Dossier": "D2", "Canal": "Rendez-vous", "Type": "Échange"}
    workbook.append_rows("Journal", pd.DataFrame([met], dtype=object))
    workbook.save()

    bilan = run(two_years)

    told = sheet(two_years, "Rendement").set_index("Segment ou classe")
    assert told.at["Prioritaire", "Part de l’effort"] == 1
    assert told.at["Prêt", "Part de l’effort"] == 0
    assert told.at["Prêt", "Heures et effort"] == "beaucoup d’heures, peu d’effort commercial"
    assert "Beaucoup d’heures, peu d’effort commercial : Prêt (feuille Rendement)." in [*list_sentences(bilan)]  # fmt: skip


def test_offers_start_with_one_line_a_segment_and_no_price(classeur: Path) -> None:
    bilan = run(classeur)

    told = sheet(classeur, "Offres")
    assert bilan.offres_creees
    assert told["Segment"].tolist() == [x.nom for x in bilan.segments]
    assert told[["Prix de", "Prix à", "Heures"]].isna().all().all()
    assert told["Offre"].tolist()[:3] == ["Aucune", "Point de situation", "Mise en place clé en main"]  # fmt: skip
    assert not messages(bilan, "offre")


def test_a_second_run_changes_nothing_and_keeps_what_was_typed(classeur: Path) -> None:
    run(classeur)
    fill(classeur, "Offres", "Prêt", Offre="=cmd|x", Prix_de=100)
    run(classeur)
    first = (sheet(classeur, "Rendement"), sheet(classeur, "Offres"))

    bilan = run(classeur)

    assert not bilan.offres_creees
    pd.testing.assert_frame_equal(sheet(classeur, "Rendement"), first[0])
    pd.testing.assert_frame_equal(sheet(classeur, "Offres"), first[1])
    assert first[1].set_index("Segment").at["Prêt", "Offre"] == "=cmd|x"


@pytest.mark.parametrize("table", ["Offres", "Rendement"])
def test_a_table_of_that_name_that_is_not_ours_is_refused(classeur: Path, table: str) -> None:
    workbook = FileWorkbook(classeur)
    workbook.add_table(table, "À moi", {"Autre": 10})
    workbook.save()

    with pytest.raises(SaisieError, match=f"le tableau {table} n’a pas la colonne"):
        run(classeur)


def test_an_open_workbook_gets_the_same_sheets(
    two_years: Path, excel: TestExcel, tmp_path: Path
) -> None:
    copy = tmp_path / "copie.xlsx"
    copy.write_bytes(two_years.read_bytes())
    run(two_years)

    book = excel.open(copy)
    workbook = LiveWorkbook(book)
    segments.run(workbook, AU)
    workbook.save()

    live = excel.save(book, tmp_path / "enregistré.xlsx")
    for table in ("Rendement", "Offres"):
        pd.testing.assert_frame_equal(
            sheet(live, table).reset_index(drop=True),
            sheet(two_years, table).reset_index(drop=True),
            check_dtype=False,
        )


# — what to watch —


def test_an_offer_emptied_or_a_segment_added_is_warned_of(classeur: Path) -> None:
    run(classeur)
    fill(classeur, "Offres", "Prêt", Offre=None)

    assert messages(run(classeur), "offre") == [
        "Segment « Prêt » : aucune offre. Écrivez-en une dans la feuille Offres, ou « Aucune » si c’est votre choix."
    ]


def test_reviews_follow_the_clock(classeur: Path) -> None:
    run(classeur)

    assert not messages(run(classeur, au=date(2027, 11, 21)), "revue")
    assert len(messages(run(classeur, au=date(2027, 11, 22)), "revue")) == 8
    levels = {a.niveau for a in run(classeur, au=date(2028, 11, 22)).alertes if a.sujet == "revue"}
    assert levels == {"En retard"}


def test_small_segments_and_a_heavy_criterion_are_warned_of(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    lignes = workbook.read_table("Criteres").lignes
    workbook.write_cells("Criteres", {int(lignes.index[lignes["Code"] == "PA"][0]): {"Poids": 90}})
    workbook.save()

    told = messages(run(classeur), "découpage")

    assert any("pèse plus de 50 %" in m for m in told)
    assert any("1 client seulement" in m for m in told)


def test_too_many_segments_are_warned_of(classeur: Path) -> None:
    write_setting(classeur, "Segments au plus", 3)
    workbook = FileWorkbook(classeur)
    lignes = workbook.read_table("Parametres").lignes
    row = int(lignes.index[lignes["Paramètre"] == "Segments au plus"][0])
    workbook.write_cells("Parametres", {row: {"Valeur": 3}})
    workbook.save()

    assert any("au-delà de 3" in m for m in messages(run(classeur), "découpage"))


def test_old_answers_and_criteria_nobody_rated_are_warned_of(classeur: Path) -> None:
    line = {"Dossier": "D1", "Question": "Sensibilisation", "Réponse": "Informé", "Nature": "Déclaré", "Date": date(2020, 1, 1)}  # fmt: skip
    workbook = FileWorkbook(classeur)
    workbook.add_table("Reponses", "Réponses", dict.fromkeys(REPONSES, 14))
    workbook.append_rows("Reponses", pd.DataFrame([line], columns=[*REPONSES], dtype=object))
    workbook.save()

    bilan = run(classeur)

    assert messages(bilan, "réponses") == [
        "1 réponse sur 1 de la feuille Réponses dépasse « Périmé après » : posez ces questions de nouveau."
    ]
    assert any("Grille Enjeu : personne n’a répondu" in m for m in messages(bilan, "critères"))


def test_notes_of_long_ago_are_warned_of(classeur: Path) -> None:
    write_clients(classeur, Calculé_le={"D1": date(2024, 1, 5)})

    assert messages(run(classeur), "notes") == [
        "Les notes de la feuille Clients datent du 05/01/2024 : relancez « Noter »."
    ]


# — offers and pages —


def test_a_client_s_own_channel_wins_and_an_objector_is_never_eligible(classeur: Path) -> None:
    write_clients(classeur, Canal_préféré={"D2": "Visio"}, Opposition={"D1": "peut-être"})

    bilan = run(classeur)

    channels = {x.dossier: x.canal for page in bilan.pages for f in page.eligibles.values() for x in f}  # fmt: skip
    assert channels == {"D2": "Visio"}


def test_a_page_a_segment_is_written_and_names_clients(two_years: Path, tmp_path: Path) -> None:
    bilan = run(two_years, tmp_path / "pages")

    names = [path.name for path in bilan.fichiers]
    text = text_of(bilan.fichiers[2])
    assert names[2] == "Segment - Prioritaire - page interne du 22-11-2026.docx"
    assert len(names) == 8
    for told in (
        "Segment « Prioritaire »", "1 320 €", "Mise en place clé en main", "Prix : à fixer",
        "« Le papier m’a toujours suffi. »", "Père & Fils <SARL>", "Clients éligibles : 1 sur 1",
        "« Outil de facturation » est Papier",
    ):  # fmt: skip
        assert told in text


def test_a_page_that_somebody_edited_is_kept(classeur: Path, tmp_path: Path) -> None:
    (first, *_) = run(classeur, tmp_path).fichiers
    document = Document(str(first))
    document.add_paragraph("Ma note")
    document.save(str(first))

    (again, other, *_) = run(classeur, tmp_path).fichiers

    assert again.name.endswith("(2).docx")
    assert not other.name.endswith("(2).docx")
    assert "Ma note" in text_of(first)


def test_a_folder_that_cannot_be_written_leaves_the_workbook_as_it_was(
    classeur: Path, tmp_path: Path
) -> None:
    wall = tmp_path / "mur"
    wall.write_text("", "utf-8")
    before = classeur.read_bytes()

    with pytest.raises(SaisieError, match="ne peut pas être écrit"):
        run(classeur, wall / "pages")

    assert classeur.read_bytes() == before


def test_a_client_counted_twice_or_an_unread_amount_is_told(classeur: Path) -> None:
    write_clients(classeur, Dossier={"D3": "D2"}, Honoraires_annuels={"D1": "beaucoup"})

    bilan = run(classeur)

    assert bilan.total.clients == 1
    assert {a.cell for a in bilan.anomalies} >= {"A6", "A7"}
    assert any("Honoraires annuels" in a.problem for a in bilan.anomalies)


def test_the_sheet_counts_the_clients_who_were_sold_one_more_mission(two_years: Path) -> None:
    """Given two years of invoices that all say « Tenue », but the last one of D1."""
    workbook = FileWorkbook(two_years)
    workbook.add_columns("Honoraires", ["Mission"])
    lignes = workbook.read_table("Honoraires").lignes
    words = {int(str(row)): {"Mission": "Tenue"} for row in lignes.index}
    words[int(str(lignes.index[lignes["Dossier"] == "D1"][-1]))] = {"Mission": "Paie"}
    workbook.write_cells("Honoraires", words)
    workbook.save()

    bilan = run(two_years)

    assert bilan.total.chiffres[r.OUVERTES].valeur == 1
    rows = sheet(two_years, "Rendement").set_index("Axe")
    assert rows.loc["Total", "Missions ouvertes"] == 1


# — what changed since —


def test_each_day_is_on_record_once_and_is_compared_with_the_last_of_a_year_before(
    two_years: Path,
) -> None:
    run(two_years, au=date(2025, 11, 22))
    run(two_years, au=date(2026, 5, 1))
    run(two_years)

    bilan = run(two_years)

    rows = sheet(two_years, "Historique")
    assert [d.date() for d in rows["Date"]] == [date(2025, 11, 22), date(2026, 5, 1), AU]
    assert bilan.depuis == date(2025, 11, 22)
    assert bilan.effets["Honoraires"] == (2410, 2520)


def test_before_and_after_stand_side_by_side_with_how_ready_the_clients_are(
    two_years: Path,
) -> None:
    """Given three clients of whom one finds a platform between two calculations."""
    write_clients(two_years, Statut_plateforme={"D1": "Aucune"})
    run(two_years, au=date(2025, 11, 22))
    before = sheet(two_years, "Historique").iloc[0]
    write_clients(two_years, Statut_plateforme={"D1": "Réception active"})

    bilan = run(two_years)

    after = sheet(two_years, "Historique").iloc[-1]
    assert (before["Sans plateforme"], after["Sans plateforme"]) == (2, 1)
    assert after["Part en vert"] == 0.5
    told = sheet(two_years, "Evolution").set_index("Mesure")
    assert told.loc["Sans plateforme", "Depuis le premier"] == "-1"
    assert told.loc["Sans plateforme", "Lecture"] == "En progrès depuis le premier calcul."
    assert "Honoraires" in told.index
    assert [x.mesure for x in bilan.evolutions] == [*told.index]
    assert find_flaws(two_years) == []


def test_a_record_of_before_takes_the_columns_that_came_since(two_years: Path) -> None:
    run(two_years, au=date(2025, 11, 22))
    workbook = FileWorkbook(two_years)
    rows = workbook.read_table("Historique").lignes
    blank = dict.fromkeys(("Note FE moyenne", "Part en vert", "Sans plateforme"))
    workbook.write_cells("Historique", {int(rows.index[0]): blank})
    workbook.save()

    run(two_years)

    told = sheet(two_years, "Evolution").set_index("Mesure")
    assert told.loc["Note FE moyenne", "Lecture"] == PREMIERE_FOIS
    assert told.loc["Honoraires", "Depuis le premier"] == "+110\u00a0€"


def test_a_day_that_somebody_typed_wrong_stays_and_is_compared_with_nothing(
    two_years: Path,
) -> None:
    run(two_years, au=date(2025, 11, 22))
    workbook = FileWorkbook(two_years)
    workbook.write_cells("Historique", {workbook.read_table("Historique").lignes.index[0]: {"Date": "hier"}})  # fmt: skip
    workbook.save()

    bilan = run(two_years)

    assert bilan.depuis is None
    assert sheet(two_years, "Historique")["Date"].tolist()[1:] == ["hier"]
    (told,) = bilan.anomalies
    assert (told.sheet, told.value) == ("Historique", "hier")
    assert "cette ligne n’est comparée à rien" in told.problem
