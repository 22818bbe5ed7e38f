"""Count 60 items of up to 5,000,000 students by partition, in two worker processes.

A partition of 250,000 rows is made where it is counted, as a file would be read there. Time is to
grow with the rows, and the memory of a worker not at all. Needs the extra [scale].
"""

import argparse
import resource
import sys
import time
from functools import partial

import dask.dataframe as dd
import numpy as np
import pandas as pd
from distributed import Client, LocalCluster

import wbkit as wb

ROWS = 250_000
VALUES, GROUPS = [f"v{number}" for number in range(5)], [f"g{number}" for number in range(12)]


def partition(number, items):
    """Draw the answers of one partition; a third of the items has gaps."""
    rng = np.random.default_rng(number)
    columns = {f"i{item}": pd.Categorical.from_codes(
        rng.integers(-1 if item % 3 == 0 else 0, 5, ROWS).astype("int8"), VALUES)
        for item in range(items)}
    columns["g"] = pd.Categorical.from_codes(rng.integers(0, 12, ROWS).astype("int8"), GROUPS)
    return pd.DataFrame(columns | {"w": rng.uniform(0.5, 3, ROWS)})


def source_of(data, rows):
    items = {name: {"kind": "nominal", "values": list(data[name].cat.categories)}
             for name in data if name != "w"} | {"w": {"kind": "numeric"}}
    return wb.Source.model_validate({
        "name": "students", "file": "students.parquet", "format": "csv", "unit": "student",
        "synthetic": True, "items": items,
        "design": {"kind": "srs", "weight": "w", "invited": rows}})


def peak():
    """Peak memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(rows, items):
    """Count in two fresh workers; give the seconds and the memory of the larger one."""
    first = partition(0, items)
    source, names = source_of(first, rows), [f"i{item}" for item in range(items)]
    parts = dd.from_map(partial(partition, items=items), range(rows // ROWS), meta=first.head(0))
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, processes=True,
                           dashboard_address=None)
    with cluster, Client(cluster) as client:
        client.run(lambda: __import__("wbkit").cells)
        before = client.run(peak)
        start = time.perf_counter()
        counted = wb.count_cells(parts, names, by="g", source=source)
        took = time.perf_counter() - start
        after = client.run(peak)
    wb.estimate(counted, names, "share", by="g")
    if counted.n != rows:
        raise SystemExit(f"{counted.n} of {rows} rows were counted")
    return took, max(after[one] - before[one] for one in after)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 2_500_000, 5_000_000])
    parser.add_argument("--items", type=int, default=60)
    options = parser.parse_args()
    size = sys.getsizeof(partition(0, options.items)) / 2**20
    print(f"a partition: {ROWS:,} rows, {options.items} items, {size:.0f} MB")
    for rows in options.rows:
        took, memory = run(rows, options.items)
        print(f"{rows:>9,} rows: {took:6.1f} s, {took / rows * 1e6:.2f} s for each million, "
              f"{memory:.0f} MB in the larger worker", flush=True)


if __name__ == "__main__":
    main()
