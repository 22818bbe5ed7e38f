"""Numbers that lie far from all others, as typing errors do."""

import numpy as np

FENCE = 3.0  # Tukey's outer fences: three interquartile ranges beyond the quartiles
FEWEST = 8  # with fewer numbers a quartile says nothing


def far_away(numbers: np.ndarray) -> np.ndarray:
    """Mark the numbers beyond Tukey's outer fences [1]_.

    Parameters
    ----------
    numbers
        Numbers without missing ones, shape (n,).

    Returns
    -------
    numpy.ndarray of bool
        True for a number more than three interquartile ranges below the lower or above the
        upper quartile, shape (n,). A range under 1 is taken as 1, since most answers can be the
        same. None is marked among fewer than 8.

    References
    ----------
    .. [1] Tukey, J. W. (1977). Exploratory Data Analysis. Addison-Wesley, 43-44.
    """
    if len(numbers) < FEWEST:
        return np.zeros(len(numbers), dtype=bool)
    low, high = np.quantile(numbers, [0.25, 0.75])
    reach = FENCE * max(high - low, 1.0)
    return (numbers < low - reach) | (numbers > high + reach)
