"""The command of the letters: drafts for the clients asked for, or the models to edit."""

from __future__ import annotations

from segxl.faces.options import (
    Dossiers,
    Exporter,
    Format,
    Formats,
    Jour,
    MaybeClasseur,
    Modele,
    Segments,
    Vers,
)
from segxl.faces.terminal import MissingError, console_of, day_of, progress_of


def courriers(  # noqa: PLR0913  one option each: the contract of the command
    classeur: MaybeClasseur = None,
    *,
    vers: Vers = None,
    segment: Segments = None,
    dossier: Dossiers = None,
    modele: Modele = "",
    format_: Formats = None,
    exporter: Exporter = None,
    au: Jour = None,
) -> None:
    """Prépare les courriers ; rien n’est envoyé."""
    from segxl.actions import courriers as action  # noqa: PLC0415  pandas and Word: paid by the command that needs them
    from segxl.excel.file import FileWorkbook  # noqa: PLC0415
    from segxl.faces.annonces_courriers import announce_courriers  # noqa: PLC0415
    from segxl.lettres.vocations import modele_named, vocation_of  # noqa: PLC0415

    if exporter:
        written = action.export_modeles(exporter)
        print(
            f"{len(written)} modèles copiés dans {exporter}. Placez ceux que vous modifiez dans un dossier « Modèles » à côté du classeur."
        )
        return
    if classeur is None or vers is None:
        raise MissingError("CLASSEUR" if classeur is None else "--vers")
    if vocation_of(modele_named(modele.strip())).is_nommee and not dossier:
        raise MissingError("--dossier")
    workbook = FileWorkbook(classeur)
    commande = action.Commande(
        vers=vers,
        beside=classeur.parent,
        today=day_of(au),
        segments=tuple(segment or ()),
        dossiers=tuple(dossier or ()),
        formats=tuple(dict.fromkeys(str(f) for f in format_ or [Format.DOCX])),
        modele=modele.strip(),
    )
    bilan = action.run(workbook, commande, progress_of("Courriers"))
    workbook.save()
    announce_courriers(console_of(), bilan, vers)
