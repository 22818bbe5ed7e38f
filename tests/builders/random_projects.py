"""Projects that somebody could have made: texts, habits of selecting, ways of counting; made up."""

import unicodedata
from dataclasses import dataclass

from builders import refi_projects as rf
from hypothesis import strategies as st

import wbkit as wb

UNITS, BREAKS = ("points", "utf16", "utf8"), ("as is", "one", "two")
WORDS = ("ik", "u", "stress", "coach", "échte", "toets", "👍🏽", "👍", "café", "cafe\u0301", "3",
         "A", "foto's", "(soms)", "“ja”", "𝄞", "niet-weten", "👩‍👩‍👧‍👦", "heel", "druk", "school")
ENDS = (".", "?", "!", "", "…", " 👍", ":", ".)")
HEADS = ("", "", "- ", "• ", "1. ", "I: ", "P1: ", "👉 ", "(", "A ")
HABITS = ("words", "sentences", "whole lines", "line ends", "trailing", "sometimes trailing",
          "several lines")


@dataclass(frozen=True)
class Made:
    """A project: what was selected, and how it was counted."""

    text: str
    places: tuple
    unit: str
    breaks: str
    inclusive: bool
    habit: str

    @property
    def quotes(self):
        return [self.text[start:end] for start, end in self.places]

    def raw(self):
        def at(place):
            return rf.counted(self.text, place, self.unit, bom="none", breaks=self.breaks)
        return [(at(start), at(end) - self.inclusive) for start, end in self.places]


@st.composite
def lines(draw):
    head = draw(st.sampled_from(HEADS))
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9))
    end = draw(st.sampled_from(ENDS)) + draw(st.sampled_from(("", "", " ")))
    return head + " ".join(words) + end


@st.composite
def projects(draw):
    """Draw a project of one source."""
    ending = draw(st.sampled_from(("\n", "\r\n", "\n\n")))
    text = ending.join(draw(st.lists(lines(), min_size=2, max_size=14))) + ending
    habit = draw(st.sampled_from(HABITS))
    n = draw(st.integers(1, 14))
    found = [draw(selection(text, ending, habit)) for __ in range(n)]
    places = tuple(dict.fromkeys(place for place in found if place))
    unit, inclusive = draw(st.sampled_from(UNITS)), draw(st.booleans())
    breaks = draw(st.sampled_from(("as is", "one") if ending == "\r\n" else ("as is", "two")))
    return Made(text, places, unit, breaks, inclusive, habit)


@st.composite
def selection(draw, text, ending, habit):
    """Select as somebody with this habit would."""
    starts = [0, *(at + len(ending) for at in range(len(text))
                   if text.startswith(ending, at) and at + len(ending) < len(text))]
    start = draw(st.sampled_from(starts))
    stop = text.index(ending, start)
    if habit == "several lines":
        stop = text.index(ending, draw(st.sampled_from([one for one in starts if one >= start])))
    if habit in ("words", "trailing", "sometimes trailing"):
        edges = [at for at in range(start, stop) if at == start or text[at - 1] == " "]
        first = draw(st.sampled_from(edges))
        ends = [at for at in range(first + 1, stop + 1) if at == stop or text[at] == " "]
        last = draw(st.sampled_from(ends))
        while habit == "words" and last - first > 1 and not text[last - 1].isalnum() and (
                text[last - 1] in ".?!:"):
            last -= 1  # words without the full stop
        spaces = habit == "trailing" or habit != "words" and draw(st.booleans())
        stop, start = last + (spaces and text[last:last + 1] == " "), first
    elif habit == "whole lines":
        stop += len(ending)
    elif habit == "line ends":
        stop += len(ending) * draw(st.booleans())
    quote = text[start:stop]
    if not quote.strip() or not any(sign.isalnum() for sign in quote):
        return None
    lead = 0 if habit == "whole lines" else len(quote) - len(quote.lstrip())
    tail = len(quote) - len(quote.rstrip()) if habit in ("words", "sentences",
                                                         "several lines") else 0
    return start + lead, stop - tail


def right_or_asked(made, folder):
    """Whether a project comes in with the words that were selected, or is asked about."""
    if not made.places:
        return True
    path = rf.qdpx(folder / "a.qdpx", rf.project(rf.source(made.raw())),
                   {"Sources/gesprek.txt": made.text.encode()})
    try:
        project = wb.read_refi(path)
    except wb.CodingError as error:
        return "is not certain how the program counted" in str(error)  # asked, not refused
    wanted = [unicodedata.normalize("NFC", quote.replace("\r\n", "\n")).strip()
              for quote in made.quotes]
    return [one.quote.strip() for __, one in project.selections()] == wanted
