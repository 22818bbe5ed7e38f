"""Thousands of made-up samples of which the truth is known: as many mistakes as 5 % promises."""

import numpy as np
import pandas as pd
import pytest

import wbkit as wb
from wbkit.survey.testing.effect_sizes import effect_ranks, effect_v
from wbkit.survey.testing.groups import endless_sample, in_groups

pytestmark = [pytest.mark.proof, pytest.mark.filterwarnings("error")]
SAMPLES = 400
LIKERT = list("12345")


def clustered(rng, *, spread):
    """Make 40 classes of 8 students who resemble each other; nothing differs between tracks."""
    lean = np.repeat(rng.normal(size=40) * spread, 8)
    score = np.digitize(lean + rng.normal(size=320), [-1.5, -0.5, 0.5, 1.5])
    return pd.DataFrame({
        "klas": np.repeat(np.arange(40), 8).astype(str), "weg": np.repeat(rng.permutation(
            ["bol"] * 20 + ["bbl"] * 20), 8),
        "antwoord": pd.Categorical.from_codes(score, LIKERT, ordered=True),
        "tevreden": np.where(lean + rng.normal(size=320) > 0, "ja", "nee"),
        "cijfer": (lean + rng.normal(size=320)).round(1),
        "hulp:a": lean + rng.normal(size=320) > 0.2, "hulp:b": lean + rng.normal(size=320) > -0.2,
        "hulp:geen": False})


def asked(frame, **design):
    frame = frame.assign(**{"hulp:geen": ~(frame["hulp:a"] | frame["hulp:b"])})
    item = wb.Item(name="hulp", kind="multiple", values=("a", "b", "geen"))
    return wb.responses(frame, unit="student", items=[item],
                        design=wb.Design(invited=len(frame), **design))


def rejected(**design):
    """Count for how many samples each test finds a difference that is not there."""
    rng, names = np.random.default_rng(11), ["antwoord", "tevreden", "cijfer", "hulp"]
    found = []
    for _ in range(SAMPLES):
        data = wb.compare(asked(clustered(rng, spread=0.8), **design), names, "weg").data
        whole = data[(data["value"] == "") & data["p"].notna()]
        found.append((whole.set_index("item")["p"] < 0.05).astype(float))
    return pd.concat(found, axis=1).mean(axis=1)


def test_tests_that_know_the_classes_are_wrong_one_time_in_twenty():
    assert rejected(kind="cluster", cluster="klas").between(0.025, 0.085).all()


def test_tests_that_do_not_know_the_classes_are_wrong_far_more_often():
    assert (rejected(kind="srs") > 0.15).all()


@pytest.mark.parametrize("shift", [0.0, 0.6])
def test_intervals_of_effects_hold_the_truth(shift):
    """The truth is the effect in a sample of half a million."""
    def sample(rng, size):
        group = rng.integers(0, 3, size)
        score = np.digitize(rng.normal(size=size) + shift * group, [-1, 0, 1, 2])
        frame = pd.DataFrame({"g": np.array(list("xyz"))[group],
                              "v": pd.Categorical.from_codes(score, LIKERT, ordered=True)})
        given = wb.responses(frame, unit="student", design=wb.Design(kind="srs", invited=size))
        counted = wb.count_cells(given, "v", by="g")
        return in_groups(endless_sample(counted), given.item("v"), given.item("g"))

    rng = np.random.default_rng(7)
    large = sample(rng, 500_000)
    makers = {"v": lambda one: effect_v(one, 1, simple=False),
              "noncentral": lambda one: effect_v(one, 1, simple=True),
              "ranks": lambda one: effect_ranks(one, 1)}
    truth = {name: make(large).size for name, make in makers.items()}
    held = dict.fromkeys(makers, 0)
    for _ in range(SAMPLES):
        found = sample(rng, 240)
        for name, make in makers.items():
            effect = make(found)
            held[name] += effect.low - 0.005 <= truth[name] <= effect.high + 0.005
    assert all(count / SAMPLES > 0.91 for count in held.values()), held


def test_a_thousand_odd_samples_give_a_number_or_a_reason():
    rng = np.random.default_rng(3)
    for _ in range(1000):
        size = int(rng.integers(2, 25))
        frame = pd.DataFrame({
            "v": rng.choice(["a", "b", "c", None], size), "g": rng.choice(["p", "q", None], size),
            "x": np.where(rng.random(size) < 0.2, np.nan, rng.integers(0, 4, size)),
            "o": pd.Categorical(rng.choice(["1", "2", "3", None], size), ["1", "2", "3"],
                                ordered=True)})
        if frame.drop(columns="x").isna().all().any():
            continue
        given = wb.responses(frame, unit="student", public=True,
                             design=wb.Design(kind="srs", invited=size))
        table = wb.compare(wb.assume(given, "wie niet antwoordde, is gelijk"),
                           ["v", "x", "o"], "g")
        tested = table.data[table.data["test"] != "none"]
        main = tested[tested["test"] != "ordinal_logit"]
        assert main["p"].between(0, 1).all()
        assert (main["low"].isna() | (main["low"] <= main["effect"] + 1e-9)).all()
        assert (main["high"].isna() | (main["effect"] <= main["high"] + 1e-9)).all()
        reasons = (table.data["test"] == "none").sum()
        assert not reasons or any(note.startswith("Niet getoetst") for note in table.show().notes)
