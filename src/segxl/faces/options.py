"""The arguments and options that the commands share, with their French help."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """The forms a letter can take."""

    DOCX = "docx"
    EML = "eml"
    PDF = "pdf"


Classeur = Annotated[Path, typer.Argument(metavar="CLASSEUR", help="Le classeur (.xlsx ou .xlsm).")]
Json = Annotated[bool, typer.Option("--json", help="Écrit un seul objet JSON sur la sortie.")]
Jour = Annotated[
    datetime | None,
    typer.Option(
        "--au",
        metavar="AAAA-MM-JJ",
        formats=["%Y-%m-%d"],
        help="Jour du calcul (aujourd’hui si absent).",
    ),
]

MaybeClasseur = Annotated[
    Path | None, typer.Argument(metavar="CLASSEUR", help="Le classeur (.xlsx ou .xlsm).")
]
Vers = Annotated[
    Path | None, typer.Option("--vers", metavar="DIR", help="Dossier où écrire les projets.")
]
Segments = Annotated[
    list[str] | None, typer.Option("--segment", metavar="S", help="Segment (répétable).")
]
Dossiers = Annotated[
    list[str] | None, typer.Option("--dossier", metavar="D", help="Dossier client (répétable).")
]
Formats = Annotated[
    list[Format] | None,
    typer.Option("--format", metavar="docx|eml|pdf", help="Forme des projets (répétable)."),
]
Modele = Annotated[
    str,
    typer.Option(
        "--modele",
        metavar="NOM",
        help="Modèle pour tous, au lieu de celui du segment : Sans plateforme, Fin du régime simplifié, Ce qui change, Revue des honoraires, Nouveau service, Votre avis, Remerciement, Réponse à une réclamation, Relance d’honoraires, Fin de mission, Fiche d’appel (à usage interne), ou l’un des vôtres.",
    ),
]
Exporter = Annotated[
    Path | None,
    typer.Option(
        "--exporter-modeles", metavar="DIR", help="Copie les modèles fournis, à modifier dans Word."
    ),
]
Correspondance = Annotated[
    Path | None,
    typer.Option(
        "--correspondance",
        metavar="F",
        help="Correspondance des colonnes : relue si le fichier existe, enregistrée sinon.",
    ),
]
Simulation = Annotated[
    bool, typer.Option("--simulation", help="Montre ce qui changerait, sans rien écrire.")
]
