"""The figures of a scenario as a page shows them: before, after, the gap, and how to read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from segxl.domain.simulation.essai import Essai
from segxl.domain.simulation.gestes import signed
from segxl.domain.simulation.portrait import SANS_CLASSE

EURO = 100
DECIMALES = {"€": 2, "%": 1, "h": 1, "/20": 1}
INCHANGE, ND = "inchangé", "n.d."
SEUILS_D_AVANT = "avec les seuils d’avant le scénario"
PARTAGE = "part refaite sur les honoraires qui restent"
MONTANT_SEUL = "départs et montants seuls : aucune facture n’est simulée"
SANS_MOYEN = "honoraires ou temps inconnus"
COUT_EVITE = "économisés seulement si ces heures sont réemployées ou ne sont plus payées"
PLUS_PERSONNE = "n.d. : il ne reste aucun client"
SANS_HONORAIRES = "n.d. : aucun honoraire connu"
SANS_TEMPS = "n.d. : aucun temps connu, remplissez la feuille Temps"
SANS_NOTE = "n.d. : aucun client n’a encore de note"
SANS_POSITIF = "n.d. : honoraires nuls ou négatifs"
SANS_MARGE = "n.d. : aucun client dont honoraires et temps sont connus"
_PLURAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One figure; ``avant``, ``apres`` and ``ecart`` are in ``unite``, None where not known."""

    mesure: str
    unite: str
    avant: float | None
    apres: float | None
    lecture: str = ""

    @property
    def ecart(self) -> float | None:
        """What the scenario changes."""
        if self.avant is None or self.apres is None:
            return None
        return round(self.apres - self.avant, 2) or 0.0

    @property
    def change(self) -> str:
        r"""The gap in words, without cents; a rate moves by points.

        >>> Ligne(mesure="Taux", unite="%", avant=30, apres=40).change
        '+10\xa0points'
        >>> Ligne(mesure="Marge", unite="€", avant=None, apres=40).change
        'n.d.'
        """
        if self.ecart is None:
            return ND
        if self.unite == "%":
            return signed(self.ecart, "points" if abs(self.ecart) >= _PLURAL else "point")
        return signed(round(self.ecart) if self.unite == "€" else self.ecart, self.unite)


def tell_absents(count: int) -> str:
    """Say who is not in the figures.

    >>> tell_absents(1), tell_absents(15)
    ('1 client parti ou à venir n’est pas compté', '15 clients partis ou à venir ne sont pas comptés')
    """
    if count == 1:
        return "1 client parti ou à venir n’est pas compté"
    return f"{count} clients partis ou à venir ne sont pas comptés"


def list_lignes(essai: Essai) -> tuple[Ligne, ...]:
    """Write the figures of one scenario: clients, money, hours, classes, notes."""
    return (*_lignes_of_valeur(essai), *_lignes_of_classes(essai), *_lignes_of_notes(essai))


def _lignes_of_valeur(essai: Essai) -> Iterator[Ligne]:
    a, b = essai.avant, essai.apres
    left = a.clients - b.clients
    told = f"{left} client{'s' if left > 1 else ''} de moins" if left else INCHANGE
    told += f" ; {tell_absents(essai.absents)}" if essai.absents else ""
    yield Ligne(mesure="Clients", unite="", avant=a.clients, apres=b.clients, lecture=told)
    yield _euros(essai, "Honoraires", (a.honoraires, b.honoraires), SANS_HONORAIRES)
    cost = _euros(essai, "Coût", (a.cout, b.cout), SANS_TEMPS)
    is_spared = bool(cost.ecart and cost.ecart < 0)
    yield _with(cost, f"{cost.lecture} ; {COUT_EVITE}") if is_spared else cost
    margin = _euros(essai, "Marge", (a.marge, b.marge), SANS_MARGE)
    among = (
        f"sur {b.connus} client{'s' if b.connus > 1 else ''} dont honoraires et temps sont connus"
    )
    yield _with(margin, f"{margin.lecture} ; {among}") if 0 < b.connus < b.clients else margin
    yield _taux(essai)
    hours = _ligne(essai, "Heures", "h", (a.heures, b.heures), SANS_TEMPS)
    moved = hours.ecart or 0
    freed = f"{signed(moved, 'h')[1:]} libérées" if moved < 0 else f"{signed(moved, 'h')} à trouver"
    yield _with(hours, freed) if moved else hours


def _taux(essai: Essai) -> Ligne:
    """Return the margin rate, in percent; its gap is in points."""
    before, after = (x.taux and 100 * x.taux for x in (essai.avant, essai.apres))
    is_known = essai.avant.connus and essai.apres.connus
    unknown = SANS_POSITIF if is_known else SANS_MARGE
    ligne = _ligne(essai, "Taux de marge", "%", (before, after), unknown)
    if not ligne.ecart:
        return ligne
    return _with(ligne, ligne.change)


def _lignes_of_classes(essai: Essai) -> Iterator[Ligne]:
    a, b = essai.avant, essai.apres
    unknown = a.classes[SANS_CLASSE]
    for name, count in a.classes.items():
        if not unknown if name == SANS_CLASSE else unknown == a.clients:
            continue
        mesure = f"Clients en classe {name}" if name else "Clients sans classe"
        told = INCHANGE if count == b.classes[name] else SEUILS_D_AVANT
        yield Ligne(
            mesure=mesure,
            unite="",
            avant=count,
            apres=b.classes[name],
            lecture=told if name else SANS_MOYEN,
        )
    yield from _lignes_of_counts("Clients {} (ABC)", a.abc, b.abc, PARTAGE)
    yield from _lignes_of_counts("Clients {} sur 15 (RFM)", a.rfm, b.rfm, MONTANT_SEUL)


def _lignes_of_counts(
    mesure: str, before: Mapping[str, int], after: Mapping[str, int], moved: str
) -> Iterator[Ligne]:
    """Yield one row a class of a method that knows at least one client."""
    if any(before.values()):
        for name, count in before.items():
            told = INCHANGE if count == after[name] else moved
            yield Ligne(mesure=mesure.format(name), unite="", avant=count, apres=after[name], lecture=told)  # fmt: skip


def _lignes_of_notes(essai: Essai) -> Iterator[Ligne]:
    """Yield the mean note; where answers rose, the colours and segments that gain or lose clients."""
    a, b = essai.avant, essai.apres
    yield _ligne(essai, "Note FE moyenne", "/20", (a.note, b.note), SANS_NOTE)
    if not essai.montees:
        return
    for kind, before, after in (
        ("Clients en", a.couleurs, b.couleurs),
        ("Segment", a.segments, b.segments),
    ):
        for word in dict.fromkeys((*before, *after)):
            counts = before.get(word, 0), after.get(word, 0)
            if counts[0] != counts[1]:
                yield Ligne(mesure=f"{kind} {word}", unite="", avant=counts[0], apres=counts[1])


def _euros(essai: Essai, mesure: str, cents: tuple[int | None, int | None], unknown: str) -> Ligne:
    """Return an amount; its change is told in percent."""
    before, after = (None if value is None else value / EURO for value in cents)
    ligne = _ligne(essai, mesure, "€", (before, after), unknown)
    if before and before > 0 and ligne.ecart:
        return _with(ligne, signed(round(100 * ligne.ecart / before, 1), "%"))
    return ligne


def _ligne(
    essai: Essai,
    mesure: str,
    unite: str,
    values: tuple[float | None, float | None],
    unknown: str,
) -> Ligne:
    """Return a figure as it is shown; where one side is not known, why."""
    digits = DECIMALES[unite]
    before, after = (None if value is None else round(value, digits) for value in values)
    told = "" if before != after else INCHANGE
    if before is None or after is None:
        told = unknown if essai.apres.clients or not essai.avant.clients else PLUS_PERSONNE
    return Ligne(mesure=mesure, unite=unite, avant=before, apres=after, lecture=told)


def _with(ligne: Ligne, lecture: str) -> Ligne:
    return replace(ligne, lecture=lecture.removeprefix(" ; "))
