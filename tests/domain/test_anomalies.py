from __future__ import annotations

from collections.abc import Callable

import pytest

from segxl.domain.anomalies import Anomalie, Gravite, SaisieError, file_error, require
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.tableau import Tableau


def _anomalie(**changed: object) -> Anomalie:
    fields = {
        "sheet": "Clients", "cell": "D12", "value": "12 k€",
        "problem": "« CA HT » doit être un nombre", "remedy": "saisissez le montant",
    }  # fmt: skip
    return Anomalie(**(fields | changed))  # type: ignore[arg-type]


def test_an_anomaly_says_where_what_was_read_and_what_to_do() -> None:
    assert str(_anomalie()) == (
        "Clients!D12 : « CA HT » doit être un nombre (lu : « 12 k€ »). Saisissez le montant."
    )


@pytest.mark.parametrize("value", [None, ""])
def test_an_anomaly_on_a_blank_cell_says_that_it_is_blank(value: object) -> None:
    assert "(cellule vide)" in str(_anomalie(value=value))


def test_an_anomaly_without_a_cell_names_the_sheet_alone() -> None:
    assert str(_anomalie(cell="", value=None)) == (
        "Clients : « CA HT » doit être un nombre. Saisissez le montant."
    )


def test_zero_was_read() -> None:
    assert "(lu : « 0 »)" in str(_anomalie(value=0))


@pytest.mark.parametrize("remedy", ["saisissez le montant", "saisissez le montant."])
def test_the_sentence_ends_with_one_period(remedy: str) -> None:
    assert str(_anomalie(remedy=remedy)).endswith("Saisissez le montant.")


def test_only_anomalies_to_correct_let_work_go_on() -> None:
    minor = _anomalie()

    assert require([minor]) == (minor,)
    assert not minor.is_blocking


def test_one_blocking_anomaly_stops_and_all_are_told() -> None:
    minor, major = _anomalie(), _anomalie(cell="E3", gravite=Gravite.BLOQUANTE)

    with pytest.raises(SaisieError) as stopped:
        require([minor, major])

    assert stopped.value.anomalies == (minor, major)
    assert str(stopped.value).splitlines() == [str(minor), str(major)]


def test_a_file_that_cannot_be_used_blocks() -> None:
    (only,) = file_error(
        "export.csv", None, "le fichier est vide", "choisissez-en un autre"
    ).anomalies

    assert only.is_blocking
    assert str(only) == "export.csv : le fichier est vide. Choisissez-en un autre."


def test_every_sentence_of_a_broken_workbook_has_a_place_and_one_period(
    rate: Callable[..., Resultats],
    policy_of: Callable[..., tuple[Reglages, tuple[Anomalie, ...]]],
    table_of: Callable[[str, list[dict[str, object]]], Tableau],
) -> None:
    _, policy = policy_of(
        Criteres=table_of("Criteres", [{"Code": "A"}, {"Code": "A", "Applicable si": "x"}]),
        Baremes=table_of("Baremes", [{"Code": "B"}, {"Code": "A"}]),
        Couleurs=table_of("Couleurs", [{"Couleur": "Gris", "Fond": "gris"}]),
        Segments=table_of("Segments", [{"Secteur": ">x"}, {"Note FE": ">x"}]),
    )
    clients = rate(
        {"SIREN": "1", "Autonomie": "?", "Assujetti TVA": "?", "CA HT": "?", "Part B2B": "?"},
        {"Dossier": "D1"}, {"Dossier": None, "SIREN": "#N/A"}, {"Part B2B": 2, "Part B2C": 200},
        {"Segment imposé": "Prêt"}, {"Segment imposé": "?"},
    ).anomalies  # fmt: skip

    sentences = [str(a) for a in (*policy, *clients)]

    assert len(sentences) >= 20
    for sentence in sentences:
        place, _, rest = sentence.partition(" : ")
        assert place.split("!")[0] in {"Clients", "Grille", "Segments"}
        assert rest.endswith(".")
        assert ".." not in sentence
