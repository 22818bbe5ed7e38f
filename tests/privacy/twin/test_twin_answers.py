"""Made-up closed answers: drawn from protected tables alone, as messy and as routed."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from builders.real_studies import real_study

import wbkit as wb
from wbkit.privacy.twin.answer_grid import (
    UNANSWERED,
    UNASKED,
    answer_grid,
    hide_small,
    protected_pairs,
    two_way_tables,
)
from wbkit.privacy.twin.answers import draw_answers, outline_of
from wbkit.privacy.twin.pair_fitting import bootstrap_distances, pair_distances, pairs_of
from wbkit.privacy.twin.raw_cells import item_states


@pytest.fixture(scope="module")
def responses(tmp_path_factory):
    study = real_study(tmp_path_factory.mktemp("real"))
    return wb.clean(wb.read_source(study.source("students")))


@pytest.fixture(scope="module")
def drawn(responses):
    grid = answer_grid(responses)
    __, pairs = protected_pairs(grid, hide_small)
    outline = outline_of(grid, item_states(responses), 5)
    return grid, pairs, draw_answers(grid, outline, pairs, np.random.default_rng(5))


def test_no_cell_of_fewer_than_five_people_reaches_the_twin(responses):
    tables = hide_small(two_way_tables(answer_grid(responses)))
    counts = np.concatenate([table.data["n"].to_numpy() for table in tables])
    assert np.isnan(counts).any()
    assert not ((counts > 0) & (counts < 5)).any()


def test_a_synthetic_source_is_protected_all_the_same(responses):
    made_up = replace(responses, source=responses.source.model_copy(update={"synthetic": True}))
    tables = hide_small(two_way_tables(answer_grid(made_up)))
    assert any(table.data["n"].isna().any() for table in tables)


def test_of_fewer_people_than_are_shown_nothing_is_known(responses):
    few = replace(responses, data=responses.data.iloc[:4],
                  reasons=responses.reasons[responses.reasons["row"] < 6])
    assert two_way_tables(answer_grid(few)) == []


def test_the_protected_tables_are_all_that_is_taken_over(drawn):
    """Rows that give the same protected tables give the same twin."""
    grid, pairs, made = drawn
    shuffled = replace(grid, codes=grid.codes[::-1])
    again = protected_pairs(shuffled, hide_small)[1]
    assert (again.known == pairs.known).all()
    assert again.shares == pytest.approx(pairs.shares)


def test_the_same_seed_gives_the_same_answers(responses, drawn):
    grid, pairs, made = drawn
    outline = outline_of(grid, item_states(responses), 5)
    again = draw_answers(grid, outline, pairs, np.random.default_rng(5))
    assert (again.codes == made.codes).all()
    other = draw_answers(grid, outline, pairs, np.random.default_rng(6))
    assert (other.codes != made.codes).any()


def test_who_is_not_asked_follows_from_the_answers(drawn):
    grid, _, made = drawn
    need = made.codes[:, grid.places("hulp")[0]] == 0
    for at in grid.places("waarbij"):
        assert (made.codes[~need, at] == UNASKED).all()
        assert (made.codes[need, at] != UNASKED).all()


def test_an_exclusive_option_stands_alone_and_who_answers_ticks_something(drawn):
    grid, _, made = drawn
    places = grid.places("waarbij")
    ticks = made.codes[:, places] == 0
    alone = [grid.columns[at].option == "niets" for at in places]
    assert (ticks[ticks[:, alone].ravel()].sum(axis=1) == 1).all()
    answered = made.codes[:, places[0]] >= 0
    assert (ticks[answered].sum(axis=1) >= 1).all()


@pytest.mark.parametrize("seed", range(6))
def test_a_twin_is_as_far_away_as_another_survey_and_no_nearer(responses, drawn, seed):
    grid, pairs, _ = drawn
    outline = outline_of(grid, item_states(responses), 5)
    made = draw_answers(grid, outline, pairs, np.random.default_rng(seed))
    far = np.median(pair_distances(pairs, pairs_of(np.maximum(made.codes, -1), grid.sizes)))
    codes = np.maximum(grid.codes, -1)
    chance = np.median(bootstrap_distances(codes, pairs, np.random.default_rng(0)), axis=1).mean()
    assert 1.0 <= far / chance <= 1.2


def test_missing_answers_are_about_as_frequent(drawn):
    grid, _, made = drawn
    at = grid.places("gezien")[0]
    gone = (grid.codes[:, at] == UNANSWERED).sum(), (made.codes[:, at] == UNANSWERED).sum()
    assert gone[0] == 6
    assert 1 <= gone[1] <= 15


def test_an_answer_that_study_toml_does_not_list_and_few_gave_gets_another_word():
    data = {"baan": ["kok"] * 8 + ["piloot bij de KLM"] * 2}
    items = {"baan": wb.Item(name="baan", kind="nominal", values="any")}
    made = wb.responses(pd.DataFrame(data), unit="student", items=list(items.values()))
    column = answer_grid(made).columns[0]
    assert "kok" in column.categories
    assert not any("piloot" in one for one in column.categories)
