"""Exact p-values of rank tests: published ones, and every order gone through."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbkit.stats.exact_ranks import exact_kruskal, exact_wilcoxon, simulated_kruskal
from wbkit.stats.group_tests import kruskal


def test_wilcoxon_of_the_depression_scores_is_the_published_one():
    # Hollander & Wolfe (1973), 29f; R: ?wilcox.test, V = 40, p = 0.01953 one-sided.
    before = np.array([1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30])
    after = np.array([0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29])
    change = before - after
    rose = (change[np.argsort(abs(change))] > 0).astype(int)
    assert exact_wilcoxon(rose, 1 - rose) == pytest.approx(2 * 0.01953125)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=2))
def test_wilcoxon_with_ties_is_every_way_to_turn_the_changes(counts):
    rose, fell = np.array(counts).T
    sizes = np.repeat(np.arange(len(counts)), rose + fell)
    ranks = np.array([(sizes < one).sum() + ((sizes == one).sum() + 1) / 2 for one in sizes])
    up = np.repeat([1, -1] * len(counts), np.array(counts).ravel())
    far = abs(up @ ranks) - 1e-9
    ways = [abs(np.array(one) @ ranks) >= far for one in product((1, -1), repeat=len(ranks))]
    assert exact_wilcoxon(rose, fell) == pytest.approx(np.mean(ways))


def ordered(*sizes):
    """Return a table in which every unit of a group ranks above those of the groups before."""
    table = np.zeros((len(sizes), sum(sizes)), dtype=int)
    table[np.repeat(range(len(sizes)), sizes), range(sum(sizes))] = 1
    return table


@pytest.mark.parametrize(("sizes", "h", "p"), [
    # Kruskal & Wallis (1952), table 6.1: the largest H, p = 0.067, 0.004 and 0.029.
    ((2, 2, 2), 4.571429, 6 / 90), ((3, 3, 3), 7.2, 6 / 1680), ((3, 2, 2), 5.357143, 6 / 210),
])
def test_the_largest_h_of_few_units_has_the_published_p(sizes, h, p):
    table = ordered(*sizes)
    assert kruskal(table)[0] == pytest.approx(h, abs=5e-7)
    assert exact_kruskal(table) == pytest.approx(p)


def by_permutation(table):
    group, value = (np.repeat(one, table.ravel()) for one in np.indices(table.shape).reshape(2, -1))
    found, least = [], kruskal(table)[0] - 1e-9
    for order in set(permutations(value.tolist())):
        other = np.zeros_like(table)
        np.add.at(other, (group, list(order)), 1)
        found.append(kruskal(other)[0] >= least)
    return np.mean(found)


@pytest.mark.parametrize("table", [
    [[2, 1, 0], [0, 1, 3]], [[1, 1, 1], [0, 2, 0], [0, 0, 2]], [[3, 0], [1, 2], [0, 2]],
])
def test_h_with_ties_is_every_order_of_the_answers(table):
    table = np.array(table)
    assert exact_kruskal(table) == pytest.approx(by_permutation(table))


def test_too_many_ways_are_not_gone_through():
    assert exact_kruskal(np.full((4, 5), 8)) is None


@pytest.mark.parametrize("table", [[[3, 1, 0], [0, 1, 3]], [[2, 1, 0], [0, 2, 1], [1, 0, 2]]])
def test_drawn_orders_come_near_and_are_the_same_for_a_seed(table):
    table = np.array(table)
    assert simulated_kruskal(table, 1) == simulated_kruskal(table, 1)
    assert simulated_kruskal(table, 1) != simulated_kruskal(table, 2)
    assert simulated_kruskal(table, 1) == pytest.approx(exact_kruskal(table), abs=0.01)
