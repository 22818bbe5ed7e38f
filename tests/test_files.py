"""Files are whole or not there, and a lock is held by one."""

import os
import subprocess
import sys

import pytest

from wbkit.coding.store.files import LOCKED, Lock, read_holder
from wbkit.coding.store.store import CodingStore
from wbkit.files import hold, remove_unfinished, write_whole


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
