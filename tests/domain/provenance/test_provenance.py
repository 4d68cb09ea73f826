from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segxl.domain.provenance.origines import HEADERS, NATURES
from segxl.domain.provenance.retenues import says_the_same
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats, rate_dossiers
from segxl.domain.tableau import Tableau

AU = date(2026, 11, 22)
OLD, RECENT = date(2025, 11, 21), date(2025, 11, 22)
Rate = Callable[..., Resultats]
Row = Mapping[str, object]


@pytest.fixture
def rated(clients_of: Callable[..., Tableau], reglages: Reglages) -> Rate:
    """Rate clients beside the answers on record, given as header → cell."""

    def rate(*clients: Row, told: list[Row], policy: Reglages = reglages) -> Resultats:
        rows = [[line.get(h) for h in HEADERS] for line in told]
        table = Tableau.of("Reponses", HEADERS, rows, sheet="Réponses")
        return rate_dossiers(clients_of(*clients), policy, table, AU)

    return rate


def line(question: str, reponse: object, nature: str = "Ressenti", **more: object) -> Row:
    return {"Dossier": "D1", "Question": question, "Réponse": reponse, "Nature": nature, **more}


def niveau(found: Resultats, code: str) -> float:
    return float(found.mesure.niveaux[code].iloc[0])


def problems(found: Resultats) -> list[str]:
    return [a.problem for a in found.anomalies]


# --- What counts


def test_an_answer_on_record_fills_a_blank_cell(rated: Rate) -> None:
    found = rated({}, told=[line("Autonomie", "Autonome")])

    assert found.dossiers["Autonomie"].tolist() == ["Autonome"]
    assert found.lignes["Note FE"].tolist() == [13.3]


def test_what_is_typed_in_clients_always_counts(rated: Rate) -> None:
    found = rated(
        {"Autonomie": "Pas autonome"}, told=[line("Autonomie", "Très autonome", "Mesuré")]
    )

    assert found.lignes["Note FE"].tolist() == [0.0]


@pytest.mark.parametrize(
    ("sure", "less"), [("Mesuré", "Déduit"), ("Déduit", "Déclaré"), ("Déclaré", "Ressenti")]
)
def test_the_surest_nature_counts(rated: Rate, sure: str, less: str) -> None:
    told = [line("Autonomie", "Pas autonome", less), line("Autonomie", "Très autonome", sure)]

    assert rated({}, told=told).dossiers["Autonomie"].tolist() == ["Très autonome"]


def test_a_stale_measure_gives_way_to_a_fresh_opinion(rated: Rate) -> None:
    told = [
        line("Autonomie", "Pas autonome", "Mesuré", Date=OLD),
        line("Autonomie", "Autonome", "Ressenti", Date=RECENT),
    ]

    assert rated({}, told=told).dossiers["Autonomie"].tolist() == ["Autonome"]


def test_of_one_author_the_latest_answer_counts(rated: Rate) -> None:
    told = [
        line("Autonomie", "Autonome", Auteur="Luc", Date=date(2026, 9, 1)),
        line("Autonomie", "Pas autonome", Auteur="luc", Date=date(2026, 2, 1)),
    ]

    assert rated({}, told=told).dossiers["Autonomie"].tolist() == ["Autonome"]


def test_two_people_give_the_mean_of_their_levels(rated: Rate) -> None:
    told = [
        line("Autonomie", "Peu autonome", Auteur="Luc"),
        line("Autonomie", "Autonome", Auteur="Ana"),
    ]

    found = rated({}, told=told)

    assert niveau(found, "AUTO") == pytest.approx(0.5)
    assert found.lignes["Note FE"].tolist() == [10.0]
    assert found.dossiers["Autonomie"].isna().all()


def test_two_people_who_agree_give_their_answer(rated: Rate) -> None:
    told = [line("AUTO", "Autonome", Auteur=who) for who in ("Luc", "Ana")]

    assert rated({}, told=told).dossiers["Autonomie"].tolist() == ["Autonome"]


def test_a_question_that_does_not_apply_stays_without_level(rated: Rate) -> None:
    told = [
        line("Émission des factures", answer, Auteur=who)
        for who, answer in (("Luc", "Papier"), ("Ana", "Facture électronique"))
    ]

    assert pd.isna(niveau(rated({"Part B2B": 0}, told=told), "EMIS"))


# --- What is told


def test_people_two_levels_apart_are_named(rated: Rate) -> None:
    told = [
        line("Autonomie", "Pas autonome", Auteur="Luc"),
        line("Autonomie", "Autonome", Auteur="Ana"),
    ]

    found = rated({}, told=told)

    (anomalie,) = found.anomalies
    assert (anomalie.sheet, anomalie.cell) == ("Réponses", "C3")
    assert anomalie.problem == (
        "désaccord sur « Autonomie » (D1) : Luc répond « Pas autonome », "
        "Ana répond « Autonome » ; la moyenne est retenue"
    )


def test_people_one_level_apart_are_not(rated: Rate) -> None:
    told = [
        line("Autonomie", "Peu autonome", Auteur="Luc"),
        line("Autonomie", "Autonome", Auteur="Ana"),
    ]

    assert not problems(rated({}, told=told))


def test_a_disagreement_on_an_answer_typed_says_that_it_is_kept(rated: Rate) -> None:
    told = [
        line("Autonomie", "Pas autonome", Auteur=None),
        line("Autonomie", "Très autonome", Auteur="Ana"),
    ]

    (problem,) = problems(rated({"Autonomie": "Autonome"}, told=told))

    assert "quelqu’un répond « Pas autonome »" in problem
    assert problem.endswith("la saisie de Clients est gardée")


def test_a_typed_answer_that_a_measure_contradicts_is_shown_with_both(rated: Rate) -> None:
    told = [line("Autonomie", "Très autonome", "Déclaré", Date=RECENT, Origine="retour.xlsx")]

    (anomalie,) = rated({"Autonomie": "Pas autonome"}, told=told).anomalies

    assert (anomalie.sheet, anomalie.value) == ("Clients", "Pas autonome")
    assert anomalie.problem == (
        "« Autonomie » : déclaré le 22/11/2025, « Très autonome » (retour.xlsx) ; la saisie est gardée"
    )


@pytest.mark.parametrize(
    ("header", "typed", "measured", "count"),
    [
        ("CA HT", 100_000, 119_000.0, 0),
        ("CA HT", 100_000, 150_000.0, 1),
        ("Factures émises par mois", 10, 12.0, 0),
        ("Factures émises par mois", 10, 60.0, 1),
        ("Autonomie", "AUTONOME", "Autonome", 0),
    ],
)
def test_a_figure_within_a_fifth_says_the_same(
    rated: Rate, header: str, typed: object, measured: object, count: int
) -> None:
    found = rated({header: typed}, told=[line(header, measured, "Mesuré")])

    assert len(found.anomalies) == count
    assert all("« 60 »" in p or "« 150\u202f000 »" in p for p in problems(found))


def test_an_opinion_never_contradicts_what_is_typed(rated: Rate) -> None:
    found = rated({"Autonomie": "Pas autonome"}, told=[line("Autonomie", "Très autonome")])

    assert not found.anomalies


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"Dossier": "D9"}, "ce dossier n’est pas dans Clients"),
        ({"Dossier": "#N/A"}, "ce dossier n’est pas dans Clients"),
        ({"Question": "Météo"}, "cette question n’est ni un critère de la grille ni une colonne de Clients"),
        ({"Réponse": "Bof"}, "cette réponse n’est pas dans le barème de la question"),
        ({"Nature": "Rêvé"}, "cette nature n’existe pas"),
        ({"Date": "hier"}, "« Date » doit être une date"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_named_and_counts_for_nothing(
    rated: Rate, wrong: Row, problem: str
) -> None:
    found = rated({}, told=[{**line("Autonomie", "Autonome"), **wrong}])

    assert problems(found) == [problem]
    assert found.lignes["Note FE"].isna().all() or "Date" in wrong


def test_a_line_without_nature_is_felt_and_a_line_without_answer_is_nothing(rated: Rate) -> None:
    told = [{**line("Autonomie", "Autonome"), "Nature": None}, line("Digitalisation", None)]

    found = rated({}, told=told)

    assert not found.anomalies
    assert found.answers.told["rang"].tolist() == [NATURES.index("Ressenti")]


def test_a_table_that_lacks_a_column_is_read_without_it(
    clients_of: Callable[..., Tableau], reglages: Reglages
) -> None:
    table = Tableau.of("Reponses", HEADERS[:3], [["D1", "Autonomie", "Autonome"]])

    found = rate_dossiers(clients_of({}), reglages, table, AU)

    assert not found.anomalies
    assert found.dossiers["Autonomie"].tolist() == ["Autonome"]


def test_where_an_answer_comes_from_is_told_in_words(rated: Rate) -> None:
    told = [
        line("Factures émises par mois", 120.0, "Mesuré", Date=OLD, Origine="000FEC.txt"),
        line("Autonomie", "Autonome", Auteur="Luc Ré"),
    ]

    found = rated({}, {}, told=told)

    assert found.answers.tell(2) == {
        "Factures émises par mois": "mesuré le 21/11/2025 : « 120 », 000FEC.txt, périmé",
        "Autonomie": "ressenti, Luc Ré : « Autonome »",
    }
    assert found.answers.tell(3) == {}


def test_the_line_of_an_import_answers_nothing_by_itself_and_contradicts_nobody(
    rated: Rate,
) -> None:
    told = [line("Autonomie", "Très autonome", "Déclaré", Auteur="Import", Origine="e.csv")]

    blank, changed = rated({}, told=told), rated({"Autonomie": "Pas autonome"}, told=told)

    assert blank.dossiers["Autonomie"].isna().all()
    assert problems(changed) == []
    assert "e.csv" in blank.answers.tell(2)["Autonomie"]


def test_the_line_of_a_whole_column_is_nobodys(rated: Rate) -> None:
    told = [
        line("Autonomie", "cases remplies : 9", "Déclaré", Auteur="Import", Dossier="(plusieurs)")
    ]

    assert problems(rated({}, told=told)) == []


# --- How far a note can be trusted


def test_a_cell_that_a_file_filled_counts_as_declared_as_long_as_both_agree(
    rated: Rate, all_at: Callable[[float], dict[str, object]]
) -> None:
    answers = all_at(1.0)
    told = [line(q, a, "Déclaré", Auteur="Import") for q, a in answers.items()]

    assert rated(answers, told=told).lignes["Fiabilité"].tolist() == [0.8]
    assert rated(all_at(0.0), told=told).lignes["Fiabilité"].tolist() == [0.6]


def test_a_felt_answer_counts_less_than_a_measured_one(
    rated: Rate, all_at: Callable[[float], dict[str, object]]
) -> None:
    answers = all_at(1.0)
    told = [line(question, answer, "Mesuré") for question, answer in answers.items()]

    felt = rated(answers, told=[])
    measured = rated(answers, told=told)

    assert felt.lignes["Fiabilité"].tolist() == [0.6]
    assert measured.lignes["Fiabilité"].tolist() == [1.0]
    assert measured.lignes["Note FE"].tolist() == felt.lignes["Note FE"].tolist()


def test_a_missing_answer_counts_for_nothing(rated: Rate, reglages: Reglages) -> None:
    found = rated({"Autonomie": "Autonome"}, told=[])

    weight = next(c.poids for c in reglages.fe.criteres if c.code == "AUTO")
    applies = found.mesure.applicables.iloc[0].to_numpy()
    whole = sum(p for p, a in zip(reglages.fe.poids, applies, strict=True) if a)
    assert found.lignes["Fiabilité"].tolist() == [round(0.6 * weight / whole, 2)]


def test_past_its_age_an_answer_lowers_the_trust_and_never_the_note(rated: Rate) -> None:
    client = {"Autonomie": "Autonome"}
    fresh = rated(client, told=[line("Autonomie", "Autonome", "Déclaré", Date=RECENT)])
    stale = rated(client, told=[line("Autonomie", "Autonome", "Déclaré", Date=OLD)])

    assert stale.lignes["Fiabilité"].item() == pytest.approx(
        fresh.lignes["Fiabilité"].item() / 2, abs=0.006
    )
    others = [c for c in fresh.lignes.columns if c != "Fiabilité"]
    pd.testing.assert_frame_equal(stale.lignes[others], fresh.lignes[others])


def test_without_an_age_in_the_grid_an_answer_never_grows_old(
    rated: Rate, reglages: Reglages
) -> None:
    grilles = tuple(
        replace(g, criteres=tuple(replace(c, peremption_mois=None) for c in g.criteres))
        for g in reglages.grilles
    )
    told = [line("Autonomie", "Autonome", Date=date(1999, 1, 1))]

    found = rated({}, told=told, policy=replace(reglages, grilles=grilles))

    assert not found.answers.told["perime"].any()


def test_what_an_answer_counts_is_the_firms_to_say(rated: Rate, reglages: Reglages) -> None:
    told = [line("Autonomie", "Autonome", "Mesuré")]
    none = replace(reglages, parametres={**reglages.parametres, "Fiabilité d’une mesure": 0})
    beyond = replace(reglages, parametres={**reglages.parametres, "Fiabilité d’une mesure": 50})

    assert rated({}, told=told, policy=none).lignes["Fiabilité"].tolist() == [0.0]
    assert rated({}, told=told, policy=beyond).lignes["Fiabilité"].item() < 1


def test_people_who_disagree_stand_behind_their_mean(rated: Rate) -> None:
    told = [
        line("Autonomie", "Peu autonome", Auteur="Luc"),
        line("Autonomie", "Autonome", Auteur="Ana"),
    ]
    one = rated({}, told=told[:1])

    assert rated({}, told=told).lignes["Fiabilité"].tolist() == one.lignes["Fiabilité"].tolist()


def test_a_client_to_whom_nothing_applies_has_no_trust_to_speak_of(
    rated: Rate, reglages: Reglages
) -> None:
    only = tuple(c for c in reglages.fe.criteres if c.code == "EMIS")
    grilles = tuple(replace(g, criteres=only) if g.nom == "FE" else g for g in reglages.grilles)

    found = rated({"Part B2B": 0}, told=[], policy=replace(reglages, grilles=grilles))

    assert found.lignes["Fiabilité"].isna().all()


@settings(deadline=None, max_examples=40)
@given(
    typed=st.sampled_from([None, "Pas autonome", "Autonome"]),
    told=st.lists(
        st.tuples(
            st.sampled_from(["Pas autonome", "Peu autonome", "Autonome", "Très autonome"]),
            st.sampled_from(NATURES),
            st.sampled_from([None, OLD, RECENT]),
            st.sampled_from(["Luc", "Ana", None]),
        ),
        max_size=5,
    ),
)
def test_whatever_is_on_record_a_typed_note_stays_and_the_trust_is_a_share(
    clients_of: Callable[..., Tableau],
    reglages: Reglages,
    typed: str | None,
    told: list[tuple[str, str, date | None, str | None]],
) -> None:
    clients = clients_of({"Autonomie": typed})
    rows = [
        ["D1", "Autonomie", answer, nature, day, who, None] for answer, nature, day, who in told
    ]
    table = Tableau.of("Reponses", HEADERS, rows, sheet="Réponses")

    found = rate_dossiers(clients, reglages, table, AU).lignes

    alone = rate_dossiers(clients, reglages).lignes
    assert 0 <= found["Fiabilité"].item() <= 1
    if typed:
        assert found["Note FE"].item() == alone["Note FE"].item()
    elif told:
        assert 0 <= found["Note FE"].item() <= 20


def test_two_spellings_of_an_answer_are_one() -> None:
    assert says_the_same("  très AUTONOME", "Très autonome", None)
    assert not says_the_same("Papier", 12, None)
