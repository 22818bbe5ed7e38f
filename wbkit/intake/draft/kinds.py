"""Guess what kind of question a column holds, with the reason."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from wbkit.intake.draft.guess import Column, Guess, corrections, sensitivity
from wbkit.intake.draft.lexicon import Scale, is_other, mentions, other_stem, recognise, starts
from wbkit.intake.draft.numbers import numeric, steps
from wbkit.intake.draft.ticked import multiple
from wbkit.intake.times import WRITTEN, ZONE
from wbkit.labels import label
from wbkit.text.identifiers import EMAIL, NUMBER, PHONE
from wbkit.text.normalise import listed, natural

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
POINTS = (EMAIL, PHONE, NUMBER)  # not addresses: a place where people learn has one too
DATE = re.compile(rf"{WRITTEN}|\s*\d{{4}}-\d{{2}}-\d{{2}}([ T]\d{{2}}:\d{{2}}({ZONE})?)?.*")
DAY = re.compile(r"\s*[2-6]\d{4}(\.\d+)?\s*")  # days since 1899: Excel keeps 1-1-2025 as 45658
MOST_STEPS = 12  # different answers of a scale
CODE = re.compile(r"\S*\d\S*")  # the name of a class, such as BW3B
MOST_CLOSED = 25  # different answers of a closed list
LONG = 40  # characters: longer answers are sentences
FEW_ROWS = 20  # under this, an answer that was given once can be an option too
MOST, COMMON = 0.9, 0.7
ABOUT_PEOPLE = ("", "numbers", "niveaus van het mbo", "leerjaren")  # families that say what one is


def guess_kind(column: Column) -> Guess:
    """Draft one item: kind, values in order, missing codes, sensitivity.

    Parameters
    ----------
    column
        A column with answers.

    Returns
    -------
    Guess
        Without an id.
    """
    for attempt in ATTEMPTS:
        found = attempt(column)
        if found is not None:
            return found
    return _nominal(column)


def made(column: Column, fields: dict[str, Any], reason: str, family: str = "") -> Guess:
    """Return a guess: what every item has, and the reason for its kind.

    Parameters
    ----------
    column
        The column.
    fields
        Keys of the item; the order is kept.
    reason
        Why it has this kind.
    family
        The scale that the answers follow.

    Returns
    -------
    Guess
        Without an id.
    """
    label_field = {"label": column.hint.label} if column.hint.label else {}
    fixed = corrections(column, [*fields.get("values", ()), *fields.get("missing", ())])
    fixed |= fields.get("corrections", {})
    fields = {"column": column.heading} | label_field | fields
    fields |= {"corrections": fixed} if fixed and fields["kind"] != "open" else {}
    describes = fields["kind"] in ("nominal", "ordinal", "numeric") and family in ABOUT_PEOPLE
    own = {} if "sensitivity" in fields else sensitivity(column, describes=describes)
    return Guess("", column, fields | own, {"kind": reason}, family)


def _identifier(column: Column) -> Guess | None:
    known = sum(any(one.fullmatch(cell.strip()) for one in (MAIL, PHONE)) for cell in column.filled)
    named = mentions(column.question, "identifier") and not mentions(column.question,
                                                                   "not_identifier")
    if not named and 2 * known <= len(column.filled):
        return None
    return made(column, {"kind": "open", "sensitivity": "identifier"},
                label("draft_identifier", column.language))


def _empty(column: Column) -> Guess | None:
    if column.filled or column.hint.values or column.shared:
        return None
    return made(column, {"kind": "open"}, label("draft_empty", column.language))


def _several(column: Column) -> Guess | None:
    fields = multiple(column)
    if fields is None:
        return None
    return made(column, fields, label("draft_multiple", column.language))


def _dates(column: Column) -> Guess | None:
    dates = sum(bool(DATE.fullmatch(cell)) for cell in column.filled)
    days = sum(bool(DAY.fullmatch(cell)) for cell in column.filled) \
        if mentions(column.question, "when") else 0
    if column.hint.values or max(dates, days) < MOST * len(column.filled):
        return None
    key = "draft_date" if dates >= days else "draft_day"
    return made(column, {"kind": "open"}, label(key, column.language))


def _scaled(column: Column) -> Guess | None:
    """Recognise a scale in the answers, or in the list that the file itself holds."""
    known = [value for value in column.hint.values if value not in column.missing]
    answers = known or column.answers
    if len(answers) > MOST_STEPS:
        return None
    scale = recognise(answers)
    if scale is not None:
        return _with_scale(column, scale)
    if known:
        return _listed_by_file(column, known)
    return None


def _with_scale(column: Column, scale: Scale) -> Guess:
    language = column.language
    missing = (*scale.beside, *column.missing)
    fields: dict[str, Any] = {"kind": scale.kind, "values": list(scale.values)}
    fields |= {"agree": list(scale.agree)} if scale.agree else {}
    fields |= {"neutral": scale.neutral} if scale.neutral else {}
    fields |= {"missing": list(missing)} if missing else {}
    found = made(column, fields, label("draft_scale", language, scale=scale.name[language],
                                       steps=len(scale.values)), scale.name["nl"])
    if not missing:
        return found
    key = "draft_beside" if scale.beside else "draft_missing"
    why = {"missing": label(key, language, answers=listed(map(repr, missing)))}
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
    return made(column, fields, label("draft_listed", column.language))


def _steps(column: Column) -> Guess | None:
    fields = steps(column)
    if fields is None:
        return None
    key = "draft_steps" if fields["kind"] == "ordinal" else "draft_group"
    family = "numbers" if fields["kind"] == "ordinal" else ""
    return made(column, fields, label(key, column.language), family)


def _numeric(column: Column) -> Guess | None:
    fields = numeric(column)
    if fields is None:
        return None
    odd = len(fields.get("missing", ())) + len(fields.get("corrections", {}))
    key = "draft_typed_number" if odd else "draft_number"
    return made(column, fields, label(key, column.language, n=odd))


def _open(column: Column) -> Guess | None:
    filled, different = len(column.filled), len(column.answers)
    length = sum(map(len, column.filled)) / max(filled, 1)
    again = sum(n for n in column.counts.values() if n > 1)
    sentences = length > LONG and 2 * different > filled
    many = different > MOST_STEPS and 2 * different > filled
    asked = starts(column.question, "comment") and again <= filled / 2
    unique = different == filled > 2 and (length > 12 or filled < len(column.cells) / 2)
    known = column.hint.values or column.shared
    if known or not (sentences or many or asked or unique):
        return None
    key = "draft_comment" if asked else "draft_open"
    return made(column, {"kind": "open"}, label(key, column.language, n=different))


def _nominal(column: Column) -> Guess:
    """List the answers; the rare ones behind frequent ones are own words."""
    language, missing = column.language, list(column.missing)
    frequent = [answer for answer in column.answers if column.counts[answer] > 1]
    covered = sum(column.counts[answer] for answer in frequent)
    total = sum(column.counts[answer] for answer in column.answers)
    rare = len(column.answers) - len(frequent)
    tail = rare > 1 and total >= FEW_ROWS and covered >= COMMON * total
    other = column.hint.other or (_other_name(column.answers) if tail else _typed(column.answers))
    named = [one for one in (frequent if tail else column.answers)
             if not (other and (is_other(one) or other_stem(one) == other_stem(other)))]
    if any(one.search(answer) for one in POINTS for answer in named):
        return made(column, {"kind": "open"}, label("draft_points", language))
    if len(named) > MOST_CLOSED or not named:
        return _uncounted(column)
    if mentions(column.question, "group") or all(map(CODE.fullmatch, named)):
        named = sorted(named, key=natural)
    fields: dict[str, Any] = {"kind": "nominal", "values": named}
    fields |= {"missing": missing} if missing else {}
    fields |= {"other": other} if other else {}
    found = made(column, fields, label("draft_nominal", language, n=len(named)))
    why = {"other": label("draft_other", language, n=rare)} if other else {}
    return Guess("", column, found.fields, {**found.reasons, **why})


def _uncounted(column: Column) -> Guess:
    if mentions(column.question, "group") or 4 * len(column.answers) < len(column.filled):
        return made(column, {"kind": "nominal", "values": "any"},
                    label("draft_any", column.language, n=len(column.answers)))
    return made(column, {"kind": "open"}, label("draft_open", column.language,
                                                n=len(column.answers)))


def _typed(answers: Sequence[str]) -> str:
    """Return "Anders" when an answer says so and own words follow."""
    said = [one for one in answers if is_other(one)]
    return other_stem(said[0]) if said else ""


def _other_name(answers: Sequence[str]) -> str:
    return _typed(answers) or "Anders"


ATTEMPTS: tuple[Callable[[Column], Guess | None], ...] = (
    _identifier, _empty, _several, _dates, _scaled, _steps, _numeric, _open,
)
