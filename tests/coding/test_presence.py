"""Only texts that were looked through count; machines, training and suggestions stay apart."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from builders import transcripts
from builders.codings import coded
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb
from wbkit.data.codings import Codings


def share(codings, code="a"):
    data = wb.code_frequency(codings, codes=[code]).data
    return data[["n", "base"]].iloc[0].tolist()


def test_codes_in_a_text_that_nobody_considered_are_told_and_not_counted():
    made = coded(("1", 0, 5, "a", "anke"), ("2", 0, 5, "a", "anke"), ("3", 0, 5, "a", "anke"),
                 considered=[("1", "r", "anke", ("a",), True)])
    assert share(made) == [1, 1]
    assert any(note.startswith("Niet meegeteld: 2 coderingen in teksten waarvan niemand")
               for note in wb.code_frequency(made).show().notes)


def test_where_nobody_said_what_was_considered_all_texts_count():
    assert share(coded(("1", 0, 5, "a", "anke"), considered=[])) == [1, 3]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from("abc"))),
       st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["a", "b", "ab", "c"]))))
def test_a_share_is_never_over_one(given_codes, looked):
    rows = [(str(document), 0, 5, code, "anke") for document, code in given_codes]
    seen = [(str(document), "r", "anke", tuple(codes), True) for document, codes in looked]
    made = coded(*rows, lengths=(10,) * 5, codes="abc", considered=seen)
    if made.codes:
        shares = wb.code_frequency(made).data["share"].dropna()
        assert shares.between(0, 1).all()


def beside(origin, **more):
    """Make codings of a person in text 1 and of another origin in text 2; both considered all."""
    made = coded(("1", 0, 5, "a", "anke"), ("2", 0, 5, "a", "gpt"), coders=("anke", "gpt"))
    data = made.data.assign(origin=["manual", origin], **more)
    looked = made.considered.assign(
        origin=np.where(made.considered["coder"] == "gpt", origin, ""), witness="gpt 1")
    return replace(made, data=data, considered=looked)


def test_a_machine_beside_people_is_told_and_not_counted():
    made = beside("machine")
    assert share(made) == [1, 3]
    assert "Apart, niet meegeteld: 1 van de 2 coderingen (50,0 %) met herkomst machine." in \
        wb.code_frequency(made).show().notes
    alone = replace(made, data=made.data[made.data["coder"] == "gpt"],
                    considered=made.considered[made.considered["coder"] == "gpt"])
    assert share(alone) == [1, 3]
    assert any(note.startswith("Geteld zijn codes van een machine, niet van mensen: gpt is gpt 1")
               for note in wb.code_frequency(alone).show().notes)


PATTERNS = {
    "cooccurrence": lambda made: wb.cooccurrence(made, near="document"),
    "saturation": wb.saturation,
    "unique_cases": wb.unique_cases,
    "negative_cases": lambda made: wb.negative_cases(made, "a", other="b"),
    "coded_segments": lambda made: wb.coded_segments(made, "a"),
}


@pytest.mark.parametrize("origin", ["machine", "dictionary", "suggestion"])
@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_in_codes_are_those_of_people_where_people_coded(name, origin):
    people = coded(("1", 0, 5, "a", "anke"), ("1", 4, 9, "b", "anke"), ("2", 0, 5, "a", "anke"))
    other = coded(("2", 0, 5, "b", "gpt"), ("3", 0, 5, "a", "gpt"), coders=("gpt",))
    both = replace(
        people, data=pd.concat([people.data, other.data.assign(origin=origin)]),
        considered=pd.concat([people.considered,
                              other.considered.assign(origin=origin, witness="gpt 1")]))
    table, alone = PATTERNS[name](both), PATTERNS[name](people)
    pd.testing.assert_frame_equal(table.data, alone.data)
    assert any(note.startswith("Apart, niet meegeteld: 2 van de 5 coderingen")
               for note in table.show().notes)


def test_patterns_say_which_machine_they_count_where_it_stands_alone():
    made = coded(("1", 0, 5, "a", "gpt"), ("2", 0, 5, "b", "gpt"), coders=("gpt",))
    alone = replace(made, data=made.data.assign(origin="machine"),
                    considered=made.considered.assign(origin="machine", witness="gpt 1"))
    for make in PATTERNS.values():
        assert any(note.startswith("Geteld zijn codes van een machine, niet van mensen: gpt is")
                   for note in make(alone).show().notes)


def test_hits_of_a_dictionary_beside_people_are_told_and_not_counted():
    both = beside("dictionary")
    looked = both.considered.assign(
        coder=both.considered["coder"].replace("gpt", "dictionary")).drop(columns="origin")
    both = replace(both, considered=looked[(looked["coder"] != "anke")
                                           | (looked["document"] == "1")])
    assert share(both) == [1, 1]
    assert "Apart, niet meegeteld: 1 van de 2 coderingen (50,0 %) met herkomst woordenlijst." in \
        wb.code_frequency(both).show().notes


def test_suggestions_and_training_are_told_and_not_counted():
    assert share(beside("suggestion")) == [1, 3]
    trained = beside("manual", round=["main", "training"])
    assert share(trained) == [1, 3]
    assert "Niet meegeteld: 1 van de 2 coderingen zijn van een oefenronde." in \
        wb.code_frequency(trained).show().notes


def test_codings_under_an_older_definition_are_marked():
    made = coded(("1", 0, 5, "a", "anke"), ("2", 0, 5, "a", "anke"), ("3", 0, 5, "b", "anke"))
    book = transcripts.codebook(a={"terms": [], "since": "10"}, b=[])
    data = made.data.assign(codebook=["9", "10", "9"])
    older = Codings(data, made.documents, book, made.considered)
    assert older.older.tolist() == [True, False, False]
    note = "1 coderingen zijn gemaakt voordat de omschrijving van hun code veranderde: a."
    assert any(one.startswith(note) for one in wb.code_frequency(older).show().notes)
    assert any(one.startswith(note) for one in wb.agreement(older, unit="document").show().notes)


NOUNS = {
    "code_frequency": lambda wrong: wb.code_frequency(wrong),
    "code_matrix": lambda wrong: wb.code_matrix(wrong),
    "cooccurrence": lambda wrong: wb.cooccurrence(wrong),
    "saturation": lambda wrong: wb.saturation(wrong),
    "negative_cases": lambda wrong: wb.negative_cases(wrong, "a", other="b"),
    "unique_cases": lambda wrong: wb.unique_cases(wrong),
    "codes_by_question": lambda wrong: wb.codes_by_question(wrong),
    "coded_segments": lambda wrong: wb.coded_segments(wrong, "a"),
    "disagreements": lambda wrong: wb.disagreements(wrong),
    "reconcile": lambda wrong: wb.reconcile(wrong, pd.DataFrame()),
    "precision_recall": lambda wrong: wb.precision_recall(wrong, against=wrong),
}
OF_TEXTS = {
    "excerpts": lambda wrong: wb.excerpts(wrong),
    "speaking_shares": lambda wrong: wb.speaking_shares(wrong),
    "guide_coverage": lambda wrong: wb.guide_coverage(wrong),
    "check_quotes": lambda wrong: wb.check_quotes("x", wrong),
    "code_by_dictionary": lambda wrong: wb.code_by_dictionary(wrong, transcripts.codebook(a=[])),
}


@pytest.mark.parametrize("name", NOUNS)
def test_documents_in_place_of_codings_are_answered_in_words(name):
    with pytest.raises(wb.DataError, match=rf"{name}.*: takes Codings, and there are Documents"):
        NOUNS[name](transcripts.documents("druk"))


@pytest.mark.parametrize("name", OF_TEXTS)
def test_codings_in_place_of_documents_are_answered_in_words(name):
    with pytest.raises(wb.DataError, match=rf"{name}: takes Documents, and there are Codings"):
        OF_TEXTS[name](coded())


def test_codings_in_place_of_ratings_are_answered_in_words():
    with pytest.raises(wb.DataError, match=r"krippendorff_alpha: .* Codings go into agreement"):
        wb.krippendorff_alpha(coded())
