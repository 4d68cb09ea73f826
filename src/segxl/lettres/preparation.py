"""Which letter each client gets, and what it may say: everything but the writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from segxl.domain.grille import Critere
from segxl.domain.loi import Loi
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.segmentation import Regle, definition_of
from segxl.domain.tableau import records_of
from segxl.domain.textes import fold
from segxl.lettres.appel import Appel, call_exclusion
from segxl.lettres.champs import Champs
from segxl.lettres.choix import Choix, choose_message
from segxl.lettres.dossier import Dates, ProchaineEtape, champs_of
from segxl.lettres.droit import find_droits
from segxl.lettres.fin_mission import end_fields, end_reserves
from segxl.lettres.noms import file_name
from segxl.lettres.phase import phase_of, phrases_of
from segxl.lettres.relationnel import Relationnel
from segxl.lettres.reserves import ANCIENNETE, MOIS_PAR_DEFAUT, Reserve
from segxl.lettres.vocations import Vocation, vocation_of

DEFAULT_DELAY = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettre:
    """One letter to write: the dossier's row, its segment, its model and its fields."""

    row: int
    segment: str
    modele: str
    choix: Choix
    """Why this model, and by which way."""
    client: Mapping[str, object]
    """The client's row, by header."""
    champs: Champs
    reserves: Mapping[str, Reserve]
    """The fields that may not be printed of this client yet."""
    jour: date
    exclusion: str = ""
    """Why the model does not concern this client; blank where it does."""
    contradictions: tuple[tuple[str, str], ...] = ()
    """What the columns of this client contradict: the column to look at, and the sentence."""

    @property
    def vocation(self) -> Vocation:
        """What its model is for."""
        return vocation_of(self.modele)

    def file_name(self, ext: str) -> str:
        """Name its file; the client may read that name, so it never tells the segment."""
        kind = "" if self.vocation.is_interne else "courrier"
        called = " ".join(filter(None, (kind, self.vocation.sujet, f"du {self.jour:%d-%m-%Y}")))
        return file_name(self.champs.dossier, self.champs.raison_sociale, called, ext)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexte:
    """What all the letters of one run share."""

    resultats: Resultats
    reglages: Reglages
    cabinet: Mapping[str, str]
    loi: Loi
    today: date
    relationnel: Relationnel = field(default_factory=Relationnel)
    is_nommee: bool = False
    """Whether the clients were asked for by name."""
    connus: Mapping[str, str] | None = None
    """The models that there are, by key; None where nobody looked."""


def prepare_lettres(rows: Sequence[int], modele: str, contexte: Contexte) -> Iterator[Lettre]:
    """Yield one letter a client, in the order of ``rows``.

    Parameters
    ----------
    rows : sequence of int
        The Excel rows of the clients asked for.
    modele : str
        The model for them all; blank for that of each client or of its segment, and who has
        neither has no letter.
    contexte : Contexte
        What all the letters share.
    """
    resultats, reglages, loi = contexte.resultats, contexte.reglages, contexte.loi
    regles = {r.segment: r for r in reglages.segments}
    criteres = {c.code: c for c in reglages.fe.criteres}
    phrases = phrases_of(contexte.cabinet)
    asked = resultats.dossiers.loc[[*rows]]
    droits = find_droits(asked, loi, contexte.today, _age_of(reglages))
    # Row by row, pandas would take most of the time of a run.
    lines = zip(
        records_of(asked),
        records_of(resultats.lignes.loc[[*rows]]),
        records_of(resultats.etapes.loc[[*rows]]),
        strict=True,
    )
    for (row, client), (_, result), (_, step) in lines:
        regle = regles.get(str(result["Segment"]))
        choix = choose_message(client, regle, modele, contexte.connus)
        if not choix.modele and not choix.refus:
            continue
        vocation, droit = vocation_of(choix.modele), droits[row]
        dates = _dates_of(contexte, vocation.delai_jours or _delay_of(regle))
        etape = _etape_of(step, criteres)
        told = champs_of(client, _with_lists(result), etape, contexte.cabinet, dates)
        phase = phase_of(client, told.dossier, contexte.relationnel, phrases, contexte.today)
        choix = choix.held_by(phase.refus)
        told = replace(told, **end_fields(client), **droit.champs, **phase.champs)
        yield Lettre(
            row=row,
            segment=str(result["Segment"]),
            modele=choix.modele,
            choix=choix,
            client=client,
            champs=_champs_of(told, client, regle, contexte, is_call=vocation.is_interne),
            reserves={**droit.reserves, **end_reserves(client)},
            jour=contexte.today,
            contradictions=droit.contradictions,
            exclusion=vocation.exclusion(client, droit.reponses, loi, contexte.today)
            or contexte.relationnel.exclusion(vocation.objet, told.dossier)
            or _call_exclusion(vocation, choix, told.dossier, contexte),
        )


def _champs_of(
    champs: Champs,
    client: Mapping[str, object],
    regle: Regle | None,
    contexte: Contexte,
    *,
    is_call: bool,
) -> Champs:
    """Return fields with what the segment and the relation tell; for a call, why and what is known."""
    relation = contexte.relationnel.champs(champs.dossier)
    told = replace(champs, offre=_offre_of(regle), **relation)
    if not is_call:
        return told
    appel = Appel(
        champs=told,
        client=client,
        regle=regle,
        definition=definition_of(champs.segment, contexte.reglages.regles),
        relationnel=contexte.relationnel,
    )
    return replace(told, **appel.fields())


def _call_exclusion(vocation: Vocation, choix: Choix, dossier: str, contexte: Contexte) -> str:
    """Say why a client has no call sheet among those of everybody; whom one names is called."""
    if not (vocation.is_interne and choix.is_demande) or contexte.is_nommee:
        return ""
    return call_exclusion(choix, dossier, contexte.relationnel)


def _age_of(reglages: Reglages) -> float:
    """Return how old the law may be, in months."""
    return reglages.parametre(ANCIENNETE, MOIS_PAR_DEFAUT)


def _delay_of(regle: Regle | None) -> int:
    """Return the days until the next step of a segment."""
    return int((regle and regle.delai_jours) or DEFAULT_DELAY)


def _offre_of(regle: Regle | None) -> str:
    """Return what the firm proposes to a segment; nothing where it proposes nothing."""
    offre = regle.offre if regle else ""
    return "" if fold(offre) in {"", "aucune"} else offre


def _dates_of(contexte: Contexte, delai: int) -> Dates:
    return Dates(
        lettre=contexte.today,
        reception=contexte.loi.value("reception", "date"),
        emission=contexte.loi.value("emission_pme", "date"),
        delai_jours=delai,
    )


def _with_lists(result: Mapping[str, object]) -> dict[str, object]:
    """Return a result with its strengths and weaknesses as lists."""
    words = {
        h: tuple(filter(None, str(result[h]).split(" · ")))
        for h in ("Points forts", "Points faibles")
    }
    return {**result, **words}


def _etape_of(step: Mapping[str, object], criteres: Mapping[str, Critere]) -> ProchaineEtape | None:
    """Return the next step of one dossier; None where nothing is left to gain."""
    critere = criteres.get(str(step["code"]))
    if critere is None:
        return None
    return ProchaineEtape(critere.libelle, critere.conseil, float(str(step["gain"])))
