"""Sentences in which what points to a person is marked, and how well a finder does on them."""

import csv
import re
from dataclasses import dataclass

MARK = re.compile(r"\{(\w+)\|([^}]*)\}")


@dataclass(frozen=True)
class Score:
    """How many spans were found from the first sign to the last, and how many should be."""

    found: int
    gold: int
    proposed: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def recall(self):
        return self.found / self.gold

    @property
    def precision(self):
        return self.found / self.proposed


def plain(line):
    """Return a marked sentence without marks, and its spans = kind."""
    text, spans, at = "", {}, 0
    for mark in MARK.finditer(line):
        text += line[at:mark.start()]
        spans[len(text), len(text) + len(mark[2])] = mark[1]
        text, at = text + mark[2], mark.end()
    return text + line[at:], spans


def read_marked(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [plain(line) for line in lines if line and not line.startswith("#")]


def read_spans(path):
    """Read a csv with text and spans such as 0-6:NAAM;33-48:NAAM."""
    made = []
    with path.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            spans = {}
            for one in filter(None, row["spans"].split(";")):
                place, kind = one.split(":")
                start, end = map(int, place.split("-"))
                spans[start, end] = kind
            made.append((row["text"], spans))
    return made


def score(sentences, find):
    """Compare the hits of a finder with marked spans: a span counts when it is found whole."""
    found = gold = proposed = 0
    missed, extra = [], []
    for text, spans in sentences:
        hits = {(hit.start, hit.end): hit.kind for hit in find(text)}
        gold, proposed = gold + len(spans), proposed + len(hits)
        found += len(spans.keys() & hits.keys())
        missed += [f"{kind} {text[a:b]!r} in {text!r}"
                   for (a, b), kind in spans.items() if (a, b) not in hits]
        extra += [f"{kind} {text[a:b]!r} in {text!r}"
                  for (a, b), kind in hits.items() if (a, b) not in spans]
    return Score(found, gold, proposed, tuple(missed), tuple(extra))
