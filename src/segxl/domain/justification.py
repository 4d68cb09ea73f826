"""Everything that explains one note: contributions, missing answers, rule, roadmap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from segxl.domain.explication import contributions_of, restants_of
from segxl.domain.grille import NOTE_MAX
from segxl.domain.notation import Mesure
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import FIABILITE, Resultats
from segxl.domain.segmentation import Regle, definition_of
from segxl.domain.tableau import record_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one answer brings to the note, in points of 20, and what its best answer would add."""

    code: str
    critere: str
    poids: float
    reponse: object
    niveau: float
    contribution: float
    restant: float
    conseil: str
    origine: str = ""
    """Who gave the answer, when; blank where no line of the table Reponses tells."""

    @property
    def dite(self) -> object:
        """The answer as people read it: where they disagree, the mean of what they say."""
        if not pd.isna(self.reponse):  # type: ignore[call-overload]
            return self.reponse
        mean = f"{self.niveau * NOTE_MAX:.1f}".replace(".", ",")
        return f"désaccord : moyenne de {mean} sur {NOTE_MAX:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Justification:
    """One note, explained. ``note`` is None without an answer; the contributions add up to it."""

    dossier: str
    raison_sociale: str
    note: float | None
    couleur: str
    segment: str
    completude: float | None
    fiabilite: float | None
    note_min: float | None
    note_max: float | None
    enjeu: float | None
    contributions: tuple[Contribution, ...]
    sans_reponse: tuple[str, ...]
    non_applicables: tuple[str, ...]
    regle: str
    definition: str
    """Who the clients of its segment are, in plain words; "" where nobody said."""
    etape_critere: str
    etape_conseil: str
    etape_gain: float | None
    message: str = ""
    """The model of its letter; ``message_par`` tells who chose it."""
    message_par: str = ""
    canal: str = ""
    """By which way the firm goes to it; ``canal_par`` tells who chose it."""
    canal_par: str = ""

    @property
    def feuille_de_route(self) -> tuple[Contribution, ...]:
        """The answers that can still gain, most first; what they gain adds up to 20 less the note."""
        return tuple(sorted((c for c in self.contributions if c.restant), key=lambda c: -c.restant))


def justify_note(resultats: Resultats, reglages: Reglages, row: int) -> Justification:
    """Explain the note of the dossier on one Excel row."""
    line, answers = record_of(resultats.lignes, row), record_of(resultats.dossiers, row)
    niveaux = record_of(resultats.mesure.niveaux, row)
    applicables = record_of(resultats.mesure.applicables, row)
    step = record_of(resultats.etapes, row)
    chosen = next((c for c in reglages.fe.criteres if c.code == step["code"]), None)
    return Justification(
        dossier=str(answers["Dossier"]),
        raison_sociale=str(answers.get("Raison sociale") or ""),
        note=_optional(line["Note FE"]),
        couleur=str(line["Couleur"]),
        segment=str(line["Segment"]),
        completude=_optional(line["Complétude"]),
        fiabilite=_optional(line[FIABILITE]),
        note_min=_optional(line["Note min"]),
        note_max=_optional(line["Note max"]),
        enjeu=_optional(line["Enjeu"]),
        contributions=list_contributions(
            resultats.mesure_of(row), answers, resultats.answers.tell(row)
        ),
        sans_reponse=tuple(
            c.libelle
            for c in reglages.fe.criteres
            if applicables[c.code] and _optional(niveaux[c.code]) is None
        ),
        non_applicables=tuple(c.libelle for c in reglages.fe.criteres if not applicables[c.code]),
        regle=explain_segments(resultats, reglages, [row])[0],
        definition=definition_of(line["Segment"], reglages.regles),
        etape_critere=chosen.libelle if chosen else "",
        etape_conseil=chosen.conseil if chosen else "",
        etape_gain=_optional(step["gain"]) if chosen else None,
    )


def list_contributions(
    mesure: Mesure,
    answers: Mapping[str, object],
    origines: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Contribution, ...]:
    """Split one note; what is left to gain is split likewise, so that both add up to 20.

    Parameters
    ----------
    mesure : Mesure
        One dossier on the grid.
    answers : mapping of str to object
        Its answers, under the libellés of the critères.
    origines : mapping of str to str, optional
        Where they come from, likewise.
    """
    (row,) = mesure.niveaux.index.tolist()
    niveaux = record_of(mesure.niveaux, row)
    won = _numbers(contributions_of(mesure), row)
    left = _numbers(restants_of(mesure), row)
    return tuple(
        Contribution(
            code=c.code,
            critere=c.libelle,
            poids=c.poids,
            reponse=answers[c.libelle],
            niveau=round(_optional(niveaux[c.code]) or 0.0, 4),
            contribution=won[c.code],
            restant=left[c.code],
            conseil=c.conseil,
            origine=origines.get(c.libelle, ""),
        )
        for c in mesure.grille.criteres
        if c.code in won
    )


def most_first(contributions: Iterable[Contribution]) -> list[Contribution]:
    """Sort what makes a note as a reader wants it: what brings most first."""
    return sorted(contributions, key=lambda c: -c.contribution)


def explain_segments(resultats: Resultats, reglages: Reglages, rows: Sequence[int]) -> list[str]:
    """Say for some Excel rows which rule, or which hand, gave the segment."""
    answers, lines = resultats.dossiers.loc[[*rows]], resultats.lignes.loc[[*rows]]
    seen = answers.drop(columns=answers.columns.intersection(lines.columns)).join(lines)
    first: list[Regle | None] = [None] * len(seen)
    for regle in reglages.regles:
        held = regle.holds(seen)
        first = [known or (regle if h else None) for known, h in zip(first, held, strict=True)]
    told = zip(first, lines["Segment"], answers["Motif"], strict=True)
    return [_rule_text(regle, segment, motif) for regle, segment, motif in told]


def _rule_text(regle: Regle | None, segment: object, motif: object) -> str:
    if regle is None or regle.segment != segment:
        return f"segment imposé à la main : {motif}" if motif else "aucune règle ne s’applique"
    return conditions_text(regle)


def conditions_text(regle: Regle) -> str:
    """Say what a rule asks of a client."""
    if regle.is_catch_all:
        return "aucune règle précédente ne s’applique"
    return " et ".join(
        f"« {header} » {'est ' + (c.mot or 'vide') if c.signe == '=' else c}"
        for header, c in regle.conditions.items()
    )


def _numbers(frame: pd.DataFrame, row: int) -> dict[str, float]:
    """Return the numbers of one row, without the missing ones."""
    return {h: n for h, v in record_of(frame, row).items() if (n := _optional(v)) is not None}


def _optional(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]
