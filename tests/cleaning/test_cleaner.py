"""From raw text to typed answers."""

import pandas as pd
import pytest
from builders.raw import E3, raw, source
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

import wbkit as wb
from wbkit.cleaning.log import MASK


def log(responses):
    return [tuple(row) for row in responses.log.itertuples(index=False)]


def test_an_ordinal_item_becomes_a_categorical_in_the_order_of_study_toml():
    given = wb.clean(raw({"gezien": ["eens", "oneens", ""], "klas": ["a", "a", "b"]},
                         {"gezien": E3, "klas": {"kind": "nominal", "values": "any"}}))
    column = given.data["gezien"]
    assert column.cat.ordered
    assert list(column.cat.categories) == ["oneens", "neutraal", "eens"]
    assert column.tolist()[:2] == ["eens", "oneens"]
    assert pd.isna(column.iloc[2])
    assert given.data.index.tolist() == [2, 3, 4]
    assert given.raw_rows == 3
    assert log(given) == []


def test_a_missing_code_is_a_reason_and_no_answer():
    item = E3 | {"missing": ["weet ik niet"]}
    given = wb.clean(raw({"gezien": ["weet ik niet", "eens"]}, {"gezien": item}))
    assert given.data["gezien"].isna().tolist() == [True, False]
    assert given.state("gezien").tolist() == ["weet ik niet", "answered"]


def test_a_declared_correction_is_made_and_logged():
    item = E3 | {"corrections": {"eensch": "eens"}}
    given = wb.clean(raw({"gezien": ["eensch", "eens"]}, {"gezien": item}))
    assert given.data["gezien"].tolist() == ["eens", "eens"]
    assert log(given) == [(2, "gezien", "eensch", "eens", "correction")]


@pytest.mark.parametrize("item", [
    E3 | {"corrections": {"eensch": "eens"}, "guessed": True},
    {"kind": "numeric", "corrections": {"eensch": "1"}, "guessed": True},
    {"kind": "open", "corrections": {"eensch": "eens"}, "guessed": True},
])
def test_the_log_does_not_say_that_a_person_decided_on_a_guess(item):
    given = wb.clean(raw({"q": ["eensch"]}, {"q": item}))
    assert [line[-1] for line in log(given)] == ["correction that is not confirmed"]


@pytest.mark.parametrize("written", [" eens", "eens\u00a0", "\u00a0eens \u200b"])
def test_answers_are_compared_after_normalising_spaces(written):
    given = wb.clean(raw({"gezien": [written]}, {"gezien": E3}))
    assert given.data["gezien"].tolist() == ["eens"]
    assert log(given) == [(2, "gezien", written, "eens", "spaces")]


def test_an_answer_in_other_case_needs_a_declared_correction():
    with pytest.raises(wb.DataError, match=r'Did you mean: corrections = \{ "Eens" = "eens" \}\?'):
        wb.clean(raw({"gezien": ["Eens"]}, {"gezien": E3}))


def test_all_unknown_answers_of_all_items_are_named_at_once():
    items = {"gezien": E3, "cijfer": {"kind": "numeric", "range": [1, 10]}}
    given = raw({"gezien": ["eensch", "ooneens", "eensch"], "cijfer": ["8+", "7", "11"]}, items)
    with pytest.raises(wb.DataError) as error:
        wb.clean(given)
    assert str(error.value) == (
        "students (raw/students.xlsx): 4 different answers in 2 items are not in study.toml.\n"
        "  items.gezien: may hold 'oneens', 'neutraal', 'eens'.\n"
        "    'eensch' 2 times, rows 2, 4. "
        'Did you mean: corrections = { "eensch" = "eens" }?\n'
        "    'ooneens' once, row 3. "
        'Did you mean: corrections = { "ooneens" = "oneens" }?\n'
        "  items.cijfer: may hold a number from 1 to 10.\n"
        "    '8+' once, row 2.\n"
        "    '11' once, row 4.\n"
        "For each answer, under its item in study.toml: give the right one in corrections, "
        "or add it to values, or to missing when it is no answer."
    )


def test_an_identifier_never_reaches_data_or_log():
    items = {"nummer": {"kind": "open", "sensitivity": "identifier"}, "gezien": E3}
    given = wb.clean(raw({"nummer": [" 4711"], "gezien": ["eens"]}, items))
    assert list(given.data) == ["gezien"]
    assert "nummer" not in given.source.items
    assert log(given) == [(2, "nummer", MASK, MASK, "spaces")]


def test_the_name_column_of_forms_is_refused_as_an_ordinary_item():
    given = raw({"Naam": ["Jo"]}, {"wie": {"kind": "open", "column": "Naam"}},
                ids={"name": "Naam"})
    with pytest.raises(wb.DataError, match=r'items\.wie: .*sensitivity = "identifier"'):
        wb.clean(given)


def test_a_description_of_another_file_is_refused():
    given = raw({"gezien": ["eens"]}, {"gezien": E3})
    with pytest.raises(wb.DataError, match=r"read without a column for klas\. Read it with"):
        wb.clean(given, source({"klas": E3}))


def test_a_file_in_which_nobody_answered_leaves_no_unit():
    items = {"gezien": E3, "hulp": {"kind": "multiple", "values": ["a"]},
             "ja": {"kind": "nominal", "any_of": {"item": "hulp", "values": ["a"]}}}
    given = wb.clean(raw({"gezien": ["", ""], "hulp": ["", " "]}, items))
    assert (len(given.data), given.raw_rows, len(given.log)) == (0, 2, 2)
    assert list(given.data) == ["gezien", "hulp:a", "ja"]


def test_routing_by_many_answers_of_a_question_that_some_left_open():
    many = [f"team {number}" for number in range(40)]
    items = {"team": {"kind": "nominal", "values": many},
             "gezien": E3 | {"asked_if": {"team": many}}}
    given = wb.clean(raw({"team": ["team 7", ""], "gezien": ["eens", "eens"]}, items))
    assert given.state("gezien").tolist() == ["answered", "not_asked"]


KINDS = {"een": E3 | {"missing": ["weet ik niet"], "asked_if": {"twee": ["a"]}},
         "twee": {"kind": "multiple", "values": ["a", "b"], "other": "Anders", "exclusive": ["b"]},
         "drie": {"kind": "numeric", "range": [0, 10]}, "vier": {"kind": "open"},
         "vijf": {"kind": "nominal", "values": "any", "other": "Anders"}}
WRITTEN = ["", "eens", "a;b;", "Anders: x", "weet ik niet", "7,5", " ", "a"]
CELL = st.sampled_from(WRITTEN) | st.text()


@settings(derandomize=True, max_examples=150, deadline=None)
@given_any(st.lists(st.tuples(*[CELL] * 5), min_size=1, max_size=4))
def test_any_text_ends_in_responses_or_in_a_message(rows):
    columns = dict(zip(KINDS, map(list, zip(*rows, strict=True)), strict=True))
    given = raw(columns, KINDS)
    try:
        cleaned = wb.clean(given)
    except wb.DataError as error:
        assert "not in study.toml" in str(error)
        return
    assert len(cleaned.data) + (cleaned.log["after"] == "set aside").sum() == len(rows)
    assert cleaned.data["een"].notna().sum() <= cleaned.data["twee:a"].sum()
    assert cleaned.reasons["row"].isin(cleaned.data.index).all()


@pytest.mark.parametrize(("heading", "cells"), [
    ("Naam", ["Jan", "Els"]), ("E-mail", ["", ""]), ("Studentnummer", ["1", "2"]),
    ("Waar ben je te bereiken?", ["jan@school.nl", "els@school.nl"]),
])
def test_a_column_of_names_or_addresses_is_refused_in_any_format(heading, cells):
    items = {"wie": {"kind": "open", "column": heading}}
    with pytest.raises(wb.DataError, match=
                       r'holds (names, |e-mail )addresses.*\. Write sensitivity'):
        wb.clean(raw({heading: cells}, items, format="csv"))


@pytest.mark.parametrize(("heading", "cells", "fields"), [
    ("Telefoon", ["iPhone", "Android"] * 2, {"kind": "nominal", "values": "any"}),
    ("Naam", ["Zorg", "Techniek"], {"kind": "nominal", "values": ["Zorg", "Techniek"]}),
    ("E-mail", ["ja", "nee"], {"kind": "nominal", "values": ["ja", "nee"]}),
    ("Telefoon", ["2", "3"], {"kind": "numeric"}),
])
def test_a_heading_alone_does_not_refuse_a_question(heading, cells, fields):
    items = {"vraag": fields | {"column": heading}}
    assert len(wb.clean(raw({heading: cells}, items)).data) == len(cells)


@pytest.mark.parametrize(("cells", "held"), [
    (["0612345678", "06-87654321"], "telephone numbers"),
    (["NL91ABNA0417164300", "NL91 ABNA 0417 1643 00"], "numbers of bank accounts"),
    (["111222333", "123456782"], "citizen service numbers"),
])
def test_numbers_of_persons_are_refused_whatever_stands_above_them(cells, held):
    given = raw({"V4": cells}, {"v4": {"kind": "open", "column": "V4"}})
    with pytest.raises(wb.DataError, match=rf"items\.v4: .* holds {held}\. Write sensitivity"):
        wb.clean(given)


def test_a_source_of_identifiers_only_is_refused():
    items = {"nummer": {"kind": "open", "sensitivity": "identifier"}}
    with pytest.raises(wb.DataError, match=r"each of its items is an identifier.*no row.*Correct"):
        wb.clean(raw({"nummer": ["6", "7"]}, items))


def test_one_address_in_an_open_answer_is_no_column_of_addresses():
    items = {"idee": {"kind": "open"}}
    cells = ["mail naar info@school.nl", "niks", "meer pauze"]
    assert len(wb.clean(raw({"idee": cells}, items)).data) == 3


def test_a_proposed_correction_holds_those_that_are_there():
    item = E3 | {"corrections": {"nee": "oneens"}}
    line = r'corrections = \{ "nee" = "oneens", "eensch" = "eens" \}\?'
    with pytest.raises(wb.DataError, match=line):
        wb.clean(raw({"gezien": ["eensch", "nee"]}, {"gezien": item}))
