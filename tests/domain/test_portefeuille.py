from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from segxl.domain.grille import Critere, Grille, Niveau
from segxl.domain.notation import Mesure
from segxl.domain.portefeuille import (
    Limites,
    count_couleurs,
    find_unasked,
    find_warnings,
    mean_notes_of_familles,
    rank_criteres,
    summarise_segments,
)
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats

Rate = Callable[..., Resultats]
AllAt = Callable[[int], dict[str, object]]
NAN = float("nan")
OUI_NON = (Niveau(reponse="Non", points=0), Niveau(reponse="Oui", points=1))


def _critere(code: str, poids: float = 1, famille: str = "F") -> Critere:
    return Critere(
        code=code, libelle=f"Critère {code}", grille="FE", famille=famille, type="Liste",
        poids=poids, niveaux=OUI_NON,
    )  # fmt: skip


GRILLE = Grille(nom="FE", criteres=tuple(_critere(c) for c in "ABCDE"))


def _book(*rows: tuple[str, str, float, list[float]]) -> tuple[pd.DataFrame, Mesure]:
    """Rows of (segment, colour, note, niveaux of A to E)."""
    resultats = pd.DataFrame([row[:3] for row in rows], columns=["Segment", "Couleur", "Note FE"])
    niveaux = pd.DataFrame([row[3] for row in rows], columns=list("ABCDE"), dtype=float)
    return resultats, Mesure(grille=GRILLE, niveaux=niveaux, applicables=niveaux.notna())


def test_the_three_weakest_criteres_are_those_of_lowest_mean_computed_by_hand() -> None:
    resultats, mesure = _book(
        ("Prêt", "Vert", 16.0, [1.0, 0.0, 1.0, 0.5, 1.0]),
        ("Prêt", "Vert", 14.1, [1.0, 0.5, 0.5, NAN, 1.0]),
    )

    summary = summarise_segments(resultats, mesure, ["Prêt"]).iloc[0]

    # Means: A 1, B 0.25, C 0.75, D 0.5 (one answer), E 1.
    assert summary["Critères les plus faibles"] == "Critère B · Critère D · Critère C"
    assert summary["Note moyenne"] == 15.1  # 15.05, half away from zero


def test_means_that_tie_are_listed_in_the_order_of_the_grid() -> None:
    resultats, mesure = _book(("Prêt", "Vert", 10.0, [0.5, 0.5, 0.0, 0.5, 0.5]))

    summary = summarise_segments(resultats, mesure, ["Prêt"]).iloc[0]

    assert summary["Critères les plus faibles"] == "Critère C · Critère A · Critère B"


def test_dossiers_outside_the_reform_count_but_never_enter_a_mean() -> None:
    resultats, mesure = _book(
        ("Prêt", "Vert", 18.0, [1.0] * 5),
        ("Prêt", "Gris", 2.0, [0.0] * 5),
        ("Hors champ", "Gris", 4.0, [0.0] * 5),
    )

    summary = summarise_segments(resultats, mesure, ["Prêt", "Hors champ"]).set_index("Segment")

    assert summary["Clients"].to_dict() == {"Prêt": 2, "Hors champ": 1}
    assert summary["Note moyenne"].fillna(-1).to_dict() == {"Prêt": 18.0, "Hors champ": -1.0}
    assert summary["Part"].tolist() == [pytest.approx(2 / 3), pytest.approx(1 / 3)]
    assert summary.loc["Hors champ", "Critères les plus faibles"] == ""


def test_a_segment_without_clients_is_listed_empty() -> None:
    resultats, mesure = _book(("Prêt", "Vert", 18.0, [1.0] * 5))

    summary = summarise_segments(resultats, mesure, ["À informer", "Prêt"])

    assert summary["Clients"].tolist() == [0, 1]
    assert summary["Note moyenne"].fillna(-1).tolist() == [-1.0, 18.0]


def test_an_empty_portfolio_has_segments_at_zero() -> None:
    resultats, mesure = _book()

    summary = summarise_segments(resultats, mesure, ["Prêt"])

    assert summary[["Clients", "Part"]].to_numpy().tolist() == [[0, 0.0]]
    assert count_couleurs(resultats["Couleur"], ["Rouge"]).to_numpy().tolist() == [
        ["Rouge", 0, 0.0]
    ]


def test_colours_are_counted_in_the_order_asked_for() -> None:
    counted = count_couleurs(pd.Series(["Vert", "Rouge", "Vert"]), ["Rouge", "Jaune", "Vert"])

    assert counted["Clients"].tolist() == [1, 0, 2]
    assert counted["Part"].sum() == pytest.approx(1)


def test_a_family_mean_keeps_the_weights_and_leaves_out_gris_dossiers() -> None:
    grille = Grille(
        nom="FE",
        criteres=(_critere("A", 3, "Flux"), _critere("B", 1, "Flux"), _critere("C", 1, "Vide")),
    )
    niveaux = pd.DataFrame([[1.0, 0.0, NAN], [NAN, 1.0, NAN], [0.0, 0.0, 0.0]], columns=list("ABC"))
    mesure = Mesure(grille=grille, niveaux=niveaux, applicables=niveaux.notna())

    means = mean_notes_of_familles(mesure, pd.Series([True, True, False]))

    # Flux: 20 × (3×1 + 1×0 + 1×1) / (3 + 1 + 1) = 16; nobody in scope answered « Vide ».
    assert means["Note moyenne"].fillna(-1).tolist() == [16.0, -1.0]
    assert means["Famille"].tolist() == ["Flux", "Vide"]


def test_criteres_are_ranked_from_the_best_mean_to_the_worst() -> None:
    _, mesure = _book(
        ("", "", 0.0, [0.0, 1.0, 0.5, NAN, 0.5]),
        ("", "", 0.0, [0.5, 1.0, 0.5, NAN, 0.5]),
        ("", "", 0.0, [1.0, 0.0, 1.0, 1.0, 1.0]),
    )

    ranked = rank_criteres(mesure, pd.Series([True, True, False]))

    assert ranked.to_dict() == {
        "Critère B": 20.0,
        "Critère C": 10.0,
        "Critère E": 10.0,
        "Critère A": 5.0,
    }
    assert list(ranked.index) == ["Critère B", "Critère C", "Critère E", "Critère A"]


def _segments(**clients: int) -> pd.DataFrame:
    return pd.DataFrame({"Segment": list(clients), "Clients": list(clients.values())})


def test_seven_segments_are_enough_and_eight_are_too_many() -> None:
    seven = _segments(**dict.fromkeys("ABCDEFG", 20))
    eight = _segments(**dict.fromkeys("ABCDEFGH", 20))

    assert find_warnings(seven, GRILLE, Limites()) == []
    assert find_warnings(eight, GRILLE, Limites()) == [
        "8 segments : au-delà de 7, l’équipe s’y perd. Réunissez-en."
    ]


def test_a_segment_of_few_clients_is_questioned() -> None:
    warnings = find_warnings(_segments(Prêt=50, Moyen=5, Petit=4, Seul=1), GRILLE, Limites())

    assert warnings == [
        "Segment « Petit » : 4 clients seulement. Mérite-t-il une action à lui ?",
        "Segment « Seul » : 1 client seulement. Mérite-t-il une action à lui ?",
    ]


def test_a_segment_of_a_small_share_is_questioned() -> None:
    assert find_warnings(_segments(Prêt=190, Petit=10), GRILLE, Limites()) == []
    assert len(find_warnings(_segments(Prêt=191, Petit=9), GRILLE, Limites())) == 1


def test_a_segment_without_clients_is_not_questioned() -> None:
    assert find_warnings(_segments(Prêt=20, Vide=0), GRILLE, Limites()) == []


def test_a_critere_that_weighs_more_than_half_is_questioned() -> None:
    half = Grille(nom="FE", criteres=(_critere("A", 2), _critere("B", 2)))
    more = Grille(nom="FE", criteres=(_critere("A", 2.1), _critere("B", 2)))

    assert find_warnings(_segments(Prêt=20), half, Limites()) == []
    assert find_warnings(_segments(Prêt=20), more, Limites()) == [
        "« Critère A » pèse plus de 50 % de la note : elle ne mesure presque plus que lui."
    ]


def test_the_firm_draws_its_own_lines() -> None:
    limites = Limites(segments=1, clients=1, part=0.0, poids=0.1)

    warnings = find_warnings(_segments(Prêt=20, Seul=1), GRILLE, limites)

    assert warnings[0] == "2 segments : au-delà de 1, l’équipe s’y perd. Réunissez-en."
    assert [w.partition(" pèse")[0] for w in warnings[1:]] == [f"« Critère {c} »" for c in "ABCDE"]


def test_a_client_not_subject_to_vat_leaves_the_portfolio_means_untouched(
    rate: Callable[..., Resultats],
    all_at: Callable[[float], dict[str, object]],
    reglages: Reglages,
) -> None:
    resultats = rate(all_at(1), all_at(0) | {"Assujetti TVA": "Non"})

    ranked = rank_criteres(resultats.mesure, resultats.in_scope)
    summary = summarise_segments(
        resultats.lignes, resultats.mesure, [r.segment for r in reglages.segments]
    )

    assert set(ranked) == {20.0}
    assert summary["Note moyenne"].dropna().tolist() == [20.0]


def test_a_blank_column_that_silences_questions_is_told(
    rate: Rate, reglages: Reglages, all_at: AllAt
) -> None:
    dossiers = rate({**all_at(1), "Part B2B": None}, {**all_at(1), "Part B2B": 0.5}).dossiers

    assert find_unasked(dossiers, reglages.fe) == [
        "« Part B2B » est vide pour 1 dossier : « Émission des factures » et « Nouvelles mentions » ne comptent pas dans leur note."
    ]


def test_a_filled_column_silences_nothing(rate: Rate, reglages: Reglages, all_at: AllAt) -> None:
    assert find_unasked(rate({**all_at(1), "Part B2B": 0}).dossiers, reglages.fe) == []
