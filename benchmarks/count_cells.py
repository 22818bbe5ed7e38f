"""Count 60 items of 500,000 students in 12 groups, beside polars, svy and R's survey package.

Run it with an interpreter that has wbkit and polars (and, if wanted, svy); R is asked when
``Rscript`` with the package survey is there. Every ratio is of the same run.
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
import turns

import wbkit as wb

VALUES = [f"v{number}" for number in range(5)]
GROUPS = [f"g{number}" for number in range(12)]
ONE_ITEM = """
suppressMessages(library(survey)); d <- read.csv("{file}", stringsAsFactors=TRUE)
s <- svydesign(id=~1, weights=~w, data=d)
t <- system.time(svyby(~i0, ~g, s, svymean))[["elapsed"]]; cat(t)
"""


def survey(rows, items, seed=1):
    """Draw answers, groups and weights; a third of the items has gaps."""
    rng = np.random.default_rng(seed)
    columns = {
        f"i{number}": pd.Categorical.from_codes(
            rng.integers(-1 if number % 3 == 0 else 0, 5, rows).astype("int8"), VALUES)
        for number in range(items)
    }
    columns["g"] = pd.Categorical.from_codes(rng.integers(0, 12, rows).astype("int8"), GROUPS)
    return pd.DataFrame(columns | {"w": rng.uniform(0.5, 3, rows)})


def responses(data):
    items = {name: {"kind": "nominal", "values": list(data[name].cat.categories)}
             for name in data if name != "w"} | {"w": {"kind": "numeric"}}
    source = wb.Source.model_validate({
        "name": "students", "file": "students.csv", "format": "csv", "unit": "student",
        "synthetic": True, "items": items,
        "design": {"kind": "srs", "weight": "w", "invited": len(data)}})
    return wb.Responses(data, source)


def with_wbkit(given, items):
    count = getattr(wb, "count_cells", None) or wb.cells  # its name in an older checkout
    counted = count(given, items, by="g")
    return wb.estimate(counted, items, "share", by="g")


def in_polars(data):
    import polars as pl  # noqa: PLC0415 - peers are there for the benchmark only

    columns = {name: pl.Series(name, data[name].astype(object).where(data[name].notna(), None)
                               .tolist(), dtype=pl.Enum(list(data[name].cat.categories)))
               for name in data if name != "w"}
    return pl.DataFrame(columns | {"w": data["w"].to_numpy()}).lazy()


def with_polars(lazy, items):
    import polars as pl  # noqa: PLC0415

    w, rows = pl.col("w"), lazy.select(pl.len()).collect().item()
    counted = pl.collect_all([
        lazy.filter(pl.col(item).is_not_null()).group_by("g", item)
        .agg(n=pl.len(), sw=w.sum(), sw2=(w * w).sum()) for item in items])
    share, whole = pl.col("sw") / pl.col("sw").sum().over("g"), pl.col("sw2").sum().over("g")
    squares = pl.col("sw2") * (1 - 2 * share) + share**2 * whole
    variance = rows / (rows - 1) * squares / pl.col("sw").sum().over("g") ** 2
    return [one.with_columns(share=share, se=variance.sqrt()) for one in counted]


def one_item_with_svy(lazy):
    import svy  # noqa: PLC0415

    sample = svy.Sample(lazy.select("i1", "g", "w").collect(), svy.Design(wgt="w"))
    return sample.estimation.prop(y="i1", by="g")


def one_item_with_r(data, folder):
    file = Path(folder) / "students.csv"
    data.loc[:, ["i1", "g", "w"]].rename(columns={"i1": "i0"}).to_csv(file, index=False)
    done = subprocess.run(["Rscript", "-e", ONE_ITEM.format(file=file)], capture_output=True,
                          text=True, check=False)
    return float(done.stdout) if done.returncode == 0 else None


def seconds(work):
    """Time on the clock, and on all processors, to which other programs do not add."""
    start, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - busy


def megabytes(work):
    """Peak memory above what there was, in MB; Linux only."""
    status, reset = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not reset.exists():
        return float("nan")

    def of(name):
        line = next(one for one in status.read_text().splitlines() if one.startswith(name))
        return int(line.split()[1]) / 1024

    reset.write_text("5")
    before = of("VmRSS")
    work()
    return of("VmHWM") - before


def agree(table, counted):
    """Compare counts and standard errors of the first item, so that both did the same work."""
    ours = table.data.query("item == 'i0'").set_index(["g", "value"]).sort_index()
    theirs = counted[0].to_pandas().astype({"g": str, "i0": str})
    theirs = theirs.set_index(["g", "i0"]).sort_index()
    return float(np.max(np.abs(ours["se"].to_numpy() / theirs["se"].to_numpy() - 1)))


def served(options):
    """Answer with the seconds of each round."""
    data = survey(options.rows, options.items)
    given, items = responses(data), [f"i{number}" for number in range(options.items)]
    with_wbkit(given, items)
    turns.serve(lambda _: seconds(lambda: with_wbkit(given, items)))


def beside(options):
    """Print this checkout beside another."""
    pair = turns.both(__file__, options.other, "--rows", str(options.rows), "--items",
                      str(options.items))
    turns.in_turns(pair, "", 1)
    ours, theirs = turns.in_turns(pair, "", options.times)
    for place, what in enumerate(("on the clock", "of the processors")):
        mine, other = ([one[place] for one in found] for found in (ours, theirs))
        ratios = [a / b for a, b in zip(mine, other, strict=True)]
        print(f"{what}: {statistics.median(mine):.3f} and {statistics.median(other):.3f} s, ratio "
              f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f}; asked: at "
              "most 1.10)")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", nargs="?", help="the folder of another checkout")
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--items", type=int, default=60)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument(turns.SERVE, action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        served(options)
    elif options.other:
        beside(options)
    else:
        beside_peers(options)


def beside_peers(options):
    data = survey(options.rows, options.items)
    given, items = responses(data), [f"i{number}" for number in range(options.items)]
    lazy = in_polars(data)
    table, counted = with_wbkit(given, items), with_polars(lazy, items)
    print(f"{options.rows:,} rows, {options.items} items, {len(GROUPS)} groups, "
          f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"largest relative difference of a standard error with polars: "
          f"{agree(table, counted):.1e}")
    ours, theirs = [], []
    for _ in range(options.times):  # turn and turn about, so that noise meets both
        ours.append(seconds(lambda: with_wbkit(given, items)))
        theirs.append(seconds(lambda: with_polars(lazy, items)))
    for name, found in (("wbkit", ours), ("polars", theirs)):
        clock = [one for one, _ in found]
        print(f"{name:8} {statistics.median(clock):8.3f} s  ({min(clock):.3f}-{max(clock):.3f})")
    ratios = [a / b for (a, _), (b, _) in zip(ours, theirs, strict=True)]
    busy = statistics.median(a / b for (_, a), (_, b) in zip(ours, theirs, strict=True))
    print(f"wbkit / polars: {statistics.median(ratios):.2f} on the clock "
          f"({min(ratios):.2f}-{max(ratios):.2f}), {busy:.2f} of the processors "
          "(asked: at most 0.60)")
    mine = statistics.median(one for one, _ in ours)
    memory = megabytes(lambda: with_wbkit(given, items))
    print(f"memory above the data: {memory:.0f} MB (asked: at most 250)")
    each = mine / options.items
    if importlib.util.find_spec("svy"):
        found, _ = seconds(lambda: one_item_with_svy(lazy))
        print(f"svy / wbkit, one item: {found / each:.0f} ({found:.2f} s)")
    if shutil.which("Rscript"):
        with tempfile.TemporaryDirectory() as folder:
            found = one_item_with_r(data, folder)
        if found:
            print(f"R svyby / wbkit, one item: {found / each:.0f} ({found:.2f} s)")


if __name__ == "__main__":
    main()
