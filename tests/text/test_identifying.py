"""What points to a person is found whole, and ordinary words are left alone."""

import re
from pathlib import Path

import pytest
from builders.marked_sentences import read_marked, read_spans, score
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_files import shared

from wbkit.text.identifying import KINDS, KnownNames, identifiers_in

HERE = Path(__file__).parent
RECALL, PRECISION = 0.95, 0.90


def found(text, *names):
    return [(text[one.start:one.end], one.kind)
            for one in identifiers_in(text, KnownNames.of(names))]


@pytest.mark.parametrize("name", ["identifier_sentences", "identifier_sentences_apart",
                                  "identifier_sentences_later"])
def test_hard_sentences_reach_the_norm(name):
    result = score(read_marked(HERE / f"{name}.txt"), identifiers_in)
    assert result.recall >= RECALL, result.missed
    assert result.precision >= PRECISION, result.extra


def test_the_sentences_of_the_shared_folder_reach_the_norm():
    result = score(read_spans(shared("dutchtext", "identifiers_dev.csv")), identifiers_in)
    assert result.recall >= RECALL, result.missed
    assert result.precision >= PRECISION, result.extra


def test_there_are_enough_hard_sentences_of_every_kind():
    sentences = read_marked(HERE / "identifier_sentences.txt")
    assert len(sentences) >= 150
    assert {kind for _, spans in sentences for kind in spans.values()} == set(KINDS)


@pytest.mark.parametrize(("text", "expected"), [
    ("ik sprak roos in houten", ["roos", "houten"]),
    ("Op de linde is het druk", ["de linde"]),
    ("dat was petras idee", ["petra"]),
    ("PETRA VAN DEN BERG belde", ["PETRA VAN DEN BERG"]),
    ("fattima zat daar", ["fattima"]),
    ("fatiam zat daar", ["fatiam"]),
    ("mevrouw van den berg en petra", ["mevrouw van den berg", "petra"]),
])
def test_names_of_the_project_are_found_however_they_are_written(text, expected):
    names = ("Roos Lange", "Houten", "De Linde", "Petra van den Berg", "Fatima El Amrani")
    assert [words for words, _ in found(text, *names)] == expected


@pytest.mark.parametrize("text", [
    "ik vind {wim} aardig", "{mees} doet nooit wat", "dat zei {kees} ook", "{Kees} zijn broer kwam",
    "{Faysal} en ik werken samen", "{Max} heeft dat gezegd", "{Mila} huilde toen",
    "ik zat met {roos} in de klas", "bij {mvr hendriksen} durf ik", "met {G. ter Haar} erbij",
    "aan de {Hoofdweg 112-3}", "stage bij {Zorggroep De Linde}", "in de Kerstvakantie gaf ik les",
    "een roos in de tuin", "lot is een ander woord voor toeval", "max vijf studenten per groep",
])
def test_a_name_that_is_a_word_too_is_told_by_where_it_stands(text):
    expected = re.findall(r"\{(.*?)\}", text)
    assert [words for words, _ in found(re.sub("[{}]", "", text))] == expected


@pytest.mark.parametrize("text", [
    "een lange dag", "de vissen zwemmen", "we bakken iets", "een linde in de tuin",
])
def test_a_surname_that_is_a_word_is_left_alone_in_small_letters(text):
    assert found(text, "Roos Lange", "Jan Visser", "Bo Bakker", "De Linde") == []


def test_a_place_on_the_list_has_its_own_kind():
    known = KnownNames.of({"Houten": "PLAATS"})
    (hit,) = identifiers_in("ik woon in houten", known)
    assert (hit.kind, hit.reason) == ("PLAATS", "project")


def test_a_pseudonym_between_brackets_is_no_proposal_and_a_name_is():
    assert found("[Corlin Breedal] zei dat [plaats Berla] in [maart 2005] leuk was") == []
    assert found("toen kwam er [Fatima lacht] iets") == [("Fatima", "NAAM")]


def test_a_number_without_its_check_digits_is_no_service_number():
    assert found("het getal 123456789 stond er") == []
    assert found("het getal 123456782 stond er") == [("123456782", "BSN")]


@given(st.text(alphabet="abcdefgh IJK.@0123456789[]-'\n", max_size=80))
@settings(deadline=None)
def test_hits_lie_in_the_text_in_order_and_apart(text):
    hits = identifiers_in(text)
    edges = [edge for one in hits for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in hits)


@pytest.mark.parametrize(("text", "passage"), [
    ("dat zei **K**im **B**os", "K**im **B**os"), ("dat zei K i m  B o s toen", "K i m  B o s"),
    ("dat zei K&#105;m B&#111;s", "K&#105;m B&#111;s"),
    ("dat zei Ki\u200bm Bos", "Ki\u200bm Bos")])
def test_a_name_of_the_project_is_found_whole_with_signs_in_it(text, passage):
    found = [text[one.start:one.end]
             for one in identifiers_in(text, KnownNames.of(["Kim Bos"]))]

    assert found == [passage]


def test_signs_between_other_words_make_no_name():
    assert identifiers_in("a b c en **heel** &amp; stil", KnownNames.of(["Kim Bos"])) == []
