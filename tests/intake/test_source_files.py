"""Lists that people keep as toml."""

import os
from pathlib import Path

import pytest

from wbkit.errors import DataError
from wbkit.intake.source_files import read_bytes, read_toml_list


def test_each_table_is_a_row_with_its_own_name():
    sheet = read_toml_list(b'a = 1\n[v.v1]\ndate = 2022-09-13\n[v.v2]\ntext = "x"\n', "begrip")
    assert sheet.headings == ("id", "date", "text")
    assert sheet.frame().to_numpy().tolist() == [["v1", "2022-09-13", ""], ["v2", "", "x"]]


@pytest.mark.parametrize(("content", "message"), [
    (b"[v.v1", "begrip: is not valid TOML: Expected"),
    (b"[v.v1]\na = " + b"9" * 5000, "is not valid TOML: a number or a date in it is too large"),
    (b"\xff", "begrip: is not UTF-8 text"),
    (b"a = 1", r"begrip: holds 0 lists of tables \(none\), and one is read"),
    (b"[v.v1]\na = 1\n[w.w1]\na = 1", r"holds 2 lists of tables \(v, w\)"),
])
def test_a_file_that_is_no_list_is_refused(content, message):
    with pytest.raises(DataError, match=message):
        read_toml_list(content, "begrip")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_or_a_device_is_no_export(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path("/dev/zero")):
        with pytest.raises(DataError, match="students: cannot be read.*it is a device, a pipe or"):
            read_bytes(path, "students")


def test_a_file_larger_than_any_export_is_not_read(tmp_path):
    with (tmp_path / "large.csv").open("wb") as stream:
        stream.truncate(600_000_000)
    with pytest.raises(DataError, match="cannot be read.*it is larger than 500 MB"):
        read_bytes(tmp_path / "large.csv", "students")


def test_a_path_that_is_too_long_for_windows_is_named(tmp_path):
    place = tmp_path / ("a" * 120) / ("b" * 120) / "enquete.csv"
    with pytest.raises(DataError, match=r"no such file .* its name has \d{3} signs, and Windows "
                                        r"takes 259: move the study to a folder with a shorter"):
        read_bytes(place, "students (raw/enquete.csv)")
