"""From which likeness on a proposal is worth a look: counted on the answers of the example."""

from pathlib import Path

import numpy as np
import pytest

import wbkit as wb
from wbkit.coding.suggest import LEAST, ngram_weights
from wbkit.coding.units import given, passages, places

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def pairs():
    """How much each answer is like another one with a code, and whether it has that code."""
    study, found = wb.load_study(DATA / "study.toml"), []
    people = wb.read_responses(study, "students")
    for item in ("open_hulp", "open_idee"):
        texts = wb.open_answers(people, item)
        own = wb.read_codings(study, f"students.{item}", documents=texts, coders=["dewi"])
        read = texts.texts["document"].isin(own.considered["document"]).to_numpy()
        codes, units = list(own.codebook.codes), places(texts, "turn")
        yes = given(units, passages(own.data, texts, codes, ("dewi",)), len(codes), 1)[:, 0]
        grams = ngram_weights(texts.texts["text"].tolist())
        like = (grams @ grams.T).toarray()
        np.fill_diagonal(like, 0)
        for has in yes[yes.sum(axis=1) > 2]:
            others = has[None, :] & ~np.eye(len(has), dtype=bool)
            alike = np.where(others, like, 0).max(axis=1)
            found.append(np.column_stack([alike, has])[read])
    return np.concatenate(found)


@pytest.mark.parametrize(("least", "right", "of_all"), [(0.2, 0.42, 0.29), (0.3, 0.66, 0.12)])
def test_the_docstring_of_suggest_says_how_often_a_proposal_is_right(pairs, least, right, of_all):
    alike = pairs[pairs[:, 0] >= least, 1]
    assert pairs[:, 1].mean() == pytest.approx(1 / 8, abs=0.01)
    assert alike.mean() == pytest.approx(right, abs=0.01)
    assert alike.sum() / pairs[:, 1].sum() == pytest.approx(of_all, abs=0.01)


def test_the_usual_likeness_is_the_one_that_was_calibrated():
    assert LEAST == 0.2
