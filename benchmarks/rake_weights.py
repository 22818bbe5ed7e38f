"""Rake 500,000 students to four margins, beside svy and R's survey package.

Run it with an interpreter that has wbkit and svy; R is asked when ``Rscript`` with the package
survey is there. Turn and turn about, so that noise meets all; every ratio is of one round.
"""

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

import wbkit as wb

SIZES = {"m1": 5, "m2": 2, "m3": 3, "m4": 12}
IN_R = """
suppressMessages(library(survey)); d <- read.csv("{file}", stringsAsFactors=TRUE)
s <- svydesign(id=~1, weights=~one, data=d)
m <- split(read.csv("{margins}"), ~ item)
p <- lapply(names(m), function(i) setNames(m[[i]][, c("value", "total")], c(i, "Freq")))
f <- lapply(names(m), function(i) as.formula(paste("~", i)))
t <- system.time(rake(s, f, p, control=list(maxit=200, epsilon=1e-4)))[["elapsed"]]; cat(t)
"""


def survey(rows, seed=1):
    """Draw students from a population with other margins than the sample."""
    rng = np.random.default_rng(seed)
    data, margins = {}, {}
    for name, size in SIZES.items():
        values = [f"v{number}" for number in range(size)]
        drawn = rng.choice(size, rows, p=rng.dirichlet(np.full(size, 30)))
        data[name] = pd.Categorical.from_codes(drawn.astype("int8"), values)
        totals = np.floor(rng.dirichlet(np.full(size, 30)) * 3 * rows)
        totals[0] += 3 * rows - totals.sum()
        margins[name] = dict(zip(values, totals.astype(int).tolist(), strict=True))
    return pd.DataFrame(data), margins


def responses(data, margins):
    items = {name: {"kind": "nominal", "values": list(data[name].cat.categories)} for name in data}
    source = wb.Source.model_validate({
        "name": "students", "file": "students.csv", "format": "csv", "unit": "student",
        "synthetic": True, "items": items,
        "design": {"kind": "srs", "invited": len(data), "margins": margins}})
    return wb.Responses(data, source)


def in_svy(data):
    import polars as pl  # noqa: PLC0415 - peers are there for the benchmark only
    import svy  # noqa: PLC0415

    columns = {name: pl.Series(name, data[name].astype(str).tolist()) for name in data}
    return svy.Sample(pl.DataFrame(columns | {"one": np.ones(len(data))}), svy.Design(wgt="one"))


def with_r(data, margins, folder):
    files = {"file": Path(folder) / "students.csv", "margins": Path(folder) / "margins.csv"}
    data.assign(one=1).to_csv(files["file"], index=False)
    rows = [(item, value, total) for item, counts in margins.items()
            for value, total in counts.items()]
    pd.DataFrame(rows, columns=["item", "value", "total"]).to_csv(files["margins"], index=False)
    done = subprocess.run(["Rscript", "-e", IN_R.format(**files)], capture_output=True, text=True,
                          check=False)
    return float(done.stdout) if done.returncode == 0 else None


def timed(work):
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    data, margins = survey(options.rows)
    given = responses(data, margins)
    print(f"{options.rows:,} rows, 4 margins of {', '.join(map(str, SIZES.values()))} values, "
          f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    ours, theirs = [], []
    sample = in_svy(data) if importlib.util.find_spec("svy") else None
    for _ in range(options.times):
        weighted, took = timed(lambda: wb.weight(given))
        ours.append(took)
        if sample:
            raked, took = timed(lambda: sample.weighting.rake(controls=margins, tol=1e-10))
            theirs.append(took)
    made = weighted.data["calibrated_weight"].to_numpy()
    worst = max(abs(made[data[name] == value].sum() / total - 1)
                for name, counts in margins.items() for value, total in counts.items())
    print(f"wbkit    {statistics.median(ours):8.3f} s  ({min(ours):.3f}-{max(ours):.3f}); "
          f"largest relative miss of a margin {worst:.1e}")
    if sample:
        apart = np.max(np.abs(raked.data["rk_wgt"].to_numpy() / made - 1))
        ratios = [b / a for a, b in zip(ours, theirs, strict=True)]
        print(f"svy      {statistics.median(theirs):8.3f} s  "
              f"({min(theirs):.3f}-{max(theirs):.3f}); "
              f"largest relative difference of a weight {apart:.1e}")
        print(f"svy / wbkit: {statistics.median(ratios):.0f} ({min(ratios):.0f}-{max(ratios):.0f}; "
              "asked: at least 20)")
    if shutil.which("Rscript"):
        with tempfile.TemporaryDirectory() as folder:
            found = with_r(data, margins, folder)
        if found:
            print(f"R rake / wbkit: {found / statistics.median(ours):.0f} ({found:.2f} s)")


if __name__ == "__main__":
    main()
