"""The order in which items are worked out, and who was asked what."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

import numpy as np

from wbkit.cleaning.answers import Answers
from wbkit.errors import DataError
from wbkit.study.item import Item
from wbkit.study.source import Source


def in_order(source: Source) -> list[Item]:
    """Return the items so that each comes after those that it depends on.

    Parameters
    ----------
    source
        The source.

    Returns
    -------
    list of Item
        All items of the source.

    Raises
    ------
    DataError
        If items depend on each other in a circle.
    """
    needs = {name: {*item.parents, *item.asked_if} for name, item in source.items.items()}
    try:
        return [source.items[name] for name in TopologicalSorter(needs).static_order()]
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise DataError(
            f"{source.name}: items depend on each other in a circle: {circle}. "
            "Each may depend on earlier questions only. Correct asked_if or the derived item."
        ) from None


def routed(answers: Answers, known: Mapping[str, Answers]) -> Answers:
    """Remove the answers of units that were not asked.

    Parameters
    ----------
    answers
        Answers to one item.
    known
        Answers to the items that it depends on, after their own routing.

    Returns
    -------
    Answers
        A unit that gave none of the answers of ``asked_if`` was not asked.
    """
    if not answers.item.asked_if:
        return answers
    asked = np.ones(len(answers.rows), dtype=bool)
    for name, wanted in answers.item.asked_if.items():
        asked &= known[name].has(wanted)
    return answers.without(~asked)
