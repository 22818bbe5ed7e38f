"""Damaged files of SPSS, LimeSurvey and Qualtrics: a right result or a message, never a crash."""

import random
import time

import pytest
from builders.platform_exports import LIMESURVEY, LIMESURVEY_WORDS, QUALTRICS, write_sav
from builders.raw import source

from wbkit.errors import WbkitError
from wbkit.intake.draft.draft import describe
from wbkit.intake.source_files import read_source

SEED, EACH, SECONDS = 20221115, 60, 5
ITEMS = {"spss": "gezien", "limesurvey": "q1", "qualtrics": "Q1"}
KINDS = {"limesurvey": {"kind": "multiple", "columns": {"a": "q2[SQ001]", "b": "q2[SQ002]"}},
         "qualtrics": {"kind": "multiple", "columns": {"plannen": "Q2_1", "taal": "Q2_2"}}}


def contents(tmp_path):
    """Give format = bytes of a good file."""
    return {"spss": write_sav(tmp_path / "good.sav").read_bytes(),
            "limesurvey": LIMESURVEY.encode(), "qualtrics": QUALTRICS.encode()}


def mutated(content, chance):
    """Change, remove, double or insert a few pieces."""
    content = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 5, 30])):
        place = chance.randrange(len(content))
        length = chance.choice([1, 1, 4, 16, 200])
        kind = chance.randrange(5)
        if kind == 0:
            content[place] = chance.randrange(256)
        elif kind == 1:
            del content[place:place + length]
        elif kind == 2:
            content[place:place] = content[place:place + length]
        elif kind == 3:
            content[place:place] = chance.choice([b'"', b"\n", b",", b";", b"\0", b"\xff\xfe"])
        else:
            content[place:place + 4] = chance.randrange(2**32).to_bytes(4, "little")
        content = content or bytearray(b" ")
    return bytes(content)


def tried(function):
    """Return what a function gives, or the message with which it refuses."""
    start = time.monotonic()
    try:
        found = function()
    except WbkitError as fault:
        found = str(fault)
        assert len(found) > 20
    assert time.monotonic() - start <= SECONDS
    return found


@pytest.mark.parametrize("kind", ["spss", "limesurvey", "qualtrics"])
def test_a_damaged_file_gives_a_result_or_a_message(kind, tmp_path):
    content = contents(tmp_path)[kind]
    chance = random.Random(f"{SEED} {kind}")
    file = tmp_path / ("a.sav" if kind == "spss" else "a.csv")
    items = {"q1": {"kind": "nominal", "values": "any", "column": ITEMS[kind]}}
    items |= {"q2": KINDS[kind]} if kind in KINDS else {}
    one = source(items, folder=tmp_path, file=file.name, format=kind)
    refused = 0
    for _ in range(EACH):
        file.write_bytes(mutated(content, chance))
        raw, draft = tried(lambda: read_source(one)), tried(lambda: describe(file))
        refused += isinstance(raw, str)
        assert isinstance(draft, str) or draft.toml
    assert 0 < refused < EACH


def test_the_words_of_a_damaged_file_are_never_in_a_message(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(LIMESURVEY_WORDS.replace(";rust", ';"geheim'), encoding="utf-8")
    one = source({"a": {"kind": "open"}}, folder=tmp_path, file="a.csv", format="limesurvey")
    with pytest.raises(WbkitError, match="line 4: a double quote has no end") as fault:
        read_source(one)
    assert "geheim" not in str(fault.value)
