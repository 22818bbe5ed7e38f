"""Which counts are hidden: no count under the minimum can be found by subtraction."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wbkit.stats.suppression import (
    lines_too_small,
    too_small,
    too_small_crossed,
    too_small_in_lines,
)

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


def test_no_count_is_found_from_any_line_of_a_table_of_three_dimensions():
    # Two groups, three options, two parts; (0, 0, 0) is 2. Each line through it needs company.
    counts = np.array([[[2, 28], [20, 10], [8, 22]], [[9, 11], [6, 14], [5, 15]]])
    hidden = too_small_in_lines(counts, 5)
    assert hidden[0, 0, 0]
    for axis in range(3):
        assert not (hidden.sum(axis=axis) == 1).any()
        assert (np.where(hidden, counts, 0).sum(axis=axis)[hidden.any(axis=axis)] >= 5).all()


def test_a_line_hidden_elsewhere_stays_hidden_and_gets_company():
    counts = np.full((2, 3), 20)
    known = np.zeros(counts.shape, dtype=bool)
    known[0, 1] = True
    hidden = too_small_in_lines(counts, 5, known)
    assert hidden[0, 1] and (hidden.sum(axis=0) != 1).all() and (hidden.sum(axis=1) != 1).all()
    assert not too_small_in_lines(counts, 5).any()
    assert not too_small_in_lines(counts, 1, known).any()


@settings(deadline=None, max_examples=50)
@given(arrays(np.int64, (2, 3, 3), elements=st.integers(0, 30)))
def test_what_is_shown_of_three_dimensions_is_never_small(counts):
    shown = counts[~too_small_in_lines(counts, 5)]
    assert not ((shown > 0) & (shown < 5)).any()
