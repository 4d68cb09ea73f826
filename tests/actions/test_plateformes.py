"""From the exports of vendors to the cells of Clients, and to the call list."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from tests.engine.excel import TestExcel
from tests.excel.fake import FakeWorkbook, as_port
from tests.excel.opc import find_flaws
from tests.excel.parts import read_parts, rows_of, set_cell
from tests.sources.vendeurs import (
    LUMO,
    NOVA,
    OSTRA,
    PERE,
    write_nebula,
    write_orbite,
    write_quasar,
)

from segxl.actions import plateformes
from segxl.actions.plateformes import BilanPlateformes
from segxl.domain.anomalies import SaisieError
from segxl.domain.saisie import parse_date
from segxl.domain.statuts import SUIVI
from segxl.excel.file import FileWorkbook
from segxl.excel.live import LiveWorkbook
from segxl.sources.constats_plateformes import (
    ABSENTS,
    CONTRADICTIONS,
    FORMULES,
    ILLISIBLES,
    PARTAGES,
)
from segxl.sources.demonstration import siren_number

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
OLD = Path(__file__).parent / "data" / "version_0.xlsx"
AU = date(2026, 11, 22)
NOVEMBRE = date(2026, 11, 3)


@pytest.fixture
def classeur(classeur: Path) -> Path:
    """Return the workbook of three clients, with their SIREN."""
    workbook = FileWorkbook(classeur)
    rows = workbook.read_table("Clients").lignes.index
    cells = zip(rows, (LUMO, 26, OSTRA), strict=True)
    workbook.write_cells("Clients", {row: {"SIREN": siren} for row, siren in cells})
    workbook.save()
    return classeur


@pytest.fixture
def ancien(tmp_path: Path) -> Path:
    """Return a workbook of an earlier version, which has no column for platforms."""
    return Path(shutil.copy(OLD, tmp_path / "ancien.xlsx"))


def run(path: Path, *exports: Path, plateforme: str = "", simulation: bool = False) -> BilanPlateformes:  # fmt: skip
    workbook = FileWorkbook(path)
    bilan = plateformes.run(workbook, exports, AU, plateforme=plateforme, simulation=simulation)
    workbook.save()
    return bilan


def fill(path: Path, **cells: Sequence[object]) -> None:
    """Type the three columns by hand, as many rows as given."""
    workbook = FileWorkbook(path)
    rows = workbook.read_table("Clients").lignes.index
    headers = {"plateforme": SUIVI[0], "statut": SUIVI[1], "jour": SUIVI[2]}
    values = {headers[h]: v for h, v in cells.items()}
    workbook.write_cells(
        "Clients",
        {row: {h: v[i] for h, v in values.items() if i < len(v)} for i, row in enumerate(rows)},
    )
    workbook.save()


def cells_of(path: Path) -> list[list[Any]]:
    lignes = rows_of(path).reindex(columns=[*SUIVI]).astype(object)
    return [
        [v.date() if isinstance(v, datetime) else v for v in row]
        for row in lignes.where(lignes.notna(), None).to_numpy().tolist()
    ]


def signed(path: Path, *numbers: str, statut: str = "signé", jour: str = "03/11/2026") -> Path:
    return write_nebula(path, *(f"{number};;{statut};{jour}" for number in numbers))


def test_clients_get_their_platform_from_three_vendors_at_once(
    classeur: Path, tmp_path: Path
) -> None:
    exports = [
        signed(tmp_path / "nebula.csv", LUMO),
        write_orbite(tmp_path / "orbite.xlsx", [float(f"{PERE}00019"), "Père", "Orbite", "Actif", None, None, NOVEMBRE]),
        write_quasar(tmp_path / "quasar.txt", (OSTRA, "Ostra", "Quasar", "declined", "2026-11-03")),
    ]  # fmt: skip

    bilan = run(classeur, *exports, plateforme="Nébula")

    assert cells_of(classeur) == [
        ["Nébula", "Mandat signé", NOVEMBRE],
        ["Orbite", "Réception active", NOVEMBRE],
        ["Quasar", "Refusé", NOVEMBRE],
    ]
    assert "3 clients mis à jour." in bilan.phrases
    assert bilan.detail[0] == "D1 Lumo Énergie : sans statut → Mandat signé (Nébula, 03/11/2026)"
    assert bilan.constats == {}
    assert find_flaws(classeur) == []


def test_columns_that_clients_lacks_are_added_and_told(ancien: Path, tmp_path: Path) -> None:
    bilan = run(ancien, signed(tmp_path / "n.csv", LUMO))

    assert (
        "Colonnes ajoutées à Clients : « Statut plateforme » et « Date statut »." in bilan.phrases
    )
    assert [*rows_of(ancien).columns[-2:]] == [*SUIVI[1:]]
    assert find_flaws(ancien) == []


def test_columns_that_clients_has_are_filled_whatever_their_spelling(
    ancien: Path, tmp_path: Path
) -> None:
    workbook = FileWorkbook(ancien)
    workbook.add_columns("Clients", ["STATUT  plateforme", "date statut", "Plateforme"])
    workbook.save()

    run(ancien, signed(tmp_path / "n.csv", LUMO), plateforme="Nébula")

    lignes = rows_of(ancien)
    found = lignes.loc[lignes["STATUT  plateforme"].notna(), ["STATUT  plateforme", "Plateforme"]]
    assert found.to_numpy().tolist() == [["Mandat signé", "Nébula"]]
    assert not {*SUIVI[1:]} & {*lignes.columns}


def test_a_second_run_of_the_same_export_changes_nothing(classeur: Path, tmp_path: Path) -> None:
    export = signed(tmp_path / "n.csv", LUMO, PERE)
    run(classeur, export, plateforme="Nébula")
    before = classeur.read_bytes()

    bilan = run(classeur, export, plateforme="Nébula")

    assert bilan.is_empty
    assert "Rien de nouveau : 2 clients déjà à jour." in bilan.phrases
    assert classeur.read_bytes() == before


def test_a_simulation_says_everything_and_writes_nothing(classeur: Path, tmp_path: Path) -> None:
    before = classeur.read_bytes()

    bilan = run(classeur, signed(tmp_path / "n.csv", LUMO), simulation=True)

    assert bilan.detail == ("D1 Lumo Énergie : sans statut → Mandat signé (03/11/2026)",)
    assert "D1" not in [*bilan.relances["Dossier"]]
    assert classeur.read_bytes() == before


def test_a_contradiction_is_shown_with_both_places_and_that_client_alone_is_not_written(
    classeur: Path, tmp_path: Path
) -> None:
    nebula = signed(tmp_path / "nebula.csv", LUMO, PERE)
    quasar = write_quasar(
        tmp_path / "quasar.txt", (LUMO, "Lumo", "Quasar", "pending signature", "2026-11-03")
    )

    bilan = run(classeur, nebula, quasar, plateforme="Nébula")

    assert [row[1] for row in cells_of(classeur)] == [None, "Mandat signé", None]
    (anomalie,) = map(str, bilan.constats[CONTRADICTIONS])
    assert anomalie.startswith("nebula.csv!ligne 5 : D1 Lumo Énergie est « Mandat signé, Nébula »")
    assert "« Mandat à signer, Quasar » dans quasar.txt!ligne 2, le 03/11/2026" in anomalie


def test_a_contradiction_with_the_workbook_names_its_cell(classeur: Path, tmp_path: Path) -> None:
    fill(classeur, statut=["Réception active"], jour=[NOVEMBRE])

    bilan = run(classeur, signed(tmp_path / "n.csv", LUMO))

    letter = FileWorkbook(classeur).read_table("Clients").letters["Statut plateforme"]
    (anomalie,) = map(str, bilan.constats[CONTRADICTIONS])
    assert f"« Réception active » dans Clients!{letter}" in anomalie
    assert cells_of(classeur)[0][1] == "Réception active"


def test_a_client_in_contradiction_is_not_called_as_one_without_platform(
    classeur: Path, tmp_path: Path
) -> None:
    exports = [signed(tmp_path / "a.csv", LUMO), signed(tmp_path / "b.csv", LUMO, statut="actif")]

    bilan = run(classeur, *exports)

    reasons = dict(zip(bilan.relances["Dossier"], bilan.relances["raison"], strict=True))
    assert reasons["D1"] == "statuts contradictoires à départager"


def test_an_unknown_word_is_settled_before_the_client_is_called(
    classeur: Path, tmp_path: Path
) -> None:
    bilan = run(classeur, signed(tmp_path / "n.csv", LUMO, statut="en cours"))

    reasons = dict(zip(bilan.relances["Dossier"], bilan.relances["raison"], strict=True))
    assert reasons["D1"] == "mot de statut inconnu dans un export"


def test_a_siren_that_no_client_has_is_listed_once_with_its_line_and_count(
    classeur: Path, tmp_path: Path
) -> None:
    bilan = run(classeur, signed(tmp_path / "n.csv", NOVA, LUMO, NOVA))

    (anomalie,) = map(str, bilan.constats[ABSENTS])
    assert anomalie.startswith(f"n.csv!ligne 5 : aucun client n’a ce SIREN (2 lignes) (lu : « {NOVA} »)")  # fmt: skip


def test_dossiers_that_share_a_siren_both_get_the_status_and_are_listed(
    classeur: Path, tmp_path: Path
) -> None:
    workbook = FileWorkbook(classeur)
    last = int(rows_of(classeur).index[-1])
    workbook.write_cells("Clients", {last: {"SIREN": f"{LUMO}00011"}})
    workbook.save()

    bilan = run(classeur, signed(tmp_path / "n.csv", LUMO))

    assert [row[1] for row in cells_of(classeur)] == ["Mandat signé", None, "Mandat signé"]
    (anomalie,) = map(str, bilan.constats[PARTAGES])
    assert f"aussi celui de la ligne {last} : chaque dossier reçoit le statut" in anomalie


def test_a_formula_is_never_written_over_and_its_client_keeps_status_and_date_together(
    classeur: Path, tmp_path: Path
) -> None:
    fill(classeur, plateforme=[None, "Orbite"], statut=["Contactée"] * 2, jour=[])
    first, second, _ = map(int, rows_of(classeur).index)
    set_cell(classeur, "Clients", "Statut plateforme", first, b'<f>"Contac"&amp;"t\xc3\xa9e"</f><v>Contact\xc3\xa9e</v>')  # fmt: skip
    set_cell(classeur, "Clients", "Plateforme", second, b'<f>"Orb"&amp;"ite"</f><v>Orbite</v>')

    bilan = run(classeur, signed(tmp_path / "n.csv", LUMO, PERE), plateforme="Nébula")

    assert cells_of(classeur)[:2] == [
        [None, "Contactée", None],
        ["Orbite", "Mandat signé", NOVEMBRE],
    ]
    assert {*FileWorkbook(classeur).read_formulas("Clients")} >= {"Plateforme", "Statut plateforme"}
    assert len(bilan.constats[FORMULES]) == 2


def test_what_cannot_be_read_in_clients_is_told_and_left(classeur: Path, tmp_path: Path) -> None:
    fill(classeur, statut=["presque fini", "Mandat à signer"], jour=[None, "bientôt"])

    bilan = run(classeur, signed(tmp_path / "n.csv", LUMO, PERE))

    assert [row[1] for row in cells_of(classeur)[:2]] == ["presque fini", "Mandat à signer"]
    first, second = map(str, bilan.constats[ILLISIBLES])
    assert "« Statut plateforme » ne se lit pas (lu : « presque fini »)" in first
    assert "« Date statut » ne se lit pas (lu : « bientôt »)" in second


def test_hostile_texts_stay_texts(classeur: Path, tmp_path: Path) -> None:
    path = write_quasar(tmp_path / "q.txt", (LUMO, "=1+1", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", "2026-11-03"), (PERE, "=1+1", '<b>&"é’', "signed", "2026-11-03"))  # fmt: skip

    run(classeur, path)

    assert cells_of(classeur)[:2] == [[None] * 3, ['<b>&"é’', "Mandat signé", NOVEMBRE]]
    assert b"cmd|" not in b"".join(read_parts(classeur).values())
    assert find_flaws(classeur) == []


def test_without_export_only_the_call_list_is_made(classeur: Path) -> None:
    before = classeur.read_bytes()

    bilan = run(classeur)

    assert (bilan.phrases, bilan.detail, bilan.constats) == ((), (), {})
    assert bilan.relances["Dossier"].tolist() == ["D1", "D2"]  # D3 is outside the reform
    assert bilan.relances["Collaborateur"].tolist() == ["AB", "AB"]
    assert classeur.read_bytes() == before


def test_an_export_that_cannot_be_read_leaves_the_workbook_as_it_was(
    classeur: Path, tmp_path: Path
) -> None:
    before = classeur.read_bytes()
    wrong = tmp_path / "vide.csv"
    wrong.write_text("", "utf-8")

    with pytest.raises(SaisieError, match="vide"):
        run(classeur, signed(tmp_path / "n.csv", LUMO), wrong)

    assert classeur.read_bytes() == before


def test_a_name_of_platform_that_a_spreadsheet_would_compute_is_refused(
    classeur: Path, tmp_path: Path
) -> None:
    with pytest.raises(SaisieError, match="pas le nom d’une plateforme"):
        run(classeur, signed(tmp_path / "n.csv", LUMO), plateforme="=1+1")


def test_many_places_of_one_contradiction_are_counted(classeur: Path, tmp_path: Path) -> None:
    words = ("signé", "actif", "expiré", "refusé", "invité", "à signer")
    exports = [signed(tmp_path / f"{i}.csv", LUMO, statut=w) for i, w in enumerate(words)]

    (anomalie,) = map(str, run(classeur, *exports).constats[CONTRADICTIONS])

    assert "dans 3.csv!ligne 5 et 2 autres, le 03/11/2026" in anomalie


def test_the_order_of_the_files_changes_nothing(classeur: Path, tmp_path: Path) -> None:
    exports = [
        signed(tmp_path / "a.csv", LUMO, PERE, jour="01/11/2026"),
        signed(tmp_path / "b.csv", LUMO, statut="actif"),
        signed(tmp_path / "c.csv", PERE, OSTRA, statut="expiré", jour=""),
    ]

    details = {run(classeur, *order, simulation=True).detail for order in permutations(exports)}

    assert len(details) == 1


def test_the_same_file_given_twice_says_no_more(classeur: Path, tmp_path: Path) -> None:
    export = signed(tmp_path / "n.csv", LUMO)

    bilan = run(classeur, export, export)

    assert bilan.constats == {}
    assert "1 client mis à jour." in bilan.phrases


def test_titles_alone_change_nothing(classeur: Path, tmp_path: Path) -> None:
    bilan = run(classeur, write_nebula(tmp_path / "n.csv"))

    assert bilan.is_empty
    assert "Rien de nouveau : 0 client déjà à jour." in bilan.phrases


def test_a_workbook_that_is_no_file_takes_the_same_cells(classeur: Path, tmp_path: Path) -> None:
    real = FileWorkbook(classeur, to_write=False)
    tables = {t: real.read_table(t).lignes for t in ("Clients", "Criteres", "Baremes", "Couleurs", "Segments", "Parametres")}  # fmt: skip
    workbook = FakeWorkbook(tables)

    plateformes.run(as_port(workbook), [signed(tmp_path / "n.csv", LUMO)], AU)
    workbook.save()

    assert workbook.read_table("Clients").lignes["Statut plateforme"].tolist()[0] == "Mandat signé"


def test_fifty_thousand_lines_are_read_and_matched(classeur: Path, tmp_path: Path) -> None:
    lines = (f"{siren_number(i % 25_000 + 1)};Client {i};{'signé' if i % 3 else 'en cours'};{i % 28 + 1:02}/10/2026" for i in range(50_000))  # fmt: skip

    bilan = run(classeur, write_nebula(tmp_path / "n.csv", *lines), simulation=True)

    assert len(bilan.detail) == 3
    assert len(bilan.constats[ABSENTS]) > 20_000


def test_excel_gets_the_same_cells_as_the_file(
    excel: TestExcel, classeur: Path, tmp_path: Path
) -> None:
    export = signed(tmp_path / "n.csv", LUMO, PERE)
    book = excel.open(classeur)
    live = LiveWorkbook(book)

    told = plateformes.run(live, [export], AU, plateforme="Nébula")
    live.save()

    assert told.detail == run(classeur, export, plateforme="Nébula").detail
    seen = LiveWorkbook(book).read_table("Clients").lignes
    assert seen[[*SUIVI[:2]]].to_numpy().tolist() == [row[:2] for row in cells_of(classeur)]
    assert [parse_date(v) for v in seen["Date statut"].dropna()] == [NOVEMBRE] * 2


def test_how_the_columns_were_understood_is_told(classeur: Path, tmp_path: Path) -> None:
    undated = write_nebula(tmp_path / "a.csv", f"{LUMO};signé", titles="N° Siret;État")
    twice = write_nebula(tmp_path / "b.csv", f"{PERE};signé;;", titles="SIREN;Statut;Date;Maj")

    phrases = run(classeur, undated, twice, simulation=True).phrases

    assert "  « N° Siret » → SIREN" in phrases
    assert "  Aucune colonne ne date les statuts : ils sont pris sans date." in phrases
    assert "  Laissé de côté, une autre colonne en tient lieu : « Maj »." in phrases
    assert "2 statuts écrits sans date." in phrases


def test_lines_without_effect_are_counted(classeur: Path, tmp_path: Path) -> None:
    exports = [
        signed(tmp_path / "a.csv", LUMO, PERE, jour="01/11/2026"),
        signed(tmp_path / "b.csv", LUMO),
        signed(tmp_path / "c.csv", PERE, statut="expiré", jour=""),
        write_quasar(tmp_path / "d.txt", (LUMO, "", "Quasar", "none", "2026-11-20")),
    ]

    phrases = run(classeur, *exports, plateforme="Nébula").phrases

    assert "1 statut plus ancien, laissé de côté." in phrases
    assert "1 statut sans date, laissé de côté : il en est un qui est daté." in phrases
    assert "1 statut Aucune, Expiré ou Refusé laissé de côté : une autre plateforme suit le client." in phrases  # fmt: skip


def test_all_that_needs_a_hand_is_one_list_too(classeur: Path, tmp_path: Path) -> None:
    bilan = run(classeur, signed(tmp_path / "n.csv", NOVA, "000000019", statut="en cours"))

    assert [a.cell for a in bilan.anomalies] == ["ligne 5", "ligne 6"]
