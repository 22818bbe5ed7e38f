"""Make the survey tables of each notebook of the example again: 203 students, four teams.

Runs the code cells of a notebook once, then times every call of it that counts, weighs, scores
or compares, so that reading, coding and drawing are left out. On the clock, and in processor
time, to which other programs on the machine add little (but the threads of a linear algebra
library that wait for work do).
"""

import json
import os
import statistics
import time
from pathlib import Path

import wbkit as wb

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
TIMED = ("frequency", "crosstab", "estimate", "weight", "coverage", "nonresponse", "trend",
         "compare", "score", "reliability", "bands", "distribution")
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


def main():
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for path in sorted(NOTEBOOKS.glob("[1-4]*.ipynb")):
        calls = calls_of(path)
        if calls:
            clock, processor = zip(*[seconds(calls) for _ in range(TIMES)], strict=True)
            print(f"{path.stem:24} {len(calls):3} tables: {statistics.median(clock) * 1e3:4.0f} ms "
                  f"({min(clock) * 1e3:.0f}-{max(clock) * 1e3:.0f}; asked: under 100); "
                  f"{statistics.median(processor) * 1e3:.0f} of the processors", flush=True)


if __name__ == "__main__":
    main()
