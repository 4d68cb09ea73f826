"""Any two fields of the clients crossed: those typed on a sheet, or asked for in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from segxl.domain.analyse import croisee as c
from segxl.domain.analyse.champs import Champ, Usages, find_champ, read_champ, suggest_champs
from segxl.domain.analyse.demande import Analyse, Demande
from segxl.domain.anomalies import Anomalie, Gravite, SaisieError
from segxl.domain.graphiques.couleurs import ENJEUX, departement_of
from segxl.domain.normalisation import PARTS
from segxl.domain.reglages import Reglages
from segxl.domain.tailles import TAILLES
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.axes import LEVELS, POTENTIEL
from segxl.domain.valeur.complexite import INDICE
from segxl.domain.valeur.croisement import notes_of
from segxl.domain.valeur.rangs import Nombres
from segxl.domain.valeur.signaux import TAILLES as PMG
from segxl.excel.analyse import SHEET, read_demande
from segxl.excel.departs import find_departs
from segxl.excel.lecture_valeur import Lecture
from segxl.excel.port import Workbook
from segxl.sources.comptes_rendus import counted

DEPARTEMENT, CODE_POSTAL = "Département", "Code postal"
TAUX, MARGE = "Taux de marge", "Marge (€)"
_EURO = 100
_SHARES = frozenset({*PARTS, "Complétude", "Fiabilité", TAUX})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clients:
    """The clients who stay: one column a field, what each brings, its note; how many left."""

    champs: pd.DataFrame
    figures: Mapping[str, Nombres]
    usages: Usages
    partis: int

    @property
    def noms(self) -> list[str]:
        """The fields that can be crossed; the département, where a postal code tells it."""
        known = [str(h) for h in self.champs]
        return [*known, DEPARTEMENT] if CODE_POSTAL in known and DEPARTEMENT not in known else known

    def read(self, nom: str) -> Champ:
        """Return one of these fields."""
        typed = [
            self.champs[h].tolist()
            for h in ([DEPARTEMENT, CODE_POSTAL] if nom == DEPARTEMENT else [nom])
            if h in self.champs
        ]
        if nom == DEPARTEMENT:
            places = (
                next(filter(None, map(departement_of, told)), None)
                for told in zip(*typed, strict=True)
            )
            return read_champ(nom, [*places], self.usages)
        return read_champ(nom, typed[0], self.usages)


def find_demande(workbook: Workbook, asked: Demande | None) -> Demande:
    """Return what is asked: in a terminal, else on the sheet, else what a first sheet shows.

    Raises
    ------
    SaisieError
        A table of the name of the sheet's is not segxl's.
    """
    typed = read_demande(workbook)
    return asked or typed or Demande()


def gather_clients(lu: Lecture, lignes: pd.DataFrame, clients: pd.DataFrame, au: date) -> Clients:
    """Gather the fields of the clients who stay.

    Parameters
    ----------
    lu : Lecture
        What the workbook says.
    lignes : DataFrame
        What ``measure_valeur`` gives, in the order of ``lu.usable``.
    clients : DataFrame
        The same clients, with their complexity.
    au : date
        A departure of a later day has not happened.
    """
    stays = ~lu.usable.index.isin(find_departs(lu.clients, au).index)
    greys = [x.nom for x in lu.reglages.couleurs if x.seuil is None]
    euros = {h: lignes[x].to_numpy(dtype=np.float64) / _EURO for h, x in ((c.HONORAIRES, v.HONORAIRES), (MARGE, v.MARGE_EUROS))}  # fmt: skip
    measured: dict[str, Any] = {
        "ABC": lignes[v.ABC].tolist(),
        "A→D": lignes[v.ABCD].tolist(),
        "PMG": lignes[v.PMG].tolist(),
        TAUX: lignes[v.TAUX].tolist(),
        INDICE: clients[INDICE].tolist(),
        **euros,
    }
    theirs = {str(h) for h in lu.usable}
    table = clients[[*lu.usable]].assign(**{h: told for h, told in measured.items() if h not in theirs})  # fmt: skip
    return Clients(
        champs=table[stays],
        figures={
            c.HONORAIRES: euros[c.HONORAIRES][stays],
            c.MARGE: euros[MARGE][stays],
            c.NOTE: notes_of(clients, greys)[stays],
        },
        usages=_usages_of(lu.reglages),
        partis=int((~stays).sum()),
    )


def cross_clients(
    clients: Clients, demande: Demande, *, is_refused: bool = False
) -> tuple[Analyse, tuple[Anomalie, ...]]:
    """Cross the fields that somebody asks for; say which ones are unknown.

    Raises
    ------
    SaisieError
        With ``is_refused``, one is unknown: in a terminal, it can be asked again at once.
    """
    found = [find_champ(nom, clients.noms) for nom in (demande.ligne, demande.colonne)]
    mesure = c.find_mesure(demande.mesure)
    if found[0] is None or found[1] is None or mesure is None:
        wrong = tuple(_unknown(clients, demande, found, mesure))
        if is_refused:
            raise SaisieError(wrong)
        told = (f"« {a.value} » : {a.problem}, {a.remedy}." for a in wrong)
        return Analyse(
            demande=demande, croisee=None, phrases=("rien n’a été croisé.", *told)
        ), wrong
    ligne, colonne = (clients.read(nom) for nom in found if nom)
    figures = clients.figures.get(mesure, np.empty(0))
    croisee = c.cross_champs(ligne, colonne, mesure, figures.tolist())
    phrases = tuple(_phrases(clients, (ligne, colonne), croisee, figures))
    return Analyse(demande=demande, croisee=croisee, phrases=phrases), ()


def _usages_of(reglages: Reglages) -> Usages:
    """Return the orders, the thresholds and the shares that the firm's settings tell."""
    lists = {x.libelle: [n.reponse for n in x.niveaux] for x in reglages.criteres if x.type == "Liste"}  # fmt: skip
    steps = {x.libelle: [n.seuil for n in x.niveaux if n.seuil > 0] for x in reglages.criteres if x.type == "Nombre"}  # fmt: skip
    return Usages(
        ordres={
            "Couleur": [x.nom for x in reglages.couleurs],
            "Segment": [x.segment for x in reglages.segments],
            "Taille légale": TAILLES,
            POTENTIEL: LEVELS[POTENTIEL],
            "ABC": "ABC",
            "A→D": "ABCD",
            "PMG": PMG,
            **lists,
        },
        seuils={
            "Note FE": [x.seuil for x in reglages.couleurs if x.seuil],
            "Enjeu": [start for _, start in ENJEUX if start],
            **steps,
        },
        parts=_SHARES,
    )


def _phrases(
    clients: Clients, champs: Sequence[Champ], croisee: c.Croisee, figures: Nombres
) -> Iterator[str]:
    """Yield who is counted, and how the fields were read."""
    told = "" if croisee.mesure == c.CLIENTS else f", {croisee.mesure.lower()}"
    yield f"{croisee.ligne} × {croisee.colonne}{told} : {counted(len(clients.champs), 'client', 'clients')}."
    if clients.partis:
        yield f"{counted(clients.partis, 'client parti n’est pas compté', 'clients partis ne sont pas comptés')}."
    unknown = int(np.isnan(figures).sum())
    if unknown:
        yield f"{croisee.mesure} : rien de connu pour {counted(unknown, 'client', 'clients')}."
    for champ, grouped in zip(champs, croisee.groupes, strict=True):
        if champ.coupe:
            yield f"« {champ.nom} » est coupé {champ.coupe}."
        if grouped:
            yield f"« {champ.nom} » : {counted(grouped, 'valeur peu fréquente regroupée', 'valeurs peu fréquentes regroupées')} sous « {c.AUTRES} »."


def _unknown(
    clients: Clients, demande: Demande, found: Sequence[str | None], mesure: str | None
) -> Iterator[Anomalie]:
    """Yield what is wrong with each name that nothing bears."""
    cells = dict(demande.cellules)
    for header, known in zip((c.EN_LIGNE, c.EN_COLONNE), found, strict=True):
        if known is None:
            near = suggest_champs(demande.typed[header], clients.noms)
            remedy = f"essayez {' ou '.join(f'« {n} »' for n in near)}" if near else "reprenez un intitulé de la feuille Clients"  # fmt: skip
            yield _anomalie(cells.get(header, ""), demande.typed[header], "ce champ n’existe pas", remedy)  # fmt: skip
    if mesure is None:
        remedy = f"écrivez {', '.join(c.MESURES[:-1])} ou {c.MESURES[-1]}"
        yield _anomalie(cells.get(c.MESURE, ""), demande.mesure, "cette mesure n’existe pas", remedy)  # fmt: skip


def _anomalie(cell: str, value: str, problem: str, remedy: str) -> Anomalie:
    gravite = Gravite.A_CORRIGER if cell else Gravite.BLOQUANTE
    return Anomalie(sheet=SHEET, cell=cell, value=value, problem=problem, remedy=remedy, gravite=gravite)  # fmt: skip
