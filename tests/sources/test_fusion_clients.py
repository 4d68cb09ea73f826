from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segxl.shipped import read_toml
from segxl.sources.correspondance import match_headers, shipped_synonymes
from segxl.sources.egalite import is_same
from segxl.sources.fusion_clients import Changements, apply_changements, merge_clients
from segxl.sources.lecture import read_export
from segxl.sources.portefeuille import parse_portefeuille

CLIENTS = [*shipped_synonymes()["synonymes"]]
DATA = Path(__file__).parent / "data"
REPONSES: dict[str, list[str]] = {
    c["critere"]: [niveau[0] for niveau in c.get("niveaux", ())] if c["type"] == "Liste" else []
    for c in read_toml("defaults/grille.toml")["criteres"]
}


def clients_of(*rows: Sequence[object], headers: Sequence[str]) -> pd.DataFrame:
    index = pd.RangeIndex(2, 2 + len(rows))
    return pd.DataFrame([*rows], columns=pd.Index([*headers]), index=index, dtype=object)


HEADERS = ["Dossier", "SIREN", "Raison sociale", "CA HT"]
EXISTING = clients_of(
    ["C1", "000001016", "Lumo Énergie", 70_000.0],
    ["C2", "000001024", "Yvoir Numérique", None],
    headers=HEADERS,
)


def _cells(found: Changements) -> list[tuple[int, str, object, object]]:
    return [(c.row, c.header, c.old, c.new) for c in found.updates]


def test_a_value_that_differs_is_an_update_that_says_both() -> None:
    incoming = clients_of(["C1", None, None, 71_000.0], headers=HEADERS)

    found = merge_clients(EXISTING, incoming)

    assert _cells(found) == [(2, "CA HT", 70_000.0, 71_000.0)]
    assert found.updates[0].dossier == "C1"
    assert found.unchanged == 0


def test_a_blank_never_erases_a_value() -> None:
    incoming = clients_of(["C1", None, " ", None], headers=HEADERS)

    assert merge_clients(EXISTING, incoming).is_empty


def test_a_blank_cell_is_filled() -> None:
    incoming = clients_of(["c2 ", None, None, 12.0], headers=HEADERS)

    assert _cells(merge_clients(EXISTING, incoming)) == [(3, "CA HT", None, 12.0)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Lumo Énergie", "LUMO  ÉNERGIE "),
        (70_000.0, 70_000.004),
        (70_000, "70 000,00 €"),
        ("12", 12.0),
        (date(2024, 1, 31), datetime(2024, 1, 31)),  # noqa: DTZ001  a day has no time zone
        ("31/01/2024", date(2024, 1, 31)),
        (True, "oui"),
    ],
)
def test_two_spellings_of_one_value_are_no_change(old: object, new: object) -> None:
    assert is_same(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [("Lumo", "Lumo SAS"), (70_000.0, 70_000.01), (1000.0, "01000"), ("x", 1.0), ("Élan", "Elan")],
)
def test_two_values_are_a_change(old: object, new: object) -> None:
    assert not is_same(old, new)


def test_a_client_without_code_is_known_by_its_siren() -> None:
    incoming = clients_of([None, "000001024", None, 12.0], headers=HEADERS)

    assert _cells(merge_clients(EXISTING, incoming)) == [(3, "CA HT", None, 12.0)]


def test_a_renumbered_client_keeps_its_code_and_is_told() -> None:
    incoming = clients_of(["X9", "000001024", None, 12.0], headers=HEADERS)

    found = merge_clients(EXISTING, incoming)

    assert found.renumbered == (("C2", "X9"),)
    assert _cells(found) == [(3, "CA HT", None, 12.0)]


def test_a_second_dossier_of_a_known_company_is_new() -> None:
    incoming = clients_of(
        ["C1", "000001016", None, None], ["C1-BIS", "000001016", None, None], headers=HEADERS
    )

    assert merge_clients(EXISTING, incoming).nouveaux["Dossier"].tolist() == ["C1-BIS"]


def test_a_new_client_without_code_takes_its_siren_as_code() -> None:
    incoming = clients_of([None, "000001032", "Nolis", None], headers=HEADERS)

    found = merge_clients(EXISTING, incoming)

    assert found.nouveaux["Dossier"].tolist() == ["000001032"]
    assert merge_clients(apply_changements(EXISTING, found), incoming).is_empty


def test_a_column_that_clients_lacks_is_added_with_its_values() -> None:
    incoming = clients_of(["C1", 3.0, None], headers=["Dossier", "Humeur", "Vide"])

    found = merge_clients(EXISTING, incoming)

    assert found.columns == ("Humeur",)
    assert _cells(found) == [(2, "Humeur", None, 3.0)]
    assert merge_clients(apply_changements(EXISTING, found), incoming).is_empty


def test_a_protected_column_is_never_written() -> None:
    existing = clients_of(["C1", 12.0], headers=["Dossier", "Note FE"])
    incoming = clients_of(["C1", 3.0], ["C2", 4.0], headers=["Dossier", "note fe"])

    found = merge_clients(existing, incoming, protected=["Note FE"])

    assert (found.updates, found.columns) == ((), ())
    assert [*found.nouveaux.columns] == ["Dossier"]


def test_an_empty_workbook_receives_every_client() -> None:
    found = merge_clients(clients_of(headers=HEADERS), EXISTING)

    after = apply_changements(clients_of(headers=HEADERS), found)

    assert after.to_dict("index") == EXISTING.to_dict("index")


@pytest.mark.parametrize("name", ["clean.csv", "messy_export.xlsx", "messy_export_cp1252.csv"])
def test_the_same_file_twice_changes_nothing(name: str) -> None:
    export = read_export(DATA / name)
    first = match_headers([*export.lignes.columns], CLIENTS)
    found = parse_portefeuille(export, first, REPONSES)
    empty = clients_of(headers=CLIENTS)
    after = apply_changements(empty, merge_clients(empty, found.dossiers))

    again = match_headers([*export.lignes.columns], [*after.columns])
    second = merge_clients(after, parse_portefeuille(export, again, REPONSES).dossiers)

    assert second.is_empty
    assert second.unchanged == 300


def test_the_same_clients_in_two_dresses_differ_by_nothing_but_the_columns() -> None:
    empty = clients_of(headers=CLIENTS)
    frames = []
    for name in ("messy_export.xlsx", "messy_export_cp1252.csv"):
        export = read_export(DATA / name)
        pairs = match_headers([*export.lignes.columns], CLIENTS)
        known = parse_portefeuille(export, pairs, REPONSES).dossiers
        frames.append(known[[h for h in known.columns if h in CLIENTS]])
    after = apply_changements(empty, merge_clients(empty, frames[0]))

    assert merge_clients(after, frames[1]).is_empty


CODES = st.sampled_from(["c1", "C2", "C3", "C4", None])
SIRENS = st.sampled_from(["000001016", "000001024", "000001032", None])
NAMES = st.sampled_from(["Lumo", "LUMO", "Alba", None])
AMOUNTS = st.sampled_from([0.0, 1.0, 1.004, None])
ROWS = st.lists(st.tuples(CODES, SIRENS, NAMES, AMOUNTS), max_size=6)


def _portfolio(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Keep what an import gives: each row has a key of its own."""
    kept: dict[object, tuple[object, ...]] = {}
    for row in rows:
        if row[0] or row[1]:
            kept.setdefault(str(row[0] or row[1]).casefold(), row)
    coded = {row[1] for row in kept.values() if row[0]}
    return clients_of(*(r for r in kept.values() if r[0] or r[1] not in coded), headers=HEADERS)


@given(ROWS, ROWS)
def test_importing_twice_is_importing_once(
    here: list[tuple[object, ...]], there: list[tuple[object, ...]]
) -> None:
    existing, incoming = clients_of(*here, headers=HEADERS), _portfolio(there)
    after = apply_changements(existing, merge_clients(existing, incoming))

    assert merge_clients(after, incoming).is_empty


@given(ROWS, ROWS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(
    here: list[tuple[object, ...]], there: list[tuple[object, ...]], chance: object
) -> None:
    existing, incoming = clients_of(*here, headers=HEADERS), _portfolio(there)
    order = [*incoming.index]
    chance.shuffle(order)  # type: ignore[attr-defined]

    found, shuffled = (merge_clients(existing, i) for i in (incoming, incoming.loc[order]))

    assert found.updates == shuffled.updates
    assert found.nouveaux.to_dict("index") == shuffled.nouveaux.to_dict("index")


@given(ROWS, ROWS)
def test_an_import_never_blanks_nor_loses_a_client(
    here: list[tuple[object, ...]], there: list[tuple[object, ...]]
) -> None:
    existing, incoming = clients_of(*here, headers=HEADERS), _portfolio(there)

    after = apply_changements(existing, merge_clients(existing, incoming))

    before = existing.notna()
    assert after.loc[existing.index].notna().where(before, other=True).to_numpy().all()
    matched = len(after) - len(existing)
    assert 0 <= matched <= len(incoming)
