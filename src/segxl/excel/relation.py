"""The sheets Relation and Bilan relationnel: each client, then the figures of the portfolio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.dossiers import read_dossiers
from segxl.domain.honoraires.factures import ANNUELS
from segxl.domain.reglages import Reglages
from segxl.domain.relation.attrition import ENTREE, MOTIF, SORTIE
from segxl.domain.relation.contrat import PIECES
from segxl.domain.relation.lecture import Ligne
from segxl.domain.relation.portail import MOTS, PORTAIL
from segxl.domain.relation.portefeuille import NOM, OPPOSITION, SEGMENT, TEMOIGNAGE, Relation
from segxl.domain.relation.signaux import A_RISQUE, A_SURVEILLER, INCONNUE, PARTIE, SEREINE
from segxl.domain.saisie import parse_column, parse_date
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.own_tables import make_table
from segxl.excel.port import Workbook
from segxl.excel.refusals import refuse_stranger

TABLE = SHEET = "Relation"
BILAN, BILAN_SHEET = "BilanRelation", "Bilan relationnel"
JOURS = (ENTREE, SORTIE, TEMOIGNAGE)
OTHER_NAMES = {
    ENTREE: ("Date d’entrée", "Entrée", "Client depuis"),
    SORTIE: ("Date de sortie", "Sortie", "Date de fin", "Date de départ"),
}
"""How software calls the days of arrival and departure."""
ETAT, RETARD = "Relation", "Retard moyen (jours)"
CONTRAT = "Dossier contractuel"
DELAI, ATTENTE = "Délai de réponse (j)", "Demandes sans réponse"
OURS = ("Dossier", ETAT, "Pourquoi")
"""The columns without which a table is somebody else's; the others come back by themselves."""
COLOURS: Mapping[str, tuple[str, str]] = {
    A_RISQUE: ("#F8696B", "#1F1F1F"),
    A_SURVEILLER: ("#FFEB84", "#1F1F1F"),
    SEREINE: ("#63BE7B", "#1F1F1F"),
    INCONNUE: ("#B4C7DC", "#1F1F1F"),
}
"""The colours of the notes: one palette for the whole workbook."""
WIDTHS: Mapping[str, float] = {
    "Dossier": 11,
    NOM: 28,
    SEGMENT: 16,
    ETAT: 14,
    "Pourquoi": 60,
    "Prochain geste": 46,
    "CSAT": 8,
    "NPS": 8,
    "Dernier contact le": 13,
    "Jours depuis": 9,
    "Impayé HT": 13,
    RETARD: 12,
    "Relance": 32,
    "Ambassadeur": 34,
    DELAI: 12,
    ATTENTE: 14,
    CONTRAT: 34,
    PORTAIL: 10,
    "Calculé le": 12,
}
NOTE = (
    "Une ligne par dossier, ce qui presse d’abord : l’état de la relation, puis le nombre de raisons, les honoraires, le numéro de dossier. « À risque » : un départ annoncé, une réclamation ouverte, ou deux raisons.\n"
    "CSAT (de 1 à 5) et NPS (de 0 à 10) : la dernière réponse du client, sur un an. Dernier contact : Journal, Réclamations, Enquête, courriers envoyés. Impayé : factures échues, avoirs déduits. Retard moyen : celui des factures payées, sur douze mois.\n"
    f"Remplissez dans Clients « {ENTREE} », « {SORTIE} », « {MOTIF} », « {TEMOIGNAGE} » (une date), « {' », « '.join(PIECES)} » (une date, oui ou non) et « {PORTAIL} » ({', '.join(reversed(MOTS))}), tout à droite, sous le +, si vous les tenez.\n"
    "Sans accord daté, ne citez jamais un client. Qui vous adresse quelqu’un : une ligne « Recommandation » au Journal. Ce que vous demandez : une ligne « Demande », et « Répondu le » quand le client répond."
)
BILAN_WIDTHS: Mapping[str, float] = {
    "Bloc": 22,
    "Mesure": 48,
    "Valeur": 13,
    "Unité": 10,
    "Un an plus tôt": 14,
    "Comment c’est calculé": 100,
}
BILAN_NOTE = "Ce que vaut la relation avec le portefeuille, sur les douze mois qui finissent le jour du calcul. Une case vide ne se calcule pas : la dernière colonne dit pourquoi."


def read_clients(
    clients: Tableau, reglages: Reglages
) -> tuple[pd.DataFrame, bool, tuple[Anomalie, ...]]:
    """Return the clients, whether the workbook says who left, and what cannot be read.

    Returns
    -------
    DataFrame of object
        Indexed by Excel row: ``cle``, the folded number; « Dossier », « Raison sociale »,
        « Segment », « Forme juridique », « Opposition », « Honoraires annuels », the three days
        and « Motif de départ », None where blank.
    """
    clients = name_days(clients.canonical([*JOURS, MOTIF]))
    dossiers = read_dossiers(clients, reglages)
    headers = ["Dossier", NOM, SEGMENT, "Forme juridique", OPPOSITION, ANNUELS, MOTIF, *JOURS]
    typed = dossiers.reindex(columns=headers).astype(object)
    typed = typed.where(typed.notna(), None)
    read = typed.assign(
        cle=typed["Dossier"].map(fold), **{h: parse_column(typed[h], parse_date) for h in JOURS}
    ).astype(object)
    read = read.where(read.notna(), None)
    # Every workbook has the column: a departure in it is what says that the firm keeps it.
    return read, bool(typed[SORTIE].notna().any()), tuple(_find_unread(clients, typed, read))


def name_days(clients: Tableau) -> Tableau:
    """Give the days of arrival and departure their name, where an export brought them under another.

    A column of that name where nothing was typed gives way.
    """
    spelling = {
        found: name
        for name, others in OTHER_NAMES.items()
        if name not in clients.letters or clients.lignes[name].isna().all()
        if (found := next(filter(None, map(clients.header, others)), None))
    }
    blank = {*spelling.values()}
    kept = {h: letter for h, letter in clients.letters.items() if h not in blank}
    return replace(
        clients,
        lignes=clients.lignes.drop(columns=[*blank], errors="ignore").rename(columns=spelling),
        letters={spelling.get(h, h): letter for h, letter in kept.items()},
    )


def _find_unread(clients: Tableau, typed: pd.DataFrame, read: pd.DataFrame) -> Iterator[Anomalie]:
    for header in JOURS:
        for row in typed.index[typed[header].notna() & read[header].isna()]:
            problem = f"« {header} » n’est pas une date"
            yield clients.anomalie(header, row, problem, "saisissez par exemple 15/09/2026")
    for row, entree, sortie in zip(read.index, read[ENTREE], read[SORTIE], strict=True):
        if entree and sortie and sortie < entree:
            problem = "ce client sort avant d’être entré"
            yield clients.anomalie(SORTIE, row, problem, f"corrigez « {ENTREE} » ou « {SORTIE} »")


def write_relations(workbook: Workbook, relations: Sequence[Relation], today: date) -> None:
    """Put the relations in place of the last ones; the sheet appears with the first.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    rows = pd.DataFrame([_row(r, today) for r in relations], columns=[*WIDTHS], dtype=object)
    if workbook.has_table(TABLE):
        refuse_stranger(workbook.read_table(TABLE).canonical(WIDTHS), OURS)
    make_table(workbook, TABLE, SHEET, WIDTHS, NOTE)
    workbook.replace_rows(TABLE, rows)
    workbook.paint_words(TABLE, ETAT, [ETAT], COLOURS)


def _row(r: Relation, today: date) -> dict[str, object]:
    contact = r.contact[0] if r.contact else None
    free = "de votre main : client parti" if r.etat == PARTIE else "possible, avec tact"
    return {
        "Dossier": r.dossier,
        NOM: r.nom or None,
        SEGMENT: r.segment or None,
        ETAT: r.etat,
        "Pourquoi": " ; ".join(r.signaux) or None,
        "Prochain geste": r.geste,
        "CSAT": r.avis.dernier_csat,
        "NPS": r.avis.dernier_nps,
        "Dernier contact le": contact,
        "Jours depuis": (today - contact).days if contact else None,
        "Impayé HT": r.impaye.montant / 100 if r.impaye else None,
        RETARD: None if r.retard is None else round(r.retard),
        "Relance": (r.relance or free) if r.impaye else None,
        "Ambassadeur": r.ambassadeur or None,
        DELAI: None if r.answers.delai is None else round(r.answers.delai, 1),
        ATTENTE: r.tardives or None,
        CONTRAT: r.contrat or None,
        PORTAIL: r.portail or None,
        "Calculé le": today,
    }


def write_bilan(workbook: Workbook, lignes: Sequence[Ligne]) -> None:
    """Put the figures of the portfolio in place of the last ones.

    Raises
    ------
    SaisieError
        A table of that name is not segxl's.
    """
    cells = [(x.bloc, x.mesure, x.valeur, x.unite or None, x.avant, x.lecture) for x in lignes]
    rows = pd.DataFrame(cells, columns=[*BILAN_WIDTHS], dtype=object)
    if not workbook.has_table(BILAN):
        workbook.add_table(BILAN, BILAN_SHEET, BILAN_WIDTHS, note=BILAN_NOTE)
    else:
        refuse_stranger(workbook.read_table(BILAN).canonical(BILAN_WIDTHS), BILAN_WIDTHS)
    workbook.replace_rows(BILAN, rows.where(rows.notna(), None))
