"""Years made of a few invoices, for the tests of the map."""

from __future__ import annotations

from collections.abc import Mapping

from tests.domain.faits.ecritures import Journal

from segxl.domain.cartographie.annees import Annee
from segxl.domain.cartographie.carte import Carte, build_carte
from segxl.domain.cartographie.etiquettes import Etiquette, etiquettes_of, parse_etiquettes
from segxl.domain.cartographie.seuils import Seuils
from segxl.domain.faits.releve import measure_faits
from segxl.domain.faits.ventes import read_ventes
from segxl.domain.tableau import Tableau

FULL = (1, 12)


def annee(
    year: int, ventes: Mapping[str, float], mois: tuple[int, int] = FULL, **labels: str
) -> Annee:
    """Return a year that bills each customer once, before VAT, over some months."""
    journal = Journal(year)
    first, last = mois
    journal.write("OD", f"{first:02}-01", "O1", ("606000", "", 1), ("512000", "", -1))
    for client, ht in ventes.items():
        journal.sell(f"{first:02}-15", client, ht * 1.2, aux_lib=labels.get(client, f"Maison {client}"))  # fmt: skip
    journal.write("OD", f"{last:02}-28", "O2", ("606000", "", 1), ("512000", "", -1))
    return annee_of(journal)


def annee_of(journal: Journal) -> Annee:
    """Return the year of entries typed one by one."""
    return Annee.of(measure_faits(journal.ecritures), read_ventes(journal.ecritures))


def etiquettes(*rows: tuple[str, str, str]) -> tuple[Etiquette, ...]:
    """Return rows (dossier, tiers, groupe) of the table Groupes, as dossier D1 reads them."""
    table = Tableau.of("Groupes", ["Dossier", "Tiers", "Groupe"], rows)
    found, wrong = parse_etiquettes(table)
    assert not wrong
    return etiquettes_of(found, "D1")


def carte(
    *annees: Annee, groupes: tuple[Etiquette, ...] = (), seuils: Seuils | None = None
) -> Carte:
    """Return the map of some years."""
    made = build_carte(annees, groupes, seuils or Seuils())
    assert isinstance(made, Carte)
    return made
