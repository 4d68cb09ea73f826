"""« Relation » : from the sheets of a workbook to those it writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from tests.excel.opc import find_flaws
from tests.excel.parts import rows_of
from tests.relations import AU, classeur_of, relation_of

from segxl.actions import courriers, enquete, journal, relation
from segxl.actions.journal import Echange
from segxl.actions.relation import BilanRelation
from segxl.domain.anomalies import SaisieError
from segxl.excel.file import FileWorkbook
from segxl.excel.reclamations import WIDTHS
from segxl.excel.relation import WIDTHS as RELATION

FIVE = [{"dossier": "D1", "le": f"2026-{m:02}-01", "csat": c, "nps": n} for m, c, n in [(1, 5, 10), (4, 4, 9), (6, 3, 10), (8, 5, 4), (10, 2, 11)]]  # fmt: skip


def run(path: Path, au: date = AU) -> BilanRelation:
    workbook = FileWorkbook(path)
    bilan = relation.run(workbook, au)
    workbook.save()
    return bilan


def complain(path: Path, dossier: str = "D1") -> None:
    workbook = FileWorkbook(path)
    told = Echange(dossier=dossier, objet="Délai", type="Réclamation", canal="E-mail", le=date(2026, 10, 1))  # fmt: skip
    journal.run(workbook, told, AU)
    workbook.save()


def write(path: Path, table: str, row: int, **cells: object) -> None:
    workbook = FileWorkbook(path)
    workbook.write_cells(table, {row: cells})
    workbook.save()


def first_row(path: Path, table: str) -> int:
    return int(str(rows_of(path, table).index[0]))


def test_a_fresh_workbook_has_its_two_sheets_and_says_what_it_does_not_know(classeur: Path) -> None:
    bilan = run(classeur)

    assert rows_of(classeur, "Relation")["Relation"].tolist() == ["Inconnue"] * 3
    told = rows_of(classeur, "BilanRelation").set_index("Mesure")
    assert told.at["LTV / CAC", "Valeur"] is None
    assert "non calculé" in str(told.at["LTV / CAC", "Comment c’est calculé"])
    assert not FileWorkbook(classeur).has_table("Reclamations")
    assert bilan.anomalies == ()
    assert find_flaws(classeur) == []


def test_the_sheet_tells_what_clients_call_important_beside_what_they_think(
    classeur: Path, tmp_path: Path
) -> None:
    days = ("01/03/2026", "02/06/2026", "03/09/2026")
    lines = [f"{day};{who};4;5;2" for day in days for who in ("D1", "D2")]
    titles = "Date;Client;CSAT;Importance : Paie;Satisfaction : Paie"
    (tmp_path / "e.csv").write_text("\n".join([titles, *lines]), "utf-8")
    workbook = FileWorkbook(classeur)
    enquete.run(workbook, [tmp_path / "e.csv"], AU)
    workbook.save()

    run(classeur)

    told = rows_of(classeur, "BilanRelation").set_index("Mesure")
    assert told.at["Paie", "Bloc"] == "Ce qui compte"
    assert told.at["Paie", "Valeur"] == 100
    assert "CSAT de ces clients : 100 % (n = 6) ; satisfaits du sujet : 0 % (n = 6)" in str(
        told.at["Paie", "Comment c’est calculé"]
    )
    assert told.at["Paie, Sans segment", "Valeur"] == 100


def test_a_complaint_of_the_journal_reaches_the_register_once(classeur: Path) -> None:
    complain(classeur)

    first, second = run(classeur), run(classeur)

    registre = rows_of(classeur, "Reclamations")
    assert (first.reprises, second.reprises, len(registre)) == (1, 0, 1)
    assert [*registre] == [*WIDTHS]
    assert registre["Écrite le"].iloc[0].date() == date(2026, 10, 1)
    assert find_flaws(classeur) == []


@pytest.mark.parametrize(("typed", "other"), [("Reclamations", "Journal"), ("Journal", "Reclamations")])  # fmt: skip
def test_a_complaint_closed_in_one_sheet_is_closed_in_the_other(
    classeur: Path, typed: str, other: str
) -> None:
    complain(classeur)
    run(classeur)
    write(classeur, typed, first_row(classeur, typed), **{"Clos le": date(2026, 11, 3)})

    bilan = run(classeur)

    assert (bilan.fermees, bilan.ouvertes) == (1, 0)
    assert rows_of(classeur, other)["Clos le"].iloc[0].date() == date(2026, 11, 3)
    assert rows_of(classeur, "Reclamations")["À faire"].iloc[0] == "close le 03/11/2026"


def test_what_people_typed_in_the_register_stays(classeur: Path) -> None:
    complain(classeur)
    run(classeur)
    row = first_row(classeur, "Reclamations")
    write(
        classeur,
        "Reclamations",
        row,
        Issue="remise",
        Étape="Réponse donnée",
        Objet="Liasse",
    )

    run(classeur)

    kept = rows_of(classeur, "Reclamations")
    assert len(kept) == 1
    assert [kept.at[row, h] for h in ("Issue", "Étape", "Objet")] == [
        "remise",
        "Réponse donnée",
        "Liasse",
    ]


def test_a_complaint_of_the_register_alone_holds_the_letters(scored: Path) -> None:
    complain(scored, "D2")
    run(scored)
    workbook = FileWorkbook(scored)
    workbook.replace_rows("Journal", pd.DataFrame([{"Dossier": None}], dtype=object))
    workbook.save()
    commande = courriers.Commande(vers=scored.parent / "c", beside=scored.parent, today=AU, dossiers=("D2",))  # fmt: skip

    bilan = courriers.run(FileWorkbook(scored), commande)

    assert not bilan.fichiers
    assert any("Réclamations" in str(a) and "réclamation" in str(a) for a in bilan.retenues)


def test_an_answer_off_the_scale_is_told_and_counts_for_nothing() -> None:
    bilan = relation_of(classeur_of(enquete=FIVE))

    assert bilan.ensemble.portefeuille.csat.valeur == pytest.approx(60)
    assert (bilan.ensemble.portefeuille.nps.valeur, bilan.ensemble.portefeuille.nps.n) == (None, 4)
    assert [str(a.value) for a in bilan.anomalies] == ["11"]


def test_days_that_cannot_be_are_told() -> None:
    client = {"Dossier": "D1", "Entrée le": "2026-05-01", "Sortie le": "01/01/2026", "Témoignage accepté le": "oui"}  # fmt: skip
    registre = [{"recue": "2027-01-01", "ecrite": "hier", "qualite": "autre", "dossier": "D9"}]

    bilan = relation_of(classeur_of(client, registre=registre))

    assert [a.problem for a in bilan.anomalies] == [
        "« Témoignage accepté le » n’est pas une date",
        "ce client sort avant d’être entré",
        "cette date ne se lit pas",
        "« Qualité » ne se lit pas",
        "« Reçue le » est à venir : aucun délai ne court",
        "ce dossier n’est pas dans la feuille Clients",
    ]


def test_a_setting_that_is_no_number_stops_everything() -> None:
    workbook = classeur_of(parametres={"Sans contact depuis (mois)": "six"})

    with pytest.raises(SaisieError, match="Sans contact depuis"):
        relation_of(workbook)
    assert not workbook.has_table("Relation")


def test_a_workbook_older_than_the_settings_takes_those_that_ship() -> None:
    consumer = {"recue": "2026-10-01", "ecrite": "2026-10-01", "qualite": "Consommateur"}
    workbook = classeur_of(registre=[consumer])
    workbook.replace_rows("Parametres", pd.DataFrame([{"Paramètre": None, "Valeur": None}]))
    workbook.save()

    relation_of(workbook)

    (jour,) = workbook.read_table("Reclamations").lignes["À faire avant le"]
    assert jour == date(2026, 12, 1)


def test_a_table_of_that_name_that_is_somebody_else_s_is_refused() -> None:
    workbook = classeur_of(registre=[{"recue": "2026-01-01"}])
    workbook.add_table("Relation", "Relation", {"Dossier": 9, "Ami": 9})
    workbook.save()

    with pytest.raises(SaisieError, match="« Relation »"):
        relation_of(workbook)


def test_worth_and_cost_come_from_fees_departures_and_what_the_firm_spends() -> None:
    clients = [{"Dossier": f"D{i}", "Honoraires annuels": 1200, "Segment": "Prêt", "Date de sortie": "01/10/2026" if i == 1 else None, "Client depuis": "01/02/2026" if i == 2 else "01/01/2020"} for i in range(1, 11)]  # fmt: skip

    bilan = relation_of(classeur_of(*clients, parametres={"Dépense d’acquisition sur douze mois (€)": "1 000 €"}))  # fmt: skip

    # D2 came in February: nine clients for three months, ten until October, nine since.
    rate = 1 / (9 * 3 + 10 * 8 + 9)
    valeur = bilan.ensemble.valeur
    assert bilan.ensemble.attrition.taux.valeur == pytest.approx(rate)
    assert (valeur.cac.valeur, valeur.nouveaux) == (1000.0, 1)
    assert valeur.ratio.valeur == pytest.approx(1.2 / (12 * rate))
    assert [r.dossier for r in bilan.relations][-1] == "D1"


def test_a_letter_that_left_is_a_contact_and_a_draft_is_none() -> None:
    sent, draft = (
        relation_of(classeur_of(courriers=[{"le": "2026-10-01", "statut": statut}])).relations[0]
        for statut in ("Envoyé le 05/10/2026", "À valider")
    )

    assert sent.contact == (date(2026, 10, 5), "Courriers")
    assert draft.contact is None


def test_missions_that_the_firm_keeps_beside_its_fees_tell_who_comes_back() -> None:
    rows = [{"le": "2026-10-05", "montant": 100, "Mission": m} for m in ("Bilan", "Paie", "#N/A", None)]  # fmt: skip

    bilan = relation_of(classeur_of(honoraires=rows))

    assert (bilan.ensemble.rachat.valeur, bilan.ensemble.rachat_d_apres) == (1.0, "missions différentes")  # fmt: skip


def test_a_client_that_sent_somebody_is_an_ambassador_named_only_with_its_consent() -> None:
    clients = (
        {"Dossier": "D1"},
        {"Dossier": "D2", "Témoignage accepté le": date(2026, 5, 4)},
        {"Dossier": "D3", "Opposition": "Oui"},
        {"Dossier": "D4"},
    )
    sent = [{"le": "2026-10-01", "type": "recommandation", "objet": "un voisin"}]
    journal = [
        *sent, *sent,
        *({"dossier": d, "le": "2026-10-01", "type": "Recommandation"} for d in ("D2", "D3")),
        {"dossier": "D4", "le": "2027-01-01", "type": "Recommandation"},
    ]  # fmt: skip

    bilan = relation_of(classeur_of(*clients, journal=journal))

    told = {r.dossier: r.ambassadeur for r in bilan.relations}
    assert told == {
        "D1": "Pressenti, sans accord ; 2 recommandations",
        "D2": "Oui, accord du 04/05/2026 ; 1 recommandation",
        "D3": "Pressenti, opposé ; 1 recommandation",
        "D4": "",
    }
    gestes = {r.dossier: r.geste for r in bilan.relations}
    assert gestes["D1"] == "Remercier, et demander son accord pour un témoignage"


def test_a_departed_client_that_owes_is_to_be_written_to_by_hand() -> None:
    gone = {"Dossier": "D1", "Sortie le": "30/06/2026"}
    fees = [{"le": "2026-06-01", "montant": 1200}, {"le": "2026-09-01", "montant": 600, "payee": "2026-10-30"}]  # fmt: skip
    workbook = classeur_of(gone, honoraires=fees)

    relation_of(workbook)

    (told,) = workbook.read_table("Relation").lignes["Relance"]
    assert told == "de votre main : client parti"


def test_the_mean_delay_of_each_client_stands_in_the_sheet() -> None:
    clients = ({"Dossier": "D1"}, {"Dossier": "D2"})
    fees = [
        {"le": "2026-01-01", "montant": 100, "payee": "2026-02-10", "Jours de retard": 10},
        {"le": "2026-02-01", "montant": 100, "payee": "2026-03-24", "Jours de retard": 21},
    ]
    workbook = classeur_of(*clients, honoraires=fees)

    relation_of(workbook)

    told = workbook.read_table("Relation").lignes.set_index("Dossier")["Retard moyen (jours)"]
    assert (told["D1"], told["D2"]) == (16, None)


def test_a_sheet_of_an_older_version_gets_the_columns_that_it_lacks(classeur: Path) -> None:
    workbook = FileWorkbook(classeur)
    older = {h: w for h, w in RELATION.items() if h != "Retard moyen (jours)"}
    workbook.add_table("Relation", "Relation", older)
    workbook.save()

    run(classeur)
    run(classeur)

    assert [*rows_of(classeur, "Relation")] == [*older, "Retard moyen (jours)"]
    assert find_flaws(classeur) == []


def test_a_column_of_departures_that_nobody_fills_says_nothing_of_attrition() -> None:
    nobody = relation_of(classeur_of({"Dossier": "D1", "Entrée le": date(2020, 1, 6)}))
    somebody = relation_of(classeur_of({"Dossier": "D1"}, {"Dossier": "D2", "Sortie le": date(2026, 9, 30)}))  # fmt: skip

    assert nobody.ensemble.attrition.taux.valeur is None
    assert "« Sortie le » de Clients est absente ou vide" in nobody.ensemble.attrition.taux.motif
    assert somebody.ensemble.attrition.taux.valeur
