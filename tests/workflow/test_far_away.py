"""Numbers far from all others."""

import numpy as np
import pytest

from wbkit.workflow.attention import far_away


@pytest.mark.parametrize(("numbers", "odd"), [
    ([5, 6, 7, 7, 8, 8, 9, 77], [77]),
    ([7] * 9 + [8], []),
    ([7] * 9 + [77], [77]),
    ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], []),
    ([-300, 18, 19, 20, 21, 22, 23, 24, 25], [-300]),
    ([7, 77], []),
    ([], []),
])
def test_a_typing_error_is_marked_and_a_spread_is_not(numbers, odd):
    numbers = np.array(numbers, dtype=float)
    assert numbers[far_away(numbers)].tolist() == odd


def test_the_fences_are_those_of_r():
    # R: x <- c(1,2,3,4,5,6,7,8,20,21); quantile(x, c(.25,.75)) 3.25 7.75; 7.75 + 3 * 4.5 = 21.25
    numbers = np.array([1, 2, 3, 4, 5, 6, 7, 8, 20, 21.3])
    assert numbers[far_away(numbers)].tolist() == [21.3]
