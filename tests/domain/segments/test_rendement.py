"""What segments yield: the figures, their reasons, what may be offered and what to watch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from segxl.domain.honoraires.factures import HEADERS as FACTURES
from segxl.domain.honoraires.factures import Periode
from segxl.domain.notation import measure_dossiers
from segxl.domain.reglages import Reglages
from segxl.domain.relation.attrition import SANS_COLONNE
from segxl.domain.resultats import Resultats
from segxl.domain.segmentation import Regle
from segxl.domain.segments import clientele as c
from segxl.domain.segments import offres as o
from segxl.domain.segments import page as p
from segxl.domain.segments import rendement as r
from segxl.domain.segments import vigilance as w
from segxl.domain.segments.offres import Offre, default_rows, parse_offres
from segxl.domain.segments.rendement import Rendement, Sources, measure_groups
from segxl.domain.tableau import Tableau
from segxl.domain.valeur import releve as v
from segxl.domain.valeur.entrees import Entrees
from segxl.domain.valeur.temps import HEADERS as TEMPS

AU = date(2026, 11, 22)
NAN = float("nan")
BLANK = {
    v.HONORAIRES: NAN, v.HEURES: NAN, v.COUT_SERVICE: NAN, v.MARGE_EUROS: NAN,
    v.ABCD: "", c.PRESENT: True, c.ETAIT: True, c.RESTE: True, c.FACTURE: 0.0, c.AVANT: 0.0,
    c.MISSIONS: NAN, c.OUVERTES: NAN, p.GROUPE: "Prêt", p.NOM: "Lumo", p.CANAL: "", p.OPPOSE: False, p.ETAPE: "",
}  # fmt: skip
KNOWN = BLANK | {
    v.HONORAIRES: 100_000.0, v.HEURES: 10.0, v.COUT_SERVICE: 60_000.0, v.MARGE_EUROS: 40_000.0,
    v.ABCD: "A", c.FACTURE: 100_000.0, c.AVANT: 80_000.0, c.MISSIONS: 2.0, c.OUVERTES: 1.0,
}  # fmt: skip


def lines(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{"dossier": f"D{i}", **row} for i, row in enumerate(rows, 1)])


def measure(
    lignes: pd.DataFrame, *order: str, sources: Sources | None = None
) -> dict[str, Rendement]:
    told = measure_groups(
        lignes, r.PAR_SEGMENT, lignes[p.GROUPE], order or ["Prêt"], sources or Sources()
    )
    return {x.nom: x for x in told}


def value(told: Rendement, figure: str) -> float | None:
    return told.chiffres[figure].valeur


# — figures —


def test_every_figure_of_a_segment_follows_its_formula() -> None:
    other = KNOWN | {
        v.HONORAIRES: 300_000.0, v.COUT_SERVICE: 270_000.0, v.MARGE_EUROS: 30_000.0,
        v.HEURES: 30.0, c.MISSIONS: 1.0, c.RESTE: False, c.PRESENT: False,
        c.FACTURE: 20_000.0, c.AVANT: 70_000.0,
    }  # fmt: skip
    elsewhere = KNOWN | {p.GROUPE: "À voir", v.MARGE_EUROS: 70_000.0, v.HEURES: 60.0}

    told = measure(lines(KNOWN, other, elsewhere), "Prêt", "À voir")["Prêt"]

    assert (told.clients, told.partis) == (1, 1)
    assert {nom: x.valeur for nom, x in told.chiffres.items()} == {
        r.HONORAIRES: 4000.0, r.MARGE: 700.0, r.TAUX: 0.175, r.HEURES: 40.0, r.PART_HEURES: 0.4,
        r.PART_MARGE: 0.5, r.CONVERSION: 0.5, r.OUVERTES: 2.0, r.PANIER: 2000.0, r.RETENTION: 0.5, r.TENDANCE: -0.2,
    }  # fmt: skip
    assert told.lecture == "1 ancien client, dont les honoraires comptent encore"


def test_what_cannot_be_divided_is_not_a_figure_and_says_why() -> None:
    newcomer = BLANK | {c.ETAIT: False, c.RESTE: False}

    told = measure(lines(newcomer))["Prêt"]

    assert told.motifs[r.HONORAIRES] == "aucun honoraire connu"
    assert told.motifs[r.HEURES] == "aucun temps saisi"
    assert told.motifs[r.RETENTION] == "aucun client il y a un an"
    assert told.motifs[r.TENDANCE] == "rien de facturé un an plus tôt"
    assert len(told.motifs) == len(r.MOTS)
    assert "honoraires, marge, taux de marge" in told.lecture


def test_a_segment_without_a_client_has_no_figure_at_all() -> None:
    told = measure(lines(KNOWN), "Prêt", "Vide")["Vide"]

    assert (told.clients, set(told.motifs.values())) == (0, {"aucun client"})


def test_what_the_workbook_does_not_tell_is_no_figure() -> None:
    nothing = Sources(is_suivie=False, has_annees=False, has_missions=False)

    told = measure(lines(KNOWN), sources=nothing)["Prêt"]

    assert told.motifs[r.RETENTION] == SANS_COLONNE
    assert told.motifs[r.TENDANCE] == "les factures ne couvrent pas deux années entières"
    assert "Mission" in told.motifs[r.CONVERSION]


def test_fees_of_which_no_cost_is_known_have_no_margin() -> None:
    costless = BLANK | {v.HONORAIRES: 5000.0}

    told = measure(lines(costless, KNOWN))["Prêt"]
    alone = measure(lines(costless))["Prêt"]

    assert told.lecture == "marge : 1 client sur 2 ; heures : 1 client sur 2"
    assert value(told, r.TAUX) == pytest.approx(0.4)
    assert alone.motifs[r.MARGE] == "coût inconnu : temps ou taux horaire manquant"


def test_a_margin_below_zero_is_a_figure_but_no_share() -> None:
    loss = KNOWN | {v.MARGE_EUROS: -1000.0, v.HONORAIRES: 0.0}

    told = measure(lines(loss))["Prêt"]

    assert value(told, r.MARGE) == -10
    assert told.motifs[r.PART_MARGE] == "pas de total positif à partager"
    assert told.motifs[r.TAUX] == "honoraires nuls ou négatifs"
    assert value(told, r.PANIER) == 0


def test_the_order_of_the_clients_changes_nothing() -> None:
    rows = [KNOWN | {"dossier": f"D{i}", v.HONORAIRES: 1000.0 * i} for i in range(9)]

    assert measure(lines(*rows)) == measure(lines(*rows[::-1]))


# — invoices —


def bills(*rows: tuple[date, str, float]) -> pd.DataFrame:
    cells = [(day, who, euros * 100, None, None, "", "") for day, who, euros in rows]
    return pd.DataFrame(cells, columns=[*FACTURES], dtype=object)


def entrees(factures: pd.DataFrame, *temps: tuple[object, ...]) -> Entrees:
    worked = pd.DataFrame([*temps], columns=[*TEMPS[:5], TEMPS[-1]], dtype=object)
    return Entrees.of(["D1", "D2"], factures, worked, {}, AU)


def test_two_whole_years_of_invoices_are_compared_client_by_client() -> None:
    told = c.compare_years(entrees(bills(
        (date(2024, 11, 25), "D1", 100), (date(2025, 12, 5), "D1", 130), (date(2026, 11, 5), "Z", 9),
        (date(2025, 12, 5), "D2", 50), (date(2026, 11, 3), "D2", -10),
    )))  # fmt: skip

    assert told is not None
    assert told[c.FACTURE].tolist() == [13_000, 4_000]
    assert told[c.AVANT].tolist() == [10_000, 0]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(date(2026, 11, 5), "D1", 1.0)],
        [(date(2025, 6, 5), "D1", 1.0), (date(2026, 11, 5), "D1", 1.0)],
        [(date(2023, 6, 5), "D1", 1.0), (date(2024, 11, 5), "D1", 1.0)],
    ],
)
def test_less_than_two_years_of_invoices_are_no_trend(rows: list[tuple[date, str, float]]) -> None:
    hours = ("D1", date(2026, 11, 1), "AB", 1, 50, "")

    assert c.compare_years(entrees(bills(*rows), hours)) is None


def test_missions_count_once_each_and_credit_notes_not_at_all() -> None:
    factures = bills(
        (date(2026, 3, 1), "D1", 5), (date(2026, 4, 1), "D1", 5), (date(2026, 5, 1), "d1", 5),
        (date(2026, 5, 1), "D2", -5), (date(2020, 5, 1), "D2", 5), (date(2026, 5, 1), "Z", 5),
    )  # fmt: skip
    missions = pd.Series(["Tenue", "TENUE ", "Paie", "Tenue", "Tenue", "Tenue"], dtype=object)
    year = Periode(du=date(2025, 12, 1), au=date(2026, 11, 30), est_entiere=True)

    told = c.count_missions(factures, missions, ("D1", "D2"), year)
    silent = c.count_missions(factures, pd.Series([None] * 6, dtype=object), ("D1",), year)

    assert told is not None
    assert told.fillna(-1).tolist() == [2, -1]
    assert silent is None


def test_a_mission_opens_when_a_client_is_first_billed_of_one_more_kind() -> None:
    """Given D1 who takes on payroll, D2 who changes nothing, D3 who comes, D4 nobody knows of."""
    factures = bills(
        (date(2025, 1, 1), "D1", 5), (date(2026, 4, 1), "D1", 5), (date(2025, 1, 1), "D2", 5),
        (date(2026, 5, 1), "D2", 5), (date(2026, 5, 1), "D3", 5), (date(2026, 5, 1), "Z", 5),
        (date(2026, 6, 1), "D2", -5), (date(2027, 5, 1), "D2", 5), (date(2026, 5, 1), "D4", 5),
    )  # fmt: skip
    words = ["Tenue", "Paie", "Tenue", "TENUE", "Tenue", "Tenue", "Paie", "Paie", None]
    year = Periode(du=date(2025, 12, 1), au=date(2026, 11, 30), est_entiere=True)
    who = ("D1", "D2", "D3", "D4")

    told = c.find_openings(factures, pd.Series(words, dtype=object), who, year)
    recent = c.find_openings(factures[3:], pd.Series(words[3:], factures.index[3:]), who, year)

    assert told is not None
    assert told.fillna(-1).tolist() == [1, 0, 0, -1]
    assert recent is None
    assert c.find_openings(factures[:0], pd.Series(dtype=object), who, year) is None


# — offers —


def table(*rows: dict[str, object], headers: Sequence[str] = o.HEADERS) -> Tableau:
    return Tableau.of("Offres", [*headers], [[row.get(h) for h in headers] for row in rows])


def parse(*rows: dict[str, object]) -> tuple[tuple[Offre, ...], list[str]]:
    offres, wrong = parse_offres(table(*rows), ["Prêt", "À voir"], AU)
    return offres, [f"{a.cell} {a.problem}" for a in wrong]


def test_an_offer_is_read_however_it_is_typed() -> None:
    (offre,), wrong = parse({
        o.SEGMENT: " pret ", o.CLASSE: "a", o.OFFRE: "Revue", o.PRIX_DE: "1 200,50 €", o.PRIX_A: 1500,
        o.HEURES: "2h30", o.NIVEAU: "Suivi", o.REVUE: "15/09/2026", o.DEFINIE: date(2025, 1, 1),
    })  # fmt: skip

    assert not wrong
    assert offre == Offre(
        row=2, segment="Prêt", classe="A", offre="Revue", prix_de=1200.5, prix_a=1500.0,
        heures=2.5, niveau="Suivi", revue=date(2026, 9, 15), definie=date(2025, 1, 1),
    )  # fmt: skip
    assert offre.last_review(AU) == date(2026, 9, 15)


def test_a_cell_that_cannot_be_read_is_named_and_counts_as_blank() -> None:
    (offre,), wrong = parse(
        {o.SEGMENT: "Prêt", o.OFFRE: "Revue", o.CLASSE: "E", o.PRIX_DE: "cher", o.PRIX_A: -5,
         o.HEURES: "à fixer", o.DEFINIE: "bientôt", o.REVUE: date(2027, 1, 1)},
        {o.SEGMENT: "Zorglub", o.OFFRE: "x"},
        {o.SEGMENT: "#N/A", o.OFFRE: "x", o.PRIX_DE: "1e999"},
    )  # fmt: skip

    assert (offre.classe, offre.prix_de, offre.prix_a, offre.heures) == ("", None, None, None)
    assert offre.last_review(AU) is None
    assert wrong == [
        "B2 cette classe n’existe pas",
        "D2 « Prix de » doit être un nombre",
        "E2 « Prix à » est négatif",
        "N2 « Définie le » n’est pas une date",
        "O2 « Revue le » est à venir : cette date ne compte pas encore",
        "A3 ce segment n’est pas dans la feuille Segments : cette offre n’est pas lue",
        "A4 ce segment n’est pas dans la feuille Segments : cette offre n’est pas lue",
        "D4 « Prix de » doit être un nombre",
    ]


def test_a_range_of_prices_upside_down_is_told() -> None:
    _, wrong = parse({o.SEGMENT: "Prêt", o.PRIX_DE: 900, o.PRIX_A: 90})

    assert wrong == ["E2 « Prix à » est au-dessous de « Prix de »"]


def test_a_column_that_was_removed_is_blank_and_a_blank_row_is_none() -> None:
    short = table({o.SEGMENT: "Prêt", o.OFFRE: "Revue"}, {}, headers=(o.SEGMENT, o.OFFRE))

    offres, wrong = parse_offres(short, ["Prêt"], AU)

    assert [x.offre for x in offres] == ["Revue"]
    assert not wrong


def test_the_offers_to_start_from_have_no_price() -> None:
    regles = [Regle(ordre=1, segment="Prêt", conditions={}, offre="Revue", canal="E-mail"),
              Regle(ordre=2, segment="Maison", conditions={})]  # fmt: skip

    first, second = default_rows(regles, {"PRET": {o.NIVEAU: "Suivi"}}, AU)

    assert first == {o.SEGMENT: "Prêt", o.OFFRE: "Revue", o.POLITIQUE: "à fixer", o.CANAL: "E-mail", o.DEFINIE: AU, o.NIVEAU: "Suivi"}  # fmt: skip
    assert (second[o.OFFRE], second[o.CANAL]) == (None, None)


# — to whom, and how —


def test_an_offer_is_made_to_clients_of_its_segment_and_class_who_accept_offers() -> None:
    lignes = lines(
        KNOWN, KNOWN | {v.ABCD: "B"}, KNOWN | {p.OPPOSE: True}, KNOWN | {c.PRESENT: False},
        KNOWN | {p.GROUPE: "À voir"}, BLANK | {v.ABCD: "A"}, KNOWN | {v.HONORAIRES: 900_000.0},
    )  # fmt: skip
    offre = Offre(row=4, segment="Prêt", offre="Revue", classe="A")

    found = p.find_eligibles(lignes, offre, "")

    assert [(x.dossier, x.honoraires) for x in found] == [("D7", 9000), ("D1", 1000), ("D6", None)]
    assert len(p.find_eligibles(lignes, replace(offre, classe=""), "")) == 4
    assert p.find_eligibles(lignes, replace(offre, offre="aucune"), "") == ()


def test_the_channel_of_the_client_wins_over_that_of_the_offer_and_of_the_segment() -> None:
    lignes = lines(KNOWN | {p.CANAL: "Téléphone"}, KNOWN)
    offre = Offre(row=4, segment="Prêt", offre="Revue")

    def channels(of: Offre) -> list[str]:
        return [x.canal for x in p.find_eligibles(lignes, of, "E-mail")]

    assert channels(offre) == ["Téléphone", "E-mail"]
    assert channels(replace(offre, canal="Courrier")) == ["Téléphone", "Courrier"]


def test_a_page_gathers_one_segment(reglages: Reglages) -> None:
    lignes = lines(
        KNOWN | {p.ETAPE: "Informer"}, KNOWN | {p.ETAPE: "Choisir"}, KNOWN | {p.ETAPE: "Informer"},
        KNOWN | {p.OPPOSE: True}, KNOWN | {p.GROUPE: "Maison"},
    )  # fmt: skip
    told = measure(lignes, "Prêt", "Maison")
    offres = [Offre(row=4, segment="Prêt", offre="Revue"), Offre(row=5, segment="Autre", offre="x")]
    alertes = [w.Alerte(sujet="offre", niveau="À revoir", message="…", segment=s) for s in ("Prêt", "")]  # fmt: skip

    ready, own = p.build_pages(lignes, [*told.values()], offres, reglages, alertes)

    assert ready.etape == ("Informer", 2, 4)
    assert ([x.row for x in ready.offres], ready.opposes, len(ready.premiers)) == ([4], 1, 4)
    assert len(ready.eligibles[4]) == 3
    assert ready.regles == ("aucune règle précédente ne s’applique",)
    assert len(ready.alertes) == 1
    assert (own.regle, own.regles, own.etape) == (None, (), None)


# — what to watch —


def test_a_segment_without_an_offer_is_told_unless_none_was_chosen() -> None:
    offres = [Offre(row=4, segment="A", offre="x"), Offre(row=5, segment="B", offre="Aucune"),
              Offre(row=6, segment="C", objection="cher")]  # fmt: skip

    assert [a.segment for a in w.find_without_offre(["A", "B", "C", "D"], offres)] == ["C", "D"]


@pytest.mark.parametrize(
    ("jour", "niveau"),
    [
        (date(2025, 11, 23), ""),
        (date(2025, 11, 22), w.A_REVOIR),
        (date(2024, 11, 23), w.A_REVOIR),
        (date(2024, 11, 22), w.EN_RETARD),
        (None, w.A_REVOIR),
    ],
)
def test_a_review_is_due_at_twelve_months_and_late_at_twenty_four(
    jour: date | None, niveau: str
) -> None:
    offre = Offre(row=4, segment="Prêt", offre="Revue", revue=jour)

    assert [a.niveau for a in w.find_reviews(["Prêt"], [offre], AU)] == [niveau] * bool(niveau)


def test_the_offer_left_longest_tells_and_an_objection_has_no_review() -> None:
    recent = Offre(row=4, segment="Prêt", offre="Revue", revue=date(2026, 11, 1))
    old = Offre(row=5, segment="Prêt", offre="Atelier", definie=date(2024, 1, 1))
    bare = Offre(row=6, segment="Prêt", objection="Trop cher")

    assert not [*w.find_reviews(["Prêt", "Sans ligne"], [recent, bare], AU)]
    assert [a.niveau for a in w.find_reviews(["Prêt"], [recent, old], AU)] == [w.EN_RETARD]
    assert [a.niveau for a in w.find_reviews(["Prêt"], [bare], AU)] == [w.A_REVOIR]


@pytest.mark.parametrize(("old", "told"), [(0, 0), (1, 0), (2, 1)])
def test_stale_answers_are_told_past_their_share(old: int, told: int) -> None:
    perimes = pd.Series([True] * old + [False] * (4 - old), dtype=bool)

    assert len([*w.find_stale_answers(perimes, 0.25)]) == told


def test_without_an_answer_on_record_none_is_stale() -> None:
    assert not [*w.find_stale_answers(pd.Series(dtype=bool), 0.25)]


def test_criteria_that_nobody_rated_are_named(rate: Callable[..., Resultats]) -> None:
    resultats = rate({"Assujetti TVA": "Oui", "Sensibilisation": "Informé", "Part B2B": None})

    (alerte,) = w.find_unrated(resultats.mesure, resultats.in_scope)
    nobody = [*w.find_unrated(resultats.mesure, ~resultats.in_scope)]

    assert "« Plateforme agréée »" in alerte.message
    assert "Sensibilisation" not in alerte.message
    assert "Nouvelles mentions" not in alerte.message
    assert not nobody


def test_criteria_that_are_all_rated_are_not(
    rate: Callable[..., Resultats], all_at: Callable[[float], dict[str, object]]
) -> None:
    resultats = rate({"Assujetti TVA": "Oui", "Part B2B": 1, **all_at(1)})

    mesure = measure_dossiers(resultats.dossiers, resultats.mesure.grille)
    assert not [*w.find_unrated(mesure, resultats.in_scope)]


@pytest.mark.parametrize(
    ("jour", "niveaux"),
    [(None, []), (AU, []), (date(2025, 11, 22), [w.A_REVOIR]), (date(2020, 1, 1), [w.EN_RETARD])],
)
def test_notes_of_a_year_ago_are_told(jour: date | None, niveaux: list[str]) -> None:
    assert [a.niveau for a in w.find_old_notes(jour, AU)] == niveaux


def test_what_the_dashboard_warns_of_is_told_here_too() -> None:
    assert [a.message for a in w.tell_decoupage([("x", "x", "Trop de segments.")])] == [
        "Trop de segments."
    ]


def test_a_hundred_thousand_clients_are_measured_in_one_pass() -> None:
    rng = np.random.default_rng(1)
    count = 100_000
    lignes = pd.DataFrame({h: [x] * count for h, x in KNOWN.items()})
    lignes[p.GROUPE] = rng.choice(["Prêt", "À voir"], count)

    told = measure(lignes, "Prêt", "À voir")

    assert sum(x.clients for x in told.values()) == count
    assert sum(value(x, r.PART_HEURES) or 0 for x in told.values()) == pytest.approx(1)
