"""What the demonstration holds, and what to try next, for a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from segxl.actions.demo import BilanDemo
from segxl.actions.fec import BilanFec
from segxl.domain.faits.etats import pourcent
from segxl.domain.relation.signaux import A_RISQUE, A_SURVEILLER
from segxl.domain.valeur.releve import ABCD, FAUX_BON
from segxl.faces.annonces import announce_notation
from segxl.faces.annonces_courriers import announce_courriers
from segxl.faces.annonces_fec import sentences_of_ecarts
from segxl.lettres.francais import euros, nombre
from segxl.sources.comptes_rendus import counted


def announce_demo(console: Console, bilan: BilanDemo) -> None:
    """Tell the notes, the letters, what was measured, then what to open and to type."""
    announce_notation(console, bilan.notation)
    announce_courriers(console, bilan.lettres, bilan.courriers)
    _announce_mesures(console, bilan.mesures, bilan.fec)
    for sentence in (*_sentences_of_valeur(bilan), *_sentences_of_relation(bilan)):
        console.print(escape(sentence))
    console.print(f"Ouvrez {escape(str(bilan.classeur))} dans Excel ou LibreOffice : commencez par Accueil, Tableau de bord, Valeur et Relation. Les autres feuilles sont masquées : clic droit sur un onglet, Afficher.")  # fmt: skip
    first, *others = _commands(bilan)
    console.print(f"Essayez ensuite : {escape(first)}", soft_wrap=True)
    for command in others:
        console.print(f"                  {escape(command)}", soft_wrap=True)


def _commands(bilan: BilanDemo) -> Iterator[str]:
    """Yield what to type next."""
    classeur, fec = shlex.quote(str(bilan.classeur)), shlex.quote(str(bilan.fec))
    fiches, cartes = (shlex.quote(str(bilan.classeur.parent / n)) for n in ("fiches", "cartes"))
    yield f"segxl faits {fec}"
    yield f"segxl valeur {classeur}"
    yield f"segxl relation {classeur}"
    yield f"segxl segments {classeur}"
    yield f"segxl simuler {classeur}"
    yield f"segxl fiche {classeur} --vers {fiches}"
    yield f"segxl cartographie {classeur} {fec} --vers {cartes}"


def _announce_mesures(console: Console, mesures: BilanFec, folder: Path) -> None:
    files = counted(len(mesures.lus.fichiers), "FEC fictif", "FEC fictifs")
    clients = counted(len({row for r in mesures.rattaches for row in r.rows}), "client", "clients")
    filled = counted(len(mesures.repris), "réponse vide remplie", "réponses vides remplies")
    console.print(f"[bold]{files}[/bold] de {clients} dans {escape(str(folder))} : {filled}. La feuille Faits met les mesures à côté des réponses.")  # fmt: skip
    for sentence in sentences_of_ecarts(mesures):
        console.print(escape(sentence))


def _sentences_of_valeur(bilan: BilanDemo) -> Iterator[str]:
    """Yield what the firm billed and what its clients leave."""
    total, lignes = bilan.valeur.releve.concentration, bilan.valeur.releve.lignes
    files = f"le FEC du cabinet, ses temps et deux enquêtes sont dans {bilan.cabinet}"
    yield f"{counted(bilan.honoraires.ajoutees, 'facture', 'factures')} du cabinet sur deux ans : {files}."
    if total.honoraires is None or total.part_top20 is None:
        return
    faux = counted(int(lignes[FAUX_BON].sum()), "faux bon client", "faux bons clients")
    losing = counted(int((lignes[ABCD] == "D").sum()), "client en classe D", "clients en classe D")
    yield f"Valeur : {euros(round(total.honoraires / 100))} d’honoraires en douze mois, dont {pourcent(total.part_top20)} pour les 20 % premiers clients ; {faux}, {losing}."


def _sentences_of_relation(bilan: BilanDemo) -> Iterator[str]:
    """Yield what clients say, and which relations need a hand."""
    told, etats = bilan.relation.ensemble.portefeuille, [r.etat for r in bilan.relation.relations]
    if told.csat.valeur is not None and told.nps.valeur is not None:
        yield f"Satisfaction : CSAT {nombre(told.csat.valeur, 0)} %, NPS {nombre(told.nps.valeur, 0)} ({counted(told.nps.n, 'réponse', 'réponses')} sur un an)."
    risky = counted(etats.count(A_RISQUE), "client à risque", "clients à risque")
    watched = f"{etats.count(A_SURVEILLER)} à surveiller"
    complaints = counted(bilan.relation.ouvertes, "réclamation ouverte", "réclamations ouvertes")
    yield f"Relation : {risky}, {watched}, {complaints}."
