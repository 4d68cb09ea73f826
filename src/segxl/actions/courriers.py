"""« Courriers » : one draft a client, ready to sign, each on record; nothing is ever sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from segxl.actions.attentes import Attentes
from segxl.actions.synthese import find_presents, write_etapes
from segxl.domain.anomalies import Anomalie, SaisieError, file_error
from segxl.domain.envoi import VALIDE, choose_rows
from segxl.domain.loi import Loi
from segxl.domain.relation.attrition import SORTIE
from segxl.domain.relation.contacts import INTERNE
from segxl.domain.resultats import rate_dossiers
from segxl.domain.situation import ENTREES
from segxl.domain.tableau import Tableau, records_of
from segxl.excel.cabinet import read_cabinet
from segxl.excel.courriers import (
    PAR,
    STATUT,
    read_dossiers_with_courrier,
    read_empreintes,
    record_courriers,
)
from segxl.excel.port import Workbook
from segxl.excel.provenance import read_reponses
from segxl.excel.reglages import read_portefeuille
from segxl.excel.relation import name_days
from segxl.lettres.atelier import Atelier, Motif
from segxl.lettres.brouillons import Draft, print_drafts
from segxl.lettres.choix import PERSONNELS
from segxl.lettres.droit import words_of
from segxl.lettres.fin_mission import FIN_DE_MISSION
from segxl.lettres.gardes import letterhead_reason
from segxl.lettres.modeles import known_modeles
from segxl.lettres.preparation import Contexte, Lettre, prepare_lettres
from segxl.lettres.rangement import store_draft
from segxl.lettres.registre import ligne_of
from segxl.lettres.vocations import COLONNES, modele_named
from segxl.shipped import shipped_path
from segxl.sources.loi import read_loi

OTHER_MODEL = "choisissez un autre modèle pour ce client, ou mettez son dossier à jour"
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
    modele: str = ""
    """The model for everybody; blank for that of each segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanCourriers:
    """What was written, and the letters that were held with the reason."""

    fichiers: tuple[Path, ...]
    par_segment: Mapping[str, int]
    retenues: tuple[Anomalie, ...]
    non_concernes: int = 0
    """Clients that the model is not meant for; those asked for by name are held instead."""
    fiches: int = 0
    """Clients of whom a sheet was written that stays in the firm."""


def run(
    workbook: Workbook,
    commande: Commande,
    progress: Progress | None = None,
    loi: Loi | None = None,
) -> BilanCourriers:
    """Write the drafts of the dossiers asked for and record each in the table Courriers.

    ``loi`` is the law that the letters tell; by default, the one that ships.

    Raises
    ------
    SaisieError
        The workbook, the letterhead or a model is wrong, or nobody answers to the segment or
        dossier asked for; nothing was written.
    """
    clients, attentes, contexte = _read(workbook, commande, loi or read_loi())
    rows = choose_rows(contexte.resultats, contexte.reglages, commande.segments, commande.dossiers)
    prepared = [*prepare_lettres(rows, modele_named(commande.modele), contexte)]
    concerned = [lettre for lettre in prepared if not lettre.exclusion]
    waiting = {lettre.row: attentes.find(lettre) for lettre in concerned}
    lettres = [lettre for lettre in concerned if waiting[lettre.row] is None]
    drafts, motifs = _write(lettres, contexte, commande, progress)
    excluded = [lettre for lettre in prepared if lettre.exclusion]
    written = {d.lettre.row: d.lettre for d in drafts}.values()
    letters = [lettre.segment for lettre in written if not lettre.vocation.is_interne]
    fichiers = _put_on_record(workbook, drafts, contexte, commande)
    named = [
        clients.anomalie(
            "Dossier", e.row, f"ce modèle n’est pas pour ce client : {e.exclusion}", OTHER_MODEL
        )
        for e in excluded
        if commande.dossiers
    ]
    return BilanCourriers(
        fichiers=fichiers,
        par_segment=Counter(letters),
        fiches=len(written) - len(letters),
        retenues=(
            *named,
            *filter(None, waiting.values()),
            *(clients.anomalie(m.header, row, m.reason, m.remedy) for row, m in motifs),
        ),
        non_concernes=len(excluded) - len(named),
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


def _read(workbook: Workbook, commande: Commande, loi: Loi) -> tuple[Tableau, Attentes, Contexte]:
    """Return the table Clients, what letters wait for and what they all share."""
    clients, reglages, _ = read_portefeuille(workbook)
    clients = name_days(
        clients.canonical([*ENTREES, *COLONNES, *FIN_DE_MISSION, *PERSONNELS, VALIDE, SORTIE])
    )
    cabinet = read_cabinet(workbook)
    _require_letterhead(cabinet)
    resultats = rate_dossiers(clients, reglages, read_reponses(workbook), commande.today)
    attentes = Attentes.read(workbook, clients, reglages, commande.today)
    return (
        clients,
        attentes,
        Contexte(
            resultats=resultats,
            reglages=reglages,
            cabinet=cabinet,
            loi=loi,
            today=commande.today,
            relationnel=attentes.relationnel,
            is_nommee=bool(commande.dossiers),
            connus=known_modeles(commande.beside, commande.formats),
        ),
    )


def _write(
    lettres: Sequence[Lettre], contexte: Contexte, commande: Commande, progress: Progress | None
) -> tuple[list[Draft], list[tuple[int, Motif]]]:
    """Write every letter that nothing holds; return the others' rows and reasons."""
    atelier = _open_atelier(lettres, contexte, commande)
    drafts, motifs = [], []
    for done, lettre in enumerate(lettres, 1):
        brouillon = atelier.write(lettre, contexte.cabinet.get("E-mail", ""))
        drafts += [Draft(lettre, ext, content) for ext, content in brouillon.files.items()]
        motifs += [(lettre.row, motif) for motif in brouillon.reasons]
        if progress:
            progress(done, len(lettres))
    return print_drafts(drafts), motifs


def _open_atelier(lettres: Sequence[Lettre], contexte: Contexte, commande: Commande) -> Atelier:
    """Compile the models, and gather the words that belong to no client."""
    criteres = contexte.reglages.criteres
    answers = (n.reponse for c in criteres for n in c.niveaux)
    advice = (text for c in criteres for text in (c.libelle, c.conseil))
    own = (text for r in contexte.reglages.regles for text in (r.segment, r.action, r.definition))
    return Atelier.open(
        (lettre.modele for lettre in lettres),
        commande.formats,
        commande.beside,
        (cells for _, cells in records_of(contexte.resultats.dossiers)),
        [*contexte.cabinet.values(), *answers, *advice, *own, *words_of(contexte.loi)],
    )


def _put_on_record(
    workbook: Workbook, drafts: list[Draft], contexte: Contexte, commande: Commande
) -> tuple[Path, ...]:
    """Store the drafts, put them on record and count who has one."""
    before = read_dossiers_with_courrier(workbook)
    lignes = _store(drafts, commande, read_empreintes(workbook), workbook)
    fichiers = tuple(commande.vers / str(ligne["Fichier"]) for ligne in lignes)
    with telling_what_is_stored(fichiers):
        letters = [ligne for ligne in lignes if ligne[STATUT] != INTERNE]
        dossiers = before.union(str(ligne["Dossier"]) for ligne in letters)
        presents = find_presents(workbook, contexte.resultats, commande.today)
        write_etapes(workbook, presents, contexte.reglages, dossiers)
    return fichiers


def _store(
    drafts: list[Draft], commande: Commande, known: Mapping[str, str], workbook: Workbook
) -> list[dict[str, object]]:
    """Put the drafts in their folder and on record."""
    lignes: list[dict[str, object]] = []
    stored: list[Path] = []
    with telling_what_is_stored(stored):
        for draft in drafts:
            name = draft.lettre.file_name(draft.ext)
            dossier, modele = draft.lettre.champs.dossier, draft.lettre.modele
            # A letter of another model, written the same day, is no earlier draft of this one.
            ours = known if not commande.modele else {e for e, m in known.items() if m == modele}
            stored.append(store_draft(commande.vers, name, draft.content, ours))
            ligne = ligne_of(commande.today, dossier, modele, stored[-1].name, draft.content)
            mine = {STATUT: INTERNE} if draft.lettre.vocation.is_interne else {}
            lignes.append({**ligne, PAR: draft.lettre.choix.par, **mine})
        record_courriers(workbook, known, lignes)
    return lignes
