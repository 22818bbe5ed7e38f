"""Codings follow their text through edits, or are listed; none is silently wrong."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_files import shared

from wbkit.coding.store.alignment import anchored
from wbkit.coding.store.records import Coding, surroundings

LISTED = ("review", "orphan")
REST = "Daarna gingen we naar buiten.\nHet was koud en iedereen wilde weer naar binnen.\n"


def coding(text, start, end, *, name="a"):
    return Coding(name, "d", "0" * 12, start, end, code="c", coder="anna",
                  **surroundings(text, start, end))


def fate(old, new, passage):
    start = old.index(passage)
    ((found, one),) = anchored([coding(old, start, start + len(passage))], old, new, "1" * 12)
    return found, one.quote if found != "orphan" else None


@pytest.mark.parametrize(("old", "new", "passage", "expected"), [
    ("Ik ben moe. Dat is zo.", "Nou, ik. Ik ben moe. Dat is zo.", "ben moe", ("kept", "ben moe")),
    ("Ik ben moe. Dat is zo.", "Ik ben erg moe. Dat is zo.", "ben moe", ("review", "ben erg moe")),
    ("Ik ben moe. Dat is zo.", "Ik Dat is zo.", "ben moe.", ("orphan", None)),
    ("Ik zag Jan en Piet.", "Ik zag [P1] en Piet.", "Jan en Piet", ("review", "[P1] en Piet")),
    ("ja ja", "ja", "ja", ("review", "ja")),
    ("Ik ben moe. " + "Daarna was het klaar. " * 3, "Daarna was het klaar. " * 3 + "Ik ben moe. ",
     "Ik ben moe.", ("review", "Ik ben moe.")),
    ("Dag Jan.", "Dag [P1].", "Jan", ("review", "[P1]")),
    (f"Kop\nIk ben vandaag erg moe van de toets.\n{REST}Einde.\n",
     f"Kop\n{REST}Einde.\nIk ben vandaag erg moe van de toets.\n",
     "Ik ben vandaag erg moe van de toets.", ("moved", "Ik ben vandaag erg moe van de toets.")),
])
def test_a_passage_is_kept_moved_listed_or_an_orphan(old, new, passage, expected):
    assert fate(old, new, passage) == expected


def test_a_changed_passage_tells_where_it_stood():
    old, new = "Ik ben moe.", "Ik ben zo moe."
    ((_, one),) = anchored([coding(old, 3, 10)], old, new, "1" * 12)
    assert (one.status, one.was) == ("review", "000000000000:3-10")


# 165 edits and eight moved paragraphs, as in a round of corrections and pseudonymising

def scripted_edits(text, rng):
    """Draw typing errors, names made anonymous and inserted questions; none overlaps another."""
    names = list(re.finditer(r"\b[A-Z][a-z]{3,}\b", text))
    edits = [(m.start(), m.end(), f"[P{rng.randint(1, 99):02}]") for m in rng.sample(names, 60)]
    edits += [(at, at + 1, rng.choice("xqz#%")) for at in rng.sample(range(len(text)), 95)]
    edits += [(at, at, "\n[Interviewer: kun je dat toelichten?]\n")
              for at in rng.sample(range(len(text)), 40)]
    kept, last = [], -1
    for start, end, words in sorted(edits):
        if start > last and words != text[start:end]:
            kept.append((start, end, words))
            last = end
    return sorted(rng.sample(kept, 165))


class Edited:
    """A text with edits, and where every sign of it went."""

    def __init__(self, text, edits):
        self.place, parts, at, length = {}, [], 0, 0
        for start, end, words in [*edits, (len(text), len(text), "")]:
            self.place |= {one: length + one - at for one in range(at, start)}
            parts += [text[at:start], words]
            length += start - at + len(words)
            at = end
        self.text = "".join(parts)

    def move(self, rng, n):
        """Move paragraphs that are long enough to be known again."""
        lines = self.text.splitlines(keepends=True)
        for _ in range(n):
            start = rng.choice([at for at, line in enumerate(lines) if len(line) > 150])
            lines.insert(rng.randrange(len(lines)), lines.pop(start))
        old = self.text.splitlines(keepends=True)
        starts = {line: sum(map(len, lines[:at])) for at, line in enumerate(lines)}
        shift, at = {}, 0
        for line in old:
            shift |= {at + one: starts[line] + one for one in range(len(line))}
            at += len(line)
        self.place = {was: shift[there] for was, there in self.place.items()}
        self.text = "".join(lines)

    def truth(self, start, end):
        """Give the new edges of a passage of which both outer signs were kept."""
        first, last = self.place.get(start), self.place.get(end - 1)
        return None if first is None or last is None or first > last else (first, last + 1)

    def is_whole(self, start, end):
        there = [self.place.get(at) for at in range(start, end)]
        return None not in there and there[-1] - there[0] == end - start - 1


def sentences(text, n, rng):
    found = [m.span() for m in re.finditer(r"[^.!?\n\s][^.!?\n]{24,299}[.!?]", text)]
    return sorted(rng.sample(found, min(n, len(found))))


@pytest.mark.parametrize("seed", range(3))
def test_165_edits_and_eight_moved_paragraphs_leave_no_coding_silently_wrong(seed):
    rng = random.Random(seed)
    path = max(shared("seeds").glob("*.txt"), key=lambda one: len(one.read_text("utf-8")))
    text = unique_lines(path)
    edited = Edited(text, scripted_edits(text, rng))
    edited.move(rng, 8)
    places = sentences(text, 300, rng)
    every = [coding(text, *place, name=str(at)) for at, place in enumerate(places)]
    found = {one.id: (kind, one) for kind, one in anchored(every, text, edited.text, "1" * 12)}
    exact = known = 0
    for at, place in enumerate(places):
        kind, one = found[str(at)]
        truth = edited.truth(*place)
        if kind not in LISTED:
            assert edited.is_whole(*place)
            assert (one.start, one.end) == truth
            assert edited.text[one.start:one.end] == one.quote == text[slice(*place)]
        if edited.is_whole(*place):
            known += 1
            exact += kind not in LISTED
    assert known > 150
    assert exact / known >= 0.99


def unique_lines(path: Path):
    """Give a text in which no line stands twice, so that the truth about a move is known."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    return "".join(dict.fromkeys(lines))


# Random edits: words of the text are lower case, what is put in is not

WORDS = ("aap", "noot", "mies", "wim", "zus", "ja", "nee", "ja ja", "👩‍👩‍👧", "é", ".\n")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


@st.composite
def edited_texts(draw):
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [(start, draw(st.sampled_from((start, end))), draw(st.sampled_from(("", "X", "QR S"))))
             for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    start = draw(st.integers(0, len(text) - 1))
    return text, edits, (start, draw(st.integers(start + 1, len(text))))


@settings(derandomize=True, max_examples=600, deadline=None)
@given(edited_texts())
def test_every_coding_is_right_or_listed(case):
    text, edits, (start, end) = case
    edited = Edited(text, edits)
    ((kind, one),) = anchored([coding(text, start, end)], text, edited.text, "1" * 12)
    if kind in LISTED:
        return
    quote = text[start:end]
    assert edited.text[one.start:one.end] == one.quote == quote
    assert (one.start, one.end) == edited.truth(start, end)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(texts, st.data())
def test_nothing_changes_when_the_text_does_not(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    one = coding(text, start, data.draw(st.integers(start + 1, len(text))))
    ((kind, same),) = anchored([one], text, text, one.revision)
    assert (kind, same) == ("kept", one)
