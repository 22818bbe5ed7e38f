"""Guess what kind of question a column holds, with the reason."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from wbkit.intake.draft.guess import (
    Column,
    Guess,
    corrections,
    is_other,
    lexicon,
    mentions,
    other_stem,
    plain,
    starts,
)
from wbkit.intake.draft.numbers import numeric, steps
from wbkit.intake.draft.refusals import is_sign, no_answer
from wbkit.intake.draft.scales import Scale, recognise
from wbkit.intake.draft.sensitive import identifying, sensitivity
from wbkit.intake.draft.separators import Split, find_split
from wbkit.intake.sheet import WRITTEN, ZONE
from wbkit.messages import message
from wbkit.study.item import SEPARATOR
from wbkit.text.identifying_numbers import numbers_in
from wbkit.text.normalise import listed, natural, tidy

POINTS = ("EMAIL", "TEL", "STUDNR")  # not addresses: a place where people learn has one too
DATE = re.compile(rf"{WRITTEN}|\s*\d{{4}}-\d{{2}}-\d{{2}}([ T]\d{{2}}:\d{{2}}({ZONE})?)?.*")
DAY = re.compile(r"\s*[2-6]\d{4}(\.\d+)?\s*")  # days since 1899: Excel keeps 1-1-2025 as 45658
MOST_STEPS = 12  # different answers of a scale
CLASS_CODE = re.compile(r"\S*\d\S*")  # the name of a class, such as BW3B
MOST_CLOSED = 25  # different answers of a closed list
SPOKEN = 4  # words of an answer to a question that asks for a comment
ROW_CODE, LEAST_CODES = re.compile(r"[A-Z]\d{1,2}"), 3
LONG = 40  # characters: longer answers are sentences
FEW_ANSWERS = 20  # under this, an option that was ticked or given once is an option too
LEAST_RARE, MANY_ANSWERS = 4, 60  # of so many, few options are chosen by one person only
MOST, COMMON = 0.9, 0.7
ABOUT_PEOPLE = ("", "numbers", "niveaus van het mbo", "leerjaren", "laag naar hoog",
                "hoogst behaalde opleiding")  # families that say what one is


def _dates(column: Column) -> Guess | None:
    dates = sum(bool(DATE.fullmatch(cell)) for cell in column.filled)
    days = sum(bool(DAY.fullmatch(cell)) for cell in column.filled) \
        if mentions(column.question, "when") else 0
    if column.hint.values or max(dates, days) < MOST * len(column.filled):
        return None
    key = "draft_date" if dates >= days else "draft_day"
    return made(column, {"kind": "open"}, message(key, column.language))


def _empty(column: Column) -> Guess | None:
    """Recognise a column in which nobody wrote anything but a code for no answer."""
    if column.answers or column.hint.values:
        return None
    codes = {"missing": list(column.missing)} if column.missing else {}
    return made(column, {"kind": "open", **codes}, message("draft_empty", column.language))


def _remark(column: Column) -> Guess | None:
    """Recognise own words by a heading that is nothing but "Opmerkingen", whatever was written."""
    words = plain(column.heading.rstrip("0123456789 "))
    if column.hint.values or words not in lexicon()["remark"]:
        return None
    return made(column, {"kind": "open"}, message("draft_comment", column.language))


def _identifier(column: Column) -> Guess | None:
    if not identifying(column.heading, column.question, column.cells):
        return None
    return made(column, {"kind": "open", "sensitivity": "identifier"},
                message("draft_identifier", column.language))


def _numeric(column: Column) -> Guess | None:
    fields = numeric(column)
    if fields is None:
        return None
    odd = len(fields.get("missing", ())) + len(fields.get("corrections", {}))
    key = "draft_typed_number" if odd else "draft_number"
    return made(column, fields, message(key, column.language, n=odd))


def _open(column: Column) -> Guess | None:
    filled, different = len(column.filled), len(column.answers)
    length = sum(map(len, column.filled)) / max(filled, 1)
    again = sum(n for n in column.counts.values() if n > 1)
    sentences = length > LONG and (2 * different > filled or different > MOST_STEPS)
    many = different > MOST_STEPS and 2 * different > filled
    told = sum(len(cell.split()) for cell in column.filled) >= SPOKEN * filled
    asked = starts(column.question, "comment") and (told or again <= filled / 2)
    unique = different == filled > 2 and (length > 12 or filled < len(column.cells) / 2)
    known = column.hint.values or column.shared
    if known or not (sentences or many or asked or unique):
        return None
    key = "draft_comment" if asked else "draft_open"
    return made(column, {"kind": "open"}, message(key, column.language, n=different))


def _scaled(column: Column) -> Guess | None:
    """Recognise a scale in the answers, or in the list that the file itself holds."""
    known = [value for value in column.hint.values if value not in column.missing]
    answers = known or column.answers
    if len(answers) > MOST_STEPS:
        return None
    scale = recognise(answers, column.question)
    strange = scale and [one for one in scale.beside if not no_answer(one, column.question)]
    listed_too = _listed_by_file(column, known) if known and (strange or not scale) else None
    return listed_too or (_with_scale(column, scale) if scale else None)


def _several(column: Column) -> Guess | None:
    """Recognise several options in one cell: ticks, or an order."""
    split = None if column.hint.values else find_split(column.filled, slugs=column.slugs)
    if split is None:
        return None
    fields = ranked(split) if split.ranking else multiple(column, split)
    fields |= {"separator": split.separator} if split.separator != SEPARATOR else {}
    options = (*fields["values"], *fields.get("missing", ()))
    fixed = _other_capitals(column, split.separator, options)
    fields |= {"corrections": fixed} if fixed else {}
    key = "draft_ranking" if split.ranking else "draft_multiple"
    return made(column, fields, message(key, column.language))


def _steps(column: Column) -> Guess | None:
    fields = steps(column)
    if fields is None:
        return _coded_row(column)
    two = "draft_two_codes" if fields["values"] != "any" else "draft_group"
    key = "draft_steps" if fields["kind"] == "ordinal" else two
    family = "numbers" if fields["kind"] == "ordinal" else ""
    return made(column, fields, message(key, column.language), family)


def _coded_row(column: Column) -> Guess | None:
    """Order the codes of a row of LimeSurvey: the rows of an array share one scale, A1 to A5."""
    if not column.hint.group or not all(map(ROW_CODE.fullmatch, column.answers)):
        return None
    codes = sorted(column.answers, key=natural)
    if len(codes) < LEAST_CODES or len({one[0] for one in codes}) > 1:
        return None
    fields: dict[str, Any] = {"kind": "ordinal", "values": codes}
    fields |= {"missing": list(column.missing)} if column.missing else {}
    return made(column, fields, message("draft_steps", column.language), f"codes {codes[0][0]}")


ATTEMPTS: tuple[Callable[[Column], Guess | None], ...] = (
    _identifier, _empty, _remark, _several, _dates, _scaled, _steps, _numeric, _open,
)
LEAST_PART = 0.01
SEVERAL = 2  # people who gave a bare mark


def guess_kind(column: Column) -> Guess:
    """Draft one item: kind, values in order, missing codes, sensitivity."""
    tried = (attempt(column) for attempt in ATTEMPTS)
    found = next((one for one in tried if one is not None), None) or _nominal(column)
    asked = {"ask_unlabelled": list(map(repr, _without_words(found))),
             "ask_sign": list(map(repr, _signs(found, "missing"))),
             "ask_letter": list(map(repr, _signs(found, "values"))),
             "ask_misspelt": _misspelt(found)}
    told = [message(key, column.language, answers=listed(answers, most=len(answers)))
            for key, answers in asked.items() if answers]
    doubt = " ".join((*filter(None, (found.fields.get("doubt"),)), *told))
    return replace(found, fields={**found.fields, "doubt": doubt}) if told else found


def _signs(guess: Guess, key: str) -> list[str]:
    """Return the bare letters, and the marks that several gave, that may be an answer or none."""
    if guess.kind not in ("nominal", "ordinal"):
        return []
    hint, counts = guess.column.hint, guess.column.counts
    if key == "values" and all(len(one) == 1 for one in guess.fields["values"]):
        return []  # m, v and x
    return [one for one in guess.fields.get(key, ())
            if is_sign(one) and one not in (*hint.missing, *hint.values)
            and counts[one] >= (1 if one.isalpha() else SEVERAL)]


def _misspelt(guess: Guess) -> list[str]:
    """Return the answers that are corrected since they resemble a usual one."""
    column, fixed = guess.column, guess.fields.get("corrections", {})
    return [f"{cell!r} = {form!r}" for cell, form in column.misspelt.items() if any(
        form == right and tidy(wrong).casefold() == cell.casefold()
        for wrong, right in fixed.items())]


def _without_words(guess: Guess) -> list[str]:
    """Return the few numbers beyond the answers for which a file of SPSS or Stata has words."""
    known = [one for one in guess.column.hint.values if one in guess.fields.get("values", ())]
    words = [place for place, one in enumerate(known) if not one.isdigit()]
    outside = [one for place, one in enumerate(known)
               if one.isdigit() and not min(words, default=0) < place < max(words, default=0)]
    return outside if len(outside) < len(words) and "doubt" not in guess.fields else []


def made(column: Column, fields: dict[str, Any], reason: str, family: str = "") -> Guess:
    """Return a guess: what every item has, and the reason for its kind."""
    label_field = {"label": column.hint.label} if column.hint.label else {}
    fixed = corrections(column, [*fields.get("values", ()), *fields.get("missing", ())])
    fixed |= fields.get("corrections", {})
    fields = {"column": column.heading} | label_field | fields
    fields |= {"corrections": fixed} if fixed and fields["kind"] != "open" else {}
    describes = fields["kind"] in ("nominal", "ordinal", "numeric") and family in ABOUT_PEOPLE
    own = {} if "sensitivity" in fields else sensitivity(
        column.question, column.answers, describes=describes)
    reasons = {"kind": reason}
    if column.excel_dates and "corrections" in fields:
        reasons |= {"corrections": message("draft_excel", column.language)}
    return Guess("", column, fields | own, reasons, family)


def _with_scale(column: Column, scale: Scale) -> Guess:
    language = column.language
    missing = tuple(dict.fromkeys((*scale.beside, *column.missing)))
    fields: dict[str, Any] = {"kind": scale.kind, "values": list(scale.values)}
    fields |= {"agree": list(scale.agree)} if scale.agree else {}
    fields |= {"neutral": scale.neutral} if scale.neutral else {}
    fields |= {"missing": list(missing)} if missing else {}
    asked = [answer for answer in scale.beside if answer not in column.missing]
    fields |= {"doubt": message("ask_beside", language,
                                answers=listed(map(repr, asked)))} if asked else {}
    found = made(column, fields, message("draft_scale", language, scale=scale.name[language],
                                       steps=len(scale.values)), scale.name["nl"])
    if not missing:
        return found
    key = "draft_beside" if scale.beside else "draft_missing"
    why = {"missing": message(key, language, answers=listed(map(repr, missing)))}
    return Guess("", column, found.fields, {**found.reasons, **why}, found.family)


def _listed_by_file(column: Column, values: Sequence[str]) -> Guess | None:
    """Take the list of the file; steps between two labelled ends are ordered."""
    numbers = [value for value in values if value.isdigit()]
    others = len(values) - len(numbers)
    if numbers and others == 0:
        return None
    ordered = column.hint.measure == "ordinal" or (bool(numbers) and others <= 2)
    fields: dict[str, Any] = {"kind": "ordinal" if ordered else "nominal", "values": list(values)}
    fields |= {"missing": list(column.missing)} if column.missing else {}
    return made(column, fields, message("draft_listed", column.language))


def _nominal(column: Column) -> Guess:
    """List the answers; the rare ones behind frequent ones are own words."""
    language, missing = column.language, list(column.missing)
    frequent = [answer for answer in column.answers if column.counts[answer] > 1]
    covered = sum(column.counts[answer] for answer in frequent)
    total = sum(column.counts[answer] for answer in column.answers)
    rare = len(column.answers) - len(frequent)
    tail = rare > 1 and total >= FEW_ANSWERS and covered >= COMMON * total
    other = _typed(column.answers)
    many = len(column.answers) > MOST_CLOSED or (
        rare >= max(LEAST_RARE, len(frequent)) and total >= MANY_ANSWERS)
    tail = tail and (bool(other) or many)
    other = other or ("Anders" if tail else "")
    named = [one for one in (frequent if tail else column.answers)
             if not (other and (is_other(one) or other_stem(one) == other_stem(other)))]
    if any(numbers_in(answer, POINTS) for answer in named):
        return made(column, {"kind": "open"}, message("draft_points", language))
    if len(named) > MOST_CLOSED or not named:
        return _uncounted(column)
    if mentions(column.question, "group") or all(map(CLASS_CODE.fullmatch, named)):
        named = sorted(named, key=natural)
    fields: dict[str, Any] = {"kind": "nominal", "values": named}
    fields |= {"missing": missing} if missing else {}
    fields |= {"other": other} if other else {}
    found = made(column, fields, message("draft_nominal", language, n=len(named)))
    why = {"other": message("draft_other", language, n=rare)} if other else {}
    why |= {"missing": message("draft_missing", language, answers=listed(map(repr, missing)))} \
        if missing else {}
    return Guess("", column, found.fields, {**found.reasons, **why})


def _uncounted(column: Column) -> Guess:
    if mentions(column.question, "group") or 4 * len(column.answers) < len(column.filled):
        codes = {"missing": list(column.missing)} if column.missing else {}
        return made(column, {"kind": "nominal", "values": "any", **codes},
                    message("draft_any", column.language, n=len(column.answers)))
    return made(column, {"kind": "open"}, message("draft_open", column.language,
                                                n=len(column.answers)))


def _typed(answers: Sequence[str]) -> str:
    """Return "Anders" when an answer says so and own words follow."""
    said = [one for one in answers if is_other(one)]
    return other_stem(said[0]) if said else ""


def ranked(split: Split) -> dict[str, Any]:
    """Return the keys of a question of which each cell names all options in an order."""
    return {"kind": "ranking", "values": [option for option, n in split.counts.items() if n > 1]}


def multiple(column: Column, split: Split) -> dict[str, Any]:
    """Return the keys of a question with several options in one cell."""
    ticks, counts = split.rows, split.counts
    missing = [option for option in counts if no_answer(option, column.question)]
    values = [value for value in _options(ticks, counts) if value not in missing]
    rare = set(counts) - set(values) - set(missing)
    other = _other(counts) if rare else ""
    exclusive = [value for value in values if starts(value, "exclusive")]
    fields: dict[str, Any] = {"kind": "multiple", "values": values}
    fields |= {"missing": missing} if missing else {}
    fields |= {"other": other} if other else {}
    return fields | ({"exclusive": exclusive} if exclusive else {})


def _other_capitals(column: Column, mark: str, options: Sequence[str]) -> dict[str, str]:
    """Return the pieces that are an option but for their capitals."""
    forms = {option.casefold(): option for option in options}
    pieces = dict.fromkeys(tidy(piece) for cell in column.filled for piece in cell.split(mark))
    return {piece: forms[piece.casefold()] for piece in pieces
            if piece.casefold() in forms and piece != forms[piece.casefold()]}


def _options(ticks: Sequence[Sequence[str]], counts: Counter[str]) -> list[str]:
    """Return the options in the order in which they stand in the cells, without own words."""
    least = max(2, LEAST_PART * len(ticks)) if len(ticks) >= FEW_ANSWERS else 1
    known = [option for option, n in counts.items()
             if n >= least and not is_other(option)]
    before = Counter((first, second) for row in ticks
                     for place, first in enumerate(row) for second in row[place + 1:])
    behind = {option: sum(before[one, option] > before[option, one] for one in known)
              for option in known}
    return sorted(known, key=lambda option: (starts(option, "exclusive"), behind[option],
                                             -counts[option]))


def _other(counts: Counter[str]) -> str:
    stems = Counter(other_stem(option) for option in counts if is_other(option))
    return stems.most_common(1)[0][0] if stems else "Anders"
