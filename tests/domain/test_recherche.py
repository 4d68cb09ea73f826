from __future__ import annotations

import pandas as pd
import pytest

from segxl.domain.anomalies import SaisieError
from segxl.domain.recherche import find_row

CLIENTS = pd.DataFrame(
    {
        "Dossier": ["C0001", "C0002", "C0003"],
        "Raison sociale": ["Lumo Énergie", "Ostra Conseil", "Ostra Conseil"],
    },
    index=[5, 6, 7],
    dtype=object,
)


def refusal(nom: str, clients: pd.DataFrame = CLIENTS) -> str:
    with pytest.raises(SaisieError) as caught:
        find_row(clients, nom, "les clients")
    return str(caught.value)


def test_a_client_is_found_by_number_or_by_a_name_it_alone_bears() -> None:
    assert find_row(CLIENTS, "c0002", "les clients") == 6
    assert find_row(CLIENTS, "LUMO ENERGIE", "les clients") == 5


def test_a_name_that_two_clients_bear_finds_neither() -> None:
    assert "n’a pas été trouvé parmi les clients" in refusal("Ostra Conseil")


def test_part_of_a_name_and_a_slip_of_the_finger_suggest_whom_was_meant() -> None:
    assert "Essayez par exemple Lumo Énergie" in refusal("lumo")
    assert "Lumo Énergie" in refusal("Lomu Énergie")


def test_nothing_close_asks_for_the_number() -> None:
    assert "Donnez le numéro de la colonne Dossier" in refusal("zzz")
    assert "Donnez le numéro" in refusal("zzz", CLIENTS[["Dossier"]])
