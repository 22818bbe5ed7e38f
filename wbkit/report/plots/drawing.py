"""What every plot asks of what it is given."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wbkit.data.given import need
from wbkit.table.figure import Figure
from wbkit.table.table import Table

ADVICE = "A plot draws what was counted: make a Table first, with frequency(…) or estimate(…)."


def draws_table(plot: Callable[..., Figure]) -> Callable[..., Figure]:
    """Let a plot refuse, by its name, what is no Table."""

    @wraps(plot)
    def checked(table: Table, *others: Any, **choices: Any) -> Figure:
        need(table, Table, plot.__name__, ADVICE)
        return plot(table, *others, **choices)

    return checked
