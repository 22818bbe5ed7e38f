"""Dates that a spreadsheet made of a band or of a number."""

import random

import pytest

from wbkit.text.excel_dates import from_excel_date

BANDS = [
    (["0", "2026-02-01", "3-5", "6 of meer"], {"2026-02-01": "1-2"}),
    (["0", "2026-02-01", "2026-05-03", "6 of meer"], {"2026-02-01": "1-2", "2026-05-03": "3-5"}),
    (["0", "2026-02-01 00:00:00", "3-5"], {"2026-02-01 00:00:00": "1-2"}),
    (["0", "46054", "3-5", "6 of meer"], {"46054": "1-2"}),
    (["0", "2026-01-02", "3-5", "6 or more"], {"2026-01-02": "1-2"}),  # month first
    (["0-4", "mei-10", "11-20", "meer dan 20"], {"mei-10": "5-10"}),
    (["0-4", "10-mei", "11-20", "20+"], {"10-mei": "5-10"}),
    (["geen", "jan-20", "21-40", "meer dan 40"], {"jan-20": "1-20"}),
    (["0-9", "2019-10-01", "20-29", "30+"], {"2019-10-01": "10-19"}),
    (["less than 1", "1-Feb", "3-5", "more than 5"], {"1-Feb": "1-2"}),
    (["1-2", "2026-02-01", "3-5"], {"2026-02-01": "1-2"}),
    (["1 - 2", "2026-02-01", "3 - 5"], {"2026-02-01": "1 - 2"}),
    (["0", "01-02-2026", "3-5", "6+"], {"01-02-2026": "1-2"}),
    (["3 uur of minder", "2026-06-04", "7-10", "11 of meer"], {"2026-06-04": "4-6"}),
    (["0 keer", "2-jan", "3-4 keer", "5 keer of vaker"], {"2-jan": "1-2"}),
]
NUMBERS = [
    (["6", "7,5", "8", "2026-05-07"], {"2026-05-07": "7,5"}),
    (["6", "7.5", "8.2", "2026-05-07"], {"2026-05-07": "7.5"}),
    (["5", "6", "7", "8", "9", "2026-05-06 00:00:00"], {"2026-05-06 00:00:00": "6,5"}),
    (["6", "7", "8,5", "7-mei"], {"7-mei": "7,5"}),
    (["6", "7,5", "8", "46149"], {"46149": "7,5"}),
]
NOT = [
    ["2026-02-01", "2026-03-04", "2026-04-05"], ["2026-02-01"], [], ["0", "1-2", "3-5"],
    ["ja", "nee", "2026-02-01"], ["10000", "20000", "46054"], ["1", "2", "3"],
    ["2026-02-01", "2026-03-04", "2026-05-06", "2026-07-08", "6 of meer"],
    ["0-4", "2026-06-25", "5-9", "10+"],  # no band begins with 25 or 6 and leaves these as they are
    ["maart", "mei", "juni"], ["mei-10", "jun-10", "jul-10"],
]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("answers", "meant"), BANDS)
def test_a_date_among_bands_was_a_band(answers, meant, seed):
    mixed = list(answers)
    random.Random(seed).shuffle(mixed)
    assert from_excel_date(mixed) == meant


@pytest.mark.parametrize(("answers", "meant"), NUMBERS)
def test_a_date_among_numbers_was_a_number(answers, meant):
    assert from_excel_date(answers) == meant


@pytest.mark.parametrize("answers", NOT)
def test_a_date_among_dates_or_words_is_left_alone(answers):
    assert from_excel_date(answers) == {}
