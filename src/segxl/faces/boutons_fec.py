"""The button that reads the entries of clients, and asks whose they are where no name says it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from segxl.actions import faits, fec
from segxl.actions.fec import BilanFec
from segxl.domain.anomalies import Anomalie, SaisieError
from segxl.domain.faits.rattachement import SAY_WHOSE
from segxl.excel.live import LiveWorkbook
from segxl.faces import messages
from segxl.faces.annonces_fec import list_sentences
from segxl.faces.avancement import Avancement
from segxl.faces.clic import TITLE, Click, today

HOW = f"{SAY_WHOSE} : sélectionnez sa ligne dans Clients, puis recommencez"


def read_entries(click: Click) -> str:
    """Read the entries of clients, put their facts on a sheet and fill blank answers."""
    paths = [Path(argument) for argument in click.arguments]
    with Avancement(click.app) as avancement:
        lus = faits.run(paths, avancement.of("FEC"))
    bilan = fec.run(click.workbook, paths, today(), lambda _: lus)
    told, anomalies = [*list_sentences(bilan, messages.SHOWN)], bilan.anomalies
    click.workbook.save()
    if dossier := _ask_whose(click, bilan):
        others = replace(lus, fichiers=bilan.inconnus, anomalies=())
        more, refused = _give(click, paths, others, dossier)
        told, anomalies = [*told, *more], (*lus.anomalies, *refused)
    return messages.paragraphs(
        messages.fitting("\n".join(told)),
        messages.of_anomalies(anomalies).replace(SAY_WHOSE, HOW),
        click.reminder,
    )


def _ask_whose(click: Click, bilan: BilanFec) -> str:
    """Return the one client selected, if the user says that what is nobody's is theirs."""
    selected: list[str] = []
    with suppress(SaisieError):
        selected = click.selected
    if not bilan.inconnus or len(selected) != 1:
        return ""
    names = "\n".join(f"• {f.fichier} (SIREN {f.siren or 'absent du nom'})" for f in bilan.inconnus)
    question = f"Aucun client ne correspond :\n{messages.fitting(names)}\n\nEst-ce le dossier {selected[0]}, sélectionné dans Clients ?"
    return selected[0] if click.app.alert(question, TITLE, buttons="yes_no") == "yes" else ""


def _give(
    click: Click, paths: list[Path], others: faits.BilanFaits, dossier: str
) -> tuple[list[str], tuple[Anomalie, ...]]:
    """Give files to a client; what was written for others stays where that is refused."""
    workbook = LiveWorkbook(click.book)
    try:
        bilan = fec.run(workbook, paths, today(), lambda _: others, dossier=dossier)
    except SaisieError as error:
        return [], error.anomalies
    workbook.save()
    return [f"{dossier} :", *list_sentences(bilan, messages.SHOWN)], ()
