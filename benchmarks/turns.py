"""Run one benchmark on two checkouts, each in a process of its own, turn and turn about.

Both processes run the script of this checkout; PYTHONPATH says which wbkit they load. Each line
that is asked of them is answered with one line of JSON.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SERVE = "--serve"


class Checkout:
    """A process that answers with the wbkit of one checkout, on one thread."""

    def __init__(self, script, folder, *arguments):
        single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", script, SERVE, *arguments], text=True,
            cwd=folder, env=os.environ | single | {"PYTHONPATH": str(folder)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, words):
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.process.args}: no answer to {words!r}")
        return json.loads(answer)


def both(script, other, *arguments):
    """Start this checkout and another."""
    return [Checkout(script, Path(folder).resolve(), *arguments) for folder in (HERE, other)]


def serve(answer):
    """Answer each line of the input."""
    for line in sys.stdin:
        print(json.dumps(answer(line.strip())), flush=True)


def in_turns(pair, words, times):
    """Ask both in turn, and give what each answered."""
    found = [], []
    for turn in range(times):
        order = (0, 1) if turn % 2 == 0 else (1, 0)
        for place in order:
            found[place].append(pair[place].ask(words))
    return found
