from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from segxl.domain.anomalies import Anomalie
from segxl.domain.reglages import Reglages
from segxl.domain.resultats import Resultats
from segxl.domain.tableau import Tableau

Rate = Callable[..., Resultats]
AllAt = Callable[[float], dict[str, object]]
Policy = Callable[..., tuple[Reglages, tuple[Anomalie, ...]]]
TableOf = Callable[[str, list[dict[str, object]]], Tableau]


@pytest.fixture(scope="session")
def segments_of(policy_of: Policy, table_of: TableOf) -> Policy:
    """Read the shipped policy with other rules, one dict per row; Ordre 10, 20, 30… unless told."""

    def read(*rules: Mapping[str, object]) -> tuple[Reglages, tuple[Anomalie, ...]]:
        rows: list[dict[str, object]] = [
            {"Ordre": 10 * i, **rule} for i, rule in enumerate(rules, start=1)
        ]
        return policy_of(Segments=table_of("Segments", rows))

    return read


def _told(anomalies: tuple[Anomalie, ...]) -> list[tuple[str, str]]:
    return [(a.cell, a.problem.partition(" :")[0]) for a in anomalies]


# — which segment —


def test_the_first_rule_that_holds_gives_the_segment(rate: Rate, segments_of: Policy) -> None:
    policy, _ = segments_of(
        {"Segment": "Petit", "Effectif": "<10"},
        {"Segment": "Moyen", "Effectif": "<50"},
        {"Segment": "Grand"},
    )

    lignes = rate({"Effectif": 9}, {"Effectif": 10}, {"Effectif": 50}, policy=policy).lignes

    assert lignes["Segment"].tolist() == ["Petit", "Moyen", "Grand"]


def test_rules_are_tried_by_ordre_not_by_row(rate: Rate, segments_of: Policy) -> None:
    policy, anomalies = segments_of(
        {"Ordre": 30, "Segment": "Grand"},
        {"Ordre": "20", "Segment": "Moyen", "Effectif": "<50"},
        {"Ordre": 2.5, "Segment": "Petit", "Effectif": "<10"},
    )

    lignes = rate({"Effectif": 9}, {"Effectif": 10}, {"Effectif": 50}, policy=policy).lignes

    assert anomalies == ()
    assert lignes["Segment"].tolist() == ["Petit", "Moyen", "Grand"]


def test_the_cells_of_one_row_must_all_hold(rate: Rate, segments_of: Policy) -> None:
    policy, _ = segments_of(
        {"Segment": "Cible", "Effectif": ">=10", "CA HT": ">=1000000"}, {"Segment": "Autre"}
    )

    lignes = rate(
        {"Effectif": 10, "CA HT": 1_000_000},
        {"Effectif": 10, "CA HT": 999_999},
        {"Effectif": 9, "CA HT": 1_000_000},
        policy=policy,
    ).lignes

    assert lignes["Segment"].tolist() == ["Cible", "Autre", "Autre"]


def test_the_rows_of_one_segment_are_alternatives(rate: Rate, all_at: AllAt) -> None:
    lignes = rate(
        all_at(1) | {"Outil de facturation": "Papier"},
        all_at(1) | {"Outil de facturation": "Word ou Excel"},
        all_at(0) | {"Outil de facturation": "Logiciel compatible"},
    ).lignes

    assert lignes["Segment"].tolist() == ["Prioritaire"] * 3


def test_a_rule_may_read_any_column_of_the_clients(rate: Rate, segments_of: Policy) -> None:
    policy, _ = segments_of(
        {"Segment": "Bâtiment", "Raison sociale": "*bâtiment*"}, {"Segment": "Autre"}
    )

    lignes = rate(
        {"Raison sociale": "Dupont Bâtiment"}, {"Raison sociale": "Lumo"}, policy=policy
    ).lignes

    assert lignes["Segment"].tolist() == ["Bâtiment", "Autre"]


def test_a_rule_may_read_the_colour(rate: Rate, all_at: AllAt, segments_of: Policy) -> None:
    policy, _ = segments_of({"Segment": "Bravo", "Couleur": "Vert*"}, {"Segment": "À suivre"})

    lignes = rate(all_at(1), all_at(0), policy=policy).lignes

    assert lignes["Segment"].tolist() == ["Bravo", "À suivre"]


def test_a_rule_names_its_column_as_a_reader_would(
    rate: Rate, all_at: AllAt, segments_of: Policy
) -> None:
    policy, anomalies = segments_of(
        {"Segment": "Papier", "outil  de FACTURATION": "Papier"},
        {"Segment": "Bas", "note fe": "<6"},
        {"Segment": "Prêt"},
    )

    lignes = rate(
        all_at(1) | {"Outil de facturation": "Papier"}, all_at(0), all_at(1), policy=policy
    ).lignes

    assert anomalies == ()
    assert lignes["Segment"].tolist() == ["Papier", "Papier", "Prêt"]


def test_a_client_column_spelt_otherwise_than_its_critere_still_feeds_the_rules(
    policy_of: Policy, clients_of: Callable[..., Tableau]
) -> None:
    shipped = clients_of()
    letters = {h.replace("Outil de", "outil  de"): letter for h, letter in shipped.letters.items()}
    lignes = shipped.lignes.set_axis([*letters], axis="columns")
    clients = Tableau(name="Clients", sheet="Clients", lignes=lignes, letters=letters)

    policy, anomalies = policy_of(clients=clients)

    assert anomalies == ()
    assert any("Outil de facturation" in r.conditions for r in policy.regles)


def test_without_a_rule_that_holds_a_dossier_is_sans_segment(
    rate: Rate, segments_of: Policy
) -> None:
    policy, _ = segments_of({"Segment": "Grand", "Effectif": ">=50"})

    assert rate({"Effectif": 1}, policy=policy).lignes["Segment"].tolist() == ["Sans segment"]


def test_a_blank_row_of_segments_is_no_rule(policy_of: Policy, table_of: TableOf) -> None:
    rows: list[dict[str, object]] = [{"Ordre": 1, "Segment": "Prêt"}, {}]

    policy, anomalies = policy_of(Segments=table_of("Segments", rows))

    assert [r.segment for r in policy.regles] == ["Prêt"]
    assert anomalies == ()


def test_a_rule_carries_its_letter_channel_action_offer_and_delay(segments_of: Policy) -> None:
    policy, _ = segments_of(
        {
            "Segment": "Prêt",
            "Teinte": "bfe3c9",
            "Modèle": "pret",
            "Canal": "E-mail",
            "Action": "Féliciter",
            "Offre": "Revue",
            "Délai (jours)": "180",
        }
    )

    regle = policy.regles[0]

    assert (regle.teinte, regle.modele, regle.canal) == ("#BFE3C9", "pret", "E-mail")
    assert (regle.action, regle.offre, regle.delai_jours) == ("Féliciter", "Revue", 180.0)


def test_a_segment_written_on_several_rows_is_listed_once(reglages: Reglages) -> None:
    assert [r.segment for r in reglages.segments] == [
        "Hors champ", "À qualifier", "Prioritaire", "À convaincre", "À informer", "À accompagner",
        "En transition", "Prêt",
    ]  # fmt: skip


# — the hand —


def test_an_imposed_segment_with_its_motif_wins_over_the_rule(rate: Rate, all_at: AllAt) -> None:
    hand = {"Segment imposé": "prioritaire", "Motif": "Litige en cours"}

    resultats = rate(all_at(1) | hand)

    assert resultats.lignes["Segment"].tolist() == ["Prioritaire"]
    assert resultats.anomalies == ()


def test_an_imposed_segment_without_motif_leaves_the_rule_and_is_named(
    rate: Rate, all_at: AllAt
) -> None:
    resultats = rate(all_at(1) | {"Segment imposé": "Prioritaire"})

    assert resultats.lignes["Segment"].tolist() == ["Prêt"]
    assert _told(resultats.anomalies) == [("AF2", "un segment imposé demande son motif")]


def test_an_imposed_segment_that_does_not_exist_leaves_the_rule_and_is_named(
    rate: Rate, all_at: AllAt
) -> None:
    resultats = rate(all_at(1) | {"Segment imposé": "Premium", "Motif": "Fidèle"})

    assert resultats.lignes["Segment"].tolist() == ["Prêt"]
    assert _told(resultats.anomalies) == [("AE2", "ce segment n’existe pas")]
    assert "Hors champ · À qualifier" in resultats.anomalies[0].remedy


# — rules that contradict the rest —


def test_the_shipped_policy_contradicts_nothing(policy_of: Policy) -> None:
    _, anomalies = policy_of()

    assert anomalies == ()


def test_a_rule_hidden_by_an_earlier_one_is_named_with_it(segments_of: Policy) -> None:
    _, anomalies = segments_of(
        {"Segment": "Bas", "Note FE": "<10"},
        {"Segment": "Très bas", "Note FE": "<4"},
        {"Segment": "Prêt"},
    )

    assert [(a.cell, a.value, a.is_blocking) for a in anomalies] == [("B3", "Très bas", False)]
    assert "la règle d’ordre 10 (« Bas ») prend déjà tous ses dossiers" in anomalies[0].problem


def test_a_rule_after_the_catch_all_is_named(segments_of: Policy) -> None:
    _, anomalies = segments_of({"Segment": "Prêt"}, {"Segment": "Bas", "Note FE": "<4"})

    assert _told(anomalies) == [("B3", "cette règle ne peut jamais s’appliquer")]


def test_a_rule_with_one_more_condition_than_an_earlier_one_is_hidden(segments_of: Policy) -> None:
    _, anomalies = segments_of(
        {"Segment": "Bas", "Note FE": "<6"},
        {"Segment": "Bas et petit", "Note FE": "<6", "Effectif": "<10"},
        {"Segment": "Prêt"},
    )

    assert _told(anomalies) == [("B3", "cette règle ne peut jamais s’appliquer")]


def test_a_rule_with_one_condition_less_than_an_earlier_one_is_kept(segments_of: Policy) -> None:
    _, anomalies = segments_of(
        {"Segment": "Bas et petit", "Note FE": "<6", "Effectif": "<10"},
        {"Segment": "Bas", "Note FE": "<6"},
        {"Segment": "Prêt"},
    )

    assert anomalies == ()


@pytest.mark.parametrize(
    ("header", "condition", "top"),
    [("Note FE", ">20", "20"), ("Enjeu", ">=25", "20"), ("Complétude", ">60", "1")],
)
def test_a_rule_beyond_the_scale_of_a_result_is_named(
    segments_of: Policy, header: str, condition: str, top: str
) -> None:
    _, anomalies = segments_of({"Segment": "Rare", header: condition}, {"Segment": "Prêt"})

    assert [(a.value, a.remedy, a.is_blocking) for a in anomalies] == [
        (condition, f"les valeurs vont de 0 à {top}", False)
    ]


def test_an_amount_above_20_is_no_note(segments_of: Policy) -> None:
    _, anomalies = segments_of({"Segment": "Grand", "CA HT": ">20"}, {"Segment": "Prêt"})

    assert anomalies == ()


def test_a_missing_catch_all_is_named(segments_of: Policy) -> None:
    _, anomalies = segments_of({"Segment": "Bas", "Note FE": "<10"})

    assert [(a.sheet, a.cell, a.problem, a.is_blocking) for a in anomalies] == [
        (
            "Segments",
            "",
            "il manque un segment sans condition, pour les dossiers qu’aucune règle ne prend",
            False,
        )
    ]


def test_a_rule_on_an_answer_that_the_scale_lacks_is_named(segments_of: Policy) -> None:
    _, anomalies = segments_of(
        {"Segment": "Papier", "Outil de facturation": "Cahier"}, {"Segment": "Prêt"}
    )

    assert [(a.cell, a.value, a.is_blocking) for a in anomalies] == [("I2", "Cahier", False)]
    assert anomalies[0].remedy == (
        "choisissez parmi : Papier · Word ou Excel · Logiciel non raccordé · Logiciel compatible"
        " · ERP raccordé"
    )


@pytest.mark.parametrize("condition", ["papier", "Pap*", "<>Cahier", "=", "<>"])
def test_a_rule_that_some_answer_can_satisfy_is_kept(segments_of: Policy, condition: str) -> None:
    _, anomalies = segments_of(
        {"Segment": "Papier", "Outil de facturation": condition}, {"Segment": "Prêt"}
    )

    assert anomalies == ()


def test_an_unreadable_condition_blocks_and_names_its_cell(segments_of: Policy) -> None:
    _, anomalies = segments_of({"Segment": "Bas", "Note FE": "<six"}, {"Segment": "Prêt"})

    assert [(a.cell, a.value, a.is_blocking) for a in anomalies] == [("I2", "<six", True)]
    assert "après « < », un nombre est attendu" in anomalies[0].problem


def test_a_condition_column_unknown_to_clients_blocks(segments_of: Policy) -> None:
    _, anomalies = segments_of({"Segment": "Bas", "Secteur": "BTP"}, {"Segment": "Prêt"})

    assert [(a.cell, a.value, a.is_blocking) for a in anomalies] == [("I1", "Secteur", True)]


def test_a_condition_column_on_an_empty_table_is_named_too(
    policy_of: Policy,
) -> None:
    headers = ["Ordre", "Segment", "Teinte", "Secteur", "Modèle", "Canal", "Action", "Offre", "Délai (jours)"]  # fmt: skip

    _, anomalies = policy_of(Segments=Tableau.of("Segments", headers, []))

    assert [a.cell for a in anomalies] == ["D1"]


@pytest.mark.parametrize(
    "header", ["Segment", "Prochaine étape", "Points forts", "Points faibles", "Calculé le"]
)
def test_a_rule_cannot_read_what_is_decided_after_the_segment(
    policy_of: Policy, table_of: TableOf, header: str
) -> None:
    condition = f"{header} " if header == "Segment" else header
    rows: list[dict[str, object]] = [{"Ordre": 1, "Segment": "A", condition: "<>"}]

    policy, anomalies = policy_of(Segments=table_of("Segments", rows))

    assert all(condition not in r.conditions for r in policy.regles)
    assert [a.is_blocking for a in anomalies] == [True]


def test_a_rule_without_name_or_without_number_blocks(segments_of: Policy) -> None:
    _, anomalies = segments_of(
        {"Segment": None, "Note FE": "<6"}, {"Ordre": "premier", "Segment": "Prêt"}
    )

    assert [(a.cell, a.problem, a.is_blocking) for a in anomalies] == [
        ("B2", "la règle ne nomme pas de segment", True),
        ("A3", "l’ordre de la règle doit être un nombre", True),
    ]
