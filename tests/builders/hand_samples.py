"""Answers with hits of a dictionary, and a sample of them coded by hand. All of it is made up."""

import pandas as pd
from builders import transcripts

from wbkit.coding.dictionary import code_by_dictionary
from wbkit.coding.hand_sample import draw_sample
from wbkit.data.codings import Codings
from wbkit.data.documents import Documents

BOOK = transcripts.codebook(wel=[], druk={"parents": ["wel"], "terms": ["druk"]},
                            geld=["geld"])
CODES = ("druk", "geld")


def answers(*texts, unit=None, **fields):
    """Make Documents of answers, numbered from 1."""
    data = pd.DataFrame({"document": [str(at + 1) for at in range(len(texts))],
                         "text": list(texts)})
    return Documents.of(data.assign(**({"unit": unit} if unit else {})),
                        transcripts.source(**fields))


def hundred(**fields):
    """Make 100 answers: 30 with the word druk, 4 with geld."""
    return answers(*["druk"] * 30, *["geld"] * 4, *["niets"] * 66, **fields)


def by_hand(documents, sample, given, **changes):
    """Code a sample: `given` says which codes a text gets, out of its words and its number."""
    texts = documents.texts
    texts = texts[texts["unit"].isin(changes.get("units", sample.drawn))]
    name, coder = changes.get("round", sample.round), changes.get("coder", "anke")
    rows = [(one.document, one.sha256, 0, len(one.text), code, coder, "manual", "accepted", "",
             name) for one in texts.itertuples() for code in given(one)]
    data = pd.DataFrame(rows, columns=["document", "revision", "start", "end", "code", "coder",
                                       "origin", "status", "term", "round"])
    looked = pd.DataFrame({"document": texts["document"], "revision": texts["sha256"],
                           "coder": coder, "codes": [changes.get("codes", CODES)] * len(texts),
                           "round": name, "blind": changes.get("blind", True)})
    return Codings(data.astype({"start": "int64", "end": "int64"}), documents, BOOK, looked)


def as_written(one):
    """Read every word as what it says."""
    return [one.text] if one.text in CODES else []


def coded(n=40, given=as_written, documents=None, **changes):
    """Return hits, sample, and what was coded by hand in it."""
    documents = documents or hundred()
    sample = draw_sample(documents, n, name="proef", seed=1)
    hits = code_by_dictionary(documents, BOOK)
    return hits, sample, by_hand(documents, sample, given, **changes)
