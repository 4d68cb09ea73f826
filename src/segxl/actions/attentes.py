"""What keeps a letter from being written today, each with its cell: the day for it has not come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.contradictions import REMEDY
from segxl.domain.enquete import JOURS_ENTRE, find_asked, latest_of
from segxl.domain.fiche.suivi import Suite, follow_clients
from segxl.domain.honoraires.factures import DELAI, DELAI_MAX, JOUR, JOURS_DE_DELAI, PAYEE
from segxl.domain.interroges import find_handed
from segxl.domain.journal import FACTURE_IMPORTANTE, find_complaints, is_reclamation
from segxl.domain.parametres import require_parametre
from segxl.domain.reglages import Reglages
from segxl.domain.relation.attrition import SORTIE
from segxl.domain.relation.contacts import last_contacts
from segxl.domain.relation.impayes import FRAICHEUR, SANS_PAIEMENT, find_dues, last_news
from segxl.domain.relation.paliers import HORS_DU_CABINET, Reclamation
from segxl.domain.relation.politique import APRES, JOURS_AVANT_RELANCE
from segxl.domain.relation.rappels import find_rappels
from segxl.domain.relation.registre import find_closed, find_to_answer, pair_journal
from segxl.domain.saisie import parse_date
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold
from segxl.excel.courriers import read_drafts
from segxl.excel.enquete import read_enquete
from segxl.excel.honoraires import find_doubts, read_honoraires
from segxl.excel.journal import read_delai, read_journal
from segxl.excel.port import Workbook
from segxl.excel.reclamations import find_undated, name_reclamation, read_registre
from segxl.excel.silences import JOURS_DE_SILENCE, SILENCE, Silences
from segxl.lettres.dossier import text_of
from segxl.lettres.preparation import Lettre
from segxl.lettres.relationnel import Relationnel
from segxl.lettres.vocations import AVIS, HONORAIRES, RECLAMATION, vocation_of

TO_REGISTER = (
    "lancez « Relation » : elle entrera dans la feuille Réclamations, où écrire l’explication"
)
BY_HAND = "écrivez à ce client de votre main"
NO_NUMBER = "une de ses factures échues n’a pas de numéro"
TWICE = "une de ses factures échues est inscrite deux fois"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attentes:
    """What the sheets hold against a letter, by folded number of the client."""

    workbook: Workbook
    clients: Tableau
    au: date
    silences: Silences
    relationnel: Relationnel
    sans_jour: Mapping[int, Anomalie]
    """The rows of the register whose « Écrite le » cannot be, and why."""
    lignes: Mapping[str, int]
    """The row of the register of the complaint to answer."""
    doutes: Mapping[str, Anomalie]
    """What cannot be read of the invoices of a client."""
    nouvelles: date | None
    """The last day that the invoices tell of; None where no payment is on record."""
    avis: Mapping[str, date]
    """Who was asked, or answered, less than sixty days ago."""

    @classmethod
    def read(cls, workbook: Workbook, clients: Tableau, reglages: Reglages, au: date) -> Self:
        """Read the sheets of a workbook, as they stand on a day.

        Raises
        ------
        SaisieError
            A table is somebody else's, or a setting is wrong.
        """
        journal = read_journal(workbook)
        registre, wrong = read_registre(workbook, au)
        factures, _ = read_honoraires(workbook)
        doutes = find_doubts(workbook)
        lignes = find_to_answer(registre, find_closed(journal, registre, au)[1], au)
        past = factures[[jour <= au for jour in factures[JOUR]]] if len(factures) else factures
        has_payments = bool(past[PAYEE].notna().any())
        days = {"Journal": zip(journal["Dossier"], journal["Date"], strict=True)}
        reponses, _ = read_enquete(workbook)
        delai = int(require_parametre(reglages, DELAI, JOURS_DE_DELAI, 0, DELAI_MAX))
        apres = int(require_parametre(reglages, APRES, JOURS_AVANT_RELANCE, 0, DELAI_MAX))
        return cls(
            workbook=workbook,
            clients=clients,
            au=au,
            silences=Silences.read(workbook, au, reglages.parametre(SILENCE, JOURS_DE_SILENCE)),
            relationnel=Relationnel(
                reclamations={cle: registre[row] for cle, row in lignes.items()},
                ouvertes=_open(journal, registre, lignes, au),
                dues=find_dues(past, au, delai, apres),
                douteux=frozenset(doutes),
                suites=_suites(journal, au),
                echanges={cle: jour for cle, (jour, _) in last_contacts(days, au).items()},
                facturees=_facturees(journal, au),
                rappels=_rappels(workbook, registre, journal, au),
                au=au,
            ),
            lignes=lignes,
            sans_jour=find_undated(workbook, wrong),
            doutes=doutes,
            nouvelles=last_news(past, au) if has_payments else None,
            avis=latest_of(
                asked_by_letter(workbook, au, 1),
                find_handed(journal, au, 1, JOURS_ENTRE - 1),
                find_asked(reponses, au),
            ),
        )

    def find(self, lettre: Lettre) -> Anomalie | None:
        """Say why a letter waits; None where it may be written."""
        if refus := lettre.choix.refus:
            return self.clients.anomalie(refus[0], lettre.row, *refus[1:])
        if not lettre.vocation.is_depart and (anomalie := self._departed(lettre)):
            return anomalie
        # Whoever asks for a call sheet calls today, a complaint being the best of reasons.
        is_asked = lettre.vocation.is_interne and lettre.choix.is_demande
        return None if is_asked else self._today(lettre)

    def _today(self, lettre: Lettre) -> Anomalie | None:
        """Say why the day of a letter to a client of the firm has not come."""
        vocation = lettre.vocation
        if vocation.is_reforme and lettre.contradictions:
            header, problem = lettre.contradictions[0]
            return self.clients.anomalie(header, lettre.row, f"courrier retenu : {problem}", REMEDY)
        dossier = lettre.champs.dossier
        if vocation.objet == RECLAMATION:
            return self._complaint(lettre, fold(dossier))
        if silent := self.silences.find(dossier, is_relance=vocation.is_relance):
            return silent
        if vocation.objet == HONORAIRES:
            return self._fees(lettre, fold(dossier))
        return self._survey(lettre, fold(dossier)) if vocation.objet == AVIS else None

    def _departed(self, lettre: Lettre) -> Anomalie | None:
        """Say that a client has left: it only gets the letter that ends its mission."""
        typed = lettre.client.get(SORTIE)
        if not text_of(typed):
            return None
        day = parse_date(typed)
        if day is None:
            problem, remedy = f"courrier retenu : « {SORTIE} » n’est pas une date", "saisissez par exemple 15/09/2026, ou videz la cellule"  # fmt: skip
        elif day <= self.au:
            problem, remedy = f"courrier retenu : ce client est parti le {day:%d/%m/%Y}", f"seule la lettre « Fin de mission » se prépare pour lui : pour le reste, écrivez de votre main ; s’il est encore client, videz « {SORTIE} »"  # fmt: skip
        else:
            return None
        return self.clients.anomalie(SORTIE, lettre.row, problem, remedy)

    def _complaint(self, lettre: Lettre, cle: str) -> Anomalie | None:
        """Say why the answer to a complaint waits."""
        if cle not in self.lignes:
            problem = "courrier retenu : la réclamation de ce client n’est inscrite qu’au Journal"
            return self._held(lettre, problem, TO_REGISTER)
        if undated := self.sans_jour.get(self.lignes[cle]):
            return replace(undated, problem=f"courrier retenu : {undated.problem}")
        etape = self.relationnel.reclamations[cle].etape
        if etape not in HORS_DU_CABINET:
            return None
        problem = f"courrier retenu : cette réclamation en est à l’étape « {etape} »"
        return name_reclamation(self.workbook, self.lignes[cle], problem, BY_HAND)

    def _fees(self, lettre: Lettre, cle: str) -> Anomalie | None:
        """Say why nobody speaks of the fees of a client."""
        if cle in self.doutes:
            return self.doutes[cle]
        if self.nouvelles is None:
            remedy = "reprenez vos factures avec « Honoraires », ou tapez « Payée le »"
            return self._held(lettre, f"courrier retenu : {SANS_PAIEMENT}", remedy)
        if (self.au - self.nouvelles).days > FRAICHEUR:
            problem = f"courrier retenu : les factures lues s’arrêtent au {self.nouvelles:%d/%m/%Y}"
            return self._held(lettre, problem, "reprenez vos factures avec « Honoraires » : il a pu payer depuis")  # fmt: skip
        dues = self.relationnel.dues[cle]
        if not all(text_of(piece) for _, piece, _ in dues):
            remedy = "complétez « Pièce » dans la feuille Honoraires"
            return self._held(lettre, f"courrier retenu : {NO_NUMBER}", remedy)
        if twice := next((p for n, (_, p, _) in enumerate(dues) if dues[n] in dues[:n]), ""):
            remedy = f"cherchez « {twice} » dans la feuille Honoraires : retirez la ligne en trop, ou distinguez « Pièce »"
            return self._held(lettre, f"courrier retenu : {TWICE}", remedy)
        return None

    def _survey(self, lettre: Lettre, cle: str) -> Anomalie | None:
        """Say that a client was asked too recently."""
        if cle not in self.avis:
            return None
        day = self.avis[cle]
        until = day + timedelta(days=JOURS_ENTRE)
        problem = f"courrier retenu : ce client a été interrogé le {day:%d/%m/%Y}"
        return self._held(lettre, problem, f"une enquête tous les {JOURS_ENTRE} jours au plus : relancez à partir du {until:%d/%m/%Y}")  # fmt: skip

    def _held(self, lettre: Lettre, problem: str, remedy: str) -> Anomalie:
        return self.clients.anomalie("Dossier", lettre.row, problem, remedy)


def _suites(journal: pd.DataFrame, au: date) -> dict[str, tuple[Suite, ...]]:
    """Return the open follow-ups of each client; what a complaint calls for is no matter for a letter."""
    plain = journal.loc[[not is_reclamation(word) for word in journal["Type"]]]
    return {cle: suivi.suites for cle, suivi in follow_clients(plain, au).items()}


def _facturees(journal: pd.DataFrame, au: date) -> dict[str, date]:
    """Return who had a large invoice by a day, and when the last one went."""
    cells = zip(*(journal[h] for h in ("Dossier", "Date", "Type")), strict=True)
    wanted = fold(FACTURE_IMPORTANTE)
    lines = {"Journal": [(d, jour) for d, jour, word in cells if fold(word or "") == wanted]}
    return {cle: jour for cle, (jour, _) in last_contacts(lines, au).items()}


def _rappels(
    workbook: Workbook, registre: Mapping[int, Reclamation], journal: pd.DataFrame, au: date
) -> dict[str, str]:
    """Return who was promised a call that is due, and what its complaint was about."""
    due = find_rappels(registre, journal, au, read_delai(workbook))
    return {fold(d): text_of(o) for d, o in zip(due["Dossier"], due["Objet"], strict=True)}


def _open(
    journal: pd.DataFrame, registre: Mapping[int, Reclamation], lignes: Mapping[str, int], au: date
) -> frozenset[str]:
    """Return who has an open complaint, in the register or in the Journal alone."""
    in_journal, _ = find_closed(journal, registre, au)
    paired, _ = pair_journal(journal, registre, {})
    alone = journal.drop(index=[*{*in_journal, *paired}])
    return frozenset({*lignes, *find_complaints(alone)})


def asked_by_letter(workbook: Workbook, au: date, least: int = 0) -> dict[str, date]:
    """Return who has a letter asking for its opinion, of less than sixty days ago.

    One of the same day is, for a letter, that letter written again: ``least`` leaves it out. A
    draft counts: whoever sends it does not always come back to say so.
    """
    asked: dict[str, date] = {}
    for dossier, modele, jour in read_drafts(workbook):
        if vocation_of(modele).objet == AVIS and least <= (au - jour).days < JOURS_ENTRE:
            asked[fold(dossier)] = max(jour, asked.get(fold(dossier), jour))
    return asked
