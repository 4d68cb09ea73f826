"""The names of files, whatever a client is called."""

from __future__ import annotations

import pytest

from segxl.lettres.noms import file_name


def test_a_name_holds_no_mark_that_turns_the_reading_order_round() -> None:
    assert file_name("D1", "Lumo \u202excod.exe\u202c", "pret", "docx") == "D1 - Lumo xcod.exe - pret.docx"  # fmt: skip


@pytest.mark.parametrize("letter", ["É", "株", "🎉"])
def test_a_long_name_fits_a_disk_that_counts_bytes(letter: str) -> None:
    name = file_name("D1", letter * 300, "courrier de réponse du 22-11-2026", "docx")

    assert len(name.encode()) <= 255
    assert name.startswith(f"D1 - {letter}")
    assert name.endswith(f"{letter} - courrier de réponse du 22-11-2026.docx")
