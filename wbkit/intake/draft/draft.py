"""Draft what study.toml has to say about a raw file; a person confirms it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from wbkit.errors import DataError
from wbkit.intake.draft.file_layout import find_layout
from wbkit.intake.draft.guess import Column, Guess, is_other, lexicon, other_stem, plain
from wbkit.intake.draft.kinds import guess_kind
from wbkit.intake.draft.neighbours import (
    with_answers_elsewhere,
    with_one_scale,
    with_routing,
    with_shared_answers,
)
from wbkit.intake.draft.parts import with_parts
from wbkit.intake.draft.refusals import refusals
from wbkit.intake.draft.register import (
    Register,
    asked_to_turn,
    find_register,
    with_counts,
    years_beside,
)
from wbkit.intake.draft.sensitive import sensitivity
from wbkit.intake.draft.several import Several, together
from wbkit.intake.draft.toml import Draft
from wbkit.intake.export_columns import BY_HAND, added_roles
from wbkit.intake.sheet import Hint, Sheet, column_letters
from wbkit.intake.source_files import read_bytes, read_sheet
from wbkit.messages import _, message
from wbkit.study.source import FileFormat
from wbkit.study.source_kinds import MINUTES, MOMENT
from wbkit.table.kinds import OWN_COLUMNS
from wbkit.text.normalise import as_id, free_id, listed, tidy

ENDINGS = (".xlsx", ".sav", ".zsav", ".dta", ".csv", ".tsv", ".tab", ".txt", ".dat", "")
FORMAT_NAMES: tuple[str, ...] = FileFormat.__args__
MOST_WORDS, LONGEST_ID, SHARED = 3, 30, 3
TAKEN = OWN_COLUMNS | {MINUTES, MOMENT, "other", "row", "total"}  # names of wbkit itself
CUT_OFF = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*|[A-Za-z]{1,4}\d{1,3}")  # heb_je_een, Q12
SHORT_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,14}")
MOMENT_FORM = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]\d{1,2}:\d{2}.*")
FEWEST_SAME = 2  # columns of which the heading is an answer too
LOOKED_AT, MOST_DIFFERENT = 5_000, 1_000  # rows; different cells of which each is looked at


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
        raise DataError(_(
            "{where}: no export that wbkit knows ends in {ending}. Give an .xlsx file (Forms, "
            "Excel), a .sav file (SPSS), a .dta file (Stata) or a .csv file (any other program).",
            where=where, ending=path.suffix))
    found = find_layout(path.name, content, where, language)
    sheet = found.sheet or read_sheet(content, found.layout, where, ())
    if not sheet.rows:
        raise DataError(_(
            "{where}: holds headings and no answers. A draft looks at the answers. Export it "
            "again when there are some.",
            where=where))
    register = find_register(sheet) if found.layout.format in BY_HAND else None
    if register:
        found = replace(found, set_aside=tuple((rule, message("draft_total", language))
                                               for rule in register.aside))
        totals = [{name: word} for name, word in register.totals.items()]
        sheet = without_rows(sheet, totals)
    sheet = without_rows(sheet, [rule for rule, _ in found.set_aside])
    guesses, ignored = draft_items(_sample(sheet), found.layout.format, language)
    if not guesses:
        raise DataError(_(
            "{where}: holds no question. Each of its headings is a column that the export adds "
            "itself. Check that this is the right file.",
            where=where))
    draft = Draft(
        name=as_id(name or path.stem), file=_from_data_folder(path), layout=found.layout,
        items=tuple(guesses), unit=_unit(path.stem), language=language, ignored=ignored,
        set_aside=found.set_aside, notes=found.notes,
        seen=(*_added(sheet, found.layout.format, language), *_seen(sheet, language),
              *_rows_of_one(sheet, found.layout.format, language),
              *_without_headings(sheet, language)),
    )
    return _with_counts(draft, register, sheet) if found.layout.format in BY_HAND else draft


def _with_counts(draft: Draft, register: Register | None, sheet: Sheet) -> Draft:
    """Say of a register what is counted, or how to turn it when years stand beside each other."""
    if register is None:
        years = years_beside(sheet)
        items = asked_to_turn(draft.items, years, draft.language) if years else draft.items
        return replace(draft, items=items)
    items, counts = with_counts(register, draft.items, draft.language)
    unit = draft.unit if draft.unit != "unit" else _unit(" ".join(register.counts))
    return replace(draft, items=items, counts=counts, unit=unit,
                   ignored=(*draft.ignored, *register.rates))


def _sample(sheet: Sheet) -> Sheet:
    """Return rows that tell what the whole file tells: a part, and each answer that is rare.

    Of every column with few different cells each of these stands in the part.
    """
    total = len(sheet.rows)
    if total <= LOOKED_AT:
        return sheet
    places = set(range(0, total, -(-total // LOOKED_AT)))
    for column in sheet.columns:
        known = set(column)
        if len(known) <= MOST_DIFFERENT:
            absent = known - {column[place] for place in places}
            places |= {column.index(cell) for cell in absent}
    return sheet.at(sorted(places))


def without_rows(sheet: Sheet, rules: Sequence[Mapping[str, str]]) -> Sheet:
    """Leave out the rows that are no unit."""
    columns = dict(zip(sheet.names, sheet.columns, strict=True))
    away = {place for rule in rules for place in range(len(sheet.rows))
            if all(tidy(columns[name][place]) == tidy(cell) for name, cell in rule.items())}
    return sheet.at([place for place in range(len(sheet.rows)) if place not in away]) if away \
        else sheet


def draft_items(sheet: Sheet, kind: str, language: str) -> tuple[list[Guess], tuple[str, ...]]:
    """Draft an item for each question; name the columns that say the same as others."""
    added = set(added_roles(sheet.headings, kind).values())
    columns = [Column(name, cells, sheet.hints.get(name, Hint()), language, slugs=kind == "kobo",
                      nameless=not head)
               for name, head, cells in zip(sheet.names, sheet.headings, sheet.columns, strict=True)
               if name not in added and (head or any(map(tidy, cells)))]
    again = Counter(column.heading.rstrip("0123456789 ") for column in columns)
    columns = [_with_subject(column, again, *columns[max(place - 1, 0):place])
               for place, column in enumerate(columns)]
    parts = together(with_parts(columns), kind)
    joined = _said_twice(parts)
    parts = [part for part in parts if part not in joined]
    typed = _typed_beside(parts)
    parts = [part for part in parts if part not in typed.values()]
    single = with_answers_elsewhere([one for one in parts if isinstance(one, Column)])
    shared = iter(with_shared_answers(single))
    parts = [next(shared) if isinstance(one, Column) else one for one in parts]
    named = [_naming(part) for part in parts]
    names = item_ids([heading for heading, _ in named], [question for _, question in named])
    guesses = [_guess(part, name) for part, name in zip(parts, names, strict=True)]
    guesses = [_with_own_words(guess, typed.get(guess.column.heading)) for guess in guesses]
    guesses = [_guarded(guess) for guess in with_one_scale(guesses)]
    return with_routing(guesses), tuple(one.heading for one in joined)


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
        return replace(_in_columns(part, _naming(part)[0]), name=name)
    guess = replace(guess_kind(part), name=name)
    numbers = guess.fields.get("sensitivity") == "identifier"  # of rows, as R and pandas write
    if not part.nameless or numbers or guess.fields.get("doubt"):
        return guess
    doubt = message("ask_no_heading", part.language, column=part.heading)
    return replace(guess, fields=guess.fields | {"doubt": doubt})


def _in_columns(found: Several, name: str) -> Guess:
    """Draft a question that stands in several columns."""
    first = found.columns[0]
    column = Column(first.heading, found.answers, Hint(label=found.question or name),
                    first.language)
    label = {"label": found.question} if found.question not in ("", name) else {}
    fields = {"column": name, **label, "kind": found.kind, **found.fields}
    fields |= {"doubt": found.doubt} if found.doubt else {}
    fields |= sensitivity(column.question, found.options, describes=False)
    return Guess("", column, fields, {"kind": message(
        f"draft_{found.kind}_columns", first.language, n=len(found.columns))})


def _typed_beside(parts: Sequence[Column | Several]) -> dict[str, Column]:
    """Return heading = the column with what was typed behind "other" of a question in one cell."""
    whole = [part for part in parts if isinstance(part, Column)]
    names = {part.heading for part in whole if not part.hint.own_words}
    return {part.hint.group: part for part in whole if part.hint.group in names
            and (part.hint.own_words or is_other(part.hint.part))}


def _with_own_words(guess: Guess, typed: Column | None) -> Guess:
    """Name the column that holds the words behind the free option."""
    known = guess.fields.get("values", ())
    values = [value for value in known if not is_other(value)]
    if typed is None or not values or known == "any":
        return guess
    said = [value for value in known if is_other(value)]
    other = guess.fields.get("other") or next(map(other_stem, said), "") or \
        other_stem(typed.hint.part if is_other(typed.hint.part) else "Anders")
    kind = guess.kind if guess.kind == "multiple" else "nominal"
    own = {"kind": kind, "values": values, "other": other, "other_column": typed.heading}
    fields = {key: cell for key, cell in guess.fields.items() if key not in ("agree", "neutral")}
    reasons = {key: why for key, why in guess.reasons.items() if key != "other"}
    return replace(guess, fields=fields | own, reasons=reasons, family="")


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


def _added(sheet: Sheet, kind: str, language: str) -> tuple[str, ...]:
    """Say which columns are no questions, since the export adds them itself."""
    names = list(added_roles(sheet.headings, kind).values())
    columns = listed(map(repr, names), most=20)
    return (message("draft_added", language, columns=columns),) if names else ()


def _rows_of_one(sheet: Sheet, kind: str, language: str) -> tuple[str, ...]:
    """Say that a unit has several rows, as with the events and repeated forms of REDCap."""
    number = added_roles(sheet.headings, kind).get("id")
    if number is None:
        return ()
    cells = [tidy(cell) for cell in sheet.columns[sheet.names.index(number)] if tidy(cell)]
    units = len(set(cells))
    return (message("ask_rows_of_one", language, column=number, units=units, rows=len(cells)),) \
        if units < len(cells) else ()


def _without_headings(sheet: Sheet, language: str) -> tuple[str, ...]:
    """Ask about a first row that holds what the rows below it hold: somebody's answers.

    A column of ticks that repeats its own option has no other answer.
    """
    same = [name for name, column in zip(sheet.headings, sheet.columns, strict=True)
            if name and len(set(map(tidy, column)) - {"", tidy(name)}) > 0
            and (tidy(name) in map(tidy, column) or _is_moment(name, column))]
    return (message("ask_first_row", language, n=len(same)),) if len(same) >= FEWEST_SAME else ()


def _is_moment(name: str, column: Sequence[str]) -> bool:
    """Whether a heading is a date with a time, as all cells below it are."""
    return bool(MOMENT_FORM.fullmatch(name)) and all(
        MOMENT_FORM.fullmatch(cell) for cell in map(tidy, column) if cell)


def _seen(sheet: Sheet, language: str) -> tuple[str, ...]:
    """Say how many columns without heading or answer were passed over."""
    empty = [column_letters(place) for place, name in enumerate(sheet.names)
             if not sheet.headings[place] and not any(map(tidy, sheet.columns[place]))]
    return (message("draft_no_cells", language, columns=listed(empty)),) if empty else ()


def _with_subject(
    column: Column, again: Mapping[str, int], before: Column | None = None
) -> Column:
    """Say to which question a bare "Toelichting" belongs, and "Opmerkingen" when it comes again."""
    words = tidy(column.question).rstrip("0123456789 ")
    bare = plain(words) in lexicon()["comment"] and plain(words) not in lexicon()["closing"]
    general = plain(words) in lexicon()["remark"] and \
        again[column.heading.rstrip("0123456789 ")] == 1
    if before is None or not bare or general:
        return column
    return replace(column, hint=replace(column.hint, label=f"{words}: {before.question}"))


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
