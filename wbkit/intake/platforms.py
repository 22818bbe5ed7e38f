"""How each platform names its columns: which are one question, and which option each is about.

LimeSurvey (manual, "Export results"): ``q2[SQ001]`` is an option or a row of question q2,
``q2[other]`` the words behind "other". Qualtrics: three rows of headings, ``Q2_1`` for an option
or a row, ``Q2_5_TEXT`` for words. SurveyMonkey: the question above the first of its columns, the
option in the second row. KoboToolbox: ``group/question/option``. REDCap: ``question___1``, or
``Question (choice=Option)``; Castor: ``question#Option``.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from wbkit.errors import DataError
from wbkit.intake.layout import Grid, Layout
from wbkit.intake.sheet import Hint, Sheet, tidy_headings
from wbkit.messages import _
from wbkit.text.normalise import heading

INSIDE = re.compile(r"(?P<question>.*?)\s*\[(?P<option>[^\[\]]+)\]")
BOTH = re.compile(r"(?P<code>[A-Za-z]\w*(?:\[\w+\])*)\. (?P<words>.+)")
LIMESURVEY_ID = {"id", "response id", "antwoord id", "respons id"}
COMMENT = re.compile(r"comment|opmerking|commentaar", re.IGNORECASE)
IMPORT_MARK = "importid"
QUALTRICS_LABELS = {"start date", "end date", "response type", "recorded date", "response id",
                    "ip address", "distribution channel", "user language"}
TYPED = re.compile(r"(?P<question>.+?)(?:_\d+)?_TEXT")
QUALTRICS_PART = re.compile(r"(?P<question>.+)_\d+")
BETWEEN = " - "
FILLING = {"selected choice", "text"}  # words that Qualtrics puts between question and option
WHOLE = {"response", "open-ended response", "responses", "antwoord", "antwoorden", "respons",
         "open antwoord", "open-end antwoord", "open respons", "reactie", "open-einde-antwoord",
         "open-ended antwoord"}  # what SurveyMonkey writes under a question in one column
MONKEY_FIRST = {"respondent id", "respondent-id", "respondent_id", "respondentid",
                "id respondent", "id van respondent"}
CHECKBOX = re.compile(r"(?P<question>.+?)\s*\(choice=(?P<option>.*)\)")
CODED_BOX = re.compile(r"(?P<question>.+?)___(?P<option>.+)")
CASTOR_BOX = re.compile(r"(?P<question>[^\s#]+)#(?P<option>.+)")  # "rank them, #1 first" is none
Naming = tuple[Sequence[str], Sequence[Hint]]  # headings, and what they say


def count_headings(layout: Layout, where: str, rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows of a file hold headings."""
    if layout.heading_rows:
        return layout.heading_rows
    if layout.format == "qualtrics" and has_labels_below(rows):
        return 2
    if layout.format == "qualtrics":
        if len(rows) < 3 or not any(IMPORT_MARK in cell.casefold() for cell in rows[2]):
            raise DataError(_(
                "{where}: is no csv export of Qualtrics. Its third row should hold ImportId for "
                'each column. Export the answers again as csv, or write format = "csv" in '
                "study.toml.",
                where=where))
        return 3
    if layout.format == "limesurvey":
        return len(_limesurvey_heads(rows))
    if layout.format == "surveymonkey":
        return 2 if _has_options_below(rows) else 1
    return 1


def named_sheet(grid: Grid, layout: Layout, where: str) -> Sheet:
    """Return the cells with one heading for each column, and what the headings say."""
    namer = NAMERS.get(layout.format, _plain)
    if layout.heading_rows and layout.heading_rows > 1 and layout.format not in NAMERS:
        namer = _under_each_other
    names, hints = namer([list(map(heading, row)) for row in grid.heads])
    width = len(grid.columns)
    words = [*names, *([""] * width)][:width]
    names = tidy_headings(words, where)
    hints = [*hints, *([Hint()] * width)][:width]
    hints = [hint if name == word or hint.label else replace(hint, label=heading(word))
             for name, word, hint in zip(names, words, hints, strict=True)]
    found = {name: hint for name, hint in zip(names, hints, strict=True)
             if name and hint != Hint()}
    return Sheet(names, tuple(grid.columns), grid.rows, grid.found, found)


def _plain(heads: Sequence[Sequence[str]]) -> Naming:
    return heads[0], []


def _limesurvey_heads(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the rows with codes and with words: one row, or two in either order."""
    first, second = ({heading(cell).casefold() for cell in row} for row in [*rows, [], []][:2])
    if not (first & LIMESURVEY_ID and second & LIMESURVEY_ID):
        return [0]
    return [0, 1] if "submitdate" in first or "submitdate" not in second else [1, 0]


def _limesurvey(heads: Sequence[Sequence[str]]) -> Naming:
    order = _limesurvey_heads(heads)
    names = list(heads[order[0]])
    words = list(heads[order[1]]) if len(order) > 1 else list(names)
    both = [BOTH.fullmatch(name) for name in names]
    if sum(map(bool, both)) > 1:
        words = [match["words"] if match else name
                 for match, name in zip(both, names, strict=True)]
        names = [match["code"] if match else name for match, name in zip(both, names, strict=True)]
    return names, [_limesurvey_hint(*pair) for pair in zip(names, words, strict=False)]


def _limesurvey_hint(name: str, words: str) -> Hint:
    inside, described = INSIDE.fullmatch(name), INSIDE.fullmatch(words)
    label = "" if words == name else words
    if not inside or COMMENT.search(inside["option"]):
        return Hint(label)
    stem = described["question"] if described else ""
    return Hint(label, group=inside["question"], stem=stem, part=(described or inside)["option"],
                own_words=inside["option"] == "other")


def has_labels_below(rows: Sequence[Sequence[str]]) -> bool:
    """Whether Qualtrics wrote names and labels without ImportId, as in its Excel export."""
    first, second, third = ([heading(cell).casefold() for cell in row]
                            for row in [*rows, [], [], []][:3])
    named = {second[place] for place, name in enumerate(first[:len(second)])
             if name.replace(" ", "") != name or name != second[place]}
    return len(named & QUALTRICS_LABELS) > 1 and not any(IMPORT_MARK in cell for cell in third)


def _qualtrics(heads: Sequence[Sequence[str]]) -> Naming:
    names, labels = heads[0], [*heads[1], *([""] * len(heads[0]))]
    return names, [_qualtrics_hint(*pair) for pair in zip(names, labels, strict=False)]


def _qualtrics_hint(name: str, words: str) -> Hint:
    steps = [step for step in words.split(BETWEEN) if step.casefold() not in FILLING]
    question, option = (BETWEEN.join(steps[:-1]), steps[-1]) if len(steps) > 1 else (words, "")
    typed, part = TYPED.fullmatch(name), QUALTRICS_PART.fullmatch(name)
    label = BETWEEN.join(steps)
    label = "" if label == name else label
    if typed:
        return Hint(label, group=typed["question"], stem=question, part=option or "Other",
                    own_words=True)
    if part and option:
        return Hint(label, group=part["question"], stem=question, part=option)
    return Hint(label)


def _has_options_below(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the second row of SurveyMonkey holds options: it is empty below what it adds."""
    if len(rows) < 2 or heading(rows[0][0]).casefold() not in MONKEY_FIRST:
        return False
    return not heading(rows[1][0]) and any(map(heading, rows[1]))


def _surveymonkey(heads: Sequence[Sequence[str]]) -> Naming:
    if len(heads) < 2:
        return _plain(heads)
    return _under_each_other(heads)


def _under_each_other(heads: Sequence[Sequence[str]]) -> Naming:
    """Join a question with the option below it; a question stands above the first of them only.

    A question below nothing, among options, is one of its own.
    """
    names, hints, question, under_first = [], [], "", ""
    width = max(map(len, heads))
    upper, *others = ([*row, *([""] * width)][:width] for row in heads)
    for place, above in enumerate(upper):
        question = above or question
        below = " ".join(filter(None, (row[place] for row in others)))
        alone = not above and below.endswith("?") and not under_first.endswith("?")
        under_first = below if above else under_first
        whole = not below or below.casefold() in WHOLE or alone
        if whole:
            question = "" if alone else above or question
            names.append(below if alone else above or (question if below else ""))
            hints.append(Hint())
        else:
            names.append(f"{question} [{below}]" if question else below)
            hints.append(Hint(label=f"{question}: {below}" if question else "", group=question,
                              stem=question, part=below))
    return names, hints


def _kobo(heads: Sequence[Sequence[str]]) -> Naming:
    names = list(heads[0])
    known = set(names)
    hints = []
    begun = Counter(begin for name in names for begin in _beginnings(name))
    for name in names:
        begin = next((one for one in _beginnings(name) if one in known or begun[one] > 1),
                     name.rpartition("/")[0])
        option, joined = name[len(begin) + 1:], begin in known
        hints.append(Hint(group=begin, part=option, ticks=joined) if begin else Hint())
        label = option if begin and not joined and " " not in name else ""
        hints[-1] = replace(hints[-1], label=label)
    return names, hints


def _beginnings(name: str) -> list[str]:
    """Return what stands before each "/" of a heading, the longest first: an option has one too."""
    places = [place for place, sign in enumerate(name) if sign == "/"]
    return [name[:place] for place in reversed(places) if 0 < place < len(name) - 1]


def head_words(names: Sequence[str], platform: str) -> int:
    """Return how many headings are written as the check boxes of a platform are."""
    _, hints = NAMERS[platform]([names])
    return sum(hint.ticks for hint in hints)


def _boxes(heads: Sequence[Sequence[str]]) -> Naming:
    """Name the check boxes of REDCap and Castor."""
    names = list(heads[0])
    hints = []
    for name in names:
        match = next(filter(None, (one.fullmatch(name)
                                   for one in (CHECKBOX, CODED_BOX, CASTOR_BOX))), None)
        hints.append(Hint(group=match["question"], stem=match["question"], part=match["option"],
                          ticks=True) if match else Hint())
    return names, hints


NAMERS: dict[str, Callable[[Sequence[Sequence[str]]], Naming]] = {
    "limesurvey": _limesurvey, "qualtrics": _qualtrics, "surveymonkey": _surveymonkey,
    "kobo": _kobo, "redcap": _boxes,
}
