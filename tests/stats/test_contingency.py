"""When a chi-square is too coarse, and where an interval of V ends."""

import numpy as np
import pytest

from wbkit.stats.contingency import cramer, cramer_interval, cramer_squared, is_sparse, simulated_p
from wbkit.stats.intervals import percentile_interval

EVEN = [50, 50, 50, 50, 50]


@pytest.mark.parametrize(("table", "sparse"), [
    ([EVEN, EVEN], False),
    # Cochran (1954): one expected count under 1 is too few, also where few are under 5
    ([[*EVEN, 1], [*EVEN, 0]], True),
    # one in five may be expected under 5, and no more
    ([[50, 50, 50, 50, 3], [50, 50, 50, 50, 3]], False),
    ([[50, 50, 50, 3, 3], [50, 50, 50, 3, 3]], True),
])
def test_few_expected_are_too_few_for_a_chi_square(table, sparse):
    assert is_sparse(np.array(table)) is sparse


def test_an_empty_group_or_answer_changes_no_v():
    table = np.array([[6.0, 2.0, 0.0], [1.0, 7.0, 0.0], [0.0, 0.0, 0.0]])
    assert cramer(table) == pytest.approx(cramer(table[:2, :2]))
    assert cramer(table[:, :2]) == pytest.approx(cramer(table[:2, :2]))
    assert np.isnan(cramer_squared(table[:1]))


def test_the_interval_of_v_ends_at_1():
    assert cramer_interval(np.diag([6, 6]))[1] == 1.0


def test_the_interval_of_v_holds_a_v_that_chance_made_small():
    table = np.full((3, 3), 100)
    table[2, 2] += 1
    low, high = cramer_interval(table)
    assert low == 0.0 and high == cramer(table) > 0


@pytest.mark.parametrize(("absent", "known"), [(50, True), (51, False)])
def test_an_interval_of_resamples_needs_nineteen_in_twenty(absent, known):
    drawn = np.linspace(0, 1, 1000)
    drawn[:absent] = np.nan
    low, high = percentile_interval(drawn[:, None])
    assert bool(np.isfinite([low[0], high[0]]).all()) is known


def test_random_tables_never_give_a_p_of_0():
    # R: fisher.test(simulate.p.value = TRUE) counts the table itself among the random ones
    assert simulated_p(np.diag([20, 20]), 1, draws=99) == pytest.approx(0.01)


def test_an_empty_table_has_no_v_and_warns_of_nothing():
    with np.errstate(all="raise"):
        found = cramer_squared(np.array([np.zeros((2, 2)), [[3.0, 0.0], [0.0, 3.0]]]))
    np.testing.assert_allclose(found, [np.nan, 1.0])
