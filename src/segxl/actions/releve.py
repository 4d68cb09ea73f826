"""« Relevé » : a client's own invoices and payments over a period, in Word; nothing is ever sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie, file_error
from segxl.domain.dossiers import CLE, parse_dossiers
from segxl.domain.envoi import choose_dossiers
from segxl.domain.honoraires.factures import (
    DELAI,
    DELAI_MAX,
    HEADERS,
    JOURS_DE_DELAI,
    PIECE,
    with_delays,
)
from segxl.domain.honoraires.releve import Releve, gather_releves, year_to
from segxl.domain.parametres import require_parametre
from segxl.domain.relation.impayes import FRAICHEUR, last_news
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold
from segxl.excel.cabinet import read_cabinet
from segxl.excel.honoraires import TABLE, find_doubts, read_honoraires
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille
from segxl.lettres.dossier import Dates, champs_of, text_of
from segxl.lettres.gardes import letterhead_reason
from segxl.lettres.leaks import names_of
from segxl.lettres.noms import file_name, unique_names
from segxl.lettres.rangement import store_draft
from segxl.lettres.releve import ModeleReleve, context_of
from segxl.lettres.sceau import find_ours
from segxl.lettres.secret import AutresClients

Progress = Callable[[int, int], None]
PRINTED = ("Raison sociale", "Contact", "Adresse", "Ville", "Collaborateur")
"""What a statement says of its client in the firm's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commande:
    """What the user asked for: where, for whom, from when (a year by default) to when."""

    vers: Path
    dossiers: tuple[str, ...]
    au: date
    du: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanReleve:
    """What was written and what was held; the workbook is unchanged.

    ``nouvelles`` is the last day that the invoices on record tell of.
    """

    du: date
    au: date
    fichiers: tuple[Path, ...]
    retenues: tuple[Anomalie, ...]
    nouvelles: date

    @property
    def is_ancien(self) -> bool:
        """Whether payments may well have come that no file tells of."""
        return bool(self.fichiers) and (self.au - self.nouvelles).days > FRAICHEUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Matiere:
    """All that the statements of one run are made of."""

    clients: Tableau
    demandes: pd.DataFrame
    """The rows of Clients asked for."""
    honoraires: Tableau | None
    releves: Mapping[str, Releve]
    doutes: Mapping[str, Anomalie]
    cabinet: Mapping[str, str]
    autres: AutresClients
    delai: int
    nouvelles: date


def run(workbook: Workbook, commande: Commande, progress: Progress | None = None) -> BilanReleve:
    """Write the statement of each client asked for; the workbook is only read.

    Raises
    ------
    SaisieError
        The workbook, the letterhead or the period is wrong, or nobody answers to the dossier asked
        for; nothing was written. Or the folder cannot be written.
    """
    du = commande.du or year_to(commande.au)
    if du > commande.au:
        period = f"du {du:%d/%m/%Y} au {commande.au:%d/%m/%Y}"
        raise file_error("Relevé", period, "la période finit avant de commencer", "donnez un premier jour qui précède le dernier")  # fmt: skip
    matiere = _gather(workbook, commande, du)
    fichiers, retenues = [], []
    for done, made in enumerate(_write_all(matiere, commande, du), 1):
        if isinstance(made, Path):
            fichiers.append(made)
        else:
            retenues.append(made)
        if progress:
            progress(done, len(matiere.demandes))
    return BilanReleve(
        du=du,
        au=commande.au,
        fichiers=tuple(fichiers),
        retenues=tuple(retenues),
        nouvelles=matiere.nouvelles,
    )


def _gather(workbook: Workbook, commande: Commande, du: date) -> Matiere:
    """Read everything, then keep the rows asked for."""
    clients, reglages, _ = read_portefeuille(workbook)
    cabinet = read_cabinet(workbook)
    if reason := letterhead_reason(cabinet):
        remedy = "remplissez le tableau Cabinet : il s’imprime en tête et en pied de chaque relevé"
        raise file_error("Paramètres", "", reason, remedy)
    delai = int(require_parametre(reglages, DELAI, JOURS_DE_DELAI, 0, DELAI_MAX))
    dossiers, _ = parse_dossiers(clients, reglages)
    factures = with_delays(read_honoraires(workbook)[0], delai)
    has_table = workbook.has_table(TABLE)
    return Matiere(
        clients=clients,
        demandes=dossiers[choose_dossiers(dossiers, commande.dossiers)],
        honoraires=workbook.read_table(TABLE).canonical(HEADERS) if has_table else None,
        releves=gather_releves(factures, du, commande.au),
        doutes=find_doubts(workbook),
        cabinet=cabinet,
        autres=names_of([cells for _, cells in records_of(dossiers)], cabinet),
        delai=delai,
        nouvelles=last_news(factures, commande.au),
    )


def _write_all(matiere: Matiere, commande: Commande, du: date) -> Iterator[Path | Anomalie]:
    """Yield for each client its file, or why it is held."""
    modele, au = ModeleReleve.read(), commande.au
    # A statement quotes neither of the two legal dates.
    dates = Dates(lettre=au, reception=au, emission=au)
    clients = [*records_of(matiere.demandes)]
    names = unique_names(_file_name(client, du, au) for _, client in clients)
    for name, (row, client) in zip(names, clients, strict=True):
        if held := _find_reason(matiere, row, client, f"du {du:%d/%m/%Y} au {au:%d/%m/%Y}"):
            yield held
            continue
        releve = matiere.releves[fold(client[CLE])]
        champs = champs_of(client, {}, None, matiere.cabinet, dates)
        content = modele.render(context_of(champs, releve, matiere.delai, matiere.nouvelles))
        ours = find_ours(commande.vers / name, champs.dossier, modele.sealed)
        yield store_draft(commande.vers, name, content, ours)


def _find_reason(
    matiere: Matiere, row: int, client: Mapping[str, object], periode: str
) -> Anomalie | None:
    """Return what holds the statement of a client back, with its cell; None where nothing does."""
    cle = fold(client[CLE])
    if cle in matiere.doutes:
        return matiere.doutes[cle]
    if cle not in matiere.releves:
        problem = f"relevé retenu : aucune facture de ce client {periode} dans la feuille Honoraires"  # fmt: skip
        remedy = "reprenez les factures du cabinet (« Honoraires »), ou changez la période"
        return matiere.clients.anomalie(CLE, row, problem, remedy)
    return _find_leak(matiere, row, client, matiere.releves[cle])


def _find_leak(
    matiere: Matiere, row: int, client: Mapping[str, object], releve: Releve
) -> Anomalie | None:
    """Return the first cell that names another client."""
    own = text_of(client[CLE])
    printed = [(matiere.clients, h, row, text_of(client.get(h))) for h in PRINTED]
    if matiere.honoraires:
        pieces = (*releve.anterieures, *releve.pieces)
        printed += [(matiere.honoraires, PIECE, p.row, p.numero) for p in pieces]
    for table, header, place, text in printed:
        for reason in matiere.autres.found_in(text, own):
            problem = f"relevé retenu : {reason.replace('dans la lettre', 'dans son relevé')}"
            return table.anomalie(header, place, problem, "retirez ce nom, puis relancez")
    return None


def _file_name(client: Mapping[str, object], du: date, au: date) -> str:
    what = f"relevé du {du:%d-%m-%Y} au {au:%d-%m-%Y}"
    return file_name(text_of(client[CLE]), text_of(client.get("Raison sociale")), what, "docx")
