"""Whether a function was given answers that know their source."""

import pandas as pd

from wbkit.errors import DataError
from wbkit.nouns.count_table import Cells


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
    if isinstance(given, kinds):
        return
    advice = "Give what read_responses, clean or responses returned."
    if isinstance(given, pd.DataFrame):
        advice = "Say first what its columns mean, and how units came in: responses(data, unit=…)."
    if isinstance(given, Cells):
        advice = "Cells hold counts only; give the answers from which they were made."
    raise DataError(f"{function}: takes {' or '.join(kind.__name__ for kind in kinds)}, and there "
                    f"is a {type(given).__name__}. {advice}")
