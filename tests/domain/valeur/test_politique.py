"""The settings about value, however they are typed."""

from __future__ import annotations

import pytest

from segxl.domain.anomalies import SaisieError
from segxl.domain.honoraires.factures import DELAI
from segxl.domain.reglages import Reglages
from segxl.domain.relation import politique as re
from segxl.domain.valeur import politique as po
from segxl.domain.valeur.politique import Politique
from segxl.shipped import read_toml


def politique(nom: str = "", value: object = None) -> Politique:
    return Politique.of(Reglages(grilles=(), couleurs=(), regles=(), parametres={nom: value}))


def test_without_a_setting_the_policy_is_the_usual_one() -> None:
    assert politique() == Politique(axes={"Valeur": (), "Marge": (), "Coût de service": ()})


@pytest.mark.parametrize("typed", [70, "70", "0,7", 0.7, "70 %"])
def test_a_share_is_read_as_70_or_as_0_7(typed: object) -> None:
    assert politique("Part cumulée des clients A", typed).part_a == pytest.approx(0.7)


def test_thresholds_are_read_in_euros_days_and_shares() -> None:
    assert politique("Seuils de valeur (€)", "1 500 € ; 5000").axes["Valeur"] == (1500, 5000)
    assert politique("Seuils de récence (jours)", "30;90;180;365").bornes.recence == (30, 90, 180, 365)  # fmt: skip
    shares = politique("Seuils de coût de service (part des honoraires)", "40 / 70")
    assert shares.axes["Coût de service"] == (0.4, 0.7)
    assert politique("Seuils de taux de marge de la matrice", "0,35").seuils_marge == (0.35,)


def test_the_matrix_the_split_and_the_rates_are_the_firms() -> None:
    assert politique("Niveaux de la matrice valeur et marge", "3").matrice == 3
    assert politique("Séparation B/C", "marge").partage == "Marge"
    assert politique("Valeur mesurée par", "volume et recurrence").mesure == "Volume et récurrence"
    assert politique("Valeur mesurée par", " ").mesure == "Honoraires"
    assert politique("Taux horaire : AB", "45 €/h").tarifs == {"ab": 45.0}


@pytest.mark.parametrize(
    ("nom", "value"),
    [
        ("Part cumulée des clients A", "beaucoup"),
        ("Part cumulée des clients A", "96 %"),
        ("Part cumulée des clients A", "-5 %"),
        ("Part cumulée des clients B", "120 %"),
        ("Seuils de valeur (€)", "5000"),
        ("Seuils de valeur (€)", "5000;1000"),
        ("Seuils de valeur (€)", "1000;1000"),
        ("Seuils de récence (jours)", "30;90;x;365"),
        ("Niveaux de la matrice valeur et marge", "4"),
        ("Séparation B/C", "humeur"),
        ("Valeur mesurée par", "l’humeur"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_its_name(nom: str, value: object) -> None:
    with pytest.raises(SaisieError) as refused:
        politique(nom, value)

    assert nom in str(refused.value)


def test_every_setting_of_value_is_listed_in_the_sheet_with_what_it_does() -> None:
    listed = {p["parametre"]: p for p in read_toml("defaults/parametres.toml")["parametres"]}
    wanted = {
        po.PART_A, po.PART_B, po.PARTAGE_BC, po.MESURE, po.MATRICE, po.MATRICE_VALEUR, po.MATRICE_MARGE,
        po.RECENCE, po.FREQUENCE, po.MONTANT, *po.SEUILS_AXES.values(), DELAI,
    }  # fmt: skip

    assert wanted <= {*listed}
    assert all(listed[nom]["explication"].endswith(".") for nom in wanted)


def test_every_setting_of_relation_is_listed_in_the_sheet() -> None:
    listed = {p["parametre"] for p in read_toml("defaults/parametres.toml")["parametres"]}

    assert {
        re.CONTACT, re.RETARD, re.BAISSE, re.APRES, re.DEPENSE, re.REPONSE_CONSOMMATEUR,
        re.SAISINE, re.MEDIATION, re.REPONSE_PROFESSIONNEL, re.CONSEIL_REGIONAL,
    } <= listed  # fmt: skip


def test_the_settings_that_ship_change_nothing_for_an_older_workbook() -> None:
    rows = read_toml("defaults/parametres.toml")["parametres"]
    shipped = {p["parametre"]: p["valeur"] for p in rows}
    reglages = Reglages(grilles=(), couleurs=(), regles=(), parametres=shipped)

    assert Politique.of(reglages) == politique()
