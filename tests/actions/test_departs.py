"""A client who left is planned, called, ranked and asked no more; one who will leave still is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.excel.parts import rows_of, score

from segxl.actions import fiche, obligations, plan, plateformes, questionnaire, trajectoire, valeur
from segxl.excel.courriers import record_courriers
from segxl.excel.file import FileWorkbook
from segxl.faces.annonces_loi import json_of_obligations
from segxl.faces.messages import of_notation
from segxl.faces.messages_loi import of_obligations
from segxl.lettres.registre import ligne_of

TODAY = date(2026, 11, 22)
LEFT = [date(2026, 6, 30), TODAY, "22/11/2026"]


def leave(path: Path, dossier: str, sortie: object, header: str = "Sortie le") -> None:
    """Type when a client leaves."""
    workbook = FileWorkbook(path)
    clients = workbook.read_table("Clients").lignes
    if header not in clients:
        workbook.add_columns("Clients", [header])
    (row,) = clients.index[clients["Dossier"] == dossier]
    workbook.write_cells("Clients", {int(row): {header: sortie}})
    workbook.save()


def planned(path: Path) -> plan.BilanPlan:
    workbook = FileWorkbook(path)
    bilan = plan.run(workbook, TODAY)
    workbook.save()
    return bilan


@pytest.mark.parametrize("sortie", LEFT)
def test_a_client_who_left_is_not_planned(classeur: Path, sortie: object) -> None:
    leave(classeur, "D2", sortie)

    bilan = planned(classeur)

    assert bilan.plan["Dossier"].tolist() == ["D1"]
    assert "D2" not in [*bilan.rencontres["Dossier"]]
    assert bilan.anomalies == ()


@pytest.mark.parametrize("sortie", [date(2026, 11, 23), "31/12/2026", "bientôt", None])
def test_a_client_who_has_not_left_is_planned(classeur: Path, sortie: object) -> None:
    leave(classeur, "D2", sortie)

    assert sorted(planned(classeur).plan["Dossier"]) == ["D1", "D2"]


def test_the_departure_is_read_under_the_name_of_other_software(classeur: Path) -> None:
    leave(classeur, "D2", date(2026, 6, 30), "Date de sortie")

    assert planned(classeur).plan["Dossier"].tolist() == ["D1"]


def test_a_row_of_the_plan_says_that_its_client_left_and_loses_its_proposed_day(
    classeur: Path,
) -> None:
    planned(classeur)
    leave(classeur, "D2", date(2026, 6, 30))

    bilan = planned(classeur)

    rows = FileWorkbook(classeur).read_table("Plan").lignes.set_index("Dossier")
    assert rows.at["D2", "Raison"] == "Client parti le 30/06/2026."
    assert rows.at["D2", "Date prévue"] is rows.at["D2", "Priorité"] is None
    assert (bilan.absents, bilan.anomalies) == (("D2",), ())


def test_a_row_typed_by_hand_for_a_client_who_left_is_kept_and_told(classeur: Path) -> None:
    planned(classeur)
    leave(classeur, "D2", date(2026, 6, 30))
    workbook = FileWorkbook(classeur)
    lignes = workbook.read_table("Plan").lignes
    (row,) = lignes.index[lignes["Dossier"] == "D2"]
    workbook.write_cells("Plan", {int(row): {"Date prévue": "15/01/2027", "Étape": "Adieux"}})
    workbook.save()

    (anomalie,) = planned(classeur).anomalies

    kept = FileWorkbook(classeur).read_table("Plan").lignes.set_index("Dossier").loc["D2"]
    assert (kept["Date prévue"], kept["Étape"]) == ("15/01/2027", "Adieux")
    assert str(anomalie).startswith(f"Plan!A{row} : client parti le 30/06/2026")


def test_nobody_calls_a_client_who_left(classeur: Path) -> None:
    before = plateformes.run(FileWorkbook(classeur), [], TODAY).relances["Dossier"].tolist()
    leave(classeur, "D2", date(2026, 6, 30))

    called = plateformes.run(FileWorkbook(classeur), [], TODAY).relances["Dossier"].tolist()

    assert "D2" in before
    assert "D2" not in called


def test_a_client_who_left_has_no_rank_no_urgency_and_no_exposure_and_the_reason(
    classeur: Path,
) -> None:
    leave(classeur, "D2", date(2026, 6, 30))

    score(classeur, TODAY)

    rows = rows_of(classeur).set_index("Dossier")
    assert rows["Raison de la priorité"].tolist()[1] == "Client parti le 30/06/2026."
    blank = ["Priorité", "Urgence", "Jours restants", "Exposition (€)"]
    assert rows.loc["D2", blank].isna().all()
    assert rows.at["D2", "Réception"].date() == date(2026, 9, 1)  # type: ignore[union-attr]
    assert rows.at["D2", "Note FE"] is not None


def test_what_the_law_asks_is_counted_for_the_clients_who_are_here(classeur: Path) -> None:
    leave(classeur, "D2", date(2026, 6, 30))

    bilan = obligations.run(FileWorkbook(classeur), TODAY)

    told = {
        line["dossier"]: line.get("parti_le") for line in json_of_obligations(bilan)["obligations"]
    }
    assert told == {"D1": None, "D2": "2026-06-30", "D3": None}
    assert of_obligations(bilan).startswith(
        "2 clients au 22/11/2026. 1 client parti, laissé de côté."
    )


def test_a_client_who_left_is_not_to_see_first_and_keeps_its_class(scored: Path) -> None:
    workbook = FileWorkbook(scored)
    rows = workbook.read_table("Clients").lignes.index
    typed = {"Honoraires annuels": 900, "Note FE": 3, "Couleur": "Rouge"}
    workbook.write_cells("Clients", {int(row): typed for row in rows})
    workbook.save()
    leave(scored, "D2", date(2026, 6, 30))

    bilan = valeur.run(FileWorkbook(scored), TODAY)

    dossiers = [*bilan.releve.lignes["dossier"]]
    assert bilan.croisement.list_first(dossiers) == ["D1", "D3"]
    assert bilan.croisement.lignes["Clients"].tolist()[-1] == 3


def test_a_file_of_evidence_is_made_for_a_client_who_left_only_where_it_is_named(
    classeur: Path, tmp_path: Path
) -> None:
    leave(classeur, "D2", date(2026, 6, 30))
    made = {
        asked: trajectoire.run(
            FileWorkbook(classeur, to_write=False),
            trajectoire.Commande(vers=tmp_path / str(len(asked)), au=TODAY, dossiers=asked),
        )
        for asked in ((), ("D2",))
    }

    names = {asked: [p.name[:2] for p in bilan.fichiers] for asked, bilan in made.items()}
    assert names == {(): ["D1"], ("D2",): ["D2"]}
    assert [line[0] for line in made[()].minces] == ["D1"]


def test_a_questionnaire_leaves_out_who_left_unless_it_is_named(
    classeur: Path, tmp_path: Path
) -> None:
    leave(classeur, "D2", date(2026, 6, 30))
    workbook = FileWorkbook(classeur)

    everyone = questionnaire.run(workbook, tmp_path / "q.xlsx", questionnaire.Demande(au=TODAY))
    named = questionnaire.run(
        workbook, tmp_path / "q2.xlsx", questionnaire.Demande(au=TODAY, dossiers=("D2",))
    )

    assert (everyone.clients, everyone.partis) == (2, 1)
    assert (named.clients, named.partis) == (1, 0)


def test_the_card_of_a_client_who_left_has_no_meeting_nor_step_to_come(
    classeur: Path, tmp_path: Path
) -> None:
    planned(classeur)
    leave(classeur, "D2", date(2026, 6, 30))

    bilan = fiche.run(
        FileWorkbook(classeur, to_write=False),
        fiche.Commande(vers=tmp_path / "fiches", au=TODAY, dossiers=("D2",)),
    )

    texts = Document(str(bilan.fichiers[0])).element.iter(qn("w:t"))
    told = "".join(t.text or "" for t in texts).replace("\u00a0", " ")
    assert "Prochain rendez-vous : aucun, client parti le 30/06/2026" in told
    assert "Aucune : client parti le 30/06/2026." in told
    assert "Prochaine étape légale : sans objet, client parti" in told
    assert "sans objet, client parti" in told.partition("Questions à poser")[2]


def test_a_table_plan_of_clients_who_all_left_is_nobodys_plan(classeur: Path) -> None:
    for dossier in ("D1", "D2", "D3"):
        leave(classeur, dossier, date(2026, 6, 30))

    bilan = planned(classeur)

    assert bilan.plan.empty
    pd.testing.assert_index_equal(bilan.rencontres.index, pd.RangeIndex(0))


def test_the_dashboard_and_the_home_sheet_count_who_is_still_there(classeur: Path) -> None:
    leave(classeur, "D2", date(2026, 6, 30))

    bilan = score(classeur, TODAY)

    tables = FileWorkbook(classeur)
    colours = tables.read_table("SyntheseCouleurs").lignes.set_index("Couleur")["Clients"]
    segments = tables.read_table("SyntheseSegments").lignes.set_index("Segment")["Clients"]
    figures = tables.read_table("Indicateurs").lignes.set_index("Indicateur")
    assert (colours["Rouge"], colours["Vert clair"], colours.sum()) == (0, 1, 2)
    assert (segments["Prioritaire"], segments.sum()) == (0, 2)
    assert [*figures.loc["Dossiers", ["Valeur", "Lecture"]]] == [2, "dans le portefeuille, 1 parti non compris"]  # fmt: skip
    assert figures.at["Note moyenne", "Valeur"] == rows_of(classeur)["Note FE"].tolist()[0]
    assert of_notation(bilan, "Anomalies").startswith("3 dossiers notés, note moyenne 15,2 sur 20. Moyenne et comptes hors 1 client parti.")  # fmt: skip


def test_a_client_who_left_keeps_its_note_and_has_no_next_step(classeur: Path) -> None:
    score(classeur, TODAY)
    kept = ["Note FE", "Couleur", "Segment"]
    before = [*rows_of(classeur).set_index("Dossier").loc["D2", kept]]
    leave(classeur, "D2", date(2026, 6, 30))

    score(classeur, TODAY)

    after = rows_of(classeur).set_index("Dossier").loc["D2"]
    assert [*after[kept]] == before
    assert after["Prochaine étape"] == "Client parti le 30/06/2026."


def test_a_portfolio_that_everybody_left_is_noted_and_counts_nobody(classeur: Path) -> None:
    for dossier in ("D1", "D2", "D3"):
        leave(classeur, dossier, date(2026, 6, 30))

    bilan = score(classeur, TODAY)

    figures = FileWorkbook(classeur).read_table("Indicateurs").lignes.set_index("Indicateur")
    assert [*figures.loc["Dossiers", ["Valeur", "Lecture"]]] == [0, "dans le portefeuille, 3 partis non compris"]  # fmt: skip
    assert figures.at["Note moyenne", "Valeur"] is None
    assert of_notation(bilan, "Anomalies").startswith("3 dossiers notés. Moyenne et comptes hors 3 clients partis.")  # fmt: skip


def test_a_letter_to_a_client_who_left_is_no_letter_of_those_to_write_to(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    record_courriers(workbook, (), [ligne_of(TODAY, key, "m", "f.docx", key.encode()) for key in ("D1", "D2")])  # fmt: skip
    workbook.save()
    leave(classeur, "D2", date(2026, 6, 30))

    score(classeur, TODAY)

    steps = FileWorkbook(classeur).read_table("Etapes").lignes.set_index("Étape")
    assert [*steps.loc["4. Agir", ["Avancement", "Ce qui manque"]]] == [1, "Chaque dossier a son courrier."]  # fmt: skip
