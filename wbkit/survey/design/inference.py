"""The only place where a model assumption enters."""

from dataclasses import replace
from typing import TypeVar

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.survey.design.base_weights import within_strata
from wbkit.survey.design.given import require
from wbkit.survey.design.sampling import strata_items

Answers = TypeVar("Answers", Responses, Cells)


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
    require(responses, "assume", Responses, Cells)
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
