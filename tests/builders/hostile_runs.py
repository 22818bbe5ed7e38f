"""Give wbkit hostile inputs: `python -m builders.hostile_runs FOLDER NUMBER ...`.

Each input has a process of its own, forked from this one in which everything is imported, with at
most 1 GB of memory and 5 seconds of the processor. Prints what became of each, one JSON a line.
"""

import json
import os
import pkgutil
import resource
import signal
import sys
import time
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

MEMORY, SECONDS, PATIENCE = 1_000_000_000, 5, 60


@dataclass(frozen=True)
class Outcome:
    """What became of one input: exit code (negative: a signal), seconds, MB, printed words."""

    kind: str
    name: str
    code: int
    seconds: float
    memory: int
    words: str

    @property
    def faults(self) -> list[str]:
        """What should not have happened."""
        found = [("aborted", self.code < 0), ("traceback", "Traceback" in self.words),
                 ("slow", self.seconds > SECONDS), ("large", self.memory > MEMORY / 1e6),
                 ("no message", self.code not in (0, 1, 2) or not self.words.strip())]
        return [what for what, there in found if there]


def meet(one, folder: Path) -> Outcome:
    """Give one input to its command in a process of its own."""
    folder.mkdir(parents=True)
    one.make(folder)
    began = time.monotonic()
    child = os.fork()
    if not child:
        command(one.command, folder)
    while True:
        pid, status, used = os.wait4(child, os.WNOHANG)
        if pid:
            break
        if time.monotonic() - began > PATIENCE:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.005)
    seconds = used.ru_utime + used.ru_stime
    if time.monotonic() - began > PATIENCE:
        seconds = PATIENCE
    words = (folder / "printed").read_text(encoding="utf-8", errors="replace")
    return Outcome(one.kind, one.name, os.waitstatus_to_exitcode(status), round(seconds, 2),
                   used.ru_maxrss // 1000, words[:3000])


def command(words, folder):
    """Be the process of one command; does not return."""
    os.chdir(folder)
    null, out = os.open(os.devnull, os.O_RDONLY), os.open("printed", os.O_WRONLY | os.O_CREAT)
    for number, target in ((0, null), (1, out), (2, out)):
        os.dup2(target, number)
    pages = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    held = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (pages + MEMORY - held,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 1, SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    code = 1
    try:
        import_module("wbkit.cli").app([*words], prog_name="wbkit", standalone_mode=True)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # as Python itself would
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main():
    hostile_inputs = import_module("builders.hostile").hostile_inputs()
    wbkit = import_module("wbkit")
    for found in pkgutil.walk_packages(wbkit.__path__, "wbkit."):
        if "__main__" not in found.name:
            import_module(found.name)
    for name in ("pyreadstat", "rapidfuzz", "statsmodels.api", "openpyxl"):
        import_module(name)
    folder, numbers = Path(sys.argv[1]), [int(number) for number in sys.argv[2:]]
    chosen = {number: hostile_inputs[number] for number in numbers}
    del hostile_inputs
    for number in numbers:
        outcome = meet(chosen.pop(number), folder / str(number))
        sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
