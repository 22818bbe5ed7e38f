"""Characters as units are false precision: the figures of docs/agreement.md."""

import re
from pathlib import Path

import numpy as np
import pytest

from wbkit.stats.agreement import coefficients, moments, tally
from wbkit.stats.intervals import percentile_interval, resamples

PAGE = Path(__file__).parents[2] / "docs" / "agreement.md"
DOCUMENTS, LENGTH, PASSAGE, PASSAGES, STUDIES = 20, 3_000, 300, 4, 400


def study(rng):
    """Let two coders each mark four passages in every document, anywhere, without reading.

    A passage that runs over the end goes on at the beginning, so that kappa is 0 on average.
    """
    given = np.zeros((2, DOCUMENTS, LENGTH), dtype=bool)
    for coder in range(2):
        for document in range(DOCUMENTS):
            for start in rng.integers(0, LENGTH, PASSAGES):
                given[coder, document, (start + np.arange(PASSAGE)) % LENGTH] = True
    return tally(given.reshape(2, -1), np.ones(DOCUMENTS * LENGTH),
                 np.repeat(range(DOCUMENTS), LENGTH), DOCUMENTS)


def misses(counted, seed):
    """Whether each interval leaves out 0, and its width: characters as units, documents."""
    totals = counted.sum(axis=0)
    kappa, n = coefficients(moments(totals))["cohen"], totals[:3].sum()
    yes = totals[3:] / n
    chance = yes.prod() + (1 - yes).prod()
    error = np.sqrt(chance / (n * (1 - chance)))  # of kappa when it is 0: Fleiss et al. (1969)
    drawn = np.concatenate([block @ counted for block in resamples(DOCUMENTS, 500, seed)])
    low, high = percentile_interval(coefficients(moments(drawn))["cohen"][:, None])
    return (abs(kappa) > 1.96 * error, not low[0] <= 0 <= high[0], 3.92 * error,
            high[0] - low[0])


@pytest.fixture(scope="module")
def found():
    rng = np.random.default_rng(1960)
    return np.array([misses(study(rng), seed) for seed in range(STUDIES)])


def test_an_interval_from_characters_is_wrong_far_more_often(found):
    by_character, by_document = found[:, :2].mean(axis=0)
    assert by_character > 0.7
    assert by_document < 0.2


def test_the_page_states_these_figures(found):
    shares = [f"{100 * share:.0f} %" for share in found[:, :2].mean(axis=0)]
    widths = [f"{width:.3f}" for width in found[:, 2:].mean(axis=0)]
    page = PAGE.read_text(encoding="utf-8")
    row = re.search(r"\| characters as .*\n\| documents drawn .*\n", page)[0]
    assert re.findall(r"\d+ %|0\.\d{3}", row) == [shares[0], widths[0], shares[1], widths[1]]
