"""How long `import wbkit` takes beside `import pandas`, each in a fresh Python, in turn."""

import statistics
import subprocess
import sys
import time

ROUNDS = 15


def seconds(statement):
    """Time a fresh Python that runs one statement."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


def main():
    """Print both medians and the ratio, round by round."""
    statements = ("import pandas", "import wbkit",
                  "import wbkit; wbkit.load_study, wbkit.frequency")
    for statement in statements:
        seconds(statement)
    rounds = [[seconds(statement) for statement in statements] for _ in range(ROUNDS)]
    peer = [round_[0] for round_ in rounds]
    for place, statement in enumerate(statements):
        own = [round_[place] for round_ in rounds]
        ratios = [one / other for one, other in zip(own, peer, strict=True)]
        print(f"{statement:58} median {statistics.median(own):.2f} s, "
              f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")


if __name__ == "__main__":
    main()
