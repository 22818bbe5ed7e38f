"""Answers as people give them: several options in one cell, and numbers as they are typed."""

import pytest
from builders.raw import raw

import wbkit as wb
from wbkit.cleaning.log import MASK
from wbkit.data.cleaning_log import (
    DECIMAL_COMMA,
    EXCLUSIVE,
    MISSING_CODE,
    NEAR_MISS,
    OWN_WORDS,
    SPACES,
    THOUSANDS,
)

HULP = {"kind": "multiple", "values": ["plannen", "stress en druk", "geen hulp nodig"],
        "other": "Anders", "exclusive": ["geen hulp nodig"], "missing": ["weet ik niet"]}


def clean(*cells, **changed):
    """Clean the answers to one multiple item."""
    given = raw({"hulp": list(cells), "vast": ["x"] * len(cells)},
                {"hulp": HULP | changed, "vast": {"kind": "open"}})
    return wb.clean(given)


def ticks(responses):
    names = [name for name in responses.data if responses.data[name].dtype == bool]
    return [[name.partition(":")[2] for name in names if row[name]]
            for _, row in responses.data.iterrows()]


def rules(responses):
    return list(responses.log["rule"])


def test_each_option_becomes_one_boolean_column():
    given = clean("plannen;stress en druk;", "", "stress en druk")
    assert list(given.data)[:5] == ["hulp:plannen", "hulp:stress en druk", "hulp:geen hulp nodig",
                                    "hulp:other", "hulp:other_text"]
    assert ticks(given) == [["plannen", "stress en druk"], [], ["stress en druk"]]
    assert given.state("hulp").tolist() == ["answered", "no_answer", "answered"]
    assert given.log.empty


@pytest.mark.parametrize(("cell", "text"), [
    ("plannen;ik mis mijn oude klas;", "ik mis mijn oude klas"),
    ("Anders, namelijk: mijn hond;plannen", "mijn hond"),
    ("plannen;anders: mijn hond;", "mijn hond"),
    ("plannen;ANDERS namelijk mijn hond", "mijn hond"),
    ("plannen;Anders:mijn hond", "mijn hond"),
    ("plannen;anders dan eerst", "anders dan eerst"),
    ("plannen;een;twee;", "een; twee"),
])
def test_words_behind_anders_are_an_open_answer(cell, text):
    given = clean(cell)
    assert ticks(given) == [["plannen", "other"]]
    assert given.data["hulp:other_text"].tolist() == [text]
    assert set(rules(given)) == {OWN_WORDS}
    assert set(given.log["before"]) == {MASK}


@pytest.mark.parametrize("cell", ["Anders;plannen;", "plannen;anders, namelijk:",
                                  "plannen;Anders:"])
def test_anders_without_words_is_a_tick_without_text(cell):
    given = clean(cell)
    assert ticks(given) == [["plannen", "other"]]
    assert given.data["hulp:other_text"].tolist() == [""]
    assert given.log.empty


def test_the_option_may_itself_be_called_anders_namelijk():
    given = clean("Anders, namelijk: mijn hond", other="Anders, namelijk:")
    assert given.data["hulp:other_text"].tolist() == ["mijn hond"]


def test_a_near_miss_of_an_option_stays_other_and_goes_to_a_person():
    given = clean("stres en druk;", "Plannen")
    assert ticks(given) == [["other"], ["other"]]
    assert rules(given) == [NEAR_MISS, NEAR_MISS]
    assert given.log["before"].tolist() == [MASK, MASK]
    assert given.log["after"].tolist() == ["other, resembles 'stress en druk'",
                                           "other, resembles 'plannen'"]


def test_a_declared_correction_holds_for_one_option_and_for_the_whole_cell():
    given = clean("stres en druk;plannen", "van alles",
                  corrections={"stres en druk": "stress en druk", "van alles": "plannen;weinig"})
    assert ticks(given) == [["plannen", "stress en druk"], ["plannen", "other"]]
    assert rules(given) == ["correction", "correction", OWN_WORDS]


def test_an_exclusive_option_beside_others_is_removed_and_logged():
    given = clean("plannen;geen hulp nodig;", "geen hulp nodig")
    assert ticks(given) == [["plannen"], ["geen hulp nodig"]]
    assert [tuple(row) for row in given.log.itertuples(index=False)] == [
        (2, "hulp", "geen hulp nodig", "", EXCLUSIVE)]


def test_a_missing_code_alone_is_a_reason_and_beside_others_is_removed():
    given = clean("weet ik niet", "weet ik niet;plannen")
    assert given.state("hulp").tolist() == ["weet ik niet", "answered"]
    assert rules(given) == [MISSING_CODE]


def test_spaces_around_an_option_are_logged_for_that_option():
    given = clean("plannen; stress\u00a0en druk ;")
    assert ticks(given) == [["plannen", "stress en druk"]]
    assert rules(given) == [SPACES]


def test_without_anders_an_unknown_part_stops_and_is_named_alone():
    with pytest.raises(wb.DataError, match=r"\n    'hond' once, row 2\.\n"):
        clean("plannen;hond", other=None)


def test_an_option_that_holds_the_separator_stays_whole():
    given = clean("a;b;c", "c; a; b", "a;c", values=["a;b", "a", "c"], exclusive=[])
    assert ticks(given) == [["a;b", "c"], ["a;b", "c"], ["a", "c"]]


def test_one_answer_with_anders_is_read_like_one_option():
    item = {"kind": "nominal", "values": ["bol", "bbl"], "other": "Anders"}
    given = wb.clean(raw({"leerweg": ["bol", "Anders", "avond", "Anders: thuis", "bol  "]},
                         {"leerweg": item}))
    assert given.data["leerweg"].tolist() == ["bol", "other", "other", "other", "bol"]
    assert given.data["leerweg:other_text"].tolist() == ["", "", "avond", "thuis", ""]
    assert rules(given) == [OWN_WORDS, OWN_WORDS, SPACES]


def typed(*cells, found=(), **fields):
    return wb.clean(raw({"cijfer": list(cells)}, {"cijfer": {"kind": "numeric"} | fields},
                        found=found))


def numbers(*cells, **fields):
    return typed(*cells, **fields).data["cijfer"].tolist()


def test_a_mark_of_which_excel_made_a_date_is_recognised():
    with pytest.raises(wb.DataError, match=r"'2022-05-07' once, row 2\. Excel made a date of it"):
        typed("2022-05-07", "7")


@pytest.mark.parametrize(("cell", "number"), [
    ("7", 7), ("7.5", 7.5), ("7,5", 7.5), (" 7 ", 7), ("-0,25", -0.25), ("+3", 3), ("007", 7),
    ("1e-05", 1e-5), ("1.247,5", 1247.5), ("1,247.5", 1247.5), ("1.234.567", 1234567),
    ("0,125", 0.125), ("0.125", 0.125), ("1234.567", 1234.567),
])
def test_a_number_with_one_reading(cell, number):
    assert numbers(cell) == [number]


@pytest.mark.parametrize("cell", ["8+", "7 of 8", "7,5,5", "nan", "inf", "1e999", "٧", "½", "1 247",
                                  "0x10", "1_000", "--1", "7.", ",5"])
def test_what_is_no_number_is_unknown(cell):
    with pytest.raises(wb.DataError, match=r"items\.cijfer: may hold a number"):
        typed(cell)


@pytest.mark.parametrize("cell", ["1.247", "1,247"])
def test_a_number_with_two_readings_is_unknown(cell):
    with pytest.raises(wb.DataError, match=rf"'{cell}' once, row 3\."):
        typed("7", cell)


@pytest.mark.parametrize(("cells", "fields", "number"), [
    (("1.247", "2.5"), {}, 1.247),
    (("1.247", "2,5"), {}, 1247),
    (("1,247", "2,5"), {}, 1.247),
    (("1.247",), {"range": [1, 10]}, 1.247),
    (("1.247",), {"range": [100, 5000]}, 1247),
    (("1.247",), {"corrections": {"1.247": "1247"}}, 1247),
])
def test_the_other_answers_the_range_or_a_person_can_decide(cells, fields, number):
    assert numbers(*cells, **fields)[0] == number


def test_a_decimal_comma_and_a_thousands_mark_are_logged():
    log = typed("7,5", "1.247,5", "6").log
    assert log["rule"].tolist() == [DECIMAL_COMMA, THOUSANDS]
    assert log["after"].tolist() == ["7.5", "1247.5"]


def test_a_decimal_comma_that_the_whole_file_uses_is_no_change():
    assert typed("7,5", found=("decimal comma in cijfer",)).log.empty


def test_a_number_outside_its_range_is_unknown():
    with pytest.raises(wb.DataError, match=r"a number from 1 to 10\.\n    '11' 2 times, rows 2, 4"):
        typed("11", "10", "11", range=[1, 10])


def test_a_missing_code_may_be_a_number_outside_the_range():
    given = typed("99", "10", range=[1, 10], missing=["99"])
    assert given.state("cijfer").tolist() == ["99", "answered"]


def test_typed_text_that_may_be_somebody_s_own_words_is_not_shown():
    with pytest.raises(wb.DataError) as error:
        typed("Jan geeft een 3", "prima")
    assert "••• (15 characters typed) once, row 2." in str(error.value)
    assert "prima" not in str(error.value)
