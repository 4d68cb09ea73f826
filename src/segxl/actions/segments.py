"""« Segments » : what each segment yields, what it is offered, what to watch, and a page for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from segxl.actions.avancement import measure_readiness, record
from segxl.actions.vigilance import find_alertes
from segxl.domain.anomalies import Anomalie
from segxl.domain.evolution import Move
from segxl.domain.historique import figures_of
from segxl.domain.honoraires.factures import JOUR
from segxl.domain.reglages import Reglages
from segxl.domain.relation.attrition import ENTREE, fill_entrees
from segxl.domain.relation.valeur_client import first_invoices
from segxl.domain.resultats import Resultats, rate_dossiers
from segxl.domain.segmentation import SANS_SEGMENT
from segxl.domain.segments import clientele as c
from segxl.domain.segments import diagnostic as d
from segxl.domain.segments import page as p
from segxl.domain.segments import vigilance as w
from segxl.domain.segments.offres import CLASSES, default_rows, parse_offres
from segxl.domain.segments.rendement import (
    PAR_CLASSE,
    PAR_SEGMENT,
    SANS_CLASSE,
    TOTAL,
    Rendement,
    Sources,
    measure_groups,
)
from segxl.domain.statuts import STATUT
from segxl.domain.tableau import Tableau
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.concentration import Concentration
from segxl.excel.cabinet import read_cabinet
from segxl.excel.complements import read_missions
from segxl.excel.diagnostic import write_diagnostic
from segxl.excel.journal import read_efforts
from segxl.excel.lecture_valeur import read_valeur
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.relation import read_clients
from segxl.excel.segments import offres_of, read_offres, start_offres, write_rendement
from segxl.lettres.dossier import text_of
from segxl.lettres.gardes import opposition_reason
from segxl.lettres.segment import Cadre, write_pages
from segxl.shipped import read_toml

Progress = Callable[[int, int], None]
OWN_CHANNEL, OTHER_CHANNEL = "Canal", "Canal préféré"
TOUS = "Tous les clients"


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanSegments:
    """What the segments and the classes yield; ``offres_creees`` when the sheet was started."""

    classeur: str
    au: date
    segments: tuple[Rendement, ...]
    classes: tuple[Rendement, ...]
    total: Rendement
    pages: tuple[p.Page, ...]
    alertes: tuple[w.Alerte, ...]
    diagnostic: tuple[d.Diagnostic, ...]
    fichiers: tuple[Path, ...]
    offres_creees: bool
    depuis: date | None
    """The day that the figures are compared with."""
    effets: Mapping[str, tuple[float, float]]
    """What each measure was on that day, and is now."""
    evolutions: tuple[Move, ...]
    """Each measure since the first calculation, and since the one before."""
    anomalies: tuple[Anomalie, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Matiere:
    """What the sheets hold: the clients as rated, and one line each to sum."""

    clients: Tableau
    reglages: Reglages
    resultats: Resultats
    lignes: pd.DataFrame
    sources: Sources
    concentration: Concentration
    limites: d.Limites
    anomalies: tuple[Anomalie, ...]


def run(
    workbook: Workbook, au: date, vers: Path | None = None, progress: Progress | None = None
) -> BilanSegments:
    """Measure the segments, start the sheet Offres where there is none, and write Rendement.

    Parameters
    ----------
    workbook : Workbook
        The clients.
    au : date
        What is dated later has not happened.
    vers : Path, optional
        The folder of one Word page a segment; none is written without it.

    Raises
    ------
    SaisieError
        The workbook, a setting or the folder cannot be used; no cell was written.
    """
    matiere = _read(workbook, au)
    known = read_offres(workbook)
    regles = matiere.reglages.segments
    started = [] if known else default_rows(regles, read_toml("offres.toml"), au)
    offres, wrong = parse_offres(known or offres_of(started), [r.segment for r in regles], au)
    segments, classes, total = _measure(matiere)
    gone = matiere.resultats.lignes.index[~matiere.lignes[c.PRESENT].to_numpy(dtype=bool)]
    present = matiere.resultats.without(gone)
    alertes = find_alertes(matiere.clients, present, matiere.reglages, offres, au)
    risks = d.find_risks(matiere.lignes, matiere.concentration, classes, matiere.limites)
    diagnostic = d.diagnose(alertes, risks, read_toml("diagnostic.toml"))
    pages = tuple(p.build_pages(matiere.lignes, segments, offres, matiere.reglages, alertes))
    cadre = Cadre(au=au, cabinet=read_cabinet(workbook).get("Nom", ""))
    fichiers = write_pages(pages, cadre, vers, progress) if vers else ()
    if known is None:
        start_offres(workbook, started)
    write_rendement(workbook, (*segments, *classes, total), alertes, au)
    write_diagnostic(workbook, diagnostic)
    ready = measure_readiness(matiere.resultats, matiere.lignes[c.PRESENT], matiere.reglages)
    avancement = record(workbook, au, figures_of(total, classes) | ready)
    return BilanSegments(
        classeur=workbook.name,
        au=au,
        segments=segments,
        classes=classes,
        total=total,
        pages=pages,
        alertes=alertes,
        diagnostic=diagnostic,
        fichiers=fichiers,
        offres_creees=known is None,
        depuis=avancement.depuis,
        effets=avancement.effets,
        evolutions=avancement.evolutions,
        anomalies=(*matiere.anomalies, *wrong, *avancement.anomalies),
    )


def _read(workbook: Workbook, au: date) -> _Matiere:
    """Read the workbook, and put all that is known of each client on one line."""
    lu = read_valeur(workbook)
    clients, reglages = lu.clients.canonical([OWN_CHANNEL, OTHER_CHANNEL, STATUT]), lu.reglages
    resultats = rate_dossiers(clients, reglages, read_reponses(workbook), au)
    objections = clients.letters.get("Opposition")
    unread = (a for a in resultats.anomalies if a.cell.rstrip("0123456789") == objections and a.sheet == clients.sheet)  # fmt: skip
    mesures = lu.measure(lu.temps, au)
    releve = v.measure_valeur(lu.dossiers, mesures.clients, lu.axes, lu.politique)
    suivis, is_suivie, wrong_clients = read_clients(clients, reglages)
    usable, entrees, factures = resultats.dossiers, mesures.entrees, lu.factures
    efforts = read_efforts(workbook, entrees.dossiers, au)
    past = factures[[jour <= au for jour in factures[JOUR]]] if len(factures) else factures
    depuis = min(past[JOUR]) if len(past) else None
    arrivals = fill_entrees(suivis, first_invoices(past), depuis)
    stays = c.follow_stays(suivis.assign(**{ENTREE: arrivals}).loc[usable.index], au)
    annees = c.compare_years(entrees)
    kinds = read_missions(workbook, past)
    missions = c.count_missions(past, kinds, entrees.dossiers, entrees.periode)
    opened = c.find_openings(past, kinds, entrees.dossiers, entrees.periode)
    told = c.join_clients(releve.lignes, stays, annees, missions, opened)
    lignes = told.assign(
        **_words_of(clients, resultats, reglages), **{c.EFFORT: 0.0 if efforts is None else efforts}
    )
    return _Matiere(
        clients=clients,
        reglages=reglages,
        resultats=resultats,
        lignes=lignes,
        sources=Sources(
            is_suivie=is_suivie,
            has_annees=annees is not None,
            has_missions=missions is not None,
            has_efforts=efforts is not None,
        ),
        concentration=releve.concentration,
        limites=d.Limites.of(reglages, lu.politique.part_a),
        anomalies=(*lu.anomalies, *mesures.anomalies, *unread, *wrong_clients),
    )


def _words_of(
    clients: Tableau, resultats: Resultats, reglages: Reglages
) -> dict[str, list[str] | list[bool]]:
    """Return the words of each client: segment, name, channel, objection and next step."""
    usable, typed = resultats.dossiers, clients.lignes.loc[resultats.dossiers.index]
    names = usable["Raison sociale"] if "Raison sociale" in usable else usable["Dossier"]
    conseils = {x.code: x.conseil.rstrip(".") or x.libelle for x in reglages.fe.criteres}
    channels = typed.reindex(columns=[OWN_CHANNEL, OTHER_CHANNEL]).to_numpy().tolist()
    objections = typed["Opposition"] if "Opposition" in typed else [None] * len(typed)
    return {
        p.GROUPE: [str(x) for x in resultats.lignes["Segment"]],
        p.NOM: [text_of(n) or str(d) for n, d in zip(names, usable["Dossier"], strict=True)],
        p.CANAL: [text_of(own) or text_of(other) for own, other in channels],
        p.OPPOSE: [opposition_reason(x) is not None for x in objections],
        p.ETAPE: [conseils.get(str(code), "") for code in resultats.etapes["code"]],
    }


def _measure(
    matiere: _Matiere,
) -> tuple[tuple[Rendement, ...], tuple[Rendement, ...], Rendement]:
    """Measure the segments, the classes and the whole."""
    lignes, sources = matiere.lignes, matiere.sources
    names = [x.segment for x in matiere.reglages.segments]
    names += [SANS_SEGMENT] if (lignes[p.GROUPE] == SANS_SEGMENT).any() else []
    classe = lignes[v.ABCD].where(lignes[v.ABCD] != "", SANS_CLASSE)
    letters = [*CLASSES, *([SANS_CLASSE] if (classe == SANS_CLASSE).any() else [])]
    whole = pd.Series(TOUS, lignes.index)
    (total,) = measure_groups(lignes, TOTAL, whole, [TOUS], sources)
    return (
        measure_groups(lignes, PAR_SEGMENT, lignes[p.GROUPE], names, sources),
        measure_groups(lignes, PAR_CLASSE, classe, letters, sources),
        total,
    )
