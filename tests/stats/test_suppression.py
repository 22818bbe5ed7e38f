"""Which counts are hidden: no count under the minimum can be found by subtraction."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wbkit.stats.suppression import lines_too_small, too_small, too_small_crossed

MINIMUM = 5
TABLES = st.tuples(st.integers(1, 4), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(st.lists(st.integers(0, 30), min_size=shape[1], max_size=shape[1]),
                           min_size=shape[0], max_size=shape[0]))


@pytest.mark.parametrize(("sums", "known", "hidden"), [
    ([28, 21, 3], False, [False, True, True]),
    ([28, 21, 13], False, [False, False, False]),
    ([28, 21, 13], [True, False, False], [True, False, True]),
    ([12, 3, 0, 8], False, [False, True, False, True]),  # a nought is no company
    ([2, 1], False, [True, True]),
])
def test_a_small_group_is_hidden_with_company(sums, known, hidden):
    assert lines_too_small(np.array(sums), MINIMUM, np.array(known)).tolist() == hidden


@settings(derandomize=True, max_examples=200, deadline=None)
@given(TABLES)
def test_no_small_count_can_be_found_from_the_totals(rows):
    counts = np.array(rows)
    hidden = too_small_crossed(counts, MINIMUM)
    assert hidden[(counts > 0) & (counts < MINIMUM)].all()
    for lines, marks in ((counts, hidden), (counts.T, hidden.T)):
        for line, mark in zip(lines, marks, strict=True):
            assert not mark.any() or mark.all() or (
                mark.sum() > 1 and line[mark].sum() >= MINIMUM)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(TABLES)
def test_a_table_on_its_side_hides_the_same(rows):
    counts = np.array(rows)
    assert (too_small_crossed(counts, MINIMUM) == too_small_crossed(counts.T, MINIMUM).T).all()


def test_who_did_not_tick_is_kept_from_sight_in_every_group():
    # 2 of 20 in the first group did not tick; all 24 of the others did
    hidden = too_small_crossed(np.array([[18], [24], [22]]), MINIMUM,
                               bases=np.array([20, 24, 30]))
    assert hidden[:, 0].tolist() == [True, False, True]


def test_a_group_that_is_hidden_whole_hides_all_its_counts():
    hidden = too_small_crossed(np.array([[9, 9], [8, 8], [7, 7]]), MINIMUM,
                               rows=np.array([True, True, False]))
    assert hidden.tolist() == [[True, True], [True, True], [False, False]]


def test_noughts_stay_where_somebody_else_keeps_a_small_count_company():
    assert too_small(np.array([12, 3, 0, 8]), 23, MINIMUM, partition=True).tolist() == [
        False, True, False, True]
