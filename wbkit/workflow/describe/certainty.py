"""How sure a draft is of each question, and what may be shown of its answers."""

from collections.abc import Iterator, Sequence
from typing import Literal

from wbkit.intake.draft.guess import Guess
from wbkit.intake.draft.toml import Draft, layout_keys
from wbkit.messages import _, counted, mark, message
from wbkit.study.item import SEPARATOR, SPECIAL
from wbkit.text.normalise import cut, heading, listed, tidy
from wbkit.workflow.describe.line_headings import ask

Certainty = Literal["asked", "look", "sure"]
CERTAINTIES: tuple[str, ...] = Certainty.__args__  # the least sure one first
EXAMPLES = 3
HIDDEN = "•••"
PROGRAMS = {
    "ms-forms": mark("an export of Microsoft Forms"),
    "google-forms": mark("an export of Google Forms"),
    "surveymonkey": mark("an export of SurveyMonkey"),
    "limesurvey": mark("an export of LimeSurvey"), "qualtrics": mark("an export of Qualtrics"),
    "kobo": mark("an export of KoboToolbox"), "redcap": mark("an export of REDCap or Castor"),
    "excel": mark("a workbook of no program that wbkit knows"),
    "csv": mark("a text file of no program that wbkit knows"), "spss": mark("a file of SPSS"),
    "stata": mark("a file of Stata"), "toml": mark("a list in TOML"),
}


def certainty(guess: Guess) -> Certainty:
    """Say whether a question is asked, has to be looked at, or is sure."""
    if guess.fields.get("doubt"):
        return "asked"
    return "look" if any(_to_look_at(guess)) else "sure"


def _to_look_at(guess: Guess) -> Iterator[bool]:
    fields, language = guess.fields, guess.column.language
    yield guess.reasons.get("missing") == message("draft_beside", language)
    yield "asked_if" in fields
    yield fields.get("sensitivity") in SPECIAL
    yield fields["kind"] == "numeric" and bool({"corrections", "unit_words"} & set(fields))
    yield "corrections" in guess.reasons
    yield "other" in fields and "other" in guess.reasons


def unsure_first(guesses: Sequence[Guess]) -> list[tuple[int, Guess]]:
    """Return guesses with their place in the file: those that ask something before all others."""
    return sorted(enumerate(guesses, start=1),
                  key=lambda one: (CERTAINTIES.index(certainty(one[1])), one[0]))


def examples(guess: Guess) -> list[str]:
    """Return what was answered most, of a closed question that points to nobody.

    Only answers that stand in its values and were given more than once, so that nobody's own words
    are among them.
    """
    fields = guess.fields
    closed = fields["kind"] in ("nominal", "ordinal", "multiple", "ranking")
    if not closed or fields.get("values") in (None, "any"):
        return list(fields.get("columns", ()))[:EXAMPLES] if closed and _may_show(guess) else []
    if not _may_show(guess):
        return []
    known = set(fields["values"])
    several = fields["kind"] in ("multiple", "ranking")
    mark = fields.get("separator", SEPARATOR)
    return [cell for cell, n in guess.column.counts.items() if n > 1 and (
        cell in known or several and _parts(cell, mark) <= known)][:EXAMPLES]


def _parts(cell: str, mark: str) -> set[str]:
    return {tidy(part) for part in cell.split(mark) if tidy(part)} or {""}


def _may_show(guess: Guess) -> bool:
    sensitive = guess.fields.get("sensitivity")
    return sensitive != "identifier" and sensitive not in SPECIAL


def draft_lines(draft: Draft) -> list[str]:
    """Say what a file was taken for, what was left out, and what a person has to answer."""
    levels = [certainty(guess) for guess in draft.items]
    asked, look = levels.count("asked"), levels.count("look")
    program = _(PROGRAMS[draft.layout.format])
    lines = [_("{file}: taken for {program}", file=draft.file, program=program), *_places(draft),
             *draft.notes, *draft.seen, *_set_aside(draft)]
    if draft.ignored:
        lines.append(_("ignored: {headings}",
                       headings=listed(map(repr, draft.ignored), most=20)))
    lines += _pointing(draft)
    lines.append(_(
        "{questions}: {sure} sure, {look} to look at, {asked} asked",
        questions=counted(len(levels), "question", "questions"), sure=levels.count("sure"),
        look=look, asked=asked))
    return lines + [ask(f"{guess.name}: {tidy(guess.fields['doubt'])}")
                    for guess in draft.items
                    if guess.fields.get("doubt")]


def _pointing(draft: Draft) -> Iterator[str]:
    """Say which questions point to a person, and that their answers go nowhere."""
    named = [guess.name for guess in draft.items
             if guess.fields.get("sensitivity") == "identifier"]
    if named:
        yield _(
            "points to a person: {items}. The answers stay in the raw file: none of them stands "
            "in study.toml or comes in data/processed. Add no values and no corrections there.",
            items=listed(named, most=20))


def _places(draft: Draft) -> Iterator[str]:
    """Say where the answers were found."""
    keys = layout_keys(draft.layout)
    if "sheet" in keys:
        yield _("sheet: {sheet!r}", sheet=keys["sheet"])
    if "heading_row" in keys or "heading_rows" in keys:
        row, n = keys.get("heading_row", 1), keys.get("heading_rows", 1)
        yield _("headings: {rows}, from row {row}", rows=counted(n, "row", "rows"), row=row)
    if "long" in keys:
        columns = (f"{name} = {column!r}" for name, column in keys["long"].items())
        yield _("one row for each answer: {columns}", columns=", ".join(columns))


def _set_aside(draft: Draft) -> Iterator[str]:
    """Say which rows are set aside, without a value of a column that points to people."""
    hidden = {heading(guess.column.heading) for guess in draft.items
              if guess.fields.get("sensitivity") == "identifier"}
    for where, reason in draft.set_aside:
        rule = ", ".join(f"{name} = {HIDDEN if heading(name) in hidden else repr(cut(cell))}"
                         for name, cell in where.items())
        yield _("set aside: {rule} ({reason})", rule=rule, reason=reason)
