"""What makes a segmentation fragile: gathered from the rules, the offers, the answers and the notes."""

from __future__ import annotations

from datetime import date

from segxl.actions.synthese import find_fragile
from segxl.domain.grille import FE
from segxl.domain.notation import measure_dossiers
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.saisie import parse_column, parse_date
from segxl.domain.segments import vigilance as w
from segxl.domain.segments.offres import Offre
from segxl.domain.tableau import Tableau


def find_alertes(
    clients: Tableau,
    resultats: Resultats,
    reglages: Reglages,
    offres: tuple[Offre, ...],
    au: date,
) -> tuple[w.Alerte, ...]:
    """Gather everything that makes the segmentation fragile."""
    names = [r.segment for r in reglages.segments]
    others = [
        resultats.answers.complete(measure_dossiers(resultats.dossiers, g))
        for g in reglages.grilles
        if g.nom != FE
    ]
    limite = reglages.parametre(w.PERIMEES, w.PART_PERIMEE)
    days = parse_column(clients.lignes["Calculé le"], parse_date).dropna()
    return (
        *w.find_without_offre(names, offres),
        *w.find_reviews(names, offres, au),
        *w.tell_decoupage(find_fragile(resultats, reglages)),
        *w.find_stale_answers(resultats.answers.told["perime"], limite),
        *(a for m in (resultats.mesure, *others) for a in w.find_unrated(m, resultats.in_scope)),
        *w.find_old_notes(max(days) if len(days) else None, au),
    )
