"""« Fiche client » : one page a client for a meeting, in Word; the workbook is only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from segxl.actions import relation, valeur
from segxl.domain.anomalies import Anomalie, SaisieError
from segxl.domain.citations import is_stale
from segxl.domain.dossiers import CLE
from segxl.domain.envoi import choose_rows
from segxl.domain.fiche.apport import apports_of
from segxl.domain.fiche.chiffres import latest_exercices
from segxl.domain.fiche.fiche import Memoire, build_fiches, keep_rows
from segxl.domain.fiche.suivi import follow_clients, next_meetings
from segxl.domain.lecture_plan import parse_plan
from segxl.domain.loi import Loi
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats, rate_dossiers
from segxl.domain.situation import ENTREES
from segxl.domain.statuts import SUIVI
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold
from segxl.excel.cabinet import read_cabinet
from segxl.excel.departs import find_departs
from segxl.excel.faits import read_faits
from segxl.excel.journal import read_journal
from segxl.excel.plan import read_plan
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.reglages import read_portefeuille
from segxl.excel.relation import COLOURS
from segxl.lettres.dossier import Dates, champs_of, text_of
from segxl.lettres.fiche import Cadre, ModeleFiche, context_of
from segxl.lettres.leaks import names_of
from segxl.lettres.noms import file_name, unique_names
from segxl.lettres.rangement import store_draft
from segxl.lettres.reserves import ANCIENNETE, MOIS_PAR_DEFAUT, day_of_law
from segxl.lettres.sceau import find_ours
from segxl.lettres.secret import AutresClients
from segxl.sources.loi import read_loi

Progress = Callable[[int, int], None]
TU = "texte tu, il nomme un autre client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commande:
    """What the user asked for: where, on which day, for whom (everybody by default)."""

    vers: Path
    au: date
    dossiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanFiche:
    """What was written; the workbook is unchanged."""

    classeur: str
    au: date
    fichiers: tuple[Path, ...]
    tus: tuple[str, ...]
    """Where a text that names another client was left out, e.g. « Journal, ligne 12, Objet »."""
    loi_ancienne: date | None
    """The day on which the law was last checked, where that is too long ago."""
    anomalies: tuple[Anomalie, ...]
    """What cannot be read in the rows asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matiere:
    """All that the cards of one run are made of."""

    resultats: Resultats
    """Those of the rows asked for."""
    reglages: Reglages
    memoire: Memoire
    illisible: tuple[Anomalie, ...]
    """What keeps value or relation from being measured."""
    cabinet: Mapping[str, str]
    loi: Loi
    loi_ancienne: date | None
    autres: AutresClients
    equipe: frozenset[str]
    """The folded names of the people of the firm, who may be named."""


@dataclass(frozen=True, slots=True)
class _Secret:
    """What may be told on the card of one client."""

    dossier: str
    matiere: Matiere
    tus: list[str] = field(default_factory=list)

    def say(self, table: str, header: str, row: int, text: str) -> str:
        """Return a text that a person typed, unless it names another client."""
        if fold(text) in self.matiere.equipe or not self.matiere.autres.found_in(
            text, self.dossier
        ):
            return text
        self.tus.append(f"{table}, ligne {row}, {header}")
        return f"({TU} : {table}, ligne {row})"


def run(workbook: Workbook, commande: Commande, progress: Progress | None = None) -> BilanFiche:
    """Write the card of each client asked for; the workbook is only read.

    Raises
    ------
    SaisieError
        The workbook is wrong, or nobody answers to the dossier asked for; nothing was written.
        Or the folder cannot be written.
    """
    clients, matiere = _gather(workbook, commande)
    fichiers, tus = [], []
    count = len(matiere.resultats.dossiers)
    for done, (path, left_out) in enumerate(_write_all(matiere, commande), 1):
        fichiers.append(path)
        tus += left_out
        if progress:
            progress(done, count)
    return BilanFiche(
        classeur=workbook.name,
        au=commande.au,
        fichiers=tuple(fichiers),
        tus=tuple(dict.fromkeys(tus)),
        loi_ancienne=matiere.loi_ancienne,
        anomalies=(*_concerning(matiere.resultats, clients), *matiere.illisible),
    )


def _gather(workbook: Workbook, commande: Commande) -> tuple[Tableau, Matiere]:
    """Read everything, then keep the rows asked for."""
    clients, reglages, _ = read_portefeuille(workbook)
    clients = clients.canonical([*ENTREES, *SUIVI])
    cabinet, loi, au = read_cabinet(workbook), read_loi(), commande.au
    resultats = rate_dossiers(clients, reglages, read_reponses(workbook), au)
    rows = choose_rows(resultats, reglages, (), commande.dossiers)
    every = [cells for _, cells in records_of(resultats.dossiers)]
    memoire, illisible = _remember(workbook, au)
    departs = find_departs(clients, au)
    memoire = replace(memoire, sorties=dict(zip(departs.index, departs, strict=True)))
    checked = day_of_law(loi)
    old = is_stale(checked, au, reglages.parametre(ANCIENNETE, MOIS_PAR_DEFAUT))
    team = (*(cells.get("Collaborateur") for cells in every), cabinet.get("Signataire"))
    return clients, Matiere(
        resultats=keep_rows(resultats, rows),
        reglages=reglages,
        memoire=memoire,
        illisible=illisible,
        cabinet=cabinet,
        loi=loi,
        loi_ancienne=checked if old else None,
        autres=names_of(every, cabinet),
        equipe=frozenset(fold(text_of(name)) for name in team),
    )


def _remember(workbook: Workbook, au: date) -> tuple[Memoire, tuple[Anomalie, ...]]:
    """Read what the other sheets tell; one that the workbook lacks tells nothing.

    A setting of value or relation that is wrong leaves that part of the card out, and is returned.
    """
    plan, formules = read_plan(workbook)
    memoire = Memoire(
        suivis=follow_clients(read_journal(workbook), au),
        rendez_vous=next_meetings(parse_plan(plan, formules)),
        exercices=latest_exercices(read_faits(workbook), au),
    )
    wrong: list[Anomalie] = []
    try:
        lignes = valeur.run(workbook, au, simulation=True).releve.lignes
        memoire = replace(memoire, apports=apports_of(lignes))
    except SaisieError as error:
        wrong += error.anomalies
    try:
        relations = {fold(r.dossier): r for r in relation.measure(workbook, au)}
        memoire = replace(memoire, relations=relations)
    except SaisieError as error:
        wrong += error.anomalies
    return memoire, tuple(wrong)


def _write_all(matiere: Matiere, commande: Commande) -> Iterator[tuple[Path, list[str]]]:
    """Yield each file, and where texts were left out of it."""
    modele, au = ModeleFiche.read(), commande.au
    couleurs = {c.nom: c for c in matiere.reglages.couleurs}
    etats = {etat: fill for etat, (fill, _) in COLOURS.items()}
    cadre = Cadre(au=au, couleurs=couleurs, etats=etats, loi_ancienne=matiere.loi_ancienne)
    # The card quotes neither of the two legal dates.
    dates = Dates(lettre=au, reception=au, emission=au)
    names = unique_names(_file_name(c, au) for _, c in records_of(matiere.resultats.dossiers))
    cards = build_fiches(matiere.resultats, matiere.reglages, matiere.memoire, matiere.loi, au)
    for name, fiche in zip(names, cards, strict=True):
        champs = champs_of(fiche.client, {}, None, matiere.cabinet, dates)
        secret = _Secret(champs.dossier, matiere)
        content = modele.render(context_of(champs, fiche, cadre, secret.say))
        ours = find_ours(commande.vers / name, champs.dossier, modele.sealed)
        yield store_draft(commande.vers, name, content, ours), secret.tus


def _file_name(client: Mapping[str, object], au: date) -> str:
    what = f"fiche client du {au:%d-%m-%Y}"
    return file_name(text_of(client[CLE]), text_of(client.get("Raison sociale")), what, "docx")


def _concerning(resultats: Resultats, clients: Tableau) -> Iterator[Anomalie]:
    """Yield the anomalies of the rows asked for, and those of no row of Clients."""
    rows = {str(row) for row in resultats.dossiers.index}
    for anomalie in resultats.anomalies:
        row = anomalie.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if anomalie.sheet != clients.sheet or row in rows:
            yield anomalie
