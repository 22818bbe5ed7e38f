"""The sweep over edges counts what a table with a place for each character counts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wbkit.coding.units import joined_up, tallies

CODES, CODERS = 3, 2


@st.composite
def marked_texts(draw):
    """Draw units with gaps between them, the text of each, and passages that lie in any way."""
    sizes = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9), st.booleans()),
                          min_size=1, max_size=6))
    starts, ends, texts, at = [], [], [], 0
    for gap, size, fresh in sizes:
        starts.append(at + gap)
        ends.append(at + gap + size)
        texts.append((texts[-1] + fresh) if texts else 0)
        at = ends[-1]
    length = at + draw(st.integers(0, 3))
    one = st.tuples(st.integers(0, length), st.integers(0, length), st.integers(0, CODES - 1),
                    st.integers(0, CODERS - 1))
    every = draw(st.lists(one, max_size=12))
    laid = [(min(a, b), max(a, b), code, coder) for a, b, code, coder in every]
    return np.array(starts), np.array(ends), np.array(texts), length, laid


@settings(derandomize=True, max_examples=400, deadline=None)
@given(marked_texts())
def test_the_sweep_counts_what_a_table_of_characters_counts(case):
    starts, ends, texts, length, laid = case
    yes = np.zeros((CODES, CODERS, length), dtype=bool)
    for start, end, code, coder in laid:
        yes[code, coder, start:end] = True
    text_of = np.full(length, -1)
    for start, end, text in zip(starts, ends, texts, strict=True):
        text_of[start:end] = text
    n = texts[-1] + 1
    slow = np.zeros((n, CODES, 2 * CODERS + 1))
    for at in np.flatnonzero(text_of >= 0):
        for code in range(CODES):
            slow[text_of[at], code, yes[code, :, at].sum()] += 1
            slow[text_of[at], code, CODERS + 1:] += yes[code, :, at]
    columns = np.array(laid, dtype=int).reshape(-1, 4).T
    edges = [joined_up((starts, ends), edge) for edge in columns[:2]]
    runs = np.concatenate([[0], np.cumsum(np.bincount(texts, ends - starts, n))]).astype(int)
    fast = tallies(runs, tuple(edges), (columns[2], columns[3]), (CODES, CODERS))
    np.testing.assert_array_equal(fast, slow)


def test_nothing_coded_is_no_for_everyone():
    none = np.array([], dtype=int)
    fast = tallies(np.array([0, 4, 10]), (none, none), (none, none), (1, 2))
    assert fast.tolist() == [[[4, 0, 0, 0, 0]], [[6, 0, 0, 0, 0]]]
