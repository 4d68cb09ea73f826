"""Several files of invoices as one: each invoice once, given to its dossier or to nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import pandas as pd

from segxl.domain.faits.creances import CODE, find_reports
from segxl.domain.faits.ventes import Compte
from segxl.domain.honoraires.factures import (
    DOSSIER,
    HEADERS,
    JOUR,
    MONTANT,
    PAYEE,
    PIECE,
    SOURCE,
    add_keys,
)
from segxl.domain.honoraires.rattachement import Rattachement, Repertoire
from segxl.domain.honoraires.reports import TAUX_USUEL
from segxl.domain.textes import fold
from segxl.sources.facturation import TIERS, Facturation

COMPTE, PLACE, RANG = "compte", "place", "rang"


@dataclass(frozen=True, slots=True, kw_only=True)
class NonRattache:
    """An account without a dossier, what it was billed in cents, and the closest raison sociale."""

    tiers: Compte
    montant: int
    factures: int
    rattachement: Rattachement
    proche: str = ""

    @property
    def nom(self) -> str:
        """The account as a person reads it: its code, then its longest label as it was read."""
        code, nom = self.tiers.code, self.tiers.nom
        return code if fold(nom) == fold(code) else f"{code} {nom}".strip()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LotFactures:
    """The invoices of all the files.

    ``rattachees`` has the columns of ``domain.honoraires.factures.HEADERS`` but the days late, amounts in
    cents; ``inconnus`` go by amount, the largest first; ``total`` is what both come to.
    ``reports`` are what the dossiers owed when a year opened, see ``domain.faits.creances``, and
    ``taux`` what an invoice comes to with its VAT, for one of before.
    """

    rattachees: pd.DataFrame
    inconnus: tuple[NonRattache, ...]
    total: int
    tardives: int
    reports: pd.DataFrame
    taux: float

    @classmethod
    def of(
        cls, fichiers: Sequence[Facturation], repertoire: Repertoire, au: date, suggested: int
    ) -> Self:
        """Gather the invoices of files up to a day, and look for the dossier of each account."""
        tiers = [t for fichier in fichiers for t in fichier.tiers]
        found = [repertoire.find(t) for t in tiers]
        lignes = _gather(fichiers)
        is_late = pd.Series([jour > au for jour in lignes[JOUR]], lignes.index, dtype=bool)
        # Two files that hold one invoice tell it once, whether its client is known or not.
        told = {
            COMPTE: [tiers[place].code for place in lignes[PLACE]],
            DOSSIER: [found[place].dossier for place in lignes[PLACE]],
        }
        # A year may have payments and no invoice: texts stay texts in an empty column.
        columns = {name: pd.Series(v, lignes.index, dtype=object) for name, v in told.items()}
        named = lignes.assign(**columns)[~is_late]
        qui = named[DOSSIER].where(named[DOSSIER] != "", "\0" + named[COMPTE])
        cles = add_keys(named.assign(**{DOSSIER: qui}), RANG)["cle"]
        # The later of two files may be the one that tells the payment.
        paid = named[PAYEE].groupby(cles).first()
        once = named.assign(**{PAYEE: cles.map(paid)})[~cles.duplicated()]
        is_known = once[DOSSIER] != ""
        return cls(
            rattachees=once[is_known].reindex(columns=[*HEADERS]).reset_index(drop=True),
            inconnus=_group(once[~is_known], tiers, found, repertoire, suggested),
            total=int(once[MONTANT].sum()),
            tardives=int(is_late.sum()),
            reports=_reports_of(fichiers, dict(zip((t.code for t in tiers), found, strict=True))),
            taux=_taux_of(fichiers),
        )


def _reports_of(fichiers: Sequence[Facturation], found: Mapping[str, Rattachement]) -> pd.DataFrame:
    """Find what each dossier owed from one year to the next; a firm may have had two numbers."""
    years: dict[str, list[pd.DataFrame]] = defaultdict(list)
    for fichier in sorted(fichiers, key=lambda f: f.du):
        if fichier.mouvements is not None:
            years[fichier.siren].append(fichier.mouvements)
    reports = pd.concat([find_reports([])] + [find_reports(told) for told in years.values()])
    dossiers = [found[code].dossier if code in found else "" for code in reports[CODE]]
    named = reports.assign(**{DOSSIER: pd.Series(dossiers, index=reports.index, dtype=object)})
    return named[named[DOSSIER] != ""].reset_index(drop=True)


def _taux_of(fichiers: Sequence[Facturation]) -> float:
    """Return what the files bill with VAT, for one before."""
    fecs = [(f.lignes, f.mouvements) for f in fichiers if f.mouvements is not None]
    ht = sum(int(lignes[MONTANT].sum()) for lignes, _ in fecs)
    ttc = sum(int(lines.loc[lines["facture"], "net"].sum()) for _, lines in fecs)
    return ttc / ht if ht > 0 and ttc > 0 else TAUX_USUEL


def _gather(fichiers: Iterable[Facturation]) -> pd.DataFrame:
    """Put the invoices of all files under one another; ``place`` numbers their accounts in a row."""
    frames, start = [], 0
    for rang, fichier in enumerate(fichiers):
        places = fichier.lignes[TIERS] + start
        cells: dict[str, Any] = {PLACE: places, RANG: rang, SOURCE: fichier.fichier}
        frames.append(fichier.lignes.assign(**cells))
        start += len(fichier.tiers)
    columns = [PLACE, RANG, JOUR, PIECE, MONTANT, PAYEE]
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return pd.DataFrame(columns=[*columns, SOURCE], dtype=object)
    return pd.concat(filled, ignore_index=True)


def _group(
    lignes: pd.DataFrame,
    tiers: Sequence[Compte],
    found: Sequence[Rattachement],
    repertoire: Repertoire,
    suggested: int,
) -> tuple[NonRattache, ...]:
    """Gather what has no dossier by account; an account keeps its code from one file to the next."""
    groups = lignes.groupby(COMPTE, sort=False)
    told = groups.agg(place=(PLACE, "first"), montant=(MONTANT, "sum"), factures=(MONTANT, "size"))
    ordered = told.sort_values("montant", ascending=False, kind="stable", key=abs)
    return tuple(
        NonRattache(
            tiers=tiers[place],
            montant=int(montant),
            factures=int(factures),
            rattachement=found[place],
            proche=repertoire.closest(tiers[place]) if rank < suggested else "",
        )
        for rank, (place, montant, factures) in enumerate(ordered.itertuples(index=False))
    )
