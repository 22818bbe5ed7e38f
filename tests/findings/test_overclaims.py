"""What an answer may not say outside its slots, and what it may."""

import csv
from pathlib import Path

import pytest

from wbkit.findings.overclaims import overclaims

HERE = Path(__file__).parent
CORRECT = [line for line in (HERE / "correct_sentences.txt").read_text("utf-8").splitlines()
           if line and not line.startswith("#")]
with (HERE / "overclaiming_sentences.csv").open(encoding="utf-8", newline="") as stream:
    WRONG = list(csv.DictReader(stream))
MOST_FALSE_ALARMS = .02


def test_at_most_two_of_a_hundred_correct_sentences_raise_an_alarm():
    labels = ["veel registreren en invullen", "ja, al langer dan een half jaar"]
    alarms = [one for one in CORRECT if overclaims(one, "nl", labels=labels)]
    assert len(CORRECT) == 200 and len(alarms) <= MOST_FALSE_ALARMS * len(CORRECT), alarms


@pytest.mark.parametrize("row", WRONG, ids=[one["sentence"][:40] for one in WRONG])
def test_what_no_table_supports_is_found_by_its_sort(row):
    assert row["sort"] in [one.sort for one in overclaims(row["sentence"], row["language"])]


@pytest.mark.parametrize("sentence", [
    "Studenten noemen {vooral(21_hulpvragen_ja)}.",
    "Een student zegt: “Door de buddy slaap ik vaker dan 8 uur.”",
    "Volgens studenten hielp dat, waardoor zij bleven.",
    "Of dat leidt tot minder uitval, is niet onderzocht.",
])
def test_slots_quotations_and_what_people_said_are_free(sentence):
    assert overclaims(sentence, "nl") == []


def test_the_words_of_an_answer_are_free_where_the_table_has_them():
    assert overclaims("Zij kozen: meer dan 2 uur.", "nl")
    assert overclaims("Zij kozen: meer dan 2 uur.", "nl", labels=["meer dan 2 uur"]) == []
