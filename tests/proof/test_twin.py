"""The twin of the example: every notebook runs on it, and nothing of the original stands in it.

Also twins of made-up surveys of many sizes, each as far from its original as it should be.
"""

from pathlib import Path

import numpy as np
import pytest
from builders.real_studies import real_study

import wbkit as wb
from wbkit.privacy.twin.answer_grid import answer_grid, hide_small, protected_pairs
from wbkit.privacy.twin.answers import draw_answers, outline_of
from wbkit.privacy.twin.pair_fitting import chance_distance, pair_distances, pairs_of
from wbkit.privacy.twin.raw_cells import item_states
from wbkit.workflow.running import run
from wbkit.workflow.twin.comparing import is_fair

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    study = wb.load_study(ROOT / "data")
    return study, wb.twin(study, folder=tmp_path_factory.mktemp("twin") / "oefenversie")


def test_every_notebook_of_the_example_runs_on_its_twin(both):
    _, twin = both
    made = run(twin, out=twin.folder.parent / "results", notebooks=ROOT / "notebooks")
    assert made.notebooks == len(list((ROOT / "notebooks").glob("*.ipynb")))
    assert made.tables > 150
    assert made.figures > 60


def test_the_twin_of_the_example_is_fair(both):
    table = wb.compare_twin(*both)
    assert is_fair(table)
    assert table.data["tables"].iloc[-1] > 2000


@pytest.mark.parametrize("rows", [60, 120, 400, 1500, 4000])
def test_a_twin_of_any_size_is_as_far_from_its_original_as_another_survey(rows, tmp_path):
    study = real_study(tmp_path, rows=rows)
    responses = wb.clean(wb.read_source(study.source("students")))
    grid = answer_grid(responses)
    __, pairs = protected_pairs(grid, hide_small)
    outline = outline_of(grid, item_states(responses), 5)
    rng = np.random.default_rng(9)
    chance = chance_distance(grid.codes, pairs, rng)
    for seed in range(8):
        own = np.random.default_rng(seed)
        made = draw_answers(grid, outline, pairs, chance_distance(grid.codes, pairs, own), own)
        other = pairs_of(np.maximum(made.codes, -1), grid.sizes)
        assert 1.0 <= np.median(pair_distances(pairs, other)) / chance <= 1.2, seed
