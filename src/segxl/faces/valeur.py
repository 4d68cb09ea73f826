"""The command about value: what each client brings and costs, and its class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from segxl.faces.options import Classeur, Jour, Json, Simulation
from segxl.faces.terminal import MissingError, console_of, day_of, print_json, telling_json, working

Temps = Annotated[
    list[Path] | None,
    typer.Option(
        "--temps",
        metavar="EXPORT",
        help="Export de votre logiciel de temps, .csv ou .xlsx (répétable).",
    ),
]


Croiser = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--croiser",
        metavar="CHAMP CHAMP",
        help="Croise deux champs, en ligne et en colonne : « Couleur » « Segment ».",
    ),
]
Mesure = Annotated[
    str,
    typer.Option(
        "--mesure", metavar="M", help="Avec --croiser : Clients, Honoraires, Marge ou Note moyenne."
    ),
]


def valeur(  # noqa: PLR0913  one argument an option of the command line
    classeur: Classeur,
    temps: Temps = None,
    croiser: Croiser = None,
    mesure: Mesure = "",
    au: Jour = None,
    *,
    json: Json = False,
    simulation: Simulation = False,
) -> None:
    """Dit ce que chaque client apporte et coûte, et sa classe : ABC, A→D, RFM."""
    if mesure and not croiser:
        raise MissingError("--croiser")
    from segxl.actions import valeur as action  # noqa: PLC0415  paid by the command that needs it
    from segxl.domain.analyse.croisee import CLIENTS  # noqa: PLC0415
    from segxl.domain.analyse.demande import Demande  # noqa: PLC0415
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces import annonces_valeur  # noqa: PLC0415

    is_read_only = json or simulation
    demande = (
        Demande(ligne=croiser[0], colonne=croiser[1], mesure=mesure or CLIENTS) if croiser else None
    )
    refused: dict[str, Any] | None = {"portefeuille": None, "clients": []} if json else None
    with telling_json(refused), working("Valeur…"):
        workbook = FileWorkbook(classeur, to_write=not is_read_only)
        bilan = action.run(
            workbook, day_of(au), tuple(temps or ()), croiser=demande, simulation=is_read_only
        )
        if not is_read_only:
            workbook.bring_back("AnalyseCroisee" if demande else "Valeur")
            workbook.save()
    if json:
        print_json(annonces_valeur.json_of_valeur(bilan))
    elif demande:
        annonces_valeur.announce_asked(console_of(), bilan)
    else:
        annonces_valeur.announce_valeur(console_of(), bilan)
