"""The only place where a model assumption enters."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _, message, number
from wbkit.survey.design.intervals import advice, reason_words, why_no_interval
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
    refusal = None
    if design is None:
        refusal = "assume_no_design"
    elif design.kind == "joint":
        refusal = "assume_joint"
    elif within_strata(words) and not strata_items(design):
        refusal = "assume_no_strata"
    if refusal:
        raise DataError(f"{responses.source.name}: {message(refusal, responses.source.language)}")
    return stated


def require_test(responses: Responses | Cells) -> None:
    """Refuse a p-value that the design does not carry."""
    reason, source = why_no_interval(responses), responses.source
    if reason == "no_interval_joint":
        raise DataError(f"{source.name}: {_joint_words(responses)}")
    if reason:
        words = reason_words(responses, source.language).partition(": ")[2]
        words = f"{words} {advice(responses, 'the_test')}"
        raise DataError(f"{source.name}: {message('no_p_value', source.language, words=words)}")


def _joint_words(responses: Responses | Cells) -> str:
    """Say what n is, and what it is not."""
    source, n = responses.source, responses.sample
    language, people = source.language, source.design.people
    behind = message("the_n_people", language, n=number(people, language)) if people \
        else message("the_people", language)
    return message("no_p_value_joint", language, unit=source.units(1), people=behind,
                   n=f"{number(n, language)} {source.units(n)}")


def refuse_stacked(responses: object) -> None:
    """Refuse ticks as rows: one unit can tick several, so that they are no sample of units."""
    parts = [*responses.values()] if isinstance(responses, Mapping) else [responses]
    for part in parts:
        source = getattr(part, "source", None)
        if isinstance(part, Table) or (source and source.unit == TICK):
            name = part.show().title if isinstance(part, Table) else source.name
            raise DataError(_(
                "{source}: a chi-square on stacked ticks counts one unit as often as it ticked, "
                "and is not computed. Give the answers themselves: compare(responses, item, by) "
                "tests each option, and all options together (Bilder & Loughin, 2004).",
                source=name))
