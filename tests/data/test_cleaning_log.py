"""The log as people read it."""

import pandas as pd
import pytest

from wbkit.data.cleaning_log import NEAR_MISS, RULES, log_in_words, rule_id, rule_in_words
from wbkit.data.responses import LOG_COLUMNS

EVERY = [*RULES, "set aside: testrij", "suspected duplicate of row 124"]


def log(*lines):
    return pd.DataFrame(lines, columns=list(LOG_COLUMNS)).astype(
        dict.fromkeys(LOG_COLUMNS[1:], "str"))


@pytest.mark.parametrize("rule", EVERY)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_of_a_rule_lead_back_to_the_rule(rule, language):
    assert rule_id(rule_in_words(rule, language)) == rule


@pytest.mark.parametrize("rule", EVERY)
def test_words_of_one_language_become_those_of_the_other(rule):
    dutch, english = rule_in_words(rule, "nl"), rule_in_words(rule, "en")
    assert dutch != english
    assert (rule_in_words(dutch, "en"), rule_in_words(english, "nl")) == (english, dutch)


def test_a_dutch_log_holds_no_english_outcome_and_no_changed_answer():
    written = log(
        (3, "", "", "set aside", "set aside: testrij"),
        (4, "", "", "kept", "suspected duplicate of row 2"),
        (5, "hulp", "•••", "other, resembles 'stress'", NEAR_MISS),
        (6, "staat", "kept ", "kept", "spaces"),
    )
    dutch = log_in_words(written, "nl")
    assert dutch[["after", "rule"]].to_numpy().tolist() == [
        ["apart gezet", "apart gezet: testrij"],
        ["gehouden", "vermoedelijk dubbel met rij 2"],
        ["other, lijkt op 'stress'", "lijkt op een keuze: een mens beslist"],
        ["kept", "spaties gelijkgetrokken"],
    ]
    assert dutch["before"].tolist() == written["before"].tolist()
    assert log_in_words(dutch, "en")["after"].tolist() == written["after"].tolist()


def test_an_empty_log_stays_empty():
    assert log_in_words(log(), "nl").empty
