"""Which letter each client gets, and what it may say: everything but the writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from segxl.domain.loi import Loi
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.segmentation import Regle
from segxl.domain.tableau import record_of
from segxl.lettres.champs import Champs
from segxl.lettres.dossier import Dates, ProchaineEtape, champs_of
from segxl.lettres.droit import Droit, find_droits
from segxl.lettres.noms import file_name
from segxl.lettres.reserves import ANCIENNETE, MOIS_PAR_DEFAUT, Reserve
from segxl.lettres.vocations import Vocation, vocation_of

DEFAULT_DELAY = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettre:
    """One letter to write: the dossier's row, its segment, its model and its fields."""

    row: int
    segment: str
    modele: str
    champs: Champs
    reserves: Mapping[str, Reserve]
    """The fields that may not be printed of this client yet."""
    jour: date
    exclusion: str = ""
    """Why the model does not concern this client; blank where it does."""

    @property
    def vocation(self) -> Vocation:
        """What its model is for."""
        return vocation_of(self.modele)

    def file_name(self, ext: str) -> str:
        """Name its file; the client may read that name, so it never tells the segment."""
        called = " ".join(
            filter(None, ("courrier", self.vocation.sujet, f"du {self.jour:%d-%m-%Y}"))
        )
        return file_name(self.champs.dossier, self.champs.raison_sociale, called, ext)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexte:
    """What all the letters of one run share."""

    resultats: Resultats
    reglages: Reglages
    cabinet: Mapping[str, str]
    loi: Loi
    today: date


def prepare_lettres(rows: Sequence[int], modele: str, contexte: Contexte) -> Iterator[Lettre]:
    """Yield one letter a client, in the order of ``rows``.

    Parameters
    ----------
    rows : sequence of int
        The Excel rows of the clients asked for.
    modele : str
        The model for them all; blank for that of each segment, and a segment without one has no
        letter.
    contexte : Contexte
        What all the letters share.
    """
    resultats, reglages = contexte.resultats, contexte.reglages
    regles = {r.segment: r for r in reglages.segments}
    mois = reglages.parametre(ANCIENNETE, MOIS_PAR_DEFAUT)
    droits = find_droits(resultats.dossiers.loc[[*rows]], contexte.loi, contexte.today, mois)
    for row in rows:
        segment = str(resultats.lignes.at[row, "Segment"])
        regle = regles.get(segment)
        chosen = modele or (regle.modele if regle else "")
        if not chosen:
            continue
        vocation, droit = vocation_of(chosen), droits[row]
        client = record_of(resultats.dossiers, row)
        yield Lettre(
            row=row,
            segment=segment,
            modele=chosen,
            champs=_champs_of(row, client, droit, _delay_of(vocation, regle), contexte),
            reserves=droit.reserves,
            jour=contexte.today,
            exclusion=vocation.exclusion(client, droit.reponses, contexte.loi, contexte.today),
        )


def _delay_of(vocation: Vocation, regle: Regle | None) -> int:
    """Return the days until the next step: the model's, else the segment's."""
    return vocation.delai_jours or int((regle and regle.delai_jours) or DEFAULT_DELAY)


def _champs_of(
    row: int, client: Mapping[str, object], droit: Droit, delai: int, contexte: Contexte
) -> Champs:
    """Return everything that one letter may print."""
    result = record_of(contexte.resultats.lignes, row)
    words = {
        h: tuple(filter(None, str(result[h]).split(" · ")))
        for h in ("Points forts", "Points faibles")
    }
    dates = Dates(
        lettre=contexte.today,
        reception=contexte.loi.value("reception", "date"),
        emission=contexte.loi.value("emission_pme", "date"),
        delai_jours=delai,
    )
    etape = _etape_of(row, contexte)
    champs = champs_of(client, result | words, etape, contexte.cabinet, dates)
    return replace(champs, **droit.champs)


def _etape_of(row: int, contexte: Contexte) -> ProchaineEtape | None:
    step = record_of(contexte.resultats.etapes, row)
    critere = {c.code: c for c in contexte.reglages.fe.criteres}.get(str(step["code"]))
    if critere is None:
        return None
    return ProchaineEtape(critere.libelle, critere.conseil, float(str(step["gain"])))
