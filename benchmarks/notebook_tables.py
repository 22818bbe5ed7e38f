"""Make the survey tables of each notebook of the example again: 203 students, four teams.

Runs the code cells of a notebook once, then times every call of it that counts, weighs, scores
or compares, so that reading, coding and drawing are left out. On the clock, and in processor
time, to which other programs on the machine add little (but the threads of a linear algebra
library that wait for work do). With the folder of another checkout, whose data were prepared: the
ratio of this one to that one, in processor time, turn and turn about.
"""

import argparse
import contextlib
import io
import json
import os
import statistics
import time
from pathlib import Path

import turns

import wbkit as wb

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
TIMED = ("frequency", "crosstab", "estimate", "weight", "coverage", "nonresponse", "trend",
         "compare", "score", "reliability", "bands", "score_bands", "distribution")
TIMES = 7


def calls_of(path):
    """Run a notebook, and give its calls of what is timed."""
    found = []

    class Listening:
        def __getattr__(self, name):
            real = getattr(wb, name)
            if name == "save":
                return lambda *_: None
            if name not in TIMED:
                return real

            def called(*given, **named):
                result = real(*given, **named)
                found.append((name, lambda: real(*given, **named)))
                return result
            return called

    names = {"wb": Listening(), "display": lambda *_: None}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            code = "".join(cell["source"]).replace("import wbkit as wb", "")
            exec(code, names)
    return found


def seconds(calls):
    start = time.perf_counter(), time.process_time()
    for _, call in calls:
        call()
    return time.perf_counter() - start[0], time.process_time() - start[1]


def served():
    """Answer with the number of calls of a notebook, then with the seconds of each round."""
    calls = []

    def answer(words):
        if words:
            with contextlib.redirect_stdout(io.StringIO()):
                calls[:] = calls_of(Path.cwd() / "notebooks" / words)
            return len(calls)
        return seconds(calls)

    turns.serve(answer)


def beside(other, times):
    """Print this checkout beside another, for each notebook."""
    pair = turns.both(__file__, other)
    totals = [0.0, 0.0]
    for path in sorted(NOTEBOOKS.glob("[1-4]*.ipynb")):
        many = [one.ask(path.name) for one in pair]
        if not many[0]:
            continue
        turns.in_turns(pair, "", 2)
        ours, theirs = ([busy for _, busy in found] for found in turns.in_turns(pair, "", times))
        medians = [statistics.median(one) for one in (ours, theirs)]
        totals = [total + one for total, one in zip(totals, medians, strict=True)]
        print(f"{path.stem:24} {many[0]:3} tables: {medians[0] * 1e3:6.1f} and "
              f"{medians[1] * 1e3:6.1f} ms of the processors, ratio "
              f"{statistics.median(a / b for a, b in zip(ours, theirs, strict=True)):.2f} "
              f"(of the least {min(ours) / min(theirs):.2f})", flush=True)
    print(f"together {totals[0] * 1e3:.0f} and {totals[1] * 1e3:.0f} ms, ratio "
          f"{totals[0] / totals[1]:.2f} (asked: at most 1.20)")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", nargs="?", help="the folder of another checkout")
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument(turns.SERVE, action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", flush=True) \
        if not options.serve else served()
    if options.other:
        beside(options.other, options.times)
    elif not options.serve:
        alone()


def alone():
    for path in sorted(NOTEBOOKS.glob("[1-4]*.ipynb")):
        calls = calls_of(path)
        if calls:
            clock, processor = zip(*[seconds(calls) for _ in range(TIMES)], strict=True)
            print(f"{path.stem:24} {len(calls):3} tables: {statistics.median(clock) * 1e3:4.0f} ms "
                  f"({min(clock) * 1e3:.0f}-{max(clock) * 1e3:.0f}; asked: under 100); "
                  f"{statistics.median(processor) * 1e3:.0f} of the processors", flush=True)


if __name__ == "__main__":
    main()
