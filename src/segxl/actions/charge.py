"""The work of each person set against what they can hold; part of « Plan »."""

from __future__ import annotations

from datetime import date

import pandas as pd

from segxl.domain import repartition as r
from segxl.domain.anomalies import SaisieError
from segxl.domain.capacite import capacite_of
from segxl.domain.dossiers import CLE
from segxl.domain.reglages import Reglages
from segxl.domain.relation.attrition import months_ago
from segxl.domain.resultats import Resultats
from segxl.domain.saisie import is_error, parse_column
from segxl.domain.segmentation import SANS_SEGMENT
from segxl.domain.textes import fold
from segxl.domain.valeur.temps import COLLABORATEUR, HEURES, JOUR
from segxl.excel.charge import write_charge
from segxl.excel.port import Workbook
from segxl.excel.temps import read_temps


def list_suivis(resultats: Resultats, departs: pd.Series, reglages: Reglages) -> pd.DataFrame:
    """Return each client, who follows it, its segment and the effort of its next step, by folded dossier."""
    dossiers = resultats.dossiers
    efforts = {c.code: c.effort for c in reglages.fe.criteres}
    here = ~dossiers.index.isin(departs.index)
    names = (
        dossiers[COLLABORATEUR] if COLLABORATEUR in dossiers else pd.Series(None, dossiers.index)
    )
    return pd.DataFrame(
        {
            r.QUI: names.astype(object),
            r.SEGMENT: resultats.lignes["Segment"],
            r.CLIENTS: here.astype(float),
            r.EFFORT: resultats.etapes["code"].map(efforts).astype("float64").where(here),
        }
    ).set_index(pd.Index(parse_column(dossiers[CLE], fold)))


def share(
    workbook: Workbook,
    plan: pd.DataFrame,
    suivis: pd.DataFrame,
    reglages: Reglages,
    au: date,
) -> pd.DataFrame:
    """Add up the work of each person and write it: see ``domain.repartition.share_work``."""
    waiting = plan[~plan["est fait"]]
    prevus = pd.DataFrame({"Dossier": waiting["clé"], r.QUI: waiting["Responsable"]})
    order = [*(x.segment for x in reglages.segments), SANS_SEGMENT]
    told = r.share_work(suivis, _hours_of(workbook, au), prevus, capacite_of(reglages), order)
    write_charge(workbook, told)
    return told


def _hours_of(workbook: Workbook, au: date) -> pd.DataFrame:
    """Return the hours of the last twelve months; none where the table Temps is another software's."""
    try:
        temps, _ = read_temps(workbook)
    except SaisieError:
        temps = pd.DataFrame(columns=[CLE, JOUR, COLLABORATEUR, HEURES], dtype=object)
    since = months_ago(au, r.MOIS)
    dated = [isinstance(day, date) and since < day <= au for day in temps[JOUR]]
    kept = temps.loc[pd.Series(dated, temps.index, dtype=bool)]
    names = kept[COLLABORATEUR].map(lambda nom: None if is_error(nom) else nom)
    return pd.DataFrame(
        {"Dossier": parse_column(kept[CLE], fold), r.QUI: names, r.HEURES: kept[HEURES]},
        dtype=object,
    )
