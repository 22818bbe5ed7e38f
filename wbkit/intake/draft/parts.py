"""Which columns belong together by the file or by their headings, and what each is a part of."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from os.path import commonprefix

from wbkit.intake.draft.guess import Column, is_other, plain
from wbkit.text.normalise import tidy

BRACKETS = {"[": "]", "(": ")"}
CUTS = ("___", " - ", ": ", " [", " (", " | ", " > ", "/", "#", "_", " \u2013 ", ". ", "? ", "[",
        "-")
NUMBERED = re.compile(r"\d{1,3}[a-z]?[.)] ")  # "3. " before each option of question 3
CODED_PART = re.compile(r"[A-Za-z]{0,3}_?\d{1,4}")
SHORTEST = 3  # characters of the part that headings share
FEWEST = 2  # columns of a question
CODE = re.compile(r"[A-Za-z]{0,3}_?\d{1,3}")  # SQ001, R1, 2


def question_groups(columns: Sequence[Column]) -> list[list[int]]:
    """Return the places of columns that the file or their headings put together."""
    named: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        if column.hint.group:
            named.setdefault(column.hint.group, []).append(place)
    found = [places for places in named.values() if len(places) >= FEWEST]
    taken = {place for places in found for place in places}
    free = [place for place in range(len(columns)) if place not in taken]
    return [*found, *_runs(columns, free)]


def _runs(columns: Sequence[Column], free: Sequence[int]) -> Iterator[list[int]]:
    """Return the runs of neighbours with headings that begin alike."""
    run: list[int] = []
    shared = ""
    for place in free:
        both = _shared(columns[run[-1]], columns[place]) if run and run[-1] == place - 1 else ""
        if both and (len(run) < FEWEST or both == shared):
            run.append(place)
            shared = both
            continue
        closer = len(both) > len(shared)
        *before, last = run or [place]
        if len(before if closer else run) >= FEWEST:
            yield before if closer else run
        run, shared = ([last, place], both) if closer else ([place], "")
    if len(run) >= FEWEST:
        yield run


def _shared(one: Column, other: Column) -> str:
    """Return how two headings, or their words, begin alike, up to a mark before the option."""
    return max(_begin(one.heading, other.heading), _begin(one.question, other.question), key=len)


def _begin(one: str, other: str) -> str:
    start = commonprefix([one, other])
    cut = max((start.rfind(mark) + len(mark) for mark in CUTS if mark in start), default=0)
    stem = start[:cut]
    return stem if len(plain(stem)) >= SHORTEST or stem[:1].isalpha() and stem[-1:] in "_#" else ""


def with_parts(columns: Sequence[Column]) -> list[Column]:
    """Say of each column in a run which part of the shared question it is."""
    found = _ticked_by_name(columns)
    for run in _runs(found, [place for place, column in enumerate(found)
                             if not column.hint.group]):
        words = [columns[place].heading for place in run]
        if _begin(*words[:2]) != _shared(*(columns[place] for place in run[:2])) or not all(
                _begin(words[0], word) for word in words[1:]):
            words = [columns[place].question for place in run]
        stem = commonprefix(words)
        stem = stem[:max((stem.rfind(one) + len(one) for one in CUTS if one in stem), default=0)]
        for place, text in zip(run, words, strict=True):
            part, label = _bare(stem, text), columns[place].hint.label
            part = label if label and CODE.fullmatch(part) and _differ(columns, run) else part
            hint = replace(columns[place].hint, group=stem, stem=_bare_stem(stem), part=part)
            found[place] = replace(columns[place], hint=hint)
    return found


def _differ(columns: Sequence[Column], run: Sequence[int]) -> bool:
    """Whether the labels of columns are the options: each another, none a question."""
    labels = {columns[place].hint.label for place in run}
    return len(labels) == len(run) and not any("?" in label for label in labels)


def _bare(stem: str, heading: str) -> str:
    """Return what stands behind the shared beginning, without the bracket that closes it."""
    part = heading[len(stem):].strip()
    opened = next((mark for mark in BRACKETS if stem.rstrip().endswith(mark) or f"{mark}choice="
                   in stem), "")
    if opened and part.endswith(BRACKETS[opened]):
        part = part[:-1].strip()
    return part


def _bare_stem(stem: str) -> str:
    return stem.removesuffix("(choice=").rstrip(" -:[(|>/#_\u2013.").strip() or stem.strip()


def named_by_cells(boxes: Sequence[Column], no: Collection[str]) -> list[Column]:
    """Name each option by the one answer beside "no", where headings hold codes only."""
    if not all(CODED_PART.fullmatch(tidy(box.hint.part)) for box in boxes):
        return [*boxes]
    own = [[tidy(one) for one in box.answers if tidy(one).casefold() not in no] for box in boxes]
    words = [one for answers in own for one in answers]
    told = FEWEST < len(words) == len(set(words)) and all(len(one) <= 1 for one in own)
    if not told or any(map(str.isdigit, words)):
        return [*boxes]
    return [replace(box, hint=replace(box.hint, part=one[0])) if one else box
            for box, one in zip(boxes, own, strict=True)]


def _ticked_by_name(columns: Sequence[Column]) -> list[Column]:
    """Put together neighbours that hold their own heading or nothing, as Typeform writes options.

    Such a file does not name the question, or only its number; "Other" behind them belongs to it.
    """
    found = list(columns)
    run: list[int] = []
    for place, column in enumerate(columns):
        same = bool(run) and _numbered(column)[0] == _numbered(columns[run[0]])[0]
        if not column.hint.group and (_is_own_tick(column) or
                                      same and is_other(_numbered(column)[1])):
            run = [*run, place] if same else [place]
            found = _as_options(found, run) if len(run) >= FEWEST else found
        else:
            run = []
    return found


def _as_options(columns: Sequence[Column], run: Sequence[int]) -> list[Column]:
    """Say of the columns of a run that they are options of one question."""
    number = _numbered(columns[run[0]])[0]
    group = number.strip() or columns[run[0]].heading
    return [replace(one, hint=replace(one.hint, group=group, stem=number.rstrip(" .)"),
                                      part=_numbered(one)[1])) if place in run else one
            for place, one in enumerate(columns)]


def _numbered(column: Column) -> tuple[str, str]:
    """Return the number of the question that a heading begins with, and the words behind it."""
    found = NUMBERED.match(column.question)
    return (found[0], column.question[found.end():]) if found else ("", column.question)


def _is_own_tick(column: Column) -> bool:
    own = {tidy(cell).casefold() for cell in column.counts}
    return own in ({tidy(column.question).casefold()}, {tidy(_numbered(column)[1]).casefold()})
