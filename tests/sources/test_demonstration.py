"""The FECs of the fictitious firm: what they hold, and that our own reader finds nothing amiss."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from segxl.actions import faits
from segxl.actions.faits import BilanFaits, FaitsFichier
from segxl.domain.faits.etats import Etat
from segxl.domain.grille import Critere
from segxl.domain.identifiants import is_siren
from segxl.excel.file import FileWorkbook
from segxl.excel.reglages import read_portefeuille
from segxl.shipped import shipped_path
from segxl.sources.demonstration import invent_clients, invent_fec
from segxl.sources.fec import read_fec

ENCODING = "L’encodage est Windows-1252 : la norme veut ASCII, UTF-8 ou ISO 8859-15."
EMISES, RECUES = "Factures émises par mois", "Factures reçues par mois"


@pytest.fixture(scope="module")
def criteres() -> tuple[Critere, ...]:
    template = FileWorkbook(shipped_path("workbook/portefeuille.xlsx"), to_write=False)
    _, reglages, _ = read_portefeuille(template)
    return tuple(reglages.criteres)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory, criteres: tuple[Critere, ...]) -> Path:
    """Return the folder of the FECs of the firm that `segxl demo` makes by default."""
    return save(tmp_path_factory.mktemp("fec"), invent(criteres))


@pytest.fixture(scope="module")
def lus(dossier: Path) -> BilanFaits:
    return faits.run([dossier])


def invent(criteres: Iterable[Critere], clients: int = 300, seed: int = 1) -> dict[str, bytes]:
    portfolio = invent_clients(clients, seed, [*criteres])
    return invent_fec(portfolio, seed, [*criteres]).fichiers


def save(folder: Path, fichiers: dict[str, bytes]) -> Path:
    for name, content in fichiers.items():
        (folder / name).write_bytes(content)
    return folder


def of_bytes(lus: BilanFaits, dossier: Path, mark: bytes) -> FaitsFichier:
    """Return the one file that holds these bytes."""
    (found,) = (f for f in lus.fichiers if mark in (dossier / f.fichier).read_bytes())
    return found


def states(fichier: FaitsFichier, *codes: str) -> set[Etat]:
    return {fichier.releve.faits[code].etat for code in codes}


def test_there_are_ten_of_nine_clients_whose_numbers_belong_to_nobody(lus: BilanFaits) -> None:
    sirens = [f.siren for f in lus.fichiers]

    assert len(sirens) == 10
    assert len({*sirens}) == 9
    assert all(is_siren(s) and s.startswith("0000") for s in sirens)


def test_the_same_seed_gives_the_same_bytes(criteres: tuple[Critere, ...]) -> None:
    assert invent(criteres) == invent(criteres)
    assert invent(criteres).keys() != invent(criteres, seed=2).keys()


def test_the_reader_finds_nothing_amiss_but_an_encoding(lus: BilanFaits) -> None:
    assert lus.anomalies == ()
    assert [text for f in lus.fichiers for text in f.avertissements] == [ENCODING]


def test_each_covers_a_year_and_stays_small(lus: BilanFaits) -> None:
    for fichier in lus.fichiers:
        assert fichier.releve.mois == 12
        assert 200 <= fichier.lignes <= 2_000


def test_every_entry_is_balanced(dossier: Path) -> None:
    for path in dossier.iterdir():
        ecritures = read_fec(path).ecritures
        net = ecritures["debit"] - ecritures["credit"]
        assert not net.groupby(ecritures["num"], observed=True).sum().any()


def test_their_dresses_differ(dossier: Path) -> None:
    heads = {path.read_bytes().splitlines(keepends=True)[0] for path in dossier.iterdir()}

    assert len(heads) == 6
    assert sum(b"Montant|Sens" in h or b"Montant\tSens" in h for h in heads) == 2
    assert sum(b"JournalCode|" in head for head in heads) == 2


def test_counterparties_are_obviously_fictitious(dossier: Path) -> None:
    for path in dossier.iterdir():
        names = {*read_fec(path).ecritures["aux_lib"]} - {"", "Clients divers"}
        assert all("Exemple" in name for name in names)


def test_two_years_of_one_client_compare(lus: BilanFaits) -> None:
    (found,) = lus.comparaisons

    assert found.comparaison.annees == (2024, 2025)
    assert found.comparaison.nouveaux == ("CEX11",)
    assert found.comparaison.dormants == ("CEX03",)
    assert len(found.comparaison.fideles or ()) == 8
    assert found.comparaison.reserves == ()


def test_the_second_year_opens_with_what_the_first_left(lus: BilanFaits, dossier: Path) -> None:
    """Given the customers' balance at the end of 2024, the opening entries of 2025 carry it."""
    first, second = (f for f in lus.fichiers if f.siren == lus.comparaisons[0].siren)
    ecritures = read_fec(dossier / second.fichier).ecritures

    opening = ecritures[(ecritures["journal"] == "AN") & (ecritures["compte"] == "411000")]
    left = int((opening["debit"] - opening["credit"]).sum())

    assert left == first.releve.faits["creances_ouvertes"].valeur


def test_a_restaurant_that_sells_at_the_till_tells_no_customer(
    lus: BilanFaits, dossier: Path
) -> None:
    till = of_bytes(lus, dossier, b"|Recette du jour|")

    unsaid = ("factures_emises", "clients", "part_premier_client", "delai_client_pondere")
    assert states(till, *unsaid) == {Etat.NON_DERIVABLE}
    assert states(till, "ca", "factures_recues") == {Etat.CALCULE}


def test_a_collective_account_passes_for_nobody(lus: BilanFaits, dossier: Path) -> None:
    many = of_bytes(lus, dossier, b"Clients divers")

    assert states(many, "clients", "hhi") == {Etat.PEU_FIABLE}
    assert "1 compte collectif" in many.releve.faits["clients"].motif


def test_without_lettering_there_is_no_delay(lus: BilanFaits) -> None:
    (silent,) = (
        f for f in lus.fichiers if "aucun lettrage" in f.releve.faits["delai_client_pondere"].motif
    )

    assert states(silent, "factures_emises", "clients", "ca") == {Etat.CALCULE}


def test_with_lettering_customers_pay_in_about_a_month(lus: BilanFaits) -> None:
    facts = [f.releve.faits["delai_client_pondere"] for f in lus.fichiers]
    days = [float(fact.valeur) for fact in facts if fact.etat is Etat.CALCULE and fact.valeur]

    assert len(days) == 8
    assert all(30 < day < 45 for day in days)


def test_one_client_hangs_on_one_customer(lus: BilanFaits) -> None:
    shares = [float(f.releve.faits["part_premier_client"].valeur or 0) for f in lus.fichiers]

    assert [share > 0.8 for share in shares].count(True) == 1


def test_the_rhythm_of_vat_is_the_one_that_clients_says(
    lus: BilanFaits, criteres: tuple[Critere, ...]
) -> None:
    regimes = invent_clients(300, 1, [*criteres]).set_index("SIREN")["Régime TVA"]
    rhythms = {
        "Réel normal mensuel": "mensuel",
        "Réel normal trimestriel": "trimestriel",
        "Réel simplifié": "annuel",
        "Franchise en base": "franchise",
        "Exonéré": "franchise",
    }

    told = {f.siren: f.releve.faits["rythme_tva"].valeur for f in lus.fichiers}

    assert told == {siren: rhythms[regimes[siren]] for siren in told}
    assert {*told.values()} == {"mensuel", "trimestriel", "annuel", "franchise"}


def test_some_answers_are_left_blank_for_the_entries_to_fill(criteres: tuple[Critere, ...]) -> None:
    clients = invent_clients(300, 1, [*criteres])

    left = invent_fec(clients, 1, [*criteres]).clients

    blank = {h: int(left[h].isna().sum() - clients[h].isna().sum()) for h in ("CA HT", EMISES, RECUES)}  # fmt: skip
    assert blank == {"CA HT": 2, EMISES: 2, RECUES: 3}
    assert left.drop(columns=[*blank]).equals(clients.drop(columns=[*blank]))


@pytest.mark.parametrize(("clients", "files"), [(1, 2), (4, 5), (12, 10)])
def test_a_small_portfolio_has_as_many_as_it_has_clients(
    clients: int, files: int, tmp_path: Path, criteres: tuple[Critere, ...]
) -> None:
    folder = save(tmp_path, invent(criteres, clients, 3))

    lus = faits.run([folder])

    assert len(lus.fichiers) == files
    assert lus.anomalies == ()
