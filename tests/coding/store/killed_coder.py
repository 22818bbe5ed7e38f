"""A coder who is killed: adds codings to a store and says so, until the process is ended.

    python tests/coding/store/killed_coder.py <folder> <seed>

Prints the id of each coding after `add` returned. Now and then it closes the store and opens it
again, so that the process can also be killed while the journal is folded in.
"""

import random
import sys

from wbkit.coding.store.store import CodingStore


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main():
    folder, rng = sys.argv[1], random.Random(sys.argv[2])
    store = CodingStore(folder)
    lengths = {one: len(store.text(one)) for one in store.documents()}
    say("ready")
    while True:
        document = rng.choice(sorted(lengths))
        start = rng.randrange(lengths[document] - 1)
        end = rng.randrange(start + 1, lengths[document])
        made = store.add(document, start, end, f"code{rng.randrange(9)}", coder="anna")
        say(made.id)
        if rng.random() < 0.05:
            store.close()


if __name__ == "__main__":
    main()
