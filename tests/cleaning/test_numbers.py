"""Numbers as they are typed: units, codes and ranges that are no number."""

import pytest
from builders.raw import raw

import wbkit as wb
from wbkit.data.cleaning_log import DECIMAL_COMMA, THOUSANDS, UNIT_WORD


def clean(*cells, **item):
    return wb.clean(raw({"uren": list(cells), "vast": ["x"] * len(cells)},
                        {"uren": {"kind": "numeric"} | item, "vast": {"kind": "open"}}))


@pytest.mark.parametrize(("cell", "words", "number"), [
    ("30 min", ["min"], 30), ("30min", ["min"], 30), ("30 Min", ["min"], 30),
    ("€ 12,50", ["€"], 12.5), ("12,50 €", ["€"], 12.5), ("45%", ["%"], 45),
    ("1 uur", ["uur", "uur per week"], 1), ("8 uur per week", ["uur", "uur per week"], 8),
    ("-3 °C", ["°C"], -3),
])
def test_a_unit_behind_a_number_is_left_out_and_logged(cell, words, number):
    given = clean(cell, "1,5", unit_words=words)
    assert given.data["uren"].tolist()[0] == number
    assert UNIT_WORD in given.log["rule"].tolist()


def test_a_unit_that_the_item_does_not_name_is_unknown():
    with pytest.raises(wb.DataError, match=r"'30 uur' once, row 2"):
        clean("30 uur", "20 min", unit_words=["min"])


@pytest.mark.parametrize("cell", ["99", "99.0", "99,0", "99.00"])
def test_a_code_is_the_same_code_however_it_is_written(cell):
    given = clean(cell, "4", missing=["99"])
    assert given.state("uren").tolist() == ["99", "answered"]


def test_a_declared_range_of_codes_is_no_number():
    given = clean("97", "99", "98.5", "96", "-1", missing_ranges=[[97, 99], [-9, -1]])
    assert given.state("uren").tolist() == ["97", "99", "98.5", "answered", "-1"]
    assert wb.distribution(given, "uren").data["n"].tolist()[0] == 1


def test_a_code_outside_the_range_of_the_item_is_a_code_and_no_fault():
    given = clean("99", "7", range=[1, 10], missing_ranges=[[90, 99]])
    assert given.state("uren").tolist() == ["99", "answered"]


def test_a_number_with_unit_and_decimal_comma_has_both_rules_in_the_log():
    given = clean("7,5 uur", "6.25", unit_words=["uur"])
    assert given.data["uren"].tolist() == [7.5, 6.25]
    assert set(given.log["rule"]) == {DECIMAL_COMMA, UNIT_WORD}


def test_a_unit_is_no_reason_to_guess_between_thousands_and_decimals():
    with pytest.raises(wb.DataError, match=r"'1\.200 uur' once, row 2|'1\.200' once, row 2"):
        clean("1.200 uur", "3", unit_words=["uur"])


@pytest.mark.parametrize("mark", [".", ","])
def test_three_noughts_behind_a_mark_are_thousands_among_whole_numbers(mark):
    given = clean(f"10{mark}000", "8000", f"22{mark}000")
    assert given.data["uren"].tolist() == [10_000, 8000, 22_000]
    assert given.log["rule"].tolist() == [THOUSANDS, THOUSANDS]


@pytest.mark.parametrize("cells", [("22.500", "8000"), ("10.000", "12.000"), ("10.000", "2.5,5")])
def test_a_mark_that_can_be_two_things_is_named(cells):
    with pytest.raises(wb.DataError, match=r"once, row 2"):
        clean(*cells)


def test_three_noughts_are_decimals_beside_other_decimals():
    assert clean("10.000", "8", "2.5").data["uren"].tolist() == [10, 8, 2.5]
