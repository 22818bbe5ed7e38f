"""Answers that the terms tell exactly: complete, quasi-complete and no separation."""

import numpy as np
import pytest

from wbkit.stats.ordinal_regression import NotFittedError, ordinal_logit, told_answers

X = np.array([[1.0], [2.0], [2.0], [3.0]])


def test_complete_separation_tells_every_answer():
    assert told_answers(np.array([0, 0, 0, 1]), X).all()


def test_quasi_separation_tells_the_answers_beside_the_tie():
    assert told_answers(np.array([0, 0, 1, 1]), X).tolist() == [True, False, False, True]


def test_answers_that_overlap_are_not_told():
    assert not told_answers(np.array([0, 1, 0, 0, 1]), np.array([[1.0], [2], [3], [4], [4]])).any()


def test_the_unit_of_a_term_does_not_matter():
    y, wide = np.array([0, 0, 1, 1]), 1e6 + 1e-3 * X
    assert told_answers(y, wide).tolist() == [True, False, False, True]


def test_an_empty_middle_answer_of_a_group_has_a_maximum():
    # group 1 gave the lowest and the highest of three answers, never the middle one
    y, x = np.array([0, 1, 2, 0, 2]), np.array([[0.0], [0], [0], [1], [1]])
    assert not told_answers(y, x).any()


def test_an_ordinal_model_that_has_no_maximum_is_not_fitted():
    with pytest.raises(NotFittedError):
        ordinal_logit(np.array([0, 1, 2, 0]), np.array([[0.0], [0], [0], [1]]), np.full(4, 5.0))
