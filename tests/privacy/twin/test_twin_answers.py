"""Made-up closed answers: drawn from protected tables alone, as messy and as routed."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from builders.real_studies import real_study
from scipy.optimize import linprog

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
from wbkit.privacy.twin.pair_fitting import chance_distance, pair_distances, pairs_of
from wbkit.privacy.twin.raw_cells import item_states


def draw(grid, outline, pairs, seed):
    rng = np.random.default_rng(seed)
    return draw_answers(grid, outline, pairs, chance_distance(grid.codes, pairs, rng), rng)


@pytest.fixture(scope="module")
def responses(tmp_path_factory):
    study = real_study(tmp_path_factory.mktemp("real"))
    return wb.clean(wb.read_source(study.source("students")))


@pytest.fixture(scope="module")
def drawn(responses):
    grid = answer_grid(responses)
    __, pairs = protected_pairs(grid, hide_small)
    outline = outline_of(grid, item_states(responses), 5)
    return grid, pairs, draw(grid, outline, pairs, 5)


def test_no_cell_of_fewer_than_five_people_reaches_the_twin(responses):
    tables = hide_small(two_way_tables(answer_grid(responses)))
    counts = np.concatenate([table.data["n"].to_numpy() for table in tables])
    assert np.isnan(counts).any()
    assert not ((counts > 0) & (counts < 5)).any()


def possible(table, before):
    """Say between which numbers each hidden count lies for who knows every total of its table."""
    down, across = table.dimensions
    hidden = table.data["n"].isna().to_numpy()
    lines = [(table.data[name] == one).to_numpy()[hidden] for name in (down, across)
             for one in table.data[name].unique()]
    counts = before.data["n"].to_numpy()[hidden]
    equations = np.array(lines, dtype=float)
    for at, n in enumerate(counts):
        cost = np.zeros(len(counts))
        cost[at] = 1.0
        ends = [sign * linprog(sign * cost, A_eq=equations, b_eq=equations @ counts).fun
                for sign in (1, -1)]
        yield n, ends


def test_no_small_count_follows_from_the_totals_of_its_table(responses):
    grid = answer_grid(responses)
    before = two_way_tables(grid)
    found = [pair for table, whole in zip(hide_small(before), before, strict=True)
             for pair in possible(table, whole)]
    small = [high - low for n, (low, high) in found if 0 < n < 5]
    assert len(small) > 50
    assert min(small) > 0.5  # never exactly


def test_a_synthetic_source_is_protected_all_the_same(responses):
    made_up = replace(responses, source=responses.source.model_copy(update={"synthetic": True}))
    tables = hide_small(two_way_tables(answer_grid(made_up)))
    assert any(table.data["n"].isna().any() for table in tables)


def test_of_fewer_people_than_are_shown_nothing_is_known(responses):
    few = replace(responses, data=responses.data.iloc[:4],
                  reasons=responses.reasons[responses.reasons["row"] < 6])
    assert two_way_tables(answer_grid(few)) == []


def test_nothing_but_protected_tables_and_sizes_is_taken_over(responses, drawn):
    """Without a single answer of the original at hand the same twin comes out."""
    grid, pairs, _ = drawn
    outline = outline_of(grid, item_states(responses), 5)
    bare = replace(grid, codes=np.zeros_like(grid.codes))
    made = [draw_answers(one, outline, pairs, 0.09, np.random.default_rng(5))
            for one in (grid, bare)]
    assert (made[0].codes == made[1].codes).all()


def test_the_same_seed_gives_the_same_answers(responses, drawn):
    grid, pairs, made = drawn
    outline = outline_of(grid, item_states(responses), 5)
    again = draw(grid, outline, pairs, 5)
    assert (again.codes == made.codes).all()
    other = draw(grid, outline, pairs, 6)
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
    made = draw(grid, outline, pairs, seed)
    far = np.median(pair_distances(pairs, pairs_of(np.maximum(made.codes, -1), grid.sizes)))
    chance = chance_distance(grid.codes, pairs, np.random.default_rng(0))
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
