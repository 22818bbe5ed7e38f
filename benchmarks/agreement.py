"""Time `agreement` and `krippendorff_alpha`.

    python benchmarks/agreement.py [units]

1. 100,000 units (turns in 1,000 documents) x 3 coders x 10 codes, each code given to 5 % of the
   units (coders agree on most), with 1,000 resamples of documents.
2. Alpha alone on 100,000 units x 3 coders, beside the package `krippendorff` where it is there
   (it is GPL and no part of this project; install it in an environment of its own).
3. Characters: 60,000 x 10 codes x 3 coders by the sweep, beside a table with a row for each
   character.
"""

import resource
import sys
import time

import numpy as np
import pandas as pd

from wbkit.coding.agreement.agreement import agreement
from wbkit.coding.agreement.alpha import krippendorff_alpha
from wbkit.coding.agreement.first_round import universe
from wbkit.coding.units import passages, places, tallied
from wbkit.data.codings import Codings
from wbkit.data.documents import Documents
from wbkit.stats.agreement import coefficients, moments, tally
from wbkit.stats.krippendorff import alpha
from wbkit.study.codebook import Codebook
from wbkit.study.source import Source

DOCUMENTS, TURN, DENSITY, KEPT, SEED = 1_000, 40, 0.05, 0.7, 20230214
CODERS = ("anke", "bram", "carla")
CODES = tuple(f"code_{at}" for at in range(10))
try:
    import krippendorff
except ImportError:
    krippendorff = None


def source():
    return Source.model_validate({"name": "benchmark", "file": "none", "format": "txt",
                                  "unit": "interview", "synthetic": True})


def codebook():
    return Codebook.model_validate({"codes": {
        code: {"label": code, "definition": "benchmark"} for code in CODES}})


def texts(count, turns):
    """Make texts of turns that are all of the same length."""
    made = {f"d{at}": "x" * (TURN * turns) for at in range(count)}
    number = np.tile(np.arange(turns), count)
    frame = pd.DataFrame({
        "document": np.repeat(list(made), turns), "turn": number + 1, "start": number * TURN,
        "end": number * TURN + TURN - 1, "speaker": "TL", "role": "teamleider", "question": "",
        "time": ""})
    return Documents.of(made, source(), turns=frame)


def codings(documents, rows):
    """Make codings of (row of the text, start, end, code, coder)."""
    row, start, end, code, coder = rows
    names = documents.texts["document"].to_numpy()
    data = pd.DataFrame({
        "document": names[row], "revision": "r", "start": start, "end": end,
        "code": pd.Categorical.from_codes(code, list(CODES)),
        "coder": pd.Categorical.from_codes(coder, list(CODERS)), "origin": "manual",
        "status": "accepted", "term": ""})
    looked = pd.DataFrame([(one, "r", coder, CODES, True) for one in names for coder in CODERS],
                          columns=["document", "revision", "coder", "codes", "blind"])
    return Codings(data, documents, codebook(), looked)


def on_turns(documents, turns, rng):
    """Code turns: what is there is seen by each coder in 7 of 10 cases, and some see more."""
    units = DOCUMENTS * turns
    true = rng.random((units, len(CODES), 1)) < DENSITY
    seen = rng.random((units, len(CODES), len(CODERS)))
    unit, code, coder = np.nonzero((true & (seen < KEPT)) | (seen < DENSITY * (1 - KEPT)))
    turn = unit % turns
    return codings(documents, (unit // turns, turn * TURN + 3, turn * TURN + 20, code, coder))


def on_characters(count, length, passages_each, rng):
    """Code passages of 20 to 200 characters anywhere."""
    documents = Documents.of({f"d{at}": "x" * length for at in range(count)}, source())
    n = passages_each * len(CODERS)
    start = rng.integers(0, length - 200, n)
    return codings(documents, (rng.integers(0, count, n), start, start + rng.integers(20, 200, n),
                               rng.integers(0, len(CODES), n), np.repeat(range(3), passages_each)))


def timed(function, times=5):
    """Return the shortest processor time of several, and the result."""
    spent = []
    for _ in range(times):
        begun = time.process_time()
        result = function()
        spent.append(time.process_time() - begun)
    return min(spent), result


def by_sweep(found, laid, documents):
    """Give alpha of each code from its own edges, as `agreement` does."""
    counted = tallied(found, laid, (documents, len(CODES), len(CODERS)), "character")
    return coefficients(moments(counted.sum(axis=0)))["alpha"]


def by_character(found, laid, documents):
    """Give alpha of each code from a table with a place for each character."""
    size = int(found.ends[-1])
    yes = np.zeros((len(CODES), len(CODERS), size), dtype=bool)
    for start, end, code, coder in zip(laid.starts, laid.ends, laid.code, laid.coder, strict=True):
        yes[code, coder, start:end] = True
    inside, cluster = np.zeros(size, dtype=bool), np.zeros(size, dtype=int)
    for row, start, end in zip(found.document, found.starts, found.ends, strict=True):
        inside[start:end], cluster[start:end] = True, row
    yes, cluster = yes[:, :, inside], cluster[inside]
    once = np.ones(len(cluster))
    return [coefficients(moments(tally(one, once, cluster, documents).sum(axis=0)))["alpha"]
            for one in yes]


def alone(units, rng):
    """Time alpha alone, on a table of units and coders and on a long table."""
    true = rng.integers(0, 5, (units, 1))
    ratings = np.where(rng.random((units, 3)) < 0.8, true, rng.integers(0, 5, (units, 3)))
    long = pd.DataFrame({"unit": np.repeat(np.arange(units), 3), "coder": np.tile(range(3), units),
                         "value": ratings.ravel()})
    values = np.arange(5)
    for level in ("nominal", "ordinal", "interval"):
        table, a = timed(lambda level=level: alpha(ratings, values, level))
        whole, b = timed(lambda level=level: krippendorff_alpha(long, level))
        print(f"alpha, {level}: {1000 * table:.1f} ms on a table, {1000 * whole:.1f} ms on ratings "
              f"in rows ({a:.6f}, {b:.6f})")
        if krippendorff:
            wide = ratings.T.astype(float)
            peer, c = timed(lambda level=level, wide=wide: krippendorff.alpha(
                wide, level_of_measurement=level))
            print(f"    package krippendorff: {1000 * peer:.1f} ms ({c:.6f}); "
                  f"ratio {table / peer:.2f} on a table, {whole / peer:.2f} on rows")


def main():
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rng = np.random.default_rng(SEED)
    turns = units // DOCUMENTS
    made = on_turns(texts(DOCUMENTS, turns), turns, rng)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    seconds, _ = timed(lambda: agreement(made), 3)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"agreement: {units:,} units x 3 coders x 10 codes, {len(made.data):,} codings, 1,000 "
          f"resamples of {DOCUMENTS:,} documents: {seconds:.2f} s, {memory:.2f} GB at most "
          f"({before:.2f} GB before)")
    alone(units, rng)
    for each in (100, 300, 1_000):
        long = on_characters(10, 6_000, each, rng)
        compared = universe(long)
        about = (places(long.documents, "character"),
                 passages(compared.data, long.documents, CODES, CODERS), 10)
        fast, one = timed(lambda about=about: by_sweep(*about), 30)
        slow, other = timed(lambda about=about: by_character(*about))
        same = np.allclose(one, other)
        print(f"characters: 60,000 x 10 codes x 3 coders, {each} passages each: sweep "
              f"{1000 * fast:.1f} ms, table {1000 * slow:.0f} ms, ratio {slow / fast:.0f}; "
              f"same: {same}")


if __name__ == "__main__":
    main()
