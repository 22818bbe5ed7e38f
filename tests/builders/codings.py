"""Codings by hand in small texts, for tests that a reader can check."""

import numpy as np
import pandas as pd
from builders import transcripts

from wbkit.data.codings import Codings
from wbkit.data.documents import Documents

COLUMNS = ["document", "revision", "start", "end", "code", "coder", "origin", "status", "term"]


def coded(*rows, lengths=(10,) * 3, codes="ab", coders=("anke", "bram"), **changes):
    """Make codings of (document, start, end, code, coder); documents are numbered from 1.

    All coders considered all codes in all documents, blind, unless `considered` says otherwise.
    """
    unit = changes.get("unit") or [str(at + 1) for at in range(len(lengths))]
    made = pd.DataFrame({"document": [str(at + 1) for at in range(len(lengths))],
                         "text": ["x" * length for length in lengths], "unit": unit})
    documents = Documents.of(made, transcripts.source(**changes.get("source", {})),
                             **changes.get("documents", {}))
    data = pd.DataFrame([(document, "r", start, end, code, coder, "manual", "accepted", "")
                         for document, start, end, code, coder in rows], columns=COLUMNS)
    data = data.astype({"start": "int64", "end": "int64"})
    looked = [(one, "r", coder, tuple(codes), True) for one in made["document"] for coder in coders]
    considered = pd.DataFrame(changes.get("considered", looked), columns=[
        "document", "revision", "coder", "codes", "blind"])
    book = transcripts.codebook(**{code: [] for code in codes})
    return Codings(data, documents, book, considered)


def random_passages(seed, *, documents=4, length=60, codes=3, coders=2, passages=20):
    """Make codings that overlap in any way."""
    rng = np.random.default_rng(seed)
    names = [f"coder{at}" for at in range(coders)]
    rows = []
    for _ in range(passages):
        start = int(rng.integers(0, length))
        end = int(rng.integers(start + 1, length + 1))
        rows.append((str(rng.integers(1, documents + 1)), start, end,
                     "abcdef"[rng.integers(0, codes)], names[rng.integers(0, coders)]))
    return coded(*rows, lengths=(length,) * documents, codes="abcdef"[:codes], coders=names)


def pairs(both, first, second, neither):
    """Make one-character documents: coded a by both, by one, by the other, by nobody."""
    rows, at = [], 0
    for times, who in ((both, ("anke", "bram")), (first, ("anke",)), (second, ("bram",))):
        for _ in range(times):
            at += 1
            rows += [(str(at), 0, 1, "a", coder) for coder in who]
    return coded(*rows, lengths=(1,) * (both + first + second + neither), codes="a")


def value(table, measure, code="a"):
    """Give one estimate."""
    data = table.data
    (found,) = data.loc[(data["measure"] == measure) & (data["code"] == code), "estimate"]
    return found
