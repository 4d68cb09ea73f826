"""What the firm bills each client, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.honoraires import BilanHonoraires
from segxl.domain.anomalies import Anomalie
from segxl.domain.faits.etats import NBSP, pourcent
from segxl.domain.honoraires.factures import MONTANT, PAYEE, TOLERANCE
from segxl.domain.honoraires.rattachement import AMBIGU, COLLECTIF, CONTREDIT
from segxl.faces.annonces import SHOWN_ANOMALIES, SIMULATED
from segxl.lettres.francais import euros, liste, nombre
from segxl.sources.comptes_rendus import counted
from segxl.sources.facturation import Facturation
from segxl.sources.lot_facturation import NonRattache

SHOWN = 20
SANS_DOSSIER = "Sans dossier, donc non repris"
RATTACHER = "Pour les rattacher : complétez le SIREN ou la raison sociale, ou ajoutez à Clients une colonne « Compte auxiliaire » où taper le compte, puis recommencez."


def announce_honoraires(console: Console, bilan: BilanHonoraires) -> None:
    """Tell the files, what they change, who has no dossier, then what each client brings."""
    for fichier in bilan.fichiers:
        _announce_fichier(console, fichier)
    for sentence in (*bilan.remarques, *summarize(bilan)):
        console.print(escape(sentence))
    if bilan.tardives:
        console.print(f"{sentence_of_late(bilan)} ; --au donne un autre jour.")
    _announce_inconnus(console, bilan.inconnus)
    _announce_clients(console, bilan)
    _announce_annuels(console, bilan)
    _announce_anomalies(console, "À corriger", bilan.anomalies)
    if bilan.simulation:
        console.print(SIMULATED)


def _announce_fichier(console: Console, fichier: Facturation) -> None:
    invoices = int((fichier.lignes[MONTANT] > 0).sum())
    notes = len(fichier.lignes) - invoices
    paid = counted(int(fichier.lignes[PAYEE].notna().sum()), "facture payée", "factures payées")
    told = f"{counted(invoices, 'facture', 'factures')} et {counted(notes, 'avoir', 'avoirs')}"
    console.print(f"[bold]{escape(fichier.fichier)}[/bold] : {told}, du {fichier.du:%d/%m/%Y} au {fichier.fin:%d/%m/%Y} ; {paid}.")  # fmt: skip
    doubts = [*fichier.remarques]
    if fichier.hors_clients:
        doubts.append(f"{_euros(fichier.hors_clients)} de ventes ne passent par aucun compte client : non repris.")  # fmt: skip
    if fichier.partagees:
        split = counted(fichier.partagees, "facture partage", "factures partagent")
        doubts.append(f"{split} une écriture avec d’autres clients : montant HT au prorata du TTC.")
    _list(console, doubts)


def summarize(bilan: BilanHonoraires) -> Iterator[str]:
    """Yield what the files bill, and what the sheet takes of it, or would take."""
    share = pourcent(bilan.rattache / bilan.total) if bilan.total > 0 else "–"
    yield f"Total HT : {_euros(bilan.total)}, dont {_euros(bilan.rattache)} rattachés à un dossier ({share})."
    kept = counted(bilan.connues, "facture déjà reprise", "factures déjà reprises")
    to_add, to_fill = ("à ajouter", "à compléter") if bilan.simulation else ("", "")
    added = counted(
        bilan.ajoutees, f"ligne {to_add or 'ajoutée'}", f"lignes {to_add or 'ajoutées'}"
    )
    paid = counted(
        bilan.payees,
        f"date de paiement {to_fill or 'complétée'}",
        f"dates de paiement {to_fill or 'complétées'}",
    )
    yield f"Feuille Honoraires : {added}, {paid}, {kept}."


def sentence_of_late(bilan: BilanHonoraires) -> str:
    """Say how many invoices are of a later day, without a full stop."""
    late = counted(bilan.tardives, "facture datée", "factures datées")
    return f"{late} après le {bilan.au:%d/%m/%Y} : pas reprises"


def title_of_inconnus(inconnus: Sequence[NonRattache]) -> str:
    """Say how many accounts have no dossier, and what they come to."""
    amount = _euros(sum(item.montant for item in inconnus))
    return f"{SANS_DOSSIER} ({counted(len(inconnus), 'compte', 'comptes')}, {amount})"


def _announce_inconnus(console: Console, inconnus: Sequence[NonRattache]) -> None:
    if not inconnus:
        return
    console.print(f"[bold]{escape(title_of_inconnus(inconnus))}[/bold] :")
    _list(console, [sentence_of(item) for item in inconnus[:SHOWN]])
    if len(inconnus) > SHOWN:
        rest = _euros(sum(item.montant for item in inconnus[SHOWN:]))
        console.print(f"  … et {len(inconnus) - SHOWN} autres, pour {rest}.")
    console.print(RATTACHER)


def sentence_of(item: NonRattache) -> str:
    """Say what an account without a dossier was billed, and whose it may be."""
    candidats = liste(item.rattachement.candidats)
    near = f", peut-être {item.proche}{NBSP}?" if item.proche else ""
    reasons = {
        AMBIGU: f", plusieurs dossiers répondent : {candidats}",
        CONTREDIT: f", ce qu’il dit désigne plusieurs dossiers : {candidats}",
        COLLECTIF: ", compte collectif",
    }
    invoices = counted(item.factures, "facture", "factures")
    return f"{item.nom} : {_euros(item.montant)}, {invoices}{reasons.get(item.rattachement.motif, near)}"


def sentence_of_annuels(bilan: BilanHonoraires) -> str:
    """Say what becomes of « Honoraires annuels »."""
    if not bilan.periode.est_entiere:
        return "Ces fichiers ne couvrent pas douze mois : « Honoraires annuels » n’est ni rempli ni comparé."
    filled = counted(len(bilan.annuels), "cellule vide remplie", "cellules vides remplies")
    return f"« Honoraires annuels » de Clients : {filled}."


def _announce_clients(console: Console, bilan: BilanHonoraires) -> None:
    """Print what each client brings, the largest first."""
    if bilan.clients.empty:
        return
    periode = bilan.periode
    console.print(f"[bold]Honoraires par client, du {periode.du:%d/%m/%Y} au {periode.au:%d/%m/%Y}[/bold] :")  # fmt: skip
    table = Table(box=None, pad_edge=False)
    table.add_column("Dossier", no_wrap=True)
    for header in ("Honoraires HT", "Retard moyen", "Dernière facture"):
        table.add_column(header, justify="right", no_wrap=True)
    for dossier, line in bilan.clients.head(SHOWN).iterrows():
        late = "–" if pd.isna(line["retard"]) else f"{nombre(line['retard'], 1)}{NBSP}j"
        last = f"{line['derniere']:%d/%m/%Y}" if line["derniere"] else "–"
        table.add_row(escape(str(dossier)), _euros(int(line["honoraires"])), late, last)
    console.print(table)
    if len(bilan.clients) > SHOWN:
        console.print(f"  … et {len(bilan.clients) - SHOWN} autres : voyez la feuille Honoraires.")
    console.print(
        f"Retard moyen : sur les factures payées, au-delà de {bilan.delai} jours ; payée à temps, une facture compte pour zéro.",
        style="dim",
    )


def _announce_annuels(console: Console, bilan: BilanHonoraires) -> None:
    console.print(sentence_of_annuels(bilan))
    title = f"Honoraires annuels saisis, à plus de {pourcent(TOLERANCE)} des factures : laissés tels quels"
    _announce_anomalies(console, title, bilan.ecarts)


def _announce_anomalies(console: Console, title: str, anomalies: Sequence[Anomalie]) -> None:
    if not anomalies:
        return
    console.print(f"[bold]{escape(title)}[/bold] ({len(anomalies)}) :")
    _list(console, [str(a) for a in anomalies[:SHOWN_ANOMALIES]])
    if len(anomalies) > SHOWN_ANOMALIES:
        console.print(f"  … et {len(anomalies) - SHOWN_ANOMALIES} autres.")


def _list(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(f"  • {escape(line)}")


def _euros(cents: int) -> str:
    return euros(cents / 100)
