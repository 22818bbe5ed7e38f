"""The samples behind the reference values from R, as Responses."""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from wbkit.data.responses import Responses
from wbkit.study.source import Source

HERE = Path(__file__).parents[1] / "reference"
ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("WBKIT_SHARED", "../shared"))
ELSEWHERE = ROOT / os.environ.get("WBKIT_REFERENCE", SHARED / "reference")
NUMBERS = ("api00", "enroll", "api_stu", "meals", "ell", "pw", "fpc", "fpc1", "fpc2")
CLOSED = ("stype", "awards", "sch_wide", "comp_imp", "dnum", "snum")
DESIGNS = {
    "srs_fpc": ("apisrs", {"kind": "srs", "weight": "pw", "fpc": "fpc"}),
    "strat_fpc": ("apistrat", {"kind": "stratified", "strata": "stype", "weight": "pw",
                               "fpc": "fpc"}),
    "clus1_fpc": ("apiclus1", {"kind": "cluster", "cluster": "dnum", "weight": "pw",
                               "fpc": "fpc"}),
    "clus1_nofpc": ("apiclus1", {"kind": "cluster", "cluster": "dnum", "weight": "pw"}),
    "clus2_fpc": ("apiclus2", {"kind": "cluster", "cluster": ["dnum", "snum"],
                               "fpc": ["fpc1", "fpc2"]}),
    "clus2_nofpc": ("apiclus2", {"kind": "cluster", "cluster": "dnum", "weight": "pw"}),
}


def available():
    return (ELSEWHERE / "reference.json").is_file()


needs_elsewhere = pytest.mark.skipif(
    not available(),
    reason="the reference data under the GPL are not here; name their folder in WBKIT_REFERENCE",
)


def reference():
    """Give every key that is here: ours always, the others where they were found."""
    ours = json.loads((HERE / "raalte_reference.json").read_text(encoding="utf-8"))
    if not available():
        return ours
    return json.loads((ELSEWHERE / "reference.json").read_text(encoding="utf-8")) | ours


def responses_of(frame, design, *, numbers, closed, **source):
    """Make Responses; closed items take their values from the data, unless they are named."""
    named = closed if isinstance(closed, dict) else {}
    items = {name: {"kind": "numeric"} for name in numbers}
    items |= {name: {"kind": "nominal", "values": list(
        named.get(name) or sorted(frame[name].dropna().astype(str).unique()))} for name in closed}
    if design["kind"] in ("srs", "stratified", "cluster"):  # everybody who was drawn took part
        design = {"invited": len(frame)} | design
    fields = {"name": "proef", "file": "proef.csv", "format": "csv", "unit": "unit",
              "synthetic": True, "design": design, "items": items}
    data = frame[[*numbers, *closed]].astype(dict.fromkeys(numbers, float))
    for name in closed:
        text = frame[name].astype(str).where(frame[name].notna())
        data[name] = pd.Categorical(text, categories=items[name]["values"])
    return Responses(data, Source.model_validate(fields | source))


def api(design):
    """California schools, as R's survey package draws them."""
    file, rules = DESIGNS[design]
    frame = pd.read_csv(ELSEWHERE / "data" / f"{file}.csv")
    frame.columns = [name.replace(".", "_") for name in frame.columns]
    numbers = [name for name in NUMBERS if name in frame]
    return responses_of(frame, rules, numbers=numbers, closed=CLOSED)


def raalte(**design):
    """203 made-up students of 1513, with the margins of their school."""
    frame = pd.read_csv(HERE / "raalte_synthetic.csv")
    population = pd.read_csv(HERE / "raalte_population.csv")
    who5 = frame[[f"who5_{number}" for number in range(1, 6)]]
    frame = frame.assign(who5=who5.sum(axis=1, skipna=False) * 4,
                         hulp=np.where(frame["hulp_a"] == 1, "ja", "nee"))
    rules = {"kind": "srs", "population": 1513, "margins": {
        "team": dict(zip(population["team"], population["N"], strict=True)),
        "leerweg": {"bol": 1247, "bbl": 266},
    }}
    numbers = ["who5", *who5.columns, *(f"hulp_{one}" for one in "abcdef")]
    return responses_of(frame, rules | design, numbers=numbers, unit="student",
                        closed=["team", "leerweg", "likert_1", "hulp"])
