"""Codes together, new codes, guide questions and cases: counted as a reader would count them."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from builders import transcripts
from builders.codings import coded
from hypothesis import given, settings
from hypothesis import strategies as st

from wbkit.coding.code_counts import code_frequency, code_matrix
from wbkit.coding.code_patterns import (
    cooccurrence,
    expected_codes,
    negative_cases,
    saturation,
    unique_cases,
)
from wbkit.coding.dictionary import code_by_dictionary
from wbkit.coding.interview_guide import codes_by_question, guide_coverage
from wbkit.data.codings import Codings
from wbkit.data.documents import Documents
from wbkit.errors import CodingError, DataError, DisclosureError

TURNS = {"speaker": "TL", "role": "teamleider", "question": "", "time": ""}


def numbers(table, *columns):
    return table.data[list(columns)].values.tolist()


def near_each_other():
    turns = pd.DataFrame([("1", 1, 0, 10), ("1", 2, 11, 30)],
                         columns=["document", "turn", "start", "end"]).assign(**TURNS)
    return coded(("1", 0, 5, "a", "anke"), ("1", 4, 8, "b", "anke"), ("1", 12, 14, "b", "anke"),
                 ("2", 0, 3, "a", "anke"), ("2", 3, 6, "b", "bram"), ("3", 0, 3, "a", "anke"),
                 lengths=(30, 30, 30), documents={"turns": turns})


@pytest.mark.parametrize(("near", "within", "expected"), [
    ("overlap", 0, [["a", "b", 1, 3, 1]]),
    ("turn", 0, [["a", "b", 2, 3, 2]]),
    ("characters", 0, [["a", "b", 2, 3, 2]]),
    ("characters", 7, [["a", "b", 2, 3, 3]]),
    ("document", 0, [["a", "b", 2, 3, 2]]),
])
def test_codes_together(near, within, expected):
    table = cooccurrence(near_each_other(), near=near, within=within)
    assert numbers(table, "code", "other", "n", "base", "mentions") == expected


@settings(deadline=None)  # a busy machine takes its time
@given(st.lists(st.tuples(st.sampled_from("12"), st.integers(0, 8), st.integers(1, 4),
                          st.sampled_from("ab")), max_size=12, unique=True))
def test_overlaps_are_those_of_all_pairs(rows):
    made = coded(*[(one, start, min(start + size, 10), code, "anke")
                   for one, start, size, code in rows])
    places = {(row.document, row.start, row.end, row.code) for row in made.data.itertuples()}
    slow = sum(one[0] == other[0] and one[3] == "a" and other[3] == "b"
               and max(one[1], other[1]) < min(one[2], other[2])
               for one, other in permutations(places, 2))
    assert cooccurrence(made).data["mentions"].sum() == slow


def test_a_wrong_distance_gets_a_message():
    with pytest.raises(CodingError, match="near='word'"):
        cooccurrence(near_each_other(), near="word")


def test_each_document_adds_its_new_codes():
    made = coded(("1", 0, 5, "a", "anke"), ("2", 0, 5, "a", "anke"), ("2", 0, 5, "b", "anke"))
    table = saturation(made)
    assert numbers(table, "document", "codes", "new", "so_far") == [
        ["1", 1, 1, 1], ["2", 2, 1, 2], ["3", 0, 0, 2]]
    assert numbers(saturation(made, order=["2", "1"]), "new") == [[2], [0]]
    assert "Dit zegt niet dat er niets nieuws meer te horen is" in repr(table)
    with pytest.raises(CodingError, match="nobody considered '9'"):
        saturation(made, order=["9"])


@given(st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=5))
def test_the_expected_curve_is_the_mean_over_all_orders(sets):
    orders = [[len(set().union(*order[:at + 1])) for at in range(len(sets))]
              for order in permutations(sets)]
    times = [sum(code in one for one in sets) for code in "abcd"]
    times = np.array([one for one in times if one], dtype=int)
    assert expected_codes(times, len(sets)) == pytest.approx(np.mean(orders, axis=0))


def conversations(**source):
    """Question L1 is asked in both, L2 raised by the other in 1, L3 never reached."""
    rows = [("1", 1, 0, 5, "interviewer", "L1"), ("1", 2, 6, 10, "teamleider", "L1"),
            ("1", 3, 11, 15, "teamleider", "L2"), ("1", 4, 16, 20, "interviewer", "L1"),
            ("2", 1, 0, 5, "interviewer", "L1"), ("2", 2, 6, 20, "teamleider", "L1")]
    turns = pd.DataFrame(rows, columns=["document", "turn", "start", "end", "role", "question"])
    guide = pd.DataFrame({"id": ["L1", "L2", "L3"], "topic": ["sfeer", "rol", "stem"],
                          "question": "?"})
    return coded(("1", 7, 9, "a", "anke"), ("1", 12, 14, "a", "anke"), ("2", 7, 9, "b", "anke"),
                 lengths=(20, 20), documents={"turns": turns.assign(speaker="x", time=""),
                                              "guide": guide}, source=source)


def test_a_question_is_asked_raised_or_not_reached():
    table = guide_coverage(conversations().documents, per="question")
    assert numbers(table, "question", "asked", "raised", "not_reached", "missing") == [
        ["L1", 2, 0, 0, ""], ["L2", 0, 1, 1, "2"], ["L3", 0, 0, 2, "1, 2"]]
    texts = conversations().documents
    with pytest.raises(DataError, match="conversations of one source"):
        guide_coverage([texts, texts], per="question")
    with pytest.raises(DataError, match="Use document or question"):
        guide_coverage(texts, per="topic")


def test_codes_stand_with_the_question_that_was_talked_about():
    table = codes_by_question(conversations())
    assert numbers(table, "question", "code", "n", "asked", "raised", "base") == [
        ["L1", "a", 1, 1, 0, 2], ["L1", "b", 1, 1, 0, 2], ["L2", "a", 1, 0, 1, 1]]
    with pytest.raises(DataError, match="no turn is tied to a question"):
        codes_by_question(coded())


def test_few_conversations_of_real_people_are_not_counted_one_by_one():
    real = conversations(synthetic=False)
    for count in (lambda: guide_coverage(real.documents, per="question"),
                  lambda: codes_by_question(real)):
        with pytest.raises(DisclosureError, match="conversations are few, and single ones of real"):
            count()
    assert len(codes_by_question(conversations(synthetic=False, public=True)).data) == 3


def test_cases_without_the_code_that_is_expected():
    made = coded(("1", 0, 5, "a", "anke"), ("1", 5, 8, "b", "anke"), ("2", 0, 3, "a", "anke"),
                 ("2", 4, 6, "a", "anke"))
    table = negative_cases(made, "a", other="b")
    assert numbers(table, "document", "mentions", "quote") == [["2", 2, "xxx"]]
    assert table.show().base == "1 van de 2 teksten met ‘a’ hebben ‘b’ niet."
    assert numbers(unique_cases(made), "code", "document") == [["b", "1"]]
    with pytest.raises(DisclosureError, match="real people"):
        unique_cases(coded(source={"synthetic": False}))


def test_the_base_of_a_code_is_where_somebody_looked_for_it():
    looked = [("1", "r", "anke", ("a", "b"), True), ("2", "r", "anke", ("a",), True)]
    made = coded(("1", 0, 5, "a", "anke"), ("1", 0, 5, "b", "anke"), considered=looked)
    table = code_frequency(made)
    assert numbers(table, "value", "n", "base") == [["a", 1, 2], ["b", 1, 1]]
    assert any(note.startswith("Niet elke tekst") for note in table.show().notes)
    shown = repr(code_matrix(made))
    assert "1 van 2" in shown
    assert "1 van 1" in shown


@pytest.mark.parametrize("listed", [
    saturation, unique_cases, lambda one: negative_cases(one, "geld", other="druk")])
def test_lists_of_hits_say_that_nobody_read(listed):
    book = transcripts.codebook(geld=["geld"], druk=["druk"])
    documents = Documents.of({"1": "geld", "2": "druk"}, transcripts.source())
    table = listed(code_by_dictionary(documents, book))
    assert any("Gevonden met zoekwoorden" in note for note in table.show().notes)


def test_sources_coded_in_different_ways_say_in_which():
    book = transcripts.codebook(geld=["geld"])
    read, searched = (Documents.of({"1": "geld"}, transcripts.source(name=name))
                      for name in ("een", "twee"))
    hits = code_by_dictionary(read, book)
    by_hand = Codings(hits.data.assign(origin="manual", coder="anke"), read, book,
                      hits.considered.assign(coder="anke"))
    words = repr(code_matrix([by_hand, code_by_dictionary(searched, book)], codes=["geld"]))
    assert "een (codes)" in words
    assert "twee (gevonden met zoekwoorden)" in words


def test_codes_by_hand_stand_beside_hits_of_the_dictionary():
    book = transcripts.codebook(geld=["geld"])
    documents = Documents.of({"1": "geld", "2": "centen"}, transcripts.source())
    found = code_by_dictionary(documents, book)
    by_hand = Codings(
        pd.DataFrame({"document": ["1", "2"], "revision": "r", "start": 0, "end": 4,
                      "code": "geld", "coder": "anke", "origin": "manual", "status": "accepted",
                      "term": ""}), documents, book, found.considered.assign(coder="anke"))
    table = code_matrix([by_hand, found], codes=["geld"])
    assert numbers(table, "row", "n", "base") == [
        ["leiders by hand", 2, 2], ["leiders by dictionary", 1, 2]]
    assert "leiders (codes) (n = 2 interviews)" in repr(table)
    assert "leiders (gevonden met zoekwoorden) (n = 2 interviews)" in repr(table)
