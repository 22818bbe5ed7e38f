"""Attack random studies: how many hidden counts follow from all Tables of a report together.

    python benchmarks/attack.py [studies] [first seed]

Makes that many studies (1,000 when left out), and for each the Tables of a report, as they are,
protected for inside the school, and for publication. An outsider who was written apart from wbkit
reads them and works out, by linear programming over all combinations of answers, between which
whole numbers every hidden count lies. Prints a line for each study and what came out of all.
"""

import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from builders.outsider import NARROW
from builders.random_studies import random_study

import wbkit as wb

STUDIES, SEED = 1_000, 1
LEVELS = ("as they are", "intern", "publicatie")
LEAST = {"intern": 5, "publicatie": 10}
WRONG = 1e-6


def attack(study, level):
    """Return what the outsider found: hidden, exact, narrow, small and other counts, seconds."""
    tables = [table for table, _ in study.tables.values()]
    start = time.process_time()
    if level in LEAST:
        tables = wb.protect(tables, profile=level)
    seconds = time.process_time() - start
    reader = study.outsider(tables)
    truth = study.truth(reader)
    wrong = sum(abs(row @ truth - number) > WRONG
                for row, number in zip(reader.rows, reader.numbers, strict=True))
    found = reader.intervals()
    width = np.array([high - low for *_, low, high in found])
    counts = np.array([row @ truth for _, row, *_ in found])
    small = int(((counts > 0) & (counts < LEAST.get(level, 5))).sum())
    return Counter(hidden=len(found), exact=int((width <= 0).sum()),
                   narrow=int(((width > 0) & (width <= NARROW)).sum()), small=small,
                   wrong=int(wrong)), seconds


def main(studies=STUDIES, first=SEED):
    """Attack the studies and print what came out."""
    sums = {level: Counter() for level in LEVELS}
    seconds, ratios = {level: [] for level in LEVELS}, {level: [] for level in LEVELS}
    for seed in range(first, first + studies):
        study = random_study(seed)
        line = []
        for level in LEVELS:
            found, took = attack(study, level)
            sums[level] += found
            seconds[level].append(took)
            if found["small"]:
                ratios[level].append((found["hidden"] - found["small"]) / found["small"])
            line.append(f"{level}: {found['hidden']} hidden, {found['exact']} exact, "
                        f"{found['narrow']} narrow, {found['wrong']} wrong")
        print(f"seed {seed}; " + "; ".join(line), flush=True)
    for level in LEVELS:
        took, ratio = statistics.median(seconds[level]), statistics.median(ratios[level])
        print(f"{level}: {dict(sums[level])}; {took:.2f} s of processor a study (median); "
              f"{ratio:.2f} hidden beside each small one (median)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
