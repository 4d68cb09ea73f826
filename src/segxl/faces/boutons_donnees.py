"""The buttons that bring files in (exports, entries, invoices), and those that make one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from segxl.actions import anonymiser, cartographie, fiche, honoraires, importer
from segxl.excel.ooxml.archive import refuse_existing
from segxl.faces import annonces_anonymiser, annonces_fiche, messages, messages_honoraires
from segxl.faces.accord import write_once_agreed
from segxl.faces.annonces_cartographie import list_sentences
from segxl.faces.avancement import Avancement
from segxl.faces.boutons_fec import read_entries
from segxl.faces.clic import Click, today

MAPS_FOLDER = "Cartographies"
CARDS_FOLDER = "Fiches clients"
IMPORTED = "Les changements sont dans la feuille Clients. Complétez les réponses, puis cliquez sur « Noter »."


def _importer(click: Click) -> str:
    """Show what would change, ask, then write."""
    exports = [Path(argument) for argument in click.arguments]
    seen = importer.run(click.workbook, exports, simulation=True)
    if seen.is_empty:
        return messages.of_import(seen)
    return write_once_agreed(
        click,
        messages.of_import(seen),
        "Écrire ces changements dans la feuille Clients ?",
        lambda workbook: importer.run(workbook, exports),
        IMPORTED,
    )


def _cartographie(click: Click) -> str:
    """Make the map of each company whose entries were chosen."""
    commande = cartographie.Commande(
        chemins=tuple(map(Path, click.arguments)), vers=click.folder / MAPS_FOLDER, au=today()
    )
    with Avancement(click.app) as avancement:
        bilan = cartographie.run(click.workbook, commande, avancement.of("FEC"))
    click.workbook.save()
    told = "\n".join(list_sentences(bilan, commande.vers, messages.SHOWN))
    wrong = messages.of_anomalies((*bilan.anomalies, *bilan.a_corriger))
    return messages.paragraphs(messages.fitting(told), wrong, click.reminder)


def _fiche(click: Click) -> str:
    """Write the card of each selected client."""
    commande = fiche.Commande(
        vers=click.folder / CARDS_FOLDER, au=today(), dossiers=tuple(click.selected)
    )
    with Avancement(click.app) as avancement:
        bilan = fiche.run(click.workbook, commande, avancement.of("Fiches"))
    told = "\n".join(annonces_fiche.list_sentences(bilan, commande.vers, messages.SHOWN))
    return messages.paragraphs(messages.fitting(told), messages.of_anomalies(bilan.anomalies))


def _honoraires(click: Click) -> str:
    """Show whose the invoices of the firm are, ask, then put them on record."""
    paths = [Path(argument) for argument in click.arguments]
    seen = honoraires.run(click.workbook, paths, today(), simulation=True)
    told = messages_honoraires.of_honoraires(seen)
    if seen.is_empty:
        return told
    return write_once_agreed(
        click,
        told,
        "Écrire ces factures dans la feuille Honoraires ?",
        lambda workbook: honoraires.run(workbook, paths, today()),
        "C’est écrit, dans la feuille Honoraires.",
    )


def _anonymiser(click: Click) -> str:
    """Write a workbook that names nobody beside the one in front, which is only read."""
    source = click.folder / click.book.name
    target = source.with_name(f"{source.stem} - anonyme{anonymiser.SUFFIX}")
    refuse_existing(target)
    commande = anonymiser.Commande(classeur=source, vers=target, au=today())
    bilan = anonymiser.run(click.workbook, commande)
    told = "\n".join(annonces_anonymiser.list_sentences(bilan))
    return messages.paragraphs(messages.fitting(told), messages.of_anomalies(bilan.anomalies))


DATA_BUTTONS: dict[str, Callable[[Click], str]] = {
    "importer": _importer,
    "fec": read_entries,
    "cartographie": _cartographie,
    "fiche": _fiche,
    "honoraires": _honoraires,
    "anonymiser": _anonymiser,
}
"""Tag of a button → what it does."""
