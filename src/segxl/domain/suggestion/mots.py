"""A group in plain French: its name, where it stands, a rule to try, one thing to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from segxl.domain.textes import join_words

CHIFFRES = NOTE, ENJEU, HONORAIRES, TAUX, HEURES = ("note FE", "enjeu", "honoraires", "taux de marge", "heures")  # fmt: skip
"""The figures that groups are made from."""
BAS, MILIEU, HAUT = -1, 0, 1
WORDS: Mapping[str, tuple[str, str]] = {
    HONORAIRES: ("petits honoraires", "gros honoraires"),
    TAUX: ("faible marge", "forte marge"),
    HEURES: ("peu d’heures", "beaucoup d’heures"),
    NOTE: ("note FE basse", "note FE haute"),
    ENJEU: ("faible enjeu", "fort enjeu"),
}
"""What a group is called for a low and for a high figure, in the order of its name."""
ORDINARY = "profil moyen"
COLUMNS: Mapping[str, str] = {HONORAIRES: "Honoraires annuels", NOTE: "Note FE", ENJEU: "Enjeu"}
"""The columns of Clients that a rule of the sheet Segments may read."""
PLACES = {BAS: "Plutôt bas", MILIEU: "Au milieu", HAUT: "Plutôt haut"}
FEW = 5
"""Clients under which a segment of one’s own is too much work."""
TOO_FEW = "Trop peu de clients pour un segment : les suivre un par un."
Niveaux = Mapping[str, int]
HINTS: Sequence[tuple[Niveaux, str]] = (
    ({HONORAIRES: HAUT, NOTE: BAS}, "À rencontrer d’abord : ils comptent pour le cabinet et ne sont pas prêts."),
    ({TAUX: BAS, HEURES: HAUT}, "Regarder où passe le temps, puis revoir le prix ou le travail demandé."),
    ({TAUX: BAS}, "Comparer les honoraires au temps passé, dans la feuille Valeur, avant toute nouvelle offre."),
    ({NOTE: BAS, HONORAIRES: BAS}, "À préparer en nombre : une réunion commune et un outil simple, le même pour tous."),
    ({NOTE: BAS}, "Prendre rendez-vous pour choisir l’outil et la plateforme."),
    ({NOTE: HAUT, TAUX: HAUT}, "À fidéliser : un témoignage, un parrainage, un service de plus."),
    ({NOTE: HAUT}, "Prêts ou presque : leur proposer l’étape suivante, par exemple un suivi de gestion."),
    ({TAUX: HAUT}, "À garder : tenir le niveau de service et prendre de leurs nouvelles."),
    ({HONORAIRES: HAUT, HEURES: HAUT}, "Un interlocuteur attitré, et regarder quelles tâches se répètent chez eux."),
    ({HEURES: HAUT}, "Regarder quelles tâches se répètent, et ce que l’outil pourrait faire à leur place."),
    ({ENJEU: HAUT}, "À suivre de près : une erreur y coûterait cher."),
    ({HONORAIRES: HAUT}, "Un interlocuteur attitré, et un rendez-vous par an au moins."),
    ({HONORAIRES: BAS}, "Un service en nombre : mêmes outils, mêmes étapes, échanges groupés."),
    ({HEURES: BAS}, "Peu de travail : vérifier une fois par an que rien ne manque à ces clients."),
    ({ENJEU: BAS}, "Peu de risque : le service courant du cabinet suffit."),
    ({}, "Rien ne les distingue : le service courant du cabinet."),
)  # fmt: skip
"""What to do of a group that stands so; the first that fits is told."""


def name_of(niveaux: Niveaux) -> str:
    """Return the name of a group, from where its medians stand.

    >>> name_of({HONORAIRES: BAS, NOTE: BAS, TAUX: HAUT, HEURES: MILIEU}), name_of({NOTE: MILIEU})
    ('Petits honoraires, forte marge, note FE basse', 'Profil moyen')
    """
    told = [pair[niveaux[x] == HAUT] for x, pair in WORDS.items() if niveaux.get(x, MILIEU)]
    name = ", ".join(told) or ORDINARY
    return name[0].upper() + name[1:]


def tell_apart(names: Sequence[str]) -> list[str]:
    """Return the names of the groups, numbered where several bear the same.

    >>> tell_apart(["Fort enjeu", "Profil moyen", "Fort enjeu"])
    ['Fort enjeu (1)', 'Profil moyen', 'Fort enjeu (2)']
    """
    return [
        f"{name} ({names[: place + 1].count(name)})" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]


def describe(niveaux: Niveaux) -> str:
    """Say where the medians of a group stand among those of all.

    >>> describe({NOTE: BAS, HONORAIRES: BAS, TAUX: MILIEU, HEURES: HAUT})
    'Plutôt bas : note FE et honoraires. Au milieu : taux de marge. Plutôt haut : heures.'
    """
    return " ".join(_places(niveaux))


def _places(niveaux: Niveaux) -> Iterator[str]:
    for level, place in PLACES.items():
        told = [x for x in CHIFFRES if niveaux.get(x) == level]
        if told:
            yield f"{place} : {join_words(told)}."


def hint_of(niveaux: Niveaux, clients: int) -> str:
    """Return one thing to do of a group of so many clients.

    >>> hint_of({NOTE: MILIEU}, 12), hint_of({NOTE: MILIEU}, 4) == TOO_FEW
    ('Rien ne les distingue : le service courant du cabinet.', True)
    """
    if clients < FEW:
        return TOO_FEW
    return next(told for wanted, told in HINTS if wanted.items() <= niveaux.items())


def conditions_of(niveaux: Niveaux, tiers: Mapping[str, tuple[float, float]]) -> dict[str, str]:
    """Return the conditions that a rule of the sheet Segments could have, by column.

    ``tiers`` are the two values of each figure that cut the portfolio in three; fees in euros.

    >>> conditions_of({NOTE: BAS, HONORAIRES: HAUT, TAUX: HAUT}, {NOTE: (8.25, 13), HONORAIRES: (900, 2150.4)})
    {'Honoraires annuels': '>2150', 'Note FE': '<8,2'}
    """
    found = {}
    for chiffre, header in COLUMNS.items():
        if level := niveaux.get(chiffre, MILIEU):
            bound = tiers[chiffre][level == HAUT]
            text = f"{bound:.0f}" if chiffre == HONORAIRES else f"{bound:.1f}".removesuffix(".0")
            found[header] = f"{'>' if level == HAUT else '<'}{text.replace('.', ',')}"
    return found
