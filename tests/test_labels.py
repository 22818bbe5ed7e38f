"""A day is written as people write it."""

import pytest

from wbkit.labels import day


@pytest.mark.parametrize(("date", "language", "expected"), [
    ("2023-09-01", "nl", "1 september 2023"), ("2024-03-31", "en", "31 March 2024"), ("", "nl", ""),
])
def test_a_day_stands_in_words(date, language, expected):
    assert day(date, language) == expected
