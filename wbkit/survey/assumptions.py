"""The only place where a model assumption enters."""

from dataclasses import replace

from wbkit.errors import DataError
from wbkit.nouns.response import Responses


def assume(responses: Responses, words: str) -> Responses:
    """State why units may be treated as a random sample; printed under every Table made from it.

    Parameters
    ----------
    responses
        Answers of a convenience sample, or of a census or sample that not everyone answered.
    words
        The assumption in your own words, in the language of the study.

    Returns
    -------
    Responses
        The same answers, for which an interval may be asked.

    Raises
    ------
    DataError
        If the words are missing, the source has no design, or its units are joint answers.
    """
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
    return stated
