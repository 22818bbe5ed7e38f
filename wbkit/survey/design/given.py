"""Whether a function was given answers that know their source."""

import pandas as pd

from wbkit.data.cells import Cells
from wbkit.data.given import need


def require(given: object, function: str, *kinds: type) -> None:
    """Refuse what does not know its source, or no longer holds the answers themselves.

    Parameters
    ----------
    given
        What somebody gave.
    function
        The name of the function, for the message.
    kinds
        What it takes.

    Raises
    ------
    DataError
        If it is something else; with what to do.
    """
    advice = "Give what read_responses, clean or responses returned."
    if isinstance(given, pd.DataFrame):
        advice = "Say first what its columns mean, and how units came in: responses(data, unit=…)."
    if isinstance(given, Cells):
        advice = "Cells hold counts only; give the answers from which they were made."
    need(given, kinds, function, advice)
