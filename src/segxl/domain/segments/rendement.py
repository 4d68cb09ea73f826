"""What each segment, each class and the whole portfolio yield; the workbook says how each is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan

import pandas as pd

from segxl.domain.relation.attrition import SANS_COLONNE
from segxl.domain.relation.indicateurs import Indicateur
from segxl.domain.segments import clientele as c
from segxl.domain.segments.effort import place_of
from segxl.domain.textes import join_words
from segxl.domain.valeur import releve as v

PAR_SEGMENT, PAR_CLASSE, TOTAL = "Segment", "Classe", "Total"
SANS_CLASSE = "(sans classe)"
HONORAIRES, MARGE, TAUX, HEURES = "honoraires", "marge", "taux_marge", "heures"
PART_HEURES, PART_MARGE = "part_heures", "part_marge"
CONVERSION, PANIER, RETENTION, TENDANCE = "conversion", "panier_moyen", "retention", "tendance"
OUVERTES = "missions_ouvertes"
EFFORT, PLACE = "part_effort", "heures_et_effort"
MOTS: Mapping[str, str] = {
    HONORAIRES: "honoraires",
    MARGE: "marge",
    TAUX: "taux de marge",
    HEURES: "heures",
    PART_HEURES: "part des heures",
    PART_MARGE: "part de la marge",
    CONVERSION: "conversion",
    OUVERTES: "missions ouvertes",
    PANIER: "panier moyen",
    RETENTION: "rétention",
    TENDANCE: "tendance",
}
"""Each figure, in the order told, and its name."""
FORMULES: Mapping[str, str] = {
    HONORAIRES: "facturé sur douze mois, sinon « Honoraires annuels »",
    MARGE: "honoraires moins heures au taux horaire",
    TAUX: "marge sur honoraires des mêmes clients",
    PART_HEURES: "les heures du groupe sur toutes celles dont le coût est connu",
    PART_MARGE: "la marge du groupe sur toute celle qui est connue",
    CONVERSION: "clients facturés d’au moins deux missions différentes sur douze mois, sur ceux dont la mission est connue (colonne « Mission » de Honoraires)",
    OUVERTES: "clients facturés sur douze mois d’une mission de plus que leur première, jamais facturée avant",
    PANIER: "honoraires divisés par les clients dont ils sont connus",
    RETENTION: "clients d’il y a un an toujours là (« Entrée le », « Sortie le »), dans leur segment d’aujourd’hui",
    TENDANCE: "facturé sur douze mois moins celui des douze mois d’avant, divisé par ce dernier",
    EFFORT: "rendez-vous, visios et recommandations (Journal) et courriers préparés (Courriers) sur douze mois, chacun pour un ; la part du groupe dans le total",
    PLACE: "« beaucoup » : au moins la part du groupe dans les clients",
}
SEVERAL = 2
_CENTS = 100
_NOBODY = "aucun client"
_NO_FEES = "aucun honoraire connu"
_NO_BASE = "honoraires nuls ou négatifs"
_NO_COST = "coût inconnu : temps ou taux horaire manquant"
_NO_SHARE = "pas de total positif à partager"
_NO_MISSION = "la feuille Honoraires ne dit pas la mission (colonne « Mission »)"
_NO_HISTORY = "aucune facture de plus de douze mois ne dit la mission : rien ne distingue une mission nouvelle"
_NO_YEARS = "les factures ne couvrent pas deux années entières"
_NO_BEFORE = "rien de facturé un an plus tôt"
_NO_EFFORT = "ni feuille Journal ni feuille Courriers"
_NOTHING_DONE = "rien de noté sur douze mois"
_NOBODY_BEFORE = "aucun client il y a un an"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the workbook can tell: who left, two years of invoices, the mission of each, the efforts."""

    is_suivie: bool = True
    has_annees: bool = True
    has_missions: bool = True
    has_efforts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendement:
    """What one group of clients yields; amounts in euros, shares 0..1, by the names of ``MOTS``."""

    axe: str
    nom: str
    clients: int
    partis: int
    """Clients of the sheet who have left, or have not come yet."""
    chiffres: Mapping[str, Indicateur] = field(default_factory=dict)
    effort: Indicateur = field(default_factory=Indicateur)
    """Its share of the commercial effort, beside which ``place`` puts its share of the hours."""
    place: str = ""

    @property
    def motifs(self) -> dict[str, str]:
        """Why each figure that cannot be computed is not."""
        return {nom: told.motif for nom, told in self.chiffres.items() if told.valeur is None}

    @property
    def lecture(self) -> str:
        """What a reader has to know of these figures: who is not in them, what is missing, why."""
        return " ; ".join(self._lecture())

    def _lecture(self) -> Iterator[str]:
        every = self.clients + self.partis
        if self.partis:
            yield f"{self.partis} ancien{_s(self.partis)} client{_s(self.partis)}, dont les honoraires comptent encore"
        for nom in (HONORAIRES, MARGE, HEURES):
            told = self.chiffres[nom]
            if told.valeur is not None and told.n < every:
                yield f"{MOTS[nom]} : {told.n} client{_s(told.n)} sur {every}"
        reasons: dict[str, list[str]] = {}
        for nom, motif in self.motifs.items():
            reasons.setdefault(motif, []).append(MOTS[nom])
        yield from (f"{join_words(names)} n.d. : {motif}" for motif, names in reasons.items())


def measure_groups(
    lignes: pd.DataFrame, axe: str, groups: pd.Series, order: Sequence[str], sources: Sources
) -> tuple[Rendement, ...]:
    """Measure each group, in one pass over the clients.

    Parameters
    ----------
    lignes : DataFrame, shape (n, m)
        The columns of ``releve.lignes``, those of ``clientele``; amounts in cents.
    axe : str
        What the groups are: segments, classes, or the whole.
    groups : Series of str, same index
        The group of each client.
    order : sequence of str
        The groups to tell; one without a client too.
    sources : Sources
        What the workbook can tell.
    """
    sums = _sum_up(lignes).groupby(groups).sum().reindex([*order], fill_value=0)
    clients, efforts = float(sums["clients"].sum()), float(sums["effort"].sum())
    shares = v.share_by(lignes, groups).reindex([*order])
    return tuple(
        Rendement(
            axe=axe,
            nom=str(nom),
            clients=int(line["clients"]),
            partis=int(line["lignes"] - line["clients"]),
            chiffres=_read(line, part, sources),
            effort=(effort := _effort_of(line, efforts, sources)),
            place="" if axe == TOTAL else _place_of(line, part, effort, clients),
        )
        for (nom, line), part in zip(
            sums.to_dict("index").items(), shares.to_dict("records"), strict=True
        )
    )


def _sum_up(lignes: pd.DataFrame) -> pd.DataFrame:
    """Return what each client adds to the sums of its group."""
    fees, margin, hours = (lignes[h] for h in (v.HONORAIRES, v.MARGE_EUROS, v.HEURES))
    missions = lignes[c.MISSIONS]
    return pd.DataFrame(
        {
            "lignes": 1,
            "clients": lignes[c.PRESENT],
            "payants": fees.notna(),
            "honoraires": fees.fillna(0),
            "couts": margin.notna(),
            "marge": margin.fillna(0),
            "base": fees.where(margin.notna()).fillna(0),
            "suivis": hours.notna(),
            "heures": hours.fillna(0),
            "etaient": lignes[c.ETAIT],
            "restent": lignes[c.RESTE],
            "missionnes": missions.notna(),
            "plusieurs": missions >= SEVERAL,
            "suivies": lignes[c.OUVERTES].notna(),
            "ouvertes": lignes[c.OUVERTES].fillna(0),
            "facture": lignes[c.FACTURE],
            "avant": lignes[c.AVANT],
            "effort": lignes.get(c.EFFORT, 0.0),
        }
    ).astype("float64")


def _read(
    line: Mapping[object, float], part: Mapping[object, float], sources: Sources
) -> dict[str, Indicateur]:
    """Turn the sums of one group into its figures, each with its reason where there is none."""
    empty = not line["lignes"]
    costless = _NO_COST if line["payants"] else _NO_FEES
    kept = _ratio(line["restent"], line["etaient"], _NOBODY_BEFORE, line["etaient"])
    sold = _ratio(line["plusieurs"], line["missionnes"], _NO_MISSION, line["missionnes"])
    trend = _ratio(line["facture"] - line["avant"], line["avant"], _NO_BEFORE, 0)
    fees = line["honoraires"] / _CENTS
    told = {
        HONORAIRES: _sum(fees, line["payants"], _NO_FEES),
        MARGE: _sum(line["marge"] / _CENTS, line["couts"], costless),
        TAUX: _ratio(line["marge"], line["base"], costless if not line["couts"] else _NO_BASE, line["couts"]),
        HEURES: _sum(line["heures"], line["suivis"], "aucun temps saisi"),
        PART_HEURES: _share(part[v.PART_HEURES], line["couts"], costless),
        PART_MARGE: _share(part[v.PART_MARGE], line["couts"], costless),
        CONVERSION: sold if sources.has_missions else Indicateur(motif=_NO_MISSION),
        OUVERTES: _sum(line["ouvertes"], line["suivies"], _NO_HISTORY if sources.has_missions else _NO_MISSION),
        PANIER: _ratio(fees, line["payants"], _NO_FEES, line["payants"]),
        RETENTION: kept if sources.is_suivie else Indicateur(motif=SANS_COLONNE),
        TENDANCE: trend if sources.has_annees else Indicateur(motif=_NO_YEARS),
    }  # fmt: skip
    return dict.fromkeys(told, Indicateur(motif=_NOBODY)) if empty else told


def _effort_of(line: Mapping[object, float], whole: float, sources: Sources) -> Indicateur:
    """Return the share of the commercial effort; ``whole`` is that of all groups."""
    if not sources.has_efforts or not whole:
        return Indicateur(motif=_NOTHING_DONE if sources.has_efforts else _NO_EFFORT)
    return Indicateur(valeur=line["effort"] / whole, n=int(line["effort"]))


def _place_of(
    line: Mapping[object, float], part: Mapping[object, float], effort: Indicateur, clients: float
) -> str:
    """Put the hours of a group beside its effort; nothing where one of them is not known."""
    hours = part[v.PART_HEURES]
    if effort.valeur is None or isnan(hours) or not line["clients"]:
        return ""
    return place_of(hours, effort.valeur, line["clients"] / clients)


def _sum(total: float, count: float, motif: str) -> Indicateur:
    return Indicateur(valeur=round(total, 2), n=int(count)) if count else Indicateur(motif=motif)


def _ratio(part: float, whole: float, motif: str, count: float) -> Indicateur:
    """Return a ratio; a denominator of zero or below gives none."""
    return Indicateur(valeur=part / whole, n=int(count)) if whole > 0 else Indicateur(motif=motif)


def _share(value: float, count: float, motif: str) -> Indicateur:
    if isnan(value):
        return Indicateur(motif=_NO_SHARE if count else motif)
    return Indicateur(valeur=value, n=int(count))


def _s(count: int) -> str:
    return "s" if count > 1 else ""
