"""What certainly points to a person in running text, and what does not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbkit.text.identifiers import Personal, checked_number, common_words, name_parts, small_words

PLAIN = Personal()


@pytest.mark.parametrize(("text", "after"), [
    ("mail jan.devries@student.linde.nl even", "mail [e-mailadres] even"),
    ("Bel 06-12345678.", "Bel [telefoonnummer]."),
    ("Bel 06 12 34 56 78", "Bel [telefoonnummer]"),
    ("Bel 0612 345 678", "Bel [telefoonnummer]"),
    ("+31 6 1234 5678 is van mij", "[telefoonnummer] is van mij"),
    ("thuis (020) 123 45 67", "thuis [telefoonnummer]"),
    ("0345-123456", "[telefoonnummer]"),
    ("ik woon op 1234 AB 12", "ik woon op [adres]"),
    ("op 1234ab, 12a", "op [adres]"),
    ("Lange Kerkstraat 12, 1234 AB in Utrecht", "[adres] in Utrecht"),
    ("bij Kerkstraat 12", "bij [adres]"),
    ("mijn studentnummer is 0961234", "mijn [studentnummer]"),
])
def test_plain_forms_become_a_mark(text, after):
    masked, found = PLAIN.masked(text)
    assert (masked, sum(found.values())) == (after, 1)


@pytest.mark.parametrize("text", [
    "", "op 06-05-2022 om 12 uur", "van 2019 tot 2022 en 3 keer", "een 8,5 van de 10",
    "Onderweg 2 uur in de trein", "de helpdesk: 14 020", "ik heb 12345 stappen gezet",
    "@docent luister eens", "12:30 tot 13:45", "10 000 000 000", "bedrag 1.234.567.890",
])
def test_dates_years_and_amounts_stay(text):
    assert PLAIN.masked(text) == (text, {})


@pytest.mark.parametrize(("text", "after"), [
    ("Anna is lief", "[naam] is lief"),
    ("ik ga naar Anna's moeder", "ik ga naar [naam] moeder"),
    ("praat met Anna de Groot over", "praat met [naam] over"),
    ("Groot probleem", "Groot probleem"),
    ("De coach heet Groot", "De coach heet [naam]"),
    ("een groot probleem", "een groot probleem"),
    ("annabel en Hannah", "annabel en Hannah"),
])
def test_a_known_name_is_masked_where_it_is_written_as_a_name(text, after):
    personal = Personal(name_parts(["Anna de Groot"]), words=small_words(["een groot probleem"]))
    assert personal.masked(text)[0] == after


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
    assert Personal(names).masked(text)[0] == after


def test_a_word_is_common_when_texts_write_it_small_more_often():
    texts = ["meer pauze", "Pauze is fijn", "de pauze", "een pauze", "kwestro en Kwestro"]
    assert "pauze" in common_words(texts) and "kwestro" not in common_words(texts)


def test_a_declared_number_is_masked():
    personal = Personal(numbers=re.compile(r"\b(?:[0-9]{7})\b"))
    assert personal.masked("ik ben 0961234, niet 12") == (
        "ik ben [studentnummer], niet 12", {"number": 1})


@pytest.mark.parametrize("pattern", [".*", "[0-9]+", "[0-9]{2,4}", "[a-z]+"])
def test_a_pattern_that_fits_ordinary_text_is_refused(pattern):
    with pytest.raises(ValueError, match=r"also fits ordinary words .* Write \[0-9\]\{7\}"):
        checked_number(pattern)


def test_a_pattern_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"is no pattern: .* Write \[0-9\]\{7\}"):
        checked_number("[0-9")


@given(st.text(alphabet="aA0619 @.-nl/straB", max_size=60))
def test_masking_twice_changes_nothing_more(text):
    personal = Personal(frozenset(["al", "bas"]))
    masked, _ = personal.masked(text)
    assert personal.masked(masked) == (masked, {})


@pytest.mark.parametrize("text", [
    "mevrouw O’Neill", "mevrouw O'Neill", "docent José",
    "docent Jose\u0301", "mevrouw Berg", "mevrouw Berg-Jansen’s", "mevrouw Anne Marie",
])
def test_a_name_is_seen_in_every_way_that_a_keyboard_writes_it(text):
    # A phone writes ’ for ', a Mac puts an accent behind its letter.
    names = name_parts(["O'Neill", "Jose\u0301", "Berg-Jansen", "Anne-Marie"])
    masked, found = Personal(names).masked(text)
    assert masked.split()[1:] == ["[naam]"] and found == {"name": 1}


def test_a_name_in_the_list_may_have_another_apostrophe():
    assert Personal(name_parts(["D’Angelo"])).masked("bij D'Angelo") == ("bij [naam]", {"name": 1})
