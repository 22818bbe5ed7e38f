"""Coefficients of agreement give what is published."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wbkit.coding.agreement.alpha import krippendorff_alpha
from wbkit.errors import CodingError
from wbkit.stats.agreement import coefficients, moments, tally
from wbkit.stats.krippendorff import ABSENT, LEVELS, alpha, masi

# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C: 12 units, 4 coders.
OBSERVERS = {"a": "123321412...", "b": "12332241 25.3".replace(" ", ""),
             "c": ".33323422 51.".replace(" ", ""), "d": "12332441 251.".replace(" ", "")}


def long(rows):
    """Make ratings in rows of a string for each coder; a dot is no rating."""
    return pd.DataFrame([(unit, coder, int(value)) for coder, values in rows.items()
                         for unit, value in enumerate(values) if value != "."],
                        columns=["unit", "coder", "value"])


@pytest.mark.parametrize(("level", "published"), [
    ("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)])
def test_alpha_matches_krippendorff_2011(level, published):
    assert krippendorff_alpha(long(OBSERVERS), level) == pytest.approx(published, abs=5e-4)


def of_one_code(yes):
    """Give the coefficients of a 0/1 matrix of coders by units."""
    yes = np.array(yes, dtype=bool)
    units = yes.shape[1]
    return coefficients(moments(tally(yes, np.ones(units), np.zeros(units, int), 1)[0]))


def test_cohen_kappa_of_the_textbook_table():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.70, expected 0.50.
    made = of_one_code([[1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15])
    assert made["cohen"] == pytest.approx(0.40)


def test_masi_distance_matches_passonneau_2006():
    # Equal sets 0; {a} in {a, b}: 1 - 1/2 x 2/3; {a, b} and {b, c}: 1 - 1/3 x 1/3; apart 1.
    sets = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 1], [0, 0, 0]], dtype=bool)
    assert masi(sets)[0].tolist() == pytest.approx([0, 2 / 3, 8 / 9, 1, 1])
    assert np.diag(masi(sets)).tolist() == [0] * 5


@pytest.mark.parametrize(("ratings", "words"), [
    (long({"a": "111", "b": "111"}), "one and the same value"),
    (long({"a": "1..", "b": ".12"}), "no unit was rated by two coders"),
    (long({"a": "..."}), "no unit was rated by two coders"),
    (long({"a": "12", "b": "12"}).drop(columns="coder"), "ratings lacks coder"),
    (pd.concat([long({"a": "12", "b": "12"})] * 2), "4 times a coder rated a unit"),
])
def test_ratings_without_alpha_give_the_reason(ratings, words):
    with pytest.raises(CodingError, match=words):
        krippendorff_alpha(ratings)


def test_levels_refuse_values_that_do_not_fit():
    words = long(OBSERVERS).replace({"value": {1: "laag", 2: "midden"}})
    with pytest.raises(CodingError, match="without a number"):
        krippendorff_alpha(words.astype({"value": "str"}), "ordinal")
    with pytest.raises(CodingError, match="numbers below 0"):
        krippendorff_alpha(long(OBSERVERS).assign(value=lambda data: data["value"] - 3), "ratio")
    with pytest.raises(CodingError, match="level='other' is unknown"):
        krippendorff_alpha(words, "other")


@pytest.mark.parametrize("level", LEVELS)
def test_an_empty_cell_is_no_rating(level):
    full, empty = long(OBSERVERS), long({"e": "111111111111"})
    empty = empty.assign(value="")
    several = pd.concat([full.astype({"value": object}), empty.astype({"value": object})])
    assert krippendorff_alpha(several, level) == krippendorff_alpha(full, level)
    assert krippendorff_alpha(several.astype({"value": "str"}), "nominal") == pytest.approx(
        krippendorff_alpha(full, "nominal"))


def test_ordinal_values_may_be_words_in_order():
    ratings = long(OBSERVERS)
    words = pd.Categorical.from_codes(ratings["value"] - 1, list("vwxyz"), ordered=True)
    assert krippendorff_alpha(ratings.assign(value=words), "ordinal") == pytest.approx(
        krippendorff_alpha(ratings, "ordinal"))


def test_a_missing_value_is_no_rating():
    ratings = long(OBSERVERS).astype({"value": float})
    ratings = pd.concat([ratings, pd.DataFrame({"unit": [0], "coder": ["c"], "value": [np.nan]})])
    assert krippendorff_alpha(ratings) == pytest.approx(0.743, abs=5e-4)


def test_many_coders_with_few_ratings_each_give_the_same_alpha():
    rng = np.random.default_rng(3)
    ratings = pd.DataFrame({"unit": np.repeat(range(200), 2), "value": rng.integers(0, 3, 400)})
    names = pd.Series([f"c{at}" for at in range(400)])
    two = ratings.assign(coder=np.tile(["a", "b"], 200))
    assert krippendorff_alpha(ratings.assign(coder=names)) == krippendorff_alpha(two)


def brute(ratings, level):
    """Compute alpha from all pairs of ratings, as in the definition."""
    units = [[value for value in row if value != ABSENT] for row in ratings]
    units = [row for row in units if len(row) > 1]
    flat = sorted(value for row in units for value in row)
    n = {value: flat.count(value) for value in set(flat)}

    def distance(c, k):
        between = sum(n[g] for g in n if min(c, k) <= g <= max(c, k))
        return {"nominal": float(c != k), "interval": (c - k) ** 2,
                "ratio": ((c - k) / (c + k)) ** 2 if c + k else 0,
                "ordinal": (between - (n[c] + n[k]) / 2) ** 2}[level] if c != k else 0

    observed = sum(distance(c, k) / (len(row) - 1) for row in units for c in row for k in row)
    expected = sum(distance(c, k) for c in flat for k in flat) / max(len(flat) - 1, 1)
    return 1 - observed / expected if expected else None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(-1, 4), min_size=3, max_size=3), min_size=1, max_size=8),
       st.sampled_from(LEVELS))
def test_alpha_is_that_of_the_definition(rows, level):
    found, slow = alpha(np.array(rows), np.arange(5), level), brute(rows, level)
    assert (np.isnan(found) and slow is None) or found == pytest.approx(slow)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=2, max_size=4), min_size=2, max_size=12))
def test_coefficients_on_one_code_are_those_of_ratings_in_categories(rows):
    coders = min(map(len, rows))
    yes = np.array([row[:coders] for row in rows]).T
    made, pairs = of_one_code(yes), list(itertools.combinations(yes, 2))
    same = np.mean([one == other for one, other in pairs])
    share, own = yes.mean(), yes.mean(axis=1)
    expected = {"alpha": alpha(yes.T.astype(int), np.arange(2), "nominal"),
                "ac1": beyond(same, 2 * share * (1 - share))}
    if coders == 2:  # Cohen (1960)
        expected["cohen"] = beyond(same, own.prod() + (1 - own).prod())
    else:  # Fleiss (1971)
        expected["fleiss"] = beyond(same, share**2 + (1 - share) ** 2)
    for name, number in expected.items():
        assert made[name] == pytest.approx(number, nan_ok=True), name


def beyond(observed, expected):
    """Give the agreement beyond what was expected, as a part of what was possible."""
    return (observed - expected) / (1 - expected) if 1 - expected > 1e-12 else np.nan
