"""`segxl` in a terminal: each command converts, calls its action and announces."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from segxl.faces.actualiser import actualiser
from segxl.faces.anonymiser import anonymiser
from segxl.faces.atelier import atelier
from segxl.faces.cartographie import cartographie
from segxl.faces.courriers import courriers
from segxl.faces.enquete import enquete
from segxl.faces.equipe import equipe
from segxl.faces.faits import faits
from segxl.faces.fec import fec
from segxl.faces.fiche import fiche
from segxl.faces.groupes import groupes
from segxl.faces.honoraires import honoraires
from segxl.faces.journal import journal
from segxl.faces.loi import obligations
from segxl.faces.options import Classeur, Correspondance, Jour, Json, Simulation
from segxl.faces.plan import plan
from segxl.faces.plateformes import plateformes
from segxl.faces.poste import desinstaller, diagnostic, installer
from segxl.faces.relation import relation
from segxl.faces.releve import releve
from segxl.faces.segments import segments
from segxl.faces.simuler import simuler
from segxl.faces.terminal import (
    FrenchCommand,
    FrenchGroup,
    MissingError,
    console_of,
    day_of,
    json_of_anomalies,
    print_json,
    progress_of,
    run_app,
    telling_json,
    working,
)
from segxl.faces.trajectoire import trajectoire
from segxl.faces.valeur import valeur

app = typer.Typer(
    name="segxl",
    cls=FrenchGroup,
    help="Notes, couleurs, segments et courriers pour le portefeuille clients d’un cabinet. Vos données restent sur cette machine.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["--aide", "--help", "-h"]},
    rich_markup_mode=None,
)


@app.command(cls=FrenchCommand)
def demo(
    dossier: Annotated[
        Path, typer.Argument(metavar="DOSSIER", help="Où créer la démonstration.")
    ] = Path("demo"),
    clients: Annotated[
        int,
        typer.Option(
            "--clients", metavar="N", min=1, max=200_000, help="Nombre de clients fictifs."
        ),
    ] = 300,
    graine: Annotated[
        int,
        typer.Option(
            "--graine", metavar="N", min=0, help="La même graine redonne le même cabinet."
        ),
    ] = 1,
    au: Jour = None,
) -> None:
    """Crée un cabinet fictif, noté, avec des FEC et ses courriers."""
    from segxl.actions import demo as action  # noqa: PLC0415  pandas and Word: paid by the commands that need them
    from segxl.faces.annonces_demo import announce_demo  # noqa: PLC0415

    bilan = action.run(dossier, clients, graine, day_of(au), progress_of("Courriers"))
    announce_demo(console_of(), bilan)


@app.command(cls=FrenchCommand)
def nouveau(
    classeur: Classeur,
    depuis: Annotated[
        Path | None,
        typer.Option(
            "--depuis", metavar="LISTE", help="Part d’une copie de votre liste (.xlsx ou .xlsm)."
        ),
    ] = None,
    feuille: Annotated[
        str, typer.Option("--feuille", metavar="F", help="La feuille de cette liste.")
    ] = "",
    correspondance: Correspondance = None,
    simulation: Simulation = False,
) -> None:
    """Crée un classeur prêt à recevoir vos clients, ou à partir de votre liste."""
    from segxl.actions import nouveau as action  # noqa: PLC0415

    if depuis:
        from segxl.actions import adopter  # noqa: PLC0415
        from segxl.faces import annonces  # noqa: PLC0415

        demande = adopter.Demande(liste=depuis, feuille=feuille, correspondance=correspondance)
        with working("Lecture de la liste…"):
            bilan = adopter.run(classeur, demande, simulation=simulation)
        annonces.announce_adoption(console_of(), bilan)
        return
    if feuille or correspondance or simulation:
        raise MissingError("--depuis")
    print(f"Classeur créé : {action.run(classeur)}. Ouvrez-le et commencez par la feuille Accueil.")


@app.command(cls=FrenchCommand)
def importer(
    classeur: Classeur,
    exports: Annotated[
        list[Path], typer.Argument(metavar="EXPORT…", help="Exports .csv, .xlsx, .xls ou .ods.")
    ],
    correspondance: Correspondance = None,
    simulation: Simulation = False,
) -> None:
    """Verse vos exports dans la feuille Clients."""
    from segxl.actions import importer as action  # noqa: PLC0415
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces  # noqa: PLC0415

    with working("Import…"):
        workbook = FileWorkbook(classeur, to_write=not simulation)
        bilan = action.run(workbook, exports, correspondance, simulation=simulation)
        if not simulation:
            workbook.save()
    annonces.announce_import(console_of(), bilan)


@app.command(cls=FrenchCommand)
def noter(
    classeur: Classeur,
    sortie: Annotated[
        Path | None,
        typer.Option("--sortie", metavar="F", help="Écrit le résultat dans un autre fichier."),
    ] = None,
    au: Jour = None,
    json: Json = False,
) -> None:
    """Remplit notes, couleurs et segments."""
    from segxl.actions import actualiser  # noqa: PLC0415
    from segxl.actions import noter as action  # noqa: PLC0415
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces  # noqa: PLC0415
    from segxl.faces.annonces_actualisation import announce_actualisation  # noqa: PLC0415

    refused = {"classeur": classeur.name, "dossiers": 0, "notes": []} if json else None
    with telling_json(refused), working("Notation…"):
        workbook = FileWorkbook(classeur, to_write=sortie is None)
        pris = actualiser.run(workbook)
        bilan = action.run(workbook, day_of(au))
        copie = actualiser.keep_previous(classeur) if pris.colonnes and not sortie else None
        workbook.save_as(sortie or classeur)
    if json:
        print_json(annonces.json_of_notation(bilan))
    else:
        announce_actualisation(console_of(), pris, copie)
        annonces.announce_notation(console_of(), bilan)


@app.command(cls=FrenchCommand)
def controler(classeur: Classeur, au: Jour = None, *, json: Json = False) -> None:
    """Dit ce qui ne se lit pas, sans rien écrire."""
    from segxl.actions import controler as action  # noqa: PLC0415
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces  # noqa: PLC0415

    with telling_json({} if json else None):
        anomalies = action.run(FileWorkbook(classeur, to_write=False), day_of(au))
    if json:
        print_json({"anomalies": json_of_anomalies(anomalies)})
    elif anomalies:
        annonces.announce_anomalies(console_of(), anomalies, most=len(anomalies))
    else:
        print("Aucune anomalie : tout se lit.")
    raise typer.Exit(code=1 if anomalies else 0)


@app.command(cls=FrenchCommand)
def expliquer(
    classeur: Classeur,
    dossier: Annotated[
        str, typer.Argument(metavar="DOSSIER", help="Numéro du dossier, ou raison sociale.")
    ],
    json: Json = False,
) -> None:
    """Explique une note et donne la prochaine étape."""
    from segxl.actions import expliquer as action  # noqa: PLC0415
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_justification  # noqa: PLC0415

    with telling_json({} if json else None):
        justification = action.run(FileWorkbook(classeur, to_write=False), dossier)
    if json:
        print_json(annonces_justification.json_of_justification(justification))
    else:
        annonces_justification.announce_justification(console_of(), justification)


for command in (
    actualiser,
    anonymiser,
    atelier,
    courriers,
    faits,
    fec,
    fiche,
    cartographie,
    enquete,
    equipe,
    groupes,
    honoraires,
    journal,
    obligations,
    plan,
    plateformes,
    relation,
    releve,
    segments,
    simuler,
    trajectoire,
    valeur,
    installer,
    desinstaller,
    diagnostic,
):
    app.command(cls=FrenchCommand)(command)


def main() -> None:
    """Run the command line (entry point of the package)."""
    # A run holds its cells to the end: the sweep Python makes every 700 new objects finds no waste.
    gc.set_threshold(100_000)
    raise SystemExit(run_app(app))
