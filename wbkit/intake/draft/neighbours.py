"""What a question learns from the questions beside it: steps, answers nobody chose, routing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from wbkit.intake.draft.file_layout import STATUS
from wbkit.intake.draft.guess import Column, Guess
from wbkit.intake.draft.misspelt import MOST_DIFFERENT
from wbkit.messages import message
from wbkit.study.item import SEPARATOR
from wbkit.text.normalise import tidy

FULL, NEARLY_NONE = 0.7, 0.03  # shares that answered, of those asked and of the others
LEAST_UNANSWERED = 5  # rows without answer that show it
TELLING = 3  # answers in the smaller group
FEW_OF_GROUP = 10  # people: of fewer, a share says little
SAME_LIST = 2  # answers that questions on one list have in common
FEW_ROWS = 20  # with more rows hardly any answer stays unchosen
MOST_ANSWERS, LONGEST_ANSWER = 8, 40
CERTAINLY = 50  # people who would have chosen a step, were it offered: that nobody did tells


def with_one_scale(guesses: Sequence[Guess]) -> list[Guess]:
    """Give questions on one scale the same steps, also those that nobody chose here."""
    fullest: dict[tuple[str, str, str], Guess] = {}
    for guess in guesses:
        for value in guess.fields["values"] if _is_scaled(guess) else ():
            now = fullest.setdefault((*_scale_of(guess), value), guess)
            if len(guess.fields["values"]) > len(now.fields["values"]):
                fullest[*_scale_of(guess), value] = guess
    return [_completed(guess, fullest) if _is_scaled(guess) else guess for guess in guesses]


def _scale_of(guess: Guess) -> tuple[str, str]:
    """Return the scale; of bare codes also the question: its 1 to 4 are not those of another."""
    bare = all(value[-1:].isdigit() for value in guess.fields["values"])
    own = guess.column.hint.group or guess.column.heading
    return guess.family, own if bare else ""


def _is_scaled(guess: Guess) -> bool:
    return bool(guess.family) and guess.kind == "ordinal"


def _completed(guess: Guess, fullest: dict[tuple[str, str, str], Guess]) -> Guess:
    best = fullest[*_scale_of(guess), guess.fields["values"][0]]
    if not set(guess.fields["values"]) <= set(best.fields["values"]) or _not_offered(guess, best):
        return guess
    own = ("values", "agree", "neutral")
    fields = {**guess.fields, **{key: best.fields[key] for key in own if key in best.fields}}
    order = [*own, *(key for key in fields if key not in own)]
    head = [key for key in fields if key in ("column", "label", "kind")]
    ordered = [*head, *(key for key in order if key in fields and key not in head)]
    return replace(guess, fields={key: fields[key] for key in ordered})


def _not_offered(guess: Guess, best: Guess) -> bool:
    """Whether nobody chose a step here that very many would have, had it been offered.

    The rows of one question share their steps, whatever was chosen.
    """
    if guess.column.hint.group and guess.column.hint.group == best.column.hint.group:
        return False
    asked = sum(guess.column.counts[one] for one in guess.fields["values"])
    given = sum(best.column.counts[one] for one in best.fields["values"])
    absent = set(best.fields["values"]) - set(guess.fields["values"])
    return any(best.column.counts[one] * asked > CERTAINLY * given for one in absent)


def with_routing(guesses: Sequence[Guess]) -> list[Guess]:
    """Add ``asked_if`` where the answers to an earlier question decide who answered."""
    found = []
    for place, guess in enumerate(guesses):
        parents = [one for one in guesses[:place]
                   if one.kind in ("nominal", "ordinal") and one.fields["values"] != "any"
                   and one.column.heading.casefold() not in STATUS]
        found.append(_routed(guess, parents, found))
    return found


def _routed(guess: Guess, parents: Sequence[Guess], before: Sequence[Guess]) -> Guess:
    filled = _filled(guess.column)
    if filled.mean() > 0.95 or guess.kind == "open":
        return _like_the_question_before(guess, before)
    for parent in parents:
        asked = _answers_that_lead(parent, filled)
        if asked:
            return _asked_if(guess, parent.name, asked, _stray(parent, asked, filled))
    return guess


def _stray(parent: Guess, asked: Sequence[str], filled: np.ndarray) -> int:
    """Return how many answered without an answer that leads to the question."""
    led = np.array([parent.column.forms.get(cell, "") in asked for cell in parent.column.cells])
    return int((filled & ~led).sum())


def _answers_that_lead(parent: Guess, filled: np.ndarray) -> list[str]:
    """Return the answers behind which the question is answered; none when that is not clear.

    Of a few people one may skip a question that was asked: an answer that few gave leads to it as
    soon as one of them went on.
    """
    cells = np.array([parent.column.forms.get(cell, "") for cell in parent.column.cells])
    groups = {value: filled[cells == value] for value in parent.fields["values"]}
    groups = {value: group for value, group in groups.items() if len(group)}
    asked = [value for value, group in groups.items()
             if group.mean() >= FULL or group.any() and len(group) < FEW_OF_GROUP]
    others = [group for value, group in groups.items() if value not in asked]
    rest = np.concatenate(others) if others else np.array([])
    clear = len(rest) >= LEAST_UNANSWERED and rest.mean() <= NEARLY_NONE
    led = filled[np.isin(cells, asked)]
    explained = led.sum() >= (1 - NEARLY_NONE) * filled.sum()  # nobody else came to the question
    return asked if clear and explained and len(led) >= TELLING and led.mean() >= FULL else []


def _like_the_question_before(guess: Guess, before: Sequence[Guess]) -> Guess:
    """Give a comment the routing of the question that it comments on."""
    last = before[-1] if before else None
    if guess.kind != "open" or not last or "asked_if" not in last.fields:
        return guess
    asked = np.array([bool(cell) for cell in last.column.cells])
    filled = _filled(guess.column)
    if not filled.any() or (filled & ~asked).any():
        return guess
    parent, answers = next(iter(last.fields["asked_if"].items()))
    return _asked_if(guess, parent, answers)


def _asked_if(guess: Guess, parent: str, answers: Sequence[str], stray: int = 0) -> Guess:
    language = guess.column.language
    reason = message("draft_routing", language)
    asked = " ".join(filter(None, (guess.fields.get("doubt", ""), message(
        "ask_not_asked", language, n=stray)))) if stray else ""
    doubt = {"doubt": asked} if asked else {}
    return replace(guess, fields={**guess.fields, **doubt, "asked_if": {parent: list(answers)}},
                   reasons={**guess.reasons, "asked_if": reason})


def _filled(column: Column) -> np.ndarray:
    return np.array([bool(cell.strip()) for cell in column.cells], dtype=bool)


def with_answers_elsewhere(columns: Sequence[Column]) -> list[Column]:
    """Tell each question how often its answers were given to others on the same list.

    An answer that was mistyped shows itself by them.
    """
    counts = [Counter(map(tidy, column.filled)) for column in columns]
    closed = [count if len(count) <= MOST_DIFFERENT else Counter[str]() for count in counts]
    found = []
    for place, column in enumerate(columns):
        alike = [one for other, one in enumerate(closed) if other != place
                 and len(one.keys() & closed[place].keys()) >= SAME_LIST]
        total: Counter[str] = Counter()
        for one in alike:
            total.update(one)
        found.append(replace(column, elsewhere=total) if total else column)
    return found


def with_shared_answers(columns: Sequence[Column]) -> list[Column]:
    """Give questions of one block the answers that were given to any of them.

    Gives them in the same order; those of a file with many rows as they were.
    """
    return [one for block in _blocks(columns) for one in _shared(block)]


def _blocks(columns: Sequence[Column]) -> Iterator[list[Column]]:
    block: list[Column] = []
    for column in columns:
        if block and not _belongs(column, block):
            yield block
            block = []
        block.append(column)
    if block:
        yield block


def _belongs(column: Column, block: Sequence[Column]) -> bool:
    """Whether half of the answers were given to the questions before it, and no long list grows."""
    if not (_is_closed(column) and _is_closed(block[-1])):
        return False
    known = {answer for one in block for answer in one.answers}
    own = set(column.answers)
    return 2 * len(own & known) >= min(len(own), len(known)) and len(own | known) <= MOST_ANSWERS


def _is_closed(column: Column) -> bool:
    return bool(column.answers) and len(column.filled) < FEW_ROWS and not column.hint.values and \
        all(len(answer) <= LONGEST_ANSWER and SEPARATOR not in answer and not answer.isdigit()
            for answer in column.answers)


def _shared(block: Sequence[Column]) -> list[Column]:
    every = tuple(dict.fromkeys(answer for column in block
                                for answer in (*column.answers, *column.missing)))
    return [replace(column, shared=every) for column in block] if len(block) > 1 else [*block]
