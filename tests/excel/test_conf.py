"""``segxl.conf``: whatever the user wrote there, the add-in finds the lines of segxl."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.machines import a_mac, a_pc

from segxl.excel.installation.conf import read_interpreter, without_settings, write_settings
from segxl.excel.installation.machine import Machine

KEYS = ("ONEDRIVE_COMMERCIAL_WIN", "interpreter_win", "Show Console", "LICENSE_KEY", "é")
LINES = st.lists(
    st.builds(
        lambda key, value, end: f'"{key}","{value}"{end}'.encode("cp1252"),
        st.sampled_from(KEYS),
        st.text(alphabet='aé €,;"\\', max_size=6),
        st.sampled_from(["\r\n", "\n", "\r\n\r\n", ""]),
    ),
    max_size=5,
).map(b"".join)


@pytest.fixture(scope="module")
def pc(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return a_pc(tmp_path_factory.mktemp("pc"))


@given(own=LINES)
def test_writing_twice_writes_the_same(pc: Machine, own: bytes) -> None:
    once = write_settings(own, pc)

    assert write_settings(once, pc) == once


@given(own=LINES)
def test_the_python_of_segxl_wins_over_any_line_written_before(pc: Machine, own: bytes) -> None:
    assert read_interpreter(write_settings(own, pc), pc) == pc.interpreter


@given(own=LINES)
def test_taking_the_lines_away_gives_back_the_user_s(pc: Machine, own: bytes) -> None:
    kept = without_settings(own, pc)

    given_back = without_settings(write_settings(own, pc), pc)

    assert given_back.split() == kept.split()


def test_a_mac_names_its_own_python_and_keeps_the_line_of_windows(tmp_path: Path) -> None:
    mac = a_mac(tmp_path)
    own = b'"INTERPRETER_WIN","C:\\\\Python\\\\pythonw.exe"\n'

    conf = write_settings(own, mac)

    assert read_interpreter(conf, mac) == mac.interpreter
    assert conf.endswith(own)


@pytest.mark.parametrize("conf", [b"", b'"INTERPRETER_WIN",""\r\n', b"\xff\xfe\x00", b"INTERP"])
def test_a_file_that_names_no_python_reads_as_none(pc: Machine, conf: bytes) -> None:
    assert read_interpreter(conf, pc) is None


def test_a_path_with_an_odd_quote_is_read_as_it_stands(tmp_path: Path) -> None:
    conf = b'"INTERPRETER_MAC","/opt/l\'un/python"\n'

    assert read_interpreter(conf, a_mac(tmp_path)) == Path("/opt/l'un/python")
