"""An answer goes to a client only when all it tells points to that one."""

from __future__ import annotations

import pandas as pd
import pytest

from segxl.sources.demonstration import siren_number
from segxl.sources.repondants import AMBIGU, ANONYME, CONTREDIT, INCONNU, Annuaire, annuaire_of

LUMO, PERE, OSTRA = (siren_number(rank) for rank in (1, 2, 3))


@pytest.fixture
def annuaire() -> Annuaire:
    clients = pd.DataFrame(
        {
            "Dossier": ["D1", 12.0, "D3", "D4", None],
            "SIREN": [LUMO, PERE, OSTRA, OSTRA, siren_number(5)],
            "E-mail": ["a@lumo.example ; b@lumo.example", "p@x.example", "p@x.example", None, None],
            "Raison sociale": ["Lumo Énergie", "Vexa Conseil", "Vexa Conseil", "Ostra", "Perdu"],
        },
        index=pd.RangeIndex(5, 10),
        dtype=object,
    )
    return annuaire_of(clients)


@pytest.mark.parametrize(
    ("role", "cell", "row"),
    [
        ("Dossier", "d1", 5),
        ("Dossier", 12.0, 6),
        ("SIREN", float(LUMO), 5),
        ("SIREN", f"{LUMO[:3]} {LUMO[3:6]} {LUMO[6:]}", 5),
        ("SIRET", f"{LUMO}00013", 5),
        ("E-mail", "B@Lumo.example", 5),
        ("E-mail", "Inès <a@lumo.example>", 5),
        ("Raison sociale", "LUMO  ENERGIE", 5),
        ("Client", LUMO, 5),
        ("Client", "ostra", 8),
        ("Client", "12", 6),
    ],
)
def test_a_client_is_found_by_what_it_alone_bears(
    annuaire: Annuaire, role: str, cell: object, row: int
) -> None:
    assert annuaire.find({role: cell}).row == row


@pytest.mark.parametrize(
    ("role", "cell", "rows"),
    [
        ("Raison sociale", "Vexa Conseil", (6, 7)),
        ("E-mail", "p@x.example", (6, 7)),
        ("SIREN", OSTRA, (7, 8)),
    ],
)
def test_what_several_clients_bear_is_ambiguous(
    annuaire: Annuaire, role: str, cell: object, rows: tuple[int, ...]
) -> None:
    found = annuaire.find({role: cell})

    assert (found.row, found.motif, found.candidats) == (None, AMBIGU, rows)


def test_two_shared_marks_may_leave_one_client(annuaire: Annuaire) -> None:
    assert annuaire.find({"SIREN": OSTRA, "Raison sociale": "Vexa Conseil"}).row == 7


def test_marks_of_two_clients_contradict_each_other(annuaire: Annuaire) -> None:
    found = annuaire.find({"Dossier": "D1", "Raison sociale": "Ostra"})

    assert (found.motif, found.candidats) == (CONTREDIT, (5, 8))


def test_a_name_that_clients_does_not_have_leaves_what_it_has(annuaire: Annuaire) -> None:
    assert annuaire.find({"Dossier": "D1", "Raison sociale": "Inès Arbel"}).row == 5


@pytest.mark.parametrize("cell", ["Lumo", "000000000", "perdu"])
def test_a_near_name_a_wrong_number_and_a_client_without_number_are_unknown(
    annuaire: Annuaire, cell: str
) -> None:
    assert annuaire.find({"Client": cell}).motif == INCONNU


@pytest.mark.parametrize("cell", [None, "", "anonymous", "-", "#N/A"])
def test_an_answer_that_tells_nobody_is_anonymous(annuaire: Annuaire, cell: object) -> None:
    assert annuaire.find({"E-mail": cell, "Raison sociale": cell}).motif == ANONYME
