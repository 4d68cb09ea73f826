"""The letters as the law and the journal decide them: what they print, what holds them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from tests.excel.parts import rows_of
from tests.situations import VENTES_DE_BIENS

from segxl.actions import courriers, journal
from segxl.actions.courriers import BilanCourriers, Commande
from segxl.actions.journal import Echange
from segxl.domain.anomalies import SaisieError
from segxl.domain.loi import Loi
from segxl.excel.file import FileWorkbook
from segxl.shipped import shipped_path
from segxl.sources.loi import read_loi

TODAY = date(2026, 11, 22)
Write = Callable[..., BilanCourriers]


@pytest.fixture
def portefeuille(classeur: Path) -> Path:
    """Return the workbook of three clients: D1 has a platform, D2 has none, D3 is out of scope."""
    workbook = FileWorkbook(classeur)
    missing = [h for h in (*VENTES_DE_BIENS, "Statut plateforme") if h not in rows_of(classeur)]
    workbook.add_columns("Clients", missing)
    workbook.save()
    change(classeur, dict.fromkeys((5, 6), VENTES_DE_BIENS))
    return classeur


@pytest.fixture
def write(portefeuille: Path, tmp_path: Path) -> Write:
    """Return a function that prepares letters and saves the workbook."""

    def run(loi: Loi | None = None, today: date = TODAY, **wishes: object) -> BilanCourriers:
        base = Commande(vers=tmp_path / "courriers", beside=portefeuille.parent, today=today)
        asked = Commande(**{f: getattr(base, f) for f in Commande.__slots__} | wishes)
        workbook = FileWorkbook(portefeuille)
        bilan = courriers.run(workbook, asked, loi=loi)
        workbook.save()
        return bilan

    return run


def change(classeur: Path, rows: dict[int, dict[str, object]]) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", rows)
    workbook.save()


def note(classeur: Path, **told: object) -> None:
    workbook = FileWorkbook(classeur)
    journal.run(workbook, Echange(**{"objet": "Appel", "dossier": "D1"} | told), TODAY)  # type: ignore[arg-type]
    workbook.save()


def set_parametre(classeur: Path, nom: str, value: float) -> None:
    import pandas as pd  # noqa: PLC0415

    workbook = FileWorkbook(classeur)
    lignes = workbook.read_table("Parametres").lignes
    known = lignes.index[lignes["Paramètre"] == nom]
    if len(known):
        workbook.write_cells("Parametres", {int(known[0]): {"Valeur": value}})
    else:
        workbook.append_rows("Parametres", pd.DataFrame({"Paramètre": [nom], "Valeur": [value]}))
    workbook.save()


def law_with(folder: Path, file: str, old: str, new: str) -> Loi:
    """Read a copy of the shipped law where the first such line of one file is another."""
    shutil.copytree(shipped_path("loi"), folder)
    path = folder / f"{file}.toml"
    before, _, after = path.read_text("utf-8").partition(old)
    assert after
    path.write_text(before + new + after, "utf-8")
    return read_loi(folder)


def text_of(path: Path) -> str:
    return "".join(str(t) for t in Document(str(path)).element.itertext())


# --- One model for everybody


def test_a_model_chosen_for_all_reaches_those_it_concerns_and_counts_the_others(
    write: Write, portefeuille: Path
) -> None:
    bilan = write(modele="Sans plateforme")

    assert [p.name[:2] for p in bilan.fichiers] == ["D2"]
    assert "le 1er\xa0septembre 2026" in text_of(bilan.fichiers[0])
    assert bilan.non_concernes == 2
    assert bilan.retenues == ()
    assert rows_of(portefeuille, "Courriers")["Modèle"].tolist() == ["sans_plateforme"]


def test_a_client_asked_for_by_name_that_is_not_concerned_is_held_with_the_reason(
    write: Write,
) -> None:
    bilan = write(modele="sans plateforme", dossiers=("D1", "D2"))

    (held,) = bilan.retenues
    assert len(bilan.fichiers) == 1
    assert bilan.non_concernes == 0
    assert held.cell.endswith("5")
    assert "« Plateforme agréée » dit « Réception et émission »" in held.problem
    assert "choisissez un autre modèle" in held.remedy


def test_the_status_of_the_platform_wins_over_the_answer(write: Write, portefeuille: Path) -> None:
    change(
        portefeuille,
        {5: {"Statut plateforme": "Expiré"}, 6: {"Statut plateforme": "Réception active"}},
    )

    assert [p.name[:2] for p in write(modele="Sans plateforme").fichiers] == ["D1"]


def test_a_model_for_one_segment_only(write: Write) -> None:
    bilan = write(modele="Sans plateforme", segments=("Prêt",))

    assert (bilan.fichiers, bilan.non_concernes) == ((), 1)


def test_the_end_of_the_simplified_regime_is_told_to_those_it_ends_for(
    write: Write, portefeuille: Path
) -> None:
    change(portefeuille, {5: {"Régime TVA": "Réel simplifié"}})

    bilan = write(modele="Fin du régime simplifié")

    told = text_of(bilan.fichiers[0])
    assert [p.name for p in bilan.fichiers] == [
        "D1 - Lumo Énergie - courrier sur le régime de TVA du 22-11-2026.docx"
    ]
    assert "31\xa0décembre 2026" in told
    assert "1\u202f000\u202f000\xa0€" in told


def test_what_changes_is_told_with_the_first_period_to_send(write: Write) -> None:
    bilan = write(modele="Ce qui change au 1er septembre 2027")

    told = text_of(bilan.fichiers[0])
    assert [p.name[:2] for p in bilan.fichiers] == ["D1", "D2"]
    assert "ce qui change pour vous au 1er\xa0septembre 2027" in told
    assert "du 1er au 10\xa0septembre 2027, à transmettre au plus tard le 20" in told


def test_a_model_of_the_firm_can_be_chosen_for_everybody(
    write: Write, portefeuille: Path, tmp_path: Path
) -> None:
    (shipped,) = (
        p for p in courriers.export_modeles(tmp_path / "fournis") if p.name == "hors_champ.docx"
    )
    own = portefeuille.parent / "Modèles"
    own.mkdir()
    shutil.copy(shipped, own / "Invitation.docx")

    assert len(write(modele="invitation").fichiers) == 3


def test_an_unknown_model_lists_those_that_exist_and_writes_nothing(
    write: Write, tmp_path: Path
) -> None:
    with pytest.raises(SaisieError, match="sans_plateforme"):
        write(modele="Zorglub")

    assert not (tmp_path / "courriers").exists()


def test_two_models_on_one_day_are_two_files_and_a_second_run_adds_none(
    write: Write, portefeuille: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        for modele in ("", "Sans plateforme", "hors_champ"):
            write(modele=modele, dossiers=("D2",))

    files = [*(tmp_path / "courriers").iterdir()]
    assert len(files) == 3
    assert len(rows_of(portefeuille, "Courriers")) == 3


def test_a_segment_may_name_a_model_of_the_law(write: Write, portefeuille: Path) -> None:
    workbook = FileWorkbook(portefeuille)
    lignes = workbook.read_table("Segments").lignes
    rows = lignes.index[lignes["Segment"] == "Prêt"]
    workbook.write_cells("Segments", {int(row): {"Modèle": "sans_plateforme"} for row in rows})
    workbook.save()

    bilan = write()

    assert bilan.par_segment == {"Prioritaire": 1, "Hors champ": 1}
    assert bilan.non_concernes == 1


def test_a_segment_without_a_model_has_no_letter_unless_one_is_chosen_for_all(
    write: Write, portefeuille: Path
) -> None:
    workbook = FileWorkbook(portefeuille)
    lignes = workbook.read_table("Segments").lignes
    rows = lignes.index[lignes["Segment"] == "Prioritaire"]
    workbook.write_cells("Segments", {int(row): {"Modèle": None} for row in rows})
    workbook.save()

    assert write().par_segment == {"Prêt": 1, "Hors champ": 1}
    assert write(modele="Sans plateforme").par_segment == {"Prioritaire": 1}


# --- What the law holds


def test_an_answer_to_confirm_holds_the_letter_that_prints_it(
    write: Write, portefeuille: Path
) -> None:
    change(portefeuille, {6: {"Assujetti TVA": "À vérifier"}})

    bilan = write(modele="Sans plateforme")

    (held,) = bilan.retenues
    assert bilan.fichiers == ()
    assert "Réception à confirmer pour ce client" in held.problem
    assert "« Assujetti TVA » n’est pas connu" in held.problem


def test_a_model_that_tests_the_field_goes_without_it(write: Write, portefeuille: Path) -> None:
    change(portefeuille, {6: {"Effectif": None, "CA HT": None}})
    own = portefeuille.parent / "Modèles"
    own.mkdir()
    document = Document()
    document.add_paragraph("Bonjour.{% if obligation_emission %} Dès {{ obligation_emission }}.{% endif %}")  # fmt: skip
    document.save(str(own / "bref.docx"))
    document.add_paragraph("Dès {{ taille_legale }}.")
    document.save(str(own / "sec.docx"))

    brief, dry = (write(modele=m, dossiers=("D2",)) for m in ("bref", "sec"))

    assert "Bonjour." in text_of(brief.fichiers[0])
    assert "Dès" not in text_of(brief.fichiers[0])
    assert dry.fichiers == ()
    assert "Taille" in dry.retenues[0].problem


def test_a_field_that_does_not_apply_to_a_client_tells_the_author_of_the_model(
    write: Write, portefeuille: Path
) -> None:
    own = portefeuille.parent / "Modèles"
    own.mkdir()
    document = Document()
    document.add_paragraph("Dès {{ obligation_emission }}.")
    document.save(str(own / "sec.docx"))

    bilan = write(modele="sec", dossiers=("D3",))

    assert "sans objet pour ce client" in bilan.retenues[0].problem
    assert "{% if obligation_emission %}" in bilan.retenues[0].problem


def test_a_law_that_is_too_old_holds_every_letter_that_quotes_it_and_no_other(
    write: Write, portefeuille: Path
) -> None:
    late = date(2027, 5, 23)

    bilan = write(today=late)

    assert bilan.par_segment == {"Prêt": 1, "Hors champ": 1}
    (held,) = bilan.retenues
    assert "relevé le 10\xa0octobre 2026, il y a plus de 6 mois" in held.problem
    assert "mettez segxl à jour" in held.remedy.casefold()
    set_parametre(portefeuille, "Ancienneté de la loi au plus (mois)", 12)
    assert len(write(today=late).fichiers) == 3


def test_a_fact_marked_to_confirm_holds_the_letters_that_quote_it_and_no_other(
    write: Write, portefeuille: Path, tmp_path: Path
) -> None:
    change(portefeuille, {5: {"Régime TVA": "Réel simplifié"}})
    loi = law_with(tmp_path / "loi", "tva", "a_confirmer = false", "a_confirmer = true")

    held = write(loi, modele="Fin du régime simplifié")

    assert loi["fin_regime_simplifie"].a_confirmer
    assert held.fichiers == ()
    assert "Dernier jour du régime simplifié de TVA" in held.retenues[0].problem
    assert "Loi de finances pour 2025 art. 38" in held.retenues[0].problem
    assert len(write(loi).fichiers) == 3


def test_a_date_changed_in_the_law_moves_the_letters_that_quote_it_and_no_other(
    write: Write, tmp_path: Path
) -> None:
    loi = law_with(
        tmp_path / "loi",
        "calendrier",
        '(PME et microentreprises, hors assujetti unique)"\nvaleur = 2027-09-01',
        '(PME et microentreprises, hors assujetti unique)"\nvaleur = 2027-12-01',
    )
    models = ("", "Sans plateforme", "Ce qui change")
    before = {m: [*map(text_of, write(modele=m).fichiers)] for m in models}

    after = {m: [*map(text_of, write(loi, modele=m).fichiers)] for m in models}

    ready, first, outside = after[""]
    assert [ready, outside] == [before[""][0], before[""][2]]
    assert first == before[""][1].replace("septembre 2027", "décembre 2027")
    assert after["Sans plateforme"] == before["Sans plateforme"]
    changed = [text.replace("septembre 2027", "décembre 2027") for text in before["Ce qui change"]]
    assert after["Ce qui change"] == changed
    assert "10\xa0décembre 2027, à transmettre au plus tard le 20\xa0décembre 2027" in changed[0]


# --- What the journal holds


def test_a_recent_exchange_holds_a_reminder_and_names_the_row(
    write: Write, portefeuille: Path
) -> None:
    note(portefeuille, dossier="D2", objet="Appel sur l’outil", le=date(2026, 11, 10))

    bilan = write()

    (held,) = bilan.retenues
    assert bilan.par_segment == {"Prêt": 1, "Hors champ": 1}
    assert (held.sheet, held.value) == ("Journal", "Appel sur l’outil")
    assert "D2 : un échange a eu lieu le 10/11/2026" in held.problem
    assert "à partir du 26/11/2026" in held.remedy


def test_the_firm_says_how_long_the_silence_lasts(write: Write, portefeuille: Path) -> None:
    note(portefeuille, dossier="D2", le=date(2026, 11, 10))
    set_parametre(portefeuille, "Silence après un échange (jours)", 11)

    assert write().retenues == ()


def test_a_silence_without_end_is_still_a_day_that_can_be_told(
    write: Write, portefeuille: Path
) -> None:
    note(portefeuille, dossier="D2", le=date(2026, 11, 10))
    set_parametre(portefeuille, "Silence après un échange (jours)", 1e12)

    assert "à partir du 08/11/2036" in write().retenues[0].remedy


def test_a_recent_exchange_does_not_hold_an_information_due_under_the_mission(
    write: Write, portefeuille: Path
) -> None:
    change(portefeuille, {5: {"Régime TVA": "Réel simplifié"}})
    note(portefeuille, dossier="D1")

    assert len(write(modele="Fin du régime simplifié").fichiers) == 1
    assert len(write(modele="hors_champ", dossiers=("D1",)).fichiers) == 1


def test_an_open_complaint_holds_every_letter_and_a_closed_one_none(
    write: Write, portefeuille: Path
) -> None:
    change(portefeuille, {5: {"Régime TVA": "Réel simplifié"}})
    note(portefeuille, dossier="D1", type="Réclamation", objet="Retard", le=date(2026, 1, 5))

    held = write(modele="Fin du régime simplifié")

    assert held.fichiers == ()
    assert "une réclamation de ce client est ouverte" in held.retenues[0].problem
    workbook = FileWorkbook(portefeuille)
    (row,) = workbook.read_table("Journal").lignes.index
    workbook.write_cells("Journal", {row: {"Clos le": date(2026, 2, 1)}})
    workbook.save()
    assert len(write(modele="Fin du régime simplifié").fichiers) == 1


def test_a_letter_on_record_is_no_exchange(write: Write) -> None:
    write()

    again = write()

    assert again.retenues == ()
    assert len(again.fichiers) == 3
