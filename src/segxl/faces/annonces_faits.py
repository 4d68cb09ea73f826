"""What the entries of clients measure, as JSON and for a terminal: codes, never names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.faits import BilanFaits, ComparaisonSiren, FaitsFichier
from segxl.domain.faits.etats import NBSP, UNITES, FaitMesure, Unite, pourcent
from segxl.domain.faits.libelles import LIBELLES
from segxl.faces.terminal import json_of_anomalies
from segxl.lettres.francais import euros, nombre

SHOWN_CODES = 20


def json_of_faits(bilan: BilanFaits) -> dict[str, Any]:
    """Return the files, the comparisons, and the anomalies where a file was refused."""
    refused = {"anomalies": json_of_anomalies(bilan.anomalies)} if bilan.anomalies else {}
    return {
        "faits": [_json_of_fichier(f) for f in bilan.fichiers],
        "comparaisons": [_json_of_comparaison(c) for c in bilan.comparaisons],
        **refused,
    }


def _json_of_fichier(fichier: FaitsFichier) -> dict[str, Any]:
    return {
        "fichier": fichier.fichier,
        "siren": fichier.siren,
        "debut": fichier.debut.isoformat(),
        "fin": fichier.fin.isoformat(),
        "lignes": fichier.lignes,
        "total_debit": decimal_of(fichier.total_debit),
        "total_credit": decimal_of(fichier.total_credit),
        "avertissements": list(fichier.avertissements),
        "faits": {code: _json_of_fait(code, fichier.releve.faits[code]) for code in UNITES},
    }


def _json_of_fait(code: str, fait: FaitMesure) -> dict[str, Any]:
    is_money = UNITES[code] is Unite.CENTIMES and isinstance(fait.valeur, int)
    valeur = decimal_of(int(fait.valeur)) if is_money and fait.valeur is not None else fait.valeur
    return {"valeur": valeur, "etat": str(fait.etat), "motif": fait.motif}


def _json_of_comparaison(item: ComparaisonSiren) -> dict[str, Any]:
    found = item.comparaison
    return {
        "siren": item.siren,
        "annees": list(found.annees),
        "nouveaux": found.nouveaux,
        "fideles": found.fideles,
        "dormants": found.dormants,
        "croissance": found.croissance.valeur,
    }


def decimal_of(cents: int) -> str:
    """Write cents as a decimal number of euros.

    >>> decimal_of(4490000), decimal_of(-5), decimal_of(0)
    ('44900.00', '-0.05', '0.00')
    """
    return str(Decimal(cents).scaleb(-2))


def announce_faits(console: Console, bilan: BilanFaits) -> None:
    """Tell each file, then each pair of years."""
    for fichier in bilan.fichiers:
        _announce_fichier(console, fichier)
    for item in bilan.comparaisons:
        _announce_comparaison(console, item)


def _announce_fichier(console: Console, fichier: FaitsFichier) -> None:
    who = f"SIREN {fichier.siren}" if fichier.siren else "SIREN inconnu"
    console.print(f"[bold]{escape(fichier.fichier)}[/bold] : {who}, du {fichier.debut:%d/%m/%Y} au {fichier.fin:%d/%m/%Y}")  # fmt: skip
    totals = f"débit {_euros(fichier.total_debit)}, crédit {_euros(fichier.total_credit)}"
    console.print(f"{nombre(fichier.lignes)} lignes, {totals}")
    for sentence in fichier.avertissements:
        console.print(f"  • {escape(sentence)}")
    table = Table(box=None, pad_edge=False)
    table.add_column("Fait", no_wrap=True)
    table.add_column("Valeur", justify="right", no_wrap=True)
    table.add_column("État", no_wrap=True)
    table.add_column("D’après")
    for code, unite in UNITES.items():
        fait = fichier.releve.faits[code]
        table.add_row(LIBELLES[code], _shown(fait, unite), fait.etat.label, escape(fait.motif))
    console.print(table)
    console.print()


def _announce_comparaison(console: Console, item: ComparaisonSiren) -> None:
    found = item.comparaison
    first, second = found.annees
    console.print(f"[bold]SIREN {item.siren}, {second} après {first}[/bold]")
    groups = {"Nouveaux": found.nouveaux, "Fidèles": found.fideles, "Dormants": found.dormants}
    for name, codes in groups.items():
        console.print(f"  • {name} : {escape(_listed(codes, found.motif))}")
    growth = found.croissance
    value = f"non calculée, {growth.motif}" if growth.valeur is None else _signed(growth.valeur)
    console.print(f"  • Croissance du chiffre d’affaires : {escape(value)}")


def _listed(codes: tuple[str, ...] | None, motif: str) -> str:
    if codes is None:
        return f"non dérivable, {motif}"
    more = f"… et {len(codes) - SHOWN_CODES} autres" if len(codes) > SHOWN_CODES else ""
    shown = ", ".join(filter(None, (*codes[:SHOWN_CODES], more)))
    return f"{len(codes)} ({shown})" if codes else "aucun"


def _signed(value: object) -> str:
    share = float(str(value))
    return f"{'+' if share > 0 else ''}{pourcent(share)}"


def _euros(cents: int) -> str:
    return euros(cents / 100)


def _shown(fait: FaitMesure, unite: Unite) -> str:
    """Write a value as a person reads it."""
    if fait.valeur is None or isinstance(fait.valeur, str):
        return fait.valeur or "–"
    number = float(fait.valeur)
    if unite is Unite.CENTIMES:
        return _euros(int(number))
    if unite is Unite.PART:
        return pourcent(number)
    decimals, suffix = {Unite.INDICE: (3, ""), Unite.JOURS: (1, f"{NBSP}j")}.get(unite, (0, ""))
    return nombre(number, decimals) + suffix
