"""A share out of hits and a hand sample: against PPI++, survey formulas and published intervals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.hand_samples import (
    clustered_variance,
    profile_score_ends,
    regression_estimate,
)

from wbkit.stats.intervals import finite_base, wilson
from wbkit.stats.prediction_powered import Frame, needed, prediction_powered, score_interval


def frame_of(both, hand_only, found_only, neither, *, hits, units, **rest):
    """Make a frame of `units` with `hits`; the sample stands first, in four runs."""
    n = both + hand_only + found_only + neither
    found = np.zeros(units, bool)
    found[:both] = found[both + hand_only:both + hand_only + found_only] = True
    found[n:n + hits - both - found_only] = True
    hand = np.arange(n) < both + hand_only
    weight, cluster = rest.get("weight", np.ones(units)), rest.get("cluster", np.arange(units))
    return Frame(found, weight, cluster), np.arange(n), hand


def test_the_estimate_is_that_of_ppi_python():
    # ppi_mean_pointestimate of ppi-python 0.2.3 with lam = (14/18 - 6/42) * 340/400: a hit of the
    # 340 others weighs that much there, where wbkit takes the mean of all 400.
    one = prediction_powered(*frame_of(14, 6, 4, 36, hits=130, units=400))
    assert one.share == pytest.approx(0.3492063492063492, abs=1e-12)
    assert one.weight == pytest.approx(14 / 18 - 6 / 42, abs=1e-12)


@pytest.mark.parametrize("cells", [(14, 6, 4, 36), (30, 5, 5, 20), (3, 20, 9, 28), (10, 0, 7, 63)])
def test_the_estimate_is_that_of_a_regression_on_the_hits(cells):
    frame, drawn, hand = frame_of(*cells, hits=100, units=300)
    share, slope = regression_estimate(frame.found[drawn], hand, 100 / 300)
    one = prediction_powered(frame, drawn, hand)
    assert (one.share, one.weight) == pytest.approx((share, slope), abs=1e-9)


def test_the_interval_is_that_of_the_profile_likelihood():
    # 14 of 18 and 6 of 42, in strata of 130 and 270: each n counts as n (N - 1) / (N - n).
    base = [finite_base(18, 18, 130), finite_base(42, 42, 270)]
    one = prediction_powered(*frame_of(14, 6, 4, 36, hits=130, units=400))
    ends = profile_score_ends([base[0] * 14 / 18, base[1] * 6 / 42], base, [130 / 400, 270 / 400])
    assert (one.low, one.high) == pytest.approx(ends, abs=1e-9)


def test_the_interval_of_one_share_is_that_of_newcombe_1998():
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3: 81 of 263.
    ends = score_interval(np.array([81 / 263]), np.array([263]), np.array([1]))
    assert ends == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_the_interval_of_a_difference_is_that_of_newcombe_1998():
    # Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 5 (Mee): 56 of 70
    # less 48 of 80.
    ends = score_interval(np.array([56 / 70, 48 / 80]), np.array([70, 80]), np.array([1, -1]))
    assert ends == pytest.approx((0.0533, 0.3377), abs=5e-5)


@settings(deadline=None)
@given(n=st.integers(0, 40), base=st.integers(1, 40))
def test_one_share_gives_wilsons_interval(n, base):
    n = min(n, base)
    ends = score_interval(np.array([n / base]), np.array([base]), np.array([1]))
    assert ends == pytest.approx(wilson(n, base), abs=1e-9)


@settings(deadline=None)
@given(cells=st.tuples(*[st.integers(0, 15)] * 4), more=st.integers(1, 80))
def test_the_share_lies_in_its_interval(cells, more):
    if sum(cells) < 2:
        return
    one = prediction_powered(*frame_of(*cells, hits=cells[0] + cells[2] + more // 2,
                                       units=sum(cells) + more))
    assert -1e-9 <= one.low <= one.share + 1e-9
    assert one.share - 1e-9 <= one.high <= 1 + 1e-9


def test_hits_that_say_nothing_leave_the_sample_alone():
    one = prediction_powered(*frame_of(0, 12, 0, 28, hits=0, units=200))
    assert (one.share, one.weight) == (0.3, 0.0)
    assert (one.low, one.high) == pytest.approx(wilson(0.3 * finite_base(40, 40, 200),
                                                       finite_base(40, 40, 200)), abs=1e-9)


def test_one_unit_with_a_hit_says_too_little_about_the_others_with_one():
    one = prediction_powered(*frame_of(1, 11, 0, 28, hits=50, units=200))
    assert (one.share, one.weight) == (0.3, 0.0)


def test_a_sample_of_all_leaves_nothing_to_estimate():
    one = prediction_powered(*frame_of(5, 2, 3, 10, hits=8, units=20))
    assert (one.low, one.share, one.high) == pytest.approx((0.35, 0.35, 0.35), abs=1e-12)


def test_units_that_were_drawn_together_and_weights_count_by_their_linearised_variance():
    rng = np.random.default_rng(4)
    cluster = np.repeat(np.arange(60), 5)
    weight = rng.uniform(0.5, 2, 300)
    found = rng.random(300) < 0.4
    drawn = np.arange(100)
    hand = rng.random(100) < rng.choice([0.1, 0.9], 20)[cluster[drawn]]
    one = prediction_powered(Frame(found, weight, cluster), drawn, hand)
    part = weight[found].sum() / weight.sum()
    share, _ = regression_estimate(found[drawn], hand, part, weight[drawn])
    variance = clustered_variance(found[drawn], hand, part, cluster[drawn], weight[drawn])
    assert one.share == pytest.approx(share, abs=1e-9)
    assert one.spread / 100 == pytest.approx(variance, abs=1e-9)
    alone = prediction_powered(Frame(found, weight, np.arange(300)), drawn, hand)
    assert one.high - one.low > 1.5 * (alone.high - alone.low)


def test_weights_that_are_all_the_same_change_nothing():
    plain = frame_of(14, 6, 4, 36, hits=130, units=400)
    heavy = frame_of(14, 6, 4, 36, hits=130, units=400, weight=np.full(400, 7.0))
    assert prediction_powered(*plain) == prediction_powered(*heavy)


def test_weights_keep_a_share_without_spread_wide():
    weight = np.r_[np.full(20, 5.0), np.ones(180)]
    one = prediction_powered(*frame_of(10, 0, 0, 30, hits=50, units=200, weight=weight))
    even = prediction_powered(*frame_of(10, 0, 0, 30, hits=50, units=200))
    assert one.high - one.low > even.high - even.low


def test_how_many_to_read_follows_cochran_1977():
    # Cochran (1977), Sampling Techniques, section 4.4: n0 = t² p q / d², n = n0 / (1 + n0 / N).
    assert needed(0.25, 10**9, 0.05) == 385
    assert needed(0.25, 400, 0.05) == 196
    assert needed(0.25, 100, 0.001) == 100
