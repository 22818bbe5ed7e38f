"""Two thousand random designs: an answer or a clear refusal, never a crash or a silent gap."""


import numpy as np
import pandas as pd
import pytest
from oracles.reference_data import responses_of

import wbkit as wb

VALUES = {"v": "abc", "g": "pq", "s": "st", "c": "klmno", "u": "1234567"}
pytestmark = pytest.mark.proof


def draw(seed):
    """Make a small sample with gaps, and a design that may or may not suit it."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 30))
    frame = pd.DataFrame({
        "v": rng.choice(["a", "b", "c", None], size), "g": rng.choice(["p", "q"], size),
        "s": rng.choice(["s", "t"], size), "c": rng.choice(list("klmno"), size),
        "u": rng.choice(list("1234567"), size), "x": rng.normal(size=size),
        "w": rng.uniform(0.2, 5, size), "f1": 9.0, "f2": 40.0})
    frame.loc[rng.random(size) < 0.1, "x"] = np.nan
    design = {"kind": rng.choice(["srs", "stratified", "cluster", "convenience", "census"])}
    options = {"strata": "s", "weight": "w", "population": 40,
               "lonely": rng.choice(["adjust", "certainty"])}
    design |= {name: value for name, value in options.items() if rng.random() < 0.4}
    stages = int(rng.integers(0, 3))
    design |= {"cluster": ["c", "u"][:stages],
               "fpc": ["f1", "f2"][: int(rng.integers(0, min(stages + 1, 2) + 1))]}
    if design["kind"] == "srs" and (design["cluster"] or "strata" in design):
        design["kind"] = "cluster" if design["cluster"] else "stratified"
    if rng.random() < 0.4:
        design["margins"] = {"g": {"p": 15, "q": 25}}
    given = responses_of(frame, design, numbers=["x", "w", "f1", "f2"], closed=VALUES)
    return rng, given


def calls(rng, given):
    """Do what a researcher may do with it."""
    if rng.random() < 0.4:
        given = wb.assume(given, rng.choice(["random within strata", "aselect, zegt men"]))
    if rng.random() < 0.3:
        given = wb.weight(given, method=rng.choice(["rake", "calibrate", "poststratify"]))
    if rng.random() < 0.3:
        given = given.where(g="p")
    by = rng.choice([None, "g"])
    yield wb.frequency(given, "v", by=by).data
    for item, statistic in (("x", "mean"), ("v", "share"), ("x", "quantile"), ("x", "total")):
        yield wb.estimate(given, item, statistic, by=by).data


def faults(data):
    """Say which rows have a number that cannot be, or lack one without a reason."""
    found = []
    if "se" in data:
        answered = (data["n"] > 0) & (data["df"] > 0)
        found += ["negative se"] * bool((data["se"] < 0).any())
        found += ["no estimate"] * bool((data["estimate"].isna() & (data["n"] > 0)).any())
        found += ["no se"] * bool((data["se"].isna() & answered & ("value" not in data)).any())
    else:
        found += ["no share"] * bool((data["share"].isna() & (data["base"] > 0)).any())
        outside = (data["low"] > data["share"] + 1e-9) | (data["high"] < data["share"] - 1e-9)
        found += ["interval beside the share"] * bool(outside.any())
    return found


@pytest.mark.parametrize("start", range(0, 2000, 100))
def test_a_random_design_gives_an_answer_or_a_clear_refusal(start):
    done = 0
    for seed in range(start, start + 100):
        rng, given = draw(seed)
        try:
            for data in calls(rng, given):
                done += 1
                assert faults(data) == [], seed
        except wb.DataError as error:
            assert len(str(error)) > 40
    assert done > 20
