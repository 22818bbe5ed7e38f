"""Whatever file somebody gives, wbkit answers with a message: within 5 seconds and 1 GB."""

import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from builders.hostile import hostile_inputs
from builders.hostile_runs import Outcome

TESTS = Path(__file__).resolve().parents[1]
CHOSEN, SEED = 120, 20_261_130


def spread(kinds: list[str], count: int) -> list[int]:
    """Choose numbers so that each kind has its turn before any kind has its next."""
    rng, left = random.Random(SEED), defaultdict(list)
    for number, kind in enumerate(kinds):
        left[kind].append(number)
    for numbers in left.values():
        rng.shuffle(numbers)
    chosen: list[int] = []
    while len(chosen) < count:
        chosen += [numbers.pop() for numbers in left.values() if numbers]
    return chosen[:count]


def test_there_are_356_inputs_of_every_kind():
    kinds = [one.kind for one in hostile_inputs()]
    assert len(kinds) == 356
    assert {kinds[number] for number in spread(kinds, CHOSEN)} == set(kinds)


@pytest.mark.proof
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and limits of memory")
def test_hostile_inputs_end_in_a_message(tmp_path):
    numbers = spread([one.kind for one in hostile_inputs()], CHOSEN)
    variables = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
                 "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])}
    halves = [subprocess.Popen(
        [sys.executable, "-m", "builders.hostile_runs", str(tmp_path / str(half)),
         *map(str, numbers[half::2])], stdout=subprocess.PIPE, text=True, cwd=TESTS, env=variables)
        for half in range(2)]
    found = [Outcome(**json.loads(line)) for half in halves
             for line in half.communicate()[0].splitlines()]
    assert len(found) == CHOSEN
    assert [(one.kind, one.name, one.faults, one.words[-500:]) for one in found if one.faults] == []
