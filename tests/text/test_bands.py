"""Answers that are a number, or lie between two."""

import math

import pytest

from wbkit.text.bands import in_order, interval, intervals

ENDS = [  # the answer, its ends in its own unit, its shape
    ("17 - 19", 17, 19, "between"), ("17–19 jaar", 17, 19, "between"),
    ("17 t/m 19", 17, 19, "between"), ("tussen 17 en 19", 17, 19, "between"),
    ("Jonger dan 17", 0, 17, "below"), ("< 17", 0, 17, "below"), ("16 of jonger", 0, 16, "below"),
    ("23 of ouder", 23, math.inf, "above"), ("55+", 55, math.inf, "above"),
    ("€ 1.000 of meer", 1000, math.inf, "above"), ("$25,000 - $49,999", 25000, 49999, "between"),
    ("€ 2 500 - € 5 000,-", 2500, 5000, "between"), ("20k-40k", 20000, 40000, "between"),
    ("2,5 tot 3,5 uur", 2.5, 3.5, "between"), ("1½ uur", 1.5, 1.5, "point"),
    ("2 of 3 keer", 2, 3, "between"), ("3 of meer keer per week", 3, math.inf, "above"),
    ("vóór 2000", 0, 2000, "below"), ("not once", 0, 0, "zero"),
    ("geen enkele dag", 0, 0, "zero"), ("zelden of nooit", 0, 0.5, "rarely"),
    ("0-20%", 0, 20, "between"), ("niets", 0, 0, "zero"), ("0 keer", 0, 0, "point"),
    ("anderhalf jaar", 1.5, 1.5, "point"), ("een paar keer", 2, 5, "point"),
    ("bijna nooit", 0, 0.5, "rarely"), ("vaker", math.inf, math.inf, "beyond"),
    ("8:30 - 9:15", 8.5, 9.25, "between"), ("korter_dan_2_jaar", 0, 2, "below"),
]


@pytest.mark.parametrize(("answer", "low", "high", "shape"), ENDS)
def test_an_answer_with_numbers_has_two_ends(answer, low, high, shape):
    found = interval(answer)
    assert (found.low, found.high, found.shape) == (low, high, shape)


@pytest.mark.parametrize("answer", ["", "1 = nooit", "19 - 17", "06-12345678901",
                                    "2026-02-01", "1-2-3", "ZK1A", "7 8", "#1"])
def test_any_other_answer_has_none(answer):
    assert interval(answer) is None or interval(answer).words


@pytest.mark.parametrize(("answers", "ends"), [
    (["30 minuten tot 1 uur", "1 - 2 uur"], [(30 / 1440, 1 / 24), (1 / 24, 2 / 24)]),
    (["een half jaar tot 1 jaar", "6 weken"], [(182.5, 365), (42, 42)]),
    (["1x per week", "elke dag", "maandelijks"], [(52, 52), (365, 365), (12, 12)]),
    (["eens per maand", "jaarlijks"], [(12, 12), (1, 1)]),
    (["2 keer per maand", "om de week"], [(24, 24), (26, 26)]),
    (["0-30", "30-60 minuten"], [(0, 30 / 1440), (30 / 1440, 60 / 1440)]),
])
def test_answers_in_different_units_are_compared(answers, ends):
    found = [(one.low, one.high) for one in intervals(answers).values()]
    assert [pytest.approx(one, rel=0.02) for one in ends] == found


def test_a_word_beside_the_number_counts_when_another_answer_has_it():
    assert list(intervals(["1-9 leerlingen", "10 of meer leerlingen"])) == [
        "1-9 leerlingen", "10 of meer leerlingen"]
    assert intervals(["2 vmbo", "3 fietsen"]) == {}


@pytest.mark.parametrize("answers", [
    ["1", "2", "3"], ["groep 1", "groep 2"], ["8 of meer", "9", "10"], ["0-10", "5", "20+"],
    ["06-12345678", "06-87654321"],
])
def test_numbers_that_do_not_lie_in_a_row_have_no_order(answers):
    assert in_order(intervals(answers)) is None


def test_more_than_four_comes_after_four():
    assert in_order(intervals(["meer dan 4", "4", "geen", "1-3"])) == ["geen", "1-3", "4",
                                                                     "meer dan 4"]
