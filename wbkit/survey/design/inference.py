"""The only place where a model assumption enters."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.survey.design.intervals import ADVICE, reason_words, why_no_interval
from wbkit.survey.design.sampling import strata_items, within_strata
from wbkit.table.table import Table

Answers = TypeVar("Answers", Responses, Cells)
TICK = "answer"  # the unit of rows that are ticks


def assume(responses: Answers, words: str) -> Answers:
    """State why units may be treated as a random sample; printed under every Table made from it.

    Parameters
    ----------
    responses
        Answers of a convenience sample, or of a census or sample that not everyone answered.
        Or the Cells made from them.
    words
        The assumption in your own words, in the language of the study. The words "random within
        strata" ("aselect binnen strata") do more: the strata of the design, or its margins,
        become strata; each counts for its part of the population; and a second interval, for a
        design effect of 2, stands beside the first.

    Returns
    -------
    Responses or Cells
        The same answers, for which an interval may be asked.

    Raises
    ------
    DataError
        If the words are missing, the source has no design, its units are joint answers, or
        there are no strata to be random within.
    """
    need(responses, (Responses, Cells), "assume")
    stated = replace(responses, assumption=words.strip() if isinstance(words, str) else "")
    design = responses.source.design
    if design is None:
        raise DataError(
            f"{responses.source.name}: the source has no design, so there is nothing to assume "
            "about it. Add a design to the source in study.toml."
        )
    if design.kind == "joint":
        raise DataError(
            f"{responses.source.name}: one row is a joint answer of several people. No assumption "
            "makes these a sample of people. Show counts of the joint answers."
        )
    if within_strata(words) and not strata_items(design):
        raise DataError(
            f"{responses.source.name}: there are no strata to be random within. Add margins, or "
            "strata, to the design in study.toml."
        )
    return stated


def require_test(responses: Responses | Cells) -> None:
    """Refuse a p-value that the design does not carry."""
    reason, name = why_no_interval(responses), responses.source.name
    if reason == "no_interval_joint":
        raise DataError(f"{name}: no p-value: {_joint_words(responses)} Show the joint answers "
                        "beside each other, without a test.")
    if reason:
        words = reason_words(responses, "en").partition(": ")[2]
        advice = ADVICE[reason].replace("interval", "test")
        raise DataError(f"{name}: no p-value: {words} {advice}")


def _joint_words(responses: Responses | Cells) -> str:
    """Say what n is, and what it is not."""
    source = responses.source
    n = f"{responses.sample} {source.unit}{'s' * (responses.sample != 1)}"
    people = source.design.people
    behind = f"the {people} people behind them" if people else "the people behind them"
    return f"one row is a joint answer of a {source.unit}, so that n is {n}, not {behind}."


def refuse_stacked(responses: object) -> None:
    """Refuse ticks as rows: one unit can tick several, so that they are no sample of units."""
    parts = [*responses.values()] if isinstance(responses, Mapping) else [responses]
    for part in parts:
        source = getattr(part, "source", None)
        if isinstance(part, Table) or (source and source.unit == TICK):
            name = part.show().title if isinstance(part, Table) else source.name
            raise DataError(
                f"{name}: a chi-square on stacked ticks counts one unit as often as it ticked, and "
                "is not computed. Give the answers themselves: compare(responses, item, by) tests "
                "each option, and all options together (Bilder & Loughin, 2004)."
            )
