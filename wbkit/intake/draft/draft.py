"""Draft what study.toml has to say about a raw file; a person confirms it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from wbkit.errors import DataError
from wbkit.intake.draft.file_layout import STATUS, find_layout
from wbkit.intake.draft.guess import Column, Guess, lexicon, plain
from wbkit.intake.draft.heading_parts import with_parts
from wbkit.intake.draft.kinds import guess_kind, several_columns
from wbkit.intake.draft.refusals import refusals
from wbkit.intake.draft.several import Several, together
from wbkit.intake.draft.toml import Draft
from wbkit.intake.export_columns import ASKED_TOO, export_roles
from wbkit.intake.sheet import Hint, Sheet, column_letters
from wbkit.intake.source_files import read_bytes, read_sheet
from wbkit.messages import message
from wbkit.study.item import SEPARATOR
from wbkit.study.source import FileFormat
from wbkit.study.source_kinds import MINUTES, MOMENT
from wbkit.table.kinds import OWN_COLUMNS
from wbkit.text.normalise import as_id, free_id, listed, natural, tidy

ENDINGS = (".xlsx", ".sav", ".zsav", ".dta", ".csv", ".tsv", ".tab", ".txt", ".dat", "")
FORMAT_NAMES: tuple[str, ...] = FileFormat.__args__
MOST_WORDS, LONGEST_ID, SHARED = 3, 30, 3
TAKEN = OWN_COLUMNS | {MINUTES, MOMENT, "other", "row", "total"}  # names of wbkit itself
CODED = re.compile(r"[A-Za-z]{0,3}\d{1,2}")  # an answer that is a code: A1, 3
CUT_OFF = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*|[A-Za-z]{1,4}\d{1,3}")  # heb_je_een, Q12
SHORT_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,14}")
FULL, NEARLY_NONE = 0.7, 0.03  # shares that answered, of those asked and of the others
LEAST_UNANSWERED = 5  # rows without answer that show it
TELLING = 3  # answers in the smaller group
FEW_OF_GROUP = 10  # people: of fewer, a share says little
FEW_ROWS = 20  # with more rows hardly any answer stays unchosen
MOST_ANSWERS, LONGEST_ANSWER = 8, 40


def describe(path: str | Path, *, name: str | None = None, language: str = "nl") -> Draft:
    """Draft the description of a raw file for study.toml.

    Parameters
    ----------
    path
        An export of a survey platform, a workbook made by hand (.xlsx), a file of SPSS (.sav) or
        Stata (.dta), or any other csv file.
    name
        Id of the source; made from the name of the file when left out.
    language
        ``nl`` or ``en``: the language of the reasons.

    Returns
    -------
    Draft
        Shows itself as the block for study.toml. Ids, kinds, values in order, missing codes,
        routing and sensitivity are guesses, each marked ``guessed = true``. How the units came
        in is left out: nobody can read that from a file.

    Raises
    ------
    DataError
        If the file cannot be read, or holds no question or no answer.
    """
    path = Path(path)
    where = path.name
    content = read_bytes(path, where)
    if path.suffix.lower() not in ENDINGS:
        raise DataError(f"{where}: no export that wbkit knows ends in {path.suffix}. Give an .xlsx "
                        "file (Forms, Excel), a .sav file (SPSS), a .dta file (Stata) or a .csv "
                        "file (any other program).")
    found = find_layout(path.name, content, where, language)
    sheet = read_sheet(content, found.layout, where, ())
    if not sheet.rows:
        raise DataError(f"{where}: holds headings and no answers. A draft looks at the answers. "
                        "Export it again when there are some.")
    sheet = without_rows(sheet, [rule for rule, _ in found.set_aside])
    guesses, ignored = draft_items(sheet, found.layout.format, language)
    if not guesses:
        raise DataError(f"{where}: holds no question. Each of its headings is a column that the "
                        "export adds itself. Check that this is the right file.")
    return Draft(
        name=as_id(name or path.stem), file=_from_data_folder(path), layout=found.layout,
        items=tuple(guesses), unit=_unit(path.stem), language=language, ignored=ignored,
        set_aside=found.set_aside, notes=found.notes, seen=_seen(sheet, language),
    )


def without_rows(sheet: Sheet, rules: Sequence[Mapping[str, str]]) -> Sheet:
    """Leave out the rows that are no unit."""
    columns = dict(zip(sheet.names, sheet.columns, strict=True))
    away = {place for rule in rules for place in range(len(sheet.rows))
            if all(tidy(columns[name][place]) == tidy(cell) for name, cell in rule.items())}
    if not away:
        return sheet
    kept = [place for place in range(len(sheet.rows)) if place not in away]
    return replace(sheet, columns=tuple([column[place] for place in kept]
                                        for column in sheet.columns),
                   rows=[sheet.rows[place] for place in kept])


def draft_items(sheet: Sheet, kind: str, language: str) -> tuple[list[Guess], tuple[str, ...]]:
    """Draft an item for each question; name the columns that say the same as others."""
    added = set(export_roles(sheet.headings, kind, ()).values()) if kind not in ASKED_TOO else set()
    columns = [Column(name, cells, sheet.hints.get(name, Hint()), language, slugs=kind == "kobo",
                      nameless=not head)
               for name, head, cells in zip(sheet.names, sheet.headings, sheet.columns, strict=True)
               if name not in added and (head or any(map(tidy, cells)))]
    columns = [_with_subject(column, *columns[max(place - 1, 0):place])
               for place, column in enumerate(columns)]
    parts = together(with_parts(columns), kind)
    joined = _said_twice(parts)
    parts = [part for part in parts if part not in joined]
    shared = iter(with_shared_answers([one for one in parts if isinstance(one, Column)]))
    parts = [next(shared) if isinstance(one, Column) else one for one in parts]
    named = [_naming(part) for part in parts]
    names = item_ids([heading for heading, _ in named], [question for _, question in named])
    guesses = [_guess(part, name) for part, name in zip(parts, names, strict=True)]
    guesses = [_guarded(guess) for guess in _rows_of_codes(_alike(guesses))]
    return with_routing(guesses), tuple(one.heading for one in joined)


def _rows_of_codes(guesses: Sequence[Guess]) -> list[Guess]:
    """Take the codes of a table of questions as steps: its rows share one scale."""
    groups: dict[str, list[Guess]] = {}
    for guess in guesses:
        if guess.column.hint.group and guess.kind == "nominal" and guess.fields["values"] != "any":
            groups.setdefault(guess.column.hint.group, []).append(guess)
    steps: dict[str, list[str]] = {}
    for rows in groups.values():
        codes = sorted({value for row in rows for value in row.fields["values"]}, key=natural)
        if len(rows) > 1 and len(codes) > 2 and all(map(CODED.fullmatch, codes)):
            steps |= {row.name: codes for row in rows}
    return [replace(guess, fields=guess.fields | {"kind": "ordinal", "values": steps[guess.name]},
                    reasons={**guess.reasons, "kind": message("draft_rows", guess.column.language)})
            if guess.name in steps else guess for guess in guesses]


def _guarded(guess: Guess) -> Guess:
    """Mark a yes-or-no question that people could refuse, when its words tell nothing.

    Whoever makes a questionnaire offers a refusal where an answer could hurt; the heading is a
    code or a few words that were cut off.
    """
    column, fields = guess.column, guess.fields
    cut_off = bool(CUT_OFF.fullmatch(column.question.rpartition("/")[2]))
    two = guess.kind == "nominal" and len(fields["values"]) == 2
    refused = any(why in ("refusal", "code") for why in refusals(
        column.counts, column.question, column.hint.missing).values())
    if not (cut_off and two and refused) or "sensitivity" in fields:
        return guess
    return replace(guess, fields=fields | {"sensitivity": "health"},
                   reasons={**guess.reasons, "sensitivity": message(
                       "draft_guarded", column.language)})


def _guess(part: Column | Several, name: str) -> Guess:
    if isinstance(part, Several):
        return replace(several_columns(part, _naming(part)[0]), name=name)
    guess = replace(guess_kind(part), name=name)
    if not part.nameless or guess.fields.get("doubt"):
        return guess
    doubt = message("ask_no_heading", part.language, column=part.heading)
    return replace(guess, fields=guess.fields | {"doubt": doubt})


def _said_twice(parts: Sequence[Column | Several]) -> list[Column]:
    """Return the columns with all ticks of a question of which each option has a column too."""
    groups = {part.columns[0].hint.group for part in parts if isinstance(part, Several)}
    return [part for part in parts if isinstance(part, Column) and part.heading in groups]


def _naming(part: Column | Several) -> tuple[str, str]:
    """Return heading and question of a part, from which its id is made."""
    if isinstance(part, Column):
        return part.heading, part.question
    group = part.columns[0].hint.group or part.columns[0].heading
    return group.rstrip(" -:[(|>/#_."), part.question or group.rstrip(" -:[(|>/#_.")


def _seen(sheet: Sheet, language: str) -> tuple[str, ...]:
    """Say how many columns without heading or answer were passed over."""
    empty = [column_letters(place) for place, name in enumerate(sheet.names)
             if not sheet.headings[place] and not any(map(tidy, sheet.columns[place]))]
    return (message("draft_no_cells", language, columns=listed(empty)),) if empty else ()


def _with_subject(column: Column, before: Column | None = None) -> Column:
    """Say to which question a bare "Toelichting" belongs."""
    words = tidy(column.question).rstrip("0123456789 ")
    bare = plain(words) in lexicon()["comment"] and plain(words) not in lexicon()["closing"]
    if before is None or not bare:
        return column
    return replace(column, hint=replace(column.hint, label=f"{words}: {before.question}"))


def _alike(guesses: Sequence[Guess]) -> list[Guess]:
    """Give questions on one scale the same steps, also those that nobody chose here."""
    fullest: dict[tuple[str, str], Guess] = {}
    for guess in guesses:
        for value in guess.fields["values"] if _is_scaled(guess) else ():
            now = fullest.setdefault((guess.family, value), guess)
            if len(guess.fields["values"]) > len(now.fields["values"]):
                fullest[guess.family, value] = guess
    return [_completed(guess, fullest) if _is_scaled(guess) else guess for guess in guesses]


def _is_scaled(guess: Guess) -> bool:
    return bool(guess.family) and guess.kind == "ordinal"


def _completed(guess: Guess, fullest: dict[tuple[str, str], Guess]) -> Guess:
    best = fullest[guess.family, guess.fields["values"][0]]
    if not set(guess.fields["values"]) <= set(best.fields["values"]):
        return guess
    own = ("values", "agree", "neutral")
    fields = {**guess.fields, **{key: best.fields[key] for key in own if key in best.fields}}
    order = [*own, *(key for key in fields if key not in own)]
    head = [key for key in fields if key in ("column", "label", "kind")]
    ordered = [*head, *(key for key in order if key in fields and key not in head)]
    return replace(guess, fields={key: fields[key] for key in ordered})


def _from_data_folder(path: Path) -> str:
    return f"raw/{path.name}" if path.parent.name == "raw" else path.name


def _unit(stem: str) -> str:
    """Return the unit that the name of the file speaks of."""
    words = plain(stem)
    return next((unit for unit, names in lexicon()["units"].items()
                 if any(name in words for name in names)), "unit")


def item_ids(headings: Sequence[str], questions: Sequence[str]) -> list[str]:
    """Return an id for each item."""
    told = [_telling(question) for question in questions]
    starts = Counter(tuple(words[:MOST_WORDS]) for words in told if len(words) > MOST_WORDS)
    names: list[str] = []
    for heading, question, words in zip(headings, questions, told, strict=True):
        code = SHORT_CODE.fullmatch(heading) and heading == question
        shared = starts[tuple(words[:MOST_WORDS])] >= SHARED
        name = as_id(heading) if code else _joined(words[MOST_WORDS * shared:])
        names.append(free_id(name, {*names, *TAKEN}))
    return names


def _telling(question: str) -> list[str]:
    """Return the words that say something."""
    words = plain(question).split()
    return [word for word in words if word not in lexicon()["stop"]] or words


def _joined(words: Sequence[str]) -> str:
    name = as_id("_".join(words[:MOST_WORDS]))[:LONGEST_ID].strip("_")
    return name if name not in ("", "q") else "vraag"


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
