"""What must hold for every client anyone could type, on the shipped grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from segxl.domain.explication import contributions_of, restants_of
from segxl.domain.justification import justify_note
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.saisie import parse_number
from segxl.domain.segmentation import assign_segments
from segxl.shipped import read_toml

Rate = Callable[..., Resultats]
Answers = dict[str, object]

GRILLE: list[dict[str, Any]] = read_toml("defaults/grille.toml")["criteres"]
ECHELLES: Mapping[str, list[str]] = {
    c["critere"]: [n[0] for n in c["niveaux"]] for c in GRILLE if c["grille"] == "FE"
}
POINTS: Mapping[str, list[float]] = {
    c["critere"]: [n[1] for n in c["niveaux"]] for c in GRILLE if c["grille"] == "FE"
}
COULEURS = ["Rouge", "Orange", "Jaune", "Vert clair", "Vert"]
checked = settings(deadline=None, max_examples=25)

situations = st.fixed_dictionaries(
    {
        "Part B2B": st.sampled_from([None, 0, 0.2, 1, "40 %"]),
        "Assujetti TVA": st.sampled_from([None, "Oui", "Non", "À vérifier"]),
        "Factures émises par mois": st.none() | st.integers(0, 2000),
    }
)
clients = st.builds(
    lambda answers, situation: answers | situation,
    st.fixed_dictionaries({c: st.none() | st.sampled_from(e) for c, e in ECHELLES.items()}),
    situations,
)
full_clients = st.builds(
    lambda answers, situation: answers | situation,
    st.fixed_dictionaries({c: st.sampled_from(e) for c, e in ECHELLES.items()}),
    situations,
)


@checked
@given(client=clients, critere=st.sampled_from([*ECHELLES]), data=st.data())
def test_a_better_answer_never_lowers_the_note_nor_reddens_the_colour(
    rate: Rate, client: Answers, critere: str, data: st.DataObject
) -> None:
    ranks = st.integers(0, len(ECHELLES[critere]) - 1)
    low, high = sorted((data.draw(ranks), data.draw(ranks)))
    worse = client | {critere: ECHELLES[critere][low], "Assujetti TVA": "Oui"}
    better = worse | {critere: ECHELLES[critere][high]}

    before, after = rate(worse, better).lignes.to_dict("records")

    for note in ("Note FE", "Note min", "Note max"):
        assert not before[note] > after[note]
    if not np.isnan(before["Note FE"]):
        assert COULEURS.index(before["Couleur"]) <= COULEURS.index(after["Couleur"])


@checked
@given(client=clients, more=st.integers(0, 2000), less=st.integers(0, 2000))
def test_more_invoices_never_lower_the_stake(
    rate: Rate, client: Answers, more: int, less: int
) -> None:
    few, many = sorted((less, more))

    lignes = rate(
        client | {"Factures émises par mois": few}, client | {"Factures émises par mois": many}
    ).lignes

    assert lignes["Enjeu"].is_monotonic_increasing


@checked
@given(client=clients)
def test_contributions_add_up_to_the_note_to_the_tenth(rate: Rate, client: Answers) -> None:
    resultats = rate(client)

    won = contributions_of(resultats.mesure).to_numpy()

    tenths = np.rint(won * 10)
    assert np.allclose(np.nan_to_num(won * 10), np.nan_to_num(tenths), atol=1e-9)
    assert np.nansum(tenths) == np.rint(resultats.lignes["Note FE"].fillna(0).item() * 10)
    assert np.nanmin(won, initial=0) >= 0


@checked
@given(client=clients)
def test_contributions_and_what_is_left_add_up_to_20(
    rate: Rate, reglages: Reglages, client: Answers
) -> None:
    found = justify_note(rate(client), reglages, 2)

    won = sum(round(c.contribution * 10) for c in found.contributions)
    left = sum(round(c.restant * 10) for c in found.feuille_de_route)

    assert won + left == (200 if found.contributions else 0)
    assert won == round((found.note or 0) * 10)


@checked
@given(client=clients)
def test_only_an_answer_below_its_best_has_something_left_to_gain(
    rate: Rate, client: Answers
) -> None:
    mesure = rate(client).mesure

    left = restants_of(mesure)

    assert not (left < 0).any(axis=None)
    assert not (left[mesure.niveaux == 1] > 0).any(axis=None)


@checked
@given(client=clients)
def test_notes_stay_between_0_and_20_and_min_below_max(rate: Rate, client: Answers) -> None:
    line = rate(client).lignes.to_dict("records")[0]

    assert np.isnan(line["Note FE"]) or 0 <= line["Note FE"] <= 20
    assert 0 <= line["Note min"] <= line["Note max"] <= 20
    assert 0 <= line["Complétude"] <= 1


@checked
@given(partial=clients, filler=full_clients)
def test_filling_the_blanks_lands_between_note_min_and_note_max(
    rate: Rate, partial: Answers, filler: Answers
) -> None:
    filled = partial | {c: partial[c] or filler[c] for c in ECHELLES}

    before, after = rate(partial, filled).lignes.to_dict("records")

    assert before["Note min"] <= after["Note FE"] <= before["Note max"]
    assert after["Note min"] == after["Note FE"] == after["Note max"]


@checked
@given(client=full_clients)
def test_a_whole_client_has_the_note_of_the_contract(rate: Rate, client: Answers) -> None:
    b2b = client["Part B2B"] not in (None, 0)
    applies = [c for c in GRILLE if c["grille"] == "FE" and (b2b or "applicable_si" not in c)]
    won = sum(
        c["poids"] * POINTS[c["critere"]][ECHELLES[c["critere"]].index(str(client[c["critere"]]))]
        for c in applies
    )

    note = rate(client).lignes["Note FE"].item()

    # In whole numbers: 20 × won / (3 × weights), to the tenth, half up.
    weights = 3 * sum(c["poids"] for c in applies)
    assert round(note * 10) == (2 * 200 * won + weights) // (2 * weights)


@checked
@given(book=st.lists(clients, min_size=1, max_size=8), data=st.data())
def test_shuffling_the_rows_changes_nothing(
    rate: Rate, book: list[Answers], data: st.DataObject
) -> None:
    keyed = [client | {"Dossier": f"K{i}"} for i, client in enumerate(book)]
    shuffled = data.draw(st.permutations(keyed))

    before, after = rate(*keyed), rate(*shuffled)

    pd.testing.assert_frame_equal(
        before.lignes.set_axis(before.dossiers["Dossier"]),
        after.lignes.set_axis(after.dossiers["Dossier"]).loc[before.dossiers["Dossier"]],
        check_dtype=False,
    )


@checked
@given(book=st.lists(clients, min_size=1, max_size=5))
def test_rating_twice_gives_the_same_results(rate: Rate, book: list[Answers]) -> None:
    once = rate(*book).lignes

    again = rate(
        *(row | client for row, client in zip(once.to_dict("records"), book, strict=True))
    ).lignes

    pd.testing.assert_frame_equal(once, again)


@checked
@given(book=st.lists(clients, min_size=1, max_size=8))
def test_every_dossier_gets_exactly_one_segment_of_the_firm(
    rate: Rate, reglages: Reglages, book: list[Answers]
) -> None:
    resultats = rate(*book)
    seen = resultats.dossiers.drop(
        columns=resultats.dossiers.columns.intersection(resultats.lignes.columns)
    ).join(resultats.lignes)

    alone = [assign_segments(seen.loc[[row]], reglages.regles).item() for row in seen.index]

    assert resultats.lignes["Segment"].tolist() == alone
    assert set(alone) <= {r.segment for r in reglages.segments}


@checked
@given(client=clients)
def test_the_next_step_is_the_best_gain_per_effort_of_all(
    rate: Rate, reglages: Reglages, client: Answers
) -> None:
    resultats = rate(client | {"Assujetti TVA": "Oui"})
    code = resultats.etapes["code"].item()

    yields = {}
    for c in reglages.fe.criteres:
        points, answer = POINTS[c.libelle], client[c.libelle]
        if answer is not None and resultats.mesure.applicables[c.code].item():
            now = points[ECHELLES[c.libelle].index(str(answer))]
            above = [p for p in points if p > now]
            if above:
                yields[c.code] = c.poids * (min(above) - now) / c.points_max / c.effort

    best = max(yields.values(), default=0)
    expected = next((c for c, y in yields.items() if abs(y - best) < 1e-9), None)
    assert (None if pd.isna(code) else code) == expected


@given(
    number=st.decimals(-10_000_000, 10_000_000, places=2),
    space=st.sampled_from(["", " ", "\u00a0", "\u202f"]),
    unit=st.sampled_from(["", "€", " €", " euros", " EUR HT"]),
)
def test_a_number_written_in_french_is_read_back(number: Any, space: str, unit: str) -> None:  # noqa: ANN401  a Decimal
    written = f"{number:,.2f}".replace(",", space).replace(".", ",") + unit

    assert parse_number(written) == float(number)


@given(tenths=st.integers(0, 1000), space=st.sampled_from(["", " ", "\u202f"]))
def test_a_percentage_written_in_french_is_read_back_as_a_fraction(tenths: int, space: str) -> None:
    written = f"{tenths / 10:.1f}".replace(".", ",") + f"{space}%"

    assert np.isclose(parse_number(written) or 0.0, tenths / 1000)
