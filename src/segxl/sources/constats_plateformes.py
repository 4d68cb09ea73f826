"""What stands between the status exports and the clients, each with its place and its remedy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.statuts import JOUR, PLATEFORME, STATUT, STATUTS
from segxl.domain.suivi_plateformes import CLIENT, CONNUE, CONTREDITE
from segxl.domain.tableau import Tableau
from segxl.domain.textes import join_words
from segxl.sources.comptes_rendus_plateformes import name_of
from segxl.sources.plateformes import FICHIER, LIEU, NOM
from segxl.sources.textes_bruts import text_of

CONTRADICTIONS, ILLISIBLES, FORMULES, ABSENTS, PARTAGES = (
    "Statuts qui se contredisent : rien n’est écrit pour ces clients",
    "Cellules de Clients qui ne se lisent pas : rien n’est écrit pour ces clients",
    "Cellules de Clients qui calculent : leurs formules restent",
    "SIREN des exports absents de Clients",
    "SIREN partagés par plusieurs dossiers",
)
"""The kinds of anomalies of the workbook beside the exports."""

_SHOWN = 3


def find_contradictions(
    clients: Tableau, lignes: pd.DataFrame, fates: pd.Series
) -> Iterator[Anomalie]:
    """Yield each client of whom several things are told on one day, with every place."""
    for row, told in lignes[fates == CONTREDITE].groupby(CLIENT):
        places = sorted(
            {*_places(clients, told)}, key=lambda place: (place[0] == clients.sheet, place)
        )
        (sheet, cell, said), *others = places
        shown = [f"« {s} » dans {f}!{c}" for f, c, s in others[:_SHOWN]]
        beside = join_words(
            [*shown, *([f"{len(others) - _SHOWN} autres"] if others[_SHOWN:] else [])]
        )
        jour = told[JOUR].iloc[0]
        when = f"le {text_of(jour)}" if jour is not None else "sans date"
        yield Anomalie(
            sheet=sheet,
            cell=cell,
            value=said,
            problem=f"{name_of(clients.lignes, int(str(row)))} est « {said} » ici et {beside}, {when}",
            remedy="demandez lequel est le bon, retirez l’autre de son export, puis recommencez",
        )


def _places(clients: Tableau, told: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Yield the file, the place and the words of each line, once per side and file."""
    for line in told.to_dict("records"):
        said = ", ".join(filter(None, (line[STATUT], text_of(line[PLATEFORME]))))
        if line[CONNUE]:
            yield clients.sheet, clients.cell(STATUT, line[CLIENT]), said
        else:
            yield line[FICHIER], line[LIEU], said


def find_doutes(
    suivis: pd.DataFrame, lignes: pd.DataFrame, fates: pd.Series, obscurs: Collection[str]
) -> pd.Series:
    """Say, by row of Clients, why the status of a client must be settled before any call."""
    contradicted = suivis.index.isin(lignes[CLIENT][fates == CONTREDITE])
    told = suivis.index.isin(lignes[CLIENT][lignes[STATUT].notna()])
    unknown = suivis["SIREN"].isin([*obscurs]) & suivis[STATUT].isna() & ~told
    doutes = pd.Series(None, index=suivis.index, dtype=object)
    doutes[unknown] = "mot de statut inconnu dans un export"
    doutes[contradicted] = "statuts contradictoires à départager"
    return doutes


def find_unread(
    clients: Tableau, suivis: pd.DataFrame, sirens: Collection[str]
) -> Iterator[Anomalie]:
    """Yield the cells of Clients that forbid to know whether an export is newer."""
    remedies = {STATUT: f"choisissez parmi : {' · '.join(STATUTS)}", JOUR: "écrivez-la JJ/MM/AAAA"}
    touched = suivis[suivis["illisible"].notna() & suivis["SIREN"].isin([*sirens])]
    for row, header in touched["illisible"].items():
        yield clients.anomalie(header, row, f"« {header} » ne se lit pas", remedies[header])


def find_absents(told: pd.DataFrame, suivis: pd.DataFrame) -> Iterator[Anomalie]:
    """Yield each SIREN that no client has, at its first place, with its count."""
    unknown = told[~told["SIREN"].isin(suivis["SIREN"].dropna())]
    counts = unknown["SIREN"].value_counts()
    for line in unknown.drop_duplicates("SIREN").to_dict("records"):
        count = int(counts[line["SIREN"]])
        yield Anomalie(
            sheet=line[FICHIER],
            cell=line[LIEU],
            value=" ".join(filter(None, (line["SIREN"], line[NOM]))),
            problem=f"aucun client n’a ce SIREN{f' ({count} lignes)' if count > 1 else ''}",
            remedy="ajoutez ce client à Clients, ou corrigez son SIREN, s’il est du cabinet",
        )


def find_shared(
    clients: Tableau, suivis: pd.DataFrame, sirens: Collection[str]
) -> Iterator[Anomalie]:
    """Yield the SIREN that several dossiers have: all of them get the status."""
    known = suivis["SIREN"].dropna()
    shared = known[known.duplicated(keep=False) & known.isin([*sirens])]
    for first, *others in shared.groupby(shared, sort=False).groups.values():
        where = "des lignes" if others[1:] else "de la ligne"
        yield clients.anomalie(
            "SIREN",
            first,
            f"ce SIREN est aussi celui {where} {join_words(map(str, others))} : chaque dossier reçoit le statut",
            "corrigez-le s’il est faux ; si c’est la même personne, tout est juste",
        )


def keep_formulas(
    clients: Tableau,
    changements: Mapping[int, Mapping[str, object]],
    formulas: Mapping[str, Collection[int]],
) -> tuple[dict[int, dict[str, object]], tuple[Anomalie, ...]]:
    """Return the changes that no formula stands against, and those formulas.

    A status goes with its date: where one of the two computes, neither is written.
    """
    kept: dict[int, dict[str, object]] = {}
    told: list[Anomalie] = []
    for row, cells in changements.items():
        computing = [h for h in cells if row in formulas.get(h, ())]
        told += [_formula(clients, header, row) for header in computing]
        stays = {STATUT, JOUR, PLATEFORME} if {STATUT, JOUR} & {*computing} else {*computing}
        written = {h: v for h, v in cells.items() if h not in stays}
        if written:
            kept[row] = written
    return kept, tuple(told)


def _formula(clients: Tableau, header: str, row: int) -> Anomalie:
    return clients.anomalie(
        header,
        row,
        f"« {header} » est une formule : l’export n’y est pas écrit",
        "corrigez ce que la formule lit, ou remplacez-la par une valeur",
    )
