"""What the firm billed: its own FEC, or the export of its billing software."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.faits import ventes
from segxl.domain.faits.creances import read_mouvements
from segxl.domain.faits.tiers import is_generic
from segxl.domain.honoraires.factures import JOUR, MONTANT, PAYEE, PIECE
from segxl.domain.textes import fold
from segxl.sources.colonnes import parse_colonne
from segxl.sources.correspondance import Correspondance
from segxl.sources.ecarts import Motif, find_ecarts
from segxl.sources.export import Export
from segxl.sources.fec import read_fec
from segxl.sources.jours_enquete import order_of
from segxl.sources.lecture import read_export
from segxl.sources.textes_bruts import text_of
from segxl.sources.titres_facturation import (
    DOSSIER,
    RAISON,
    SIREN,
    SIRET,
    TYPE,
    is_before_vat,
    match_titles,
    titles_known,
)
from segxl.sources.valeurs import Reader, parse_dossier, parse_montant, parse_siren, parse_texte

TIERS = ventes.TIERS
_NOT_INVOICES = frozenset({Motif.VIDE, Motif.TITRES, Motif.TOTAL, Motif.SOUS_TOTAL})
_AVOIR = "avoir"
_LEFT_OUT = "saisissez un nombre, sans lettre, puis recommencez ; cette ligne n’est pas reprise"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facturation:
    """The invoices of one file.

    ``lignes`` has ``tiers``, a place in ``tiers``, then « Date », « Pièce », « Montant HT » in
    cents, negative for a credit note, and « Payée le », None where unknown. ``siren`` is that of
    the company that bills, where the name of the file says it. ``hors_clients`` are the cents of
    turnover that went through no customer account; ``partagees`` counts the invoices whose amount
    is a part of an entry that bills several customers. ``mouvements`` are the lines of a FEC on
    customers, see ``domain.faits.creances``.
    """

    fichier: str
    tiers: tuple[ventes.Compte, ...]
    lignes: pd.DataFrame
    du: date
    fin: date
    siren: str = ""
    hors_clients: int = 0
    partagees: int = 0
    mouvements: pd.DataFrame | None = None
    remarques: tuple[str, ...] = ()
    anomalies: tuple[Anomalie, ...] = ()


def read_facturation_fec(paths: Sequence[Path]) -> Facturation:
    """Read what a FEC bills, whole or in parts.

    Raises
    ------
    SaisieError
        It is no FEC, or lines of it cannot be read.
    """
    fec = read_fec(paths)
    sold = ventes.read_ventes(fec.ecritures)
    names = {
        ventes.JOUR: JOUR,
        ventes.PIECE: PIECE,
        ventes.HT: MONTANT,
        ventes.PAYEE: PAYEE,
    }
    lignes = sold.factures.rename(columns=names)
    return Facturation(
        fichier=fec.fichier,
        tiers=sold.tiers,
        lignes=lignes,
        du=fec.debut,
        fin=fec.fin,
        siren=fec.siren,
        hors_clients=sold.chiffre - int(lignes[MONTANT].sum()),
        partagees=sold.partagees,
        mouvements=read_mouvements(fec.ecritures),
        remarques=fec.avertissements,
    )


def read_facturation_export(path: Path, au: date) -> Facturation:
    """Read the export of billing software: one invoice a row, amounts before VAT.

    Parameters
    ----------
    path : Path
        A .csv, .txt, .xlsx, .xls or .ods file.
    au : date
        The day of an export without any invoice.

    Raises
    ------
    SaisieError
        The file cannot be read, or its columns do not tell who was billed, when, how much.
    """
    export = read_export(path, titles_known())
    roles = match_titles(export)
    key = Correspondance(colonnes={roles[JOUR]: DOSSIER})
    left = [e.row for e in find_ecarts(export, key) if e.motif in _NOT_INVOICES]
    export = replace(export, lignes=export.lignes.drop(index=left))
    read = _Lecture(export=export, roles=roles)
    lignes, tiers = read.factures()
    days = lignes[JOUR].tolist() or [au]
    return Facturation(
        fichier=export.name,
        tiers=tiers,
        lignes=lignes,
        du=min(days),
        fin=max(days),
        remarques=tuple(read.remarques),
        anomalies=tuple(read.anomalies),
    )


class _Lecture:
    """The rows of one export, its columns known; what cannot be read is gathered on the way."""

    def __init__(self, *, export: Export, roles: dict[str, str]) -> None:
        self.export, self.roles = export, roles
        self.remarques: list[str] = []
        self.anomalies: list[Anomalie] = []

    def factures(self) -> tuple[pd.DataFrame, tuple[ventes.Compte, ...]]:
        """Read every row, and leave out those that do not tell who, when and how much."""
        jours, payees = (self._days(role) for role in (JOUR, PAYEE))
        montants, noms = self._amounts(), self._names()
        named = pd.Series([any(words) for words in noms], index=jours.index, dtype=bool)
        kept = jours.notna() & montants.notna() & named & (montants != 0)
        self._tell_left_out(jours, montants, named)
        tiers = [*dict.fromkeys(name for name, is_kept in zip(noms, kept, strict=True) if is_kept)]
        places = {name: place for place, name in enumerate(tiers)}
        pieces = self._column(PIECE, parse_texte)
        frame = pd.DataFrame(
            {
                TIERS: [places.get(name, -1) for name in noms],
                JOUR: jours,
                PIECE: [str(p or "") for p in pieces],
                MONTANT: montants,
                PAYEE: payees,
            },
            dtype=object,
        )[kept]
        lignes = frame.astype({TIERS: "int64", MONTANT: "int64"}).reset_index(drop=True)
        return lignes, tuple(account_of(*name) for name in tiers)

    def _column(self, role: str, reader: Reader) -> pd.Series:
        title = self.roles.get(role)
        rows = self.export.lignes
        if title is None:
            return pd.Series([None] * len(rows), index=rows.index, dtype=object)
        read = parse_colonne(
            rows[title],
            text_of(title),
            reader,
            name=self.export.name,
            cell=partial(self.export.cell, title),
        )
        self.remarques += read.remarques
        self.anomalies += read.anomalies
        return read.cells

    def _days(self, role: str) -> pd.Series:
        title = self.roles.get(role)
        order = order_of(self.export.lignes[title]) if title else None
        days = self._column(role, order.read if order else parse_texte)
        return days.where(days.notna(), None)

    def _amounts(self) -> pd.Series:
        """Read the amounts in cents; a row called « avoir » takes money back, whatever its sign."""
        title = self.roles[MONTANT]
        if not is_before_vat(title):
            self.remarques.append(f"« {text_of(title)} » est pris pour un montant hors taxes.")
        told = len(self.anomalies)
        read = self._column(MONTANT, partial(parse_montant, header=text_of(title)))
        self.anomalies[told:] = [replace(a, remedy=_LEFT_OUT) for a in self.anomalies[told:]]
        words = self._column(TYPE, parse_texte)
        cents = [
            None if m is None else -abs(round(m * 100)) if _is_avoir(w) else round(m * 100)
            for m, w in zip(read, words, strict=True)
        ]
        return pd.Series(cents, index=read.index, dtype=object)

    def _names(self) -> list[tuple[str, str, str]]:
        """Return what each row calls its client: number, SIREN, name."""
        numbers = self._column(DOSSIER, parse_dossier)
        role = SIREN if SIREN in self.roles else SIRET
        sirens = self._column(role, partial(parse_siren, is_siret=role == SIRET))
        names = self._column(RAISON, parse_texte)
        cells = zip(numbers, sirens, names, strict=True)
        return [(str(n or ""), str(s or ""), str(r or "")) for n, s, r in cells]

    def _tell_left_out(self, jours: pd.Series, montants: pd.Series, named: pd.Series) -> None:
        """Count the rows with an amount that lack the day or the client."""
        rows = named.index[montants.notna() & (jours.isna() | ~named)]
        if len(rows):
            cents = sum(int(str(montants[row])) for row in rows)
            self.anomalies.append(
                Anomalie(
                    sheet=self.export.name,
                    cell=self.export.cell(self.roles[MONTANT], rows[0]),
                    value=f"{cents / 100:.2f}",
                    problem=f"lignes avec un montant mais sans date ou sans client, non reprises : {len(rows)}, dont la première est ici",
                    remedy="complétez-les dans l’export, puis recommencez",
                )
            )


def _is_avoir(word: object) -> bool:
    return fold(word or "").startswith(_AVOIR)


def account_of(number: str, siren: str, name: str) -> ventes.Compte:
    """Return a client as an account is known; a column « Client » may hold its number."""
    labels = frozenset(filter(None, (siren, name)))
    generic = not number and not siren and is_generic(fold(name))
    code = number or name or siren
    return ventes.Compte(code=code, libelles=labels, collectif=generic, nom=name or siren)
