"""Nothing that is hidden follows from what is shown: 60 random studies, attacked by an outsider."""

import numpy as np
import pytest
from builders.random_studies import random_study, small_groups

import wbkit as wb

pytestmark = pytest.mark.proof
SEEDS = range(1, 61)
NEEDED = {"intern": 2, "publicatie": 4}  # how far apart the ends of an interval are, decision 14
LEAST = {"intern": 5, "publicatie": 10}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("profile", NEEDED)
def test_an_outsider_learns_no_hidden_count(seed, profile):
    study = random_study(seed)
    tables = study.published(profile) if seed % 3 else \
        wb.protect([one for one, _ in study.tables.values()], profile=profile)
    reader = study.outsider(tables)
    truth = study.truth(reader)
    np.testing.assert_allclose(np.array(reader.rows) @ truth, reader.numbers, atol=1e-6)
    assert reader.hidden and reader.narrow(NEEDED[profile]) == []
    reader.hidden = small_groups(study, reader, truth, LEAST[profile])
    assert reader.narrow(1) == []  # none is told exactly; decision 14 says how many narrowly


def test_without_protection_the_outsider_learns_many():
    exact = 0
    for seed in list(SEEDS)[:10]:
        study = random_study(seed)
        reader = study.outsider([one for one, _ in study.tables.values()])
        exact += len(reader.narrow(1))
    assert exact > 100
