"""What a store said it kept is there, whatever happened to the process."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import wbkit
from wbkit.coding.store.store import CodingStore

SCRIPT = Path(__file__).with_name("killed_coder.py")
ROOT = str(Path(wbkit.__file__).parents[1])

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "coding"
    with CodingStore(folder) as store:
        for at in range(5):
            store.add_document(f"d{at}", f"Dag {at} 👩‍👩‍👧 was lang.\n" * 20, privacy="synthetic")
    return folder


def killed(folder, seed, seconds):
    """Let a coder work for a while, kill it, and give the ids that it said were kept."""
    coder = subprocess.Popen([sys.executable, str(SCRIPT), str(folder), str(seed)],
                             stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": ROOT})
    coder.stdout.readline()
    time.sleep(seconds)
    coder.send_signal(signal.SIGKILL)
    said, _ = coder.communicate()
    return [line for line in said.decode().split("\n")[:-1] if line]


def check_whole(folder):
    for path in folder.glob("codings/*/*.jsonl"):
        content = path.read_bytes()
        assert content.endswith(b"\n")
        for line in content.splitlines():
            json.loads(line)


def kill_often(folder, times, rng):
    said = set()
    for seed in range(times):
        said.update(killed(folder, seed, rng.uniform(0, 0.15)))
        check_whole(folder)
        with CodingStore(folder) as store:
            assert said <= {one.id for one in store.codings()}
            assert store.check() == []
            if seed % 3 == 0:
                store.add("d0", 0, 3, f"after{seed}", coder="anna")
    return said


def test_a_killed_coder_loses_nothing(folder):
    assert len(kill_often(folder, 6, random.Random(1))) > 6


@pytest.mark.proof
def test_500_kills_lose_nothing(folder):
    assert len(kill_often(folder, 500, random.Random(2))) > 500


def test_half_a_line_is_not_taken_for_a_coding(folder):
    with CodingStore(folder) as store:
        made = store.add("d0", 0, 3, "a", coder="anna")
        journal = folder / ".journal" / "anna"
        content = journal.read_bytes()
    journal.write_bytes(content + content[:-9].replace(b"\n", b""))
    with CodingStore(folder) as store:
        assert [one.id for one in store.codings()] == [made.id]
        store.add("d0", 4, 5, "b", coder="anna")
    assert [one.code for one in CodingStore(folder).codings()] == ["a", "b"]


def test_a_revision_that_was_interrupted_is_finished(folder, monkeypatch):
    with CodingStore(folder) as store:
        store.add("d0", 0, 3, "a", coder="anna")
    # the power went
    monkeypatch.setattr("wbkit.coding.store.journal.write_plan", lambda store: None)
    CodingStore(folder).revise("d0", "Nieuw. " + CodingStore(folder).text("d0"))
    monkeypatch.undo()
    (found,) = CodingStore(folder).codings()
    assert (found.start, found.quote) == (7, "Dag")
    assert CodingStore(folder).check() == []


def test_who_is_working_is_named_and_forgotten_with_the_process(folder):
    coder = subprocess.Popen([sys.executable, str(SCRIPT), str(folder), "1"],
                             stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": ROOT})
    coder.stdout.readline()
    coder.stdout.readline()
    store = CodingStore(folder)
    with pytest.raises(wbkit.CodingError, match=rf"anna is writing in it.*process {coder.pid}"):
        store.add("d0", 0, 3, "a", coder="anna")
    with pytest.raises(wbkit.CodingError, match="anna is writing in it"):
        store.revise("d0", "anders")
    store.add("d0", 0, 3, "a", coder="bas")
    coder.kill()
    coder.communicate()
    store.add("d0", 0, 3, "a", coder="anna")
    store.close()
