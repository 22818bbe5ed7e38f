"""The order of day and month is found by evidence."""

import pandas as pd
import pytest

from wbkit.errors import DataError
from wbkit.intake.sheet import read_times, tidy_headings


def read(*cells):
    column = pd.Series(cells, dtype="str")
    times, found = read_times({"Begintijd": column})
    return [str(time) for time in times["Begintijd"]], found


def test_forms_writes_the_month_first():
    assert read("11/15/22 9:03:12", "11/5/22 14:00") == (
        ["2022-11-15 09:03:12", "2022-11-05 14:00:00"], ("dates are written month first",))


def test_a_day_over_12_in_front_shows_that_the_day_comes_first():
    assert read("15/11/2022 9:03", "5-11-2022 14:00:01") == (
        ["2022-11-15 09:03:00", "2022-11-05 14:00:01"], ("dates are written day first",))


@pytest.mark.parametrize(("cell", "time", "order"), [
    ("3/4/22 9:00", "2022-03-04 09:00:00", "month first, as Forms writes them"),
    ("3-4-2022 9:00", "2022-04-03 09:00:00", "day first, as Dutch dates with hyphens are"),
])
def test_a_guess_is_reported_as_one(cell, time, order):
    times, found = read(cell)
    assert times == [time]
    assert found == (f"no date shows the order of day and month: read as {order}",)


@pytest.mark.parametrize(("cell", "time"), [
    ("2022-11-15 09:03:12", "2022-11-15 09:03:12"),
    ("2022-11-15T09:03:12Z", "2022-11-15 09:03:12"),
    ("2022-11-15T09:03:12.5+01:00", "2022-11-15 09:03:12.500000"),
    ("44880.5", "2022-11-15 12:00:00"),
    ("44880", "2022-11-15 00:00:00"),
    ("11/15/22 9:03 PM", "2022-11-15 21:03:00"),
    ("11/15/22, 12:03:01 a.m.", "2022-11-15 00:03:01"),
    ("11/15/2022", "2022-11-15 00:00:00"),
])
def test_other_ways_to_write_a_time(cell, time):
    assert read(cell)[0] == [time]


def test_orders_that_contradict_each_other_are_reported():
    times, found = read("11/15/22 9:00", "15/11/22 9:00")
    assert times == ["2022-11-15 09:00:00", "NaT"]
    assert found == ("dates are written month first in some rows and day first in others: "
                     "read as month first", "Begintijd: 1 cell holds no date and time")


@pytest.mark.parametrize("cell", ["gisteren", "11/31/22 9:00", "2022-13-01 9:00", "99/99/99",
                                  "1/2/22 25:61"])
def test_what_is_no_time_is_absent_and_reported(cell):
    times, found = read(cell, "")
    assert times == ["NaT", "NaT"]
    assert found[-1] == "Begintijd: 1 cell holds no date and time"


def test_all_columns_together_show_the_order():
    times, _ = read_times({"a": pd.Series(["3/4/22 9:00"]), "b": pd.Series(["3/14/22 9:00"])})
    assert str(times["a"][0]) == "2022-03-04 09:00:00"


@pytest.mark.parametrize(("count", "refused"), [(16_384, False), (16_385, True)])
def test_no_more_columns_are_read_than_excel_shows(count, refused):
    names = [f"vraag {number}" for number in range(count)]
    if not refused:
        assert len(tidy_headings(names, "students")) == count
        return
    with pytest.raises(DataError, match="students: holds 16,385 columns; at most 16,384 are read"):
        tidy_headings(names, "students")
