"""How a function of the worksheet is declared, and what it answers when something goes wrong."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar, cast

import xlwings as xw

from segxl.domain.anomalies import SaisieError
from segxl.faces.formules import sentence_of
from segxl.faces.terminal import log_bug

CATEGORY = "Segmentation"
ARGUMENTS = {
    "reponses": "Les réponses : Clients[@] pour le client de la ligne, Clients[#Données] pour tous.",
    "intitules": "Les intitulés de ces réponses : Clients[#En-têtes].",
    "criteres": "La grille : Criteres[#Tout].",
    "baremes": "Les réponses de la grille et leurs points : Baremes[#Tout].",
    "couleurs": "Les couleurs et leurs seuils : Couleurs[#Tout].",
    "segments": "Les segments et leurs règles : Segments[#Tout].",
    "note": "La note sur 20 ; vide si le client n’a encore rien répondu.",
    "assujetti": "Facultatif : la cellule « Assujetti TVA » du client. Non le met hors champ.",
    "effectif": "La cellule « Effectif » : en personnes.",
    "ca": "La cellule « CA HT » : en euros.",
    "bilan": "La cellule « Total bilan » : en euros.",
    "au": "Facultatif : le jour de la question, par exemple AUJOURDHUI(). Sinon le jour du calcul.",
    "siren": "La cellule du SIREN, texte ou nombre.",
}
"""What the function wizard says of each argument."""
Formule = TypeVar("Formule", bound=Callable[..., object])


def formule(function: Formule) -> Formule:
    """Make a function of the worksheet; what goes wrong comes back as a French sentence.

    Ranges come raw: xlwings would clean all the cells of Clients, one by one, for a few columns.
    """

    @wraps(function)
    def told(*args: object, **named: object) -> object:
        try:
            return function(*args, **named)
        except SaisieError as error:
            return sentence_of(error)
        except Exception:  # noqa: BLE001  the last line of defence: whatever is left is a bug
            return _bug_sentence(traceback.format_exc())

    for name in inspect.signature(function).parameters:
        xw.arg(name, "raw", doc=ARGUMENTS[name])(told)
    xw.ret("default")(told)
    return cast("Formule", xw.func(category=CATEGORY)(told))


@lru_cache(maxsize=32)
def _bug_sentence(trace: str) -> str:
    """Log one bug once, however many cells it strikes; return the sentence that says where."""
    del trace
    return log_bug()
