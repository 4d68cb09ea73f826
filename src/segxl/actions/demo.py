"""`segxl demo` : a fictitious firm, its clients measured and scored, what they bring and say of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from segxl.actions import courriers, enquete, fec, honoraires, noter, nouveau, relation, valeur
from segxl.actions.courriers import BilanCourriers, Commande, Progress
from segxl.actions.enquete import BilanEnquete
from segxl.actions.fec import BilanFec
from segxl.actions.honoraires import BilanHonoraires
from segxl.actions.noter import BilanNotation
from segxl.actions.relation import BilanRelation
from segxl.actions.valeur import BilanValeur
from segxl.domain.anomalies import file_error
from segxl.domain.honoraires.rattachement import repertoire_of
from segxl.domain.journal import DERNIER_JOUR, PREMIER_JOUR
from segxl.domain.relation.paliers import next_echeance
from segxl.domain.relation.politique import delais_of
from segxl.domain.resultats import rate_dossiers
from segxl.excel.cabinet import fill_cabinet
from segxl.excel.demonstration import (
    add_to_clients,
    arrange,
    fill_parametres,
    prepare_honoraires,
    tell_missions,
    write_formations,
    write_frictions,
    write_journal,
)
from segxl.excel.file import FileWorkbook
from segxl.excel.ooxml.archive import refuse_existing
from segxl.excel.ooxml.package import STALE_AFTER
from segxl.excel.provenance import read_reponses
from segxl.excel.reclamations import write_registre
from segxl.excel.reglages import read_portefeuille
from segxl.excel.relation import SHEET as RELATION
from segxl.excel.temps import prepare_temps, read_temps
from segxl.excel.valeur import SHEET as VALEUR
from segxl.sources.demonstration import (
    Cabinet,
    invent_avis,
    invent_cabinet,
    invent_clients,
    invent_comptes,
    invent_demandes,
    invent_echanges,
    invent_fec,
    invent_formations,
    invent_suivi,
    invent_temps,
    invent_vie,
)
from segxl.sources.lot_temps import LotTemps, read_temps_files

CLASSEUR = "portefeuille.xlsx"
COURRIERS, FEC, CABINET = "courriers", "fec", "cabinet"
TEMPS = "temps.csv"
ATELIER = ".segxl-demo-"
"""The beginning of the name of the folder where the workbook is made; a killed run leaves it."""
SEGMENT = "Prioritaire"


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanDemo:
    """Where everything stands, and what the runs did."""

    classeur: Path
    courriers: Path
    fec: Path
    cabinet: Path
    mesures: BilanFec
    honoraires: BilanHonoraires
    enquete: BilanEnquete
    notation: BilanNotation
    lettres: BilanCourriers
    valeur: BilanValeur
    relation: BilanRelation


def run(
    folder: Path, clients: int, graine: int, today: date, progress: Progress | None = None
) -> BilanDemo:
    """Make the workbook of a firm and its files, run everything, write the letters of one segment.

    The workbook comes last: a run that stops leaves none.

    Raises
    ------
    SaisieError
        The folder already holds a workbook or other files of these names, or refuses, or the day
        is out of reason.
    """
    target = folder / CLASSEUR
    if not PREMIER_JOUR <= today <= DERNIER_JOUR:
        remedy = f"choisissez un jour de {PREMIER_JOUR.year} à {DERNIER_JOUR.year}"
        raise file_error("--au", f"{today:%d/%m/%Y}", "le cabinet fictif ne vit pas ce jour-là", remedy)  # fmt: skip
    refuse_existing(target)
    with _workshop(folder) as workshop:
        path = nouveau.run(Path(workshop) / CLASSEUR)
        bilan = _make(path, folder, Cabinet.of(graine, today), clients, progress)
        refuse_existing(target)
        path.rename(target)
    return bilan


def _workshop(folder: Path) -> TemporaryDirectory[str]:
    """Return a folder that goes away, beside where the workbook will stand."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{ATELIER}*"):
            if time.time() - left.stat().st_mtime > STALE_AFTER:
                shutil.rmtree(left, ignore_errors=True)
        return TemporaryDirectory(prefix=ATELIER, dir=folder)
    except OSError as error:
        problem, remedy = "la démonstration ne peut pas être créée ici", f"vérifiez vos droits sur le dossier {folder}"  # fmt: skip
        raise file_error(folder.name, "", problem, remedy) from error


def _make(
    path: Path, folder: Path, cabinet: Cabinet, clients: int, progress: Progress | None
) -> BilanDemo:
    """Run everything, each run on the workbook that the one before saved.

    A workbook shows what it held when it was opened.
    """
    today = cabinet.au
    paths = _write(folder / FEC, _fill(path, clients, cabinet.graine))
    measured = FileWorkbook(path)
    mesures = fec.run(measured, paths, today)
    measured.save()
    factures, avis = _live(path, folder / CABINET, cabinet)
    workbook = FileWorkbook(path)
    tell_missions(workbook, cabinet.mots["missions"])
    notation = noter.run(workbook, today)
    commande = Commande(vers=folder / COURRIERS, beside=folder, today=today, segments=(SEGMENT,))
    lettres = courriers.run(workbook, commande, progress)
    workbook.save()
    valued = FileWorkbook(path)
    bilan = BilanDemo(
        classeur=folder / CLASSEUR,
        courriers=commande.vers,
        fec=folder / FEC,
        cabinet=folder / CABINET,
        mesures=mesures,
        honoraires=factures,
        enquete=avis,
        notation=notation,
        lettres=lettres,
        valeur=valeur.run(valued, today),
        relation=relation.run(valued, today),
    )
    valued.save()
    arrange(path, (VALEUR, RELATION))
    return bilan


def _fill(path: Path, clients: int, graine: int) -> Mapping[str, bytes]:
    """Put the fictitious clients and their firm in a new workbook; return their FECs by name."""
    workbook = FileWorkbook(path)
    _, reglages, _ = read_portefeuille(workbook)
    invented = invent_clients(clients, graine, reglages.criteres)
    fictifs = invent_fec(invented, graine, reglages.criteres)
    workbook.append_rows("Clients", fictifs.clients)
    fill_cabinet(workbook, invent_cabinet())
    workbook.save()
    return fictifs.fichiers


def _live(path: Path, folder: Path, cabinet: Cabinet) -> tuple[BilanHonoraires, BilanEnquete]:
    """Write what the firm keeps of its clients, then read its books, its surveys and its hours."""
    workbook = FileWorkbook(path)
    clients, reglages, _ = read_portefeuille(workbook)
    lignes, au = clients.lignes, cabinet.au
    segments = rate_dossiers(clients, reglages, read_reponses(workbook), au).lignes["Segment"]
    vie = invent_vie(lignes, [s != SEGMENT for s in segments.reindex(lignes.index)], cabinet)
    rows = lignes.index[: len(vie)]
    echanges = invent_echanges(vie, lignes.loc[rows], cabinet)
    comptes = _write(folder, invent_comptes(vie, cabinet))
    avis = _write(folder, invent_avis(lignes, vie, reglages.criteres, cabinet))
    hours = read_temps_files(_write(folder, {TEMPS: invent_temps(vie, cabinet)}))
    add_to_clients(workbook, invent_suivi(vie, cabinet).set_axis(rows))
    per_client = cabinet.mots["reglages"]
    fill_parametres(workbook, {nom: euros * len(vie) for nom, euros in per_client.items()})
    write_journal(workbook, [*echanges.journal, *invent_demandes(vie, cabinet)])
    write_formations(workbook, [*invent_formations(vie, cabinet)])
    write_frictions(workbook, cabinet.mots["irritants"], au)
    prepare_honoraires(workbook)
    due = partial(next_echeance, delais=delais_of(reglages), au=au)
    write_registre(workbook, {}, echanges.registre, (), due)
    bilan = honoraires.run(workbook, comptes, au), enquete.run(workbook, avis, au)
    # What clients are worth, « Relation » and « Valeur » both measure it from the same hours.
    known, _ = read_temps(workbook)
    prepare_temps(workbook, LotTemps.of(hours, repertoire_of(lignes), known).ajoutees)
    workbook.save()
    return bilan


def _write(folder: Path, fichiers: Mapping[str, bytes]) -> list[Path]:
    """Write files, never over other ones."""
    paths = {folder / name: content for name, content in fichiers.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in paths.items():
            if path.exists() and path.read_bytes() != content:
                problem = "un autre fichier porte déjà ce nom"
                raise file_error(path.name, "", problem, "choisissez un autre dossier")
        for path, content in paths.items():
            path.write_bytes(content)
    except OSError as error:
        problem, remedy = "les fichiers de la démonstration ne peuvent pas être écrits ici", f"vérifiez vos droits sur le dossier {folder}"  # fmt: skip
        raise file_error(folder.name, "", problem, remedy) from error
    return sorted(paths)
