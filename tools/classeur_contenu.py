"""What the template holds before the firm's first client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from segxl.domain.etapes import METHODE
from segxl.excel import layout
from segxl.shipped import read_toml

GRILLE = read_toml("defaults/grille.toml")["criteres"]
COULEURS = read_toml("defaults/segments.toml")["couleurs"]
SEGMENTS = read_toml("defaults/segments.toml")["segments"]
PARAMETRES = read_toml("defaults/parametres.toml")
CALENDRIER = read_toml("loi/calendrier.toml")

CONDITIONS = tuple(dict.fromkeys(header for s in SEGMENTS for header in s["si"]))
TEINTES = {s["segment"]: s["teinte"] for s in SEGMENTS}
ACTIONS = {s["segment"]: s["action"] for s in SEGMENTS}
FAMILLES = tuple(dict.fromkeys(c["famille"] for c in GRILLE if c["grille"] == "FE"))
CLIENTS = (
    *layout.IDENTITE,
    *layout.RESULTATS,
    *(c["critere"] for c in GRILLE),
    *layout.MAIN,
    *layout.SITUATION,
    *layout.COORDONNEES,
    *layout.RELATION,
)

RIEN = "—"
INVITATION = "Importez votre liste ou saisissez un premier dossier"
Rows = Sequence[Sequence[Any]]

MANQUES = (
    "Relire les critères, leurs réponses et leurs poids ; remplir l’en-tête du cabinet.",
    f"{INVITATION}.",
    "Les segments apparaîtront après la première notation.",
    "Les courriers se préparent après la première notation.",
    "Le suivi commence avec les premières notes.",
)
ETAPES: Rows = tuple(
    (etape, 0, manque, where) for (etape, where), manque in zip(METHODE, MANQUES, strict=True)
)
INDICATEURS: Rows = (
    ("Dossiers", 0, INVITATION),
    ("Dossiers notés", 0, "Aucune note pour l’instant"),
    ("Note moyenne", RIEN, "Sur 20, après la première notation"),
    ("Complétude moyenne", RIEN, "Part des réponses connues"),
    ("Hors champ", 0, "Clients non assujettis à la TVA"),
    ("À confirmer", 0, "Clients encore sans réponse"),
    ("Dernier calcul", RIEN, "Pas encore de calcul"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contenu:
    """What changes from one run to the next; the default is a workbook nobody has used."""

    clients: Sequence[Mapping[str, Any]] = ({},)
    etapes: Rows = ETAPES
    indicateurs: Rows = INDICATEURS
    couleurs: Rows = field(default_factory=lambda: [(c["couleur"], 0, 0) for c in COULEURS])
    segments: Rows = field(
        default_factory=lambda: [(s, 0, 0, RIEN, RIEN, ACTIONS[s]) for s in TEINTES]
    )
    familles: Rows = field(default_factory=lambda: [(f, RIEN) for f in FAMILLES])
    criteres: Rows = field(
        default_factory=lambda: [(r, RIEN, RIEN, RIEN, RIEN) for r in range(1, 6)]
    )
