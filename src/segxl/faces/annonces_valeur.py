"""What each client brings and costs, as French sentences and as one object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.valeur import BilanValeur
from segxl.domain.faits.etats import pourcent
from segxl.domain.honoraires.factures import ANNUELS, MOIS
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.rfm import F, M, R
from segxl.excel.temps import TABLE as TEMPS
from segxl.faces.annonces import SIMULATED, print_list
from segxl.faces.annonces_analyse import announce_analyse, json_of_analyse
from segxl.faces.annonces_croisement import announce_crossed, json_of_crossed, list_crossed
from segxl.faces.terminal import json_of_anomalies
from segxl.lettres.francais import euros, liste, nombre
from segxl.sources.comptes_rendus import counted

SHOWN = 20
_SHARES = 6
"""Decimals of a share in an object."""
_ND = "n.d."


def json_of_valeur(bilan: BilanValeur) -> dict[str, Any]:
    """Return what ``segxl valeur --json`` prints; ``motifs`` says why a figure is null."""
    c = bilan.releve.concentration
    return {
        "portefeuille": {
            "clients": c.clients,
            "honoraires": None if c.honoraires is None else c.honoraires / 100,
            "part_top20": _share(c.part_top20),
            "part_premier": _share(c.part_premier),
            "hhi": _share(c.hhi),
            "gini": _share(c.gini),
            "clients_pour_80": c.clients_pour_80,
        },
        "clients": [_json_of_client(line) for line in _records(bilan)],
        "croisement": json_of_crossed(bilan),
        "analyse": json_of_analyse(bilan.analyse),
        "motifs": {
            "portefeuille": dict(c.motifs),
            "clients": {str(x["dossier"]): x[v.MOTIF] for x in _records(bilan) if x[v.MOTIF]},
        },
        "anomalies": json_of_anomalies(bilan.anomalies),
    }


def _records(bilan: BilanValeur) -> list[dict[str, Any]]:
    return [{str(h): x for h, x in line.items()} for line in bilan.releve.lignes.to_dict("records")]


def _json_of_client(line: dict[str, Any]) -> dict[str, Any]:
    cents = {h: line[h] for h in (v.HONORAIRES, v.COUT_SERVICE, v.MARGE_EUROS)}
    return {
        "dossier": line["dossier"],
        **{h: None if pd.isna(x) else round(x) / 100 for h, x in cents.items()},
        "abc": line[v.ABC] or None,
        "abcd": line[v.ABCD] or None,
        "rfm": [line[h] or None for h in (R, F, M)],
        "faux_bon_client": None if pd.isna(line[v.TAUX]) else bool(line[v.FAUX_BON]),
    }


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, _SHARES)


def announce_valeur(console: Console, bilan: BilanValeur) -> None:
    """Tell the portfolio, its classes, the largest clients, then what needs a hand."""
    for sentence in list_sentences(bilan):
        console.print(escape(sentence))
    announce_crossed(console, bilan)
    _announce_segments(console, bilan)
    _announce_clients(console, bilan)
    if bilan.anomalies:
        console.print(f"[bold]À corriger[/bold] ({len(bilan.anomalies)}) :")
        print_list(console, bilan.anomalies)
    console.print(SIMULATED if bilan.simulation else "C’est écrit, dans la feuille Valeur.")


def announce_asked(console: Console, bilan: BilanValeur) -> None:
    """Tell the two fields that somebody crossed, and nothing else."""
    announce_analyse(console, bilan.analyse)
    console.print(SIMULATED if bilan.simulation else "C’est écrit, dans la feuille Analyse croisée.")  # fmt: skip


def list_sentences(bilan: BilanValeur) -> Iterator[str]:
    """Yield what is measured, what the portfolio hangs on, its classes, and what is missing."""
    yield from _sentences_of_sources(bilan)
    c = bilan.releve.concentration
    if c.part_top20 is None or c.part_premier is None or c.hhi is None:
        yield f"Concentration : {_ND} ({c.motifs['part_top20']})."
    else:
        spread = f"indice de Gini {nombre(c.gini, 2)}" if c.gini is not None else f"indice de Gini {_ND} ({c.motifs['gini']})"  # fmt: skip
        yield f"Le premier client fait {pourcent(c.part_premier)} des honoraires{_besides(bilan)}, les 20 % premiers {pourcent(c.part_top20)} ; {counted(c.clients_pour_80 or 0, 'client fait', 'clients font')} 80 %. HHI {nombre(c.hhi, 4)} (de 0 à 1), {spread}."
    if bilan.releve.part_marge_top20 is not None:
        yield f"Les 20 % de clients les plus rentables font {pourcent(bilan.releve.part_marge_top20)} de la marge."
    lignes = bilan.releve.lignes
    yield f"ABC : {_counts(lignes[v.ABC], 'ABC')}. A à D : {_counts(lignes[v.ABCD], 'ABCD')}."
    faux = int(lignes[v.FAUX_BON].sum())
    unlike = int((lignes[v.DESACCORD] != "").sum())
    yield f"{counted(faux, 'faux bon client', 'faux bons clients')} ; {counted(unlike, 'client sur lequel', 'clients sur lesquels')} les méthodes se contredisent."
    yield from list_crossed(bilan)
    yield f"Analyse croisée : {bilan.analyse.phrases[0]}"
    yield from _sentences_of_gaps(bilan)


def _sentences_of_sources(bilan: BilanValeur) -> Iterator[str]:
    """Yield where the figures come from."""
    periode = bilan.periode
    billed, typed = bilan.d_apres["Honoraires"], bilan.d_apres[ANNUELS]
    total = bilan.releve.concentration
    amount = _ND if total.honoraires is None else euros(total.honoraires / 100)
    yield f"Honoraires : {amount} pour {counted(total.clients, 'client', 'clients')}, du {periode.du:%d/%m/%Y} au {periode.au:%d/%m/%Y} ; {billed} d’après la feuille Honoraires, {typed} d’après « {ANNUELS} »."
    if bilan.lot:
        added = counted(len(bilan.lot.ajoutees), "ligne nouvelle", "lignes nouvelles")
        yield f"Temps : {added}, {bilan.lot.connues} déjà reprises."
        for fichier in bilan.lot.fichiers:
            yield from fichier.remarques


def _sentences_of_gaps(bilan: BilanValeur) -> Iterator[str]:
    """Yield what is missing, and what to do about it."""
    for sheet, months in bilan.mois.items():
        if 0 < months < MOIS:
            yield f"La feuille {sheet} ne couvre que {months} mois sur 12 : ces sommes sont incomplètes."
    if not bilan.mois[TEMPS]:
        yield "Aucun temps sur ces douze mois : les coûts ne sont pas connus. Remplissez la feuille Temps, ou donnez l’export de votre logiciel de temps."
    if bilan.sans_taux:
        yield f"Sans taux horaire : {liste(bilan.sans_taux)}. Dans la feuille Paramètres, ajoutez « Taux horaire {bilan.sans_taux[0]} » ; d’ici là, le coût de leurs clients n’est pas calculé."
    if bilan.hors_clients:
        total = euros(sum(bilan.hors_clients.values()) / 100)
        yield f"Facturés mais absents de la feuille Clients, non comptés : {liste([*bilan.hors_clients][:SHOWN])} ({total})."
    if bilan.lot and bilan.lot.inconnus:
        hours = nombre(round(sum(h for _, h in bilan.lot.inconnus), 2))
        names = liste([name for name, _ in bilan.lot.inconnus][:SHOWN])
        yield f"Temps sans dossier, donc non repris : {names} ({hours} h)."
    if bilan.tardives:
        late = counted(bilan.tardives, "ligne datée", "lignes datées")
        yield f"{late} après le {bilan.au:%d/%m/%Y} : pas comptées."


def _besides(bilan: BilanValeur) -> str:
    """Say who is left out of the shares: clients whose credit notes exceed their invoices."""
    below = int((bilan.releve.lignes[v.HONORAIRES] < 0).sum())
    return f" (hors {counted(below, 'client', 'clients')} aux honoraires négatifs)" if below else ""


def _counts(classes: pd.Series, names: str) -> str:
    told = [f"{int((classes == name).sum())} {name}" for name in names]
    unknown = int((classes == "").sum())
    return ", ".join([*told, f"{unknown} sans classe"] if unknown else told)


def _announce_segments(console: Console, bilan: BilanValeur) -> None:
    """Print what each segment takes of the hours and gives of the margin."""
    if bilan.par_segment.empty:
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("Segment", no_wrap=True)
    for header in ("Part des heures", "Part de la marge"):
        table.add_column(header, justify="right", no_wrap=True)
    for segment, line in bilan.par_segment.iterrows():
        shares = (line[v.PART_HEURES], line[v.PART_MARGE])
        told = [_ND if pd.isna(share) else pourcent(share) for share in shares]
        table.add_row(escape(str(segment)), *told)
    console.print(table)


def _announce_clients(console: Console, bilan: BilanValeur) -> None:
    """Print the clients that bring the most."""
    if bilan.releve.lignes.empty:
        return
    lignes = bilan.releve.lignes.sort_values(v.HONORAIRES, ascending=False, kind="stable")
    table = Table(box=None, pad_edge=False)
    table.add_column("Dossier", no_wrap=True)
    for header in ("Honoraires", "Coût", "Marge"):
        table.add_column(header, justify="right", no_wrap=True)
    for header in ("ABC", "A→D", "RFM", "Faux bon"):
        table.add_column(header, no_wrap=True)
    for line in lignes.head(SHOWN).to_dict("records"):
        amounts = (line[h] for h in (v.HONORAIRES, v.COUT_SERVICE, v.MARGE_EUROS))
        told = [_ND if pd.isna(x) else euros(round(x / 100)) for x in amounts]
        scores = "".join(str(line[h] or "–") for h in (R, F, M))
        table.add_row(escape(line["dossier"]), *told, line[v.ABC] or _ND, line[v.ABCD] or _ND, scores, "oui" if line[v.FAUX_BON] else "")  # fmt: skip
    console.print(table)
    if len(lignes) > SHOWN:
        console.print(f"  … et {len(lignes) - SHOWN} autres, dans la feuille Valeur.")
