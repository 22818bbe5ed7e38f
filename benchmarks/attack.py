"""Attack random studies: how many hidden counts follow from all Tables of a report together.

    python benchmarks/attack.py [first seed] [last seed]

Makes a study of each seed (1 to 1,000 when left out), and for each the Tables of a report: as they
are, and as wbkit publish protects them, for inside the school and for publication. An outsider who
was written apart from wbkit reads them and works out, by linear programming over all combinations
of answers, between which whole numbers every hidden count lies. Prints a line for each study and
what came out of all.
"""

import ast
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from builders.random_studies import random_study, small_groups

FIRST, LAST = 1, 1_000
LEVELS = ("as they are", "intern", "publicatie")
LEAST = {"intern": 5, "publicatie": 10}
FEWEST = 2  # how far apart the ends of an interval are, at least
NARROW = {"publicatie": 4}  # of a profile that asks for more, decision 14
WRONG = 1e-6


def attack(study, level):
    """Return what the outsider found, and the seconds that protecting took.

    Of hidden counts: how many, exact, narrow, and so small that a rule hides them. Of small groups
    that no Table need count: how many were asked for, and how many are exact or narrow (told).
    """
    tables = [table for table, _ in study.tables.values()]
    start = time.process_time()
    if level in LEAST:
        tables = study.published(level)
    seconds = time.process_time() - start
    reader = study.outsider(tables)
    truth = study.truth(reader)
    wrong = sum(abs(row @ truth - number) > WRONG
                for row, number in zip(reader.rows, reader.numbers, strict=True))
    width = np.array([high - low for _, low, high in reader.narrow(NARROW.get(level, FEWEST))])
    small = sum(too_few(study, reader, about, truth, LEAST.get(level, LEAST["intern"]))
                for about in reader.hidden.values())
    found = Counter(hidden=len(reader.hidden), exact=int((width <= 0).sum()),
                    narrow=int((width > 0).sum()), small=int(small), wrong=int(wrong))
    if level in LEAST:
        reader.hidden = small_groups(study, reader, truth, LEAST[level])
        found.update(asked=len(reader.hidden),
                     told=len(reader.narrow(NARROW.get(level, FEWEST))))
    return found, seconds


def too_few(study, reader, about, truth, least):
    """Whether a hidden count may not be shown by itself: so few people, or so few who did not."""
    row, address = about
    n = row @ truth
    name, told = address.split(": ", 1)
    if "help=" not in told:
        return 0 < n < least
    _answer, groups = told.split(" ", 1)
    asked = {**study.tables[name][1], **ast.literal_eval(groups), "help": reader.answered("help")}
    base = reader.having(**{one: [given] if isinstance(given, str) else given
                            for one, given in asked.items()}) @ truth
    return 0 < n < least or 0 < base - n < least


def main(first=FIRST, last=LAST):
    """Attack the studies and print what came out."""
    sums = {level: Counter() for level in LEVELS}
    seconds, ratios = {level: [] for level in LEVELS}, {level: [] for level in LEVELS}
    for seed in range(first, last + 1):
        study = random_study(seed)
        line = []
        for level in LEVELS:
            found, took = attack(study, level)
            sums[level] += found
            seconds[level].append(took)
            if found["small"]:
                ratios[level].append((found["hidden"] - found["small"]) / found["small"])
            line.append(f"{level}: {found['hidden']} hidden, {found['exact']} exact, "
                        f"{found['narrow']} narrow, {found['small']} small, "
                        f"{found['wrong']} wrong, {found['told']} of {found['asked']} others told")
        print(f"seed {seed}; " + "; ".join(line), flush=True)
    for level in LEVELS:
        took, ratio = statistics.median(seconds[level]), statistics.median(ratios[level])
        print(f"{level}: {dict(sums[level])}; {took:.2f} s of processor a study (median); "
              f"{ratio:.2f} hidden beside each small one (median)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
