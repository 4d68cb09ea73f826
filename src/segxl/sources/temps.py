"""The export of a time sheet: who worked how long for whom, one line a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie, file_error
from segxl.domain.faits.ventes import Compte
from segxl.domain.textes import fold, join_words
from segxl.domain.valeur.non_facture import read_unbilled
from segxl.domain.valeur.temps import (
    COLLABORATEUR,
    FACTURABLE,
    HEURES,
    HEURES_FACTUREES,
    JOUR,
    TAUX,
    parse_heures,
    parse_taux,
)
from segxl.sources.colonnes import parse_colonne
from segxl.sources.correspondance import Correspondance
from segxl.sources.ecarts import Motif, find_ecarts
from segxl.sources.export import Export, Lexique
from segxl.sources.facturation import account_of
from segxl.sources.jours_enquete import order_of
from segxl.sources.lecture import read_export
from segxl.sources.textes_bruts import is_blank, text_of
from segxl.sources.titres_facturation import CLIENT, DOSSIER, RAISON, SIREN, SIRET, claim_titles
from segxl.sources.valeurs import Reader, Valeur, parse_dossier, parse_siren, parse_texte

WORDS: Mapping[str, tuple[str, ...]] = {
    JOUR: ("date", "jour", "date de saisie", "date saisie", "date du temps", "date de travail", "date intervention", "le"),
    HEURES: ("heures", "nb heures", "nombre d’heures", "heures passées", "temps passé", "temps", "durée", "durée (h)", "quantité", "qté", "h"),
    TAUX: ("taux horaire", "taux", "coût horaire", "prix de revient horaire", "taux de revient", "coût de revient", "tarif horaire", "prix de revient"),
    COLLABORATEUR: ("collaborateur", "intervenant", "salarié", "nom collaborateur", "code collaborateur", "utilisateur", "ressource"),
    FACTURABLE: ("facturable", "facturable o/n", "temps facturable", "est facturable"),
    HEURES_FACTUREES: ("heures facturées", "nb heures facturées", "temps facturé", "durée facturée", "quantité facturée"),
}  # fmt: skip
"""How time-sheet software titles each column, the surest first."""
TIERS = "tiers"
SHOWN = 5
"""Cells that a remark names."""
_NOT_LINES = frozenset({Motif.VIDE, Motif.TITRES, Motif.TOTAL, Motif.SOUS_TOTAL})
_LEFT_OUT = "corrigez-la dans l’export, puis recommencez ; cette ligne n’est pas reprise"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExportTemps:
    """The lines of one file.

    ``lignes`` has ``tiers``, a place in ``tiers``, then « Date », « Collaborateur », « Heures »,
    « Taux horaire », « Facturable » and « Heures facturées », None where the file has none.
    """

    fichier: str
    tiers: tuple[Compte, ...]
    lignes: pd.DataFrame
    remarques: tuple[str, ...] = ()
    anomalies: tuple[Anomalie, ...] = ()


def read_temps_export(path: Path) -> ExportTemps:
    """Read the export of a time sheet.

    Parameters
    ----------
    path : Path
        A .csv, .txt, .xlsx, .xls or .ods file.

    Raises
    ------
    SaisieError
        The file cannot be read, or its columns do not tell who was worked for, when, how long.
    """
    export = read_export(path, Lexique(fold(word) for words in WORDS.values() for word in words))
    roles = claim_titles(export, WORDS)
    _refuse_lacking(export, roles)
    left = [e.row for e in find_ecarts(export, Correspondance(colonnes={roles[JOUR]: DOSSIER})) if e.motif in _NOT_LINES]  # fmt: skip
    read = _Lecture(replace(export, lignes=export.lignes.drop(index=left)), roles)
    lignes, tiers = read.lines()
    return ExportTemps(
        fichier=export.name,
        tiers=tiers,
        lignes=lignes,
        remarques=tuple(read.remarques),
        anomalies=tuple(read.anomalies),
    )


class _Lecture:
    """The rows of one export, its columns known; what cannot be read is gathered on the way."""

    def __init__(self, export: Export, roles: Mapping[str, str]) -> None:
        self.export, self.roles = export, roles
        self.remarques: list[str] = []
        self.anomalies: list[Anomalie] = []

    def lines(self) -> tuple[pd.DataFrame, tuple[Compte, ...]]:
        """Read every row, and leave out those that do not tell who, when and how long."""
        order = order_of(self.export.lignes[self.roles[JOUR]])
        jours, heures = self._column(JOUR, order.read), self._column(HEURES, _read_heures)
        names = self._names()
        named = pd.Series([any(words) for words in names], index=jours.index, dtype=bool)
        self._tell_left_out(jours, heures, named)
        kept = jours.notna() & heures.notna() & named
        self._tell_corrections(heures[kept])
        tiers = [*dict.fromkeys(n for n, is_kept in zip(names, kept, strict=True) if is_kept)]
        places = {name: place for place, name in enumerate(tiers)}
        frame = pd.DataFrame(
            {
                TIERS: [places.get(name, -1) for name in names],
                JOUR: jours,
                COLLABORATEUR: [str(c or "") for c in self._column(COLLABORATEUR, parse_texte)],
                HEURES: heures,
                TAUX: self._column(TAUX, _read_taux),
                FACTURABLE: self._column(FACTURABLE, _read_facturable),
                HEURES_FACTUREES: self._column(HEURES_FACTUREES, _read_billed),
            },
            dtype=object,
        )[kept]
        whole = frame.astype({TIERS: "int64"}).reset_index(drop=True)
        return whole, tuple(account_of(*name) for name in tiers)

    def _column(self, role: str, reader: Reader) -> pd.Series:
        title, rows = self.roles.get(role), self.export.lignes
        if title is None:
            return pd.Series([None] * len(rows), index=rows.index, dtype=object)
        cell = partial(self.export.cell, title)
        read = parse_colonne(rows[title], text_of(title), reader, name=self.export.name, cell=cell)
        self.remarques += read.remarques
        self.anomalies += read.anomalies
        return read.cells.astype(object).where(read.cells.notna(), None)

    def _names(self) -> list[tuple[str, str, str]]:
        """Return what each row calls its client: number, SIREN, name."""
        role = SIREN if SIREN in self.roles else SIRET
        columns = (
            self._column(DOSSIER, parse_dossier),
            self._column(role, partial(parse_siren, is_siret=role == SIRET)),
            self._column(RAISON, parse_texte),
        )
        cells = zip(*columns, strict=True)
        return [(str(n or ""), str(s or ""), str(r or "")) for n, s, r in cells]

    def _tell_corrections(self, heures: pd.Series) -> None:
        """Name the rows whose hours are below zero: software corrects an entry so, a slip looks so."""
        rows = heures.index[heures.astype("float64") < 0]
        if not len(rows):
            return
        cells = [self.export.cell(self.roles[HEURES], row) for row in rows[:SHOWN]]
        more = len(rows) - len(cells)
        told = join_words([*cells, *([f"{more} autres"] if more else [])])
        self.remarques.append(
            f"{self.export.name} : heures négatives, reprises comme des corrections : {told}. Vérifiez le signe."
        )

    def _tell_left_out(self, jours: pd.Series, heures: pd.Series, named: pd.Series) -> None:
        """Count the rows with hours that lack the day or the client."""
        rows = named.index[heures.notna() & (jours.isna() | ~named)]
        if len(rows):
            problem = f"lignes avec des heures mais sans date lisible ou sans client, non reprises : {len(rows)}, dont la première est ici"
            self.anomalies.append(
                Anomalie(
                    sheet=self.export.name,
                    cell=self.export.cell(self.roles[HEURES], rows[0]),
                    value=heures[rows[0]],
                    problem=problem,
                    remedy="complétez-les dans l’export, puis recommencez",
                )
            )


def _read_heures(raw: object) -> Valeur:
    if is_blank(raw):
        return Valeur()
    hours = parse_heures(raw)
    if hours is None:
        return Valeur(problem="ces heures ne se lisent pas", remedy=_LEFT_OUT)
    return Valeur(value=hours)


def _read_taux(raw: object) -> Valeur:
    if is_blank(raw):
        return Valeur()
    taux = parse_taux(raw)
    if taux is None:
        remedy = "saisissez un nombre d’euros ; la ligne est reprise sans taux"
        return Valeur(problem="ce taux horaire ne se lit pas", remedy=remedy)
    return Valeur(value=taux)


def _read_facturable(raw: object) -> Valeur:
    if is_blank(raw):
        return Valeur()
    unbilled = read_unbilled(FACTURABLE, raw, 1.0)
    if unbilled is None:
        remedy = "écrivez Oui ou Non ; la ligne est reprise sans cette réponse"
        return Valeur(problem="« Facturable » n’est ni oui ni non", remedy=remedy)
    return Valeur(value="Non" if unbilled else "Oui")


def _read_billed(raw: object) -> Valeur:
    if is_blank(raw):
        return Valeur()
    hours = parse_heures(raw)
    if hours is None:
        remedy = "écrivez 1,5 ou 1h30 ; la ligne est reprise sans elles"
        return Valeur(problem="ces heures facturées ne se lisent pas", remedy=remedy)
    return Valeur(value=hours)


def _refuse_lacking(export: Export, roles: Mapping[str, str]) -> None:
    lacking = [
        *([] if any(role in roles for role in CLIENT) else ["« Dossier » ou « Client »"]),
        *(f"« {role} »" for role in (JOUR, HEURES) if role not in roles),
    ]
    if lacking:
        found = join_words(f"« {text_of(t)} »" for t in export.lignes.columns)
        problem = f"il manque la colonne {join_words(lacking)}"
        remedy = "dans l’export des temps, intitulez les colonnes « Dossier » ou « Client », « Date », « Heures », et si possible « Collaborateur » et « Taux horaire »"
        raise file_error(export.name, found, problem, remedy)
