"""The functions of the worksheet, called with the ranges that Excel would hand over."""

from __future__ import annotations

import inspect
import random
import typing
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.faces.feuilles import Feuilles, changed, picked, read_feuilles

from segxl.actions import noter, nouveau
from segxl.excel.file import FileWorkbook
from segxl.excel.reglages import read_portefeuille
from segxl.faces import declaration, terminal, udfs
from segxl.faces.udfs import (
    SEG_COMPLETUDE,
    SEG_COULEUR,
    SEG_DETAIL,
    SEG_NOTE,
    SEG_NOTES,
    SEG_SEGMENT,
    SEG_SIREN,
)
from segxl.sources.demonstration import invent_clients

CLIENTS = 300
TODAY = date(2026, 11, 22)
LONGEST_DESCRIPTION = 255
FORMULES = {name: f for name, f in vars(udfs).items() if name.startswith("SEG_")}
SPOILED: list[dict[str, Any]] = [
    {"Sensibilisation": "Peut-être"},
    {"Plateforme agréée": "  CONTACTEE ", "Digitalisation": "avancee"},
    {"Autonomie": "#N/A", "Processus adaptés": "   "},
    {"Part B2B": 60, "Part B2C": 30, "Part secteur public": 10, "Part international": 0},
    {"Part B2B": "60 %"},
    {"Part B2B": "beaucoup"},
    {"Part B2B": "#DIV/0!"},
    {"Dossier": None},
    {"Dossier": "D-double"},
    {"Dossier": "d-DOUBLE "},
    {"Segment imposé": "prioritaire", "Motif": "Décision de l’associé"},
    {"Segment imposé": "Prioritaire", "Motif": None},
    {"Segment imposé": "Prioritaire", "Motif": "  "},
    {"Segment imposé": "Inconnu", "Motif": "Essai"},
    {"Assujetti TVA": "non"},
    {"Assujetti TVA": False},
    {"Assujetti TVA": "#REF!"},
    {"Factures émises par mois": "1 000"},
    {"Autonomie": 1, "Émission des factures": True},
    {"Dossier": 12},
]
"""What people type, one line per client."""


def made(folder: Path, spoiled: list[dict[str, Any]]) -> Feuilles:
    """Score invented clients, the first ones spoilt, and read the workbook again."""
    path = nouveau.run(folder / "portefeuille.xlsx")
    workbook = FileWorkbook(path)
    criteres = read_portefeuille(workbook)[1].criteres
    clients = invent_clients(CLIENTS, 1, criteres).astype(object)
    clients = clients.assign(**{"Segment imposé": None, "Motif": None})
    for row, cells in enumerate(spoiled):
        for header in set(cells) & set(clients):
            clients.loc[row, header] = cells[header]
    answers = [c.libelle for c in criteres]
    clients.loc[len(spoiled), answers] = None
    workbook.append_rows("Clients", clients)
    workbook.save()
    workbook = FileWorkbook(path)
    noter.run(workbook, TODAY)
    workbook.save()
    return read_feuilles(path)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Feuilles:
    return made(tmp_path_factory.mktemp("saisies"), SPOILED)


@pytest.fixture(scope="module", params=["demonstration", "saisies"])
def feuilles(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Feuilles:
    if request.param == "saisies":
        found: Feuilles = request.getfixturevalue("spoilt")
        return found
    return made(tmp_path_factory.mktemp("demonstration"), [])


# — the same figures as the ribbon —


def test_seg_notes_gives_the_column_that_noter_wrote(feuilles: Feuilles) -> None:
    notes = SEG_NOTES(feuilles.clients, *feuilles.notation)

    assert notes == [[note] for note in feuilles.column("Note FE")]
    assert len(feuilles.clients) == CLIENTS


def test_seg_note_gives_the_note_of_each_client(feuilles: Feuilles) -> None:
    # A formula on one row cannot see that another row bears the same number.
    alone = [
        i for i, key in enumerate(feuilles.column("Dossier")) if "double" not in str(key).lower()
    ]

    notes = [SEG_NOTE((feuilles.clients[i],), *feuilles.notation) for i in alone[:25]]

    assert notes == [feuilles.column("Note FE")[i] for i in alone[:25]]


def test_seg_completude_gives_the_share_that_noter_wrote(feuilles: Feuilles) -> None:
    shares: Any = SEG_COMPLETUDE(feuilles.clients, *feuilles.notation)

    in_fifteen_digits = [share and float(f"{share:.15g}") for (share,) in shares]
    assert in_fifteen_digits == feuilles.column("Complétude")


def test_seg_segment_gives_the_segments_that_noter_wrote(feuilles: Feuilles) -> None:
    segments = SEG_SEGMENT(feuilles.clients, *feuilles.segmentation)

    assert segments == [[segment] for segment in feuilles.column("Segment")]


def test_seg_couleur_gives_the_colours_that_noter_wrote(feuilles: Feuilles) -> None:
    written = feuilles.column("Couleur")
    answers, _ = feuilles.columns(["Note FE", "Assujetti TVA"])

    couleurs = [SEG_COULEUR(note, feuilles.couleurs, assujetti) for note, assujetti in answers]

    scored = [i for i, couleur in enumerate(written) if couleur]
    assert [couleurs[i] for i in scored] == [written[i] for i in scored]
    assert len({*written}) > 5


def test_seg_detail_adds_up_to_the_note(feuilles: Feuilles) -> None:
    notes = feuilles.column("Note FE")
    for row, note in zip(feuilles.clients[:40], notes, strict=False):
        if note == "":
            continue
        header, *lines, total = detail(row, feuilles)

        points = [line[3] for line in lines]
        assert header == ["Critère", "Réponse", "Poids", "Points", "Reste à gagner"]
        assert points == sorted(points, reverse=True)
        assert round(sum(points), 1) == total[3] == note
        assert round(total[3] + total[4], 1) == 20
        assert round(sum(line[4] for line in lines), 1) == total[4]


def detail(row: tuple[Any, ...], feuilles: Feuilles) -> list[list[Any]]:
    lines: Any = SEG_DETAIL((row,), *feuilles.notation)
    return list(lines)


def test_a_row_without_any_answer_gives_blank_cells(spoilt: Feuilles) -> None:
    row = (spoilt.clients[len(SPOILED)],)

    assert SEG_NOTE(row, *spoilt.notation) == ""
    assert SEG_COMPLETUDE(row, *spoilt.notation) == 0
    assert detail(row[0], spoilt)[1:] == [["Total", "", "", "", ""]]
    assert SEG_SEGMENT(row, *spoilt.segmentation) == "À qualifier"


def test_a_row_without_a_dossier_gives_blank_cells_as_the_ribbon_does(spoilt: Feuilles) -> None:
    row = (spoilt.clients[SPOILED.index({"Dossier": None})],)

    assert SEG_NOTE(row, *spoilt.notation) == ""
    assert SEG_COMPLETUDE(row, *spoilt.notation) == ""
    assert SEG_SEGMENT(row, *spoilt.segmentation) == ""
    assert len(detail(row[0], spoilt)) == 1


def test_a_segment_imposed_with_its_motif_wins(spoilt: Feuilles) -> None:
    imposed = [i for i, cells in enumerate(SPOILED) if "Segment imposé" in cells and cells["Motif"]]
    row = spoilt.clients[imposed[0]]

    assert SEG_SEGMENT((row,), *spoilt.segmentation) == "Prioritaire"
    assert SEG_SEGMENT((without_motif(row, spoilt),), *spoilt.segmentation) != "Prioritaire"


def without_motif(row: tuple[Any, ...], feuilles: Feuilles) -> tuple[Any, ...]:
    return tuple(
        None if header == "Motif" else value
        for header, value in zip(feuilles.intitules[0], row, strict=True)
    )


# — part of the columns, in any order —


def test_the_answers_alone_give_the_same_notes(spoilt: Feuilles) -> None:
    criteres = [row[1] for row in spoilt.criteres[1:]]
    answers, intitules = spoilt.columns([*criteres, "Part B2B"])

    notes: Any = SEG_NOTES(answers, intitules, spoilt.criteres, spoilt.baremes)

    scored = [i for i, note in enumerate(spoilt.column("Note FE")) if note != ""]
    assert [notes[i][0] for i in scored] == [spoilt.column("Note FE")[i] for i in scored]


def test_without_a_column_dossier_every_row_is_a_client(spoilt: Feuilles) -> None:
    criteres = [row[1] for row in spoilt.criteres[1:]]
    answers, intitules = spoilt.columns([*criteres, "Part B2B"])
    keyless = SPOILED.index({"Dossier": None})

    assert SEG_NOTE((spoilt.clients[keyless],), *spoilt.notation) == ""
    assert SEG_NOTE((answers[keyless],), intitules, spoilt.criteres, spoilt.baremes) != ""


def test_columns_may_come_in_any_order_and_spelling(spoilt: Feuilles) -> None:
    headers = [*spoilt.intitules[0]]
    random.Random(7).shuffle(headers)  # noqa: S311  an order, not a secret
    answers, (shuffled,) = spoilt.columns(headers)
    intitules = (tuple(h.upper().replace("É", "E") for h in shuffled),)

    notes = SEG_NOTES(answers, intitules, spoilt.criteres, spoilt.baremes)
    segments = SEG_SEGMENT(answers, intitules, *spoilt.segmentation[1:])

    assert notes == [[note] for note in spoilt.column("Note FE")]
    assert segments == [[segment] for segment in spoilt.column("Segment")]


def test_the_results_need_not_be_among_the_columns(spoilt: Feuilles) -> None:
    results = {"Note FE", "Couleur", "Segment", "Complétude", "Note min", "Note max", "Enjeu"}
    headers = [h for h in spoilt.intitules[0] if h not in results]
    answers, intitules = spoilt.columns(headers)

    segments = SEG_SEGMENT(answers, intitules, *spoilt.segmentation[1:])

    assert segments == [[segment] for segment in spoilt.column("Segment")]


def test_results_of_a_former_run_are_not_read(spoilt: Feuilles) -> None:
    place = spoilt.intitules[0].index("Note FE")
    stale = tuple((*row[:place], 0.0, *row[place + 1 :]) for row in spoilt.clients)

    assert SEG_SEGMENT(stale, *spoilt.segmentation) == [[s] for s in spoilt.column("Segment")]


def test_a_critere_may_bear_the_name_of_a_result(spoilt: Feuilles) -> None:
    """The ribbon then reads what the cell holds, and so do the formulas."""
    criteres = changed(spoilt.criteres, 0, "Critère", "Enjeu")

    segments = SEG_SEGMENT(
        spoilt.clients, spoilt.intitules, criteres, spoilt.baremes, *spoilt.segmentation[3:]
    )

    assert isinstance(segments, list)


# — the grid is read once, and again when it changes —


def test_another_weight_gives_another_note(spoilt: Feuilles) -> None:
    row = (spoilt.clients[30],)
    before = SEG_NOTE(row, *spoilt.notation)
    heavier = changed(spoilt.criteres, 0, "Poids", 40.0)

    after = SEG_NOTE(row, spoilt.intitules, heavier, spoilt.baremes)

    assert after != before
    assert SEG_NOTE(row, *spoilt.notation) == before


def test_vrai_in_the_grid_is_not_taken_for_one(spoilt: Feuilles) -> None:
    row = (spoilt.clients[30],)
    one = changed(spoilt.criteres, 0, "Poids", 1.0)
    vrai = changed(spoilt.criteres, 0, "Poids", True)

    assert isinstance(SEG_NOTE(row, spoilt.intitules, one, spoilt.baremes), float)
    assert "le poids doit être un nombre" in said(
        SEG_NOTE(row, spoilt.intitules, vrai, spoilt.baremes)
    )


def said(result: object) -> str:
    assert isinstance(result, str), result
    return result


# — what is wrong comes back as a sentence —


def test_a_wrong_grid_is_placed_in_its_table(spoilt: Feuilles) -> None:
    wrong = changed(spoilt.criteres, 2, "Poids", "lourd")

    told = said(SEG_NOTES(spoilt.clients, spoilt.intitules, wrong, spoilt.baremes))

    assert told == (
        "Criteres, colonne « Poids », ligne 4 : le poids doit être un nombre plus grand que zéro "
        "(lu : « lourd »). Saisissez par exemple 1, 2 ou 3, ou supprimez le critère."
    )


def test_an_error_of_excel_in_the_grid_is_not_taken_for_a_blank(spoilt: Feuilles) -> None:
    division_by_zero = -2146826281
    wrong = changed(spoilt.criteres, 0, "Applicable si", division_by_zero)

    told = said(SEG_NOTE(spoilt.clients[:1], spoilt.intitules, wrong, spoilt.baremes))

    assert told.startswith(
        "Criteres, colonne « Applicable si », ligne 2 : la condition ne se lit pas"
    )


def test_several_mistakes_are_counted(spoilt: Feuilles) -> None:
    wrong = changed(changed(spoilt.criteres, 0, "Poids", 0.0), 1, "Poids", -1.0)

    told = said(SEG_NOTE(spoilt.clients[:1], spoilt.intitules, wrong, spoilt.baremes))

    assert told.endswith("(et 1 autre)")


@pytest.mark.parametrize("header", ["Autonomie", "Part B2B"])
def test_a_column_that_the_grid_reads_and_nobody_gave_is_named(
    spoilt: Feuilles, header: str
) -> None:
    answers, intitules = spoilt.columns(h for h in spoilt.intitules[0] if h != header)

    told = said(SEG_NOTES(answers, intitules, spoilt.criteres, spoilt.baremes))

    assert told == (
        f"Clients : l’intitulé « {header} » manque. Donnez toute la ligne, Clients[@], avec tous "
        "les intitulés, Clients[#En-têtes]."
    )


@pytest.mark.parametrize("header", ["Assujetti TVA", "Motif", "Dossier", "Enjeu commercial"])
def test_a_column_that_the_segment_reads_and_nobody_gave_is_named(
    spoilt: Feuilles, header: str
) -> None:
    enjeu = spoilt.criteres[-1][1]
    header = enjeu if header == "Enjeu commercial" else header
    answers, intitules = spoilt.columns(h for h in spoilt.intitules[0] if h != header)

    told = said(SEG_SEGMENT(answers, intitules, *spoilt.segmentation[1:]))

    assert told.startswith(f"Clients : l’intitulé « {header} » manque. ")


def test_a_column_that_a_rule_reads_and_nobody_gave_is_named(spoilt: Feuilles) -> None:
    segments = tuple(
        (*row, value)
        for row, value in zip(
            spoilt.segments, ["Collaborateur", "AB", *[None] * len(spoilt.segments)], strict=False
        )
    )
    answers, intitules = spoilt.columns(h for h in spoilt.intitules[0] if h != "Collaborateur")

    told = said(
        SEG_SEGMENT(answers, intitules, spoilt.criteres, spoilt.baremes, spoilt.couleurs, segments)
    )

    assert told.startswith("Clients : l’intitulé « Collaborateur » manque. ")


def test_several_missing_columns_are_named_together(spoilt: Feuilles) -> None:
    left_out = {"Autonomie", "Digitalisation"}
    answers, intitules = spoilt.columns(h for h in spoilt.intitules[0] if h not in left_out)

    told = said(SEG_NOTES(answers, intitules, spoilt.criteres, spoilt.baremes))

    assert "les intitulés « Digitalisation » et « Autonomie » manquent" in told


def test_a_threshold_on_a_share_asks_for_the_other_shares(spoilt: Feuilles) -> None:
    """A share of 1 is one percent where another share of its row is 99."""
    criteres = tuple(
        tuple("Part B2B: >=50 %" if value == "Part B2B: >0" else value for value in row)
        for row in spoilt.criteres
    )
    answers, intitules = spoilt.columns(h for h in spoilt.intitules[0] if h != "Part B2C")

    told = said(SEG_NOTES(answers, intitules, criteres, spoilt.baremes))

    assert "l’intitulé « Part B2C » manque" in told


def test_a_condition_on_a_result_is_refused_as_in_the_ribbon(spoilt: Feuilles) -> None:
    wrong = changed(spoilt.criteres, 0, "Applicable si", "Note FE: >8")

    told = said(SEG_NOTE(spoilt.clients[:1], spoilt.intitules, wrong, spoilt.baremes))

    assert "« Note FE » n’est pas une colonne que l’on remplit dans Clients" in told


def test_answers_of_another_width_are_refused(spoilt: Feuilles) -> None:
    answers = picked(spoilt.clients, range(5))

    told = said(SEG_NOTES(answers, *spoilt.notation))

    width = len(spoilt.intitules[0])
    assert told.startswith(
        f"Réponses : la plage compte 5 colonnes et celle des intitulés {width}. "
    )


def test_the_header_row_among_the_answers_is_refused(spoilt: Feuilles) -> None:
    told = said(SEG_NOTES((*spoilt.intitules, *spoilt.clients), *spoilt.notation))

    assert told.startswith("Réponses : la plage commence par la ligne d’intitulés. ")


def test_one_client_is_asked_for_where_one_note_is_given(spoilt: Feuilles) -> None:
    told = said(SEG_NOTE(spoilt.clients[:2], *spoilt.notation))

    assert told.startswith("Réponses : la plage compte 2 lignes. ")


def test_headers_on_several_rows_are_refused(spoilt: Feuilles) -> None:
    told = said(SEG_NOTE(spoilt.clients[:1], spoilt.clients, *spoilt.notation[1:]))

    assert told.startswith(f"Intitulés : la plage compte {CLIENTS} lignes. ")


def test_a_header_that_comes_twice_is_refused(spoilt: Feuilles) -> None:
    answers, intitules = spoilt.columns([*spoilt.intitules[0], "Autonomie"])

    told = said(SEG_NOTES(answers, intitules, *spoilt.notation[1:]))

    assert told.startswith("Intitulés : l’intitulé « Autonomie » figure deux fois. ")


def test_a_table_without_its_headers_is_refused(spoilt: Feuilles) -> None:
    told = said(SEG_NOTES(spoilt.clients, spoilt.intitules, spoilt.criteres[1:], spoilt.baremes))

    assert told == (
        "Criteres : la plage ne commence pas par les intitulés du tableau. "
        "Donnez le tableau entier : Criteres[#Tout]."
    )


def test_a_table_that_lacks_a_column_names_it(spoilt: Feuilles) -> None:
    baremes = picked(spoilt.baremes, range(3))

    told = said(SEG_NOTES(spoilt.clients, spoilt.intitules, spoilt.criteres, baremes))

    assert told.startswith("Baremes : la colonne « Points » manque dans le tableau Baremes")


@pytest.mark.parametrize("empty", [None, "", 3.0, ((None,),)])
def test_anything_given_for_a_table_is_answered_in_french(spoilt: Feuilles, empty: object) -> None:
    told = [
        SEG_NOTES(spoilt.clients, spoilt.intitules, empty, spoilt.baremes),
        SEG_NOTES(spoilt.clients, spoilt.intitules, spoilt.criteres, empty),
        SEG_NOTES(spoilt.clients, empty, spoilt.criteres, spoilt.baremes),
        SEG_NOTES(empty, *spoilt.notation),
        SEG_SEGMENT(spoilt.clients, *spoilt.notation, spoilt.couleurs, empty),
        SEG_COULEUR(12.0, empty),
    ]

    assert all("inattendue" not in said(sentence) for sentence in told)


def test_a_grid_with_headers_alone_says_what_it_lacks(spoilt: Feuilles) -> None:
    told = said(SEG_NOTES(spoilt.clients, spoilt.intitules, spoilt.criteres[:1], spoilt.baremes))

    assert "aucun critère n’appartient à la grille FE" in told


def test_a_bug_is_told_in_french_and_logged_once(
    spoilt: Feuilles, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(terminal, "LOG", tmp_path / "journal.log")
    declaration._bug_sentence.cache_clear()
    unhashable: Any = (([],),)

    told = [SEG_NOTE(spoilt.clients[:1], unhashable, *spoilt.notation[1:]) for _ in range(3)]

    assert said(told[0]).startswith("segxl a rencontré une erreur inattendue. Le détail est dans")
    assert len({*map(said, told)}) == 1
    assert (tmp_path / "journal.log").read_text("utf-8").count("Traceback") == 1


# — SEG_COULEUR, SEG_SIREN: one cell —


@pytest.mark.parametrize(
    ("note", "assujetti", "couleur"),
    [
        (4.9, "", "Rouge"),
        (5.0, None, "Orange"),
        (20.0, "Oui", "Vert"),
        ("12,5", "À vérifier", "Vert clair"),
        ("", "Oui", "Gris-bleu"),
        (None, "", "Gris-bleu"),
        (15.0, "NON", "Gris"),
        (15.0, False, "Gris"),
        (None, "Non", "Gris"),
    ],
)
def test_a_note_gives_its_colour(
    spoilt: Feuilles, note: object, assujetti: object, couleur: str
) -> None:
    assert SEG_COULEUR(note, spoilt.couleurs, assujetti) == couleur


def test_the_last_argument_of_seg_couleur_may_be_left_out(spoilt: Feuilles) -> None:
    assert SEG_COULEUR(16.0, spoilt.couleurs) == "Vert"


@pytest.mark.parametrize("note", [-1.0, 20.1, "douze", -2146826246, True, ((1.0, 2.0),)])
def test_what_is_not_a_note_has_no_colour(spoilt: Feuilles, note: object) -> None:
    assert said(SEG_COULEUR(note, spoilt.couleurs)).startswith("Note : ")


def test_thresholds_that_do_not_rise_are_placed_in_their_table(spoilt: Feuilles) -> None:
    wrong = changed(spoilt.couleurs, 1, "Note à partir de", 0.0)

    told = said(SEG_COULEUR(12.0, wrong))

    assert told.startswith("Couleurs, colonne « Note à partir de », ligne 3 : les seuils doivent")


@pytest.mark.parametrize(
    ("siren", "verdict"),
    [
        (None, ""),
        ("  ", ""),
        ("000 001 016", "valide"),
        ("000 001 016", "valide"),
        (1016.0, "valide"),
        ("000001017", "la clé de contrôle est fausse : recopiez le SIREN"),
        (1017.0, "la clé de contrôle est fausse : recopiez le SIREN"),
        ("000000000", "la clé de contrôle est fausse"),
        ("00000101600013", "c’est un SIRET, de 14 chiffres : son SIREN, 000001016, est valide"),
        ("00000101700013", "c’est un SIRET, de 14 chiffres : son SIREN, 000001017, est faux"),
        ("0000010160", "10 chiffres : un SIREN en compte 9, un SIRET 14"),
        ("1017", "4 chiffres : un SIREN en compte 9, un SIRET 14"),
        ("FR12000001016", "ce n’est pas un SIREN : il n’a que des chiffres"),
        ("-", "ce n’est pas un SIREN : il n’a que des chiffres"),
        (-2146826246, "la cellule affiche une erreur d’Excel"),
        ((("000001016",), ("000001016",)), "SIREN : la plage compte plusieurs cellules"),
    ],
)
def test_a_siren_is_right_or_the_reason_is_given(siren: object, verdict: str) -> None:
    told = said(SEG_SIREN(siren))

    assert told.startswith(verdict)
    assert bool(told) == bool(verdict)


# — what Excel's function wizard shows —


@pytest.mark.parametrize("formule", FORMULES.values(), ids=FORMULES)
def test_a_function_has_a_french_description_that_the_wizard_can_show(
    formule: Callable[..., object],
) -> None:
    parameters = inspect.signature(formule).parameters
    texts = [formule.__doc__ or "", *(declaration.ARGUMENTS[name] for name in parameters)]

    for text in texts:
        text.encode("cp1252")
        assert 0 < len(text) <= LONGEST_DESCRIPTION
        assert text.endswith(".")
        assert "\n" not in text


@pytest.mark.parametrize("formule", FORMULES.values(), ids=FORMULES)
def test_the_types_of_a_function_resolve_when_xlwings_looks_at_them(
    formule: Callable[..., object],
) -> None:
    hints = typing.get_type_hints(formule, include_extras=True)

    assert set(hints) == {*inspect.signature(formule).parameters, "return"}
    assert {*hints.values()} == {object}


def test_the_functions_are_those_of_the_guide() -> None:
    assert sorted(FORMULES) == [
        "SEG_COMPLETUDE", "SEG_COULEUR", "SEG_DETAIL", "SEG_ECHEANCE", "SEG_NOTE", "SEG_NOTES",
        "SEG_OBLIGATIONS", "SEG_SEGMENT", "SEG_SIREN", "SEG_TAILLE",
    ]  # fmt: skip
