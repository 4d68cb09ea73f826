"""The sheets Scénarios, Simulation and Simulation par client: what if, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.grille import Grille
from segxl.domain.simulation import gestes as g
from segxl.domain.simulation.depart import ABC, CLASSE, COULEUR, NOTE, RFM, SEGMENT
from segxl.domain.simulation.essai import APRES, AVANT, Essai
from segxl.domain.simulation.lignes import EURO, list_lignes
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.ooxml.new_sheet import header_row_under
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

SHEET, LECTURE = "Scénarios", "Lecture"
RESULTATS = RESULTATS_SHEET = "Simulation"
PAR_CLIENT, PAR_CLIENT_SHEET = "SimulationClients", "Simulation par client"
WIDTHS: Mapping[str, float] = {
    g.SCENARIO: 36,
    g.DOSSIER: 12,
    g.CLASSE: 9,
    g.SEGMENT: 18,
    g.ACTION: 20,
    g.MONTANT: 12,
    g.HEURES: 10,
    g.QUESTION: 26,
    LECTURE: 60,
}
NOTE_SCENARIOS = (
    "Et si… ? Une ligne dit pour qui (dossier, classe A à D, segment : vide veut dire tous) et quoi. Les lignes d’un même scénario s’additionnent. Puis cliquez sur « Simuler » : rien ne change dans vos clients.\n"
    "Montant, pour chaque client : 10 % ou 10 pour les actions « en % » (au-delà de 100 %, écrivez 150), des euros par an pour les autres ; -10 pour baisser. Heures : celles que l’offre demande par an. Question : celle de la grille qui monte d’un niveau.\n"
    "Les premières lignes sont des exemples : remplacez-les ou supprimez-les. La colonne Lecture dit ce qui a été compris."
)
RESULTATS_WIDTHS: Mapping[str, float] = {
    g.SCENARIO: 36,
    "Mesure": 28,
    "Unité": 8,
    "Avant": 14,
    "Après": 14,
    "Écart": 14,
    LECTURE: 75,
}
NOTE_RESULTATS = (
    "Chaque scénario de la feuille Scénarios, avant et après, sur douze mois. Rien n’est changé dans les autres feuilles : pour garder un scénario, sélectionnez une de ses lignes et cliquez sur « Retenir ».\n"
    "Un coût est un temps passé × un taux horaire : des heures libérées ne valent de l’argent que réemployées. Un client transmis emporte ses honoraires et ses heures.\n"
    "Classes A à D, et points RFM : les seuils sont ceux d’avant le scénario, pour qu’un départ ne déplace pas ceux qui restent. ABC est une part du total : elle se refait sur ce qui reste. Qui est déjà parti (« Sortie le » de Clients) n’est pas compté."
)
PAR_CLIENT_WIDTHS: Mapping[str, float] = {
    g.SCENARIO: 36,
    "Dossier": 10,
    "Raison sociale": 27,
    "Ce qui change": 34,
    "Honoraires avant": 12,
    "Honoraires après": 12,
    "Marge avant": 12,
    "Marge après": 12,
    "Heures avant": 10,
    "Heures après": 10,
    "Classe avant": 9,
    "Classe après": 9,
    "ABC avant": 7,
    "ABC après": 7,
    "RFM avant": 10,
    "RFM après": 10,
    "Note avant": 8,
    "Note après": 8,
    "Couleur avant": 11,
    "Couleur après": 11,
    "Segment avant": 16,
    "Segment après": 16,
}
NOTE_PAR_CLIENT = "Les clients que touche chaque scénario, avant et après. Une case vide n’est pas connue ; après un départ, il n’y a plus rien à dire."
_EXEMPLES = "Exemple : "


def read_scenarios(workbook: Workbook, grille: Grille) -> tuple[Tableau, bool]:
    """Return the table of scenarios, and whether it is still to be made: it then holds examples.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    if not workbook.has_table(g.TABLE):
        return _examples(grille), True
    table = workbook.read_table(g.TABLE).canonical([*g.HEADERS, LECTURE])
    refuse_stranger(table, (g.SCENARIO, g.ACTION))
    lignes = table.lignes.reindex(columns=[*WIDTHS]).astype(object)
    return replace(table, lignes=lignes.where(lignes.notna(), None)), False


def _examples(grille: Grille) -> Tableau:
    """Return what the sheet starts with: three questions that a firm asks itself."""
    heaviest = max(grille.criteres, key=lambda c: c.poids).libelle
    rows: list[dict[str, object]] = [
        {g.SCENARIO: "transmettre les clients D", g.CLASSE: "D", g.ACTION: g.TRANSMETTRE},
        {g.SCENARIO: "revoir les prix", g.CLASSE: "B", g.ACTION: g.PART_HONORAIRES, g.MONTANT: 2},
        {g.SCENARIO: "revoir les prix", g.CLASSE: "D", g.ACTION: g.PART_HONORAIRES, g.MONTANT: 10},
        {g.SCENARIO: "équiper les clients", g.ACTION: g.MONTER, g.QUESTION: heaviest},
        {g.SCENARIO: "équiper les clients", g.CLASSE: "A", g.ACTION: g.OFFRE, g.MONTANT: 600, g.HEURES: 4},
    ]  # fmt: skip
    cells = [[row.get(h) for h in WIDTHS] for row in rows]
    table = Tableau.of(g.TABLE, [*WIDTHS], cells, sheet=SHEET)
    table.lignes[g.SCENARIO] = _EXEMPLES + table.lignes[g.SCENARIO]
    top = header_row_under(NOTE_SCENARIOS) + 1
    table.lignes.index = pd.RangeIndex(top, top + len(rows))
    return table


def write_simulation(
    workbook: Workbook, table: Tableau, told: Mapping[int, str], essais: Sequence[Essai]
) -> None:
    """Write what became of each scenario, and what was understood of each of its lines.

    Parameters
    ----------
    workbook : Workbook
        The sheets appear with the first simulation.
    table : Tableau
        What :func:`read_scenarios` gave.
    told : mapping
        What was understood of a line, by its row.
    essais : sequence of Essai
        The scenarios tried.

    Raises
    ------
    SaisieError
        A table of one of these names is not segxl's.
    """
    for name, widths in ((RESULTATS, RESULTATS_WIDTHS), (PAR_CLIENT, PAR_CLIENT_WIDTHS)):
        if workbook.has_table(name):
            refuse_stranger(workbook.read_table(name), (g.SCENARIO, [*widths][1]))
    lecture = pd.Series([told.get(int(row)) for row in table.lignes.index], table.lignes.index)
    is_new = not workbook.has_table(g.TABLE)
    make_table(workbook, g.TABLE, SHEET, WIDTHS, NOTE_SCENARIOS)
    if is_new:
        workbook.replace_rows(g.TABLE, table.lignes.assign(**{LECTURE: lecture}))
    else:
        workbook.write_columns(g.TABLE, pd.DataFrame({LECTURE: lecture}, dtype=object))
    make_table(workbook, RESULTATS, RESULTATS_SHEET, RESULTATS_WIDTHS, NOTE_RESULTATS)
    workbook.replace_rows(RESULTATS, _rows_of(essais))
    make_table(workbook, PAR_CLIENT, PAR_CLIENT_SHEET, PAR_CLIENT_WIDTHS, NOTE_PAR_CLIENT)
    workbook.replace_rows(PAR_CLIENT, _rows_by_client(essais))


def tell_lines(
    essais: Sequence[Essai], gestes: Sequence[g.Geste], anomalies: Sequence[Anomalie], sheet: str
) -> dict[int, str]:
    """Say what was understood of each line, or what is wrong with it."""
    counts = {row: n for essai in essais for row, n in essai.touches.items()}
    told = {
        x.row: f"{counts[x.row]} client{'s' if counts[x.row] > 1 else ''} ({x.qui}) : {x.quoi}"
        for x in gestes
    }
    for news in (x for essai in essais for x in essai.remarques if x.is_news):
        told[news.row] += f" ; {news.problem}"
    for anomalie in anomalies:
        row = int("".join(filter(str.isdigit, anomalie.cell)) or 0)
        if anomalie.sheet == sheet and row:
            start = f"{told[row]} ; " if row in told else ""
            told[row] = f"{start}à corriger : {anomalie.problem}"
    return told


def find_rows(table: Tableau, scenario: str) -> list[int]:
    """Return the rows of one scenario, those that cannot be followed too."""
    names = table.lignes[g.SCENARIO]
    return [int(str(row)) for row, name in names.items() if name is not None and fold(name) == fold(scenario)]  # fmt: skip


def _rows_of(essais: Sequence[Essai]) -> pd.DataFrame:
    """Return the rows of the sheet Simulation, in the units of a reader."""
    cells = [
        (e.scenario, x.mesure, x.unite or None, x.avant, x.apres, x.ecart, x.lecture or None)
        for e in essais
        for x in list_lignes(e)
    ]
    rows = pd.DataFrame(cells, columns=[*RESULTATS_WIDTHS], dtype=object)
    return rows.where(rows.notna(), None)


_COLUMNS = {"Honoraires": "honoraires", "Marge": "marge", "Heures": "heures", "Classe": CLASSE, "ABC": ABC, "RFM": RFM, "Note": NOTE, "Couleur": COULEUR, "Segment": SEGMENT}  # fmt: skip
_SIDES = {AVANT: "avant", APRES: "après"}


def _rows_by_client(essais: Sequence[Essai]) -> pd.DataFrame:
    """Return the rows of the sheet Simulation par client."""
    frames = [_clients_of(essai) for essai in essais if len(essai.clients)]
    blank = pd.DataFrame(columns=[*PAR_CLIENT_WIDTHS], dtype=object)
    rows = pd.concat(frames, ignore_index=True) if frames else blank
    return rows.where(rows.notna(), None)


def _clients_of(essai: Essai) -> pd.DataFrame:
    clients = essai.clients
    columns: dict[str, object] = {
        g.SCENARIO: essai.scenario,
        "Dossier": clients["dossier"],
        "Raison sociale": clients["nom"].where(clients["nom"] != "", None),
        "Ce qui change": clients["gestes"].where(clients["gestes"] != "", "rien"),
    }
    for header, name in _COLUMNS.items():
        for side, word in _SIDES.items():
            values = clients[f"{name} {side}"]
            is_cents = header in {"Honoraires", "Marge"}
            shown = values.map(lambda x: x / EURO, na_action="ignore") if is_cents else values
            columns[f"{header} {word}"] = shown.where(shown != "", None)
    return pd.DataFrame(columns, dtype=object)[[*PAR_CLIENT_WIDTHS]]
