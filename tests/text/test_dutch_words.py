"""A name in small letters is told from a word of Dutch."""

import pytest

from wbkit.text.dutch_words import is_listed, is_mistyped, is_proper, is_word


@pytest.mark.parametrize("word", [
    "fiets", "liep", "kinderopvang", "afgesproken", "schoolmaatschappelijk", "stagebegeleidster",
    "góéde", "wierden"])
def test_words_inflections_and_compounds_are_words(word):
    assert is_word(word)


@pytest.mark.parametrize("word", ["carinova", "soufiane", "kubilay", "fiests"])
def test_names_and_slips_are_no_words(word):
    assert not is_word(word)


def test_a_compound_is_a_word_that_is_not_listed():
    assert is_word("veldman") and not is_listed("veldman")
    assert is_listed("veld")


@pytest.mark.parametrize(("word", "expected"), [
    ("robin", True), ("nienke", True), ("deventer", True),
    ("turks", False), ("engelse", False),  # languages and peoples
    ("wierden", False), ("bloem", False),  # words too
])
def test_what_is_written_with_a_capital_only_is_a_name(word, expected):
    assert is_proper(word) is expected


@pytest.mark.parametrize(("word", "expected"), [
    ("dedlines", True), ("rooser", True), ("roostre", True), ("carinova", False),
    ("kubilay", False), ("mo", False),
])
def test_a_word_with_one_letter_wrong_is_mistyped(word, expected):
    assert is_mistyped(word) is expected
