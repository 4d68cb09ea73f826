"""« Courriers » : one draft a client, ready to sign, each on record; nothing is ever sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from segxl.actions.synthese import write_etapes
from segxl.domain.anomalies import Anomalie, SaisieError, file_error
from segxl.domain.envoi import choose_rows
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats, rate_dossiers
from segxl.domain.segmentation import Regle
from segxl.domain.tableau import record_of, records_of
from segxl.excel.cabinet import read_cabinet
from segxl.excel.courriers import (
    read_dossiers_with_courrier,
    read_empreintes,
    record_courriers,
)
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille
from segxl.lettres.atelier import Atelier
from segxl.lettres.champs import Champs
from segxl.lettres.dossier import Dates, champs_of
from segxl.lettres.gardes import letterhead_reason
from segxl.lettres.noms import file_name
from segxl.lettres.pdf import render_pdfs
from segxl.lettres.rangement import store_draft
from segxl.lettres.registre import ligne_of
from segxl.shipped import shipped_path
from segxl.sources.loi import read_loi

DEFAULT_DELAY = 30
REMEDY = "complétez ou corrigez, puis relancez « Courriers »"
REMEDIES = {
    "Opposition": "respectez ce choix : seule une information due au titre de la mission peut lui être écrite"
}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commande:
    """What the user asked for: where, for whom, in which formats, on which day."""

    vers: Path
    beside: Path
    """Folder of the workbook, whose « Modèles » win over the shipped ones."""
    today: date
    segments: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("docx",)


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanCourriers:
    """What was written, and the letters that were held with the reason."""

    fichiers: tuple[Path, ...]
    par_segment: Mapping[str, int]
    retenues: tuple[Anomalie, ...]


@dataclass(frozen=True, slots=True)
class Lettre:
    """One letter to write: the dossier's row, its segment's rule, its fields."""

    row: int
    regle: Regle
    champs: Champs


@dataclass(frozen=True, slots=True)
class Draft:
    """One file to store."""

    lettre: Lettre
    ext: str
    content: bytes


def run(workbook: Workbook, commande: Commande, progress: Progress | None = None) -> BilanCourriers:
    """Write the drafts of the dossiers asked for and record each in the table Courriers.

    Raises
    ------
    SaisieError
        The workbook, the letterhead or a model is wrong, or nobody answers to the segment or
        dossier asked for; nothing was written.
    """
    clients, reglages, _ = read_portefeuille(workbook)
    cabinet = read_cabinet(workbook)
    _require_letterhead(cabinet)
    resultats = rate_dossiers(clients, reglages)
    lettres = [*_letters_of(resultats, reglages, cabinet, commande)]
    atelier = _open_atelier(lettres, resultats, reglages, cabinet, commande)
    drafts, retenues = [], []
    for done, lettre in enumerate(lettres, 1):
        client = record_of(resultats.dossiers, lettre.row)
        brouillon = atelier.write(
            lettre.regle.modele, lettre.champs, client, cabinet.get("E-mail", "")
        )
        drafts += [Draft(lettre, ext, content) for ext, content in brouillon.files.items()]
        retenues += [
            clients.anomalie(h, lettre.row, reason, REMEDIES.get(h, REMEDY))
            for h, reason in brouillon.reasons
        ]
        if progress:
            progress(done, len(lettres))
    before = read_dossiers_with_courrier(workbook)
    lignes = _store(_printed(drafts, commande.today), commande, read_empreintes(workbook), workbook)
    fichiers = tuple(commande.vers / str(ligne["Fichier"]) for ligne in lignes)
    with telling_what_is_stored(fichiers):
        dossiers = before.union(str(ligne["Dossier"]) for ligne in lignes)
        write_etapes(workbook, resultats, reglages, dossiers)
    written = {d.lettre.row: d.lettre.regle.segment for d in drafts}
    return BilanCourriers(
        fichiers=fichiers,
        par_segment=Counter(written.values()),
        retenues=tuple(retenues),
    )


@contextmanager
def telling_what_is_stored(fichiers: Sequence[Path]) -> Iterator[None]:
    """Say which drafts stand in their folder already when the workbook refuses to record them."""
    try:
        yield
    except SaisieError as error:
        if not fichiers:
            raise
        told = file_error(
            fichiers[0].parent.name,
            "",
            "des courriers y sont déjà écrits, mais le classeur n’a pas pu en garder la trace",
            "corrigez ce qui précède, puis relancez « Courriers » : ils seront inscrits",
        )
        raise SaisieError([*error.anomalies, *told.anomalies]) from error


def export_modeles(folder: Path) -> tuple[Path, ...]:
    """Hand out the shipped models for editing in Word; an edited one already there is kept."""
    sources = sorted(
        [
            *shipped_path("templates/lettres").glob("*.docx"),
            *shipped_path("templates/courriels").glob("*.j2"),
        ]
    )
    return tuple(store_draft(folder, source.name, source.read_bytes()) for source in sources)


def _require_letterhead(cabinet: Mapping[str, str]) -> None:
    if reason := letterhead_reason(cabinet):
        remedy = "remplissez le tableau Cabinet : il s’imprime en tête et en pied de chaque lettre"
        raise file_error("Paramètres", "", reason, remedy)


def _letters_of(
    resultats: Resultats, reglages: Reglages, cabinet: Mapping[str, str], commande: Commande
) -> Iterator[Lettre]:
    """Yield the letters asked for, in the order of the sheet; a segment without model has none."""
    regles = {r.segment: r for r in reglages.segments if r.modele}
    criteres = {c.code: c for c in reglages.fe.criteres}
    loi = read_loi()
    for row in choose_rows(resultats, reglages, commande.segments, commande.dossiers):
        result, step = record_of(resultats.lignes, row), record_of(resultats.etapes, row)
        regle, critere = regles.get(str(result["Segment"])), criteres.get(str(step["code"]))
        if regle is None:
            continue
        dates = Dates(
            lettre=commande.today,
            reception=loi["reception"].valeur,
            emission=loi["emission_pme"].valeur,
            delai_jours=int(regle.delai_jours or DEFAULT_DELAY),
        )
        words = {
            h: tuple(filter(None, str(result[h]).split(" · ")))
            for h in ("Points forts", "Points faibles")
        }
        etape = (critere.libelle, critere.conseil, float(str(step["gain"]))) if critere else None
        client = record_of(resultats.dossiers, row)
        yield Lettre(row, regle, champs_of(client, result | words, etape, cabinet, dates))


def _open_atelier(
    lettres: list[Lettre],
    resultats: Resultats,
    reglages: Reglages,
    cabinet: Mapping[str, str],
    commande: Commande,
) -> Atelier:
    """Compile the models, and gather the words that belong to no client."""
    answers = (n.reponse for c in reglages.criteres for n in c.niveaux)
    advice = (text for c in reglages.criteres for text in (c.libelle, c.conseil))
    return Atelier.open(
        (lettre.regle.modele for lettre in lettres),
        commande.formats,
        commande.beside,
        (cells for _, cells in records_of(resultats.dossiers)),
        [*cabinet.values(), *answers, *advice],
    )


def _printed(drafts: list[Draft], today: date) -> list[Draft]:
    """Turn the Word letters meant for PDF into PDF, all in one batch."""
    papers = {file_name_of(d, today): d for d in drafts if d.ext == "pdf"}
    if not papers:
        return drafts
    pdfs = render_pdfs({name: d.content for name, d in papers.items()})
    printed = [replace(d, content=pdfs[name]) for name, d in papers.items()]
    return [d for d in drafts if d.ext != "pdf"] + printed


def _store(
    drafts: list[Draft], commande: Commande, known: frozenset[str], workbook: Workbook
) -> list[dict[str, object]]:
    """Put the drafts in their folder and on record."""
    lignes: list[dict[str, object]] = []
    stored: list[Path] = []
    with telling_what_is_stored(stored):
        for draft in drafts:
            name = file_name_of(draft, commande.today)
            stored.append(store_draft(commande.vers, name, draft.content, known))
            dossier, modele = draft.lettre.champs.dossier, draft.lettre.regle.modele
            lignes.append(ligne_of(commande.today, dossier, modele, stored[-1].name, draft.content))
        record_courriers(workbook, known, lignes)
    return lignes


def file_name_of(draft: Draft, today: date) -> str:
    """Return the name of a draft's file; it may reach the client, so it never tells the segment."""
    champs = draft.lettre.champs
    return file_name(
        champs.dossier, champs.raison_sociale, f"courrier du {today:%d-%m-%Y}", draft.ext
    )
