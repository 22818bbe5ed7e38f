"""Rows that are fitted to two-way tables, and distances between such tables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wbkit.privacy.twin.pair_fitting import (
    ABSENT,
    Pairs,
    bootstrap_distances,
    fit_pairs,
    pair_distances,
    pairs_of,
)

TIED = np.array([[0, 0], [0, 0], [1, 1], [1, 1]])  # who says 0 to the one says 0 to the other
CROSSED = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def test_the_shares_of_a_table_are_counted_by_hand():
    block = pairs_of(TIED, (2, 2)).shares[:2, 2:]
    assert block.tolist() == [[0.5, 0.0], [0.0, 0.5]]


def test_a_unit_that_was_not_asked_is_in_no_base():
    codes = np.array([[0, 0], [0, ABSENT], [1, 1], [1, ABSENT]])
    assert pairs_of(codes, (2, 2)).shares[:2, 2:].tolist() == [[0.5, 0.0], [0.0, 0.5]]


def test_a_column_with_itself_is_no_table():
    assert not pairs_of(TIED, (2, 2)).known[:2, :2].any()


def test_total_variation_is_half_the_sum_of_differences():
    # .5 .0 .0 .5 against .25 four times: half of 4 x .25 = .5
    assert pair_distances(pairs_of(TIED, (2, 2)), pairs_of(CROSSED, (2, 2))) == pytest.approx([0.5])


def test_a_hidden_share_does_not_count():
    pairs = pairs_of(TIED, (2, 2))
    known = pairs.known.copy()
    known[0, 2] = known[2, 0] = False
    found = pair_distances(Pairs(pairs.sizes, pairs.shares, known), pairs_of(CROSSED, (2, 2)))
    assert found == pytest.approx([0.375])


def test_fitting_finds_the_rows_that_hang_together():
    rng = np.random.default_rng(1)
    wanted = np.repeat(TIED, 25, axis=0)
    start = np.column_stack([rng.permutation(wanted[:, 0]), rng.permutation(wanted[:, 1])])
    pairs = pairs_of(wanted, (2, 2))
    assert pair_distances(pairs, pairs_of(start, (2, 2)))[0] > 0.2
    fitted = fit_pairs(start, pairs, [0, 1], rng)
    assert pair_distances(pairs, pairs_of(fitted, (2, 2))) == pytest.approx([0], abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_fitting_keeps_the_answers_to_each_question_and_comes_no_farther_away(seed):
    rng = np.random.default_rng(seed)
    start, wanted = rng.integers(0, 3, (30, 4)), rng.integers(0, 3, (30, 4))
    pairs = pairs_of(wanted, (3, 3, 3, 3))
    fitted = fit_pairs(start, pairs, range(4), rng, rounds=5)
    assert (np.sort(fitted, axis=0) == np.sort(start, axis=0)).all()

    def gap(codes):
        other = pairs_of(codes, pairs.sizes)
        return ((other.shares - pairs.shares) ** 2 * pairs.known).sum()

    assert gap(fitted) <= gap(start) + 1e-9


def test_a_column_that_may_not_move_stays():
    rng = np.random.default_rng(2)
    start, wanted = rng.integers(0, 2, (40, 3)), rng.integers(0, 2, (40, 3))
    fitted = fit_pairs(start, pairs_of(wanted, (2, 2, 2)), [1, 2], rng)
    assert (fitted[:, 0] == start[:, 0]).all()


def test_two_bootstrap_samples_are_apart_as_the_binomial_says():
    # Share of one of two answers, n = 400, p = .5: two samples differ by |N(0, 2 p q / n)|, of
    # which the mean is sqrt(2 / pi) x sqrt(2 x .25 / 400) = .0282. The second column is constant,
    # so that this is the total variation distance.
    codes = np.column_stack([np.repeat([0, 1], 200), np.zeros(400, dtype=int)])
    found = bootstrap_distances(codes, pairs_of(codes, (2, 1)), np.random.default_rng(3), draws=800)
    assert found.mean() == pytest.approx(0.0282, abs=0.003)
