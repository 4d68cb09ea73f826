"""What the buttons about the law did, as the few lines of a message box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from segxl.actions.journal import BilanJournal, BilanSuites
from segxl.actions.obligations import BilanObligations
from segxl.actions.plan import BilanPlan
from segxl.actions.plateformes import BilanPlateformes
from segxl.actions.trajectoire import BilanTrajectoire
from segxl.domain.obligations import A_CONFIRMER, SANS_OBJET
from segxl.domain.relances import A_DIRE, CAS
from segxl.domain.tableau import records_of
from segxl.faces.annonces_journal import closing
from segxl.faces.messages import SHOWN, fitting, of_anomalies, paragraphs

QUESTIONS = {"reception": "Recevoir", "emission": "Émettre"}
LINES_OF_QUESTION = 2
"""What the question that follows a summary takes of a box."""


def of_obligations(bilan: BilanObligations) -> str:
    """Say how many clients must receive and issue, since when, and where the sources are."""
    lines, gone = bilan.ici, len(bilan.departs)
    left = f" {gone} client{_s(gone)} parti{_s(gone)}, laissé{_s(gone)} de côté." if gone else ""
    told = [_answers(label, lines[name]) for name, label in QUESTIONS.items()]
    asked = int(lines["regime_a_redemander"].sum())
    end = bilan.loi.value("fin_regime_simplifie", "date")
    regimes = f"Régime de TVA à redemander : {_clients(asked)} (le régime simplifié finit le {end:%d/%m/%Y})."
    return paragraphs(
        f"{_clients(len(lines))} au {bilan.au:%d/%m/%Y}.{left}",
        "\n".join(told),
        regimes if asked else "",
        f"La feuille Calendrier légal donne chaque fait, sa source et le jour où elle le dit (la dernière : {bilan.loi.version:%d/%m/%Y}). "
        "Pour un client : la formule SEG_OBLIGATIONS.",
        of_anomalies(bilan.anomalies),
    )


def of_plan(bilan: BilanPlan) -> str:
    """Say how many meetings were planned, what is late, whom to meet first."""
    if bilan.plan.empty:
        return paragraphs("Aucun client à planifier.", of_anomalies(bilan.anomalies))
    alertes = bilan.plan["Alerte"].dropna().value_counts()
    late = [f"• {alerte} : {_clients(int(count))}" for alerte, count in alertes.items()]
    first = [
        f"{row['Rang']}. {row['Dossier']} {row['Raison sociale'] or ''}"
        for row in bilan.rencontres.to_dict("records")
    ]
    return fitting(
        paragraphs(
            f"{len(bilan.rendez_vous)} rendez-vous à venir, dont {bilan.nouveaux} nouveaux, dans la feuille Plan.",
            _block("Alertes :", late),
            _block("Trop de rendez-vous :", bilan.surcharges),
            _block("À rencontrer d’abord (feuille À rencontrer) :", first),
            of_anomalies(bilan.anomalies),
        )
    )


def of_agenda(count: int, ics: Path) -> str:
    """Say where the calendar is."""
    return f"{count} rendez-vous dans {ics}.\n\nOuvrez ce fichier avec Outlook ou votre agenda."


def of_plateformes(bilan: BilanPlateformes) -> str:
    """Say what the exports change and whom to call."""
    calls = bilan.relances[bilan.relances["cas"] != A_DIRE]
    counts = calls["cas"].value_counts().sort_index()
    cases = [f"• {CAS[int(str(cas))]} : {count}" for cas, count in counts.items()]
    told = [
        f"• {a}" for anomalies in bilan.constats.values() for a in anomalies[:LINES_OF_QUESTION]
    ]
    return fitting(
        paragraphs(
            "\n".join(bilan.phrases),
            _block("À voir :", told),
            _block(f"{_clients(len(calls))} à appeler :", cases) if len(calls) else "Personne à appeler.",
        )
    )  # fmt: skip


def of_journal(bilan: BilanJournal) -> str:
    """Say what was put on record, and what is left to type."""
    client = f"{bilan.ligne['Dossier']} {bilan.raison_sociale}".strip()
    return (
        f"Échange du jour avec {client} : une ligne l’attend en bas de la feuille Journal.\n\n"
        "Complétez le canal, le type, l’objet et la suite."
    )


def of_suites(bilan: BilanSuites) -> str:
    """Say what is to follow up, the oldest first."""
    count = len(bilan.suites)
    if not count:
        return f"Aucune suite à donner au {bilan.au:%d/%m/%Y}."
    title = f"{count} suite{_s(count)} à donner au {bilan.au:%d/%m/%Y} :"
    lines = [_suite(line) for _, line in records_of(bilan.suites)]
    return paragraphs(fitting(_block(title, lines)), closing(bilan))


def of_trajectoire(bilan: BilanTrajectoire, folder: Path) -> str:
    """Say what was written, what is held, and whose file is thin."""
    made, thin = len(bilan.fichiers), len(bilan.minces)
    lines = [f"• {dossier} {nom} : {why}" for dossier, nom, why in bilan.minces]
    return fitting(
        paragraphs(
            f"{made} dossier{_s(made)} de trajectoire à relire. Rien n’est envoyé.",
            f"Dossier : {folder}" if made else "",
            _block(f"{thin} à étoffer (ce qui manque est en dernière page) :", lines),
            of_anomalies(bilan.retenues),
            of_anomalies(bilan.anomalies),
        )
    )


def _answers(label: str, answers: Iterable[object]) -> str:
    """Count the answers of one obligation.

    >>> _answers("Émettre", ["non", "à confirmer", "non"])
    'Émettre : non 2 · à confirmer 1'
    """
    told = [a if isinstance(a, str) else f"dès le {a:%d/%m/%Y}" for a in answers]
    dates = sorted(t for t in {*told} if t not in {SANS_OBJET, A_CONFIRMER})
    order = [*dates, SANS_OBJET, A_CONFIRMER]
    return f"{label} : " + " · ".join(f"{t} {told.count(t)}" for t in order if t in told)


def _suite(line: Mapping[str, object]) -> str:
    """Write one follow-up: since when, for whom, what, and by whom where somebody is named."""
    told = {h: "" if line[h] is None else " ".join(str(line[h]).split()) for h in line}
    who = f" ({told['Qui']})" if told["Qui"] else ""
    what = " : ".join(filter(None, (told["Suite"], told["Objet"])))
    return f"• {line['Suite le']:%d/%m/%Y}, {told['Dossier']} {told['Raison sociale']}{who}, {what}"


def _block(title: str, lines: Sequence[str]) -> str:
    """Return a title over its first lines; nothing where there is none."""
    if not lines:
        return ""
    left = len(lines) - SHOWN
    more = [f"… et {left} de plus."] if left > 0 else []
    return "\n".join([title, *lines[:SHOWN], *more])


def _clients(count: int) -> str:
    return f"{count} client{_s(count)}"


def _s(count: int) -> str:
    return "s" if count > 1 else ""
