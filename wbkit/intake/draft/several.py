"""Which columns are one question: a tick for each option, a place for each option, or the reverse.

A heading is evidence, the cells decide. Five columns that share a beginning may be the options of
one question or five questions on one scale: only what stands in them tells.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wbkit.intake.draft.guess import (
    Column,
    is_other,
    lexicon,
    mentions,
    other_stem,
    plain,
    starts,
    without_brackets,
)
from wbkit.intake.draft.parts import CODE, FEWEST, named_by_cells, question_groups
from wbkit.intake.draft.refusals import no_answer
from wbkit.messages import message
from wbkit.study.item import OTHER
from wbkit.text.normalise import is_whole, listed, tidy

PAIRS = (  # how a tick and its absence are written
    ("1", "0"), ("true", "false"), ("waar", "onwaar"), ("checked", "unchecked"),
    ("selected", "not selected"), ("gekozen", "niet gekozen"), ("genoemd", "niet genoemd"),
    ("mentioned", "not mentioned"), ("quoted", "not quoted"), ("wel", "niet"), ("x", "-"),
    ("x", "0"), ("aangevinkt", "niet aangevinkt"), ("aangekruist", "niet aangekruist"),
    ("ja", "nee"), ("yes", "no"), ("y", "n"), ("j", "n"), ("ja", "0"), ("yes", "0"), ("1", "-"),
    ("marked", "not marked"), ("set", "not set"), ("on", "off"), ("aan", "uit"), ("t", "f"),
    ("oui", "non"), ("ja", "nein"), ("ticked", "not ticked"), ("wel genoemd", "niet genoemd"),
)
ANSWERS = {"ja", "yes", "y", "j", "oui"}  # may answer a question of their own as well
NO = {no for _, no in PAIRS}
MARKS = NO | {yes for yes, _ in PAIRS}
SHORT = 2  # letters of a mark: x, v, ja
MOST = 100  # columns of one question: a list of disciplines has 65
DISTINCT = 0.95  # share of rows in which no place, or no option, stands twice
SENTENCE = 5  # words: a longer part is a statement, not an option


@dataclass(frozen=True)
class Several:
    """Columns that are one question.

    Parameters
    ----------
    kind
        ``multiple`` or ``ranking``.
    columns
        The columns, in the order of the file.
    options
        The option of each column; the place for a ranking that names options in its cells.
    question
        The words of the question.
    fields
        Keys as study.toml has them, but for kind and label.
    doubt
        What has to be asked.
    """

    kind: str
    columns: tuple[Column, ...]
    options: tuple[str, ...]
    question: str
    fields: Mapping[str, object]
    doubt: str = ""

    @property
    def answers(self) -> list[str]:
        """One cell for each row: what was ticked or ranked, empty for who gave no answer."""
        rows = zip(*(column.cells for column in self.columns), strict=True)
        return [";".join(filter(None, map(tidy, row))) for row in rows]


def together(columns: Sequence[Column], kind: str) -> list[Column | Several]:
    """Return the columns, those of one question as one."""
    groups = question_groups(columns)
    done: dict[int, Several] = {}
    inside: set[int] = set()
    for places in groups:
        for found, where in _questions([columns[place] for place in places], places, kind):
            done[where[0]] = found
            inside |= set(where)
    return [done.get(place, column) for place, column in enumerate(columns)
            if place in done or place not in inside]


def _questions(
    columns: Sequence[Column], places: Sequence[int], kind: str
) -> Iterator[tuple[Several, list[int]]]:
    """Return the questions that a group of columns holds, with their places."""
    if len(columns) > MOST:
        return
    for make in (_mentions, _ranking, _ranked_options, _ticks):
        found = make(columns, kind)
        if found is not None:
            yield found, list(places)
            return
    for run in _tick_runs(columns):
        some = [columns[place] for place in run]
        found = _ticks(some, kind)
        if found is not None:
            yield found, [places[place] for place in run]


def _tick_runs(columns: Sequence[Column]) -> Iterator[list[int]]:
    """Return the runs of columns in a wider group that could be ticks."""
    run: list[int] = []
    codes = {code.casefold() for code in _codes(columns)}
    named = sum(bool(one.filled) and _names_itself(one) for one in columns) >= FEWEST
    for place, column in enumerate(columns):
        words = _forms(column) - {tidy(column.hint.part).casefold()} - codes
        if column.filled and (not words - NO if named else len(words) <= 2):
            run.append(place)
            continue
        if len(run) >= FEWEST:
            yield run
        run = []
    if FEWEST <= len(run) < len(columns):
        yield run


def _forms(column: Column) -> set[str]:
    return {tidy(cell).casefold() for cell in column.counts}


def _option(column: Column) -> str:
    return tidy(column.hint.part) or column.question


def _mentions(columns: Sequence[Column], kind: str) -> Several | None:
    """Recognise columns of which the file says that each holds one of the options."""
    if not all(column.hint.mentions for column in columns):
        return None
    missing = list(dict.fromkeys(code for column in columns for code in column.missing))
    values = dict.fromkeys(value for column in columns
                           for value in column.hint.values or column.answers)
    fields = {"columns": [column.heading for column in columns],
              "values": [value for value in values if value not in missing]}
    fields |= {"missing": missing} if missing else {}
    return Several("multiple", tuple(columns), tuple(values), _stem(columns), fields)


def _ticks(columns: Sequence[Column], kind: str) -> Several | None:
    """Recognise a tick for each option, with own words behind the last one."""
    codes = _codes(columns)
    columns = [_without(column, codes) for column in columns]
    typed = [column for column in columns if _holds_own_words(column, columns)]
    boxes = named_by_cells([one for one in columns if one not in typed], NO)
    if len(boxes) < FEWEST:
        return None
    words = _tick_words(boxes)
    if words is None:
        return None
    ticked, unticked = words
    if unticked and not _is_checkbox(boxes, unticked, kind):
        return None
    found = _as_ticks(boxes, typed, ticked, unticked)
    return replace(found, fields={**found.fields, "missing": codes}) if codes else found


def _codes(columns: Sequence[Column]) -> list[str]:
    """Return the codes for no answer that stand in several columns: NA, -99."""
    found = Counter(code for column in columns for code in {
        tidy(cell) for cell, form in column.forms.items() if form in column.missing})
    return [code for code, n in found.items() if n >= FEWEST and code.casefold() not in MARKS]


def _without(column: Column, codes: Sequence[str]) -> Column:
    """Leave the cells with a code for no answer empty."""
    return replace(column, cells=["" if tidy(cell) in codes else cell for cell in column.cells]) \
        if codes else column


def _holds_own_words(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column holds what was typed behind "other": it says so, or is free text."""
    if column.hint.own_words:
        return any(one is not column and not one.hint.own_words for one in columns)
    said = [one for one in columns if one is not column and one.filled]
    if is_other(_option(column)) and len(said) >= FEWEST and all(map(_names_itself, said)):
        return not _names_itself(column)
    own = _forms(column) - {tidy(column.hint.part).casefold(), *ANSWERS, *NO, "1", "x"}
    own -= set().union(*(_forms(one) for one in columns if one is not column))
    shared = any(own & _forms(one) for one in columns if one is not column)
    return is_other(_option(column)) and not all(map(str.isdigit, own)) and (
        len(own) > 1 or bool(own) and not shared)


def _names_itself(column: Column) -> bool:
    """Whether a column holds its own option and nothing else, as SurveyMonkey writes a tick."""
    return _forms(column) <= {tidy(column.hint.part).casefold()}


def _tick_words(boxes: Sequence[Column]) -> tuple[list[str], list[str]] | None:
    """Return how a tick and its absence are written; None when the cells are no ticks."""
    forms = [_forms(box) - {tidy(box.hint.part).casefold()} for box in boxes]
    every = set().union(*forms)
    own = [box for box in boxes if tidy(box.hint.part).casefold() in _forms(box)]
    if not every:
        return ([], []) if own else None
    if every <= NO and own:
        return [], _written(boxes, every)
    if len(every) == 1 and not own:  # a refusal that all gave is no tick
        refused = any(len(form) > SHORT and no_answer(form) for form in every)
        return None if every <= NO or refused else (_written(boxes, every), [])
    pair = next((pair for pair in PAIRS if every == set(pair)), None) or _negated(every)
    if pair:
        return _written(boxes, {pair[0]}), _written(boxes, {pair[1]})
    codes = [next(iter(form)) for form in forms if len(form) == 1]
    alone = len(codes) == sum(map(bool, forms)) and len(set(codes)) == len(codes) > 1
    return (_written(boxes, every), []) if alone and all(map(is_whole, codes)) else None


def _negated(words: set[str]) -> tuple[str, str] | None:
    """Return a word and the same word denied: "nodig" and "niet nodig"."""
    if len(words) != 2:
        return None
    yes, no = sorted(words, key=len)
    return (yes, no) if no in {f"niet {yes}", f"not {yes}", f"geen {yes}", f"un{yes}"} else None


def _written(boxes: Sequence[Column], forms: set[str]) -> list[str]:
    """Return words as the file writes them."""
    cells = (cell for box in boxes for cell in box.counts)
    return list(dict.fromkeys(tidy(cell) for cell in cells if tidy(cell).casefold() in forms))


def _is_checkbox(boxes: Sequence[Column], unticked: Sequence[str], kind: str) -> bool:
    """Whether columns with a "no" are options of one question, and not questions of their own.

    A checkbox question is answered or skipped as a whole; each yes-or-no question is skipped by
    itself. Qualtrics writes no "no" for a box that was not ticked.
    """
    if all(box.hint.ticks for box in boxes):
        return True
    if kind == "qualtrics":
        return False
    filled = Counter(sum(bool(tidy(cell)) for cell in row)
                     for row in zip(*(box.cells for box in boxes), strict=True))
    if any(n not in (0, len(boxes)) for n in filled):
        return False
    stem = boxes[0].hint.stem
    if mentions(stem, "several"):
        return True
    if not {word.casefold() for word in unticked} & {"nee", "no", "n", "non"}:
        return True
    parts = [_option(box) for box in boxes]
    said = [len(part.split()) >= SENTENCE or starts(part, "statement") for part in parts]
    return starts(stem, "listing") or 2 * sum(said) < len(parts)


def _as_ticks(
    boxes: Sequence[Column], typed: Sequence[Column], ticked: Sequence[str],
    unticked: Sequence[str],
) -> Several:
    options = _named(boxes)
    columns = dict(zip(options, (box.heading for box in boxes), strict=True))
    fields: dict[str, object] = {"columns": columns}
    if typed:
        columns[OTHER] = typed[0].heading
        name = without_brackets(other_stem(_option(typed[0]))) or "Anders"
        fields |= {"other": name}
        same = next((one for one in options if plain(other_stem(one)) == plain(name)), None)
        if same:  # a tick of its own beside the words
            fields |= {"other_column": typed[0].heading}
            columns[OTHER] = columns.pop(same)
            options = [one for one in columns if one != OTHER]
    own = all(tidy(box.hint.part).casefold() == form for box in boxes for form in _forms(box))
    fields |= {"ticked": list(ticked)} if ticked and not own else {}
    fields |= {"unticked": list(unticked)} if unticked else {}
    exclusive = [one for one in options if starts(one, "exclusive")]
    fields |= {"exclusive": exclusive} if exclusive else {}
    return Several("multiple", (*boxes, *typed[:1]), tuple(options), _stem(boxes), fields,
                   _doubt(boxes, unticked) or _question_asked(boxes))


def _named(boxes: Sequence[Column]) -> list[str]:
    """Return the option of each column, each once."""
    names: list[str] = []
    for box in boxes:
        name = _option(box)
        names.append(name if name not in names and name != OTHER else box.heading)
    return names


def _stem(columns: Sequence[Column]) -> str:
    return next((column.hint.stem for column in columns if column.hint.stem), "")


def _doubt(boxes: Sequence[Column], unticked: Sequence[str]) -> str:
    """Ask about rows that say only "no" when nobody left the question open."""
    no = {word.casefold() for word in unticked}
    rows = [[tidy(cell).casefold() for cell in row]
            for row in zip(*(box.cells for box in boxes), strict=True)]
    only_no = sum(bool(row) and set(row) <= no for row in rows)
    if not unticked or not only_no or any(not any(row) for row in rows):
        return ""
    return message("ask_only_no", boxes[0].language, n=only_no, word=unticked[0])


def _question_asked(boxes: Sequence[Column]) -> str:
    """Ask which question was asked when the file names options only."""
    if plain(_stem(boxes)).strip("0123456789 "):
        return ""
    return message("ask_no_question", boxes[0].language, n=len(boxes))


def _ranking(columns: Sequence[Column], kind: str) -> Several | None:
    """Recognise the place of each option: in every row each place stands once."""
    k = len(columns)
    if k < FEWEST + 1 or not all(column.filled for column in columns) or all(
            len(column.counts) == 1 for column in columns):  # one code each: ticks
        return None
    cells = [[tidy(cell) for cell in row] for row in zip(*(c.cells for c in columns), strict=True)]
    rows = [[cell for cell in row if cell] for row in cells]
    rows = [row for row in rows if row]
    numbers = all(is_whole(cell) and 1 <= int(cell) <= k for row in rows for cell in row)
    if not numbers or not _all_different(rows):
        return None
    columns_of = dict(zip(_named(columns), (column.heading for column in columns), strict=True))
    return Several("ranking", tuple(columns), tuple(columns_of), _stem(columns),
                   {"columns": columns_of}, _codes_asked(columns_of, columns[0].language))


def _ranked_options(columns: Sequence[Column], kind: str) -> Several | None:
    """Recognise the option at each place: headings that count, and no option twice in a row."""
    if len(columns) < FEWEST or not all(map(_is_place, columns)):
        return None
    cells = [[column.forms.get(cell, "") for column, cell in zip(columns, row, strict=True)]
             for row in zip(*(c.cells for c in columns), strict=True)]
    rows = [[cell for cell in row if cell] for row in cells]
    rows = [row for row in rows if row]
    options = Counter(cell for row in rows for cell in row)
    known = len(columns) <= len(options) <= MOST and sum(options.values()) >= 2 * len(options)
    held = Counter(option for column in columns for option in {*column.forms.values()})
    again = sum(n > 1 for n in held.values())  # questions of their own have answers of their own
    known = known and 2 * again >= len(options)
    if not known or not _all_different(rows) or all(one.isdigit() for one in options) and \
            len(options) > len(columns):
        return None
    order = sorted(options, key=lambda one: (not one[-1:].isdigit(), one))
    return Several("ranking", tuple(columns), tuple(column.heading for column in columns),
                   _stem(columns), {"columns": [column.heading for column in columns],
                                    "values": order}, _codes_asked(order, columns[0].language))


def _codes_asked(options: Iterable[str], language: str) -> str:
    """Ask what codes stand for: an order of codes says nothing to a reader."""
    options = list(options)
    if not all(CODE.fullmatch(option) for option in options):
        return ""
    return message("ask_codes", language, codes=listed(options))


def _is_place(column: Column) -> bool:
    """Whether the part of a heading is a place: "1", "Rang 2", "derde keuze"."""
    words = plain(column.hint.part).split()
    counted = {*lexicon()["first_to_last"], *lexicon()["place"]}
    return bool(words) and all(word in counted or word.isdigit() for word in words) and any(
        word.isdigit() or word in lexicon()["first_to_last"] for word in words)


def _all_different(rows: Sequence[Sequence[str]]) -> bool:
    several = [row for row in rows if len(row) > 1]
    different = sum(len(set(row)) == len(row) for row in several)
    orders = {tuple(row) for row in several}
    return len(several) >= FEWEST and different >= DISTINCT * len(several) and len(orders) > 1
