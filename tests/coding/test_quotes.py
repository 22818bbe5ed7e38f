"""Passages stand as they were said, with the question and the group they belong to."""

import pandas as pd
import pytest
from builders import transcripts
from builders.responses import answers

import wbkit as wb
from wbkit.coding.coded_segments import excerpts
from wbkit.data.documents import Documents
from wbkit.errors import DataError, DisclosureError

TEXT = "wie koos? niet wij. en hielp het? geen idee."
TURNS = pd.DataFrame({
    "document": "zorg", "turn": [1, 2, 3, 4], "start": [0, 10, 20, 34], "end": [9, 19, 33, 44],
    "speaker": ["I1", "TL", "I1", "TL"], "question": ["L6", "L6", "L7", "L7"], "time": "",
    "role": ["interviewer", "teamleider", "interviewer", "teamleider"]})
GUIDE = pd.DataFrame({"id": ["L6"], "topic": ["Wie koos"], "question": ["Wie koos er?"]})
SHEETS = pd.DataFrame({"document": ["1", "2"], "stelling": ["W1", "W2"], "tafel": ["A", "B"],
                       "text": ["- eerst\n-  dan  dit", "op één\nregel"]})


def interview():
    return Documents.of({"zorg": TEXT}, transcripts.source(), turns=TURNS, guide=GUIDE)


def test_only_what_people_answered_to_the_question_is_shown():
    table = excerpts(interview(), question="L6")
    assert table.data.values.tolist() == [["zorg", "niet wij."]]
    assert table.show().title.endswith(": Wie koos (L6)")
    assert "1 van de 1 fragmenten, uit 1 van de 1 teksten" in table.show().base


def test_the_first_passages_of_a_text_can_be_asked():
    table = excerpts(interview(), most=1)
    assert table.data["quote"].tolist() == ["niet wij."]
    assert "1 van de 2 fragmenten" in table.show().base
    assert len(excerpts(interview()).data) == 2


def test_texts_without_speakers_are_shown_whole_on_one_line():
    sheets = Documents.of(SHEETS, transcripts.source())
    table = excerpts(sheets, beside=["tafel"])
    assert table.data.values.tolist() == [["A", "eerst / dan dit"], ["B", "op één regel"]]


def test_texts_can_be_chosen_by_an_attribute():
    table = excerpts(Documents.of(SHEETS, transcripts.source()), where={"stelling": "W2"})
    assert table.data.values.tolist() == [["2", "op één regel"]]
    assert table.show().title.endswith(": stelling W2")


def test_a_question_attribute_or_value_that_is_not_there_is_named():
    with pytest.raises(DataError, match="The questions are L6, L7"):
        excerpts(interview(), question="L9")
    sheets = Documents.of(SHEETS, transcripts.source())
    with pytest.raises(DataError, match="no attribute 'ronde'. They have stelling, tafel"):
        excerpts(sheets, beside=["ronde"])
    with pytest.raises(DataError, match="There is W1, W2"):
        excerpts(sheets, where={"stelling": "W9"})


def test_passages_of_real_people_are_refused():
    with pytest.raises(DisclosureError, match="Give wbkit pseudonymise"):
        excerpts(transcripts.documents("geheim", synthetic=False))


def test_what_stands_behind_a_free_option_says_so():
    groei = {"kind": "multiple", "values": ["coachen"], "other": "anders",
             "label": {"nl": "Groeien", "en": "Growing"}}
    data = {"groei:coachen": [True, False], "groei:other": [False, True],
            "groei:other_text": ["", "machines"]}
    table = excerpts(wb.open_answers(answers(data, items={"groei": groei}), "groei"))
    assert table.show().title == "Groeien: iets anders"
    assert table.data["quote"].tolist() == ["machines"]
