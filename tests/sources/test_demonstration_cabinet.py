"""The fictitious firm itself: its books, its hours, its surveys, its exchanges with clients."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from segxl.domain.faits.ventes import read_ventes
from segxl.domain.grille import Critere
from segxl.domain.journal import CANAUX, DEMANDE, TYPES
from segxl.domain.relation.paliers import CONSOMMATEUR
from segxl.excel.file import FileWorkbook
from segxl.excel.reglages import read_portefeuille
from segxl.shipped import shipped_path
from segxl.sources.demonstration import (
    Cabinet,
    Suivi,
    invent_avis,
    invent_clients,
    invent_comptes,
    invent_echanges,
    invent_temoignages,
    invent_temps,
    invent_vie,
)
from segxl.sources.demonstration.avis import SUJETS
from segxl.sources.fec import read_fec
from segxl.sources.temps import read_temps_export

AU = date(2026, 11, 22)
DAYS = (AU, date(2026, 1, 1), date(2024, 2, 29), date(2027, 8, 31))


@pytest.fixture(scope="module")
def criteres() -> tuple[Critere, ...]:
    template = FileWorkbook(shipped_path("workbook/portefeuille.xlsx"), to_write=False)
    _, reglages, _ = read_portefeuille(template)
    return tuple(reglages.criteres)


@pytest.fixture(scope="module")
def clients(criteres: tuple[Critere, ...]) -> pd.DataFrame:
    return invent_clients(300, 1, criteres)


def live(clients: pd.DataFrame, seed: int = 1, au: date = AU) -> tuple[list[Suivi], Cabinet]:
    """Return the clients of a firm, every other of which waits for no letter."""
    cabinet = Cabinet.of(seed, au)
    return invent_vie(clients, [row % 2 == 0 for row in range(len(clients))], cabinet), cabinet


def test_the_same_seed_gives_the_same_firm(
    clients: pd.DataFrame, criteres: tuple[Critere, ...]
) -> None:
    made = []
    for seed in (1, 1, 2):
        vie, cabinet = live(clients, seed)
        files = {
            **invent_comptes(vie, cabinet),
            **invent_avis(clients, vie, criteres, cabinet),
            "temps": invent_temps(vie, cabinet),
        }
        made.append((vie, files, invent_echanges(vie, clients, cabinet)))

    first, again, other = made
    assert first == again
    assert all(first[1][name] != other[1][name] for name in first[1])


@pytest.mark.parametrize("au", DAYS)
def test_nothing_is_dated_later_than_the_day_asked_for(
    clients: pd.DataFrame, criteres: tuple[Critere, ...], au: date, tmp_path: Path
) -> None:
    vie, cabinet = live(clients, au=au)

    comptes, avis = invent_comptes(vie, cabinet), invent_avis(clients, vie, criteres, cabinet)
    hours = tmp_path / "temps.csv"
    hours.write_bytes(invent_temps(vie, cabinet))
    echanges = invent_echanges(vie, clients, cabinet)

    assert max(comptes) == f"000999995FEC{cabinet.cloture:%Y%m%d}.txt"
    assert cabinet.cloture < au
    assert max(read_temps_export(hours).lignes["Date"]) <= au
    days = [datetime.strptime(row[0][:10], "%d/%m/%Y").date() for row in answers(avis)]  # noqa: DTZ007  a day has no time zone
    assert max(days) <= au
    journal = [line["Date"] for line in echanges.journal]
    closed = [day for line in echanges.journal if isinstance(day := line["Clos le"], date)]
    assert all(isinstance(day, date) and day <= au for day in (*journal, *closed))
    told = [r.recue_le for r in echanges.registre] + [r.etape_le for r in echanges.registre]
    assert all(day is not None and day <= au for day in told)
    assert all(day is None or day <= au for day in invent_temoignages(vie, cabinet))
    assert all(c.entree <= au and (c.sortie is None or c.sortie <= au) for c in vie)


def answers(files: dict[str, bytes]) -> list[list[str]]:
    """Return the rows of all the exports, without their titles."""
    return [
        row
        for content in files.values()
        for row in [*csv.reader(io.StringIO(content.decode()))][1:]
    ]


def test_the_books_cover_two_years_and_balance(clients: pd.DataFrame, tmp_path: Path) -> None:
    for name, content in invent_comptes(*live(clients)).items():
        (tmp_path / name).write_bytes(content)

    read = [read_fec(path) for path in sorted(tmp_path.iterdir())]

    assert [(fec.debut.replace(day=1), fec.fin) for fec in read] == [
        (date(2024, 11, 1), date(2025, 10, 31)),
        (date(2025, 11, 1), date(2026, 10, 31)),
    ]
    for fec in read:
        net = fec.ecritures["debit"] - fec.ecritures["credit"]
        assert not net.groupby(fec.ecritures["num"], observed=True).sum().any()
        assert fec.siren == "000999995"
        assert fec.avertissements == ()


def test_customers_are_the_clients_or_obviously_fictitious(
    clients: pd.DataFrame, tmp_path: Path
) -> None:
    name, content = max(invent_comptes(*live(clients)).items())
    (tmp_path / name).write_bytes(content)

    sold = read_ventes(read_fec(tmp_path / name).ecritures)

    known = {*clients["Raison sociale"]}
    strangers = {c.nom.removeprefix("Ets ") for c in sold.tiers} - known
    assert strangers
    assert all("Exemple" in nom for nom in strangers)
    assert (sold.factures["ht"] < 0).any()
    assert sold.factures["payee"].isna().any()


def test_a_year_of_invoices_is_what_clients_are_said_to_pay(
    clients: pd.DataFrame, tmp_path: Path
) -> None:
    """Given a client that was there the whole year, and no credit note, its fees add up."""
    vie, cabinet = live(clients)
    name, content = max(invent_comptes(vie, cabinet).items())
    (tmp_path / name).write_bytes(content)

    sold = read_ventes(read_fec(tmp_path / name).ecritures)

    bills = sold.factures.assign(nom=[sold.tiers[t].nom for t in sold.factures["tiers"]])
    totals, least = bills.groupby("nom")["ht"].sum(), bills.groupby("nom")["ht"].min()
    whole = [c for c in vie if c.sortie is None and c.entree < date(2025, 11, 1)]
    plain = [c for c in whole if least.get(c.nom, 0) > 0]
    assert len(plain) > 200
    assert all(abs(totals[c.nom] - c.annuels) <= 12 for c in plain)


def test_nobody_is_billed_or_worked_for_before_it_comes_or_after_it_leaves(
    clients: pd.DataFrame, tmp_path: Path
) -> None:
    vie, cabinet = live(clients)
    for name, content in invent_comptes(vie, cabinet).items():
        (tmp_path / name).write_bytes(content)
    stays = {c.nom: (c.entree, c.sortie or AU) for c in vie}

    for path in tmp_path.iterdir():
        sold = read_ventes(read_fec(path).ecritures)
        bills = sold.factures[sold.factures["ht"] > 0]
        for place, jour in zip(bills["tiers"], bills["jour"], strict=True):
            since, until = stays.get(sold.tiers[place].nom, (jour, jour))
            assert since <= jour <= until


def test_hours_cost_what_the_margin_leaves(clients: pd.DataFrame, tmp_path: Path) -> None:
    vie, cabinet = live(clients)
    path = tmp_path / "temps.csv"
    path.write_bytes(invent_temps(vie, cabinet))

    export = read_temps_export(path)

    lines = export.lignes
    codes = [export.tiers[place].code for place in lines["tiers"]]
    costs = (lines["Heures"] * lines["Taux horaire"]).astype(float).groupby(codes).sum()
    large = [c for c in vie if c.annuels > 2_000_000 and c.sortie is None]
    large = [c for c in large if c.entree < date(2025, 11, 1)]
    assert large
    for client in large:
        share = costs[client.dossier] * 100 / client.annuels
        assert abs(share - (1 - client.marge)) < 0.15
    assert "INTERNE" in costs
    assert export.anomalies == ()


def test_only_clients_that_no_letter_waits_for_leave_or_complain(clients: pd.DataFrame) -> None:
    vie, cabinet = live(clients)
    by_number = {c.dossier: c for c in vie}

    echanges = invent_echanges(vie, clients, cabinet)

    told = [str(line["Dossier"]) for line in echanges.journal if line["Type"] == "Réclamation"]
    told += [r.dossier for r in echanges.registre]
    assert len(told) == len({*told}) == 3
    assert all(by_number[dossier].calme for dossier in told)
    gone = [c for c in vie if c.sortie]
    assert len(gone) == 15
    assert all(c.calme for c in gone)
    silent = [
        line["Date"] for line in echanges.journal if not by_number[str(line["Dossier"])].calme
    ]
    assert all(isinstance(day, date) and (AU - day).days > 15 for day in silent)


def test_the_journal_speaks_its_own_words(clients: pd.DataFrame) -> None:
    vie, cabinet = live(clients)

    echanges = invent_echanges(vie, clients, cabinet)

    assert {line["Canal"] for line in echanges.journal} <= {*CANAUX}
    assert {line["Type"] for line in echanges.journal} <= {*TYPES}
    (consumer,) = echanges.registre
    forms = dict(zip(clients["Dossier"], clients["Forme juridique"], strict=True))
    assert consumer.qualite == CONSOMMATEUR
    assert forms[consumer.dossier] not in {"SARL", "SAS", "SCI"}


def test_the_survey_says_what_clients_holds(
    clients: pd.DataFrame, criteres: tuple[Critere, ...]
) -> None:
    vie, cabinet = live(clients)
    known = clients.set_index("E-mail").to_dict("index")

    titles, *rows = csv.reader(
        io.StringIO(max(invent_avis(clients, vie, criteres, cabinet).items())[1].decode())
    )

    asked = titles[5:7]
    assert asked == ["Sensibilisation", "Transmission au cabinet"]
    assert titles[7:] == [
        f"{word} : {sujet} (de 1 à 5)"
        for word in ("Importance", "Satisfaction")
        for sujet in SUJETS
    ]
    named = [row for row in rows if row[1] in known]
    assert 55 <= len(named) <= 66
    for row in named:
        assert {*row[7:]} <= {*"12345"}
        held = [known[row[1]][question] for question in asked]
        assert row[5:7] == ["" if pd.isna(answer) else answer for answer in held]


def test_only_happy_clients_bear_witness(clients: pd.DataFrame) -> None:
    vie, cabinet = live(clients)

    days = invent_temoignages(vie, cabinet)

    witnesses = [c for c, day in zip(vie, days, strict=True) if day]
    assert len(witnesses) == 6
    assert all(c.repond and c.humeur > 0.5 for c in witnesses)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_the_smallest_firms_have_books_too(
    count: int, criteres: tuple[Critere, ...], tmp_path: Path
) -> None:
    clients = invent_clients(count, 3, criteres)
    vie, cabinet = live(clients)
    path = tmp_path / "temps.csv"
    path.write_bytes(invent_temps(vie, cabinet))

    assert len(invent_comptes(vie, cabinet)) == 2
    assert len(invent_avis(clients, vie, criteres, cabinet)) == 2
    assert len(read_temps_export(path).lignes)


def test_what_is_noted_less_often_is_noted_too_of_clients_that_it_fits(
    clients: pd.DataFrame,
) -> None:
    vie, cabinet = live(clients)
    statuts = dict(zip(clients["Dossier"], clients["Statut plateforme"], strict=True))
    depuis = dict(zip(clients["Dossier"], clients["Date statut"], strict=True))

    journal = invent_echanges(vie, clients, cabinet).journal

    # Requests come from another draw.
    assert {line["Type"] for line in journal} == {*TYPES} - {DEMANDE}
    mandats = [line for line in journal if line["Type"] == "Mandat"]
    assert {statuts[line["Dossier"]] for line in mandats} == {"Mandat signé"}
    tests = [line for line in journal if line["Type"] == "Test"]
    assert all(line["Date"] >= depuis[line["Dossier"]] for line in tests)
    lifted = [line["Dossier"] for line in journal if line["Type"] == "Régularisation"]
    assert {*lifted} <= {line["Dossier"] for line in journal if line["Type"] == "Obstacle"}


def test_each_client_is_told_what_it_was_not_billed(clients: pd.DataFrame, tmp_path: Path) -> None:
    hours = tmp_path / "temps.csv"
    vie, cabinet = live(clients)
    hours.write_bytes(invent_temps(vie, cabinet))

    found = read_temps_export(hours)

    assert found.anomalies == ()
    lines = found.lignes
    lost = 1 - lines["Heures facturées"].sum() / lines["Heures"].sum()
    assert lines["Facturable"].isin(["Oui", "Non"]).all()
    assert 0.02 < lost < 0.3
