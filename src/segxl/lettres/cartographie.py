"""The client map: one Word report of two pages a company, its two charts drawn by Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from jinja2 import Template

from segxl.domain.cartographie.carte import Carte, Niveau
from segxl.domain.cartographie.exercices import Exercice, Ligne
from segxl.domain.cartographie.groupes import (
    A_CLASSER,
    FIDELES,
    NON_REPARTI,
    NOUVEAUX,
    SIX,
    teintes_of,
)
from segxl.domain.cartographie.parts import EURO, round_euros
from segxl.lettres import cartographie_mots as mots
from segxl.lettres.champs import Champs
from segxl.lettres.dossier import text_of
from segxl.lettres.environnement import letter_environment
from segxl.lettres.francais import nombre, typographie
from segxl.lettres.gabarit import read_gabarit, restore
from segxl.lettres.graphiques import Serie, columns_xml, ring_xml
from segxl.lettres.paquet import Membre, pack, read_parts, unpack
from segxl.lettres.sceau import PROPERTIES, seal_of
from segxl.shipped import shipped_path

MODELE = "templates/cartographie/cartographie.docx"
RING, COLUMNS = "word/charts/chart1.xml", "word/charts/chart2.xml"
DASH = "–"
MOST_OWN, MOST_YEARS, MOST_LIMITS = 4, 5, 4
"""Groups of the firm, years and reserves that fit on two pages."""
MERGED = "Autres groupes"
TEINTES_ANNEES = ("C3CDDC", "9DB0CB", "6F8DB5", "3F638F", "1F3A5F")
NIVEAUX = {
    Niveau.ROUGE: "F8D3D0", Niveau.ORANGE: "FCE5C8", Niveau.VERT: "D6EDDD", Niveau.INCONNU: "E5E9EF",
}  # fmt: skip
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeleCartographie:
    """The shipped model, compiled once for all the reports of a run."""

    templates: Mapping[str, Template]
    properties: Template
    membres: tuple[Membre, ...]

    @classmethod
    def read(cls) -> Self:
        """Read and compile the shipped model."""
        gabarit = read_gabarit(shipped_path(MODELE))
        env = letter_environment()
        core = dict(read_parts(gabarit.package))[PROPERTIES]
        return cls(
            templates={name: env.from_string(xml) for name, xml in gabarit.parts.items()},
            properties=env.from_string(core.decode()),
            membres=unpack(gabarit.package),
        )

    @property
    def sealed(self) -> frozenset[str]:
        """The parts that change from one client to the next, which the seal covers."""
        return frozenset({*self.templates, RING, COLUMNS})

    def render(self, champs: Champs, carte: Carte) -> bytes:
        """Return one report; equal maps give equal bytes."""
        context = context_of(champs, carte)
        texts = {name: restore(t.render(context)) for name, t in self.templates.items()}
        parts = {name: (_DECLARATION + xml).encode() for name, xml in texts.items()}
        parts |= {name: xml.encode() for name, xml in charts_of(carte).items()}
        seal = seal_of(champs.dossier, parts)
        parts[PROPERTIES] = self.properties.render(sceau=seal).encode()
        moving = {name: Membre.of(name, content) for name, content in parts.items()}
        return pack(moving.get(m.name, m) for m in self.membres)


def context_of(champs: Champs, carte: Carte) -> dict[str, Any]:
    """Return everything that one report prints; no customer is ever named."""
    last = carte.dernier
    limits = [*mots.limits(carte)]
    told = [*limits[:MOST_LIMITS]]
    if len(limits) > MOST_LIMITS:
        told.append("D’autres réserves figurent dans les faits relevés par le cabinet.")
    return champs.as_context() | {
        "exercice": last.nom,
        "periode": mots.periode(carte.exercices[0].annee.debut, last.annee.fin),
        "essentiel": _typeset(mots.lead(carte)),
        "tuiles": [(typographie(value), label) for value, label in _tiles(carte)],
        "groupes": [*_rows(last)],
        "avant": carte.precedent.nom if carte.precedent and last.is_compare else "",
        "graphiques": bool(_slices(last)),
        "annees": [_year(e) for e in carte.exercices[-MOST_YEARS:]],
        "questions": [_typeset(pair) for pair in mots.questions(carte)],
        "points": [
            (titre, typographie(told), niveau.value, NIVEAUX[niveau])
            for titre, told, niveau in mots.points(carte)
        ],
        "plan": [_typeset(line) for line in mots.plan(carte)],
        "limites": _typeset(told),
        "insee": typographie(mots.INSEE),
    }


def charts_of(carte: Carte) -> dict[str, str]:
    """Return the two chart parts; empty charts where nothing can be shared."""
    last = carte.dernier
    slices = _slices(last)
    teintes = teintes_of(g for g, _ in slices)
    words = [text_of(f"{g} : {mots.pourcent(part, 1)}") for g, part in slices]
    ring = ring_xml([typographie(w) for w in words], [*teintes.values()], [p / 1000 for _, p in slices])  # fmt: skip
    names, series = _series(carte)
    return {RING: ring, COLUMNS: columns_xml([text_of(n) for n in names], series)}


def merged_lignes(exercice: Exercice) -> tuple[Ligne, ...]:
    """Return the lines that fit on the page: past four groups of the firm, the others are one."""
    ours = (*SIX, A_CLASSER, NON_REPARTI)
    own = [ligne for ligne in exercice.lignes if ligne.groupe not in ours]
    if len(own) <= MOST_OWN:
        return exercice.lignes
    rest = own[MOST_OWN - 1 :]
    one = Ligne(
        groupe=f"{MERGED} ({len(rest)})",
        clients=_sum(ligne.clients for ligne in rest),
        montant=_sum(ligne.montant for ligne in rest),
        part=_sum(ligne.part for ligne in rest),
        avant=_sum(ligne.avant for ligne in rest),
        part_avant=_sum(ligne.part_avant for ligne in rest),
    )
    kept = [ligne for ligne in exercice.lignes if ligne not in rest]
    place = kept.index(own[MOST_OWN - 2]) + 1
    return (*kept[:place], one, *kept[place:])


def _sum(values: Iterable[int | None]) -> int | None:
    known = [*values]
    return None if None in known else sum(v for v in known if v is not None)


def _tiles(carte: Carte) -> Iterator[tuple[str, str]]:
    """Yield the four figures on top of the report."""
    last = carte.dernier
    count = len(last.annee.clients)
    yield mots.euros(last.annee.chiffre), "Chiffre d’affaires hors taxes"
    yield str(count) if not last.annee.absence else DASH, "Clients facturés" if count != 1 else "Client facturé"  # fmt: skip
    yield _share(carte.part_fideles), "Part des clients fidèles"
    yield _share(last.part_premier), "Part du premier client"


def _rows(exercice: Exercice) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each group, then of the whole; a last word tells the whole."""
    lignes = merged_lignes(exercice)
    montants = _rounded([ligne.montant for ligne in lignes])
    avants = _rounded([ligne.avant for ligne in lignes])
    for ligne, montant, avant in zip(lignes, montants, avants, strict=True):
        yield (
            text_of(ligne.groupe),
            DASH if ligne.clients is None else str(ligne.clients),
            _euros(montant),
            _share(ligne.part),
            _euros(avant),
            "nouveau" if ligne.is_nouveau else _change(montant, avant),
            _points(ligne.points),
        )
    montant, avant = _known(montants), _known(avants)
    shared = any(ligne.part for ligne in lignes)
    yield (
        "Ensemble",
        str(len(exercice.annee.clients)) if not exercice.annee.absence else DASH,
        _euros(montant),
        _share(sum(ligne.part or 0 for ligne in lignes)) if shared else DASH,
        _euros(avant),
        _change(montant, avant),
        "",
    )


def _year(exercice: Exercice) -> tuple[str, ...]:
    """Return the cells of one year."""
    return (
        exercice.nom,
        str(exercice.annee.mois),
        mots.euros(exercice.annee.chiffre),
        DASH if exercice.annee.absence else str(len(exercice.annee.clients)),
        _count(exercice.ligne(NOUVEAUX)),
        _share(exercice.part(FIDELES)),
        _share(exercice.part_premier),
    )


def _slices(exercice: Exercice) -> list[tuple[str, int]]:
    """Return the groups that have a share."""
    return [(ligne.groupe, ligne.part) for ligne in merged_lignes(exercice) if ligne.part]


def _series(carte: Carte) -> tuple[list[str], list[Serie]]:
    """Return the groups that sell and their amounts, year by year.

    With one year to show, what the same customers brought a year earlier stands beside it.
    """
    last = carte.dernier
    shown = [e for e in carte.exercices if e.is_classe][-MOST_YEARS:] or [last]
    columns = [(e.nom, {x.groupe: x.montant or 0 for x in merged_lignes(e)}) for e in shown]
    if len(shown) == 1 and last.is_compare and carte.precedent:
        before = {x.groupe: x.avant or 0 for x in merged_lignes(last)}
        columns.insert(0, (f"Les mêmes clients en {carte.precedent.nom}", before))
    names = [*dict.fromkeys(g for _, amounts in columns for g in amounts)]
    names = [g for g in names if any(amounts.get(g) for _, amounts in columns)]
    teintes = TEINTES_ANNEES[-len(columns) :]
    if len(columns) > 1:
        teintes = (*TEINTES_ANNEES[1 : len(columns)], TEINTES_ANNEES[-1])
    series = [
        Serie(nom=nom, teinte=teinte, valeurs=[amounts.get(g, 0) / EURO for g in names])
        for (nom, amounts), teinte in zip(columns, teintes, strict=True)
    ]
    return names, series


def _rounded(cents: Sequence[int | None]) -> list[int | None]:
    """Round the amounts that are known, so that they add up to their total."""
    known = iter(round_euros([c for c in cents if c is not None]))
    return [None if c is None else next(known) for c in cents]


def _known(euros: Sequence[int | None]) -> int | None:
    told = [e for e in euros if e is not None]
    return sum(told) if told else None


def _euros(value: int | None) -> str:
    return DASH if value is None else nombre(value)


def _change(value: int | None, before: int | None) -> str:
    if value is None or before is None:
        return DASH
    return _signed(value - before, nombre(abs(value - before)))


def _points(tenths: int | None) -> str:
    return DASH if tenths is None else _signed(tenths, nombre(abs(tenths) / 10, 1))


def _signed(value: int, text: str) -> str:
    return f"{'+' if value > 0 else mots.MINUS if value < 0 else ''}{text}"


def _share(tenths: int | None) -> str:
    return DASH if tenths is None else mots.pourcent(tenths, 1)


def _count(ligne: Ligne | None) -> str:
    return DASH if ligne is None or ligne.clients is None else str(ligne.clients)


def _typeset(texts: Iterable[str]) -> list[str]:
    return [typographie(text_of(text)) for text in texts]
