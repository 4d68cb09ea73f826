"""« Dossier de trajectoire » : the dated evidence of each client, in Word; nothing is ever sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie, file_error
from segxl.domain.citations import find_citations, find_day, is_stale
from segxl.domain.dossiers import CLE, parse_dossiers
from segxl.domain.envoi import choose_dossiers
from segxl.domain.loi import Loi
from segxl.domain.obligations import SANS_OBJET, find_obligations
from segxl.domain.preuves import LATER, find_manques, find_orphans, find_thin, gather_preuves
from segxl.domain.situation import ENTREES
from segxl.domain.statuts import SUIVI
from segxl.domain.tableau import Tableau, records_of
from segxl.excel.cabinet import read_cabinet
from segxl.excel.departs import find_departs
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille
from segxl.excel.traces import read_traces
from segxl.lettres.dossier import Dates, champs_of, text_of
from segxl.lettres.gardes import letterhead_reason
from segxl.lettres.leaks import find_leaks, names_of
from segxl.lettres.noms import file_name, unique_names
from segxl.lettres.rangement import store_draft
from segxl.lettres.sceau import find_ours
from segxl.lettres.secret import AutresClients
from segxl.lettres.trajectoire import Droit, ModeleTrajectoire, Preuve, context_of
from segxl.sources.loi import read_loi

AGE = ("Ancienneté de la loi au plus (mois)", 6)
"""The setting that says how old a check of the law may be, and its default."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commande:
    """What the user asked for: where, on which day, for whom (everybody in scope and still a client by default)."""

    vers: Path
    au: date
    dossiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanTrajectoire:
    """What was written, which files are thin and why, what was held; the workbook is unchanged."""

    classeur: str
    au: date
    fichiers: tuple[Path, ...]
    demandes: int
    """How many clients were asked for."""
    minces: tuple[tuple[str, str, str], ...]
    """Dossier, name of the client and why its file is thin, in the order of the sheet."""
    ulterieures: int
    """How many rows are dated after the day of the files, and left out of them."""
    releve: date
    """The day of the oldest source among the texts quoted."""
    loi_ancienne: bool
    retenues: tuple[Anomalie, ...]
    anomalies: tuple[Anomalie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matiere:
    """All that the documents of one run are made of."""

    tables: Mapping[str, Tableau]
    dossiers: pd.DataFrame
    """The rows of Clients asked for."""
    preuves: pd.DataFrame
    cabinet: Mapping[str, str]
    loi: Loi
    releve: date
    loi_ancienne: bool
    obligations: pd.DataFrame
    citations: pd.Series
    """What the law asks of these rows, and the texts behind it."""
    autres: AutresClients
    anomalies: tuple[Anomalie, ...]


def run(
    workbook: Workbook, commande: Commande, progress: Progress | None = None
) -> BilanTrajectoire:
    """Write the file of each client asked for; the workbook is only read.

    Raises
    ------
    SaisieError
        The workbook or the letterhead is wrong, or nobody answers to the dossier asked for;
        nothing was written. Or the folder cannot be written.
    """
    matiere = _gather(workbook, commande)
    fichiers, retenues = [], []
    for done, made in enumerate(_write_all(matiere, commande), 1):
        if isinstance(made, Path):
            fichiers.append(made)
        else:
            retenues += made
        if progress:
            progress(done, len(matiere.dossiers))
    return BilanTrajectoire(
        classeur=workbook.name,
        au=commande.au,
        fichiers=tuple(fichiers),
        demandes=len(matiere.dossiers),
        minces=tuple(_thin(matiere, commande.au)),
        ulterieures=int((matiere.preuves["state"] == LATER).sum()),
        releve=matiere.releve,
        loi_ancienne=matiere.loi_ancienne,
        retenues=tuple(retenues),
        anomalies=matiere.anomalies,
    )


def _gather(workbook: Workbook, commande: Commande) -> Matiere:
    """Read everything, then decide who gets a file."""
    loi = read_loi()
    clients, reglages, _ = read_portefeuille(workbook)
    clients = clients.canonical((*ENTREES, *SUIVI))
    cabinet = read_cabinet(workbook)
    _require_letterhead(cabinet)
    dossiers, wrong = parse_dossiers(clients, reglages)
    traces, unread = read_traces(workbook)
    tables = {"Clients": replace(clients, lignes=dossiers), **traces}
    obligations = find_obligations(dossiers, loi, commande.au)
    chosen = choose_dossiers(dossiers, commande.dossiers)
    if not commande.dossiers:
        chosen &= obligations["reception"].ne(SANS_OBJET)
        chosen &= ~dossiers.index.isin(find_departs(clients, commande.au).index)
    asked = dossiers[chosen]
    preuves = gather_preuves(tables, commande.au)
    citations = find_citations(asked, loi, commande.au)
    releve = find_day(citations, loi)
    return Matiere(
        tables=tables,
        dossiers=asked,
        preuves=preuves[preuves["dossier"].isin(asked[CLE])],
        cabinet=cabinet,
        loi=loi,
        releve=releve,
        loi_ancienne=is_stale(releve, commande.au, reglages.parametre(*AGE)),
        obligations=obligations[chosen],
        citations=citations,
        autres=names_of([cells for _, cells in records_of(dossiers)], cabinet),
        anomalies=(*(a for a in wrong if _counts(a, clients)), *unread, *find_orphans(tables)),
    )


def _require_letterhead(cabinet: Mapping[str, str]) -> None:
    if reason := letterhead_reason(cabinet):
        remedy = "remplissez le tableau Cabinet : il s’imprime en tête et en pied de chaque dossier"
        raise file_error("Paramètres", "", reason, remedy)


def _write_all(matiere: Matiere, commande: Commande) -> Iterator[Path | list[Anomalie]]:
    """Yield for each client its file, or why it is held."""
    modele = ModeleTrajectoire.read()
    clients = [*records_of(matiere.dossiers)]
    names = unique_names(_file_name(client, commande.au) for _, client in clients)
    preuves = _by_dossier(matiere)
    manques = find_manques(matiere.preuves, matiere.dossiers)
    droits = _law_of(matiere, commande.au)
    for name, (row, client), droit in zip(names, clients, droits, strict=True):
        key = str(client[CLE])
        if leaks := [*find_leaks(matiere.autres, matiere.tables, row, preuves[key])]:
            yield leaks
            continue
        champs = champs_of(client, {}, None, matiere.cabinet, _dates(matiere.loi, commande.au))
        content = modele.render(context_of(champs, preuves[key], manques[key], droit))
        ours = find_ours(commande.vers / name, champs.dossier, modele.sealed)
        yield store_draft(commande.vers, name, content, ours)


def _thin(matiere: Matiere, au: date) -> Iterator[tuple[str, str, str]]:
    """Yield the clients whose file would not show much."""
    reasons = find_thin(matiere.preuves, matiere.dossiers[CLE], au)
    for _, client in records_of(matiere.dossiers):
        if reason := reasons.get(str(client[CLE])):
            yield str(client[CLE]), text_of(client.get("Raison sociale")), reason


def _by_dossier(matiere: Matiere) -> dict[str, list[Preuve]]:
    held: dict[str, list[Preuve]] = {str(key): [] for key in matiere.dossiers[CLE]}
    for line in matiere.preuves.itertuples(index=False, name=None):
        preuve = Preuve(*line)
        held[preuve.dossier].append(preuve)
    return held


def _law_of(matiere: Matiere, au: date) -> Iterator[Droit]:
    """Yield what the law asks of each client, in the order of the rows asked for."""
    answers = matiere.obligations.to_dict("records")
    for obligations, citations in zip(answers, matiere.citations, strict=True):
        yield Droit(
            au=au,
            releve=matiere.releve,
            is_stale=matiere.loi_ancienne,
            obligations={str(k): v for k, v in obligations.items()},
            citations=citations,
        )


def _dates(loi: Loi, au: date) -> Dates:
    return Dates(lettre=au, reception=loi["reception"].valeur, emission=loi["emission_pme"].valeur)


def _file_name(client: Mapping[str, object], au: date) -> str:
    what = f"dossier de trajectoire du {au:%d-%m-%Y}"
    return file_name(text_of(client[CLE]), text_of(client.get("Raison sociale")), what, "docx")


def _counts(anomalie: Anomalie, clients: Tableau) -> bool:
    """Tell whether a wrong cell is the key, or one that a file is made of."""
    used = (CLE, "Raison sociale", "SIREN", *SUIVI, *ENTREES)
    letters = {clients.letters[h] for h in used if h in clients.letters}
    return anomalie.cell.rstrip("0123456789") in letters
