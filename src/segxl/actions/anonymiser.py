"""« Anonymiser » : the portfolio for a buyer or an adviser, in a workbook that names nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from segxl.domain.anomalies import Anomalie, file_error
from segxl.domain.anonymat import ensemble as e
from segxl.domain.anonymat import lignes as n
from segxl.domain.anonymat.etiquettes import mask_names
from segxl.domain.anonymat.groupes import LEAST, blank_small_groups
from segxl.domain.honoraires.factures import JOUR
from segxl.domain.loi import Loi
from segxl.domain.relation.attrition import fill_entrees
from segxl.domain.relation.valeur_client import first_invoices
from segxl.domain.resultats import Resultats, rate_dossiers
from segxl.domain.segments import clientele as c
from segxl.domain.tableau import records_of
from segxl.domain.tailles import TAILLES, bound_tailles
from segxl.domain.valeur import releve as v
from segxl.excel.anonyme import build_anonyme
from segxl.excel.complements import read_missions
from segxl.excel.lecture_valeur import Lecture, read_valeur
from segxl.excel.ooxml.archive import announcing_refusals
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.relation import read_clients
from segxl.lettres.paquet import Membre, pack
from segxl.lettres.secret import AutresClients
from segxl.sources.loi import read_loi

SUFFIX = ".xlsx"
CONFIDENTIEL = "Qui connaît très bien un client peut encore le reconnaître à ses chiffres : remettez ce fichier sous engagement de confidentialité."  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Commande:
    """What the user asked for: from which file, to which new one, on which day."""

    classeur: Path
    vers: Path
    au: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanAnonyme:
    """What was written; the workbook of the firm is unchanged.

    ``tues`` counts the cells blanked by column, ``absents`` the clients left out: gone, or to come.
    """

    fichier: Path
    au: date
    clients: int
    absents: int
    tues: Mapping[str, int]
    masques: int
    """Segments and colours told by a number, since they name somebody."""
    anomalies: tuple[Anomalie, ...]


def run(workbook: Workbook, commande: Commande) -> BilanAnonyme:
    """Write the anonymous workbook, never over another file; the firm's own is only read.

    Raises
    ------
    SaisieError
        A file stands there, the name or the folder cannot be used, the workbook is wrong, or it has
        too few clients for anybody to be one among others; nothing was written.
    """
    _refuse_target(commande)
    lu = read_valeur(workbook)
    resultats = rate_dossiers(lu.clients, lu.reglages, read_reponses(workbook), commande.au)
    clients, is_here, wrong = _gather(workbook, lu, resultats, commande.au)
    present = clients[is_here].reset_index(drop=True)
    if len(present) < LEAST:
        problem = f"moins de {LEAST} clients : chacun serait reconnu"
        raise file_error(workbook.name, len(present), problem, "ajoutez d’abord les autres clients du portefeuille")  # fmt: skip
    masked = _mask(resultats)
    known = present.assign(**{h: present[h].map(masked) for h in (n.SEGMENT, n.COULEUR)})
    told, tues = blank_small_groups(n.describe_clients(known, commande.au))
    bilan = BilanAnonyme(
        fichier=commande.vers,
        au=commande.au,
        clients=len(present),
        absents=len(clients) - len(present),
        tues=tues,
        masques=sum(word != shown for word, shown in masked.items()),
        anomalies=(*lu.anomalies, *wrong),
    )
    fees, margins = (present[h].to_numpy(dtype=np.float64) for h in (n.HONORAIRES, v.MARGE_EUROS))
    figures = {"honoraires": fees, "marge": margins, "note": present["concerne"]}
    parts = build_anonyme(
        n.number_clients(told),
        e.list_chiffres(pd.DataFrame(figures)),
        e.draw_courbe(fees, margins),
        [*_notes(bilan)],
    )
    _write(commande.vers, pack(Membre.of(name, content) for name, content in parts.items()))
    return bilan


def _refuse_target(commande: Commande) -> None:
    """Refuse to write over a file, or under a name that Excel would not open."""
    vers = commande.vers
    remedy = "donnez à --vers un autre nom, par exemple « portefeuille anonyme.xlsx »"
    if vers.exists():
        is_source = commande.classeur.exists() and vers.samefile(commande.classeur)
        problem = "c’est le classeur du cabinet lui-même" if is_source else "un fichier porte déjà ce nom"  # fmt: skip
        raise file_error(vers.name, "", problem, remedy if is_source else f"{remedy}, ou supprimez d’abord ce fichier")  # fmt: skip
    if vers.suffix.casefold() != SUFFIX:
        raise file_error(vers.name, "", "le fichier à écrire est un classeur .xlsx", remedy)


def _gather(
    workbook: Workbook, lu: Lecture, resultats: Resultats, au: date
) -> tuple[pd.DataFrame, pd.Series, tuple[Anomalie, ...]]:
    """Return what is known of each client, who is one on the day, and what cannot be read."""
    usable, mesures = lu.usable, lu.measure(lu.temps, au)
    entrees, factures = mesures.entrees, lu.factures
    suivis, _, wrong = read_clients(lu.clients, lu.reglages)
    suivis = suivis.loc[usable.index]
    past = factures[[jour <= au for jour in factures[JOUR]]] if len(factures) else factures
    arrivals = fill_entrees(suivis, first_invoices(past), min(past[JOUR]) if len(past) else None)
    stays = c.follow_stays(suivis.assign(**{"Entrée le": arrivals}), au)
    is_here = stays[c.PRESENT].reset_index(drop=True)
    worth = _worth(lu, mesures.clients, is_here)
    missions = c.count_missions(
        past, read_missions(workbook, past), entrees.dossiers, entrees.periode
    )
    rated = resultats.lignes.loc[usable.index]
    notes = rated["Note FE"].astype("float64")
    typed = usable.reindex(columns=["Code NAF", "Département", "Code postal"]).astype(object)
    place = typed["Département"].where(typed["Département"].notna(), typed["Code postal"])
    columns: dict[str, Iterable[object]] = {
        n.SECTEUR: typed["Code NAF"],
        n.DEPARTEMENT: place,
        n.TAILLE: _sizes(usable, read_loi()),
        n.NOTE: notes,
        "concerne": notes.where(resultats.in_scope.loc[usable.index]),
        n.COULEUR: rated["Couleur"],
        n.SEGMENT: rated["Segment"],
        n.ANCIENNETE: arrivals,
    }
    told = pd.DataFrame({h: [*values] for h, values in columns.items()}, dtype=object)
    blank = pd.Series(np.nan, told.index)
    counted = blank if missions is None else missions
    return told.join(worth).assign(**{n.MISSIONS: counted}), is_here, wrong


def _worth(lu: Lecture, mesures: pd.DataFrame, is_here: pd.Series) -> pd.DataFrame:
    """Measure the clients who are there, among themselves: who left is not for sale."""
    keys = [key for key, here in zip(lu.dossiers, is_here, strict=True) if here]
    measured = mesures.reset_index(drop=True)[is_here]
    lignes = v.measure_valeur(keys, measured.reset_index(drop=True), lu.axes, lu.politique).lignes
    headers = {v.HONORAIRES: n.HONORAIRES, v.TAUX: n.TAUX, v.ABC: n.ABC, v.ABCD: n.ABCD}
    kept = lignes.set_axis(measured.index)[[*headers, v.MARGE_EUROS]]
    return kept.rename(columns=headers)


def _sizes(usable: pd.DataFrame, loi: Loi) -> list[str]:
    """Return the size of each client by its figures, else as somebody answered."""
    bounds = bound_tailles(usable, loi)
    typed = usable["Taille"] if "Taille" in usable else [""] * len(usable)
    rows = zip(bounds["taille_min"], bounds["taille_max"], typed, strict=True)
    return [TAILLES[low] if low == high else str(answer or "") for low, high, answer in rows]


def _mask(resultats: Resultats) -> dict[str, str]:
    """Return how each segment and colour is told: a number where it names somebody."""
    dossiers = resultats.dossiers
    autres = AutresClients.of(cells for _, cells in records_of(dossiers))
    masked: dict[str, str] = {}
    for header in (n.SEGMENT, n.COULEUR):
        words = sorted({str(word) for word in resultats.lignes[header]})
        for place, (word, shown) in enumerate(mask_names(words, dossiers, header).items(), 1):
            masked[word] = f"{header} {place}" if autres.found_in(word, "") else shown
    return masked


def _notes(bilan: BilanAnonyme) -> Iterator[str]:
    """Yield the title of the file, then what its reader has to know."""
    yield f"Portefeuille anonyme au {bilan.au:%d/%m/%Y}"
    yield "Une ligne par client, dans l’ordre de ce qui en est dit ici. Secteur : division NAF. Une case vide : inconnu, ou tu."  # fmt: skip
    yield "Honoraires HT de douze mois à 100 € près, taux de marge à 5 points près, note sur 20 au point près."  # fmt: skip
    hidden = ", ".join(f"{h} {count}" for h, count in bilan.tues.items() if count)
    told = f"Cases tues ici : {hidden}." if hidden else "Aucune case n’a eu à être tue."
    yield f"Moins de {LEAST} clients du même secteur, du même département et de la même taille : ce qui les ferait reconnaître est tu. {told}"  # fmt: skip
    if bilan.absents:
        yield f"Clients partis ou à venir, absents de ce fichier : {bilan.absents}."
    yield CONFIDENTIEL


def _write(target: Path, content: bytes) -> None:
    with announcing_refusals(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            try:
                stream.write(content)
            except OSError:
                target.unlink(missing_ok=True)
                raise
