"""Numbers as people type them."""

import pytest
from builders.raw import raw

import wbkit as wb
from wbkit.data.cleaning_log import DECIMAL_COMMA, THOUSANDS


def clean(*cells, found=(), **fields):
    return wb.clean(raw({"cijfer": list(cells)}, {"cijfer": {"kind": "numeric"} | fields},
                        found=found))


def numbers(*cells, **fields):
    return clean(*cells, **fields).data["cijfer"].tolist()


def test_a_mark_of_which_excel_made_a_date_is_recognised():
    with pytest.raises(wb.DataError, match=r"'2022-05-07' once, row 2\. Excel made a date of it"):
        clean("2022-05-07", "7")


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
        clean(cell)


@pytest.mark.parametrize("cell", ["1.247", "1,247"])
def test_a_number_with_two_readings_is_unknown(cell):
    with pytest.raises(wb.DataError, match=rf"'{cell}' once, row 3\."):
        clean("7", cell)


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
    log = clean("7,5", "1.247,5", "6").log
    assert log["rule"].tolist() == [DECIMAL_COMMA, THOUSANDS]
    assert log["after"].tolist() == ["7.5", "1247.5"]


def test_a_decimal_comma_that_the_whole_file_uses_is_no_change():
    assert clean("7,5", found=("decimal comma in cijfer",)).log.empty


def test_a_number_outside_its_range_is_unknown():
    with pytest.raises(wb.DataError, match=r"a number from 1 to 10\.\n    '11' 2 times, rows 2, 4"):
        clean("11", "10", "11", range=[1, 10])


def test_a_missing_code_may_be_a_number_outside_the_range():
    given = clean("99", "10", range=[1, 10], missing=["99"])
    assert given.state("cijfer").tolist() == ["99", "answered"]


def test_typed_text_that_may_be_somebody_s_own_words_is_not_shown():
    with pytest.raises(wb.DataError) as error:
        clean("Jan geeft een 3", "prima")
    assert "••• (15 characters typed) once, row 2." in str(error.value)
    assert "prima" not in str(error.value)
