"""Files are whole or not there, and a lock is held by one."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from wbkit import files
from wbkit.coding.store.files import LOCKED, Lock, read_holder
from wbkit.coding.store.store import CodingStore
from wbkit.files import (
    InUse,
    as_spelled,
    hold,
    is_reserved,
    move,
    read_regular,
    remove_unfinished,
    write_whole,
)


def test_a_file_that_is_held_is_refused_until_it_is_closed(tmp_path):
    with (tmp_path / "lock").open("ab") as first:
        hold(first)
        with (tmp_path / "lock").open("ab") as second, pytest.raises(
                BlockingIOError, match="locked by another program"):
            hold(second)
    with (tmp_path / "lock").open("ab") as third:
        hold(third)


def test_a_lock_keeps_its_first_byte_free_of_words(tmp_path):
    # where a file is locked, Windows lets nobody else read that byte
    lock = Lock(tmp_path / ".journal" / "anna.lock", "anna")
    lock.take()
    assert lock.path.read_bytes().startswith(LOCKED + b'{"who"')
    assert read_holder(lock.path)["who"] == "anna"
    lock.release()
    assert read_holder(lock.path) == {}


def test_a_durable_file_waits_in_its_folder_until_it_is_on_the_disk(tmp_path, monkeypatch):
    synced, sync = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: (
        synced.append([path.parent.name for path in tmp_path.rglob("*.part")]), sync(number)))
    file = write_whole(tmp_path / "a" / "b.txt", b"x", durable=tmp_path / ".journal")
    assert (file.read_bytes(), synced) == (b"x", [[".journal"]])
    write_whole(file, b"y")
    assert (file.read_bytes(), len(synced)) == (b"y", 1)
    assert not list(tmp_path.rglob("*.part"))


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_no_rest(tmp_path, monkeypatch):
    file = write_whole(tmp_path / "b.txt", b"old")

    def full(number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"new", durable=tmp_path / ".journal")
    assert file.read_bytes() == b"old"
    assert not list(tmp_path.rglob("*.part"))


def test_what_a_power_cut_left_of_an_erased_text_goes_too(tmp_path):
    with CodingStore(tmp_path / "coding") as store:
        store.add_document("d", "Een geheim.", privacy="synthetic")
    rest = tmp_path / "coding" / ".journal" / ".d.txt.7-0.part"
    rest.write_bytes(b"Een geh")
    CodingStore(tmp_path / "coding").revise("d", "", keep=False)
    assert not rest.exists()


def test_what_a_killed_process_left_half_written_is_removed(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    running = os.getppid()
    for name in (f".a.csv.{ended.pid}-0.part", f".b.csv.{os.getpid()}-3.part",
                 f".c.csv.{running}-0.part", "own.part", ".own.part"):
        (tmp_path / name).write_bytes(b"half")
    remove_unfinished(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [".own.part", "own.part"] + ([] if os.name == "nt" else [f".c.csv.{running}-0.part"]))


def in_use(monkeypatch, name, times):
    """Let a method of Path fail as it does on Windows while OneDrive or Excel has the file."""
    tries, whole, waited = [], getattr(Path, name), []

    def held(path, *others):
        tries.append(path)
        if len(tries) <= times:
            raise PermissionError(13, "The process cannot access the file [WinError 32]", str(path))
        return whole(path, *others)

    monkeypatch.setattr(Path, name, held)
    monkeypatch.setattr(files.time, "sleep", waited.append)
    return tries, waited


@pytest.mark.parametrize("times", [1, 3])
def test_a_file_that_onedrive_holds_for_a_moment_is_written(tmp_path, monkeypatch, times):
    file = write_whole(tmp_path / "map (1) & één" / "a.csv", b"old")
    tries, waited = in_use(monkeypatch, "replace", times)
    assert write_whole(file, b"new") == file
    assert (file.read_bytes(), len(tries)) == (b"new", times + 1)
    assert waited == list(files.WAITS[:times])


def test_a_file_that_excel_keeps_open_stays_as_it_was_and_is_named(tmp_path, monkeypatch):
    file = write_whole(tmp_path / "a.csv", b"old")
    _, waited = in_use(monkeypatch, "replace", 99)
    with pytest.raises(InUse, match=r"another program has it open \(Excel, OneDrive\?\)") as caught:
        write_whole(file, b"new")
    assert (caught.value.filename, "\n" in str(caught.value)) == (str(file), False)
    assert (file.read_bytes(), [one.name for one in tmp_path.iterdir()]) == (b"old", ["a.csv"])
    assert 0.5 < sum(waited) < 2


def test_a_folder_that_is_held_for_a_moment_is_moved(tmp_path, monkeypatch):
    (tmp_path / "old").mkdir()
    in_use(monkeypatch, "replace", 2)
    assert move(tmp_path / "old", tmp_path / "new").is_dir()


@pytest.mark.parametrize("times", [1, 3])
def test_a_file_that_onedrive_holds_for_a_moment_is_read(tmp_path, monkeypatch, times):
    (tmp_path / "a.csv").write_bytes(b"x")
    in_use(monkeypatch, "read_bytes", times)
    assert read_regular(tmp_path / "a.csv") == b"x"


def test_a_file_that_stays_locked_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_bytes(b"x")
    in_use(monkeypatch, "read_bytes", 99)
    with pytest.raises(PermissionError, match="WinError 32"):
        read_regular(tmp_path / "a.csv")


@pytest.mark.parametrize(("stored", "asked"), [("NFD", "NFC"), ("NFC", "NFD"), ("NFC", "NFC")])
def test_a_file_is_found_whichever_way_its_accents_are_stored(tmp_path, stored, asked):
    place = tmp_path / unicodedata.normalize(stored, "enquêtes") / unicodedata.normalize(
        stored, "één.csv")
    place.parent.mkdir()
    place.write_bytes(b"x")
    found = as_spelled(tmp_path / unicodedata.normalize(asked, "enquêtes/één.csv"))
    assert found.read_bytes() == b"x"


def test_a_file_that_is_not_there_keeps_the_name_that_was_asked_for(tmp_path):
    (tmp_path / "een.csv").write_bytes(b"x")
    assert as_spelled(tmp_path / "één.csv") == tmp_path / "één.csv"
    assert as_spelled(tmp_path / "ê" / "één.csv") == tmp_path / "ê" / "één.csv"


@pytest.mark.parametrize(("name", "reserved"), [
    ("con", True), ("AUX.txt", True), ("nul.tar.gz", True), ("com1", True), ("lpt9.csv", True),
    ("contact", False), ("auxiliary", False), ("a.con", False), ("com", False), ("", False),
])
def test_the_names_that_windows_keeps_are_known(name, reserved):
    assert is_reserved(name) == reserved
