"""How sure a draft is of each question, and what may be shown of its answers."""

from collections.abc import Iterator, Sequence
from typing import Literal

from wbkit.intake.draft.guess import Guess
from wbkit.intake.draft.toml import Draft, layout_keys
from wbkit.messages import counted, message
from wbkit.study.item import SEPARATOR, SPECIAL
from wbkit.text.normalise import cut, heading, listed, tidy

Certainty = Literal["asked", "look", "sure"]
CERTAINTIES: tuple[str, ...] = Certainty.__args__  # the least sure one first
EXAMPLES = 3
HIDDEN = "•••"
PROGRAMS = {
    "ms-forms": "an export of Microsoft Forms", "google-forms": "an export of Google Forms",
    "surveymonkey": "an export of SurveyMonkey", "limesurvey": "an export of LimeSurvey",
    "qualtrics": "an export of Qualtrics", "kobo": "an export of KoboToolbox",
    "redcap": "an export of REDCap or Castor", "excel": "a workbook of no program that wbkit knows",
    "csv": "a text file of no program that wbkit knows", "spss": "a file of SPSS",
    "stata": "a file of Stata", "toml": "a list in TOML",
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
    lines = [f"{draft.file}: taken for {PROGRAMS[draft.layout.format]}", *_places(draft),
             *draft.notes, *draft.seen, *_set_aside(draft)]
    if draft.ignored:
        lines.append(f"ignored: {listed(map(repr, draft.ignored), most=20)}")
    lines.append(f"{counted(len(levels), 'question', 'questions')}: {levels.count('sure')} sure, "
                 f"{look} to look at, {asked} asked")
    return lines + [f"ASK  {guess.name}: {tidy(guess.fields['doubt'])}" for guess in draft.items
                    if guess.fields.get("doubt")]


def _places(draft: Draft) -> Iterator[str]:
    """Say where the answers were found."""
    keys = layout_keys(draft.layout)
    if "sheet" in keys:
        yield f"sheet: {keys['sheet']!r}"
    if "heading_row" in keys or "heading_rows" in keys:
        row, n = keys.get("heading_row", 1), keys.get("heading_rows", 1)
        yield f"headings: {counted(n, 'row', 'rows')}, from row {row}"
    if "long" in keys:
        yield "one row for each answer: " + ", ".join(
            f"{name} in {column!r}" for name, column in keys["long"].items())


def _set_aside(draft: Draft) -> Iterator[str]:
    """Say which rows are set aside, without a value of a column that points to people."""
    hidden = {heading(guess.column.heading) for guess in draft.items
              if guess.fields.get("sensitivity") == "identifier"}
    for where, reason in draft.set_aside:
        rule = ", ".join(f"{name} = {HIDDEN if heading(name) in hidden else repr(cut(cell))}"
                         for name, cell in where.items())
        yield f"set aside: {rule} ({reason})"
