"""Text made comparable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wbkit.messages import MESSAGES_VARIABLE, counted
from wbkit.text.normalise import (
    as_id,
    closest,
    cut,
    did_you_mean,
    free_id,
    listed,
    natural,
    tidy,
)


@pytest.mark.parametrize(("text", "tidied"), [
    ("  a  b ", "a b"), ("a\u00a0b", "a b"), ("a\r\nb\tc", "a b c"), ("\ufeffa\u200bb", "ab"),
    ("e\u0301e\u0301n", "één"), ("", ""), (" ", ""),
])
def test_spaces_and_invisible_characters_do_not_matter(text, tidied):
    assert tidy(text) == tidied


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_an_id_can_always_be_made(text):
    name = as_id(text)
    assert name.isascii()
    assert name[0].isalpha()
    assert name == name.lower()


def test_an_id_begins_as_asked_and_is_numbered_where_it_is_taken():
    assert as_id("1e keer!", start="code", longest=3) == "code_1e"
    assert free_id("druk", ("rust",)) == "druk"
    assert free_id("druk", ("druk", "druk_2")) == "druk_3"


def test_the_closest_names_come_first():
    assert closest("gezein", ["tijd", "gezien", "gezin"], n=2) == ["gezin", "gezien"]
    assert did_you_mean("gezein", ["Gezien"]) == "Did you mean 'Gezien'?"
    assert did_you_mean("xyz", ["Gezien"]) == ""


def test_long_texts_and_lists_are_cut():
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcd", 4) == "abcd"
    assert listed("abcdef", most=2) == "a, b and 4 more"
    assert listed("ab") == "a, b"


def test_numbers_inside_words_are_counted_and_not_spelled():
    assert sorted(["1", "01"], key=natural) == sorted(["01", "1"], key=natural)
    names = ["k10", "k2", "b", "", "10", "9a", "k1", "k2b"]
    assert sorted(names, key=natural) == ["", "9a", "10", "b", "k1", "k2", "k2b", "k10"]


@settings(derandomize=True, deadline=None)
@given(st.lists(st.text()))
def test_any_words_can_be_put_in_order(names):
    backwards = names[::-1]
    assert sorted(names, key=natural) == sorted(backwards, key=natural)


def test_one_is_not_several():
    assert tuple(counted(n, "item", "items") for n in range(3)) == (
        "0 items", "1 item", "2 items")


def test_a_hint_and_a_long_list_are_told_in_dutch(monkeypatch):
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    assert did_you_mean("stres", ["stress", "strest"], n=2) == "Bedoel je 'stress' of 'strest'?"
    assert listed("abcdef", most=2) == "a, b en nog 4"
