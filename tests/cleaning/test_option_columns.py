"""Questions in several columns: a tick, a place or an option in each of them."""

import numpy as np
import pandas as pd
import pytest
from builders.raw import raw

import wbkit as wb
from wbkit.cleaning.option_columns import read_columns
from wbkit.data.cleaning_log import EXCLUSIVE, MISSING_CODE, OWN_WORDS
from wbkit.study.item import Item
from wbkit.workflow.attention import codes_beside_marks

PLAN, TAAL = "Hulp [plannen]", "Hulp [taal]"
HULP = {"kind": "multiple", "columns": {"plannen": PLAN, "taal": TAAL}}
RANG = {"kind": "ranking", "columns": {"geld": "r1", "rust": "r2", "tijd": "r3"}}
EERST = {"kind": "ranking", "columns": ["Eerste", "Tweede"], "values": ["geld", "rust", "tijd"]}
TEAMS = {"kind": "multiple", "columns": ["m1", "m2"], "values": ["Zorg", "Techniek", "Sport"]}


def clean(item, **columns):
    """Clean one item of which the columns are given, beside one that everybody answered."""
    n = len(next(iter(columns.values())))
    names = {"plan": PLAN, "taal": TAAL, "anders": "Hulp [anders]", "tekst": "Hulp tekst"}
    cells = {names.get(name, name): column for name, column in columns.items()}
    return wb.clean(raw(cells | {"vast": ["x"] * n},
                        {"hulp": item, "vast": {"kind": "open"}}))


def ticks(responses, option):
    return responses.data[f"hulp:{option}"].tolist()


def places(responses):
    names = [name for name in responses.data if name.startswith("hulp:")]
    return responses.data[names].to_numpy().tolist()


@pytest.mark.parametrize("tick", ["1", "x", "X", "v", "Ja", "yes", "Y", "TRUE", "waar", "Checked",
                                  "aangekruist", "✓", "plannen"])
def test_a_tick_is_known_however_it_is_written(tick):
    assert ticks(clean(HULP, plan=[tick, ""], taal=["", ""]), "plannen") == [True, False]


@pytest.mark.parametrize("no", ["0", "Nee", "no", "FALSE", "onwaar", "Unchecked", "not selected"])
def test_a_no_is_no_tick(no):
    assert ticks(clean(HULP, plan=[no, "1"], taal=["1", no]), "plannen") == [False, True]


def test_own_words_for_a_tick_take_the_place_of_the_usual_ones():
    item = HULP | {"ticked": ["gekozen hoor"], "unticked": ["niet gekozen hoor"]}
    given = clean(item, plan=["Gekozen  hoor", "niet gekozen hoor"], taal=["", "gekozen hoor"])
    assert ticks(given, "plannen") == [True, False]
    with pytest.raises(wb.DataError, match=r"'x' once, row 2\."):
        clean(item, plan=["x"], taal=[""])


def test_a_cell_that_is_no_tick_is_named_with_its_rows():
    with pytest.raises(wb.DataError, match=r"'plannen', 'taal'\.\n    'misschien' 2 times"):
        clean(HULP, plan=["misschien", "x", "misschien"], taal=["", "", ""])


def test_who_said_no_to_all_gave_an_answer_and_who_left_all_open_gave_none():
    given = clean(HULP | {"unticked": ["Nee"]}, plan=["Nee", "", "Ja"], taal=["Nee", "", "Nee"])
    assert given.state("hulp").tolist() == ["answered", "no_answer", "answered"]
    assert given.data["hulp.answered"].tolist() == [True, False, True]
    table = wb.frequency(given, "hulp").data.set_index("value")
    assert table.loc["plannen", ["n", "base"]].tolist() == [1, 2]


def test_without_a_no_in_the_file_an_empty_row_is_no_answer():
    given = clean(HULP, plan=["x", ""], taal=["", ""])
    assert given.state("hulp").tolist() == ["answered", "no_answer"]
    assert "hulp.answered" not in given.data


def test_an_exclusive_option_beside_another_is_removed_and_logged():
    item = {"kind": "multiple", "columns": {"plannen": PLAN, "geen": TAAL}, "exclusive": ["geen"]}
    given = clean(item, plan=["x", ""], taal=["x", "x"])
    assert ticks(given, "geen") == [False, True]
    assert [tuple(line) for line in given.log.itertuples(index=False)] == [
        (2, "hulp", "geen", "", EXCLUSIVE)]


def test_a_missing_code_counts_where_nothing_else_was_ticked():
    item = {"kind": "multiple", "columns": {"plannen": PLAN, "weet niet": TAAL},
            "missing": ["weet niet"]}
    given = clean(item, plan=["x", ""], taal=["x", "x"])
    assert given.state("hulp").tolist() == ["answered", "weet niet"]
    assert given.log["rule"].tolist() == [MISSING_CODE]
    assert "hulp:weet niet" not in given.data


def test_words_in_the_column_of_the_free_option_are_a_tick():
    item = HULP | {"columns": HULP["columns"] | {"other": "Hulp [anders]"}, "other": "Anders"}
    given = clean(item, plan=["x", "", ""], taal=["", "", "x"], anders=["rust", "x", ""])
    assert ticks(given, "other") == [True, True, False]
    assert given.data["hulp:other_text"].tolist() == ["rust", "", ""]
    assert given.log["rule"].tolist() == [OWN_WORDS]


@pytest.mark.parametrize("tick", ["x", "Anders", "Anders, namelijk:"])
def test_words_in_a_column_of_their_own_are_a_tick_too(tick):
    item = HULP | {"columns": HULP["columns"] | {"other": "Hulp [anders]"}, "other": "Anders",
                   "other_column": "Hulp tekst"}
    given = clean(item, plan=["x", "", ""], taal=["", "", "x"], anders=[tick, "", ""],
                  tekst=["rust", "stilte", ""])
    assert ticks(given, "other") == [True, True, False]
    assert given.data["hulp:other_text"].tolist() == ["rust", "stilte", ""]


def test_own_words_stay_out_of_the_log():
    item = HULP | {"columns": HULP["columns"] | {"other": "Hulp [anders]"}, "other": "Anders"}
    given = clean(item, plan=["x"], taal=[""], anders=["mijn moeder is ziek"])
    assert "moeder" not in given.log.to_csv()


def test_each_option_gets_its_place():
    given = clean(RANG, r1=["1", "2"], r2=["2", "3"], r3=["3", ""])
    assert np.array_equal(places(given), [[1, 2, 3], [2, 3, np.nan]], equal_nan=True)


def test_a_place_that_two_options_got_is_unknown():
    with pytest.raises(wb.DataError, match=r"'place 1 twice' once, row 3"):
        clean(RANG, r1=["1", "1"], r2=["2", "1"], r3=["3", "2"])


@pytest.mark.parametrize("place", ["0", "4", "eerst", "²", "9" * 30, "1.5"])
def test_what_is_no_place_is_unknown(place):
    with pytest.raises(wb.DataError, match="1 answer is not in study.toml"):
        clean(RANG, r1=[place], r2=["2"], r3=["3"])


def test_a_code_in_a_ranking_is_a_reason_where_nothing_was_ranked():
    item = RANG | {"missing": ["99"]}
    given = clean(item, r1=["99", "1"], r2=["99", "99"], r3=["99", "2"])
    assert given.state("hulp").tolist() == ["99", "answered"]


def test_a_correction_holds_for_a_place():
    given = clean(RANG | {"corrections": {"eerste": "1"}}, r1=["eerste"], r2=["2"], r3=["3"])
    assert places(given) == [[1, 2, 3]]


def test_the_option_at_each_place_is_read_as_a_ranking():
    given = clean(EERST, Eerste=["rust", "geld"], Tweede=["geld", ""])
    nan = np.nan
    assert np.array_equal(places(given), [[2, 1, nan], [1, nan, nan]], equal_nan=True)


def test_an_option_at_two_places_is_unknown():
    with pytest.raises(wb.DataError, match=r"'rust' once, row 2\."):
        clean(EERST, Eerste=["rust"], Tweede=["rust"])


def test_an_option_that_a_ranking_does_not_know_is_named():
    with pytest.raises(wb.DataError, match=r"'gled' once, row 2\. Did you mean: corrections"):
        clean(EERST, Eerste=["gled"], Tweede=["rust"])


def test_columns_that_each_hold_an_option_are_ticks():
    given = clean(TEAMS, m1=["Zorg", "Sport", ""], m2=["Sport", "Sport", ""])
    assert ticks(given, "Zorg") == [True, False, False]
    assert ticks(given, "Sport") == [True, True, False]
    assert given.state("hulp").tolist() == ["answered", "answered", "no_answer"]


def test_a_code_or_own_words_in_such_columns_are_read_as_in_one_cell():
    item = TEAMS | {"missing": ["weet niet"], "other": "Anders", "other_column": "tekst_"}
    given = clean(item, m1=["weet niet", "Zorg", ""], m2=["", "weet niet", ""],
                  tekst_=["", "", "Horeca"])
    assert given.state("hulp").tolist() == ["weet niet", "answered", "answered"]
    assert given.data["hulp:other_text"].tolist() == ["", "", "Horeca"]
    with pytest.raises(wb.DataError, match=r"'Zrog' once, row 2\."):
        clean(TEAMS, m1=["Zrog"], m2=[""])


def test_an_option_that_is_written_with_other_capitals_was_ticked():
    item = Item(name="hulp", kind="multiple", columns={"IPython": "a", "taal": "b"})
    cells = pd.DataFrame({"a": ["ipython", "IPython", ""], "b": ["", "Taal", "taal "]})
    answers = read_columns(item, cells)
    assert answers.values.tolist() == [[True, False], [True, True], [False, True]]
    assert not answers.unknown


@pytest.mark.parametrize("code", ["NA", "-99"])
def test_a_code_in_the_columns_of_the_options_is_no_answer_where_nothing_was_marked(code):
    item = HULP | {"unticked": ["0"], "missing": [code]}
    given = clean(item, plan=["1", "0", code, code, "0"], taal=["0", "1", code, "1", code])
    assert given.state("hulp").tolist() == ["answered", "answered", code, "answered", "answered"]
    assert ticks(given, "plannen") == [True, False, False, False, False]
    table = wb.frequency(given, "hulp").data.set_index("value")
    assert table.loc["taal", ["n", "base"]].tolist() == [2, 4]
    (line,) = codes_beside_marks(given)
    assert line.startswith("hulp: 2 cells of its options with a code for no answer")
    assert "They count as not ticked. Was this option not put to them?" in line
