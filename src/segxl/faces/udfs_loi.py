"""The functions of the worksheet about the law: the size, the next legal date, the obligations."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from math import isnan

import pandas as pd

from segxl.domain.anomalies import file_error
from segxl.domain.dossiers import CLE
from segxl.domain.exposition import FACTURES
from segxl.domain.loi import RYTHMES_EN_MOTS
from segxl.domain.normalisation import normalise
from segxl.domain.obligations import A_CONFIRMER, find_obligations
from segxl.domain.presence import departs_of, tell_depart
from segxl.domain.relation.attrition import SORTIE
from segxl.domain.saisie import is_error, parse_date
from segxl.domain.situation import ENTREES
from segxl.domain.statuts import REPONSE, STATUT
from segxl.domain.suivi_legal import exposition_of, remise_of
from segxl.domain.tableau import Tableau, record_of
from segxl.domain.tailles import FIGURES, TAILLES, bound_tailles
from segxl.domain.urgence import leave_out, measure_urgence
from segxl.excel.com.cells import read_columns
from segxl.excel.relation import name_days
from segxl.faces.declaration import formule
from segxl.faces.plages import Plage, Rows, cell_of, headers_of, require_same_width, row_of, rows_of
from segxl.sources.loi import read_loi

READ = (*ENTREES, STATUT, REPONSE, FACTURES, SORTIE)
"""Columns of Clients that these functions read; a firm may lack any of them."""
INTITULES = ["Question", "Réponse", "Source", "Confiance"]
QUESTIONS = {
    "taille": "Taille",
    "reception": "Recevoir",
    "emission": "Émettre",
    "ereporting_transactions": "Transmettre les ventes",
    "ereporting_paiements": "Transmettre les encaissements",
    "rythme": "À quel rythme",
    "mentions": "Nouvelles mentions",
    "a_transmettre_avant": "Prochaine transmission avant le",
}


@formule
def SEG_TAILLE(effectif: object, ca: object, bilan: object) -> object:
    """Taille d’une entreprise au sens de la loi : Micro, PME, ETI ou GE ; « à confirmer » s’il manque un chiffre qui compte."""
    typed = zip(FIGURES, (effectif, ca, bilan), strict=True)
    cells = {header: [_known(cell_of(raw, header))] for header, raw in typed}
    dossiers = normalise(pd.DataFrame(cells, dtype=object))
    bounds = bound_tailles(dossiers, read_loi()).iloc[0]
    least, most = TAILLES[bounds["taille_min"]], TAILLES[bounds["taille_max"]]
    return least if least == most else A_CONFIRMER


@formule
def SEG_ECHEANCE(reponses: object, intitules: object, au: object = "") -> object:
    """Prochaine date légale pour laquelle un client n’est pas prêt, ou tous ; vide s’il n’en reste pas."""
    rows, day = rows_of(reponses), _day_of(au)
    dossiers = _dossiers_of(rows, intitules)
    urgence = measure_urgence(dossiers, find_obligations(dossiers, read_loi(), day), day)
    urgence = leave_out(urgence, departs_of(dossiers, day))
    cells = [_cell(value) for value in urgence["Date légale"]]
    return cells[0] if len(cells) == 1 else [[cell] for cell in cells]


@formule
def SEG_OBLIGATIONS(reponses: object, intitules: object, au: object = "") -> object:
    """Ce que la loi demande à un client, à déverser : dès quand, à quel rythme, pourquoi, d’après quelle source."""
    dossiers, day = _dossiers_of(row_of(reponses), intitules), _day_of(au)
    loi = read_loi()
    obligations = find_obligations(dossiers, loi, day)
    told = record_of(obligations, 0)
    answers = [
        [question, _cell(RYTHMES_EN_MOTS.get(str(told[name]), told[name])), "", ""]
        for name, question in QUESTIONS.items()
        if told[name] is not None
    ]
    departs = departs_of(dossiers, day)
    if len(departs):
        gone = [["Client", tell_depart(departs.item()), "", ""]]
        return [INTITULES, *gone, *answers, *_why(obligations)]
    exposition = exposition_of(dossiers, obligations, loi, day).item()
    risk = ["Exposition sur douze mois, en euros (usage interne)", _blank(exposition), "", ""]
    waiver = loi["premiere_infraction"]
    days = loi.value("delai_reparation", "jours")
    lifted = remise_of(dossiers, obligations, loi, day).item()
    mercy = [
        f"Dont une première infraction, levée si elle est réparée d’elle-même ou dans les {days} jours",
        lifted,
        waiver.source,
        waiver.confiance,
    ]
    return [INTITULES, *answers, risk, mercy, *_why(obligations)]


def _why(obligations: pd.DataFrame) -> list[list[object]]:
    """Return what is to be confirmed of one client, and the reasons of the answers."""
    doubts = [["À confirmer", sentence, "", ""] for sentence in obligations["a_confirmer"].item()]
    reasons = [["Pourquoi", *motif] for motif in obligations["motifs"].item()]
    return [*doubts, *reasons]


def _dossiers_of(rows: Rows, intitules: object) -> pd.DataFrame:
    """Read the columns that the law asks about; those that the range lacks are unknown."""
    require_same_width(rows, rows_of(intitules))
    places = _places_of(Plage.of(intitules))
    columns = read_columns([tuple(row[place] for place in places.values()) for row in rows])
    cells = {h: [*map(_known, c)] for h, c in zip(places, columns, strict=True)}
    named = {CLE: [*map(str, range(len(rows)))]} | cells
    return normalise(pd.DataFrame(named, index=pd.RangeIndex(len(rows)), dtype=object))


@lru_cache(maxsize=16)
def _places_of(intitules: Plage) -> dict[str, int]:
    """Return where the columns stand, by their header of the contract."""
    headers = name_days(Tableau.of("Clients", headers_of(intitules), []).canonical(READ))
    places = {h: i for i, h in enumerate(headers.letters) if h in READ}
    if not places:
        raise file_error(
            "Clients",
            None,
            "aucun des intitulés n’est une colonne que la loi lit",
            "donnez toute la ligne, Clients[@], avec tous les intitulés, Clients[#En-têtes]",
        )
    return places


def _known(value: object) -> object:
    """Return a cell; None for an error of Excel."""
    return None if is_error(value) else value


def _day_of(au: object) -> date:
    """Read the day of the question; today where none is given."""
    typed = cell_of(au, "Date")
    if typed is None:
        return datetime.now().astimezone().date()
    if (day := parse_date(typed)) is None:
        raise file_error("Date", typed, "ce n’est pas une date", "donnez par exemple AUJOURDHUI()")
    return day


def _cell(value: object) -> object:
    """Return what a cell of Excel shows: a day as Excel's own, blank where there is nothing."""
    return datetime.combine(value, time()) if isinstance(value, date) else _blank(value)


def _blank(value: object) -> object:
    return "" if value is None or (isinstance(value, float) and isnan(value)) else value
