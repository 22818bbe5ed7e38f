"""What may be tested: units that came in by a known design, each counted once."""

from collections.abc import Mapping

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.survey.design.intervals import ADVICE, reason_words, why_no_interval
from wbkit.table.table import Table

TICK = "answer"  # the unit of rows that are ticks


def require_test(responses: Responses | Cells) -> None:
    """Refuse a p-value that the design does not carry.

    Parameters
    ----------
    responses
        The answers.

    Raises
    ------
    DataError
        If there is no design, units are a convenience sample or did not all answer and nothing
        is assumed, everyone took part, or one row is a joint answer.
    """
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
    """Refuse ticks as rows: one unit can tick several, so that they are no sample of units.

    Parameters
    ----------
    responses
        What somebody wants to test.

    Raises
    ------
    DataError
        If it is a Table, or its rows are ticks.
    """
    parts = [*responses.values()] if isinstance(responses, Mapping) else [responses]
    for part in parts:
        source = getattr(part, "source", None)
        if isinstance(part, Table) or (source and source.unit == TICK):
            name = part.title if isinstance(part, Table) else source.name
            raise DataError(
                f"{name}: a chi-square on stacked ticks counts one unit as often as it ticked, and "
                "is not computed. Give the answers themselves: compare(responses, item, by) tests "
                "each option, and all options together (Bilder & Loughin, 2004)."
            )
