"""Read the tables Couleurs and Segments, and say which rules contradict the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from segxl.domain.anomalies import Anomalie, Gravite
from segxl.domain.conditions import Condition, ConditionError, never_holds, parse_condition
from segxl.domain.couleurs import Couleur
from segxl.domain.grille import NOTE_MAX, Grille
from segxl.domain.saisie import parse_number
from segxl.domain.segmentation import Regle, find_shadowed
from segxl.domain.tableau import Tableau, records_of
from segxl.domain.textes import fold

DEFINITION = "Définition"
FIXED_HEADERS = (
    "Ordre", "Segment", "Teinte", "Modèle", "Canal", "Action", "Offre", "Délai (jours)",
    DEFINITION,
)  # fmt: skip
_HEX = re.compile(r"#?[0-9A-Fa-f]{6}")


def parse_couleurs(table: Tableau) -> tuple[tuple[Couleur, ...], tuple[Anomalie, ...]]:
    """Build the colour scale, in the order of the sheet; thresholds must rise from 0."""
    lignes = table.lignes[table.lignes["Couleur"].notna()]
    anomalies = [a for row in lignes.index for a in _find_wrong_couleur(table, row)]
    couleurs = tuple(
        Couleur(
            nom=str(ligne["Couleur"]).strip(),
            seuil=None if (seuil := ligne["Note à partir de"]) is None else parse_number(seuil),
            fond=_hex(ligne["Fond"], "#FFFFFF"),
            texte=_hex(ligne["Texte"], "#000000"),
        )
        for _, ligne in lignes.iterrows()
    )
    anomalies += _find_wrong_thresholds(table, list(lignes.index), couleurs)
    return couleurs, tuple(anomalies)


def parse_regles(
    table: Tableau, clients: Iterable[str]
) -> tuple[tuple[Regle, ...], tuple[Anomalie, ...]]:
    """Build the rules in the order they are tried.

    Parameters
    ----------
    table : Tableau
        The table Segments; every header that is not a fixed one is a condition on Clients.
    clients : iterable of str
        Headers that a rule may read.
    """
    known = {fold(h): h for h in clients}
    columns = {h: known.get(fold(h)) for h in table.letters if h not in FIXED_HEADERS}
    anomalies = [*_find_unknown_headers(table, columns)]
    regles = []
    for row, ligne in records_of(table.lignes):
        if all(value is None for value in ligne.values()):
            continue
        anomalies += _find_wrong_regle(table, row)
        conditions, wrong = _parse_conditions(table, row, columns)
        anomalies += wrong
        regles.append(_regle_of(row, ligne, conditions))
    ordered = tuple(sorted(regles, key=lambda r: r.ordre))
    if not any(a.is_blocking for a in anomalies):
        anomalies += _find_useless(table, ordered)
    return ordered, tuple(anomalies)


def find_unknown_reponses(
    table: Tableau, regles: Sequence[Regle], grilles: Sequence[Grille]
) -> Iterator[Anomalie]:
    """Yield the conditions that name an answer which its scale does not have: they never hold."""
    listes = {c.libelle: c for g in grilles for c in g.criteres if c.type == "Liste"}
    for regle in regles:
        for header, condition in regle.conditions.items():
            if header not in listes or condition.signe != "=" or set(condition.mot) & set("*?~"):
                continue
            answers = [n.reponse for n in listes[header].niveaux]
            if condition.mot and fold(condition.mot) not in map(fold, answers):
                yield table.anomalie(
                    header, regle.row, "aucune réponse du barème ne porte ce nom : la règle ne peut pas s’appliquer",
                    f"choisissez parmi : {' · '.join(answers)}",
                )  # fmt: skip


def _regle_of(row: int, ligne: dict[str, object], conditions: dict[str, Condition]) -> Regle:
    """Build one rule from its row."""
    words = {h: str(ligne.get(h) or "").strip() for h in FIXED_HEADERS}
    return Regle(
        ordre=_number(ligne.get("Ordre")) or 0.0,
        segment=words["Segment"],
        conditions=conditions,
        row=int(row),
        teinte=_hex(ligne.get("Teinte"), "#FFFFFF"),
        modele=words["Modèle"],
        canal=words["Canal"],
        action=words["Action"],
        offre=words["Offre"],
        delai_jours=_number(ligne.get("Délai (jours)")),
        definition=words[DEFINITION],
    )


def _parse_conditions(
    table: Tableau, row: int, columns: dict[str, str | None]
) -> tuple[dict[str, Condition], list[Anomalie]]:
    """Read the condition cells of one rule."""
    conditions: dict[str, Condition] = {}
    anomalies: list[Anomalie] = []
    for header, client_header in columns.items():
        text = table.lignes.at[row, header]
        if text is None or client_header is None:
            continue
        try:
            conditions[client_header] = parse_condition(text)
        except ConditionError as error:
            anomalies.append(
                table.anomalie(
                    header,
                    row,
                    f"la condition ne se lit pas : {error}",
                    "écrivez par exemple >=8, <12 ou <>Non",
                    blocking=True,
                )
            )
    return conditions, anomalies


def _find_unknown_headers(table: Tableau, columns: dict[str, str | None]) -> Iterator[Anomalie]:
    """Yield the condition columns that name nothing in Clients."""
    above = table.lignes.index[0] - 1 if len(table.lignes) else 1
    for header, client_header in columns.items():
        if client_header is None:
            yield Anomalie(
                sheet=table.sheet, cell=table.cell(header, above), value=header,
                problem="cette colonne de condition ne correspond à aucune colonne du tableau Clients",
                remedy="reprenez l’intitulé exact d’une colonne de Clients, ou supprimez la colonne",
                gravite=Gravite.BLOQUANTE,
            )  # fmt: skip


def _find_wrong_regle(table: Tableau, row: int) -> Iterator[Anomalie]:
    """Yield what is wrong in the fixed cells of one rule."""
    ligne = table.lignes.loc[row]
    if ligne["Segment"] is None:
        yield table.anomalie(
            "Segment",
            row,
            "la règle ne nomme pas de segment",
            "écrivez le nom du segment ou supprimez la ligne",
            blocking=True,
        )
    if _number(ligne["Ordre"]) is None:
        yield table.anomalie(
            "Ordre",
            row,
            "l’ordre de la règle doit être un nombre",
            "numérotez les règles : 10, 20, 30…",
            blocking=True,
        )


def _find_useless(table: Tableau, regles: Sequence[Regle]) -> Iterator[Anomalie]:
    """Yield the rules that can never fire, and the catch-all that is missing."""
    for regle, early in find_shadowed(regles):
        yield table.anomalie(
            "Segment", regle.row, f"cette règle ne peut jamais s’appliquer : la règle d’ordre {early.ordre:g} (« {early.segment} ») prend déjà tous ses dossiers",
            "placez-la plus haut ou précisez l’autre",
        )  # fmt: skip
    for regle in regles:
        for header, condition in regle.conditions.items():
            top = 1.0 if header == "Complétude" else NOTE_MAX
            if header in table.letters and _is_result(header) and never_holds(condition, 0, top):
                yield table.anomalie(
                    header,
                    regle.row,
                    "cette règle ne peut jamais s’appliquer : aucune valeur ne satisfait la condition",
                    f"les valeurs vont de 0 à {top:g}",
                )
    if not any(r.is_catch_all for r in regles):
        yield Anomalie(
            sheet=table.sheet, cell="", value=None,
            problem="il manque un segment sans condition, pour les dossiers qu’aucune règle ne prend",
            remedy="ajoutez une dernière ligne au tableau Segments, sans condition (par exemple « Prêt »)",
        )  # fmt: skip


def _find_wrong_couleur(table: Tableau, row: int) -> Iterator[Anomalie]:
    """Yield what is wrong in one row of Couleurs."""
    ligne = table.lignes.loc[row]
    if ligne["Note à partir de"] is not None and _number(ligne["Note à partir de"]) is None:
        yield table.anomalie(
            "Note à partir de",
            row,
            "le seuil doit être un nombre de 0 à 20",
            "saisissez la note à partir de laquelle la couleur s’applique",
            blocking=True,
        )
    for header in ("Fond", "Texte"):
        if ligne[header] is not None and not _HEX.fullmatch(str(ligne[header]).strip()):
            yield table.anomalie(
                header, row, "la teinte ne se lit pas", "écrivez un code comme #63BE7B"
            )


def _find_wrong_thresholds(
    table: Tableau, rows: list[int], couleurs: Sequence[Couleur]
) -> Iterator[Anomalie]:
    """Yield the thresholds that do not rise, and a scale that does not start at 0."""
    steps = [(row, c.seuil) for row, c in zip(rows, couleurs, strict=True) if c.seuil is not None]
    if not steps:
        yield Anomalie(
            sheet=table.sheet, cell="", value=None, problem="aucune couleur n’a de « Note à partir de »",
            remedy="donnez 0 à la première couleur", gravite=Gravite.BLOQUANTE,
        )  # fmt: skip
    elif steps[0][1] != 0:
        yield table.anomalie(
            "Note à partir de",
            steps[0][0],
            "la première couleur doit commencer à la note 0",
            "saisissez 0",
            blocking=True,
        )
    for (_, low), (row, high) in pairwise(steps):
        if high <= low:
            yield table.anomalie(
                "Note à partir de",
                row,
                "les seuils doivent aller en croissant",
                f"mettez un seuil plus grand que {low:g}",
                blocking=True,
            )


def _is_result(header: str) -> bool:
    return header in {"Complétude", "Enjeu"} or header.startswith("Note ")


def _hex(value: object, fallback: str) -> str:
    """Return a colour as ``#RRGGBB``."""
    text = str(value or "").strip()
    return f"#{text.removeprefix('#').upper()}" if _HEX.fullmatch(text) else fallback


def _number(value: object) -> float | None:
    return None if value is None else parse_number(value)
