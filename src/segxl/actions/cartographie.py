"""« Cartographie » : which customers make the sales of each company, in Word and with charts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from segxl.actions.faits import find_files
from segxl.domain.anomalies import Anomalie, SaisieError, file_error
from segxl.domain.cartographie.annees import Annee
from segxl.domain.cartographie.carte import Carte, build_carte
from segxl.domain.cartographie.etiquettes import Etiquette, sort_etiquettes
from segxl.domain.cartographie.rattachement import Entreprise, entreprises_of
from segxl.domain.cartographie.seuils import Seuils
from segxl.domain.faits.releve import measure_faits
from segxl.domain.faits.ventes import read_ventes
from segxl.excel.cabinet import read_cabinet
from segxl.excel.carte_graphique import build_parts, sealed_parts, with_identifier
from segxl.excel.cartographie import read_groupes, write_cartographie
from segxl.excel.own_book import PROPERTIES
from segxl.excel.port import Workbook
from segxl.excel.reglages import read_portefeuille
from segxl.lettres.cartographie import ModeleCartographie
from segxl.lettres.champs import Champs
from segxl.lettres.dossier import Dates, champs_of, text_of
from segxl.lettres.gardes import letterhead_reason
from segxl.lettres.noms import file_name, unique_names
from segxl.lettres.paquet import Membre, pack
from segxl.lettres.rangement import store_draft
from segxl.lettres.sceau import find_ours, seal_of
from segxl.sources.fec import group_fec, read_fec
from segxl.sources.fichiers_facturation import siren_of_cabinet

Avancement = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commande:
    """What the user asked for: which files, where, on which day, for whom (all by default)."""

    chemins: tuple[Path, ...]
    vers: Path
    au: date
    dossiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lu:
    """One FEC that was read: its name, the SIREN of its name, its year."""

    fichier: str
    siren: str
    annee: Annee


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanCartographie:
    """The maps that were made, by dossier, and what stands in the way of others.

    ``inconnus`` are files of no client asked for: never given to somebody by guess.
    """

    classeur: str
    cartes: Mapping[str, Carte]
    noms: Mapping[str, str]
    fichiers: tuple[Path, ...]
    inconnus: tuple[Lu, ...]
    anomalies: tuple[Anomalie, ...]
    """Files that could not be read or set side by side."""
    a_corriger: tuple[Anomalie, ...]
    """Rows of the table Groupes that could not serve."""


@dataclass(slots=True)
class _Atelier:
    """What the maps of one run are made of, and what they gather."""

    commande: Commande
    cabinet: Mapping[str, str]
    etiquettes: Sequence[Etiquette]
    seuils: Seuils
    cartes: dict[str, Carte] = field(default_factory=dict)
    anomalies: list[Anomalie] = field(default_factory=list)
    a_corriger: list[Anomalie] = field(default_factory=list)


def run(
    workbook: Workbook, commande: Commande, advance: Avancement | None = None
) -> BilanCartographie:
    """Make the map of each company whose FECs are given, and put it on the sheet Cartographie.

    Raises
    ------
    SaisieError
        The workbook or the letterhead is wrong, or no file is that of a company asked for:
        nothing was written. Or the folder cannot be written.
    """
    clients, reglages, _ = read_portefeuille(workbook)
    cabinet = read_cabinet(workbook)
    if reason := letterhead_reason(cabinet):
        remedy = "remplissez le tableau Cabinet : il s’imprime en tête de chaque cartographie"
        raise file_error("Paramètres", "", reason, remedy)
    etiquettes, wrong = read_groupes(workbook)
    atelier = _Atelier(commande, cabinet, etiquettes, Seuils.of(reglages), a_corriger=[*wrong])
    known = entreprises_of(clients, cabinet, siren_of_cabinet(cabinet), commande.dossiers)
    lus = _read_all(commande.chemins, atelier.anomalies, advance)
    entreprises = _build_all(atelier, known, lus)
    inconnus = tuple(lu for lu in lus if lu.siren not in known)
    if not atelier.cartes:
        raise SaisieError([*atelier.anomalies, *map(_unknown, inconnus)])
    fichiers = _store_all(atelier, entreprises)
    write_cartographie(workbook, atelier.cartes, commande.au)
    return BilanCartographie(
        classeur=workbook.name,
        cartes=atelier.cartes,
        noms={e.dossier: text_of(e.cells.get("Raison sociale")) for e in entreprises},
        fichiers=fichiers,
        inconnus=inconnus,
        anomalies=tuple(atelier.anomalies),
        a_corriger=tuple(dict.fromkeys(atelier.a_corriger)),
    )


def _read_all(
    chemins: Sequence[Path], anomalies: list[Anomalie], advance: Avancement | None
) -> list[Lu]:
    """Read each FEC; one that cannot be read never stops the rest."""
    groups, found = group_fec(find_files(chemins)), []
    for done, paths in enumerate(groups, 1):
        try:
            fec = read_fec(paths)
            annee = Annee.of(measure_faits(fec.ecritures), read_ventes(fec.ecritures))
            found.append(Lu(fichier=fec.fichier, siren=fec.siren, annee=annee))
        except SaisieError as error:
            anomalies += error.anomalies
        if advance:
            advance(done, len(groups))
    return found


def _build_all(
    atelier: _Atelier, known: Mapping[str, Sequence[Entreprise]], lus: Sequence[Lu]
) -> list[Entreprise]:
    """Build the map of each company that has files; return those that have one."""
    by_siren: dict[str, list[Lu]] = defaultdict(list)
    for lu in lus:
        by_siren[lu.siren].append(lu)
    made = []
    for siren, files in by_siren.items():
        for entreprise in known.get(siren, ()):
            annees = [lu.annee for lu in files]
            clients = [client for annee in annees for client in annee.clients]
            kept, doubts = sort_etiquettes(atelier.etiquettes, entreprise.dossier, clients)
            atelier.a_corriger += doubts
            carte = build_carte(annees, kept, atelier.seuils)
            if isinstance(carte, Carte):
                atelier.cartes[entreprise.dossier] = carte
                made.append(entreprise)
            else:
                atelier.anomalies.append(_overlap(files, carte))
    return made


def _store_all(atelier: _Atelier, entreprises: Sequence[Entreprise]) -> tuple[Path, ...]:
    """Write the report of each company and its workbook of charts; edited ones are kept."""
    modele = ModeleCartographie.read()
    names = unique_names(_stem(e, atelier.cartes[e.dossier]) for e in entreprises)
    return tuple(
        path
        for name, entreprise in zip(names, entreprises, strict=True)
        for path in _store(atelier, modele, name, entreprise)
    )


def _store(
    atelier: _Atelier, modele: ModeleCartographie, name: str, entreprise: Entreprise
) -> Iterator[Path]:
    carte, vers = atelier.cartes[entreprise.dossier], atelier.commande.vers
    champs = _champs_of(atelier, entreprise)
    ours = find_ours(vers / name, champs.dossier, modele.sealed)
    yield store_draft(vers, name, modele.report(champs, carte), ours)
    parts = build_parts(champs.raison_sociale or champs.dossier, carte)
    sealed = sealed_parts(parts)
    seal = seal_of(champs.dossier, {part: parts[part] for part in sealed})
    parts[PROPERTIES] = with_identifier(parts[PROPERTIES], seal)
    book = f"{name.removesuffix('.docx')}.xlsx"
    ours = find_ours(vers / book, champs.dossier, sealed)
    yield store_draft(vers, book, pack(Membre.of(n, c) for n, c in parts.items()), ours)


def _champs_of(atelier: _Atelier, entreprise: Entreprise) -> Champs:
    au = atelier.commande.au
    # The map quotes no law: the two legal dates are not printed.
    dates = Dates(lettre=au, reception=au, emission=au)
    return champs_of(entreprise.cells, {}, None, atelier.cabinet, dates)


def _stem(entreprise: Entreprise, carte: Carte) -> str:
    name = text_of(entreprise.cells.get("Raison sociale"))
    return file_name(entreprise.dossier, name, f"cartographie {carte.dernier.nom}", "docx")


def _overlap(files: Sequence[Lu], annees: tuple[Annee, Annee]) -> Anomalie:
    told = " et ".join(next(lu.fichier for lu in files if lu.annee is a) for a in annees)
    problem = f"ces deux fichiers couvrent les mêmes jours, jusqu’au {annees[0].fin:%d/%m/%Y}"
    (anomalie,) = file_error(told, "", problem, "gardez celui de l’exercice clos").anomalies
    return anomalie


def _unknown(lu: Lu) -> Anomalie:
    problem = "ce FEC n’est celui d’aucun dossier demandé, ni du cabinet"
    remedy = "dites à qui il est : inscrivez ce SIREN dans la feuille Clients, ou au champ « RCS » du cabinet"
    (anomalie,) = file_error(
        lu.fichier, lu.siren or "SIREN absent du nom", problem, remedy
    ).anomalies
    return anomalie
