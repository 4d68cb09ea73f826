from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from pathlib import Path

import pytest
from docx import Document

from segxl.actions import courriers
from segxl.actions.courriers import Commande
from segxl.domain.anomalies import SaisieError
from segxl.excel.file import FileWorkbook

TODAY = date(2026, 11, 22)


@pytest.fixture
def commande(classeur: Path, tmp_path: Path) -> Callable[..., Commande]:
    def order(**wishes: object) -> Commande:
        base = Commande(vers=tmp_path / "courriers", beside=classeur.parent, today=TODAY)
        return Commande(**{f: getattr(base, f) for f in Commande.__slots__} | wishes)

    return order


def run(classeur: Path, commande: Commande) -> courriers.BilanCourriers:
    workbook = FileWorkbook(classeur)
    bilan = courriers.run(workbook, commande)
    workbook.save()
    return bilan


def text_of(path: Path) -> str:
    return "".join(str(t) for t in Document(str(path)).element.itertext())


def test_each_client_gets_the_letter_of_its_segment(
    classeur: Path, commande: Callable[..., Commande]
) -> None:
    bilan = run(classeur, commande())

    assert bilan.par_segment == {"Prêt": 1, "Prioritaire": 1, "Hors champ": 1}
    assert [p.name for p in bilan.fichiers] == [
        "D1 - Lumo Énergie - courrier du 22-11-2026.docx",
        "D2 - Père & Fils SARL À l’Été =1+1 - courrier du 22-11-2026.docx",
        "D3 - Ostra Conseil - courrier du 22-11-2026.docx",
    ]


def test_a_letter_tells_the_client_its_own_next_step(
    classeur: Path, commande: Callable[..., Commande]
) -> None:
    bilan = run(classeur, commande(dossiers=("D2",)))

    told = text_of(bilan.fichiers[0])
    assert "Lire ensemble la fiche d’une page" in told
    assert "prioritaire" not in told.casefold()


def test_every_letter_is_on_record_with_its_fingerprint(
    classeur: Path, commande: Callable[..., Commande]
) -> None:
    run(classeur, commande(segments=("prêt",)))

    lignes = FileWorkbook(classeur).read_table("Courriers").lignes
    assert lignes["Dossier"].tolist() == ["D1"]
    assert lignes["Statut"].tolist() == ["à valider"]
    assert lignes["Empreinte"].str.len().tolist() == [16]


def test_a_second_run_writes_and_records_nothing_new(
    classeur: Path, commande: Callable[..., Commande], tmp_path: Path
) -> None:
    run(classeur, commande())
    files = sorted(tmp_path.glob("courriers/*"))

    run(classeur, commande())

    assert sorted(tmp_path.glob("courriers/*")) == files
    assert len(FileWorkbook(classeur).read_table("Courriers").lignes) == 3


def test_a_letter_that_somebody_edited_is_kept(
    classeur: Path, commande: Callable[..., Commande]
) -> None:
    edited = run(classeur, commande(dossiers=("D1",))).fichiers[0]
    edited.write_bytes(b"my own words")

    again = run(classeur, commande(dossiers=("D1",))).fichiers[0]

    assert edited.read_bytes() == b"my own words"
    assert again.name == "D1 - Lumo Énergie - courrier du 22-11-2026 (2).docx"


def test_an_incomplete_letterhead_holds_everything(
    classeur: Path, commande: Callable[..., Commande], tmp_path: Path
) -> None:
    workbook = FileWorkbook(classeur)
    place = workbook.read_table("Cabinet").lignes
    row = int(place.index[place["Champ"] == "RCS"][0])
    workbook.write_cells("Cabinet", {row: {"Valeur": None}})
    workbook.save()

    with pytest.raises(SaisieError, match="RCS"):
        run(classeur, commande())
    assert not (tmp_path / "courriers").exists()


def test_an_opposition_holds_one_letter_and_not_the_others(
    classeur: Path, commande: Callable[..., Commande]
) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"Opposition": "oui"}})
    workbook.save()

    bilan = run(classeur, commande())

    assert len(bilan.fichiers) == 2
    assert ["opposé" in a.problem for a in bilan.retenues] == [True]
    assert bilan.retenues[0].cell.endswith("5")


def test_the_name_of_another_client_holds_that_letter_and_no_other(
    classeur: Path, commande: Callable[..., Commande]
) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"Adresse": "chez Ostra Conseil, 1 rue du Moulin"}})
    workbook.save()

    bilan = run(classeur, commande(dossiers=("D1", "D2")))

    assert [p.name[:2] for p in bilan.fichiers] == ["D2"]
    assert ["Ostra Conseil" in a.problem for a in bilan.retenues] == [True]


def test_a_model_that_kept_the_name_of_the_client_it_was_written_for_is_held(
    classeur: Path, commande: Callable[..., Commande], tmp_path: Path
) -> None:
    models = courriers.export_modeles(tmp_path / "fournis")
    document = Document(str(next(p for p in models if p.name == "pret.docx")))
    document.add_paragraph("Comme convenu avec Ostra Conseil.")
    (classeur.parent / "Modèles").mkdir()
    document.save(str(classeur.parent / "Modèles" / "pret.docx"))

    bilan = run(classeur, commande(dossiers=("D1",)))

    assert bilan.fichiers == ()
    assert "Ostra Conseil" in bilan.retenues[0].problem


def test_a_comment_never_reaches_a_letter(
    classeur: Path, commande: Callable[..., Commande], tmp_path: Path
) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"Commentaire": "mauvais payeur"}})
    workbook.save()
    folder = classeur.parent / "Modèles"
    folder.mkdir()
    source = courriers.export_modeles(tmp_path / "fournis")
    model = next(p for p in source if p.name == "pret.docx")
    document = Document(str(model))
    document.add_paragraph("{{ commentaire }}")
    document.save(str(folder / "pret.docx"))

    with pytest.raises(SaisieError, match="commentaire"):
        run(classeur, commande(dossiers=("D1",)))


def test_a_jinja_expression_in_a_cell_is_printed_and_never_run(
    classeur: Path, commande: Callable[..., Commande]
) -> None:
    workbook = FileWorkbook(classeur)
    workbook.write_cells("Clients", {5: {"Raison sociale": "Lumo {{ 7*7 }}"}})
    workbook.save()

    bilan = run(classeur, commande(dossiers=("D1",)))

    told = text_of(bilan.fichiers[0])
    assert "{{ 7*7 }}" in told
    assert "49" not in told


def test_a_mail_draft_opens_as_unsent(classeur: Path, commande: Callable[..., Commande]) -> None:
    bilan = run(classeur, commande(formats=("eml",), dossiers=("D1",)))

    draft = message_from_bytes(bilan.fichiers[0].read_bytes())
    assert draft["X-Unsent"] == "1"
    assert draft["To"] == "d1@client.example"


@pytest.mark.libreoffice
def test_letters_come_out_as_pdf_too(classeur: Path, commande: Callable[..., Commande]) -> None:
    bilan = run(classeur, commande(formats=("docx", "pdf"), segments=("Prêt",)))

    assert sorted(p.suffix for p in bilan.fichiers) == [".docx", ".pdf"]
    assert bilan.fichiers[1].read_bytes().startswith(b"%PDF")


def test_an_unknown_segment_lists_those_that_exist(
    classeur: Path, commande: Callable[..., Commande]
) -> None:
    with pytest.raises(SaisieError, match="Prioritaire"):
        run(classeur, commande(segments=("Pret a partir",)))


def test_the_home_sheet_counts_the_letters_written(
    classeur: Path, commande: Callable[..., Commande]
) -> None:
    run(classeur, commande())

    etapes = FileWorkbook(classeur).read_table("Etapes").lignes
    assert etapes["Ce qui manque"].iloc[3] == "Chaque dossier a son courrier."


def test_the_shipped_models_are_handed_out_and_never_written_over(tmp_path: Path) -> None:
    first = courriers.export_modeles(tmp_path / "m")
    first[0].write_bytes(b"edited")

    second = courriers.export_modeles(tmp_path / "m")

    assert len(first) == 37
    assert first[0].read_bytes() == b"edited"
    assert second[0] != first[0]
