"""Count what wbkit and pytauargus hide where both protect the same single tables.

    python benchmarks/peer_suppression.py [studies]

Each of 60 random studies gives one table of teams by answers with its margins. Both hide every
count under 5, or under 10, and what would give it away: pytauargus so that these counts are in
doubt, wbkit so that every hidden number is. pytauargus (EUPL) is no part of wbkit: see peers.txt.
"""

import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from builders.random_studies import SILENT, UNKNOWN, random_study

import wbkit as wb

try:
    from pytauargus import protect
except ImportError:
    protect = None

STUDIES = 60
RULES = {"intern": "FREQ(5,25)", "publicatie": "FREQ(10,25)"}  # least count, range in percent
SECRET = ("U", "M")  # unsafe, and hidden beside it


def people_of(study):
    """Return who answered: team and answer."""
    people = study.people[["team", "q"]]
    return people[~people["q"].isin([UNKNOWN, SILENT])].reset_index(drop=True)


def hidden_by_wbkit(people, profile):
    """Count the hidden numbers of the cross table and its margins, and of all how many."""
    items = {name: {"kind": "nominal", "values": sorted(set(people[name]))} for name in people}
    made = wb.responses(people, unit="student", items=items,
                        design=wb.Design(kind="census", invited=len(people) + 10))
    open_ = replace(made, source=made.source.model_copy(update={"synthetic": True}))
    tables = [wb.crosstab(open_, "team", "q"), wb.frequency(open_, "team"),
              wb.frequency(open_, "q")]
    real = [replace(one, sources=tuple(source.model_copy(update={"synthetic": False})
                                       if hasattr(source, "synthetic") else source
                                       for source in one.sources)) for one in tables]
    return sum(int(one.data["state"].eq("hidden").sum())
               for one in wb.protect(real, profile=profile))


def hidden_by_peer(people, profile):
    """Count the hidden numbers of the same table, totals included."""
    with tempfile.TemporaryDirectory() as folder:
        made = protect(people.assign(one=1.0), ["team", "q"], response="one",
                       safety_rules=RULES[profile], suppress="OPT(1)", workdir=folder)
        return int(made.tables[0].dataframe()["status"].isin(SECRET).sum())


def main(studies=STUDIES):
    """Count over all studies, and print how many times as many wbkit hides."""
    if protect is None:
        sys.exit("pytauargus is not installed: pip install pytauargus==0.6.0 pandas, in an "
                 "environment of its own")
    for profile in RULES:
        pairs = []
        for seed in range(1, studies + 1):
            people = people_of(random_study(seed))
            pairs.append((hidden_by_wbkit(people, profile), hidden_by_peer(people, profile)))
        own, theirs = (sum(some) for some in zip(*pairs, strict=True))
        ratios = [one / other for one, other in pairs if other]
        print(f"{profile}: wbkit hides {own}, pytauargus {theirs}; {own / theirs:.2f} times; "
              f"median study {statistics.median(ratios):.2f}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
