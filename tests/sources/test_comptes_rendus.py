from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from segxl.shipped import read_toml
from segxl.sources.comptes_rendus import (
    render_changements,
    render_colonnes,
    render_detail,
    render_lecture,
)
from segxl.sources.correspondance import match_headers, shipped_synonymes
from segxl.sources.fusion_clients import merge_clients
from segxl.sources.lecture import read_export
from segxl.sources.portefeuille import Portefeuille, parse_portefeuille

CLIENTS = [*shipped_synonymes()["synonymes"]]
DATA = Path(__file__).parent / "data"
REPONSES: dict[str, list[str]] = {
    c["critere"]: [niveau[0] for niveau in c.get("niveaux", ())] if c["type"] == "Liste" else []
    for c in read_toml("defaults/grille.toml")["criteres"]
}


def clients_of(*rows: Sequence[object], headers: Sequence[str]) -> pd.DataFrame:
    index = pd.RangeIndex(2, 2 + len(rows))
    return pd.DataFrame([*rows], columns=pd.Index([*headers]), index=index, dtype=object)


def _messy() -> Portefeuille:
    export = read_export(DATA / "messy_export.xlsx")
    return parse_portefeuille(export, match_headers([*export.lignes.columns], CLIENTS), REPONSES)


def test_the_reading_is_told_with_what_was_left_out() -> None:
    assert render_lecture(_messy()) == [
        (
            "messy_export.xlsx (feuille « Export clients ») : 303 lignes lues, 3 écartées "
            "(1 total, 1 sous-total et 1 doublon) ; 300 dossiers."
        ),
        "SIREN : 100 cellules comme « 1032 » : zéros de tête perdus, remis à leur place.",
    ]


def test_the_mapping_is_told_column_by_column() -> None:
    lines = render_colonnes(_messy().correspondance)

    assert "« N° SIREN » → SIREN" in lines
    assert "« CA HT (dernier exercice) » → CA HT" in lines
    assert lines[-1] == (
        "Non reconnues, gardées sous leur titre : « SIRET (siège) » et « Retard moyen (j) »."
    )


def test_columns_left_out_on_purpose_are_told_apart() -> None:
    found = match_headers(["Code", "Humeur", "Météo"], CLIENTS, {"Humeur": "", "Météo": ""})

    assert render_colonnes(found)[-1] == (
        "Laissées de côté, comme demandé : « Humeur » et « Météo »."
    )


def test_changes_are_counted_then_told_one_by_one() -> None:
    headers = ["Dossier", "SIREN", "CA HT"]
    existing = clients_of(
        ["C1", "000001016", 10.0], ["C2", "000001024", 5.5], ["C3", None, None], headers=headers
    )
    incoming = clients_of(
        ["C1", None, 12.5], ["X2", "000001024", 5.5], ["C3", None, None], ["C4", None, 1.0],
        headers=headers,
    )  # fmt: skip

    found = merge_clients(existing, incoming)

    assert render_changements(found) == [
        "1 nouveau dossier, 1 dossier mis à jour et 2 dossiers inchangés.",
        "Le dossier X2 du fichier a le SIREN du dossier C2, dont le code est gardé.",
    ]
    assert render_detail(found) == ["C1, CA HT : 10 → 12,5"]


def test_added_columns_are_told() -> None:
    existing = clients_of(["C1"], headers=["Dossier"])
    incoming = clients_of(["C1", 1.0, 2.0], headers=["Dossier", "Humeur", "Météo"])

    assert render_changements(merge_clients(existing, incoming)) == [
        "1 dossier mis à jour.",
        "Colonnes ajoutées à Clients : « Humeur » et « Météo ».",
    ]


def test_an_import_without_change_says_so() -> None:
    clients = clients_of(["C1"], headers=["Dossier"])

    assert render_changements(merge_clients(clients, clients)) == [
        "Rien à changer : 1 dossier à jour."
    ]
