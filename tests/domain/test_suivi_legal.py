"""The columns about the law that « Noter » writes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from segxl.domain.normalisation import normalise
from segxl.domain.suivi_legal import follow_law
from segxl.excel.layout import OBLIGATIONS
from segxl.sources.loi import read_loi

TODAY = date(2026, 11, 22)
POIDS = {"Urgence": 3.0, "Préparation": 2.0, "Enjeu": 1.0}
PME = {
    "Assujetti TVA": "Oui",
    "Redevable TVA": "Oui",
    "Régime TVA": "Réel normal mensuel",
    "Effectif": 20,
    "CA HT": 3_000_000,
    "Total bilan": 2_500_000,
    "Part B2B": 0.6,
    "Part B2C": 0.4,
    "Part secteur public": 0,
    "Part international": 0,
    "Nature": "Biens",
    "Statut plateforme": "Réception active",
}


def followed(*clients: dict[str, Any]) -> pd.DataFrame:
    rows = [{"Dossier": f"D{i}"} | c for i, c in enumerate(clients, 1)]
    dossiers = normalise(pd.DataFrame(rows, dtype=object))
    lignes = pd.DataFrame({"Note FE": [8.0] * len(rows), "Enjeu": [10.0] * len(rows)})
    return follow_law(dossiers, lignes, POIDS, read_loi(), TODAY)


def test_the_columns_are_those_of_the_sheet_in_their_order() -> None:
    assert tuple(followed(PME).columns) == OBLIGATIONS


def test_a_client_that_receives_waits_for_the_day_it_issues() -> None:
    (line,) = followed(PME).to_dict("records")

    assert (line["Réception"], line["Émission"]) == (date(2026, 9, 1), date(2027, 9, 1))
    assert (line["E-reporting"], line["Rythme"]) == (date(2027, 9, 1), "trois fois par mois")
    assert (line["Taille légale"], line["Jours restants"], line["Urgence"]) == ("PME", 283, 5.9)
    assert (line["Priorité"], line["Exposition (€)"]) == (1, 0)
    assert str(line["Raison de la priorité"]).startswith("Émission due dans 283 jours")


def test_a_client_out_of_scope_has_no_rank_and_risks_nothing() -> None:
    (line,) = followed({"Assujetti TVA": "Non"}).to_dict("records")

    assert (line["Réception"], line["Rythme"], line["Exposition (€)"]) == ("non", "non", 0)
    assert line["Priorité"] is line["Raison de la priorité"] is line["Jours restants"] is None


def test_a_client_nobody_knows_is_to_confirm_and_never_urgent() -> None:
    (line,) = followed({}).to_dict("records")

    assert line["Réception"] == line["Émission"] == line["Taille légale"] == "à confirmer"
    assert line["Urgence"] is line["Exposition (€)"] is line["Priorité"] is None
    assert str(line["Raison de la priorité"]).startswith("À confirmer : ")


def test_columns_that_contradict_one_another_are_told_beside_the_client() -> None:
    (line,) = followed({"Assujetti TVA": "Non", "Part B2B": 1}).to_dict("records")

    assert line["Réception"] == "à confirmer"
    assert "dit des ventes à des professionnels" in str(line["Raison de la priorité"])


def test_figures_of_either_kind_make_the_date_of_e_reporting() -> None:
    services = PME | {"Nature": "Services", "Option débits": "Non", "Part B2B": 1, "Part B2C": 0}

    (line,) = followed(services).to_dict("records")

    assert line["E-reporting"] == date(2027, 9, 1)
    assert line["Rythme"] == "chaque mois"


def test_the_last_day_before_the_law_is_told_as_today() -> None:
    rows = normalise(pd.DataFrame([{"Dossier": "D1"} | PME], dtype=object))
    lignes = pd.DataFrame({"Note FE": [8.0], "Enjeu": [10.0]})

    line = follow_law(rows, lignes, POIDS, read_loi(), date(2027, 9, 1)).iloc[0]

    assert str(line["Raison de la priorité"]).startswith("Émission due aujourd’hui")
    assert (line["Jours restants"], line["Urgence"]) == (0, 20)


def test_a_client_who_left_takes_no_rank_and_gives_the_day_as_the_reason() -> None:
    gone, here = followed(
        PME | {"Sortie le": date(2026, 6, 30)}, PME | {"Sortie le": date(2026, 11, 23)}
    ).to_dict("records")

    assert (here["Priorité"], gone["Priorité"]) == (1, None)
    assert gone["Raison de la priorité"] == "Client parti le 30/06/2026."
    assert gone["Urgence"] is gone["Jours restants"] is gone["Exposition (€)"] is None
    assert gone["Émission"] == date(2027, 9, 1)
