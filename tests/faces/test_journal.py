"""The journal and the letters of the law, as a terminal tells them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.actions.test_journal import answer_complaint
from tests.excel.parts import rows_of

Run = Callable[..., int]
DAY = ("--au", "2026-11-22")


def test_journal_puts_an_exchange_on_record_and_says_what_follows(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl(
        "journal", classeur, "--dossier", "D1", "--objet", "Revue [x]", "--canal", "rendez vous",
        "--type", "choix de plateforme", "--qui", "CD", "--le", "2026-11-20", *DAY,
    )  # fmt: skip

    told = capsys.readouterr().out
    assert code == 0
    assert "D1 Lumo Énergie, 20/11/2026 (Choix de plateforme, Rendez-vous, CD). Revue [x]" in told
    assert "Suite : Faire le point le 27/11/2026." in told
    assert rows_of(classeur, "Journal")["Objet"].tolist() == ["Revue [x]"]


def test_journal_alone_lists_the_follow_ups_and_writes_nothing(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("journal", classeur, "--dossier", "D2", "--objet", "Devis", "--suite", "Rappeler",
          "--suite-le", "2026-11-22", *DAY)  # fmt: skip
    before = classeur.read_bytes()
    capsys.readouterr()

    code = segxl("journal", classeur, *DAY)

    told = capsys.readouterr().out
    assert code == 0
    assert "1 suite à donner au 22/11/2026" in told
    assert "Rappeler" in told
    assert "Père & Fils" in told
    assert classeur.read_bytes() == before


def test_journal_without_anything_to_follow_up_says_so(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("journal", classeur, *DAY) == 0
    assert "Aucune suite à donner au 22/11/2026" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "missing"),
    [(["--objet", "x"], "--dossier"), (["--dossier", "D1"], "--objet"), (["--qui", "AB"], "--dossier")],
)  # fmt: skip
def test_journal_names_the_option_that_lacks(
    words: list[str], missing: str, classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("journal", classeur, *words) == 2
    assert f"Il manque « {missing} »." in capsys.readouterr().err


def test_journal_of_an_unknown_client_exits_1_with_close_ones(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert segxl("journal", classeur, "--dossier", "Ostra", "--objet", "x") == 1
    assert "Essayez par exemple Ostra Conseil" in capsys.readouterr().err


def test_courriers_with_a_model_says_how_many_clients_it_is_not_for(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = segxl(
        "courriers", classeur, "--vers", tmp_path / "c", "--modele", " sans plateforme ", *DAY
    )

    told = capsys.readouterr().out
    assert code == 0
    assert "1 courrier à valider" in told
    assert "2 clients non concernés par ce modèle, sans courrier." in told


def test_courriers_tells_which_exchange_holds_a_reminder(
    classeur: Path, segxl: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    segxl("journal", classeur, "--dossier", "D2", "--objet", "Appel", *DAY)
    capsys.readouterr()

    segxl("courriers", classeur, "--vers", tmp_path / "c", *DAY)

    told = capsys.readouterr().out
    assert "1 courrier retenu" in told
    assert "courrier retenu pour D2 : un échange a eu lieu le 22/11/2026" in told


def test_journal_puts_the_answer_of_a_client_on_record(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--objet", "Relevés", "--type", "Demande", "--le", "2026-11-02")
    answered = ("--repondu-le", "2026-11-12")
    segxl("journal", classeur, "--dossier", "D1", *asked, *DAY)
    capsys.readouterr()

    code = segxl("journal", classeur, "--dossier", "D1", *answered, *DAY)

    told = capsys.readouterr().out
    assert code == 0
    assert "Lumo Énergie, 12/11/2026, 10 jours après la demande. Relevés" in told
    assert segxl("journal", classeur, "--dossier", "D1", "--qui", "AB", *answered, *DAY) == 1
    assert segxl("journal", classeur, *answered, *DAY) == 2


def test_the_call_promised_by_an_answer_is_listed_with_how_it_leaves_the_list(
    classeur: Path, segxl: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_complaint(classeur, date(2026, 11, 10), "D3")

    segxl("journal", classeur, *DAY)

    told = " ".join(capsys.readouterr().out.split())
    assert "1 suite à donner au 22/11/2026" in told
    assert "Ostra Conseil" in told
    assert "Un rappel après une réclamation quitte la liste" in told
    assert "« Clos le »" not in told
