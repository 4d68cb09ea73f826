"""One segment for the team: its rule, its figures, who it is, what it is offered, how to speak to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from segxl.domain.justification import conditions_text
from segxl.domain.reglages import Reglages
from segxl.domain.segmentation import Regle, definition_of
from segxl.domain.segments import clientele as c
from segxl.domain.segments.offres import Offre
from segxl.domain.segments.rendement import Rendement
from segxl.domain.segments.vigilance import Alerte
from segxl.domain.tableau import records_of
from segxl.domain.valeur import releve as v

NOM, CANAL, OPPOSE, GROUPE, ETAPE = "nom", "canal", "oppose", "segment", "etape"


class Eligible(NamedTuple):
    """One client to whom an offer may be made, and how; its own channel wins over the others."""

    dossier: str
    nom: str
    honoraires: float | None
    """In euros; None where unknown."""
    classe: str
    canal: str


class EtapeCommune(NamedTuple):
    """The next step that most clients of a segment have in common."""

    texte: str
    clients: int
    sur: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that the page of one segment tells."""

    nom: str
    definition: str
    """Who they are, in plain words; "" where nobody said."""
    regles: tuple[str, ...]
    """Each way into the segment, in words."""
    regle: Regle | None
    rendement: Rendement
    offres: tuple[Offre, ...]
    eligibles: Mapping[int, tuple[Eligible, ...]]
    """Row of an offer → the clients it may be made to."""
    opposes: int
    """Clients of the segment who refuse commercial offers."""
    premiers: tuple[Eligible, ...]
    """The clients of the segment, the most fees first."""
    etape: EtapeCommune | None
    alertes: tuple[Alerte, ...]


def find_eligibles(lignes: pd.DataFrame, offre: Offre, canal: str) -> tuple[Eligible, ...]:
    """Return to whom an offer may be made: the clients of its segment and class who accept offers.

    Parameters
    ----------
    lignes : DataFrame
        The clients, see :func:`build_pages`.
    offre : Offre
        What is offered; to nobody where it is nothing.
    canal : str
        The channel of the segment, where neither the client nor the offer has one.
    """
    if not offre.is_offered:
        return ()
    asked = (lignes[GROUPE] == offre.segment) & lignes[c.PRESENT] & ~lignes[OPPOSE]
    if offre.classe:
        asked &= lignes[v.ABCD] == offre.classe
    return tuple(_list(lignes[asked], offre.canal or canal))


def build_pages(
    lignes: pd.DataFrame,
    rendements: Sequence[Rendement],
    offres: Sequence[Offre],
    reglages: Reglages,
    alertes: Sequence[Alerte],
) -> Iterator[Page]:
    """Yield the page of each segment measured.

    Parameters
    ----------
    lignes : DataFrame
        One row a client: the columns of ``releve.lignes`` and of ``clientele``; ``segment``,
        ``nom``, ``canal`` ("" where it has none of its own), ``oppose``, and ``etape``, its next
        step in words, "" where there is none.
    rendements : sequence of Rendement
        One a segment.
    offres : sequence of Offre
        All of them.
    reglages : Reglages
        The rules.
    alertes : sequence of Alerte
        Those of every segment.
    """
    rules = {r.segment: r for r in reglages.segments}
    for rendement in rendements:
        nom = rendement.nom
        regle = rules.get(nom)
        canal = regle.canal if regle else ""
        theirs = tuple(o for o in offres if o.segment == nom)
        here = lignes[(lignes[GROUPE] == nom) & lignes[c.PRESENT]]
        usual = next((o.canal for o in theirs if o.canal), canal)
        yield Page(
            nom=nom,
            definition=definition_of(nom, reglages.regles),
            regles=tuple(conditions_text(r) for r in reglages.regles if r.segment == nom),
            regle=regle,
            rendement=rendement,
            offres=theirs,
            eligibles={o.row: find_eligibles(lignes, o, canal) for o in theirs},
            opposes=int(here[OPPOSE].sum()),
            premiers=tuple(_list(here, usual)),
            etape=_commonest(here[ETAPE]),
            alertes=tuple(a for a in alertes if a.segment == nom),
        )


def _list(lignes: pd.DataFrame, canal: str) -> Iterator[Eligible]:
    """Yield clients, the most fees first, then by number; those whose fees nobody knows come last."""
    ordered = lignes.sort_values("dossier", kind="stable")
    ordered = ordered.sort_values(v.HONORAIRES, ascending=False, kind="stable", na_position="last")
    for _, cells in records_of(ordered):
        fees = cells[v.HONORAIRES]
        yield Eligible(
            dossier=str(cells["dossier"]),
            nom=str(cells[NOM]),
            honoraires=None if pd.isna(fees) else float(str(fees)) / 100,  # type: ignore[call-overload]
            classe=str(cells[v.ABCD]),
            canal=str(cells[CANAL]) or canal,
        )


def _commonest(etapes: pd.Series) -> EtapeCommune | None:
    """Return the step that most share; of several, the first by its words."""
    counts = etapes[etapes != ""].value_counts().sort_index()
    if counts.empty:
        return None
    return EtapeCommune(str(counts.idxmax()), int(counts.max()), len(etapes))
