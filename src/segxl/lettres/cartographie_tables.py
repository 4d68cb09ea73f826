"""The figures of a client map, as its tables and its charts print them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from segxl.domain.cartographie.carte import Carte
from segxl.domain.cartographie.exercices import Exercice, Ligne
from segxl.domain.cartographie.groupes import (
    A_CLASSER,
    APPORTEURS,
    DORMANTS,
    FIDELES,
    NON_REPARTI,
    NOUVEAUX,
    SIX,
)
from segxl.domain.cartographie.parts import EURO, round_euros
from segxl.lettres import cartographie_mots as mots
from segxl.lettres.dossier import text_of
from segxl.lettres.francais import nombre
from segxl.lettres.graphiques import Serie

DASH = "–"
MOST_OWN, MOST_YEARS = 3, 4
"""Groups of the firm and years that fit on the page."""
MERGED = "Autres groupes"
LONGEST_WORD = 16
COURTS = {
    NOUVEAUX: "Nouveaux", FIDELES: "Fidèles", DORMANTS: "Dormants", APPORTEURS: "Apporteurs",
    A_CLASSER: "À classer", NON_REPARTI: "Non réparties",
}  # fmt: skip
"""What the charts have room for."""
TEINTES_ANNEES = ("C3CDDC", "9DB0CB", "6F8DB5", "3F638F", "1F3A5F")


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


def tiles_of(carte: Carte) -> Iterator[tuple[str, str]]:
    """Yield the four figures on top of the report."""
    last = carte.dernier
    count = len(last.annee.clients)
    yield mots.euros(last.annee.chiffre), "Chiffre d’affaires hors taxes"
    yield nombre(count) if not last.annee.absence else DASH, "Clients facturés" if count != 1 else "Client facturé"  # fmt: skip
    yield _share(carte.part_fideles), "Part des clients fidèles"
    yield _share(last.part_premier), "Part du premier client"


def rows_of(exercice: Exercice) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each group, then of the whole; a last word tells the whole."""
    lignes = merged_lignes(exercice)
    montants = _rounded([ligne.montant for ligne in lignes])
    avants = _rounded([ligne.avant for ligne in lignes])
    for ligne, montant, avant in zip(lignes, montants, avants, strict=True):
        yield (
            text_of(ligne.groupe),
            DASH if ligne.clients is None else nombre(ligne.clients),
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
        nombre(len(exercice.annee.clients)) if not exercice.annee.absence else DASH,
        _euros(montant),
        _share(sum(ligne.part or 0 for ligne in lignes)) if shared else DASH,
        _euros(avant),
        _change(montant, avant),
        "",
    )


def year_of(exercice: Exercice) -> tuple[str, ...]:
    """Return the cells of one year."""
    return (
        exercice.nom,
        str(exercice.annee.mois),
        mots.euros(exercice.annee.chiffre),
        DASH if exercice.annee.absence else nombre(len(exercice.annee.clients)),
        _count(exercice.ligne(NOUVEAUX)),
        _share(exercice.part(FIDELES)),
        _share(exercice.part_premier),
    )


def slices_of(exercice: Exercice) -> list[tuple[str, int]]:
    """Return the groups that have a share; none where they are nobody in particular."""
    shared = [(ligne.groupe, ligne.part) for ligne in merged_lignes(exercice) if ligne.part]
    return shared if {g for g, _ in shared} - {A_CLASSER, NON_REPARTI} else []


def short(groupe: str) -> str:
    """Return the name of a group as a chart has room for.

    >>> short("Clients fidèles"), short("Collectivités territoriales")
    ('Fidèles', 'Collectivités t…')
    """
    name = text_of(COURTS.get(groupe, groupe))
    return name if len(name) <= LONGEST_WORD else f"{name[: LONGEST_WORD - 1].rstrip()}…"


def series_of(carte: Carte) -> tuple[list[str], list[Serie]]:
    """Return the groups that sell and their amounts, year by year.

    With one year to show, what the same customers brought a year earlier stands beside it.
    """
    last = carte.dernier
    shown = carte.side_by_side[-MOST_YEARS:]
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
    return DASH if value is None else nombre(value).replace("-", mots.MINUS)


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
    return DASH if ligne is None or ligne.clients is None else nombre(ligne.clients)
