"""What a card is made of: families, what was said, what is measured, what nobody asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pandas as pd
import pytest

from segxl.domain.fiche.chiffres import latest_exercices
from segxl.domain.fiche.familles import NoteFamille, find_unanswered, rate_familles
from segxl.domain.fiche.suivi import Contact, Suite, follow_clients, next_meetings
from segxl.domain.grille import FE, Critere, Grille, Niveau
from segxl.domain.lecture_plan import PLAN, parse_plan
from segxl.domain.notation import Mesure
from segxl.domain.tableau import Tableau

AU = date(2026, 11, 22)
JOURNAL = ("Date", "Dossier", "Qui", "Canal", "Type", "Objet", "Suite", "Suite le", "Clos le")
FAITS = ("Dossier", "Date de fin", "Fait", "Valeur", "État")
NIVEAUX = tuple(Niveau(reponse=str(p), points=p) for p in range(4))
NAN = float("nan")


def mesure(
    poids: Mapping[str, float],
    rows: Sequence[Sequence[float]],
    familles: Sequence[str],
    applicables: Sequence[Sequence[bool]] | None = None,
    nom: str = FE,
) -> Mesure:
    criteres = tuple(
        Critere(code=c, libelle=c, grille=nom, famille=f, type="Liste", poids=p, niveaux=NIVEAUX)
        for (c, p), f in zip(poids.items(), familles, strict=True)
    )
    niveaux = pd.DataFrame(rows, columns=[*poids], dtype=float)
    applies = pd.DataFrame(applicables or [[True] * len(poids)] * len(rows), columns=[*poids])
    return Mesure(grille=Grille(nom=nom, criteres=criteres), niveaux=niveaux, applicables=applies)


def journal(*rows: Mapping[str, object]) -> pd.DataFrame:
    """Return lines of the Journal, of D1 on 5 October unless they say otherwise."""
    usual: dict[str, object] = dict.fromkeys(JOURNAL)
    lines = [usual | {"Date": date(2026, 10, 5), "Dossier": "D1"} | {**row} for row in rows]
    index = pd.RangeIndex(6, 6 + len(lines))
    return pd.DataFrame(lines, columns=[*JOURNAL], index=index, dtype=object)


def plan(*rows: Mapping[str, object]) -> pd.DataFrame:
    usual: dict[str, object] = dict.fromkeys(PLAN)
    lines = [[(usual | {"Dossier": "D1"} | {**row})[h] for h in PLAN] for row in rows]
    return parse_plan(Tableau.of("Plan", PLAN, lines), {})


def faits(*rows: Sequence[object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*FAITS], dtype=object)


def test_a_family_is_rated_by_the_weights_of_what_is_answered() -> None:
    found = mesure({"A": 1, "B": 3, "C": 2}, [[1.0, 0.0, NAN]], ["X", "X", "Y"])

    assert rate_familles(found) == [(NoteFamille("X", 5.0, 2, 2), NoteFamille("Y", None, 0, 1))]


def test_a_question_that_makes_no_sense_for_a_client_is_not_counted() -> None:
    found = mesure({"A": 1, "B": 1}, [[1.0, NAN]], ["X", ""], [[True, False]])

    assert rate_familles(found) == [
        (NoteFamille("X", 20.0, 1, 1), NoteFamille("Sans famille", None, 0, 0))
    ]
    assert find_unanswered(found) == [()]


def test_the_families_of_another_grid_bear_its_name() -> None:
    ((famille,),) = rate_familles(mesure({"A": 1}, [[0.5]], ["Volume"], nom="Enjeu"))

    assert famille.famille == "Enjeu : Volume"


def test_a_grid_without_questions_has_no_family() -> None:
    assert rate_familles(mesure({}, [[], []], [])) == [(), ()]


def test_missing_answers_come_by_weight_then_as_the_grid_has_them() -> None:
    found = mesure({"A": 1, "B": 3, "C": 3, "D": 9}, [[NAN, NAN, NAN, 0.0]], ["X"] * 4)

    assert find_unanswered(found) == [("B", "C", "A")]


def test_the_last_contact_is_the_latest_day_then_the_lowest_row() -> None:
    found = follow_clients(
        journal(
            {"Objet": "ancien", "Date": date(2026, 9, 1)},
            {"Objet": "matin"},
            {"Objet": "soir", "Canal": "Visio", "Qui": "Anne"},
            {"Objet": "à venir", "Date": date(2026, 12, 1)},
            {"Objet": "sans date", "Date": None},
        ),
        AU,
    )

    assert found["d1"].dernier == Contact(date(2026, 10, 5), "Visio", "Anne", "soir", 8)


def test_an_exchange_without_an_object_is_told_by_its_type() -> None:
    found = follow_clients(journal({"Type": "Mandat"}), AU)

    assert found["d1"].dernier == Contact(date(2026, 10, 5), "", "", "Mandat", 6)


def test_open_follow_ups_come_by_day_and_closed_ones_never() -> None:
    found = follow_clients(
        journal(
            {"Suite": "sans jour"},
            {"Suite": "tard", "Suite le": date(2026, 12, 1)},
            {"Suite le": date(2026, 11, 1)},
            {"Suite": "clos", "Suite le": date(2026, 10, 6), "Clos le": date(2026, 10, 7)},
            {"Suite": "clos demain", "Suite le": date(2026, 12, 2), "Clos le": date(2026, 11, 23)},
            {"Objet": "rien à suivre"},
        ),
        AU,
    )

    assert [suite.texte for suite in found["d1"].suites] == [
        "Faire le point", "tard", "clos demain", "sans jour",
    ]  # fmt: skip


def test_an_open_complaint_is_told_with_its_day() -> None:
    found = follow_clients(
        journal(
            {"Type": "Réclamation", "Objet": "délai", "Dossier": "d1"},
            {"Type": "Réclamation", "Dossier": "D2", "Clos le": AU},
            {"Type": "Réclamation", "Dossier": "D3", "Date": None},
        ),
        AU,
    )

    assert found["d1"].reclamation == Suite(date(2026, 10, 5), "délai", 6)
    assert found["d2"].reclamation is None
    assert found["d3"].reclamation == Suite(None, "", 8)
    assert found["d3"].dernier is None


def test_an_empty_journal_says_nothing() -> None:
    assert follow_clients(journal(), AU) == {}


def test_the_next_meeting_is_the_first_step_that_is_not_done() -> None:
    found = next_meetings(
        plan(
            {"Étape": "faite", "Fait le": "oui", "Date prévue": date(2026, 10, 1)},
            {"Étape": "Choisir", "Responsable": "Anne", "Date prévue": datetime(2026, 12, 3)},  # noqa: DTZ001  as Excel gives it
            {"Étape": "autre"},
            {"Étape": "sans jour", "Dossier": "D2", "Date prévue": "bientôt"},
        )
    )

    assert found["d1"][:3] == (date(2026, 12, 3), "Choisir", "Anne")
    assert found["d2"].jour is None


def test_the_latest_exercise_that_measures_something_is_told() -> None:
    found = latest_exercices(
        faits(
            ("D1", "31/12/2024", "Chiffre d’affaires", 900, "calculé"),
            ("D1", datetime(2025, 12, 31), "Part du premier client", 40, "peu fiable"),  # noqa: DTZ001
            ("d1", date(2025, 12, 31), "Chiffre d’affaires", "1 000", "Calculé"),
            ("D1", date(2025, 12, 31), "Fournisseurs", 7, "calculé"),
            ("D1", date(2026, 12, 31), "Chiffre d’affaires", 5000, "calculé"),
        ),
        AU,
    )

    assert found["d1"].fin == date(2025, 12, 31)
    assert [(c.fait, c.valeur, c.is_indice) for c in found["d1"].chiffres] == [
        ("Chiffre d’affaires", 1000.0, False),
        ("Part du premier client", 40.0, True),
    ]


@pytest.mark.parametrize(
    ("fin", "valeur"),
    [(None, 1), ("un jour", 1), (NAN, 1), (AU, None), (AU, "=1+1"), (AU, "#N/A"), (AU, NAN)],
)
def test_a_fact_that_cannot_be_read_says_nothing(fin: object, valeur: object) -> None:
    assert latest_exercices(faits(("D1", fin, "Chiffre d’affaires", valeur, "")), AU) == {}
