"""How many decisions ten made-up interviews of an hour ask for, and how long the finder takes.

``python benchmarks/pseudonym_effort.py [--seed 12]``. Every word is made up: talk of
the example study, with names, places and numbers sown in at the rate of real interviews.
"""

import argparse
import random
import time
from pathlib import Path

from wbkit.intake.documents import read_documents
from wbkit.privacy.review import Review, proposals
from wbkit.study.study import load_study
from wbkit.text.name_words import read_lists
from wbkit.text.person_names import FIRST_NAMES, SURNAMES

STUDY = Path(__file__).resolve().parents[1] / "data" / "study.toml"
INTERVIEWS, WORDS = 10, 9_000  # an hour of talk, some 150 words a minute
PEOPLE, PLACES = 12, 4  # of whom one interview speaks, each three times on average
SECONDS = 15  # to read one word with its example and choose from a list
MOST = 2 * 3600
PHRASES = ("toen zei {} dat het goed was.", "ik heb dat met {} besproken.",
           "mijn coach {} belde mij.", "{} vond van niet.", "dat hoorde ik van {} toen.")
PLACE_PHRASES = ("ik kom uit {} hoor.", "we reden naar {} met de bus.", "in {} was dat anders.")


def talk():
    """Return the turns of the example's conversations: made up."""
    study = load_study(STUDY)
    return [line for source in study.sources.values() if source.holds_texts
            for text in read_documents(source).texts["text"] for line in text.splitlines()]


def interview(lines, rng, staff):
    """Return one made-up interview of an hour."""
    known = read_lists()
    first, places = sorted(FIRST_NAMES), sorted(known.places - known.doubtful)
    people = [rng.choice(first).title() for _ in range(PEOPLE - len(staff))] + list(staff)
    people = [f"{one} {rng.choice(sorted(SURNAMES)).title()}" if rng.random() < 1 / 4 else one
              for one in people]
    towns = [rng.choice(places).title() for _ in range(PLACES)]
    sown = [rng.choice(PHRASES).format(name if rng.random() < 2 / 3 else name.lower())
            for name in people for _ in range(3)]
    sown += [rng.choice(PLACE_PHRASES).format(town) for town in towns for _ in range(2)]
    sown += ["mijn nummer is 06-" + "".join(rng.choices("0123456789", k=8)) + "."]
    words, text = 0, []
    while words < WORDS:
        line = rng.choice(lines)
        text.append(line)
        words += len(line.split())
    for one in sown:
        text.insert(rng.randrange(len(text)), one)
    return "\n".join(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=12)
    rng = random.Random(parser.parse_args().seed)
    lines = talk()
    staff = [rng.choice(sorted(FIRST_NAMES)).title() for _ in range(4)]
    texts = [(f"gesprek_{n:02d}", interview(lines, rng, staff)) for n in range(1, INTERVIEWS + 1)]
    begin = time.perf_counter()
    found = proposals(texts, Review())
    took = time.perf_counter() - begin
    hits = sum(one.n for one in found)
    print(f"{INTERVIEWS} interviews, {sum(len(text.split()) for _, text in texts):,} words")
    print(f"{hits} places, {len(found)} different words to decide on; found in {took:.0f} s")
    minutes = len(found) * SECONDS / 60
    print(f"{minutes:.0f} minutes at {SECONDS} seconds a word (norm: {MOST / 60:.0f})")
    raise SystemExit(len(found) * SECONDS > MOST)


if __name__ == "__main__":
    main()
