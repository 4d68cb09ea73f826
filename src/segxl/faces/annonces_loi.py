"""What the law asks of a portfolio, as French sentences and tables for a terminal, or as JSON."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import chain
from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.obligations import BilanObligations
from segxl.domain.doutes import AT_THE_EARLIEST, reason_of
from segxl.domain.loi import RYTHMES_EN_MOTS
from segxl.domain.obligations import A_CONFIRMER
from segxl.faces.annonces import announce_anomalies

SHOWN_REASONS = 10
SHOWN_DOSSIERS = 20
DATED = {
    "reception": "Recevoir",
    "emission": "Émettre",
    "ereporting_transactions": "E-reporting des ventes",
    "ereporting_paiements": "E-reporting des paiements",
}
COUNTED = {"taille": "Taille", "rythme": "Rythme"}


def json_of_obligations(bilan: BilanObligations) -> dict[str, Any]:
    """Return what ``segxl obligations --json`` prints; ``parti_le`` only for a client who is gone."""
    rows = bilan.dossiers["Dossier"]
    gone = [bilan.departs.get(row) for row in rows.index]
    return {
        "obligations": [
            {
                "dossier": str(row),
                **({"parti_le": sortie.isoformat()} if sortie else {}),
                "taille": line["taille"],
                **{o: _plain(line[o]) for o in DATED},
                "rythme": line["rythme"],
                "regime_a_redemander": bool(line["regime_a_redemander"]),
                "a_confirmer": list(line["a_confirmer"]),
                "motifs": [
                    {"texte": texte, "source": source, "confiance": confiance}
                    for texte, source, confiance in line["motifs"]
                ],
            }
            for row, sortie, line in zip(
                rows, gone, bilan.obligations.to_dict("records"), strict=True
            )
        ]
    }


def announce_obligations(console: Console, bilan: BilanObligations) -> None:
    """Tell how many clients each obligation concerns, what is to be confirmed and why."""
    lines, gone = bilan.ici, len(bilan.departs)
    checked = f"état du droit relevé le {_french(bilan.loi.version)}"
    if lines.empty:
        console.print(f"Aucun dossier à examiner dans {escape(bilan.classeur)} ({checked}).")
        announce_anomalies(console, bilan.anomalies)
        return
    head = f"{len(lines)} dossier{_s(len(lines))} au {_french(bilan.au)}"
    console.print(f"[bold]{head}[/bold] dans {escape(bilan.classeur)}, {checked}.")
    if gone:
        console.print(f"  {gone} client{_s(gone)} parti{_s(gone)} : laissé{_s(gone)} de côté.")
    table = Table("Obligation", "Réponse", "Clients", box=None, pad_edge=False)
    for column, label in (DATED | COUNTED).items():
        for i, (answer, count) in enumerate(_counted(lines[column])):
            table.add_row("" if i else label, answer, str(count))
    console.print(table)
    _announce_doubts(console, lines)
    _announce_regimes(console, bilan)
    announce_anomalies(console, bilan.anomalies)


def _announce_doubts(console: Console, lines: pd.DataFrame) -> None:
    """Tell why answers are to be confirmed, the most frequent reasons first."""
    doubtful = lines["a_confirmer"].map(len) > 0
    if not doubtful.any():
        return
    console.print(f"[bold]À confirmer[/bold] pour {_clients(int(doubtful.sum()))}, parce que :")
    told = (reason_of(s) for s in chain.from_iterable(lines["a_confirmer"]))
    ordered = Counter(r for r in told if not r.startswith(AT_THE_EARLIEST)).most_common()
    for reason, count in ordered[:SHOWN_REASONS]:
        console.print(f"  • {escape(reason)} : {_clients(count)}")
    if len(ordered) > SHOWN_REASONS:
        console.print(f"  … et {len(ordered) - SHOWN_REASONS} autres raisons (--json les donne).")


def _announce_regimes(console: Console, bilan: BilanObligations) -> None:
    """Name the clients whose simplified VAT regime ends."""
    told = bilan.ici["regime_a_redemander"].astype(bool)
    asked = bilan.dossiers["Dossier"][told.index[told]]
    if asked.empty:
        return
    end = _french(bilan.loi.value("fin_regime_simplifie", "date"))
    console.print(
        f"[bold]Régime de TVA à redemander[/bold] pour {_clients(len(asked))} : le régime simplifié finit le {end}."
    )
    more = "…" if len(asked) > SHOWN_DOSSIERS else ""
    console.print(f"  {escape(', '.join(map(str, asked.head(SHOWN_DOSSIERS))))}{more}")


def _counted(answers: pd.Series) -> list[tuple[str, int]]:
    """Count the answers of one column: dates in order, then words, « à confirmer » last."""
    counts = answers.value_counts()
    order = sorted(counts.index, key=lambda a: (a == A_CONFIRMER, isinstance(a, str), str(a)))
    return [
        (
            f"dès le {_french(a)}" if isinstance(a, date) else RYTHMES_EN_MOTS.get(a, a),
            int(counts[a]),
        )
        for a in order
    ]


def _plain(answer: object) -> str:
    return answer.isoformat() if isinstance(answer, date) else str(answer)


def _french(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _clients(count: int) -> str:
    return f"{count} client{_s(count)}"


def _s(count: int) -> str:
    return "s" if count > 1 else ""
