"""Make the survey tables of each notebook of the example again: 203 students, four teams.

Runs the code cells of a notebook once, then times every call of frequency, crosstab, estimate,
weight, coverage and nonresponse in it, so that reading, coding and drawing are left out. In
processor time, to which other programs on the machine add little.
"""

import json
import os
import statistics
import time
from pathlib import Path

import wbkit as wb

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
TIMED = ("frequency", "crosstab", "estimate", "weight", "coverage", "nonresponse")
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
                found.append((name, lambda: real(*given, **named)))
                return real(*given, **named)
            return called

    names = {"wb": Listening(), "display": lambda *_: None}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            code = "".join(cell["source"]).replace("import wbkit as wb", "")
            exec(code, names)
    return found


def seconds(calls):
    start = time.process_time()
    for _, call in calls:
        call()
    return time.process_time() - start


def main():
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for path in sorted(NOTEBOOKS.glob("[1-4]*.ipynb")):
        calls = calls_of(path)
        if calls:
            took = [seconds(calls) * 1e3 for _ in range(TIMES)]
            print(f"{path.stem:24} {len(calls):3} tables: {statistics.median(took):6.0f} ms "
                  f"({min(took):.0f}-{max(took):.0f}; asked: under 100)", flush=True)


if __name__ == "__main__":
    main()
