"""Read the lines of the scenarios, and say which ones cannot be followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from segxl.domain.anomalies import Anomalie
from segxl.domain.grille import Grille
from segxl.domain.identifiants import key_of
from segxl.domain.saisie import is_error, parse_number
from segxl.domain.simulation import gestes as g
from segxl.domain.simulation.gestes import Geste
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold, join_words
from segxl.domain.valeur.axes import CLASSES
from segxl.domain.valeur.temps import parse_heures

_CENTS = 100
_LEAST_PART = -1.0
_Refus = tuple[str, str, str]
"""The header of a cell, what is wrong with it, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulaire:
    """The words that a line may use."""

    dossiers: Sequence[str]
    segments: Sequence[str]
    grille: Grille
    classes: Sequence[str] = tuple(reversed(CLASSES))
    _known: Mapping[str, Mapping[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        words = {
            g.DOSSIER: self.dossiers,
            g.CLASSE: self.classes,
            g.SEGMENT: self.segments,
            g.ACTION: g.ACTIONS,
        }
        known = {header: {fold(word): word for word in told} for header, told in words.items()}
        criteres = self.grille.criteres
        known[g.QUESTION] = {fold(w): c.libelle for c in criteres for w in (c.code, c.libelle)}
        object.__setattr__(self, "_known", known)

    def find(self, header: str, word: str) -> str | None:
        """Return a word as the workbook spells it; None where it knows none such."""
        return self._known[header].get(fold(word))


def parse_gestes(
    table: Tableau, words: Vocabulaire
) -> tuple[tuple[Geste, ...], tuple[Anomalie, ...]]:
    """Read every line; one that cannot be followed counts for nothing, and is named.

    Parameters
    ----------
    table : Tableau
        The table Scenarios.
    words : Vocabulaire
        The clients, classes, segments and questions that exist.
    """
    gestes: list[Geste] = []
    anomalies: list[Anomalie] = []
    for row, cells in records_of(table.lignes):
        typed = {h: _text(cells.get(h)) for h in g.HEADERS}
        if not any(typed.values()):
            continue
        wrong = [*_find_wrong(typed, words)]
        anomalies += [table.anomalie(h, row, problem, remedy) for h, problem, remedy in wrong]
        if not wrong:
            gestes.append(_geste_of(row, typed, words))
            anomalies += _find_unused(table, row, typed)
    return tuple(gestes), tuple(anomalies)


def parse_part(typed: str) -> float | None:
    """Read a change in percent: « 10 % », 10 and 0,1 are the same; None where it is not one.

    One alone is 1 % as well as 100 %: nobody can tell which.

    >>> [parse_part(v) for v in ("10 %", "80", "0,8", "-5", "1,5", "1 %", "1", "-100 %", "beaucoup")]
    [0.1, 0.8, 0.8, -0.05, 0.015, 0.01, None, -1.0, None]
    """
    number = parse_number(typed)
    if number is None or (abs(number) == 1 and "%" not in typed):
        return None
    return number / 100 if abs(number) > 1 and "%" not in typed else number


def _text(value: object) -> str:
    return "" if value is None else key_of(value)


def _find_wrong(typed: Mapping[str, str], words: Vocabulaire) -> Iterator[_Refus]:
    """Yield what makes a line impossible to follow."""
    for header in g.HEADERS:
        if is_error(typed[header]):
            yield header, "la cellule affiche une erreur d’Excel", "corrigez la formule ou saisissez la valeur"  # fmt: skip
            return
    if not typed[g.SCENARIO]:
        yield g.SCENARIO, "il manque le nom du scénario", "donnez-lui un nom, le même pour toutes ses lignes"  # fmt: skip
    for header in g.QUI:
        if typed[header] and words.find(header, typed[header]) is None:
            yield header, *_unknown(header, words)
    action = words.find(g.ACTION, typed[g.ACTION])
    if action is None:
        yield g.ACTION, "cette action n’existe pas", f"choisissez parmi : {' · '.join(g.ACTIONS)}"
    elif action == g.TRANSMETTRE and not any(typed[h] for h in g.QUI):
        remedy = "dites qui : un dossier, une classe ou un segment"
        yield g.ACTION, "cette ligne transmettrait tous les clients", remedy
    else:
        yield from _find_wrong_figures(action, typed, words)


def _unknown(header: str, words: Vocabulaire) -> tuple[str, str]:
    if header == g.DOSSIER:
        return "ce dossier n’est pas dans la feuille Clients", "corrigez le numéro du client"
    if header == g.CLASSE:
        return "cette classe n’existe pas", f"écrivez {join_words(words.classes, 'ou')}, ou videz la cellule"  # fmt: skip
    return "ce segment n’existe pas", f"choisissez parmi : {' · '.join(words.segments)}"


def _find_wrong_figures(
    action: str, typed: Mapping[str, str], words: Vocabulaire
) -> Iterator[_Refus]:
    """Yield the amounts, the hours and the question that an action needs and cannot read."""
    montant, example = typed[g.MONTANT], "10 %" if action in g.PARTS else "500"
    if action == g.MONTER and words.find(g.QUESTION, typed[g.QUESTION]) is None:
        asked = " · ".join(c.libelle for c in words.grille.criteres)
        problem = "cette question n’est pas dans la grille" if typed[g.QUESTION] else "il manque la question"  # fmt: skip
        yield g.QUESTION, problem, f"choisissez parmi : {asked}"
    if g.MONTANT in g.LUES[action] and not montant:
        yield g.MONTANT, "il manque le montant", f"écrivez par exemple {example}"
    elif action in g.PARTS:
        yield from _find_wrong_part(montant)
    elif g.MONTANT in g.LUES[action] and ("%" in montant or parse_number(montant) is None):
        yield g.MONTANT, "ce montant doit être en euros", f"écrivez par exemple {example}, ou -{example}"  # fmt: skip
    if g.HEURES in g.LUES[action] and typed[g.HEURES] and parse_heures(typed[g.HEURES]) is None:
        yield g.HEURES, "ces heures ne se lisent pas", "écrivez par exemple 2,5"


def _find_wrong_part(montant: str) -> Iterator[_Refus]:
    part = parse_part(montant)
    if parse_number(montant) is not None and part is None:
        problem = "1 se lit 1 % comme 100 %"
        yield g.MONTANT, problem, "écrivez 0,01 pour 1 %, ou 100 pour 100 %"
    elif part is None or "€" in montant:
        yield g.MONTANT, "ce montant doit être un pourcentage", "écrivez par exemple 10 %, ou -10 %"
    elif part < _LEAST_PART:
        yield g.MONTANT, "on ne peut pas baisser de plus de 100 %", "écrivez -100 % au plus"


def _geste_of(row: int, typed: Mapping[str, str], words: Vocabulaire) -> Geste:
    """Build a line in which nothing is wrong."""
    qui = {h: words.find(h, typed[h]) or "" for h in (*g.QUI, g.ACTION)}
    action = qui[g.ACTION]
    read = {h: typed[h] if h in g.LUES[action] else "" for h in (g.MONTANT, g.HEURES, g.QUESTION)}
    part = parse_part(read[g.MONTANT]) if action in g.PARTS else None
    euros = parse_number(read[g.MONTANT]) or 0.0
    return Geste(
        row=row,
        scenario=" ".join(typed[g.SCENARIO].split()),
        dossier=qui[g.DOSSIER],
        classe=qui[g.CLASSE],
        segment=qui[g.SEGMENT],
        action=action,
        montant=float(round(euros * _CENTS)) if part is None else part,
        heures=parse_heures(read[g.HEURES]) or 0.0,
        question=words.find(g.QUESTION, read[g.QUESTION]) or "",
    )


def _find_unused(table: Tableau, row: int, typed: Mapping[str, str]) -> Iterator[Anomalie]:
    """Yield the cells that somebody typed and that the action does not read."""
    action = next(a for a in g.ACTIONS if fold(a) == fold(typed[g.ACTION]))
    for header in (g.MONTANT, g.HEURES, g.QUESTION):
        if typed[header] and header not in g.LUES[action]:
            problem = f"« {action} » ne lit pas « {header} »"
            yield table.anomalie(header, row, problem, "videz la cellule, ou changez l’action")
