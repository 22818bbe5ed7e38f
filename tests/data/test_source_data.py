"""What is no Table, Study, Source or DataFrame is refused by name, with what to do."""

import pandas as pd
import pytest

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE

FRAME = pd.DataFrame({"x": [1.0, 2.0]})
PLOTS = [name for name in wb.__all__ if name.startswith("plot_")]
BY_HAND = {
    "Design, wieght: unknown key. Did you mean 'weight'?": lambda: wb.Design(
        kind="srs", wieght="w"),
    "Design, invited: should be a whole number, without quotes; there is 'veel'. Correct it.":
        lambda: wb.Design(kind="srs", invited="veel"),
    "Design, margins: should be a table, such as { a = 1 }; there is 70.5. Correct it.":
        lambda: wb.Design(kind="srs", margins=70.5),
    "Design, fpc.0: should be an id: small letters, digits and _, a letter first; there is 'N'.":
        lambda: wb.Design(kind="srs", fpc="N"),
    'Scale, items: should be a list, such as ["a", "b"]; there is \'stel\'. Correct it.':
        lambda: wb.Scale(name="a", variant="v", items="stel"),
    "Design: takes its keys by name. Write Design(kind=…).": lambda: wb.Design("srs"),
    "Scale, variant: is missing. Add it.": lambda: wb.Scale(name="a", items=["b"]),
    "Scale: range runs from 3 to 1. Give the lowest points first.": lambda: wb.Scale(
        name="a", variant="v", items=["b"], range=[3, 1]),
    "Scale: reversed names 'd', which the scale does not hold. Its items are 'b'.":
        lambda: wb.Scale(name="a", variant="v", items=["b"], reversed=["d"]),
    "Scale: minimum_answered is 4, and the scale has 1 item. Give a number from 1 to 1.":
        lambda: wb.Scale(name="a", variant="v", items=["b"], minimum_answered=4),
}
GIVEN = {
    "read_responses: takes a Study, and there is a str. Give load_study() first":
        lambda: wb.read_responses("studenten", "studenten"),
    "read_texts: takes a Study, and there is a str": lambda: wb.read_texts("a", "b"),
    "read_codings: takes a Study, and there is a str": lambda: wb.read_codings("a", "b"),
    "read_memos: takes a Study, and there is a str": lambda: wb.read_memos("a"),
    "read_source: takes a Source, and there is a str. Give study.source(…)":
        lambda: wb.read_source("studenten"),
    "read_documents: takes a Source, and there is a str": lambda: wb.read_documents("a"),
    "clean: takes a Raw, and there is a DataFrame. Give what read_source returned.":
        lambda: wb.clean(FRAME),
    "responses: takes a DataFrame, and there is a str. Read the file first":
        lambda: wb.responses("enquete.xlsx", unit="student"),
    "responses(items=…): takes an Item, and there is a str. Write what each column means":
        lambda: wb.responses(FRAME, unit="student", items=["x"]),
}


@pytest.mark.parametrize("words", BY_HAND)
def test_a_record_made_by_hand_is_refused_in_the_words_of_a_file(words):
    with pytest.raises(wb.StudyError) as error:
        BY_HAND[words]()
    assert words in str(error.value)
    assert "pydantic" not in str(error.value)


@pytest.mark.parametrize("words", GIVEN)
def test_what_a_function_cannot_work_on_is_refused_by_its_name(words):
    with pytest.raises(wb.DataError) as error:
        GIVEN[words]()
    assert words in str(error.value)


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("given", ["x", wb.responses(FRAME, unit="student")], ids=type)
def test_a_plot_takes_a_table(name, given):
    with pytest.raises(wb.DataError, match=rf"^{name}: takes a Table, and there (is a|are) "
                                           rf"{type(given).__name__}\. .*make a Table first"):
        getattr(wb, name)(given)


def test_a_function_that_is_not_there_is_guessed():
    with pytest.raises(AttributeError, match=r"no attribute 'frequencies'. Use wb\.frequency"):
        wb.frequencies  # noqa: B018


def test_the_wrong_thing_is_refused_in_dutch(monkeypatch):
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    with pytest.raises(wb.DataError, match="frequency: hier hoort Responses of Cells, en er staat "
                                           "een DataFrame. Geef eerst aan wat de kolommen"):
        wb.frequency(FRAME, "x")
