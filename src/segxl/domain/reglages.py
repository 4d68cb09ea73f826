"""The firm's policy as the workbook holds it: grids, colours, rules, settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from segxl.domain.anomalies import Anomalie
from segxl.domain.couleurs import Couleur
from segxl.domain.grille import ENJEU, FE, Critere, Grille
from segxl.domain.lecture_grille import MESURE_PAR, parse_grilles
from segxl.domain.lecture_segments import (
    DEFINITION,
    find_unknown_reponses,
    parse_couleurs,
    parse_regles,
)
from segxl.domain.saisie import parse_number
from segxl.domain.segmentation import Regle
from segxl.domain.tableau import Tableau
from segxl.domain.textes import fold

REGLES_CANNOT_READ = (
    "Segment", "Prochaine étape", "Fiabilité", "Points forts", "Points faibles", "Calculé le",
)  # fmt: skip
"""Results that are decided after the segment: a rule on them would wait for itself."""
CLAUSES_CANNOT_READ = (
    *REGLES_CANNOT_READ, "Note FE", "Couleur", "Complétude", "Note min", "Note max", ENJEU,
)  # fmt: skip
"""Every result: a question that depends on the last run would change the note at the next."""
POLICY_HEADERS = {
    "Criteres": ("Code", "Critère", "Grille", "Famille", "Type", "Poids", "Effort", "Conseil", "Applicable si", "Périmé après (mois)"),
    "Baremes": ("Code", "Réponse", "À partir de", "Points"),
    "Couleurs": ("Couleur", "Note à partir de", "Fond", "Texte"),
    "Segments": ("Ordre", "Segment", "Teinte", "Modèle", "Canal", "Action", "Offre", "Délai (jours)"),
    "Parametres": ("Paramètre", "Valeur"),
}  # fmt: skip
OPTIONAL = (MESURE_PAR, DEFINITION)
"""Columns of the policy that workbooks made before them lack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglages:
    """Everything that turns a client row into a note, a colour and a segment."""

    grilles: tuple[Grille, ...]
    couleurs: tuple[Couleur, ...]
    regles: tuple[Regle, ...]
    parametres: Mapping[str, object]

    @property
    def fe(self) -> Grille:
        """The grid that gives the main note."""
        return self.grille(FE)

    def grille(self, nom: str) -> Grille:
        """Return one grid; one without critères where the firm keeps none of that name."""
        return next((g for g in self.grilles if g.nom == nom), Grille(nom=nom, criteres=()))

    @property
    def others(self) -> tuple[Grille, ...]:
        """The further grids of the firm: neither FE nor Enjeu."""
        return tuple(g for g in self.grilles if g.nom not in {FE, ENJEU})

    @property
    def criteres(self) -> tuple[Critere, ...]:
        """The critères of every grid."""
        return tuple(c for g in self.grilles for c in g.criteres)

    @property
    def segments(self) -> tuple[Regle, ...]:
        """One rule per segment, the first of each, in order."""
        firsts: dict[str, Regle] = {}
        for regle in self.regles:
            firsts.setdefault(regle.segment, regle)
        return tuple(firsts.values())

    def parametre(self, nom: str, default: float) -> float:
        """Return one numeric setting, or its default where it is blank or unreadable."""
        value = {fold(k): v for k, v in self.parametres.items()}.get(fold(nom))
        number = None if value is None else parse_number(value)
        return default if number is None else number


def parse_reglages(
    tables: Mapping[str, Tableau], clients: Tableau
) -> tuple[Reglages | None, tuple[Anomalie, ...]]:
    """Build the policy from its tables; None where a table lacks a header.

    Parameters
    ----------
    tables : mapping of str to Tableau
        The tables named in ``POLICY_HEADERS``.
    clients : Tableau
        The clients, whose headers the grid and the rules name.
    """
    named = {
        name: tables[name].canonical((*headers, *OPTIONAL))
        for name, headers in POLICY_HEADERS.items()
    }
    missing = [
        a for name, headers in POLICY_HEADERS.items() for a in named[name].find_missing(headers)
    ]
    if missing:
        return None, tuple(missing)
    grilles, wrong_grilles = parse_grilles(named["Criteres"], named["Baremes"])
    couleurs, wrong_couleurs = parse_couleurs(named["Couleurs"])
    headers = clients.canonical([c.libelle for g in grilles for c in g.criteres]).letters
    readable = [h for h in headers if fold(h) not in map(fold, REGLES_CANNOT_READ)]
    segments = named["Segments"].canonical(readable).canonical(POLICY_HEADERS["Segments"])
    regles, wrong_regles = parse_regles(segments, readable)
    lignes = named["Parametres"].lignes
    reglages = Reglages(
        grilles=grilles,
        couleurs=couleurs,
        regles=regles,
        parametres={str(p): v for p, v in zip(lignes["Paramètre"], lignes["Valeur"], strict=True)},
    )
    return reglages, (
        *wrong_grilles,
        *find_unknown_clauses(named["Criteres"], grilles, clients.letters),
        *wrong_couleurs,
        *wrong_regles,
        *find_unknown_reponses(segments, regles, grilles),
    )


def find_unknown_clauses(
    table: Tableau, grilles: Sequence[Grille], clients: Iterable[str]
) -> Iterator[Anomalie]:
    """Yield the « Applicable si » that read a column nobody types in Clients."""
    results = {*CLAUSES_CANNOT_READ, *(g.note_header for g in grilles)}
    known = set(map(fold, clients)) - set(map(fold, results))
    rows = {fold(code): row for row, code in table.lignes["Code"].dropna().items()}
    for critere in (c for g in grilles for c in g.criteres):
        if critere.applicable_si and fold(critere.applicable_si.header) not in known:
            yield table.anomalie(
                "Applicable si", rows[fold(critere.code)],
                f"« {critere.applicable_si.header} » n’est pas une colonne que l’on remplit dans Clients",
                "reprenez l’intitulé exact d’une colonne à remplir du tableau Clients", blocking=True,
            )  # fmt: skip
