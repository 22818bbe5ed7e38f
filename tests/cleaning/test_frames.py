"""A DataFrame in hand becomes Responses."""

import pandas as pd
import pytest
from builders.raw import E3

import wbkit as wb
from wbkit.study.design import Design
from wbkit.study.item import Item


def make(data, **fields):
    return wb.responses(pd.DataFrame(data), unit="student", **fields)


def test_kinds_are_taken_from_the_types():
    level = pd.Categorical(["2", "3", "2"], categories=["3", "2"], ordered=True)
    given = make({"level": level, "team": ["zorg", None, "bouw"], "age": [17, 18, 19],
                  "new": [True, False, True], "help:plan": [True, False, True],
                  "help:other": [False, True, False], "help:other_text": ["", "rust", ""]})
    kinds = {name: item.kind for name, item in given.source.items.items()}
    assert kinds == {"level": "ordinal", "team": "nominal", "age": "numeric", "new": "nominal",
                     "help": "multiple"}
    assert given.values("level") == ("3", "2")
    assert given.values("team") == ("bouw", "zorg")
    assert given.data["new"].tolist() == ["True", "False", "True"]
    assert given.data["help:other_text"].tolist() == ["", "rust", ""]
    assert given.state("team").tolist() == ["answered", "no_answer", "answered"]
    assert (given.n, given.raw_rows, given.source.design) == (3, 3, None)


def test_the_frame_itself_is_not_changed():
    data = pd.DataFrame({"gezien": ["eens ", None]}, index=[7, 9])
    before = data.copy(deep=True)
    given = wb.responses(data, unit="student", items={"gezien": E3}, design="srs")
    pd.testing.assert_frame_equal(data, before)
    assert given.data.index.tolist() == [7, 9]
    assert given.data["gezien"].iloc[0] == "eens"


@pytest.mark.parametrize("answers", [
    [1, 2, 2], [1.0, 2.0, None], ["1", "2", ""], pd.Categorical([1, 2, 2]), [1, "2", None],
])
def test_codes_of_a_declared_item_work_by_their_text(answers):
    given = make({"gezien": answers}, items={"gezien": {"kind": "ordinal", "values": ["1", "2"]}})
    assert given.data["gezien"].tolist()[:2] == ["1", "2"]


def test_truth_values_of_a_declared_item_work_by_their_text():
    item = {"kind": "nominal", "values": ["True", "False"]}
    assert make({"new": [True, False]}, items={"new": item}).values("new") == ("True", "False")


def test_a_declared_item_that_holds_an_unknown_value_is_refused():
    message = r"^data: 1 answer is not in items\.\n.*\n    '3' once, row 1"
    with pytest.raises(wb.DataError, match=message):
        make({"gezien": [1, 3]}, items={"gezien": {"kind": "ordinal", "values": ["1", "2"]}})


def test_items_may_be_a_list_and_name_another_column():
    item = Item(name="gezien", column="Ik voel mij gezien", kind="ordinal", values=("a", "b"))
    given = make({"Ik voel mij gezien": ["b"], "Leerweg": ["bol"]}, items=[item])
    assert list(given.data) == ["gezien", "leerweg"]
    assert given.item("leerweg").words("nl") == "Leerweg"


def test_no_row_is_set_aside():
    given = make({"gezien": ["", ""]}, items={"gezien": E3})
    assert len(given.data) == 2
    assert given.log.empty


def test_derived_items_and_routing_work_as_in_study_toml():
    items = {"stage": {"kind": "nominal", "values": ["ja", "nee"]},
             "stap": E3 | {"asked_if": {"stage": ["ja"]}},
             "p_eens": {"kind": "nominal", "any_of": {"item": "stap", "values": ["eens"]}}}
    given = make({"stage": ["ja", "nee"], "stap": ["eens", None]}, items=items)
    assert given.state("p_eens").tolist() == ["answered", "not_asked"]


@pytest.mark.parametrize("cells", [[1, 0, None], [True, False, None], ["1", "0", ""]])
def test_options_may_be_ticked_in_several_ways(cells):
    item = {"kind": "multiple", "values": ["plan", "rust"]}
    given = make({"help:plan": cells}, items={"help": item})
    assert given.data["help:plan"].tolist() == [True, False, False]
    assert given.data["help:rust"].tolist() == [False] * 3


def test_a_multiple_item_may_be_one_column_of_text():
    item = {"kind": "multiple", "values": ["plan", "rust"]}
    assert make({"help": ["rust;plan;"]}, items={"help": item}).data.iloc[0].all()


def test_own_words_of_one_answer_stand_in_a_column_of_their_own():
    data = {"team": ["zorg", "other"], "team:other_text": ["", "koor"]}
    for items in (None, {"team": {"kind": "nominal", "values": ["zorg"], "other": "Anders"}}):
        given = make(data, items=items)
        assert given.data["team"].tolist() == ["zorg", "other"]
        assert given.data["team:other_text"].tolist() == ["", "koor"]


def test_real_numbers_keep_their_value():
    assert make({"x": [1.247, -2.5, 1e-9, None]}).data["x"].tolist()[:3] == [1.247, -2.5, 1e-9]


def test_equal_ids_are_told_apart():
    given = make({"Vraag 1": [1], "vraag-1": [2], "1e vraag": [3]})
    assert list(given.data) == ["vraag_1", "vraag_1_2", "q_1e_vraag"]


def test_a_column_without_answers_has_any_value():
    assert make({"team": pd.Series([None], dtype=object)}).state("team").tolist() == ["no_answer"]


@pytest.mark.parametrize("design", ["census", Design(kind="census", invited=10)])
def test_a_design_is_a_word_or_a_design(design):
    assert make({"x": [1]}, design=design).source.design.kind == "census"


@pytest.mark.parametrize(("data", "fields", "message"), [
    ({"x": [1]}, {"items": {"gezien": E3}}, r"there is no column 'gezien' .* It has x\."),
    ({"gezein": [1]}, {"items": {"gezien": E3}}, r"Did you mean 'gezein'\?"),
    ({"x": [1]}, {"design": "lottery"}, r"design"),
    ({"x": [1]}, {"items": {"x": {"kind": "nummer"}}}, r"^items, x, kind: "),
    ({"x": pd.to_datetime(["2022-01-01"])}, {}, r"the column 'x' holds datetime64"),
    ({"h:a": [2]}, {"items": {"h": {"kind": "multiple", "values": ["a"]}}},
     r"'h:a': 1 cell is neither"),
    ({"h:b": [1]}, {"items": {"h": {"kind": "multiple", "values": ["a"]}}},
     r"'b' is not one of the options of h \(a\)"),
])
def test_what_does_not_fit_is_refused(data, fields, message):
    with pytest.raises(wb.DataError, match=message):
        make(data, **fields)


@pytest.mark.parametrize("name", ["q:other", "q:other_text"])
def test_a_free_option_that_stands_alone_is_refused(name):
    cells = {"q:other": [True, False], "q:other_text": ["rust", ""]}[name]
    with pytest.raises(wb.DataError, match=f"the column '{name}' belongs to a question .* no "
                                           "column 'q' and no column of another option"):
        make({name: cells})


def test_a_column_named_like_one_of_a_table_gets_another_id():
    given = make({"seen": ["a", "b"] * 9, "value": ["x", "y"] * 9, "n": [1, 2] * 9})
    assert list(given.source.items) == ["seen", "value_2", "n"]
    assert wb.frequency(given, "seen", by="value_2").data["n"].tolist() == [9, 0, 0, 9]
    with pytest.raises(wb.DataError, match="no item 'value'. Did you mean 'value_2'"):
        wb.frequency(given, "seen", by="value")


def test_two_columns_with_one_name_are_refused():
    with pytest.raises(wb.DataError, match=r"the column 'x' stands there twice"):
        wb.responses(pd.DataFrame([[1, 2]], columns=["x", "x"]), unit="student")


@pytest.mark.parametrize(("data", "words"), [
    (pd.DataFrame({"g": list("aab"), "w": [1.0, 2, 3]}).groupby("g").agg({"w": ["mean", "sum"]}),
     "tuples of 2 .the first column is 'w / mean'.*Join them"),
    (pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a",)])), "tuples of 1"),
    (pd.DataFrame({"": [1.0, 2]}), "column 1 has no heading"),
    (pd.DataFrame({"q": ["a"], "  ": ["b"]}), "column 2 has no heading"),
    (pd.DataFrame([[1, 2]], columns=["a", None]), "column 2 has no heading"),
    (pd.DataFrame({":a": [True, False]}), "the heading ':a' names an option and no question"),
    (pd.DataFrame([["a", "b"]], columns=[1, "1"]), "the column '1' stands there twice"),
    (pd.DataFrame([[True, False]], columns=["h:a", "h: a"]),
     "two columns of h have the same option but for blanks"),
    (pd.DataFrame({"z": [1j]}), "the column 'z' holds complex128"),
])
def test_headings_that_name_no_single_column_are_refused_by_name(data, words):
    with pytest.raises(wb.DataError, match=words):
        wb.responses(data, unit="student")


TICKS = {"h:a": [True, True, False, False, None, None],
         "h:b": [True, False, False, None, None, None]}


@pytest.mark.parametrize("dtype", [object, "boolean", "float64"])
def test_no_to_every_option_is_an_answer_and_a_blank_is_none(dtype):
    frame = pd.DataFrame(TICKS).astype(dtype)
    given = wb.responses(frame, unit="student", public=True,
                         items={"h": {"kind": "multiple", "values": ["a", "b"]}})
    assert given.state("h").tolist() == ["answered"] * 4 + ["no_answer"] * 2
    data = wb.frequency(given, "h").data
    assert data[["n", "base"]].to_numpy().tolist() == [[2, 4], [1, 4]]


def test_ticks_with_blanks_are_one_question_without_being_declared():
    given = make(TICKS)
    assert given.item("h").kind == "multiple"
    again = wb.responses(given.data, unit="student")
    assert again.values("h") == ("a", "b")
    assert again.answered("h") == given.answered("h") == 4


def test_ticks_that_cannot_be_blank_are_an_answer_only_when_one_is_there():
    given = make({"h:a": [True, False, False], "h:b": [False, True, False]})
    assert given.answered("h") == 2


def test_none_of_them_is_worked_out_for_who_said_no_to_all():
    given = make(TICKS, items={
        "h": {"kind": "multiple", "values": ["a", "b"]},
        "geen": {"kind": "nominal", "none_of": {"item": "h", "values": ["a", "b"]}}})
    assert given.data["geen"].astype(object).where(given.data["geen"].notna(), None).tolist() == [
        "nee", "nee", "ja", "ja", None, None]


def test_who_was_not_asked_marked_nothing():
    given = make(TICKS | {"f": ["x", "x", "x", "y", "y", "x"]}, items={
        "f": {"kind": "nominal", "values": ["x", "y"]},
        "h": {"kind": "multiple", "values": ["a", "b"], "asked_if": {"f": ["x"]}}})
    assert given.state("h").tolist() == [
        "answered", "answered", "answered", "not_asked", "not_asked", "no_answer"]


def test_an_option_may_be_called_answered():
    given = make({"h:answered": [True, None], "h:b": [False, None]}, items={
        "h": {"kind": "multiple", "values": ["answered", "b"]}})
    assert wb.frequency(given, "h").data["value"].tolist() == ["answered", "b"]


def test_data_in_hand_can_have_a_name_that_stands_under_a_table():
    ten = pd.DataFrame({"x": pd.Categorical(["ja", "nee"] * 5)})
    assert "Bron: spector." in repr(wb.frequency(wb.responses(ten, unit="student", name="spector"),
                                                 "x"))
    with pytest.raises(wb.DataError, match=r"name='Mijn data': a source .* Write 'mijn_data'"):
        wb.responses(ten, unit="student", name="Mijn data")


def test_groups_taken_from_the_data_stand_as_people_count():
    given = wb.responses(pd.DataFrame({"klas": ["k10", "k2", "k1", "k10"]}), unit="student",
                         items={"klas": {"kind": "nominal", "values": "any"}})
    assert given.values("klas") == ("k1", "k2", "k10")


def test_a_number_to_link_never_comes_in_as_it_is():
    items = {"nr": {"kind": "open", "sensitivity": "identifier", "link": "hash"}}
    with pytest.raises(wb.DataError, match=r'items, nr: link = "hash" needs the key.*prepare'):
        wb.responses(pd.DataFrame({"nr": ["0961234"], "a": [1]}), unit="student", items=items)
