"""Names of columns are found in texts where they are written as names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbkit.text.identifying import certain_in, with_marks
from wbkit.text.name_columns import NameParts, common_words, name_parts, small_words


def masked(text, names):
    return with_marks(text, certain_in(text, names))


@pytest.mark.parametrize(("text", "after"), [
    ("Anna is lief", "[naam] is lief"),
    ("ik ga naar Anna's moeder", "ik ga naar [naam]'s moeder"),
    ("praat met Anna de Groot over", "praat met [naam] over"),
    ("Groot probleem", "Groot probleem"),
    ("De coach heet Groot", "De coach heet [naam]"),
    ("een groot probleem", "een groot probleem"),
    ("annabel en Hannah", "annabel en Hannah"),
])
def test_a_known_name_is_masked_where_it_is_written_as_a_name(text, after):
    names = NameParts(name_parts(["Anna de Groot"]), small_words(["een groot probleem"]))
    assert masked(text, names) == after


def test_names_are_first_and_last_names_without_particles():
    cells = ["Jan van der Berg", "anonymous", "j@school.nl", "A", "dit is geen naam maar een zin"]
    assert name_parts(cells) == {"jan", "berg"}


def test_a_word_of_school_is_no_name_and_a_surname_that_is_a_word_is():
    cells = ["Techniek", "Zorg", "Persoon12", "Groen", "Sara", "Kwestro", "Kok, Jan"]
    assert name_parts(cells) == {"groen", "sara", "kwestro", "kok", "jan"}
    assert name_parts(["heb geen vaste coach", "mijn coach is bilal"]) == {"bilal"}
    assert name_parts(["Pauze", "Kim Pauze", "Groen"], frozenset(["pauze", "groen"])) == {
        "pauze", "kim", "groen"} - {"pauze"}


@pytest.mark.parametrize(("text", "after"), [
    ("Groen is mooi", "Groen is mooi"), ("de muur is groen", "de muur is groen"),
    ("vraag het Groen", "vraag het [naam]"), ("bij mevrouw Groen", "bij mevrouw [naam]"),
    ("Roos Groen helpt", "[naam] helpt"), ("Groen Roos", "[naam]"),
    ("De Jong legt uit", "De [naam] legt uit"), ("de jong is lief", "de jong is lief"),
    ("Wil je meer uitleg?", "Wil je meer uitleg?"), ("Wil de Jong helpt", "[naam] helpt"),
    ("mijn coach bilal is top", "mijn coach [naam] is top"), ("Noor is top", "[naam] is top"),
])
def test_a_name_that_is_a_word_counts_within_a_sentence_or_beside_a_name(text, after):
    names = name_parts(["Roos Groen", "Wil de Jong", "Bilal", "Noor"])
    assert masked(text, NameParts(names)) == after


def test_a_word_is_common_when_texts_write_it_small_more_often():
    texts = ["meer pauze", "Pauze is fijn", "de pauze", "een pauze", "kwestro en Kwestro"]
    assert "pauze" in common_words(texts) and "kwestro" not in common_words(texts)


@given(st.text(alphabet="aA0619 @.-nl/straB", max_size=60))
def test_masking_twice_changes_nothing_more(text):
    names = NameParts(frozenset(["al", "bas"]))
    once = masked(text, names)
    assert masked(once, names) == once


@pytest.mark.parametrize("text", [
    "mevrouw O’Neill", "mevrouw O'Neill", "docent José",
    "docent Jose\u0301", "mevrouw Berg", "mevrouw Berg-Jansen’s", "mevrouw Anne Marie",
])
def test_a_name_is_seen_in_every_way_that_a_keyboard_writes_it(text):
    # A phone writes ’ for ', a Mac puts an accent behind its letter.
    names = name_parts(["O'Neill", "Jose\u0301", "Berg-Jansen", "Anne-Marie"])
    assert masked(text, NameParts(names)).removesuffix("’s").split()[1:] == ["[naam]"]


def test_a_name_in_the_list_may_have_another_apostrophe():
    assert masked("bij D'Angelo", NameParts(name_parts(["D’Angelo"]))) == "bij [naam]"


def test_a_word_of_the_language_is_no_name_in_small_letters_and_an_unknown_word_is():
    names = NameParts(name_parts(["Wil de Jong", "Kwestro"]))
    assert masked("ik wil jong zijn en vroeg het kwestro", names) == (
        "ik wil jong zijn en vroeg het [naam]")


def test_a_genitive_and_a_misspelt_name_are_found():
    names = NameParts(name_parts(["Petra Kwestro"]))
    assert masked("dat is Petras idee", names) == "dat is [naam]s idee"
    assert [(one.start, one.reason) for one in names.hits("vraag het kwesrto")] == [(10, "near")]
    assert names.exact("vraag het kwesrto") == []
