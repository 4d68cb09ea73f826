"""Exports of form tools, as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from segxl.domain.anomalies import SaisieError
from segxl.domain.satisfaction import measure_satisfaction
from segxl.sources.enquete import DATES, HORS_ECHELLE, NOTEE, Reponses, read_reponses
from segxl.sources.mots_enquete import COMMENTAIRE, read_mots_enquete

DATA = Path(__file__).parent / "data"
AU = date(2026, 11, 22)
CRITERES = ("Sensibilisation", "Satisfaction du dirigeant")
Write = Callable[..., Path]
TITLES = "Date;Dossier;CSAT;NPS;Commentaire"


def read(path: Path) -> Reponses:
    return read_reponses(path, read_mots_enquete(), AU, CRITERES)


def answers(reponses: Reponses, *headers: str) -> list[list[object]]:
    lignes = reponses.lignes[reponses.lignes[NOTEE]]
    rows: list[list[object]] = lignes[[*headers]].to_numpy().tolist()
    return rows


def scores(write_text: Write, *cells: str, title: str = "CSAT") -> tuple[list[object], list[str]]:
    """Return what one column of scores is read as, and the problems told."""
    lines = [f"03/11/2026;C{i:04};{cell}" for i, cell in enumerate(cells)]
    found = read(write_text("\n".join([f"Date;Dossier;{title}", *lines])))
    score = "CSAT" if found.titres.of("CSAT") else "NPS"
    return found.lignes[score].tolist(), [a.problem for a in found.anomalies[HORS_ECHELLE]]


def days(path: Path) -> tuple[list[object], list[str]]:
    found = read(path)
    return [d for (d,) in answers(found, "Date")], [a.problem for a in found.anomalies[DATES]]


def dated(write_text: Write, *cells: str) -> Path:
    lines = [f"{cell};C{i:04};4" for i, cell in enumerate(cells)]
    return write_text("\n".join(["Horodateur;Dossier;CSAT", *lines]))


# — a whole file —


def test_the_export_of_a_form_gives_the_figures_it_is_known_for() -> None:
    found = read(DATA / "survey.csv")
    lignes = found.lignes[found.lignes[NOTEE]]

    line = measure_satisfaction(lignes, pd.Series("P", lignes.index)).loc["P"]

    assert (line["n CSAT"], line["n NPS"]) == (119, 112)
    assert line["CSAT"] == pytest.approx(64.7059, abs=1e-4)
    assert line["NPS"] == pytest.approx(3.5714, abs=1e-4)


def test_what_is_off_the_scale_is_listed_with_file_and_line() -> None:
    found = read(DATA / "survey.csv")

    assert [str(a).partition(" : ")[0] for a in found.anomalies[HORS_ECHELLE]] == [
        "survey.csv!ligne 121",
        "survey.csv!ligne 121",
    ]
    assert found.muettes == 1


def test_questions_are_recognised_by_their_words() -> None:
    titres = read(DATA / "survey.csv").titres

    assert titres.of("CSAT") == "Sur une échelle de 1 à 5, êtes-vous satisfait ?"
    assert titres.of("NPS") == "De 0 à 10, nous recommanderiez-vous ?"
    assert titres.client == {"Client": "SIREN ou nom de votre entreprise"}
    assert titres.comments == ("Commentaire",)


def test_a_file_of_questions_alone_shows_its_titles(write_text: Write) -> None:
    text = "Suivi 2026;;\nNom de votre entreprise;Êtes-vous satisfait ?;Nous recommanderiez-vous ?\nLumo;4;9\n"

    assert answers(read(write_text(text)), "qui", "CSAT", "NPS") == [["Lumo", 4, 9]]


def test_the_number_of_an_answer_is_not_that_of_a_dossier(write_text: Write) -> None:
    found = read(
        write_text(
            "ID;Heure de fin;Adresse de messagerie;Êtes-vous satisfait ?\n12;03/11/2026;a@b.fr;4"
        )
    )

    assert found.titres.client == {"E-mail": "Adresse de messagerie"}
    assert found.titres.ignorees == ("ID",)


def test_titles_of_practice_software_tell_the_client(write_text: Write) -> None:
    titres = read(write_text("N° SIREN client;CSAT\n000001016;4")).titres

    assert titres.client == {"SIREN": "N° SIREN client"}


def test_why_a_note_was_given_is_a_comment(write_text: Write) -> None:
    titles = "Dossier;Êtes-vous satisfait ?;Pourquoi cette note de satisfaction ?;Vos suggestions"
    found = read(write_text(f"{titles}\nC1;4;rapide;un café"))

    assert answers(found, "CSAT", COMMENTAIRE) == [[4, "rapide / un café"]]


def test_overall_satisfaction_comes_before_that_of_a_detail(write_text: Write) -> None:
    titles = "Dossier;Êtes-vous satisfait du prix ?;Globalement, êtes-vous satisfait ?"

    assert answers(read(write_text(f"{titles}\nC1;1;5")), "CSAT") == [[5]]


def test_two_questions_for_one_score_are_refused(write_text: Write) -> None:
    titles = "Dossier;Êtes-vous satisfait du prix ?;Êtes-vous satisfait du délai ?"

    with pytest.raises(SaisieError, match="2 questions pourraient donner « CSAT »"):
        read(write_text(f"{titles}\nC1;1;5"))


def test_a_column_of_the_grid_is_an_answer_of_the_grid(write_text: Write) -> None:
    found = read(
        write_text("Dossier;CSAT;sensibilisation;Satisfaction du dirigeant\nC1;4;Informé;3")
    )

    assert found.titres.of("CSAT") == "CSAT"
    assert found.titres.criteres == {
        "sensibilisation": "Sensibilisation",
        "Satisfaction du dirigeant": "Satisfaction du dirigeant",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Date;CSAT;NPS\n03/11/2026;4;9", "aucune colonne ne dit qui répond"),
        ("Date;SIREN;Humeur\n03/11/2026;000001016;bof", "aucune colonne ne dit quelle note il donne"),
        ("bonjour;merci\n1;2\n", "aucune ligne de titres n’est reconnue"),
        ("", "ce fichier est vide"),
        ("\n;;\n", "ce fichier est vide"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_survey_is_refused(write_text: Write, text: str, told: str) -> None:
    with pytest.raises(SaisieError, match=told):
        read(write_text(text))


def test_titles_without_any_answer_are_read(write_text: Write) -> None:
    found = read(write_text(TITLES))

    assert found.lues == 0
    assert found.lignes.empty


def test_a_client_named_total_is_no_total(write_text: Write) -> None:
    found = read(write_text("Date;Client;CSAT\n03/11/2026;Total Travaux;4\n"))

    assert answers(found, "qui") == [["Total Travaux"]]


def test_rows_of_titles_and_blank_rows_are_left_out(write_text: Write) -> None:
    found = read(write_text(f"{TITLES}\n03/11/2026;C1;4;9;\n;;;;\n{TITLES}\n03/11/2026;C2;4;9;"))

    assert len(answers(found, "qui")) == 2
    assert len(found.ecarts) == 2


def test_a_comment_is_kept_as_text(write_text: Write) -> None:
    found = read(
        write_text(f'{TITLES}\n03/11/2026;C1;4;9;"=HYPERLINK(""x"")"\n03/11/2026;C2;4;9;😀')
    )

    assert answers(found, COMMENTAIRE) == [['=HYPERLINK("x")'], ["😀"]]


def test_an_endless_comment_fits_in_a_cell_and_shows_that_it_was_cut(write_text: Write) -> None:
    [[comment]] = answers(
        read(write_text(f"{TITLES}\n03/11/2026;C1;4;9;{'😀' * 40_000}")), COMMENTAIRE
    )

    assert str(comment).endswith("😀…")
    assert len(str(comment).encode("utf-16-le")) // 2 < 32_767


# — scores —


def test_scores_are_read_as_form_tools_write_them(write_text: Write) -> None:
    read_as, problems = scores(write_text, "4", "4,0", "4 - Satisfait", "4/5", "4 sur 5", "4 (bien)", "Plutôt satisfait(e)")  # fmt: skip

    assert read_as == [4] * 7
    assert problems == []


def test_blanks_and_no_opinion_are_no_answer(write_text: Write) -> None:
    assert scores(write_text, "5", "", "NSP", "sans avis", "-", "N/A") == ([5, *[None] * 5], [])


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("6", "« CSAT » va de 1 à 5"),
        ("0", "« CSAT » va de 1 à 5"),
        ("4,5", "« CSAT » va de 1 à 5, en nombres entiers"),
        ("8/10", "cette note est sur 10, « CSAT » est sur 5"),
        ("=1+4", "cette note ne se lit pas"),
        ("-1", "cette note ne se lit pas"),
        ("😀", "cette note ne se lit pas"),
        ("VRAI", "cette note ne se lit pas"),
        ("1 - Très satisfait", "le chiffre et le mot se contredisent"),
        ("4-mai", "Excel a changé cette note en date"),
        ("04/05/2026", "une date est à la place de la note : Excel change « 9/10 » en 9 octobre"),
    ],
)
def test_what_is_no_score_is_told_and_never_guessed(
    write_text: Write, cell: str, told: str
) -> None:
    assert scores(write_text, cell) == ([None], [told])


def test_a_date_of_excel_is_no_score(write_workbook: Write) -> None:
    rows = [["Dossier", "NPS"], ["C1", date(2026, 10, 9)], ["C2", 9]]

    found = read(write_workbook({"Réponses": rows}))

    assert answers(found, "NPS") == [[9]]
    assert [a.cell for a in found.anomalies[HORS_ECHELLE]] == ["B2"]


def test_one_wrong_score_leaves_the_other(write_text: Write) -> None:
    found = read(write_text(f"{TITLES}\n03/11/2026;C1;6;9;"))

    assert answers(found, "CSAT", "NPS") == [[None, 9]]


@pytest.mark.parametrize(
    "title", ["Satisfaction (de 0 à 10)", "Satisfaction /10", "Satisfaction sur 10"]
)
def test_a_question_asked_on_ten_is_no_csat(write_text: Write, title: str) -> None:
    read_as, problems = scores(write_text, "4", "5", title=title)

    assert read_as == [None, None]
    assert problems == ["cette question est notée jusqu’à 10 ; « CSAT » va de 1 à 5 : rien n’en est repris"]  # fmt: skip


def test_a_column_that_reaches_ten_is_no_csat_even_its_fours(write_text: Write) -> None:
    read_as, problems = scores(write_text, *map(str, [8, 9, 10, 4, 4, 3, 7, 5, 2, 6]))

    assert read_as == [None] * 10
    assert len(problems) == 1


def test_a_recommendation_that_never_passes_five_is_no_nps(write_text: Write) -> None:
    assert scores(write_text, *["5", "4"] * 10, title="NPS")[0] == [None] * 20
    assert scores(write_text, *["5", "4"] * 10, title="NPS de 0 à 10")[0] == [5, 4] * 10


def test_a_scale_upside_down_is_no_csat(write_text: Write) -> None:
    title = "Satisfaction (1 = très satisfait, 5 = pas du tout)"

    assert scores(write_text, "1", title=title)[0] == [None]


# — days —


@pytest.mark.parametrize(
    "cell",
    ["03/11/2026 07:47:00", "2026-11-03T14:05:00Z", "46329", "46329,51", "3 novembre 2026", "20261103"],
)  # fmt: skip
def test_a_day_is_read_in_every_dress(write_text: Write, cell: str) -> None:
    assert days(dated(write_text, cell)) == ([date(2026, 11, 3)], [])


def test_a_column_that_shows_months_first_is_read_so(write_text: Write) -> None:
    found = read(dated(write_text, "10/13/2026 4:05:00 PM", "10/04/2026 9:00:00 AM"))

    assert answers(found, "Date") == [[date(2026, 10, 13)], [date(2026, 10, 4)]]
    assert "le mois est écrit avant le jour" in found.remarques[0]


def test_american_hours_alone_do_not_tell_the_month_from_the_day(write_text: Write) -> None:
    assert days(dated(write_text, "04/10/2026 4:05 PM")) == (
        [],
        ["cette date peut être le 04/10/2026 ou le 10/04/2026"],
    )


def test_days_that_excel_turned_round_are_told_not_guessed(write_workbook: Write) -> None:
    cells: Sequence[object] = ["10/13/2026", date(2026, 4, 10), date(2026, 10, 25)]
    rows = [["Date", "Dossier", "CSAT"], *[[cell, "C1", 4] for cell in cells]]

    assert days(write_workbook({"Réponses": rows})) == (
        [date(2026, 10, 13), date(2026, 10, 25)],
        ["cette date peut être le 10/04/2026 ou le 04/10/2026"],
    )


@pytest.mark.parametrize("cell", ["31/02/2026", "01/01/1900", "23/11/2026", "bientôt"])
def test_a_day_that_cannot_be_sets_its_answer_aside(write_text: Write, cell: str) -> None:
    found, problems = days(dated(write_text, cell))

    assert found == []
    assert len(problems) == 1


def test_an_answer_without_a_day_takes_that_of_the_import(write_text: Write) -> None:
    assert answers(read(write_text("Dossier;CSAT\nC1;4")), "Date", "sans_date") == [[AU, True]]
