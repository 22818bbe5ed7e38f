"""Protect many Tables at once: 200 cross tables with shared margins, and all Tables of a project.

    python benchmarks/protect_tables.py [--audit] [results/tables of a project that was run]

The 200 are made up: 800 people in ten ways to divide them into 12 groups, and twenty questions with
8 answers; each is crossed with each. The Tables of a project are taken as if its people were real;
left out where the folder is not there. Prints the time of `protect` for both kinds of readers, what
it hid, and with --audit what an outsider could still work out.
"""

import json
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

import wbkit as wb
from wbkit.table.stored import restored

PEOPLE, DIVISIONS, QUESTIONS, GROUPS, ANSWERS, SEED = 800, 10, 20, 12, 8, 1
PROFILES = ("intern", "publicatie")
PROJECT = Path(__file__).resolve().parents[1]


def crossed():
    """Make the 200 cross tables."""
    rng = np.random.default_rng(SEED)
    sizes = {f"groep{at}": GROUPS for at in range(DIVISIONS)} | {
        f"vraag{at}": ANSWERS for at in range(QUESTIONS)}
    data = pd.DataFrame({
        name: rng.choice([str(one) for one in range(size)], PEOPLE,
                         p=rng.dirichlet(np.full(size, 3.0)))
        for name, size in sizes.items()})
    items = {name: {"kind": "nominal", "values": [str(one) for one in range(size)]}
             for name, size in sizes.items()}
    people = wb.responses(data, unit="student", items=items,
                          design=wb.Design(kind="census", invited=PEOPLE + 50))
    names = list(sizes)
    return [wb.crosstab(people, group, question) for group in names[:DIVISIONS]
            for question in names[DIVISIONS:]]


def of_project(folder):
    """Read the Tables that a run of a project saved, as if its people were real."""
    study = wb.load_study(folder.resolve().parents[1] / "data")
    setting = next(iter(study.sources.values())).setting
    for path in sorted(folder.glob("*.json")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        table = restored(stored.get("table") or stored.get("stored") or stored, setting)
        sources = tuple(one.model_copy(update={"synthetic": False})
                        if hasattr(one, "synthetic") else one for one in table.sources)
        yield replace(table, sources=sources)


def hidden(tables):
    """Count the hidden rows."""
    return sum(int(one.data["state"].eq("hidden").sum()) for one in tables if "state" in one.data)


def measure(name, tables, *, audited):
    """Protect Tables for both kinds of readers and print what it took."""
    for profile in PROFILES:
        clock, processor = time.perf_counter(), time.process_time()
        after = wb.protect(tables, profile=profile)
        took = time.perf_counter() - clock, time.process_time() - processor
        print(f"{name}, {profile}: {len(tables)} Tables, {took[0]:.1f} s, {took[1]:.1f} s of "
              f"processor; {hidden(tables)} rows hidden before, {hidden(after)} after, of "
              f"{sum(len(one.data) for one in tables)}", flush=True)
        if audited:
            print("  audit:", dict(Counter(wb.audit(after).data["verdict"])), flush=True)


def main(*told):
    """Measure both sets."""
    audited, folders = "--audit" in told, [one for one in told if not one.startswith("--")]
    folder = Path(folders[0]) if folders else PROJECT / "results" / "tables"
    if folder.is_dir():
        measure("project", list(of_project(folder)), audited=audited)
    else:
        print("no saved Tables of a project: run wbkit run first, or give their folder")
    measure("crossed", crossed(), audited=audited)


if __name__ == "__main__":
    main(*sys.argv[1:])
